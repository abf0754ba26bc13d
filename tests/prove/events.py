"""What plugins tell each other: held up, it comes late, but all of it and once. And somebody else's
statement is not there."""
import os
import signal
import time

from instance import id_text
from kinds import Absent


def prove_events(site, pause, tag, say):
    raise Absent("events")


def prove_privacy(site, say):
    """Another person's statement is answered like one that does not exist."""
    trouble = []
    mine, other = "marta.kowalczyk@example.org", "layla.mansour@example.org"
    rows = site.sql("SELECT LOWER(HEX(s.public_id)) FROM keptword_payments.statement s JOIN keptword_core.person p "
                    f"ON p.id = s.person_id WHERE p.email = '{other}' ORDER BY s.id DESC LIMIT 1")
    if not rows:
        raise Absent("The demo has no statements to ask for.")
    place = "/payments/statements/" + id_text(rows[0][0])
    asked = {}
    for email in (other, mine):
        asked[email] = site.person(email).get(place).status
    nobody = site.person().get("/payments/statements/" + "0" * 26, follow=False).status
    say(f"{other} opens a statement of their own: {asked[other]}. {mine} asks for the same address: {asked[mine]}. "
        f"Nobody signed in: {nobody} to the sign-in page.")
    if asked != {other: 200, mine: 404} or nobody != 303:
        trouble.append("a statement was not kept to its owner")
    return trouble

