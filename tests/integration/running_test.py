"""How it is run: what start refuses, what comes back when it is killed, what stops, that two run
side by side, and that an empty system begins with one link."""
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fcgi import within
from instance import TOP, Person, Site

RUN_SCRIPTS = TOP / "cgi-bin/run"
ROLES = {"applicant", "contributor", "reviewer", "pod_lead", "hdm", "hdl", "spl", "people_officer",
         "finance", "care_officer", "benchmark_keeper", "admin", "auditor"}


def script(name, *words, **settings):
    plain = {key: value for key, value in os.environ.items()
             if key not in ("PORT", "LISTEN", "TLS", "DEMO", "PUBLIC_URL", "RUN")}
    return subprocess.run(["sh", str(RUN_SCRIPTS / name), *words], env={**plain, **settings},
                          capture_output=True, text=True, check=False)


def run_folder():
    return Site.shared().run


def child(name):
    """The pid of the process that is watched under this name."""
    return Site.shared().child(name)


class Elsewhere:
    """As much of a Site as a Person needs."""

    def __init__(self, port):
        self.port, self.url = port, f"http://127.0.0.1:{port}"


def built():
    return sorted(path.name for path in (run_folder() / "app/bin").iterdir())


def sql(text, user, password, run=None):
    return subprocess.run(
        ["mariadb", "--no-defaults", "--protocol=socket", f"--socket={run or run_folder()}/sock/db.sock",
         f"--user={user}", "--batch", "--skip-column-names"],
        env={**os.environ, "MYSQL_PWD": password}, input=text, capture_output=True, text=True, check=False)


class Refused(unittest.TestCase):
    def refused(self, word, **settings):
        with tempfile.TemporaryDirectory(prefix="kwrun.") as folder:
            done = script("start.sh", **{"RUN": f"{folder}/run", "PORT": "8197", **settings})
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertRegex(done.stderr, word)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertFalse((Path(folder) / "run/db").exists())

    def test_other_addresses(self):
        self.refused("^LISTEN is 0.0.0.0, but the demo", LISTEN="0.0.0.0")
        self.refused("^LISTEN is 0.0.0.0, but the demo", LISTEN="0.0.0.0", TLS="self")
        self.refused("TLS=self", LISTEN="0.0.0.0", DEMO="0")
        self.refused("PUBLIC_URL=", LISTEN="0.0.0.0", DEMO="0", TLS="self")
        self.refused("give an address", LISTEN="somewhere", DEMO="0")

    def test_values_that_cannot_be(self):
        self.refused("^PORT is 80;", PORT="80")
        self.refused('^PORT is "http"', PORT="http")
        self.refused('^DEMO is "yes"', DEMO="yes")
        self.refused('^TLS is "on"', TLS="on")
        self.refused("cannot be read", TLS="/nonexistent.pem:/nonexistent.key")
        self.refused("^PUBLIC_URL is", PUBLIC_URL="ftp://example.org")
        self.refused("^RUN is", RUN="/tmp/with blank")
        self.refused("too long", RUN="/tmp/" + "x" * 90)

    def test_port_in_use(self):
        self.refused("in use", PORT=str(Site.shared().port))


class Demo(unittest.TestCase):
    def test_every_role_has_an_account(self):
        accounts = Site.shared().accounts()
        self.assertEqual({account["role"] for account in accounts}, ROLES)
        self.assertEqual((run_folder() / "demo-accounts.tsv").stat().st_mode & 0o777, 0o600)
        passwords = [account["password"] for account in accounts]
        self.assertEqual(len(set(passwords)), len(passwords))
        self.assertTrue(all(len(password) >= 15 for password in passwords))

    def test_every_role_signs_in(self):
        for role in sorted(ROLES):
            self.assertEqual(Site.shared().person(role).get("/", follow=False).status, 200, role)

    def test_every_role_is_told_what_to_try(self):
        hints = {line.split("\t")[0] for line in (RUN_SCRIPTS / "tour.tsv").read_text().splitlines()}
        self.assertEqual(hints, ROLES)

    def test_loaded_once(self):
        """Starting the commands again changes nothing."""
        before = (run_folder() / "demo-accounts.tsv").read_text()
        for command in ("schema", "demo"):
            done = subprocess.run([str(run_folder() / "bin/portal"), command], capture_output=True,
                                  text=True, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""), command)
        self.assertEqual((run_folder() / "demo-accounts.tsv").read_text(), before)


