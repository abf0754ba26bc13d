/*
 * search.test.mjs: home, search and the statement on accessibility, wide and narrow, light and
 * dark; and the script that looks at long work again.
 */
import { readdirSync } from "node:fs";
import test, { after } from "node:test";
import assert from "node:assert/strict";
import * as lib from "./lib.mjs";

after(() => lib.closeBrowser());

for (const [name, options] of [["wide", {}], ["narrow-dark", { width: 320, height: 700, dark: true }]]) {
	test(`home, search, accessibility (${name})`, async () => {
		const page = await lib.open(options);
		await lib.signIn(page, "people_officer");
		for (const [what, path] of [["home", "/"], ["search-empty", "/search"], ["search", "/search?q=pulse"],
			["search-nothing", "/search?q=zzzzqq"], ["accessibility", "/accessibility"]]) {
			assert.equal(await lib.go(page, path), 200, path);
			await lib.axe(page, `${what} ${name}`);
			await lib.shot(page, `${what}-${name}`);
		}
		/* By keyboard alone: type, enter, to the first result. */
		await lib.go(page, "/search");
		await page.focus("#q");
		await page.keyboard.type("noor");
		await page.keyboard.press("Enter");
		await page.waitForURL(/q=noor/);
		await page.getByRole("link", { name: "Noor van der Meulen" }).first().click();
		assert.match(page.url(), /\/onboarding\/staff\/(applications|offers)\//);
		await lib.finish(page);
	});
}

test("long work is looked at again, shown, and the page loaded anew once it has ended", async () => {
	const page = await lib.open();
	const script = readdirSync(`${process.env.TEST_RUN}/app/templates/static`).find((name) => /^progress\.\w+\.js$/.test(name));
	const asked = [];
	let loads = 0;
	await page.route("**/-work", (route) => {
		loads++;
		const box = loads > 1 ? "<p>done</p>" : `<div data-progress="/-poll"><p data-progress-text>0 of 4.</p>
			<progress max="4" value="0"></progress></div><script src="/static/${script}" defer></script>`;
		route.fulfill({ contentType: "text/html", body: `<!DOCTYPE html><title>work</title>${box}` });
	});
	await page.route("**/-poll", (route) => {
		const tag = route.request().headers()["if-none-match"];
		asked.push(tag);
		if (asked.length === 2) return route.fulfill({ status: 304 });
		return route.fulfill({
			contentType: "application/json", headers: { ETag: `"${asked.length}"` },
			body: JSON.stringify({ done: asked.length, total: 4, text: `${asked.length} of 4 <b>people</b>.`, ended: asked.length === 4 }),
		});
	});
	await page.goto(`${lib.BASE}/-work`);
	await page.waitForFunction(() => document.querySelector("progress")?.value === 1);
	assert.equal(await page.textContent("[data-progress-text]"), "1 of 4 <b>people</b>.");
	await page.waitForFunction(() => document.querySelector("progress")?.value === 3, null, { timeout: 15000 });
	await page.waitForFunction(() => document.body.textContent.includes("done"), null, { timeout: 15000 });
	await page.waitForTimeout(2500);
	assert.deepEqual(asked, [undefined, '"1"', '"1"', '"3"']);
	assert.equal(loads, 2);
	await lib.finish(page);
});
