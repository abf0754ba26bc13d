"""From time entries to statements: tracker files by command and by page, approval, lock, pay run by
one person, issue by another, and what the statement says as page, PDF and CSV. On an instance of
its own, because it locks and pays. Amounts are worked out by hand.
"""
import csv
import datetime
import io
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from instance import DATA, TOP, id_text
from pay import FINANCE_A, FINANCE_B, Pay, id_hex

SHEETS = DATA / "timesheets"
MARTA, OLENA, SIYUAN = ("marta.kowalczyk@example.org", "olena.tkachenko@example.org",
                        "chen.siyuan@example.org")
ENTRIES = "SELECT COUNT(*) FROM keptword_payments.work_entry"


class Time(Pay):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marta = cls.site.person(MARTA)

    def import_file(self, name, *arguments, code=0):
        return self.command("import-time", str(name), *arguments, code=code)

    def upload(self, name, content, **fields):
        page = self.a.get("/payments/staff/import")
        return self.a.submit(page, "/payments/staff/import", files=[("file", name, content)], **fields)

    def own_file(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False, encoding="utf-8") as file:
            file.write(text)
        self.addCleanup(os.unlink, file.name)
        return file.name

    def today(self):
        return datetime.datetime.now(datetime.timezone.utc).date()

    def entry_of(self, email, state, more=""):
        """Its id as it stands in addresses."""
        rows = self.sql("SELECT HEX(e.public_id) FROM work_entry e JOIN keptword_core.person p ON "
                        f"p.id = e.person_id WHERE p.email = '{email}' AND e.state = '{state}' {more} "
                        "ORDER BY e.day, e.id LIMIT 1")
        return id_text(rows[0][0])

    def state_of(self, entry):
        return self.one(f"SELECT state FROM work_entry WHERE public_id = UNHEX('{id_hex(entry)}')")


