/*
 * The crawl's checks, each on a small page that is right and on ones that break what it is for.
 */
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { BASE, closeBrowser, open } from "./lib.mjs";
import { kindOf, rightValues, wrongWays } from "./crawl/forms.mjs";
import { axe, focus, listen, sideways, targets, textStands, unfold } from "./crawl/look.mjs";
import { reader } from "./crawl/read.mjs";
import { askedTwice, errorPage, headings, language, note, title, validHtml } from "./crawl/words.mjs";

let eye, page;
before(async () => {
	eye = await reader();
	page = await open();
});
after(async () => {
	await eye.done();
	await page.context().close();
	await closeBrowser();
});

const whole = (body, { head = "", heading = "Pay", lang = 'lang="en" dir="ltr"', title: name = "Pay" } = {}) =>
	`<!DOCTYPE html>\n<html ${lang}>\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title>${head}</head>\n<body><main>${heading ? `<h1>${heading}</h1>` : ""}\n${body}\n</main></body>\n</html>\n`;
const styled = (css, body) => whole(body, { head: `<style>${css}</style>` });

/* check(good) finds nothing; check(bad) finds what matches. */
async function finds(check, good, ...bad) {
	assert.deepEqual(await check(good), [], "on the page that is right");
	for (const [broken, wanted] of bad) {
		const said = await check(broken);
		assert.ok(said.some((s) => wanted.test(s)), `${wanted} is not found; said: ${said.join("; ") || "nothing"}`);
	}
}
const shown = (check) => async (html) => {
	await page.setContent(html);
	return check(page);
};
const read = (check) => async (html) => check(await eye.read(html));

test("valid HTML", () => finds(validHtml, whole("<p>Good</p>"),
	[whole("<p><div>in a paragraph</div></p>"), /HTML: /],
	[whole('<p id="a">1</p><p id="a">2</p>'), /no-dup-id/],
	[whole("<blink>no such thing</blink>"), /HTML: /],
	[whole('<ul><p>no item</p></ul>'), /element-permitted-content/],
	[whole("<p><em>open</p>"), /close/],
	[whole('<label for="nothing">Name</label>'), /no-missing-references/],
	[whole('<p><input type="text" name="n" autocomplete="whatever"></p>'), /valid-autocomplete|input-missing-label/],
	["<html><head></head><body></body></html>", /missing-doctype/]));

test("headings", () => finds(read(headings), whole("<h2>a</h2><h3>b</h3><h2>c</h2>"),
	[whole("<h3>b</h3>"), /h3 “b” comes after h1/],
	[whole("<h1>again</h1>"), /2 h1/],
	[whole("<p>none</p>", { heading: "" }), /0 h1/],
	[whole("<h2>before</h2>", { heading: "" }), /h2 “before” comes after no h1/],
	[whole("<h2> </h2>"), /without words/],
	[whole("</main><main>"), /2 main/]));

test("an error summary's heading may come before the h1", async () => {
	const facts = await eye.read(whole('<div role="alert"><h2>There is a problem</h2></div><h1>Pay</h1>', { heading: "" }));
	assert.deepEqual(headings(facts), []);
});

test("language and direction", async () => {
	await finds(read((f) => language(f, "en")), whole(""),
		[whole("", { lang: 'dir="ltr"' }), /lang is “”/],
		[whole("", { lang: 'lang="de" dir="ltr"' }), /lang is “de”/],
		[whole("", { lang: 'lang="en"' }), /dir is “”/]);
	await finds(read((f) => language(f, "ar")), whole("", { lang: 'lang="ar" dir="rtl"' }),
		[whole("", { lang: 'lang="ar" dir="ltr"' }), /dir is “ltr”/]);
});

test("titles", async () => {
	const titles = new Map();
	assert.deepEqual(title({ title: "Pay" }, "/pay", titles), []);
	assert.deepEqual(title({ title: "Pay" }, "/pay", titles), []);
	assert.match(title({ title: "Pay" }, "/time", titles)[0], /also that of \/pay/);
	assert.match(title({ title: " " }, "/time", titles)[0], /no title/);
});

