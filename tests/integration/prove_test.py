"""make prove, short and on an instance of its own; and that its comparison notices what it is for."""
import re
import subprocess
import sys
import unittest

from instance import TOP, Site


class Prove(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(KEPTWORD_SCRYPT_LOG_N="14", GUESSES="1000")

    def prove(self, *arguments):
        done = subprocess.run([sys.executable, str(TOP / "tests/prove/prove.py"), "--run", str(self.site.run), "--seed", "19",
                               *arguments], capture_output=True, text=True, timeout=240, check=False)
        last = re.fullmatch(r"(\d+) acknowledged, (\d+) lost, (\d+) doubled", done.stdout.rstrip("\n").rsplit("\n", 1)[-1])
        self.assertIsNotNone(last, done.stdout[-3000:] + done.stderr[-3000:])
        return done.returncode, [int(n) for n in last.groups()], done.stdout

    def test_nothing_is_lost_or_doubled(self):
        code, sums, words = self.prove("--seconds", "12", "--pause", "4")
        self.assertEqual((code, sums[1:]), (0, [0, 0]), words)
        self.assertGreater(sums[0], 60, words)
        for part in ("profile changes", "tracker files", "time entries", "contact notes", "applications", "survey answers",
                     "killed mariadbd", "The worker of payments is held up"):
            self.assertIn(part, words)

    def test_a_lost_row_is_noticed(self):
        code, sums, words = self.prove("--seconds", "4", "--part", "submissions", "--seed-fault", "lost")
        self.assertEqual((code, sums[1:]), (1, [1, 0]), words)

    def test_a_doubled_row_is_noticed(self):
        code, sums, words = self.prove("--seconds", "4", "--part", "submissions", "--seed-fault", "doubled")
        self.assertEqual((code, sums[1:]), (1, [0, 1]), words)

    def test_nothing_runs(self):
        done = subprocess.run([sys.executable, str(TOP / "tests/prove/prove.py"), "--run", "/nonexistent"],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("Start the demo first: make start", done.stderr)


if __name__ == "__main__":
    unittest.main()