class Processes(unittest.TestCase):
    def test_nothing_that_listens_runs_as_root(self):
        for name in [*built(), "nginx", "mariadbd"]:
            status = Path(f"/proc/{child(name)}/status").read_text()
            self.assertNotEqual(re.search(r"^Uid:\s+(\d+)", status, re.M)[1], "0", name)
            self.assertEqual(re.search(r"^CapEff:\s+(\w+)", status, re.M)[1], "0" * 16, name)
            self.assertEqual(re.search(r"^NoNewPrivs:\s+(\d)", status, re.M)[1],
                             "1" if os.getuid() == 0 or name in built() else "0", name)

    def test_files_are_for_their_owner(self):
        for folder in ("sock", "log", "pid", "tmp"):
            self.assertEqual((run_folder() / folder).stat().st_mode & 0o7777, 0o750, folder)
        for folder in ("secrets", "keys"):
            self.assertEqual((run_folder() / folder).stat().st_mode & 0o7777, 0o700, folder)
        for name in built():
            self.assertEqual((run_folder() / f"sock/{name}.sock").stat().st_mode & 0o777, 0o660)
        for path in (run_folder() / "secrets").glob("*.password"):
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertNotIn("password=", (run_folder() / "env").read_text().lower().replace("db_password", ""))

    def answers(self, path, within):
        browser, end = Site.shared().person(), time.monotonic() + within
        while time.monotonic() < end:
            try:
                if browser.get(path, follow=False).status in (200, 303, 404):
                    return True
            except OSError:
                pass
            time.sleep(0.02)
        return False

    def test_what_is_killed_comes_back(self):
        for name in ["portal", "portal.work", "nginx"]:
            pid = child(name)
            os.kill(pid, signal.SIGKILL)
            end = time.monotonic() + 3
            while child(name) == pid and time.monotonic() < end:
                time.sleep(0.01)
            self.assertNotEqual(child(name), pid, name)
            self.assertTrue(self.answers("/sign-in", 3), name)

    def test_killed_database_comes_back(self):
        """503 with Retry-After at the latest after 2 s, then all is well without a restart."""
        browser = Site.shared().person("contributor")
        os.kill(child("mariadbd"), signal.SIGKILL)
        began = time.monotonic()
        answer = browser.get("/", follow=False)
        self.assertLess(time.monotonic() - began, 2.5)
        self.assertIn(answer.status, (200, 503))
        if answer.status == 503:
            self.assertIsNotNone(answer.header("Retry-After"))
        end = time.monotonic() + 10
        while browser.get("/healthz").status != 200 and time.monotonic() < end:
            time.sleep(0.1)
        self.assertEqual(browser.get("/healthz").status, 200)
        self.assertEqual(browser.get("/").status, 200)

    def test_stopped_plugin_gives_the_page_for_it(self):
        """While a plugin's supervisor starts it again, and when it is not there at all."""
        path = run_folder() / "sock/payments.sock"
        if not path.exists():
            self.skipTest("payments is not built")
        path.rename(path.with_suffix(".away"))
        try:
            time.sleep(6)  # nginx closes its kept connections
            answer = Site.shared().person().get("/payments/statements", follow=False)
        finally:
            path.with_suffix(".away").rename(path)
        self.assertEqual(answer.status, 503)
        self.assertEqual(answer.header("Retry-After"), "5")
        self.assertIn("We will be right back", answer.text)

    def test_status_tells(self):
        done = script("status.sh", RUN=str(run_folder()))
        self.assertEqual(done.returncode, 0, done.stdout)
        for name in [*built(), "nginx", "mariadbd"]:
            self.assertRegex(done.stdout, rf"(?m)^{name} +runs")


