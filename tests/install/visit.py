#!/usr/bin/env python3
"""Visits an installed site from within its own network (tests/install/debian.sh starts it there).

    visit.py first PUBLIC STAFF LINK      makes the first administrator by the link, signs out and in on both faces
    visit.py again PUBLIC STAFF           signs in as that administrator on both faces
    visit.py load PUBLIC STAFF SECONDS    reads pages until the file keptword-visit.loading, which it makes when it has
                                          begun, is taken away, SECONDS at most; exit code 1 when one request failed
"""
import http.client
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from instance import Person, totp  # noqa: E402

EMAIL, PASSWORD = "ada@example.org", "correct horse battery staple"
# The administrator's second factor and the last step of 30 s whose code was used, between two visits.
STATE = Path(tempfile.gettempdir()) / "keptword-visit.json"
LOADING = Path(tempfile.gettempdir()) / "keptword-visit.loading"  # there while the load goes on
LEAST = 200  # requests without which nothing was shown
PAGES = ["/", "/staff/people", "/profile", "/hdm/staff/people", "/payments/statements", "/feedback/surveys",
         "/onboarding/staff/applications", "/sign-in", "/apply"]


class Face:
    """As much of a Site as a Person needs; the port is that of this machine's loopback."""

    def __init__(self, url):
        self.url, self.port = url, 443


def next_code():
    """A code that was not used: each counts once, and one step ahead is taken."""
    secret, last = json.loads(STATE.read_text())
    step = max(last + 1, int(time.time()) // 30)
    while step > int(time.time()) // 30 + 1:
        time.sleep(1)
    STATE.write_text(json.dumps([secret, step]))
    return totp(secret, step * 30)


def sign_in(url):
    person = Person(Face(url))
    reply = person.submit(person.get("/sign-in"), "/sign-in", email=EMAIL, password=PASSWORD)
    assert reply.path == "/sign-in/code", (url, reply.status, reply.path)
    reply = person.submit(reply, "/sign-in/code", code=next_code())
    assert (reply.status, reply.path) == (200, "/"), (url, reply.status, reply.path)
    return person


def first(public, staff, link):
    visitor = Person(Face(public))
    done = visitor.submit(visitor.get(link), "", legal_name="Ada Example", preferred_name="Ada", email=EMAIL,
                          password=PASSWORD, again=PASSWORD)
    assert (done.status, done.path) == (200, "/sign-in/set-up"), (done.status, done.path, done.words)
    secret, done = visitor.set_up_second_factor(done)
    STATE.write_text(json.dumps([secret, int(time.time()) // 30]))
    assert "Keep these recovery codes" in done.words, (done.status, done.path, done.words)
    assert Person(Face(public)).get(link).status == 404, "the link works twice"
    outside, within = sign_in(public), sign_in(staff)
    assert outside.get("/staff/people", follow=False).status == 404
    assert within.get("/staff/people", follow=False).status == 200
    assert outside.get("/profile", follow=False).status == 200
    # What ends a session ends it for every program, at the next request.
    page = outside.get("/profile")
    outside.submit(page, "/profile/sign-out-everywhere")
    for path in ("/profile", "/payments/statements", "/feedback/surveys", "/hdm/my-contacts", "/onboarding/application"):
        assert within.get(path, follow=False).status == 303, path
    print("First administrator made, signed in on both faces, signed out everywhere at once.")


def again(public, staff):
    for url in (public, staff):
        assert sign_in(url).get("/profile", follow=False).status == 200, url
    print("Signed in on both faces, with the second factor of before.")


def load(public, staff, seconds):
    statuses, slowest, lock = {}, [0.0], threading.Lock()

    def read(person, allowed):
        n = 0
        while time.monotonic() < until and LOADING.exists():
            path, began = PAGES[n % len(PAGES)], time.monotonic()
            try:
                status = person.get(path, follow=False).status
            except (OSError, http.client.HTTPException) as trouble:
                status = repr(trouble)
            with lock:
                good = status in allowed
                key = "fine" if good else f"{path}: {status}"
                statuses[key] = statuses.get(key, 0) + 1
                slowest[0] = max(slowest[0], time.monotonic() - began)
            n += 1
            time.sleep(0.01)

    # An administrator may not open all of these: 403 is the program's answer, too; a public face has no staff pages.
    readers = ((sign_in(staff), (200, 303, 403)), (sign_in(public), (200, 303, 403, 404)))
    until = time.monotonic() + float(seconds)
    threads = [threading.Thread(target=read, args=reader) for reader in readers for _ in range(4)]
    LOADING.touch()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    LOADING.unlink(missing_ok=True)
    failed = {what: n for what, n in statuses.items() if what != "fine"}
    print(f"GET while everything was started anew twice and nginx reloaded: {statuses.get('fine', 0)} fine, "
          f"failed {sum(failed.values())} {failed or ''}, slowest {slowest[0]:.2f} s")
    return 1 if failed or statuses.get("fine", 0) < LEAST else 0


if __name__ == "__main__":
    sys.exit({"first": first, "again": again, "load": load}[sys.argv[1]](*sys.argv[2:]))
