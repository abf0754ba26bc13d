"""Every file of DATA/hostile gets a verdict through the running site: bodies that are no forms, XML
that is no survey, lines that want to be script, SQL, header, formula, path or address. Nothing ends
in an error of ours, nothing that was stored shows up as anything but text. And the parser's child:
whatever a file makes it do, it ends alone."""
import csv
import io
import os
import re
import threading
import time
import unittest
import urllib.parse
from html.parser import HTMLParser

from instance import DATA, Site, id_text

HOSTILE = DATA / "hostile"
FULL = bool(os.environ.get("FULL"))
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CANARY = "Canary of plain words"
_site = None


def own_site():
    """An instance of this file's own: names and notes are written all over it."""
    global _site
    if _site is None:
        _site = Site(KEPTWORD_TEST_HOOKS="1", KEPTWORD_SCRYPT_LOG_N="14", GUESSES="1000")
    return _site


def built(plugin):
    return (own_site().run / "bin" / plugin).exists()


class Skeleton(HTMLParser):
    """A page without its words: elements with their attributes (values only where they are not
    what people typed), equal neighbours once."""
    KEPT = {"class", "type", "name", "method", "action", "role", "rel", "lang", "scope"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = ["", []]
        self.open, self.elements = [self.root], set()
        # Long lists of zones are left out: nobody writes in them, and reading them takes time.
        self.feed(re.sub(r'<option value="[^"]*"( selected)?>[^<]*</option>', "", text))
        self.close()

    def handle_starttag(self, tag, attrs):
        names = sorted(n for n, _ in attrs if n not in ("aria-invalid", "aria-describedby", "selected", "checked"))
        kept = {n: v for n, v in attrs if n in self.KEPT}
        shape = tag + "".join(f" {n}={re.sub(r'[0-9a-z]{26,}', ':id', kept[n] or '')}" if n in kept else f" {n}"
                              for n in names)
        self.elements.add((tag, tuple(n for n in names if n != "value")))
        for name, value in attrs:
            if name in ("href", "src", "action") and not re.match(r"/|#|mailto:|http://127\.0\.0\.1:", value or ""):
                self.elements.add((tag, name, value))
        node = [shape, []]
        self.open[-1][1].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place][0].split(" ")[0] == tag:
                del self.open[place:]
                return

    def shape(self, node=None):
        node = node or self.root
        parts = []
        for child in node[1]:
            text = self.shape(child)
            if not parts or parts[-1] != text:
                parts.append(text)
        return f"<{node[0]}>{''.join(parts)}</>"


def lines_of(name):
    text = (HOSTILE / "payloads" / name).read_bytes().decode("utf-8", "replace")
    return [line for line in text.split("\n") if line.strip()]


def payloads():
    """All lines with FULL=1; otherwise of each long list every few."""
    result = []
    for path in sorted((HOSTILE / "payloads").iterdir()):
        lines = lines_of(path.name)
        step = 1 if FULL or len(lines) <= 20 else 4 if "xss" in path.name else 20
        result += lines[::step]
    return result


def header_names(reply):
    return sorted({n.lower() for n, _ in reply.headers} - {"content-length", "transfer-encoding", "connection", "keep-alive"})


class Bodies(unittest.TestCase):
    """Raw bodies to a form that takes files. What is well-formed is read and then refused for its
    missing token (403); what is malformed is refused as such (400)."""

    @classmethod
    def setUpClass(cls):
        cls.person = own_site().person("finance")

    def send(self, body, kind):
        headers = {"Content-Type": kind} if kind else {}
        return self.person.request("POST", "/payments/staff/import", body=body, headers=headers, follow=False)

    def test_python_multipart(self):
        files = sorted((HOSTILE / "multipart/python-multipart").glob("*.http"))
        self.assertGreater(len(files), 10)
        for path in files:
            with self.subTest(path.name):
                told = path.with_suffix(".yaml").read_text(encoding="utf-8")
                boundary = re.search(r"^boundary: (.*)$", told, re.M)[1].strip()
                expected = 400 if re.search(r"^\s+error: \d+", told, re.M) else 403
                reply = self.send(path.read_bytes(), f"multipart/form-data; boundary={boundary}")
                self.assertEqual(reply.status, expected, reply.words[:200])
                self.assertEqual(len(reply.page.headings), 1)

    def test_formidable(self):
        files = sorted((HOSTILE / "multipart/formidable").glob("*.http"))
        self.assertGreater(len(files), 10)
        for path in files:
            with self.subTest(path.name):
                raw = path.read_bytes()
                mark = b"\r\n\r\n" if b"\r\n\r\n" in raw and raw.index(b"\r\n\r\n") < 2000 else b"\n\n"
                head, _, body = raw.partition(mark)
                kind = re.search(rb"^content-type: *(.*?)\r?$", head, re.M | re.I)
                reply = self.send(body, kind[1].decode() if kind else None)
                self.assertEqual(reply.status, 403, reply.words[:200])

    def test_cut_short_anywhere(self):
        whole = (HOSTILE / "multipart/python-multipart/single_field_single_file.http").read_bytes()
        for end in range(0, len(whole), 1 if FULL else 7):
            reply = self.send(whole[:end], "multipart/form-data; boundary=boundary")
            self.assertIn(reply.status, (400, 403), end)


