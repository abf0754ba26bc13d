"""The calendar of pay: the page, the subscription read as RFC 5545 says, holidays with what they move, schedules from
presets, the board. On an instance of its own, because holidays move promised days.
"""
import datetime
import re
import unittest

from instance import Site

MARTA, SIYUAN, FINANCE = "marta.kowalczyk@example.org", "chen.siyuan@example.org", "adaeze.nwankwo@example.org"


def read_calendar(data):
    """[{name: value}] of the events, and the properties of the calendar, by a reader of its own: RFC 5545 3.1 (lines,
    folding), 3.3.11 (texts), 3.6 (what must and may stand where)."""
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode("utf-8")  # folded between characters
    lines = data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode("utf-8").split("\r\n")[:-1]
    stack, calendar, events = [], {}, []
    for line in lines:
        name, value = re.fullmatch(r'([A-Z-]+(?:;[A-Z-]+=[^;:"]+)*):(.*)', line).groups()
        name, *parameters = name.split(";")
        if name == "BEGIN":
            assert [*stack, value] in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]), line
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        else:
            into = events[-1] if stack == ["VCALENDAR", "VEVENT"] else calendar
            assert name not in into, line  # each at most once here
            if name in ("SUMMARY", "DESCRIPTION"):
                assert not re.search(r"(?<!\\)(\\\\)*[;,]", value), value
                value = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
            into[name] = (value, parameters) if parameters else value
    assert not stack and calendar["VERSION"] == "2.0" and calendar["PRODID"]
    uids = [event["UID"] for event in events]
    assert len(uids) == len(set(uids))
    for event in events:
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"]), event
        if isinstance(event["DTSTART"], tuple):
            assert event["DTSTART"][1] == ["VALUE=DATE"] == event["DTEND"][1]
            assert day(event["DTEND"][0]) - day(event["DTSTART"][0]) == datetime.timedelta(days=1)
        else:
            assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTART"])
        int(event["SEQUENCE"])
    return events, calendar


def day(text):
    return datetime.datetime.strptime(text, "%Y%m%d").date()


class Calendar(unittest.TestCase):
    _site = None

    @classmethod
    def setUpClass(cls):
        if Calendar._site is None:
            Calendar._site = Site(THREADS="4")
            Calendar._site.command("payments", "periods")  # made ahead, as the worker does within the hour
        cls.site = Calendar._site
        cls.marta, cls.finance = cls.site.person(MARTA), cls.site.person(FINANCE)

    def sql(self, text):
        return self.site.sql("USE keptword_payments; " + text)

    def one(self, text):
        rows = self.sql(text)
        return rows[0][0] if rows else None

    def address(self, person):
        page = person.get("/payments/calendar")
        shown = person.submit(page, "/payments/calendar/address")
        return re.search(r"<code dir=.ltr.>https?://[^/]+(/payments/calendar/feed/[0-9a-z]{52})</code>", shown.text)[1]

    def feed(self, address, status=200):
        reply = self.site.person().get(address, follow=False)
        self.assertEqual(reply.status, status)
        return read_calendar(reply.body if hasattr(reply, "body") else reply.text.encode())[0] if status == 200 else None


