"""How somebody gets in and is shut out: links by mail and shown, each once; a new password, a new
address; sessions that are ended open nothing any more, in any program."""
import os
import re
import signal
import time
import unittest

from instance import Person, Site, totp

SITE = None
SESSION = "__Host-session"
NEW = "seven otters count the tide"


def setUpModule():
    global SITE
    SITE = Site(KEPTWORD_SCRYPT_LOG_N="10", GUESSES="1000")


def tearDownModule():
    SITE.remove()


def person_id(email):
    return int(SITE.one(f"SELECT id FROM keptword_core.person WHERE email = '{email}'"))


def notices(email):
    return [row[0] for row in SITE.sql("SELECT kind FROM keptword_core.outbox WHERE person_id ="
                                       f" {person_id(email)} ORDER BY id")]


def link(kind, email, token="7" * 52):
    """A link with a token that we know, as a delivery would make it."""
    lasts = {"reset": "1 HOUR", "invite": "7 DAY", "email": "1 DAY"}[kind]
    SITE.sql("REPLACE INTO keptword_core.one_time_link (token_hash, kind, person_id, created_at, expires_at) VALUES"
             f" (UNHEX(SHA2('{token}', 256)), '{kind}', {person_id(email)}, UTC_TIMESTAMP(6),"
             f" UTC_TIMESTAMP(6) + INTERVAL {lasts})")
    return ("/new-address/" if kind == "email" else "/set-up/") + token


def forget_tries():
    SITE.sql("DELETE FROM keptword_core.sign_in_attempt")


class Case(unittest.TestCase):
    def refused_by_all_five(self, person, api_too=True):
        for path in ("/", "/onboarding/offers", "/payments/statements", "/feedback/surveys", "/hdm/my-contacts"):
            reply = person.get(path, follow=False)
            self.assertEqual((reply.status, (reply.header("Location") or "")[:8]), (303, "/sign-in"), path)
        if api_too:
            for path in ("/payments/api/runs/", "/feedback/api/runs/"):
                self.assertEqual(person.get(path + "7" * 26, follow=False).status, 401, path)

    def signs_in(self, email, password, wanted="/"):
        person = SITE.person()
        reply = person.submit(person.get("/sign-in"), "/sign-in", email=email, password=password)
        self.assertEqual(reply.path if reply.status == 200 else reply.status, wanted)
        return person


