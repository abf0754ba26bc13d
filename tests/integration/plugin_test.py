"""make plugin: in a copy of this tree a plugin is made, and everything that has to find it does: the
build, the checkers, its unit test, the schema, a running instance with its own test. Names that
cannot be are refused with a sentence and nothing is written.

The copy takes over what is built here, and the programs of the other plugins as they are, so only
the new one and what depends on the names of templates is compiled.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
NAME = "extra_one"


def run(folder, *words, **more):
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False,
                          env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "RUN",
                                                                                "PORT", "SITE", "BIN", "BASE_URL")} | more)


class MakePlugin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = Path(tempfile.mkdtemp(prefix="kwplugin-", dir="/tmp"))
        cls.top.chmod(0o755)
        cls.addClassCleanup(shutil.rmtree, cls.top, ignore_errors=True)
        names = run(TOP, "git", "ls-files", "-co", "--exclude-standard").stdout.split("\n")
        for name in names:
            if name and (TOP / name).is_file():
                (cls.top / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(TOP / name, cls.top / name)
        shutil.copytree(TOP / "bin", cls.top / "bin")
        (cls.top / "build").mkdir()
        for path in ("obj", "gen", "site", "flags", "templates.stamp", "libkeptword.a"):
            copy = shutil.copytree if (TOP / "build" / path).is_dir() else shutil.copy2
            copy(TOP / "build" / path, cls.top / "build" / path)
        run(cls.top, "git", "init", "-q")
        cls.made = run(cls.top, "make", "plugin", f"NAME={NAME}")

    def good(self, done):
        self.assertEqual(done.returncode, 0, (done.stdout + done.stderr)[-4000:])
        return done.stdout

    def test_names_that_cannot_be(self):
        before = run(self.top, "git", "status", "--short", "-uall").stdout
        for name, why in (("", "Say how"), ("Leave", "small letters"), ("x", "2 to 21"), ("a-b", "small letters"),
                          ("a" * 22, "2 to 21"), ("../x", "small letters"), ("hdm", "already"), ("form", "already"),
                          ("core", "already"), ("apply", "already"), ("search", "already"), ("time", "is a word"),
                          ("hdm_x", "cannot be told"), ("extra", "cannot be told"), (NAME, "already")):
            with self.subTest(name=name):
                done = run(self.top, sys.executable, "cgi-bin/run/make_plugin.py", name)
                self.assertEqual(done.returncode, 1)
                self.assertIn(why, done.stderr)
        self.assertEqual(run(self.top, "git", "status", "--short", "-uall").stdout, before)

    def test_nothing_is_overwritten(self):
        path = self.top / "nginx/locations/another.conf"
        path.write_text("mine\n", encoding="utf-8")
        self.addCleanup(path.unlink)
        done = run(self.top, sys.executable, "cgi-bin/run/make_plugin.py", "another")
        self.assertEqual((done.returncode, path.read_text(encoding="utf-8")), (1, "mine\n"))
        self.assertFalse((self.top / "cgi-bin/another").exists())

    def test_it_passes_what_every_plugin_has_to(self):
        self.good(self.made)
        for check in ("source", "templates", "languages", "readme", "retention"):
            with self.subTest(check=check):
                self.good(run(self.top, sys.executable, f"tests/checks/{check}.py"))
        unit = f"build/unit/{NAME}_ask_test"
        self.good(run(self.top, "make", "-s", "-j2", f"bin/{NAME}", unit, "build/site/.made"))
        self.assertIn("[  PASSED  ]", (said := run(self.top, unit)).stdout + said.stderr)
        rows = {tuple(line.split("\t")[:2]) for line in
                (self.top / "tests/integration/matrix.tsv").read_text(encoding="utf-8").splitlines()}
        for line in self.good(run(self.top, f"bin/{NAME}", "routes")).splitlines():
            method, path = line.split("\t")[:2]
            if ":" in path:
                self.assertIn((method, path), rows)
        self.serve()

    def serve(self):
        """The whole instance with it, and its own test there."""
        script = "tests/lib/instance.sh"
        started = run(self.top, "sh", script, "start", TEST_RUN="", TEST_PORT="", FRESH="1")
        try:
            self.good(started)
            site = next(line for line in started.stdout.splitlines() if line.startswith("TEST_RUN="))[9:]
            said = self.good(run(self.top, sys.executable, "tests/run.py", NAME, KEPTWORD_SITE_RUN=site))
            self.assertRegex(said.splitlines()[-1], r"^[1-9]\d* passed, 0 failed, 0 skipped$")
        finally:
            self.good(run(self.top, "sh", script, "stop", TEST_RUN="", TEST_PORT="1"))
            if site := [line[9:] for line in started.stdout.splitlines() if line.startswith("TEST_RUN=")]:
                shutil.rmtree(site[0], ignore_errors=True)


if __name__ == "__main__":
    unittest.main()