class SubscriptionTest(Calendar):
    def test_a_year_as_the_page_has_it(self):
        page = self.marta.get("/payments/calendar")
        self.assertEqual(page.status, 200)
        rows = page.text.count("<tr>") - 1
        self.assertGreaterEqual(rows, 26)
        events = self.feed(self.address(self.marta))
        money = [e for e in events if e["UID"].startswith("money-")]
        self.assertEqual(len(events), 3 * len(money))
        # 26 fortnights a year and one that is under way; a month of what was.
        self.assertIn(len(money), range(27, 31))
        starts = [datetime.date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", e["UID"])[0]) for e in money]
        self.assertEqual({b - a for a, b in zip(starts, starts[1:])}, {datetime.timedelta(days=14)})
        pays = {start: day(e["DTSTART"][0]) for start, e in zip(starts, money)}
        holidays = {row[0] for row in self.sql("SELECT day FROM holiday WHERE calendar = 'demo'")}
        for start, pay in pays.items():  # worked out again: the 18th day on, off weekends and holidays
            expected = start + datetime.timedelta(days=13 + 5)
            while expected.weekday() > 4 or str(expected) in holidays:
                expected += datetime.timedelta(days=1)
            self.assertEqual(pay, expected)
        moves = dict(self.sql("SELECT start_day, COUNT(*) FROM pay_move WHERE schedule_id = 1 GROUP BY start_day"))
        self.assertEqual([e["SEQUENCE"] for e in money], [moves.get(str(start), "0") for start in starts])
        lock = next(e for e in events if e["UID"].startswith(f"lock-1-{starts[-1]}"))
        self.assertEqual(lock["DTSTART"], (starts[-1] + datetime.timedelta(days=15)).strftime("%Y%m%dT000000Z"))

    def test_the_address_is_a_secret_and_ends(self):
        address = self.address(self.marta)
        token = address.rsplit("/", 1)[1]
        self.assertNotIn(token, self.marta.get("/payments/calendar").text)  # shown once
        self.assertEqual(self.one("SELECT COUNT(*) FROM calendar_address WHERE person_id = 31 AND token_hash = "
                                  f"UNHEX(SHA2('{token}', 256))"), "1")
        self.feed(address)
        again = self.site.person().get(address)
        same = self.site.person().get(address, headers={"If-None-Match": again.header("ETag")})
        self.assertEqual(same.status, 304)
        for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), token[:-1], token * 3, "x"):
            self.feed("/payments/calendar/feed/" + wrong, 404)
        second = self.address(self.marta)
        self.feed(address, 404)
        self.feed(second)
        other = self.address(self.site.person(SIYUAN))
        self.marta.submit(self.marta.get("/payments/calendar"), "/payments/calendar/address/end")
        self.feed(second, 404)
        self.feed(other)
        self.sql("UPDATE keptword_core.person SET state = 'disabled' WHERE email = 'chen.siyuan@example.org'")
        try:
            self.feed(other, 404)
        finally:
            self.sql("UPDATE keptword_core.person SET state = 'active' WHERE email = 'chen.siyuan@example.org'")
        for log in (self.site.run / "log").iterdir():
            text = log.read_text(encoding="utf-8", errors="replace")
            for one in (token, second.rsplit("/", 1)[1], other.rsplit("/", 1)[1]):
                self.assertNotIn(one, text, log)

    def test_in_the_language_of_the_person(self):
        locale = self.one("SELECT locale FROM keptword_core.person WHERE id = 31")
        self.addCleanup(self.sql, f"UPDATE keptword_core.person SET locale = '{locale}' WHERE id = 31")
        english = self.feed(self.address(self.marta))[2]
        for tag in ("es", "ar"):
            self.sql(f"UPDATE keptword_core.person SET locale = '{tag}' WHERE id = 31")
            event = self.feed(self.address(self.marta))[2]
            self.assertNotEqual(event["SUMMARY"], english["SUMMARY"])
            self.assertEqual(event["UID"], english["UID"])

    def test_payees_in_the_us_have_it_later(self):
        country = self.one("SELECT QUOTE(country) FROM keptword_core.person WHERE id = 31")
        self.sql("UPDATE pay_schedule SET us_later = 1; UPDATE keptword_core.person SET country = 'US' WHERE id = 31")
        self.addCleanup(self.sql, "UPDATE pay_schedule SET us_later = 0; UPDATE keptword_core.person SET country = "
                                  f"{country} WHERE id = 31")
        there = {e["UID"]: e["DTSTART"] for e in self.feed(self.address(self.marta)) if e["UID"].startswith("money")}
        here = {e["UID"]: e["DTSTART"] for e in self.feed(self.address(self.site.person(SIYUAN))) if e["UID"].startswith("money")}
        holidays = {row[0] for row in self.sql("SELECT day FROM holiday WHERE calendar = 'demo'")}
        for uid, start in here.items():
            expected = day(start[0]) + datetime.timedelta(days=1)
            while expected.weekday() > 4 or str(expected) in holidays:
                expected += datetime.timedelta(days=1)
            self.assertEqual(day(there[uid][0]), expected)

    def test_who_is_not_paid_is_told(self):
        self.sql("CREATE TABLE kept_payee SELECT * FROM payee WHERE person_id = 31; DELETE FROM payee WHERE person_id = 31")
        self.addCleanup(self.sql, "INSERT INTO payee SELECT * FROM kept_payee; DROP TABLE kept_payee")
        self.assertIn("not set up to be paid", self.marta.get("/payments/calendar").words)


