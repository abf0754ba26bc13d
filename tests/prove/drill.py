#!/usr/bin/env python3
"""make drill: a backup of the running demo while people fill in forms, restored beside it into an empty
RUN on another port, and compared: what was acknowledged before the backup point stands there once. Answers to
a survey that is open are the exception, by design: the restore has to say how many are lost, and the page too.

    drill.py [--run RUN] [--seconds N] [--damage] [--statements N]

    --damage       changes a byte of the backup, on purpose: the restore has to refuse it
    --statements   makes N statements in the demo first; they stay

Exit code 0: nothing was lost, nothing doubled. 1: something was. 2: it could not be tried.
"""
import argparse
import json
import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from prove import begin, running, say  # noqa: E402
import prove  # noqa: E402
from instance import TOP, Site  # noqa: E402
from kinds import Absent, Application, Contact, TimeByHand, TrackerFile, visitor  # noqa: E402
from ledger import ACKNOWLEDGED, Ledger  # noqa: E402
from survey import Answers  # noqa: E402

PAGES = ("/sign-in", "/healthz", "/apply")


class Dated(Ledger):
    """Knows when each form was acknowledged first."""

    def told(self, intent):
        if intent.state == ACKNOWLEDGED and not hasattr(intent, "at"):
            intent.at = time.time()
        super().told(intent)


def script(name, *words, **variables):
    return subprocess.run(["sh", str(TOP / "cgi-bin/run" / name), *words], env={**os.environ, **variables},
                          capture_output=True, text=True, check=False)


