"""@name@ on the running instance: a person asks and sees their own only, their HDM answers once, both
are told on the home page, and the worker deletes what was kept long enough."""
import os
import signal
import unittest
import uuid

from instance import Site, id_text

MARTA = "marta.kowalczyk@example.org"
OWN, STAFF = "/@name@/asks", "/@name@/staff/asks"


class Ask(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()
        hdm = cls.site.one("SELECT h.email FROM keptword_core.person p JOIN keptword_core.pod_member m ON m.person_id"
                           " = p.id AND m.to_on IS NULL JOIN keptword_core.pod d ON d.id = m.pod_id JOIN"
                           f" keptword_core.person h ON h.id = d.hdm_person_id WHERE p.email = '{MARTA}' LIMIT 1")
        other = next(a["email"] for a in cls.site.accounts() if a["role"] == "hdm" and a["email"] != hdm)
        cls.marta, cls.hdm, cls.other = (cls.site.person(who) for who in (MARTA, hdm, other))

    def ask(self):
        """Marta asks; the title and the address of the answerer's page."""
        title = f"Test {uuid.uuid4().hex[:12]}"
        self.addCleanup(self.site.sql, f"DELETE FROM keptword_@name@.ask WHERE title = '{title}'")
        page = self.marta.submit(self.marta.get(OWN), OWN, title=title, words="One line.\nAnother.")
        self.assertEqual((page.status, page.hops[0][0]), (200, 303))
        self.assertIn("Your question is kept", page.words)
        found = self.site.one(f"SELECT HEX(public_id) FROM keptword_@name@.ask WHERE title = '{title}'")
        return title, f"{STAFF}/{id_text(found)}"

    def rows(self, table, what):
        return int(self.site.one(f"SELECT COUNT(*) FROM keptword_@name@.{table} WHERE {what}"))

    def test_what_is_missing_is_said_and_what_was_typed_is_kept(self):
        page = self.marta.submit(self.marta.get(OWN), OWN, title="Kept as typed", words="")
        self.assertEqual(page.status, 422)
        self.assertIn('value="Kept as typed"', page.text)
        self.assertEqual(self.rows("ask", "title = 'Kept as typed'"), 0)

    def test_sent_twice_counts_once(self):
        title = f"Test {uuid.uuid4().hex[:12]}"
        self.addCleanup(self.site.sql, f"DELETE FROM keptword_@name@.ask WHERE title = '{title}'")
        _, pairs = self.marta.filled(self.marta.get(OWN), OWN, title=title, words="Once.")
        first, second = (self.marta.post(OWN, pairs, follow=False) for _ in range(2))
        self.assertEqual(first.header("Location"), second.header("Location"))
        self.assertEqual(self.rows("ask", f"title = '{title}'"), 1)

    def test_asked_answered_told(self):
        title, path = self.ask()
        self.assertIn(title, self.hdm.get(STAFF).words)
        self.assertIn("What your people ask", self.hdm.get("/").words)
        form = self.hdm.get(path)
        self.assertEqual(self.hdm.submit(form, path, answer="Like this.").path, STAFF)
        self.assertNotIn(title, self.hdm.get(STAFF).words)
        own = path.replace("/staff", "")
        self.assertIn("Like this.", self.marta.get(own).words)
        self.assertIn(own, self.marta.get("/").page.links)
        one = f"subject_id = (SELECT id FROM keptword_@name@.ask WHERE title = '{title}')"
        self.assertEqual(self.rows("event", f"kind = 'ask.answered' AND {one}"), 1)
        self.assertEqual(self.rows("audit", "object = CONCAT('ask:', (SELECT id FROM keptword_@name@.ask"
                                            f" WHERE title = '{title}'))"), 2)

    def test_the_second_answer_finds_the_first(self):
        title, path = self.ask()
        form = self.hdm.get(path)
        _, late = self.hdm.filled(self.hdm.get(path), path, answer="The second.")
        self.hdm.submit(form, path, answer="The first.")
        reply = self.hdm.post(path, late)
        self.assertEqual(reply.status, 409)
        self.assertIn("The first.", reply.words)
        self.assertIn("The second.", reply.words)
        self.assertEqual(self.rows("ask", f"title = '{title}' AND answer = 'The first.'"), 1)

    def test_somebody_elses_does_not_exist(self):
        title, path = self.ask()
        self.assertEqual(self.other.get(path).status, 404)
        self.assertNotIn(title, self.other.get(STAFF).words)
        self.assertEqual(self.hdm.get(path).status, 200)

    def test_what_was_kept_long_enough_goes(self):
        old, kept = f"Test {uuid.uuid4().hex[:12]}", f"Test {uuid.uuid4().hex[:12]}"
        self.addCleanup(self.site.sql, f"DELETE FROM keptword_@name@.ask WHERE title IN ('{old}', '{kept}')")
        for title, days in ((old, 731), (kept, 729)):
            self.site.sql("INSERT INTO keptword_@name@.ask (person_id, asked_at, public_id, title, body, due_at, state,"
                          f" answer, answered_by, answered_at) SELECT id, UTC_TIMESTAMP(6) - INTERVAL {days} DAY,"
                          f" RANDOM_BYTES(16), '{title}', 'x', UTC_TIMESTAMP(6), 'answered', 'x', id,"
                          f" UTC_TIMESTAMP(6) - INTERVAL {days} DAY FROM keptword_core.person WHERE email = '{MARTA}'")
        # A worker that begins looks at once.
        os.kill(self.site.child("@name@.work"), signal.SIGTERM)
        self.site.wait(lambda: self.rows("ask", f"title = '{old}'") == 0, 20, "the deletion")
        self.assertEqual(self.rows("ask", f"title = '{kept}'"), 1)


if __name__ == "__main__":
    unittest.main()