class EntriesTest(Time):
    """Before anything is locked."""

    def add(self, person, **fields):
        page = person.get("/payments/entries")
        values = {"day": str(self.today()), "project": "1", "kind": "training", "hours": "1",
                  "minutes": "35", "tasks": "", "note": "", **fields}
        return person.submit(page, "/payments/entries", **values)

    def test_an_entry_by_hand(self):
        before = int(self.one(ENTRIES))
        reply = self.add(self.marta, note="Read <b>the guideline</b>")
        self.assertEqual(reply.status, 200)
        self.assertEqual(int(self.one(ENTRIES)), before + 1)
        row = self.sql("SELECT minutes, kind, state, source, created_by = person_id, note FROM work_entry "
                       "ORDER BY id DESC LIMIT 1")[0]
        self.assertEqual(row, ["95", "training", "submitted", "manual", "1", "Read <b>the guideline</b>"])
        entry = id_text(self.one("SELECT HEX(public_id) FROM work_entry ORDER BY id DESC LIMIT 1"))
        page = self.marta.get(f"/payments/entries/{entry}")
        self.assertIn("Read &lt;b&gt;the guideline", page.text)
        self.assertEqual(self.site.person(SIYUAN).get(f"/payments/entries/{entry}").status, 404)

    def test_what_cannot_be_is_said_and_kept(self):
        before = self.one(ENTRIES)
        busy = self.one("SELECT MAX(day) FROM work_entry WHERE person_id = 31 AND state = 'submitted' AND "
                        f"day <= '{self.today()}'")
        tomorrow = str(self.today() + datetime.timedelta(days=2))
        for fields, words in (
                ({"day": tomorrow}, "still to come"),
                ({"hours": "", "minutes": ""}, "how long it took"),
                ({"hours": "23", "minutes": "59", "day": busy}, "more than 24 hours"),
                ({"day": "2024-03-04"}, "No hourly rate"),
                ({"tasks": "3"}, "No rate for tasks"),
                ({"project": "2"}, "one of the answers"),
                ({"minutes": "60"}, "59 or less")):
            reply = self.add(self.marta, note="kept words", **fields)
            self.assertEqual(reply.status, 422, fields)
            self.assertIn(words, reply.words)
            self.assertIn("kept words", reply.text)
        self.assertEqual(self.one(ENTRIES), before)

    def test_a_question_its_answer_and_a_no(self):
        entry = self.entry_of(MARTA, "submitted")
        at = f"/payments/staff/entries/{entry}"
        # No without a question first.
        form = self.a.get(at + "/query").form("/query")
        sent = dict(form.fields) | {"reason": "duplicate", "evidence": "The same row stands above."}
        reply = self.a.post(at + "/reject", sent)
        self.assertEqual(reply.status, 409)
        self.assertEqual(self.state_of(entry), "submitted")
        reply = self.a.submit(self.a.get(at + "/query"), "/query", reason="duplicate", question="")
        self.assertEqual(reply.status, 422)
        stale = self.a.get(at)
        self.a.submit(self.a.get(at + "/query"), "/query", reason="duplicate", question="Is this twice?")
        self.assertEqual(self.state_of(entry), "queried")
        self.assertEqual(self.a.submit(stale, "/approve").status, 409)  # an older version
        home = self.marta.get("/")
        self.assertIn("a question about: 1", home.words)
        mine = f"/payments/entries/{entry}"
        self.assertIn("Is this twice?", self.marta.get(mine).words)
        self.assertEqual(self.site.person(SIYUAN).get(mine).status, 404)
        self.marta.submit(self.marta.get(mine), "/answer", answer="No, <i>two</i> parts.")
        self.assertEqual(self.state_of(entry), "submitted")
        self.assertIn("&lt;i&gt;two", self.a.get(at).text)
        reply = self.b.submit(self.b.get(at + "/reject"), "/reject", reason="duplicate", evidence="")
        self.assertEqual(reply.status, 422)
        self.b.submit(self.b.get(at + "/reject"), "/reject", reason="duplicate",
                      evidence="Both rows have the same start.")
        self.assertEqual(self.state_of(entry), "rejected")
        self.assertIn("Both rows have the same start.", self.marta.get(mine).words)

    def test_nobody_decides_their_own(self):
        self.sql("INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes, "
                 "source, created_at) SELECT 3, p.start_day, RANDOM_BYTES(16), 1, p.id, 'meeting', 30, "
                 "'manual', UTC_TIMESTAMP() FROM pay_period p WHERE p.state = 'open' ORDER BY p.start_day LIMIT 1")
        self.addCleanup(self.sql, "DELETE FROM work_entry WHERE person_id = 3")
        entry = self.entry_of(FINANCE_A, "submitted")
        at = f"/payments/staff/entries/{entry}"
        self.assertEqual(self.a.get(at).status, 404)
        self.assertEqual(self.b.get(at).status, 200)
        self.assertNotIn(entry, self.a.get("/payments/staff/entries").text)
        fields = self.b.get(at).form("/approve").fields
        own = self.a.get("/payments/staff/entries").form("/approve-all").fields
        version = [pair for pair in fields if pair[0] == "version"]
        tokens = [pair for pair in own if pair[0] != "period"]
        self.assertEqual(self.a.post(at + "/approve", tokens + version).status, 404)
        self.assertEqual(self.state_of(entry), "submitted")

    def test_ticks(self):
        page = self.a.get("/payments/staff/entries")
        form = next(f for f in page.page.forms if "/entries/approve?" in f.action)
        ids = re.findall(r'name="entry" type="checkbox" value="(\w+)"', page.text)
        self.assertEqual(self.a.submit(page, form.action, entry=[]).status, 422)
        reply = self.a.submit(page, form.action, entry=ids[-2:])
        self.assertIn("Approved: 2.", reply.words)
        self.assertEqual([self.state_of(i) for i in ids[-2:]], ["approved"] * 2)
        again = self.b.get("/payments/staff/entries")
        reply = self.b.submit(again, form.action, entry=ids[-3:])
        self.assertEqual(reply.status, 422)
        self.assertIn("decided by somebody else meanwhile", reply.words)


class EventTest(Time):
    def test_the_minutes_of_a_survey(self):
        """A round that closed is credited to each who was asked, once, however often it is told."""
        old = self.one("SELECT id FROM keptword_feedback.survey_run WHERE state = 'published' ORDER BY id LIMIT 1")
        run = 9000
        self.sql(f"CREATE TEMPORARY TABLE r AS SELECT * FROM keptword_feedback.survey_run WHERE id = {old}; "
                 f"UPDATE r SET id = {run}, public_id = RANDOM_BYTES(16); "
                 "INSERT INTO keptword_feedback.survey_run SELECT * FROM r; "
                 f"CREATE TEMPORARY TABLE i AS SELECT * FROM keptword_feedback.invitation WHERE run_id = {old} "
                 f"AND person_id = 40; UPDATE i SET run_id = {run}; "
                 "INSERT INTO keptword_feedback.invitation SELECT * FROM i")
        before = self.one(f"{ENTRIES} WHERE kind = 'survey'")
        tell = ("INSERT INTO keptword_feedback.event (kind, person_id, subject_id, detail, at) VALUES "
                f"('survey.minutes', 40, {run}, '{{}}', UTC_TIMESTAMP(6))")
        self.sql(tell)
        self.sql(tell)
        self.site.wait(lambda: self.one("SELECT COUNT(*) FROM keptword_feedback.event e WHERE e.kind = "
                                        "'survey.minutes' AND NOT EXISTS (SELECT 1 FROM event_done d WHERE "
                                        "d.source = 'feedback' AND d.event_id = e.id)") == "0", 20, "taking")
        minutes, closed = self.sql("SELECT paid_minutes, DATE(closed_at) FROM keptword_feedback.survey_run "
                                   f"WHERE id = {run}")[0]
        rows = self.sql("SELECT e.minutes, e.day, e.state, e.decided_by, p.state FROM work_entry e JOIN "
                        "pay_period p ON p.id = e.period_id WHERE e.person_id = 40 AND e.kind = 'survey' "
                        "AND p.state = 'open'")
        self.assertEqual(int(self.one(f"{ENTRIES} WHERE kind = 'survey'")), int(before) + 1)
        self.assertEqual(rows, [[minutes, closed, "approved", None, "open"]])


