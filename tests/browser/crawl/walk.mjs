/*
 * A walk: one person follows every link from the home page and puts every form into its error
 * state. What is cheap is checked on every page from its text; what needs a browser once for each
 * skeleton of a page, whoever meets it first.
 */
import { createHash } from "node:crypto";
import { BASE, open, shot } from "../lib.mjs";
import { formKey, kindOf, optional } from "./forms.mjs";
import { axe, focus, listen, sideways, targets, textStands, unfold } from "./look.mjs";
import { refusals } from "./refusal.mjs";
import { askedTwice, headings, language, note, title, validHtml } from "./words.mjs";

export const FULL = Boolean(process.env.FULL);
/* Objects of one kind that one person opens. */
const AT_MOST = FULL ? Infinity : 2;

/* What walks share, so that the same thing is looked at once. */
export function memory(read) {
	return { read, skeletons: new Set(), forms: new Set(), optional: new Map(), prefixes: new Map(), seen: [], sheets: new Set(), scripts: new Set() };
}

export class Walk {
	/* who: a name for the report; client: signed in or not; known: memory(). */
	constructor(who, client, known, lang = "en") {
		Object.assign(this, { who, client, known, lang });
		this.plain = lang === "en" || FULL;
		this.problems = new Map();
		this.kinds = new Map();
		this.asked = new Set();
		this.titles = new Map();
		this.journeys = new Map();
		this.count = { pages: 0, files: 0, skeletons: 0, forms: 0 };
		if (!known.prefixes.has(lang)) known.prefixes.set(lang, new Set());
	}

	wrong(sentences, where) {
		for (const sentence of sentences) {
			if (!this.problems.has(sentence)) this.problems.set(sentence, new Set());
			this.problems.get(sentence).add(where);
		}
	}

	/* From these addresses to all that can be reached; returns the problems as lines. */
	async go(from = ["/"]) {
		const began = Date.now();
		this.page = await open({ locale: this.lang });
		await this.page.emulateMedia({ reducedMotion: "reduce" });
		this.heard = await listen(this.page.context(), BASE);
		await this.client.lend(this.page.context());
		try {
			this.todo = [];
			for (const path of from) this.want(path, "the beginning");
			while (this.todo.length) {
				const next = this.todo.shift();
				await this.visit(next.path, next.from);
			}
			this.wrong(askedTwice(this.journeys), "the journey");
		} finally {
			await this.page.context().close();
		}
		this.seconds = (Date.now() - began) / 1000;
		return [...this.problems].map(([sentence, places]) => {
			const all = [...places];
			return `${sentence} — at ${all.slice(0, 3).join(", ")}${all.length > 3 ? ` and ${all.length - 3} more` : ""}`;
		});
	}

	want(path, from) {
		if (this.asked.has(path)) return;
		const kind = kindOf(path);
		const number = this.kinds.get(kind) ?? 0;
		if (number >= AT_MOST) return;
		this.asked.add(path);
		this.kinds.set(kind, number + 1);
		this.todo.push({ path, from });
	}

	/* The address on this site that a link names, or null. */
	local(href, base) {
		let url;
		try {
			url = new URL(href, new URL(base, BASE));
		} catch {
			this.wrong([`a link to “${href}”`], kindOf(base));
			return null;
		}
		/* A link that changes the language would end the walk in this one. */
		if (url.origin !== new URL(BASE).origin || url.pathname.startsWith("/language/")) return null;
		return url.pathname + url.search;
	}

	async visit(path, from) {
		const answer = await this.client.get(path);
		const kind = kindOf(answer.path);
		if (answer.status !== 200) {
			this.wrong([`${kindOf(path)} answers ${answer.status}`], from);
			return;
		}
		if (answer.path !== path) {
			// Led elsewhere; that page is looked at once, as itself.
			if (this.asked.has(answer.path)) return;
			this.asked.add(answer.path);
		}
		if (!/^text\/html/.test(answer.headers["content-type"] ?? "")) {
			this.count.files++;
			if (answer.text.length === 0) this.wrong([`${kind} is an empty file`], from);
			return;
		}
		this.count.pages++;
		this.known.seen.push(`${this.lang}\t${this.who}\tpage\t${kind}`);
		const facts = await this.known.read(answer.text);
		await this.words(answer.text, facts, kind);
		this.wrong(title(facts, kind.split("?")[0], this.titles), kind);
		await this.look(facts, kind, () => this.page.goto(BASE + answer.path));
		for (const form of facts.forms) await this.form(form, facts, answer.path);
		for (const link of facts.links) {
			const to = this.local(link.href, answer.path);
			if (to) this.want(to, kind);
		}
	}

