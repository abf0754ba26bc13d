"""Signing in and out, profile, people and roles, the first administrator, health."""
import time
import unittest

from instance import Site


class SigningIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()

    def attempt(self, person, email, password):
        return person.submit(person.get("/sign-in"), "/sign-in", email=email, password=password)

    def test_each_role_gets_in_and_sees_its_name(self):
        seen = set()
        for account in self.site.accounts():
            if account["role"] in seen:
                continue
            seen.add(account["role"])
            page = self.site.person(account["email"]).get("/")
            self.assertEqual(page.status, 200)
            self.assertIn("Waiting for you", page.page.headings)
        self.assertEqual(len(seen), 13)

    def test_unknown_wrong_and_disabled_look_the_same(self):
        known = self.site.account("auditor")["email"]
        replies = []
        for email in (known, "nobody-" + known):
            person = self.site.person()
            reply = self.attempt(person, email, "not the password")
            self.assertEqual(reply.status, 422)
            self.assertNotIn("__Host-session", person.cookies)
            self.assertIn(email, reply.text)  # what was typed stays
            body = reply.text.replace(email, "E")
            for name, value in reply.form("/sign-in").fields:
                if name.startswith("_"):
                    body = body.replace(value, name)
            replies.append(body)
        self.assertEqual(replies[0], replies[1])
        self.site.sql("DELETE FROM keptword_core.sign_in_attempt")

    def test_guessing_stops_but_not_for_the_victim(self):
        account = self.site.account("benchmark_keeper")
        victim = self.site.person(account["email"])
        victim.submit(victim.get("/"), "/sign-out")
        self.assertIn("__Host-known", victim.cookies)
        self.site.sql("DELETE FROM keptword_core.sign_in_attempt")
        guesser = self.site.person()
        statuses = [self.attempt(guesser, account["email"], f"guess {i}").status for i in range(6)]
        self.assertEqual(statuses, [422] * 5 + [429])
        # Then many failures from everywhere, as a crowd of guessers would leave them.
        self.site.sql("INSERT INTO keptword_core.sign_in_attempt (account_key, client_key, at, ok) "
                      "SELECT account_key, RANDOM_BYTES(32), at, 0 FROM "
                      "(SELECT account_key, at FROM keptword_core.sign_in_attempt WHERE ok = 0 LIMIT 1) a "
                      "JOIN keptword_core.seq_1_to_60")
        self.site.sql("UPDATE keptword_core.sign_in_attempt SET client_key = RANDOM_BYTES(32)")
        stranger = self.site.person()
        self.assertEqual(self.attempt(stranger, account["email"], account["password"]).status, 429)
        reply = self.attempt(victim, account["email"], account["password"])
        self.assertEqual((reply.status, reply.path), (200, "/"))
        self.site.sql("DELETE FROM keptword_core.sign_in_attempt")

    def test_a_session_is_new_at_sign_in_and_ends_everywhere(self):
        person = self.site.person()
        person.cookies["__Host-session"] = "f" * 52
        first = self.site.person("spl")
        second = self.site.person("spl")
        self.assertNotEqual(first.cookies["__Host-session"], second.cookies["__Host-session"])
        first.submit(first.get("/profile"), "/profile/sign-out-everywhere")
        self.assertEqual(second.get("/", follow=False).status, 303)
        for path in ("/", "/payments/statements"):
            reply = second.get(path, follow=False)
            self.assertEqual(reply.status, 303, path)
            self.assertTrue(reply.header("Location").startswith("/sign-in"))

    def test_signing_out_clears_the_browser(self):
        person = self.site.person("care_officer")
        reply = person.submit(person.get("/"), "/sign-out", follow=False)
        self.assertEqual(reply.status, 303)
        self.assertIn("storage", reply.header("Clear-Site-Data"))
        self.assertNotIn("__Host-session", person.cookies)

    def test_where_one_wanted_to_go(self):
        account = self.site.account("hdl")
        person = self.site.person()
        page = person.get("/profile")
        self.assertTrue(page.path.startswith("/sign-in?to="))
        reply = person.submit(page, "/sign-in", email=account["email"], password=account["password"])
        self.assertEqual(reply.path, "/profile")
        for bad in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
            person = self.site.person()
            reply = person.submit(person.get("/sign-in"), "/sign-in", email=account["email"],
                                  password=account["password"], to=bad)
            self.assertEqual(reply.path, "/", bad)

    def test_cookies_are_locked_down(self):
        person = self.site.person()
        account = self.site.account("auditor")
        reply = person.submit(person.get("/sign-in"), "/sign-in", follow=False,
                              email=account["email"], password=account["password"])
        cookies = [v for n, v in reply.headers if n.lower() == "set-cookie"]
        self.assertTrue(any(c.startswith("__Host-session=") for c in cookies))
        for cookie in cookies:
            for part in ("__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"):
                self.assertIn(part, cookie)
            self.assertNotIn("Domain", cookie)
        self.assertEqual(person.get("/").header("Cache-Control"), "no-store")


