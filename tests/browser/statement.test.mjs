/*
 * A statement on paper: the print of the page holds every amount of it, both addresses and where it can be
 * checked, and nothing that is only for a screen. And the signed PDF that a person downloads is taken by
 * /payments/verify, as a stranger would try it.
 */
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { accounts, closeBrowser, finish, go, open, signIn } from "./lib.mjs";

after(closeBrowser);

test("printed and checked", async () => {
	const page = await open();
	await signIn(page, accounts().get("contributor")[0]);
	await go(page, "/payments/statements");
	await Promise.all([page.waitForNavigation(), page.locator("ul.items a").last().click()]);
	const amounts = (await page.locator("td.amount").allInnerTexts()).map((text) => text.trim());
	assert.ok(amounts.length > 3);
	const number = new URL(page.url()).pathname.split("/").pop();

	const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF", exact: true }).click()]);
	const pdf = await readFile(await download.path());
	assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");

	await page.emulateMedia({ media: "print" });
	const paper = await page.locator("body").innerText();
	let at = 0;
	for (const amount of amounts) {
		at = paper.indexOf(amount, at);
		assert.ok(at >= 0, `${amount} is not on paper`);
		at += amount.length;
	}
	for (const words of ["14 Ropewalk Lane", "Marta Kowalczyk-Núñez", number, "/payments/verify"])
		assert.ok(paper.includes(words), words);
	for (const words of ["Sign out", "XML, for programs"]) assert.ok(!paper.includes(words), words);
	await finish(page);

	const stranger = await open();
	await go(stranger, "/payments/verify");
	const check = async (buffer) => {
		await stranger.setInputFiles("input[type=file]", { name: "a.pdf", mimeType: "application/pdf", buffer });
		await Promise.all([stranger.waitForNavigation(), stranger.getByRole("button", { name: "Check the file" }).click()]);
		return stranger.locator("main").innerText();
	};
	assert.match(await check(pdf), /This file is real\.[^]*Marta Kowalczyk-Núñez/);
	pdf[pdf.length >> 2] ^= 1;
	const changed = await check(pdf);
	assert.match(changed, /This file was changed\./);
	assert.doesNotMatch(changed, /Marta/);
	await finish(stranger);
});
