"""Who asks, and what a form does once: the skeleton with a database. The sample plugin runs with
the account and the database of hdm."""
import hashlib
import json
import os
import threading
import time
import unittest

import fcgi
from database import Database
from fcgi import Plugin
from instance import id_text

SAMPLE = os.environ.get("SAMPLE", str(fcgi.TOP / "build" / "sample"))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HDM, HDL, FINANCE = 1 << 4, 1 << 5, 1 << 8


def token(letter):
    return letter * 52


class WithDatabase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()
        cls.plugin = Plugin(SAMPLE, {**cls.database.environment("hdm"), "KEPTWORD_DB_POOL": "3"},
                            threads=6)
        if not cls.plugin.wait_for_log('"event":"serving"'):
            raise AssertionError(cls.plugin.log())
        cls.person(1, "Ada", HDM | FINANCE, "a", zone="Europe/Vienna")
        cls.person(2, "Björn", 0, "b")
        cls.person(3, "Chioma", HDL, "c")

    @classmethod
    def tearDownClass(cls):
        took, code = cls.plugin.stop()
        cls.plugin.done()
        cls.database.done()
        assert code == 0 and took < 5, (code, took)

    @classmethod
    def person(cls, number, name, roles, letter, zone="UTC"):
        cls.database.run(
            "INSERT INTO keptword_core.person (id, public_id, legal_name, preferred_name, email,"
            f" roles, time_zone, created_at) VALUES ({number}, UNHEX('{number:032x}'), '{name} L',"
            f" '{name}', 'p{number}@example.org', {roles}, '{zone}', '2026-01-01');")
        cls.session(number, letter)

    @classmethod
    def session(cls, number, letter, seen=0, ends=3600):
        """A session seen so many seconds ago."""
        key = hashlib.sha256(token(letter).encode()).hexdigest()
        cls.database.run(
            "REPLACE INTO keptword_core.session (token_hash, person_id, created_at, seen_at, ends_at)"
            f" VALUES (UNHEX('{key}'), {number}, UTC_TIMESTAMP(6) - INTERVAL 1 DAY,"
            f" UTC_TIMESTAMP(6) - INTERVAL {seen} SECOND, UTC_TIMESTAMP(6) + INTERVAL {ends} SECOND);")

    def seen_ago(self, letter):
        key = hashlib.sha256(token(letter).encode()).hexdigest()
        return float(self.database.value(
            "SELECT TIMESTAMPDIFF(MICROSECOND, seen_at, UTC_TIMESTAMP(6)) / 1e6 FROM"
            f" keptword_core.session WHERE token_hash = UNHEX('{key}')"))

    def get(self, target, letter):
        return self.plugin.ask("GET", target, {"Cookie": "x=1; __Host-session=" + token(letter)})