class Forged(unittest.TestCase):
    """A form that did not come from this browser changes nothing."""

    def test_tokens(self):
        site = Site.shared()
        person, other = site.person("contributor"), site.person("hdl")
        page = person.get("/profile")
        _, pairs = person.filled(page, "/profile", preferred_name="Forged")
        plain = [(n, v) for n, v in pairs if n != "_token"]
        _, of_other = other.filled(other.get("/profile"), "/profile")
        token = dict(of_other)["_token"]
        before = site.one("SELECT MAX(version) FROM keptword_core.person")
        cases = {
            "no token": (plain, {}),
            "another's": (plain + [("_token", token)], {}),
            "cross-site": (pairs, {"Sec-Fetch-Site": "cross-site"}),
            "foreign origin": (pairs, {"Origin": "https://evil.example"}),
            "null origin": (pairs, {"Origin": "null"}),
        }
        for name, (fields, headers) in cases.items():
            self.assertEqual(person.post("/profile", fields, headers=headers).status, 403, name)
        self.assertEqual(person.get("/profile?preferred_name=Forged").status, 200)
        self.assertEqual(site.one("SELECT MAX(version) FROM keptword_core.person"), before)


class Profile(unittest.TestCase):
    def test_change_once_and_stale(self):
        site = Site.shared()
        person = site.person("pod_lead")
        page = person.get("/profile")
        form, pairs = person.filled(page, "/profile", preferred_name="Miri 🌱", zone="Asia/Tokyo")
        first = person.post("/profile", pairs)
        again = person.post("/profile", pairs)  # a double click
        self.assertEqual((first.status, first.path), (200, "/profile?saved=1"))
        self.assertEqual((again.status, again.path), (200, "/profile?saved=1"))
        row = site.sql("SELECT preferred_name, time_zone FROM keptword_core.person "
                       f"WHERE email = '{person.email}'")
        self.assertEqual(row, [["Miri 🌱", "Asia/Tokyo"]])
        self.assertIn("(Tokyo)", person.get("/").text)
        # The same id with another content, and an old version with a new id.
        changed = [(n, "Other" if n == "preferred_name" else v) for n, v in pairs]
        self.assertEqual(person.post("/profile", changed).status, 409)
        stale = person.submit(page, "/profile", preferred_name="Late", _submission="0" * 24 + "40")
        self.assertEqual(stale.status, 409)

    def test_what_is_wrong_is_told_and_kept(self):
        person = Site.shared().person("pod_lead")
        page = person.get("/profile")
        for name, value in (("preferred_name", ""), ("preferred_name", "x" * 121),
                            ("zone", "Mars/Olympus"), ("locale", ["en", "en-US"])):
            reply = person.submit(page, "/profile", **{name: value})
            self.assertEqual(reply.status, 422, (name, value))
            self.assertIn("There is a problem", reply.page.headings)
            self.assertTrue(reply.page.title.startswith("Error:"))
            links = [link[1:] for link in reply.page.links if link.startswith("#") and link != "#main"]
            self.assertTrue(links)
            for target in links:
                self.assertIn(target, reply.page.ids)
        reply = person.submit(page, "/profile", preferred_name="x" * 121)
        self.assertIn(("preferred_name", "x" * 121), reply.form("/profile").fields)


