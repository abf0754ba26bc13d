"""Signing in by OpenID Connect when the provider, or somebody between it and us, does not say the
truth: each lie is refused, with its reason in the audit and no session. tests/lib/provider.py lies.
"""
import hashlib
import os
import shutil
import signal
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

from instance import Site, id_text
from provider import MISSING, Provider

MARTA = "marta.kowalczyk@example.org"


def tearDownModule():
    if OpenId.site:
        OpenId.site.remove()
        OpenId.provider.close()
        shutil.rmtree(OpenId.folder, ignore_errors=True)


class OpenId(unittest.TestCase):
    site = None

    @classmethod
    def setUpClass(cls):
        if OpenId.site:
            return
        OpenId.provider = Provider()
        OpenId.folder = Path(tempfile.mkdtemp(prefix="kw-openid-"))
        OpenId.folder.chmod(0o755)
        (cls.folder / "secret").write_text(cls.provider.secret + "\n", encoding="utf-8")
        cls.roles("# none\n")
        OpenId.site = Site(KEPTWORD_OIDC_ISSUER=cls.provider.issuer, GUESSES="1000", KEPTWORD_SCRYPT_LOG_N="14",
                           KEPTWORD_OIDC_CLIENT_SECRET=str(cls.folder / "secret"),
                           KEPTWORD_OIDC_ROLES=str(cls.folder / "roles"), KEPTWORD_PASSWORD_SIGN_IN="0")

    @classmethod
    def roles(cls, text):
        (cls.folder / "roles").write_text(text, encoding="utf-8")

    def setUp(self):
        self.provider.reset()
        self.roles("# nobody\n")
        self.site.sql("DELETE FROM keptword_core.identity")

    # ---- The way there and back ----

    def begin(self, browser, to=None):
        reply = browser.get("/sign-in/openid" + (f"?to={urllib.parse.quote(to, '')}" if to else ""), follow=False)
        self.assertEqual(reply.status, 303)
        address = urllib.parse.urlsplit(reply.header("Location"))
        self.assertEqual(f"{address.scheme}://{address.netloc}{address.path}", self.provider.issuer + "/authorize")
        return dict(urllib.parse.parse_qsl(address.query))

    def arrive(self, browser=None, to=None):
        browser = browser or self.site.person()
        address = urllib.parse.urlsplit(self.provider.authorize(self.begin(browser, to)))
        return browser.get(f"{address.path}?{address.query}", follow=False)

    def count(self):
        return self.site.sql("SELECT (SELECT COUNT(*) FROM keptword_core.session), COUNT(*) FROM keptword_core.audit")

    def assertIn_(self, reply, to="/"):
        self.assertEqual((reply.status, reply.header("Location")), (303, to), reply.words[:300])
        cookies = [v for n, v in reply.headers if n == "Set-Cookie"]
        self.assertTrue(any(c.startswith("__Host-session=") for c in cookies))

    def assertRefused(self, reply, why, status=403):
        self.assertEqual(reply.status, status, reply.words[:300])
        last = self.site.sql("SELECT actor_id, action, object, reason FROM keptword_core.audit ORDER BY id DESC LIMIT 1")
        self.assertEqual(last, [["0", "sign_in.refused", "openid", why]])
        cookies = [v for n, v in reply.headers if n == "Set-Cookie"]
        self.assertFalse([c for c in cookies if c.startswith("__Host-session=")])
        self.assertTrue([c for c in cookies if c.startswith("__Host-openid=;")], "the try is over")

    def refused(self, why, status=403, **more):
        before = self.site.one("SELECT COUNT(*) FROM keptword_core.session")
        reply = self.arrive(**more)
        self.assertRefused(reply, why, status)
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_core.session"), before)
        return reply


