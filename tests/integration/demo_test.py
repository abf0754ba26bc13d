"""Whether the demo's numbers add up on whatever day it is loaded, and the data for measurements."""
import re
import unittest
from fractions import Fraction
from math import floor

from schema import SQL, TOP, Server

TODAY = "2026-11-23"  # a Monday

SERVER = None


def setUpModule():
    global SERVER
    SERVER = Server()
    SERVER.make()


def tearDownModule():
    SERVER.stop()


class Demo(unittest.TestCase):
    """The demo adds up, whichever day it is loaded."""

    def check(self, today):
        SERVER.empty()
        SERVER.demo(today)
        with self.subTest(today=today):
            self.sums()
            self.days(today)
            self.people()

    def test_monday(self):
        self.check(TODAY)

    def test_sunday(self):
        self.check("2026-11-22")

    def test_around_new_year(self):
        for day in ("2026-12-28", "2027-01-01", "2027-01-12", "2027-01-20"):
            self.check(day)

    def test_leap_day(self):
        self.check("2028-02-29")

    def zero(self, sql, database="keptword_payments"):
        self.assertEqual(SERVER.run(sql, database), [])

    def sums(self):
        self.zero("SELECT * FROM statement_fault")
        self.zero("SELECT * FROM unpayable_entry")
        self.zero("SELECT s.id FROM statement s LEFT JOIN statement_line l ON l.statement_id = s.id"
                  " GROUP BY s.id, s.gross_minor HAVING SUM(l.amount_minor) <> s.gross_minor"
                  " OR SUM(l.amount_minor) IS NULL")
        # What a run outside the schedule holds waits for its signature.
        self.zero("SELECT e.id FROM work_entry e JOIN pay_period p ON p.id = e.period_id"
                  " LEFT JOIN statement_entry x ON x.work_entry_id = e.id"
                  " WHERE p.issued_at IS NOT NULL AND e.off_cycle_id = 0 GROUP BY e.id, e.state"
                  " HAVING COUNT(x.statement_id) <> IF(e.state = 'approved', 1, 0)")
        self.zero("SELECT currency FROM ledger GROUP BY currency HAVING SUM(amount_minor) <> 0")
        self.zero("SELECT statement_id, step FROM ledger GROUP BY statement_id, step"
                  " HAVING SUM(amount_minor) <> 0")
        self.assertEqual(SERVER.run("SELECT DISTINCT currency FROM ledger ORDER BY 1",
                                    "keptword_payments"), [["EUR"], ["JPY"], ["USD"]])
        # every line once more, by arithmetic that is not SQL's
        for unit, minutes, units, rate, amount in SERVER.run(
                "SELECT unit, minutes, units, rate_minor, amount_minor FROM statement_line",
                "keptword_payments"):
            exact = (Fraction(int(minutes) * int(rate), 60) if unit == "hour"
                     else Fraction(int(units) * int(rate)))
            self.assertEqual(int(amount), floor(exact + Fraction(1, 2)))
        self.assertEqual(
            SERVER.run("SELECT gross_minor, adjustment_minor, net_minor FROM statement"
                       " WHERE person_id = 31 AND period_id = 11", "keptword_payments"),
            [["164250", "12000", "176250"]])
        self.assertEqual(
            SERVER.run("SELECT l.minutes, l.amount_minor FROM statement_line l JOIN statement s"
                       " ON s.id = l.statement_id WHERE s.person_id = 32 AND s.period_id = 11"
                       " AND l.kind = 'training'", "keptword_payments"), [["7", "552"]])
        self.zero("SELECT r.run_id FROM run_pod r JOIN survey_run u ON u.id = r.run_id GROUP BY r.run_id,"
                  " u.invited, u.answered HAVING SUM(r.invited) <> u.invited OR SUM(r.answered) <>"
                  " u.answered OR u.answered <> (SELECT COUNT(*) FROM response x WHERE x.run_id ="
                  " r.run_id)", "keptword_feedback")

    def days(self, today):
        states = SERVER.run("SELECT state, COUNT(*) FROM pay_period GROUP BY state ORDER BY state",
                            "keptword_payments")
        self.assertEqual(states, [["issued", "1"], ["open", "1"], ["paid", "10"]])
        self.zero("SELECT a.id FROM pay_period a JOIN pay_period b ON b.id = a.id + 1"
                  " WHERE b.start_day <> a.end_day + INTERVAL 1 DAY OR DATEDIFF(a.end_day, a.start_day)"
                  " <> 13")
        self.zero("SELECT p.id FROM pay_period p LEFT JOIN holiday h ON h.calendar = 'demo'"
                  " AND h.day IN (p.pay_on, p.issue_on) WHERE h.day IS NOT NULL"
                  " OR WEEKDAY(p.pay_on) > 4 OR WEEKDAY(p.issue_on) > 4")
        self.zero(f"SELECT id FROM pay_period WHERE id = 12 AND NOT '{today}' BETWEEN start_day AND"
                  " end_day")
        # nothing happened tomorrow
        self.zero(f"SELECT id FROM work_entry WHERE day > '{today}' OR decided_at > '{today} 10:00:00'")
        self.zero(f"SELECT id FROM statement WHERE funds_on > '{today}' OR issued_at >"
                  f" '{today} 10:00:00'")
        late = SERVER.run("SELECT person_id, late_cause FROM published_on_time WHERE on_time = 0",
                          "keptword_payments")
        self.assertEqual(late, [["41", "bank_return"]])
        waits = SERVER.run("SELECT state, COUNT(*) FROM work_entry WHERE period_id = 12 GROUP BY 1"
                           " ORDER BY 1", "keptword_payments")
        self.assertEqual([w[0] for w in waits], ["queried", "submitted"])
        self.assertGreater(int(waits[1][1]), 80)
        overdue = SERVER.run("SELECT hdm_person_id, person_id FROM contact_due WHERE person_id >= 31"
                             f" AND due_at < '{today} 10:00:00'", "keptword_hdm")
        self.assertEqual(overdue, [["14", "52"]])

    def people(self):
        accounts = (SQL / "core" / "demo_accounts.tsv").read_text(encoding="utf-8").splitlines()
        header = (TOP / "common/web/role.h").read_text(encoding="utf-8")
        told = set()
        for line in accounts:
            role, email = line.split("\t")[:2]
            told.add(role)
            self.assertEqual(
                SERVER.one(f"SELECT COUNT(*) FROM person p JOIN role_grant g ON g.person_id = p.id AND"
                           f" g.to_at IS NULL WHERE p.email = '{email}' AND g.role = '{role}' AND"
                           f" p.roles & (1 << role_bit('{role}'))", "keptword_core"), "1", line)
        self.assertEqual(told, set(re.findall(r'X\([A-Z_]+, "([a-z_]+)"\)', header)))
        self.zero("SELECT id FROM person p WHERE roles <> (SELECT BIT_OR(1 << role_bit(role)) FROM"
                  " role_grant g WHERE g.person_id = p.id AND g.to_at IS NULL)", "keptword_core")
        self.zero("SELECT e.id FROM engagement e LEFT JOIN keptword_payments.rate r ON r.offer_id ="
                  " e.offer_id LEFT JOIN offer o ON o.id = e.offer_id AND o.rate_minor = r.amount_minor"
                  " AND o.unit = r.unit AND o.benchmark_minor = r.benchmark_minor GROUP BY e.id"
                  " HAVING COUNT(o.id) <> 1", "keptword_onboarding")


