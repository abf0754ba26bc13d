"""Security headers on every kind of reply, error bodies that tell nothing, a header score, cookies,
requests that two readers could read in two ways, and a database that is away. On an instance of
its own: parts of it are stopped here.

What nginx answers by itself, host names and logs stand in site_test.py.
"""
import os
import re
import signal
import socket
import threading
import time
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor

from instance import Person, Site, id_text, style_sheet

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
          "frame-ancestors 'none'; require-trusted-types-for 'script'")
HEADERS = {
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
# What no error page tells: products with versions, SQL, names of tables, files, addresses.
TELLING = re.compile(
    r"nginx|mariadb|mysql|fastcgi|ctemplate|debian|openssl|/\d+\.\d+\.\d+"
    r"|\b(select|insert|update|delete)\s+.*\b(from|into|set)\b|keptword_|sqlstate|errno"
    r"|(/var|/tmp|/usr|/etc|/work|/home|/root|/proc)/|\.(c|cc|h|tpl|sql|sock)\b|0x[0-9a-f]{6,}"
    r"|traceback|segmentation|core dumped|stack", re.I)
HERE = None  # the instance
SEEN = []    # (what was asked, status, headers in small letters, body)


def setUpModule():
    global HERE
    HERE = Site(GUESSES="2", THREADS="8")


def tearDownModule():
    HERE.remove()


def keep(what, status, headers, body):
    SEEN.append((what, status, [(name.lower(), value) for name, value in headers], body))
    return status


def keep_reply(what, reply):
    return keep(what, reply.status, reply.headers, reply.body)


def value(headers, name):
    found = [given for key, given in headers if key == name]
    return found[0] if found else None


def raw(request, wait):
    """Sends bytes as they are; all that comes back within so many seconds of silence."""
    with socket.create_connection(("127.0.0.1", HERE.port), timeout=wait) as connection:
        answer = b""
        try:
            connection.sendall(request)
            while piece := connection.recv(65536):
                answer += piece
        except (ConnectionResetError, BrokenPipeError, TimeoutError):
            pass
    return answer


def raw_reply(what, request, wait=3):
    head, _, body = raw(request, wait).partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if len(lines) < 2:
        raise AssertionError(f"no answer to {what}")
    return keep(what, int(lines[0].split(" ")[1]), [tuple(line.split(": ", 1)) for line in lines[1:]], body)


def score(headers, secure_cookies=None):
    """The site's score as safety's header check counts it; secure_cookies: None when none was set."""
    policy = value(headers, "content-security-policy") or ""
    rules = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.split()}
    unsafe = [word for words in rules.values() for word in words if word.startswith("'unsafe-")]
    base = 100
    if not policy:
        base -= 25
    elif unsafe:
        base -= 20
    hsts = re.search(r"max-age=(\d+)", value(headers, "strict-transport-security") or "")
    if not hsts:
        base -= 20
    elif int(hsts[1]) < 15768000:
        base -= 10
    if value(headers, "access-control-allow-credentials") == "true" and \
            value(headers, "access-control-allow-origin"):
        base -= 50
    if "frame-ancestors" not in rules and not value(headers, "x-frame-options"):
        base -= 20
    if secure_cookies is not None:
        base -= 40 * ("secure" not in secure_cookies) + 30 * ("httponly" not in secure_cookies)
    if base < 90:
        return base
    bonus = 10 * (rules.get("default-src") == ["'none'"] and not unsafe)
    for name, best in (("opener", "same-origin"), ("embedder", "require-corp"), ("resource", "same-origin")):
        bonus += 10 * (value(headers, f"cross-origin-{name}-policy") == best)
    bonus += 5 * (secure_cookies is not None and {"secure", "httponly", "samesite"} <= secure_cookies)
    bonus += 5 * (value(headers, "referrer-policy") in ("no-referrer", "same-origin", "strict-origin"))
    bonus += 5 * (rules.get("frame-ancestors") == ["'none'"])
    return base + bonus


def cookie_words(line):
    return {part.strip().split("=")[0].lower() for part in line.split(";")[1:]}


def routes(plugin):
    return [line.split("\t") for line in HERE.command(plugin, "routes").stdout.splitlines()]


