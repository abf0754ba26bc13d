"""The second factor: set up, asked for at sign-in, required of staff, recovery codes, removal; half
of a sign-in opens nothing. On an instance of its own, where staff must have one."""
import base64
import hashlib
import re
import subprocess
import time
import unittest

from instance import Person, Site, totp

SITE = None
SESSION, HALF = "__Host-session", "__Host-half"


def setUpModule():
    global SITE
    SITE = Site(KEPTWORD_SECOND_FACTOR="staff", KEPTWORD_SCRYPT_LOG_N="10", GUESSES="1000")


def tearDownModule():
    SITE.remove()


def wrong(secret):
    """Six digits that are no code of this secret for a quarter of an hour around now."""
    near = {totp(secret, time.time() + 30 * step) for step in range(-30, 31)}
    return next(code for code in (f"{n:06d}" for n in range(10**6)) if code not in near)


def unlock():
    """As if the last code had been taken long ago, and nobody had tried."""
    SITE.sql("UPDATE keptword_core.second_factor SET last_step = 0; DELETE FROM keptword_core.sign_in_attempt")


class Case(unittest.TestCase):
    def password_of(self, who):
        """A browser behind the first step, and the page that it sees."""
        account = SITE.account(who)
        person = SITE.person()
        person.email = account["email"]
        reply = person.submit(person.get("/sign-in"), "/sign-in", email=account["email"],
                              password=account["password"])
        return person, reply

    def without_factor(self, who):
        whose = f"(SELECT id FROM keptword_core.person WHERE email = '{SITE.account(who)['email']}')"
        SITE.sql(f"DELETE FROM keptword_core.second_factor WHERE person_id = {whose};"
                 f"DELETE FROM keptword_core.recovery_code WHERE person_id = {whose}")

    def factor_of(self, who):
        """Somebody with a second factor, set up as staff is asked to; secret and recovery codes."""
        self.without_factor(who)
        person, reply = self.password_of(who)
        self.assertEqual(reply.path, "/sign-in/set-up")
        secret, reply = person.set_up_second_factor(reply)
        codes = re.findall(r"<li><code>([0-9a-z-]+)</code>", reply.text)
        unlock()
        return person, secret, codes

    def refused_everywhere(self, person):
        """Nothing that needs a session opens, in any of the five."""
        self.assertNotIn(SESSION, person.cookies)
        for path in ("/", "/payments/statements", "/hdm/staff/people", "/feedback/surveys",
                     "/onboarding/offers"):
            reply = person.get(path, follow=False)
            self.assertEqual((reply.status, (reply.header("Location") or "")[:8]), (303, "/sign-in"), path)
        self.assertEqual(person.get("/payments/api/runs/" + "7" * 26, follow=False).status, 401)


