"""Keys of encrypted columns are changed while everything runs."""
import os
import signal
import unittest

from applicants import TIME, Applying

CELL = "FROM keptword_onboarding.application WHERE accommodation_sealed IS NOT NULL"


class Keys(Applying):
    def numbers(self):
        return {int(row[0]) for row in self.site.sql(f"SELECT DISTINCT ORD(SUBSTRING(accommodation_sealed, 2, 1)) {CELL}")}

    def keys(self):
        done = self.site.command("onboarding", "keys")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
        return {int(row[1]): (int(row[3]), row[4]) for row in rows if row[0] == "accommodation"}

    def stop_worker(self, how):
        os.kill(self.site.child("onboarding.work"), how)

    def test_rotation_while_it_runs(self):
        ana, _ = self.begin()
        self.fill(ana, "keys-one@example.org")
        old = max(self.keys())
        self.stop_worker(signal.SIGSTOP)
        try:
            done = self.site.command("onboarding", "rotate-key", "accommodation")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(f"number {old + 1}", done.stdout)
            # Old cells are read, new ones are written with the new key, the old one cannot go.
            self.assertIn(TIME["needs"], ana.get("/apply/check").words)
            ben, _ = self.begin()
            self.fill(ben, "keys-two@example.org")
            self.assertEqual(self.numbers(), {old, old + 1})
            self.assertGreaterEqual(self.keys()[old][0], 1)
            self.assertEqual((self.keys()[old][1], self.keys()[old + 1][1]), ("read", "write"))
            refused = self.site.command("onboarding", "remove-key", "accommodation", str(old))
            self.assertEqual(refused.returncode, 1)
            self.assertIn("is still used by", refused.stderr)
        finally:
            self.stop_worker(signal.SIGCONT)
        self.site.wait(lambda: self.numbers() == {old + 1}, 30, "sealing anew")
        self.assertIn(TIME["needs"], ana.get("/apply/check").words)
        for number, words in ((old + 1, "is the newest"), (0, "Usage"), (200, "There is no number")):
            refused = self.site.command("onboarding", "remove-key", "accommodation", str(number))
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn(words, refused.stderr)
        done = self.site.command("onboarding", "remove-key", "accommodation", str(old))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn(old, self.keys())
        for person in (ana, ben):
            self.assertIn(TIME["needs"], person.get("/apply/check").words)

    def test_a_cell_in_another_place_is_refused(self):
        ana, _ = self.begin()
        self.fill(ana, "keys-three@example.org")
        ben, _ = self.begin()
        self.fill(ben, "keys-four@example.org")
        self.site.sql("UPDATE keptword_onboarding.application a JOIN keptword_onboarding.application b ON"
                      " a.email = 'keys-three@example.org' AND b.email = 'keys-four@example.org'"
                      " SET a.accommodation_sealed = b.accommodation_sealed")
        self.assertNotIn(TIME["needs"], ana.get("/apply/check").words)
        self.site.sql("UPDATE keptword_onboarding.application SET accommodation_sealed = NULL"
                      " WHERE email = 'keys-three@example.org'")

    def test_unknown_names(self):
        for name in ("receipt", "../x", ""):
            refused = self.site.command("onboarding", "rotate-key", name)
            self.assertNotEqual(refused.returncode, 0)
        self.assertIn("no encrypted column", self.site.command("hdm", "rotate-key", "accommodation").stderr)


if __name__ == "__main__":
    unittest.main()