class SideBySide(unittest.TestCase):
    """A second instance, empty (DEMO=0), while the first one runs; its first administrator."""

    @classmethod
    def setUpClass(cls):
        Site.shared()
        cls.folder = tempfile.TemporaryDirectory(prefix="kwrun.", dir="/var/tmp")
        os.chmod(cls.folder.name, 0o755)
        cls.settings = {"RUN": f"{cls.folder.name}/run", "PORT": "8198", "DEMO": "0", "TLS": "",
                        "KEPTWORD_SECOND_FACTOR": "optional"}
        cls.site = Elsewhere(8198)
        cls.started = script("start.sh", **cls.settings)

    @classmethod
    def tearDownClass(cls):
        script("stop.sh", "quiet", **cls.settings)
        cls.folder.cleanup()

    def test_1_both_answer(self):
        self.assertEqual(self.started.returncode, 0, self.started.stderr)
        for site in (self.site, Site.shared()):
            self.assertEqual(Person(site).get("/healthz").status, 200)

    def test_2_no_account_exists_but_one_link_that_works_once(self):
        link = re.search(rf"{re.escape(self.site.url)}(/set-up/[0-9a-z]{{52}})", self.started.stdout)
        self.assertTrue(link, self.started.stdout)
        self.assertEqual((Path(self.settings["RUN"]) / "demo-accounts.tsv").read_text(), "")
        browser = Person(self.site)
        page = browser.get(link[1])
        self.assertEqual(page.status, 200)
        password = "correct horse battery staple"
        done = browser.submit(page, "", legal_name="Ada Example", preferred_name="Ada",
                              email="ada@example.org", password=password, again=password)
        self.assertEqual((done.status, done.path), (200, "/"), done.words)
        self.assertEqual(browser.get("/staff/people", follow=False).status, 200)
        self.assertEqual(Person(self.site).get(link[1]).status, 404)
        other = Person(self.site)
        done = other.submit(other.get("/sign-in"), "/sign-in", email="ada@example.org", password=password)
        self.assertEqual((done.status, done.path), (200, "/"))

    def test_3_start_again_is_quick_and_keeps_everything(self):
        self.assertEqual(script("stop.sh", **self.settings).returncode, 0)
        self.assertEqual(script("status.sh", **self.settings).returncode, 3)
        began = time.monotonic()
        started = script("start.sh", **self.settings)
        self.assertEqual(started.returncode, 0, started.stderr)
        self.assertEqual(Person(self.site).get("/sign-in").status, 200)
        self.assertLess(time.monotonic() - began, within(3))
        self.assertNotIn("/set-up/", started.stdout)

    def test_4_a_changed_schema_is_refused(self):
        record = ("UPDATE keptword_core.schema_file SET sum = REVERSE(sum)"
                  " WHERE path = 'core/steps/0000-base.sql for keptword_core';")
        run = self.settings["RUN"]
        secret = Path(run, "secrets/keptword_migration.password").read_text()
        for _ in range(2):  # there and back
            self.assertEqual(sql(record, "keptword_migration", secret, run).returncode, 0)
            done = subprocess.run([f"{run}/bin/portal", "schema"], capture_output=True, text=True, check=False)
            if _ == 0:
                self.assertEqual(done.returncode, 1)
                self.assertIn("core/steps/0000-base.sql for keptword_core was edited", done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_5_a_real_system_does_not_become_a_demo(self):
        script("stop.sh", "quiet", **self.settings)
        done = script("start.sh", **{**self.settings, "DEMO": "1"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("is not a demo", done.stderr)


class Accounts(unittest.TestCase):
    """What each account may do with each table is tested with the schema."""

    def test_no_account_without_a_password_and_no_way_in_by_network(self):
        self.assertIn("denied", sql("SELECT 1;", "keptword_portal", "").stderr)
        self.assertIn("denied", sql("SELECT 1;", "keptword_definer", "").stderr.lower()
                      .replace("account is locked", "denied"))
        status = Path(f"/proc/{child('mariadbd')}/net/tcp").read_text()
        inodes = {os.readlink(f"/proc/{child('mariadbd')}/fd/{n}")
                  for n in os.listdir(f"/proc/{child('mariadbd')}/fd")}
        listening = [line.split()[9] for line in status.splitlines()[1:] if line.split()[3] == "0A"]
        self.assertFalse([n for n in listening if f"socket:[{n}]" in inodes])


if __name__ == "__main__":
    unittest.main()
