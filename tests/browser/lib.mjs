/*
 * What every browser test needs: a browser, a signed-in page, axe, screenshots.
 *
 * Environment: BASE_URL (the instance), ACCOUNTS (its demo-accounts.tsv), SHOTS (folder for
 * screenshots, optional; none with PICTURES=0), CHROMIUM (default chromium-headless-shell: the same browser without
 * windows and menus, at half of the time; else chromium). Runs as an unprivileged user with
 * the browser's own sandbox on.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { axe as axeFinds } from "./crawl/look.mjs";
import { totp } from "./totp.mjs";

export const BASE = process.env.BASE_URL;

/* role -> [{email, password, secret}] in the order of the file. */
export function accounts() {
	const byRole = new Map();
	for (const line of readFileSync(process.env.ACCOUNTS, "utf8").split("\n")) {
		const [role, email, password, secret] = line.split("\t");
		if (!password || role.startsWith("#")) continue;
		if (!byRole.has(role)) byRole.set(role, []);
		byRole.get(role).push({ role, email, password, secret });
	}
	return byRole;
}

const SHELL = "/usr/bin/chromium-headless-shell";
const CHROMIUM = process.env.CHROMIUM ?? (existsSync(SHELL) ? SHELL : "/usr/bin/chromium");

let shared;
export async function browser() {
	shared ??= await chromium.launch({
		executablePath: CHROMIUM,
		chromiumSandbox: true,
		args: ["--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync"],
	});
	return shared;
}
export async function closeBrowser() {
	await shared?.close();
	shared = undefined;
}

/* A page in a context of its own. Problems (console errors, failed loads, CSP) are collected in
 * page.problems and checked by finish(). */
export async function open(options = {}) {
	const context = await (await browser()).newContext({
		viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
		javaScriptEnabled: options.javaScript ?? true,
		colorScheme: options.dark ? "dark" : "light",
		locale: options.locale ?? "en-GB",
		ignoreHTTPSErrors: true,
		acceptDownloads: true,
	});
	const page = await context.newPage();
	page.problems = [];
	page.on("console", (m) => {
		if (m.type() === "error" && !/status of (4\d\d|503)/.test(m.text())) page.problems.push(m.text());
	});
	page.on("pageerror", (e) => page.problems.push(String(e)));
	return page;
}

export async function go(page, path) {
	const answer = await page.goto(BASE + path);
	assert.ok(answer, `no answer for ${path}`);
	return answer.status();
}

export async function signIn(page, who) {
	const account = typeof who === "string" ? accounts().get(who)?.[0] : who;
	assert.ok(account, `no demo account for ${who}`);
	await go(page, "/sign-in");
	await page.fill("input[type=email]", account.email);
	await page.fill("input[type=password]", account.password);
	await page.click("main button[type=submit]");
	if (account.secret) {
		await page.waitForURL(/sign-in\/code/);
		await page.fill("input[name=code]", totp(account.secret));
		await page.click("main button[type=submit]");
	}
	await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
	return account;
}

/* Presses the button with these words and waits for the next page. */
export async function press(page, words) {
	await Promise.all([
		page.waitForNavigation(),
		page.getByRole("button", { name: words }).first().click(),
	]);
}

/* axe with all rules (crawl/look.mjs), no exclusions; checked once per page skeleton. */
const seen = new Set();
export async function axe(page, name) {
	const key = name ?? (await page.evaluate(() => location.pathname.replace(/[0-9a-z]{26}/g, ":id")));
	if (seen.has(key)) return;
	seen.add(key);
	assert.deepEqual(await axeFinds(page), [], `axe on ${key}`);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	assert.ok(wide <= 0, `${key} scrolls sideways by ${wide} px`);
}

export async function shot(page, name) {
	if (!process.env.SHOTS || process.env.PICTURES === "0") return;
	mkdirSync(process.env.SHOTS, { recursive: true });
	await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

export function finish(page) {
	assert.deepEqual(page.problems, [], "console and page errors");
	return page.context().close();
}