class Callers(WithDatabase):
    def test_signed_in(self):
        reply = self.get("/sample/me", "a")
        self.assertEqual((reply.status, reply.text), (200, "Ada"))
        self.assertEqual(reply.get("Cache-Control"), "no-store")
        self.assertIsNone(reply.get("Set-Cookie"))
        self.assertEqual(self.get("/sample/api/me", "b").text, "Björn")

    def test_roles(self):
        self.assertEqual(self.get("/sample/staff", "a").status, 200)
        self.assertEqual(self.get("/sample/staff", "c").status, 200)
        self.assertEqual(self.get("/sample/staff", "b").status, 403)
        self.database.run(f"UPDATE keptword_core.person SET roles = {HDM} WHERE id = 2")
        self.assertEqual(self.get("/sample/staff", "b").status, 200)
        self.database.run("UPDATE keptword_core.person SET roles = 0 WHERE id = 2")
        self.assertEqual(self.get("/sample/staff", "b").status, 403)

    def test_opening_read(self):
        reply = self.get("/sample/others", "a")
        self.assertEqual(reply.status, 200)
        self.assertEqual((reply.value("caller"), reply.value("zone"), reply.value("roles")),
                         ("Ada", "Europe/Vienna", f"{HDM | FINANCE:x}"))
        self.assertEqual([line for line in reply.text.splitlines() if line.startswith("other=")],
                         ["other=Björn", "other=Chioma"])
        self.assertEqual(self.get("/sample/others", "z").status, 303)

    def test_sessions_that_do_not_count(self):
        for seen, ends in ((8 * 3600 + 5, 3600), (0, -1), (90000, -1)):
            self.session(2, "e", seen, ends)
            self.assertEqual(self.get("/sample/me", "e").status, 303)
            self.assertEqual(self.get("/sample/others", "e").status, 303)
        self.session(2, "e", 8 * 3600 - 5)
        self.assertEqual(self.get("/sample/me", "e").status, 200)
        for value in ("", "x" * 129, "x" * 5000, token("e").upper(), token("e")[:-1],
                      token("e") + "e", "%65" * 52, "é"):
            reply = self.plugin.ask("GET", "/sample/me", {"Cookie": "__Host-session=" + value})
            self.assertEqual(reply.status, 303, value)
        for name in ("session", "__host-session", "x__Host-session", "__Host-session2"):
            reply = self.plugin.ask("GET", "/sample/me", {"Cookie": f"{name}={token('a')}"})
            self.assertEqual(reply.status, 303, name)

    def test_revoked_and_disabled_at_the_next_request(self):
        self.session(3, "r")
        self.assertEqual(self.get("/sample/me", "r").status, 200)
        key = hashlib.sha256(token("r").encode()).hexdigest()
        self.database.run("UPDATE keptword_core.session SET revoked_at = UTC_TIMESTAMP(6)"
                          f" WHERE token_hash = UNHEX('{key}')")
        self.assertEqual(self.get("/sample/me", "r").status, 303)
        self.database.run("UPDATE keptword_core.person SET state = 'disabled' WHERE id = 3")
        self.assertEqual(self.get("/sample/me", "c").status, 303)
        self.database.run("UPDATE keptword_core.person SET state = 'active' WHERE id = 3")
        self.assertEqual(self.get("/sample/me", "c").status, 200)

    def test_touch(self):
        """Prolonged when last seen over five minutes ago; never by a poll, never sooner."""
        self.session(1, "t", seen=290)
        self.get("/sample/me", "t")
        self.assertGreater(self.seen_ago("t"), 289)
        self.session(1, "t", seen=310)
        self.get("/sample/poll", "t")
        self.assertGreater(self.seen_ago("t"), 309)
        self.get("/sample/staff", "t")
        self.assertLess(self.seen_ago("t"), 10)
        self.session(1, "t", seen=310)
        self.get("/sample/others", "t")
        self.assertLess(self.seen_ago("t"), 10)

    def test_more_threads_than_database_connections(self):
        failures = []

        def client():
            with self.plugin.connect() as connection:
                for _ in range(50):
                    reply = connection.ask("GET", "/sample/others",
                                           {"Cookie": "__Host-session=" + token("a")})
                    if reply.status != 200 or reply.value("caller") != "Ada":
                        failures.append(reply.status)

        threads = [threading.Thread(target=client) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_health(self):
        self.assertEqual(self.plugin.ask("GET", "/-/health").text, "ok\n")


class Deeds(WithDatabase):
    def open(self, letter="a"):
        reply = self.get("/sample/deed", letter)
        self.assertIsNone(reply.get("Set-Cookie"))
        return reply.value("token"), reply.value("submission")

    def post(self, token_, submission, fields, letter="a"):
        body = f"_token={token_}&_submission={submission}&{fields}".encode()
        return self.plugin.ask("POST", "/sample/deed",
                               {**FORM, "Cookie": "__Host-session=" + token(letter)}, body)

    def count(self, name):
        return int(self.database.value("SELECT COUNT(*) FROM keptword_hdm.audit"
                                       f" WHERE action = 'sample.deed' AND object = '{name}'"))

    def test_once(self):
        token_, submission = self.open()
        first = self.post(token_, submission, "name=once")
        self.assertEqual(first.status, 303)
        self.assertRegex(first.get("Location"), r"^/sample/deeds/\d+$")
        for _ in range(3):
            again = self.post(token_, submission, "name=once")
            self.assertEqual((again.status, again.get("Location")), (303, first.get("Location")))
        self.assertEqual(self.count("once"), 1)
        row = self.database.run("SELECT actor_id, LENGTH(request_id) FROM keptword_hdm.audit"
                                " WHERE object = 'once'")
        self.assertEqual(row, [["1", "32"]])

    def test_once_at_the_same_time(self):
        token_, submission = self.open()
        places = []

        def client():
            reply = self.post(token_, submission, "name=together")
            places.append((reply.status, reply.get("Location")))

        threads = [threading.Thread(target=client) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.count("together"), 1)
        self.assertEqual(len({place for place in places if place[0] == 303}), 1)
        self.assertEqual({status for status, _ in places} - {303, 503}, set())

    def test_same_id_with_another_body(self):
        token_, submission = self.open()
        self.assertEqual(self.post(token_, submission, "name=first").status, 303)
        self.assertEqual(self.post(token_, submission, "name=second").status, 409)
        self.assertEqual(self.count("second"), 0)

    def test_without_an_id(self):
        token_, _ = self.open()
        for submission in ("", "x", "0" * 25):
            self.assertEqual(self.post(token_, submission, "name=noid").status, 400)
        self.assertEqual(self.count("noid"), 0)

    def test_token_of_another_session(self):
        _, submission = self.open("a")
        other, _ = self.open("b")
        self.assertEqual(self.post(other, submission, "name=foreign", "a").status, 403)
        self.assertEqual(self.count("foreign"), 0)

    def test_refused_by_the_work(self):
        token_, submission = self.open()
        reply = self.post(token_, submission, "name=refuse")
        self.assertEqual(reply.status, 422)
        self.assertEqual(reply.value("submission"), submission)
        self.assertEqual(self.post(token_, submission, "name=conflict").status, 409)
        self.assertEqual(self.post(token_, submission, "name=better").status, 303)

    def test_signed_out_meanwhile(self):
        token_, submission = self.open()
        body = f"_token={token_}&_submission={submission}&name=late".encode()
        reply = self.plugin.ask("POST", "/sample/deed", FORM, body)
        self.assertEqual((reply.status, reply.get("Location")), (303, "/sign-in?to=%2Fsample%2Fdeed"))
        self.assertEqual(self.count("late"), 0)


class Working(unittest.TestCase):
    def test_worker(self):
        """Ticks go on beside a consumer that cannot read, and after the database was away."""
        database = Database()
        worker = Plugin(SAMPLE, database.environment("hdm"), arguments=("work",))

        def ticks():
            return int(database.value("SELECT COUNT(*) FROM keptword_hdm.audit"
                                      " WHERE action = 'sample.tick'"))

        def wait_for(count, seconds):
            end = time.monotonic() + seconds
            while ticks() < count and time.monotonic() < end:
                time.sleep(0.1)
            self.assertGreaterEqual(ticks(), count, worker.log())

        try:
            wait_for(2, 10)
            self.assertIn('"event":"consumer_failed"', worker.log())
            database.pause()
            time.sleep(1)
            database.go_on()
            wait_for(ticks() + 2, 10)
        finally:
            took, code = worker.stop()
            worker.done()
            database.done()
        self.assertEqual(code, 0)
        self.assertLess(took, 2)


class DatabaseAway(WithDatabase):
    def test_503_and_back(self):
        self.assertEqual(self.get("/sample/me", "a").status, 200)
        self.database.pause()
        for target in ("/sample/me", "/sample/others"):
            begun = time.monotonic()
            reply = self.get(target, "a")
            self.assertEqual((reply.status, reply.get("Retry-After")), (503, "2"))
            self.assertLess(time.monotonic() - begun, 2)
        self.assertEqual(self.plugin.ask("GET", "/-/health").status, 503)
        self.assertEqual(self.plugin.ask("GET", "/sample/echo").status, 200)
        self.database.go_on()
        end = time.monotonic() + 5
        while self.get("/sample/me", "a").status != 200:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.1)
        self.assertEqual(self.plugin.ask("GET", "/-/health").status, 200)


