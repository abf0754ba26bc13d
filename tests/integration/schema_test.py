"""The schema: who may touch what, the pay arithmetic, suppression, what constraints refuse."""
import re
import unittest
from fractions import Fraction
from math import floor

from schema import ACCOUNTS, FOLDERS, OWN, SQL, TOP, Refused, Server

CORE = {"caller", "api_caller", "person_public", "project", "pod", "pod_member"}
# What an account may read outside its own database.
READS = {
    "portal": {},
    "onboarding": {"core": CORE | {"person_contact"},
                   "payments": {"published_benchmark", "published_period", "event_public"}},
    "payments": {"core": CORE | {"person_contact"},
                 "onboarding": {"published_engagement", "published_terms", "event_public"},
                 "feedback": {"published_credit", "event_public"}},
    "feedback": {"core": CORE, "onboarding": {"published_engagement", "event_public"},
                 "payments": {"event_public"}},
    "hdm": {"core": CORE | {"pod_hdm"}, "onboarding": {"published_engagement", "event_public"},
            "payments": {"published_on_time", "published_hours", "published_period",
                         "event_public"},
            "feedback": {"published_run", "published_pod_rate", "published_result",
                         "published_number", "event_public"}},
}
TOUCH = {"session_touch", "api_token_touch"}
CALLS = {
    "portal": TOUCH | {"staff_role_grant", "staff_role_end", "person_add", "audit_chains",
               "outbox_new", "audit_last", "audit_links", "audit_without_seal", "audit_actions", "audit_rows"},
    "onboarding": TOUCH | {"person_add", "person_invite", "role_grant", "pod_join"},
    "payments": TOUCH, "feedback": TOUCH, "hdm": TOUCH,
}
# What even the owner never changes, and never deletes but where DELETED says so.
NEVER = {
    "core": ["role_grant", "audit", "audit_seal", "event", "submission"],
    "payments": ["ledger", "statement_line", "statement_entry", "statement_adjustment",
                 "benchmark_rate", "audit", "audit_seal", "event", "submission"],
    "onboarding": ["human_review", "assessment", "assessment_score", "reevaluation", "questionnaire", "audit", "audit_seal", "submission"],
    "feedback": ["response", "answer", "run_pod", "questionnaire", "audit", "audit_seal", "submission"],
    "hdm": ["contact", "audit", "audit_seal", "submission"],
}
# A plugin that was added (make plugin): what each may; one that reads more says so above.
for added in set(ACCOUNTS) - set(READS):
    READS[added], CALLS[added], NEVER[added] = {"core": CORE}, {"session_touch"}, ["audit", "event", "submission"]
# What its worker deletes when its time is over.
DELETED = {"submission", "event", "event_done", "response", "contact"}
DENIED = {1142, 1143, 1044, 1370}
TODAY = "2026-11-23"  # a Monday

SERVER = None


def setUpModule():
    global SERVER
    SERVER = Server()
    SERVER.make()


def tearDownModule():
    SERVER.stop()


