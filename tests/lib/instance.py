"""A running instance and people in front of it, for integration tests.

    site = Site.shared()                   # started once a test run, stopped at its end
    marta = site.person("contributor")     # signed in: a role of demo-accounts.tsv, or an e-mail
    page = marta.get("/profile")
    page = marta.submit(page, "/profile", preferred_name="Marta K.")   # fills the page's form
    site.sql("SELECT COUNT(*) FROM keptword_core.person")              # rows as lists of text

With KEPTWORD_SITE_RUN the instance under that folder is used and left running. Redirects are
followed unless asked otherwise; reply.hops tells them.
"""
import atexit
import base64
import hmac
import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.parse
import uuid
from html.parser import HTMLParser
from pathlib import Path

import staying_client as staying
from fcgi import within

TOP = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("DATA", TOP / "../shared/data")).resolve()


def id_text(hexadecimal):
    """16 bytes in hex as the 26 characters of an address (common/data/crypto.h)."""
    value = int(hexadecimal, 16) << 2
    return "".join("0123456789abcdefghjkmnpqrstvwxyz"[value >> 5 * place & 31] for place in range(25, -1, -1))


def totp(secret, at=None):
    """The code of an authenticator app at an instant (RFC 6238, SHA-1, six digits, 30 s)."""
    key = base64.b32decode(secret.replace(" ", ""))
    step = int(time.time() if at is None else at) // 30
    mac = hmac.new(key, step.to_bytes(8, "big"), "sha1").digest()
    return f"{(int.from_bytes(mac[mac[19] & 15:][:4], 'big') & 0x7fffffff) % 10**6:06d}"


class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").lower()
        self.multipart = attributes.get("enctype", "").startswith("multipart/")
        self.fields = []  # (name, value) as a browser would send them untouched
        self.names = set()


class Page(HTMLParser):
    """What a test wants to know of an HTML page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.forms, self.links, self.ids, self.title = [], [], [], ""
        self.options = {}  # name of a select -> values
        # Names of fields to write in, those of them with several lines; radios -> values.
        self.texts, self.areas, self.choices = [], [], {}
        self._form = self._select = self._area = None
        self._words, self._heading, self.headings = [], None, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "form":
            self._form = Form(a)
            self.forms.append(self._form)
        elif tag == "a" and "href" in a:
            self.links.append(a["href"])
        elif tag in ("h1", "h2", "title"):
            self._heading = [tag, ""]
        if not self._form or "name" not in a:
            if tag == "option" and self._select:
                self.options.setdefault(self._select[0], []).append(a.get("value", ""))
                if "selected" in a or self._select[1] is None:
                    self._select[1] = a.get("value", "")
            return
        name = a["name"]
        self._form.names.add(name)
        if tag == "input":
            kind = a.get("type", "text")
            if kind in ("text", "search", "email", "tel", "url"):
                self.texts.append(name)
            elif kind == "radio":
                self.choices.setdefault(name, []).append(a.get("value", "on"))
            if kind in ("checkbox", "radio"):
                if "checked" in a:
                    self._form.fields.append((name, a.get("value", "on")))
            elif kind not in ("submit", "file", "button"):
                self._form.fields.append((name, a.get("value", "")))
        elif tag == "select":
            self._select = [name, None]
        elif tag == "textarea":
            self._area = [name, ""]
            self.texts.append(name)
            self.areas.append(name)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            self._form.fields.append((self._select[0], self._select[1] or ""))
            self._select = None
        elif tag == "textarea" and self._area:
            value = self._area[1]
            self._form.fields.append((self._area[0], value[1:] if value.startswith("\n") else value))
            self._area = None
        elif self._heading and tag == self._heading[0]:
            if tag == "title":
                self.title = self._heading[1].strip()
            else:
                self.headings.append(self._heading[1].strip())
            self._heading = None

    def handle_data(self, data):
        if self._area:
            self._area[1] += data
        if self._heading:
            self._heading[1] += data
        self._words.append(data)

    @property
    def words(self):
        return " ".join("".join(self._words).split())


class Reply:
    def __init__(self, status, headers, body, hops, path):
        self.status, self.headers, self.body, self.hops, self.path = status, headers, body, hops, path
        self._page = None

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def page(self):
        if self._page is None:
            self._page = Page(self.text)
        return self._page

    @property
    def words(self):
        return self.page.words

    def header(self, name):
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    def form(self, action):
        """The form whose action is (or ends with) this; '' is the page's own address."""
        for form in self.page.forms:
            if form.method == "post" and (form.action == action or action and form.action.endswith(action)):
                return form
        raise AssertionError(f"no form for {action} on {self.path}: {[f.action for f in self.page.forms]}")


def style_sheet(page):
    """The address of the style sheet that a page names; its hash is of its content."""
    return re.search(rb'href="(/static/site\.[0-9a-f]{12}\.css)"', page)[1].decode()


