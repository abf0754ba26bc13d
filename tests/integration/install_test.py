"""What `make install` puts where, the two faces of one site, and the doctor: on an instance with TLS
and a second face, each thing that the doctor looks for is broken once, found, and mended.

An installed system that boots is tried by tests/install/debian.sh.
"""
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from instance import TOP, Person, Site

PLUGINS = sorted(path.parent.name for path in TOP.glob("cgi-bin/*/main.c"))
UNKNOWN = "7" * 26
SITE = None
FACES = {}


class Face:
    """As much of a Site as a Person needs, for one of the two faces."""

    def __init__(self, site, url):
        self.site, self.url, self.port = site, url, int(url.rsplit(":", 1)[1])

    def account(self, who):
        return self.site.account(who)


def setUpModule():
    global SITE
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    SITE = Site(TLS="self", STAFF_PORT=str(port), GUESSES="1000", KEPTWORD_SCRYPT_LOG_N="14")
    FACES["public"] = Face(SITE, SITE.url)
    FACES["staff"] = Face(SITE, SITE.setting("STAFF_URL"))


def tearDownModule():
    SITE.remove()


class Tree(unittest.TestCase):
    """make install into an empty folder."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="kwi-")
        cls.root = Path(cls.folder.name)
        cls.install()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def install(cls, goal="install"):
        return subprocess.run(["sh", str(TOP / "cgi-bin/run/system/install.sh"), goal], check=True, text=True,
                              capture_output=True, cwd=TOP,
                              env={**os.environ, "DESTDIR": str(cls.root), "PLUGINS": " ".join(PLUGINS)})

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def test_everything_has_its_place_and_no_rights_too_many(self):
        for plugin in PLUGINS:
            self.assertTrue(os.access(self.root / f"usr/lib/keptword/bin/{plugin}", os.X_OK))
            for kind in (".socket", ".service", "-work.service"):
                self.assertTrue((self.root / f"usr/lib/systemd/system/keptword-{plugin}{kind}").is_file())
        for name in ("backup.timer", "backup.service"):
            self.assertTrue((self.root / f"usr/lib/systemd/system/keptword-{name}").is_file())
        for path in self.root.rglob("*"):
            mode = stat.S_IMODE(path.stat().st_mode)
            self.assertIn(mode, (0o644, 0o755), path)
            self.assertNotIn("@", path.name)
        self.assertEqual(len(list((self.root / "usr/share/keptword/templates/static").glob("site.*.css"))), 1)

    def test_no_name_is_left_to_fill_in(self):
        for path in self.root.rglob("*"):
            if path.is_file() and path.suffix in (".service", ".socket", ".conf", ".env", ".cnf", ".sh", ""):
                if path.parent.name != "bin" and path.name != "nginx.sh":
                    self.assertIsNone(re.search(r"@[A-Z]{3,}@", path.read_text(encoding="utf-8")), path)

    def test_settings_are_those_of_the_programs(self):
        """Each variable of `portal config` that an operator sets, with its preset, once."""
        env = self.text("etc/keptword/keptword.env")
        table = subprocess.run([str(TOP / "bin/portal"), "config"], capture_output=True, text=True, check=True).stdout
        rows = [[cell.strip().strip("`") for cell in line.split("|")[1:5]] for line in table.splitlines()[2:]]
        fixed = re.findall(r"^(KEPTWORD_\w+)=", self.text("usr/lib/keptword/layout.env")
                           + self.text("usr/lib/keptword/env/hdm.env"), re.M)
        for name, preset, *_ in rows:
            if name in fixed or name in ("KEPTWORD_DB_PASSWORD", "KEPTWORD_CLOCK_SHIFT", "KEPTWORD_TEST_HOOKS"):
                self.assertNotRegex(env, rf"(?m)^#?{name}=", name)
            elif not name.endswith("_URL") or f"\n{name}=" not in env:
                self.assertEqual(re.findall(rf"(?m)^#{name}=(.*)$", env), [preset], name)

    def test_settings_of_the_machine_are_left_alone(self):
        path = self.root / "etc/keptword/keptword.env"
        before = path.read_text()
        path.write_text(before + "KEPTWORD_THREADS=7\n")
        self.install()
        self.assertTrue(path.read_text().endswith("KEPTWORD_THREADS=7\n"))
        path.write_text(before)

    def test_static_files_of_before_stay(self):
        """A page that somebody has open still finds its style after an upgrade; a template does not stay."""
        static = self.root / "usr/share/keptword/templates/static"
        old, gone = static / "site.0123456789ab.css", self.root / "usr/share/keptword/templates/portal/gone.tpl"
        old.write_text("a{}")
        gone.write_text("gone")
        self.install()
        self.assertTrue(old.exists())
        self.assertFalse(gone.exists())
        old.unlink()

    def test_units_hold(self):
        tool = shutil.which("systemd-analyze")
        if not tool:
            self.skipTest("systemd-analyze is not installed")
        units = sorted((self.root / "usr/lib/systemd/system").iterdir())
        for unit in units:  # the programs stand elsewhere here
            if unit.suffix == ".service":
                unit.write_text(unit.read_text().replace("ExecStart=/usr/", f"ExecStart={self.root}/usr/"))
        done = subprocess.run([tool, "verify", "--man=no", "--recursive-errors=no", *map(str, units)],
                              capture_output=True, text=True, check=False)
        said = [line for line in done.stderr.splitlines() if "keptword" in line]
        self.assertEqual(said, [])
        for plugin in PLUGINS:
            done = subprocess.run([tool, "security", "--offline=yes", "--no-pager", "--threshold=20",
                                   str(self.root / f"usr/lib/systemd/system/keptword-{plugin}.service")],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, plugin + done.stdout[-200:] + done.stderr[-300:])
        self.install()

    def test_scripts_are_plain_shell(self):
        for script in [*(self.root / "usr/lib/keptword").glob("*.sh"), self.root / "usr/sbin/keptword"]:
            self.assertEqual(subprocess.run(["sh", "-n", str(script)], check=False).returncode, 0, script)

    def test_taken_away(self):
        with tempfile.TemporaryDirectory(prefix="kwi-") as folder:
            class Other(Tree):
                root = Path(folder)
            Other.install()
            Other.install("uninstall")
            left = [str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file()]
            self.assertEqual(sorted(left), ["etc/keptword/keptword.env", "etc/keptword/staff-networks.conf"])


def routes():
    for plugin in PLUGINS:
        for line in SITE.command(plugin, "routes").stdout.splitlines():
            method, path, rule, *_ = line.split("\t")
            yield method, path, rule


def is_staff(path):
    return "staff" in path.split("/")[1:3]


class Faces(unittest.TestCase):
    def test_staff_routes_are_on_the_intranet_alone(self):
        """By somebody who holds every role that a route may ask for: nowhere is it the rights that refuse."""
        people = {name: {} for name in FACES}
        tried = 0
        for method, path, rule in routes():
            if not is_staff(path):
                continue
            role = rule.split(",")[0]
            for name, face in FACES.items():
                if role not in people[name]:
                    people[name][role] = Person(face).sign_in(role)
                person = people[name][role]
                at = re.sub(r":\w+", UNKNOWN, path)
                reply = person.get(at, follow=False) if method == "GET" else person.post(at, {}, follow=False)
                if name == "public":
                    self.assertEqual(reply.status, 404, (method, path))
                    self.assertIn("We could not find that page", reply.text)
                elif ":" not in path and method == "GET":
                    self.assertIn(reply.status, (200, 303), (method, path))
                elif method == "POST":
                    # Without a token: it came as far as the form, or its object is not there.
                    self.assertIn(reply.status, (403, 404) if ":" in path else (403,), (method, path))
            tried += 1
        self.assertGreater(tried, 40)

    def test_however_it_is_written(self):
        nobody = Person(FACES["public"])
        for path in ("/staff", "/staff/people", "/hdm/staff", "/hdm/%73taff/people", "/hdm//staff/people",
                     "/hdm/./staff/people", "/x/../staff/people", "/hdm/staff%2Fpeople", "/hdm/staff/people?x=1"):
            self.assertIn(nobody.get(path, follow=False).status, (400, 404), path)

    def test_everything_else_is_on_both(self):
        for face in FACES.values():
            person = Person(face).sign_in("contributor")
            for path in ("/", "/payments/statements", "/profile"):
                self.assertEqual(person.get(path, follow=False).status, 200, path)
            self.assertEqual(Person(face).get("/apply", follow=False).status, 200)

    def test_a_form_comes_from_the_face_it_goes_to(self):
        person = Person(FACES["staff"]).sign_in("contributor")
        page = person.get("/profile")
        form, pairs = person.filled(page, "/profile")
        del form
        self.assertEqual(person.post("/profile", pairs, follow=False).status, 303)
        self.assertEqual(person.post("/profile", pairs, follow=False,
                                     headers={"Origin": FACES["public"].url}).status, 403)

    def test_a_program_refuses_by_itself(self):
        """Should nginx let a staff page through, or say nothing of the face."""
        faces = SITE.run / "app/nginx/faces.conf"
        before = faces.read_text()
        try:
            faces.write_text(re.sub(r"\tif \(\$staff_page\) \{.*?\n\t\}\n", "", before, flags=re.S)
                             .replace("set $face public", "set $face ''"))
            SITE.reload_nginx()
            self.assertEqual(Person(FACES["public"]).get("/staff/people", follow=False).status, 404)
            self.assertEqual(Person(FACES["staff"]).get("/staff/people", follow=False).status, 303)
        finally:
            faces.write_text(before)
            SITE.reload_nginx()

    def test_links_lead_to_the_other_face(self):
        at_home = {name: Person(face).sign_in("hdm").get("/") for name, face in FACES.items()}
        staff = FACES["staff"].url
        self.assertIn(staff, at_home["public"].page.links)
        for link in at_home["public"].page.links:
            self.assertFalse(link.startswith("/") and is_staff(link), link)
        self.assertIn("/hdm/staff/people", at_home["staff"].page.links)
        self.assertNotIn(staff, at_home["staff"].page.links)

    def test_networks_that_may_not(self):
        networks = SITE.run / "app/nginx/staff-networks.conf"
        before = networks.read_text()
        try:
            networks.write_text("allow 192.0.2.0/24;\ndeny all;\n")
            SITE.reload_nginx()
            reply = Person(FACES["staff"]).get("/sign-in", follow=False)
            self.assertEqual(reply.status, 404)
            self.assertIn("We could not find that page", reply.text)
            self.assertEqual(Person(FACES["public"]).get("/sign-in", follow=False).status, 200)
        finally:
            networks.write_text(before)
            SITE.reload_nginx()


class Doctor(unittest.TestCase):
    def ask(self):
        done = SITE.command("portal", "doctor", "--json", "1")
        self.assertEqual(done.stderr, "")
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def finds(self, check, words):
        """One finding that is wrong, of this check, with these words and an advice."""
        code, lines = self.ask()
        wrong = [line for line in lines if line["verdict"] == "fail"]
        self.assertEqual([line["check"] for line in wrong], [check], wrong)
        self.assertRegex(wrong[0]["found"], words)
        self.assertTrue(wrong[0]["advice"])
        self.assertEqual(code, 1)

    def fine(self):
        code, lines = self.ask()
        self.assertEqual((code, [line for line in lines if line["verdict"] == "fail"]), (0, []))
        return lines

    def test_1_a_healthy_run(self):
        lines = self.fine()
        self.assertLessEqual({"packages", "templates", "keys", "sockets", "database", "clock", "schema", "grants",
                              "queues", "pages", "certificate"}, {line["check"] for line in lines})
        said = SITE.command("portal", "doctor")
        self.assertRegex(said.stdout.splitlines()[-1], r"^\d+ fine, \d+ worth a look, 0 wrong$")

    def test_open_key(self):
        Person(FACES["public"]).sign_in("contributor")  # portal makes its key when it is first needed
        key = SITE.run / "keys/client.key"
        self.addCleanup(key.chmod, 0o600)
        key.chmod(0o640)
        self.finds("keys", "client.key")

    def test_template_that_others_may_change(self):
        path = SITE.run / "app/templates/portal/home.tpl"
        self.addCleanup(path.chmod, 0o644)
        path.chmod(0o666)
        self.finds("templates", "home.tpl")

    def test_open_socket(self):
        path = SITE.run / "sock/hdm.sock"
        self.addCleanup(path.chmod, 0o660)
        path.chmod(0o666)
        self.finds("sockets", "hdm.sock")

    def test_right_that_is_missing_and_right_too_many(self):
        self.addCleanup(SITE.sql, "GRANT UPDATE (body) ON keptword_hdm.note TO 'keptword_hdm'@'localhost'")
        SITE.sql("REVOKE UPDATE (body) ON keptword_hdm.note FROM 'keptword_hdm'@'localhost'")
        self.finds("grants", r"missing: keptword_hdm: UPDATE\(body\) ON keptword_hdm\.note")
        SITE.sql("GRANT UPDATE (body) ON keptword_hdm.note TO 'keptword_hdm'@'localhost'")
        for right in ("SELECT ON keptword_feedback.sealed_response", "PROCESS ON *.*", "DELETE ON keptword_payments.*",
                      "EXECUTE ON PROCEDURE keptword_core.person_add"):
            SITE.sql(f"GRANT {right} TO 'keptword_hdm'@'localhost'")
            self.finds("grants", "too many: keptword_hdm: " + re.escape(right))
            SITE.sql(f"REVOKE {right} FROM 'keptword_hdm'@'localhost'")
        self.fine()

    def test_setting_of_the_server(self):
        self.addCleanup(SITE.sql, "SET GLOBAL innodb_flush_log_at_trx_commit = 1")
        SITE.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 2")
        self.finds("database", "innodb_flush_log_at_trx_commit is 2")

    def test_schema_that_differs(self):
        swap = "UPDATE keptword_core.schema_file SET sum = REVERSE(sum) WHERE path LIKE 'hdm/contact.sql%'"
        self.addCleanup(SITE.sql, swap)
        SITE.sql(swap)
        self.finds("schema", "hdm/contact.sql")

    def test_backup_that_is_old_or_gone(self):
        last = SITE.run / "backup/last"
        last.parent.mkdir(mode=0o755)
        self.addCleanup(shutil.rmtree, last.parent)
        last.write_text("2026-01-01T00:00:00Z /nowhere\n")
        self.finds("backup", r"The last backup is \d{3,} hours old")
        last.write_text(time.strftime("%Y-%m-%dT%H:%M:%SZ /nowhere\n", time.gmtime()))
        said = {line["found"]: line["verdict"] for line in self.fine() if line["check"] == "backup"}
        self.assertEqual(said, {"The last backup was made, but is no longer in /nowhere.": "warn"})
        (last.parent / "manifest.json").write_text("{}")
        last.write_text(time.strftime(f"%Y-%m-%dT%H:%M:%SZ {last.parent}\n", time.gmtime()))
        self.assertEqual([line["verdict"] for line in self.fine() if line["check"] == "backup"], ["ok"])

    def test_audit_rows_that_nobody_seals(self):
        os.kill(SITE.child("hdm.work"), signal.SIGSTOP)
        self.addCleanup(SITE.wait, lambda: SITE.one("SELECT COUNT(*) FROM keptword_hdm.audit_unsealed") == "0", 20, "the seals")
        self.addCleanup(os.kill, SITE.child("hdm.work"), signal.SIGCONT)
        SITE.sql("INSERT INTO keptword_hdm.audit (at, actor_id, action, object) VALUES "
                 "(UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, 0, 'test', 'test:1'), (UTC_TIMESTAMP(6), 0, 'test', 'test:2')")
        self.finds("audit", "2 audit rows of hdm wait for their seal, the oldest since 2")

    def test_notices_that_wait(self):
        self.addCleanup(SITE.sql, "DELETE FROM keptword_core.notice_delivery WHERE outbox_id = 987654")
        SITE.sql("INSERT INTO keptword_core.notice_delivery (public_id, source, outbox_id, channel, person_id, kind, topic, path, "
                 "detail, created_at, expires_at, state, next_at) SELECT RANDOM_BYTES(16), 'hdm', 987654, 'pager', 0, 'test', "
                 "'staff', '/', '{}', UTC_TIMESTAMP(6) - INTERVAL 2 HOUR, UTC_TIMESTAMP(6) + INTERVAL 1 DAY, 'queued', "
                 "UTC_TIMESTAMP(6) + INTERVAL 1 DAY")
        said = [line for line in self.fine() if line["check"] == "notices"]
        self.assertEqual([(line["verdict"], line["found"]) for line in said],
                         [("warn", "1 notices have waited for more than an hour (pager).")])

    def test_certificate_that_has_ended_or_is_for_another(self):
        certificate, key = SITE.run / "keys/tls.crt", SITE.run / "keys/tls.key"
        before = certificate.read_bytes()
        with tempfile.TemporaryDirectory(prefix="kwca-") as folder:
            request = Path(folder, "request")
            subprocess.run(["openssl", "req", "-new", "-key", str(key), "-subj", "/CN=Keptword", "-out", str(request)],
                           check=True, capture_output=True)
            for names, from_day, to_day, words in (("IP:127.0.0.1", "20200101", "20200201", "ended"),
                                                   ("DNS:other.example", "20200101", "20400201", "other names")):
                Path(folder, "index").write_text("")
                Path(folder, "serial").write_text("01\n")
                Path(folder, "config").write_text(
                    f"[ca]\ndefault_ca=c\n[c]\ndatabase={folder}/index\nserial={folder}/serial\nnew_certs_dir={folder}\n"
                    "default_md=sha256\npolicy=p\nunique_subject=no\nx509_extensions=x\n[p]\ncommonName=supplied\n"
                    f"[x]\nsubjectAltName={names}\n")
                made = subprocess.run(
                    ["openssl", "ca", "-batch", "-notext", "-selfsign", "-config", f"{folder}/config", "-keyfile", str(key),
                     "-in", str(request), "-startdate", from_day + "000000Z", "-enddate", to_day + "000000Z"],
                    check=True, capture_output=True)
                certificate.write_bytes(made.stdout)
                SITE.reload_nginx()
                code, lines = self.ask()
                wrong = [line for line in lines if line["verdict"] == "fail"]
                self.assertEqual({line["check"] for line in wrong}, {"certificate"}, wrong)
                self.assertRegex(wrong[0]["found"], words)
                self.assertEqual(code, 1)
        certificate.write_bytes(before)
        SITE.reload_nginx()
        self.fine()

    def test_zz_database_that_is_away(self):
        os.kill(SITE.child("mariadbd"), signal.SIGSTOP)
        try:
            done = SITE.command("portal", "doctor", "--json", "1")
        finally:
            os.kill(SITE.child("mariadbd"), signal.SIGCONT)
        code, lines = done.returncode, [json.loads(line) for line in done.stdout.splitlines()]
        wrong = {line["check"] for line in lines if line["verdict"] == "fail"}
        self.assertEqual((code, wrong), (1, {"database", "pages"}))


if __name__ == "__main__":
    unittest.main()
