"""The pages of the audit: filters, pages, rights, the export, and that none of it looks at more rows
than it shows.
"""
import csv
import io
import os
import re
import signal
import time
import unittest
import urllib.parse

from instance import Site

MANY = 40000


class Audit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()
        cls.auditor = cls.site.person("auditor")
        # Rows of a year ago, so that what others do here stands before them.
        for database, first in (("hdm", 0), ("payments", 1)):
            cls.site.sql(
                f"INSERT INTO keptword_{database}.audit (at, actor_id, action, object, reason, request_id)"
                f" SELECT '2025-01-01' + INTERVAL (seq * 2 + {first}) SECOND, IF(seq % 3 = 0, 0, 31 + seq % 7),"
                " ELT(1 + seq % 4, 'test.one', 'test.two', 'role.given', 'test.rare'),"
                " CONCAT('thing:', seq % 5000), IF(seq % 1000 = 1, '=<b>why</b>', NULL), NULL"
                f" FROM keptword_{database}.seq_1_to_{MANY}")
            cls.site.wait(lambda d=database: cls.site.one(f"SELECT COUNT(*) FROM keptword_{d}.audit_unsealed") == "0",
                          30, "sealing")

    def get(self, reader=None, **query):
        reply = (reader or self.auditor).get("/staff/audit?" + urllib.parse.urlencode(query))
        self.assertEqual(reply.status, 200, query)
        return reply

    def rows(self, reply):
        """Place (program, row) and words of each line."""
        return [(re.search(r'data-label="Where">(\w+), row (\d+)', line).groups(), re.sub(r"<[^>]+>", " ", line))
                for line in re.findall(r"<tr><th scope=\"row\">.*?</tr>", reply.text, re.S)]

    def test_pages_hold_every_row_once(self):
        found, reply = [], self.get(**{"from": "2025-01-01", "to": "2025-01-01", "action": "role.given"})
        while True:
            found += [place for place, _ in self.rows(reply)]
            more = re.search(r'rel="next" href="([^"]+)"', reply.text)
            if not more or len(found) > 600:
                break
            reply = self.auditor.get(more[1].replace("&amp;", "&"))
        self.assertGreater(len(found), 600)
        self.assertEqual(len(found), len(set(found)))
        zone = self.site.one("SELECT time_zone FROM keptword_core.person WHERE email = '%s'"
                             % self.site.account("auditor")["email"])
        self.assertTrue(zone)
        expected = self.site.sql("SELECT * FROM (" + " UNION ALL ".join(
            f"SELECT '{words}' AS place, id, at FROM keptword_{d}.audit WHERE action = 'role.given'"
            " AND at >= '2024-12-31' AND at < '2025-01-03'" for d, words in (("hdm", "HDM"), ("payments", "Payments")))
            + ") x ORDER BY at DESC, place")
        order = [tuple(row[:2]) for row in expected]
        start = order.index(found[0])
        self.assertEqual(found, order[start:start + len(found)])

    def test_filters(self):
        base = {"from": "2025-01-01", "to": "2025-01-02"}
        for query, sql in (({"who": "system"}, "actor_id = 0"), ({"who": "person:33"}, "actor_id = 33"),
                           ({"action": "test.rare"}, "action = 'test.rare'"), ({"object": "thing:77"}, "object = 'thing:77'"),
                           ({"object": "thing:77", "who": "person:37"}, "object = 'thing:77' AND actor_id = 37"),
                           ({"who": "system", "action": "test.two"}, "actor_id = 0 AND action = 'test.two'"),
                           ({"program": "hdm", "action": "test.one"}, "action = 'test.one' AND 'hdm' = 'hdm'")):
            found = self.rows(self.get(**base, **query))
            self.assertTrue(found, query)
            for (program, row), _ in found:
                database = {"HDM": "hdm", "Payments": "payments"}[program]
                self.assertEqual(self.site.one(f"SELECT COUNT(*) FROM keptword_{database}.audit WHERE id = {row} AND {sql}"),
                                 "1", query)
        self.assertEqual({place[0] for place, _ in self.rows(self.get(program="hdm", **base))}, {"HDM"})
        for nothing in ({"who": "nobody@example.org"}, {"object": "thing:99999"}, {"action": "no.such"}, {"program": "mysql"},
                        {"program": "hdm'"}, {"object": "ж"}, {"who": "%"}, {"action": "x" * 100}, {"who": "person:x"}):
            self.assertIn("Nothing fits", self.get(**nothing).text, nothing)
        self.assertIn("does not exist", self.get(**{"from": "2025-02-30"}).text)
        self.assertEqual(len(self.rows(self.get(behind="x.y.z"))), 50)
        # One person by name or mail; several are asked about, with the rest of the question kept.
        marta = self.site.account("contributor")["email"]
        by_mail = self.rows(self.get(who=marta.upper(), **base))
        self.assertEqual(by_mail, self.rows(self.get(who="person:31", **base)))
        self.assertTrue(by_mail)
        which = self.get(who="ma", **base)
        self.assertIn("Who is meant?", which.text)
        link = re.search(r'href="(/staff/audit\?[^"]*who=person%3A\d+[^"]*)"', which.text)[1]
        self.assertIn("from=2025-01-01", link)

    def test_words_and_seals(self):
        admin = self.site.person("admin")
        self.site.wait(lambda: "Not sealed yet" not in self.get(action="session.begun").text, 10, "sealing")
        line = self.rows(self.get(action="session.begun"))[0][1]
        for words in ("Signed in", "Portal, row", "Seal "):
            self.assertIn(words, line)
        reply = self.get(object="thing:1", **{"from": "2025-01-01", "to": "2025-01-02"})
        self.assertIn("=&lt;b&gt;why&lt;/b&gt;", reply.text)
        self.assertNotIn('href="/staff/people/', reply.text)
        # Who may open people finds links to them.
        self.assertIn('href="/staff/people/', self.get(admin, action="session.begun").text)

    def test_export(self):
        reply = self.get(action="test.rare", who="person:33", **{"from": "2025-01-01", "to": "2025-01-03"})
        before = int(self.site.one("SELECT COUNT(*) FROM keptword_core.audit WHERE action = 'audit.exported'"))
        exported = self.auditor.submit(reply, "/staff/audit/export")
        self.assertEqual(exported.status, 200)
        self.assertRegex(exported.header("Content-Disposition"), r"audit-\d{4}-\d\d-\d\d\.csv")
        table = list(csv.reader(io.StringIO(exported.text)))
        self.assertEqual(table[0], ["at", "program", "row", "actor", "name", "action", "object", "reason", "request", "seal"])
        self.assertGreater(len(table), 1000)
        self.assertEqual({row[3] + row[5] for row in table[1:]}, {"person:33test.rare"})
        self.assertEqual(len({tuple(row[1:3]) for row in table[1:]}), len(table) - 1)
        self.assertEqual([row[0] for row in table[1:]], sorted((row[0] for row in table[1:]), reverse=True))
        rows = self.site.sql("SELECT actor_id, object, reason FROM keptword_core.audit WHERE action = 'audit.exported'"
                             " ORDER BY id DESC")
        self.assertEqual(len(rows), before + 1)
        self.assertEqual(rows[0][1], f"audit:{len(table) - 1}")
        self.assertIn("actor=33 action=test.rare", rows[0][2])
        # A formula stays a text; 80,000 rows go in one file.
        began = time.monotonic()
        reply = self.get(**{"from": "2025-01-01", "to": "2025-01-09"})
        every = self.auditor.submit(reply, "/staff/audit/export")
        took = time.monotonic() - began
        self.assertEqual(len(every.text.splitlines()), 1 + 2 * MANY)
        self.assertIn("'=<b>why</b>", every.text)
        print(f" 80,000 rows in {took:.1f} s", end="", flush=True)

    def test_who_may(self):
        for role in ("hdm", "finance", "people_officer", "contributor"):
            person = self.site.person(role)
            self.assertEqual(person.get("/staff/audit").status, 403, role)
            self.assertNotIn('href="/staff/audit"', person.get("/").text)
        self.assertIn('href="/staff/audit"', self.auditor.get("/").text)
        before = self.site.one("SELECT COUNT(*) FROM keptword_core.audit")
        self.get()
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_core.audit"), before)

    def test_alarm_while_the_worker_stands_still(self):
        log = self.site.run / "log" / "hdm.log"
        before = log.read_text().count("audit_unsealed")
        child = self.site.child("hdm.work")
        os.kill(child, signal.SIGSTOP)
        try:
            self.site.sql("INSERT INTO keptword_hdm.audit (at, actor_id, action, object) VALUES"
                          " (UTC_TIMESTAMP(6) - INTERVAL 30 SECOND, 0, 'test.late', 'thing:1')")
            self.assertEqual(self.site.person().get("/healthz").status, 200)
            self.site.wait(lambda: log.read_text().count("audit_unsealed") > before, 5, "the alarm")
            self.assertIn("Not sealed yet", self.get(action="test.late").text)
        finally:
            os.kill(child, signal.SIGCONT)
        self.site.wait(lambda: "Not sealed yet" not in self.get(action="test.late").text, 5, "the seal")
        line = [row for row in log.read_text().splitlines() if "audit_unsealed" in row][-1]
        self.assertRegex(line, r'"level":"error".*"seconds":3\d')

    def test_no_more_rows_are_read_than_shown(self):
        """Rows that the server touches for a page, among 80,000, whatever is asked for."""
        for call in ("NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL", "NULL, NULL, NULL, 33, NULL, NULL, NULL, NULL, NULL",
                     "NULL, NULL, NULL, NULL, 'test.rare', NULL, NULL, NULL, NULL",
                     "NULL, NULL, NULL, NULL, NULL, 'thing:77', NULL, NULL, NULL",
                     "'hdm', '2025-01-01', '2025-01-02', NULL, NULL, NULL, '2025-01-01 10:00:00', 'hdm', 500",
                     "NULL, NULL, NULL, 0, 'test.none', NULL, NULL, NULL, NULL"):
            done = self.site.as_server(
                ["mariadb", "--no-defaults", "--batch", "--skip-column-names", "-S", str(self.site.run / "sock/db.sock")],
                input=f"FLUSH STATUS; CALL keptword_core.audit_rows({call}, 51);"
                      " SHOW SESSION STATUS LIKE 'Handler_read%'".encode())
            counts = re.findall(rb"(?m)^Handler_read_\w+\t(\d+)$", done.stdout)
            self.assertGreater(len(counts), 5, done.stderr)
            read = sum(map(int, counts))
            self.assertLess(read, 3000, call)
        began = time.monotonic()
        for _ in range(10):
            self.get(who="person:33", action="test.rare")
        self.assertLess((time.monotonic() - began) / 10, 0.5)


if __name__ == "__main__":
    unittest.main()
