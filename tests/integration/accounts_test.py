"""The database accounts of the running instance: what the server says they may is what grants.sql
says, and everything else is refused on the running server itself.

schema_test.py tries the same files on a private server; here the instance, its passwords and its
accounts are asked.
"""
import os
import re
import unittest
from pathlib import Path

from instance import TOP, Site

REFUSED = {1142, 1143, 1044, 1370}
NO_RIGHT = REFUSED | {1227, 1045, 1290, 1148, 3948, 4166}
GRANT = re.compile(r"GRANT (.+?) ON (?:(PROCEDURE) )?([`\w*]+)\.([`\w*]+) TO '?`?(\w+)", re.S)
PRIVILEGE = re.compile(r"([A-Z][A-Z ]*[A-Z])(?: \(([^)]*)\))?")


def normal(statement):
    """A grant as (account, object) and its rights, each column on its own."""
    rights, procedure, database, thing, account = GRANT.match(statement).groups()
    found = set()
    for name, columns in PRIVILEGE.findall(rights):
        name = name.strip()
        if columns:
            found |= {f"{name} ({column.strip(' `')})" for column in columns.split(",")}
        else:
            found.add(name)
    name = f"{database.strip('`')}.{thing.strip('`')}"
    return account, f"PROCEDURE {name}" if procedure else name, found


def wanted():
    """What the files of sql/ grant, per account and object."""
    rights = {}
    for path in sorted((TOP / "sql").glob("*/*.sql")):
        text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        for statement in text.split(";"):
            if statement.strip().startswith("GRANT"):
                account, thing, found = normal(" ".join(statement.split()))
                rights.setdefault(account, {}).setdefault(thing, set()).update(found)
    return rights


