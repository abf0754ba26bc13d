/*
 * Pictures of the key pages, to be looked at: `make shots`. Each at 1280 and 390 px, light and dark,
 * in every language of LANGUAGES (default "en"): a browser that asks for it, and the profile of who
 * is signed in, put back afterwards.
 * Nothing is asserted but that the page comes and does not scroll sideways. FOR (names, comma-parted)
 * takes some of them.
 */
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { accounts, closeBrowser, go, open, shot, signIn } from "./lib.mjs";

after(closeBrowser);

const first = (selector) => async (page) => {
	await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
};
const pressed = async (page) => {
	await Promise.all([page.waitForNavigation(), page.locator("main form button[type=submit]").first().click()]);
};

/* The profile's language, should it be one of those that are offered. */
async function speak(page, language) {
	await go(page, "/profile");
	const radio = page.locator(`input[name=locale][value="${language}"]`);
	const option = page.locator(`select[name=locale]:has(option[value="${language}"])`);
	if (await radio.count()) await radio.check();
	else if (await option.count()) await option.selectOption(language);
	else return;
	await Promise.all([page.waitForNavigation(), page.locator("main form button[type=submit]").first().click()]);
}

/* name, who (a role or nobody), path, what to do there. */
const PAGES = [
	["home", "contributor", "/"],
	["statements", "contributor", "/payments/statements"],
	["statement", "contributor", "/payments/statements", first("ul.items a")],
	["time", "contributor", "/payments/entries"],
	["survey", "contributor", "/feedback/surveys", first("ul.items a.button")],
	["results", "contributor", "/feedback/results", first("ul.items a")],
	["my-hdm", "contributor", "/hdm/my-contacts"],
	["letter", "applicant", "/onboarding/application"],
	["sign-in", "", "/sign-in"],
	["apply", "", "/apply"],
	["people", "hdm", "/hdm/staff/people"],
	["forms-errors", "hdm", "/design/forms", pressed],
];
const languages = (process.env.LANGUAGES ?? "en").split(",");
const wanted = process.env.FOR?.split(",");

for (const language of languages)
	for (const dark of [false, true])
		for (const who of new Set(PAGES.map(([, role]) => role)))
			test(`${language}, ${dark ? "dark" : "light"}, ${who || "nobody"}`, async () => {
				const page = await open({ dark, locale: language });
				if (who) {
					await signIn(page, accounts().get(who)[0]);
					if (languages.length > 1 || language !== "en") await speak(page, language);
				}
				for (const [name, role, path, act] of PAGES) {
					if (role !== who || (wanted && !wanted.includes(name))) continue;
					assert.equal(await go(page, path), 200, path);
					await act?.(page);
					for (const width of [1280, 390]) {
						await page.setViewportSize({ width, height: 844 });
						const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
						assert.ok(wide <= 0, `${name} scrolls sideways by ${wide} px at ${width}`);
						await shot(page, `${name}-${width}-${dark ? "dark" : "light"}-${language}`);
					}
				}
				if (who && language !== "en") await speak(page, "en");
				await page.context().close();
			});
