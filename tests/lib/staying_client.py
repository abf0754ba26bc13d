"""A mariadb client that stays: the same words in, the same rows out as one process for each query, at a
third of the time. What it leaves behind in its session is nothing: texts that set, lock or begin
something are not for it (plain() tells), nor is anything after an error.
"""
import os
import re
import selectors
import subprocess
import time
import uuid

COMMAND = ["mariadb", "--no-defaults", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"]
_STATE = re.compile(r"\b(SET\s+(@|GLOBAL|SESSION|NAMES|PASSWORD|autocommit|[a-z_]+\s*=\s*@)|START\s+TRANSACTION|BEGIN|COMMIT|ROLLBACK|LOCK"
                    r"|UNLOCK|FLUSH|DELIMITER|USE|KILL|PREPARE|TEMPORARY|SLEEP|CALL)\b|@\w|GET_LOCK", re.I)


def plain(text):
    """Does this text leave the session as it was, and end with its last statement?"""
    return not _STATE.search(text) and "--" not in text and "#" not in text and "/*" not in text


class Failed(Exception):
    """What the client said on its way out."""


class Client:
    def __init__(self, command):
        """command: what starts the client, socket and account named."""
        self.process = subprocess.Popen([*command, "--unbuffered", "--skip-reconnect"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.ready = selectors.DefaultSelector()
        self.ready.register(self.process.stdout, selectors.EVENT_READ)

    def ask(self, text, timeout):
        """The lines of the answer. After Failed or an error of the pipe this client is over."""
        mark = uuid.uuid4().hex
        asked = f"{text.strip().rstrip(';')};\nSELECT '{mark}';\n"
        self.process.stdin.write(asked.encode())
        self.process.stdin.flush()
        got, ends, until = b"", f"{mark}\n".encode(), time.monotonic() + timeout
        while not got.endswith(ends):
            if not self.ready.select(max(0, until - time.monotonic())):
                raise subprocess.TimeoutExpired(asked, timeout)
            part = self.process.stdout.read(1 << 20)
            if part == b"":
                said = self.process.stderr.read().decode(errors="replace").strip()
                raise Failed(said[max(0, said.find("ERROR ")):])
            got += part or b""
        return got[:-len(ends)].decode().splitlines()

    def end(self):
        self.ready.close()
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass
        self.process.wait()
