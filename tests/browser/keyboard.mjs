/*
 * A person with a keyboard and no mouse: Tab, Shift+Tab, Enter, Space, arrows, and letters in
 * fields. Things are named by what they are for (address, name of the field), not by their words.
 */
import assert from "node:assert/strict";
import { BASE, open } from "./lib.mjs";

export class Keys {
	static async at(path) {
		const keys = new Keys();
		keys.page = await open();
		await keys.page.goto(BASE + path);
		return keys;
	}

	get path() {
		return new URL(this.page.url()).pathname;
	}

	press(...names) {
		return names.reduce((done, name) => done.then(() => this.page.keyboard.press(name)), Promise.resolve());
	}

	type(words) {
		return this.page.keyboard.type(words);
	}

	/* What has the focus, as its opening tag. */
	focused() {
		return this.page.evaluate(() => document.activeElement.outerHTML.replace(/>[^]*/, ">"));
	}

	has(selector) {
		return this.page.evaluate((s) => document.activeElement.matches(s), selector);
	}

	/* The focus is on this, it can be seen, and it stands inside of the window. */
	async on(selector) {
		assert.ok(await this.has(selector), `the focus is on ${await this.focused()}, not on ${selector}, at ${this.path}`);
		const [outline, inside] = await this.page.evaluate(() => {
			const e = document.activeElement, box = e.getBoundingClientRect();
			return [parseFloat(getComputedStyle(e).outlineWidth), box.bottom > 0 && box.top < window.innerHeight];
		});
		assert.ok(outline >= 2 || (await this.has("main, [role=alert]")), `${selector} does not show its focus`);
		assert.ok(inside, `${selector} has the focus outside of the window`);
	}

	/* Goes on with Tab (or back with Shift+Tab) to the next of these; returns how many steps it took. */
	async to(selector, { back = false, most = 80 } = {}) {
		for (let step = 1; step <= most; step++) {
			await this.press(back ? "Shift+Tab" : "Tab");
			if (await this.has(selector)) {
				await this.on(selector);
				return step;
			}
		}
		assert.fail(`${most} times ${back ? "Shift+Tab" : "Tab"} do not lead to ${selector} at ${this.path}; the focus is on ${await this.focused()}`);
	}

	/* Presses a key that brings the next page. */
	async go(key, status = 200) {
		const [answer] = await Promise.all([this.page.waitForNavigation(), this.press(key)]);
		assert.equal(answer?.status(), status, `${key} leads to ${this.path}`);
	}

	/* From the top of a page: the first stop leads past the header. */
	async skip() {
		await this.press("Tab");
		await this.on('a[href="#main"]');
		await this.press("Enter");
		assert.ok(await this.has("main"), `skipping leads to ${await this.focused()}`);
	}

	/* From the top of a page with errors: along the summary to the link of this field, which brings the
	 * focus to the field. name: of the field. */
	async mend(name) {
		await this.skip();
		const id = await this.page.evaluate((n) => document.querySelector(`main [name="${n}"]`).id, name);
		await this.to(`[role=alert] a[href="#${id}"]`);
		await this.press("Enter");
		await this.on(`#${id}`);
		assert.ok(await this.has('[aria-invalid="true"], fieldset.bad *'), `“${name}” does not say that it is wrong`);
	}

	/* Empties the text field that has the focus. */
	async empty() {
		const length = await this.page.evaluate(() => document.activeElement.value.length);
		await this.press("End", ...Array(length).fill("Backspace"));
	}

	/* A date; the order of its parts is the browser's affair, so the one that it has is found. */
	async typeDay(iso) {
		const [y, m, d] = iso.split("-");
		for (const typed of [m + d + y, d + m + y, y + m + d]) {
			await this.press("ArrowLeft", "ArrowLeft", "ArrowLeft");
			await this.type(typed);
			if ((await this.page.evaluate(() => document.activeElement.value)) === iso) return;
		}
		assert.fail(`the date cannot be typed: ${await this.focused()}`);
	}
}
