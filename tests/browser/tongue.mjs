/*
 * What a page has to say in another language, found by what it says in English: the translators' file
 * (templates/languages/<tag>.po) is read here by itself, without the program that builds the pages
 * from it, so each sentence is written down once and a page that stays in English is noticed.
 *
 *     const arabic = new Tongue("ar", figures);
 *     arabic.whole("Sign in")                a message: RegExp of it in any of its translations
 *     arabic.whole("Thank you, Zosia.")      with its values in their places, digits in Arabic
 *     arabic.piece("no manager is told")     a piece of a sentence: the whole sentence around it
 *
 * What no translator can say (amounts, lengths of time, periods) is asked of figures(english). What
 * nobody says fails.
 *
 * Environment: TRANSLATIONS, the folder with the .po files.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
/* Marks that turn the direction of a line; they are not heard. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const TURN = "[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*";

/* The same and blanks, around the words of a label. */
export const EDGE = TURN.replace("[", "[\\s");

export const heard = (text) => text.replace(TURNS, "").replace(/\s+/g, " ").trim();

/* This text as it stands, in no language: names, what somebody has typed. */
export const asTyped = (text) => new RegExp(literal(text));

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");

/* The source of a string or RegExp. */
const asIs = (text) => (text instanceof RegExp ? text.source : literal(text));

