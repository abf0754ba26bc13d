"""Surveys from import to results: what is kept and told, who is asked, what is hidden when few
answered."""
import csv
import os
import re
import time
import unittest
import xml.etree.ElementTree as ElementTree

import lss
from instance import DATA
from surveys import FEEDBACK, FIRST, GROUPS, ROWAN, Feedback


class Import(Feedback):
    def counts(self):
        return self.site.sql(f"SELECT (SELECT COUNT(*) FROM {FEEDBACK}.survey), (SELECT COUNT(*) FROM"
                             f" {FEEDBACK}.questionnaire), (SELECT COUNT(*) FROM {FEEDBACK}.survey_file)")[0]

    @unittest.skipUnless((DATA / "limesurvey/lss").is_dir(), "DATA holds no .lss files")
    def test_every_real_file_by_command(self):
        imported = 0
        for path in sorted((DATA / "limesurvey/lss").glob("*.lss")):
            with self.subTest(file=path.name):
                before = self.counts()
                done = self.site.command("feedback", "import", str(path))
                told = done.stdout + done.stderr
                if done.returncode == 1:
                    self.assertRegex(done.stderr, r"Element .questions.*\(.*\)")
                    self.assertIn("Nothing was imported", done.stderr)
                    self.assertEqual(self.counts(), before)
                    continue
                self.assertEqual(done.returncode, 0, told)
                imported += 1
                added = 0 if "Nothing was added" in told else 1  # 0: the instance had it before
                self.assertEqual(self.counts(), [str(int(n) + added) for n in before])
                kept, dropped = map(int, re.search(r"Questions kept: (\d+), not kept: (\d+)\.", told).groups())
                # Counted apart: questions without a parent, each once.
                root = ElementTree.parse(path).getroot()
                asked = {row.findtext("qid") for row in root.findall("questions/rows/row")
                         if (row.findtext("parent_qid") or "0").strip() == "0"}
                self.assertEqual(kept + dropped, len(asked))
                self.assertEqual(len(re.findall(r"(?m)^  NOT KEPT  ", told)), dropped)
                self.assertEqual(len(re.findall(r"(?m)^  kept .*Kept as ", told)), kept)
                again = self.site.command("feedback", "import", str(path))
                self.assertEqual(again.returncode, 0)
                self.assertIn("Nothing was added", again.stdout)
                self.assertEqual(self.counts(), [str(int(n) + added) for n in before])
        self.assertEqual(imported, 15)

    def test_title_and_usage(self):
        path = "/tmp/kw-untitled-round.lss"
        with open(path, "wb") as file:
            file.write(lss.survey("", [("", [("A", "Y", "Fine with no title?", True)])]))
        os.chmod(path, 0o644)
        try:
            done = self.site.command("feedback", "import", path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("kw-untitled-round. Questions kept: 1, not kept: 0.", done.stdout)
        finally:
            os.unlink(path)
        self.assertEqual(self.site.command("feedback", "import").returncode, 2)
        self.assertEqual(self.site.command("feedback", "import", "/nowhere.lss").returncode, 1)

    @unittest.skipUnless((DATA / "limesurvey").is_dir(), "DATA holds no LimeSurvey files")
    def test_other_files_are_refused_by_page(self):
        for folder, words in (("lsg", "“Group”"), ("lsq", "“Question”"), ("lsa", "archive (.lsa)")):
            path = sorted((DATA / "limesurvey" / folder).iterdir())[0]
            before = self.counts()
            reply = self.upload(path.read_bytes(), path.name)
            self.assertEqual(reply.status, 422)
            self.assertIn(words, reply.words)
            self.assertIn(path.name, reply.words)
            self.assertIn("Nothing was imported", reply.words)
            self.assertEqual(self.counts(), before)

    def test_broken_files_by_page(self):
        good = lss.survey("T", GROUPS)
        for content, words in ((good[:-30], "not well-formed"), (b"hello", "not well-formed"),
                               (b"<a/>", "“a”"),
                               (b'<!DOCTYPE x [<!ENTITY e "x">]>' + good.split(b"?>", 1)[1], "document type"),
                               (good.replace(b"<questions>", b"<quests>").replace(b"</questions>", b"</quests>"),
                                "The element “questions”"),
                               (good.replace(b"Is it fine?", b"\xff\xfe"), "UTF-8")):
            before = self.counts()
            reply = self.upload(content)
            self.assertEqual(reply.status, 422, words)
            self.assertIn(words, reply.words)
            self.assertEqual(self.counts(), before)
        page = self.maker.get("/feedback/staff/import")
        self.assertEqual(self.maker.submit(page, "/import", files=[("file", "", b"")]).status, 422)

    def test_report_then_use(self):
        evil, name = "<script>alert(1)</script>", f"Odd one {time.time_ns()}"
        groups = [(evil, [("A", "Y", evil + "Fine?", True), ("UP", "|", "A file", False),
                          ("DAY", "D", "When?", False)])]
        before = self.counts()
        report = self.upload(lss.survey("Odd " + evil, groups), evil + ".lss")
        self.assertEqual(report.status, 200)
        self.assertEqual(report.text.count("<script"), 1, "the site's own and no other")
        self.assertIn("UP Questions of this kind are not kept yet: a file.", report.words)
        self.assertIn("DAY Questions of this kind are not kept yet: a date.", report.words)
        self.assertIn("A Kept as yes or no.", report.words)
        self.assertIn("script was left out", report.words)
        middle = self.counts()
        self.assertEqual([int(a) - int(b) for a, b in zip(middle, before)], [0, 0, 1])
        # Nothing typed is lost when something is missing.
        wrong = self.maker.submit(report, report.path, title="", purpose="Because")
        self.assertEqual(wrong.status, 422)
        self.assertIn("Because", wrong.text)
        form, pairs = self.maker.filled(report, report.path, title=name, purpose="Because")
        first = self.maker.post(form.action, pairs)
        second = self.maker.post(form.action, pairs)
        self.assertEqual(first.status, 200)
        self.assertEqual(first.path, second.path)  # the same receipt
        self.assertIn(name, first.page.headings)
        self.assertEqual(first.text.count("<script"), 1, "the site's own and no other")
        self.assertEqual([int(a) - int(b) for a, b in zip(self.counts(), middle)], [1, 1, 0])
        self.assertIn("This file is in use", self.maker.get(report.path).words)
        # As the next version of that survey.
        report = self.upload(lss.survey("Odd, better", GROUPS))
        survey = self.audience(report, name)
        preview = self.maker.submit(report, report.path, **{"as": survey})
        self.assertEqual(preview.path, first.path)
        self.assertIn("Version2", preview.words.replace(" ", ""))
        self.assertIn("Would you recommend us?", preview.words)


class Asking(Feedback):
    def test_wrong_values_are_kept(self):
        survey = self.new_survey()
        page = self.maker.get(survey.path + "/run")
        today = re.search(r'name="opens"[^>]*value="([\d-]+)"', page.text)[1]
        for fields, words in (
                ({"purpose": ""}, "is still empty"),
                ({"least": 4}, "Results are never shown of fewer than 5"),
                ({"minutes": 61}, "must be 60 or less"),
                ({"minutes": "ten"}, "whole number"),
                ({"opens": "2020-01-01"}, "is over already"),
                ({"closes": "2020-01-01"}, "before the day on which it opens"),
                ({"closes": "2999-01-01"}, "at most 90 days"),
                ({"opens": "2026-02-30"}, "a date that exists"),
                ({"audience": "pod-" + "7" * 26}, "listed"),
                ({"audience": self.audience(page, "Pod Wren")}, "Only 2 people would be asked")):
            reply = self.maker.submit(page, "/run", **{"purpose": "Kept words", **fields})
            self.assertEqual(reply.status, 422, fields)
            self.assertIn(words, reply.words, fields)
            if "purpose" not in fields:
                self.assertIn("Kept words", reply.text)
        draft = self.draft(survey, opens=today)
        self.assertEqual(draft.status, 200)
        second = self.draft(survey)
        self.assertEqual(second.status, 422)
        self.assertIn("An earlier round of this survey is not published yet", second.words)

    def test_a_stale_page_does_nothing(self):
        page = self.draft(self.new_survey())
        run = page.path.rsplit("/", 1)[1]
        self.site.sql(f"UPDATE {FEEDBACK}.survey_run SET version = version + 1 WHERE id = {self.number(run)}")
        self.assertEqual(self.maker.submit(page, "/review").status, 409)
        self.assertEqual(self.state(run), "draft")

    def test_not_invited_is_not_found(self):
        run = self.open_run()
        for number, there in ((39, 200), (31, 404)):
            person = self.expert(number)
            for path in ("", "?page=1", "/check"):
                self.assertEqual(person.get(f"/feedback/answer/{run}{path}").status, there, (number, path))
        self.assertIn("/feedback/answer/" + run, self.expert(40).get("/feedback/surveys").page.links)
        self.assertNotIn("/feedback/answer/" + run, self.expert(31).get("/feedback/surveys").page.links)
        self.assertNotIn("answered", self.maker.get(f"/feedback/staff/runs/{run}").words.lower()
                         .replace("how many have answered is counted then", ""))


class Results(Feedback):
    def counts(self, text, question):
        """Rows of the table below a heading: label -> (people, percent)."""
        part = text.split(question, 1)[1].split("</table>", 1)[0]
        return {m[0]: (m[1], m[2]) for m in re.findall(
            r'<th scope="row">([^<]*)</th><td class="number">([^<]*)</td><td class="number">([^<]*)</td>', part)}

    def test_four_of_six_are_hidden(self):
        run = self.open_run()
        for number in ROWAN[:4]:
            self.answer(number, run, FIRST, {"q6": f"text of {number}"})
        self.expert(43).get(f"/feedback/answer/{run}")
        saver = self.expert(44)
        saver.submit(saver.get(f"/feedback/answer/{run}?page=1"), "?page=1", **FIRST)  # never sent
        self.close_run(run)
        self.assertEqual(self.responses(run), 4)
        self.assertEqual(len(self.credited(run)), 6)
        staff = self.maker.get(f"/feedback/staff/runs/{run}")
        self.assertIn("Fewer than 5 people answered", staff.words)
        self.assertNotIn("text of", staff.text)
        reader = self.expert(31)
        self.assertEqual(reader.get(f"/feedback/results/{run}").status, 404)  # not published yet
        reply = self.maker.submit(staff, "/publish") if any(
            f.action.endswith("/publish") for f in staff.page.forms) else None
        self.assertIsNone(reply)  # the maker has no button
        self.assertIn("a colleague publishes it", staff.words)
        form = self.other.get(f"/feedback/staff/runs/{run}")
        version = dict(form.form("/publish").fields)["version"]
        page = self.draft(self.new_survey())
        fields = {**dict(page.form("/review").fields), "version": version}
        reply = self.maker.post(f"/feedback/staff/runs/{run}/publish", fields)
        self.assertEqual(reply.status, 422)
        self.assertIn("somebody else publishes it", reply.words)
        self.publish(run)
        page = reader.get(f"/feedback/results/{run}")
        self.assertEqual(page.status, 200)
        self.assertIn("Fewer than 5 people answered", page.words)
        for words in ("Is it fine?", "Why?", " of 6 ", "%"):
            self.assertNotIn(words, page.words)
        table = list(csv.reader(reader.get(f"/feedback/results/{run}/csv").text.splitlines()))
        self.assertEqual(table[1:], [["", page.page.headings[0], "", "hidden", "", "", "", ""]])
        self.assertEqual(self.site.sql(f"SELECT answered, hidden FROM {FEEDBACK}.published_run WHERE run_id ="
                                       f" {self.number(run)}", account="keptword_hdm"), [[None, "1"]])
        self.assertEqual(self.site.sql(f"SELECT COUNT(*) FROM {FEEDBACK}.published_result WHERE run_id ="
                                       f" {self.number(run)}", account="keptword_hdm"), [["0"]])

    def test_six_answers_counted_by_hand(self):
        run = self.open_run()
        # fine, points, score, uses, hours
        given = [("Y", 5, 10, ["pen", "ink"], "1"), ("Y", 4, 9, ["pen"], "2.5"), ("Y", 4, 9, ["pen"], "4"),
                 ("N", 2, 7, ["pen", "ink"], ""), ("Y", 3, 6, ["pen", "ink"], "2"), ("N", 1, 0, [], "8")]
        for number, (fine, points, score, uses, hours) in zip(ROWAN, given):
            self.answer(number, run, {"q1": fine, "q2": str(points), "q3": str(score)},
                        {"q4": uses, "q5": hours, "q6": f"text of {number}"})
        self.close_run(run)
        self.publish(run)
        page = self.expert(31).get(f"/feedback/results/{run}")
        self.assertIn("Answered: 6 of 6", page.words)
        self.assertEqual(self.counts(page.text, "Is it fine?"), {"Yes": ("4", "67 %"), "No": ("2", "33 %")})
        self.assertEqual(self.counts(page.text, "How well?"),
                         {"1": ("1", "17 %"), "2": ("1", "17 %"), "3": ("1", "17 %"), "4": ("2", "33 %"),
                          "5": ("1", "17 %")})
        self.assertIn("How well? Answers: 6 Mean: 3.17", page.words)  # 19 / 6
        scores = self.counts(page.text, "Would you recommend us?")
        self.assertEqual([scores[str(n)][0] for n in range(11)],
                         ["1", "0", "0", "0", "0", "0", "1", "1", "0", "2", "1"])
        # Promoters 10, 9, 9; detractors 6, 0: (3 - 2) of 6.
        self.assertIn("+17 eNPS: promoters", page.words)
        # Five answered this; all of them use a pen, which is not told of so few; three of five use ink.
        uses = self.counts(page.text, "What do you use?")
        self.assertEqual(uses["Ink"], ("3", "60 %"))
        self.assertEqual(uses["Pen"], ("hidden", "hidden"))
        picture = page.text.split("What do you use?", 1)[1].split("</svg>", 1)[0]
        self.assertIn(">3 (60 %)</text>", picture)
        self.assertEqual(picture.count('<rect class="bar"'), 1)
        self.assertEqual(picture.count('<rect class="veil"'), 2)  # a pen, which all use, and gum, which none does
        self.assertIn(">hidden</text>", picture)
        self.assertIn("How many hours? Answers: 5 Mean: 3.50", page.words)  # 17.5 / 5
        self.assertNotIn("text of", page.text)  # six writers: texts from ten on
        table = self.expert(31).get(f"/feedback/results/{run}/csv")
        self.assertEqual(table.header("Content-Type").split(";")[0], "text/csv")
        self.assertIn("SCORE,Would you recommend us?,,enps,,17,6,", table.text)
        self.assertIn("OK,Is it fine?,,count,Yes,4,6,67", table.text)
        self.assertNotIn("text of", table.text)
        rows = self.site.sql(f"SELECT choice, n, of_n FROM {FEEDBACK}.published_result WHERE answer_key = 'OK' AND"
                             f" run_id = {self.number(run)} ORDER BY choice", account="keptword_hdm")
        self.assertEqual(rows, [["N", "2", "6"], ["Y", "4", "6"]])

    def test_ten_writers_and_a_question_of_few(self):
        """Twelve people: the texts of all, but a number that only four gave stays untold."""
        survey = self.new_survey()
        run = self.open_run(survey, audience="Project Clinical answers")
        for number in range(31, 43):
            self.answer(number, run, {**FIRST, "q2": str(number % 5 + 1)},
                        {"q5": "3" if number < 35 else "", "q6": f"{'zyxwvutsrqpo'[number - 31]} wrote {number}"})
        self.close_run(run)
        self.publish(run)
        page = self.expert(31).get(f"/feedback/results/{run}")
        written = re.findall(r"([a-z] wrote \d+)", page.text)
        self.assertEqual(len(written), 12)
        self.assertEqual(written, sorted(written))
        self.assertIn("How many hours? Not shown", page.words)
        # All twelve said yes: of ten and more that may be told.
        self.assertEqual(self.counts(page.text, "Is it fine?"), {"Yes": ("12", "100 %"), "No": ("0", "0 %")})
        # Pods of 10, 6, 5 and 4: the 4 is hidden, and the 5 with it, or the 4 could be worked out.
        rates = dict(self.site.sql(
            "SELECT d.name, p.answered_rate_percent FROM "
            f"{FEEDBACK}.published_pod_rate p JOIN keptword_core.pod d ON d.id = p.pod_id WHERE run_id ="
            f" {self.number(run)}", account="keptword_hdm"))
        self.assertEqual(rates, {"Willow": "80", "Rowan": "67"})  # 8 of 10, 4 of 6
        hdm = self.site.person("helene.achterberg@example.org")  # of Willow
        page = hdm.get(f"/feedback/staff/runs/{run}")
        self.assertIn("Willow80 %", page.words.replace(" %", " %").replace("Willow 80", "Willow80"))
        for words in ("Rowan", "Is it fine?", "wrote"):
            self.assertNotIn(words, page.words)
        hazel = self.site.person("rafael.quinones@example.org")  # of Hazel, with four
        self.assertIn("hidden", hazel.get(f"/feedback/staff/runs/{run}").words)
        self.assertEqual(hdm.get(f"/feedback/staff/runs/{run}/csv").status, 403)

    def test_all_alike_is_not_told_of_few(self):
        run = self.open_run()
        for number in ROWAN:
            self.answer(number, run, {"q1": "Y", "q2": str(number % 5 + 1), "q3": "9"})
        self.close_run(run)
        self.publish(run)
        page = self.expert(31).get(f"/feedback/results/{run}")
        self.assertIn("Is it fine? Not shown", page.words)
        self.assertIn("Would you recommend us? Not shown", page.words)
        self.assertIn("How well? Answers: 6", page.words)
        rate = self.site.one(f"SELECT answered_rate_percent FROM {FEEDBACK}.published_pod_rate WHERE run_id ="
                             f" {self.number(run)}")
        self.assertEqual(rate, "83")  # never all: that of five of six

    def test_other_accounts_cannot_read_answers(self):
        for account in ("keptword_hdm", "keptword_payments", "keptword_onboarding", "keptword_portal"):
            for table in ("response", "answer", "sealed_response", "invitation", "run_pod", "result_choice",
                          "result_comment"):
                with self.assertRaisesRegex(RuntimeError, "denied"):
                    self.site.sql(f"SELECT * FROM {FEEDBACK}.{table} LIMIT 1", account=account)
        for statement in ("UPDATE {}.answer SET choice = 'N'", "DELETE FROM {}.answer", "UPDATE {}.response SET run_id = 1",
                          "UPDATE {}.questionnaire SET version = 9", "DELETE FROM {}.audit",
                          "UPDATE {}.run_pod SET told = 1"):
            with self.assertRaisesRegex(RuntimeError, "denied"):
                self.site.sql(statement.format(FEEDBACK), account=FEEDBACK)


if __name__ == "__main__":
    unittest.main()
