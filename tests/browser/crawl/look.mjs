/*
 * Checks of a page as it stands in a browser: axe, sideways scroll, clipped and overlapping text,
 * focus, targets. Each takes a page that has been opened and returns what is wrong, one sentence for
 * each thing; an empty list is good. The page is left at the size that the check wanted.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/* All rules of axe, those too that it leaves off by itself; but of the level AAA only what we mean
 * to reach: contrast of 7 : 1 is not promised. */
export async function axe(page, only = null) {
	if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(AXE);
	return page.evaluate(async (rules) => {
		const all = window.axe.getRules().map((r) => r.ruleId).filter((id) => id !== "color-contrast-enhanced");
		const result = await window.axe.run(document, { resultTypes: ["violations"], runOnly: { type: "rule", values: rules ?? all } });
		return result.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) =>
			`axe: ${v.id}: ${v.help}: ${n.html.replace(/\s+/g, " ").slice(0, 200)}`));
	}, only);
}

/* Helpers of the checks below, put into the page once. */
const HELPERS = () => {
	const style = (e) => getComputedStyle(e);
	const name = (e) => `<${e.localName}${e.id ? ` id="${e.id}"` : ""}${e.classList.length ? ` class="${[...e.classList].join(" ")}"` : ""}> ${(e.innerText ?? e.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}`;

	/* Hidden from the eye on purpose: cut to nothing, or to a pixel. */
	function unseen(e) {
		for (let at = e; at instanceof Element; at = at.parentElement) {
			const s = style(at);
			if (s.visibility !== "visible" || s.opacity === "0") return true;
			if (s.position === "absolute" || s.position === "fixed") {
				const box = at.getBoundingClientRect();
				if (s.clipPath === "inset(50%)" || s.clip === "rect(0px, 0px, 0px, 0px)" || s.clip === "rect(1px, 1px, 1px, 1px)") return true;
				if (s.overflow !== "visible" && box.width <= 1 && box.height <= 1) return true;
			}
		}
		return false;
	}

	/* Which directions an element cuts, and which it lets be scrolled. */
	const cuts = (e) => { const s = style(e); return { x: /hidden|clip/.test(s.overflowX), y: /hidden|clip/.test(s.overflowY) }; };
	const scrolls = (e) => { const s = style(e); return { x: /auto|scroll/.test(s.overflowX), y: /auto|scroll/.test(s.overflowY) }; };

	const CONTROLS = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=checkbox], [role=radio], [role=tab], [role=switch]";
	const shown = (e) => e.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && e.getClientRects().length > 0;

	/* Runs of text that the eye sees: { text, block, rects }, rects cut to the height of a letter, since
	 * a line's box is higher than its ink. */
	function texts() {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const found = [];
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const parent = node.parentElement;
			if (!node.data.trim() || parent.closest("script, style, noscript, template, option, title, desc") || !shown(parent) || unseen(parent)) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			const size = parseFloat(style(parent).fontSize);
			const rects = [...range.getClientRects()].filter((r) => r.width > 0 && r.height > 0).map((r) => {
				const off = Math.max(0, (r.height - size) / 2);
				return { left: r.left, right: r.right, top: r.top + off, bottom: r.bottom - off };
			});
			let block = parent;
			while (block.parentElement && style(block).display.startsWith("inline") && style(block).display === "inline") block = block.parentElement;
			if (rects.length) found.push({ text: node.data.trim().replace(/\s+/g, " ").slice(0, 40), parent, block, rects });
		}
		return found;
	}

	window.kw = { style, name, unseen, cuts, scrolls, shown, texts, CONTROLS };
};

async function at(page, width, height) {
	await page.setViewportSize({ width, height });
	if (!(await page.evaluate(() => Boolean(window.kw)))) await page.evaluate(HELPERS);
}

/* Opens what is folded (<details>) and seen at this size; returns whether there was any. */
export async function unfold(page) {
	await at(page, 320, 700);
	return page.evaluate(() => {
		const folded = [...document.querySelectorAll("details:not([open])")].filter((d) => window.kw.shown(d));
		for (const d of folded) d.open = true;
		return folded.length > 0;
	});
}

/* At 320 px nothing makes the page scroll sideways; what scrolls inside a container of its own may. */
export async function sideways(page) {
	await at(page, 320, 700);
	return page.evaluate(() => {
		const root = document.documentElement;
		const wide = root.scrollWidth - root.clientWidth;
		const inside = (e) => {
			for (let up = e.parentElement; up && up !== document.body; up = up.parentElement)
				if (window.kw.scrolls(up).x || window.kw.cuts(up).x) return true;
			return false;
		};
		const out = [...document.body.querySelectorAll("*")].filter((e) => {
			const box = e.getBoundingClientRect();
			return box.width > 0 && window.kw.shown(e) && !window.kw.unseen(e) && (box.right > root.clientWidth + 1 || box.left < -1) && !inside(e);
		});
		const deepest = out.filter((e) => !out.some((o) => o !== e && e.contains(o)));
		const named = deepest.slice(0, 3).map((e) => `at 320 px this stands outside of the page: ${window.kw.name(e)}`);
		return wide > 0 && named.length === 0 ? [`at 320 px the page scrolls sideways by ${wide} px`] : named;
	});
}

