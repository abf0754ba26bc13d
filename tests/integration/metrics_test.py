"""The numbers of each program: those that are described, no others, on a loopback port of their own."""
import re
import socket
import time
import unittest
import urllib.error
import urllib.request

from instance import TOP, Site


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.site = Site(KEPTWORD_SCRYPT_LOG_N="14", GUESSES="1000", METRICS_PORT=str(cls.port))

    def read(self, plugin):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics/{plugin}", timeout=5) as answer:
            return answer.read().decode()

    def value(self, plugin, line):
        found = re.search(rf"^{re.escape(line)} (\S+)$", self.read(plugin), re.M)
        return float(found[1]) if found else None

    def test_what_is_described_is_answered(self):
        (self.site.run / "backup").mkdir(exist_ok=True)
        (self.site.run / "backup").chmod(0o755)
        (self.site.run / "backup/last").write_text("2026-11-01T00:00:00Z /x\n")
        text = (TOP / "cgi-bin/run/metrics.md").read_text(encoding="utf-8")
        described = set(re.findall(r"^\| `(keptword_\w+)` \| (\w+) \|", text, re.M))
        own = {m for m in described if f"`{m[0]}` | {m[1]} | portal: " in text}
        for plugin in ("portal", "onboarding", "payments", "feedback", "hdm"):
            answered = set(re.findall(r"^# TYPE (keptword_\w+) (\w+)$", self.read(plugin), re.M))
            self.assertEqual(answered, described if plugin == "portal" else described - own, plugin)

    def test_requests_are_counted_by_pattern(self):
        line = 'keptword_requests_total{method="GET",route="/design/words",status="2xx"}'
        marta = self.site.person("admin")
        before, count = self.value("portal", line) or 0, self.value("portal", "keptword_request_seconds_count")
        for _ in range(3):
            self.assertEqual(marta.get("/design/words").status, 200)
        self.assertEqual(self.value("portal", line), before + 3)
        self.assertGreaterEqual(self.value("portal", "keptword_request_seconds_count"), count + 3)
        self.assertEqual(self.value("portal", 'keptword_request_seconds_bucket{le="+Inf"}'),
                         self.value("portal", "keptword_request_seconds_count"))
        self.assertGreaterEqual(self.value("portal", "keptword_sessions"), 1)
        self.assertGreater(self.value("portal", "keptword_db_transactions_total"), 0)

    def until(self, plugin, line, more_than):
        for _ in range(150):
            value = self.value(plugin, line)
            if value is not None and value > more_than:
                return value
            time.sleep(0.1)
        self.fail(f"{line} stays {value}")

    def test_workers_tell_what_they_did(self):
        """A worker answers nobody: its numbers come by the table that it adds to."""
        sealed, sent = 'keptword_audit_sealed_total{process="worker"}', 'keptword_notices_sent_total{process="worker",way="mail"}'
        before = self.value("portal", sealed) or 0, self.value("portal", sent) or 0
        self.site.person("contributor")  # an audit row, and a mail of a new browser
        self.until("portal", sealed, before[0])
        self.until("portal", sent, before[1])
        rows = int(self.site.one("SELECT COUNT(*) FROM keptword_core.audit_seal"))
        self.assertLessEqual(self.value("portal", sealed), rows)
        # A file of people is a job; one that cannot be read is none that failed.
        admin = self.site.person("admin")
        reply = admin.submit(admin.get("/staff/people/import"), "/staff/people/import",
                             files=[("file", "new.csv", b"email,legal_name\nnew@example.org,New Person\n")])
        admin.submit(reply, "/take")
        kind = '{process="worker",kind="people.import"}'
        self.assertGreaterEqual(self.until("portal", "keptword_job_steps_total" + kind, 0), 1)
        self.assertGreater(self.until("portal", "keptword_job_seconds_total" + kind, 0), 0)
        self.assertIsNone(self.value("portal", "keptword_job_failures_total" + kind))
        self.assertIsNone(self.value("payments", sent))
        for line in re.findall(r"^keptword_\w+\{process=.*$", self.read("portal"), re.M):
            self.assertRegex(line, r'^keptword_\w+\{process="worker"(,(kind|way)="[a-z_.]+")?\} \d+(\.\d{6})?$')

    def test_labels_are_patterns(self):
        page = self.site.person("contributor")
        page.get("/payments/statements/" + "0" * 26)
        page.get("/payments/no-such-place")
        for route in re.findall(r'route="([^"]*)"', self.read("payments")):
            self.assertRegex(route, r"^(-|(/(:?[a-z-]+)?)+)$")

    def test_nowhere_else(self):
        for path in ("/metrics", "/metrics/portal", "/-/metrics"):
            self.assertEqual(self.site.person().get(path).status, 404)
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in", timeout=5)
        self.assertEqual(caught.exception.code, 404)


if __name__ == "__main__":
    unittest.main()
