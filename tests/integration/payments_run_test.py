"""The pay run that finance wants: what needs a look, how it differs from the run before, the sign-off
by hash, runs outside the schedule, corrections and the journal. On an instance of its own, because it
locks and pays. Amounts are worked out by hand.
"""
import csv
import datetime
import hashlib
import io
import os
import random
import re
import signal
import subprocess
import time
import unittest

from instance import id_text
from pay import FINANCE_A, FINANCE_B, Pay

MARTA, OLENA, SIYUAN = 31, 34, 38
FULL = os.environ.get("FULL") == "1"


class Run(Pay):
    def email(self, person):
        return self.one(f"SELECT email FROM keptword_core.person WHERE id = {person}")

    def name(self, person):
        return self.one(f"SELECT legal_name FROM keptword_core.person WHERE id = {person}")

    def entry(self, person, day, minutes, source="manual", state="approved", decided="3", period=None):
        period = period or ("(SELECT id FROM pay_period WHERE state = 'open' AND schedule_id = 1 "
                            "ORDER BY start_day LIMIT 1)")
        self.sql("INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, source, "
                 "state, decided_by, decided_at, created_at) SELECT "
                 f"{person}, '{day}', RANDOM_BYTES(16), (SELECT MIN(project_id) FROM rate WHERE person_id = {person} AND "
                 f"unit = 'hour'), {period}, 'production', {minutes}, '{source}', '{state}', {decided}, "
                 "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)")

    def page_of(self, run, heading, seconds=40):
        self.site.wait(lambda: heading in " ".join(self.a.get(run).page.headings), seconds, heading)
        return self.a.get(run)

    def issue(self, run):
        self.b.submit(self.b.get(run), "/issue", seen="yes")

    def hash_of(self, run):
        return self.one(f"SELECT LOWER(HEX(draft_hash)) FROM pay_run WHERE id = {run}")

    def newest(self):
        return int(self.one("SELECT MAX(id) FROM pay_run"))


