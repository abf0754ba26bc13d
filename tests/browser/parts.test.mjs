/* The catalogue of parts in all its states, and what the one script adds. */
import { test, after } from "node:test";
import assert from "node:assert/strict";
import { axe, closeBrowser, finish, go, open, signIn } from "./lib.mjs";

after(closeBrowser);

const PAGES = ["/design", "/design/forms", "/design/lists", "/design/words", "/design/charts"];

for (const [width, dark] of [[320, false], [1280, true]]) {
	test(`the catalogue at ${width} px, ${dark ? "dark" : "light"}`, { timeout: 120000 }, async () => {
		const page = await open({ width, dark });
		await signIn(page, "auditor");
		for (const path of PAGES) {
			assert.equal(await go(page, path), 200, path);
			await axe(page, `${path} ${width}`);
		}
		await go(page, "/design/forms");
		await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Send it" }).click()]);
		assert.match(await page.title(), /^Error: /);
		// Each line of the summary leads to a field of the page.
		const links = page.locator(".error-summary a");
		assert.equal(await links.count(), 10);
		for (const link of await links.all())
			assert.equal(await page.locator(await link.getAttribute("href")).count(), 1);
		await axe(page, `/design/forms errors ${width}`);
		await finish(page);
	});
}

test("the catalogue is not for contributors", async () => {
	const page = await open();
	await signIn(page, "contributor");
	assert.equal(await go(page, "/design"), 403);
	await finish(page);
});

test("the ways open on a phone, without scripts", async () => {
	const page = await open({ width: 390, javaScript: false });
	await signIn(page, "contributor");
	const way = page.getByRole("link", { name: "My pay" });
	assert.equal(await way.isVisible(), false);
	await page.locator("summary", { hasText: "Menu" }).click();
	assert.equal(await way.isVisible(), true);
	await Promise.all([page.waitForNavigation(), way.click()]);
	assert.equal(new URL(page.url()).pathname, "/payments/statements");
	await page.locator("summary", { hasText: "Menu" }).click();
	assert.equal(await page.locator("nav [aria-current]").innerText(), "My pay");
	// Wide enough, they stand there by themselves.
	await page.setViewportSize({ width: 1280, height: 800 });
	assert.equal(await way.isVisible(), true);
	await finish(page);
});

test("a button that was pressed says so and does not send twice", async () => {
	const page = await open();
	await signIn(page, "auditor");
	await go(page, "/design/forms");
	let sent = 0;
	await page.route("**/design/forms", async (route) => {
		if (route.request().method() !== "POST") return route.continue();
		sent++;
		await new Promise((done) => setTimeout(done, 1500));
		await route.continue();
	});
	// Pressed in the page itself: from outside, everything waits for the answer.
	await page.evaluate(() => {
		const button = document.querySelector("main form button[type=submit]");
		button.click();
		setTimeout(() => {
			sessionStorage.setItem("words", button.textContent);
			button.click();
		}, 800);
	});
	await page.locator(".error-summary").waitFor();
	assert.equal(await page.evaluate(() => sessionStorage.getItem("words")), "Sending…");
	assert.equal(sent, 1);
	await finish(page);
});

test("a long text says how much room is left once it gets close", async () => {
	const page = await open();
	await signIn(page, "auditor");
	await go(page, "/design/forms");
	const area = page.getByLabel("Several lines");
	const count = page.locator(".count");
	await area.fill("a".repeat(100));
	await page.waitForTimeout(400);
	assert.equal(await count.isVisible(), false);
	await area.fill("🎂".repeat(290));
	await count.waitFor();
	assert.equal((await count.innerText()).replace(/\s+/g, " ").trim(), "Characters left: 10");
	await area.fill("a".repeat(301));
	await page.getByText("Characters too many:").waitFor();
	assert.match(await count.innerText(), /1$/);
	await finish(page);
});
