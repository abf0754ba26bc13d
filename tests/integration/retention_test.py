"""How long things are kept: what is over goes, with all that hangs on it and counted in the audit; what is
younger, what still waits and what the law wants kept stays; a second round changes nothing. Rows are dated
back: a worker looks when it begins."""
import os
import signal
import time
import unittest

from instance import Site

PLUGINS = ("portal", "onboarding", "payments", "feedback", "hdm")
KEY = "UNHEX(LPAD({n}, 64, '0'))"
# (table, key column, how long in SQL, INSERT with {n} and {at}, where the key is written as {key})
THINGS = [
    ("hdm.contact", "id", "2 YEAR", "(id, person_id, at, hdm_person_id, kind, created_at) VALUES ({n}, 31, {at}, 11, 'call', {at})"),
    ("hdm.note", "id", "2 YEAR", "(id, public_id, person_id, author_id, body, created_at)"
                                 " VALUES ({n}, RANDOM_BYTES(16), 31, 11, 'x', {at})"),
    ("hdm.one_on_one", "id", "2 YEAR", "(id, person_id, due_at, state, contact_id, created_at)"
                                       " VALUES ({n}, 31, {at}, 'held', 1, {at})"),
    ("hdm.event", "id", "2 YEAR", "(id, kind, person_id, subject_id, detail, at) VALUES ({n}, 'x', 31, 1, '{{}}', {at})"),
    ("hdm.event_done", "event_id", "3 YEAR", "(source, event_id, at) VALUES ('x', {n}, {at})"),
    ("payments.event", "id", "2 YEAR", "(id, kind, person_id, subject_id, detail, at) VALUES ({n}, 'x', 31, 1, '{{}}', {at})"),
    ("payments.outbox", "id", "90 DAY", "(id, kind, topic, person_id, path, detail, created_at, not_before, expires_at)"
                                        " VALUES ({n}, 'x', 'pay', 31, '/', '{{}}', {at}, {at}, {at})"),
    ("feedback.submission", "person_id", "7 DAY", "(person_id, route, id, body_hash, location, at)"
                                                  " VALUES ({n}, '/x', RANDOM_BYTES(16), RANDOM_BYTES(32), '/', {at})"),
    ("onboarding.job", "id", "90 DAY", "(id, kind, subject_id, person_id, detail, state, not_before, created_at, finished_at)"
                                       " VALUES ({n}, 'x', 0, 0, '{{}}', 'done', {at}, {at}, {at})"),
    ("payments.import_batch", "id", "2 YEAR", "(id, public_id, file_name, file_hash, source, state, started_at, done_at)"
                                              " VALUES ({n}, RANDOM_BYTES(16), 'x', RANDOM_BYTES(32), 'toggl', 'done', {at}, {at})"),
    ("core.session", "token_hash", "90 DAY", "(token_hash, person_id, created_at, seen_at, ends_at) VALUES ({key}, 31, {at}, {at}, {at})"),
    ("core.one_time_link", "token_hash", "30 DAY", "(token_hash, kind, person_id, created_at, expires_at)"
                                                   " VALUES ({key}, 'reset', 31, {at}, {at})"),
    ("core.sign_in_attempt", "id", "2 DAY", "(id, account_key, client_key, at, ok)"
                                            " VALUES ({n}, RANDOM_BYTES(32), RANDOM_BYTES(32), {at}, 0)"),
    ("core.sign_in_half", "token_hash", "2 DAY", "(token_hash, person_id, kind, created_at, ends_at)"
                                                 " VALUES ({key}, 31, 'code', {at}, {at})"),
    ("core.api_token", "id", "1 YEAR", "(id, public_id, token_hash, person_id, name, scopes, created_at, expires_at)"
                                       " VALUES ({n}, RANDOM_BYTES(16), {key}, 31, 'x', 'x', {at} - INTERVAL 1 DAY, {at})"),
    ("core.people_import", "id", "2 YEAR", "(id, public_id, file_name, file_hash, header, state, started_at, done_at)"
                                           " VALUES ({n}, RANDOM_BYTES(16), 'x', RANDOM_BYTES(32), 'x', 'done', {at}, {at})"),
    ("core.pod_member", "person_id", "3 YEAR", "(pod_id, person_id, from_on, to_on)"
                                               " SELECT 1, {n} - 900000 + 60, '2010-01-01', {at}"),
    ("core.notice_delivery", "id", "90 DAY", "(id, public_id, source, outbox_id, channel, person_id, kind, topic, path, detail,"
                                             " created_at, expires_at, state, next_at) VALUES ({n}, RANDOM_BYTES(16), 'x', {n},"
                                             " 'mail', 31, 'x', 'pay', '/', '{{}}', {at}, {at}, 'sent', {at})"),
    ("core.notice_taken_up", "outbox_id", "90 DAY", "(source, outbox_id, person_id, at) VALUES ('x', {n}, 31, {at})"),
    ("core.demo_mail", "id", "90 DAY", "(id, public_id, person_id, kind, locale, subject, body, html, action, url, at)"
                                       " VALUES ({n}, RANDOM_BYTES(16), 31, 'x', 'en', 'x', 'x', 'x', 'x', '/', {at})"),
]
OLD, YOUNG = 900001, 900002
QUIET = {"submission", "outbox", "event_done", "session", "one_time_link", "sign_in_attempt", "sign_in_half",
         "notice_delivery", "notice_taken_up", "demo_mail"}