class Files(unittest.TestCase):
    """Files that are not what they are sent as."""

    @classmethod
    def setUpClass(cls):
        cls.site = own_site()
        cls.files = sorted(p for p in HOSTILE.rglob("*") if p.is_file())

    def test_as_time_entries(self):
        person = self.site.person("finance")
        taken = int(self.site.one("SELECT COUNT(*) FROM keptword_payments.work_entry"))
        for path in self.files:
            with self.subTest(str(path.relative_to(HOSTILE))):
                page = person.get("/payments/staff/import")
                reply = person.submit(page, "/payments/staff/import", dates="auto",
                                      files=[("file", path.name, path.read_bytes())])
                self.assertEqual(reply.status, 422, reply.words[:200])
                self.assertIn("There is a problem", reply.words)
        self.assertEqual(int(self.site.one("SELECT COUNT(*) FROM keptword_payments.work_entry")), taken)

    def test_as_a_survey(self):
        if not built("feedback"):
            self.skipTest("no feedback plugin yet")
        person = self.site.person("people_officer")
        before = self.site.one("SELECT COUNT(*) FROM keptword_feedback.survey")
        for path in self.files:
            with self.subTest(str(path.relative_to(HOSTILE))):
                page = person.get("/feedback/staff/import")
                reply = person.submit(page, "/feedback/staff/import", files=[("file", path.name, path.read_bytes())])
                self.assertEqual(reply.status, 422, reply.words[:200])
                self.assertIn("There is a problem", reply.words)
                self.assertNotIn("root:", reply.text)
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_feedback.survey"), before)

    def test_by_command(self):
        if not built("feedback"):
            self.skipTest("no feedback plugin yet")
        for path in self.files:
            if path.suffix not in (".xml", ".ent", ".dtd", ".txt"):
                continue
            with self.subTest(path.name):
                for plugin, command in (("feedback", "import"), ("payments", "import-time")):
                    done = self.site.command(plugin, command, str(path))
                    self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                    self.assertRegex(done.stderr + done.stdout, r"[A-Z].{20,}")

    def test_as_file_names(self):
        person = self.site.person("finance")
        content = b"user_email,project,start,end\nnobody@example.org,None,2024-03-04T09:00:00Z,2024-03-04T10:00:00Z\n"

        def send(name):
            page = person.get("/payments/staff/import")
            return person.submit(page, "/payments/staff/import", dates="auto", files=[("file", name, content)])

        known = Skeleton(send("canary.csv").text).shape()
        for line in payloads():
            # Browsers write a quote as %22; a name that ends in a backslash no browser can send.
            line = line.replace('"', "%22").strip("\r")
            if line.endswith("\\") or len(line.encode()) > 200:
                continue
            reply = send(line)
            self.assertEqual(reply.status, 200, (line, reply.words[:200]))
            self.assertEqual(Skeleton(reply.text).shape(), known, line)


# path of the page, action of its form, fields that must hold something else than a payload
FORMS = [
    ("portal", "auditor", "/profile", "/profile", {"locale": "en"}),
    ("payments", "contributor", "/payments/entries", "/payments/entries",
     {"kind": "training", "hours": "0", "minutes": "1", "tasks": "", "day": "{day}", "project": "{project}"}),
    ("hdm", "hdm", "{hdm_person}", "/contacts", {"kind": "message", "visibility": "shared", "time": "{keep}"}),
    ("onboarding", None, "/apply/about", "/apply/about", {"email": "payload@example.org"}),
    ("onboarding", None, "/apply/work", "/apply/work", {"domain": "law", "years": "4"}),
    ("onboarding", None, "/apply/time", "/apply/time", {"zone": "UTC", "hours": "10"}),
]