def timed(times, what, action):
    began = time.monotonic()
    done = action()
    times.append((what, time.monotonic() - began))
    if done.returncode:
        raise AssertionError(f"{what}: {done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def backup(site, home, times):
    timed(times, "backup, under load", lambda: script(
        "backup.sh", RUN=str(site.run), BACKUP_TO=str(home / "backup"), BACKUP_KEYS_TO=str(home / "backup-keys")))
    made = max((home / "backup").glob("2*Z"))
    return made, json.loads((made / "manifest.json").read_text())


def damage(made):
    with open(made / "database.sql.gz", "r+b") as file:
        file.seek(1000)
        byte = file.read(1)
        file.seek(1000)
        file.write(bytes([byte[0] ^ 1]))


def restore(site, home, made):
    variables = {"RUN": str(home / "r"), "PORT": str(free_port()), "LISTEN": "127.0.0.1", "PUBLIC_URL": "", "TLS": "",
                 "DEMO": site.setting("DEMO"), "KEPTWORD_SCRYPT_LOG_N": "14"}
    return lambda: script("restore.sh", str(made), **variables)


def statements(site, number, times):
    """More of them, so that backup and restore have the size of a real system."""
    began = time.monotonic()
    site.many_statements(-(-number // 26), 26, lines=2)
    times.append(("making statements", time.monotonic() - began))
    say(f"{int(site.one('SELECT COUNT(*) FROM keptword_payments.statement')):,} statements stand.")


def survey(answers, there, said):
    """What became of the open survey: [what is not as it should be]."""
    sealed = int(there.one(f"SELECT COUNT(*) FROM keptword_feedback.sealed_response WHERE run_id = {answers.round.number}"))
    told = f"Lost by design: {sealed} answers of 1 open anonymous survey(s)."
    page = visitor(there, answers.people[0].email).get("/feedback/answer/" + answers.round.id).words
    say(f"  {answers.name:16} {sealed} sealed answers came along, which nobody can read: the restore says so, the page too")
    return ([f"no answer came along ({sealed})"] if not sealed else []) \
        + ([f"the restore does not say: {told}"] if told not in said else []) \
        + (["the page does not say that answers are lost"] if "cannot be read on this machine" not in page else [])


def compare(clients, ledger, there, point):
    """One line per kind; (acknowledged before the point, lost, doubled)."""
    sums = [0, 0, 0]
    say(f"  {'':16} {'acknowledged':>12} {'before the point':>17} {'lost':>5} {'doubled':>8}")
    for client in clients:
        if isinstance(client.kind, Answers):
            continue
        client.kind.site = there
        found = client.kind.found()
        acknowledged = [i for i in ledger.of(client.kind, ACKNOWLEDGED) if not i.unmarked]
        before = [i.marker for i in acknowledged if i.at < point]
        lost, doubled = [m for m in before if not found.get(m)], [m for m, n in found.items() if n > 1]
        say(f"  {client.kind.name:16} {len(acknowledged):12} {len(before):17} {len(lost):5} {len(doubled):8}")
        for place, n in enumerate((len(before), len(lost), len(doubled))):
            sums[place] += n
    return sums


def drill(site, args, home):
    times, tag = [], "drill" + secrets.token_hex(3)
    ledger, rng = Dated(home / "drill.tsv"), random.Random(args.seed)
    prove.KINDS = [TrackerFile, TimeByHand, Contact, Application, Answers]
    if args.statements and site.one("SELECT COUNT(*) FROM keptword_payments.legal_entity WHERE id = 1000001") == "0":
        statements(site, args.statements, times)
    clients = begin(site, tag, ledger, rng)
    say(f"{len(clients)} people fill in forms: " + ", ".join(c.kind.name for c in clients) + ".")
    for client in clients:
        client.start()
    try:
        time.sleep(args.seconds)
        made, manifest = backup(site, home, times)
        time.sleep(1)
    finally:
        for client in clients:
            client.stop.set()
        for client in clients:
            client.join(60)
    point = datetime.strptime(manifest["point"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()
    say(f"Backup point {manifest['point']}; the database's part holds {manifest['database.sql.gz bytes']:,} bytes.")
    if args.damage:
        damage(made)
    try:
        done = timed(times, "restore, until pages answer", restore(site, home, made))
        say(done.stdout[done.stdout.rindex("Restored from"):].rstrip())
        os.environ["KEPTWORD_SITE_RUN"] = str(home / "r")
        there = Site()
        pages = [(page, there.person().get(page).status) for page in PAGES]
        marta = there.person("contributor").get("/payments/statements").status
        sums = compare(clients, ledger, there, point)
        unread = [what for c in clients if isinstance(c.kind, Answers) for what in survey(c.kind, there, done.stdout)]
        audit = there.command("portal", "check-audit")
    finally:
        script("stop.sh", "quiet", RUN=str(home / "r"))
        for client in clients:
            client.kind.site = site
            client.kind.finish()
            client.kind.end()
    for what, took in times:
        say(f"  {what:30} {took:7.1f} s")
    trouble = [f"{page} answers {status}" for page, status in pages if status != 200]
    trouble += [f"a contributor's statements answer {marta}"] if marta != 200 else []
    trouble += unread + ([f"check-audit: {audit.stderr}"] if audit.returncode else [])
    trouble += [f"{c.kind.name}: {c.failure!r}" for c in clients if c.failure]
    trouble += [] if sums[0] >= len(clients) else ["too little was acknowledged before the point for this to prove anything"]
    for what in trouble:
        say(f"Not as it should be: {what}.")
    say(f"{sums[0]} acknowledged before the backup point, {sums[1]} lost, {sums[2]} doubled")
    return 1 if any(sums[1:]) or trouble else 0


def main():
    base = "/var/lib/keptword/demo" if os.geteuid() == 0 else TOP / "run"
    parser = argparse.ArgumentParser(description="Backup under load, restore beside it, comparison.")
    parser.add_argument("--run", type=Path, default=Path(os.environ.get("RUN") or base))
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--damage", action="store_true")
    parser.add_argument("--statements", type=int, default=0)
    args = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="kw-", dir="/tmp"))
    home.chmod(0o755)
    try:
        return drill(running(args.run), args, home)
    except Absent as why:
        print(why, file=sys.stderr)
        return 2
    except AssertionError as why:
        say(f"Not as it should be: {why}")
        return 1
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