class Accounts(unittest.TestCase):
    """Each account against each thing of each database."""

    @classmethod
    def setUpClass(cls):
        cls.columns = {}
        for database, table, column in SERVER.run(
                "SELECT table_schema, table_name, MIN(column_name) FROM information_schema.columns"
                " WHERE table_schema LIKE 'keptword\\_%' GROUP BY 1, 2"):
            cls.columns[database, table] = column

    def test_foreign_things(self):
        self.assertGreater(len(self.columns), 70)
        tried = 0
        for account in ACCOUNTS:
            allowed = {(f"keptword_{folder}", thing)
                       for folder, things in READS[account].items() for thing in things}
            self.assertLessEqual(allowed, set(self.columns), "granted but not there")
            statements, expect = [], []
            for (database, table), column in sorted(self.columns.items()):
                if database == OWN[account]:
                    continue
                name = f"{database}.{table}"
                statements += [
                    f"SELECT 1 FROM {name} LIMIT 0",
                    f"INSERT INTO {name} ({column}) SELECT {column} FROM {name} WHERE 1 = 0",
                    f"INSERT INTO {name} ({column}) VALUES (NULL)",
                    f"UPDATE {name} SET {column} = NULL WHERE 1 = 0",
                    f"DELETE FROM {name} WHERE 1 = 0",
                    f"DROP TABLE {name}",
                    f"ALTER TABLE {name} ADD x INT",
                    f"TRUNCATE TABLE {name}",
                ]
                reads = (database, table) in allowed
                expect += [(name, reads)] + [(name, False)] * 7
            codes = SERVER.codes(statements, f"keptword_{account}")
            for statement, (name, may), code in zip(statements, expect, codes):
                tried += 1
                if may:
                    self.assertEqual(code, 0, f"{account}: {statement}")
                else:
                    self.assertIn(code, DENIED, f"{account}: {statement}")
        self.assertGreater(tried, 1500)

    def test_views_that_are_granted_can_be_read(self):
        for account, databases in READS.items():
            for folder, things in databases.items():
                for thing in things:
                    SERVER.run(f"SELECT * FROM keptword_{folder}.{thing} LIMIT 1",
                               account=f"keptword_{account}")

    def test_own_database_has_no_ddl(self):
        for account in ACCOUNTS:
            own = OWN[account]
            codes = SERVER.codes(
                [f"CREATE TABLE {own}.x (id INT)", f"DROP TABLE {own}.audit",
                 f"ALTER TABLE {own}.audit ADD x INT", f"CREATE VIEW {own}.y AS SELECT 1",
                 f"TRUNCATE TABLE {own}.audit", "CREATE DATABASE keptword_x",
                 "CREATE USER x@localhost", f"GRANT SELECT ON {own}.* TO keptword_hdm@localhost"],
                f"keptword_{account}")
            for code in codes:
                self.assertIn(code, {1142, 1044, 1227, 1045}, account)

    def test_what_the_owner_never_changes(self):
        for folder, tables in NEVER.items():
            account = "portal" if folder == "core" else folder
            for table in tables:
                name = f"keptword_{folder}.{table}"
                column = self.columns[f"keptword_{folder}", table]
                statements = [f"UPDATE {name} SET {column} = {column} WHERE 1 = 0"]
                if table not in DELETED:
                    statements.append(f"DELETE FROM {name} WHERE 1 = 0")
                for code in SERVER.codes(statements, f"keptword_{account}"):
                    self.assertIn(code, DENIED, name)

    def test_statement_amounts_stay(self):
        codes = SERVER.codes(
            ["UPDATE statement SET net_minor = 1 WHERE id = 0",
             "UPDATE statement SET payee_name = 'x' WHERE id = 0",
             "DELETE FROM statement WHERE id = 0",
             "UPDATE statement SET state = 'sent', version = version + 1 WHERE id = 0"],
            "keptword_payments", "keptword_payments")
        self.assertEqual(codes[3], 0)
        for code in codes[:3]:
            self.assertIn(code, DENIED)

    def test_role_masks_are_kept_by_procedures(self):
        codes = SERVER.codes(["UPDATE person SET roles = 1 WHERE id = 0",
                              "UPDATE person SET locale = 'en' WHERE id = 0"],
                             "keptword_portal", "keptword_core")
        self.assertIn(codes[0], DENIED)
        self.assertEqual(codes[1], 0)

    def test_procedures(self):
        names = [row[0] for row in SERVER.run(
            "SELECT routine_name FROM information_schema.routines"
            " WHERE routine_schema = 'keptword_core' AND routine_type = 'PROCEDURE'")]
        self.assertIn("roles_count", names)
        for account in ACCOUNTS:
            # Without values a call that is allowed fails for their number only (1318), if it takes any.
            codes = SERVER.codes([f"CALL keptword_core.{n}()" for n in names],
                                 f"keptword_{account}")
            for name, code in zip(names, codes):
                self.assertIn(code, (1318, 0) if name in CALLS[account] else (1370,),
                              f"{account}: {name}")

    def test_files_and_the_locked_account(self):
        for account in ACCOUNTS:
            codes = SERVER.codes(
                ["SELECT 1 INTO OUTFILE '/tmp/keptword-never'", "SELECT LOAD_FILE('/etc/passwd') + 1",
                 "SELECT * FROM mysql.user", "SET GLOBAL general_log = 1"],
                f"keptword_{account}")
            self.assertTrue(codes[0] and codes[2] and codes[3], account)
            self.assertEqual(SERVER.one("SELECT LOAD_FILE('/etc/passwd') IS NULL",
                                        account=f"keptword_{account}"), "1")
        with self.assertRaises(Refused) as caught:
            SERVER.run("SELECT 1", account="keptword_definer")
        self.assertEqual(caught.exception.code, 4151)


