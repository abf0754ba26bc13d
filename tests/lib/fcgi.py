"""A FastCGI client and the start of one plugin, for integration tests. Standard library only.

Connection speaks records, so tests can split, delay, cut or break them; get() and post() are for
tests that only want an answer. Plugin runs an executable on a listening unix socket of its own.
"""
import os
import re
import signal
import socket
import struct
import subprocess
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, STDERR = 1, 2, 3, 4, 5, 6, 7


def within(seconds):
    """A limit of time: as it stands where processors are free, longer when several wait for each."""
    return seconds * max(1.0, os.getloadavg()[0] / os.cpu_count())


class Closed(Exception):
    """The other side closed before the reply was complete."""


class Reply:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        self.head = head
        self.headers = []
        for line in head.decode("latin-1").split("\r\n"):
            name, _, value = line.partition(": ")
            self.headers.append((name, value))
        self.status = int(self.get("Status", "0").split(" ")[0])

    def get(self, name, default=None):
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return default

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def text(self):
        return self.body.decode("utf-8")

    def value(self, name):
        """The value of a line name=value of the body."""
        found = re.search(r"^%s=(.*)$" % re.escape(name), self.text, re.M)
        return found[1] if found else None


def record(kind, content=b"", request=1, padding=0):
    return struct.pack(">BBHHBB", 1, kind, request, len(content), padding, 0) + content + b"\0" * padding


def pair(name, value):
    name, value = name.encode(), value if isinstance(value, bytes) else value.encode()
    size = b""
    for n in (len(name), len(value)):
        size += bytes([n]) if n < 128 else struct.pack(">I", n | 0x80000000)
    return size + name + value


def params_of(method, target, headers=None, body=None, extra=None):
    params = {"REQUEST_METHOD": method, "REQUEST_URI": target,
              "QUERY_STRING": target.partition("?")[2], "SERVER_PROTOCOL": "HTTP/1.1",
              "REMOTE_ADDR": "127.0.0.1",
              "CONTENT_LENGTH": "" if body is None else str(len(body)), "CONTENT_TYPE": ""}
    for name, value in (headers or {}).items():
        key = name.upper().replace("-", "_")
        params[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + key] = value
    params.update(extra or {})
    return params


def request_records(params, body=b"", keep=True, request=1):
    """The records of a request, as a list, the end record of the body last."""
    packed = b"".join(pair(name, value) for name, value in params.items())
    out = [record(BEGIN, struct.pack(">HB5x", 1, 1 if keep else 0), request)]
    out += [record(PARAMS, packed[at:at + 65535], request) for at in range(0, len(packed), 65535)]
    out.append(record(PARAMS, b"", request))
    out += [record(STDIN, body[at:at + 65535], request) for at in range(0, len(body), 65535)]
    out.append(record(STDIN, b"", request))
    return out


class Connection:
    def __init__(self, path, timeout=10):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(timeout)
        self.socket.connect(str(path))
        self.buffer = b""

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, data):
        self.socket.sendall(data)

    def take(self, n):
        while len(self.buffer) < n:
            got = self.socket.recv(65536)
            if not got:
                raise Closed()
            self.buffer += got
        out, self.buffer = self.buffer[:n], self.buffer[n:]
        return out

    def receive(self, request=1):
        """The reply, after its end record."""
        raw = b""
        while True:
            _, kind, number, size, padding, _ = struct.unpack(">BBHHBB", self.take(8))
            content = self.take(size + padding)[:size]
            if number == 0:
                raise Closed()  # behind an end: the connection will not be kept
            if number != request:
                raise AssertionError(f"record of request {number}")
            if kind == STDOUT:
                raw += content
            elif kind == END:
                return Reply(raw)

    def ask(self, method, target, headers=None, body=None, keep=True, extra=None):
        params = params_of(method, target, headers, body, extra)
        self.send(b"".join(request_records(params, body or b"", keep)))
        return self.receive()

    def is_closed(self, seconds=1.0):
        """Does the other side close within so long, with nothing more that means anything?"""
        self.socket.settimeout(seconds)
        try:
            # What is told behind the last reply: one management record without meaning.
            said = self.buffer + self.socket.recv(65536)
            return said == b"" or (said[1] == 11 and len(said) == 16 and self.socket.recv(1) == b"")
        except socket.timeout:
            return False
        except ConnectionResetError:
            return True


class Plugin:
    """An executable that serves a socket in a folder of its own. `listener` may be handed on to
    a second process, as a supervisor does."""

    def __init__(self, binary, environment=None, listener=None, threads=4, arguments=()):
        self.folder = tempfile.TemporaryDirectory(prefix="web-test-")
        self.path = Path(self.folder.name) / "plugin.sock"
        if listener is None and not arguments:
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(str(self.path))
            listener.listen(512)
        self.listener = listener
        self.log_path = Path(self.folder.name) / "log"
        env = {k: v for k, v in os.environ.items() if not k.startswith("KEPTWORD_")}
        env.update({"KEPTWORD_TEMPLATES": str(TOP / "build" / "site"), "KEPTWORD_RUN": self.folder.name,
                    "KEPTWORD_KEYS": self.folder.name, "KEPTWORD_THREADS": str(threads),
                    "KEPTWORD_PUBLIC_URL": "http://127.0.0.1:8080",
                    "KEPTWORD_DB_SOCKET": str(Path(self.folder.name) / "no.sock"),
                    "KEPTWORD_DB_NAME": "keptword_sample", "KEPTWORD_DB_USER": "keptword_sample"})
        env.update(environment or {})
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen([str(binary), *arguments], stdin=listener, stdout=log,
                                            stderr=log, env=env, cwd=TOP)

    def log(self):
        return self.log_path.read_text("utf-8", "replace")

    def wait_for_log(self, text, seconds=10):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if text in self.log():
                return True
            if self.process.poll() is not None:
                return text in self.log()
            time.sleep(0.01)
        return False

    def connect(self, timeout=10):
        return Connection(self.path, timeout)

    def ask(self, method, target, headers=None, body=None, extra=None):
        with self.connect() as connection:
            return connection.ask(method, target, headers, body, keep=False, extra=extra)

    def stop(self, how=signal.SIGTERM, seconds=10):
        """Ends it; how long it took, and its exit code."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(seconds)
        return time.monotonic() - begun, code

    def done(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.listener is not None:
            self.listener.close()
        self.folder.cleanup()
