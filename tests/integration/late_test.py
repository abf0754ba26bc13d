"""What is late is told once, to whom README says: statements and pay, contacts of HDMs, answers to
applicants, results of surveys.
"""
import collections
import datetime
import os
import tempfile
import unittest
from pathlib import Path

from instance import Site
from sinks import HookSink, MailSink

MARTA = 31
FROM_THE_STATES = 32
PERIOD = 12  # the open one of the demo


def long_day(day):
    return f"{day:%A} {day.day} {day:%B %Y}"


class Late(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mails, cls.hooks = MailSink(), HookSink()
        folder = Path(tempfile.mkdtemp(prefix="kw-hooks-", dir="/tmp"))
        folder.chmod(0o755)
        (folder / "secret").write_text("of this test alone\n")
        (folder / "hooks").write_text(f"chat http://127.0.0.1:{cls.hooks.port}/ {folder}/secret *\n")
        cls.site = Site(KEPTWORD_MAIL_URL=f"smtp://127.0.0.1:{cls.mails.port}", KEPTWORD_MAIL_FROM="people@l.example",
                        KEPTWORD_WEBHOOKS=str(folder / "hooks"), KEPTWORD_SCRYPT_LOG_N="14", GUESSES="1000")
        cls.today = datetime.datetime.now(datetime.timezone.utc).date()

    @classmethod
    def tearDownClass(cls):
        cls.site.remove()
        cls.mails.down()
        cls.hooks.down()

    def told(self, kind):
        """Whom the rows of this kind are for, with how often; 0: the webhooks."""
        return collections.Counter(int(r[0]) for r in self.site.sql(
            f"SELECT person_id FROM keptword_core.outbox_public WHERE kind = '{kind}'"))

    def holders(self, *roles):
        names = ",".join(f"'{role}'" for role in roles)
        return {int(r[0]) for r in self.site.sql(
            "SELECT DISTINCT g.person_id FROM keptword_core.role_grant g JOIN keptword_core.person p ON p.id = "
            f"g.person_id AND p.state = 'active' WHERE g.is_open = 1 AND g.role IN ({names})")}

    def look(self, plugin):
        """The worker begins again, and looks at once at what it looks at each minute. It seals the audit
        once a round: with the second row that comes after its begin, its first round is over."""
        os.kill(self.site.child(f"{plugin}.work"), 9)
        for _ in range(2):
            self.site.sql(f"INSERT INTO keptword_{plugin}.audit (at, actor_id, action, object) "
                          "SELECT UTC_TIMESTAMP(6), 0, 'test.look', 'test:1'")
            self.site.wait(lambda: self.site.one(f"SELECT COUNT(*) FROM keptword_{plugin}.audit_unsealed") == "0", 30,
                           f"a round of {plugin}")
        self.site.wait(lambda: self.site.one(f"SELECT COUNT(*) FROM keptword_{plugin}.job WHERE state IN "
                                             "('queued', 'running')") == "0", 30, f"the jobs of {plugin}")

    def once(self, people):
        return {person: 1 for person in people}

    def subjects(self, address, since):
        return [m["Subject"] for to, m in self.mails.mails[since:] if to == address]

    # ---- Payments rule 20 ----

    def test_statements_and_pay(self):
        site, day = self.site, datetime.timedelta(days=1)
        usual = "', '".join(site.sql(f"SELECT start_day, end_day, issue_on, pay_on FROM keptword_payments.pay_period "
                                     f"WHERE id = {PERIOD}")[0])
        first = site.sql(f"SELECT start_day FROM keptword_payments.pay_period WHERE id = {PERIOD}")[0][0]
        last, issue, pay = self.today - 4 * day, self.today - day, self.today + day

        def period(issue_on, pay_on):
            site.sql(f"UPDATE keptword_payments.pay_period SET end_day = '{last}', issue_on = '{issue_on}', "
                     f"pay_on = '{pay_on}' WHERE id = {PERIOD}")

        site.sql(f"UPDATE keptword_core.person SET country = 'US' WHERE id = {FROM_THE_STATES}; "
                 f"UPDATE keptword_core.person SET country = 'PL' WHERE id = {MARTA}; "
                 "UPDATE keptword_payments.pay_schedule SET us_later = 5")
        waiting = {int(r[0]) for r in site.sql(
            "SELECT DISTINCT person_id FROM keptword_payments.work_entry WHERE state IN ('submitted', 'approved') AND "
            f"period_id = {PERIOD} UNION SELECT person_id FROM keptword_payments.adjustment WHERE state IN "
            f"('proposed', 'approved') AND period_id = {PERIOD}")}
        from_the_states = {int(r[0]) for r in site.sql("SELECT id FROM keptword_core.person WHERE country = 'US'")}
        self.assertIn(MARTA, waiting)
        self.assertIn(FROM_THE_STATES, waiting)
        finance, hdls = self.holders("finance"), self.holders("hdl")
        since = len(self.mails.mails)
        period(self.today, pay)
        self.look("payments")
        self.assertEqual(self.told("payments.statement_late"), {})  # today is not late
        period(issue, pay)
        self.look("payments")
        self.assertEqual(self.told("payments.statement_late"), self.once(waiting))
        self.assertEqual(self.told("payments.period_late"), self.once(finance | {0}))
        self.assertEqual(self.told("payments.period_late_hdl"), self.once(hdls))
        site.wait(lambda: any(m["Subject"] == "Your statement is late" and to.startswith("marta")
                              for to, m in self.mails.mails[since:]), 15, "a mail to Marta")
        mail = next(m for to, m in self.mails.mails[since:] if to.startswith("marta"))
        words = " ".join(mail.get_body(("plain",)).get_content().split())
        self.assertIn(f"should have been ready by {long_day(issue)}", words)
        self.assertIn(f"still promised for {long_day(pay)}", words)
        self.assertNotIn(first, words)  # the period as people write it
        self.assertIn("A statement of yours is late", self.site.person("contributor").get("/").words)

        period(issue - day, issue)  # the money of all but those in the U.S. is late as well
        self.look("payments")
        self.assertEqual(self.told("payments.pay_late"), self.once(waiting - from_the_states))
        self.assertEqual(self.told("payments.period_unpaid"), self.once(finance | {0}))
        site.sql("UPDATE keptword_payments.pay_schedule SET us_later = 0")
        self.look("payments")
        self.assertEqual(self.told("payments.pay_late"), self.once(waiting))
        self.look("payments")
        for kind, people in (("statement_late", waiting), ("pay_late", waiting), ("period_late", finance | {0}),
                             ("period_unpaid", finance | {0}), ("period_unpaid_hdl", hdls)):
            self.assertEqual(self.told(f"payments.{kind}"), self.once(people), kind)
        self.assertEqual(site.sql("SELECT reason, COUNT(*) FROM keptword_payments.audit WHERE action = 'period.late' "
                                  "GROUP BY reason ORDER BY reason"), [["money", "2"], ["statements", "1"]])
        start, end, issue_on, pay_on = usual.split("', '")
        site.sql(f"UPDATE keptword_payments.pay_period SET start_day = '{start}', end_day = '{end}', issue_on = "
                 f"'{issue_on}', pay_on = '{pay_on}', late_step = 0, late_at = NULL WHERE id = {PERIOD}")

    # ---- HDM rule 10 ----

    def test_contacts(self):
        site = self.site
        # The demo's one who waits: his HDM and the HDLs were told at the start.
        hdm = int(site.one("SELECT d.hdm_person_id FROM keptword_core.pod d JOIN keptword_core.pod_member m ON "
                           "m.pod_id = d.id WHERE m.person_id = 52 AND m.to_on IS NULL"))
        site.wait(lambda: self.told("hdm.contact_escalated"), 15, "the delay of the demo")
        self.assertEqual(self.told("hdm.contact_overdue"), {hdm: 1, 0: 1})
        self.assertEqual(self.told("hdm.contact_escalated"), self.once(self.holders("hdl") | {0}))
        # Two of Marta's pod wait for a day: one notice for both, and no HDL.
        two = [int(r[0]) for r in site.sql(
            "SELECT m.person_id FROM keptword_core.pod_member m JOIN keptword_core.pod d ON d.id = m.pod_id WHERE "
            "m.to_on IS NULL AND m.person_id <> d.hdm_person_id AND d.id = (SELECT pod_id FROM "
            f"keptword_core.pod_member WHERE person_id = {MARTA} AND to_on IS NULL) ORDER BY 1 LIMIT 2")]
        theirs = int(site.one("SELECT d.hdm_person_id FROM keptword_core.pod d JOIN keptword_core.pod_member m ON "
                              f"m.pod_id = d.id WHERE m.person_id = {two[0]} AND m.to_on IS NULL"))
        people = ",".join(map(str, two))
        site.sql(f"DELETE FROM keptword_hdm.note WHERE person_id IN ({people}); DELETE FROM "
                 f"keptword_hdm.one_on_one WHERE person_id IN ({people}); DELETE FROM keptword_hdm.contact WHERE "
                 f"person_id IN ({people}) AND at > UTC_TIMESTAMP() - INTERVAL 11 DAY; INSERT INTO keptword_hdm.contact "
                 f"(person_id, at, hdm_person_id, kind, created_at) SELECT id, UTC_TIMESTAMP() - INTERVAL 11 DAY, "
                 f"{theirs}, 'call', UTC_TIMESTAMP() FROM keptword_core.person WHERE id IN ({people})")
        before = self.told("hdm.contact_overdue")
        self.look("hdm")
        self.assertEqual(self.told("hdm.contact_overdue") - before, {theirs: 1, 0: 1})
        self.assertEqual(site.sql("SELECT detail FROM keptword_hdm.outbox WHERE kind = 'hdm.contact_overdue' AND "
                                  f"person_id = {theirs}"), [['{"n":2}']])
        self.assertEqual(self.told("hdm.contact_escalated"), self.once(self.holders("hdl") | {0}))
        # Three days later the HDLs are, once; a contact settles it.
        site.sql(f"UPDATE keptword_hdm.overdue_told SET due_at = due_at - INTERVAL 3 DAY WHERE person_id = {two[0]}; "
                 f"UPDATE keptword_hdm.contact SET at = at - INTERVAL 3 DAY WHERE person_id = {two[0]}")
        self.look("hdm")
        self.assertEqual(self.told("hdm.contact_overdue") - before, {theirs: 1, 0: 1})
        self.assertEqual(self.told("hdm.contact_escalated"), {p: 2 for p in self.holders("hdl") | {0}})
        site.sql(f"INSERT INTO keptword_hdm.contact (person_id, at, hdm_person_id, kind, created_at) SELECT id, "
                 f"UTC_TIMESTAMP(), {theirs}, 'call', UTC_TIMESTAMP() FROM keptword_core.person WHERE id IN ({people})")
        self.look("hdm")
        self.assertEqual(site.sql("SELECT person_id, step FROM keptword_hdm.overdue_told"), [["52", "2"]])
        self.assertEqual(self.told("hdm.contact_overdue") - before, {theirs: 1, 0: 1})

    # ---- Onboarding rule 26 ----

    def test_answers(self):
        site = self.site
        officers = self.holders("people_officer")
        reviewer = min(self.holders("reviewer") - officers)
        applicant = int(site.one("SELECT id FROM keptword_core.person WHERE email = 'noor.vandermeulen@example.org'"))
        site.wait(lambda: self.told("onboarding.answer_overdue"), 15, "the late answer of the demo")
        before = self.told("onboarding.answer_overdue")
        site.sql("UPDATE keptword_onboarding.application SET state = 'in_review', claimed_by = "
                 f"{reviewer}, claimed_at = UTC_TIMESTAMP(), person_id = {applicant}, due_at = UTC_TIMESTAMP() - "
                 "INTERVAL 1 MINUTE WHERE id = 3; UPDATE keptword_onboarding.application SET person_id = NULL WHERE "
                 f"person_id = {applicant} AND id <> 3")
        for _ in range(2):
            self.look("onboarding")
            self.assertEqual(self.told("onboarding.answer_late"), {applicant: 1})
            self.assertEqual(self.told("onboarding.yours_overdue"), {reviewer: 1})
            self.assertEqual(self.told("onboarding.answer_overdue") - before, self.once(officers | {0}))
        self.assertIn("That is our fault, not yours.", site.person("applicant").get("/apply/status").words)

    # ---- Feedback rule 15 ----

    def test_results(self):
        site = self.site
        site.sql("UPDATE keptword_feedback.survey_run SET state = 'closed', closed_at = UTC_TIMESTAMP() - INTERVAL 13 "
                 "DAY WHERE state = 'published' ORDER BY id DESC LIMIT 1")
        self.look("feedback")
        self.assertEqual(self.told("feedback.results_overdue"), {})
        site.sql("UPDATE keptword_feedback.survey_run SET closed_at = closed_at - INTERVAL 2 DAY WHERE state = 'closed'")
        for _ in range(2):
            self.look("feedback")
            self.assertEqual(self.told("feedback.results_overdue"),
                             self.once(self.holders("people_officer", "hdl") | {0}))
        site.sql("UPDATE keptword_feedback.survey_run SET state = 'published' WHERE state = 'closed'")


if __name__ == "__main__":
    unittest.main()
