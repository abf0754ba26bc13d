"""What plugins tell each other: held up, it comes late, but all of it and once. And somebody else's
statement is not there."""
import os
import signal
import time

from hire import House, NotHired
from instance import id_text
from kinds import Absent
from ledger import ACKNOWLEDGED, judge
from survey import Round

HIRED = 3


def numbers(site, text):
    return {int(a): int(b) for a, b in site.sql(text)}


class Told:
    """What payments should have heard since a moment, and what came of it."""

    def __init__(self, site):
        self.site = site
        self.since = {p: int(site.one(f"SELECT COALESCE(MAX(id), 0) FROM keptword_{p}.event")) for p in ("onboarding", "feedback")}
        self.entry = int(site.one("SELECT COALESCE(MAX(id), 0) FROM keptword_payments.work_entry"))
        self.rate = int(site.one("SELECT COALESCE(MAX(id), 0) FROM keptword_payments.rate"))

    def raised(self):
        """[(source, event)] that payments waits for."""
        kinds = {"onboarding": "engagement.signed", "feedback": "survey.minutes"}
        return [(source, int(row[0])) for source, kind in kinds.items() for row in self.site.sql(
            f"SELECT id FROM keptword_{source}.event WHERE id > {self.since[source]} AND kind = '{kind}'")]

    def taken(self):
        rows = []
        for source, since in self.since.items():
            rows += [(source, int(row[0])) for row in self.site.sql(
                f"SELECT event_id FROM keptword_payments.event_done WHERE source = '{source}' AND event_id > {since}")]
        return rows

    def effects(self):
        """(expected, {effect: how often}): a rate for each signed offer, an entry of survey minutes
        for everyone asked who is paid by the hour."""
        expected = {f"rate of offer {row[0]}" for row in self.site.sql(
            "SELECT JSON_VALUE(detail, '$.offer') FROM keptword_onboarding.event WHERE kind = 'engagement.signed' "
            f"AND id > {self.since['onboarding']}")}
        expected |= {f"minutes of person {row[0]} for round {row[1]}" for row in self.site.sql(
            "SELECT e.person_id, e.subject_id FROM keptword_feedback.event e WHERE e.kind = 'survey.minutes' AND "
            f"e.id > {self.since['feedback']} AND EXISTS (SELECT 1 FROM keptword_payments.rate r JOIN keptword_payments.payee y "
            "ON y.person_id = r.person_id WHERE r.person_id = e.person_id AND r.unit = 'hour' AND r.valid_from <= UTC_DATE() "
            "AND r.valid_to > UTC_DATE())")}
        found = {f"rate of offer {row[0]}": int(row[1]) for row in self.site.sql(
            f"SELECT offer_id, COUNT(*) FROM keptword_payments.rate WHERE id > {self.rate} AND unit = 'hour' GROUP BY offer_id")}
        # An entry names no round but by a hash; one round was closed since.
        rounds = sorted({e.rsplit(" ", 1)[1] for e in expected if e.startswith("minutes")})
        found |= {f"minutes of person {row[0]} for round {rounds[-1] if rounds else 0}": int(row[1]) for row in self.site.sql(
            f"SELECT person_id, COUNT(*) FROM keptword_payments.work_entry WHERE id > {self.entry} AND kind = 'survey' "
            "AND source = 'system' GROUP BY person_id")}
        return expected, found