class Forgotten(Case):
    def test_the_answer_is_the_same_and_so_is_the_work(self):
        forget_tries()
        known, unknown = SITE.account("auditor")["email"], "nobody-here@example.org"
        replies, rows = [], []
        tables = ("outbox", "sign_in_attempt", "audit", "submission", "job")
        count = " + ".join(f"(SELECT COUNT(*) FROM keptword_core.{t})" for t in tables)
        for email in (known, unknown):
            person = SITE.person()
            page = person.get("/forgot")
            before = int(SITE.one(f"SELECT {count}"))
            reply = person.submit(page, "/forgot", email=email)
            rows.append(int(SITE.one(f"SELECT {count}")) - before)
            self.assertEqual((reply.status, reply.path), (200, "/forgot?sent=1"))
            replies.append(reply.text)
        self.assertEqual(replies[0], replies[1])
        self.assertEqual(rows[0], rows[1])
        self.assertEqual(notices(known)[-1], "account.reset")
        stored = " ".join(map(str, SITE.sql("SELECT * FROM keptword_core.outbox WHERE kind = 'account.reset'")))
        self.assertNotIn(known, stored)
        self.assertNotIn("/set-up/", stored)

    def test_nobody_who_is_disabled_and_nothing_that_is_no_address(self):
        forget_tries()
        email = SITE.account("applicant")["email"]
        SITE.sql(f"UPDATE keptword_core.person SET state = 'disabled' WHERE email = '{email}'")
        before = notices(email)
        person = SITE.person()
        reply = person.submit(person.get("/forgot"), "/forgot", email=email.upper())
        self.assertEqual(reply.path, "/forgot?sent=1")
        self.assertEqual(notices(email), before)
        SITE.sql("UPDATE keptword_core.person SET state = 'active'")
        for typed in ("", "no address", "a@b@c"):
            reply = person.submit(person.get("/forgot"), "/forgot", email=typed)
            self.assertEqual(reply.status, 422, typed)

    def test_nobody_is_flooded(self):
        forget_tries()
        email = SITE.account("spl")["email"]
        person = SITE.person()
        for _ in range(5):
            reply = person.submit(person.get("/forgot"), "/forgot", email=email)
            self.assertEqual(reply.path, "/forgot?sent=1")
        self.assertEqual(notices(email).count("account.reset"), 3)
        for n in range(5):
            person.submit(person.get("/forgot"), "/forgot", email=f"x{n}@example.org")
        reply = person.submit(person.get("/forgot"), "/forgot", email="one-more@example.org")
        self.assertEqual(reply.status, 429)
        self.assertIn("15 minutes", reply.words)
        # Asking has nothing to do with signing in.
        self.signs_in(email, SITE.account("spl")["password"])
        forget_tries()

    def test_a_reset(self):
        account = SITE.account("benchmark_keeper")
        email = account["email"]
        inside = SITE.person(email)
        other = link("reset", email, "8" * 52)
        path = link("reset", email)
        person = SITE.person()
        page = person.get(path)
        self.assertIn(email, page.words)
        reply = person.submit(page, "", password=NEW, again=NEW)
        self.assertEqual((reply.status, reply.path), (200, "/"))
        # Every session and every other link of the person is over; each says what it is.
        self.refused_by_all_five(inside)
        for dead in (path, other):
            reply = SITE.person().get(dead)
            self.assertEqual(reply.status, 404)
            self.assertIn("used already", reply.words)
        late = SITE.person()
        self.assertEqual(late.submit(page, "", password=NEW, again=NEW).status, 403)  # another browser's form
        self.signs_in(email, account["password"], 422)
        self.signs_in(email, NEW)
        self.assertEqual(notices(email)[-1], "account.new_browser_unnamed")
        self.assertIn("account.password_changed", notices(email))
        forget_tries()

    def test_expired_and_never_was(self):
        email = SITE.account("hdl")["email"]
        path = link("reset", email)
        person = SITE.person()
        page = person.get(path)
        SITE.sql("UPDATE keptword_core.one_time_link SET expires_at = UTC_TIMESTAMP(6) WHERE used_at IS NULL")
        for reply in (person.get(path), person.submit(page, "", password=NEW, again=NEW)):
            self.assertEqual(reply.status, 404)
            self.assertIn("time is over", reply.words)
            self.assertIn("/forgot", reply.page.links)
        reply = person.get("/set-up/" + "6" * 52)
        self.assertEqual(reply.status, 404)
        self.assertIn("part of it is missing", reply.words)
        # A link of another kind opens nothing here, nor does one of somebody disabled.
        self.assertEqual(person.get("/set-up/" + link("email", email).split("/")[-1]).status, 404)
        path = link("reset", email)
        SITE.sql(f"UPDATE keptword_core.person SET state = 'disabled' WHERE email = '{email}'")
        self.assertEqual(person.get(path).status, 404)
        SITE.sql("UPDATE keptword_core.person SET state = 'active'")

    def test_a_link_is_for_its_own_person(self):
        mine, theirs = SITE.account("hdl")["email"], SITE.account("care_officer")["email"]
        path = link("reset", mine)
        person = SITE.person()
        page = person.get(path)
        before = SITE.one(f"SELECT password FROM keptword_core.person WHERE email = '{theirs}'")
        reply = person.submit(page, "", password=NEW, again=NEW, email=theirs, person=str(person_id(theirs)),
                              person_id=str(person_id(theirs)))
        self.assertEqual(reply.path, "/")
        self.assertEqual(SITE.one(f"SELECT password FROM keptword_core.person WHERE email = '{theirs}'"), before)
        self.assertEqual(person.get("/profile").words.count(mine), 1)

    def test_a_reset_does_not_remove_the_second_factor(self):
        account = next(a for a in SITE.accounts() if "secret" in a)
        person = SITE.person()
        reply = person.submit(person.get(link("reset", account["email"])), "", password=NEW, again=NEW)
        self.assertEqual(reply.path, "/sign-in/code")
        self.refused_by_all_five(person)
        SITE.sql("UPDATE keptword_core.second_factor SET last_step = 0")
        reply = person.submit(reply, "/sign-in/code", code=totp(account["secret"]))
        self.assertEqual(reply.path, "/")

    def test_only_the_configured_host_stands_in_links(self):
        admin = SITE.person("admin")
        path = "/staff/people/" + SITE.one("SELECT LOWER(keptword_core.id_text(public_id)) FROM keptword_core.person"
                                           " WHERE id = 50")
        page = admin.get(path)
        form, pairs = admin.filled(page, "/link")
        reply = admin.post(form.action, pairs, headers={"X-Forwarded-Host": "evil.example"})
        self.assertIn(SITE.url + "/set-up/", reply.text)
        self.assertNotIn("evil.example", reply.text)
        reply = admin.submit(admin.get(path), "/mail")
        self.assertIn("A mail is on its way", reply.words)
        self.assertNotIn("/set-up/", reply.text)
        self.assertEqual(SITE.one("SELECT kind FROM keptword_core.outbox WHERE person_id = 50"), "account.invited")


