"""Time entries by API: many at once as JSON and CSV, each row's fate, the same call and the same entry twice,
overlaps, hours above what was agreed; and that openapi.json says what the program does.
"""
import datetime
import json
import re
import time
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from instance import Site, TOP, id_text

MARTA, SIYUAN, FINANCE = "marta.kowalczyk@example.org", "chen.siyuan@example.org", "adaeze.nwankwo@example.org"
PATH = "/payments/api/work-entries"


class Api(unittest.TestCase):
    _site = None

    @classmethod
    def setUpClass(cls):
        if Api._site is None:
            Api._site = Site(THREADS="4")
            Api._tokens = {}
        cls.site = Api._site
        cls.today = datetime.datetime.now(datetime.timezone.utc).date()
        # Days of the running period on which Marta has time left.
        cls.days = [row[0] for row in cls.site.sql(
            "USE keptword_payments; SELECT d.day FROM (SELECT p.start_day + INTERVAL n.seq DAY AS day FROM pay_period p"
            " JOIN seq_0_to_13 n WHERE p.state = 'open' ORDER BY p.start_day, n.seq LIMIT 14) d WHERE d.day <="
            f" '{cls.today}' ORDER BY d.day")]

    def token(self, email, *scopes):
        scopes = scopes or (("payments:write",) if email == FINANCE else ("payments:read", "payments:write"))
        if (email, scopes) not in Api._tokens:
            person = self.site.person(email)
            reply = person.submit(person.get("/profile/tokens"), "/profile/tokens", name="tracker",
                                  scopes=list(scopes), days="30")
            Api._tokens[email, scopes] = re.search(r"kw_[0-9a-z]{52}\b", reply.text)[0]
        return Api._tokens[email, scopes]

    def ask(self, method, path, email=MARTA, body=None, kind="application/json", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["Authorization"] = f"Bearer {self.token(email)}"
        if body is not None:
            headers["Content-Type"] = kind
            body = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        reply = self.site.person().request(method, path, body=body, headers=headers, follow=False)
        self.assertIsNone(reply.header("Set-Cookie"))
        return reply.status, json.loads(reply.text)

    def send(self, body, query="", **more):
        return self.ask("POST", PATH + query, body=body, **more)

    def entry(self, **more):
        return {"project": "Clinical answers", "day": self.days[0], "minutes": 10, "kind": "meeting", **more}

    def sql(self, text):
        return self.site.sql("USE keptword_payments; " + text)

    def one(self, text):
        return self.sql(text)[0][0]

    def count(self, where="source = 'own'"):
        return int(self.one(f"SELECT COUNT(*) FROM work_entry WHERE {where}"))


class EntriesTest(Api):
    def test_many_and_each_row_is_told(self):
        start = f"{self.days[0]}T06:00:00Z"
        status, said = self.send({"entries": [
            self.entry(note="one <b>", start=start, key="w-1"), self.entry(note="two", kind="training", minutes=7),
            self.entry(minutes=0)]})
        self.assertEqual(status, 200, said)
        self.assertEqual(said["counts"], {"read": 3, "added": 2, "known": 0, "empty": 1, "left": 0})
        self.assertEqual([(e["row"], e["state"]) for e in said["entries"]], [(1, "added"), (2, "added"), (3, "empty")])
        self.assertIsNone(said["entries"][2]["id"])
        self.assertFalse(said["repeated"])
        rows = self.sql("SELECT HEX(public_id), minutes, kind, note, source, state, began_at, created_by = person_id, person_id"
                        " FROM work_entry WHERE note IN ('one <b>', 'two') ORDER BY id")
        self.assertEqual([id_text(r[0]) for r in rows], [e["id"] for e in said["entries"][:2]])
        self.assertEqual([r[1:] for r in rows], [
            ["10", "meeting", "one <b>", "own", "submitted", f"{self.days[0]} 06:00:00.000000", "1", "31"],
            ["7", "training", "two", "own", "submitted", None, "1", "31"]])
        # One's own back, with what was sent.
        found, path = {}, PATH
        while path:
            _, own = self.ask("GET", path)
            found |= {e["id"]: e for e in own["entries"]}
            path = own["older"]
        mine = found[said["entries"][0]["id"]]
        self.assertEqual((mine["note"], mine["start"], mine["minutes"], mine["state"], mine["source"], mine["question"]),
                         ("one <b>", start, 10, "submitted", "own", None))

    def test_all_of_ones_own_page_by_page(self):
        self.send([self.entry(note="many", key=f"page-{n}", minutes=1, day=self.days[n % len(self.days)]) for n in range(120)])
        found, path = [], PATH
        while path:
            _, said = self.ask("GET", path)
            self.assertLessEqual(len(said["entries"]), 100)
            found += [e["id"] for e in said["entries"]]
            path = said["older"]
        rows = self.sql("SELECT HEX(public_id) FROM work_entry WHERE person_id = 31 ORDER BY day DESC, id DESC")
        self.assertEqual(found, [id_text(row[0]) for row in rows])
        other = id_text(self.one("SELECT HEX(public_id) FROM work_entry WHERE person_id = 33 LIMIT 1"))
        self.assertEqual(self.ask("GET", f"{PATH}?before={other}")[0], 404)
        self.assertEqual(self.ask("GET", f"{PATH}?before=x")[0], 400)
        self.assertEqual(self.ask("GET", PATH, email=FINANCE)[0], 403)  # who has none

    def test_the_same_entry_twice_is_one(self):
        body = [self.entry(note="twice"), self.entry(note="twice"), self.entry(note="by key", key="k-7")]
        first = self.send(body)[1]
        self.assertEqual(first["counts"]["added"], 3)  # two equal rows are two entries
        again = self.send({"entries": body})[1]
        self.assertEqual((again["counts"]["added"], again["counts"]["known"], again["repeated"]), (0, 3, False))
        self.assertEqual([e["id"] for e in again["entries"]], [e["id"] for e in first["entries"]])
        text = f"day,project,minutes,kind,note,key\n{self.days[0]},Clinical answers,10,meeting,twice,\n"
        csv = self.send(text, kind="text/csv; charset=utf-8")[1]  # the same as CSV
        self.assertEqual((csv["counts"]["known"], csv["entries"][0]["id"]), (1, first["entries"][0]["id"]))
        status, said = self.send([self.entry(minutes=11, key="k-7")])
        self.assertEqual((status, said["error"], said["rows"][0]["code"], said["rows"][0]["row"]),
                         (422, "rows", "changed_since", 1))
        self.assertEqual(self.count("note = 'by key'"), 1)

    def test_a_trackers_file_by_api_and_by_file_is_the_same(self):
        text = ("User,Email,Project,Description,Start date,Start time,End date,End time,Duration\n"
                f"Marta,{MARTA},Clinical answers,from a tracker,{self.days[1]},07:00:00,{self.days[1]},07:20:00,00:20:00\n")
        status, said = self.send(text, query="?zone=UTC", kind="text/csv")
        self.assertEqual((status, said["counts"]["added"]), (200, 1), said)
        self.assertEqual(self.one("SELECT source FROM work_entry WHERE note = 'from a tracker'"), "toggl")
        said = self.site.command("payments", "import-time", "-", "--zone", "UTC", "--take", input=text)
        self.assertIn("0 new (0 min), 1 known", said.stdout)
        # What a refused row says is data, wherever it is shown.
        status, said = self.send([self.entry(project="<script>alert(1)</script>"), self.entry(day="=cmd|' /C calc'!A0")])
        self.assertEqual([r["value"] for r in said["rows"]], ["<script>alert(1)</script>", "=cmd|' /C calc'!A0"])
        self.assertEqual(said["rows"][1]["code"], "formula")

    def test_the_same_call_twice_has_one_effect(self):
        key = str(uuid.uuid4())
        first = self.send([self.entry(note="call")], Idempotency_Key=key)[1]
        second = self.send([self.entry(note="call")], Idempotency_Key=key)[1]
        self.assertEqual((first.pop("repeated"), second.pop("repeated")), (False, True))
        self.assertEqual(first, second)
        status, said = self.send([self.entry(note="other")], Idempotency_Key=key)
        self.assertEqual((status, said["error"]), (409, "changed_meanwhile"))
        self.assertEqual(self.send([self.entry(note="call")], query="?take=good", Idempotency_Key=key)[0], 409)
        self.assertEqual(self.send([], Idempotency_Key="short")[0], 400)
        self.assertEqual(self.count("note IN ('call', 'other')"), 1)

    def test_the_same_entries_from_several_at_once(self):
        body = [self.entry(note="at once", key=f"once-{n}", minutes=1, day=self.days[n % len(self.days)]) for n in range(200)]
        self.token(MARTA)
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: self.send(body), range(4)))
        self.assertEqual({status for status, _ in answers}, {200}, [said.get("error") for _, said in answers])
        self.assertEqual(sum(said["counts"]["added"] for _, said in answers), 200)
        self.assertEqual(len({tuple(e["id"] for e in said["entries"]) for _, said in answers}), 1)
        self.assertEqual(self.count("note = 'at once'"), 200)

    def test_all_or_nothing_or_the_good_ones(self):
        before = self.count()
        body = [self.entry(note="good"), self.entry(project="No such"), self.entry(day="2026-02-30"),
                self.entry(person=SIYUAN), self.entry(day="2099-01-01"), self.entry(hours=3), self.entry(minutes=1441),
                self.entry(project="Clinical answers", day="2020-01-01"), self.entry(person="nobody@example.org"), 5]
        status, said = self.send(body)
        self.assertEqual((status, said["error"], said["good"], said["bad"]), (422, "rows", 1, 9))
        self.assertEqual(set(said), {"error", "message", "request", "good", "bad", "rows"})
        codes = {row["row"]: row["code"] for row in reversed(said["rows"])}
        self.assertEqual(codes, {2: "unknown_project", 3: "impossible_date", 4: "not_yours", 5: "future_day", 6: "bad_member",
                                 7: "over_24_h", 8: "no_rate", 9: "not_yours", 10: "bad_member"})
        self.assertEqual({(row["column"], row["value"]) for row in said["rows"] if row["row"] == 3}, {("day", "2026-02-30")})
        self.assertTrue(all(row["message"] for row in said["rows"]))
        self.assertEqual(self.count(), before)
        status, said = self.send(body, query="?take=good")
        self.assertEqual((status, said["counts"]["added"], said["counts"]["left"]), (200, 1, 9))
        self.assertEqual({row["row"] for row in said["left"]}, set(range(2, 11)))
        self.assertEqual(self.count(), before + 1)
        self.assertEqual(self.one("SELECT good_only FROM import_batch WHERE way = 'api' ORDER BY id DESC LIMIT 1"), "1")
        for query in ("?take=all", "?take="):
            self.assertIn(self.send(body, query=query)[0], (400, 422))

    def test_finance_sends_for_everybody(self):
        body = [self.entry(person=MARTA, note="by finance"), self.entry(person=SIYUAN.upper(), note="by finance")]
        status, said = self.send(body, email=FINANCE)
        self.assertEqual((status, said["counts"]["added"]), (200, 2))
        self.assertEqual(self.sql("SELECT person_id, created_by FROM work_entry WHERE note = 'by finance' ORDER BY id"),
                         [["31", "3"], [self.one(f"SELECT id FROM keptword_core.person WHERE email = '{SIYUAN}'"), "3"]])
        status, said = self.send([self.entry()], email=FINANCE)
        self.assertEqual((status, said["rows"][0]["code"]), (422, "no_person"))

    def test_what_cannot_be_read(self):
        for body, kind, status, code in (
                ("{", "application/json", 422, "not_json"), ('{"a": 1}', "application/json", 422, "not_entries"),
                ("[]", "application/json", 422, "no_rows"), ("a,b\n1,2\n", "text/csv", 422, "unknown_format"),
                ("x", "text/plain", 400, None), ("x", "application/x-www-form-urlencoded", 400, None),
                (json.dumps([self.entry(project="x" * 60, note="n" * 900)] * 11000), "application/json", 413, None),
                (json.dumps([self.entry()] * 10001), "application/json", 422, "over_10000")):
            got, said = self.send(body, kind=kind)
            self.assertEqual(got, status, said)
            if code:
                self.assertEqual([r["code"] for r in said["rows"]], [code])
        self.assertEqual(self.send([self.entry()], email=MARTA)[0], 200)

    def test_scopes_and_sessions(self):
        token = self.token(MARTA, "payments:read")
        reply = self.site.person().request("POST", PATH, body=b"[]", follow=False, headers={
            "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        self.assertEqual((reply.status, json.loads(reply.text)["error"]), (403, "scope_missing"))
        reply = self.site.person(MARTA).request("POST", PATH, body=b"[]", headers={"Content-Type": "application/json"})
        self.assertEqual((reply.status, json.loads(reply.text)["error"]), (401, "token_needed"))

    def test_overlaps_name_both(self):
        day = self.days[1]
        said = self.send([self.entry(day=day, start=f"{day}T03:00:00Z", minutes=60, note="o1"),
                          self.entry(day=day, start=f"{day}T03:30:00Z", minutes=60, note="o2"),
                          self.entry(day=day, start=f"{day}T04:30:00Z", minutes=30, note="o3")])[1]
        self.assertEqual(said["counts"]["added"], 3)
        self.assertEqual(said["warnings"], [{"row": 2, "code": "overlaps", "with_row": 1, "with_id": None}])
        first = said["entries"][2]["id"]
        said = self.send([self.entry(day=day, start=f"{day}T04:50:00Z", minutes=30, note="o4"),
                          self.entry(day=day, start=f"{day}T05:20:00Z", minutes=5, note="o5")])[1]
        self.assertEqual(said["warnings"], [{"row": 1, "code": "overlaps", "with_row": None, "with_id": first}])

    def test_more_than_24_hours_with_what_is_here(self):
        used = int(self.one(f"SELECT COALESCE(SUM(minutes), 0) FROM work_entry WHERE person_id = 31 AND day = '{self.days[2]}'"))
        status, said = self.send([self.entry(day=self.days[2], minutes=1440 - used + 1)])
        self.assertEqual((status, said["rows"][0]["code"]), (422, "day_over_24_h") if used else (422, "over_24_h"))

    def test_hours_above_what_was_agreed_are_asked_about(self):
        most = self.sql("SELECT MAX(hours_max) FROM keptword_onboarding.published_engagement WHERE person_id = 31 AND project_id = 1")
        most = int(most[0][0])
        monday = datetime.date.fromisoformat(self.days[0])
        body = [self.entry(day=str(monday + datetime.timedelta(days=n)), minutes=most * 12 + 60, kind="production", key=f"cap-{n}")
                for n in range(5) if monday + datetime.timedelta(days=n) <= self.today]
        if len(body) < 5:
            self.skipTest("the period has hardly begun")
        status, said = self.send(body)
        self.assertEqual(status, 200, said)
        row = self.sql("SELECT HEX(public_id), week, cap_minutes, minutes > cap_minutes, state FROM cap_question"
                       f" WHERE person_id = 31 AND project_id = 1 AND week = '{monday}'")[0]
        self.assertEqual(row[1:], [str(monday), str(most * 60), "1", "asked"])
        self.assertEqual(self.count("person_id = 31 AND state <> 'submitted' AND source = 'own'"), 0)  # nothing is held
        marta, at = self.site.person(MARTA), f"/payments/hours/{id_text(row[0])}"
        self.assertIn("more hours than agreed: 1", marta.get("/").words)
        self.assertIn(at, marta.get("/payments/entries").text)
        self.assertEqual(self.site.person(SIYUAN).get(at).status, 404)
        page = marta.get(at)
        self.assertEqual(marta.submit(page, at, right="no", words="").status, 422)
        self.assertIn("Thank you", marta.submit(page, at, right="no", words="Monday was <i>shorter</i>").words)
        finance = self.site.person(FINANCE).get("/payments/staff/entries")
        self.assertIn("Monday was &lt;i&gt;shorter", finance.text)
        self.assertEqual(marta.get(at).page.forms and [f for f in marta.get(at).page.forms if f.action == at], [])
        self.send([self.entry(day=str(monday), minutes=1, kind="production", key="cap-more")])  # more: asked again
        self.assertEqual(self.one(f"SELECT state FROM cap_question WHERE person_id = 31 AND project_id = 1 AND week = '{monday}'"), "asked")
        self.assertIn("Thank you", marta.submit(marta.get(at), at, right="yes").words)

    def test_z_ten_thousand_in_seconds(self):
        """100 people, 100 entries each; and memory stays where it was."""
        people = [row[0] for row in self.sql(
            "SELECT c.email FROM keptword_core.person c JOIN payee y ON y.person_id = c.id WHERE y.state = 'active'")]
        days = [str(self.today - datetime.timedelta(days=n)) for n in range(1, 1 + 10000 // len(people) // 20 + 1)]
        body = [{"person": people[n % len(people)], "project": "Clinical answers", "minutes": 5, "kind": "meeting",
                 "day": days[n // len(people) % len(days)], "key": f"bulk-{n}", "note": "x" * 40} for n in range(10000)]
        text, sizes = json.dumps({"entries": body}), []
        for turn in range(3):
            began = time.monotonic()
            status, said = self.send(text, email=FINANCE)
            took = time.monotonic() - began
            self.assertEqual(status, 200, str(said)[:500])
            self.assertEqual(said["counts"]["added" if turn == 0 else "known"], 10000)
            self.assertLess(took, 10)
            sizes.append(self.memory())
            print(f"  10,000 entries ({'new' if turn == 0 else 'known'}): {took:.2f} s, {sizes[-1] // 1024} MiB")
        self.assertLess(sizes[-1], sizes[1] * 1.3 + 8192)

    MEMORY = "app/bin/payments"

    def memory(self):
        """KiB of private memory of the payments processes that serve."""
        total = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                line = (process / "cmdline").read_bytes().split(b"\0")
                if line[0].decode().startswith(str(self.site.run / self.MEMORY)) and len(line) <= 2:
                    smaps = (process / "smaps_rollup").read_text()
                    total += int(re.search(r"Private_Dirty:\s+(\d+)", smaps)[1])
            except (OSError, TypeError):
                continue
        return total


class OpenApiTest(Api):
    """One description of the API, and that it is true: routes, scopes, members, errors, codes of rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reply = cls.site.person().get("/static/openapi.json")
        assert reply.status == 200 and reply.header("Content-Type").startswith("application/json")
        cls.doc = json.loads(reply.text)

    def at(self, node):
        while isinstance(node, dict) and "$ref" in node:
            place = self.doc
            for part in node["$ref"].removeprefix("#/").split("/"):
                place = place[part]
            node = place
        return node

    def check(self, schema, value, where="$"):
        """The parts of JSON Schema that the file uses."""
        schema = self.at(schema)
        known = {"type", "enum", "const", "oneOf", "required", "properties", "items", "maxItems", "minItems", "minimum", "maximum",
                 "pattern", "format", "description", "default", "additionalProperties"}
        self.assertEqual(set(schema) - known, set(), where)
        if "oneOf" in schema:
            fits = 0
            for one in schema["oneOf"]:
                try:
                    self.check(one, value, where)
                    fits += 1
                except AssertionError:
                    pass
            self.assertEqual(fits, 1, f"{where}: {value}")
            return
        if "const" in schema:
            self.assertEqual(value, schema["const"], where)
        kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}
        types = schema.get("type", [])
        types = [types] if isinstance(types, str) else types
        if types:
            self.assertIn(type(value), [kinds[t] for t in types], f"{where}: {value}")
        if "enum" in schema:
            self.assertIn(value, schema["enum"], where)
        if isinstance(value, str):
            if "pattern" in schema:
                self.assertRegex(value, schema["pattern"], where)
            if schema.get("format") == "date":
                datetime.date.fromisoformat(value)
            if schema.get("format") == "date-time":
                self.assertRegex(value, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", where)
        if isinstance(value, list):
            self.assertLessEqual(len(value), schema.get("maxItems", 10 ** 9), where)
            for n, item in enumerate(value):
                self.check(schema["items"], item, f"{where}[{n}]")
        if isinstance(value, dict):
            # Every member is described, and every one that is promised is there.
            self.assertEqual(set(value) - set(schema["properties"]), set(), where)
            self.assertEqual(set(schema.get("required", [])) - set(value), set(), where)
            for name, member in value.items():
                self.check(schema["properties"][name], member, f"{where}.{name}")

    def answer(self, method, pattern, status):
        return self.at(self.doc["paths"][pattern][method.lower()]["responses"][str(status)])

    def said(self, method, pattern, status, said):
        described = self.answer(method, pattern, status)
        self.check(described["content"]["application/json"]["schema"], said)
        if status >= 400:
            self.assertIn(said["error"], described["x-errors"])

    def test_routes_and_scopes(self):
        routes = set()
        for line in self.site.command("payments", "routes").stdout.splitlines():
            method, path, _, flags, _ = line.split("\t")
            scopes = [f for f in flags.split(",") if ":" in f]
            if scopes:
                routes.add((method, re.sub(r":(\w+)", r"{\1}", path), scopes[0]))
        described = {(method.upper(), path, operation["security"][0]["token"][0])
                     for path, methods in self.doc["paths"].items() for method, operation in methods.items()}
        self.assertEqual(routes, described)
        named = set(re.findall(r"\w+:\w+", self.doc["components"]["securitySchemes"]["token"]["description"]))
        self.assertEqual(named, {scope for _, _, scope in routes})

    def test_answers(self):
        for pattern in ("/payments/api/statements", PATH):
            status, said = self.ask("GET", pattern)
            self.said("GET", pattern, status, said)
        one = "/payments/api/statements/{id}"
        for entry in self.ask("GET", "/payments/api/statements")[1]["statements"]:
            self.said("GET", one, *self.ask("GET", one.replace("{id}", entry["id"])))
        day, other = self.days[-1], self.days[1]
        body = [self.entry(key="d-1", start=f"{other}T20:00:00Z"), self.entry(key="d-2", start=f"{other}T20:05:00Z"),
                self.entry(minutes=0, key="d-3"), self.entry(day="x", key="d-4")]
        key = uuid.uuid4().hex
        for query, more in (("", {}), ("?take=good", {"Idempotency_Key": key}), ("?take=good", {"Idempotency_Key": key}),
                            ("?take=some", {}), ("", {"Idempotency_Key": key})):
            self.said("POST", PATH, *self.send(body, query=query, **more))
        self.said("POST", PATH, *self.send("[" * 70, kind="application/json"))
        self.said("POST", PATH, *self.send(b"x" * (10485760 + 1), kind="text/csv"))
        for path in (PATH + "?before=x", PATH + "?before=" + "7" * 26):
            self.said("GET", PATH, *self.ask("GET", path))
        self.said("GET", one, *self.ask("GET", one.replace("{id}", "7" * 26)))
        self.said("GET", one, *self.ask("POST", one.replace("{id}", "7" * 26), body=[]))
        self.said("GET", PATH, *self.ask("GET", PATH, email=FINANCE))
        del day

    def test_what_is_described_can_be_sent(self):
        """Each member of a new entry, and no other."""
        members = self.doc["components"]["schemas"]["EntryNew"]["properties"]
        samples = {"person": MARTA, "project": "Clinical answers", "kind": "review", "day": self.days[0], "minutes": 3, "tasks": 0,
                   "start": f"{self.days[0]}T22:00:00Z", "note": "all of it", "key": "all-of-it"}
        self.assertEqual(set(members), set(samples))
        self.check({"$ref": "#/components/schemas/EntryNew"}, samples)
        self.assertEqual(self.send([samples])[0], 200)
        for kind in members["kind"]["enum"]:
            self.assertEqual(self.send([self.entry(kind=kind, key=f"kind-{kind}", minutes=1)])[0], 200, kind)
        source = (TOP / "cgi-bin/payments/tracker_json.c").read_text(encoding="utf-8")
        self.assertEqual(set(re.findall(r'"(\w+)"', source[source.index("names[]"):source.index("#define NAMES")])), set(samples))

    def test_codes_of_rows(self):
        words = (TOP / "templates/payments/words").read_text(encoding="utf-8")
        codes = set(re.findall(r"^import_fault\.(\w+) =", words, re.M)) - {"in_row"}
        self.assertEqual(set(self.doc["components"]["schemas"]["RowCode"]["enum"]), codes)

    def test_errors(self):
        described = {code for name in self.doc["components"]["responses"].values() for code in name["x-errors"]}
        for path in self.doc["paths"].values():
            for operation in path.values():
                for reply in operation["responses"].values():
                    described |= set(self.at(reply).get("x-errors", []))
        words = (TOP / "templates/layout/words").read_text(encoding="utf-8")
        codes = set(re.findall(r"^api_error\.(\w+) =", words, re.M)) - {"sign_in", "fields"}
        self.assertEqual(described, codes)


if __name__ == "__main__":
    unittest.main()
