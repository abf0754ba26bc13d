/*
 * People whom the demo does not have: applicants at three places of their way, and anybody in
 * another language. They get there by the pages, filling in whatever these ask.
 */
import assert from "node:assert/strict";
import { rightValues } from "./forms.mjs";

let number = 0;

async function page(client, read, path) {
	const answer = await client.get(path);
	assert.equal(answer.status, 200, path);
	return { path: answer.path, facts: await read(answer.text) };
}

/* Sends the page's form of fields, or its first button, and follows. */
async function answerPage(client, read, path, email) {
	const { facts, path: at } = await page(client, read, path);
	const forms = facts.forms.filter((f) => f.inMain && f.method === "post");
	const form = forms.find((f) => f.fields.length) ?? forms[0];
	assert.ok(form, `${at} has no form`);
	const answer = await client.send(form.action, rightValues(form, email), form.multipart);
	assert.equal(answer.status, 303, `${at}: ${answer.text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").slice(0, 800)}`);
	return answer.headers.location;
}

const START = ["/", "/apply"];

export async function begun(client, read) {
	await answerPage(client, read, "/apply");
	return [...START, "/apply/code"];
}

/* Every page of the list filled in; the answers can be checked, nothing is sent. */
export async function applied(client, read) {
	const from = await begun(client, read);
	const email = `crawl.${process.pid}.${++number}@example.net`;
	const { facts } = await page(client, read, "/apply/tasks");
	for (const link of facts.links.filter((l) => /^\/apply\/\w+$/.test(l.href))) {
		const { facts: there } = await page(client, read, link.href);
		if (there.forms.some((f) => f.inMain && f.fields.length)) await answerPage(client, read, link.href, email);
	}
	return from;
}

/* Sent, and the first page of the interview answered. */
export async function interviewed(client, read) {
	await applied(client, read);
	await answerPage(client, read, "/apply/check");
	const { facts } = await page(client, read, "/apply/interview");
	const first = facts.links.find((l) => /^\/apply\/interview\/\w+$/.test(l.href) && !l.href.endsWith("/check"));
	if (first) await answerPage(client, read, first.href);
	else await answerPage(client, read, "/apply/interview");
	return START;
}

/* Who is signed in reads in this language from now on; returns the one before. Who is not is heard
 * by what the browser asks for. back: to the one before, if that is still offered. */
export async function speak(client, read, language, { back = false } = {}) {
	const { path, facts } = await page(client, read, "/profile");
	if (path !== "/profile") return null;
	const isLanguage = (field) => /^(language|lang|locale)$/.test(field.name);
	const form = facts.forms.find((f) => f.inMain && f.fields.some(isLanguage));
	assert.ok(form, "the profile has no field for the language");
	const before = form.fields.find((f) => isLanguage(f) && (f.type !== "radio" || f.checked));
	const kept = form.fields.filter((f) => !isLanguage(f) && (!["radio", "checkbox"].includes(f.type) || f.checked)).map((f) => [f.name, f.value]);
	const name = form.fields.find(isLanguage).name;
	if (before?.value === language) return null;
	const offered = form.fields.some((f) => isLanguage(f) && (f.options.includes(language) || (f.type === "radio" && f.value === language)));
	if (back && !offered) return null;
	assert.ok(offered, `the profile does not offer ${language}`);
	const answer = await client.send(form.action, [...form.hidden, ...kept, [name, language]]);
	assert.ok(answer.status === 303 || answer.status === 200, `the profile answers ${answer.status} to ${language}`);
	return before?.value ?? null;
}