class Required(Case):
    def test_staff_without_one_sets_it_up_first(self):
        self.without_factor("auditor")
        person, reply = self.password_of("auditor")
        self.assertEqual(reply.path, "/sign-in/set-up")
        self.assertIn(HALF, person.cookies)
        self.refused_everywhere(person)
        self.assertEqual(person.get("/sign-in/code").path, "/sign-in/set-up")
        reply = person.get("/sign-in/set-up")
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", reply.text)[1]
        self.assertEqual([len(group) for group in secret.split()], [4] * 8)
        # A wrong code, and none: told, the same key stays.
        for code, words in ((wrong(secret), "not the code of the key"), ("12345", "six digits"),
                            ("", "Type the six digits")):
            reply = person.submit(reply, "", code=code)
            self.assertEqual(reply.status, 422, code)
            self.assertIn(words, reply.words)
            self.assertIn(f"<code>{secret}</code>", reply.text)
            self.assertNotIn(SESSION, person.cookies)
        # The old half-open sign-in is no use once it has become a session.
        stolen = Person(SITE)
        stolen.cookies = {HALF: person.cookies[HALF]}
        reply = person.submit(reply, "", code=totp(secret))
        self.assertEqual(reply.path, "/profile/second-factor/codes?to=%2F")
        self.assertEqual(len(set(re.findall(r"<li><code>(\w{4}-\w{4}-\w{4})</code>", reply.text))), 10)
        self.assertNotIn(HALF, person.cookies)
        self.assertEqual(person.get("/").status, 200)
        self.assertEqual(stolen.get("/sign-in/set-up").path, "/sign-in?again=late")
        self.refused_everywhere(stolen)
        # Shown once.
        reply = person.get("/profile/second-factor/codes")
        self.assertNotRegex(reply.text, r"\w{4}-\w{4}-\w{4}")
        # Whoever must have one changes it, and does not go without.
        reply = person.get("/profile/second-factor")
        self.assertIn("changed but not removed", reply.words)
        token = next(v for n, v in reply.form("/profile/second-factor/codes").fields if n == "_token")
        gone = person.post("/profile/second-factor/remove", {"_token": token, "_submission": "0" * 26})
        self.assertEqual(gone.status, 403)

    def test_reviewers_are_staff_and_experts_are_not(self):
        for role in ("reviewer", "pod_lead", "admin"):
            self.without_factor(role)
            self.assertEqual(self.password_of(role)[1].path, "/sign-in/set-up", role)
        for role in ("contributor", "applicant"):
            self.assertEqual(self.password_of(role)[1].path, "/", role)

    def test_a_role_that_needs_one_ends_sessions_without(self):
        email = "jose.gutierrez@example.org"
        expert = SITE.person(email)
        admin, _, _ = self.factor_of("admin")
        path = "/staff/people/" + SITE.one("SELECT keptword_core.id_text(public_id) FROM keptword_core.person"
                                           f" WHERE email = '{email}'")
        self.assertEqual(admin.submit(admin.get(path), "/roles", role="contributor").status, 200)
        self.assertEqual(expert.get("/", follow=False).status, 200)
        self.assertEqual(admin.submit(admin.get(path), "/roles", role="reviewer").status, 200)
        expert.cookies.pop(SESSION) if expert.get("/", follow=False).status == 303 else self.fail("still in")
        self.refused_everywhere(expert)
        self.assertEqual(self.password_of(email)[1].path, "/sign-in/set-up")

    def test_nothing_of_a_half_open_sign_in_without_its_cookie(self):
        for path in ("/sign-in/code", "/sign-in/recovery", "/sign-in/set-up"):
            person = SITE.person()
            self.assertEqual(person.get(path).path, "/sign-in?again=late", path)
            person.cookies[HALF] = "7" * 52
            reply = person.get(path)
            self.assertEqual(reply.path, "/sign-in?again=late", path)
            self.assertIn("longer than ten minutes", reply.words)


