/*
 * What a page says of itself, read from its text by the browser's own parser. The text is put in
 * no window: nothing loads, nothing runs.
 */
import { open } from "../lib.mjs";

/* A reader: an empty page whose parser is used. */
export async function reader() {
	const page = await open();
	await page.evaluate(`window.facts = ${factsOf.toString()}`);
	return {
		read: (text) => page.evaluate((t) => window.facts(new DOMParser().parseFromString(t, "text/html")), text),
		done: () => page.context().close(),
	};
}

/* Runs in the browser. */
function factsOf(doc) {
	/* Without the isolates that keep a value's direction to itself: nobody reads them. */
	const words = (e) => (e?.textContent ?? "").replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();
	const main = doc.querySelector("main") ?? doc.body;
	const h1 = doc.querySelector("h1");
	const before = (e) => Boolean(h1 && e.compareDocumentPosition(h1) & Node.DOCUMENT_POSITION_FOLLOWING);

	/* Tags, classes, kinds and names of attributes; what repeats side by side counts once. */
	function shape(e) {
		const attributes = [...e.attributes].map((a) =>
			a.name === "class" ? `.${[...e.classList].sort().join(".")}` : ["type", "role"].includes(a.name) ? `${a.name}=${a.value}` : a.name);
		const inside = [];
		for (const child of e.children) {
			const said = shape(child);
			if (inside.at(-1) !== said) inside.push(said);
		}
		return `<${e.localName} ${attributes.filter((a) => a !== "value").sort().join(" ")}${inside.join("")}>`;
	}

	/* What a control is called: its label, or its group's legend for one of several choices. */
	function labelOf(control) {
		const own = control.id && doc.querySelector(`label[for="${CSS.escape(control.id)}"]`);
		if (["radio", "checkbox"].includes(control.type)) {
			const legend = control.closest("fieldset")?.querySelector("legend");
			if (legend) return words(legend);
		}
		return words(own || control.closest("label")) || control.getAttribute("aria-label") || "";
	}

	function fieldsOf(form) {
		const fields = [];
		for (const control of form.elements) {
			if (!control.name || control.disabled || control.type === "hidden") continue;
			if (["submit", "button", "image", "reset", "fieldset", "output"].includes(control.type)) continue;
			fields.push({
				name: control.name, type: control.type, id: control.id, label: labelOf(control),
				inputmode: control.getAttribute("inputmode") ?? "", value: control.value,
				checked: Boolean(control.checked), autocomplete: control.getAttribute("autocomplete") ?? "",
				options: control.localName === "select" ? [...control.options].map((o) => o.value) : [],
			});
		}
		return fields;
	}

	const forms = [...doc.forms].map((form) => {
		const button = [...form.elements].find((e) => e.type === "submit");
		return {
			action: form.getAttribute("action"), method: form.method, multipart: form.enctype === "multipart/form-data",
			inMain: main.contains(form), fields: fieldsOf(form),
			hidden: [...form.elements].filter((e) => e.type === "hidden" && e.name).map((e) => [e.name, e.value]),
			button: button ? { name: button.name, value: button.value, words: words(button) } : null,
		};
	});

	/* Where a link of the error summary leads: to a thing that takes the focus? */
	function targetOf(link) {
		const href = link.getAttribute("href") ?? "";
		const target = href.startsWith("#") && href.length > 1 ? doc.getElementById(decodeURIComponent(href.slice(1))) : null;
		if (!target) return { href, text: words(link), found: false };
		const focusable = target.matches("input:not([type=hidden]):not([disabled]), select, textarea, button, a[href], [tabindex]");
		const field = target.closest("fieldset") ?? target;
		const described = [target, field].flatMap((e) => (e.getAttribute("aria-describedby") ?? "").split(/\s+/));
		return { href, text: words(link), found: true, focusable, name: target.name ?? "", described };
	}

	const alert = main.querySelector("[role=alert]");
	const summary = alert && {
		text: words(alert), heading: words(alert.querySelector("h1, h2, h3")), beforeHeading: before(alert),
		items: alert.querySelectorAll("li").length, links: [...alert.querySelectorAll("a")].map(targetOf),
	};

	/* The error texts at the fields, without the words that only some hear. */
	const errors = [...main.querySelectorAll("[id$='-error']")].map((e) => {
		const said = e.cloneNode(true);
		for (const hidden of said.querySelectorAll(".hidden, .visually-hidden")) hidden.remove();
		const tied = [...main.querySelectorAll("[aria-describedby]")].some((c) => c.getAttribute("aria-describedby").split(/\s+/).includes(e.id));
		return { id: e.id, text: words(said), tied, form: e.closest("form")?.getAttribute("action") ?? null };
	});

	return {
		title: doc.title, lang: doc.documentElement.lang, dir: doc.documentElement.getAttribute("dir") ?? "",
		mains: doc.querySelectorAll("main").length,
		headings: [...doc.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((h) => ({ level: Number(h.localName[1]), text: words(h), alert: Boolean(h.closest("[role=alert]")) })),
		links: [...doc.querySelectorAll("a[href]")].map((a) => ({
			href: a.getAttribute("href"), text: words(a), alert: Boolean(a.closest("[role=alert]")),
			/* The way back: what leads elsewhere before the page's heading, or says so by its class. */
			back: main.contains(a) && !a.closest("[role=alert], form") && (before(a) || /(^|[\s-])back\b/.test(a.className)),
		})),
		/* Places of this page that its links name and that it does not have. */
		astray: [...doc.querySelectorAll("a[href^='#']")].filter((a) => !a.closest("[role=alert]"))
			.map((a) => a.getAttribute("href").slice(1)).filter((id) => id && !doc.getElementById(decodeURIComponent(id))),
		sheets: [...doc.querySelectorAll("link[rel~=stylesheet]")].map((l) => l.getAttribute("href")),
		scripts: [...doc.querySelectorAll("script[src]")].map((s) => s.getAttribute("src")),
		forms, summary, errors, skeleton: shape(doc.documentElement),
	};
}
