/* Pages that anyone may open: readable, valid for axe, narrow enough, with the site's headers. */
import { test, after } from "node:test";
import assert from "node:assert/strict";
import { BASE, axe, closeBrowser, finish, go, open, shot } from "./lib.mjs";

after(closeBrowser);

for (const [path, status] of [["/sign-in", 200], ["/no-such-page", 404]]) {
	for (const width of [320, 390, 1280]) {
		test(`${path} at ${width} px`, async () => {
			const page = await open({ width, dark: width === 390 });
			assert.equal(await go(page, path), status);
			assert.equal(await page.locator("h1").count(), 1);
			assert.equal(await page.locator("main").count(), 1);
			await axe(page, `${path} ${width}`);
			await shot(page, `public${path.replaceAll("/", "-")}-${width}`);
			await finish(page);
		});
	}
}

test("a page works without JavaScript and loads nothing from elsewhere", async () => {
	const page = await open({ javaScript: false });
	const hosts = new Set();
	page.on("request", (r) => hosts.add(new URL(r.url()).host));
	assert.equal(await go(page, "/sign-in"), 200);
	assert.deepEqual([...hosts], [new URL(BASE).host]);
	await finish(page);
});