class ScheduledTest(Run):
    """A regular run with everything that needs a look."""

    def test_1_what_needs_a_look(self):
        start = self.open_period()
        self.sql("DELETE FROM work_entry WHERE (state <> 'approved' OR person_id IN (31, 34, 35, 38)) AND period_id IN "
                 "(SELECT id FROM pay_period WHERE state = 'open'); DELETE FROM adjustment WHERE state = 'proposed'; "
                 "UPDATE payee SET tax_form = 'valid', tax_form_until = NULL, partner_ref = 'P-1'")
        days = [str(datetime.date.fromisoformat(start) + datetime.timedelta(days=n)) for n in range(14)]
        # 31: 8 h a day; nobody looked at one entry. 34: 13 h on five days of one week, far more than usual.
        for day in days[:4]:
            self.entry(MARTA, day, 480)
        self.entry(MARTA, days[4], 61, state="submitted", decided="NULL")
        for day in days[:5]:
            self.entry(OLENA, day, 780)
        # 38: the same time from two sources, no reference, a tax form that ends before the money comes.
        self.entry(SIYUAN, days[1], 120)
        self.entry(SIYUAN, days[1], 120, source="toggl")
        self.sql(f"UPDATE payee SET partner_ref = '' WHERE person_id = {SIYUAN}; UPDATE payee SET tax_form_until = "
                 f"'{days[0]}' WHERE person_id = {SIYUAN}; UPDATE payee SET tax_form = 'missing' WHERE person_id = 35; "
                 f"UPDATE rate SET below_by = 4, below_reason = 'As agreed', set_by = 3, benchmark_minor = 999900 "
                 f"WHERE person_id = {MARTA} AND unit = 'hour' AND project_id = 1; "
                 "INSERT INTO living_wage_floor (country, currency, hour_minor, source, as_of) SELECT c.country, "
                 "r.currency, 1000000, 'A survey', '2020-01-01' FROM keptword_core.person c JOIN rate r ON "
                 f"r.person_id = c.id WHERE c.id = {OLENA} LIMIT 1")
        self.entry(35, days[2], 60)
        self.sql("UPDATE payee SET state = 'ended' WHERE person_id = 35")  # who has left is paid all the same
        Run.days = days
        self.command("lock", start, "--by", FINANCE_A)
        self.command("run", start, "--by", FINANCE_A)
        run = self.newest()
        at = f"/payments/staff/runs/{self.public('pay_run', f'id = {run}')}"
        Run.at, Run.run_id, Run.start = at, run, start
        for person, why in ((MARTA, "by_silence"), (MARTA, "below_benchmark"), (OLENA, "below_floor"),
                            (OLENA, "over_cap"), (OLENA, "far_off"), (SIYUAN, "overlap"), (SIYUAN, "no_reference"),
                            (SIYUAN, "no_tax_form"), (35, "no_tax_form")):
            self.assertNotEqual(self.one("SELECT COUNT(*) FROM pay_warning WHERE pay_run_id = "
                                         f"{run} AND person_id = {person} AND why = '{why}'"), "0", (person, why))
        self.assertEqual(self.sql(f"SELECT n, first FROM pay_warning WHERE pay_run_id = {run} AND person_id = {MARTA} "
                                  "AND why = 'by_silence'"), [["1", "61"]])
        self.assertEqual(self.sql(f"SELECT n, first, second FROM pay_warning WHERE pay_run_id = {run} AND person_id = "
                                  f"{OLENA} AND why = 'over_cap'"), [["5", "3900", "3600"]])
        page = self.a.get(at)
        self.assertIn("Have a look before you sign", page.words)
        for why, words in (("over_cap", "65 h in one week"), ("by_silence", "Entries that nobody looked at"),
                           ("overlap", "come from two sources"), ("no_tax_form", "was valid until")):
            named = self.a.get(f"{at}/warnings?why={why}")
            self.assertIn(words, named.words)
        self.assertIn(self.name(OLENA), self.a.get(f"{at}/warnings?why=over_cap").words)
        self.command("payee", self.email(SIYUAN), "--reference", "P-2", "--tax-form", "valid", "--by", FINANCE_A)
        self.assertEqual(self.sql(f"SELECT partner_ref, tax_form, tax_form_until FROM payee WHERE person_id = {SIYUAN}"),
                         [["P-2", "valid", None]])
        # The door to the rows.
        door = next(link for link in self.a.get(f"{at}/warnings?why=over_cap").page.links if "who=" in link)
        one = self.a.get(door)
        self.assertIn(self.name(OLENA), one.page.headings[-1] + one.words)
        self.assertEqual(sum("/payments/staff/entries/" in link for link in one.page.links), 5)

    def test_2_against_the_run_before(self):
        run, at = self.run_id, self.at
        before = self.one(f"SELECT compared_id FROM pay_run WHERE id = {run}")
        self.assertEqual(before, self.one("SELECT r.id FROM pay_run r JOIN pay_period p ON p.id = r.period_id WHERE "
                                          f"r.state = 'issued' AND r.kind = 'regular' AND p.start_day < '{self.start}' "
                                          "ORDER BY p.start_day DESC LIMIT 1"))
        # By hand: from drafts and the statements before.
        now = dict(((p, c), int(n)) for p, c, n in self.sql(
            f"SELECT person_id, currency, gross_minor + adjustment_minor FROM pay_draft WHERE pay_run_id = {run}"))
        was = dict(((p, c), int(n)) for p, c, n in self.sql(
            f"SELECT person_id, currency, net_minor FROM statement WHERE pay_run_id = {before}"))
        expected = {(*k, "new") for k in now if k not in was} | {(*k, "gone") for k in was if k not in now} | {
            (*k, "changed") for k in now if k in was and abs(now[k] - was[k]) * 100 > 25 * was[k]}
        found = {tuple(row) for row in self.sql(f"SELECT person_id, currency, why FROM pay_variance WHERE pay_run_id = {run}")}
        self.assertEqual(found, expected)
        self.assertTrue({"new", "gone", "changed"} >= {w for _, _, w in found} and len(found) > 3)
        table = list(csv.DictReader(io.StringIO(self.a.get(at + "/variance/csv").text)))
        self.assertEqual(len([row for row in table if row["row"] in ("new", "gone", "changed")]), len(expected))
        net = {}
        for row in table:
            if row["row"] == "entity":
                net[row["currency"]] = row["net"]
        for currency, figure in net.items():
            digits = 0 if currency == "JPY" else 2
            self.assertEqual(round(float(figure) * 10 ** digits),
                             sum(n for (_, c), n in now.items() if c == currency))
        page = self.a.get(at + "/variance")
        self.assertIn("What each legal entity has to fund", page.words)
        self.assertIn("Before:", page.words)

    def test_3_the_hash_is_what_the_readme_says(self):
        """Worked out once more in Python from the drafts and their lines."""
        blocks = {}
        for person, currency, entity, minutes, gross, adjusted in self.sql(
                "SELECT person_id, currency, COALESCE(legal_entity_id, 0), minutes, gross_minor, adjustment_minor "
                f"FROM pay_draft WHERE pay_run_id = {self.run_id} ORDER BY person_id, currency"):
            items = [" ".join(["line", *row]) for row in self.sql(
                "SELECT project_id, kind, unit, rate_id, rate_minor, rate_from, minutes, units, amount_minor FROM "
                f"pay_draft_line WHERE pay_run_id = {self.run_id} AND person_id = {person} AND currency = '{currency}'")]
            items += [" ".join(["adjustment", *row]) for row in self.sql(
                "SELECT id, kind, amount_minor FROM adjustment WHERE state = 'approved' AND off_cycle_id = 0 AND "
                f"person_id = {person} AND currency = '{currency}' AND period_id = (SELECT period_id FROM pay_run WHERE "
                f"id = {self.run_id})")]
            head = f"person {person} {currency} {entity} {minutes} {gross} {adjusted}"
            text = "\n".join([head, *sorted(items, key=str.encode)])
            blocks.setdefault(int(person) // 1000, []).append(hashlib.sha256(text.encode()).hexdigest())
        head = " ".join(self.sql("SELECT 'run', r.kind, p.start_day, p.end_day, COALESCE(r.pay_on, p.pay_on), 0 FROM "
                                 f"pay_run r JOIN pay_period p ON p.id = r.period_id WHERE r.id = {self.run_id}")[0])
        parts = [hashlib.sha256("\n".join(hashes).encode()).hexdigest() for _, hashes in sorted(blocks.items())]
        self.assertEqual(hashlib.sha256("\n".join([head, *parts]).encode()).hexdigest(), self.hash_of(self.run_id))

    def test_4_what_changes_after_the_preview_voids_the_sign_off(self):
        """A rate, an adjustment and an entry, one after the other: refused with names and sums, nothing issued."""
        spoils = (
            (f"UPDATE rate SET amount_minor = amount_minor + 100 WHERE person_id = {OLENA}",
             f"UPDATE rate SET amount_minor = amount_minor - 100 WHERE person_id = {OLENA}", OLENA),
            ("INSERT INTO adjustment (id, public_id, person_id, period_id, kind, amount_minor, currency, reason, state, "
             f"proposed_by, proposed_at, decided_by, decided_at) SELECT 9000, RANDOM_BYTES(16), {MARTA}, period_id, 'bonus', "
             "700, 'USD', 'Late', 'approved', 11, UTC_TIMESTAMP(6), 4, UTC_TIMESTAMP(6) FROM pay_run WHERE id = "
             f"{self.run_id}", "DELETE FROM adjustment WHERE id = 9000", MARTA),
            (f"UPDATE work_entry SET state = 'submitted', decided_by = NULL WHERE person_id = 35 AND period_id = "
             f"(SELECT period_id FROM pay_run WHERE id = {self.run_id})",
             f"UPDATE work_entry SET state = 'approved', decided_by = 3 WHERE person_id = 35 AND state = 'submitted'", 35))
        hashes = set()
        for spoil, repair, person in spoils:
            hashes.add(self.hash_of(self.newest()))
            self.sql(spoil)
            self.issue(self.at)
            page = self.page_of(self.at, "The sign-off was refused")
            self.assertIn(self.name(person), page.words)
            self.assertIn("Since the run was worked out", page.words)
            self.assertEqual(self.one(f"SELECT COUNT(*) FROM statement WHERE pay_run_id = {self.newest()}"), "0")
            self.assertEqual(self.one(f"SELECT signed_hash FROM pay_run WHERE id = {self.newest()}"), None)
            self.a.submit(page, "/abandon")
            self.sql(repair)
            self.command("run", self.start, "--by", FINANCE_A)
            Run.run_id = self.newest()
            Run.at = f"/payments/staff/runs/{self.public('pay_run', f'id = {self.run_id}')}"
        self.assertEqual(len(hashes), 1)  # the same drafts have the same hash, whichever run they stand in

    def test_5_signed_and_issued(self):
        said = self.command("issue", self.start, "--by", FINANCE_B, "--hash", self.hash_of(self.run_id), code=1)
        self.assertIn("need a look", said)
        said = self.command("issue", self.start, "--by", FINANCE_B, "--hash", self.hash_of(self.run_id)[:12], "--seen")
        self.assertIn("Issued:", said)
        page = self.a.get(self.at)
        self.assertIn("The statements are issued", page.words)
        self.assertIn("What needed a look", page.words)  # kept
        self.assertIn(" 0 faults", self.command("check"))
        self.assertEqual(self.one(f"SELECT COUNT(*) FROM statement WHERE pay_run_id = {self.run_id} AND person_id = 35"), "1")
        for table in ("pay_draft", "pay_draft_line"):
            self.assertEqual(self.one(f"SELECT COUNT(*) FROM {table} WHERE pay_run_id = {self.run_id}"), "0")


class OutsideTest(Run):
    """After the regular run: late work, corrections and the journal."""

    def test_1_late_work_is_paid_now(self):
        """Late work of the newest issued period; the demo's own run outside the schedule is left alone."""
        last = self.sql("SELECT id, start_day, end_day FROM pay_period WHERE state = 'issued' AND schedule_id = 1 "
                        "ORDER BY start_day DESC LIMIT 1")[0]
        late, at_work = MARTA, OLENA
        self.entry(late, last[1], 90)
        self.entry(late, last[2], 30)
        after = str(datetime.date.fromisoformat(last[2]) + datetime.timedelta(days=1))
        self.entry(late, after, 45)  # of the next period: stays there
        period = self.public("pay_period", f"id = {last[0]}")
        page = self.a.get(f"/payments/staff/runs?period={period}")
        self.assertIn(self.email(late), page.text)
        made = self.newest()
        reply = self.a.submit(page, "/payments/staff/runs", people=self.email(at_work), reason="Paid late by us")
        self.assertEqual(reply.status, 422)
        self.assertIn("nothing is approved and unpaid", reply.words)
        self.assertEqual(self.newest(), made)
        reply = self.a.submit(self.a.get(f"/payments/staff/runs?period={period}"), "/payments/staff/runs",
                              people=f"{self.email(late)}, ", reason="Our import came a day late", period=period)
        run = reply.path
        page = self.page_of(run, "is ready")
        self.assertIn("Outside the schedule", page.words)
        self.assertIn("Our import came a day late", page.words)
        # Two finance people at once: the second one finds nothing left to take.
        again = self.b.submit(self.b.get(f"/payments/staff/runs?period={period}"), "/payments/staff/runs",
                              people=self.email(late), reason="Our import came a day late", period=period)
        self.assertEqual(again.status, 422)
        # Abandoned, the work is where it was; then once more.
        self.a.submit(page, "/abandon")
        self.assertEqual(self.one(f"SELECT COUNT(*) FROM work_entry e JOIN pay_period p ON p.id = e.period_id WHERE "
                                  f"e.person_id = {late} AND p.state = 'open' AND e.off_cycle_id = 0 AND e.minutes IN "
                                  f"(90, 30, 45) AND e.day >= '{last[1]}' AND e.day <= '{after}'"), "3")
        said = self.command("off-cycle", last[1], "--people", self.email(late), "--reason", "Late import", "--by", FINANCE_A)
        name = re.search(r"--run (\w+) --hash (\w+)", said)
        self.command("issue", "--run", name[1], "--hash", name[2], "--seen", "--by", FINANCE_A, code=1)
        self.command("issue", "--run", name[1], "--hash", name[2], "--seen", "--by", FINANCE_B)
        rows = self.sql("SELECT s.period_id, s.minutes, s.promised_on = r.pay_on FROM statement s JOIN pay_run r ON r.id = s.pay_run_id "
                        f"WHERE r.kind = 'off_cycle' AND s.person_id = {late}")
        self.assertEqual(rows, [[last[0], "120", "1"]])
        self.assertEqual(self.one("SELECT state FROM pay_period WHERE id = " + last[0]), "issued")
        self.assertIn(" 0 faults", self.command("check"))

    def test_2_a_correction(self):
        statement = self.sql(f"SELECT id, HEX(public_id), net_minor, period_id FROM statement WHERE person_id = {MARTA} "
                             "ORDER BY period_end DESC, id LIMIT 1")[0]
        at = f"/payments/staff/statements/{id_text(statement[1])}/correct"
        reply = self.a.submit(self.a.get(at), "/correct", amount="1,5,0", reason="Half an hour forgotten")
        self.assertEqual(reply.status, 422)
        self.assertIn("Write the amount in USD", reply.words)
        self.assertIn("1,5,0", reply.text)
        page = self.page_of(self.a.submit(self.a.get(at), "/correct", amount="22.50",
                                          reason="Half an hour forgotten").path, "is ready")
        run = page.path
        self.assertIn("A correction.", page.words)
        self.issue(run)
        self.page_of(run, "are issued")
        self.assertEqual(
            self.sql("SELECT s.corrects_id, s.net_minor, s.gross_minor, s.period_id FROM statement s JOIN pay_run r "
                     "ON r.id = s.pay_run_id WHERE r.kind = 'correction'"),
            [[statement[0], "2250", "0", statement[3]]])
        self.assertEqual(self.sql("SELECT state, proposed_by, decided_by, kind FROM adjustment WHERE reason = "
                                  "'Half an hour forgotten'"), [["approved", "3", "4", "correction"]])
        both = self.sql(f"SELECT link FROM statement_link WHERE person_id = {MARTA} ORDER BY link")
        self.assertEqual(both, [["corrected_by"], ["corrects"]])
        self.assertEqual(self.one(f"SELECT net_minor FROM statement WHERE id = {statement[0]}"), statement[2])
        self.assertIn("Corrected already", self.a.get(at).words)
        # Given up, it waits as a proposal for the next regular run.
        run = self.a.submit(self.a.get(at), "/correct", amount="1.00", reason="Once more, and not").path
        self.a.submit(self.page_of(run, "is ready"), "/abandon")
        self.assertEqual(self.sql("SELECT a.state, a.off_cycle_id, p.state FROM adjustment a JOIN pay_period p ON "
                                  "p.id = a.period_id WHERE a.reason = 'Once more, and not'"), [["proposed", "0", "open"]])
        self.assertIn(" 0 faults", self.command("check"))

    def test_3_the_journal(self):
        run = self.public("pay_run", "state = 'issued' AND kind = 'regular' ORDER BY id DESC")
        self.sql("DELETE FROM gl_account; DELETE FROM cost_centre")
        page = self.a.get(f"/payments/staff/runs/{run}/journal")
        self.assertIn("The journal cannot be written yet", page.words)
        for item, code, name in (("work", "6100", "Expert work"), ("payable", "2100", "Owed to experts"),
                                 ("adjustment", "6190", "Other pay"), ("adjustment.expense", "6700", "Expenses")):
            self.a.submit(self.a.get("/payments/staff/accounts"), "/payments/staff/accounts", item=item, code=code, name=name)
        self.assertIn("no account or cost centre yet", self.command("journal", run, code=1))
        for project, in self.sql("SELECT id FROM keptword_core.project"):
            self.a.submit(self.a.get("/payments/staff/accounts"), "/cost-centre", project=project, code=f"CC{project}")
        text = self.a.get(f"/payments/staff/runs/{run}/journal").text
        self.assertEqual(text, self.a.get(f"/payments/staff/runs/{run}/journal").text)
        self.assertEqual(text.replace("\r", ""), self.command("journal", run).replace("\r", ""))
        sums, work = {}, {}
        for row in csv.DictReader(io.StringIO(text)):
            minor = lambda cell: round(float(cell or 0) * 100)
            key = row["legal_entity"], row["currency"]
            sums[key] = sums.get(key, 0) + minor(row["debit"]) - minor(row["credit"])
            if row["item"] == "work":
                self.assertTrue(row["cost_centre"].startswith("CC"))
                work[row["currency"]] = work.get(row["currency"], 0) + minor(row["debit"])
        self.assertTrue(sums)
        self.assertEqual(set(sums.values()), {0})
        for currency, gross in self.sql("SELECT s.currency, SUM(s.gross_minor) FROM statement s JOIN pay_run r ON r.id = "
                                        f"s.pay_run_id WHERE r.public_id = (SELECT public_id FROM pay_run WHERE state = "
                                        "'issued' AND kind = 'regular' ORDER BY id DESC LIMIT 1) GROUP BY s.currency"):
            self.assertEqual(work[currency], int(gross) * (100 if currency == "JPY" else 1))



class Held:
    """A table that nobody else can write to for a while: what reaches it waits there, and can be killed there."""

    def __init__(self, site, table):
        self.process = subprocess.Popen(
            site._as_server(["mariadb", "--no-defaults", "--batch", "--skip-column-names", "--unbuffered",
                                "-S", str(site.run / "sock/db.sock"), "keptword_payments"]),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(f"SET SESSION idle_transaction_timeout = 0; BEGIN; SELECT COUNT(*) FROM {table} FOR UPDATE; "
                                 "SELECT 'held';\n")
        self.process.stdin.flush()
        while self.process.stdout.readline().strip() != "held":
            pass

    def release(self):
        self.process.stdin.write("ROLLBACK;\n")
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class StormTest(Run):
    """After the others: random histories of entries, runs, corrections and runs outside the schedule, with whoever works killed
    at each place where a piece of the work writes: named by the table. After each step the sums are worked out
    again from entries and rates, by nothing that the product computes with."""

    POINTS = {"run": ("pay_draft_line", "pay_draft", "pay_warning", "pay_total"),
              "issue": ("pay_change", "statement", "statement_line", "statement_entry", "statement_adjustment",
                        "ledger", "event", "outbox")}
    HELD = {"pay_change": "pay_draft"}  # where nothing has changed, nothing is written: held while it reads

    def setUp(self):
        self.seed = int(os.environ.get("SEED", random.randrange(10 ** 6)))
        self.random = random.Random(self.seed)
        self.said, self.kills = [], 0
        points = {kind: list(tables) for kind, tables in self.POINTS.items()}
        for tables in points.values():
            self.random.shuffle(tables)
        self.points = points
        # Nothing of the demo blocks a run.
        self.sql("UPDATE work_entry SET state = 'approved', decided_by = 3, decided_at = UTC_TIMESTAMP(6) WHERE state IN "
                 "('submitted', 'queried') AND person_id > 30")

    def people(self):
        return [int(row[0]) for row in self.sql(
            "SELECT DISTINCT r.person_id FROM rate r JOIN payee y ON y.person_id = r.person_id WHERE r.unit = 'hour' AND "
            "r.valid_to = '9999-12-31' AND y.schedule_id = 1 AND r.person_id BETWEEN 31 AND 60 ORDER BY 1 LIMIT 12")]

    def entries(self):
        """Some work of today's period and some of a day long over, approved or left alone."""
        for person in self.random.sample(self.people(), 5):
            day = self.one("SELECT start_day + INTERVAL "
                           f"{self.random.randrange(14)} DAY FROM pay_period WHERE schedule_id = 1 AND state IN "
                           f"('open', 'issued') ORDER BY state = 'open' DESC, start_day LIMIT 1 OFFSET {self.random.randrange(2)}")
            state = self.random.choice(["approved", "approved", "submitted"])
            self.entry(person, day, self.random.randrange(1, 700), state=state,
                       decided="3" if state == "approved" else "NULL")
        person = self.random.choice(self.people())
        self.sql("INSERT INTO adjustment (public_id, person_id, period_id, kind, amount_minor, currency, reason, state, "
                 f"proposed_by, proposed_at, decided_by, decided_at) SELECT RANDOM_BYTES(16), {person}, p.id, 'bonus', "
                 f"{self.random.randrange(1, 9999)}, y.currency, 'By chance', 'approved', 3, UTC_TIMESTAMP(6), 4, "
                 f"UTC_TIMESTAMP(6) FROM payee y JOIN pay_period p ON p.schedule_id = 1 AND p.state = 'open' WHERE "
                 f"y.person_id = {person} ORDER BY p.start_day LIMIT 1")

    def waits_at(self, table):
        """Not from INNODB_TRX: what is asked more often than every 100 ms is not looked at anew."""
        return self.one("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'keptword_payments' AND "
                        f"INFO LIKE 'INSERT INTO {table} %' AND TIME_MS > 100") != "0"

    def killed(self, kind, *arguments):
        """A command whose process, and the worker beside it, die at the next named point; then the worker goes on."""
        table = self.points[kind].pop()
        self.points[kind].insert(0, table)
        self.said.append(f"{kind} killed at {table}")
        held = Held(self.site, self.HELD.get(table, table))
        try:
            process = subprocess.Popen([str(self.site.run / "bin/payments"), *arguments], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            self.site.wait(lambda: process.poll() is not None or self.waits_at(table), 40, f"waiting at {table}")
            if process.poll() is None:
                self.kills += 1
                os.killpg(process.pid, signal.SIGKILL)
                os.kill(self.site.child("payments.work"), signal.SIGKILL)
            process.wait(10)
        finally:
            held.release()
        time.sleep(0.2)
        self.sql("UPDATE job SET lease_until = '2000-01-01' WHERE kind IN ('payments.run', 'payments.issue') AND "
                 "state = 'running'")

    def settled(self, run):
        def quiet():
            return self.one(f"SELECT state FROM pay_run WHERE id = {run}") not in ("preparing", "checking", "issuing")
        self.site.wait(quiet, 60, f"run {run}")
        return self.one(f"SELECT state FROM pay_run WHERE id = {run}")

    def through(self, kill, *making):
        """A run from its making to its end: abandoned once in a while, else signed and issued."""
        before = self.newest()
        if kill:
            self.killed("run", *making)
            self.site.wait(lambda: self.newest() > before, 30, "the run")
        else:
            self.command(*making)
        run = self.newest()
        self.assertEqual(self.settled(run), "ready")
        name = self.public("pay_run", f"id = {run}")
        if self.random.random() < 0.3:
            self.said.append(f"abandoned {run}")
            self.command("abandon", "--run", name, "--by", FINANCE_A)
            return
        signing = ("issue", "--run", name, "--hash", self.hash_of(run), "--seen", "--by", FINANCE_B)
        if kill:
            self.killed("issue", *signing)
        else:
            self.command(*signing)
        self.assertEqual(self.settled(run), "issued")

    def regular(self, kill):
        start = self.one("SELECT start_day FROM pay_period WHERE schedule_id = 1 AND state IN ('open', 'locked') ORDER BY "
                         "state = 'locked' DESC, start_day LIMIT 1")
        if self.one(f"SELECT state FROM pay_period WHERE start_day = '{start}' AND schedule_id = 1") == "open":
            self.command("lock", start, "--by", FINANCE_A)
        self.through(kill, "run", start, "--by", FINANCE_A)

    def off_cycle(self, kill):
        late = self.sql("SELECT DISTINCT c.email, n.start_day FROM work_entry e JOIN pay_period p ON p.id = e.period_id AND "
                        "p.state IN ('open', 'locked') JOIN pay_period n ON n.schedule_id = 1 AND n.state <> 'in_review' AND "
                        "n.end_day >= e.day JOIN keptword_core.person c ON c.id = e.person_id WHERE e.state = 'approved' "
                        "AND e.off_cycle_id = 0 AND e.person_id > 30 ORDER BY 2, 1 LIMIT 5")
        if not late:
            return
        email, start = self.random.choice(late)
        self.through(kill, "off-cycle", start, "--people", email, "--reason", "By chance", "--by", FINANCE_A)

    def correction(self, kill):
        statement = id_text(self.random.choice(self.sql(
            "SELECT HEX(public_id) FROM statement WHERE currency = 'USD' ORDER BY id DESC LIMIT 40"))[0])
        amount = f"{self.random.randrange(1, 300)}.{self.random.randrange(100):02}"
        self.through(kill, "correct", statement, amount, "--reason", "By chance", "--by", FINANCE_A)

    def holds(self):
        """What must always be so."""
        lines = self.sql("SELECT l.statement_id, l.unit, l.minutes, l.units, r.amount_minor, l.amount_minor, "
                         "(SELECT SUM(e.minutes) FROM statement_entry x JOIN work_entry e ON e.id = x.work_entry_id WHERE "
                         "x.statement_id = l.statement_id AND x.line_no = l.line_no) FROM statement_line l "
                         "JOIN rate r ON r.id = l.rate_id")
        gross = {}
        for statement, unit, minutes, units, rate, amount, of_entries in lines:
            exact = int(units) * int(rate) if unit == "task" else (2 * int(minutes) * int(rate) + 60) // 120
            self.assertEqual((exact, minutes), (int(amount), of_entries), self.said)
            gross[statement] = gross.get(statement, 0) + exact
        added = {s: int(n) for s, n in self.sql("SELECT x.statement_id, SUM(a.amount_minor) FROM statement_adjustment x "
                                                "JOIN adjustment a ON a.id = x.adjustment_id GROUP BY x.statement_id")}
        for statement, total, adjusted, net in self.sql("SELECT id, gross_minor, adjustment_minor, net_minor FROM statement"):
            self.assertEqual((int(total), int(adjusted)), (gross.get(statement, 0), added.get(statement, 0)), self.said)
            self.assertEqual(int(net), int(total) + int(adjusted))
        self.assertEqual(self.sql("SELECT currency, SUM(amount_minor) FROM ledger GROUP BY currency HAVING SUM(amount_minor) <> 0"
                                  ), [], self.said)
        # Approved work of a period that was issued, and what an issued run outside the schedule holds, is on
        # one statement; nothing else is on any.
        due = ("(e.off_cycle_id = 0 AND p.state IN ('issued', 'paid') OR EXISTS (SELECT 1 FROM pay_run r WHERE "
               "r.id = e.off_cycle_id AND r.state = 'issued'))")
        for table, on, more in (("work_entry", "statement_entry x ON x.work_entry_id", "e.state = 'approved'"),
                                ("adjustment", "statement_adjustment x ON x.adjustment_id", "e.state = 'approved'")):
            self.assertEqual(self.sql(f"SELECT * FROM (SELECT e.id, {more} AND {due} AS due, COUNT(x.statement_id) AS n FROM "
                                      f"{table} e JOIN pay_period p ON p.id = e.period_id LEFT JOIN {on} = e.id "
                                      "GROUP BY e.id, e.state, p.state, e.off_cycle_id) y WHERE n <> due"), [], self.said)
        self.assertIn(" 0 faults", self.command("check"))

    def test_histories(self):
        rounds = 40 if FULL else 5
        kinds = [self.regular, self.off_cycle, self.correction]
        for n in range(rounds):
            self.entries()
            kind = kinds[n] if n < len(kinds) else self.random.choice(kinds)
            kill = FULL or n % 2 == 0
            self.said.append(f"{kind.__name__}{' killed' if kill else ''}")
            with self.subTest(seed=self.seed, round=n, said=self.said):
                kind(kill)
                self.holds()
        self.assertGreater(self.kills, rounds // 3, self.said)


if __name__ == "__main__":
    unittest.main()
