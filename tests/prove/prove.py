#!/usr/bin/env python3
"""Shows on the running demo that what was acknowledged stands, once: people fill in forms while the
programs and the database are killed under them.

    make prove                 60 seconds, then events held up for 30 seconds
    prove.py --seed-fault lost one acknowledged row is taken away before the comparison, on
                               purpose: the comparison has to notice

Exit code 0: nothing was lost, nothing doubled. 1: something was. 2: it could not be tried.
"""
import argparse
import http.client
import os
import random
import secrets
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from events import prove_events, prove_privacy  # noqa: E402
from instance import Site  # noqa: E402
from kinds import Absent, Application, Contact, Profile, TimeByHand, TrackerFile  # noqa: E402
from killer import Killer  # noqa: E402
from ledger import ACKNOWLEDGED, REFUSED, UNKNOWN, Ledger, judge  # noqa: E402
from survey import Answers  # noqa: E402

KINDS = [Profile, TrackerFile, TimeByHand, Contact, Application, Answers]
TROUBLE = (OSError, http.client.HTTPException)


def say(text=""):
    print(text, flush=True)


class Client(threading.Thread):
    """One person at a browser: fills in, sends, and when no answer comes sends the same again."""

    def __init__(self, kind, ledger, seed):
        super().__init__(daemon=True)
        self.kind, self.ledger, self.random = kind, ledger, random.Random(seed)
        self.stop, self.failure = threading.Event(), None
        self.again, self.different = 0, []

    def send(self, intent):
        reply = None
        try:
            intent.sent += 1
            reply = self.kind.send(intent)
        except TROUBLE:
            pass
        state, intent.said = judge(reply)
        # What was sent before may stand whatever a later answer says of its own attempt.
        intent.state = state
        self.ledger.told(intent)
        return reply

    def once(self):
        try:
            intent = self.kind.next()
        except (*TROUBLE, AssertionError):
            return False  # the page could not be had just now
        if intent is None:
            return False
        if not intent.unmarked and self.random.random() < 0.1:
            # A field that is there twice is refused by every form.
            intent.broken = True
            intent.pairs += [p for p in intent.pairs if not p[0].startswith("_")][:1]
        self.ledger.meant(intent)
        reply = self.send(intent)
        if intent.state == UNKNOWN:
            self.stop.wait(self.random.uniform(0.2, 1.0))
            reply = self.send(intent)
        if intent.state == ACKNOWLEDGED and not intent.unmarked and self.random.random() < 0.2:
            self.click_again(intent, reply)
        self.kind.settled(intent, reply)
        return True

    def click_again(self, intent, reply):
        """A double click: the same receipt, and one effect."""
        try:
            second = self.kind.send(intent)
        except TROUBLE:
            return
        if judge(second)[0] != UNKNOWN:
            self.again += 1
            if second.header("Location") != reply.header("Location"):
                self.different.append(f"{intent.marker}: {second.status} {second.header('Location')}")

    def run(self):
        try:
            while not self.stop.is_set():
                self.stop.wait(self.random.uniform(0.01, 0.05) if self.once() else 0.2)
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure  # told at the end: a client that died proves nothing

    def settle(self):
        """What is still open after the healing is sent once more, and again when a busy machine says 503."""
        for intent in self.ledger.of(self.kind, UNKNOWN):
            for _ in range(4):
                self.send(intent)
                if intent.state != UNKNOWN:
                    break
                time.sleep(1)


def running(run):
    if not (run / "env").exists() or not (run / "pid" / "nginx").exists():
        raise Absent(f"Nothing runs under {run}. Start the demo first: make start")
    os.environ["KEPTWORD_SITE_RUN"] = str(run)
    site = Site.shared()
    if not site.url.startswith("http://"):
        raise Absent("The demo runs with TLS; this proof speaks plain http on the loopback. Start it without TLS.")
    if site.setting("DEMO") != "1":
        raise Absent("This is not a demo; the proof kills its database and will not do that to real data.")
    return site


def begin(site, tag, ledger, rng):
    clients = []
    for number, make in enumerate(KINDS, 1):
        try:
            clients.append(Client(make(site, tag, number), ledger, rng.random()))
        except Absent as why:
            say(f"  not tried: {make.name} ({why})")
    return clients


def heal(site):
    site.wait(lambda: http_ok(site), 60, "the demo being well again")


def http_ok(site):
    try:
        return site.person().get("/healthz").status == 200
    except TROUBLE:
        return False


def seed_fault(which, clients, ledger, rng):
    candidates = [i for c in clients for i in c.kind.victims(ledger.of(c.kind))]
    victim = rng.choice(candidates)
    getattr(victim.kind, {"lost": "lose", "doubled": "double"}[which])(victim.marker)
    say(f"On purpose, one acknowledged row was {'taken away' if which == 'lost' else 'doubled'}: "
        f"{victim.marker} ({victim.kind.name}). The comparison has to notice.")


def compare(clients, ledger):
    """Prints one line per kind; the sums (acknowledged, lost, doubled, beyond)."""
    sums = [0, 0, 0, 0]
    say(f"  {'':16} {'sent':>6} {'stands':>7} {'refused':>8} {'open':>5} {'lost':>5} {'doubled':>8}")
    for client in clients:
        intents = ledger.of(client.kind)
        counts = [sum(i.state == s for i in intents) for s in (ACKNOWLEDGED, REFUSED, UNKNOWN)]
        lost, doubled, beyond = client.kind.compare(intents)
        say(f"  {client.kind.name:16} {len(intents):6} {counts[0]:7} {counts[1]:8} {counts[2]:5} "
            f"{len(lost):5} {len(doubled):8}")
        for word, markers in (("lost", lost), ("doubled", doubled), ("stands although it was refused", beyond)):
            for marker in markers[:10]:
                say(f"    {word}: {marker}")
        for place, n in enumerate((counts[0], len(lost), len(doubled), len(beyond))):
            sums[place] += n
    return sums