test("links within the page", async () => {
	assert.deepEqual((await eye.read(whole('<p id="a"><a href="#a">there</a></p>'))).astray, []);
	assert.deepEqual((await eye.read(whole('<p><a href="#b">there</a></p>'))).astray, ["b"]);
});

test("skeletons: the same for more of the same, another for another thing", async () => {
	const of = async (body) => (await eye.read(whole(body))).skeleton;
	const two = await of('<ul><li class="b a">1</li><li class="a b">2</li></ul>');
	assert.equal(await of('<ul><li class="a b">other</li></ul>'), two);
	assert.notEqual(await of("<ul><li>1</li></ul>"), two);
	assert.notEqual(await of('<ul><li class="a b">1</li></ul><p>more</p>'), two);
});

/* ---- The page that answers a wrong form ---- */

const FORM = '<p><a href="/list">Back to the list</a></p><h1>Time</h1><form method="post" action="/time">';
const FIELD = '<label for="day">Day</label><input id="day" name="day" type="text" value="V"></form>';
const NORMAL = whole(FORM + FIELD, { heading: "", title: "Time" });
const SUMMARY = '<div role="alert"><h2>There is a problem</h2><ul><li><a href="#day">Enter the day.</a></li></ul></div>';
const WRONG = whole(SUMMARY + FORM + FIELD
	.replace("<input", '<p id="day-error"><span class="hidden">Error: </span>Enter the day.</p><input aria-describedby="day-error"')
	.replace("V", "tomorrow"), { heading: "", title: "Error: Time" });

test("the page that answers a wrong form", async () => {
	const normal = await eye.read(NORMAL);
	const sent = [[normal.forms[0].fields[0], "tomorrow"]];
	const check = read((f) => errorPage(f, normal, sent, new Set(["Error:"]), "/time"));
	await finds(check, WRONG,
		[WRONG.replace("<title>Error: ", "<title>"), /title does not tell/],
		[WRONG.replace("<title>Error: ", "<title>Oh: "), /in different words/],
		[WRONG.replace("<title>Error: Time", "<title>Error"), /is not a word and “Time”/],
		[WRONG.replace(' role="alert"', ""), /no error summary/],
		[WRONG.replace('<a href="#day">Enter the day.</a>', "Enter the day."), /has no link/],
		[WRONG.replace("</ul>", "<li>Enter more.</li></ul>"), /2 points and 1 links/],
		[WRONG.replace("#day", "#days"), /not there/],
		[WRONG.replace('id="day" name', 'id="days" name').replace("<h1", '<h1 id="day"'), /cannot take the focus/],
		[WRONG.replace('aria-describedby="day-error"', ""), /no field is described/],
		[WRONG.replace("</span>Enter the day.", "</span>Enter it."), /in the summary only[^]*|is not in the error summary/],
		[WRONG.replace("Back to the list", "List"), /the way back “Back to the list” is missing/],
		[WRONG.replace("<h1>Time", "<h1>Problem"), /the heading changed/],
		[WRONG.replace('value="tomorrow"', 'value=""'), /held “tomorrow” and now “”/],
		[WRONG.replace('name="day"', 'name="date"'), /is gone/],
		[WRONG.replace(SUMMARY, "").replace("</form>", `</form>${SUMMARY}`), /stands behind the heading/]);
});

test("nothing is asked twice in one journey", () => {
	const journeys = new Map();
	const asks = (action, ...labels) => note({ fields: labels.map((label) => ({ label, type: "text" })) }, action, journeys);
	asks("/apply/about", "Name", "E-mail");
	asks("/apply/work", "Field");
	asks("/apply/time", "Hours");
	assert.deepEqual(askedTwice(journeys), []);
	asks("/apply/consent", "E-mail");
	assert.match(askedTwice(journeys)[0], /“E-mail” is asked at \/apply\/about and at \/apply\/consent/);
});