class Code(Case):
    def test_right_wrong_late_early_and_replayed(self):
        _, secret, _ = self.factor_of("hdl")
        person, reply = self.password_of("hdl")
        self.assertEqual(reply.path, "/sign-in/code")
        self.refused_everywhere(person)
        for code, words in ((wrong(secret), "not right"), (totp(secret, time.time() - 120), "is over"),
                            (totp(secret, time.time() + 150), "not right"), ("", "six digits"),
                            ("12 34 5x", "not right")):
            SITE.sql("UPDATE keptword_core.sign_in_half SET wrong = 0")
            reply = person.submit(reply, "/sign-in/code", code=code)
            self.assertEqual((reply.status, reply.path), (422, "/sign-in/code"), code)
            self.assertIn(words, reply.words)
        self.refused_everywhere(person)
        unlock()
        right = totp(secret)
        reply = person.submit(reply, "/sign-in/code", code=f" {right[:3]} {right[3:]} ")
        self.assertEqual((reply.status, reply.path), (200, "/"))
        other, reply = self.password_of("hdl")
        reply = other.submit(reply, "/sign-in/code", code=right)
        self.assertEqual(reply.status, 422)
        self.assertIn("used already", reply.words)
        self.refused_everywhere(other)

    def test_another_maker_of_codes_agrees(self):
        _, secret, _ = self.factor_of("auditor")
        person, reply = self.password_of("auditor")
        code = subprocess.run(["oathtool", "--totp", "--base32", secret], capture_output=True, text=True, check=True)
        reply = person.submit(reply, "/sign-in/code", code=code.stdout.strip())
        self.assertEqual(reply.path, "/")

    def test_codes_work_after_the_key_was_changed_and_the_old_one_destroyed(self):
        def keys():
            rows = [line.split("\t") for line in SITE.command("portal", "keys").stdout.splitlines()[1:]]
            return {int(row[1]): int(row[3]) for row in rows if row[0] == "second-factor"}

        def passes(field, page, value):
            person, reply = self.password_of("auditor")
            self.assertEqual(person.submit(person.get(page) if page != reply.path else reply, page, **{field: value}).path, "/")
        _, secret, codes = self.factor_of("auditor")
        old = max(keys())
        done = SITE.command("portal", "rotate-key", "second-factor")
        self.assertEqual(done.returncode, 0, done.stderr)
        passes("code", "/sign-in/code", totp(secret))
        SITE.wait(lambda: keys().get(old) == 0, 20, "sealing anew")
        done = SITE.command("portal", "remove-key", "second-factor", str(old))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(set(keys()), {old + 1})
        unlock()
        passes("code", "/sign-in/code", totp(secret))
        passes("recovery", "/sign-in/recovery", codes[0])

    def test_one_code_sent_by_many_at_once_lets_one_in(self):
        _, secret, _ = self.factor_of("spl")
        people = [self.password_of("spl") for _ in range(4)]
        forms = []
        code = totp(secret)
        for person, reply in people:
            _, pairs = person.filled(reply, "/sign-in/code", code=code)
            body = "&".join(f"{n}={v}" for n, v in pairs)
            cookies = "; ".join(f"{k}={v}" for k, v in person.cookies.items())
            forms.append(subprocess.Popen(
                ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", f"Cookie: {cookies}", "-H",
                 f"Origin: {SITE.url}", "-d", body, SITE.url + "/sign-in/code"], stdout=subprocess.PIPE))
        answers = sorted(form.communicate()[0].decode() for form in forms)
        self.assertEqual(answers, ["303", "422", "422", "422"])

    def test_five_wrong_codes_and_one_begins_again(self):
        _, secret, _ = self.factor_of("finance")
        bad = wrong(secret)
        person, reply = self.password_of("finance")
        for _ in range(4):
            reply = person.submit(reply, "/sign-in/code", code=bad)
            self.assertEqual(reply.status, 422)
        reply = person.submit(reply, "/sign-in/code", code=bad)
        self.assertEqual(reply.path, "/sign-in?again=wrong")
        self.assertIn("Five codes were not right", reply.words)
        self.assertEqual(person.get("/sign-in/code").path, "/sign-in?again=late")
        # They count like wrong passwords: from this client nothing is checked any more.
        _, reply = self.password_of("finance")
        self.assertEqual(reply.status, 429)
        self.assertIn("Please wait", reply.words)
        told = SITE.one("SELECT COUNT(*) FROM keptword_core.outbox o JOIN keptword_core.person p ON p.id ="
                        f" o.person_id WHERE p.email = '{person.email}' AND o.kind = 'account.codes_wrong'")
        self.assertEqual(told, "1")
        unlock()

    def test_a_half_open_sign_in_ends(self):
        _, secret, _ = self.factor_of("care_officer")
        changes = {"time": "UPDATE keptword_core.sign_in_half SET ends_at = created_at",
                   "disabled": "UPDATE keptword_core.person SET state = 'disabled' WHERE email = '{}'"}
        for name, change in changes.items():
            person, reply = self.password_of("care_officer")
            SITE.sql(change.format(person.email))
            reply = person.submit(reply, "/sign-in/code", code=totp(secret))
            self.assertEqual(reply.path, "/sign-in?again=late", name)
            self.refused_everywhere(person)
            SITE.sql("UPDATE keptword_core.person SET state = 'active'")

    def test_another_persons_code_is_wrong(self):
        _, theirs, _ = self.factor_of("reviewer")
        self.factor_of("pod_lead")
        person, reply = self.password_of("pod_lead")
        reply = person.submit(reply, "/sign-in/code", code=totp(theirs))
        self.assertEqual(reply.status, 422)
        unlock()

    def test_where_one_wanted_to_go(self):
        _, secret, codes = self.factor_of("benchmark_keeper")
        account = SITE.account("benchmark_keeper")
        for step in ("code", "recovery"):
            person = SITE.person()
            reply = person.get("/search?q=pulse")
            reply = person.submit(reply, "/sign-in", email=account["email"], password=account["password"])
            if step == "recovery":
                reply = person.get(next(a for a in reply.page.links if "/sign-in/recovery" in a))
                reply = person.submit(reply, "/sign-in/recovery", recovery=codes[0])
            else:
                reply = person.submit(reply, "/sign-in/code", code=totp(secret))
            self.assertEqual(reply.path, "/search?q=pulse", step)


