#!/usr/bin/env python3
"""Shows on the running demo that an upgrade fails no request: people read pages and fill in forms while
each program is replaced by a new copy and started anew, again and again, and nginx reloads every second.

    upgrade.py [--run RUN] [--seconds 60] [--readers 12]

Exit code 0: no GET failed, at most 0.1 % of the forms met a 502 or 503 and had to be sent again, nothing
was lost or doubled. 1: something was. 2: it could not be tried.
"""
import argparse
import os
import random
import secrets
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import prove
from ledger import ACKNOWLEDGED, UNKNOWN, Ledger
from prove import TROUBLE, say

PAGES = {"contributor": ["/", "/payments/statements", "/feedback/surveys", "/hdm/my-contacts", "/profile"],
         "hdm": ["/", "/hdm/staff/people"], "finance": ["/payments/staff/periods"],
         "people_officer": ["/onboarding/staff/applications", "/feedback/staff/surveys"]}
POST_LIMIT = 0.001


class Reader(threading.Thread):
    """Asks for one page after the other, each on a connection of its own."""

    def __init__(self, site, role):
        super().__init__(daemon=True)
        self.person, self.pages = site.person(role), PAGES[role]
        self.stop, self.asked, self.failed, self.slowest = threading.Event(), 0, [], 0.0

    def run(self):
        while not self.stop.is_set():
            path = self.pages[self.asked % len(self.pages)]
            began = time.monotonic()
            try:
                status = self.person.get(path, follow=False).status
            except TROUBLE as trouble:
                status = repr(trouble)
            self.asked += 1
            self.slowest = max(self.slowest, time.monotonic() - began)
            if status != 200:
                self.failed.append(f"{path}: {status}")
            time.sleep(0.005)


class Upgrader(threading.Thread):
    """What `make install && keptword upgrade` does to what runs, over and over."""

    def __init__(self, site):
        super().__init__(daemon=True)
        self.site, self.stop, self.failure = site, threading.Event(), None
        self.upgrades, self.reloads, self.slowest = 0, 0, 0.0

    def replace(self, plugin):
        program = self.site.run / "app/bin" / plugin
        shutil.copy(program, f"{program}.new")
        os.replace(f"{program}.new", program)
        for name in (plugin, plugin + ".work"):
            old = self.site.child(name)
            os.kill(old, signal.SIGTERM)
            if name != plugin:
                continue
            began = time.monotonic()
            self.site.wait(lambda: self.site.child(plugin) != old, 15, f"a new {plugin}")  # pylint: disable=cell-var-from-loop
            self.slowest = max(self.slowest, time.monotonic() - began)

    def reload(self):
        while not self.stop.wait(1):
            os.kill(self.site.child("nginx"), signal.SIGHUP)
            self.reloads += 1

    def run(self):
        reloader = threading.Thread(target=self.reload, daemon=True)
        reloader.start()
        plugins = sorted(p.name for p in (self.site.run / "bin").iterdir())
        try:
            while not self.stop.is_set():
                self.replace(plugins[self.upgrades % len(plugins)])
                self.upgrades += 1
                self.stop.wait(0.3)
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure
        reloader.join()


def counted(client, posts):
    """Every attempt to send a form is counted by its status."""
    plain = client.kind.send

    def send(intent):
        try:
            reply = plain(intent)
        except TROUBLE:
            posts["no answer"] = posts.get("no answer", 0) + 1
            raise
        posts[reply.status] = posts.get(reply.status, 0) + 1
        return reply
    client.kind.send = send


def upgrade(site, args):
    rng, ledger, posts = random.Random(1), Ledger(site.run / "log/upgrade.tsv"), {}
    clients = prove.begin(site, "prove" + secrets.token_hex(3), ledger, rng)
    for client in clients:
        counted(client, posts)
    readers = [Reader(site, list(PAGES)[n % len(PAGES)]) for n in range(args.readers)]
    upgrader = Upgrader(site)
    say(f"{len(readers)} people read and {len(clients)} fill in forms for {args.seconds} seconds.")
    for thread in [*clients, *readers, upgrader]:
        thread.start()
    time.sleep(args.seconds)
    for group in ([upgrader], readers, clients):
        for thread in group:
            thread.stop.set()
        for thread in group:
            thread.join(90)
    prove.heal(site)
    for client in clients:
        client.settle()
        client.kind.finish()
    acknowledged, lost, doubled, beyond = prove.compare(clients, ledger)
    for client in clients:
        client.kind.end()
    asked, failed = sum(r.asked for r in readers), [f for r in readers for f in r.failed]
    sent = sum(posts.values())
    refused = posts.get(502, 0) + posts.get(503, 0) + posts.get("no answer", 0)
    say(f"{upgrader.upgrades} programs replaced, each one's successor there within {upgrader.slowest:.2f} s; "
        f"nginx reloaded {upgrader.reloads} times.")
    say(f"GET  {asked:,}, failed {len(failed)}, slowest {max(r.slowest for r in readers):.2f} s")
    say(f"POST {sent:,}, 502/503 or no answer {refused} ({refused / max(sent, 1):.3%})")
    say(f"{acknowledged} acknowledged, {lost} lost, {doubled} doubled, {beyond} stand although refused")
    trouble = [*failed[:10], *[f"{c.kind.name}: {c.failure!r}" for c in clients if c.failure]]
    trouble += [repr(upgrader.failure)] if upgrader.failure else []
    trouble += ["nothing was replaced"] if upgrader.upgrades < 5 else []
    trouble += [f"nothing was acknowledged of {c.kind.name}" for c in clients if not ledger.of(c.kind, ACKNOWLEDGED)]
    trouble += ["a form got no answer to the end"] if ledger.of(state=UNKNOWN) else []
    for what in trouble:
        say(f"Not as it should be: {what}.")
    return not (trouble or failed or lost or doubled or beyond) and refused <= POST_LIMIT * sent


def main():
    home = "/var/lib/keptword/demo" if os.geteuid() == 0 else Path(__file__).resolve().parents[2] / "run"
    parser = argparse.ArgumentParser(description="Shows that an upgrade fails no request.")
    parser.add_argument("--run", type=Path, default=Path(os.environ.get("RUN") or home), help="folder of the running demo")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--readers", type=int, default=12)
    args = parser.parse_args()
    try:
        return 0 if upgrade(prove.running(args.run), args) else 1
    except prove.Absent as why:
        print(why, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
