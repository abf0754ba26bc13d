"""Backup under load and restore beside it; what a restore refuses before it touches anything."""
import json
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

from instance import TOP, Site


def script(name, *words, **variables):
    return subprocess.run(["sh", str(TOP / "cgi-bin/run" / name), *words], env={**os.environ, **variables},
                          capture_output=True, text=True, check=False)


class Backup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(KEPTWORD_SCRYPT_LOG_N="14", GUESSES="1000")
        keys = cls.site.run / "keys"
        for name in ("accommodation.key", "run-00000000000000000000000000.key"):
            (keys / name).write_bytes(bytes(range(32)))
            shutil.chown(keys / name, "keptword", "keptword") if os.geteuid() == 0 else None
            (keys / name).chmod(0o600)
        done = script("backup.sh", RUN=str(cls.site.run))
        assert done.returncode == 0, done.stderr
        cls.made = max((cls.site.run / "backup").glob("2*Z"))
        cls.keys = cls.site.run / "backup-keys" / (cls.made.name + ".tar")
        cls.empty = cls.site.folder / "empty"

    def refused(self, *words, folder=None, **variables):
        """What restore.sh says when it refuses; nothing may have been made."""
        done = script("restore.sh", str(folder or self.made), *words,
                      **{"RUN": str(self.empty), "PORT": "8199", "DEMO": "1", **variables})
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertFalse(self.empty.exists(), "something was touched")
        self.assertNotIn("Loading", done.stdout)
        return done.stderr

    def changed(self, name, content):
        """A copy of the backup in which one part is another; the manifest says that it fits."""
        copy = self.site.folder / "copy" / self.made.name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.made, copy)
        (copy / name).write_text(content, encoding="utf-8")
        manifest = (copy / "manifest.json").read_text()
        old = json.loads(manifest)[name]
        new = subprocess.run(["sha256sum", str(copy / name)], capture_output=True, text=True, check=True).stdout.split()[0]
        (copy / "manifest.json").write_text(manifest.replace(old, new))
        return copy

    def test_the_drill(self):
        done = subprocess.run([sys.executable, str(TOP / "tests/prove/drill.py"), "--run", str(self.site.run), "--seconds", "3",
                               "--seed", "4"], capture_output=True, text=True, timeout=240, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertRegex(done.stdout.splitlines()[-1], r"^\d+ acknowledged before the backup point, 0 lost, 0 doubled$")

    def test_keys_are_apart_and_those_of_open_surveys_nowhere(self):
        names = subprocess.run(["tar", "tf", str(self.keys)], capture_output=True, text=True, check=True).stdout
        self.assertIn("accommodation.key", names)
        self.assertNotIn("run-", names)
        self.assertNotIn("secrets", names)
        self.assertEqual(self.keys.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.made.stat().st_mode & 0o077, 0)
        files = subprocess.run(["tar", "tzf", str(self.made / "files.tar.gz")], capture_output=True, text=True, check=True)
        self.assertNotIn(".key", files.stdout)

    def test_the_last_one_is_told(self):
        point, place = (self.site.run / "backup/last").read_text().split()
        self.assertEqual(point, json.loads((Path(place) / "manifest.json").read_text())["point"])

    def test_a_damaged_or_unfinished_one(self):
        copy = self.site.folder / "copy" / self.made.name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.made, copy)
        data = bytearray((copy / "database.sql.gz").read_bytes())
        data[len(data) // 2] ^= 1
        (copy / "database.sql.gz").write_bytes(data)
        self.assertIn("is damaged", self.refused(str(self.keys), folder=copy))
        (copy / "manifest.json").unlink()
        self.assertIn("not a finished backup", self.refused(str(self.keys), folder=copy))

    def test_of_an_installed_system(self):
        manifest = (self.made / "manifest.json").read_text()
        self.assertIn('"layout": "run"', manifest)
        copy = self.site.folder / "copy" / self.made.name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.made, copy)
        (copy / "manifest.json").write_text(manifest.replace('"layout": "run"', '"layout": "system"'))
        self.assertIn("keptword restore", self.refused(str(self.keys), folder=copy))

    def test_without_or_with_other_keys(self):
        self.assertIn("are not at /nonexistent", self.refused("/nonexistent"))
        other = self.site.folder / "other.tar"
        other.write_bytes(b"x")
        self.assertIn("not what the manifest says", self.refused(str(other)))

    def test_into_a_place_that_holds_something(self):
        done = script("restore.sh", str(self.made), RUN=str(self.site.run), PORT="8199", DEMO="1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("Something runs", done.stderr)
        held = self.site.folder / "held"
        (held / "db").mkdir(parents=True)
        (held / "db/ibdata1").write_text("x")
        done = script("restore.sh", str(self.made), RUN=str(held), PORT="8199", DEMO="1")
        self.assertIn("holds something already", done.stderr)
        self.assertEqual(sorted(p.name for p in held.iterdir()), ["db"])

    def test_another_kind_of_system(self):
        self.assertIn("DEMO=1", self.refused(DEMO="0"))

    def test_a_newer_or_an_unknown_schema(self):
        text = (self.made / "schema.tsv").read_text()
        newer = text + "core/steps/0999-later.sql for keptword_core\t" + "0" * 64 + "\n"
        self.assertIn("the data is of a newer one", self.refused(str(self.keys), folder=self.changed("schema.tsv", newer)))
        lines = text.splitlines(keepends=True)

        def with_another_sum(path, lines):
            return "".join(f"{path} for keptword_core\t{'0' * 64}\n" if line.startswith(f"{path} for") else line for line in lines)

        base = "core/steps/0000-base.sql"
        said = self.refused(str(self.keys), folder=self.changed("schema.tsv", with_another_sum(base, lines)))
        self.assertIn(f"{base} for keptword_core was edited after it was applied", said)
        # Of a time before the steps: its tables have to be ours.
        before = [line for line in lines if not line.startswith(base)]
        said = self.refused(str(self.keys), folder=self.changed("schema.tsv", with_another_sum("core/person.sql", before)))
        self.assertIn("core/person.sql for keptword_core is not what", said)

    def test_old_ones_go_but_never_the_newest(self):
        old = self.site.run / "backup/20200101T000000Z"
        old.mkdir()
        (old / "manifest.json").write_text("{}")
        os.utime(old / "manifest.json", (0, 0))
        half = self.site.run / "backup/20200102T000000Z"
        half.mkdir()
        done = script("backup.sh", RUN=str(self.site.run), BACKUP_KEEP="3")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(old.exists() or half.exists())
        self.assertTrue(self.made.exists())


if __name__ == "__main__":
    unittest.main()