class Accounts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()
        cls.wanted = wanted()
        cls.plugins = sorted(a for a in cls.wanted if a != "keptword_definer")

    def codes(self, account, statements):
        """Runs each statement whatever became of the others; its error number, 0 when it ran."""
        password = (self.site.run / "secrets" / f"{account}.password").read_text().strip()
        done = self.site.as_server(
            ["mariadb", "--no-defaults", "--force", "--batch", "-S", str(self.site.run / "sock/db.sock"),
             "-u", account],
            input=("\n".join(s + ";" for s in statements)).encode(),
            env={**os.environ, "MYSQL_PWD": password})
        said = done.stderr.decode(errors="replace")
        found = dict.fromkeys(range(1, len(statements) + 1), 0)
        for code, line in re.findall(r"ERROR (\d+) \(\w+\) at line (\d+)", said):
            found[int(line)] = int(code)
        self.assertTrue("at line" in said or not said, said)
        return [found[n] for n in sorted(found)]

    def test_there_are_no_other_accounts(self):
        rows = self.site.sql("SELECT user, host FROM mysql.user WHERE user LIKE 'keptword\\_%'")
        self.assertEqual({tuple(row) for row in rows},
                         {(a, "localhost") for a in (*self.wanted, "keptword_migration")})
        self.assertEqual(self.site.sql("SELECT user FROM mysql.user WHERE user = ''"), [])

    def test_show_grants_is_what_the_files_say(self):
        self.assertGreaterEqual(len(self.plugins), 5)
        for account, things in self.wanted.items():
            found = {}
            for row in self.site.sql(f"SHOW GRANTS FOR '{account}'@'localhost'"):
                self.assertNotIn("GRANT OPTION", row[0], account)
                _, thing, rights = normal(row[0])
                if thing == "*.*":
                    self.assertEqual(rights, {"USAGE"}, account)
                    continue
                found.setdefault(thing, set()).update(rights)
            self.assertEqual(found, things, account)

    def test_the_reader_of_grants_finds_a_difference(self):
        self.assertEqual(normal("GRANT SELECT, UPDATE (`a`, `b`) ON `x`.`y` TO `keptword_z`@`localhost`"),
                         ("keptword_z", "x.y", {"SELECT", "UPDATE (a)", "UPDATE (b)"}))
        self.assertEqual(normal("GRANT EXECUTE ON PROCEDURE `x`.`y` TO `keptword_z`@`localhost`")[1:],
                         ("PROCEDURE x.y", {"EXECUTE"}))
        self.assertNotEqual(normal("GRANT UPDATE ON x.y TO 'keptword_z'@'localhost'"),
                            normal("GRANT UPDATE (a) ON x.y TO 'keptword_z'@'localhost'"))

    def test_foreign_tables_are_refused(self):
        columns = self.site.sql("SELECT table_schema, table_name, MIN(column_name) FROM information_schema.columns"
                                " WHERE table_schema LIKE 'keptword\\_%' OR table_schema = 'mysql' GROUP BY 1, 2")
        self.assertGreater(len(columns), 90)
        tried = 0
        for account in self.plugins:
            mine = self.wanted[account]
            own = next(thing[:-2] for thing in mine if thing.endswith(".*"))
            statements, may = [], []
            for database, table, column in columns:
                name = f"{database}.{table}"
                if database == own:
                    continue
                statements += [
                    f"SELECT 1 FROM {name} LIMIT 0",
                    f"INSERT INTO {name} ({column}) VALUES (NULL)",
                    f"UPDATE {name} SET {column} = NULL WHERE 1 = 0",
                    f"DELETE FROM {name} WHERE 1 = 0",
                    f"DROP TABLE {name}",
                    f"ALTER TABLE {name} ADD x INT",
                    f"LOAD DATA INFILE '/etc/hostname' INTO TABLE {name}",
                ]
                may += ["SELECT" in mine.get(name, set())] + [False] * 6
            for statement, allowed, code in zip(statements, may, self.codes(account, statements)):
                tried += 1
                if allowed:
                    self.assertEqual(code, 0, f"{account}: {statement}")
                else:
                    self.assertIn(code, NO_RIGHT, f"{account}: {statement}")
        self.assertGreater(tried, 2500)

    def test_no_files_no_settings_no_schema(self):
        # What a plugin must not do even at home, with the words that would do it.
        for account in self.plugins:
            own = next(thing[:-2] for thing in self.wanted[account] if thing.endswith(".*"))
            statements = [
                f"CREATE TABLE {own}.x (id INT)", f"DROP TABLE {own}.audit", f"TRUNCATE TABLE {own}.audit",
                f"ALTER TABLE {own}.audit ADD x INT", f"CREATE VIEW {own}.x AS SELECT 1",
                f"CREATE PROCEDURE {own}.x() SELECT 1", f"CREATE TRIGGER {own}.x BEFORE INSERT ON"
                f" {own}.audit FOR EACH ROW SET @x = 1", f"CREATE EVENT {own}.x ON SCHEDULE EVERY 1 DAY DO SELECT 1",
                f"DROP DATABASE {own}", "CREATE DATABASE keptword_x",
                f"UPDATE {own}.audit SET reason = '' WHERE 1 = 0", f"DELETE FROM {own}.audit WHERE 1 = 0",
                "CREATE USER x@localhost", f"GRANT SELECT ON {own}.* TO keptword_definer@localhost",
                f"SET PASSWORD FOR keptword_migration@localhost = PASSWORD('x')",
                "SET GLOBAL general_log = 1", "SET GLOBAL local_infile = 1", "SHUTDOWN",
                "INSTALL SONAME 'x'", "FLUSH TABLES", "SELECT 1 INTO OUTFILE '/tmp/keptword-never'",
                f"SELECT * FROM {own}.audit INTO DUMPFILE '/tmp/keptword-never'",
                f"LOAD DATA INFILE '/etc/hostname' INTO TABLE {own}.audit",
                f"LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE {own}.audit",
                "SHOW GRANTS FOR keptword_migration@localhost", "SET ROLE ALL",
            ]
            for statement, code in zip(statements, self.codes(account, statements)):
                if statement in ("SET ROLE ALL",):
                    continue
                self.assertNotEqual(code, 0, f"{account}: {statement}")
                self.assertIn(code, NO_RIGHT, f"{account}: {statement}")
            self.assertEqual(self.site.sql("SELECT LOAD_FILE('/etc/hostname') IS NULL", account=account), [["1"]])
        self.assertFalse(Path("/tmp/keptword-never").exists())

    def test_what_each_account_can_see_of_others(self):
        for account, things in self.wanted.items():
            if account == "keptword_definer":
                continue
            databases = {t.removeprefix("PROCEDURE ").split(".")[0] for t in things}
            seen = {row[0] for row in self.site.sql("SHOW DATABASES", account=account)}
            self.assertEqual(seen - {"information_schema"}, databases, account)
            running = self.site.sql("SELECT DISTINCT user FROM information_schema.processlist", account=account)
            self.assertEqual(running, [[account]])

    def test_accounts_without_a_way_in(self):
        for account in self.plugins:
            done = self.site.as_server(["mariadb", "--no-defaults", "-S", str(self.site.run / "sock/db.sock"),
                                        "-u", account, "-e", "SELECT 1"], env={**os.environ, "MYSQL_PWD": ""})
            self.assertIn(b"ERROR 1045", done.stderr, account)
        locked = self.site.one("SELECT JSON_VALUE(priv, '$.account_locked') FROM mysql.global_priv"
                               " WHERE user = 'keptword_definer'")
        self.assertIn(locked, ("1", "true"))


if __name__ == "__main__":
    unittest.main()
