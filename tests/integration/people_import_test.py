"""The import of people: by page and by command, twice the same, in part, and 5,000 at once."""
import csv
import io
import os
import re
import signal
import tempfile
import time
import unittest
from pathlib import Path

from instance import Site

CORE = "keptword_core"
CANARY = "<script>alert('{n}')</script>\"'=1+1"
HEADER = "email,legal_name,preferred_name,time_zone,country,locale,roles\n"


class Import(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()
        cls.admin = cls.site.person("admin")

    @classmethod
    def tearDownClass(cls):
        # The other tests of this instance count people.
        many = "email LIKE '%@many.example'"
        cls.site.sql(f"DELETE FROM {CORE}.role_grant WHERE person_id IN (SELECT id FROM {CORE}.person WHERE {many});"
                     f"DELETE FROM {CORE}.person WHERE {many}")

    def send(self, content, name="people.csv"):
        page = self.admin.get("/staff/people/import")
        if isinstance(content, str):
            content = content.encode()
        return self.admin.submit(page, "/staff/people/import", files=[("file", name, content)])

    def counts(self, reply):
        """New, changed, unchanged, with errors."""
        self.assertEqual(reply.status, 200, re.findall('class="error".*', reply.text))
        return [int(n.replace(",", "")) for n in re.findall(r'<dd>([\d,]+)</dd>', reply.text)]

    def apply(self, reply, **fields):
        reply = self.admin.submit(reply, "/take", **fields)
        self.assertEqual(reply.status, 200, reply.text[:400])
        self.site.wait(lambda: "has been applied" in self.admin.get(reply.path).text, 60, "the import")
        return self.admin.get(reply.path)

    def command(self, content, *words, code=0):
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            done = self.site.command("portal", "import-people", file.name, *words)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def person(self, email):
        rows = self.site.sql(f"SELECT id, legal_name, preferred_name, time_zone, COALESCE(country, ''), locale, roles,"
                             f" state, email FROM {CORE}.person WHERE email_key = '{email.lower()}'")
        return rows[0] if rows else None

    def audits(self, person):
        return [row[0] for row in self.site.sql(
            f"SELECT action FROM {CORE}.audit WHERE object = 'person:{person}' ORDER BY id")]

    def test_preview_apply_and_again(self):
        names = {"ana": "Ana Sólveig Þórsdóttir", "chen": "陈 思远", "layla": "ليلى حداد", "tkach": "Оксана Ткач",
                 "noor": "=HYPERLINK(1)"}
        file = "\ufeff" + HEADER.replace(",", ";") + "".join(
            f"{key}@import.example;{name};;Europe/Warsaw;pl;es-mx;\"contributor;reviewer\"\r\n"
            for key, name in names.items())
        before = self.site.one(f"SELECT COUNT(*) FROM {CORE}.person")
        reply = self.send(file)
        self.assertEqual(self.counts(reply), [5, 0, 0, 0])
        for name in names.values():
            self.assertIn(name.replace("&", "&amp;"), reply.text)
        self.assertEqual(self.site.one(f"SELECT COUNT(*) FROM {CORE}.person"), before)
        preview = reply.path
        done = self.apply(reply, invite="yes")
        self.assertIn("Ana Sólveig", done.text)
        for key, name in names.items():
            row = self.person(f"{key}@import.example")
            self.assertEqual(row[1:6] + row[7:8], [name, name, "Europe/Warsaw", "PL", "es-MX", "active"])
            self.assertEqual(int(row[6]), 1 << 1 | 1 << 2)
            self.assertEqual(self.audits(row[0]), ["person.imported"])
            self.assertEqual(self.site.one(f"SELECT CONCAT(kind, topic) FROM {CORE}.outbox WHERE person_id = {row[0]}"),
                             "account.invitedaccount")
        grants = self.site.sql(f"SELECT DISTINCT granted_by FROM {CORE}.role_grant g JOIN {CORE}.person p ON"
                               " p.id = g.person_id WHERE p.email IN ('ana@import.example', 'chen@import.example')")
        self.assertEqual(grants, [["1"]])
        # Applied is applied: the form that was kept open brings a conflict, and nobody twice.
        stale = self.admin.post(preview + "/take", self.admin.filled(reply, "/take")[1], follow=False)
        self.assertIn(stale.status, (303, 409))
        # The same file again, with the addresses in other letters.
        again = self.send(file.replace("ana@import.example", "ANA@Import.Example"))
        self.assertEqual(self.counts(again), [0, 0, 5, 0])
        self.assertIn("There is nothing to apply", again.text)
        self.assertNotIn("/take\"", again.text)
        self.assertEqual(self.person("ana@import.example")[8], "ana@import.example")
        # Another name, and a further role; empty cells say nothing.
        changed = self.send(HEADER + "ana@import.example,Ana Sol,,,,,hdm\nchen@import.example,陈 思远,,UTC,,,\n")
        self.assertEqual(self.counts(changed), [0, 2, 0, 0])
        for words in ("Ana Sólveig Þórsdóttir", "Ana Sol", "Legal name", "Time zone", "Further roles"):
            self.assertIn(words, changed.text)
        self.apply(changed)
        ana = self.person("ana@import.example")
        self.assertEqual(ana[1:6], ["Ana Sol", "Ana Sólveig Þórsdóttir", "Europe/Warsaw", "PL", "es-MX"])
        self.assertEqual(int(ana[6]), 1 << 1 | 1 << 2 | 1 << 4)
        self.assertEqual(self.audits(ana[0]), ["person.imported", "person.changed_by_import"])
        self.assertEqual(self.person("chen@import.example")[3], "UTC")

    def test_rows_with_errors_are_told_and_given_back(self):
        rows = ["bad1.example,No At,,,,,", ",Nobody,,,,,", "bad3@import.example,Zone,,Mars/Olympus,,,",
                "bad4@import.example,Role,,,,,boss", "bad5@import.example,Admin,,,,,admin",
                "bad6@import.example,=cmd|' /C calc'!A0,,Nowhere,,,", "good@import.example,Good,,,,,",
                "GOOD@import.example,Twice,,,,,", '"bad7@import.example","A, B",,,xq,,']
        reply = self.send(HEADER + "\n".join(rows) + "\n")
        self.assertEqual(self.counts(reply), [1, 0, 0, 8])
        for words in ("Row 2, column", "is not an e-mail address", "This cell is empty", "Mars/Olympus",
                      "no role called", "cannot make an administrator", "stands in row 8 already"):
            self.assertIn(words, reply.text)
        errors = self.admin.get(reply.path + "/errors")
        self.assertIn("people-errors.csv", errors.header("Content-Disposition"))
        table = list(csv.reader(io.StringIO(errors.body.decode("utf-8-sig"))))
        self.assertEqual(table[0], HEADER.strip().split(",") + ["error"])
        self.assertEqual(len(table), 9)
        self.assertEqual(table[-1][:5], ["bad7@import.example", "A, B", "", "", "xq"])
        self.assertEqual(table[6][1], "'=cmd|' /C calc'!A0")
        for row in table:
            for cell in row:
                self.assertNotRegex(cell, "^[=+@\t\r-]")
        self.assertIn("country: “xq” is not the code", table[-1][-1])
        done = self.apply(reply)
        self.assertEqual(self.counts(done), [1, 0, 0, 8])
        self.assertIsNotNone(self.person("good@import.example"))
        self.assertIsNone(self.person("bad5@import.example"))
        # Corrected, the file of errors is read as it is.
        table[6][3] = table[3][3] = ""
        out = io.StringIO()
        csv.writer(out).writerows([table[0], table[6], table[3]])
        again = self.send(out.getvalue())
        self.assertEqual(self.counts(again), [2, 0, 0, 0])
        self.assertIn("=cmd|&#39; /C calc&#39;!A0", again.text)
        self.assertNotIn("not used", again.text)
        self.admin.submit(again, "/abandon")
        self.assertIn("Given up", self.admin.get(again.path).text)
        self.assertIsNone(self.person("bad6@import.example"))

    def test_somebody_changes_a_person_meanwhile(self):
        self.command(HEADER + "late@import.example,Late,,,,,\nother@import.example,Other,,,,,\n")
        reply = self.send(HEADER + "late@import.example,Later,,,,,\nother@import.example,Others,,,,,\n"
                          "soon@import.example,Soon,,,,,\n")
        self.assertEqual(self.counts(reply), [1, 2, 0, 0])
        self.site.sql(f"UPDATE {CORE}.person SET preferred_name = 'Mine', version = version + 1"
                      " WHERE email = 'late@import.example'")
        self.command(HEADER + "soon@import.example,Sooner,,,,,\n")
        done = self.apply(reply)
        self.assertIn("Somebody changed these people", done.text)
        self.assertEqual(self.person("late@import.example")[1:3], ["Late", "Mine"])
        self.assertEqual(self.person("soon@import.example")[1], "Sooner")
        self.assertEqual(self.person("other@import.example")[1], "Others")

    def test_what_is_typed_is_never_markup(self):
        names = [CANARY.format(n=n) for n in range(6)]
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["email", "legal_name", "preferred_name", names[5]])
        writer.writerow(["canary@import.example", names[0], names[1], "x"])
        writer.writerow(["canary.example<b>", names[2], names[3], "x"])
        reply = self.send(out.getvalue(), name="<img src=x onerror=1>.csv")
        self.assertEqual(self.counts(reply), [1, 0, 0, 1])
        for page in (reply, self.apply(reply), self.admin.get("/staff/people/import")):
            self.assertNotIn("<script>alert", page.text)
            self.assertNotIn("<img src=x", page.text)
        self.assertIn("&lt;script&gt;alert(&#39;0&#39;)", reply.text)
        changed = self.send('email,legal_name,preferred_name\ncanary@import.example,C,"' +
                            CANARY.format(n=9).replace('"', '""') + '"\n')
        self.assertEqual(self.counts(changed), [0, 1, 0, 0])
        self.assertNotIn("<script>alert", changed.text)

    def test_files_that_are_no_lists(self):
        for content, words in (
                (b"", "is empty. Choose another one"), (b"a,b\n1,2\n", "needs a column"), (b"email,name\n", "no rows"),
                (b"email,name\n\xff\xff@x,Ana\n", "not UTF-8"), (b"email,name\na@b,A\x00\n", "no text has"),
                (b"email,name\n\"a@b,Ana\n", "quotation mark"), (b"email,name" + b"," * 1000000 + b"\n", "columns; at most"),
                (b"email,name\n" + b"a@b,Ana\n" * 20001, "more than 20,000 rows"),
                (b"email,mail,name\na@b,a@b,Ana\n", "mean the same")):
            reply = self.send(content)
            self.assertEqual(reply.status, 422, words)
            self.assertIn(words, reply.text)
        # Larger than what is read at all.
        self.assertIn(self.send(b"email,name\n" + b"a@b,Ana\n" * 2500000).status, (413, 422))

    def test_command(self):
        file = HEADER + "cli@import.example,Cli,,,,,contributor\nwrong,Wrong,,,,,\n"
        dry = self.command(file, "--dry-run", code=1)
        self.assertIn("1 new, 0 changed, 0 here already and unchanged, 1 with errors", dry.stdout)
        self.assertIn('row 3, column "email": “wrong” is not an e-mail address.', dry.stderr)
        self.assertIn("nothing was changed", dry.stdout)
        self.assertIsNone(self.person("cli@import.example"))
        done = self.command(file, "--invite", code=1)
        self.assertIn("Done.", done.stdout)
        person = self.person("cli@import.example")
        self.assertEqual(self.site.one(f"SELECT COUNT(*) FROM {CORE}.outbox WHERE person_id = {person[0]}"), "1")
        again = self.command(file.replace("wrong,Wrong,,,,,\n", ""))
        self.assertIn("0 new, 0 changed, 1 here already", again.stdout)
        self.assertIn("Nothing to apply", again.stdout)
        self.assertIn("needs a column", self.command("a;b\n1;2\n", code=1).stderr)
        self.assertEqual(self.site.command("portal", "import-people").returncode, 2)

    def test_five_thousand(self):
        zones = ("Europe/Warsaw", "America/Lima", "Asia/Tokyo", "")
        file = HEADER + "".join(
            f"p{n}@many.example,Zz{n} Ýr-O'Qvist 雨,Zz{n},{zones[n % 4]},PL,en,contributor;reviewer\n"
            for n in range(5000))
        began = time.monotonic()
        reply = self.send(file)
        read = time.monotonic() - began
        self.assertEqual(self.counts(reply), [5000, 0, 0, 0])
        began = time.monotonic()
        self.admin.submit(reply, "/take")
        # The worker is killed in the middle; what it held is free again, and another goes on.
        added = f"SELECT COUNT(*) FROM {CORE}.person WHERE email LIKE '%@many.example'"
        self.site.wait(lambda: int(self.site.one(added)) > 500, 20, "the first rows")
        os.kill(self.site.child("portal.work"), signal.SIGKILL)
        self.site.sql(f"UPDATE {CORE}.job SET lease_until = lease_until - INTERVAL 60 SECOND"
                      " WHERE kind = 'people.import' AND state = 'running'")
        self.assertLess(int(self.site.one(added)), 5000)
        self.site.wait(lambda: "has been applied" in self.admin.get(reply.path).text, 60, "the import")
        took = time.monotonic() - began
        self.assertEqual(self.site.one(f"SELECT COUNT(*) FROM {CORE}.audit a JOIN {CORE}.person p ON a.object ="
                                       " CONCAT('person:', p.id) WHERE p.email LIKE '%@many.example'"), "5000")
        self.assertEqual(self.site.one(f"SELECT COUNT(*) FROM {CORE}.person WHERE email LIKE '%@many.example'"
                                       " AND roles = 6"), "5000")
        self.assertEqual(self.counts(self.send(file)), [0, 0, 5000, 0])
        print(f" 5,000 people: read in {read:.1f} s, applied in {took:.1f} s", end="", flush=True)
        self.assertLess(took, 60)

    def test_old_previews_are_given_up(self):
        reply = self.send(HEADER + "old@import.example,Old,,,,,\nbad,Bad,,,,,\n")
        row = self.site.one(f"SELECT MAX(id) FROM {CORE}.people_import")
        self.site.sql(f"UPDATE {CORE}.people_import SET started_at = started_at - INTERVAL 8 DAY WHERE id = {row}")
        os.kill(self.site.child("portal.work"), signal.SIGKILL)  # the next one looks at once
        self.site.wait(lambda: "Given up" in self.admin.get(reply.path).text, 10, "giving up")
        for table in ("row", "fault"):
            self.assertEqual(self.site.one(f"SELECT COUNT(*) FROM {CORE}.people_import_{table} WHERE import_id = {row}"), "0")

    def test_only_administrators(self):
        for role in ("hdm", "people_officer", "contributor"):
            self.assertEqual(self.site.person(role).get("/staff/people/import").status, 403, role)
        sample = self.admin.get("/staff/people/import/sample")
        self.assertEqual(self.counts(self.send(sample.body)), [2, 0, 0, 0])


if __name__ == "__main__":
    unittest.main()
