#!/usr/bin/env python3
"""A mail server and a webhook's target that are down for so many seconds (120) while people submit:

    python3 tests/prove/notices.py [SECONDS]

Starts an instance of its own. Each second a notice by mail and one for the webhook are written, and a
person saves a form; afterwards everything has to arrive, by its own schedule, once under its id. Ends
with one line; exit code 1 when something was lost, doubled or slow.
"""
import collections
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from instance import Site
from sinks import HookSink, MailSink

ADD = ("INSERT INTO keptword_{}.outbox (kind, topic, person_id, path, detail, created_at, not_before, expires_at)"
       " SELECT '{}', '{}', {}, '/', '{{}}', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 DAY")


def submitted(person):
    page = person.get("/profile")
    began = time.monotonic()
    reply = person.submit(page, "/profile", preferred_name="Marta")
    assert reply.status == 200 and "saved=1" in reply.path, reply.status
    return time.monotonic() - began


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    mails, hooks = MailSink(), HookSink()
    folder = Path(tempfile.mkdtemp(prefix="kw-hooks-", dir="/tmp"))
    folder.chmod(0o755)
    (folder / "secret").write_text("of this run alone\n")
    (folder / "hooks").write_text(f"pager http://127.0.0.1:{hooks.port}/ {folder}/secret payments.run_issued\n")
    site = Site(KEPTWORD_MAIL_URL=f"smtp://127.0.0.1:{mails.port}", KEPTWORD_MAIL_FROM="people@lanternfield.example",
                KEPTWORD_WEBHOOKS=str(folder / "hooks"), KEPTWORD_SCRYPT_LOG_N="14", GUESSES="1000")
    queued = "SELECT COUNT(*) FROM keptword_core.notice_delivery WHERE state = 'queued'"
    try:
        marta = site.person("contributor")
        site.wait(lambda: len(mails.mails) > 0 and site.one(queued) == "0", 30, "the demo's mails")
        usual = sorted(submitted(marta) for _ in range(30))
        mails_before, hooks_before = len(mails.mails), len(hooks.calls)
        mails.down()
        hooks.down()
        told, times, end = 0, [], time.monotonic() + seconds
        while time.monotonic() < end:
            site.sql(ADD.format("onboarding", "onboarding.decided", "work", 31))
            site.sql(ADD.format("payments", "payments.run_issued", "staff", 0))
            told += 1
            times.append(submitted(marta))
            time.sleep(0.9)
        assert len(mails.mails) == mails_before and len(hooks.calls) == hooks_before
        mails.up()
        hooks.up()
        began = time.monotonic()
        site.wait(lambda: site.one(queued) == "0", 180, "delivery of everything")
        took = time.monotonic() - began
        by_mail = collections.Counter(m["Message-ID"] for _, m in mails.mails[mails_before:])
        by_hook = collections.Counter(h["keptword-delivery"] for h, _ in hooks.calls[hooks_before:])
        times.sort()
        lost = 2 * told - len(by_mail) - len(by_hook)
        doubled = sum(by_mail.values()) + sum(by_hook.values()) - len(by_mail) - len(by_hook)
        middle, before = times[len(times) // 2], usual[len(usual) // 2]
        print(f"down for {seconds} s: {told} mails and {told} webhook calls told, {lost} lost, {doubled} doubled, all"
              f" there {took:.1f} s after both came back; {len(times)} submissions meanwhile, median"
              f" {1000 * middle:.0f} ms, slowest {1000 * times[-1]:.0f} ms (before: {1000 * before:.0f} ms)")
        return 1 if lost or doubled or times[-1] > 1 else 0
    finally:
        site.remove()


if __name__ == "__main__":
    sys.exit(main())
