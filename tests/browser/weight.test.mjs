/*
 * What the home page weighs on its way, as it is sent (compressed, with headers), for every role:
 * the first time 60 KB at most, later 10 KB. The sizes of sheet and scripts are in the crawl, which
 * sees all that pages name.
 */
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect, createServer as createWire } from "node:net";
import { BASE, accounts, closeBrowser, open } from "./lib.mjs";
import { Client } from "./crawl/client.mjs";

after(closeBrowser);

const KB = 1024;

/* A wire to a server that counts the bytes which come back. */
async function scales(port) {
	const wire = { bytes: 0 };
	const server = createWire((near) => {
		const far = connect(port, "127.0.0.1");
		far.on("data", (part) => { wire.bytes += part.length; });
		for (const [one, other] of [[near, far], [far, near]]) {
			one.pipe(other);
			one.on("error", () => other.destroy());
			one.on("close", () => other.destroy());
		}
	});
	await new Promise((up) => server.listen(0, "127.0.0.1", up));
	wire.base = `http://127.0.0.1:${server.address().port}`;
	wire.close = () => server.close();
	return wire;
}

/* Opens the home page through the wire; returns the bytes that came until nothing more did (the
 * browser asks for an icon behind the page's back). */
async function weigh(page, wire) {
	const before = wire.bytes;
	const answer = await page.goto(`${wire.base}/`);
	assert.equal(answer.status(), 200);
	for (let last = -1; last !== wire.bytes;) {
		last = wire.bytes;
		await page.waitForTimeout(250);
	}
	assert.ok(wire.bytes > before, "nothing was weighed");
	return wire.bytes - before;
}

for (const [role, [account]] of accounts()) {
	test(`the home page of ${role}`, async (t) => {
		const client = new Client();
		await client.signIn(account);
		const page = await open();
		await client.lend(page.context());
		client.done();
		const wire = await scales(new URL(BASE).port);
		try {
			const first = await weigh(page, wire);
			const later = await weigh(page, wire);
			t.diagnostic(`weight: ${role}: first ${(first / KB).toFixed(1)} KB, later ${(later / KB).toFixed(1)} KB`);
			assert.ok((await page.locator("main").count()) === 1 && !page.url().includes("sign-in"), "this is not the home page");
			assert.ok(first <= 60 * KB, `${first} bytes the first time`);
			assert.ok(later <= 10 * KB, `${later} bytes later`);
		} finally {
			await page.context().close();
			wire.close();
		}
	});
}

test("weighing: a page of 50 KB with a sheet of 30 KB that may be kept", async () => {
	const server = createServer((request, response) => {
		const sheet = request.url === "/s.css";
		response.setHeader("Content-Type", sheet ? "text/css" : "text/html");
		response.setHeader("Cache-Control", sheet ? "max-age=300" : "no-store");
		response.end(sheet ? `/*${"x".repeat(30 * KB)}*/` : `<!DOCTYPE html><link rel="icon" href="data:,"><link rel="stylesheet" href="/s.css"><p>${"y".repeat(50 * KB)}`);
	});
	await new Promise((up) => server.listen(0, "127.0.0.1", up));
	const page = await open();
	const wire = await scales(server.address().port);
	try {
		const first = await weigh(page, wire), later = await weigh(page, wire);
		assert.ok(first > 80 * KB && first < 82 * KB, `first ${first}`);
		assert.ok(later > 50 * KB && later < 51 * KB, `later ${later}`);
	} finally {
		await page.context().close();
		wire.close();
		server.close();
	}
});
