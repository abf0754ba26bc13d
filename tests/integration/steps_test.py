"""Numbered schema steps: an older database is brought up, once; an edited step is refused; what fails
halfway goes on; base and steps give what the table files say."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from schema import ACCOUNTS, FOLDERS, SQL, TOP, Server

STEP = "ALTER TABLE note ADD COLUMN IF NOT EXISTS mood VARCHAR(10) NULL;\n"


class Steps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.server.run("".join(f"CREATE USER keptword_{a}@localhost;" for a in [*ACCOUNTS, "definer"]))
        cls.home = Path(tempfile.mkdtemp(prefix="kw-", dir="/tmp"))
        cls.sql = cls.home / "sql"

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        shutil.rmtree(cls.home)

    def setUp(self):
        self.drop()
        shutil.rmtree(self.sql, ignore_errors=True)
        shutil.copytree(SQL, self.sql)
        for steps in self.sql.glob("*/steps"):
            shutil.rmtree(steps)  # those of the tree have a test of their own

    def drop(self):
        self.server.run("".join(f"DROP DATABASE IF EXISTS keptword_{f};" for f in FOLDERS))

    def schema(self, *words, tree=None):
        return subprocess.run([str(TOP / "bin/portal"), "schema", *words], capture_output=True, text=True, check=False, env={
            **{k: v for k, v in os.environ.items() if not k.startswith("KEPTWORD_")}, "KEPTWORD_SQL": str(tree or self.sql),
            "KEPTWORD_DB_SOCKET": self.server.socket, "KEPTWORD_DB_USER": "root", "KEPTWORD_DB_NAME": "keptword_core",
            "KEPTWORD_KEYS": str(self.home / "keys"), "KEPTWORD_DEMO": "0"})

    def does(self, *words, code=0, tree=None):
        done = self.schema(*words, tree=tree)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def freeze(self):
        done = subprocess.run(["sh", str(TOP / "cgi-bin/run/schema_freeze.sh"), str(self.sql)], capture_output=True, text=True,
                              check=True)
        self.assertEqual(len(done.stdout.splitlines()), len(FOLDERS))

    def tables(self):
        """{table: its definition} of all databases, and triggers and routines."""
        found = {}
        for database, table in self.server.run("SELECT table_schema, table_name FROM information_schema.tables WHERE"
                                               " table_schema LIKE 'keptword\\_%' AND table_type = 'BASE TABLE'"):
            text = self.server.one(f"SHOW CREATE TABLE {database}.{table}") and self.server.run(
                f"SHOW CREATE TABLE {database}.{table}")
            lines = sorted(re.sub(r" AUTO_INCREMENT=\d+", "", " ".join(row)).rstrip(",") for row in text)
            found[f"{database}.{table}"] = lines
        for name, body in self.server.run("SELECT CONCAT(routine_schema, '.', routine_name), SHA2(routine_definition, 256) FROM"
                                          " information_schema.routines WHERE routine_schema LIKE 'keptword\\_%' UNION ALL SELECT"
                                          " CONCAT(trigger_schema, '.', trigger_name), SHA2(action_statement, 256) FROM"
                                          " information_schema.triggers WHERE trigger_schema LIKE 'keptword\\_%'"):
            found[name] = body
        return found

    def test_a_system_is_brought_up_once(self):
        self.does()
        self.assertIn("is what this version needs", self.does("--check"))
        self.freeze()
        self.does("--check", code=3)
        self.does()
        table = self.sql / "hdm/contact.sql"
        text = table.read_text()
        start = text.index("CREATE TABLE note")
        place = text.index("\tPRIMARY KEY", start)
        table.write_text(text[:place] + "\tmood VARCHAR(10) NULL,\n" + text[place:])
        (self.sql / "hdm/steps/0001-mood.sql").write_text(STEP)
        self.assertIn("To be applied: hdm/steps/0001-mood.sql", self.does("--check", code=3))
        self.assertIn("1 step(s)", self.does())
        self.assertEqual(self.does(), "")
        self.assertEqual(self.does("--check").count("\n"), 1)
        stepped = self.tables()
        self.drop()
        self.does()
        self.assertEqual(self.tables(), stepped, "base and step differ from the table file")
        # A step that is there at the beginning is recorded, not run.
        self.assertEqual(self.does(), "")

    def test_an_edited_step_is_refused_by_name(self):
        self.freeze()
        (self.sql / "hdm/steps/0001-mood.sql").write_text(STEP)
        self.does()
        (self.sql / "hdm/steps/0001-mood.sql").write_text(STEP + "-- better\n")
        self.assertIn("hdm/steps/0001-mood.sql for keptword_hdm was edited", self.does(code=1))
        (self.sql / "hdm/steps/0001-mood.sql").unlink()
        self.assertIn("the data is of a newer one", self.does(code=1))

    def test_what_fails_halfway_goes_on(self):
        self.freeze()
        self.does()
        first, second = self.sql / "hdm/steps/0001-mood.sql", self.sql / "hdm/steps/0002-more.sql"
        first.write_text(STEP)
        second.write_text(STEP.replace("mood", "place") + "ALTER TABLE no_such_table ADD COLUMN x INT NULL;\n")
        said = self.does(code=1)
        self.assertIn("hdm/steps/0002-more.sql", said)
        self.assertIn("goes on here", said)
        self.server.run("CREATE TABLE keptword_hdm.no_such_table (id INT)")
        self.assertIn("1 step(s)", self.does())
        self.assertEqual(self.does(), "")

    def test_views_and_grants_again_tables_never_without_a_step(self):
        self.does()
        views = self.sql / "hdm/views.sql"
        views.write_text(views.read_text() + "CREATE OR REPLACE VIEW twice AS SELECT 2 AS n;\n")
        self.assertIn("0 step(s), views and grants", self.does())
        self.assertEqual(self.server.one("SELECT n FROM keptword_hdm.twice"), "2")
        table = self.sql / "hdm/contact.sql"
        table.write_text(table.read_text() + "CREATE TABLE forgotten (id INT);\n")
        self.assertIn("hdm/contact.sql for keptword_hdm is not what this system was made with", self.does(code=1))

    def test_a_new_plugin_gets_its_database(self):
        self.does()
        (self.sql / "leave").mkdir()
        (self.sql / "leave/leave.sql").write_text("CREATE TABLE leave_day (id INT PRIMARY KEY);\n")
        (self.sql / "leave/views.sql").write_text("GRANT SELECT ON keptword_leave.* TO 'keptword_definer'@'localhost';\n")
        self.does()
        self.assertEqual(self.server.one("SELECT COUNT(*) FROM keptword_leave.leave_day"), "0")
        self.assertEqual(self.server.one("SELECT COUNT(*) FROM keptword_leave.audit"), "0")
        self.assertEqual(self.does(), "")
        self.server.run("DROP DATABASE keptword_leave")

    @unittest.skipUnless(list(SQL.glob("*/steps/0000-base.sql")), "the schema is not frozen yet")
    def test_base_and_steps_of_this_tree_are_its_table_files(self):
        old = self.home / "old"
        shutil.copytree(self.sql, old)
        for path in [p for folder in ["common", *FOLDERS] for p in (old / folder).glob("*.sql")
                     if p.name not in ("views.sql", "grants.sql") and not p.name.startswith("demo")]:
            path.unlink()
        for base in SQL.glob("*/steps/0000-base.sql"):
            for part in base.read_text().split("-- ==== ")[1:]:
                name, _, text = part.partition("\n")
                (old / name).write_text(text)
            (old / base.relative_to(SQL)).parent.mkdir(exist_ok=True)
            shutil.copy(base, old / base.relative_to(SQL))
        for folder in ("common", *FOLDERS):
            for name in ("views.sql", "grants.sql"):
                (old / folder / name).unlink(missing_ok=True)  # of today's tables
        self.does(tree=old)
        self.does(tree=SQL)
        stepped = self.tables()
        self.drop()
        self.does(tree=SQL)
        self.assertEqual(self.tables(), stepped)


if __name__ == "__main__":
    unittest.main()