class HolidayTest(Calendar):
    def add(self, when, name="Day <b>off</b>", **more):
        page = self.finance.get("/payments/staff/holidays")
        return self.finance.submit(page, "/payments/staff/holidays", calendar="demo", day=str(when), name=name, **more)

    def test_1_what_it_moves_is_seen_before(self):
        # The second period ahead: made already; one in half a year: not made yet.
        made = self.sql("SELECT start_day, pay_on, issue_on FROM pay_period WHERE state = 'open' AND start_day > "
                        "UTC_DATE() ORDER BY start_day LIMIT 1")[0]
        pay = datetime.date.fromisoformat(made[1])
        before = {e["UID"]: e for e in self.feed(self.address(self.marta))}
        uid = next(u for u in before if u.startswith(f"money-1-{made[0]}"))
        reply = self.add(pay)
        self.assertEqual(reply.status, 422)
        self.assertIn("Promised days that move", reply.page.headings)
        self.assertIn("Look at what this moves", reply.words)
        self.assertIn("40 people", reply.words)
        self.assertEqual(self.one(f"SELECT COUNT(*) FROM holiday WHERE day = '{pay}'"), "0")
        reply = self.finance.submit(reply, "/payments/staff/holidays", calendar="demo", day=str(pay), name="Day <b>off</b>", sure="yes")
        self.assertIn("The holiday is entered", reply.words)
        moved = pay + datetime.timedelta(days=3 if pay.weekday() == 4 else 1)
        row = self.sql(f"SELECT pay_on, rolled_from FROM pay_period WHERE start_day = '{made[0]}' AND schedule_id = 1")[0]
        self.assertEqual(row, [str(moved), str(pay)])
        after = {e["UID"]: e for e in self.feed(self.address(self.marta))}
        self.assertEqual(set(after), set(before))
        self.assertEqual((before[uid]["SEQUENCE"], after[uid]["SEQUENCE"]), ("0", "1"))
        self.assertEqual(day(after[uid]["DTSTART"][0]), moved)
        self.assertGreater(after[uid]["DTSTAMP"], before[uid]["DTSTAMP"])
        for other in set(before) - {u for u in before if made[0] in u}:
            self.assertEqual(after[other], before[other])
        page = self.marta.get("/payments/calendar")
        self.assertIn("Day &lt;b&gt;off", page.text)
        self.assertIn("It was promised for", page.words)
        # Everybody who is paid by it is told, once.
        people = self.one("SELECT COUNT(*) FROM payee WHERE schedule_id = 1 AND state = 'active'")
        told = "SELECT COUNT(*), COUNT(DISTINCT person_id), MIN(JSON_VALUE(detail, '$.day')) FROM outbox WHERE kind = 'payments.pay_day_moved'"
        self.site.wait(lambda: self.sql(told)[0][0] == people, 20, "telling")
        self.assertEqual(self.sql(told)[0], [people, people, str(moved)])
        # And out again.
        reply = self.finance.get(f"/payments/staff/holidays/demo/{pay}")
        self.assertIn("Promised days that move", reply.page.headings)
        self.assertIn("taken out", self.finance.submit(reply, "/payments/staff/holidays/remove").words)
        self.assertEqual(self.one(f"SELECT pay_on FROM pay_period WHERE start_day = '{made[0]}' AND schedule_id = 1"), str(pay))
        again = {e["UID"]: e for e in self.feed(self.address(self.marta))}
        self.assertEqual((again[uid]["SEQUENCE"], again[uid]["DTSTART"]), ("2", before[uid]["DTSTART"]))
        self.assertEqual(self.sql("SELECT action FROM audit WHERE action LIKE 'holiday.%' ORDER BY id"),
                         [["holiday.added"], ["holiday.removed"]])

    def test_2_a_period_that_is_not_made_yet_counts_as_well(self):
        before = {e["UID"]: e for e in self.feed(self.address(self.marta)) if e["UID"].startswith("money")}
        uid, event = list(before.items())[15]
        when = day(event["DTSTART"][0])
        self.assertEqual(self.add(when, sure="yes").status, 200)
        after = {e["UID"]: e for e in self.feed(self.address(self.marta))}
        self.assertEqual((after[uid]["SEQUENCE"], after[uid]["DTSTART"] != event["DTSTART"]), ("1", True))

    def test_3_one_that_moves_nothing_and_what_cannot_be(self):
        today = datetime.datetime.now(datetime.timezone.utc).date()
        sunday = today + datetime.timedelta(days=7 + (6 - today.weekday()))
        self.assertIn("The holiday is entered", self.add(sunday, name="Sunday").words)
        self.assertIn("entered already", self.add(sunday).words)
        for when, words in ((today, "over or has begun"), (today - datetime.timedelta(days=3), "over or has begun"), ("x", "")):
            reply = self.add(when)
            self.assertEqual(reply.status, 422)
            self.assertIn(words, reply.words)
        self.assertEqual(self.add(sunday, name="").status, 422)
        self.assertEqual(self.finance.get("/payments/staff/holidays/demo/2026-02-30").status, 404)
        self.assertEqual(self.finance.get("/payments/staff/holidays/nope/2027-01-01").status, 404)

    def test_4_what_is_issued_stays(self):
        issued = self.sql("SELECT start_day, pay_on FROM pay_period WHERE state IN ('issued', 'paid', 'closed') AND schedule_id = 1 "
                          "ORDER BY start_day DESC LIMIT 1")[0]
        self.sql(f"UPDATE pay_period SET pay_on = pay_on + INTERVAL 60 DAY WHERE start_day = '{issued[0]}'")
        self.addCleanup(self.sql, f"UPDATE pay_period SET pay_on = '{issued[1]}' WHERE start_day = '{issued[0]}'")
        later = datetime.date.fromisoformat(issued[1]) + datetime.timedelta(days=60)
        self.add(later, sure="yes")
        self.assertEqual(self.one(f"SELECT pay_on FROM pay_period WHERE start_day = '{issued[0]}'"), str(later))


