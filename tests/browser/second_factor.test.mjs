/*
 * second_factor.test.mjs: a second factor set up by the key that the page shows, asked for at the
 * next sign-in, a recovery code, and another browser that is signed out from afar; each page looked
 * at by axe, wide and light, narrow and dark.
 */
import test, { after } from "node:test";
import assert from "node:assert/strict";
import * as lib from "./lib.mjs";
import { totp } from "./totp.mjs";

after(() => lib.closeBrowser());

/* The first step alone. */
async function password(page, account) {
	await lib.go(page, "/sign-in");
	await page.fill("input[type=email]", account.email);
	await page.fill("input[type=password]", account.password);
	await lib.press(page, "Sign in");
}

for (const [name, options, role] of [["wide", {}, "auditor"], ["narrow-dark", { width: 320, height: 700, dark: true }, "care_officer"]]) {
	test(`set up, code, recovery code (${name})`, async () => {
		const look = async (page, what) => {
			await lib.axe(page, `${what} ${name}`);
			await lib.shot(page, `${what}-${name}`);
		};
		const page = await lib.open(options);
		const account = await lib.signIn(page, role);
		await lib.go(page, "/profile/second-factor");
		await look(page, "second-factor-none");
		await page.click("text=Set it up");
		await page.click("summary:has-text('I cannot scan it')");
		await look(page, "second-factor-new");
		/* Dark on light with a quiet zone, whatever the page's colours are. */
		assert.deepEqual(await page.locator("main svg > *").evaluateAll((parts) => parts.slice(1).map((part) => getComputedStyle(part).fill)),
			["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
		const secret = await page.textContent("main dd code");
		await page.fill("input[name=code]", "12345");
		await lib.press(page, "Set it up");
		await look(page, "second-factor-wrong");
		assert.equal(await page.textContent("main dd code"), secret);
		await page.fill("input[name=code]", totp(secret));
		await lib.press(page, "Set it up");
		await look(page, "recovery-codes");
		const codes = await page.locator("main ol code").allTextContents();
		assert.equal(codes.length, 10);
		await page.click("text=I have kept them");
		await look(page, "second-factor");
		if (options.width) await page.click("summary:has-text('Menu')");
		await lib.press(page, "Sign out");

		await password(page, account);
		await page.waitForURL(/sign-in\/code/);
		await look(page, "sign-in-code");
		await page.fill("input[name=code]", totp(secret, Date.now() + 30000));
		await lib.press(page, "Sign in");
		assert.equal(new URL(page.url()).pathname, "/");
		await lib.finish(page);

		const other = await lib.open(options);
		await password(other, account);
		await other.click("text=use a recovery code");
		await look(other, "sign-in-recovery");
		await other.fill("input[name=recovery]", codes[3].toUpperCase());
		await lib.press(other, "Sign in");
		assert.equal(new URL(other.url()).pathname, "/");
		await lib.go(other, "/profile/second-factor");
		assert.match(await other.textContent("main"), /9 left/);
		await lib.press(other, "Remove my second factor");
		assert.match(await other.textContent("main"), /Removed\./);
		await lib.finish(other);
	});
}

for (const [name, options, role] of [["wide", {}, "spl"], ["narrow-dark", { width: 320, height: 700, dark: true }, "pod_lead"]]) {
	test(`another browser is signed out from here (${name})`, async () => {
		const here = await lib.open(options);
		const there = await lib.open(options);
		const account = await lib.signIn(here, role);
		await lib.signIn(there, role);
		await lib.go(here, "/profile/sessions");
		await lib.axe(here, `sessions ${name}`);
		await lib.shot(here, `sessions-${name}`);
		assert.equal(await here.locator("main .items li").count(), 2);
		await lib.press(here, /^End it/);
		assert.match(await here.textContent("main"), /Signed out there\..*signed in nowhere else/s);
		for (const path of ["/", "/hdm/my-contacts", "/payments/statements"]) {
			await lib.go(there, path);
			assert.equal(new URL(there.url()).pathname, "/sign-in", path);
		}
		for (const [what, path] of [["forgot", "/forgot"], ["link-dead", `/set-up/${"7".repeat(52)}`], ["address-dead", `/new-address/${"7".repeat(52)}`]]) {
			await lib.go(there, path);
			await lib.axe(there, `${what} ${name}`);
			await lib.shot(there, `${what}-${name}`);
		}
		await lib.finish(there);

		for (const [what, path] of [["profile", "/profile"], ["email-change", "/profile/email"], ["confirm", "/profile/confirm?to=%2Fprofile"]]) {
			await lib.go(here, path);
			await lib.axe(here, `${what} ${name}`);
			await lib.shot(here, `${what}-${name}`);
		}
		const change = async (old, fresh) => {
			await lib.go(here, "/profile/password");
			await here.fill("input[name=old]", old);
			await here.fill("input[name=password]", fresh);
			await here.fill("input[name=again]", fresh);
			await lib.press(here, "Change it");
		};
		const fresh = "a gull reads the menu";
		await change("not this one", fresh);
		await lib.axe(here, `password-wrong ${name}`);
		await change(account.password, fresh);
		assert.match(await here.textContent("main"), /Your new password counts from now on/);
		await lib.axe(here, `password-changed ${name}`);
		await change(fresh, account.password); /* for the tests that come after */
		await lib.finish(here);
	});
}
