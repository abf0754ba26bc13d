"""The numbers of each program: those that are described, no others, on a loopback port of their own."""
import re
import socket
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