class ApiTokens(WithDatabase):
    """What an API token means to the skeleton; the pages that make one are in api_test.py."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        key = hashlib.sha256(b"kw_all").hexdigest()
        cls.database.run(
            "INSERT INTO keptword_core.api_token (public_id, token_hash, person_id, name, scopes, created_at,"
            f" expires_at) VALUES (UNHEX('{1:032x}'), UNHEX('{key}'), 1, 'all', 'sample:read sample:write',"
            " '2026-01-01', '2099-01-01')")

    def ask(self, method, target, body="", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if method == "POST":
            headers |= FORM
        return self.plugin.ask(method, target, {"Authorization": "Bearer kw_all", **headers}, body=body.encode())

    def deeds(self):
        return int(self.database.value("SELECT COUNT(*) FROM keptword_hdm.audit WHERE action = 'sample.deed'"))

    def test_an_effect_once_for_a_key(self):
        before = self.deeds()
        first = self.ask("POST", "/sample/api/deed", "name=once", Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324")
        self.assertEqual(first.status, 200, first.text)
        location = json.loads(first.text)["location"]
        self.assertEqual(json.loads(first.text)["repeated"], False)
        # The same key in the other ways of writing it.
        for key in ('"8e03978e-40d5-43dd-bc93-6894a57f9324"', "8E03978E40D543DDBC936894A57F9324",
                    id_text("8e03978e40d543ddbc936894a57f9324")):
            again = self.ask("POST", "/sample/api/deed", "name=once", Idempotency_Key=key)
            self.assertEqual(json.loads(again.text), {"location": location, "repeated": True})
        self.assertEqual(self.deeds(), before + 1)
        other = self.ask("POST", "/sample/api/deed", "name=another", Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324")
        self.assertEqual((other.status, json.loads(other.text)["error"]), (409, "changed_meanwhile"))
        for key in ("", "1", "8e03978e-40d5-43dd-bc93-6894a57f932", "x" * 32, "8e03978e40d543ddbc936894a57f932400"):
            self.assertEqual(self.ask("POST", "/sample/api/deed", "name=x", Idempotency_Key=key).status, 400, key)
        self.assertEqual(self.deeds(), before + 1)
        for _ in range(2):
            self.assertEqual(self.ask("POST", "/sample/api/deed", "name=twice").status, 200)
        self.assertEqual(self.deeds(), before + 3)

    def test_only_a_token_changes_something(self):
        before = self.deeds()
        cookie = {"Cookie": "__Host-session=" + token("a")}
        reply = self.plugin.ask("POST", "/sample/api/deed", {**cookie, **FORM}, body=b"name=x")
        self.assertEqual((reply.status, json.loads(reply.text)["error"]), (401, "token_needed"))
        self.assertEqual(self.plugin.ask("GET", "/sample/api/who", cookie).text, "Ada")
        self.assertEqual(self.deeds(), before)

    def test_errors_of_a_form(self):
        reply = self.ask("POST", "/sample/api/deed", "age=0")
        self.assertEqual(reply.status, 422)
        said = json.loads(reply.text)
        self.assertEqual([(f["name"], f["code"]) for f in said["fields"]], [("name", "missing"), ("age", "too_small")])
        reply = self.ask("POST", "/sample/api/deed", "name=refuse")
        self.assertEqual([f["code"] for f in json.loads(reply.text)["fields"]], ["taken"])
        self.assertEqual(self.ask("POST", "/sample/api/deed", "name=conflict").status, 409)

    def test_no_cookie_comes_and_none_goes(self):
        for reply in (self.ask("GET", "/sample/api/who", Cookie="__Host-session=" + token("b")),
                      self.ask("POST", "/sample/api/deed", "name=x", Cookie="__Host-session=" + token("b"))):
            self.assertEqual(reply.status, 200)
            self.assertIsNone(reply.get("Set-Cookie"))
            self.assertEqual(reply.get("Cache-Control"), "no-store")
        self.assertEqual(self.ask("GET", "/sample/api/who", Cookie="__Host-session=" + token("b")).text, "Ada")
        # Where our own pages' scripts ask, and on pages, the token is not looked at.
        self.assertEqual(self.ask("GET", "/sample/api/me").status, 401)
        self.assertEqual(self.ask("GET", "/sample/me").status, 303)
        self.assertEqual(self.ask("GET", "/sample/me", Cookie="__Host-session=" + token("b")).text, "Björn")


if __name__ == "__main__":
    unittest.main()