/* At 640 px (a window of 1280 at 200 %) no text is cut off, and no two texts lie on each other. */
export async function textStands(page) {
	await at(page, 640, 800);
	return page.evaluate(() => {
		const { texts, cuts, scrolls, style, name } = window.kw;
		const root = document.documentElement;
		const wrong = [];
		const all = texts();

		/* What is left to see of a rect after the scroll containers around it; cut: by whom. */
		function seen(rect, from) {
			let { left, right, top, bottom } = rect;
			for (let up = from; up && up !== document.body; up = up.parentElement) {
				if (style(up).display === "inline") continue;
				const box = up.getBoundingClientRect();
				const inner = { left: box.left + up.clientLeft, right: box.left + up.clientLeft + up.clientWidth, top: box.top + up.clientTop, bottom: box.top + up.clientTop + up.clientHeight };
				const cut = cuts(up), scroll = scrolls(up);
				if (cut.x && (left < inner.left - 2 || right > inner.right + 2)) return { by: up };
				if (cut.y && (top < inner.top - 2 || bottom > inner.bottom + 2)) return { by: up };
				if (scroll.x) [left, right] = [Math.max(left, inner.left), Math.min(right, inner.right)];
				if (scroll.y) [top, bottom] = [Math.max(top, inner.top), Math.min(bottom, inner.bottom)];
				if (left >= right || top >= bottom) return { gone: true };
				if (style(up).position === "fixed") break;
			}
			if (left < -2 || (right > root.clientWidth + 2 && (cuts(root).x || cuts(document.body).x))) return { by: root };
			return { left, right, top, bottom };
		}

		const boxes = [];
		for (const run of all)
			for (const rect of run.rects) {
				const left = seen(rect, run.parent);
				if (left.by) { wrong.push(`at 640 px “${run.text}” is cut off by ${name(left.by)}`); break; }
				if (!left.gone) boxes.push({ ...left, run });
			}
		boxes.sort((a, b) => a.top - b.top);
		for (let i = 0; i < boxes.length; i++)
			for (let k = i + 1; k < boxes.length && boxes[k].top < boxes[i].bottom - 2; k++) {
				const [a, b] = [boxes[i], boxes[k]];
				if (a.run.block === b.run.block) continue;
				const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
				const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
				if (width > 2 && height > 2) wrong.push(`at 640 px “${a.run.text}” and “${b.run.text}” lie on each other`);
			}
		return [...new Set(wrong)].slice(0, 6);
	});
}

/* WCAG 2.5.8: 24 by 24 px, or so far from others that a circle of 24 px touches none; but links in
 * a sentence. A label is part of its tick's target. */
export async function targets(page, width) {
	await at(page, width, 700);
	return page.evaluate((size) => {
		const { CONTROLS, shown, unseen, style, name } = window.kw;
		const inSentence = (e) => {
			if (style(e).display !== "inline") return false;
			let block = e.parentElement;
			while (block.parentElement && style(block).display === "inline") block = block.parentElement;
			const all = [...block.childNodes].map((n) => n.textContent).join("").replace(/\s+/g, "");
			const links = [...block.querySelectorAll(CONTROLS)].map((c) => c.textContent).join("").replace(/\s+/g, "");
			return all.length > links.length;
		};
		const boxes = [];
		for (const e of document.querySelectorAll(CONTROLS)) {
			if (e.disabled || !shown(e) || unseen(e)) continue;
			const rects = [...e.getClientRects()];
			for (const label of e.labels ?? []) if (["radio", "checkbox"].includes(e.type)) rects.push(label.getBoundingClientRect());
			const box = {
				left: Math.min(...rects.map((r) => r.left)), right: Math.max(...rects.map((r) => r.right)),
				top: Math.min(...rects.map((r) => r.top)), bottom: Math.max(...rects.map((r) => r.bottom)),
			};
			const width = box.right - box.left, height = box.bottom - box.top;
			boxes.push({ e, ...box, width, height, x: box.left + width / 2, y: box.top + height / 2, small: width < 23.9 || height < 23.9 });
		}
		const touches = (a, b) => {
			if (b.small) return Math.hypot(a.x - b.x, a.y - b.y) < 24;
			const dx = Math.max(b.left - a.x, 0, a.x - b.right), dy = Math.max(b.top - a.y, 0, a.y - b.bottom);
			return Math.hypot(dx, dy) < 12;
		};
		return boxes.filter((a) => a.small && !inSentence(a.e) && boxes.some((b) => b !== a && !b.e.contains(a.e) && !a.e.contains(b.e) && touches(a, b)))
			.slice(0, 4).map((a) => `at ${size} px a target of ${Math.round(a.width)} × ${Math.round(a.height)} px: ${name(a.e)}`);
	}, width);
}

