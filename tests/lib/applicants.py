"""Applying, as the steps of a test: from a new browser to an offer that was sent. For tests of
onboarding."""
import re
import unittest
import uuid

from instance import Site, id_text

ABOUT = {"legal_name": "Iñigo  Fernández-Åkesson", "preferred_name": "Iñigo"}
WORK = {"domain": "medicine", "level": "senior", "years": "12", "skills": "Cardiology,\nplain words"}
TIME = {"zone": "Europe/Lisbon", "hours": "14", "mode": "text", "needs": "More time, a screen reader",
        "source": "A friend"}
ANSWERS = {"q1": "A leaflet for patients.\nI wrote it.", "q2": "I looked it up too late once.",
           "q3": "I split it into claims.", "q4": "I ask.", "q5": "14"}
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def bytes_of(code):
    """A receipt code as its 16 bytes."""
    bits = 0
    for letter in code.replace(" ", ""):
        bits = bits << 5 | ALPHABET.index(letter)
    return (bits >> 2).to_bytes(16, "big")


class Applying(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()

    # ---- The way, in steps that tests take as far as they need ----

    def begin(self):
        """A new browser that has begun; the code as it was shown."""
        who = self.site.person()
        page = who.submit(who.get("/apply"), "/apply")
        self.assertEqual((page.status, page.path), (200, "/apply/code"))
        code = re.search(r"<code[^>]*>([0-9a-z ]+)</code>", page.text)[1]
        self.assertEqual(len(code.replace(" ", "")), 26)
        return who, code

    def fill(self, who, email):
        page = who.submit(who.get("/apply/about"), "/apply/about", email=email, **ABOUT)
        self.assertEqual(page.path, "/apply/work")
        page = who.submit(page, "/apply/work", **WORK)
        self.assertEqual(page.path, "/apply/time")
        page = who.submit(page, "/apply/time", **TIME)
        self.assertEqual(page.path, "/apply/consent")
        page = who.submit(page, "/apply/consent", agree="yes")
        self.assertEqual((page.status, page.path), (200, "/apply/check"))
        return page

    def interview(self, who):
        page = who.get("/apply/interview/1")
        for n, names in enumerate((("q1", "q2"), ("q3", "q4"), ("q5",)), 1):
            page = who.submit(page, f"/apply/interview/{n}", **{name: ANSWERS[name] for name in names})
            self.assertEqual(page.status, 200)
        self.assertEqual(page.path, "/apply/interview/check")
        return who.submit(page, "/apply/interview/check")

    def submitted(self):
        """Somebody whose interview is here: browser, code, e-mail, the application's address part."""
        who, code = self.begin()
        email = f"a{uuid.uuid4().hex[:12]}@example.org"
        page = who.submit(self.fill(who, email), "/apply/check")
        self.assertEqual(page.path, "/apply/interview?sent=1")
        page = self.interview(who)
        self.assertEqual((page.status, page.path), (200, "/apply/status?sent=1"))
        return who, code, email, self.part(email)

    def part(self, email):
        return id_text(self.site.one("SELECT HEX(public_id) FROM keptword_onboarding.application"
                                     f" WHERE email = '{email}'"))

    def state(self, email):
        return self.site.one(f"SELECT state FROM keptword_onboarding.application WHERE email = '{email}'")

    def place(self, part):
        return f"/onboarding/staff/applications/{part}"

    def criteria(self, reply):
        return [int(n) for n in re.findall(r'name="reason(\d+)"', reply.text)]

    def scored(self, reader, part, points=4, why="Shown with an example."):
        place = self.place(part)
        page = reader.get(place)
        if any(f.action.endswith("/claim") for f in page.page.forms) and "has it since" not in page.words:
            page = reader.submit(page, f"{place}/claim")
        page = reader.get(f"{place}/score")
        fields = {}
        for n in self.criteria(page):
            fields[f"score{n}"] = str(points)
            fields[f"reason{n}"] = why
        self.assertEqual(len(fields), 8)
        page = reader.submit(page, f"{place}/score", **fields)
        self.assertEqual((page.status, page.path), (200, place))
        return page

    def decided(self, reader, part, outcome, **more):
        place = self.place(part)
        fields = {"outcome": outcome, "strengths": "Clear and careful.", "minutes": "30",
                  "letter": f"Dear Iñigo, this is what I decided: {outcome}. Thank you for your time.",
                  **more}
        return reader.submit(reader.get(f"{place}/decide"), f"{place}/decide", **fields)

    def certified(self):
        who, code, email, part = self.submitted()
        reader = self.site.person("reviewer")
        self.scored(reader, part)
        self.assertEqual(self.decided(reader, part, "certified").status, 200)
        self.assertEqual(self.state(email), "certified")
        return who, code, email, part

    def terms(self, **more):
        pod = self.site.one("SELECT HEX(public_id) FROM keptword_core.pod WHERE name = 'Rowan'")
        start = self.site.one("SELECT UTC_DATE() + INTERVAL 1 DAY")
        return {"pod": id_text(pod), "benchmark": "1", "rate": "45.00", "hours_min": "5",
                "hours_max": "15", "starts": start, **more}

    def offered(self):
        who, code, email, part = self.certified()
        officer = self.site.person("people_officer")
        place = f"{self.place(part)}/offer"
        page = officer.submit(officer.get(place), place, **self.terms())
        self.assertRegex(page.path, r"^/onboarding/staff/offers/[0-9a-z]{26}$")
        page = officer.submit(page, page.path + "/send")
        self.assertIn("Sent", page.words)
        return who, code, email, part