class Shape(unittest.TestCase):
    def test_tables(self):
        rows = SERVER.run(
            "SELECT t.table_schema, t.table_name, t.table_collation, t.table_comment,"
            " (SELECT COUNT(*) FROM information_schema.table_constraints c"
            "  WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name"
            "  AND c.constraint_type = 'PRIMARY KEY')"
            " FROM information_schema.tables t WHERE t.table_schema LIKE 'keptword\\_%'"
            " AND t.table_type = 'BASE TABLE'")
        self.assertGreater(len(rows), 60)
        for database, table, collation, comment, keys in rows:
            name = f"{database}.{table}"
            self.assertEqual(collation, "utf8mb4_unicode_520_ci", name)
            self.assertEqual(keys, "1", f"{name} has no primary key")
            for word in ("subject:", "purpose:", "retention:", "erase:"):
                self.assertIn(word, comment, name)

    def test_columns(self):
        rows = SERVER.run(
            "SELECT table_schema, table_name, column_name, data_type, COALESCE(datetime_precision, 0)"
            " FROM information_schema.columns WHERE table_schema LIKE 'keptword\\_%'"
            " AND table_name NOT IN (SELECT table_name FROM information_schema.views)")
        for database, table, column, kind, precision in rows:
            name = f"{database}.{table}.{column}"
            self.assertNotIn(kind, ("float", "double", "timestamp"), name)
            if kind == "datetime":
                self.assertEqual(precision, "6", name)
            if column.endswith("_minor"):
                self.assertEqual(kind, "bigint", name)

    def test_no_statement_asks_the_clock(self):
        asks = re.compile(r"\b(NOW|SYSDATE|CURDATE|CURTIME|UTC_TIMESTAMP|UTC_DATE)\s*\(|"
                          r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b", re.I)
        for path in sorted(SQL.rglob("*.sql")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                code = line.split("--")[0]
                self.assertIsNone(asks.search(code), f"{path}:{number}")

    def test_files_end_with_a_statement(self):
        # The schema command parts statements at ";\n": a comment must not end so.
        for path in sorted(SQL.rglob("*.sql")):
            if path.name == "0000-base.sql":
                continue  # many files in one, which the command never runs
            text = path.read_text(encoding="utf-8")
            end = "--end\n" if "\n--end" in text else ";\n"
            self.assertTrue(text.endswith(end), path)
            for number, line in enumerate(text.splitlines(), 1):
                if line.startswith("--"):
                    self.assertFalse(line.endswith(";"), f"{path}:{number}")

    def test_bits_of_roles(self):
        header = (TOP / "common/web/role.h").read_text(encoding="utf-8")
        roles = re.findall(r'X\([A-Z_]+, "([a-z_]+)"\)', header)
        self.assertEqual(len(roles), 13)
        for bit, role in enumerate(roles):
            self.assertEqual(SERVER.one(f"SELECT keptword_core.role_bit('{role}')"), str(bit))
        self.assertEqual(SERVER.one("SELECT keptword_core.role_bit('king')"), "NULL")

    def test_every_published_view_has_the_fixed_columns(self):
        fixed = {"waiting": ["person_id", "role_bit", "code", "n", "who", "url", "due_at"],
                 "changed": ["person_id", "code", "n", "who", "url", "at"],
                 "search": ["person_id", "roles", "not_for", "code", "word", "title", "extra", "first_day",
                            "last_day", "minor", "currency", "url", "at"]}
        for view, columns in fixed.items():
            arms = []
            for folder in FOLDERS[1:]:
                found = [row[0] for row in SERVER.run(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                    f" 'keptword_{folder}' AND table_name = '{view}' ORDER BY ordinal_position")]
                self.assertEqual(found, columns, f"{folder}.{view}")
                arms.append(f"SELECT * FROM keptword_{folder}.{view}")
            SERVER.run(" UNION ALL ".join(arms))


class Sessions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        SERVER.empty()
        SERVER.run(
            "CALL person_add(RANDOM_BYTES(16), 'Ana Prvá', 'Ana', 'Ana.Prva@Example.org', 'UTC',"
            " 'SK', 'en', '2026-11-01');"
            "CALL staff_role_grant(1, 'admin', '', NULL, '2026-11-01');"
            "INSERT INTO session (token_hash, person_id, created_at, seen_at, ends_at) VALUES ("
            "UNHEX(SHA2('a', 256)), 1, '2026-11-01', '2026-11-01',"
            " '2026-11-08');", "keptword_core")

    def test_caller_is_two_lookups(self):
        rows = SERVER.run("EXPLAIN SELECT * FROM caller c WHERE c.token_hash = UNHEX(SHA2('a', 256))"
                          " AND c.seen_at > '2026-10-01' AND c.ends_at > '2026-10-01'",
                          "keptword_core")
        self.assertEqual([(r[2], r[3], r[5]) for r in rows],
                         [("s", "const", "PRIMARY"), ("p", "const", "PRIMARY")])

    def test_revoked_or_disabled_is_nobody(self):
        count = "SELECT COUNT(*) FROM keptword_core.caller"
        self.assertEqual(SERVER.one(count, account="keptword_hdm"), "1")
        SERVER.run("UPDATE session SET revoked_at = '2026-11-02'", "keptword_core")
        self.assertEqual(SERVER.one(count, account="keptword_hdm"), "0")
        SERVER.run("UPDATE session SET revoked_at = NULL; UPDATE person SET state = 'disabled'",
                   "keptword_core")
        self.assertEqual(SERVER.one(count, account="keptword_hdm"), "0")
        SERVER.run("UPDATE person SET state = 'active'", "keptword_core")

    def test_touch_at_most_every_five_minutes(self):
        seen = "SELECT seen_at FROM session"
        touch = "CALL keptword_core.session_touch(UNHEX(SHA2('a', 256)), '{}')"
        SERVER.run(touch.format("2026-11-01 00:04:59.999999"), account="keptword_hdm")
        self.assertEqual(SERVER.one(seen, "keptword_core"), "2026-11-01 00:00:00.000000")
        SERVER.run(touch.format("2026-11-01 00:05:00"), account="keptword_hdm")
        self.assertEqual(SERVER.one(seen, "keptword_core"), "2026-11-01 00:05:00.000000")
        SERVER.run("UPDATE session SET seen_at = '2026-11-01'", "keptword_core")

    def test_an_address_names_one_person(self):
        add = ("CALL keptword_core.person_add(RANDOM_BYTES(16), 'X', 'X', 'ANA.PRVA@example.org',"
               " 'UTC', 'SK', 'en', '2026-11-02')")
        self.assertEqual(SERVER.run(add, account="keptword_onboarding"), [["1", "0"]])
        self.assertEqual(SERVER.one("SELECT legal_name FROM person", "keptword_core"), "Ana Prvá")

    def test_onboarding_gives_two_roles_only(self):
        for role in ("admin", "finance", "hdm", "king", ""):
            with self.assertRaises(Refused) as caught:
                SERVER.run(f"CALL keptword_core.role_grant(1, '{role}', NULL, '2026-11-02')",
                           account="keptword_onboarding")
            self.assertEqual(caught.exception.code, 1370)
        SERVER.run("CALL keptword_core.role_grant(1, 'contributor', NULL, '2026-11-02');"
                   "CALL keptword_core.role_grant(1, 'contributor', NULL, '2026-11-02')",
                   account="keptword_onboarding")
        self.assertEqual(SERVER.one("SELECT roles FROM person", "keptword_core"),
                         str((1 << 1) | (1 << 11)))

    def test_the_last_administrator_stays(self):
        with self.assertRaises(Refused) as caught:
            SERVER.run("CALL keptword_core.staff_role_end(1, 'admin', '', 1, '2026-11-03')",
                       account="keptword_portal")
        self.assertEqual(caught.exception.code, 1370)

    def test_only_people_without_a_password_are_invited(self):
        call = ("CALL keptword_core.person_invite(1, UNHEX(SHA2('{}', 256)), '2026-11-02',"
                " '2026-11-09')")
        self.assertEqual(SERVER.one(call.format("x"), account="keptword_onboarding"), "1")
        SERVER.run("UPDATE person SET password = 'scrypt$'", "keptword_core")
        self.assertEqual(SERVER.one(call.format("y"), account="keptword_onboarding"), "0")
        self.assertEqual(SERVER.one("SELECT COUNT(*) FROM one_time_link", "keptword_core"), "1")


class Arithmetic(unittest.TestCase):
    """payable_line against the same sums in exact fractions."""

    @classmethod
    def setUpClass(cls):
        SERVER.empty()

    def line(self, person, entries, rate, unit="hour", currency="USD"):
        """Adds entries (minutes, units) of one person and gives the amount of their one line."""
        SERVER.run(
            "SET foreign_key_checks = 0; INSERT INTO rate (person_id, project_id, unit, amount_minor,"
            f" currency, valid_from, created_at) VALUES ({person}, 1, '{unit}', {rate}, '{currency}',"
            " '2026-01-01', '2026-01-01'); INSERT INTO work_entry (person_id, day, public_id,"
            " project_id, period_id, kind, minutes, units, source, state, decided_at, created_at)"
            " VALUES " + ", ".join(
                f"({person}, '2026-11-{2 + n % 14:02}', RANDOM_BYTES(16), 1, 1, 'production', {m}, {u},"
                " 'manual', 'approved', '2026-11-20', '2026-11-20')"
                for n, (m, u) in enumerate(entries)), "keptword_payments")
        rows = SERVER.run(f"SELECT amount_minor, currency FROM payable_line WHERE person_id = {person}"
                          " AND period_id = 1", "keptword_payments", "keptword_payments")
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0][1], currency)
        return int(rows[0][0])

    def test_vectors(self):
        self.assertEqual(self.line(1, [(1000, 0), (890, 0)], 4500), 141750)
        self.assertEqual(self.line(2, [(7, 0)], 4733), 552)
        self.assertEqual(self.line(3, [(90, 5), (0, 7)], 1875, "task"), 22500)

    def test_half_is_rounded_up_and_only_once(self):
        self.assertEqual(self.line(11, [(1, 0)], 30), 1)    # 0.5
        self.assertEqual(self.line(12, [(1, 0)], 29), 0)    # 0.48
        self.assertEqual(self.line(13, [(7, 0)] * 3, 4733), 1657)  # 1656.55; each alone 552
        self.assertEqual(self.line(14, [(30, 0)], 6001, currency="JPY"), 3001)  # 3000.5

    def test_against_fractions(self):
        for n in range(25):
            rate = 1 + (n * 7919) % 20000
            entries = [(1 + (n * 31 + k * 17) % 1440, 0) for k in range(1 + n % 9)]
            exact = Fraction(sum(m for m, _ in entries) * rate, 60)
            self.assertEqual(self.line(100 + n, entries, rate), floor(exact + Fraction(1, 2)))

    def test_rate_of_the_day(self):
        SERVER.run(
            "SET foreign_key_checks = 0; INSERT INTO rate (person_id, project_id, unit, amount_minor,"
            " currency, valid_from, valid_to, created_at) VALUES"
            " (50, 1, 'hour', 4000, 'USD', '2026-01-01', '2026-11-09', '2026-01-01'),"
            " (50, 1, 'hour', 5000, 'USD', '2026-11-09', '9999-12-31', '2026-01-01');"
            "INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, minutes,"
            " source, state, decided_at, created_at) VALUES"
            " (50, '2026-11-08', RANDOM_BYTES(16), 1, 1, 'production', 60, 'manual', 'approved',"
            " '2026-11-20', '2026-11-20'), (50, '2026-11-09', RANDOM_BYTES(16), 1, 1, 'production', 60,"
            " 'manual', 'approved', '2026-11-20', '2026-11-20'), (50, '2025-12-31', RANDOM_BYTES(16), 1,"
            " 1, 'production', 60, 'manual', 'approved', '2026-11-20', '2026-11-20')",
            "keptword_payments")
        self.assertEqual(
            SERVER.run("SELECT rate_minor, amount_minor FROM payable_line WHERE person_id = 50"
                       " ORDER BY rate_from", "keptword_payments"), [["4000", "4000"], ["5000", "5000"]])
        self.assertEqual(SERVER.run("SELECT day FROM unpayable_entry WHERE person_id = 50",
                                    "keptword_payments"), [["2025-12-31"]])

    def test_only_approved_entries_are_paid(self):
        self.line(60, [(60, 0)], 4000)
        for state in ("submitted", "queried", "rejected", "disputed", "rejected_final"):
            SERVER.run("SET foreign_key_checks = 0;"
                       f"UPDATE work_entry SET state = '{state}', decided_by = 3,"
                       " reason = 'duplicate', question = 'Twice?', evidence = 'Entry 7'"
                       " WHERE person_id = 60", "keptword_payments")
            self.assertEqual(SERVER.run("SELECT 1 FROM payable_line WHERE person_id = 60",
                                        "keptword_payments"), [])