	async words(text, facts, where) {
		for (const what of ["sheets", "scripts"]) for (const url of facts[what]) this.known[what].add(url);
		this.wrong(language(facts, this.lang), where);
		this.wrong(facts.astray.map((id) => `a link to #${id}, which is not there`), where);
		this.wrong(headings(facts), where);
		if (this.plain) this.wrong(await validHtml(text), where);
	}

	/* In the browser, if this skeleton is new. */
	async look(facts, where, opens) {
		const print = `${this.lang} ${createHash("sha1").update(facts.skeleton).digest("hex")}`;
		if (this.known.skeletons.has(print)) return;
		this.known.skeletons.add(print);
		this.count.skeletons++;
		const { page } = this;
		this.heard.wrong.length = 0;
		await page.setViewportSize({ width: this.plain ? 1280 : 320, height: 900 });
		await opens();
		this.wrong(this.heard.wrong.splice(0), where);
		if (this.plain) {
			this.wrong(await focus(page), where);
			this.wrong(await targets(page, 1280), where);
			this.wrong(await axe(page), where);
			await page.emulateMedia({ colorScheme: "dark" });
			this.wrong((await axe(page, ["color-contrast"])).map((s) => `dark: ${s}`), where);
			await page.emulateMedia({ colorScheme: "light" });
			this.wrong(await textStands(page), where);
		}
		this.wrong(await sideways(page), where);
		this.wrong(await targets(page, 320), where);
		if (await unfold(page)) {
			this.wrong((await sideways(page)).map((s) => `unfolded: ${s}`), where);
			this.wrong((await targets(page, 320)).map((s) => `unfolded: ${s}`), where);
			this.wrong((await textStands(page)).map((s) => `unfolded: ${s}`), where);
			this.wrong((await axe(page)).map((s) => `unfolded: ${s}`), where);
		} else if (!this.plain) {
			this.wrong(await axe(page), where);
		}
		if (process.env.CRAWL_SHOTS) await shot(page, `crawl-${this.lang}-${this.count.skeletons}-${where.replace(/\W+/g, "-")}`);
	}

	async form(form, normal, at) {
		if (!form.inMain || form.fields.length === 0) return;
		const action = this.local(form.action ?? at, at);
		if (!action) {
			this.wrong([`a form that is sent to ${form.action}`], kindOf(at));
			return;
		}
		if (form.method === "get") {
			const query = new URLSearchParams(form.fields.filter((f) => !["radio", "checkbox"].includes(f.type) || f.checked).map((f) => [f.name, f.value]));
			this.want(`${action.split("?")[0]}?${query}`, kindOf(at));
			return;
		}
		note(form, kindOf(action), this.journeys);
		const key = formKey(form, action);
		const claim = `${this.lang} ${FULL ? this.who : ""} ${key}`;
		if (this.known.forms.has(claim)) return;
		this.known.forms.add(claim);
		this.count.forms++;
		this.known.seen.push(`${this.lang}\t${this.who}\tform\t${key}`);
		// What may be left empty is said in words; English ones are known.
		if (this.lang === "en") this.known.optional.set(key, new Set(form.fields.filter(optional).map((f) => f.name)));
		const mayBeEmpty = (field) => this.known.optional.get(key)?.has(field.name) ?? optional(field);
		const prefixes = this.known.prefixes.get(this.lang);
		const said = await refusals({ client: this.client, read: this.known.read, form, action, normal, prefixes, isOptional: mayBeEmpty });
		for (const { where, wrong, answer, facts } of said) {
			this.wrong(wrong, where);
			if (!facts) continue;
			await this.words(answer.text, facts, where);
			await this.look(facts, where, () => this.show(action, answer));
			await this.followSummary(facts, where, () => this.show(action, answer));
		}
	}

	/* Shows an answer that came to a form as if the browser had sent it. */
	async show(action, answer) {
		const { "content-length": _, "transfer-encoding": __, "content-encoding": ___, "set-cookie": ____, ...headers } = answer.headers;
		const here = (url) => url.href === BASE + action;
		await this.page.route(here, (route) => route.fulfill({ status: answer.status, headers, body: answer.text }), { times: 1 });
		await this.page.goto(BASE + action);
		await this.page.unroute(here);
	}

	/* Once for each kind of error page: the first link of its summary brings the focus to the field. */
	async followSummary(facts, where, opens) {
		const print = `summary ${createHash("sha1").update(facts.skeleton).digest("hex")}`;
		if (!facts.summary?.links[0]?.found || this.known.skeletons.has(print)) return;
		this.known.skeletons.add(print);
		await opens();
		const link = this.page.locator("main [role=alert] a").first();
		const id = decodeURIComponent((await link.getAttribute("href")).slice(1));
		await link.focus();
		await this.page.keyboard.press("Enter");
		const there = await this.page.evaluate((wanted) => document.activeElement?.id === wanted, id);
		if (!there) this.wrong([`the error summary's link does not bring the focus to #${id}`], where);
	}
}