class Lines(unittest.TestCase):
    """Every line of payloads/ into every text field: stored or refused, and text wherever shown."""

    @classmethod
    def setUpClass(cls):
        cls.site = own_site()
        cls.payloads = payloads()

    def place(self, person, path):
        if path == "{hdm_person}":
            return sorted({a for a in person.get("/hdm/staff/people").page.links
                           if re.fullmatch(r"/hdm/staff/people/[0-9a-z]{26}", a)})[0]
        return path

    def values(self, page, fixed):
        day = self.site.one("SELECT DATE_FORMAT(MIN(start_day), '%Y-%m-%d') FROM keptword_payments.pay_period WHERE state = 'open'")
        project = next((v for v in page.page.options.get("project", []) if v), "")
        return {n: v.format(day=day, project=project) for n, v in fixed.items() if v != "{keep}"}

    def typed(self, page, action, fixed):
        """Names of the form's fields in which people write."""
        form = page.form(action)
        return [n for n in page.page.texts if n in form.names and n not in fixed]

    def send(self, person, path, action, fixed, line):
        page = person.get(path)
        self.assertEqual(page.status, 200, page.path)
        fields = self.values(page, fixed)
        names = self.typed(page, action, fixed)
        self.assertTrue(names, path)
        fields |= {n: v[0] for n, v in page.page.choices.items() if n not in fields and n in page.form(action).names}
        first = person.submit(page, action, follow=False, **fields, **dict.fromkeys(names, line))
        return first, self.shown(person, path, first)

    @staticmethod
    def shown(person, path, first):
        """Where what was stored can be seen: the receipt, and the newest thing that a list opens."""
        if first.status != 303:
            return first.text
        receipt = person.get(first.header("Location"))
        listed = person.get(path)
        last = person.site.one("SELECT HEX(public_id) FROM keptword_payments.work_entry ORDER BY id DESC LIMIT 1")
        entry = person.get("/payments/entries/" + id_text(last)).text if path == "/payments/entries" else ""
        answers = person.get("/apply/check").text if path.startswith("/apply/") else ""
        return receipt.text + listed.text + entry + answers

    def test_text_fields(self):
        for plugin, who, path, action, fixed in FORMS:
            if not built(plugin):
                continue
            with self.subTest(path):
                person = self.site.person(who)
                if plugin == "onboarding":
                    person.submit(person.get("/apply"), "/apply")
                path = self.place(person, path)
                self.send(person, path, action, fixed, CANARY)
                first, shown = self.send(person, path, action, fixed, CANARY)
                self.assertEqual(first.status, 303, shown[-3000:])
                too_long, refused = self.send(person, path, action, fixed, CANARY * 500)
                self.assertEqual(too_long.status, 422)
                known = Skeleton(shown)
                stored = 0
                for line in self.payloads:
                    reply, page = self.send(person, path, action, fixed, line)
                    self.assertIn(reply.status, (303, 422), (line, reply.words[:200]))
                    seen = Skeleton(page)
                    if reply.status == 303:
                        stored += 1
                        self.assertEqual(seen.shape(), known.shape(), line)
                        self.assertEqual(header_names(reply), header_names(first), line)
                    else:
                        self.assertLessEqual(seen.elements, Skeleton(refused).elements, line)
                        self.assertEqual(header_names(reply), header_names(too_long), line)
                self.assertGreater(stored, len(self.payloads) // 2)

    def test_addresses_to_go_to(self):
        lines = lines_of("open_redirect.txt")
        account = self.site.account("auditor")
        for line in lines[:: 1 if FULL else 8]:
            person = self.site.person()
            page = person.get("/sign-in")
            reply = person.submit(page, "/sign-in", follow=False, email=account["email"],
                                  password=account["password"], to=line)
            self.assertEqual(reply.status, 303, line)
            place = reply.header("Location")
            self.assertRegex(place, r"^/([^/\\]|$)", line)
            self.assertNotRegex(place, r"[\\\x00-\x20]", line)

    def test_parts_of_addresses(self):
        person = self.site.person("contributor")
        known = header_names(person.get("/payments/statements/nothing"))
        for line in self.payloads:
            part = urllib.parse.quote(line, safe="")
            for path in ("/payments/statements/" + part, "/static/" + part, "/payments/statements?page=" + part,
                         "/sign-in?to=" + part):
                reply = person.get(path, follow=False)
                self.assertIn(reply.status, (200, 303, 400, 404), path)
                self.assertLessEqual(set(header_names(reply)) - {"location", "set-cookie", "last-modified", "etag"},
                                     set(known) | {"accept-ranges"}, path)
                self.assertNotIn("root:", reply.text, path)

    def test_tables_for_spreadsheets(self):
        if not built("hdm"):
            self.skipTest("no hdm plugin yet")
        marta = self.site.person("contributor")
        hdm = self.site.one("SELECT h.email FROM keptword_core.pod d JOIN keptword_core.pod_member m ON m.pod_id = d.id "
                            "JOIN keptword_core.person p ON p.id = m.person_id JOIN keptword_core.person h ON "
                            f"h.id = d.hdm_person_id WHERE p.email = '{marta.email}' AND m.to_on IS NULL LIMIT 1")
        manager = self.site.person(hdm)
        count = len(self.table(manager))
        for line in lines_of("csv_formula.txt") + ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "a\"b,c;d"]:
            page = marta.get("/profile")
            if marta.submit(page, "/profile", preferred_name=line, locale="en").status != 200:
                continue
            rows = self.table(manager)
            self.assertEqual(len(rows), count, line)
            self.assertEqual({len(r) for r in rows}, {len(rows[0])}, line)
            cells = [c for r in rows[1:] for c in r if line.strip()[:8] in c]
            self.assertTrue(cells, line)
            for row in rows[1:]:
                for cell in row:
                    # A plain number may begin with a sign; everything else that a sheet would
                    # work out may not.
                    self.assertFalse(re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell),
                                     (line, cell))

    @staticmethod
    def table(person):
        reply = person.get("/hdm/staff/people.csv")
        return list(csv.reader(io.StringIO(reply.body.decode("utf-8-sig"))))