class Honest(OpenId):
    def test_begins_without_writing(self):
        before = self.count()
        asked = self.begin(self.site.person())
        self.assertEqual(self.count(), before)
        self.assertEqual(asked["redirect_uri"], self.site.url + "/sign-in/openid/callback")
        self.assertEqual((asked["response_type"], asked["client_id"], asked["scope"], asked["code_challenge_method"],
                          asked["from"]), ("code", "keptword", "openid email profile", "S256", "kw"))
        again = self.begin(self.site.person())
        for part in ("state", "nonce", "code_challenge"):
            self.assertGreaterEqual(len(asked[part]), 43)
            self.assertNotEqual(asked[part], again[part])

    def test_signs_in_with_each_algorithm(self):
        for sign in (self.provider.sign_rs256, self.provider.sign_ps256, self.provider.sign_es256):
            self.provider.sign = sign
            self.assertIn_(self.arrive())

    def test_several_audiences_when_it_is_for_us(self):
        self.provider.claims = {"aud": ["another", "keptword"], "azp": "keptword"}
        self.assertIn_(self.arrive())

    def test_goes_on_within_this_site_only(self):
        self.assertIn_(self.arrive(to="/payments/statements?x=1"), "/payments/statements?x=1")
        for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
            self.assertIn_(self.arrive(to=elsewhere))

    def test_tied_once_then_the_subject_counts(self):
        browser = self.site.person()
        self.assertIn_(self.arrive(browser))
        self.assertIn("Marta", browser.get("/").words)
        ties = self.site.sql("SELECT action, actor_id, reason IS NULL FROM keptword_core.audit"
                             " WHERE action = 'identity.tied' ORDER BY id DESC LIMIT 1")
        self.assertEqual(ties, [["identity.tied", "0", "1"]])
        self.provider.person = {"sub": "marta-1", "email": "somebody.else@example.net", "email_verified": False}
        browser = self.site.person()
        self.assertIn_(self.arrive(browser))
        self.assertIn("Marta", browser.get("/").words)
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_core.identity"), "1")
        # Nothing that names the person elsewhere is kept.
        kept = self.site.sql("SELECT CONCAT_WS(' ', HEX(subject_hash), HEX(issuer_hash)) FROM keptword_core.identity")
        hashes = [hashlib.sha256(text.encode()).hexdigest().upper()
                  for text in (self.provider.issuer + "\nmarta-1", self.provider.issuer)]
        self.assertEqual(kept, [[" ".join(hashes)]])

    def test_address_and_groups_from_user_info(self):
        self.roles("groups\tkeepers\tbenchmark_keeper\n")
        self.provider.person["groups"] = ["keepers"]
        self.provider.claims = {"email": MISSING, "email_verified": MISSING, "groups": MISSING}
        self.assertIn_(self.arrive())
        self.assertEqual(self.held(MARTA, "benchmark_keeper"), [None, "1"])
        self.provider.answer["/me"] = (200, {"sub": "another", "email": MARTA, "email_verified": True})
        self.refused("subject")
        # Verified is what was said with the address, not beside it.
        self.setUp()
        self.provider.claims = {"email": MISSING, "email_verified": True}
        self.provider.answer["/me"] = (200, {"sub": "marta-1", "email": MARTA})
        self.refused("mail_not_verified")

    def held(self, email, role):
        return self.site.sql("SELECT granted_by, to_at IS NULL FROM keptword_core.role_grant g"
                             f" JOIN keptword_core.person p ON p.id = g.person_id WHERE p.email = '{email}'"
                             f" AND role = '{role}' ORDER BY g.id DESC LIMIT 1")[0]

    def test_roles_follow_the_claims(self):
        self.roles("groups\tkeepers\tbenchmark_keeper\n/deep/roles\t\tcare people\tcare_officer\n")
        self.provider.claims = {"groups": "keepers", "deep": {"roles": ["x", "care people"]}}
        self.assertIn_(self.arrive())
        self.assertEqual([self.held(MARTA, r)[1] for r in ("benchmark_keeper", "care_officer", "contributor")],
                         ["1", "1", "1"])
        self.provider.claims = {"groups": ["keepers "], "deep": {"roles": "care people"}}
        self.assertIn_(self.arrive())
        self.assertEqual([self.held(MARTA, r)[1] for r in ("benchmark_keeper", "care_officer", "contributor")],
                         ["0", "1", "1"])
        self.provider.claims = {}
        self.assertIn_(self.arrive())
        told = self.site.sql("SELECT actor_id, action, reason FROM keptword_core.audit WHERE reason = 'care_officer'"
                             " ORDER BY id DESC LIMIT 2")
        self.assertEqual(told, [["0", "role.ended", "care_officer"], ["0", "role.given", "care_officer"]])

    def test_the_last_administrator_stays(self):
        self.roles("groups\tadmins\tadmin\n")
        for account in self.site.accounts():
            if account["role"] == "admin":
                self.provider.person = {"sub": account["email"], "email": account["email"], "email_verified": True}
        others = self.site.one("SELECT COUNT(*) FROM keptword_core.role_grant WHERE role = 'admin' AND to_at IS NULL")
        self.assertEqual(others, "1")
        self.assertIn_(self.arrive())
        self.assertEqual(self.held(self.provider.person["email"], "admin")[1], "1")

    def test_a_wrong_line_lets_nobody_in(self):
        for line in ("groups\tkeepers\tking\n", "groups keepers admin\n", "groups\tkeepers\n", "a\tb\tadmin\tc\n"):
            self.roles("# fine\n" + line)
            self.refused("roles_file", 503)
        (self.folder / "roles").unlink()
        self.refused("roles_file", 503)

    def test_passwords_are_for_administrators(self):
        self.assertIn("Ingrid", self.site.person("admin").get("/").words)
        account = self.site.account("contributor")
        browser = self.site.person()
        page = browser.get("/sign-in")
        self.assertIn("Only administrators", page.words)
        reply = browser.submit(page, "/sign-in", email=account["email"], password=account["password"])
        self.assertEqual(reply.status, 422)
        self.assertIn("is not right", reply.words)


