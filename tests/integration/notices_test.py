"""Notices: what is told is told once, whatever the mail server or a webhook's target does; what people
do not want is not sent; links, pages and signatures are what the README says.
"""
import collections
import hashlib
import hmac
import json
import os
import re
import tempfile
import time
import unittest
from pathlib import Path

from instance import Site
from sinks import HookSink, MailSink

MARTA = 31
SECRET = "a secret of this test alone"
STAFF = "feedback.results_overdue"  # a kind that the webhook wants


class Notices(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mails, cls.hooks = MailSink(), HookSink()
        cls.folder = Path(tempfile.mkdtemp(prefix="kw-hooks-", dir="/tmp"))
        cls.folder.chmod(0o755)
        cls.secret = cls.folder / "secret"
        cls.secret.write_text(SECRET + "\n")
        (cls.folder / "hooks").write_text(
            f"# name address secret kinds\npager http://127.0.0.1:{cls.hooks.port}/in {cls.folder}/secret test.*,{STAFF}\n")
        cls.site = Site(KEPTWORD_MAIL_URL=f"smtp://127.0.0.1:{cls.mails.port}",
                        KEPTWORD_MAIL_FROM="people@lanternfield.example", GUESSES="1000",
                        KEPTWORD_SCRYPT_LOG_N="14", KEPTWORD_TEST_HOOKS="1", KEPTWORD_WEBHOOKS=str(cls.folder / "hooks"))
        cls.settle(cls)

    @classmethod
    def tearDownClass(cls):
        cls.site.remove()
        cls.mails.down()
        cls.hooks.down()

    def setUp(self):
        self.mails.mode = self.hooks.mode = "ok"
        self.at_once()

    def at_once(self):
        """No pause is waited for: a test has no minutes."""
        self.site.sql("UPDATE keptword_core.notice_channel SET paused_until = NULL, failures = 0;"
                      "UPDATE keptword_core.notice_delivery SET next_at = UTC_TIMESTAMP(6) WHERE state = 'queued'")

    def queued(self):
        return int(self.site.one("SELECT (SELECT COUNT(*) FROM keptword_core.notice_delivery WHERE state = "
                                 "'queued') + (SELECT COUNT(*) FROM keptword_core.outbox_public o WHERE NOT EXISTS "
                                 "(SELECT 1 FROM keptword_core.notice_delivery d WHERE d.source = o.source AND "
                                 "d.outbox_id = o.id))"))

    def settle(self, seconds=20):
        self.site.wait(lambda: Notices.queued(self) == 0, seconds, "delivery of everything")

    def settle_at_once(self):
        """However often what is under way just now makes a pause."""
        end = time.monotonic() + 20
        while self.queued() and time.monotonic() < end:
            self.at_once()
            time.sleep(0.3)
        self.assertEqual(self.queued(), 0)

    def tell(self, kind, topic="account", person=MARTA, plugin="payments", detail="{}", n=1, age=0):
        for _ in range(n):
            self.site.sql(f"INSERT INTO keptword_{plugin}.outbox (kind, topic, person_id, path, detail, created_at, "
                          f"not_before, expires_at) SELECT '{kind}', '{topic}', {person}, '/payments/statements', "
                          f"'{detail}', UTC_TIMESTAMP(6) - INTERVAL {age} SECOND, UTC_TIMESTAMP(6), "
                          "UTC_TIMESTAMP(6) + INTERVAL 1 DAY")

    def sent(self, since):
        """Message-IDs that arrived since, with how often."""
        return collections.Counter(m["Message-ID"] for _, m in self.mails.mails[since:])

    def states(self, kind):
        return dict(self.site.sql("SELECT CONCAT(channel, ' ', state), COUNT(*) FROM keptword_core.notice_delivery "
                                  f"WHERE kind = '{kind}' GROUP BY 1"))

    # ---- What a mail is ----

    def test_a_mail(self):
        self.settle()
        before = len(self.mails.mails)
        self.tell("payments.statement_issued", "pay", detail='{"day": "2026-12-04", "money": "123456 EUR"}')
        self.settle()
        to, mail = self.mails.mails[before]
        self.assertEqual(len(self.mails.mails), before + 1)
        self.assertEqual(to, "marta.kowalczyk@example.org")
        self.assertEqual(mail["Subject"], "Your statement: 1,234.56 EUR on Friday 4 December 2026")
        self.assertEqual(mail["From"].addresses[0].addr_spec, "people@lanternfield.example")
        self.assertEqual(mail["From"].addresses[0].display_name, "Lanternfield")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertEqual(mail.get_content_type(), "multipart/alternative")
        self.assertEqual(mail.defects, [])
        plain = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        for text in (plain, html):
            self.assertIn("Hello Marta,", text)
            self.assertIn(self.site.url + "/payments/statements", text)
        self.assertIn('<html lang="en" dir="ltr">', html)
        self.assertNotIn("<img", html)
        self.assertIsNone(mail["List-Unsubscribe"])  # pay is always told
        for line in self.mails.raw[before].split(b"\r\n"):
            self.assertLessEqual(len(line), 78 if line.startswith(b"Message-ID") else 76, line)

    def test_in_arabic(self):
        self.settle()
        before = len(self.mails.mails)
        self.site.sql(f"UPDATE keptword_core.person SET locale = 'ar' WHERE id = {MARTA}")
        try:
            self.tell("payments.statement_issued", "pay", detail='{"day": "2026-12-04", "money": "123456 EUR"}')
            self.settle()
        finally:
            self.site.sql(f"UPDATE keptword_core.person SET locale = 'en' WHERE id = {MARTA}")
        mail = self.mails.mails[before][1]
        self.assertIn("كشف أجرك", mail["Subject"])
        self.assertEqual(mail["Content-Language"], "ar")
        html = mail.get_body(("html",)).get_content()
        self.assertIn('<html lang="ar" dir="rtl">', html)
        self.assertEqual(mail.defects + mail.get_body(("html",)).defects, [])

    # ---- Once, whatever happens ----

    def test_nothing_lost_nothing_doubled(self):
        """Down, hanging, refusing for now and cut off in the worst moment, with people submitting on."""
        marta = self.site.person("contributor")
        self.settle()  # a sign-in with a new browser is told by mail, too
        before, kind = len(self.mails.mails), "feedback.survey_open"
        self.mails.down()
        slowest = 0
        for i in range(6):
            self.tell(kind, "survey", n=2)
            page = marta.get("/profile")
            began = time.monotonic()
            self.assertEqual(marta.submit(page, "/profile", preferred_name="Marta").status, 200)
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.3)
        self.assertLess(slowest, 1.5)
        self.assertEqual(len(self.mails.mails), before)
        self.mails.mode = "cut"
        self.mails.up()
        self.at_once()
        self.site.wait(lambda: len(self.mails.mails) > before, 10, "a mail that was cut off")
        self.mails.mode = "busy"
        self.at_once()
        time.sleep(1.5)
        self.mails.mode = "ok"
        self.settle_at_once()
        found = self.sent(before)
        self.assertEqual(self.states(kind), {"mail sent": "12"})
        # What was cut off came again under its id: a receiver that drops repetitions has each once.
        self.assertEqual(len(found), 12)
        self.assertGreaterEqual(max(found.values()), 2)

    def test_a_worker_that_is_killed(self):
        before, kind = len(self.mails.mails), "onboarding.decided"
        self.tell(kind, "work", n=40)
        for _ in range(3):
            time.sleep(0.4)
            os.kill(self.site.child("portal.work"), 9)
            self.site.sql("UPDATE keptword_core.notice_delivery SET lease_until = UTC_TIMESTAMP(6)"
                          " WHERE state = 'queued' AND lease_until IS NOT NULL")
        self.settle(30)
        self.assertEqual(self.states(kind), {"mail sent": "40"})
        self.assertEqual(len(self.sent(before)), 40)

    def test_refused_for_good_and_again(self):
        self.mails.mode = "refuse"
        self.tell("onboarding.offer_ready", "work")
        self.site.wait(lambda: self.states("onboarding.offer_ready") == {"mail failed": "1"}, 10, "the refusal")
        self.mails.mode = "ok"
        admin = self.site.person("admin")
        page = admin.get("/staff/notices")
        self.assertIn("The other side refuses it.", page.words)
        self.assertIn("550", page.words)
        action = next(f.action for f in page.page.forms if f.action.endswith("/again"))
        self.assertIn("It is tried again", admin.submit(page, action).words)
        self.site.wait(lambda: self.states("onboarding.offer_ready") == {"mail sent": "1"}, 10, "the second try")

    def test_what_commits_late_is_told(self):
        """A row whose instant lies before what every second's look reads."""
        self.settle()
        before = len(self.mails.mails)
        self.tell("onboarding.agreement_signed", "work", age=45)
        os.kill(self.site.child("portal.work"), 9)  # its first look goes back over everything
        self.settle(10)
        self.assertEqual(len(self.mails.mails), before + 1)

    # ---- Webhooks ----

    def test_webhook_signed_retried_once(self):
        before = len(self.hooks.calls)
        self.hooks.mode = "500"
        admin = self.site.person("admin")
        page = admin.get("/staff/notices")
        form = [f for f in page.page.forms if f.action.endswith("/test") and ("channel", "pager") in f.fields][0]
        self.assertEqual(admin.post("/staff/notices/test", form.fields).status, 200)
        self.site.wait(lambda: len(self.hooks.calls) > before, 10, "a first call")
        # Meanwhile the secret changes: from now on the new one signs, and the old one beside it.
        self.secret.write_text(f"a newer one\n{SECRET}\n")
        self.addCleanup(self.secret.write_text, SECRET + "\n")
        self.hooks.mode = "ok"
        time.sleep(0.3)
        self.at_once()
        self.site.wait(lambda: len(self.hooks.calls) > before + 1, 10, "a second call")
        self.settle()
        first, second = self.hooks.calls[before:before + 2]
        self.assertEqual(first[0]["keptword-delivery"], second[0]["keptword-delivery"])
        for (headers, body), secrets in ((first, [SECRET]), (second, ["a newer one", SECRET])):
            self.assertEqual(headers["keptword-signature"], ",".join("v1=" + hmac.new(
                secret.encode(), headers["keptword-timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
                for secret in secrets))
        self.assertLess(abs(int(headers["keptword-timestamp"]) - time.time()), 60)
        told = json.loads(body)
        self.assertEqual(set(told), {"id", "kind", "at", "subject", "text", "url", "acknowledge_url"})
        self.assertEqual(told["id"], headers["keptword-delivery"])
        self.assertNotIn("@", body.decode())
        # Who looks after it: by a button, not by looking; not by others.
        path = told["acknowledge_url"].removeprefix(self.site.url)
        self.assertEqual(self.site.person("contributor").get(path).status, 403)
        hdm = self.site.person("hdm")
        page = hdm.get(path)
        self.assertIn("Nobody has said yet", hdm.get(path).words)
        self.assertIn("Helene looks after this", hdm.submit(page, path).words)
        self.assertEqual(hdm.get(path[:-1] + ("0" if path[-1] != "0" else "1")).status, 404)

    def test_a_mail_server_that_hangs_holds_up_no_webhook(self):
        """It answers nothing to EHLO, then nothing to a whole mail: the other way goes on, pages do, and
        what waited arrives once under its id."""
        marta = self.site.person("contributor")
        self.settle()
        for mode in ("no_ehlo", "stall"):
            mails, hooks, stalled = len(self.mails.mails), len(self.hooks.calls), self.mails.stalled
            self.mails.mode = mode
            self.tell("onboarding.agreement_signed", "work", n=2)
            self.site.wait(lambda: int(self.site.one("SELECT COUNT(*) FROM keptword_core.notice_channel WHERE channel "
                                                     "= 'mail' AND failures > 0")) == 1, 15, f"the pause after {mode}")
            self.tell(STAFF, "staff", person=0)
            page = marta.get("/profile")
            began = time.monotonic()
            self.assertEqual(marta.submit(page, "/profile", preferred_name="Marta").status, 200)
            self.assertLess(time.monotonic() - began, 1.5)
            self.site.wait(lambda: len(self.hooks.calls) > hooks, 8, "the webhook beside it")
            self.assertEqual(len(self.mails.mails), mails)
            self.assertEqual(self.mails.stalled - stalled, 1 if mode == "stall" else 0)
            self.mails.mode = "ok"
            self.settle_at_once()
            self.assertEqual(sorted(self.sent(mails).values()), [1, 1])
            self.assertEqual(len(self.hooks.calls), hooks + 1)

    def test_a_mail_server_that_takes_no_leave(self):
        self.settle()
        mails, hooks = len(self.mails.mails), len(self.hooks.calls)
        self.mails.mode = "no_quit"
        self.tell("onboarding.agreement_signed", "work")
        self.site.wait(lambda: len(self.mails.mails) > mails, 8, "the mail")
        self.tell(STAFF, "staff", person=0)
        self.site.wait(lambda: len(self.hooks.calls) > hooks, 8, "the webhook behind it")

    def test_a_webhook_that_hangs_holds_up_no_mail(self):
        self.settle()
        self.hooks.mode = "hang"
        calls, tries, mails = len(self.hooks.calls), self.hooks.tries, len(self.mails.mails)
        self.tell(STAFF, "staff", person=0)
        self.site.wait(lambda: self.hooks.tries > tries, 5, "a call that hangs")
        self.tell("onboarding.application_received", "work")
        self.site.wait(lambda: len(self.mails.mails) > mails, 12, "a mail beside a hanging webhook")
        self.hooks.mode = "ok"
        self.settle_at_once()
        self.assertEqual(len(self.mails.mails), mails + 1)
        told = [json.loads(body)["kind"] for _, body in self.hooks.calls[calls:]]
        self.assertEqual(told, [STAFF])

    def test_what_is_personal_leaves_by_no_webhook(self):
        (self.folder / "hooks").write_text((self.folder / "hooks").read_text().replace("test.*", "*"))
        try:
            before = len(self.hooks.calls)
            self.tell("onboarding.decided", "work")
            self.settle()
            self.assertEqual(len(self.hooks.calls), before)
        finally:
            (self.folder / "hooks").write_text((self.folder / "hooks").read_text().replace("*", "test.*"))

    # ---- What people want ----

    def test_unsubscribe(self):
        before = len(self.mails.mails)
        self.tell("feedback.results_out", "survey", person=32)
        self.settle()
        mail = self.mails.mails[before][1]
        link = mail["List-Unsubscribe"].strip("<>")
        self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertIn(link, mail.get_body(("plain",)).get_content())
        path = link.removeprefix(self.site.url)
        off = "SELECT COUNT(*) FROM keptword_core.notice_choice WHERE person_id = 32"
        nobody = self.site.person()
        self.assertIn("No more of these mails?", nobody.get(path).words)
        self.assertEqual(self.site.one(off), "0")  # looking changes nothing
        self.assertEqual(nobody.get(path.replace("survey", "account")).status, 404)
        # As a mail program does it: no cookie, no token of a page (RFC 8058).
        reply = self.site.person().post(path, {"List-Unsubscribe": "One-Click"}, headers={"Origin": None}, follow=False)
        self.assertEqual(reply.status, 200)
        self.assertEqual(self.site.one(off), "1")
        self.tell("feedback.results_out", "survey", person=32)
        self.settle()
        self.assertEqual(len(self.mails.mails), before + 1)
        self.assertEqual(self.states("feedback.results_out"), {"mail sent": "1", "mail skipped": "1"})

    def test_choosing_on_the_profile(self):
        marta = self.site.person("contributor")
        page = marta.get("/profile/notices")
        reply = marta.submit(page, "/profile/notices", wanted=["survey"])
        self.assertIn("Saved.", reply.words)
        self.assertEqual(self.site.sql(f"SELECT topic FROM keptword_core.notice_choice WHERE person_id = {MARTA}"),
                         [["reminder"]])
        marta.submit(reply, "/profile/notices", wanted=["survey", "reminder"])
        self.assertEqual(self.site.sql(f"SELECT 1 FROM keptword_core.notice_choice WHERE person_id = {MARTA}"), [])


if __name__ == "__main__":
    unittest.main()