class Sessions(Case):
    def test_one_is_ended_and_refused_everywhere(self):
        account = SITE.account("contributor")
        phone, desk = Person(SITE), Person(SITE)
        agents = {phone: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
                         " Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                  desk: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
        for person, agent in agents.items():
            form, pairs = person.filled(person.get("/sign-in"), "/sign-in", email=account["email"],
                                        password=account["password"])
            self.assertEqual(person.post("/sign-in", pairs, headers={"User-Agent": agent}).path, "/")
            for path in ("/", "/onboarding/offers", "/payments/statements", "/feedback/surveys", "/hdm/my-contacts"):
                self.assertEqual(person.get(path, follow=False).status, 200, path)
        page = desk.get("/profile/sessions")
        self.assertRegex(page.words, r"Firefox, Linux.*This one.*Safari, iPhone")
        self.assertNotIn("127.0.0.1", page.words)
        # Another's session is not found; a form of this page ends the phone's.
        stranger = SITE.person("finance")
        form = next(f for f in page.page.forms if re.fullmatch(r"/profile/sessions/\w{26}/end", f.action))
        _, pairs = stranger.filled(stranger.get("/profile/sessions"), "/sign-out")
        self.assertEqual(stranger.post(form.action, pairs + [("_submission", "0" * 26)]).status, 404)
        self.assertEqual(phone.get("/", follow=False).status, 200)
        reply = desk.post(form.action, form.fields)
        self.assertIn("Signed out there", reply.words)
        self.refused_by_all_five(phone)
        self.assertEqual(desk.get("/payments/statements", follow=False).status, 200)

    def test_all_others_and_by_an_administrator(self):
        people = [SITE.person("reviewer") for _ in range(3)]
        people[0].submit(people[0].get("/profile/sessions"), "/profile/sessions/end-others")
        for person in people[1:]:
            self.refused_by_all_five(person)
        self.assertEqual(people[0].get("/", follow=False).status, 200)
        self.assertIn("signed in nowhere else", people[0].get("/profile/sessions").words)
        admin = SITE.person("admin")
        path = "/staff/people/" + SITE.one("SELECT keptword_core.id_text(public_id) FROM keptword_core.person"
                                           f" WHERE email = '{people[0].email}'")
        self.assertIn("In 1 browser", admin.get(path).words)
        reply = admin.submit(admin.get(path), "/sessions")
        self.assertEqual((reply.status, "Nowhere" in reply.words), (200, True))
        self.refused_by_all_five(people[0])


class LostPhone(Case):
    def test_an_administrator_removes_it_with_a_reason(self):
        account = next(a for a in SITE.accounts() if "secret" in a)
        SITE.sql(f"UPDATE keptword_core.person SET password = (SELECT password FROM (SELECT password FROM"
                 " keptword_core.person WHERE id = 31) x) WHERE email = '%s'" % account["email"])
        SITE.sql("UPDATE keptword_core.second_factor SET last_step = 0")
        inside = self.signs_in(account["email"], SITE.account("contributor")["password"], "/sign-in/code")
        reply = inside.get("/sign-in/code")
        self.assertEqual(inside.submit(reply, "/sign-in/code", code=totp(account["secret"])).path, "/")
        admin = SITE.person("admin")
        base = "/staff/people/" + SITE.one("SELECT keptword_core.id_text(public_id) FROM keptword_core.person"
                                           f" WHERE email = '{account['email']}'")
        page = admin.get(base + "/second-factor")
        self.assertEqual(admin.submit(page, "/second-factor", reason="").status, 422)
        SITE.sql("UPDATE keptword_core.session SET proved_at = proved_at - INTERVAL 6 MINUTE")
        reply = admin.submit(page, "/second-factor", reason="Called her at home; the phone fell into a lake.")
        self.assertTrue(reply.path.startswith("/profile/confirm"))
        reply = admin.submit(reply, "/profile/confirm", password=SITE.account("admin")["password"])
        self.assertEqual(reply.path, base + "/second-factor")
        reply = admin.submit(reply, "/second-factor", reason="Called her at home; the phone fell into a lake.")
        self.assertEqual((reply.status, reply.path), (200, base))
        self.refused_by_all_five(inside)
        self.assertEqual(notices(account["email"])[-1], "account.second_factor_removed")
        row = SITE.sql("SELECT action, reason FROM keptword_core.audit ORDER BY id DESC LIMIT 1")
        self.assertEqual(row, [["second_factor.removed", "Called her at home; the phone fell into a lake."]])
        self.signs_in(account["email"], SITE.account("contributor")["password"])

    def test_nobody_removes_their_own_there(self):
        admin = SITE.person("admin")
        own = "/staff/people/" + SITE.one("SELECT keptword_core.id_text(public_id) FROM keptword_core.person"
                                          f" WHERE email = '{admin.email}'")
        self.assertEqual(admin.get(own + "/second-factor").path, "/profile/second-factor")

    def test_by_command(self):
        account = SITE.account("hdm")
        person = SITE.person(account["email"])
        person.set_up_second_factor(person.get("/profile/second-factor/new"))
        done = SITE.command("portal", "second-factor-remove", account["email"].upper())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.refused_by_all_five(person)
        SITE.person(account["email"])
        again = SITE.command("portal", "second-factor-remove", account["email"])
        self.assertIn("nothing was changed", again.stdout)
        self.assertEqual(SITE.command("portal", "second-factor-remove", "nobody@example.org").returncode, 1)
        self.assertEqual(SITE.command("portal", "second-factor-remove").returncode, 2)
        audit = SITE.sql("SELECT actor_id, reason FROM keptword_core.audit WHERE action = 'second_factor.removed'"
                         " AND reason = 'command'")
        self.assertEqual(audit, [["0", "command"]])


class Credentials(Case):
    def test_another_password(self):
        account = SITE.account("people_officer")
        here, there = SITE.person(account["email"]), SITE.person(account["email"])
        dead = link("reset", account["email"])
        page = here.get("/profile/password")
        for fields, words in (({"old": "not this", "password": NEW, "again": NEW}, "not the password that you have"),
                              ({"old": account["password"], "password": NEW, "again": NEW + "s"}, "same password twice"),
                              ({"old": account["password"], "password": "short", "again": "short"}, "at least 15"),
                              ({"old": account["password"], "password": "passwordpassword",
                                "again": "passwordpassword"}, "first that people try")):
            reply = here.submit(page, "/profile/password", **fields)
            self.assertEqual(reply.status, 422, words)
            self.assertIn(words, reply.words)
            self.assertNotIn(NEW, reply.text)
        self.assertEqual(there.get("/", follow=False).status, 200)
        reply = here.submit(page, "/profile/password", old=account["password"], password=NEW, again=NEW)
        self.assertIn("counts from now on", reply.words)
        self.assertEqual(here.get("/", follow=False).status, 200)
        self.refused_by_all_five(there)
        self.assertEqual(SITE.person().get(dead).status, 404)
        self.signs_in(account["email"], account["password"], 422)
        self.signs_in(account["email"], NEW)
        self.assertIn("account.password_changed", notices(account["email"]))
        forget_tries()

    def test_guessing_the_old_one_stops(self):
        person = SITE.person("care_officer")
        forget_tries()
        page = person.get("/profile/password")
        statuses = [person.submit(page, "/profile/password", old=f"guess {n}", password=NEW, again=NEW).status
                    for n in range(6)]
        self.assertEqual(statuses, [422] * 5 + [429])
        forget_tries()

    def test_another_address(self):
        account = SITE.account("pod_lead")
        person = SITE.person(account["email"])
        fresh, taken = f"miri-{time.time_ns()}@example.org", SITE.account("hdl")["email"]
        SITE.sql("UPDATE keptword_core.session SET proved_at = NULL")
        page = person.get("/profile/email")
        self.assertTrue(page.path.startswith("/profile/confirm"))
        page = person.submit(page, "/profile/confirm", password=account["password"])
        self.assertEqual(page.path, "/profile/email")
        # Whether an address is taken is told to nobody.
        first = person.submit(page, "/profile/email", email=taken)
        before = notices(account["email"])
        self.assertEqual(before[-1], "account.email_asked")
        second = person.submit(person.get("/profile/email"), "/profile/email", email=fresh)
        self.assertEqual((first.words, first.path), (second.words, second.path))
        self.assertEqual(notices(account["email"])[-2:], ["account.email_asked", "account.email_new"])
        path = link("email", account["email"])
        reset = link("reset", account["email"], "8" * 52)
        someone = SITE.person()
        page = someone.get(path)
        self.assertIn(fresh, page.words)
        reply = someone.submit(page, "")
        self.assertIn("counts from now on", reply.words)
        self.assertEqual(someone.get(path).status, 404)
        self.assertEqual(someone.get(reset).status, 404)
        self.signs_in(account["email"], account["password"], 422)
        self.signs_in(fresh, account["password"])
        SITE.sql(f"UPDATE keptword_core.person SET email = '{account['email']}' WHERE email = '{fresh}'")
        forget_tries()


class Kept(Case):
    def test_what_is_over_is_thrown_away(self):
        """The hourly job, in the worker of this instance, brought forward by a restart of it."""
        person = person_id(SITE.account("auditor")["email"])
        old = "UTC_TIMESTAMP(6) - INTERVAL {} DAY"
        SITE.sql("".join(
            f"INSERT INTO keptword_core.session (token_hash, person_id, created_at, seen_at, ends_at, revoked_at) VALUES"
            f" (UNHEX(SHA2('kept{n}', 256)), {person}, {old.format(200)}, {old.format(200)}, {ends}, {revoked});"
            for n, (ends, revoked) in enumerate(((old.format(91), "NULL"), (old.format(89), "NULL"),
                                                 (old.format(80), old.format(91)), (old.format(80), old.format(89))))))
        SITE.sql("INSERT INTO keptword_core.sign_in_half (token_hash, person_id, kind, created_at, ends_at) VALUES"
                 f" (RANDOM_BYTES(32), {person}, 'code', {old.format(3)}, {old.format(3)});"
                 "INSERT INTO keptword_core.sign_in_attempt (account_key, client_key, at, ok) VALUES"
                 f" (RANDOM_BYTES(32), RANDOM_BYTES(32), {old.format(3)}, 0);"
                 "INSERT INTO keptword_core.one_time_link (token_hash, kind, person_id, created_at, expires_at) VALUES"
                 f" (RANDOM_BYTES(32), 'reset', {person}, {old.format(40)}, {old.format(31)});")
        os.kill(SITE.child("portal.work"), signal.SIGTERM)
        SITE.wait(lambda: SITE.one("SELECT COUNT(*) FROM keptword_core.session WHERE created_at <"
                                   f" {old.format(100)}") == "2", 15, "throwing away")
        left = SITE.sql("SELECT HEX(token_hash) = UPPER(SHA2('kept1', 256)), HEX(token_hash) = UPPER(SHA2('kept3', 256))"
                        f" FROM keptword_core.session WHERE created_at < {old.format(100)}")
        self.assertEqual(sorted(left), [["0", "1"], ["1", "0"]])
        for table, column in (("sign_in_half", "ends_at"), ("sign_in_attempt", "at"), ("one_time_link", "expires_at")):
            self.assertEqual(SITE.one(f"SELECT COUNT(*) FROM keptword_core.{table} WHERE {column} <"
                                      f" {old.format(2)}"), "0", table)


if __name__ == "__main__":
    unittest.main()