/* [{ message, sentence }] of a .po file, without what is old or doubtful. */
function readPo(path) {
	const unquoted = (text) => text.slice(text.indexOf('"') + 1, text.lastIndexOf('"'))
		.replace(/\\(.)/g, (_, c) => ({ n: "\n", t: "\t" })[c] ?? c);
	const out = [];
	for (const block of readFileSync(path, "utf8").split(/\n\s*\n/)) {
		if (/^#~|^#,.*\bfuzzy\b/m.test(block)) continue;
		const entry = { msgctxt: "", msgid: "", msgstr: "" };
		let field;
		for (const line of block.split("\n").filter((l) => l && !l.startsWith("#"))) {
			field = /^(msg\w+) /.exec(line)?.[1] ?? field;
			entry[field] += unquoted(line);
		}
		if (entry.msgid && entry.msgstr) out.push({ message: entry.msgid, sentence: entry.msgstr });
	}
	return out;
}

/* A message as a list of parts: words (text), values ({ value: name }) and what may be shown or not
 * ({ maybe: name, parts }). Tags say nothing. */
function parse(message) {
	const text = message.replace(/<[^>]*>/g, "").replace(/\\n/g, " ")
		.replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
	const stack = [{ parts: [] }];
	for (const [piece] of text.matchAll(/\{\{[^}]*\}\}|\{\w+\}|[^{]+|\{/g)) {
		const top = stack.at(-1).parts;
		const name = piece.replace(/[{}]/g, "").replace(/:.*/, "");
		if (piece.startsWith("{{#")) {
			stack.push({ maybe: name.slice(1), parts: [] });
			top.push(stack.at(-1));
		} else if (piece.startsWith("{{/")) stack.pop();
		else if (/^\{\{\w|^\{\w/.test(piece)) top.push({ value: name });
		else if (!piece.startsWith("{{")) top.push(piece);
	}
	return stack[0].parts;
}

/* [{ form, name, text }]: a message once for each form of the counted phrase in it, "#" as the value of
 * that name; without such a phrase as it is. */
function forms(message) {
	const at = message.search(/\{\w+, plural,/);
	if (at < 0) return [{ text: message }];
	const out = [];
	const [head, name] = /^\{(\w+), plural,/.exec(message.slice(at));
	let end = at + head.length;
	for (let hit; (hit = /^\s*(=?\w+)\s*\{((?:[^{}]|\{\w+\})*)\}/.exec(message.slice(end))); end += hit[0].length)
		out.push({ form: hit[1], name, text: hit[2].replaceAll("#", `{${name}}`) });
	end = message.indexOf("}", end) + 1;
	return out.map((one) => ({ ...one, text: message.slice(0, at) + one.text + message.slice(end) }));
}

/* How much of a message is words, not values. */
const written = (message) => message.replace(/\{\{[^}]*\}\}|\{\w+\}|<[^>]*>/g, "").length;

/* The parts as the source of a RegExp; of(name) is the source for a value; shown: what of that which
 * may be shown has to be. */
const source = (parts, of, shown = []) => parts.map((part) => {
	if (typeof part === "string") return literal(part);
	if (part.maybe) return `(?:${source(part.parts, of, shown)})${shown.includes(part.maybe) ? "" : "?"}`;
	return of(part.value);
}).join("");

/* In which sections, the outermost first, these words stand; null when they do not. */
function within(parts, words) {
	for (const part of parts) {
		if (typeof part === "string" && part.includes(words)) return [];
		const inner = part.maybe && within(part.parts, words);
		if (inner) return [part.maybe, ...inner];
	}
	return null;
}

export class Tongue {
	constructor(tag, figures = () => undefined) {
		this.tag = tag;
		this.dir = RIGHT_TO_LEFT.test(tag) ? "rtl" : "ltr";
		this.figures = figures;
		this.messages = readPo(join(process.env.TRANSLATIONS, `${tag}.po`));
	}

	/* A value as it stands in a sentence: an amount by its figure, a number in its own digits. */
	value(english) {
		const figure = this.figures(english);
		if (figure !== undefined) return asIs(figure);
		return literal(/^\d+$/.test(english) ? this.digits(english) : english);
	}

	digits(text) {
		return this.tag.startsWith("ar") ? text.replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d))) : text;
	}

	/* The translation of one message that english is the whole of, as a source; else null. */
	translated({ message, sentence }, english) {
		for (const { name, text } of forms(message)) {
			const values = this.match(text, english);
			if (!values) continue;
			return source(parse(this.formFor(values[name], sentence)), (value) =>
				`${TURN}${values[value] === undefined ? ".*?" : this.value(values[value])}${TURN}`);
		}
		return null;
	}

	/* A sentence in the form that it has for a number. */
	formFor(number, sentence) {
		const all = forms(sentence);
		const of = (form) => all.find((one) => one.form === form);
		const found = all.length === 1 ? all[0]
			: of(`=${number}`) ?? of(new Intl.PluralRules(this.tag).select(Number(number))) ?? of("other");
		return found.text;
	}

	/* The values of a message in this English; null when it says something else. */
	match(message, english) {
		const parts = parse(message);
		if (!parts.some((part) => typeof part === "string" && /\p{L}/u.test(part))) return null;
		const names = [];
		const pattern = source(parts, (name) => {
			if (names.includes(name)) return ".+?";
			names.push(name);
			return `(?<${name}>.+?)`;
		});
		const hit = new RegExp(`^\\s*${pattern}\\s*$`).exec(english);
		return hit && { ...hit.groups };
	}

	/* All that may be said for a whole message, as the source of a RegExp. */
	source(english) {
		const all = this.messages.map((m) => ({ words: written(m.message), said: this.translated(m, english) })).filter(({ said }) => said);
		// “{{NAME}}.” fits many a sentence: those with the most words of their own are meant.
		const most = Math.max(...all.map(({ words }) => words));
		const found = all.filter(({ words }) => words === most).map(({ said }) => said);
		const figure = this.figures(english);
		if (figure !== undefined) found.push(asIs(figure));
		assert.ok(found.length > 0, `nobody says “${english}” in ${this.tag}`);
		return `(?:${[...new Set(found)].join("|")})`;
	}

	whole(english) {
		return new RegExp(this.source(english));
	}

	/* A piece of what a page says. A whole message is that; of a piece of a sentence all of the sentence
	 * has to stand there, whatever its values are. */
	piece(english) {
		const has = this.messages.some((m) => m.message === english || this.translated(m, english));
		if (has || this.figures(english) !== undefined) return this.whole(english);
		const around = [];
		for (const { message, sentence } of this.messages) {
			const shown = forms(message).map(({ text }) => within(parse(text), english)).find(Boolean);
			if (shown) around.push(...forms(sentence).map(({ text }) => source(parse(text), () => ".*?", shown)));
		}
		assert.ok(around.length > 0, `nobody says “${english}” in ${this.tag}`);
		return new RegExp(around.join("|"));
	}
}
