/*
 * openid.test.mjs: signing in by OpenID Connect, in a browser, against a real provider
 * (provider.mjs) on an instance that knows it (run.sh).
 */
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import * as lib from "./lib.mjs";
import { PEOPLE, startProvider } from "./provider.mjs";

let stop;
before(async () => {
	stop = await startProvider(process.env.OPENID_PORT, lib.BASE, "a secret of tests only");
});
after(async () => {
	await lib.closeBrowser();
	await stop();
});

/* A browser that reaches this machine alone: the provider's pages ask for fonts elsewhere. */
async function open(options) {
	const page = await lib.open(options);
	await page.context().route((url) => url.hostname !== "127.0.0.1",
		(route) => route.fulfill({ contentType: "text/css", body: "" }));
	return page;
}

/* From our sign-in page to the provider's, as this login there, and back. The context is its own:
 * nobody is known at the provider yet. */
async function arrive(page, login, from = "/sign-in") {
	await lib.go(page, from);
	await page.getByRole("link", { name: "Sign in with Lanternfield ID" }).click();
	await page.fill("input[name=login]", login);
	await page.fill("input[name=password]", "any");
	await page.click("button[type=submit]");
	await page.getByRole("button", { name: "Continue" }).click();
	await page.waitForURL(lib.BASE + "/**");
}

const path = (page) => new URL(page.url()).pathname;
const cookies = async (page) => (await page.context().cookies(lib.BASE)).map((c) => c.name);

test("somebody whom both know is signed in, goes on where they were, and again", async () => {
	const page = await open();
	await lib.go(page, "/payments/statements");
	assert.equal(path(page), "/sign-in");
	await lib.axe(page, "sign-in beside a provider");
	await lib.shot(page, "sign-in-openid");
	await arrive(page, "marta", "/sign-in?to=%2Fpayments%2Fstatements");
	assert.equal(path(page), "/payments/statements");
	assert.match(await page.locator("header").innerText(), /Marta/);
	assert.ok(!(await cookies(page)).includes("__Host-openid"), "what belonged to the try is gone");

	/* Signed out here, still known there: one press. */
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.getByRole("link", { name: "Sign in with Lanternfield ID" }).click();
	await page.waitForURL(lib.BASE + "/");
	await lib.finish(page);
});

test("without scripts, narrow", async () => {
	const page = await open({ javaScript: false, width: 390 });
	await arrive(page, "marta");
	assert.equal(path(page), "/");
	await lib.finish(page);
});

test("whom we do not know, whose address is not confirmed, and another user with the same address", async () => {
	for (const [login, words] of [["stranger", "We found no open account for you"],
		["unconfirmed", "Your e-mail address is not confirmed there yet"],
		["impostor", "Your account here belongs to another sign-in"]]) {
		const page = await open();
		await arrive(page, login);
		assert.equal(path(page), "/sign-in/openid/callback");
		await page.getByRole("heading", { name: words }).waitFor();
		assert.ok(!(await cookies(page)).includes("__Host-session"), login);
		await lib.axe(page, `openid ${login}`);
		await lib.shot(page, `openid-${login}`);
		/* The same page takes a password. */
		assert.equal(await page.locator("input[type=password]").count(), 1);
		await lib.finish(page);
	}
});

test("whoever turns back at the provider is told that nothing happened", async () => {
	const page = await open();
	await lib.go(page, "/sign-in");
	await page.getByRole("link", { name: "Sign in with Lanternfield ID" }).click();
	await page.getByRole("link", { name: "Cancel" }).click();
	await page.getByRole("heading", { name: "You are not signed in" }).waitFor();
	await lib.finish(page);
});

test("roles that the file names follow the claims", async () => {
	const page = await open();
	await arrive(page, "adaeze");
	assert.equal(path(page), "/");
	const admin = await open();
	await lib.signIn(admin, "admin");
	await lib.go(admin, "/staff/people?q=adaeze");
	await admin.getByRole("link", { name: /Adaeze/ }).first().click();
	const role = async (name) => (await admin.locator("ul.items li", { hasText: name }).innerText()).replace(/\s+/g, " ");
	assert.doesNotMatch(await role("Benchmark keeper"), /ended/);
	assert.doesNotMatch(await role("Finance"), /ended/);

	/* The provider knows her as a keeper no more. */
	PEOPLE.adaeze.groups = ["money"];
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.getByRole("link", { name: "Sign in with Lanternfield ID" }).click();
	await page.waitForURL(lib.BASE + "/");
	await admin.reload();
	assert.match(await role("Benchmark keeper"), /ended/);
	assert.doesNotMatch(await role("Finance"), /ended/);
	await lib.finish(admin);
	await lib.finish(page);
});
