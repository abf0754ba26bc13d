"""What plugins tell each other: held up, it comes late, but all of it and once. And somebody else's
statement is not there."""
import os
import signal
import time

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


def id_text(hexadecimal):
    """16 bytes as the 26 characters of an address (common/data/crypto.h)."""
    value = int(hexadecimal, 16) << 2
    return "".join("0123456789abcdefghjkmnpqrstvwxyz"[value >> 5 * place & 31] for place in range(25, -1, -1))