class Invited(OpenId):
    """Nobody but an administrator is led to a password that would open nothing."""

    def mail_to(self, address, kind="account.invited_openid"):
        for _ in range(100):
            row = self.site.sql("SELECT m.kind, m.url, m.body FROM keptword_core.demo_mail m JOIN keptword_core.person p"
                                f" ON p.id = m.person_id WHERE p.email = '{address}' AND m.kind = '{kind}'")
            if row:
                return row[-1]
            time.sleep(0.1)
        return None

    def add(self, admin, name, role, how):
        reply = admin.submit(admin.get("/staff/people/add"), "/staff/people/add", legal_name=name, preferred_name=name,
                             email=f"{name}@example.org", role=role, how=how)
        self.assertEqual(reply.status, 200, reply.words[:300])
        return reply

    def test_a_new_person_by_mail(self):
        reply = self.add(self.site.person("admin"), "osvaldo", "hdm", "mail")
        self.assertIn("leads to where they sign in", reply.words)
        _, url, plain = self.mail_to("osvaldo@example.org")
        self.assertEqual(url, self.site.url + "/sign-in/openid")
        self.assertIn("sign in with OpenID Connect", plain)
        self.assertNotIn("Choose", plain)

    def test_a_new_person_shown(self):
        admin = self.site.person("admin")
        reply = self.add(admin, "petra", "contributor", "shown")
        self.assertIn(self.site.url + "/sign-in/openid", reply.words)
        self.assertNotIn("/set-up/", reply.text)
        self.assertNotIn("Make a link", reply.words)
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_core.one_time_link l JOIN keptword_core.person p"
                                       " ON p.id = l.person_id WHERE p.email = 'petra@example.org'"), "0")
        # A page from before the switch makes none either.
        own = urllib.parse.urlsplit(reply.path).path
        pairs = [pair for pair in admin.filled(reply, own + "/mail")[1]]
        again = admin.post(own + "/link", pairs)
        self.assertEqual((again.status, again.path), (200, own))
        self.assertNotIn("/set-up/", again.text)

    def test_an_administrator_chooses_a_password(self):
        reply = self.add(self.site.person("admin"), "quirin", "admin", "shown")
        self.assertIn("/set-up/", reply.text)
        self.assertIn("Make a link", reply.words)

    def test_a_link_from_before_leads_there(self):
        token = "0" * 52
        self.site.sql("INSERT INTO keptword_core.one_time_link (token_hash, kind, person_id, created_at, expires_at)"
                      f" SELECT UNHEX(SHA2('{token}', 256)), 'invite', id, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) +"
                      f" INTERVAL 1 DAY FROM keptword_core.person WHERE email = '{MARTA}'")
        old = self.site.one(f"SELECT password FROM keptword_core.person WHERE email = '{MARTA}'")
        browser = self.site.person()
        reply = browser.get(f"/set-up/{token}", follow=False)
        self.assertEqual((reply.status, reply.header("Location")), (303, "/sign-in/openid"))
        page = browser.get("/sign-in")
        pairs = [p for p in browser.filled(page, "/sign-in")[1] if p[0] not in ("email", "password")]
        words = "a long sentence of mine"
        reply = browser.post(f"/set-up/{token}", pairs + [("password", words), ("again", words)], follow=False)
        self.assertEqual((reply.status, reply.header("Location")), (303, "/sign-in/openid"))
        self.assertEqual(self.site.one(f"SELECT password FROM keptword_core.person WHERE email = '{MARTA}'"), old)