class Recovery(Case):
    def test_each_once_however_it_is_typed(self):
        _, _, codes = self.factor_of("people_officer")
        person, reply = self.password_of("people_officer")
        reply = person.get("/sign-in/recovery")
        for typed, words in (("7777-7777-7777", "none of your recovery codes"), ("x", "none of your"),
                             (codes[0] + "z", "none of your"), ("", "Type one of your")):
            SITE.sql("UPDATE keptword_core.sign_in_half SET wrong = 0")
            reply = person.submit(reply, "/sign-in/recovery", recovery=typed)
            self.assertEqual(reply.status, 422, typed)
            self.assertIn(words, reply.words)
        unlock()
        typed = codes[0].upper().replace("-", " ").replace("0", "O").replace("1", "l")
        reply = person.submit(reply, "/sign-in/recovery", recovery=typed)
        self.assertEqual((reply.status, reply.path), (200, "/"))
        self.assertIn("9 left", person.get("/profile/second-factor").words)
        other, _ = self.password_of("people_officer")
        reply = other.submit(other.get("/sign-in/recovery"), "/sign-in/recovery", recovery=codes[0])
        self.assertEqual(reply.status, 422)
        self.assertIn("used already", reply.words)
        # New ones take the place of the old.
        reply = person.submit(person.get("/profile/second-factor"), "/profile/second-factor/codes")
        fresh = re.findall(r"<li><code>([0-9a-z-]+)</code>", reply.text)
        self.assertEqual((len(fresh), set(fresh) & set(codes)), (10, set()))
        reply = other.submit(other.get("/sign-in/recovery"), "/sign-in/recovery", recovery=codes[1])
        self.assertIn("none of your", reply.words)
        reply = other.submit(reply, "/sign-in/recovery", recovery=fresh[1])
        self.assertEqual(reply.path, "/")
        unlock()

    def test_nothing_can_be_read_from_the_database(self):
        _, secret, codes = self.factor_of("reviewer")
        rows = SITE.sql("SELECT HEX(secret) FROM keptword_core.second_factor UNION ALL"
                        " SELECT HEX(code_hash) FROM keptword_core.recovery_code")
        plain = base64.b32decode(secret.replace(" ", "")).hex().upper()
        for (cell,) in rows:
            self.assertNotIn(plain, cell)
        bare = codes[0].replace("-", "")
        for text in (codes[0], bare):
            self.assertNotIn([hashlib.sha256(text.encode()).hexdigest().upper()], rows)
        # A cell in another's place does not open, and nobody gets in by it.
        SITE.sql("UPDATE keptword_core.second_factor f JOIN keptword_core.person p ON p.id = f.person_id"
                 " SET f.person_id = 40 WHERE p.email = '%s'" % SITE.account("reviewer")["email"])
        SITE.sql("UPDATE keptword_core.person SET password = (SELECT password FROM (SELECT password FROM"
                 f" keptword_core.person WHERE email = '{SITE.account('reviewer')['email']}') x) WHERE id = 40")
        email = SITE.one("SELECT email FROM keptword_core.person WHERE id = 40")
        person = SITE.person()
        reply = person.submit(person.get("/sign-in"), "/sign-in", email=email,
                              password=SITE.account("reviewer")["password"])
        self.assertEqual(reply.path, "/sign-in/code")
        reply = person.submit(reply, "/sign-in/code", code=totp(secret))
        self.assertEqual(reply.status, 500)
        self.assertNotIn(SESSION, person.cookies)
        SITE.sql("DELETE FROM keptword_core.second_factor WHERE person_id = 40")