class ScheduleTest(Calendar):
    def make(self, kind, **fields):
        page = self.finance.get(f"/payments/staff/schedules/new?kind={kind}")
        return self.finance.submit(page, "/payments/staff/schedules", **fields)

    def test_from_a_preset(self):
        reply = self.make("semi_monthly", name="Half months", holidays="us")
        self.assertIn("The schedule is made", reply.words)
        row = self.sql("SELECT id, kind, time_zone, lock_after, issue_after, pay_after, us_later, holidays, roll FROM pay_schedule "
                       "WHERE name = 'Half months'")[0]
        self.assertEqual(row[1:], ["semi_monthly", "America/Los_Angeles", "2", "3", "5", "1", "us", "forward"])
        self.addCleanup(self.sql, f"DELETE FROM pay_period WHERE schedule_id = {row[0]}; DELETE FROM pay_schedule WHERE id = {row[0]}")
        periods = self.sql(f"SELECT start_day, end_day, pay_on FROM pay_period WHERE schedule_id = {row[0]} ORDER BY start_day")
        self.assertEqual(len(periods), 3)
        for start, end, pay in periods:
            first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
            self.assertIn(first.day, (1, 16))
            self.assertIn((last + datetime.timedelta(days=1)).day, (16, 1))
            expected = last + datetime.timedelta(days=5)
            self.assertIn(expected.day, (20, 5))
            while expected.weekday() > 4:
                expected += datetime.timedelta(days=1)
            self.assertEqual(pay, str(expected))
        self.assertIn("Half months", self.finance.get("/payments/staff/holidays").text + self.finance.get("/payments/staff/schedules").text)
        reply = self.make("semi_monthly", name="Half months")
        self.assertEqual((reply.status, "There is a schedule with this name" in reply.words), (422, True))

    def test_what_cannot_be(self):
        for fields, words in (({"issue_after": "1"}, "cannot come before the lock"), ({"pay_after": "2"}, "cannot come before the statements"),
                              ({"zone": "Mars/Olympus"}, ""), ({"name": ""}, ""), ({"anchor": "2026-02-30"}, "")):
            reply = self.make("biweekly", **{"name": "x", **fields})
            self.assertEqual(reply.status, 422, fields)
            self.assertIn(words, reply.words)
        self.assertEqual(self.one("SELECT COUNT(*) FROM pay_schedule WHERE name = 'x'"), "0")

    def test_the_board(self):
        page = self.finance.get("/payments/staff/periods")
        self.assertIn("until the lock", page.words)
        states = dict(self.sql("SELECT e.state, COUNT(*) FROM work_entry e JOIN pay_period p ON p.id = e.period_id WHERE p.state = 'open' "
                               "AND p.start_day <= UTC_DATE() GROUP BY e.state"))
        for label, state in (("Approved", "approved"), ("To look at", "submitted"), ("Asked about", "queried")):
            self.assertRegex(page.text, rf'<dt>{label}</dt><dd class="figure">{states.get(state, 0)}</dd>')
        self.assertIn("1 adjustment is undecided", page.words)
        self.sql("UPDATE payee SET partner_ref = '' WHERE person_id = 31")
        self.sql("UPDATE work_entry SET state = 'approved', decided_at = UTC_TIMESTAMP(6) WHERE person_id = 31 AND state = 'submitted'; "
                 "UPDATE rate SET valid_to = '2020-01-02', valid_from = '2020-01-01' WHERE person_id = 31 AND project_id = 1 AND unit = 'hour'")
        page = self.finance.get("/payments/staff/periods")
        self.assertRegex(page.words, r"(1 person has|\d+ people have) no payout details")
        self.assertRegex(page.words, r"approved entr(y has|ies have) no rate")


if __name__ == "__main__":
    unittest.main()
