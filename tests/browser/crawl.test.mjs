/*
 * The crawl: as every role of the demo, every page that links lead to, and every form in its error
 * state. It names no page and no form: new ones fall under it by themselves.
 *
 * CRAWL_LANGS: languages, parted by blanks (default en); English is looked at in full, others at
 * 320 px and as those who read them (staff's pages are in English there: one of staff stands for all).
 * FULL=1: every object and every account instead of two and one. CRAWL_ROLES: only these.
 * CRAWL_SHOTS=1: a screenshot of every skeleton, for looking at. What was seen stands in
 * crawl.tsv beside the screenshots.
 */
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accounts, closeBrowser } from "./lib.mjs";
import { Client } from "./crawl/client.mjs";
import { MAY_BE_EMPTY } from "./crawl/forms.mjs";
import { applied, begun, interviewed, speak } from "./crawl/people.mjs";
import { reader } from "./crawl/read.mjs";
import { FULL, Walk, memory } from "./crawl/walk.mjs";

const languages = (process.env.CRAWL_LANGS ?? "en").split(/\s+/).filter(Boolean);
const only = process.env.CRAWL_ROLES?.split(",");

let eye, known;
before(async () => {
	eye = await reader();
	known = memory(eye.read);
});
after(async () => {
	if (process.env.SHOTS) {
		mkdirSync(process.env.SHOTS, { recursive: true });
		writeFileSync(join(process.env.SHOTS, "crawl.tsv"), `${known.seen.join("\n")}\n`);
	}
	await eye.done();
	await closeBrowser();
});

const READ_ELSEWHERE = /^(nobody|applicant|contributor|hdm$)/;

/* name -> how to become that person: (client) => addresses to begin at. */
function people(lang) {
	const all = new Map([["nobody", async () => ["/", "/sign-in", "/apply"]]]);
	for (const [role, list] of accounts())
		for (const account of FULL ? list : list.slice(0, 1))
			all.set(FULL && list.length > 1 ? `${role} ${account.email.split("@")[0]}` : role, async (client) => {
				await client.signIn(account);
				return ["/"];
			});
	all.set("applicant who has begun", (client) => begun(client, eye.read));
	all.set("applicant who has filled all in", (client) => applied(client, eye.read));
	all.set("applicant in the interview", (client) => interviewed(client, eye.read));
	return [...all].filter(([name]) => only ? only.includes(name) : FULL || lang === "en" || READ_ELSEWHERE.test(name));
}

const sum = (walks, what) => walks.reduce((n, w) => n + w.count[what], 0);

for (const lang of languages) {
	test(`crawl in ${lang}`, { concurrency: 2 }, async (t) => {
		const began = Date.now();
		const walks = [];
		await Promise.all(people(lang).map(([name, become]) => t.test(name, async (one) => {
			const client = new Client(lang);
			let spoke = null;
			try {
				const from = await become(client);
				spoke = await speak(client, eye.read, lang);
				const walk = new Walk(name, client, known, lang);
				walks.push(walk);
				const problems = await walk.go(from);
				const { pages, files, skeletons, forms } = walk.count;
				one.diagnostic(`crawl: ${name}: ${pages} pages, ${files} files, ${skeletons} new skeletons, ${forms} new forms, ${walk.seconds.toFixed(1)} s`);
				assert.ok(pages > 0, "no page was seen");
				assert.equal(problems.length, 0, `${problems.length} problems\n${problems.join("\n")}`);
			} finally {
				if (spoke) await speak(client, eye.read, spoke, { back: true });
				client.done();
			}
		})));
		t.diagnostic(`crawl: ${lang}: ${sum(walks, "pages")} pages, ${sum(walks, "skeletons")} skeletons, ${sum(walks, "forms")} forms, ${((Date.now() - began) / 1000).toFixed(1)} s`);
	});
}

test("a style sheet has 40 KB at most, all scripts together 20 KB", async (t) => {
	const client = new Client();
	const size = async (url) => Buffer.byteLength((await client.get(url)).text);
	let scripts = 0;
	for (const url of known.scripts) scripts += await size(url);
	for (const url of known.sheets) {
		const bytes = await size(url);
		t.diagnostic(`crawl: ${url}: ${bytes} bytes`);
		assert.ok(bytes > 0 && bytes <= 40 * 1024, `${url} has ${bytes} bytes`);
	}
	client.done();
	t.diagnostic(`crawl: ${known.scripts.size} scripts: ${scripts} bytes`);
	assert.equal(known.sheets.size, 1, `one sheet for all pages, not ${[...known.sheets].join(", ")}`);
	assert.ok(scripts <= 20 * 1024, `the scripts have ${scripts} bytes: ${[...known.scripts].join(", ")}`);
});

test("the list of forms that may be sent empty holds no others", () => {
	if (only) return;
	for (const key of MAY_BE_EMPTY.keys()) assert.ok([...known.forms].some((f) => f.endsWith(` ${key}`)), `${key} is in the list and nowhere else`);
});