class People(unittest.TestCase):
    def setUp(self):
        self.site = Site.shared()
        self.admin = self.site.person("admin")

    def test_add_invite_role_disable(self):
        email = f"new-{time.time_ns()}@example.org"
        page = self.admin.get("/staff/people/add")
        page = self.admin.submit(page, "/staff/people/add", legal_name="Ола Нова", preferred_name="Ola",
                                 email=email, role="finance", how="shown")
        self.assertEqual(page.status, 200)
        link = next(w for w in page.words.split() if "/set-up/" in w)
        self.assertNotIn("/set-up/", self.admin.get(page.path).words)  # shown once
        path = page.path
        new = self.site.person()
        form = new.get(link[len(self.site.url):])
        for password, again, code in (("tiny-one-x", "tiny-one-x", 422), ("long enough as such", "another one, sorry", 422),
                                      ("passwordpassword", "passwordpassword", 422)):
            reply = new.submit(form, "", password=password, again=again)
            self.assertEqual(reply.status, code, password)
            self.assertNotIn(password, reply.text)
        done = new.submit(form, "", password="mittens nap on warm stones", again="mittens nap on warm stones")
        self.assertEqual((done.status, done.path), (200, "/"))
        self.assertEqual(self.site.person().get(link[len(self.site.url):]).status, 404)
        self.assertEqual(new.get("/staff/people").status, 403)

        page = self.admin.submit(self.admin.get(path), "/roles", role="admin")
        self.assertEqual(page.status, 200)
        self.assertEqual(new.get("/staff/people").status, 200)  # at the next request
        end = next(f for f in page.page.forms
                   if f.action.endswith("/roles/end") and ("role", "admin") in f.fields)
        self.assertEqual(self.admin.post(end.action, end.fields).status, 200)
        self.assertEqual(new.get("/staff/people").status, 403)

        page = self.admin.submit(self.admin.get(path), "/state")
        self.assertEqual(page.status, 200)
        self.assertEqual(new.get("/", follow=False).status, 303)
        reply = new.submit(new.get("/sign-in"), "/sign-in", email=email, password="mittens nap on warm stones")
        self.assertEqual(reply.status, 422)
        audit = self.site.one("SELECT COUNT(*) FROM keptword_core.audit a JOIN keptword_core.person p "
                              f"ON a.object = CONCAT('person:', p.id) WHERE p.email = '{email}'")
        self.assertGreaterEqual(int(audit), 5)

    def test_taken_address_and_last_admin(self):
        page = self.admin.get("/staff/people/add")
        reply = self.admin.submit(page, "/staff/people/add", legal_name="A", preferred_name="B",
                                  email=self.site.account("hdm")["email"].upper(), role="hdm", how="mail")
        self.assertEqual(reply.status, 422)
        me = self.site.one("SELECT HEX(public_id) FROM keptword_core.person WHERE email = "
                           f"'{self.admin.email}'")
        found = self.admin.get("/staff/people?q=" + self.admin.email)
        path = next(link for link in found.page.links if link.startswith("/staff/people/") and len(link) > 30)
        self.assertTrue(me)
        page = self.admin.get(path)
        end = next(f for f in page.page.forms
                   if f.action.endswith("/roles/end") and ("role", "admin") in f.fields)
        reply = self.admin.post(end.action, end.fields)
        self.assertEqual(reply.status, 422)
        self.assertIn("last administrator", reply.words)
        reply = self.admin.submit(page, "/state")
        self.assertEqual(reply.status, 422)

    def test_search_takes_any_text(self):
        for q in ("%25", "_", "'", "%22%3E%3Csvg%20onload%3D1%3E", "%00", "%FF"):
            reply = self.admin.get("/staff/people?q=" + q)
            self.assertIn(reply.status, (200, 400), q)
            self.assertNotIn("<svg", reply.text)
        self.assertIn("Nobody matches", self.admin.get("/staff/people?q=_").words)


class EmptySystem(unittest.TestCase):
    """DEMO=0: nobody can sign in until the set-up link was used, once."""

    def test_first_administrator(self):
        site = Site(DEMO="0")
        try:
            self.assertEqual(site.one("SELECT COUNT(*) FROM keptword_core.person"), "0")
            link = next(w for w in site.started.split() if "/set-up/" in w)
            person = site.person()
            page = person.get(link[len(site.url):])
            self.assertEqual(page.page.headings[0], "Set up the first administrator")
            words = "three geese cross slowly"
            reply = person.submit(page, "", legal_name="Wanjiru Kamau", preferred_name="Wanjiru",
                                  email="first@example.org", password=words, again=words)
            # Whoever works here has a second factor before they have a session.
            self.assertEqual((reply.status, reply.path), (200, "/sign-in/set-up"))
            self.assertEqual(person.get("/staff/people", follow=False).status, 303)
            _, reply = person.set_up_second_factor(reply)
            self.assertIn("Keep these recovery codes", reply.page.headings)
            self.assertEqual(person.get("/staff/people").status, 200)
            self.assertIn("Nothing yet", person.get("/").words)
            self.assertIn("has not been set up here yet", site.person().get("/accessibility").words)
            self.assertIn("/staff/people", person.get("/search?q=people").page.links)
            self.assertEqual(site.person().get(link[len(site.url):]).status, 404)
        finally:
            site.remove()


class Health(unittest.TestCase):
    def test_all_plugins_and_the_database(self):
        site = Site.shared()
        self.assertEqual(site.person().get("/healthz").status, 200)
        for path in ("/-/health", "/%2d/health"):
            self.assertEqual(site.person().get(path).status, 404, path)


if __name__ == "__main__":
    unittest.main()
