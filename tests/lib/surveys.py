"""What tests of surveys share: rounds made by page, people who answer, and a look behind."""
import hashlib
import itertools
import os
import re
import unittest

import lss
from instance import Person, Site

FEEDBACK = "keptword_feedback"
ROWAN = [39, 40, 41, 42, 43, 44]  # the experts of the pod Rowan
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
NUMBER = itertools.count(1)


def id_hex(text):
    bits = 0
    for letter in text:
        bits = bits << 5 | ALPHABET.index(letter)
    return f"{bits >> 2:032x}"


GROUPS = [("Work", [("OK", "Y", "Is it fine?", True),
                    ("POINTS", "5", "How well?", True),
                    ("SCORE", "L", "Would you recommend us?", True, lss.ELEVEN)]),
          ("More", [("USES", "M", "What do you use?", False, [("pen", "Pen"), ("ink", "Ink"), ("gum", "Gum")]),
                    ("HOURS", "N", "How many hours?", False),
                    ("WHY", "T", "Why?", False)])]
FIRST = {"q1": "Y", "q2": "4", "q3": "8"}


class Feedback(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()
        cls.maker = cls.site.person("maja.lindqvist@example.org")
        cls.other = cls.site.person("declan.ofaolain@example.org")

    # ---- Steps ----

    def upload(self, content, name="round.lss", person=None):
        person = person or self.maker
        page = person.get("/feedback/staff/import")
        return person.submit(page, "/feedback/staff/import", files=[("file", name, content)])

    def new_survey(self, title=None, groups=GROUPS):
        """A survey by page; its preview."""
        report = self.upload(lss.survey(title or f"Round {next(NUMBER)}", groups))
        self.assertEqual(report.status, 200)
        return self.maker.submit(report, report.path, purpose="To know.")

    def audience(self, page, words):
        return re.search(r'<option value="([^"]+)"[^>]*>' + re.escape(words), page.text)[1]

    def draft(self, survey, audience="Pod Rowan", **more):
        page = self.maker.get(survey.path + "/run")
        fields = {"audience": self.audience(page, audience), "minutes": 7, **more}
        return self.maker.submit(page, "/run", **fields)

    def state(self, run):
        return self.site.one(f"SELECT state FROM {FEEDBACK}.survey_run WHERE public_id = UNHEX('{id_hex(run)}')")

    def number(self, run):
        return self.site.one(f"SELECT id FROM {FEEDBACK}.survey_run WHERE public_id = UNHEX('{id_hex(run)}')")

    def open_run(self, survey=None, audience="Pod Rowan", **more):
        """The address id of a round that is open."""
        page = self.draft(survey or self.new_survey(), audience, **more)
        self.assertEqual(page.status, 200, page.words)
        run = page.path.rsplit("/", 1)[1]
        self.maker.submit(page, "/review")
        self.site.wait(lambda: self.state(run) == "open", 10, "opening")
        return run

    def close_run(self, run, wait=True):
        page = self.maker.get(f"/feedback/staff/runs/{run}")
        self.maker.submit(page, "/close")
        if wait:
            self.site.wait(lambda: self.state(run) == "closed", 15, "closing")

    def publish(self, run):
        page = self.other.get(f"/feedback/staff/runs/{run}")
        return self.other.submit(page, "/publish")

    def expert(self, number):
        """A browser in which this person is signed in: a session put into the database."""
        token = "".join(ALPHABET[b & 31] for b in os.urandom(52))
        key = hashlib.sha256(token.encode()).hexdigest()
        self.site.sql("INSERT INTO keptword_core.session (token_hash, person_id, created_at, seen_at, ends_at)"
                      f" VALUES (UNHEX('{key}'), {number}, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
                      " UTC_TIMESTAMP(6) + INTERVAL 1 HOUR)")
        person = Person(self.site)
        person.cookies["__Host-session"] = token
        return person

    def fill(self, person, run, first, second):
        """Both pages; the page on which all answers are checked."""
        address = f"/feedback/answer/{run}"
        page = person.submit(person.get(address + "?page=1"), address + "?page=1", **first)
        self.assertTrue(page.path.endswith("?page=2"), page.words)
        page = person.submit(page, address + "?page=2", **second)
        self.assertTrue(page.path.endswith("/check"), page.words)
        return page

    def answer(self, number, run, first, second=None):
        person = self.expert(number)
        check = self.fill(person, run, first, second or {})
        thanks = person.submit(check, "/check")
        self.assertTrue(thanks.path.endswith("/thanks"), thanks.words)
        return person

    def sealed(self, run):
        return self.site.sql(f"SELECT person_id, LENGTH(sealed), complete FROM {FEEDBACK}.sealed_response"
                             f" WHERE run_id = {self.number(run)} ORDER BY person_id")

    def responses(self, run):
        return int(self.site.one(f"SELECT COUNT(*) FROM {FEEDBACK}.response WHERE run_id = {self.number(run)}"))

    def credited(self, run):
        return [row[0] for row in self.site.sql(
            f"SELECT CONCAT(person_id, ' ', detail) FROM {FEEDBACK}.event WHERE kind = 'survey.minutes'"
            f" AND subject_id = {self.number(run)} ORDER BY person_id, id")]

    def audits(self, run):
        return [row[0] for row in self.site.sql(
            f"SELECT action FROM {FEEDBACK}.audit WHERE object = 'survey_run:{self.number(run)}' ORDER BY id")]

    def key(self, run):
        return self.site.run / "keys" / f"run-{run}.key"
