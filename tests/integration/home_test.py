"""The home page: what waits, next first and overdue in words; what is new since the visit before;
long work that somebody started; and the statement on accessibility.
"""
import datetime
import re
import unittest

from instance import Site, id_text

MARTA = 31


class Home(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Of its own: what other tests do is new to everybody.
        cls.site = Site(GUESSES="1000", KEPTWORD_SCRYPT_LOG_N="14")

    @classmethod
    def tearDownClass(cls):
        cls.site.remove()

    def setUp(self):
        self.forget()

    def forget(self, person=MARTA):
        self.site.sql(f"DELETE FROM keptword_core.home_visit WHERE person_id = {person}")

    def visit(self, person=MARTA):
        return self.site.sql("SELECT since_at, seen_at FROM keptword_core.home_visit WHERE person_id = "
                             f"{person}")

    def age(self, minutes, person=MARTA):
        """As if the last visit was so long ago."""
        self.site.sql(f"UPDATE keptword_core.home_visit SET seen_at = seen_at - INTERVAL {minutes} MINUTE, "
                      f"since_at = since_at - INTERVAL {minutes} MINUTE WHERE person_id = {person}")

    def new(self, page):
        """Addresses of what is new, in order."""
        part = page.text[page.text.index("Since you were last here"):]
        part = part[:part.index("What came last")] if "What came last" in part else part
        return re.findall(r'<a href="(/(?!accessibility)[^"]+)"', part)

    def test_a_visit(self):
        marta = self.site.person("contributor")
        self.forget()
        page = marta.get("/")
        newest = self.site.one("SELECT HEX(public_id) FROM keptword_payments.statement WHERE person_id = 31 "
                               "ORDER BY period_end DESC LIMIT 1")
        statement = "/payments/statements/" + id_text(newest)
        self.assertIn(statement, self.new(page))  # a first visit looks back
        first = self.visit()
        self.assertEqual(len(first), 1)
        # Reloading shows the same and writes nothing.
        self.assertEqual(self.new(marta.get("/")), self.new(page))
        self.assertEqual(self.visit(), first)
        # 29 minutes later it is the same visit, and its time moves on.
        self.age(29)
        seen = self.visit()[0]
        self.assertIn(statement, self.new(marta.get("/")))
        now = self.visit()[0]
        self.assertEqual(now[0], seen[0])
        self.assertGreater(now[1], seen[1])
        # After 31 it is another one: nothing is newer, and it says so and offers what came last.
        self.age(31)
        seen = self.visit()[0]
        page = marta.get("/")
        self.assertEqual(self.new(page), [])
        self.assertIn("All quiet since", page.words)
        self.assertIn("What came last", page.words)
        self.assertIn(statement, page.text)
        self.assertEqual(self.visit()[0][0], seen[1])
        # Something comes: it is new, and stays so while the visit lasts.
        self.site.sql("UPDATE keptword_hdm.note SET changed_at = UTC_TIMESTAMP(6) WHERE person_id = 31 AND "
                      "visibility = 'shared' AND author_id <> 31 ORDER BY id DESC LIMIT 1")
        for _ in range(2):
            page = marta.get("/")
            self.assertEqual(self.new(page), ["/hdm/my-contacts"])
            self.assertNotIn("All quiet", page.words)

    def test_a_read_is_a_read(self):
        """GET changes nothing but the note of the visit, which nobody else's page shows."""
        other = self.site.person("layla.mansour@example.org")
        other.get("/")
        before = self.site.one("SELECT MAX(version) FROM keptword_core.person")
        for _ in range(3):
            self.site.person("contributor").get("/")
        self.assertEqual(self.site.one("SELECT MAX(version) FROM keptword_core.person"), before)
        self.assertEqual(len(self.visit()), 1)

    def test_first_of_all_and_no_past(self):
        """Nobody is told what happened in the future, or that nothing is new when they never were here."""
        priya = self.site.one("SELECT id FROM keptword_core.person WHERE email = 'priyanka.venkataraman@example.org'")
        self.forget(priya)
        person = self.site.person("spl")  # signing in shows home, too: the same visit
        self.assertIn("Nothing yet", person.get("/").words)
        self.age(31, priya)
        self.assertIn("All quiet since", person.get("/").words)

    def test_overdue_is_said_and_stands_first(self):
        page = self.site.person("rafael.quinones@example.org").get("/")
        self.assertIn("Overdue It was promised by", page.words)
        page = self.site.person("reviewer").get("/")
        items = page.text[page.text.index("Waiting for you"):page.text.index("Since you were")]
        # Of several the earliest is first.
        self.assertLess(items.index("Applications to read"), items.index("We would like to hear")
                        if "We would like to hear" in items else len(items))

    def test_each_item_says_why_and_opens(self):
        seen = set()
        for account in self.site.accounts():
            person = self.site.person(account["email"])
            page = person.get("/")
            self.assertNotRegex(page.words, r"\b(payments|onboarding|feedback|hdm|portal)\.\w+\.\w+")
            part = page.text[page.text.index("<h2>"):page.text.index("</main>")]
            for item in re.findall(r"<li>(.*?)</li>", part, re.S):
                address = re.search(r'href="([^"]+)"', item)[1].replace("&amp;", "&")
                if (account["role"], address) not in seen:
                    seen.add((account["role"], address))
                    self.assertEqual(person.get(address).status, 200, (account["role"], address))
        self.assertGreater(len(seen), 15)

    def test_answers_and_runs_wait_for_the_right_one(self):
        asked = self.site.sql("SELECT id, person_id FROM keptword_payments.work_entry WHERE state = 'queried' LIMIT 1")
        self.assertTrue(asked)
        entry = asked[0][0]
        row = self.site.sql("SELECT COALESCE(answer, ''), decided_by FROM keptword_payments.work_entry WHERE id = "
                            f"{entry}")[0]
        self.site.sql("UPDATE keptword_payments.work_entry SET state = 'submitted', answer = 'It was the other one.', "
                      f"decided_by = 3 WHERE id = {entry}")
        try:
            self.assertIn("Answers to your questions", self.site.person("adaeze.nwankwo@example.org").get("/").words)
            self.assertNotIn("Answers to your questions",
                             self.site.person("bruno.cavalcanti@example.org").get("/").words)
        finally:
            self.site.sql("UPDATE keptword_payments.work_entry SET state = 'queried', answer = NULL, decided_by = "
                          f"{row[1]} WHERE id = {entry}")

    def test_leave_and_come_back(self):
        """Work that somebody started is on their page, and only theirs, until it is done; then it is new."""
        run = self.site.sql("SELECT id, HEX(public_id) FROM keptword_payments.pay_run ORDER BY id DESC LIMIT 1")[0]
        address = "/payments/staff/runs/" + id_text(run[1])
        self.site.sql("INSERT INTO keptword_payments.job (kind, subject_id, person_id, detail, state, done, total, "
                      "owner, lease_until, not_before, created_at, begun_at) VALUES ('payments.issue', "
                      f"{run[0]}, 4, '{{}}', 'running', 40, 100, 'test', UTC_TIMESTAMP(6) + INTERVAL 1 HOUR, "
                      "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
        try:
            self.forget(4)
            bruno = self.site.person("bruno.cavalcanti@example.org")
            page = bruno.get("/")
            self.assertIn("Working on it", page.page.headings)
            self.assertRegex(page.words, r"Issuing the statements for .*: 40 %")
            self.assertIn(address, page.text)
            self.assertNotIn("Working on it", self.site.person("adaeze.nwankwo@example.org").get("/").words)
            self.site.sql("UPDATE keptword_payments.job SET state = 'done', done = 100, owner = NULL, lease_until = "
                          "NULL, finished_at = UTC_TIMESTAMP(6) WHERE owner = 'test'")
            page = bruno.get("/")
            self.assertNotIn("Working on it", page.words)
            self.assertIn(address, self.new(page))
            self.assertRegex(page.words, r"The statements for .* are issued")
            self.age(40, 4)
            self.site.sql("UPDATE keptword_payments.job SET finished_at = finished_at - INTERVAL 50 MINUTE "
                          f"WHERE person_id = 4 AND subject_id = {run[0]}")
            self.assertNotIn(address, self.new(bruno.get("/")))
        finally:
            self.site.sql(f"DELETE FROM keptword_payments.job WHERE person_id = 4 AND subject_id = {run[0]} AND "
                          "kind = 'payments.issue' AND total = 100")

    def test_the_plan_reads_own_statements_only(self):
        """Told by '?', MariaDB would read everybody's (home.c)."""
        for name in ("changed", "working"):
            rows = self.site.sql("SET @home_person = 31, @home_roles = 2, @home_newer = '2026-01-01'; EXPLAIN SELECT "
                                 f"code FROM keptword_core.{name} WHERE person_id = @home_person")
            for row in rows:
                if row[2] in ("s", "n", "e", "b"):
                    self.assertIn(row[3], ("ref", "eq_ref", "range"), row)


class Accessibility(unittest.TestCase):
    def test_anybody_may_read_it(self):
        site = Site.shared()
        reply = site.person().get("/accessibility", follow=False)
        self.assertEqual(reply.status, 200)
        for words in ("WCAG", "2.2", "screen reader", "PDF/UA", "within two working days"):
            self.assertIn(words, reply.words)
        self.assertIn("Lanternfield", reply.words)
        self.assertIn("Write to access@lanternfield.example.", reply.words)
        self.assertIn("/accessibility", site.person().get("/sign-in").page.links)
        self.assertIn("/accessibility", site.person("contributor").get("/").page.links)
        said = re.search(r"This statement is of (\d+ \w+ \d{4})", reply.words)[1]
        datetime.datetime.strptime(said, "%d %B %Y")


if __name__ == "__main__":
    unittest.main()
