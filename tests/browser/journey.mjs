/*
 * The journey: one expert from the first form to the manager's list, every step in real pages, each
 * by whose it is. Called once with scripts, once without, and once for somebody who reads another
 * language than the people who answer them.
 */
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeBrowser } from "./lib.mjs";
import { Person, answerAll, data } from "./person.mjs";
import { heard } from "./tongue.mjs";
import { hear } from "./journey_survey.mjs";

const NAMES = {
	scripts: { legal: "Zofia Ærøskøbing-Łuczak", called: "Zosia", email: `zofia.${process.pid}@example.net` },
	plain: { legal: "Đorđe Ångström Nguyễn", called: "Đorđe", email: `dorde.${process.pid}@example.net` },
	ar: { legal: "نور الهدى بنت يوسف المغربي", called: "نور الهدى", email: `nur.${process.pid}@example.net` },
};
const SENTENCE = "I looked at forty answers, named what was wrong in each, and said how I knew.";
const day = (date) => date.toISOString().slice(0, 10);

/* javaScript; tongue: the language of who applies, when not English. Those who work there read English;
 * their pages are looked at when everything is in English. */
export function journey({ javaScript, tongue }) {
	const hers = { javaScript, tongue };
	const browser = { javaScript, blind: Boolean(tongue) };
	const kind = tongue?.tag ?? (javaScript ? "scripts" : "plain");
	const she = { ...NAMES[kind], password: "a lantern in seven harbours" };
	const say = (name) => ({ scripts: name, plain: `${name} (no scripts)` })[kind] ?? `${name} (${kind})`;
	let broken = "";
	let applicant, code, period;

	/* A step; when one fails, those behind it cannot be tried. */
	const step = (name, run) =>
		test(say(name), { timeout: 120000 }, async (t) => {
			if (broken) {
				t.skip(`“${broken}” has failed`);
				return;
			}
			broken = name;
			await run();
			broken = "";
		});

	step("somebody applies, leaves, and comes back with a code", async () => {
		applicant = await Person.at(hers);
		await applicant.open("/apply");
		await applicant.look("apply");
		await applicant.press("Start now");
		code = (await applicant.page.locator("code.figure").innerText()).trim();
		assert.match(code.replace(/\s/g, ""), /^[0-9a-z]{26}$/i);
		await applicant.look("apply-code");
		await applicant.follow("I have it, go on");
		await applicant.reads("Pages done: 0 of 4. Take them in any order.");
		await applicant.look("apply-tasks");
		await applicant.follow("About you");
		await applicant.look("apply-about");
		await applicant.press("Save and go on", 422);
		await applicant.reads("There is a problem", "Enter your full legal name.");
		await applicant.look("apply-about-errors");
		await applicant.fill({ "Your full legal name": she.legal, "What should we call you?": she.called });
		await applicant.press("Save and come back later");
		await applicant.reads("Saved", data("/apply/return"));
		await applicant.look("apply-later");
		await applicant.press("Leave this computer");
		await applicant.done();

		// Another device.
		applicant = await Person.at(hers);
		await applicant.open("/apply/tasks");
		assert.equal(applicant.path, "/apply/return");
		await applicant.fill({ "Your receipt code": "0".repeat(26) });
		await applicant.press("Go on", 422);
		await applicant.reads("We know no application with this code");
		await applicant.fill({ "Your receipt code": code.toUpperCase() });
		await applicant.look("apply-return");
		await applicant.press("Go on");
		await applicant.follow("About you");
		assert.equal(await applicant.field("Your full legal name").inputValue(), she.legal);
		await applicant.fill({ "E-mail": she.email });
		await applicant.press("Save and go on");
	});

	step("fills in the other pages, checks the answers, sends them", async () => {
		await applicant.open("/apply/work");
		await applicant.fill({
			"Your field": ["Medicine and care"], "Where you stand in it": ["Experienced"],
			"Years of work in it": "9", "What you can do": "Reading charts\nTeaching nurses",
		});
		await applicant.look("apply-work");
		await applicant.press("Save and go on");
		await applicant.open("/apply/time");
		await applicant.fill({
			"Your time zone": [/^UTC$/], "Hours a week that you would like to work": "15",
			"How you would like to be interviewed": ["In writing"],
			"Is there anything that you need to take part?": "Large print",
		});
		await applicant.look("apply-time");
		await applicant.press("Save and go on");
		await applicant.open("/apply/consent");
		await applicant.fill({ "I have read this and agree that my application is handled in this way": true });
		await applicant.look("apply-consent");
		await applicant.press("Save and go on");
		await applicant.open("/apply/check");
		await applicant.reads(data(she.legal), data(she.called), data(she.email), "Medicine and care", /Teaching nurses/, /Large print/);
		await applicant.look("apply-check");
		await applicant.press("Send my application");
		await applicant.reads(`Thank you, ${she.called}. Your application is here.`, "Your interview");
	});

	step("answers the interview in writing and sends it", async () => {
		await applicant.look("interview");
		await applicant.follow("Begin the interview");
		await applicant.look("interview-page");
		for (let pages = 0; applicant.path !== "/apply/interview/check" && pages < 8; pages++) {
			await answerAll(applicant, SENTENCE);
			await applicant.press("Save and go on");
			if (applicant.path === "/apply/interview") await applicant.follow(["Check your answers", "Go on with the interview"]);
		}
		await applicant.reads(data(SENTENCE));
		await applicant.look("interview-check");
		await applicant.press("Send my interview");
		await applicant.reads("Your interview waits for a reviewer", "Our answer by");
		await applicant.look("application-status");
	});

	step("a reviewer scores it on the rubric and decides, with reasons", async () => {
		const reviewer = await Person.at(browser, "reviewer");
		await reviewer.reads("Applications to read");
		await reviewer.look("home-reviewer");
		await reviewer.follow("Read them");
		await reviewer.look("staff-applications");
		await reviewer.follow(she.called);
		const words = await reviewer.words();
		assert.ok(!words.includes(she.email) && !words.includes("Large print"), "reviewers read no addresses and no needs");
		await reviewer.press("Claim it: I read and decide");
		await reviewer.look("staff-application");
		// Nobody decides before they have scored.
		await reviewer.follow("Score it on the rubric");
		await reviewer.look("score");
		await reviewer.press("Save my scores", 422);
		for (const group of await reviewer.page.locator("fieldset").filter({ has: reviewer.page.locator("input[type=radio]") }).all())
			await group.locator("input[type=radio][value='4']").check();
		for (const area of await reviewer.page.getByRole("main").locator("textarea").all())
			await area.fill("Names what is wrong and shows how it can be checked.");
		await reviewer.press("Save my scores");
		await reviewer.reads("Names what is wrong");
		await reviewer.follow("Write the letter and decide");
		await reviewer.look("decide");
		await reviewer.fill({
			"Your decision": ["Certified: we would like to work together"],
			"What is strong": "You check before you claim.",
			"Your letter": `Dear ${she.called},\n\nwe read every answer twice and would like to work with you. You will hear about a project next.`,
		});
		await reviewer.press("Decide and send the letter");
		await reviewer.reads("Certified");
		await reviewer.look("staff-application-decided");
		await reviewer.done();
	});

	step("the applicant reads the letter with the code", async () => {
		await applicant.done();
		applicant = await Person.at(hers);
		await applicant.open("/apply/return");
		await applicant.fill({ "Your receipt code": code });
		await applicant.press("Go on");
		await applicant.reads("You are in", /we read every answer twice/, /You check before you claim\./, "A person decided");
		await applicant.look("letter");
	});

	step("a people officer makes an offer with purpose, rate and benchmark", async () => {
		const officer = await Person.at(browser, "people_officer");
		await officer.reads("Certified people without an offer");
		// Days are those of the officer's clock; this one's shall be that of the pay schedule.
		await officer.open("/profile");
		await officer.fill({ "Your time zone": [/^UTC$/] });
		await officer.press("Save");
		await officer.open("/onboarding/staff/applications?state=certified");
		await officer.follow(she.legal);
		await officer.reads(she.legal, she.email, "Large print");
		await officer.follow("Make an offer");
		await officer.look("offer-make");
		const offer = {
			"Project and pod": [/Clinical answers.*Willow/], Benchmark: [/medicine.*world: 40\.00 USD an hour/i], Rate: "39.99",
			"Hours a week, from": "10", "Hours a week, to": "20", "First day": day(new Date()),
		};
		await officer.fill(offer);
		await officer.press("Go on to see the offer", 422);
		await officer.reads("This is below the benchmark");
		await officer.fill({ Rate: "61.37" });
		await officer.press("Go on to see the offer");
		await officer.reads("61.37 USD", "40.00 USD", "Willow", "The text to be signed");
		await officer.look("offer-draft");
		await officer.press("Send the offer");
		await officer.reads("Sent");
		await officer.done();
	});

	step("the applicant reads, signs by typing the name, and sets a password by the link", async () => {
		await applicant.open("/apply/status");
		await applicant.follow("Read the offer");
		await applicant.reads("What the work is for", "61.37 USD", "40.00 USD", "10 to 20, as you choose; no duty");
		await applicant.look("offer");
		await applicant.press("I have read this: go on to the agreement");
		await applicant.look("sign");
		await applicant.fill({ "Type your full legal name": "Somebody Else", "I have read the agreement above": true });
		await applicant.press("Sign", 422);
		await applicant.reads("This is not your legal name");
		await applicant.fill({ "Type your full legal name": she.legal.toLowerCase() });
		await applicant.press("Sign");
		await applicant.reads("Welcome to Clinical answers");
		await applicant.look("welcome");
		await applicant.follow("Choose your password");
		await applicant.fill({ "New password": she.password, "The same password again": she.password });
		await applicant.look("set-password");
		await applicant.press("Save and sign in");
		await applicant.reads("Waiting for you", data(she.called));
		await applicant.look("home-new-contributor");
		await applicant.open("/onboarding/offers");
		await applicant.follow(/Clinical answers/);
		await applicant.reads("The text that you signed", data(she.legal));
		await applicant.look("agreement");
		await applicant.done();
	});

	step("finance takes a tracker's file with the new person's time", async () => {
		const finance = await Person.at(browser, "adaeze.nwankwo@example.org");
		const today = day(new Date());
		// 2 h 10 min 29 s is 130 minutes, 1 h 5 min 30 s is 66: 196 together.
		const rows = [
			["User", "Email", "Client", "Project", "Task", "Description", "Billable", "Start date", "Start time", "End date", "End time", "Duration", "Tags", "Amount ()"],
			[she.called, she.email, "", "Clinical answers", "", "Forty answers", "No", today, "00:05:00", today, "02:15:29", "02:10:29", "", ""],
			[she.called, she.email, "", "Clinical answers", "", "Second look", "No", today, "02:20:00", today, "03:25:30", "01:05:30", "", ""],
			[she.called, she.email, "", "Clinical answers", "", "Opened and closed", "No", today, "03:30:00", today, "03:30:10", "00:00:10", "", ""],
		];
		const path = join(mkdtempSync(join(tmpdir(), "journey-")), "toggl.csv");
		writeFileSync(path, rows.map((row) => row.map((cell) => `"${cell}"`).join(",") + "\r\n").join(""));
		await finance.open("/payments/staff/import");
		await finance.look("import");
		// The offer is signed in another plugin; pay hears of it within a moment.
		for (let tries = 0; ; tries++) {
			await finance.open("/payments/staff/import");
			await finance.upload("The file", path);
			await finance.press("Read the file");
			if ((await finance.words()).includes("2 new entries, 3 h 16 min")) break;
			assert.ok(tries < 20, await finance.words());
			await finance.page.waitForTimeout(500);
		}
		await finance.reads("Toggl Track", "Of 0 minutes 1");
		await finance.look("import-preview");
		await finance.press("Take these 2 entries");
		await finance.reads("2 entries taken");
		await finance.open("/payments/staff/import");
		await finance.upload("The file", path);
		await finance.press("Read the file");
		await finance.reads("0 new entries", "Known already 2");
		await finance.done();
	});

	step("finance approves, locks the period and makes the pay run", async () => {
		const finance = await Person.at(browser, "adaeze.nwankwo@example.org");
		await finance.open("/payments/staff/entries");
		await finance.reads("What nobody has looked at by then is approved");
		await finance.look("entries-staff");
		await finance.press(/^Approve all/);
		await finance.reads("Approved:");
		await finance.open("/payments/staff/periods");
		await finance.look("periods");
		const open = finance.page.locator("ul.items li").filter({ hasText: "Open" });
		period = (await open.last().getByRole("link").innerText()).trim();
		await finance.follow(period);
		await finance.look("period");
		await finance.press("Lock this period");
		await finance.until(/Make the pay run|It works out what everybody gets/);
		await finance.press("Make the pay run");
		await finance.until(/The pay run is ready/, 60);
		await finance.reads("You made this run. Somebody else of finance", she.legal, "200.48 USD");
		assert.equal(await finance.page.getByRole("button", { name: "Sign and issue these statements" }).count(), 0);
		await finance.look("run-own");
		await finance.done();
	});

	step("a second person of finance looks at it and signs it off", async () => {
		const second = await Person.at(browser, "bruno.cavalcanti@example.org");
		await second.open("/payments/staff/periods");
		await second.follow(period);
		await second.follow(/^Pay run of/);
		await second.look("run-second");
		await second.follow("Control totals and differences, with names");
		await second.look("run-variance");
		await second.follow(/^The pay run for/);
		await second.fill({ "I have looked at the sums, the differences and what needs a look. I sign what this fingerprint stands for.": true });
		await second.press("Sign and issue these statements");
		await second.until(/The statements are issued/, 60);
		await second.look("run-issued");
		await second.done();
	});

	step("the contributor opens the statement, as page, PDF and CSV", async () => {
		const contributor = await Person.at(hers, she);
		await contributor.reads("A new statement is ready");
		await contributor.follow("My pay");
		await contributor.look("statements");
		await contributor.reads("200.48 USD");
		await contributor.follow(period);
		// 196 minutes at $61.37 an hour: 61.37 × 196 / 60 = 200.4753…, so 200.48.
		await contributor.reads("200.48 USD", "61.37 an hour", "1.53 × the middle of the market", "3 h 16 min", data(she.legal), "Arrives by");
		await contributor.look("statement");
		const pdf = await contributor.download(/PDF/);
		assert.equal(pdf.content.subarray(0, 5).toString(), "%PDF-");
		const text = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf.content, encoding: "utf8" });
		assert.equal(text.status, 0, text.stderr);
		for (const part of ["Paid to", "200.48 USD", data(she.legal), "61.37"]) assert.match(heard(text.stdout), contributor.called(part));
		const csv = (await contributor.download(/CSV/)).content.toString("utf8");
		assert.match(csv, /200\.48/);
		assert.match(csv, /196/);
		await contributor.done();
	});

	hear({ step, browser, hers, kind, she });

	step("the HDM sees the person with hours and last statement", async () => {
		const hdm = await Person.at(browser, "helene.achterberg@example.org");
		await hdm.reads("have a first talk");
		await hdm.look("home-hdm");
		await hdm.open("/hdm/staff/people");
		// 196 minutes of work and 10 for the survey that has closed, whoever answered it.
		await hdm.until(new RegExp(`${she.called} .*3 h 26 min`));
		const line = hdm.page.locator("tr").filter({ hasText: she.called });
		const words = (await line.innerText()).replace(/\s+/g, " ");
		for (const part of [/not yet/, /First talk due by/, /3 h 26 min/, /On its way/]) assert.match(words, part);
		await hdm.look("hdm-people");
		await hdm.follow(she.called);
		await hdm.look("hdm-person");
		await hdm.fill({ "How were you in touch?": ["One-on-one talk"], "What was it about?": "First talk: all tools are there." });
		await hdm.press("Note this contact");
		await hdm.reads("Noted.", "First talk: all tools are there.");
		await hdm.open("/hdm/staff/people");
		const csv = (await hdm.download("This list as CSV")).content.toString("utf8");
		const row = csv.split(/\r?\n/).find((l) => l.includes(she.called));
		assert.ok(row, csv);
		assert.match(row, /,206,/);
		await hdm.done();
		const contributor = await Person.at(hers, she);
		await contributor.open("/hdm/my-contacts");
		await contributor.reads("When you were in touch", "One-on-one talk", /First talk: all tools are there\./, /Helene/);
		await contributor.look("my-contacts");
		await contributor.done();
	});

	step("the rate of a pod of fewer than five is hidden from its HDM", async () => {
		const hdm = await Person.at(browser, "rafael.quinones@example.org");
		await hdm.open("/hdm/staff/people");
		await hdm.reads("Who answered the last survey", "Hazel", "The rate is hidden.");
		assert.ok(!(await hdm.words()).includes("%"), "no share at all");
		await hdm.done();
	});

	after(closeBrowser);
}