# What workers add to while we look.
MOVING = {"core.notice_delivery", "core.demo_mail", "payments.outbox"}
PAY = ("ledger", "statement_adjustment", "statement_entry", "statement_line", "statement", "adjustment", "work_entry",
       "pay_run", "pay_period")


def ago(time, days=0):
    """Past the time by some days, or before its end when days is below 0."""
    return f"(UTC_TIMESTAMP(6) - INTERVAL {time} - INTERVAL {days} DAY)"


class Retention(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.site = Site(THREADS="2", KEPTWORD_SCRYPT_LOG_N="14", GUESSES="1000")
        cls.look()  # the first look of each worker is over

    @classmethod
    def tearDownClass(cls):
        cls.site.remove()

    @classmethod
    def one(cls, table, where):
        return int(cls.site.one(f"SELECT COUNT(*) FROM keptword_{table} WHERE {where}"))

    def counts(self):
        """{table: rows} of everything but what the look itself writes."""
        names = self.site.sql("SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_schema LIKE"
                              " 'keptword\\_%' AND table_type = 'BASE TABLE' AND table_name NOT IN ('audit', 'audit_seal')")
        return {name: int(n) for name, n in self.site.sql(" UNION ALL ".join(
            f"SELECT '{row[0]}', COUNT(*) FROM {row[0]}" for row in names))}

    def audited(self):
        return {f"{plugin}.{row[0].removeprefix('table:')}": int(row[1]) for plugin in ("core", *PLUGINS[1:]) for row in
                self.site.sql(f"SELECT object, SUM(reason) FROM keptword_{plugin}.audit WHERE action = 'retention.deleted' GROUP BY 1")}

    @classmethod
    def look(cls):
        """Every worker begins anew, and has looked at everything once."""
        databases = ["core" if plugin == "portal" else plugin for plugin in PLUGINS]
        for plugin, database in zip(PLUGINS, databases):
            # A mark in the last table that every database has; what is the program's own follows at once.
            cls.site.sql(f"INSERT INTO keptword_{database}.event_done VALUES ('mark', 1, '2010-01-01')")
            os.kill(cls.site.child(f"{plugin}.work"), signal.SIGTERM)
        for database in databases:
            cls.site.wait(lambda d=database: cls.one(f"{d}.event_done", "source = 'mark'") == 0, 20, database)
        time.sleep(0.3)

    def settle(self, gone):
        self.look()
        self.site.wait(lambda: not [g for g in gone if self.one(*g)], 20,
                       f"the end of {[g[0] for g in gone if self.one(*g)]}")

    def test_1_what_is_over_goes_and_nothing_else(self):
        start, gone, kept, n_old, sql = self.counts(), [], [], {}, []
        for table, column, time, insert in THINGS:
            for n, days in ((OLD, 4), (YOUNG, -2)):
                key = KEY.format(n=n)
                sql.append(f"INSERT INTO keptword_{table} {insert.format(n=n, at=ago(time, days), key=key)};")
                value = key if column == "token_hash" else n - 900000 + 60 if table == "core.pod_member" else n
                (gone if n == OLD else kept).append((table, f"{column} = {value}" + (
                    " AND from_on = '2010-01-01'" if table == "core.pod_member" else "")))
            n_old[table] = 1
        self.site.sql("".join(sql))
        hold = [("hdm.one_on_one", "id = 900003"), ("onboarding.job", "id = 900003"), ("payments.work_entry", "import_id IS NULL")]
        self.site.sql(f"INSERT INTO keptword_hdm.note (id, public_id, person_id, author_id, contact_id, body, created_at) VALUES"
                      f" (900011, RANDOM_BYTES(16), 31, 11, {OLD}, 'x', UTC_TIMESTAMP(6));"
                      f"INSERT INTO keptword_hdm.one_on_one (id, person_id, due_at, created_at) VALUES (900003, 32, {ago('5 YEAR')},"
                      f" {ago('5 YEAR')});"
                      "INSERT INTO keptword_onboarding.job (id, kind, subject_id, person_id, detail, not_before, created_at) VALUES"
                      f" (900003, 'x', 0, 0, '{{}}', {ago('5 YEAR')}, {ago('5 YEAR')});"
                      f"UPDATE keptword_payments.work_entry SET import_id = {OLD} ORDER BY id LIMIT 3;")
        gone.append(("hdm.note", "id = 900011"))
        self.applications(gone, kept)
        answers = int(self.site.one("SELECT COUNT(*) FROM keptword_feedback.answer a JOIN keptword_feedback.response r"
                                    " ON r.id = a.response_id WHERE r.run_id = 1"))
        self.assertGreater(answers, 29)
        self.site.sql(f"UPDATE keptword_feedback.survey_run SET closed_at = {ago('3 YEAR', 4)} WHERE id = 1;"
                      f"UPDATE keptword_feedback.survey_run SET closed_at = {ago('2 YEAR', -2)} WHERE id = 2;")
        gone += [("feedback.response", "run_id = 1"), ("feedback.invitation", "run_id = 1")]
        before = self.counts()
        self.settle(gone)
        for table, where in kept + hold:
            self.assertGreater(self.one(table, where), 0, (table, where))
        self.assertEqual(self.one("payments.work_entry", f"import_id = {OLD}"), 0)
        after = self.counts()
        lost = {name.removeprefix("keptword_"): before[name] - after[name] for name in before if before[name] > after[name]}
        expected = {**n_old, "hdm.note": 2, "feedback.response": 29, "feedback.answer": answers, "feedback.invitation": 40,
                    **self.hanging}
        for table in MOVING:
            expected.pop(table, None)
            lost.pop(table, None)
        self.assertEqual(lost, expected)
        audited = self.audited()
        for table, n in n_old.items():
            self.assertEqual(audited.get(table, 0), 0 if table.split(".")[1] in QUIET else n, table)
        self.assertEqual((audited["feedback.response"], audited["onboarding.application"]), (29, 4))
        self.look()
        self.assertEqual(self.audited(), audited, "a second round changes nothing")
        self.assertEqual([name for name, n in self.counts().items() if n < after[name]], [])
        self.assertEqual(start["keptword_payments.statement"], after["keptword_payments.statement"])
        noor = self.site.person("applicant")
        self.assertIn("Noor Signed", self.site.one("SELECT signed_name FROM keptword_onboarding.offer WHERE person_id = 71"))
        reply = noor.get("/apply/offer")
        self.assertEqual((reply.status, reply.path), (200, "/apply/offer"), "what was signed stays readable")
        results = "/feedback/results/" + self.site.one("SELECT keptword_core.id_text(public_id) FROM keptword_feedback.survey_run"
                                                       " WHERE id = 1")
        page = self.site.person("contributor").get(results)
        self.assertIn("Answered: 29 of 40.", page.words)
        self.assertIn("they are deleted", page.words)

    def applications(self, gone, kept):
        """1: a draft; 2, 10: waits for them, withdrawn; 6, 8: decided, 8 with a signed offer; these go but 2, of which an
        answer is young. 5 waits for us, 7 was decided later, 9 has an open offer: they stay."""
        old, young = ago("1 YEAR", 4), ago("1 YEAR", -2)
        self.site.sql("USE keptword_onboarding;"
                      f"UPDATE application SET changed_at = {ago('30 DAY', 1)} WHERE id = 1;"
                      f"UPDATE application SET changed_at = {old} WHERE id IN (2, 5, 6, 8, 9, 10);"
                      f"UPDATE application SET decided_at = {old} WHERE id IN (6, 8, 9);"
                      f"UPDATE application SET decided_at = {young} WHERE id = 7;"
                      "INSERT INTO interview_answer (interview_id, answer_key, value, saved_at) SELECT id, 'x', 'x',"
                      f" {young} FROM interview WHERE application_id = 2;"
                      "UPDATE offer SET state = 'signed', signed_name = 'Noor Signed', signed_at = created_at WHERE application_id = 8;")
        self.assertEqual(self.one("onboarding.interview_answer", "answer_key = 'x'"), 1)
        going = "application_id IN (1, 6, 8, 10)"
        self.hanging = {"onboarding.application": 4}
        for table, where in (("assessment", going), ("human_review", going), ("interview", going), ("application_word", going),
                             ("interview_answer", f"interview_id IN (SELECT id FROM keptword_onboarding.interview WHERE {going})"),
                             ("assessment_score", f"assessment_id IN (SELECT id FROM keptword_onboarding.assessment WHERE {going})")):
            n = self.one(f"onboarding.{table}", where)
            if table != "application_word":
                self.assertGreater(n, 0, table)
            self.hanging[f"onboarding.{table}"] = n
            gone.append((f"onboarding.{table}", going if where == going else "FALSE"))
        gone.append(("onboarding.application", "id IN (1, 6, 8, 10) OR state = 'over'"))
        kept += [("onboarding.application", f"id = {n}") for n in (2, 5, 7, 9)]
        kept.append(("onboarding.offer", "person_id = 71 AND application_id IS NULL AND state = 'signed'"))

    def test_2_names_go_three_years_after_the_last_role(self):
        people = {9001: ("disabled", ago("3 YEAR", 4), 2), 9002: ("disabled", ago("3 YEAR", -2), 2), 9003: ("active", "NULL", 1),
                  9004: ("active", "NULL", 1), 9005: ("active", "NULL", 2), 9006: ("active", "NULL", 0)}
        long_ago = ago("9 YEAR")
        sql = []
        for n, (state, disabled, roles) in people.items():
            sql.append("USE keptword_core; INSERT INTO person (id, public_id, legal_name, preferred_name, email, state, disabled_at,"
                          f" roles, created_at) VALUES ({n}, RANDOM_BYTES(16), 'Legalia Zzyzx{n}', 'Zzyzx{n}', 'zz{n}@example.org',"
                          f" '{state}', {disabled}, {roles}, {long_ago});"
                          f"INSERT INTO identity VALUES (RANDOM_BYTES(32), {n}, RANDOM_BYTES(32), {long_ago});"
                          f"INSERT INTO second_factor VALUES ({n}, 'x', 1, {long_ago});"
                          f"INSERT INTO recovery_code VALUES ({n}, RANDOM_BYTES(32), {long_ago}, NULL);"
                          f"INSERT INTO notice_choice VALUES ({n}, 'survey', {long_ago});"
                          f"INSERT INTO home_visit VALUES ({n}, NULL, {ago('3 YEAR', -2) if n == 9004 else long_ago});")
            if roles:
                role = "applicant" if roles == 1 else "contributor"
                sql.append(f"INSERT INTO keptword_core.role_grant (person_id, role, from_at) VALUES ({n}, '{role}', {long_ago});")
        self.site.sql("".join(sql))
        # 9006 left: the role ended three years ago.
        self.site.sql("INSERT INTO keptword_core.role_grant (person_id, role, from_at, to_at) VALUES (9006, 'contributor',"
                      f" {long_ago}, {ago('3 YEAR', 4)})")
        before = self.counts()
        self.settle([("core.person", "id IN (9001, 9003, 9006) AND removed = 0"), ("core.home_visit", "person_id = 9006")])
        rows = {int(r[0]): r[1:] for r in self.site.sql("SELECT id, legal_name, preferred_name, email, state, COALESCE(disabled_at, '')"
                                                        " FROM keptword_core.person WHERE id > 9000")}
        for n in (9001, 9003, 9006):
            self.assertEqual(rows[n], ["-", "-", f"{n}@removed.invalid", "disabled", ""])
        for n in (9002, 9004, 9005):
            self.assertEqual(rows[n][0], f"Legalia Zzyzx{n}")
        for table in ("identity", "second_factor", "recovery_code", "notice_choice", "home_visit"):
            self.assertEqual([r[0] for r in self.site.sql(f"SELECT person_id FROM keptword_core.{table} WHERE person_id > 9000 ORDER BY 1")],
                             ["9002", "9004", "9005"], table)
        self.assertEqual(self.one("core.person_word", "word LIKE 'zzyzx%'"), 3)
        self.assertEqual(before["keptword_core.person"], self.counts()["keptword_core.person"], "rows stay")
        self.assertEqual(self.one("core.role_grant", "person_id IN (9001, 9003, 9006)"), 3)
        admin = self.site.person("admin")
        self.assertNotIn("removed.invalid", admin.get("/staff/people").words)
        self.assertEqual(admin.get("/staff/people/" + self.site.one(
            "SELECT keptword_core.id_text(public_id) FROM keptword_core.person WHERE id = 9001")).status, 404)

    def test_3_pay_goes_by_hand_alone_a_period_at_a_time(self):
        def pay():
            return {table: self.one(f"payments.{table}", "TRUE") for table in PAY}
        self.site.sql(f"UPDATE keptword_payments.pay_period SET issued_at = {ago('11 YEAR', 1)} WHERE id IN (1, 2);"
                      f"UPDATE keptword_payments.pay_period SET issued_at = MAKEDATE(YEAR(UTC_TIMESTAMP()) - 10, 1) WHERE id = 3;"
                      "INSERT INTO keptword_core.role_grant (person_id, role, from_at, to_at) VALUES (31, 'reviewer', '2010-01-01',"
                      " '2012-01-01')")
        of = ("IN (SELECT s.id FROM keptword_payments.statement s WHERE s.period_id IN (1, 2))")
        due = {t: self.one(f"payments.{t}", f"statement_id {of}") for t in PAY[:4]}
        due |= {t: self.one(f"payments.{t}", "period_id IN (1, 2)") for t in PAY[4:8]} | {"pay_period": 2}
        before = pay()
        self.look()
        self.assertEqual(pay(), before, "no worker touches pay")
        rows = [line.split("\t") for line in self.site.command("payments", "retention").stdout.splitlines()]
        self.assertEqual({r[0]: int(r[3]) for r in rows[1:] if r[2] == "command" and r[0] in PAY}, due)
        self.assertIn(["statement", "10 years", "command", str(due["statement"])], rows)
        for plugin, n in (("payments", sum(due.values())), ("portal", 1), ("onboarding", 0), ("payments", 0)):
            done = self.site.command(plugin, "retention", "--delete")
            self.assertEqual((done.returncode, done.stdout), (0, f"{n} row(s) deleted.\n"), done.stderr)
        self.assertEqual(pay(), {t: before[t] - due[t] for t in PAY})
        self.assertEqual(self.one("payments.pay_period", "id IN (1, 2)"), 0)
        self.assertEqual(self.audited()["payments.statement"], due["statement"])
        check = self.site.command("payments", "check")
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
        # The serving account has no such right, and is told.
        with self.assertRaises(RuntimeError):
            self.site.sql("DELETE FROM keptword_payments.ledger WHERE id = 0", account="keptword_payments")


if __name__ == "__main__":
    unittest.main()
