/*
 * Putting a form into its error state: what to send so that it is surely refused; and, for the
 * ways that only open by going on, what to send so that it is surely taken.
 */

/* Forms that take effect though nothing is filled in; each with the reason why that is right. */
export const MAY_BE_EMPTY = new Map([
	["/staff/people/imports/:id/take (invite)", "new people are written to only when the box is ticked"],
]);

/* The place of a thing without the thing: /payments/statements/:id?page. A word in the query that is
 * one of few (?state=open) is part of the place. */
export function kindOf(path) {
	const [place, query] = path.split("?");
	const kind = place.split("/").map((part) =>
		/^[0-9a-z]{26}$/.test(part) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(part) ? ":id" : /^\d[\d-]*$/.test(part) ? ":n" : part).join("/");
	const pairs = [...new URLSearchParams(query ?? "")].map(([n, v]) => (/^(?!.*\d)[a-z_-]{1,20}$/.test(v) ? `${n}=${v}` : n));
	return pairs.length ? `${kind}?${[...new Set(pairs)].sort().join("&")}` : kind;
}

const names = (form) => [...new Set(form.fields.map((f) => f.name))];
export const formKey = (form, action) => `${kindOf(action)} (${names(form).sort().join(", ")})`;
export const optional = (field) => /\(optional\)\s*$/.test(field.label);

const NUMBER = /^(numeric|decimal)$/;
const LONG = "far too long ".repeat(3000);

/* A value that no field of this kind takes; null when there is none. */
function wrongFor(field, form) {
	if (field.type === "email") return "not an address";
	if (field.type === "date") return "2026-02-31";
	if (field.type === "number" || NUMBER.test(field.inputmode)) return "a few";
	if (["select-one", "select-multiple", "radio"].includes(field.type)) return "no-such-choice";
	if (field.type === "checkbox" && form.fields.filter((f) => f.name === field.name).length > 1) return "no-such-choice";
	if (field.type === "file") return { file: "empty.txt", content: "" };
	return null;
}

/*
 * The ways to send this form wrong: [{ way, fields, typed }]; typed are the [field, value] that the
 * answer has to keep. Sent empty only where something has to be filled in, so that a form without
 * duties is not simply obeyed.
 */
export function wrongWays(form, isOptional = optional) {
	const ways = [];
	const one = names(form).map((name) => form.fields.find((f) => f.name === name));
	const sent = (valueOf) => one.map((f) => [f.name, valueOf(f)]).filter(([, value]) => value !== null);
	const empty = (f) => (f.type === "file" ? { file: "", content: "" } : ["radio", "checkbox"].includes(f.type) ? null : "");
	const press = form.button?.name ? [[form.button.name, form.button.value]] : [];
	const add = (way, fields) => {
		const typed = one.flatMap((f) => fields.filter(([n, v]) => n === f.name && typeof v === "string").map(([, v]) => [f, v]));
		ways.push({ way, typed, fields: [...form.hidden, ...fields, ...press] });
	};

	if (one.some((f) => !isOptional(f))) add("empty", sent(empty));
	if (one.some((f) => wrongFor(f, form) !== null))
		add("wrong", sent((f) => wrongFor(f, form) ?? (["text", "textarea", "search", "tel"].includes(f.type) ? "Words that are kept" : empty(f))));
	else if (one.some((f) => ["text", "textarea"].includes(f.type)))
		add("too long", sent((f) => (["text", "textarea"].includes(f.type) ? LONG : empty(f))));
	return ways;
}

/* Fields as somebody fills them in who has a plain answer to everything. */
export function rightValues(form, email) {
	const fields = [];
	for (const name of names(form)) {
		const all = form.fields.filter((f) => f.name === name);
		const [first] = all;
		if (["radio", "checkbox"].includes(first.type)) fields.push([name, first.value]);
		else if (first.type.startsWith("select")) fields.push([name, first.options.find((o) => o !== "") ?? ""]);
		else if (first.type === "email") fields.push([name, email]);
		else if (NUMBER.test(first.inputmode) || first.type === "number") fields.push([name, "12"]);
		else if (first.type === "date") fields.push([name, new Date().toISOString().slice(0, 10)]);
		else fields.push([name, first.type === "textarea" ? "I looked at each answer twice and said what was wrong." : "Robin Example"]);
	}
	const press = form.button?.name ? [[form.button.name, form.button.value]] : [];
	return [...form.hidden, ...fields, ...press];
}
