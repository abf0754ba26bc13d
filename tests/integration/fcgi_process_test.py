"""A plugin as a process: how it starts, what it refuses to start on, how it stops without losing a
reply, and what it does without descriptors.
"""
import os
import resource
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import fcgi
from fcgi import Closed, Plugin, params_of, request_records

SAMPLE = os.environ.get("SAMPLE", str(fcgi.TOP / "build" / "sample"))


class Starting(unittest.TestCase):
    def run_sample(self, *arguments, stdin=subprocess.DEVNULL, env=None):
        return subprocess.run([SAMPLE, *arguments], stdin=stdin, capture_output=True, text=True,
                              timeout=20, cwd=fcgi.TOP, env={**os.environ, **(env or {})})

    def test_refuses_what_is_no_listening_socket(self):
        with tempfile.TemporaryFile() as file, socket.socketpair()[0] as pair:
            for stdin in (subprocess.DEVNULL, file, pair):
                done = self.run_sample(stdin=stdin)
                self.assertEqual(done.returncode, 1)
                self.assertIn("listening socket at descriptor 0", done.stderr)

    def test_says_what_is_wrong(self):
        for env, word in (({"KEPTWORD_THREADS": "0"}, "KEPTWORD_THREADS"),
                          ({"KEPTWORD_TEMPLATES": "/nonexistent"}, "sample cannot start")):
            plugin = Plugin(SAMPLE, env)
            self.assertEqual(plugin.process.wait(10), 1)
            self.assertIn(word, plugin.log())
            plugin.done()

    def test_routes(self):
        lines = [line.split("\t") for line in self.run_sample("routes").stdout.splitlines()]
        self.assertTrue(all(len(line) == 5 for line in lines))
        self.assertIn(["GET", "/sample/staff", "hdm,hdl", "-", "-"], lines)
        self.assertIn(["POST", "/sample/api/form", "anyone", "api,page", "sample"], lines)
        self.assertIn(["GET", "/sample/me", "signed_in", "-", "-"], lines)
        self.assertIn(["GET", "/-/health", "anyone", "no_log,cheap", "-"], lines)

    def test_commands(self):
        done = self.run_sample("say", "--with", "you", "hello")
        self.assertEqual((done.returncode, done.stdout), (0, "hello you\n"))
        done = self.run_sample("say")
        self.assertEqual(done.returncode, 2)
        self.assertIn("say WORD [--with WORD]", done.stderr)
        self.assertEqual(self.run_sample("nothing").returncode, 2)
        self.assertIn("say WORD", self.run_sample("help").stdout)
        self.assertIn("KEPTWORD_THREADS", self.run_sample("config").stdout)


class Stopping(unittest.TestCase):
    def test_idle(self):
        for how in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            plugin = Plugin(SAMPLE, threads=8)
            self.assertTrue(plugin.wait_for_log('"event":"serving"'), plugin.log())
            kept = [plugin.connect() for _ in range(4)]
            for connection in kept:
                connection.ask("GET", "/sample/echo")
            took, code = plugin.stop(how)
            for connection in kept:
                self.assertTrue(connection.is_closed())
                connection.close()
            plugin.done()
            self.assertEqual(code, 0)
            self.assertLess(took, 3)

    def test_worker_mode(self):
        plugin = Plugin(SAMPLE, arguments=("work",))
        self.assertTrue(plugin.wait_for_log('"event":"working"'), plugin.log())
        took, code = plugin.stop()
        plugin.done()
        self.assertEqual(code, 0)
        self.assertLess(took, 1)

    def test_what_is_under_way_is_finished(self):
        plugin = Plugin(SAMPLE, threads=2)
        self.assertTrue(plugin.wait_for_log('"event":"serving"'))
        with plugin.connect() as connection:
            connection.send(b"".join(request_records(params_of("GET", "/sample/slow?ms=1500"))))
            time.sleep(0.2)
            plugin.process.send_signal(signal.SIGTERM)
            self.assertEqual(connection.receive().text, "done\n")
            self.assertTrue(connection.is_closed())
        took, code = plugin.stop()
        plugin.done()
        self.assertEqual(code, 0)
        self.assertLess(took, 2)

    def test_never_longer_than_five_seconds(self):
        plugin = Plugin(SAMPLE, threads=2)
        self.assertTrue(plugin.wait_for_log('"event":"serving"'))
        with plugin.connect() as connection:
            connection.send(b"".join(request_records(params_of("GET", "/sample/slow?ms=20000"))))
            time.sleep(0.2)
            took, code = plugin.stop()
        plugin.done()
        self.assertEqual(code, 0)
        self.assertLess(took, 5)

    def test_under_load_no_reply_is_lost(self):
        """A successor takes the same socket, as under a supervisor. Clients behave like nginx: a
        GET on a kept connection that was closed without a byte is asked again on a new one."""
        first = Plugin(SAMPLE, threads=4)
        self.assertTrue(first.wait_for_log('"event":"serving"'))
        stop, lost, answered = threading.Event(), [], [0] * 10

        def client(number):
            connection, used = first.connect(), False
            while not stop.is_set():
                try:
                    reply = connection.ask("GET", "/sample/slow?ms=2")
                    if reply.text != "done\n":
                        lost.append(reply.text)
                    used = True
                    answered[number] += 1
                except (Closed, OSError) as error:
                    if connection.buffer or not used:
                        lost.append(repr(error))
                    connection.close()
                    connection, used = first.connect(), False
            connection.close()

        def go_on():
            """Half a second at least, and until everybody has been answered several times."""
            before, end = list(answered), time.monotonic() + 20
            time.sleep(0.5)
            while min(now - then for now, then in zip(answered, before)) < 6 and time.monotonic() < end:
                time.sleep(0.01)

        clients = [threading.Thread(target=client, args=(number,)) for number in range(10)]
        for thread in clients:
            thread.start()
        go_on()
        second = Plugin(SAMPLE, threads=4, listener=first.listener)
        self.assertTrue(second.wait_for_log('"event":"serving"'))
        took, code = first.stop()
        go_on()
        stop.set()
        for thread in clients:
            thread.join()
        second.stop()
        second.done()
        first.done()
        self.assertEqual(lost, [])
        self.assertEqual(code, 0)
        self.assertLess(took, 5)
        self.assertGreater(min(answered), 10)


class Exhaustion(unittest.TestCase):
    def test_out_of_descriptors(self):
        """EMFILE ends no thread: when descriptors are free again, service goes on."""
        plugin = Plugin(SAMPLE, threads=4)
        self.assertTrue(plugin.wait_for_log('"event":"serving"'))
        pid = plugin.process.pid
        held = len(os.listdir(f"/proc/{pid}/fd"))
        highest = max(int(name) for name in os.listdir(f"/proc/{pid}/fd"))
        self.assertLessEqual(held, highest + 1)
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (highest + 1, before[1]))
        with plugin.connect(timeout=0.5) as connection:
            with self.assertRaises(socket.timeout):
                connection.ask("GET", "/sample/echo")
            self.assertTrue(plugin.wait_for_log('"event":"accept_failed"'))
            resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
            connection.socket.settimeout(5)
            self.assertEqual(connection.receive().status, 200)
        for _ in range(20):
            self.assertEqual(plugin.ask("GET", "/sample/echo").status, 200)
        plugin.stop()
        plugin.done()


if __name__ == "__main__":
    unittest.main()
