/* The two ways that everybody goes, with the keyboard only: to one's pay and time, and to apply. */
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { accounts, closeBrowser, finish } from "./lib.mjs";
import { Keys } from "./keyboard.mjs";

after(closeBrowser);
const field = (name) => `main [name="${name}"]`;

test("from signing in to reading a statement", async () => {
	const keys = await Keys.at("/sign-in");
	const { email, password } = accounts().get("contributor")[0];
	await keys.skip();
	assert.equal(await keys.to(field("email")), 1, "the e-mail is the first thing behind the header");
	await keys.go("Enter", 422);
	await keys.mend("email");
	await keys.type(email);
	assert.equal(await keys.to(field("password")), 1);
	await keys.type(password);
	await keys.press("Shift+Tab");
	await keys.on(field("email"));
	await keys.press("Tab");
	await keys.go("Enter");
	assert.equal(keys.path, "/");

	await keys.to('nav a[href="/payments/statements"]');
	await keys.go("Enter");
	await keys.skip();
	await keys.to('main a[href^="/payments/statements/"]');
	await keys.go("Enter");
	assert.match(keys.path, /^\/payments\/statements\/[0-9a-z]{26}$/);
	assert.match(await keys.page.locator("h1").innerText(), /\d/);
	// Everything on it can be passed by, and the way back is the same.
	await keys.skip();
	const down = await keys.to('main a[href$="/pdf"]');
	await keys.press("Tab");
	await keys.to('main a[href$="/pdf"]', { back: true });
	if (down > 1) await keys.to("main a, main button, main summary", { back: true });
	await finish(keys.page);
});

test("a time entry: wrong, mended along the error summary, added", async () => {
	const keys = await Keys.at("/sign-in");
	const { email, password } = accounts().get("contributor")[0];
	await keys.to(field("email"));
	await keys.type(email);
	await keys.to(field("password"));
	await keys.type(password);
	await keys.go("Enter");
	await keys.to('nav a[href="/payments/statements"]');
	await keys.go("Enter");
	await keys.to('a[href="/payments/entries"]');
	await keys.go("Enter");
	const before = await keys.page.locator('main a[href^="/payments/entries/"]').count();

	await keys.skip();
	await keys.to(field("day"));
	const today = new Date().toISOString().slice(0, 10);
	await keys.typeDay(today);
	await keys.to(field("project"));
	await keys.press("ArrowDown");
	await keys.to(field("hours"));
	await keys.type("a few");
	await keys.to(field("note"));
	await keys.type("Done with the keyboard");
	await keys.to('main button[type="submit"]');
	await keys.go("Space", 422);

	// One mistake, one link; what was right is still there.
	assert.equal(await keys.page.locator("[role=alert] a").count(), 1, await keys.page.locator("[role=alert]").innerText());
	await keys.mend("hours");
	assert.equal(await keys.page.locator(field("hours")).inputValue(), "a few");
	assert.equal(await keys.page.locator(field("note")).inputValue(), "Done with the keyboard");
	assert.equal(await keys.page.locator(field("day")).inputValue(), today);
	await keys.empty();
	await keys.type("1");
	await keys.go("Enter");
	assert.equal(keys.path, "/payments/entries");
	assert.equal(await keys.page.locator('main a[href^="/payments/entries/"]').count(), before + 1);
	await finish(keys.page);
});

test("applying: the first pages", async () => {
	const keys = await Keys.at("/apply");
	await keys.skip();
	await keys.to('form[action="/apply"] button');
	await keys.go("Space");
	assert.equal(keys.path, "/apply/code");
	await keys.skip();
	await keys.to("main a.button");
	await keys.go("Enter");
	assert.equal(keys.path, "/apply/tasks");
	await keys.skip();
	await keys.to('main a[href="/apply/about"]');
	await keys.go("Enter");

	// A name left out, an address that is none.
	await keys.skip();
	await keys.to(field("preferred_name"));
	await keys.type("Robin");
	await keys.to(field("email"));
	await keys.type("robin at example");
	await keys.go("Enter", 422);
	await keys.mend("legal_name");
	await keys.type("Robin Example");
	await keys.to(field("email"));
	await keys.empty();
	await keys.type(`keyboard.${process.pid}@example.net`);
	await keys.to('main button[type="submit"]');
	await keys.go("Enter");
	assert.equal(keys.path, "/apply/work");

	// Lists and groups of choices, by arrows and Space.
	await keys.skip();
	await choose(keys, "domain");
	await choose(keys, "level");
	await keys.to(field("skills"));
	await keys.type("Reading charts");
	await keys.press("Enter");
	await keys.type("Teaching nurses");
	await keys.to('main button[type="submit"]');
	await keys.go("Enter", 422);
	await keys.mend("years");
	await keys.type("9");
	await keys.go("Enter");
	assert.equal(keys.path, "/apply/time");
	// Back to what was saved: it is as it was typed.
	await keys.to('main a[href="/apply/tasks"]');
	await keys.go("Enter");
	await keys.to('main a[href="/apply/work"]');
	await keys.go("Enter");
	assert.equal(await keys.page.locator(field("skills")).inputValue(), "Reading charts\nTeaching nurses");
	assert.equal(await keys.page.locator(field("years")).inputValue(), "9");
	await finish(keys.page);
});

/* The second choice of a list or a group of radio buttons. */
async function choose(keys, name) {
	await keys.to(field(name));
	const list = await keys.has("select");
	if (!list) await keys.press("Space");
	await keys.press("ArrowDown");
	if (list) await keys.press("ArrowDown");
	const second = await keys.page.evaluate((n) => {
		const e = document.querySelector(`main [name="${n}"]`);
		const all = e.options ? [...e.options].filter((o) => o.value) : [...document.querySelectorAll(`main [name="${n}"]`)];
		return e.options ? all[1].selected : all[1].checked;
	}, name);
	assert.ok(second, `the arrows do not choose ${name}`);
}
