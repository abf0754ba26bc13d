"""Answers: kept while people change them, sealed while the round is open, without names afterwards,
and once whatever is killed meanwhile."""
import contextlib
import os
import pwd
import subprocess
import time
import unittest

from surveys import FEEDBACK, FIRST, ROWAN, Feedback


class Answering(Feedback):
    def test_wrong_answers_are_kept_and_named(self):
        run = self.open_run()
        person = self.expert(39)
        address = f"/feedback/answer/{run}?page=1"
        page = person.get(address)
        reply = person.submit(page, address, q1="Y", q2="6", q3="3")
        self.assertEqual(reply.status, 422)
        self.assertIn("There is a problem", reply.words)
        self.assertRegex(reply.text, r'value="Y" checked')
        reply = person.submit(page, address, q1=["Y", "N"], q2="1", q3="3")
        self.assertEqual(reply.status, 422)
        self.assertEqual(self.sealed(run), [])
        address = f"/feedback/answer/{run}?page=2"
        person.submit(page, "?page=1", **FIRST)
        reply = person.submit(person.get(address), address, q5="many", q6="w" * 10001)
        self.assertEqual(reply.status, 422)
        self.assertIn("many", reply.text)
        self.assertIn("w" * 10001, reply.text)

    def test_what_is_missing_is_told_and_nothing_is_sent(self):
        run = self.open_run()
        person = self.expert(39)
        address = f"/feedback/answer/{run}"
        page = person.submit(person.get(address + "?page=2"), "?page=2", q6="first")
        self.assertIn("Still needed", page.words)
        with self.assertRaises(AssertionError):
            page.form("/check")  # no button
        token = dict(person.get(address + "?page=1").form("?page=1").fields)["_token"]
        reply = person.post(address + "/check", {"_token": token})
        self.assertEqual(reply.status, 422)
        self.assertEqual(self.sealed(run), [["39", "1054", "0"]])

    def test_go_on_later_change_and_send_twice(self):
        run = self.open_run()
        address = f"/feedback/answer/{run}"
        early = self.expert(39)
        early.submit(early.get(address + "?page=1"), "?page=1", q1="N", q2="1", q3="0")
        # Another browser, later: what was saved is there.
        person = self.expert(39)
        self.assertIn("You have begun", person.get(address).words)
        page = person.get(address + "?page=1")
        self.assertRegex(page.text, r'value="N" checked')
        check = self.fill(person, run, FIRST, {"q6": "words of 39"})
        form, pairs = person.filled(check, "/check")
        paths = {person.post(form.action, pairs).path for _ in range(2)}
        self.assertEqual(paths, {address + "/thanks"})
        self.assertEqual(self.sealed(run), [["39", "1054", "1"]])
        # Changed but not sent again: what was sent counts.
        person.submit(person.get(address + "?page=2"), "?page=2", q6="unsent words")
        self.assertIn("changed something since you sent", person.get(address).words)
        for number in ROWAN[1:]:
            self.answer(number, run, {**FIRST, "q2": str(number % 5 + 1)})
        self.close_run(run)
        words = [row[0] for row in self.site.sql(
            f"SELECT words FROM {FEEDBACK}.answer a JOIN {FEEDBACK}.response r ON r.id = a.response_id"
            f" WHERE r.run_id = {self.number(run)} AND kind = 'text'")]
        self.assertEqual(words, ["words of 39"])
        self.assertEqual(self.responses(run), 6)

    def test_a_closed_round_refuses_kindly(self):
        run = self.open_run()
        person = self.expert(39)
        address = f"/feedback/answer/{run}"
        page = person.get(address + "?page=1")
        self.site.sql(f"UPDATE {FEEDBACK}.survey_run SET closes_at = UTC_TIMESTAMP(6), opens_at ="
                      f" UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE id = {self.number(run)}")
        reply = person.submit(page, "?page=1", **FIRST)
        self.assertEqual(reply.status, 409)
        self.assertIn("nothing more can be sent", reply.words)
        self.site.wait(lambda: self.state(run) == "closed", 15, "closing at its time")
        for path in ("", "?page=1", "/check", "/thanks"):
            reply = person.get(address + path)
            self.assertEqual(reply.status, 200)
            self.assertIn("nothing more can be sent", reply.words)
        self.assertEqual(person.submit(page, "?page=1", **FIRST).status, 409)
        self.assertEqual(self.responses(run), 0)

    def test_nothing_can_be_read_before_or_linked_after(self):
        run = self.open_run()
        number = self.number(run)
        for person in ROWAN:
            self.answer(person, run, {**FIRST, "q1": "Y" if person % 2 else "N"},
                        {"q6": f"the secret of {person} " + "x" * (person - 39) * 20})
        self.assertEqual({(size, complete) for _, size, complete in self.sealed(run)}, {("1054", "1")})
        # As the plugin's own account sees it, and on the disk of the database.
        for row in self.site.sql(f"SELECT HEX(sealed) FROM {FEEDBACK}.sealed_response WHERE run_id = {number}",
                                 account=FEEDBACK):
            plain = bytes.fromhex(row[0])
            self.assertNotIn(b"secret", plain)
            self.assertNotIn(b"OK", plain[2:10])
        self.site.sql(f"FLUSH TABLES {FEEDBACK}.sealed_response FOR EXPORT; UNLOCK TABLES")
        table = self.site.run / "db" / FEEDBACK / "sealed_response.ibd"
        self.assertNotIn(b"the secret of", table.read_bytes())
        # Nothing of the way names person and answer, or that there was one.
        rows = self.site.sql(f"SELECT COUNT(*) FROM {FEEDBACK}.submission WHERE route LIKE '%answer%'")
        self.assertEqual(rows, [["0"]])
        self.assertEqual(self.audits(run), ["survey_run.made", "survey_run.reviewed", "survey_run.opened"])
        self.assertEqual(self.credited(run), [])
        self.assertTrue(self.key(run).exists())
        self.assertEqual(self.key(run).stat().st_mode & 0o777, 0o600)
        self.close_run(run)
        self.assertEqual(self.sealed(run), [])
        self.assertFalse(self.key(run).exists())
        self.assertEqual(self.responses(run), 6)
        for table, columns in (("response", "id,run_id"),
                               ("answer", "response_id,answer_key,kind,choice,number,words")):
            self.assertEqual(self.site.one(
                "SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns"
                f" WHERE table_schema = '{FEEDBACK}' AND table_name = '{table}'"), columns)
        states = self.site.sql(f"SELECT DISTINCT state FROM {FEEDBACK}.invitation WHERE run_id = {number}")
        self.assertEqual(states, [["closed"]])  # who answered is forgotten
        self.assertEqual(self.audits(run)[3:], ["survey_run.ended_early", "survey_run.closed"])
        self.assertEqual(self.credited(run), [f'{p} {{"minutes": 7}}' for p in ROWAN])
        paid = ("SELECT person_id, minutes, state, kind FROM keptword_payments.work_entry WHERE source = 'system'"
                f" AND external_key IN (SELECT UNHEX(SHA2(CONCAT('survey run {number} person ', id), 256))"
                " FROM keptword_core.person) ORDER BY person_id")
        self.site.wait(lambda: len(self.site.sql(paid)) >= 6, 15, "the credit in payments")
        self.assertEqual(self.site.sql(paid), [[str(p), "7", "approved", "survey"] for p in ROWAN])

    def test_no_log_line(self):
        run = self.open_run()
        self.answer(39, run, FIRST)
        time.sleep(1.5)  # nginx writes its log once a second
        for path in (self.site.run / "log").iterdir():
            text = path.read_text(errors="replace")
            self.assertNotIn(run, "\n".join(line for line in text.splitlines() if "/staff/" not in line),
                             path.name)
            self.assertNotIn("/feedback/answer", text, path.name)

    def test_a_lost_key(self):
        run = self.open_run()
        person = self.answer(39, run, FIRST)
        kept = self.key(run).read_bytes()
        self.key(run).unlink()
        try:
            reply = person.get(f"/feedback/answer/{run}")
            self.assertIn("cannot be read on this machine", reply.words)
            fresh = self.expert(40)
            reply = fresh.submit(fresh.get(f"/feedback/answer/{run}?page=1"), "?page=1", **FIRST)
            self.assertEqual(reply.status, 409)
            self.assertIn("cannot be read on this machine", reply.words)
            self.assertFalse(self.key(run).exists())
            page = self.maker.get(f"/feedback/staff/runs/{run}")
            self.assertIn("Its key is not here", page.words)
        finally:
            # It was only left behind: everything is as before.
            self.key(run).write_bytes(kept)
            owner = pwd.getpwuid(os.stat(self.site.run / "sock").st_uid)
            os.chown(self.key(run), owner.pw_uid, owner.pw_gid)
            os.chmod(self.key(run), 0o600)
        self.assertIn("You have sent your answers", person.get(f"/feedback/answer/{run}").words)
        self.key(run).unlink()
        page = self.maker.get(f"/feedback/staff/runs/{run}")
        self.maker.submit(page, "/give-up")
        self.site.wait(lambda: self.state(run) == "closed", 15, "closing")
        row = self.site.sql(f"SELECT answered, unreadable FROM {FEEDBACK}.survey_run WHERE id = {self.number(run)}")
        self.assertEqual(row, [["0", "1"]])
        self.assertEqual(len(self.credited(run)), 6)

    def test_a_changed_seal_does_not_count(self):
        run = self.open_run()
        for number in ROWAN:
            self.answer(number, run, FIRST)
        rows = f"{FEEDBACK}.sealed_response WHERE run_id = {self.number(run)}"
        # One row in another's place.
        self.site.sql(f"SET @s = (SELECT sealed FROM {rows} AND person_id = 39); UPDATE {FEEDBACK}.sealed_response"
                      f" SET sealed = @s WHERE run_id = {self.number(run)} AND person_id = 40")
        self.close_run(run)
        self.assertEqual(self.responses(run), 5)
        self.assertIn("1 answers could not be read", self.maker.get(f"/feedback/staff/runs/{run}").words)


