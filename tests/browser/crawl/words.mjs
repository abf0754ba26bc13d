/*
 * Checks of a page's text and of what it says of itself (read.mjs). Each returns what is wrong, one
 * sentence for each thing; an empty list is good.
 */
import { HtmlValidate, StaticConfigLoader } from "html-validate";

/* Conformity to the HTML standard, and what makes a document whole; style is nobody's business and
 * access is axe's. Off: the order of headings is headings()' below, which knows the error summary;
 * hashes of linked files are for files of other hosts, and we have none. */
const validator = new HtmlValidate(new StaticConfigLoader({
	root: true, extends: ["html-validate:standard", "html-validate:document"],
	rules: { "heading-level": "off", "require-sri": "off" },
}));

export async function validHtml(text) {
	const report = await validator.validateString(text);
	const lines = text.split("\n");
	return report.results.flatMap((r) => r.messages).map((m) =>
		`HTML: ${m.ruleId}: ${m.message}: ${(lines[m.line - 1] ?? "").trim().slice(0, 160)}`);
}

/* One h1 and one main; no level of heading left out; no heading without words. The error summary
 * stands before the h1 and its heading is of the second level, as it is for GOV.UK. */
export function headings(facts) {
	const wrong = [];
	const ones = facts.headings.filter((h) => h.level === 1).length;
	if (ones !== 1) wrong.push(`${ones} h1`);
	if (facts.mains !== 1) wrong.push(`${facts.mains} main`);
	let last = 0;
	for (const h of facts.headings) {
		if (!h.text) wrong.push(`an h${h.level} without words`);
		if (h.alert && last === 0) continue;
		if (h.level > last + 1) wrong.push(`h${h.level} “${h.text}” comes after ${last ? `h${last}` : "no h1"}`);
		last = h.level;
	}
	return wrong;
}

const RIGHT_TO_LEFT = /^(ar|arc|dv|fa|he|khw|ks|ku-arab|ps|sd|ug|ur|yi)\b/;

export function language(facts, wanted) {
	const wrong = [];
	if (facts.lang.split("-")[0] !== wanted.split("-")[0]) wrong.push(`lang is “${facts.lang}”, not “${wanted}”`);
	const dir = RIGHT_TO_LEFT.test(facts.lang) ? "rtl" : "ltr";
	if (facts.dir !== dir) wrong.push(`dir is “${facts.dir}”, not “${dir}”`);
	return wrong;
}

/* A title belongs to one kind of page. titles: Map of title -> kind, kept for a whole walk. */
export function title(facts, kind, titles) {
	if (!facts.title.trim()) return ["no title"];
	const other = titles.get(facts.title);
	titles.set(facts.title, other ?? kind);
	return other && other !== kind ? [`title “${facts.title}” is also that of ${other}`] : [];
}

/* Kinds of fields whose words are there again after an error. */
const KEPT = ["text", "email", "search", "tel", "textarea"];

/*
 * The page that answers a wrong form. normal: the facts of the page with the form; sent: what was
 * put in, [field, value]; prefixes: Set, kept for a walk in one language; action: of the form as the
 * page has it.
 */
export function errorPage(facts, normal, sent, prefixes, action = null) {
	const wrong = [];
	const { summary } = facts;
	// Other forms of the page may show errors for another reason (the catalogue's specimens).
	const errors = facts.errors.filter((e) => e.form === action);
	if (facts.title === normal.title) wrong.push("the title does not tell of the error");
	else if (!facts.title.endsWith(normal.title)) wrong.push(`the title “${facts.title}” is not a word and “${normal.title}”`);
	else prefixes.add(facts.title.slice(0, -normal.title.length).trim());
	if (prefixes.size > 1) wrong.push(`titles tell of errors in different words: ${[...prefixes].join(" / ")}`);

	if (!summary) return [...wrong, "no error summary (an element with the role alert)"];
	if (!summary.beforeHeading) wrong.push("the error summary stands behind the heading");
	if (!summary.heading) wrong.push("the error summary has no heading");
	if (summary.links.length === 0) wrong.push("the error summary has no link");
	if (summary.links.length < summary.items) wrong.push(`the error summary has ${summary.items} points and ${summary.links.length} links: ${summary.text}`);
	for (const link of summary.links) {
		if (!link.found) wrong.push(`the error summary's “${link.text}” leads to ${link.href}, which is not there`);
		else if (!link.focusable) wrong.push(`the error summary's “${link.text}” leads to ${link.href}, which cannot take the focus`);
		else if (!errors.some((e) => e.text.includes(link.text))) wrong.push(`“${link.text}” is said in the summary only, not at its field`);
	}
	for (const error of errors) {
		if (!error.tied) wrong.push(`no field is described by its error #${error.id}`);
		if (!summary.links.some((l) => error.text.includes(l.text))) wrong.push(`“${error.text}” is not in the error summary`);
	}

	const heading = (f) => f.headings.find((h) => h.level === 1)?.text;
	if (heading(facts) !== heading(normal)) wrong.push(`the heading changed from “${heading(normal)}” to “${heading(facts)}”`);
	for (const link of normal.links.filter((l) => l.back))
		if (!facts.links.some((l) => l.back && l.text === link.text)) wrong.push(`the way back “${link.text}” is missing`);

	const shown = facts.forms.flatMap((f) => f.fields);
	for (const [field, value] of sent) {
		const now = shown.filter((f) => f.name === field.name);
		if (now.length === 0) wrong.push(`the field “${field.label}” is gone`);
		else if (KEPT.includes(field.type) && !now.some((f) => f.value.trim() === value.trim()))
			wrong.push(`“${field.label}” held “${value.slice(0, 40)}” and now “${now[0].value.slice(0, 40)}”`);
	}
	return wrong;
}

/* WCAG 3.3.7: within one journey nothing is asked twice. journeys: Map kept for a walk. The pages of
 * a journey are those whose forms' addresses differ in their last part only, three at least. */
export function note(form, action, journeys) {
	const journey = action.replace(/\/[^/]*$/, "");
	const pages = journeys.get(journey) ?? new Map();
	journeys.set(journey, pages);
	const asked = pages.get(action) ?? new Set();
	pages.set(action, asked);
	for (const field of form.fields) if (field.label && field.type !== "password") asked.add(field.label);
}

export function askedTwice(journeys) {
	const wrong = [];
	for (const [journey, pages] of journeys) {
		if (pages.size < 3) continue;
		const first = new Map();
		for (const [action, asked] of pages)
			for (const label of asked) {
				if (first.has(label)) wrong.push(`${journey}: “${label}” is asked at ${first.get(label)} and at ${action}`);
				else first.set(label, action);
			}
	}
	return wrong;
}