class Person:
    """A browser: keeps cookies, fills forms."""

    def __init__(self, site):
        self.site, self.cookies, self.email = site, {}, None

    def request(self, method, path, body=None, headers=None, follow=True):
        hops = []
        while True:
            if self.site.url.startswith("https:"):
                connection = http.client.HTTPSConnection("127.0.0.1", self.site.port, timeout=30,
                                                         context=ssl._create_unverified_context())
            else:
                connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
            sent = {"Host": urllib.parse.urlsplit(self.site.url).netloc}
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
            if method == "POST":
                sent["Origin"] = self.site.url
            sent.update(headers or {})
            connection.request(method, path, body=body, headers={k: v for k, v in sent.items() if v is not None})
            answer = connection.getresponse()
            data = answer.read()
            connection.close()
            for value in answer.headers.get_all("Set-Cookie") or []:
                name, _, rest = value.partition("=")
                content = rest.split(";")[0]
                if "max-age=0" in value.lower() or not content:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = content
            if follow and answer.status in (301, 302, 303) and len(hops) < 8:
                path = urllib.parse.urljoin(path, answer.headers["Location"])
                hops.append((answer.status, path))
                method, body, headers = "GET", None, None
                continue
            return Reply(answer.status, answer.headers.items(), data, hops, path)

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, fields=(), files=(), multipart=False, **more):
        """fields: dict or list of pairs; files: list of (field, file name, bytes)."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        if files or multipart:
            mark = uuid.uuid4().hex
            parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
                     for n, v in pairs]
            parts += [f'--{mark}\r\nContent-Disposition: form-data; name="{n}"; filename="{f}"\r\n'
                      "Content-Type: application/octet-stream\r\n\r\n".encode() + c + b"\r\n"
                      for n, f, c in files]
            body = b"".join(parts) + f"--{mark}--\r\n".encode()
            kind = f"multipart/form-data; boundary={mark}"
        else:
            body = urllib.parse.urlencode(pairs).encode()
            kind = "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, **(more.pop("headers", None) or {})}
        return self.request("POST", path, body=body, headers=headers, **more)

    def filled(self, reply, action, **fields):
        """The pairs that the page's form would send with these fields set (None: left out; a
        list: several)."""
        form = reply.form(action)
        pairs = [(n, v) for n, v in form.fields if n not in fields]
        for name, value in fields.items():
            values = value if isinstance(value, list) else [] if value is None else [value]
            pairs += [(name, str(v)) for v in values]
        return form, pairs

    def submit(self, reply, action, files=(), follow=True, **fields):
        form, pairs = self.filled(reply, action, **fields)
        path = urllib.parse.urljoin(reply.path, form.action or reply.path)
        return self.post(path, pairs, files=files, multipart=form.multipart, follow=follow)

    def sign_in(self, who):
        account = self.site.account(who)
        self.email = account["email"]
        page = self.get("/sign-in")
        reply = self.submit(page, "/sign-in", email=account["email"], password=account["password"])
        if "secret" in account:
            reply = self.give_code(reply, account["secret"])
        assert reply.status == 200 and "/sign-in" not in reply.path, (who, reply.status, reply.path)
        return self


    def give_code(self, reply, secret):
        """The second step of signing in. A code counts once: the one after is taken when this one was
        used, and then the next step is waited for."""
        for _ in range(40):
            for at in (time.time(), time.time() + 30):
                reply = self.submit(reply, "/sign-in/code", code=totp(secret, at))
                if reply.status != 422:
                    return reply
                self.site.sql("UPDATE keptword_core.sign_in_half SET wrong = 0")
                self.site.sql("DELETE FROM keptword_core.sign_in_attempt")
            time.sleep(1)
        raise AssertionError("no code was taken")

    def set_up_second_factor(self, reply):
        """Fills the page that sets one up; the secret and the page that comes after."""
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", reply.text)[1]
        return secret, self.submit(reply, "", code=totp(secret))


class Site:
    _shared = None

    @classmethod
    def shared(cls):
        if cls._shared is None:
            cls._shared = cls()
        return cls._shared

    def __init__(self, **variables):
        """Starts an instance with these variables of make start (DEMO="0", THREADS="4" ...), a demo on a
        copy of what tests/lib/prepared.sh keeps."""
        self._clients = []
        atexit.register(self._end_clients)
        given = os.environ.get("KEPTWORD_SITE_RUN") if not variables else None
        if given:
            self.run = Path(given)
        else:
            self.folder = Path(tempfile.mkdtemp(prefix="kw-", dir="/tmp"))
            self.folder.chmod(0o755)
            self.run = self.folder / "r"
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            self.environment = {**os.environ, "RUN": str(self.run), "PORT": str(port), "LISTEN": "127.0.0.1",
                                **variables}
            if self.environment.get("DEMO", "1") == "1" and "KEPTWORD_CLOCK_SHIFT" not in self.environment:
                subprocess.run(["sh", str(TOP / "tests/lib/prepared.sh"), "demo", str(self.run)], check=True)
            self.started = self.make("start")
            atexit.register(self.remove)
            self.removed = False
        self.url = self.setting("PUBLIC_URL")
        self.port = int(self.url.rsplit(":", 1)[1])

    def _end_clients(self):
        while self._clients:
            self._clients.pop().end()

    def make(self, goal):
        self._end_clients()
        script = {"start": "start.sh", "stop": "stop.sh"}[goal]
        done = subprocess.run(["sh", str(TOP / "cgi-bin/run" / script)], cwd=TOP, env=self.environment,
                              capture_output=True, text=True, timeout=180, check=False)
        if done.returncode:
            raise RuntimeError(f"{script}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def remove(self):
        if self.removed:
            return
        self.removed = True
        self.make("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def setting(self, name):
        """A KEPTWORD_ variable of the run."""
        for line in (self.run / "env").read_text(encoding="utf-8").splitlines():
            key, _, value = line.removeprefix("export ").partition("=")
            if key == "KEPTWORD_" + name:
                return value.strip().strip("'\"")
        raise KeyError(name)

    def accounts(self):
        rows = []
        for line in (self.run / "demo-accounts.tsv").read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) >= 3 and not line.startswith("#"):
                rows.append(dict(zip(("role", "email", "password", "secret"), cells)))
        return rows

    def account(self, who):
        return next(a for a in self.accounts() if who in (a["role"], a["email"]))

    def person(self, who=None):
        person = Person(self)
        return person.sign_in(who) if who else person

    def as_server(self, command, **more):
        """Runs a command as the serving user (so that its files and socket can be used)."""
        more.setdefault("timeout", 120)
        return subprocess.run(self._as_server(command), capture_output=True, check=False, **more)

    def _as_server(self, command):
        owner = pwd.getpwuid(os.stat(self.run / "sock").st_uid).pw_name
        if os.geteuid() == 0 and owner != "root":
            return ["setpriv", "--reuid", owner, "--regid", owner, "--clear-groups", "--", *command]
        return command

    def sql(self, text, account=None):
        """Rows of a query as lists of text (NULL: None), as the server's owner or as an account of
        RUN/secrets."""
        command = [*staying.COMMAND, "-S", str(self.run / "sock/db.sock")]
        lines = None if account or not staying.plain(text) else self._ask(self._as_server(command), text)
        if lines is None:
            environment = dict(os.environ)
            if account:
                command += ["-u", account]
                environment["MYSQL_PWD"] = (self.run / "secrets" / f"{account}.password").read_text().strip()
            done = self.as_server(command, env=environment, input=text.encode(), timeout=600)
            if done.returncode:
                raise RuntimeError(done.stderr.decode(errors="replace").strip())
            lines = done.stdout.decode().splitlines()
        return [[None if c == "NULL" else c for c in row.split("\t")] for row in lines]

    def _ask(self, command, text):
        """By a client that stays; None when it was gone before it was asked, as after a restart of the
        server. Each thread has one of its own."""
        client = self._clients.pop() if self._clients else staying.Client(command)
        try:
            lines = client.ask(text, 600)
        except (staying.Failed, OSError) as gone:
            client.end()
            said = str(gone)
            # 1053, 1927, 2006, 4031: the server was stopped while nothing was asked of it.
            if isinstance(gone, OSError) or re.match(r"ERROR (1053|1927|2006|4031) ", said):
                return None
            raise RuntimeError(said) from gone
        except BaseException:
            client.end()
            raise
        self._clients.append(client)
        return lines

    def one(self, text):
        rows = self.sql(text)
        return rows[0][0] if rows else None

    def many_statements(self, people, periods, lines=0, entries=0):
        """Statements of made-up people with ids from 1000001 on, for measurements; once."""
        script = (TOP / "sql/payments/generate.sql").read_text(encoding="utf-8")
        self.sql(f"USE keptword_payments; SET @people = {people}, @periods = {periods}, @lines = {lines}, @entries = {entries}, "
                 f"@today = UTC_DATE(), @now = UTC_TIMESTAMP(6);\n{script}")
        self.sql("ANALYZE TABLE keptword_payments.statement, keptword_core.person")

    def command(self, plugin, *arguments, **more):
        """bin/<plugin> of the run; the finished process with text output."""
        return subprocess.run([str(self.run / "bin" / plugin), *arguments], capture_output=True,
                              text=True, check=False, timeout=120, **more)

    def child(self, name):
        """The pid of what the supervisor keeps: portal, payments.work, mariadbd, nginx."""
        words = []
        while not words:  # it is being written just now
            words = (self.run / "pid" / f"{name}.child").read_text().split()
        return int(words[0])

    def reload_nginx(self):
        """Lets nginx read its configuration again; afterwards only those who have read it answer."""
        master = self.child("nginx")

        def workers():
            found = set()
            for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split():
                try:
                    title = Path(f"/proc/{pid}/cmdline").read_bytes()
                except FileNotFoundError:
                    continue
                if title.strip(b"\0") == b"nginx: worker process":  # one that ends is called otherwise
                    found.add(pid)
            return found

        before = workers()
        os.kill(master, signal.SIGHUP)
        self.wait(lambda: (now := workers()) and not now & before, 20, "nginx reads its configuration")

    def wait(self, condition, seconds=10.0, what="it"):
        end = time.monotonic() + within(seconds)
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.05)
        raise AssertionError(f"{what} did not happen within {seconds} s")