@unittest.skipUnless(SHEETS.is_dir(), "no real files here")
class ImportTest(Time):
    """Every file of a time tracker. Peter Tester is Olena here."""

    def test_1_names_that_we_do_not_know(self):
        said = self.import_file(SHEETS / "toggl_time_entries_import_test_1.csv", "--take", code=1)
        self.assertIn("row 2: We know nobody with the e-mail peter.test@email.test.", said)
        self.assertIn("row 3: We know no project called Project for Big Company.", said)
        self.assertEqual(self.one("SELECT COUNT(*) FROM work_entry WHERE source = 'toggl'"), "0")
        for kind, name, target in (
                ("person", "Peter Tester", OLENA), ("person", "peter.test@email.test", OLENA),
                ("project", "Project for Big Company", "Clinical answers")):
            self.command("import-name", kind, name, target)
        self.command("import-name", "person", "x", "nobody@example.org", code=1)
        page = self.a.get("/payments/staff/import/names")
        project = next(v for v, n in re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', page.text)
                       if n == "Clinical answers")
        self.a.submit(page, "/names/project", name="Project without Client", project=project)
        self.assertEqual(self.one("SELECT COUNT(*) FROM import_name"), "4")

    def test_2_each_file_by_command(self):
        ambiguous = SHEETS / "clockify_time_entries_import_test_1.csv"
        said = self.import_file(ambiguous, "--take", code=1)
        self.assertIn("03/04/2024 can be read in two ways", said)
        # 01:00:01 is 60 minutes, 0,01 h is 36 s and so 1 minute, 20,0 h are 1200; 00:00:00 is none.
        for name, source, minutes, empty in (
                ("clockify_time_entries_import_test_1.csv", "clockify", [60], 1),
                ("generic_time_entries_import_test_1.csv", "generic", [60], 1),
                ("harvest_time_entries_import_test_1.csv", "harvest", [1, 1200], 0)):
            preview = self.import_file(SHEETS / name, "--dates", "mdy", "--zone", "Europe/Vienna")
            self.assertIn(f"{len(minutes)} new", preview)
            self.assertIn(f"{empty} of 0 minutes", preview)
            self.assertEqual(self.one(f"SELECT COUNT(*) FROM work_entry WHERE source = '{source}'"), "0")
            said = self.import_file(SHEETS / name, "--dates", "mdy", "--zone", "Europe/Vienna", "--take")
            self.assertIn(f"{len(minutes)} entries taken", said)
            rows = self.sql("SELECT e.minutes, e.day, e.state, p.state, e.person_id FROM work_entry e "
                            f"JOIN pay_period p ON p.id = e.period_id WHERE e.source = '{source}' ORDER BY 1")
            self.assertEqual(rows, [[str(m), "2024-03-04", "submitted", "open", "34"] for m in minutes])
            again = self.import_file(SHEETS / name, "--dates", "mdy", "--zone", "Europe/Vienna", "--take")
            self.assertIn(f"0 new (0 min), {len(minutes)} known", again)
            self.assertEqual(self.one(f"SELECT COUNT(*) FROM work_entry WHERE source = '{source}'"),
                             str(len(minutes)))
        # The same two rows under another header: known.
        said = self.import_file(SHEETS / "clockify_time_entries_import_test_5.csv", "--dates", "mdy", "--take")
        self.assertIn("0 new (0 min), 1 known", said)
        said = self.import_file(SHEETS / "clockify_time_entries_import_test_3.csv", "--take", code=1)
        self.assertIn('row 2, column "Start Date": The date 13/15/2024 does not exist.', said)
        said = self.import_file(SHEETS / "clockify_projects_import_test_1.csv", "--take", code=1)
        self.assertIn("We do not know a format", said)
        self.assertEqual(self.one("SELECT COUNT(*) FROM import_row r JOIN import_batch b ON b.id = r.batch_id "
                                  "WHERE b.state NOT IN ('preview', 'refused')"), "0")

    def test_3_by_page(self):
        content = (SHEETS / "clockify_time_entries_import_test_1.csv").read_bytes()
        reply = self.upload("clockify.csv", content)
        self.assertEqual(reply.status, 422)
        self.assertIn("row 2: 03/04/2024", reply.words)
        reply = self.upload("x.csv", (SHEETS / "clockify_projects_import_test_1.csv").read_bytes())
        self.assertEqual(reply.status, 422)
        self.assertIn("We do not know a format with these columns: Project, Client", reply.words)
        content = (SHEETS / "toggl_time_entries_import_test_1.csv").read_bytes()
        preview = self.upload("toggl.csv", content, zone="Europe/Vienna")
        self.assertEqual(preview.status, 200)
        self.assertIn("1 new entry, 1 h", preview.page.headings)
        self.assertIn("paid with", preview.words)
        second = self.upload("toggl.csv", content, zone="Europe/Vienna")
        form, pairs = self.a.filled(preview, "/take")
        done = self.a.post(form.action, pairs)
        self.assertIn("1 entry taken", done.page.headings)
        again = self.a.post(form.action, pairs)  # the same form once more
        self.assertEqual(again.path, done.path)
        self.assertIn("0 entries taken", self.a.submit(second, "/take").page.headings)
        rows = self.sql("SELECT minutes, day, created_by FROM work_entry WHERE source = 'toggl'")
        self.assertEqual(rows, [["60", "2024-03-04", "3"]])
        third = self.upload("toggl.csv", content, zone="Europe/Vienna")
        self.assertIn("Known already", third.page.headings)
        self.assertEqual(self.a.submit(third, "/abandon").status, 200)

    def test_4_one_broken_row_and_nothing_is_taken(self):
        before = self.one(ENTRIES)
        day = self.today() - datetime.timedelta(days=1)
        text = ("user_email,project,start,end,description\n"
                f"{MARTA},Clinical answers,{day}T08:00:00Z,{day}T09:00:00Z,good\n"
                f"{MARTA},Clinical answers,{day}T10:00:00Z,{day}T09:00:00Z,backwards\n"
                f"{MARTA},No such project,{day}T11:00:00Z,{day}T12:00:00Z,unknown\n"
                f"ingrid.thorvalds@example.org,Clinical answers,{day}T11:00:00Z,{day}T12:00:00Z,unpaid\n"
                f"{MARTA},Clinical answers,2099-01-01T11:00:00Z,2099-01-01T12:00:00Z,future\n")
        said = self.import_file(self.own_file(text), "--take", code=1)
        for words in ("row 3, column \"end\": It ends before it starts", "row 4: We know no project called",
                      "row 5: ingrid.thorvalds@example.org is not set up to be paid",
                      "row 6: 2099-01-01 is still to come", "4 not usable"):
            self.assertIn(words, said)
        reply = self.upload("mine.csv", text.encode())
        self.assertIn("Row 3, column “end”", reply.words)
        self.assertNotIn("Take this entry", reply.text)
        self.assertEqual(self.one(ENTRIES), before)

    def test_5_the_day_is_that_of_the_schedule(self):
        day = self.today() - datetime.timedelta(days=3)
        text = ("user_email,project,start,end,description\n"
                f"{SIYUAN},Clinical answers,{day}T23:30:00-08:00,{day}T23:37:30-08:00,late\n")
        self.import_file(self.own_file(text), "--zone", "America/Los_Angeles", "--take")
        rows = self.sql("SELECT day, minutes FROM work_entry WHERE note = 'late'")
        self.assertEqual(rows, [[str(day + datetime.timedelta(days=1)), "8"]])  # 450 s round up

    def test_6_hostile_and_wrong(self):
        self.command("import-time", code=2)
        self.import_file("/nonexistent.csv", code=1)
        for content, words in ((b"\xff\xfe\x00", "UTF-8"), (b"\x00" * 64, "Nothing was read"),
                               (b'a,b\n"open', "Nothing was read")):
            reply = self.upload("h.csv", content)
            self.assertEqual(reply.status, 422, content)
            self.assertIn(words, reply.words)
        reply = self.upload("h.csv", b"x", person="nobody@example.org", zone="Mars/Olympus")
        self.assertEqual(reply.status, 422)


