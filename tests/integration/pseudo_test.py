"""No word of a contributor's page, PDF or error message stands in the code: an instance with a
made-up language, in which every word that comes through the pipeline has other letters, is walked
as somebody not signed in, as an applicant and as a contributor; every form is sent wrong. A word
in plain letters is then either data (a value of the database, a date, a name of a zone) or a
mistake, and is told with its page.
"""
import re
import subprocess
import sys
import unittest
import urllib.parse
from html.parser import HTMLParser

from instance import TOP, Site

sys.path.insert(0, str(TOP / "templates/languages"))
import translate  # noqa: E402

SITE = TOP / "build/site-pseudo"
HEARD = set(translate.ATTRIBUTES)
PER_PATTERN = 2
# Plain letters that the made-up language does not have, so a word with one was not translated.
PLAIN = re.compile(r"[^\W\d_]*[%s][^\W\d_]*" % translate.PLAIN)
DATES = set("""January February March April May June July August September October November December
Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Mon Tue Wed Thu Fri Sat Sun min to UTC""".split())
ZONE = re.compile(r"\b[A-Z]\w+(?:/[\w-]+)+")
OURS = {"Keptword", "HDM", "English", "CSV", "PDF", "SHA"} | set("United States Español México Argentina Qps".split())


def setUpModule():
    global HERE
    subprocess.run([sys.executable, str(TOP / "templates/languages/translate.py"), "build", str(SITE), "--pseudo"],
                   check=True)
    HERE = Site(SITE=str(SITE), GUESSES="1000", KEPTWORD_SCRYPT_LOG_N="14")


def tearDownModule():
    HERE.remove()