test("kinds of addresses", () => {
	assert.equal(kindOf("/pay/0123456789abcdefghijklmnop/pdf"), "/pay/:id/pdf");
	assert.equal(kindOf("/apply/interview/2"), "/apply/interview/:n");
	assert.equal(kindOf("/list?state=open&page=3&q="), "/list?page&q&state=open");
	assert.equal(kindOf("/apply/about"), "/apply/about");
});

test("ways to fill a form in wrong, and the right one", async () => {
	const form = (body) => eye.read(whole(`<form method="post" action="/a"><input type="hidden" name="_token" value="t">${body}<button name="go" value="on">Go</button></form>`)).then((f) => f.forms[0]);
	const names = (f) => wrongWays(f).map((w) => w.way);
	const must = '<label for="a">Name</label><input id="a" name="a" type="text">';
	const may = '<label for="b">Note (optional)</label><textarea id="b" name="b"></textarea>';
	const mail = '<label for="c">E-mail (optional)</label><input id="c" name="c" type="email">';
	assert.deepEqual(names(await form(must)), ["empty", "too long"]);
	assert.deepEqual(names(await form(may)), ["too long"]);
	assert.deepEqual(names(await form(mail)), ["wrong"]);
	assert.deepEqual(names(await form('<input type="checkbox" name="d" id="d"><label for="d">Yes (optional)</label>')), []);
	const [empty, wrong] = wrongWays(await form(must + mail));
	assert.deepEqual(empty.fields, [["_token", "t"], ["a", ""], ["c", ""], ["go", "on"]]);
	assert.deepEqual(wrong.fields, [["_token", "t"], ["a", "Words that are kept"], ["c", "not an address"], ["go", "on"]]);
	assert.deepEqual(wrong.typed.map(([f, v]) => [f.name, v]), [["a", "Words that are kept"], ["c", "not an address"]]);
	const choice = await form('<select name="s"><option value="">Choose</option><option value="x">X</option></select>');
	assert.deepEqual(rightValues(choice, "a@example.net"), [["_token", "t"], ["s", "x"], ["go", "on"]]);
});

/* ---- In the browser ---- */

test("axe: with the rules that it leaves off by itself", () => finds(shown(axe), whole("<p>Good</p>"),
	[whole('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'), /image-alt/],
	[styled("p { color: #aaa; background: #fff }", "<p>Faint words</p>"), /color-contrast/],
	[styled("button { width: 12px; height: 12px; padding: 0; border: 0; float: left }", '<button aria-label="a"></button><button aria-label="b"></button><button aria-label="c"></button>'), /target-size/]));

test("no sideways scroll at 320 px", () => finds(shown(sideways),
	styled(".own { overflow-x: auto } .wide { width: 900px }", '<div class="own" tabindex="0"><p class="wide">Scrolls by itself</p></div>'),
	[styled("p { width: 400px }", "<p>Too wide</p>"), /stands outside of the page: <p> Too wide/],
	[styled("html { overflow-x: hidden } p { width: 400px }", "<p>Too wide, and cut</p>"), /Too wide, and cut/],
	[styled("p { margin-left: -50px }", "<p>Begins outside</p>"), /Begins outside/]));

test("what is folded is looked at unfolded", async () => {
	await page.setContent(styled("p { width: 400px }", "<details><summary>More</summary><p>Too wide</p></details>"));
	assert.deepEqual(await sideways(page), []);
	assert.equal(await unfold(page), true);
	assert.match((await sideways(page))[0], /Too wide/);
	assert.equal(await unfold(page), false);
});