class Killed(Feedback):
    """The worker dies in the middle of closing; the supervisor brings it back."""

    @contextlib.contextmanager
    def held(self, *statements):
        """A session of its own that holds what these statements lock."""
        command = ["mariadb", "--no-defaults", "--batch", "--unbuffered", "--skip-column-names",
                   "-S", str(self.site.run / "sock/db.sock")]
        owner = pwd.getpwuid(os.stat(self.site.run / "sock").st_uid).pw_name
        if os.geteuid() == 0 and owner != "root":
            command = ["setpriv", "--reuid", owner, "--regid", owner, "--clear-groups", "--", *command]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
            for statement in (*statements, "SELECT 'held'"):
                session.stdin.write(statement + ";\n")
            session.stdin.flush()
            while session.stdout.readline().strip() != "held":
                pass
            try:
                yield
            finally:
                session.stdin.close()
                session.wait()

    def waits(self, words):
        return int(self.site.one("SELECT COUNT(*) FROM information_schema.processlist WHERE user = "
                                 f"'{FEEDBACK}' AND info LIKE '%{words}%'")) > 0

    def kill_worker(self):
        before = self.site.child("feedback.work")
        os.kill(before, 9)

        def another():
            with contextlib.suppress(IndexError, FileNotFoundError):  # just being written
                return self.site.child("feedback.work") != before
            return False
        self.site.wait(another, 10, "a new worker")

    def answered(self):
        run = self.open_run()
        for number in ROWAN:
            self.answer(number, run, FIRST, {"q6": f"text of {number}"})
        return run

    def closed_once(self, run):
        self.site.wait(lambda: self.state(run) == "closed", 30, "closing")
        self.assertEqual(self.responses(run), 6)
        words = [row[0] for row in self.site.sql(
            f"SELECT words FROM {FEEDBACK}.answer a JOIN {FEEDBACK}.response r ON r.id = a.response_id"
            f" WHERE r.run_id = {self.number(run)} AND answer_key = 'WHY' ORDER BY words")]
        self.assertEqual(words, [f"text of {n}" for n in ROWAN])
        self.assertEqual(self.credited(run), [f'{p} {{"minutes": 7}}' for p in ROWAN])
        self.assertEqual(self.audits(run).count("survey_run.closed"), 1)
        self.assertEqual(self.sealed(run), [])
        self.assertFalse(self.key(run).exists())

    def test_before_the_answers_are_committed(self):
        run = self.answered()
        with self.held("BEGIN", f"SELECT person_id FROM {FEEDBACK}.invitation WHERE run_id = {self.number(run)}"
                                " AND person_id = 44 FOR UPDATE"):
            self.close_run(run, wait=False)
            self.site.wait(lambda: self.waits("UPDATE invitation"), 10, "the closing transaction")
            self.kill_worker()
            self.assertEqual(self.responses(run), 0)
            self.assertEqual(len(self.sealed(run)), 6)
            self.assertEqual(self.state(run), "open")
            self.assertTrue(self.key(run).exists())
        self.closed_once(run)

    def test_after_the_answers_before_the_credit(self):
        run = self.answered()
        with self.held(f"LOCK TABLES {FEEDBACK}.event READ"):
            self.close_run(run, wait=False)
            self.site.wait(lambda: self.waits("INSERT INTO event"), 10, "the last transaction")
            self.kill_worker()
            self.assertEqual(self.state(run), "closing")
            self.assertEqual(self.responses(run), 6)
            self.assertFalse(self.key(run).exists())
            self.assertEqual(self.credited(run), [])
        self.closed_once(run)

    def test_again_and_again(self):
        for _ in range(3):
            run = self.answered()
            self.close_run(run, wait=False)
            for _ in range(3):
                self.kill_worker()
            self.closed_once(run)


if __name__ == "__main__":
    unittest.main()