class Words(HTMLParser):
    """The texts of a page that a person reads or hears, without what is marked as the same in
    every language or as being in another one."""

    VOID = {"input", "br", "hr", "img", "meta", "link", "wbr"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.out, self.stack = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        other = a.get("translate") == "no" or tag in ("code", "script", "style") or \
            (tag != "html" and a.get("lang") not in (None, "qps"))
        if tag not in self.VOID:
            self.stack.append((tag, other or bool(self.stack and self.stack[-1][1])))
        if not (other or self.stack and self.stack[-1][1]):
            self.out += [value for name, value in attrs if name in HEARD and value]

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not (self.stack and self.stack[-1][1]):
            self.out.append(data)


class Data:
    """What is in the database as text, and other words that need no translation."""

    def __init__(self, site):
        columns = site.sql("SELECT table_schema, table_name, column_name FROM information_schema.columns"
                           " WHERE table_schema LIKE 'keptword%' AND data_type IN"
                           " ('varchar', 'text', 'mediumtext', 'char', 'longtext', 'json')")
        tables = {(row[0], row[1]) for row in site.sql(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            " AND table_schema LIKE 'keptword%'")}
        values = set()
        for schema, table, column in columns:
            if (schema, table) in tables:
                values |= {row[0] for row in site.sql(
                    f"SELECT DISTINCT `{column}` FROM `{schema}`.`{table}` WHERE `{column}` <> '' LIMIT 3000") if row[0]}
        values |= {site.setting(name) for name in ("ORGANISATION", "LEGAL_ENTITY", "LEGAL_ADDRESS", "PUBLIC_URL", "CONTACT")}
        values.add(site.setting("PUBLIC_URL") + "/payments/verify")  # an address, on paper
        self.text = "\n".join(values).replace("\\n", "\n").replace("_", " ")
        self.folded = " ".join(re.findall(r"[^\W_]+", self.text))

    def has(self, words):
        """Do these words stand side by side in a value?"""
        return f" {' '.join(words)} " in f" {self.folded} "


class Pseudo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.data = Data(HERE)

    def setUp(self):
        self.told = {}

    def tearDown(self):
        lines = [f"{words}   ({where})" for words, where in self.told.items()]
        self.assertFalse(lines, "not translated:\n" + "\n".join(lines))

    def plain(self, text):
        """Runs of words of a text that are neither translated nor data."""
        found, run = [], []
        text = ZONE.sub(" ", text)
        for piece in re.finditer(r"[^\W_]+|[⟦⟧<>]", text):
            word = piece[0]
            if PLAIN.fullmatch(word) and not re.search(r"\d", word):
                run.append(word)
            elif run:
                found.append(run)
                run = []
        found += [run] if run else []
        return [run for run in found
                if not self.data.has(run) and not all(w in DATES | OURS or self.data.has([w]) for w in run)]

    def look(self, where, text):
        for piece in Words(text).out:
            for run in self.plain(piece):
                self.told.setdefault(" ".join(run), where)

    def send_wrong(self, person, reply):
        """Every form of the page with nothing in it, and with nonsense in it."""
        sent = 0
        for form in reply.page.forms:
            action = urllib.parse.urljoin(reply.path, form.action or reply.path)
            shown = [n for n, _ in form.fields if not n.startswith("_")] or [n for n in form.names if n[0] != "_"]
            if form.method != "post" or not shown or action in ("/sign-out",):
                continue
            tokens = [(n, v) for n, v in form.fields if n.startswith("_")]
            for value in ("", "\x07", "~" * 20000):
                pairs = tokens + [(n, value) for n in form.names if not n.startswith("_")]
                answer = person.post(action, pairs, multipart=form.multipart, follow=False)
                if answer.status in (422, 409, 400):
                    self.look(f"{person.email} POST {action}", answer.text)
                    sent += 1
        return sent

    def walk(self, person, start):
        """(pages, forms) seen from these addresses on."""
        seen, patterns, pages, forms = set(), {}, 0, 0
        todo = list(start)
        while todo:
            path = todo.pop(0)
            pattern = re.sub(r"[0-9a-hj-km-np-tv-z]{26}|\d{4}-\d\d-\d\d|=\d+", ":x", path)
            if path in seen or patterns.get(pattern, 0) >= PER_PATTERN:
                continue
            seen.add(path)
            patterns[pattern] = patterns.get(pattern, 0) + 1
            reply = person.get(path)
            self.assertLess(reply.status, 500, path)
            if not (reply.header("Content-Type") or "").startswith("text/html"):
                if path.endswith("/pdf"):
                    self.pdf(path, reply.body)
                continue
            pages += 1
            self.assertIn('lang="qps"', reply.text, path)
            self.look(f"{person.email} {path}", reply.text)
            forms += self.send_wrong(person, reply)
            for link in reply.page.links:
                to = urllib.parse.urljoin(reply.path, link).split("#")[0]
                if to.startswith("/") and not to.startswith(("/language/", "/static/")):
                    todo.append(to)
        return pages, forms

    def pdf(self, path, body):
        done = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
        for run in self.plain(done.stdout.decode()):
            self.told.setdefault(" ".join(run), path)

    def test_a_word_that_is_not_in_the_pipeline_is_found(self):
        self.assertEqual(self.plain("⟦Hélîø⟧ hard coded words"), [["hard", "coded", "words"]])
        self.assertEqual(self.plain("⟦Ýøüř påÿ⟧, 20 Nov 2026, Marta"), [])
        page = Words('<html lang="qps"><p title="a title">one <code>two</code></p><p lang="de">drei</p></html>')
        self.assertEqual(page.out, ["a title", "one "])

    def test_nobody(self):
        person = HERE.person()
        person.email, person.cookies["__Host-language"] = "nobody", "qps"
        pages, forms = self.walk(person, ["/sign-in", "/apply", "/apply/return", "/no-such-page", "/accessibility",
                                          "/static/nothing", "/set-up/nothing"])
        reply = person.submit(person.get("/apply"), "/apply")
        more = self.walk(person, [reply.path, "/apply/tasks", "/apply/about", "/apply/work", "/apply/time",
                                  "/apply/consent", "/apply/check", "/apply/later"])
        self.assertGreater(pages + more[0], 12)
        self.assertGreater(forms + more[1], 8)

    def known(self, role):
        email = HERE.account(role)["email"]
        HERE.sql(f"UPDATE keptword_core.person SET locale = 'qps' WHERE email = '{email}'")
        return HERE.person(role)

    def test_applicant(self):
        person = self.known("applicant")
        pages, _ = self.walk(person, ["/", "/onboarding/application", "/apply/status", "/no-such-page"])
        self.assertGreater(pages, 4)

    def test_contributor(self):
        person = self.known("contributor")
        pages, forms = self.walk(person, ["/", "/staff/people", "/no-such-page"])
        self.assertGreater(pages, 15)
        self.assertGreater(forms, 5)


if __name__ == "__main__":
    unittest.main()