def plugins():
    return sorted(path.name for path in (HERE.run / "bin").iterdir())


class Replies(unittest.TestCase):
    """Collects replies of every status, then looks at all of them."""

    @classmethod
    def setUpClass(cls):
        marta, helene = HERE.person("contributor"), HERE.person("hdm")
        nobody = HERE.person()
        cls.pause_hdm(helene)
        for plugin in plugins():
            for method, path, rule, _, _ in routes(plugin):
                if method == "GET" and ":" not in path and rule in ("anyone", "signed_in", "contributor") \
                        and plugin != "hdm":
                    keep_reply(f"GET {path}", marta.get(path, follow=False))
        statement = id_text(HERE.one("SELECT HEX(s.public_id) FROM keptword_payments.statement s JOIN"
                                     " keptword_core.person p ON p.id = s.person_id WHERE p.email ="
                                     f" '{marta.email}' LIMIT 1"))
        for end in ("/csv", "/pdf"):
            keep_reply("file", marta.get(f"/payments/statements/{statement}{end}"))
        path = style_sheet(nobody.get("/sign-in").body)
        style = nobody.get(path)
        keep_reply("static", style)
        keep_reply("static by tag", nobody.get(path, headers={
            "If-None-Match": style.header("ETag")}))
        keep_reply("static by date", nobody.get(path, headers={
            "If-Modified-Since": style.header("Last-Modified")}))
        keep_reply("to sign-in", nobody.get("/payments/statements", follow=False))
        keep_reply("wrong role", marta.get("/staff/people"))
        keep_reply("form without its token", marta.post("/profile", {"preferred_name": "x"}))
        keep_reply("form from elsewhere", marta.post("/profile", {}, headers={"Origin": "http://evil.example"}))
        keep_reply("wrong fields", marta.submit(marta.get("/profile"), "/profile", preferred_name="x" * 200))
        keep_reply("stale", marta.submit(marta.get("/profile"), "/profile", version="999"))
        keep_reply("no such page", nobody.get("/no-such-page"))
        keep_reply("no such object", marta.get("/payments/statements/" + "7" * 26))
        _, pairs = marta.filled(marta.get("/profile"), "/profile")
        keep_reply("form that is nobody's", marta.post("/profile", [(n, v) for n, v in pairs if n != "_submission"]))
        for method in ("PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT", "FOO"):
            keep_reply(method, nobody.request(method, "/sign-in"))
        keep_reply("POST to a GET", marta.post("/payments/statements", {}))
        host = b"Host: 127.0.0.1\r\nConnection: close\r\n"
        raw_reply("nonsense", b"NONSENSE\r\n\r\n")
        raw_reply("long header", b"GET / HTTP/1.1\r\n" + host + b"X: " + b"x" * 40000 + b"\r\n\r\n")
        raw_reply("long address", b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n" + host + b"\r\n")
        raw_reply("too large", b"POST /sign-in HTTP/1.1\r\n" + host + b"Content-Length: 99999999\r\n\r\n")
        for _ in range(60):
            reply = nobody.post("/sign-in", {}, follow=False)
            if reply.status == 429:
                break
        keep_reply("guesses", reply)
        cls.away = HERE.run / "sock/feedback.sock"
        cls.away.rename(cls.away.with_suffix(".away"))
        try:
            HERE.wait(lambda: marta.get("/feedback/surveys").status == 503, 10, "a plugin's going away")
            keep_reply("plugin away", marta.get("/feedback/surveys"))
        finally:
            cls.away.with_suffix(".away").rename(cls.away)
        cls.slow.join()
        os.kill(cls.stopped, signal.SIGCONT)
        for path in ("/hdm/staff/people", "/hdm/staff/people.csv"):
            keep_reply(f"GET {path}", helene.get(path))

    @classmethod
    def pause_hdm(cls, person):
        """A plugin that does not answer in time, asked while the others are."""
        cls.stopped = HERE.child("hdm")
        os.kill(cls.stopped, signal.SIGSTOP)
        cls.slow = threading.Thread(target=lambda: keep_reply("too slow", person.get("/hdm/staff/people")))
        cls.slow.start()

    def test_every_status_was_seen(self):
        seen = {status for _, status, _, _ in SEEN}
        self.assertLessEqual({200, 303, 304, 400, 403, 404, 405, 409, 413, 414, 422, 429, 503, 504}, seen)
        for what, wanted in (("static by tag", 304), ("static by date", 304), ("wrong role", 403),
                             ("form without its token", 403), ("form from elsewhere", 403),
                             ("wrong fields", 422), ("stale", 409), ("form that is nobody's", 400), ("TRACE", 405),
                             ("POST to a GET", 405), ("guesses", 429), ("plugin away", 503), ("too slow", 504)):
            self.assertEqual([s for w, s, _, _ in SEEN if w == what], [wanted], what)
        self.assertLess(max(s for _, s, _, _ in SEEN), 505)
        self.assertNotIn(500, seen)

    def test_each_header_once_with_its_value(self):
        self.assertGreater(len(SEEN), 35)
        for what, status, headers, _ in SEEN:
            for name, wanted in HEADERS.items():
                self.assertEqual([v for n, v in headers if n == name], [wanted], f"{name} of {what} ({status})")
            policies = [v for n, v in headers if n == "content-security-policy"]
            attachment = (value(headers, "content-disposition") or "").startswith("attachment")
            self.assertEqual(policies, [POLICY + "; sandbox" if attachment else POLICY], what)
            self.assertEqual(value(headers, "server"), "nginx", what)
            self.assertFalse([n for n, _ in headers if n.startswith(("x-powered", "access-control"))], what)
            if status in (304, 303):
                continue
            kind = value(headers, "content-type") or ""
            self.assertRegex(kind, r"^(text/(html|css|csv|plain)|application/(pdf|json))", what)
            if kind.startswith("text/html") and not what.startswith("static"):
                self.assertRegex(value(headers, "cache-control") or "", "no-store|no-cache", what)

    def test_files_are_attachments(self):
        files = [(what, headers) for what, status, headers, _ in SEEN
                 if status == 200 and (value(headers, "content-type") or "").startswith(("text/csv", "application/pdf"))]
        self.assertEqual(len(files), 3)
        for what, headers in files:
            self.assertTrue(value(headers, "content-disposition").startswith("attachment; filename="), what)

    def test_errors_tell_nothing(self):
        folder = str(HERE.run)
        for what, status, _, body in SEEN:
            if status < 400:
                continue
            text = body.decode("utf-8")
            self.assertNotIn(folder, text, what)
            words = re.sub(r"<[^>]*>", " ", text)
            self.assertIsNone(TELLING.search(words), f"{what}: {TELLING.search(words)}")
            if what == "GET /healthz":  # for machines
                continue
            if status not in (409, 422):
                self.assertRegex(text, r"<code>[0-9a-f]{32}</code>", f"{what} has no number to quote")
            self.assertIn("<h1>", text, what)

    def test_what_goes_with_a_status(self):
        for what, status, headers, _ in SEEN:
            if status == 405:
                self.assertIn("GET, HEAD", value(headers, "allow"), what)
            if status in (429, 503, 504):
                self.assertTrue(value(headers, "retry-after").isdigit(), what)

    def test_score(self):
        for what, status, headers, _ in SEEN:
            self.assertGreaterEqual(score(headers), 150, f"{what} ({status})")

    def test_the_score_counts(self):
        good = [(n, v) for n, v in SEEN[0][2] if n != "set-cookie"]
        self.assertEqual(score(good), 150)
        self.assertEqual(score(good, {"secure", "httponly", "samesite"}), 155)
        for name, wanted in (("content-security-policy", 75), ("strict-transport-security", 80),
                             ("cross-origin-opener-policy", 140), ("referrer-policy", 145)):
            self.assertEqual(score([h for h in good if h[0] != name]), wanted, name)
        unsafe = [(n, v.replace("script-src 'self'", "script-src 'unsafe-inline'")) for n, v in good]
        self.assertEqual(score(unsafe), 80)
        self.assertEqual(score(good, {"httponly", "samesite"}), 60)
        self.assertEqual(score(good, {"secure", "samesite"}), 70)


class Cookies(unittest.TestCase):
    def test_cookies(self):
        browser = HERE.person()
        lines = []
        reply = browser.get("/sign-in")
        lines += [v for n, v in reply.headers if n.lower() == "set-cookie"]
        account = HERE.account("auditor")
        end = time.monotonic() + 30
        while time.monotonic() < end:  # the guesses of the other class may still count
            reply = browser.submit(browser.get("/sign-in"), "/sign-in", follow=False,
                                   email=account["email"], password=account["password"])
            if reply.status == 303:
                break
            time.sleep(0.5)
        lines += [v for n, v in reply.headers if n.lower() == "set-cookie"]
        names = {line.split("=")[0] for line in lines}
        self.assertIn("__Host-session", names)
        self.assertIn("__Host-visit", names)
        for line in lines:
            self.assertTrue(line.startswith("__Host-"), line)
            words = cookie_words(line)
            self.assertLessEqual({"secure", "httponly", "samesite", "path"}, words, line)
            self.assertNotIn("domain", words)
            self.assertRegex(line, r"(?i)path=/(;|$)")
            self.assertRegex(line, r"(?i)samesite=(lax|strict)")
        session = next(line for line in lines if line.startswith("__Host-session"))
        self.assertRegex(session, r"^__Host-session=[0-9a-z]{52};")
        self.assertEqual(score([(n.lower(), v) for n, v in reply.headers], cookie_words(session)), 155)


def two_ways(mark):
    """Requests that two readers may part differently; each hides a GET for the mark."""
    hidden = f"GET /{mark} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Rest: ".encode()
    chunked = b"0\r\n\r\n" + hidden
    inside = b"%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden)

    def ask(headers, body, method=b"POST", version=b"HTTP/1.1"):
        return method + b" /sign-in " + version + b"\r\nHost: 127.0.0.1\r\n" + headers + b"\r\n\r\n" + body

    size = b"Content-Length: %d" % len(chunked)
    return {
        "length and chunks": ask(size + b"\r\nTransfer-Encoding: chunked", chunked),
        "chunks and length": ask(b"Transfer-Encoding: chunked\r\n" + size, chunked),
        "short length and chunks": ask(b"Content-Length: 4\r\nTransfer-Encoding: chunked", inside),
        "two codings": ask(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", chunked),
        "a list of codings": ask(b"Transfer-Encoding: identity, chunked\r\n" + size, chunked),
        "chunked twice": ask(b"Transfer-Encoding: chunked, chunked\r\n" + size, chunked),
        "blank before the colon": ask(b"Transfer-Encoding : chunked\r\n" + size, chunked),
        "tab behind the colon": ask(b"Transfer-Encoding:\tchunked\r\n" + size, chunked),
        "another coding": ask(b"Transfer-Encoding: xchunked\r\n" + size, chunked),
        "a folded line": ask(b"Transfer-Encoding:\r\n chunked\r\n" + size, chunked),
        "a bare line end": ask(b"X: y\nTransfer-Encoding: chunked\r\n" + size, chunked),
        "a bare return": ask(b"X: y\rTransfer-Encoding: chunked\r\n" + size, chunked),
        "an underscore": ask(b"Transfer_Encoding: chunked\r\n" + size, chunked),
        "two lengths": ask(b"Content-Length: 5\r\n" + size, chunked),
        "a list of lengths": ask(b"Content-Length: 5, %d" % len(chunked), chunked),
        "a signed length": ask(b"Content-Length: +%d" % len(chunked), chunked),
        "a length below nothing": ask(b"Content-Length: -1", chunked),
        "a length in hex": ask(b"Content-Length: 0x%x" % len(chunked), chunked),
        "a chunk past every number": ask(b"Transfer-Encoding: chunked",
                                         b"fffffffffffffffff\r\n" + hidden),
        "a chunk of a signed size": ask(b"Transfer-Encoding: chunked", b"-5\r\n" + hidden),
        "a chunk without its end": ask(b"Transfer-Encoding: chunked", b"1\r\nxx" + hidden),
        "chunks in HTTP/1.0": ask(b"Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n" + size, chunked,
                                  version=b"HTTP/1.0"),
        "a body of a GET": ask(size, chunked, method=b"GET"),
        "a chunked GET": ask(b"Transfer-Encoding: chunked\r\n" + size, chunked, method=b"GET"),
        "a second host": ask(b"Host: evil.example\r\n" + size, chunked),
    }


class OneRequestIsOne(unittest.TestCase):
    def test_never_read_as_two(self):
        mark = f"hidden-{uuid.uuid4().hex}"
        asked = two_ways(mark)
        with ThreadPoolExecutor(8) as pool:
            answers = dict(zip(asked, pool.map(lambda request: raw(request, 1.5), asked.values())))
        for what, answer in answers.items():
            self.assertLessEqual(answer.count(b"HTTP/1.1 "), 1, f"{what}: {answer[:300]}")
            self.assertNotIn(b" 500 ", answer[:20], what)
        # Those in which length and chunks contradict each other are refused, not chosen from.
        for what in ("length and chunks", "chunks and length", "short length and chunks", "two lengths",
                     "a list of lengths", "a second host"):
            self.assertEqual(answers[what][9:12], b"400", what)

        end = f"/end-{uuid.uuid4().hex}"
        Person(HERE).get(end)
        log = HERE.run / "log/nginx-access.log"
        HERE.wait(lambda: end in log.read_text(encoding="utf-8"), 5, "the log's last line")
        self.assertNotIn(mark, log.read_text(encoding="utf-8"))

    def test_this_check_sees_two(self):
        """The same reader on what are two requests: both are answered, both are in the log."""
        mark = f"/plain-{uuid.uuid4().hex}"
        one = f"GET {mark} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        self.assertEqual(raw(one + one, 1.5).count(b"HTTP/1.1 404"), 2)
        log = HERE.run / "log/nginx-access.log"
        HERE.wait(lambda: log.read_text(encoding="utf-8").count(mark) == 2, 5, "two lines")


class DatabaseAway(unittest.TestCase):
    """MariaDB is not there at all: a 503 page within two seconds from every plugin, and all is well
    again within five when it is back."""

    def pages(self):
        for plugin in plugins():
            yield plugin, next(path for method, path, rule, flags, _ in routes(plugin)
                               if method == "GET" and ":" not in path and rule not in ("anyone", "nobody")
                               and "cheap" not in flags and "api" not in flags)

    def test_away_and_back(self):
        person = HERE.person("contributor")
        pages = list(self.pages())
        self.assertGreaterEqual(len(pages), 3)
        supervisor = int((HERE.run / "pid/mariadbd").read_text().split()[0])
        os.kill(supervisor, signal.SIGSTOP)  # it would start another one at once
        try:
            os.kill(HERE.child("mariadbd"), signal.SIGKILL)
            for plugin, path in pages:
                for again in (1, 2):
                    began = time.monotonic()
                    reply = person.get(path, follow=False)
                    took = time.monotonic() - began
                    self.assertEqual(reply.status, 503, f"{path}, {again}")
                    self.assertLess(took, 2, f"{path}, {again}")
                    self.assertTrue(reply.header("Retry-After").isdigit())
                    self.assertIn("<h1>", reply.text)
                    self.assertIsNone(TELLING.search(re.sub(r"<[^>]*>", " ", reply.text)), plugin)
                    self.assertEqual(reply.header("Content-Security-Policy"), POLICY)
            began = time.monotonic()
            reply = HERE.person().get("/healthz")
            self.assertEqual(reply.status, 503)
            self.assertLess(time.monotonic() - began, 2)
            # Without the database not even a form is taken, and nobody is told otherwise.
            self.assertEqual(person.post("/profile", {}).status, 503)
        finally:
            os.kill(supervisor, signal.SIGCONT)
        HERE.wait(self.answers, 60, "the database's return")
        end = time.monotonic() + 5
        left = dict(pages)
        while left and time.monotonic() < end:
            left = {p: path for p, path in left.items() if person.get(path, follow=False).status not in (200, 303, 403)}
        self.assertEqual(left, {}, "still away five seconds after the database was back")
        self.assertEqual(HERE.person().get("/healthz").status, 200)
        for plugin in plugins():
            self.assertNotIn('"panic"', (HERE.run / f"log/{plugin}.log").read_text(encoding="utf-8"))

    @staticmethod
    def answers():
        try:
            return HERE.one("SELECT 1") == "1"
        except RuntimeError:
            return False


if __name__ == "__main__":
    unittest.main()