def submissions(site, args, rng, tag):
    ledger = Ledger(args.log)
    clients = begin(site, tag, ledger, rng)
    if not clients:
        raise Absent("There is no form that could be tried.")
    killer = Killer(site, rng, say)
    say(f"{len(clients)} people fill in forms for {args.seconds} seconds: "
        + ", ".join(c.kind.name for c in clients) + ".")
    say("One in ten forms is filled in wrongly, on purpose: it has to be refused and must leave nothing behind.")
    say("Meanwhile these are killed with -9, in an order that the seed gives: "
        + ", ".join(killer.serving + killer.workers) + ".")
    for client in clients:
        client.start()
    killer.start()
    time.sleep(args.seconds)
    if args.seconds >= 12:  # there was time for each; a busy machine may want a little more of it
        site.wait(lambda: {name for name, _ in killer.kills} >= set(killer.serving), 60, "a kill of everything that serves")
    killer.stop.set()
    killer.join(90)
    for client in clients:
        client.stop.set()
    for client in clients:
        client.join(90)
    heal(site)
    open_before = len(ledger.of(state=UNKNOWN))
    again = sum(i.sent > 1 for i in ledger.of())
    for client in clients:
        client.settle()
    say(f"{len(killer.kills)} kills; everything is well again. {again} forms got no answer at first and were sent "
        f"again as they were; {open_before} of them had none even then and were sent a last time after the healing.")
    for client in clients:
        client.kind.finish()
    say(f"{sum(c.again for c in clients)} acknowledged forms were sent once more, like a double click, and got "
        f"the same receipt{'' if not any(c.different for c in clients) else ', but not all'}.")
    if args.seed_fault:
        seed_fault(args.seed_fault, clients, ledger, rng)
    say("Every form that was acknowledged is looked up in the tables, and every row of ours in the list of forms:")
    acknowledged, lost, doubled, beyond = compare(clients, ledger)
    for client in clients:
        client.kind.end()
    say("The rows of this proof are taken away again, so that the demo stays as it was; the survey and the audit rows stand.")
    trouble = [f"{c.kind.name}: {c.failure!r}" for c in clients if c.failure]
    trouble += [] if len(killer.kills) >= args.seconds // 8 else ["too little was killed for this to prove anything"]
    trouble += [f"a second click got another receipt ({c.different[0]})" for c in clients if c.different]
    trouble += [f"nothing was acknowledged of {c.kind.name}" for c in clients if not ledger.of(c.kind, ACKNOWLEDGED)]
    wrong = [i for i in ledger.of(state=REFUSED) if not i.broken]
    trouble += [f"{len(wrong)} well-filled forms were refused, the first one ({wrong[0].marker}) with {wrong[0].said}"] if wrong else []
    trouble += ["after the healing a form still got no answer"] if ledger.of(state=UNKNOWN) else []
    slowest = max(killer.kills, key=lambda k: k[1], default=("nothing", 0))
    say(f"Slowest to serve again: {slowest[0]}, {slowest[1]:.2f} s. What each client meant and was told: {args.log}")
    return acknowledged, lost, doubled, beyond, trouble


def arguments():
    home = "/var/lib/keptword/demo" if os.geteuid() == 0 else Path(__file__).resolve().parents[2] / "run"
    parser = argparse.ArgumentParser(description="Shows that nothing acknowledged is lost or doubled.")
    parser.add_argument("--run", type=Path, default=Path(os.environ.get("RUN") or home), help="folder of the running demo")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--pause", type=int, default=30, help="seconds for which a worker is held up")
    parser.add_argument("--seed", type=int, default=None, help="gives the order of killing; printed")
    parser.add_argument("--part", choices=("all", "submissions", "events"), default="all")
    parser.add_argument("--seed-fault", choices=("lost", "doubled"))
    args = parser.parse_args()
    if args.seed is None:
        args.seed = secrets.randbelow(10 ** 6)
    args.log = args.run / "log" / "prove.tsv"
    return args


def main():
    args = arguments()
    rng = random.Random(args.seed)
    tag = "prove" + secrets.token_hex(3)
    sums, trouble = [0, 0, 0, 0], []
    try:
        site = running(args.run)
        say(f"Seed {args.seed} (the same seed kills in the same order).")
        if args.part in ("all", "submissions"):
            *sums, trouble = submissions(site, args, rng, tag)
        if args.part in ("all", "events") and not args.seed_fault:
            signed, lost, doubled, more = prove_events(site, args.pause, tag, say)
            sums = [sums[0] + signed, sums[1] + lost, sums[2] + doubled, sums[3]]
            trouble += more
        trouble += prove_privacy(site, say)
    except Absent as why:
        print(why, file=sys.stderr)
        return 2
    for what in trouble:
        say(f"Not as it should be: {what}.")
    if sums[3]:
        say(f"Not as it should be: {sums[3]} rows stand although their form was refused or never sent.")
    say(f"{sums[0]} acknowledged, {sums[1]} lost, {sums[2]} doubled")
    return 1 if any(sums[1:]) or trouble else 0


if __name__ == "__main__":
    sys.exit(main())