class Lies(OpenId):
    def test_the_token(self):
        now = int(time.time())
        provider = self.provider
        flip = {"A": "B"}

        def flipped(sign):
            token = sign
            return lambda claims: (t := token(claims))[:-4] + flip.get(t[-4], "A") + t[-3:]

        def changed(claims):  # other claims under a good signature
            head, _, good = provider.sign_rs256(claims).split(".")
            return ".".join((head, provider.sign_none({**claims, "sub": "x"}).split(".")[1], good))

        cases = [
            ("nonce", {"nonce": "another"}), ("nonce", {"nonce": MISSING}), ("nonce", {"nonce": ""}),
            ("issuer", {"iss": provider.issuer + "/"}), ("issuer", {"iss": MISSING}),
            ("issuer", {"iss": "https://evil.example"}),
            ("audience", {"aud": "another"}), ("audience", {"aud": MISSING}), ("audience", {"aud": []}),
            ("audience", {"aud": ["keptword", "another"]}), ("audience", {"azp": "another"}),
            ("audience", {"aud": ["keptword", "another"], "azp": "another"}),
            ("expired", {"exp": now - 61}), ("expired", {"exp": MISSING}), ("expired", {"exp": str(now + 300)}),
            ("expired", {"iat": now - 3600}), ("expired", {"iat": MISSING}),
            ("early", {"iat": now + 3600}), ("early", {"nbf": now + 3600}),
            ("subject", {"sub": ""}), ("subject", {"sub": MISSING}), ("subject", {"sub": 7}),
            ("subject", {"sub": "x" * 256}),
        ]
        for why, claims in cases:
            with self.subTest(why=why, claims=str(claims)):
                provider.claims = claims
                self.refused(why)
        provider.claims = {}
        for why, sign in [
                ("signature", flipped(provider.sign_rs256)), ("signature", flipped(provider.sign_es256)),
                ("signature", flipped(provider.sign_ps256)), ("signature", changed),
                ("signature", lambda c: provider.sign_rs256(c, provider.other)),
                ("signature", lambda c: provider.sign_rs256(c, provider.weak, "weak")),
                ("algorithm", provider.sign_none), ("algorithm", provider.sign_public_key),
                ("algorithm", provider.sign_secret),
                ("malformed", lambda c: provider.sign_rs256(c).rpartition(".")[0]),
                ("malformed", lambda c: "no token"), ("malformed", lambda c: ""),
        ]:
            with self.subTest(why=why):
                provider.sign = sign
                self.refused(why)
        provider.sign = provider.sign_rs256
        for why, header in [("algorithm", {"crit": ["b64"], "b64": False}), ("algorithm", {"alg": "RS512"}),
                            ("algorithm", {"alg": MISSING}), ("key_unknown", {"alg": "ES256"}),
                            ("key_unknown", {"kid": "nobody's"})]:
            with self.subTest(why=why, header=str(header)):
                provider.header = header
                self.refused(why)
        provider.header = {}
        self.assertIn_(self.arrive())

    def test_a_token_of_an_earlier_sign_in(self):
        kept = []
        self.provider.sign = lambda claims: kept.append(self.provider.sign_rs256(claims)) or kept[0]
        self.assertIn_(self.arrive())
        self.refused("nonce")

    def test_state(self):
        other, browser = self.site.person(), self.site.person()
        theirs = self.provider.authorize(self.begin(other))
        self.begin(browser)
        self.assertRefused(browser.get("/sign-in/openid/callback?" + theirs.partition("?")[2]), "state")
        for arrival in ({"state": MISSING}, {"state": ""}, {"state": "0" * 52}):
            self.provider.arrival = arrival
            self.refused("state")
        # A forged error says nothing either, and without a try there is nothing to answer.
        self.assertRefused(self.site.person().get("/sign-in/openid/callback?error=access_denied"), "state")
        browser = self.site.person()
        browser.cookies["__Host-openid"] = "00" * 120
        self.assertRefused(browser.get("/sign-in/openid/callback?code=x&state="), "state")

    def test_the_same_answer_twice(self):
        browser = self.site.person()
        address = "/sign-in/openid/callback?" + self.provider.authorize(self.begin(browser)).partition("?")[2]
        kept = dict(browser.cookies)
        self.assertIn_(browser.get(address, follow=False))
        self.assertRefused(browser.get(address), "state")
        browser.cookies = kept
        self.assertRefused(browser.get(address), "code")

    def test_what_stands_in_the_address(self):
        for why, status, arrival in [
                ("issuer_parameter", 403, {"iss": "https://evil.example"}),
                ("code", 403, {"code": MISSING}), ("code", 403, {"code": "x" * 5000}),
                ("code", 403, {"code": "guessed"}), ("denied", 403, {"error": "access_denied"}),
                ("provider_error", 403, {"error": "invalid_scope"}), ("provider_error", 403, {"error": "<b>"}),
                ("away", 503, {"error": "temporarily_unavailable"})]:
            with self.subTest(why=why, arrival=arrival):
                self.provider.arrival = arrival
                self.assertNotIn("<b>", self.refused(why, status).text)

    def test_whom_nobody_knows(self):
        for why, person in [
                ("mail_not_verified", {"email_verified": False}), ("mail_not_verified", {"email_verified": "true"}),
                ("mail_not_verified", {"email": ""}), ("person_unknown", {"email": "nobody@example.net"})]:
            with self.subTest(why=why, person=person):
                self.provider.claims = person
                self.refused(why)
        self.provider.claims = {}
        people = self.site.one("SELECT COUNT(*) FROM keptword_core.person")
        self.assertIn_(self.arrive())
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_core.person"), people)
        self.provider.person["sub"] = "marta-2"
        self.refused("other_subject")
        # An administrator parts the two; the new one is tied then.
        admin = self.site.person("admin")
        marta = id_text(self.site.one(f"SELECT HEX(public_id) FROM keptword_core.person WHERE email = '{MARTA}'"))
        reply = admin.submit(admin.get(f"/staff/people/{marta}"), "/untie")
        self.assertNotIn("Untie", reply.words)
        self.assertEqual(self.site.one("SELECT action FROM keptword_core.audit ORDER BY id DESC LIMIT 1"),
                         "identity.untied")
        self.assertIn_(self.arrive())
        self.provider.person["sub"] = "marta-1"
        self.refused("other_subject")
        self.site.sql("DELETE FROM keptword_core.identity")
        self.assertIn_(self.arrive())
        self.provider.person["sub"] = "marta-1"
        self.site.sql(f"UPDATE keptword_core.person SET state = 'disabled' WHERE email = '{MARTA}'")
        try:
            self.refused("person_unknown")
            self.site.sql("DELETE FROM keptword_core.identity")
            self.refused("person_unknown")
        finally:
            self.site.sql(f"UPDATE keptword_core.person SET state = 'active' WHERE email = '{MARTA}'")

    def test_nothing_of_it_stands_in_a_log(self):
        browser = self.site.person()
        asked = self.begin(browser)
        back = self.provider.authorize(asked)
        self.assertIn_(browser.get("/sign-in/openid/callback?" + back.partition("?")[2], follow=False))
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        time.sleep(1.2)  # nginx writes its log once a second
        secrets = [code, asked["state"], asked["nonce"], browser.cookies["__Host-session"], self.provider.secret, MARTA]
        for log in (self.site.run / "log").iterdir():
            text = log.read_text(encoding="utf-8", errors="replace")
            self.assertFalse([s for s in secrets if s in text], log)