class Generated(unittest.TestCase):
    """sql/payments/generate.sql, as the measurements use it."""

    def test_counts_and_order(self):
        SERVER.empty()
        SERVER.demo(TODAY)
        before = int(SERVER.one("SELECT COUNT(*) FROM statement", "keptword_payments"))
        SERVER.file(SQL / "payments" / "generate.sql", "keptword_payments",
                    "SET @people = 40, @periods = 30, @lines = 3, @entries = 5,"
                    f" @today = DATE('{TODAY}'), @now = CAST('{TODAY} 10:00:00' AS DATETIME(6));\n")
        self.assertEqual(int(SERVER.one("SELECT COUNT(*) FROM statement", "keptword_payments")) - before,
                         40 * 30)
        self.assertEqual(SERVER.run("SELECT s.id FROM statement s JOIN statement_line l ON l.statement_id"
                                    " = s.id GROUP BY s.id, s.gross_minor, s.minutes HAVING"
                                    " SUM(l.amount_minor) <> s.gross_minor OR SUM(l.minutes) <> s.minutes",
                                    "keptword_payments"), [])
        self.assertEqual(SERVER.one("SELECT SUM(entries) FROM payable_line WHERE period_id = 1000031",
                                    "keptword_payments"), str(40 * 5))
        self.assertEqual(SERVER.one("SELECT COUNT(*) FROM unpayable_entry", "keptword_payments"), "0")
        SERVER.run("INSERT INTO session (token_hash, person_id, created_at, seen_at, ends_at) VALUES ("
                   "UNHEX(SHA2('a', 256)), 1000001, '2026-11-01',"
                   " '2026-11-01', '2026-11-08')", "keptword_core")
        rows = SERVER.run(
            "EXPLAIN SELECT c.person_id, s.net_minor FROM keptword_core.caller c JOIN statement s ON"
            " s.person_id = c.person_id WHERE c.token_hash = UNHEX(SHA2('a', 256)) AND c.seen_at >"
            " '2026-10-01' AND c.ends_at > '2026-10-01' ORDER BY s.period_end DESC, s.id DESC LIMIT 26",
            "keptword_payments")
        self.assertEqual([(r[3], r[5]) for r in rows],
                         [("const", "PRIMARY"), ("const", "PRIMARY"), ("ref", "PRIMARY")])
        self.assertNotIn("filesort", " ".join(r[-1] for r in rows))


if __name__ == "__main__":
    unittest.main()