class ByChoice(Case):
    """Somebody who need not have one."""

    def test_set_up_confirm_remove(self):
        account = SITE.account("layla.mansour@example.org")
        person = SITE.person(account["email"])
        person.cookies["__Host-language"] = "en"
        SITE.sql(f"UPDATE keptword_core.person SET locale = 'en' WHERE email = '{account['email']}'")
        reply = person.get("/profile/second-factor/new")
        secret, reply = person.set_up_second_factor(reply)
        self.assertEqual(len(re.findall(r"<li><code>", reply.text)), 10)
        # After five minutes it asks for password and code before anything is changed.
        for path in ("/profile/second-factor/new", "/profile/second-factor/codes", "/profile/second-factor/remove"):
            SITE.sql("UPDATE keptword_core.session SET proved_at = proved_at - INTERVAL 6 MINUTE")
            if path.endswith("new"):
                reply = person.get(path)
            else:
                reply = person.submit(person.get("/profile/second-factor"), path)
            self.assertTrue(reply.path.startswith("/profile/confirm?to=%2Fprofile%2Fsecond-factor"), path)
        unlock()
        for fields, words in (({"password": "not this one", "code": totp(secret)}, "not your password"),
                              ({"password": account["password"], "code": wrong(secret)}, "code is not right"),
                              ({"password": account["password"], "code": ""}, "Six digits")):
            refused = person.submit(reply, "/profile/confirm", **fields)
            self.assertEqual(refused.status, 422, fields)
            self.assertIn(words, refused.words)
            self.assertNotIn(account["password"], refused.text)
        reply = person.submit(reply, "/profile/confirm", password=account["password"], code=totp(secret))
        self.assertEqual(reply.path, "/profile/second-factor")
        reply = person.submit(reply, "/profile/second-factor/remove")
        self.assertIn("Removed.", reply.words)
        self.assertEqual(SITE.person(account["email"]).get("/").status, 200)
        kinds = SITE.sql("SELECT o.kind FROM keptword_core.outbox o JOIN keptword_core.person p ON p.id ="
                         f" o.person_id WHERE p.email = '{account['email']}' AND o.kind LIKE '%second%' ORDER BY o.id")
        self.assertEqual(kinds, [["account.second_factor_set"], ["account.second_factor_removed"]])
        audit = SITE.sql("SELECT a.action FROM keptword_core.audit a JOIN keptword_core.person p ON p.id ="
                         f" a.actor_id WHERE p.email = '{account['email']}' AND a.action LIKE 'second%' ORDER BY a.id")
        self.assertEqual(audit, [["second_factor.set_up"], ["second_factor.removed"]])
        unlock()

    def test_an_offer_is_for_one_person_and_an_hour(self):
        person = SITE.person("chen.siyuan@example.org")
        other = SITE.person("contributor")
        page = person.get("/profile/second-factor/new")
        theirs = dict(other.get("/profile/second-factor/new").form("").fields)["offer"]
        for offer in (theirs, "00" * 58, "x"):
            reply = person.submit(page, "", offer=offer, code="123456")
            self.assertEqual(reply.path, "/profile/second-factor/new", offer)
        self.assertEqual(SITE.one("SELECT COUNT(*) FROM keptword_core.second_factor f JOIN keptword_core.person p"
                                  f" ON p.id = f.person_id WHERE p.email = '{person.email}'"), "0")

    def test_the_demos_account_has_one(self):
        rows = [a for a in SITE.accounts() if "secret" in a]
        self.assertEqual(len(rows), 1)
        self.assertEqual(SITE.person(rows[0]["email"]).get("/").status, 200)


if __name__ == "__main__":
    unittest.main()