class GoodRowsTest(Time):
    """A file with rows that cannot be used, of which somebody takes the others; what overlaps is said."""

    HEAD = "\ufeffDate;Start;Stop;Time;Member;Member email;Project;Notes\r\n"

    def rows(self, note):
        day = self.today() - datetime.timedelta(days=1)
        at = f"{day.day:02}.{day.month:02}.{day.year}"
        return (self.HEAD + f"{at};6:00 a.m.;7:30 a.m.;1:30:00;Olena;{OLENA};Clinical answers;{note} one\r\n"
                f"{at};7:00 a.m.;7:45 a.m.;=F2;Olena;{OLENA};Clinical answers;formula\r\n"
                f"30.02.2026;7:00 a.m.;7:45 a.m.;0:45:00;Olena;{OLENA};Clinical answers;no such day\r\n"
                f"{at};7:15 a.m.;8:00 a.m.;0:45:00;Olena;{OLENA};Clinical answers;\"{note}\r\ntwo\"\r\n"
                f"{at};9:00 a.m.;9:10 a.m.;-0:10:00;Olena;{OLENA};Clinical answers;below 0\r\n")

    def test_by_command(self):
        file = self.own_file(self.rows("command"))
        said = self.import_file(file, "--zone", "UTC", "--take", code=1)
        for words in ('row 3, column "Time": “=F2” is a formula', 'row 4, column "Date": The date 30.02.2026 does not exist',
                      'row 7, column "Time": The duration -0:10:00 is below 0', "hubstaff, 5 rows: 2 new (2 h 15 min)",
                      "(overlaps with row 2)", "--good"):
            self.assertIn(words, said)
        self.assertEqual(self.one(f"{ENTRIES} WHERE note LIKE 'command%'"), "0")
        said = self.import_file(file, "--zone", "UTC", "--good")
        self.assertIn("2 entries taken; the rows above were left out", said)
        rows = self.sql("SELECT minutes, source, note, began_at = CAST(day AS DATETIME(6)) + INTERVAL 6 HOUR FROM work_entry "
                        "WHERE note LIKE 'command%' ORDER BY id")
        self.assertEqual(rows, [["90", "hubstaff", "command one", "1"], ["45", "hubstaff", "command\\ntwo", "0"]])
        self.assertIn("0 new (0 min), 2 known", self.import_file(file, "--zone", "UTC", "--good", code=1))
        day = self.today() - datetime.timedelta(days=1)
        again = ("User,Email,Project,Description,Start date,Start time,End date,End time,Duration\n"
                 f"Olena,{OLENA},Clinical answers,the same by another tracker,{day},06:10:00,{day},06:20:00,00:10:00\n")
        self.assertIn("(overlaps with an entry that is here)", self.import_file(self.own_file(again), "--zone", "UTC"))

    def test_by_page(self):
        reply = self.upload("good.csv", self.rows("page").encode(), zone="UTC")
        self.assertIn("Nothing was taken: rows that cannot be used: 3", reply.page.headings)
        self.assertIn("Overlaps with row 2", reply.words)
        self.assertNotIn("Take these", reply.words)
        done = self.a.submit(reply, "/take")
        self.assertIn("2 entries taken", done.page.headings)
        self.assertIn("left out: 3", done.words)
        self.assertIn("Row 4, column “Date”", done.words)
        self.assertEqual(self.one(f"{ENTRIES} WHERE note LIKE 'page%'"), "2")
        self.assertEqual(self.one("SELECT COUNT(*) FROM import_batch WHERE file_name = 'good.csv' AND state = 'done' "
                                  "AND good_only = 1 AND rows_bad = 3"), "1")
        listed = self.a.get(f"/payments/staff/entries?person={id_text(self.one(f'SELECT HEX(public_id) FROM keptword_core.person WHERE email = {OLENA!r}'))}")
        self.assertIn("Overlaps with another entry", listed.words)

    def test_numbers_of_a_spreadsheet_are_asked_about(self):
        head = "Date,Hours,Email,Project\n"
        reply = self.upload("s.csv", (head + f"43893,1,{OLENA},Clinical answers\n").encode())
        self.assertEqual(reply.status, 422)
        self.assertIn("both of its calendars fit: row 2: 43893", reply.words)
        reply = self.upload("s.csv", (head + f"43893,1,{OLENA},Clinical answers\n").encode(), dates="excel1904")
        self.assertIn("4 Mar 2024", reply.words)
        self.a.submit(reply, "/abandon")
        reply = self.upload("s.csv", b"Project,Client,Duration\nA,B,1:00:00\n")
        self.assertIn("it is a summary", reply.words)


