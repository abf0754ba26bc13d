"""The audit chain: sealed by the worker, and each change by somebody with the database's root account
found, with the row named. Hashes and signatures are worked out here once more, by hashlib and the
openssl command.
"""
import hashlib
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from database import BIN, Database
from fcgi import TOP

DB = None
ROWS = 12
ADD = ("INSERT INTO keptword_hdm.audit (at, actor_id, action, object, reason, request_id) VALUES"
       " (UTC_TIMESTAMP(6), {n}, 'note.added', 'note:{n}', {reason}, NULL);")


def setUpModule():
    global DB
    DB = Database()


def tearDownModule():
    DB.done()


def field(value):
    return b"-," if value is None else b"%d:%s," % (len(value.encode()), value.encode())


class Chain(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kwaudit-")
        self.addCleanup(self.folder.cleanup)
        self.heads = Path(self.folder.name) / "heads"
        DB.run("TRUNCATE TABLE keptword_hdm.audit; TRUNCATE TABLE keptword_hdm.audit_seal;")

    # ---- Programs ----

    def environment(self, plugin, **more):
        return {**os.environ, **DB.environment(plugin), "KEPTWORD_RUN": self.folder.name,
                "KEPTWORD_TEMPLATES": str(TOP / "build" / "site"), "KEPTWORD_SQL": str(TOP / "sql"),
                "KEPTWORD_KEYS": self.folder.name + "/keys", "KEPTWORD_AUDIT_HEADS": str(self.heads), **more}

    def worker(self, shift=0):
        return subprocess.Popen([str(BIN / "hdm"), "work"], cwd=TOP, stderr=subprocess.PIPE, text=True,
                                env=self.environment("hdm", KEPTWORD_CLOCK_SHIFT=str(shift)))

    def end(self, *workers):
        """What they wrote to their logs."""
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        return "".join(worker.communicate(timeout=20)[1] for worker in workers)

    def sealed(self):
        return int(DB.run("SELECT COUNT(*) FROM keptword_hdm.audit_seal")[0][0])

    def wait(self, condition, seconds=10):
        until = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), until, "it did not happen")
            time.sleep(0.02)

    def seal(self, shift=0):
        """Seals all there is, and copies the head out."""
        worker = self.worker(shift)
        self.wait(lambda: self.sealed() == int(DB.run("SELECT COUNT(*) FROM keptword_hdm.audit")[0][0]))
        self.wait(lambda: list(self.heads.glob("*.heads")))
        time.sleep(0.05)
        return self.end(worker)

    def add(self, first, last):
        DB.run("".join(ADD.format(n=n, reason="'Größe, \"七\"'" if n % 2 else "NULL")
                       for n in range(first, last + 1)))

    def check(self, plugin="hdm", *words):
        done = subprocess.run([str(BIN / plugin), "check-audit", *words], cwd=TOP, text=True,
                              capture_output=True, env=self.environment(plugin), check=False)
        return done.returncode, done.stdout, done.stderr

    def assertClean(self, rows, **more):
        code, out, err = self.check(**more)
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn(f"hdm: {rows} rows are as they were sealed", out)

    def assertFinds(self, sql, *patterns, findings=None):
        """Each pattern in a line of its own after sql; then all is put back."""
        DB.run("CREATE OR REPLACE TABLE keptword_hdm.kept_audit AS SELECT * FROM keptword_hdm.audit;"
               "CREATE OR REPLACE TABLE keptword_hdm.kept_seal AS SELECT * FROM keptword_hdm.audit_seal;")
        DB.run("USE keptword_hdm; " + sql)
        code, out, err = self.check()
        DB.run("USE keptword_hdm; DELETE FROM audit; DELETE FROM audit_seal;"
               "INSERT INTO audit SELECT * FROM kept_audit; INSERT INTO audit_seal SELECT * FROM kept_seal;"
               "DROP TABLE kept_audit, kept_seal;")
        self.assertEqual(code, 1, sql + out)
        for pattern in patterns:
            self.assertRegex(err, "(?m)^hdm: .*" + pattern, sql)
        self.assertEqual(len(err.splitlines()), findings or len(patterns), err)
        return err

    # ---- Tests ----

    def test_hashes_and_signatures_by_other_tools(self):
        self.add(1, ROWS)
        self.seal()
        before = hashlib.sha256(b"keptword audit chain hdm").digest()
        rows = DB.run(
            "SELECT s.sequence, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.sealed_at), a.id,"
            " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', a.at), a.actor_id, a.action, a.object,"
            " COALESCE(HEX(a.reason), 'NULL'), COALESCE(a.request_id, 'NULL'), HEX(s.hash)"
            " FROM keptword_hdm.audit_seal s JOIN keptword_hdm.audit a ON a.id = s.audit_id ORDER BY 1")
        self.assertEqual(len(rows), ROWS)
        for row in rows:
            values = [None if v == "NULL" else v for v in row]
            values[7] = None if values[7] is None else bytes.fromhex(values[7]).decode()
            before = hashlib.sha256(before + b"".join(field(v) for v in values[:9])).digest()
            self.assertEqual(before.hex(), row[9].lower(), row)
        line = next(self.heads.glob("hdm-*.heads")).read_text().splitlines()[-1]
        message, _, signature = line.rpartition(" ")
        self.assertEqual(message.split()[1:4] + message.split()[5:7],
                         ["hdm", str(ROWS), rows[-1][2], before.hex(), "1"])
        for name, content in (("message", message.encode()), ("signature", bytes.fromhex(signature))):
            (Path(self.folder.name) / name).write_bytes(content)
        verify = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", str(self.heads / "hdm-1.pem"),
                  "-in", self.folder.name + "/message", "-sigfile", self.folder.name + "/signature"]
        self.assertEqual(subprocess.run(verify, capture_output=True, check=False).returncode, 0)
        self.assertEqual((Path(self.folder.name) / "keys" / "audit-hdm.key").stat().st_mode & 0o777, 0o600)
        self.assertClean(ROWS)
        self.assertClean(ROWS, plugin="portal")

    def test_each_manipulation_is_found_and_named(self):
        self.add(1, ROWS)
        self.seal()
        for change in ("at = at + INTERVAL 1 SECOND", "actor_id = 99", "action = 'note.seen'", "object = 'note:9'",
                       "reason = 'no'", "reason = ''", "reason = NULL", "request_id = 'r'"):
            if change != "reason = NULL":
                self.assertFinds(f"UPDATE audit SET {change} WHERE id = 4", "row 4 does not fit")
        self.assertFinds("UPDATE audit SET reason = NULL WHERE id = 5", "row 5 does not fit")
        self.assertFinds("DELETE FROM audit WHERE id = 7", "row 7 is gone")
        self.assertFinds("DELETE FROM audit WHERE id = 7; DELETE FROM audit_seal WHERE audit_id = 7",
                         "seals 7 to 7 are gone.* between row 6 and row 8")
        self.assertFinds("UPDATE audit_seal SET hash = REPEAT('x', 32) WHERE audit_id = 6", "the seal of row 6")
        self.assertFinds("UPDATE audit_seal SET hash = REPEAT('x', 32) WHERE audit_id = 12",
                         "row 12 does not fit", "seals 1 to 12 are not those that were signed")
        self.assertFinds("INSERT INTO audit (id, at, actor_id, action, object) VALUES"
                         " (900, UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE, 1, 'x', 'y')", "row 900.* has no seal yet")
        self.assertFinds("INSERT INTO audit (id, at, actor_id, action, object) VALUES"
                         " (-1, UTC_TIMESTAMP(6) - INTERVAL 1 DAY, 1, 'x', 'y')", "row -1 was put in from outside")
        self.assertFinds("INSERT INTO audit (id, at, actor_id, action, object) VALUES (900, UTC_TIMESTAMP(6), 1, 'x',"
                         " 'y'); INSERT INTO audit_seal VALUES (13, 900, UTC_TIMESTAMP(6), REPEAT('x', 32))",
                         "row 900 does not fit its seal .*made up")
        self.assertFinds("UPDATE audit SET id = 100 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 9;"
                         " UPDATE audit SET id = 9 WHERE id = 100", "row 3 does not fit", "row 9 does not fit")
        self.assertFinds("UPDATE audit_seal SET audit_id = 100 WHERE sequence = 3; UPDATE audit_seal SET audit_id = 3"
                         " WHERE sequence = 9; UPDATE audit_seal SET audit_id = 9 WHERE sequence = 100;"
                         " UPDATE audit_seal SET audit_id = 9 WHERE sequence = 3",
                         "row 3 does not fit", "row 9 does not fit")
        self.assertFinds("DELETE FROM audit_seal WHERE sequence > 9; DELETE FROM audit WHERE id > 9",
                         "end is cut off: seals 10 to 12 .* row 12, are gone")
        self.assertFinds("DELETE FROM audit_seal; DELETE FROM audit", "seals 1 to 12 .* row 12, are gone")
        self.assertClean(ROWS)
        # By portal it is the same.
        DB.run("UPDATE keptword_hdm.audit SET actor_id = 99 WHERE id = 4")
        code, out, err = self.check("portal")
        self.assertEqual((code, len(err.splitlines())), (1, 1), err)
        self.assertRegex(err, "^hdm: row 4 does not fit")
        self.assertEqual({line.split(":")[0] for line in out.splitlines()},
                         {"core", "feedback", "hdm", "onboarding", "payments"})

    def test_chains_sealed_anew_differ_from_the_signed_heads(self):
        self.add(1, 6)
        self.seal()
        self.add(7, ROWS)
        self.seal(shift=61)
        heads = next(self.heads.glob("hdm-*.heads"))
        self.assertEqual(len(heads.read_text().splitlines()), 2)
        kept = heads.read_bytes()
        # The changed row and all behind it sealed anew, by the program itself and its own key.
        DB.run("USE keptword_hdm; UPDATE audit SET actor_id = 99 WHERE id = 9;"
               " DELETE FROM audit_seal WHERE sequence >= 9")
        self.seal(shift=62)
        err = self.check()[2]
        self.assertRegex(err, r"^hdm: the seals 7 to 12 are not those that were signed on .* follows row 6 .* row 12 ")
        self.assertEqual(len(err.splitlines()), 1)
        # All of it, and the file of heads thrown away: the copy that was kept elsewhere tells.
        elsewhere = tempfile.mkdtemp(dir=self.folder.name)
        for path in self.heads.iterdir():
            (Path(elsewhere) / path.name).write_bytes(kept if path == heads else path.read_bytes())
            path.unlink()
        DB.run("USE keptword_hdm; DELETE FROM audit_seal")
        self.seal()
        self.assertClean(ROWS)
        code, _, err = self.check("hdm", "--heads", elsewhere)
        self.assertEqual(code, 1)
        self.assertRegex(err, "the seals 1 to 6 are not those that were signed")
        # A line that somebody made up, another key, no heads.
        (Path(elsewhere) / heads.name).write_text(kept.decode().replace(" 6 6 ", " 6 5 ", 1))
        self.assertRegex(self.check("hdm", "--heads", elsewhere)[2], r"signature in line 1 of hdm-.*\.heads")
        (self.heads / "hdm-1.pem").write_text("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqow"
                                              "trbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n")
        self.assertRegex(self.check()[2], "public key .* missing or another")
        self.assertRegex(self.check("hdm", "--heads", "/nonexistent")[2], "there are no signed heads")

    def test_what_commits_late_is_sealed_late(self):
        late = subprocess.Popen(["mariadb", "--no-defaults", "--user=root", "--socket=" + DB.socket, "keptword_hdm"],
                                stdin=subprocess.PIPE, text=True)
        late.stdin.write("START TRANSACTION; " + ADD.format(n=1, reason="NULL") + "\n")
        late.stdin.flush()
        self.wait(lambda: DB.run("SELECT AUTO_INCREMENT FROM information_schema.tables WHERE table_name = 'audit'"
                                 " AND table_schema = 'keptword_hdm'")[0][0] == "2")
        self.add(2, 5)
        worker = self.worker()
        self.wait(lambda: self.sealed() == 4)
        late.communicate("COMMIT;\n")
        began = time.monotonic()
        self.wait(lambda: self.sealed() == 5, 5)
        took = time.monotonic() - began
        log = self.end(worker)
        self.assertNotIn("audit_unsealed", log)
        self.assertEqual(DB.run("SELECT audit_id FROM keptword_hdm.audit_seal ORDER BY sequence"),
                         [["2"], ["3"], ["4"], ["5"], ["1"]])
        self.assertLess(took, 3)
        self.assertClean(5)

    def test_two_workers_make_one_chain(self):
        workers = [self.worker(), self.worker()]
        for n in range(1, 41, 4):
            self.add(n, n + 3)
            time.sleep(0.1)
        self.wait(lambda: self.sealed() == 40)
        log = self.end(*workers)
        self.assertNotIn('"error"', log)
        self.assertClean(40)

    def test_alarm_when_nothing_seals(self):
        self.add(1, 2)
        DB.run("UPDATE keptword_hdm.audit SET at = at - INTERVAL 30 SECOND")
        self.assertRegex(self.check()[2], "(?s)row 1, .* has no seal yet.*row 2, ")
        log = self.seal()
        self.assertRegex(log, r'"level":"error".*"event":"audit_unsealed".*"rows":2,"seconds":3')
        self.assertClean(2)

    def test_nobody_but_root_changes_seals(self):
        for sql in ("UPDATE audit_seal SET sequence = 1", "DELETE FROM audit_seal", "UPDATE audit SET actor_id = 1",
                    "DELETE FROM audit"):
            done = subprocess.run(["mariadb", "--no-defaults", "--user=keptword_hdm", "--socket=" + DB.socket,
                                   "keptword_hdm", "-e", sql], capture_output=True, text=True, check=False)
            self.assertRegex(done.stderr, "ERROR 1142", sql)
        for sql in ("CALL keptword_core.audit_links('hdm', 0, 10)", "CALL keptword_core.audit_chains()"):
            done = subprocess.run(["mariadb", "--no-defaults", "--user=keptword_hdm", "--socket=" + DB.socket, "-e", sql],
                                  capture_output=True, text=True, check=False)
            self.assertRegex(done.stderr, "ERROR 1370", sql)
        for name in ("hdm.audit; DROP", "", "mysql", "hdm`"):
            done = subprocess.run(["mariadb", "--no-defaults", "--user=keptword_portal", "--socket=" + DB.socket, "-e",
                                   f"CALL keptword_core.audit_links('{name}', 0, 10)"],
                                  capture_output=True, text=True, check=False)
            self.assertRegex(done.stderr, "ERROR 1370", name)


if __name__ == "__main__":
    unittest.main()
