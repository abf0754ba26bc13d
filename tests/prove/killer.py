"""Kills what serves, one after the other in an order that the seed gives, and measures how long it
takes until it serves again. Only processes of this run are touched: their pids stand in RUN/pid."""
import http.client
import os
import signal
import threading
import time

# A page of each plugin that it answers without anybody signed in.
PROBES = {"portal": "/sign-in", "onboarding": "/onboarding/probe", "payments": "/payments/statements",
          "feedback": "/feedback/probe", "hdm": "/hdm/probe", "mariadbd": "/healthz"}  # any other: /<name>/probe


class Killer(threading.Thread):
    def __init__(self, site, random, say):
        super().__init__(daemon=True)
        self.site, self.random, self.say = site, random, say
        self.kills, self.stop = [], threading.Event()  # kills: (name, seconds until it served again)
        present = [p.name.removesuffix(".child") for p in (site.run / "pid").glob("*.child")]
        self.serving = sorted(n for n in present if n in PROBES or f"{n}.work" in present)
        self.workers = sorted(n for n in present if n.endswith(".work"))

    def order(self):
        """Names for ever: first everything that serves, then workers among them."""
        first = True
        while True:
            names = self.serving + ([] if first else self.workers)
            first = False
            self.random.shuffle(names)
            yield from names

    def answers(self, name):
        if name.endswith(".work"):
            return True
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=5)
        try:
            connection.request("GET", PROBES.get(name, f"/{name}/probe"), headers={"Host": f"127.0.0.1:{self.site.port}"})
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def back(self, name, old):
        try:
            return self.site.child(name) != old and self.answers(name)
        except (OSError, ValueError, IndexError):
            return False

    def kill(self, name):
        old = self.site.child(name)
        began = time.monotonic()
        os.kill(old, signal.SIGKILL)
        while not self.back(name, old):
            if time.monotonic() - began > 60:
                raise AssertionError(f"{name} has not come back within a minute")
            time.sleep(0.02)
        took = time.monotonic() - began
        self.kills.append((name, took))
        self.say(f"  killed {name:<16} served again after {took:5.2f} s")

    def run(self):
        for name in self.order():
            if self.stop.wait(self.random.uniform(0.8, 2.2)):
                return
            try:
                self.kill(name)
            except ProcessLookupError:
                continue  # it ended by itself between two looks