class Refusals(unittest.TestCase):
    """What the tables refuse, whatever a program does."""

    @classmethod
    def setUpClass(cls):
        SERVER.empty()
        SERVER.demo(TODAY)

    def refused(self, sql, database, *codes):
        with self.assertRaises(Refused) as caught:
            SERVER.run(sql, f"keptword_{database}")
        self.assertIn(caught.exception.code, codes, str(caught.exception))

    def test_no_decision_without_its_review(self):
        for state in ("not_selected", "certified", "certified_pending_id", "upheld"):
            self.refused(f"UPDATE application SET state = '{state}' WHERE id = 5", "onboarding", 4025)
            # the review of somebody else, or one that says something else
            self.refused(f"UPDATE application SET state = '{state}', decided_at = '2026-11-23',"
                         " decided_review_id = 1 WHERE id = 5", "onboarding", 1452)
        self.refused("UPDATE application SET state = 'certified' WHERE id = 6", "onboarding", 1452)
        self.refused("INSERT INTO human_review (public_id, application_id, assessment_id, reviewer_id,"
                     " reviewer_name, outcome, strengths, gaps, letter, created_at)"
                     " VALUES (RANDOM_BYTES(16), 5, 1, 5, 'M',"
                     " 'not_selected', 'a', 'b', 'c', '2026-11-23')", "onboarding", 4025)
        self.refused("INSERT INTO human_review (public_id, application_id, assessment_id, reviewer_id,"
                     " reviewer_name, outcome, strengths, gaps, letter, created_at)"
                     " VALUES (RANDOM_BYTES(16), 5, 1, 5, 'M',"
                     " 'certified', 'a', '', '', '2026-11-23')", "onboarding", 4025)

    def test_offers(self):
        self.refused("UPDATE offer SET purpose = '' WHERE state = 'sent'", "onboarding", 4025)
        self.refused("UPDATE offer SET state = 'signed', signed_at = '2026-11-23' WHERE state = 'sent'",
                     "onboarding", 4025)
        self.refused("UPDATE offer SET state = 'signed', signed_name = '', signed_at = '2026-11-23'"
                     " WHERE state = 'sent'", "onboarding", 4025)
        self.refused("UPDATE offer SET rate_minor = benchmark_minor - 1, below_by = 6 WHERE"
                     " state = 'sent'", "onboarding", 4025)
        self.refused("UPDATE offer SET document = NULL WHERE state = 'sent'", "onboarding", 4025)
        self.refused("UPDATE engagement SET state = 'paused' LIMIT 1", "onboarding", 4025)
        self.refused("UPDATE application SET state = 'submitted', submitted_at = '2026-11-23',"
                     " email = NULL WHERE id = 1", "onboarding", 4025)
        self.refused("UPDATE offer SET rate_minor = benchmark_minor - 1 WHERE state = 'sent'",
                     "onboarding", 4025)

    def test_rates(self):
        self.refused("UPDATE rate SET amount_minor = benchmark_minor - 1 LIMIT 1", "payments", 4025)
        self.refused("UPDATE rate SET amount_minor = benchmark_minor - 1, below_by = 4 LIMIT 1",
                     "payments", 4025)
        self.refused("UPDATE rate SET amount_minor = benchmark_minor - 1, below_by = set_by,"
                     " below_reason = 'x' LIMIT 1", "payments", 4025)
        self.refused("INSERT INTO rate (person_id, project_id, unit, amount_minor, currency, valid_from,"
                     " created_at) VALUES (31, 1, 'hour', 5000, 'USD', '2026-11-01', '2026-11-01')",
                     "payments", 1062)

    def test_two_people(self):
        self.refused("UPDATE adjustment SET state = 'approved', decided_by = proposed_by,"
                     " decided_at = '2026-11-23' WHERE state = 'proposed'", "payments", 4025)
        self.refused("UPDATE pay_run SET issued_by = made_by", "payments", 4025)
        self.refused("UPDATE work_entry SET state = 'approved', decided_by = person_id,"
                     " decided_at = '2026-11-23' WHERE state = 'submitted'", "payments", 4025)

    def test_entries(self):
        self.refused("UPDATE work_entry SET state = 'rejected', reason = 'low_quality', decided_by = 3,"
                     " decided_at = '2026-11-23' WHERE state = 'submitted'", "payments", 4025)
        self.refused("UPDATE work_entry SET state = 'rejected', reason = 'duplicate', decided_by = NULL,"
                     " decided_at = '2026-11-23' WHERE state = 'submitted'", "payments", 4025)
        self.refused("INSERT INTO statement_entry SELECT statement_id + 1, line_no, work_entry_id FROM"
                     " statement_entry LIMIT 1", "payments", 1062)
        self.refused("UPDATE statement SET net_minor = net_minor + 1", "payments", 4025)

    def test_group_of_a_run(self):
        self.refused("UPDATE survey_run SET min_group = 4", "feedback", 4025)
        self.refused("UPDATE survey_run SET answered = 3 WHERE state = 'open'", "feedback", 4025)