/* Goes through the page with Tab. Each thing that can be reached shows that it has the focus, by an
 * outline of 2 px or a like change, and lies under nothing else; and everything can be reached. */
export async function focus(page, most = 150) {
	await at(page, 1280, 900);
	const count = await page.evaluate((limit) => {
		const { CONTROLS, shown, style, name } = window.kw;
		const look = (e) => {
			const s = style(e);
			return {
				outline: s.outlineStyle === "none" || /^rgba\(.*, 0\)$|^transparent$/.test(s.outlineColor) ? 0 : parseFloat(s.outlineWidth),
				shadow: s.boxShadow, border: `${s.borderTopWidth} ${s.borderInlineStartWidth}`,
			};
		};
		const groups = new Set();
		const wanted = new Map();
		for (const e of document.querySelectorAll(`${CONTROLS}, [tabindex]`)) {
			if (e.disabled || e.tabIndex < 0 || !shown(e)) continue;
			if (e.type === "radio") {
				const group = `${e.form?.action} ${e.name}`;
				if (groups.has(group)) continue;
				groups.add(group);
			}
			wanted.set(e, look(e));
		}
		const state = { reached: new Set(), wrong: [] };
		window.kwFocus = { wanted, ...state };
		document.addEventListener("focusin", (event) => {
			const e = event.target;
			const seen = window.kwFocus;
			if (seen.reached.has(e)) return;
			seen.reached.add(e);
			if (e.type === "radio") for (const other of wanted.keys()) if (other.type === "radio" && other.name === e.name && other.form === e.form) seen.reached.add(other);
			const now = look(e), then = wanted.get(e);
			const changed = then && (now.shadow !== then.shadow && now.shadow !== "none" || now.border !== then.border);
			if (!(now.outline >= 2 && (!then || then.outline < 2)) && !changed) seen.wrong.push(`the focus cannot be seen on ${name(e)}`);
		}, true);
		/* Before the next step: by then the browser has scrolled to what has the focus. */
		window.kwFocus.covered = () => {
			const e = document.activeElement;
			const box = e && e !== document.body && e.getClientRects()[0];
			if (!box) return;
			/* The middle of what the window has of it. */
			const [left, right] = [Math.max(box.left, 0), Math.min(box.right, document.documentElement.clientWidth)];
			const [up, down] = [Math.max(box.top, 0), Math.min(box.bottom, window.innerHeight)];
			const top = right > left && down > up ? document.elementFromPoint((left + right) / 2, (up + down) / 2) : null;
			if (!top || !(top === e || e.contains(top) || top.contains(e) || [...(e.labels ?? [])].some((l) => l.contains(top))))
				window.kwFocus.wrong.push(`${name(e)} has the focus and lies under ${top ? name(top) : "the edge of the window"}`);
		};
		document.addEventListener("keydown", () => window.kwFocus.covered(), true);
		window.scrollTo(0, 0);
		document.activeElement?.blur?.();
		/* A date has a stop for each part. */
		const parts = 4 * [...wanted.keys()].filter((e) => /^(date|time|month|week|datetime-local)$/.test(e.type)).length;
		return Math.min(wanted.size, limit) + parts;
	}, most);
	/* All keys at once: each is handled, in its order, when the one before has been; only the answers
	 * are not waited for one by one. */
	const keys = await page.context().newCDPSession(page);
	const tab = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
	const pressed = [];
	for (let i = 0; i <= count; i++)
		for (const type of ["rawKeyDown", "keyUp"]) pressed.push(keys.send("Input.dispatchKeyEvent", { type, ...tab }));
	await Promise.all(pressed);
	await keys.detach();
	return page.evaluate((all) => {
		const { wanted, reached, wrong, covered } = window.kwFocus;
		covered();
		if (wanted.size <= all)
			for (const e of wanted.keys()) if (!reached.has(e)) wrong.push(`Tab does not reach ${window.kw.name(e)}`);
		return [...new Set(wrong)].slice(0, 6);
	}, most);
}

/* What the page's own loading says: errors, breaches of the content policy, requests to other hosts.
 * To be called on a context before its first page. heard.wrong collects. */
export async function listen(context, base) {
	const heard = { wrong: [] };
	const host = new URL(base).host;
	context.on("request", (r) => {
		const url = new URL(r.url());
		if (/^https?:$|^wss?:$/.test(url.protocol) && url.host !== host) heard.wrong.push(`a request to ${url.host}`);
	});
	await context.exposeBinding("kwBreach", (_, said) => heard.wrong.push(`content policy: ${said}`));
	await context.addInitScript(() => {
		document.addEventListener("securitypolicyviolation", (e) => window.kwBreach(`${e.effectiveDirective} blocked ${e.blockedURI || "inline"}`));
	});
	context.on("console", (m) => {
		if (m.type() === "error" && !/status of 4\d\d/.test(m.text())) heard.wrong.push(`console: ${m.text()}`);
	});
	context.on("weberror", (e) => heard.wrong.push(`script: ${e.error()}`));
	return heard;
}