class PeriodTest(Time):
    def test_there_is_an_open_one_behind_those_that_were_locked_early(self):
        """What waits at a lock (an entry with an open question) goes to the next open period."""
        later = "schedule_id = (SELECT MIN(id) FROM pay_schedule) AND start_day > UTC_DATE() + INTERVAL 1 DAY"
        self.command("periods", "--ahead", "3")
        self.assertEqual(self.one(f"SELECT COUNT(*) FROM pay_period WHERE {later} AND state = 'open'"), "3")
        last = self.one("SELECT MAX(id) FROM pay_period")
        early = ",".join(row[0] for row in self.sql(f"SELECT id FROM pay_period WHERE {later} AND state = 'open'"))
        self.addCleanup(self.sql, f"DELETE FROM pay_period WHERE id > {last};"
                                  f"UPDATE pay_period SET state = 'open', locked_by = NULL, locked_at = NULL"
                                  f" WHERE id IN ({early})")
        self.sql("UPDATE pay_period SET state = 'locked', locked_by = 3, locked_at = UTC_TIMESTAMP(6)"
                 f" WHERE id IN ({early})")
        self.command("periods", "--ahead", "3")
        self.assertEqual(self.one(f"SELECT COUNT(*) FROM pay_period WHERE {later} AND state = 'open'"), "3")