class Suppression(unittest.TestCase):
    def setUp(self):
        SERVER.empty()
        SERVER.demo(TODAY)

    def left(self, keep):
        SERVER.run("DELETE a FROM answer a JOIN response r ON r.id = a.response_id JOIN (SELECT id,"
                   " ROW_NUMBER() OVER (ORDER BY id) AS place FROM response WHERE run_id = 2) x"
                   f" ON x.id = r.id AND x.place > {keep}", "keptword_feedback")

    def test_results_below_five_are_hidden(self):
        count = "SELECT COUNT(*) FROM keptword_feedback.published_result WHERE run_id = 2"
        self.left(5)
        self.assertNotEqual(SERVER.one(count, account="keptword_hdm"), "0")
        self.left(4)
        self.assertEqual(SERVER.one(count, account="keptword_hdm"), "0")

    def test_a_raised_threshold_counts(self):
        SERVER.run("UPDATE survey_run SET min_group = 34 WHERE id = 2", "keptword_feedback")
        self.assertEqual(SERVER.run("SELECT 1 FROM published_result WHERE run_id = 2",
                                    "keptword_feedback"), [])
        self.assertEqual(SERVER.run("SELECT COALESCE(answered, 'hidden'), hidden FROM published_run"
                                    " WHERE run_id = 2", "keptword_feedback"), [["hidden", "1"]])

    def test_comments_need_ten_writers(self):
        count = ("SELECT COUNT(*) FROM published_comment WHERE run_id = 2 AND answer_key = 'CHANGE'")
        self.assertEqual(SERVER.one(count, "keptword_feedback"), "12")
        SERVER.run("DELETE FROM answer WHERE answer_key = 'CHANGE' LIMIT 3", "keptword_feedback")
        self.assertEqual(SERVER.one(count, "keptword_feedback"), "0")

    def test_nothing_before_publication(self):
        SERVER.run("UPDATE survey_run SET state = 'closed' WHERE id = 2", "keptword_feedback")
        for view in ("published_result", "published_number", "published_comment", "published_run"):
            self.assertEqual(SERVER.run(f"SELECT 1 FROM {view} WHERE run_id = 2", "keptword_feedback"),
                             [], view)

    def test_rates_of_small_pods_are_absent(self):
        self.assertEqual(
            SERVER.run("SELECT pod_id, answered_rate_percent FROM keptword_feedback.published_pod_rate"
                       " WHERE run_id = 2 ORDER BY pod_id", account="keptword_hdm"),
            [["1", "88"], ["2", "67"], ["3", "80"], ["5", "80"]])  # 7/8, 4/6, 5/5 told as 4/5, 4/5


if __name__ == "__main__":
    unittest.main()
