"""A mail server and a webhook target for tests, on loopback ports of their own, that can be told to
misbehave:

    mails = MailSink()                 # mails.port; mails.mails is a list of (to, email.Message)
    mails.mode = "cut"                 # accepts the mail and closes before it says so
    hooks = HookSink(); hooks.mode = "500"; hooks.calls is a list of (headers, body)

Modes of MailSink: ok, hang (takes connections, says nothing), no_ehlo (greets, and never answers what
it is told), stall (takes a whole mail and never says so), no_quit (takes leave of nobody), busy (451 for
the receiver), refuse (550 for the receiver), cut. Of HookSink: ok, 500, 410, hang. down() and up() close and open the port.
"""
import email
import email.policy
import socket
import threading
import time


class Sink:
    def __init__(self):
        self.mode, self.port, self.tries = "ok", 0, 0
        self.listening = None
        self.up()

    def up(self):
        self.listening = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.listening,), daemon=True).start()

    def down(self):
        listening, self.listening = self.listening, None
        if listening:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()

    def accept(self, listening):
        while True:
            try:
                one, _ = listening.accept()
            except OSError:
                return
            self.tries += 1
            threading.Thread(target=self.guarded, args=(one,), daemon=True).start()

    def guarded(self, one):
        try:
            with one:
                one.settimeout(30)
                if self.mode == "hang":
                    time.sleep(20)
                else:
                    self.talk(one, one.makefile("rb"))
        except OSError:
            pass


class MailSink(Sink):
    def __init__(self):
        self.mails, self.raw, self.stalled = [], [], 0
        super().__init__()

    def silent(self):
        """As long as the mode stays; then the connection is cut."""
        mode = self.mode
        while self.mode == mode:
            time.sleep(0.05)
        raise OSError

    def talk(self, one, lines):
        def say(text):
            one.sendall(text.encode() + b"\r\n")

        to = None
        say("220 sink")
        for line in lines:
            word = line.strip().upper()
            if self.mode == "no_ehlo":
                self.silent()
            if word.startswith((b"EHLO", b"HELO")):
                say("250 sink")
            elif word.startswith(b"RCPT"):
                if self.mode in ("busy", "refuse"):
                    say("451 later" if self.mode == "busy" else "550 nobody of that name")
                    continue
                to = line.split(b"<")[1].split(b">")[0].decode()
                say("250 ok")
            elif word.startswith(b"DATA"):
                say("354 go on")
                body = b""
                for text in lines:
                    if text == b".\r\n":
                        break
                    body += text[1:] if text.startswith(b".") else text
                if self.mode == "stall":
                    self.stalled += 1
                    self.silent()
                self.raw.append(body)
                self.mails.append((to, email.message_from_bytes(body, policy=email.policy.default)))
                if self.mode == "cut":
                    return
                say("250 taken")
            elif word.startswith(b"QUIT"):
                if self.mode == "no_quit":
                    self.silent()
                say("221 bye")
                return
            else:
                say("250 ok")


class HookSink(Sink):
    def __init__(self):
        self.calls = []
        super().__init__()

    def talk(self, one, lines):
        headers = {}
        if not lines.readline():
            return
        for line in lines:
            if line == b"\r\n":
                break
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        body = lines.read(int(headers.get("content-length", 0)))
        self.calls.append((headers, body))
        code = "200 OK" if self.mode == "ok" else self.mode + " No"
        one.sendall(f"HTTP/1.1 {code}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
