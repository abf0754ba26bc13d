"""The databases of sql/ in a private MariaDB, for tests: made, filled with the demo, asked. Follows
the order of `bin/portal schema`: tables and procedures, views, grants; needs no built program.
Accounts have no password here."""
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SQL = TOP / "sql"
FOLDERS = ["core"] + sorted(
    p.name for p in SQL.iterdir() if p.is_dir() and p.name not in ("core", "common")
)
ACCOUNTS = ["portal"] + [f for f in FOLDERS if f != "core"]
OWN = {a: "keptword_core" if a == "portal" else f"keptword_{a}" for a in ACCOUNTS}
ONCE = ("views.sql", "grants.sql", "generate.sql")
STRICT = (
    "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY"
)


class Refused(Exception):
    """A statement failed; code is MariaDB's number."""

    def __init__(self, text):
        super().__init__(text)
        match = re.search(r"ERROR (\d+) ", text)
        self.code = int(match.group(1)) if match else 0


class Server:
    """Starts at once; stop() ends it and removes its folder."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="kwsql.")
        os.chmod(self.home, 0o755)
        self.script = str(TOP / "tests" / "lib" / "mariadb.sh")
        # Nothing here has to outlive a crash.
        options = (f"--innodb-snapshot-isolation=ON --sql-mode={STRICT} --sync-frm=OFF"
                   " --innodb-flush-method=nosync --innodb-flush-log-at-trx-commit=0")
        self.socket = subprocess.run(
            ["sh", self.script, "start", self.home],
            env={**os.environ, "TEST_DB_OPTIONS": options},
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout.strip()

    def stop(self):
        subprocess.run(["sh", self.script, "kill", self.home], check=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def client(self, sql, database=None, account="root", force=False):
        command = ["mariadb", "--no-defaults", "--protocol=socket", "--socket", self.socket,
                   "--user", account, "--batch", "--skip-column-names", "--raw",
                   "--default-character-set=utf8mb4"]
        if force:
            command.append("--force")
        if database:
            command.append(database)
        return subprocess.run(command, input=sql, capture_output=True, text=True, check=False)

    def run(self, sql, database=None, account="root"):
        """The rows as lists of texts, NULL as the text NULL. Raises Refused."""
        done = self.client(sql, database, account)
        if done.returncode:
            raise Refused(done.stderr)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def one(self, sql, database=None, account="root"):
        return self.run(sql, database, account)[0][0]

    def codes(self, statements, account, database=None):
        """Runs each statement whatever became of the others; its error number, 0 when it ran."""
        done = self.client("\n".join(s + ";" for s in statements), database, account, force=True)
        found = dict.fromkeys(range(1, len(statements) + 1), 0)
        for code, line in re.findall(r"ERROR (\d+) \(\w+\) at line (\d+)", done.stderr):
            found[int(line)] = int(code)
        if "at line" not in done.stderr and done.stderr:
            raise Refused(done.stderr)
        return [found[n] for n in sorted(found)]

    def file(self, path, database, before=""):
        text = path.read_text(encoding="utf-8")
        if "autocommit" in before:
            text += "COMMIT;\n"
        if "\n--end" in text:
            text = "DELIMITER //\n" + text.replace("\n--end", "\n//") + "\nDELIMITER ;\n"
        try:
            return self.run(before + text, database)
        except Refused as refused:
            raise AssertionError(f"{path}: {refused}") from refused

    def make(self):
        """All databases and accounts anew, without rows."""
        start = "".join(
            f"DROP DATABASE IF EXISTS keptword_{f};"
            f"CREATE DATABASE keptword_{f} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;"
            for f in FOLDERS
        )
        for account in ACCOUNTS + ["definer"]:
            start += (f"DROP USER IF EXISTS keptword_{account}@localhost;"
                      f"CREATE USER keptword_{account}@localhost;")
        self.run(start + "ALTER USER keptword_definer@localhost ACCOUNT LOCK;")
        for kind in ("tables", "views.sql", "grants.sql"):
            for folder in FOLDERS:
                for path in self.files("common") + self.files(folder):
                    own = path.name if path.name in ONCE else "tables"
                    if own == kind and not path.name.startswith("demo"):
                        self.file(path, f"keptword_{folder}", "SET foreign_key_checks = 0;\n")

    def empty(self):
        """All rows away, tables as they are."""
        tables = self.run("SELECT table_schema, table_name FROM information_schema.tables WHERE"
                          " table_schema LIKE 'keptword\\_%' AND table_type = 'BASE TABLE'")
        self.run("SET foreign_key_checks = 0; START TRANSACTION;"
                 + "".join(f"DELETE FROM {d}.{t};" for d, t in tables)
                 + "COMMIT; ALTER TABLE keptword_core.person AUTO_INCREMENT = 1;")

    @staticmethod
    def files(folder):
        return sorted((SQL / folder).glob("*.sql"))

    def demo(self, today):
        for folder in FOLDERS:
            for path in self.files(folder):
                if path.name.startswith("demo"):
                    self.file(path, f"keptword_{folder}",
                              f"SET autocommit = 0, @today = DATE('{today}'), "
                              f"@now = CAST('{today} 10:00:00' AS DATETIME(6));\n")