def prove_events(site, pause, tag, say):
    """(acknowledged, lost, doubled, troubles)"""
    name = "payments.work"
    if not (site.run / "pid" / f"{name}.child").exists():
        raise Absent("payments has no worker here")
    letters = "".join(c if c.isalpha() else "abcdefghij"[int(c)] for c in tag)
    house = House(site)
    names = [f"Prova {letters.capitalize()}{'abc'[n]}" for n in range(HIRED)]
    try:
        people = [house.offer_to(n) for n in names]
    except NotHired as why:
        raise Absent(f"nobody could be hired: {why}") from why
    survey = Round(site, f"Held up {tag}, {time.strftime('%H:%M')}")
    told, trouble, signed = Told(site), [], 0
    pid = site.child(name)
    os.kill(pid, signal.SIGSTOP)
    stopped = time.monotonic()
    try:
        say(f"The worker of payments is held up (SIGSTOP) for {pause} seconds. Meanwhile {HIRED} people sign their "
            f"agreements and a survey closes, for which {len(survey.people())} people are credited minutes.")
        for person, who in zip(people, names):
            if judge(house.sign(person, who))[0] == ACKNOWLEDGED:
                signed += 1
            else:
                trouble.append(f"{who} could not sign while payments was held up")
        survey.close()
        raised = told.raised()
        site.wait(lambda: int(site.one(
            "SELECT COUNT(*) FROM keptword_hdm.event_done d JOIN keptword_onboarding.event e ON e.id = d.event_id WHERE "
            f"d.source = 'onboarding' AND e.kind = 'engagement.active' AND e.id > {told.since['onboarding']}")) == HIRED,
            30, "hdm hearing of the signatures")
        time.sleep(max(0.0, stopped + pause - time.monotonic()))
        early = told.taken()
        say(f"{len(raised)} events were raised for payments; it has taken {len(early)} of them so far. Others are not held "
            f"up by it: hdm has taken its {HIRED}.")
        if early:
            trouble.append("a worker that is stopped took events")
        if len(raised) < HIRED + 5:
            trouble.append("too few events were raised for this to prove anything")
    finally:
        os.kill(pid, signal.SIGCONT)
    began = time.monotonic()
    # In the middle of catching up it is killed as well.
    time.sleep(0.05)
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    site.wait(lambda: len(told.taken()) >= len(raised), 60, "payments taking what it missed")
    say(f"The worker goes on, is killed (-9) while it catches up, and has taken all after {time.monotonic() - began:.1f} s.")
    time.sleep(1.5)  # what would be taken twice is taken in the next round
    expected, found = told.effects()
    lost = sorted(set(raised) - set(told.taken())) + sorted(e for e in expected if not found.get(e))
    doubled = sorted(e for e, n in found.items() if n > 1 or e not in expected)
    for word, effects in (("lost", lost), ("doubled", doubled)):
        for effect in effects[:10]:
            say(f"    {word}: {effect}")
    say(f"{len(raised)} events, {len(told.taken())} taken; {len(expected)} effects expected, {sum(found.values())} found: "
        f"{len(lost)} lost, {len(doubled)} doubled.")
    survey.publish()
    return signed, len(lost), len(doubled), trouble


def prove_privacy(site, say):
    """Another person's statement is answered like one that does not exist."""
    trouble = []
    mine, other = "marta.kowalczyk@example.org", "layla.mansour@example.org"
    rows = site.sql("SELECT LOWER(HEX(s.public_id)) FROM keptword_payments.statement s JOIN keptword_core.person p "
                    f"ON p.id = s.person_id WHERE p.email = '{other}' ORDER BY s.id DESC LIMIT 1")
    if not rows:
        raise Absent("The demo has no statements to ask for.")
    place = "/payments/statements/" + id_text(rows[0][0])
    asked = {email: site.person(email).get(place).status for email in (other, mine)}
    nobody = site.person().get("/payments/statements/" + "0" * 26, follow=False).status
    say(f"{other} opens a statement of their own: {asked[other]}. {mine} asks for the same address: {asked[mine]}. "
        f"Nobody signed in: {nobody} to the sign-in page.")
    if asked != {other: 200, mine: 404} or nobody != 303:
        trouble.append("a statement was not kept to its owner")
    return trouble + prove_signature(site, site.person(other), place, say)


def prove_signature(site, owner, place, say):
    """The PDF of a statement is checked as anybody would, as it is and with one byte flipped."""
    pdf = owner.get(place + "/pdf").body
    flipped = bytearray(pdf)
    flipped[len(flipped) // 3] ^= 1
    said = []
    for content in (pdf, bytes(flipped)):
        stranger = site.person()
        page = stranger.submit(stranger.get("/payments/verify"), "/payments/verify/file", files=[("file", "a.pdf", content)])
        said.append("valid" if "This file is real." in page.words else "invalid" if "This file was changed." in page.words
                    else f"no answer ({page.status})")
    say(f"The PDF of that statement at /payments/verify: {said[0]}; with one of its {len(pdf)} bytes flipped: {said[1]}.")
    return [] if said == ["valid", "invalid"] else ["a changed PDF was not told from a real one"]
