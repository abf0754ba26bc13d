"""API tokens: made and revoked on a page, asked with on the APIs of the plugins. What a token may do is
the smaller of its scopes and the roles that its person holds at that moment.
"""
import hashlib
import json
import re
import time
import unittest

from instance import Site, id_text

MARTA = "marta.kowalczyk@example.org"


class Tokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()
        cls.marta, cls.helene = cls.site.person("contributor"), cls.site.person("hdm")

    def make(self, person, *scopes, name="a program", days="30"):
        reply = person.submit(person.get("/profile/tokens"), "/profile/tokens", name=name, scopes=list(scopes), days=days)
        self.assertEqual(reply.status, 200, reply.words[:300])
        return re.search(r"kw_[0-9a-z]{52}\b", reply.text)[0]

    def ask(self, path, token, method="GET", **headers):
        """The answer to a program, which has no cookies and gets none."""
        program = self.site.person()
        body = headers.pop("body", None)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        reply = program.request(method, path, body=body, headers=headers, follow=False)
        self.assertIsNone(reply.header("Set-Cookie"))
        return reply

    def refused(self, reply, status, error, challenge):
        self.assertEqual(reply.status, status, reply.text[:300])
        self.assertEqual(reply.header("Content-Type"), "application/json; charset=utf-8")
        said = json.loads(reply.text)
        self.assertEqual(set(said), {"error", "message", "request"})
        self.assertEqual(said["error"], error)
        self.assertGreater(len(said["message"]), 5)
        self.assertEqual(reply.header("WWW-Authenticate"), challenge)

    INVALID = 'Bearer realm="Keptword", error="invalid_token"'

    def row(self, token):
        return f"token_hash = UNHEX('{hashlib.sha256(token.encode()).hexdigest()}')"

    # ---- The page ----

    def test_an_old_proof_is_asked_for_first(self):
        person = self.site.person("contributor")
        marta = f"(SELECT id FROM keptword_core.person WHERE email = '{MARTA}')"
        count = f"SELECT COUNT(*) FROM keptword_core.api_token WHERE person_id = {marta}"
        before = int(self.site.one(count))
        typed = {"name": "Sheet & co: \u0645\u0646", "scopes": ["payments:read", "profile:read"], "days": "7"}
        page = person.get("/profile/tokens")
        self.site.sql("UPDATE keptword_core.session SET proved_at = proved_at - INTERVAL 6 MINUTE"
                      f" WHERE person_id = {marta} ORDER BY created_at DESC LIMIT 1")
        # What is filled in wrongly is told at once; only what could be done is worth the question.
        self.assertEqual(person.submit(page, "/profile/tokens", **{**typed, "name": ""}).status, 422)
        reply = person.submit(page, "/profile/tokens", **typed)
        self.assertTrue(reply.path.startswith("/profile/confirm?to=%2Fprofile%2Ftokens"), reply.path)
        self.assertEqual(person.submit(reply, "/profile/confirm", password="not this one").status, 422)
        reply = person.submit(reply, "/profile/confirm", password=self.site.account("contributor")["password"])
        self.assertIn("What you filled in is here", reply.words)
        sent = person.filled(reply, "/profile/tokens")[1]
        self.assertEqual({k: v for k, v in sent if k in ("name", "days")}, {"name": typed["name"], "days": "7"})
        self.assertEqual([v for k, v in sent if k == "scopes"], typed["scopes"])
        self.assertEqual(int(self.site.one(count)), before)
        reply = person.submit(reply, "/profile/tokens")
        self.assertRegex(reply.text, r"kw_[0-9a-z]{52}\b")
        self.assertEqual(int(self.site.one(count)), before + 1)
        self.assertNotIn("What you filled in is here", reply.words)

    def test_shown_once_kept_as_a_hash(self):
        token = self.make(self.marta, "payments:read", "profile:read", name="<b>sheet</b>")
        again = self.marta.get("/profile/tokens")
        self.assertNotIn(token, again.text)
        self.assertIn("<b>sheet</b>", again.words)
        self.assertNotIn("<b>sheet</b>", again.text)
        row = self.site.sql("SELECT scopes, DATEDIFF(expires_at, created_at), used_at IS NULL, HEX(token_hash)"
                            f" FROM keptword_core.api_token WHERE {self.row(token)}")
        self.assertEqual(row, [["payments:read profile:read", "30", "1",
                                hashlib.sha256(token.encode()).hexdigest().upper()]])
        audit = self.site.sql("SELECT action, reason, object LIKE 'api_token:%' FROM keptword_core.audit"
                              " ORDER BY id DESC LIMIT 1")
        self.assertEqual(audit, [["api_token.made", "payments:read profile:read", "1"]])
        for log in (self.site.run / "log").iterdir():
            self.assertNotIn(token, log.read_text(encoding="utf-8", errors="replace"), log)

    def test_what_is_wrong_is_told(self):
        page = self.marta.get("/profile/tokens")
        before = self.site.one("SELECT COUNT(*) FROM keptword_core.api_token")
        for fields, words in [
                ({"scopes": [], "days": "30"}, "Choose at least one"),
                ({"scopes": ["hdm:read"], "days": "30"}, None),  # not offered to her
                ({"scopes": ["payments:read"], "days": "366"}, None),
                ({"scopes": ["payments:read"], "days": ""}, None)]:
            reply = self.marta.submit(page, "/profile/tokens", name="x", **fields)
            self.assertEqual(reply.status, 422, fields)
            self.assertIn(words or "There is", reply.words)
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_core.api_token"), before)
        self.assertEqual(self.site.person("applicant").get("/profile/tokens").status, 403)

    def test_not_more_than_twenty(self):
        finance = self.site.person("finance")
        for _ in range(20):
            self.make(finance, "profile:read")
        reply = finance.submit(finance.get("/profile/tokens"), "/profile/tokens", name="x", scopes=["profile:read"],
                               days="7")
        self.assertEqual(reply.status, 422)
        self.assertIn("20 tokens", reply.words)

    def test_revoked_on_the_page(self):
        token = self.make(self.marta, "profile:read", name="to be revoked")
        self.assertEqual(self.ask("/api/me", token).status, 200)
        page = self.marta.get("/profile/tokens")
        # Somebody else's is not there for her.
        other = self.make(self.helene, "profile:read")
        foreign = id_text(self.site.one(f"SELECT HEX(public_id) FROM keptword_core.api_token WHERE {self.row(other)}"))
        form, pairs = self.marta.filled(page, "/revoke")
        self.assertEqual(self.marta.post(f"/profile/tokens/{foreign}/revoke", pairs).status, 404)
        self.assertEqual(self.ask("/api/me", other).status, 200)
        own = id_text(self.site.one(f"SELECT HEX(public_id) FROM keptword_core.api_token WHERE {self.row(token)}"))
        reply = self.marta.submit(page, f"/profile/tokens/{own}/revoke")
        self.assertIn("Revoked.", reply.words)
        self.refused(self.ask("/api/me", token), 401, "token_revoked", self.INVALID)
        del form

    # ---- Who asks ----

    def test_whose_it_is(self):
        me = json.loads(self.ask("/api/me", self.make(self.marta, "profile:read", name="mine")).text)
        self.assertEqual((me["name"], me["email"], me["roles"], me["scopes"], me["token"]["name"]),
                         ("Marta", MARTA, ["contributor"], ["profile:read"], "mine"))

    def test_what_does_not_count(self):
        token = self.make(self.marta, "profile:read")
        self.refused(self.ask("/api/me", None), 401, "token_missing", 'Bearer realm="Keptword"')
        swapped = token[:-1] + ("0" if token[-1] != "0" else "1")
        for wrong in (swapped, token[:-1], token + "x", token.upper(), "kw_", "x" * 4000, token[3:], "' OR 1=1 -- "):
            self.refused(self.ask("/api/me", wrong), 401, "token_unknown", self.INVALID)
        for header in ("Basic " + token, token, "Bearer", f"bearer  {token} x"):
            self.refused(self.ask("/api/me", None, Authorization=header), 401, "token_unknown", self.INVALID)
        self.assertEqual(self.ask("/api/me", None, Authorization="bearer " + token).status, 200)
        # It opens no page, and no address that is for our own pages' scripts.
        self.assertEqual(self.site.person().get("/profile", headers={"Authorization": f"Bearer {token}"},
                                                follow=False).status, 303)
        run = id_text(self.site.one("SELECT HEX(public_id) FROM keptword_payments.pay_run LIMIT 1"))
        finance = self.make(self.site.person("auditor"), "profile:read")
        self.refused(self.ask(f"/payments/api/runs/{run}", finance), 401, "sign_in", None)
        # A token that does not count is not helped by a session beside it.
        reply = self.marta.request("GET", "/api/me", headers={"Authorization": "Bearer kw_x"})
        self.assertEqual(reply.status, 401)

    def test_expired(self):
        token = self.make(self.marta, "profile:read", days="1")
        self.site.sql("UPDATE keptword_core.api_token SET created_at = created_at - INTERVAL 2 DAY,"
                      f" expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE {self.row(token)}")
        self.refused(self.ask("/api/me", token), 401, "token_expired", self.INVALID)
        self.assertIn("Ended on", self.marta.get("/profile/tokens").words)

    def test_scopes(self):
        token = self.make(self.marta, "profile:read")
        self.refused(self.ask("/payments/api/statements", token), 403, "scope_missing",
                     'Bearer realm="Keptword", error="insufficient_scope", scope="payments:read"')
        # Neither the beginning nor the end of a scope is the scope.
        for scopes in ("payments:rea", "xpayments:read", "payments:readx", "payments:read2 x"):
            self.site.sql(f"UPDATE keptword_core.api_token SET scopes = '{scopes}' WHERE {self.row(token)}")
            self.assertEqual(self.ask("/payments/api/statements", token).status, 403, scopes)
        self.site.sql(f"UPDATE keptword_core.api_token SET scopes = 'a payments:read' WHERE {self.row(token)}")
        self.assertEqual(self.ask("/payments/api/statements", token).status, 200)

    def test_scopes_are_those_of_the_routes(self):
        asked = set()
        for plugin in (self.site.run / "bin").iterdir():
            for line in self.site.command(plugin.name, "routes").stdout.splitlines():
                flags = line.split("\t")[3].split(",")
                if "api" in flags:
                    asked |= {flag for flag in flags if ":" in flag}
        offered = {row[0] for row in self.site.sql("SELECT scope FROM keptword_core.api_scope")}
        self.assertEqual(asked, offered)
        texts = [p.read_text(encoding="utf-8") for p in (self.site.run / "app/templates").glob("*/words")]
        for scope in offered:
            key = f"\napi_scope.{scope.replace(':', '.')} = "
            self.assertEqual(sum(text.count(key) for text in texts), 1, scope)

    def test_roles_and_state_of_the_person_count_at_once(self):
        token = self.make(self.helene, "hdm:read")
        self.assertEqual(self.ask("/hdm/api/people", token).status, 200)
        person = f"(SELECT id FROM keptword_core.person WHERE email = '{self.helene.email}')"
        mask = self.site.one(f"SELECT roles FROM keptword_core.person WHERE id = {person}")
        try:
            self.site.sql(f"UPDATE keptword_core.person SET roles = 2 WHERE email = '{self.helene.email}'")
            self.refused(self.ask("/hdm/api/people", token), 403, "not_allowed", None)
            self.site.sql(f"UPDATE keptword_core.person SET roles = {mask}, state = 'disabled'"
                          f" WHERE email = '{self.helene.email}'")
            self.refused(self.ask("/hdm/api/people", token), 401, "token_unknown", self.INVALID)
        finally:
            self.site.sql(f"UPDATE keptword_core.person SET roles = {mask}, state = 'active'"
                          f" WHERE email = '{self.helene.email}'")

    def test_use_is_written_down_seldom(self):
        token = self.make(self.marta, "profile:read")
        used = f"SELECT used_at FROM keptword_core.api_token WHERE {self.row(token)}"
        self.ask("/api/me", token)
        first = self.site.one(used)
        self.assertIsNotNone(first)
        self.ask("/api/me", token)
        self.assertEqual(self.site.one(used), first)
        self.site.sql(f"UPDATE keptword_core.api_token SET used_at = used_at - INTERVAL 6 MINUTE WHERE {self.row(token)}")
        self.ask("/api/me", token)
        self.assertGreaterEqual(self.site.one(used), first)

    def test_errors_of_an_api_are_json(self):
        token = self.make(self.marta, "payments:read")
        for path, status, error in [("/payments/api/nothing", 404, "absent"), ("/api/nothing", 404, "absent"),
                                    ("/payments/api/statements/x", 404, "absent"),
                                    ("/payments/api/statements?before=tomorrow", 400, "not_readable")]:
            self.refused(self.ask(path, token), status, error, None)
        reply = self.ask("/payments/api/statements", token, method="POST")
        self.refused(reply, 405, "method", None)
        self.assertEqual(reply.header("Allow"), "GET, HEAD")

    # ---- What they read ----

    def test_own_statements_alone(self):
        token = self.make(self.marta, "payments:read")
        found, path = [], "/payments/api/statements"
        while path:
            page = json.loads(self.ask(path, token).text)
            found += page["statements"]
            path = page["older"]
        own = self.site.sql(
            "SELECT HEX(s.public_id), s.period_end, s.net_minor, s.currency, s.state FROM keptword_payments.statement s"
            f" JOIN keptword_core.person p ON p.id = s.person_id WHERE p.email = '{MARTA}'"
            " ORDER BY s.period_end DESC, s.id DESC")
        self.assertEqual([[s["id"], s["period_end"], str(s["net"]["minor"]), s["net"]["currency"], s["state"]]
                          for s in found], [[id_text(row[0]), *row[1:]] for row in own])
        older = json.loads(self.ask("/payments/api/statements?before=" + own[1][1], token).text)["statements"]
        self.assertEqual([s["id"] for s in older], [id_text(row[0]) for row in own if row[1] < own[1][1]])
        other = self.site.one("SELECT HEX(s.public_id) FROM keptword_payments.statement s JOIN keptword_core.person p"
                              f" ON p.id = s.person_id WHERE p.email <> '{MARTA}' LIMIT 1")
        self.refused(self.ask("/payments/api/statements/" + id_text(other), token), 404, "absent", None)
        # Finance sees everybody's on its pages, and nobody's here.
        self.assertEqual(self.site.person("finance").get("/payments/api/statements").status, 403)

    def test_a_statement_adds_up(self):
        token = self.make(self.marta, "payments:read")
        for entry in json.loads(self.ask("/payments/api/statements", token).text)["statements"]:
            s = json.loads(self.ask("/payments/api/statements/" + entry["id"], token).text)
            self.assertEqual(sum(line["amount"]["minor"] for line in s["lines"]), s["gross"]["minor"])
            self.assertEqual(sum(a["amount"]["minor"] for a in s["adjustments"]), s["adjustments_total"]["minor"])
            self.assertEqual(s["gross"]["minor"] + s["adjustments_total"]["minor"], s["net"]["minor"])
            for key in ("id", "period_start", "period_end", "net", "state", "promised_on", "funds_on"):
                self.assertEqual(s[key], entry[key])

    def test_own_people_alone(self):
        token = self.make(self.helene, "hdm:read")
        answer = json.loads(self.ask("/hdm/api/people", token).text)
        own = self.site.sql(
            "SELECT DISTINCT HEX(p.public_id) FROM keptword_core.pod d JOIN keptword_core.pod_member m"
            " ON m.pod_id = d.id AND m.to_on IS NULL JOIN keptword_core.person p"
            " ON p.id = m.person_id JOIN keptword_core.person h ON h.id = d.hdm_person_id"
            f" WHERE h.email = '{self.helene.email}' AND d.state = 'active' AND p.id <> h.id")
        self.assertEqual({p["id"] for p in answer["people"]}, {id_text(row[0]) for row in own})
        self.assertGreater(len(own), 2)
        due = [p["contact_due_at"] for p in answer["people"]]
        self.assertEqual(due, sorted(due))
        self.assertIsNone(answer["next"])

    # ---- Before the end ----

    def test_owners_are_told_a_week_before(self):
        long, short, revoked = (self.make(self.marta, "profile:read", days=d) for d in ("30", "7", "30"))
        for token in (long, revoked):
            self.site.sql("UPDATE keptword_core.api_token SET created_at = created_at - INTERVAL 24 DAY,"
                          f" expires_at = expires_at - INTERVAL 24 DAY WHERE {self.row(token)}")
        self.site.sql(f"UPDATE keptword_core.api_token SET revoked_at = UTC_TIMESTAMP(6) WHERE {self.row(revoked)}")
        ids = {self.site.one(f"SELECT id FROM keptword_core.api_token WHERE {self.row(t)}"): t
               for t in (long, short, revoked)}
        outbox = ("SELECT notice_key, path, detail FROM keptword_core.outbox"
                  f" WHERE kind = 'portal.api_token_ends' AND notice_key IN ({', '.join(ids)})")
        restart = self.site.child("portal.work")
        self.site.as_server(["kill", "-9", str(restart)])  # its hourly jobs run when it begins
        self.site.wait(lambda: self.site.sql(outbox), 20, "the notice")
        time.sleep(0.5)
        rows = self.site.sql(outbox)
        self.assertEqual([(ids[key], path) for key, path, _ in rows], [(long, "/profile/tokens")])
        self.assertEqual(set(json.loads(rows[0][2])), {"day"})


class TooMany(unittest.TestCase):
    def test_more_than_the_rate_is_refused(self):
        site = Site.shared()
        answers = []
        time.sleep(5)  # what the tests before have used of the burst comes back, 20 a second
        for _ in range(400):
            reply = site.person().get("/api/me", headers={"Authorization": "Bearer kw_x"}, follow=False)
            answers.append(reply.status)
            if reply.status == 429:
                break
        self.assertEqual(set(answers), {401, 429})
        self.assertGreater(len(answers), 90, "a burst of 100 is taken")
        # Pages go on.
        self.assertEqual(site.person().get("/sign-in").status, 200)
        time.sleep(0.2)
        self.assertEqual(site.person().get("/api/me", headers={"Authorization": "Bearer kw_x"}, follow=False).status, 401)


if __name__ == "__main__":
    unittest.main()
