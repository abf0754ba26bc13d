"""Takes somebody through every page from applying to an offer that only waits for a signature."""
import re

from instance import id_text

SENTENCE = "Wrote down what was wrong, and how anybody could check it."


class NotHired(Exception):
    """A page on the way did not say yes."""


def sent(reply, what):
    if reply.status != 200:
        raise NotHired(f"{what}: {reply.status} {reply.words[:400]}")
    return reply


class House:
    def __init__(self, site):
        self.site = site
        self.reviewer, self.officer = site.person("reviewer"), site.person("people_officer")

    def fill(self, person, path, action=None, **fields):
        page = sent(person.get(path), path)
        return sent(person.submit(page, action or path, **fields), path)

    def everything(self, person, path, **fields):
        """Answers all that a page asks: 4 where there are scores, a sentence or 12 where there are lines."""
        page = sent(person.get(path), path)
        lines = {name: SENTENCE if name in page.page.areas else "12" for name in page.page.texts}
        return sent(person.submit(page, path, **{**lines, **{n: "4" for n in page.page.choices}, **fields}), path)

    def applicant(self, name):
        """Applies, sends the interview; (the person, the application's id in addresses)."""
        person = self.site.person()
        self.fill(person, "/apply")
        self.fill(person, "/apply/about", legal_name=name, preferred_name=name.split(" ", maxsplit=1)[0],
                  email=name.lower().replace(" ", ".") + "@example.org")
        self.fill(person, "/apply/work", domain="medicine", level="experienced", years="6", skills=SENTENCE)
        self.fill(person, "/apply/time", zone="UTC", hours="12", mode="text")
        self.fill(person, "/apply/consent", agree="yes")
        self.fill(person, "/apply/check")
        pages = {a for a in person.get("/apply/interview").page.links if re.fullmatch(r"/apply/interview/\d+", a)}
        for path in sorted(pages):
            self.everything(person, path)
        self.fill(person, "/apply/interview/check")
        found = self.site.one(f"SELECT HEX(public_id) FROM keptword_onboarding.application WHERE legal_name = '{name}'")
        return person, id_text(found)

    def offer_to(self, name):
        """The person, before the agreement that only waits for the name."""
        person, application = self.applicant(name)
        place = f"/onboarding/staff/applications/{application}"
        self.fill(self.reviewer, place, place + "/claim")
        self.everything(self.reviewer, place + "/score")
        self.fill(self.reviewer, place + "/decide", outcome="certified", strengths=SENTENCE,
                  letter="We read every answer and would like to work with you.", minutes="12")
        page = sent(self.officer.get(place + "/offer"), "offer")
        pod = next(v for v in page.page.options["pod"] if v)
        benchmark = self.site.one("SELECT b.id FROM keptword_payments.benchmark_rate b JOIN keptword_core.pod d ON "
                                  "d.public_id = UNHEX('" + id_hex(pod) + "') JOIN keptword_core.project j ON j.id = d.project_id "
                                  "AND j.domain = b.domain AND j.pay_unit = b.unit WHERE b.currency = 'USD' LIMIT 1")
        reply = sent(self.officer.submit(page, place + "/offer", pod=pod, benchmark=benchmark, rate="61.00", hours_min="5",
                                         hours_max="10", starts=self.site.one("SELECT UTC_DATE() + INTERVAL 1 DAY")), "offer")
        sent(self.officer.submit(reply, "/send"), "sending the offer")
        self.fill(person, "/apply/offer", "/apply/offer/read")
        return person

    @staticmethod
    def sign(person, name):
        page = sent(person.get("/apply/offer/sign"), "the agreement")
        return person.submit(page, "/apply/offer/sign", follow=False, name=name, read="yes")


def id_hex(text):
    """The 16 bytes of an address's 26 characters, in hex."""
    value = 0
    for c in text:
        value = value << 5 | "0123456789abcdefghjkmnpqrstvwxyz".index(c)
    return f"{value >> 2:032x}"
