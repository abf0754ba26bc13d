/* The journey's part with surveys: imported, opened, answered, closed, hidden below five. */
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Person, answerAll, data } from "./person.mjs";

const cells = (row) => Object.entries(row).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`).join("");
const table = (name, rows) => `<${name}><rows>${rows.map((row) => `<row>${cells(row)}</row>`).join("")}</rows></${name}>`;

/* A survey as LimeSurvey 3 writes it: two groups, a scale, yes or no, a text, and a date, which is
 * not kept yet. */
function survey(title) {
	const question = (qid, gid, type, code, words, order) => ({
		qid, parent_qid: 0, sid: 731, gid, type, title: code, question: words, help: "", other: "N",
		mandatory: type === "T" ? "N" : "Y", question_order: order, language: "en", scale_id: 0, relevance: "1",
	});
	return `<?xml version="1.0" encoding="UTF-8"?>
<document>
<LimeSurveyDocType>Survey</LimeSurveyDocType>
<DBVersion>366</DBVersion>
<languages><language>en</language></languages>
${table("surveys", [{ sid: 731, language: "en", additional_languages: "", anonymized: "Y", format: "G" }])}
${table("surveys_languagesettings", [{
	surveyls_survey_id: 731, surveyls_language: "en", surveyls_title: title,
	surveyls_welcometext: "Three questions.", surveyls_endtext: "Thank you.",
}])}
${table("groups", [
	{ gid: 1, sid: 731, group_name: "The tools", group_order: 1, description: "", language: "en" },
	{ gid: 2, sid: 731, group_name: "What else", group_order: 2, description: "", language: "en" },
])}
${table("questions", [
	question(11, 1, "5", "TOOLS", "My tools work when I need them.", 1),
	question(12, 1, "Y", "ASK", "Do you know whom to ask?", 2),
	question(13, 2, "D", "WHEN", "Since when do you work with us?", 1),
	question(14, 2, "T", "MORE", "What would help you most?", 2),
])}
</document>
`;
}

/* browser: of those who ask; hers: of her who answers; kind: of the journey. */
export function hear({ step, browser, hers, kind, she }) {
	const title = { scripts: "Tools of the pod", plain: "Tools of the pod, asked plainly" }[kind] ?? `Tools of the pod (${kind})`;
	const today = new Date().toISOString().slice(0, 10);
	let round;

	step("a people officer imports a survey and opens a run for the pod", async () => {
		const officer = await Person.at(browser, "maja.lindqvist@example.org");
		await officer.open("/feedback/staff/surveys");
		await officer.look("surveys-staff");
		await officer.follow("Import a survey");
		await officer.look("survey-import");
		const path = join(mkdtempSync(join(tmpdir(), "journey-")), "tools.lss");
		writeFileSync(path, "no survey at all");
		await officer.upload("Survey file", path);
		await officer.press("Read the file", 422);
		await officer.reads("Nothing was imported");
		writeFileSync(path, survey(title));
		await officer.upload("Survey file", path);
		await officer.press("Read the file");
		await officer.reads(title, "WHEN", "Questions of this kind are not kept yet: a date", "TOOLS", "1 to 5", "MORE");
		await officer.look("survey-import-report");
		await officer.press("Use this survey");
		await officer.reads(title, "My tools work when I need them.");
		await officer.look("survey-staff");
		await officer.follow("Ask people");
		await officer.look("survey-run-add");
		await officer.fill({
			"Why do we ask?": "To mend what is broken first.", "Who is asked?": [/Pod Willow/],
			"Opens on": today, "Last day": today, "Minutes credited": "10",
			"Show results from how many answers on?": "3",
		});
		await officer.press("Make the draft", 422);
		await officer.fill({ "Show results from how many answers on?": "5" });
		await officer.press("Make the draft");
		round = officer.path;
		await officer.reads("Draft", "To mend what is broken first.");
		await officer.look("survey-run-draft");
		await officer.done();

		const other = await Person.at(browser, "kwabena.asante@example.org");
		await other.open(round);
		await other.press("Let it open");
		await other.until(/Close it now|It closes by itself/);
		await other.look("survey-run-open");
		await other.done();
	});

	step("the contributor answers without being known", async () => {
		const contributor = await Person.at(hers, she);
		await contributor.reads(`We would like to hear from you: ${title}`);
		await contributor.open("/feedback/surveys");
		await contributor.look("surveys");
		await contributor.follow("Answer", data(title));
		await contributor.reads(/To mend what is broken first\./, "no manager is told who did");
		await contributor.look("answer-begin");
		await contributor.follow("Begin");
		await contributor.look("answer");
		await contributor.press("Save and go on", 422);
		for (let pages = 0; !contributor.path.endsWith("/check") && pages < 4; pages++) {
			await answerAll(contributor, "One place for messages, not two.");
			await contributor.press("Save and go on");
		}
		await contributor.reads(/One place for messages, not two\./);
		await contributor.look("answer-check");
		await contributor.press("Send my answers");
		await contributor.reads("Your answers to", "are sent and count");
		await contributor.look("answer-thanks");
		await contributor.open("/feedback/surveys");
		await contributor.reads("Your answers are sent");
		await contributor.done();
	});

	step("the run is closed; what fewer than five answered stays hidden", async () => {
		const officer = await Person.at(browser, "maja.lindqvist@example.org");
		await officer.open(round);
		assert.ok(!(await officer.words()).includes("messages"), "nothing is shown of an open run");
		await officer.press("Close it now");
		await officer.until(/Closed, not published/);
		await officer.reads("Fewer than 5 people answered. So that nobody can be recognised, nothing is shown.");
		assert.ok(!(await officer.words()).includes("messages"), "no words of a single person");
		await officer.look("survey-run-closed");
		await officer.done();
		const other = await Person.at(browser, "kwabena.asante@example.org");
		await other.open(round);
		await other.press("Publish the results");
		await other.done();
		const contributor = await Person.at(hers, she);
		await contributor.open("/feedback/results");
		await contributor.reads("Too few answered to show anything");
		await contributor.look("results");
		await contributor.follow(data(title));
		await contributor.reads("nothing is shown");
		await contributor.look("result");
		await contributor.done();
	});
}