test("no clipped and no overlapping text at 640 px", () => finds(shown(textStands),
	styled("h1 { font: 40px/1 serif; margin: 0 } .own { overflow: auto; height: 40px } .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }",
		'<p>One</p><p>Two <b>bold</b> <span class="hidden">for some only</span></p><div class="own" tabindex="0"><p>a</p><p>b</p><p>c</p></div>'),
	[styled("p { overflow: hidden; height: 8px; margin: 0 }", "<p>Half a line</p>"), /“Half a line” is cut off/],
	[styled("p { overflow: hidden; white-space: nowrap; width: 60px; text-overflow: ellipsis }", "<p>Words that end in dots</p>"), /is cut off/],
	[styled(".up { margin-top: -30px }", '<p>Below</p><p class="up">Above it</p>'), /“Below” and “Above it” lie on each other/],
	[styled(".a { position: absolute; top: 80px; left: 9px }", '<p class="a">First words</p><p class="a">Other words</p>'), /lie on each other/],
	[whole('<svg width="200" height="40" role="img" aria-label="c"><text x="5" y="20">January</text><text x="20" y="20">February</text></svg>'), /lie on each other/],
	[styled("body { overflow-x: hidden } p { white-space: nowrap; margin-left: 600px }", "<p>Over the edge of the window</p>"), /is cut off/]));

test("targets", async () => {
	const small = "button { width: 14px; height: 14px; padding: 0; border: 0; margin: 0; float: left }";
	await finds(shown((p) => targets(p, 320)),
		styled(`${small} button { margin: 20px }`, '<button aria-label="a"></button><button aria-label="b"></button><p>A <a href="/x">link</a> in a <a href="/y">sentence</a>.</p>'),
		[styled(small, '<button aria-label="a"></button><button aria-label="b"></button>'), /14 × 14/],
		[styled("a { display: block; font: 10px/12px sans-serif }", '<nav aria-label="n"><a href="/a">One</a><a href="/b">Two</a></nav>'), /a target of/]);
});

test("focus", () => finds(shown(focus),
	styled(":focus-visible { outline: 3px solid #a00 }", '<p><a href="/a">One</a> <button>Two</button> <label>Day <input type="date"></label></p><fieldset><legend>L</legend><label><input type="radio" name="r">a</label><label><input type="radio" name="r">b</label></fieldset><p><a href="/z">End</a></p>'),
	[styled(":focus { outline: none }", '<p><a href="/a">One</a></p>'), /focus cannot be seen on <a> One/],
	[styled(":focus-visible { outline: 1px solid #a00 }", '<p><a href="/a">One</a></p>'), /focus cannot be seen/],
	[styled(":focus-visible, .same { outline: 3px solid #a00 }", '<p><a href="/a" class="same">One</a></p>'), /focus cannot be seen/],
	[styled(".over { position: fixed; inset: 0; background: #fff }", '<p><a href="/a">One</a></p><p class="over">On top</p>'), /lies under <p class="over">/],
	[whole('<p><a href="/a" onkeydown="event.preventDefault()">Trap</a> <a href="/b">Never</a></p>'), /Tab does not reach <a> Never/]));

test("a focused element that moves to be seen is not called covered", () =>
	finds(shown(focus), styled(":focus-visible { outline: 3px solid #a00 } p { height: 1200px }", '<p><a href="/a">One</a></p><p><a href="/b">Two</a></p>')));

test("what a page says while it loads", async () => {
	const served = createServer((request, response) => {
		response.setHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'; img-src *; connect-src 'self'");
		response.setHeader("Content-Type", request.url === "/s.js" ? "text/javascript" : "text/html");
		response.end({
			"/good": whole("Good"),
			"/inline": whole("<script>1</script>"),
			"/elsewhere": whole(`<img alt="" src="http://127.0.0.1:${served.address().port + 1}/x.gif">`),
			"/s.js": "console.error('it said so'); throw new Error('it broke')",
			"/script": whole('<script src="/s.js"></script>'),
		}[request.url] ?? "");
	});
	await new Promise((up) => served.listen(0, "127.0.0.1", up));
	const base = `http://127.0.0.1:${served.address().port}`;
	const one = await open();
	try {
		const heard = await listen(one.context(), base);
		const check = async (path) => {
			heard.wrong.length = 0;
			await one.goto(base + path);
			await one.waitForTimeout(100);
			return [...heard.wrong];
		};
		await finds(check, "/good", ["/inline", /content policy: script-src/], ["/elsewhere", /a request to 127/],
			["/script", /console: it said so/], ["/script", /script: .*it broke/]);
	} finally {
		await one.context().close();
		served.close();
	}
	assert.ok(BASE, "the tests know their instance");
});