class ParserChild(unittest.TestCase):
    """What a file could make its reader do, done by a test hook inside the child."""
    DEEDS = {"abort": "crash", "loop": "time", "memory": "memory", "connect": "forbidden", "open": "forbidden"}

    def test_every_deed_is_contained(self):
        site = own_site()
        person, other = site.person("finance"), site.person("contributor")
        for deed, why in self.DEEDS.items():
            with self.subTest(deed):
                pid = site.child("payments")
                page = person.get("/payments/staff/import")
                reply = []
                sender = threading.Thread(target=lambda: reply.append(person.submit(
                    page, "/payments/staff/import", dates="auto",  # pylint: disable=cell-var-from-loop
                    files=[("file", "hook.csv", f"keptword-test-hook: {deed}".encode())])))
                began = time.monotonic()
                sender.start()
                slowest, n = 0.0, 0
                while sender.is_alive() or n < 3:
                    start = time.monotonic()
                    self.assertEqual(other.get("/payments/statements").status, 200)
                    slowest, n = max(slowest, time.monotonic() - start), n + 1
                    time.sleep(0.05)
                sender.join()
                self.assertEqual(reply[0].status, 422, reply[0].words[:300])
                self.assertIn("We stopped reading this file", reply[0].words)
                self.assertIn(why, reply[0].words)
                self.assertIn("Nothing was read", reply[0].words)
                self.assertEqual(site.child("payments"), pid)
                self.assertLess(slowest, 2.0)
                self.assertLess(time.monotonic() - began, 30)
        # The next honest file is read as ever.
        reply = person.submit(person.get("/payments/staff/import"), "/payments/staff/import", dates="auto", files=[
            ("file", "honest.csv", b"user_email,project,start,end\nmarta.kowalczyk@example.org,No such project,"
                                   b"2024-03-04T09:00:00Z,2024-03-04T10:00:00Z\n")])
        self.assertEqual(reply.status, 200)
        self.assertIn("We know no project called No such project", reply.words)


if __name__ == "__main__":
    unittest.main()