class Provider_(OpenId):
    """The provider's documents and its troubles."""

    def forget(self):
        """A new process knows nothing of the provider yet."""
        before = self.site.child("portal")
        os.kill(before, signal.SIGKILL)  # at once, whatever waits
        self.site.wait(lambda: self.site.child("portal") != before, what="another portal")
        self.site.wait(lambda: self.site.person().get("/sign-in").status == 200, what="portal's answer")

    def test_its_documents(self):
        self.forget()
        good = self.provider.document()
        path = "/.well-known/openid-configuration"
        for why, status, answer in [
                ("unusable", 200, {**good, "issuer": good["issuer"] + "/"}), ("unusable", 200, {}),
                ("unusable", 200, b"<html>"), ("unusable", 200, [good]), ("unusable", 404, {}),
                ("unusable", 200, {**good, "token_endpoint": "http://192.0.2.1/token"}),
                ("unusable", 200, {**good, "jwks_uri": "file:///etc/passwd"}),
                ("unusable", 200, {**good, "authorization_endpoint": "http://127.0.0.1@evil.example/"}),
                ("unusable", 200, {**good, "authorization_endpoint": "javascript:alert(1)"}),
                ("unusable", 302, good), ("unusable", 200, {**good, "x": "y" * 200000}), ("away", 500, good)]:
            with self.subTest(answer=str(answer)[:120], status=status):
                self.provider.answer = {path: (status, answer)}
                reply = self.site.person().get("/sign-in/openid")
                self.assertEqual(reply.status, 503)
                self.assertEqual(self.site.one("SELECT reason FROM keptword_core.audit ORDER BY id DESC LIMIT 1"), why)
        self.provider.reset()
        self.provider.answer["/keys"] = (200, {"keys": 7})
        self.assertEqual(self.site.person().get("/sign-in/openid").status, 503)
        # Asked once, then known.
        self.provider.reset()
        self.provider.asked.clear()
        self.assertIn_(self.arrive())
        self.assertIn_(self.arrive())
        asked = [path for path, _, _ in self.provider.asked]
        self.assertEqual([asked.count(p) for p in (path, "/keys", "/token")], [1, 1, 2])
        # A new key is asked for, but not at each token with a key that nobody knows.
        self.provider.jwks.append(self.provider.jwk_rsa(self.provider.other, "new"))
        self.provider.sign = lambda claims: self.provider.sign_rs256(claims, self.provider.other, "new")
        self.assertIn_(self.arrive())
        self.provider.header = {"kid": "newer"}
        for _ in range(3):
            self.refused("key_unknown")
        self.assertEqual([path for path, _, _ in self.provider.asked].count("/keys"), 2)

    def test_how_we_say_who_we_are(self):
        self.provider.takes_secret = "client_secret_post"
        self.forget()
        self.assertIn_(self.arrive())
        settings = self.site.run / "env"
        kept = settings.read_text(encoding="utf-8")
        try:
            settings.write_text("".join(line for line in kept.splitlines(True) if "CLIENT_SECRET" not in line),
                                encoding="utf-8")
            self.provider.takes_secret = "none"
            self.forget()
            self.assertIn_(self.arrive())
            self.provider.takes_secret = "client_secret_post"
            self.refused("unusable", 503)
        finally:
            settings.write_text(kept, encoding="utf-8")
            self.provider.reset()
            self.forget()

    def test_its_troubles(self):
        self.assertIn_(self.arrive())
        for why, status, answer in [
                ("away", 500, {}), ("away", 429, {}), ("unusable", 200, {}), ("unusable", 200, b"id_token"),
                ("unusable", 200, {"id_token": 7}), ("unusable", 401, {"error": "invalid_client"}),
                ("code", 400, {"error": "invalid_grant"}), ("unusable", 302, {}),
                ("unusable", 200, b"x" * 200000)]:
            with self.subTest(status=status, answer=str(answer)[:60]):
                self.provider.answer = {"/token": (status, answer)}
                self.refused(why, 403 if why == "code" else 503)
        self.provider.reset()
        self.provider.answer["/me"] = (500, {})
        self.refused("away", 503)

    def test_when_it_hangs_nobody_else_waits(self):
        self.assertIn_(self.arrive())
        self.provider.hang = threading.Event()
        replies = []

        def one():
            begun = time.monotonic()
            reply = self.arrive()
            replies.append((reply.status, time.monotonic() - begun))

        threads = [threading.Thread(target=one) for _ in range(10)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        begun = time.monotonic()
        self.assertEqual(self.site.person().get("/sign-in").status, 200)
        self.assertEqual(self.site.person().get("/healthz").status, 200)
        self.assertLess(time.monotonic() - begun, 0.5)
        for thread in threads:
            thread.join()
        self.provider.hang.set()
        self.assertEqual({status for status, _ in replies}, {503})
        waited = sorted(seconds for _, seconds in replies)
        self.assertLess(waited[5], 2, "six find all places taken")
        self.assertGreater(waited[6], 4)
        self.assertLess(waited[-1], 7)
        reasons = self.site.sql("SELECT reason, COUNT(*) FROM (SELECT reason FROM keptword_core.audit"
                                " ORDER BY id DESC LIMIT 10) a GROUP BY reason ORDER BY reason")
        self.assertEqual(reasons, [["away", "4"], ["busy", "6"]])
        self.provider.reset()
        self.assertIn_(self.arrive())


if __name__ == "__main__":
    unittest.main()
