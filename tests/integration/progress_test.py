"""Progress of long work: in a page, by its JSON (304 while nothing moves, and no session is
prolonged), and on the command line, on a terminal and without one.
"""
import json
import os
import pty
import re
import subprocess
import unittest

from instance import TOP, Site, id_text

ADAEZE = "adaeze.nwankwo@example.org"
JOB = ("INSERT INTO keptword_payments.job (kind, subject_id, person_id, detail, state, done, total, owner, "
       "lease_until, not_before, created_at, begun_at) VALUES ('{kind}', {subject}, 3, '{{}}', '{state}', {done}, "
       "{total}, 'test', UTC_TIMESTAMP(6) + INTERVAL 1 HOUR, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)"
       " - INTERVAL {ago} SECOND)")


class Progress(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(THREADS="4")
        cls.adaeze = cls.site.person(ADAEZE)

    @classmethod
    def tearDownClass(cls):
        cls.site.remove()

    def job(self, kind, subject, state="running", done=120, total=400, ago=60):
        self.site.sql(JOB.format(kind=kind, subject=subject, state=state, done=done, total=total, ago=ago))

    def preparing(self):
        """A run at work: its id, its address part."""
        row = self.site.sql("SELECT id, HEX(public_id), period_id FROM keptword_payments.pay_run ORDER BY id DESC "
                            "LIMIT 1")[0]
        self.site.sql("INSERT INTO keptword_payments.pay_run (public_id, period_id, made_by, made_at) VALUES "
                      f"(RANDOM_BYTES(16), {row[2]}, 3, UTC_TIMESTAMP(6))")
        made = self.site.sql("SELECT id, HEX(public_id) FROM keptword_payments.pay_run ORDER BY id DESC LIMIT 1")[0]
        self.addCleanup(self.site.sql, f"DELETE FROM keptword_payments.job WHERE subject_id = {made[0]} AND owner = "
                                       f"'test'; DELETE FROM keptword_payments.pay_run WHERE id = {made[0]}")
        return made[0], id_text(made[1])

    def test_page_and_json_say_the_same(self):
        run, address = self.preparing()
        page = self.adaeze.get(f"/payments/staff/runs/{address}")
        self.assertIn("It begins in a moment.", page.words)
        self.job("payments.run", run)
        page = self.adaeze.get(f"/payments/staff/runs/{address}")
        self.assertIn('<progress max="400" value="120"', page.text)
        # 60 s for 120, so 140 s for the other 280: about 2 minutes.
        self.assertIn("120 of 400 people. About 2 min more.", page.words)
        self.assertIn(f"/payments/staff/runs/{address}", page.page.links)  # look again
        poll = re.search(r'data-progress="([^"]+)"', page.text)[1]
        self.assertRegex(page.text, r'<script src="/static/progress\.\w{12}\.js" defer></script>')
        reply = self.adaeze.get(poll)
        self.assertEqual(json.loads(reply.text), {"state": "preparing", "done": 120, "total": 400, "ended": False,
                                                  "text": "120 of 400 people. About 2 min more."})
        self.site.sql(f"UPDATE keptword_payments.job SET done = 399 WHERE subject_id = {run} AND owner = 'test'")
        self.assertIn("Less than a minute more", json.loads(self.adaeze.get(poll).text)["text"])

    def test_a_poll_gets_304_and_prolongs_nothing(self):
        run, address = self.preparing()
        # A tenth in under 5 seconds would be no honest guess, so there is none.
        self.job("payments.run", run, done=40, ago=1)
        poll = f"/payments/api/runs/{address}"
        person = self.site.person("bruno.cavalcanti@example.org")
        tag = person.get(poll).header("ETag")
        self.assertIn('"text":"40 of 400 people."', person.get(poll).text)
        self.site.sql("UPDATE keptword_core.session SET seen_at = seen_at - INTERVAL 20 MINUTE WHERE person_id = 4")
        seen = "SELECT MAX(seen_at) FROM keptword_core.session WHERE person_id = 4"
        before = self.site.one(seen)
        reply = person.get(poll, headers={"If-None-Match": tag})
        self.assertEqual((reply.status, reply.body), (304, b""))
        self.assertEqual(self.site.one(seen), before)
        self.site.sql(f"UPDATE keptword_payments.job SET done = 41 WHERE subject_id = {run} AND owner = 'test'")
        self.assertEqual(person.get(poll, headers={"If-None-Match": tag}).status, 200)
        self.assertEqual(self.site.one(seen), before)
        person.get("/")  # a page does prolong it
        self.site.wait(lambda: self.site.one(seen) > before)

    def test_work_that_stopped_is_not_waited_for(self):
        run, address = self.preparing()
        self.job("payments.run", run, state="failed")
        page = self.adaeze.get(f"/payments/staff/runs/{address}")
        self.assertIn("The work has stopped", page.words)
        self.assertNotIn("<progress", page.text)
        self.assertNotIn("/static/progress.", page.text)
        told = json.loads(self.adaeze.get(f"/payments/api/runs/{address}").text)
        self.assertEqual((told["state"], told["ended"]), ("stopped", True))

    def test_what_is_over_says_so(self):
        run = id_text(self.site.one("SELECT HEX(public_id) FROM keptword_payments.pay_run WHERE state = 'issued' "
                                    "LIMIT 1"))
        self.assertTrue(json.loads(self.adaeze.get(f"/payments/api/runs/{run}").text)["ended"])
        period = id_text(self.site.one("SELECT HEX(public_id) FROM keptword_payments.pay_period WHERE state = 'paid' "
                                       "LIMIT 1"))
        self.assertTrue(json.loads(self.adaeze.get(f"/payments/api/periods/{period}").text)["ended"])
        officer = self.site.person("people_officer")
        survey = id_text(self.site.one("SELECT HEX(public_id) FROM keptword_feedback.survey_run WHERE state = 'open' "
                                       "LIMIT 1"))
        told = json.loads(officer.get(f"/feedback/api/runs/{survey}").text)
        self.assertEqual((told["total"], told["done"]), (0, 0))  # never how many

    def on_terminal(self, *command):
        """What a person sees who types this; the exit code."""
        outer, inner = pty.openpty()
        with subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, close_fds=True) as process:
            os.close(inner)
            seen = b""
            while True:
                try:
                    piece = os.read(outer, 4096)
                except OSError:
                    break
                if not piece:
                    break
                seen += piece
            process.wait()
        os.close(outer)
        return seen.decode(), process.returncode

    def test_z_on_the_command_line(self):
        day = self.site.one("SELECT start_day FROM keptword_payments.pay_period WHERE state = 'open' ORDER BY "
                            "start_day LIMIT 1")
        # So that a worker is not faster than the command.
        self.site.sql("UPDATE keptword_payments.work_entry SET state = 'submitted', decided_by = NULL, decided_at = "
                      "NULL WHERE state = 'queried'")
        done = self.site.command("payments", "lock", day, "--by", ADAEZE, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "Locked.\n")
        self.assertNotIn("\r", done.stderr)
        binary = str(self.site.run / "bin/payments")
        seen, code = self.on_terminal(binary, "run", day, "--by", ADAEZE)
        self.assertEqual(code, 0, seen)
        line = re.search(r"\r(\d+) of (\d+) \(100 %\)\x1b\[K\r\n", seen)
        self.assertTrue(line, repr(seen))
        self.assertEqual(line[1], line[2])
        self.assertIn("Ready.", seen)
        done = self.site.command("payments", "abandon", day, "--by", ADAEZE)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.site.command("payments", "run", day, "--by", ADAEZE, stdin=subprocess.DEVNULL)
        self.assertRegex(done.stderr, r"(?m)^\d+ of \d+ \(100 %\)$")
        self.assertNotIn("\r", done.stderr + done.stdout)
        # Whoever started it finds it at home when they come back.
        page = self.adaeze.get("/")
        self.assertRegex(page.words, r"The pay run for .* is worked out|Pay run for .*:")

    def test_script_is_small_and_safe(self):
        text = (TOP / "templates/static/progress.js").read_text(encoding="utf-8")
        self.assertLess(len(text), 4096)
        for word in ("innerHTML", "eval", "document.write", "insertAdjacent"):
            self.assertNotIn(word, text)


if __name__ == "__main__":
    unittest.main()
