"""The authorization matrix: every route of every plugin, as every role and as nobody, on an own, a
foreign and an unknown object. Generated from `bin/<plugin> routes`; a route with an object but
without a row in matrix.tsv fails.
"""
import hashlib
import re
import unittest
from pathlib import Path

from instance import Site

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
UNKNOWN = ALPHABET[7] * 26


def id_text(hex_id):
    """16 bytes as 26 characters of Crockford's base32, as addresses carry them."""
    bits = int(hex_id, 16) << 2
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(125, -1, -5))


def form_token(person):
    cookie = person.cookies.get("__Host-session") or person.cookies.get("__Host-visit", "")
    return hashlib.sha256(b"keptword form\n" + cookie.encode()).hexdigest()[:32]


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()
        cls.emails = {}
        for account in cls.site.accounts():
            cls.emails.setdefault(account["role"], account["email"])
        cls.rows, cls.sees = {}, {}
        text = Path(__file__).with_name("matrix.tsv").read_text(encoding="utf-8")
        for line in text.splitlines():
            if line and not line.startswith("#"):
                method, path, own, other, *sees = line.split("\t")
                cls.rows[method, path] = (own, other)
                cls.sees[method, path] = set(",".join(sees).split(","))
        cls.routes = []
        for plugin in sorted(p.name for p in (cls.site.run / "bin").iterdir()):
            for line in cls.site.command(plugin, "routes").stdout.splitlines():
                method, path, rule, flags, _ = line.split("\t")
                if not path.startswith("/-/"):
                    cls.routes.append((plugin, method, path, rule, flags.split(",")))

    def object_of(self, sql):
        found = self.site.one(sql.format(**self.emails))
        self.assertIsNotNone(found, f"no object: {sql}")
        return id_text(found)

    def ask(self, person, method, path):
        if method == "GET":
            return person.get(path, follow=False)
        # A token that is right and nothing else: what may not be sent is refused before, what may
        # is told that fields are missing.
        return person.post(path, {"_token": form_token(person)}, follow=False)

    def roles_of(self, email):
        rows = self.site.sql("SELECT g.role FROM keptword_core.role_grant g JOIN keptword_core.person p "
                             f"ON p.id = g.person_id WHERE p.email = '{email}' AND g.to_at IS NULL")
        return {row[0] for row in rows}

    def check(self, person, role, route, path, kind, held):
        _, method, pattern, rule, flags = route
        signed_in = held is not None
        reply = self.ask(person, method, path)
        what = f"{role} {method} {pattern} ({kind}): {reply.status}"
        allowed = rule == "anyone" or signed_in and (rule == "signed_in" or held & set(rule.split(",")))
        if not allowed:
            if signed_in:
                self.assertEqual(reply.status, 403, what)
                self.assertIn("not_allowed" if "api" in flags else "not open to you", reply.text, what)
            elif "api" in flags:
                self.assertEqual(reply.status, 401, what)
            elif method == "GET":
                self.assertEqual(reply.status, 303, what)
                self.assertTrue(reply.header("Location").startswith("/sign-in"), what)
            else:
                self.assertIn(reply.status, (303, 403), what)
            return
        if kind == "other" and (held or set()) & self.sees.get((method, pattern), set()):
            kind = "own"
        if kind == "off":
            self.assertEqual(reply.status, 404, what)
        elif kind in ("other", "unknown"):
            self.assertIn(reply.status, (404,) if method == "GET" else (400, 404, 409, 422), what)
        elif method == "GET":
            self.assertIn(reply.status, (200, 303, 404) if kind == "secret" else (200, 303), what)
        else:
            self.assertNotIn(reply.status, (200, 500), what)
            self.assertLess(reply.status, 500, what)

    def test_every_route_has_a_row(self):
        missing = [f"{m} {p}" for _, m, p, _, _ in self.routes
                   if ":" in p and (m, p) not in self.rows]
        self.assertEqual(missing, [])

    def test_no_row_is_left_over(self):
        known = {(m, p) for _, m, p, _, _ in self.routes}
        self.assertEqual([key for key in self.rows if key not in known], [])

    def test_matrix(self):
        held = {role: self.roles_of(email) for role, email in self.emails.items()}
        people = {role: self.site.person(email) for role, email in self.emails.items()}
        nobody = self.site.person()
        nobody.get("/sign-in")
        cells = 0
        for route in sorted(self.routes, key=lambda r: ("sign-out" in r[2], r)):
            _, method, pattern, _, _ = route
            if "sign-out" in pattern:
                continue  # it would end the session that the next cell needs; portal_test tries it
            objects = {"plain": None}
            if self.rows.get((method, pattern), ("", ""))[0] == "off":
                objects = {"off": None}
            if ":" in pattern:
                own, other = self.rows.get((method, pattern), ("secret", "-"))
                objects = {"unknown": UNKNOWN}
                if own != "secret":
                    objects["own"] = self.object_of(own)
                if other != "-":
                    objects["other"] = self.object_of(other)
            for kind, part in objects.items():
                path = "/".join(part if p.startswith(":") else p for p in pattern.split("/"))
                # Whose object it is: that of the role in braces; for staff pages everybody's.
                named = re.search(r"\{(\w+)\}", self.rows.get((method, pattern), ("", ""))[0])
                owner = named[1] if named else None
                for role, person in people.items():
                    with self.subTest(role=role, route=f"{method} {pattern}", object=kind):
                        self.check(person, role, route, path, "other" if kind == "own" and owner and role != owner
                                   else kind, held[role])
                        cells += 1
                with self.subTest(role="nobody", route=f"{method} {pattern}", object=kind):
                    self.check(nobody, "nobody", route, path, kind, None)
                    cells += 1
        print(f"  {cells} cells of {len(self.routes)} routes")


if __name__ == "__main__":
    unittest.main()
