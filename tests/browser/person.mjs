/*
 * A person at a browser, in the words of the pages: opens, fills in by label, presses by the words on
 * the button, follows links. Each step looks at the page: axe when scripts are on, no sideways
 * scroll at 320 px, a screenshot at 1280 and 390 px of the pages that are named.
 *
 * Somebody who reads another language is described in English all the same: what is passed as a string
 * is looked up in their language (tongue.mjs), what is a RegExp stands as it is (data()).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BASE, accounts, axe, finish, go, open, shot } from "./lib.mjs";
import { Client } from "./crawl/client.mjs";
import { totp } from "./totp.mjs";
import { reader } from "./crawl/read.mjs";
import { refusals } from "./crawl/refusal.mjs";
import { EDGE, asTyped, heard } from "./tongue.mjs";

let eye;
const prefixes = new Set();

export class Person {
	/* browser: { javaScript, tongue: a Tongue when not in English }; who: a role, an e-mail of the
	 * demo's accounts, or nobody. */
	static async at(browser, who) {
		const person = new Person();
		person.javaScript = browser.javaScript ?? true;
		person.tongue = browser.tongue;
		person.blind = browser.blind;
		person.page = await open({ javaScript: browser.javaScript, locale: browser.tongue?.tag });
		person.page.setDefaultTimeout(10000);
		if (who) await person.signIn(who);
		return person;
	}

	async signIn(who) {
		const known = [...accounts().values()].flat();
		const account = typeof who === "object" ? who : known.find((a) => a.role === who || a.email === who);
		assert.ok(account, `nobody is ${who}`);
		await this.open("/sign-in");
		await this.fill({ "E-mail": account.email, Password: account.password });
		await this.press("Sign in");
		if (account.secret) {
			await this.fill({ "Six digits": totp(account.secret) });
			await this.press("Sign in");
		}
		assert.ok(!this.path.startsWith("/sign-in"), await this.words());
		return account;
	}

	get path() {
		return new URL(this.page.url()).pathname;
	}

	async open(path) {
		assert.equal(await go(this.page, path), 200, path);
		await this.inTheirLanguage();
	}

	/* The whole page is in the language of who reads it, and runs in its direction. */
	async inTheirLanguage() {
		if (!this.tongue) return;
		const { lang, dir } = await this.page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
		assert.deepEqual({ lang, dir }, { lang: this.tongue.tag, dir: this.tongue.dir }, `language and direction of ${this.path}`);
		assert.equal(await this.page.locator("main[lang]").count(), 0, `the words of ${this.path} are those of a page for staff`);
	}

	/* The words of the page as a reader has them. */
	async words() {
		return heard(await this.page.locator("main").innerText());
	}

	/* The page says each of these: a sentence, a piece of one, or a RegExp. */
	async reads(...parts) {
		const words = await this.words();
		for (const part of parts) {
			const wanted = this.tongue && typeof part === "string" ? this.tongue.piece(part) : part;
			assert.ok(wanted instanceof RegExp ? wanted.test(words) : words.includes(wanted),
				`${this.path}: no “${part}”${wanted === part ? "" : ` (${wanted})`} in: ${words.slice(0, 3000)}`);
		}
	}

	/* The name of a link or button: a string, a RegExp, or several of them of which any will do. */
	called(words) {
		const all = [words].flat().map((w) => (typeof w !== "string" ? w.source : this.tongue ? this.tongue.source(w) : asTyped(w).source));
		return new RegExp(`(?:${all.join("|")})`, "iu");
	}

	/* The same for what has no other words around it. */
	exactly(words) {
		return words instanceof RegExp ? words : new RegExp(`^${EDGE}${this.called(words).source}${EDGE}$`, "iu");
	}

	/* The field with this label; one that may be left empty says so behind it. */
	field(label) {
		return this.page.getByLabel(new RegExp(`^${EDGE}${this.called(label).source}${EDGE}(${this.called("(optional)").source})?${EDGE}$`, "u"));
	}

	/* { label: value }: text, true for a tick, [value] for one radio or option of that group. */
	async fill(fields) {
		for (const [label, value] of Object.entries(fields)) {
			if (value === true) await this.field(label).check();
			else if (Array.isArray(value)) await this.choose(label, value[0]);
			else await this.field(label).first().fill(value);
		}
	}

	async choose(label, words) {
		const select = this.page.locator("select").and(this.field(label));
		if (await select.count()) {
			const value = await select.locator("option").filter({ hasText: this.called(words) }).first().getAttribute("value");
			await select.selectOption(value);
		} else {
			await this.page.getByRole("group", { name: this.called(label) }).getByLabel(this.exactly(words)).check();
		}
	}

	/* Presses a button and waits for the page that comes; it has to be one that says yes. */
	async press(words, status = 200) {
		const button = this.page.getByRole("main").getByRole("button", { name: this.called(words) });
		const [answer] = await Promise.all([this.page.waitForNavigation(), button.first().click()]);
		assert.equal(answer?.status() ?? 200, status, `“${words}” at ${this.path}: ${(await this.words()).slice(0, 1500)}`);
		await this.inTheirLanguage();
	}

	/* of: what else the link says, when several have these words. */
	async follow(words, of = /(?:)/) {
		const link = this.page.getByRole("link", { name: this.called(words) }).filter({ hasText: of }).first();
		const [answer] = await Promise.all([this.page.waitForNavigation(), link.click()]);
		assert.equal(answer?.status() ?? 200, 200, `“${words}” leads to ${this.path}`);
		await this.inTheirLanguage();
	}

	/* What a link gives to keep: { name, content }. */
	async download(words) {
		const [file] = await Promise.all([
			this.page.waitForEvent("download"),
			this.page.getByRole("main").getByRole("link", { name: this.called(words) }).first().click(),
		]);
		return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
	}

	async upload(label, path) {
		await this.field(label).setInputFiles(path);
	}

	/* What no crawl comes by: pages that only open to who has gone the way there. Their forms are sent
	 * wrong, beside this person's own browser. */
	async tryForms(name) {
		eye ??= reader();
		const { read } = await eye;
		const normal = await read(await this.page.content());
		if (normal.summary) return;
		const client = new Client(this.tongue?.tag);
		for (const { name: cookie, value } of await this.page.context().cookies()) client.cookies.set(cookie, value);
		for (const form of normal.forms) {
			if (!form.inMain || form.method !== "post" || form.fields.length === 0) continue;
			const { pathname, search } = new URL(this.page.url());
			const said = await refusals({ client, read, form, action: form.action ?? pathname + search, normal, prefixes });
			assert.deepEqual(said.flatMap(({ where, wrong }) => wrong.map((w) => `${w}: ${where}`)), [], `forms of ${name}`);
		}
		client.done();
	}

	/* Looks at the page; name: the distinct skeleton that it is an example of. */
	async look(page) {
		if (this.blind) return;
		const name = this.tongue ? `${page}-${this.tongue.tag}` : page;
		await this.page.setViewportSize({ width: 390, height: 844 });
		await shot(this.page, `${name}-390${this.javaScript ? "" : "-plain"}`);
		if (this.javaScript) {
			await this.page.setViewportSize({ width: 320, height: 700 });
			await axe(this.page, `${name} 320`);
			await this.page.setViewportSize({ width: 1280, height: 900 });
			await axe(this.page, `${name} 1280`);
			await this.tryForms(name);
		} else {
			await this.page.setViewportSize({ width: 1280, height: 900 });
		}
		await shot(this.page, `${name}-1280${this.javaScript ? "" : "-plain"}`);
	}

	/* Looks again until the page says it, as somebody who waits would. */
	async until(words, seconds = 30) {
		const end = Date.now() + seconds * 1000;
		while (!words.test(await this.words())) {
			assert.ok(Date.now() < end, `${this.path} does not come to say ${words}: ${(await this.words()).slice(0, 1000)}`);
			await this.page.waitForTimeout(300);
			await this.page.reload();
		}
	}

	async done() {
		await finish(this.page);
	}
}

/* Answers every question of a questionnaire's page: long texts with these words, single
 * lines (ours ask for numbers), first choices. */
export async function answerAll(person, words, number = "12") {
	const main = person.page.getByRole("main");
	for (const area of await main.locator("textarea").all()) await area.fill(words);
	for (const input of await main.locator("input[type=text]").all())
		await input.fill(number);
	for (const group of await main.locator("fieldset").filter({ has: person.page.locator("input[type=radio]") }).all())
		await group.locator("input[type=radio]").first().check();
}

export { BASE, asTyped as data };