class RunTest(Time):
    """Lock, pay run, issue. After the others: what they left is paid here."""

    def fortnight(self):
        """Marta's fortnight that a calculator can follow, and nothing else of hers."""
        self.sql("DELETE FROM work_entry WHERE person_id = 31 AND period_id = "
                 "(SELECT id FROM pay_period WHERE state = 'open' ORDER BY start_day LIMIT 1)")
        start = datetime.date.fromisoformat(self.open_period())
        days = [start + datetime.timedelta(days=n) for n in range((self.today() - start).days + 1)]
        rows = "".join(f"{MARTA},Clinical answers,{days[n % len(days)]}T{6 + n // len(days) * 4:02}:00:00Z,"
                       f"{days[n % len(days)]}T{9 + n // len(days) * 4:02}:30:00Z,answer {n}\n" for n in range(9))
        said = self.command("import-time", self.own_file("user_email,project,start,end,description\n" + rows),
                            "--take")
        self.assertIn("9 new (31 h 30 min)", said)
        page = self.marta.get("/payments/entries")
        for tasks in ("5", "7"):
            self.marta.submit(page, "/payments/entries", day=str(days[0]), project="3", kind="production",
                              hours="1", minutes="", tasks=tasks, note="")
            page = self.marta.get("/payments/entries")

    def adjust(self, kind, amount, reason):
        page = self.a.get("/payments/staff/adjustments")
        self.a.submit(page, "/adjustments", person=MARTA, kind=kind, amount=amount, reason=reason)
        hex_id = self.one(f"SELECT HEX(public_id) FROM adjustment WHERE reason = '{reason}'")
        at = f"/payments/staff/adjustments/{id_text(hex_id)}"
        own = self.a.get(at)
        self.assertNotIn("/approve", own.text)
        tokens = [p for p in self.a.get("/payments/staff/adjustments").form("/adjustments").fields
                  if p[0].startswith("_")]
        reply = self.a.post(at + "/approve", tokens + [("version", "1")])
        self.assertEqual(reply.status, 422)
        self.assertIn("Somebody else of finance", reply.words)
        self.b.submit(self.b.get(at), "/approve")
        self.assertEqual(self.one(f"SELECT state FROM adjustment WHERE reason = '{reason}'"), "approved")

    def run_hash(self, start):
        return self.one("SELECT LOWER(HEX(r.draft_hash)) FROM pay_run r JOIN pay_period p ON p.id = r.period_id "
                        f"WHERE p.start_day = '{start}' ORDER BY r.id DESC LIMIT 1")

    def run_page(self, run, heading):
        def there():
            return heading in " ".join(self.a.get(run).page.headings)
        self.site.wait(there, 30, heading)
        return self.a.get(run)

    def test_1_to_the_cent(self):
        start = self.open_period()
        period_id = id_text(self.one(f"SELECT HEX(public_id) FROM pay_period WHERE start_day = '{start}'"))
        period = f"/payments/staff/periods/{period_id}"
        self.fortnight()
        self.adjust("bonus", "100.00", "Ten good examples")
        self.adjust("expense", "20.00", "A month of a database")
        page = self.a.get("/payments/staff/adjustments")
        reply = self.a.submit(page, "/adjustments", person=MARTA, kind="bonus", amount="1,5,0", reason="Wrong")
        self.assertEqual(reply.status, 422)
        self.assertIn("1,5,0", reply.text)

        # All but one are approved; that one by silence.
        self.a.submit(self.a.get("/payments/staff/entries"), "/approve-all")
        self.assertEqual(self.one(f"{ENTRIES} WHERE state = 'submitted' AND question IS NULL"), "0")
        self.sql("UPDATE work_entry SET state = 'submitted', decided_by = NULL, decided_at = NULL WHERE "
                 "note = 'answer 8'")
        asked = int(self.one(f"{ENTRIES} WHERE state = 'queried'"))
        stale = self.b.get(period)
        self.a.submit(self.a.get(period), "/lock")
        self.assertEqual(self.b.submit(stale, "/lock").status, 409)
        self.site.wait(lambda: "/run" in self.a.get(period).text, 20, "silence")
        self.assertEqual(self.sql("SELECT state, decided_by FROM work_entry WHERE note = 'answer 8'"),
                         [["approved", None]])
        self.assertIn("because nobody looked at them", self.a.get(period).words)
        self.assertEqual(self.one(f"{ENTRIES} e JOIN pay_period p ON p.id = e.period_id WHERE "
                                  "e.state = 'queried' AND p.state = 'open'"), str(asked))

        # What came late, of a day without a rate, stands in the way and is named.
        late = int(self.one(f"{ENTRIES} WHERE day = '2024-03-04'"))
        run = self.a.submit(self.a.get(period), "/run").path
        if late:
            page = self.run_page(run, "cannot be issued yet")
            self.assertIn("Олена Ткаченко", page.words)
            self.assertNotIn("/issue", page.text)
            self.command("rate", OLENA, "Clinical answers", "45.00", "--from", "2024-01-01", "--by", FINANCE_A)
            self.a.submit(page, "/abandon")
            run = self.a.submit(self.a.get(period), "/run").path
        page = self.run_page(run, "is ready")

        # Who made it does not issue it, by page or by command, and nobody has seen anything.
        self.assertNotIn("/issue", page.text)
        hash_ = self.run_hash(start)
        self.assertIn(hash_[:12], page.words)
        pairs = self.a.filled(page, "/abandon")[1] + [("hash", hash_), ("seen", "yes")]
        reply = self.a.post(run + "/issue", pairs)
        self.assertEqual(reply.status, 422)
        self.assertIn("You made this run", reply.words)
        self.command("issue", start, "--by", FINANCE_A, "--hash", hash_, "--seen", code=1)
        before = self.marta.get("/payments/statements").page.links
        self.assertEqual(self.one(f"SELECT COUNT(*) FROM statement WHERE period_start = '{start}'"), "0")
        reply = self.b.submit(self.b.get(run), "/issue")
        self.assertEqual(reply.status, 422)  # not ticked
        self.assertIn("Tick this when you have looked", reply.words)
        reply = self.b.submit(self.b.get(run), "/issue", hash="0" * 64, seen="yes")
        self.assertIn("not the run that you looked at", reply.words)
        self.command("issue", start, "--by", FINANCE_B, "--hash", "0" * 64, "--seen", code=1)
        self.b.submit(self.b.get(run), "/issue", seen="yes")
        self.run_page(run, "are issued")
        self.assertEqual(self.sql("SELECT LOWER(HEX(signed_hash)), issued_by FROM pay_run ORDER BY id DESC LIMIT 1"),
                         [[hash_, "4"]])
        self.assertIn(hash_, self.one("SELECT reason FROM audit WHERE action = 'pay_run.signed' ORDER BY id DESC LIMIT 1"))
        answer = self.a.get(run.replace("/staff/", "/api/"))
        self.assertIn('"state":"issued"', answer.text)
        same = self.a.get(run.replace("/staff/", "/api/"), headers={"If-None-Match": answer.header("ETag")})
        self.assertEqual(same.status, 304)

        # 1890 min x 45.00 = 1417.50; 12 tasks x 18.75 = 225.00; 100.00; 20.00: 1762.50.
        new = [link for link in self.marta.get("/payments/statements").page.links if link not in before]
        self.assertEqual(len(new), 1)
        page = self.marta.get(new[0])
        for words in ("1,762.50 USD", "31 h 30 min", "1,417.50", "225.00", "100.00", "20.00", "18.75 a task"):
            self.assertIn(words, page.words)
        table = list(csv.DictReader(io.StringIO(self.marta.get(new[0] + "/csv").text)))
        self.assertEqual([row["amount"] for row in table if row["item"] in ("work", "adjustment", "total")],
                         ["1417.50", "225.00", "100.00", "20.00", "1762.50"])
        self.assertEqual((table[0]["minutes"], table[1]["units"]), ("1890", "12"))
        pdf = self.marta.get(new[0] + "/pdf")
        self.assertEqual(pdf.header("Content-Type"), "application/pdf")
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.body, capture_output=True,
                              check=True).stdout.decode()
        for words in ("1,762.50 USD", "31 h 30 min", "1,417.50", "225.00", "100.00", "20.00"):
            self.assertIn(words, text)
        other = self.site.person(SIYUAN)
        for path in (new[0], new[0] + "/csv", new[0] + "/pdf"):
            self.assertEqual(other.get(path).status, 404, path)
        if late:  # 60 + 60 + 60 + 1200 + 1 = 1381 min x 45.00
            self.assertEqual(self.sql("SELECT l.minutes, l.amount_minor FROM statement s JOIN statement_line l "
                                      f"ON l.statement_id = s.id WHERE s.period_start = '{start}' AND "
                                      "s.person_id = 34 AND l.rate_from = '2024-01-01'"), [["1381", "103575"]])

        made = self.one(f"SELECT COUNT(*) FROM statement WHERE period_start = '{start}'")
        self.assertEqual(self.one("SELECT COUNT(*) FROM event WHERE kind = 'statement.issued'"), made)
        self.assertEqual(self.one("SELECT COUNT(*) FROM pay_draft d JOIN pay_run r ON r.id = d.pay_run_id "
                                  "WHERE r.kind = 'regular'"), "0")
        self.assertIn("A new statement is ready", self.marta.get("/").words)
        self.assertIn(" 0 faults", self.command("check"))

    def test_2_the_check_finds_what_is_wrong(self):
        number = self.one("SELECT MAX(id) FROM statement")
        public = id_text(self.one(f"SELECT HEX(public_id) FROM statement WHERE id = {number}"))
        for spoil, repair, words in (
                ("UPDATE statement_line SET amount_minor = amount_minor + 1 WHERE line_no = 1 AND statement_id",
                 "UPDATE statement_line SET amount_minor = amount_minor - 1 WHERE line_no = 1 AND statement_id",
                 f"statement {public} does not add up (lines"),
                ("UPDATE ledger SET amount_minor = amount_minor + 7 WHERE account = 'work' AND statement_id",
                 "UPDATE ledger SET amount_minor = amount_minor - 7 WHERE account = 'work' AND statement_id",
                 f"statement {public} has a posting that is not 0 (issued, off by 7)")):
            self.sql(f"{spoil} = {number}")
            self.assertIn(words, self.command("check", code=1))
            self.sql(f"{repair} = {number}")
        entry = self.sql(f"SELECT line_no, work_entry_id FROM statement_entry WHERE statement_id = {number} LIMIT 1")[0]
        self.sql(f"DELETE FROM statement_entry WHERE work_entry_id = {entry[1]}")
        self.assertIn("stands on no statement", self.command("check", code=1))
        self.sql(f"INSERT INTO statement_entry VALUES ({number}, {entry[0]}, {entry[1]})")
        self.command("check")

    def test_3_a_worker_killed_in_the_middle(self):
        """4,000 people; the worker is killed while it works them out and again while it issues."""
        generate = (TOP / "sql/payments/generate.sql").read_text(encoding="utf-8")
        self.sql(f"SET @people = 4000, @periods = 0, @lines = 0, @entries = 5, @today = '{self.today()}', "
                 f"@now = '{self.today()} 03:00:00'; {generate}")
        period = id_text(self.one("SELECT HEX(public_id) FROM pay_period WHERE id = 1000001"))
        page = self.a.get(f"/payments/staff/periods/{period}")
        run = self.a.submit(page, "/run").path
        self.kill_at_work("payments.run")
        self.run_page(run, "is ready")
        self.b.submit(self.b.get(run), "/issue", seen="yes")
        self.kill_at_work("payments.issue")
        self.run_page(run, "are issued")
        self.assertEqual(self.sql("SELECT COUNT(*), COUNT(DISTINCT person_id) FROM statement WHERE period_id = 1000001"),
                         [["4000", "4000"]])
        self.assertEqual(self.sql("SELECT COUNT(*), COUNT(DISTINCT x.work_entry_id) FROM statement_entry x "
                                  "JOIN statement s ON s.id = x.statement_id WHERE s.period_id = 1000001"),
                         [["20000", "20000"]])
        self.assertEqual(self.one("SELECT COUNT(*) FROM event e JOIN statement s ON s.id = e.subject_id "
                                  "WHERE e.kind = 'statement.issued' AND s.period_id = 1000001"), "4000")
        self.assertEqual(self.one("SELECT SUM(net_minor) FROM statement WHERE period_id = 1000001"),
                         self.one("SELECT SUM((2 * m * 4500 + 60) DIV 120) FROM (SELECT SUM(minutes) AS m FROM "
                                  "work_entry WHERE period_id = 1000001 GROUP BY person_id) x"))
        self.assertIn(" 0 faults", self.command("check"))

    def kill_at_work(self, kind):
        def in_the_middle():
            row = self.sql(f"SELECT done, total FROM job WHERE kind = '{kind}' ORDER BY id DESC LIMIT 1")[0]
            return 0 < int(row[0]) < int(row[1])
        self.site.wait(in_the_middle, 30, f"{kind} in the middle")
        os.kill(self.site.child("payments.work"), signal.SIGKILL)
        self.assertTrue(in_the_middle(), "it was over before it was killed")
        # Its lease would end in a minute.
        time.sleep(0.3)
        self.sql(f"UPDATE job SET lease_until = '2000-01-01' WHERE kind = '{kind}' AND state = 'running'")


if __name__ == "__main__":
    unittest.main()
