"""Applying by HTTP: page by page, wrong fields, codes, a lost connection, the interview."""
import hashlib
import re
import unittest
import uuid

from applicants import ABOUT, ANSWERS, Applying, TIME, WORK, bytes_of


class Apply(Applying):
    # ---- Applying ----

    def test_the_start_says_what_is_asked_and_who_decides(self):
        page = self.site.person().get("/apply")
        for words in ("no account", "within 5 days", "No program decides", "15 minutes"):
            self.assertIn(words, page.words)

    def test_code_is_shown_once_and_stored_as_a_hash(self):
        who, code = self.begin()
        stored = self.site.sql("SELECT HEX(receipt_hash) FROM keptword_onboarding.application"
                               " ORDER BY id DESC LIMIT 1")[0][0]
        self.assertEqual(stored.lower(), hashlib.sha256(bytes_of(code)).hexdigest())
        who.cookies.pop("__Host-application-new")
        self.assertEqual(who.get("/apply/code").path, "/apply/tasks")
        dump = self.site.sql("SELECT location FROM keptword_onboarding.submission UNION ALL SELECT reason FROM"
                             " keptword_onboarding.audit UNION ALL SELECT LOWER(HEX(receipt_hash)) FROM"
                             " keptword_onboarding.application")
        self.assertNotIn(code.replace(" ", ""), str(dump))
        self.assertNotIn(bytes_of(code).hex(), str(dump))
        for name in ("onboarding", "nginx-access", "nginx-error"):
            log = self.site.run / "log" / f"{name}.log"
            if log.exists():
                self.assertNotIn(code.replace(" ", ""), log.read_text("utf-8", "replace"))

    def test_starting_twice_with_one_form_is_one_application(self):
        who = self.site.person()
        form, pairs = who.filled(who.get("/apply"), "/apply")
        before = int(self.site.one("SELECT COUNT(*) FROM keptword_onboarding.application"))
        codes = set()
        for _ in range(3):
            reply = who.post("/apply", pairs, follow=False)
            self.assertEqual((reply.status, reply.header("Location")), (303, "/apply/code"))
            codes.add(who.cookies["__Host-application"])
        self.assertEqual(len(codes), 1)
        self.assertEqual(int(self.site.one("SELECT COUNT(*) FROM keptword_onboarding.application")), before + 1)
        self.assertEqual(who.get("/apply/tasks").status, 200)

    def test_nothing_happens_without_a_submission_id(self):
        who = self.site.person()
        form, pairs = who.filled(who.get("/apply"), "/apply")
        before = self.site.one("SELECT COUNT(*) FROM keptword_onboarding.application")
        self.assertEqual(who.post("/apply", [p for p in pairs if p[0] != "_submission"]).status, 400)
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_onboarding.application"), before)
        self.assertNotIn("__Host-application", who.cookies)

    def test_every_wrong_field_is_kept_and_named(self):
        who, _ = self.begin()
        cases = [
            ("about", {"legal_name": "", "preferred_name": "P" * 121, "email": "a b@c"},
             ("Enter your full legal name", "too long", "must be an email")),
            ("work", {"domain": "alchemy", "level": "wizard", "years": "eleven", "skills": ""},
             ("choose one of the answers", "whole number", "Tell us what you can do")),
            ("work", {**WORK, "years": "81"}, ("80 or less",)),
            ("time", {"zone": "Mars/Olympus", "hours": "0", "mode": "", "needs": "n" * 2001},
             ("1 or more", "Choose how you would like", "too long")),
            ("consent", {}, ("Tick the box if you agree",)),
        ]
        for topic, fields, sentences in cases:
            page = who.submit(who.get(f"/apply/{topic}"), f"/apply/{topic}", **fields)
            self.assertEqual(page.status, 422, topic)
            self.assertTrue(page.page.title.startswith("Error:"), topic)
            summary = page.text.split("There is a problem")[1].split("</ul>")[0]
            for sentence in sentences:
                self.assertIn(sentence, summary, topic)
            for target in re.findall(r'href="#([^"]+)"', summary):
                self.assertIn(target, page.page.ids, topic)
            self.assertEqual(len(re.findall("<li>", summary)), len(re.findall('href="#', summary)))
            kept = dict(page.form(f"/apply/{topic}").fields)
            for name, value in fields.items():
                if name in ("legal_name", "preferred_name", "email", "years", "skills", "hours", "needs"):
                    self.assertEqual(kept.get(name, ""), value, f"{topic}.{name}")
        done = self.site.one("SELECT pages_done FROM keptword_onboarding.application ORDER BY id DESC LIMIT 1")
        self.assertEqual(done, "0")

    def test_repeated_and_unknown_fields(self):
        who, _ = self.begin()
        _, pairs = who.filled(who.get("/apply/about"), "/apply/about", email="x@example.org", **ABOUT)
        page = who.post("/apply/about", pairs + [("email", "y@example.org")])
        self.assertEqual(page.status, 422)
        self.assertIn("more than once", page.words)
        page = who.post("/apply/about", pairs + [("state", "certified"), ("person_id", "1")])
        self.assertEqual(page.path, "/apply/work")
        self.assertEqual(self.state("x@example.org"), "draft")
        self.site.sql("DELETE FROM keptword_onboarding.application WHERE email = 'x@example.org'")

    def test_later_keeps_an_unfinished_page_and_the_code_brings_it_back(self):
        who, code = self.begin()
        page = who.get("/apply/about")
        form, pairs = who.filled(page, "/apply/about", legal_name="Half Done", preferred_name="", email="")
        page = who.post("/apply/about?later=1", pairs)
        self.assertEqual((page.status, page.path), (200, "/apply/later"))
        page = who.submit(page, "/apply/leave")
        self.assertEqual(page.path, "/apply/return?left=1")
        self.assertNotIn("__Host-application", who.cookies)
        other = self.site.person()
        page = other.submit(other.get("/apply/return"), "/apply/return", code=code.upper())
        self.assertEqual((page.status, page.path), (200, "/apply/tasks"))
        self.assertNotIn(code.replace(" ", ""), page.path)
        self.assertIn("Pages done: 0 of 4", page.words)
        kept = dict(other.get("/apply/about").form("/apply/about").fields)
        self.assertEqual(kept["legal_name"], "Half Done")
        form, pairs = other.filled(other.get("/apply/about"), "/apply/about", email="not an address")
        self.assertEqual(other.post("/apply/about?later=1", pairs).status, 422)

    def test_wrong_codes(self):
        who = self.site.person()
        for code, words in (("0" * 26, "know no application"), ("abc", "26 letters"), ("", "Enter your receipt")):
            page = who.submit(who.get("/apply/return"), "/apply/return", code=code)
            self.assertEqual(page.status, 422, code)
            self.assertIn(words, page.words)
            self.assertNotIn("__Host-application", who.cookies)
        who.cookies["__Host-application"] = "0" * 26
        for path in ("/apply/tasks", "/apply/about", "/apply/check", "/apply/status", "/apply/interview",
                     "/apply/interview/1", "/apply/offer", "/apply/offer/sign", "/apply/welcome"):
            reply = who.get(path, follow=False)
            self.assertEqual((reply.status, reply.header("Location")), (303, "/apply/return?lost=1"), path)

    def test_a_new_code_ends_the_old_one(self):
        who, code = self.begin()
        page = who.submit(who.get("/apply/later"), "/apply/code")
        new = re.search(r"<code[^>]*>([0-9a-z ]+)</code>", page.text)[1]
        self.assertNotEqual(new, code)
        stranger = self.site.person()
        page = stranger.submit(stranger.get("/apply/return"), "/apply/return", code=code)
        self.assertEqual(page.status, 422)
        page = stranger.submit(stranger.get("/apply/return"), "/apply/return", code=new)
        self.assertEqual(page.path, "/apply/tasks")

    def test_nothing_is_sent_before_all_is_done(self):
        who, _ = self.begin()
        who.submit(who.get("/apply/about"), "/apply/about", email="early@example.org", **ABOUT)
        page = who.get("/apply/check")
        self.assertIn("Something is still missing", page.words)
        _, pairs = who.filled(who.get("/apply/work"), "/apply/work")
        tokens = [(n, v) for n, v in pairs if n.startswith("_")]
        page = who.post("/apply/check", tokens)
        self.assertEqual(page.status, 422)
        self.assertIn("A page is not done yet", page.words)
        self.assertEqual(self.state("early@example.org"), "draft")

    def test_sending_twice_is_one_person_and_one_interview(self):
        who, _ = self.begin()
        email = f"twice{uuid.uuid4().hex[:8]}@example.org"
        form, pairs = who.filled(self.fill(who, email), "/apply/check")
        for _ in range(3):
            reply = who.post("/apply/check", pairs, follow=False)
            self.assertEqual((reply.status, reply.header("Location")), (303, "/apply/interview?sent=1"))
        rows = self.site.sql(
            "SELECT a.state, p.legal_name, p.roles, (SELECT COUNT(*) FROM keptword_onboarding.interview i"
            " WHERE i.application_id = a.id), a.person_id = p.id FROM keptword_onboarding.application a"
            f" JOIN keptword_core.person p ON p.email = a.email WHERE a.email = '{email}'")
        self.assertEqual(rows, [["interview_open", ABOUT["legal_name"], "1", "1", "1"]])
        sealed = bytes.fromhex(self.site.one("SELECT HEX(accommodation_sealed) FROM"
                                             f" keptword_onboarding.application WHERE email = '{email}'"))
        # version, key number, IV, as many bytes as were typed, tag
        self.assertEqual((sealed[0], len(sealed)), (1, 2 + 12 + len(TIME["needs"]) + 16))
        self.assertNotIn(b"screen reader", sealed)
        # sent is sent: the pages of the form lead on
        self.assertEqual(who.get("/apply/about").path, "/apply/interview")

    def test_an_address_that_somebody_has_is_not_told_and_not_taken_over(self):
        victim = self.site.account("contributor")["email"]
        number = self.site.one(f"SELECT id FROM keptword_core.person WHERE email = '{victim}'")
        who, _ = self.begin()
        page = who.submit(self.fill(who, victim), "/apply/check")
        self.assertEqual(page.path, "/apply/interview?sent=1")
        rows = self.site.sql("SELECT id, person_id FROM keptword_onboarding.application WHERE email ="
                             f" '{victim}' AND state = 'interview_open'")
        self.assertEqual([row[1] for row in rows], [None])
        self.assertEqual(self.site.one(f"SELECT preferred_name FROM keptword_core.person WHERE id = {number}"),
                         "Marta")
        self.assertNotEqual(self.site.person("contributor").get("/apply/status").path, "/apply/status")
        self.site.sql(f"UPDATE keptword_onboarding.application SET state = 'withdrawn' WHERE id = {rows[0][0]}")

    # ---- Interview ----

    def test_lost_connection_in_the_interview(self):
        who, code = self.begin()
        email = f"lost{uuid.uuid4().hex[:8]}@example.org"
        who.submit(self.fill(who, email), "/apply/check")
        page = who.submit(who.get("/apply/interview/1"), "/apply/interview/1", q1=ANSWERS["q1"], q2=ANSWERS["q2"])
        self.assertEqual(page.path, "/apply/interview/2")
        # the browser is gone with page 2 half written; another one comes back by the code
        other = self.site.person()
        page = other.submit(other.get("/apply/return"), "/apply/return", code=code)
        self.assertEqual(page.path, "/apply/interview")
        self.assertIn("Pages done: 1 of 3", page.words)
        kept = dict(other.get("/apply/interview/1").form("/apply/interview/1").fields)
        self.assertEqual(kept["q1"].replace("\r\n", "\n"), ANSWERS["q1"])
        page = other.submit(other.get("/apply/interview/2"), "/apply/interview/2", q3="", q4="x" * 2001)
        self.assertEqual(page.status, 422)
        self.assertEqual(dict(page.form("/apply/interview/2").fields)["q4"], "x" * 2001)
        form, pairs = other.filled(other.get("/apply/interview/2"), "/apply/interview/2", q3="half", q4="")
        self.assertEqual(other.post("/apply/interview/2?later=1", pairs).path, "/apply/later")
        self.assertEqual(dict(other.get("/apply/interview/2").form("/apply/interview/2").fields)["q3"], "half")
        page = other.submit(other.get("/apply/interview/3"), "/apply/interview/3", q5="many")
        self.assertEqual(page.status, 422)
        for unknown in ("0", "4", "99", "x", "-1"):
            self.assertEqual(other.get(f"/apply/interview/{unknown}").status, 404)
        # an unfinished interview is not sent
        check = other.get("/apply/interview/check")
        self.assertIn("not answered yet", check.words)
        tokens = [(n, v) for n, v in pairs if n.startswith("_")]
        self.assertEqual(other.post("/apply/interview/check", tokens).status, 422)
        self.assertEqual(self.state(email), "interview_open")
        page = self.interview(other)
        self.assertEqual(page.path, "/apply/status?sent=1")
        rows = self.site.sql(
            "SELECT a.state, i.state, TIMESTAMPDIFF(SECOND, i.submitted_at, a.due_at), COUNT(*)"
            " FROM keptword_onboarding.application a JOIN keptword_onboarding.interview i ON i.application_id = a.id"
            " JOIN keptword_onboarding.interview_answer n ON n.interview_id = i.id"
            f" WHERE a.email = '{email}' GROUP BY 1, 2, 3")
        self.assertEqual(rows, [["interview_done", "submitted", "432000", "5"]])
        self.assertEqual(other.get("/apply/interview/1").path, "/apply/status")

    def test_questions_stay_those_of_the_day(self):
        who, _ = self.begin()
        email = f"frozen{uuid.uuid4().hex[:8]}@example.org"
        who.submit(self.fill(who, email), "/apply/check")
        self.site.sql("INSERT INTO keptword_onboarding.questionnaire (code, version, title, document, created_at)"
                      " SELECT 'interview', 2, title, REPLACE(document, 'Judging an answer', 'A new title'),"
                      " created_at FROM keptword_onboarding.questionnaire WHERE id = 1")
        try:
            self.assertIn("Judging an answer", who.get("/apply/interview").words)
            newer, _ = self.begin()
            newer.submit(self.fill(newer, f"new{uuid.uuid4().hex[:8]}@example.org"), "/apply/check")
            self.assertIn("A new title", newer.get("/apply/interview").words)
        finally:
            self.site.sql("UPDATE keptword_onboarding.interview SET questionnaire_id = 1;"
                          "DELETE FROM keptword_onboarding.questionnaire WHERE version = 2")


if __name__ == "__main__":
    unittest.main()
