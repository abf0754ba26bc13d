#!/usr/bin/env python3
"""make bench: measurements, not tests. Everything is compared within one run, in alternating rounds,
and told as ratios: machines are shared and noisy.

    bench.py [list] [peers] [pdf] [languages] [kept] [restart] [run]   parts; all but run without arguments

  list     requests/s of the statement list (26 rows out of STATEMENTS) against the floor
  peers    the same list written for PHP-FPM, Node and Go (peers.py), by turns in the same rounds;
           with the processor time of server, program and database, which depends less on neighbours
  pdf      processor time of a statement as PDF, and of its signature (pdf.c; no site is started)
  kept     SECONDS of kept-alive load with three times more connections than threads: the slowest
           request against the slowest static file of the same time
  restart  SIGTERM of a plugin under load: failed GETs, refused POSTs and what became of their retries
  run      a pay run of RUN_PEOPLE people with 10 entries each, worked out, signed and issued by the
           worker, against a bare INSERT ... SELECT of the same rows; memory of the worker

Variables: STATEMENTS (1000000), ROUNDS (5), LOAD (6, seconds of one load of peers), SECONDS (120),
RUN_PEOPLE (100000), BUILD (build). Needs wrk.
"""
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(TOP / "tests/lib"))
from instance import Person, Site, id_text, style_sheet  # noqa: E402
from peers import Peers  # noqa: E402

PERIODS = 26
STATEMENTS = int(os.environ.get("STATEMENTS", "1000000"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
LOAD = int(os.environ.get("LOAD", "6"))
SECONDS = int(os.environ.get("SECONDS", "120"))
RUN_PEOPLE = int(os.environ.get("RUN_PEOPLE", "100000"))
# The rows of a run, and where they are copied to by nothing but the database.
RUN_ROWS = {
    "statement": "SELECT * FROM statement WHERE pay_run_id = {run}",
    "statement_line": "SELECT x.* FROM statement s JOIN statement_line x ON x.statement_id = s.id WHERE s.pay_run_id = {run}",
    "statement_entry": "SELECT x.* FROM statement s JOIN statement_entry x ON x.statement_id = s.id WHERE s.pay_run_id = {run}",
    "ledger": "SELECT x.* FROM statement s JOIN ledger x ON x.statement_id = s.id WHERE s.pay_run_id = {run}",
    "event": "SELECT x.* FROM event x WHERE x.kind = 'statement.issued' AND x.at = (SELECT issued_at FROM pay_run WHERE id = {run})",
    "outbox": "SELECT x.* FROM outbox x WHERE x.kind = 'payments.statement_issued' AND x.id > {outbox}",
}
BUILD = Path(os.environ.get("BUILD", TOP / "build"))


class Load:
    """One run of wrk."""

    def __init__(self, url, cookies, connections, seconds):
        self.process = subprocess.Popen(
            ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
             "-s", str(HERE / "statements.lua"), url],
            env={**os.environ, "COOKIES": str(cookies)}, stdout=subprocess.PIPE, text=True)

    def result(self):
        out, _ = self.process.communicate(timeout=600)
        found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", out)
        if not found:
            raise RuntimeError(out)
        n, us, broken, timeouts, status, p99, slowest = map(int, found.groups())
        return {"rps": n / us * 1e6, "requests": n, "broken": broken + timeouts, "not_2xx": status,
                "p99": p99 / 1000, "max": slowest / 1000}


class Bench:
    def __init__(self):
        os.environ.setdefault("DB_MEMORY", "2G")
        self.site = Site.shared()
        self.cookies = self.site.run / "bench-cookies"
        self.floor = None

    def prepare(self):
        people = max(1, STATEMENTS // PERIODS)
        if self.site.one("SELECT COUNT(*) FROM keptword_payments.legal_entity WHERE id = 1000001") == "0":
            print(f"Making {people * PERIODS:,} statements of {people:,} people...", flush=True)
            self.site.many_statements(people, PERIODS)
        tokens = [secrets.token_hex(26) for _ in range(2000)]
        self.cookies.write_text("\n".join(tokens) + "\n")
        rows = ",".join(f"(UNHEX(SHA2('{t}', 256)), {1000001 + secrets.randbelow(people)}, UTC_TIMESTAMP(6), "
                        "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 DAY)" for t in tokens)
        self.site.sql("INSERT INTO keptword_core.session (token_hash, person_id, created_at, seen_at, ends_at) "
                      f"VALUES {rows}")

    def behind_nginx(self, name, location):
        """An upstream and a location more, in the configuration of this run; nginx_again() takes them up."""
        folder = self.site.run / "app/nginx"
        upstreams = folder / "upstreams.conf"
        text = upstreams.read_text()
        own = re.search(r"upstream payments \{.*?\n\}\n", text, re.S)[0]
        if f"upstream {name} " not in text:
            upstreams.write_text(text + own.replace("payments", name, 1).replace(
                str(self.site.run / "sock/payments.sock"), str(self.site.run / f"sock/{name}.sock.bench")))
            (folder / f"locations/{name}.conf").write_text(location)

    def nginx_again(self):
        os.kill(self.site.child("nginx"), signal.SIGHUP)
        time.sleep(1)

    def start_floor(self):
        """The floor behind the same nginx, on a location of its own."""
        site, program = self.site, BUILD / "bench/floor"
        (site.run / "app/bin/floor").write_bytes(program.read_bytes())
        (site.run / "app/bin/floor").chmod(0o755)
        sock = site.run / "sock/floor.sock.bench"
        threads = site.setting("THREADS")
        pid_file = site.run / "pid/floor.bench"
        done = site.as_server(["spawn-fcgi", "-s", str(sock), "-M", "0660", "-b", "1024", "-P", str(pid_file), "--",
                               str(site.run / "app/bin/floor"), str(site.run / "sock/db.sock"),
                               "keptword_payments", str(site.run / "secrets/keptword_payments.password"), threads])
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        self.floor = int(pid_file.read_text())
        self.behind_nginx("floor", "location ^~ /floor/ {\n\tfastcgi_pass floor;\n}\n")
        self.nginx_again()

    def stop_floor(self):
        if self.floor:
            os.kill(self.floor, signal.SIGKILL)

    def load(self, path, connections, seconds):
        return Load(self.site.url + path, self.cookies, connections, seconds)

    def computed(self, roots):
        """Seconds of processor time that these processes and all below them have used so far."""
        below, used = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(stat.parent.name)
            below.setdefault(int(words[1]), []).append(pid)
            used[pid] = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
        found, open_ = set(), list(roots)
        while open_:
            pid = open_.pop()
            if pid not in found:
                found.add(pid)
                open_ += below.get(pid, [])
        return sum(used.get(pid, 0) for pid in found)

    def list(self):
        self.start_floor()
        try:
            ours, floor = [], []
            for path in ("/floor/statements", "/payments/statements"):
                self.load(path, 8, 2).result()  # warm
            for _ in range(ROUNDS):
                floor.append(self.load("/floor/statements", 8, 6).result())
                ours.append(self.load("/payments/statements", 8, 6).result())
        finally:
            self.stop_floor()
        ratios = [o["rps"] / f["rps"] for o, f in zip(ours, floor)]
        print(f"statement list, 26 rows of {STATEMENTS:,}, 8 connections, {ROUNDS} rounds")
        for name, rounds in (("floor", floor), ("keptword", ours)):
            print(f"  {name:9} {statistics.median(r['rps'] for r in rounds):9,.0f} requests/s"
                  f"  p99 {statistics.median(r['p99'] for r in rounds):6.2f} ms"
                  f"  failed {sum(r['broken'] + r['not_2xx'] for r in rounds)}")
        print(f"  ratio     {statistics.median(ratios):9.0%} (rounds: {', '.join(f'{r:.0%}' for r in ratios)})")

    def peers(self):
        """The same list written in PHP, Node and Go, by turns with the floor and with ours."""
        peers = Peers(self)
        paths = {"floor": "/floor/statements", "keptword": "/payments/statements"}
        self.start_floor()
        try:
            paths |= peers.start()
            peers.same_page(self.cookies.read_text().split()[:5], paths)
            rounds = {name: [] for name in paths}
            roots = [self.site.child(name) for name in ("nginx", "mariadbd", "payments")]
            roots += [self.floor, *(process.pid for process in peers.running)]
            for path in paths.values():
                self.load(path, 8, 2).result()  # warm
            for _ in range(ROUNDS):
                for name, path in paths.items():
                    before = self.computed(roots)
                    found = self.load(path, 8, LOAD).result()
                    found["cpu"] = (self.computed(roots) - before) / max(found["requests"], 1) * 1000
                    rounds[name].append(found)
        finally:
            peers.stop()
            self.stop_floor()
        print(f"statement list, 26 rows of {STATEMENTS:,}, 8 connections, {ROUNDS} rounds by turns")
        for name, found in rounds.items():
            ratios = [o["rps"] / f["rps"] for o, f in zip(rounds["keptword"], found)]
            cpu = [f["cpu"] / o["cpu"] for o, f in zip(rounds["keptword"], found)]
            print(f"  {name:9} {statistics.median(r['rps'] for r in found):9,.0f} requests/s"
                  f"  p99 {statistics.median(r['p99'] for r in found):6.2f} ms"
                  f"  failed {sum(r['broken'] + r['not_2xx'] for r in found)}"
                  f"  keptword / {name} {statistics.median(ratios):5.2f} ({', '.join(f'{r:.2f}' for r in ratios)})"
                  f"  CPU a request {statistics.median(f['cpu'] for f in found):.3f} ms, {name} / keptword"
                  f" {statistics.median(cpu):.2f}")

    def languages(self):
        """The same list read in English and in every other language, by turns."""
        tags = ["en"] + sorted(path.name for path in (TOP / "build/site/languages").iterdir() if path.is_dir())
        rounds = {tag: [] for tag in tags}
        for _ in range(ROUNDS):
            for tag in tags:
                self.site.sql(f"UPDATE keptword_core.person SET locale = '{tag}' WHERE id IN"
                              " (SELECT person_id FROM keptword_core.session)")
                rounds[tag].append(self.load("/payments/statements", 8, 5).result())
        self.site.sql("UPDATE keptword_core.person SET locale = 'en' WHERE id IN"
                      " (SELECT person_id FROM keptword_core.session)")
        print(f"statement list in {len(tags)} languages, 8 connections, {ROUNDS} rounds")
        for tag in tags:
            ratio = statistics.median(r["rps"] / e["rps"] for r, e in zip(rounds[tag], rounds["en"]))
            print(f"  {tag:9} {statistics.median(r['rps'] for r in rounds[tag]):9,.0f} requests/s  {ratio:.0%} of English"
                  f"  failed {sum(r['broken'] + r['not_2xx'] for r in rounds[tag])}")

    def kept(self):
        connections = 3 * int(self.site.setting("THREADS"))
        pages = self.load("/payments/statements", connections, SECONDS)
        static = self.load(style_sheet(Person(self.site).get("/sign-in").body), 8, SECONDS)
        pages, static = pages.result(), static.result()
        print(f"{SECONDS} s, {connections} kept connections on {self.site.setting('THREADS')} threads")
        print(f"  slowest page {pages['max']:,.0f} ms, slowest static file {static['max']:,.0f} ms, "
              f"difference {pages['max'] - static['max']:,.0f} ms")
        print(f"  {pages['requests']:,} pages, broken {pages['broken']}, not 2xx {pages['not_2xx']}")

    def poster(self, email, stop, counts):
        """Posts the profile again and again; what is refused is sent once more, as it was."""
        person = self.site.person(email)
        while not stop.is_set():
            page = person.get("/profile")
            if page.status != 200:
                counts["bad_get"] += 1
                continue
            _, pairs = person.filled(page, "/profile", preferred_name=f"P {counts['acks']}")
            for attempt in range(20):
                counts["posts"] += 1
                reply = person.post("/profile", pairs, follow=False)
                if reply.status == 303:
                    counts["acks"] += 1
                    break
                if reply.status not in (502, 503):
                    raise AssertionError(reply.status)
                counts["refused"] += 1
                time.sleep(0.2)

    def restart(self):
        site = self.site
        roles = ["hdm", "hdl", "spl", "reviewer"]
        emails = [site.account(role)["email"] for role in roles]
        versions = {e: int(site.one(f"SELECT version FROM keptword_core.person WHERE email = '{e}'")) for e in emails}
        counts = {e: {"posts": 0, "acks": 0, "refused": 0, "bad_get": 0} for e in emails}
        stop = threading.Event()
        threads = [threading.Thread(target=self.poster, args=(e, stop, counts[e])) for e in emails]
        for thread in threads:
            thread.start()
        time.sleep(2)
        load = self.load("/payments/statements", 32, 20)
        exits = []
        for _ in range(5):
            time.sleep(1.5)
            for plugin in ("payments", "portal"):
                pid = site.child(plugin)
                began = time.monotonic()
                os.kill(pid, signal.SIGTERM)
                site.wait(lambda: not Path(f"/proc/{pid}").exists(), 10, "the exit")
                exits.append(time.monotonic() - began)
        gets = load.result()
        stop.set()
        for thread in threads:
            thread.join()
        lost = sum(int(site.one(f"SELECT version FROM keptword_core.person WHERE email = '{e}'"))
                   - versions[e] - counts[e]["acks"] for e in emails)
        posts = sum(c["posts"] for c in counts.values())
        refused = sum(c["refused"] for c in counts.values())
        print("10 SIGTERMs under load (payments, portal), restarted by the supervisor")
        print(f"  GET  {gets['requests']:,}, broken {gets['broken']}, not 2xx {gets['not_2xx']}")
        print(f"  POST {posts:,}, 502/503 {refused} ({refused / max(posts, 1):.2%}), effects less acknowledged {lost}")
        print(f"  slowest exit {max(exits):.2f} s")

    def worker_memory(self):
        """Private anonymous MiB of the worker and what it was at most while anybody looked."""
        text = Path(f"/proc/{self.site.child('payments.work')}/smaps_rollup").read_text()
        return int(re.search(r"Anonymous:\s+(\d+)", text)[1]) / 1024

    def job(self, kind):
        """Waits for the newest job of this kind; seconds from its beginning to its end, memory meanwhile."""
        memory = []

        def ended():
            memory.append(self.worker_memory())
            return self.site.one("SELECT state FROM keptword_payments.job WHERE kind = "
                                 f"'{kind}' ORDER BY id DESC LIMIT 1") in ("done", "failed")
        self.site.wait(ended, 1800, kind)
        took, state = self.site.sql("SELECT TIMESTAMPDIFF(MICROSECOND, begun_at, finished_at) / 1e6, state FROM "
                                    f"keptword_payments.job WHERE kind = '{kind}' ORDER BY id DESC LIMIT 1")[0]
        if state != "done":
            raise RuntimeError(f"{kind}: {state}")
        half = len(memory) // 2
        return float(took), max(memory[:half] or memory), max(memory[half:])

    def bare(self, run, outbox):
        """Seconds of a copy of the run's rows by the database alone, each table in one statement, into tables
        with the same keys, checks and foreign keys."""
        took = 0.0
        for table, rows in RUN_ROWS.items():
            made = self.site.sql(f"SHOW CREATE TABLE keptword_payments.{table}")[0][1].replace("\\n", "\n")
            made = re.sub(r"CONSTRAINT `(\w+)` FOREIGN", r"CONSTRAINT `bare_\1` FOREIGN", made)
            self.site.sql("USE keptword_payments; DROP TABLE IF EXISTS bare; " + made.replace(f"`{table}`", "`bare`", 1))
            before = time.monotonic()
            self.site.sql("USE keptword_payments; INSERT INTO bare " + rows.format(run=run, outbox=outbox))
            took += time.monotonic() - before
        self.site.sql("DROP TABLE keptword_payments.bare")
        return took

    def run(self):
        site, of = self.site, "keptword_payments"
        if site.one(f"SELECT COUNT(*) FROM {of}.legal_entity WHERE id = 1000001") == "0":
            print(f"Making {RUN_PEOPLE:,} people with 10 entries and one statement before...", flush=True)
            site.many_statements(RUN_PEOPLE, 1, lines=1, entries=10)
        roots = [site.child(name) for name in ("mariadbd", "payments.work")]
        outbox = site.one(f"SELECT COALESCE(MAX(id), 0) FROM {of}.outbox")
        makers = [site.person(a["email"]) for a in site.accounts() if a["role"] == "finance"]
        makers += [site.person("bruno.cavalcanti@example.org")][:2 - len(makers)]
        period = id_text(site.one(f"SELECT HEX(public_id) FROM {of}.pay_period WHERE schedule_id = 1000001 "
                                  "AND state = 'locked'"))
        pages = []

        def there():  # it counts a million entries, of which the first look still waits for the disk
            pages.append(makers[0].get(f"/payments/staff/periods/{period}"))
            return any(form.action.endswith("/run") for form in pages[-1].page.forms)
        site.wait(there, 120, "the period's page")
        page = pages[-1]
        cpu = self.computed(roots)
        at = makers[0].submit(page, "/run").path
        worked_out = self.job("payments.run")
        makers[1].submit(makers[1].get(at), "/issue", seen="yes")
        issued = self.job("payments.issue")
        cpu = self.computed(roots) - cpu
        run = site.one(f"SELECT MAX(id) FROM {of}.pay_run")
        before = self.computed(roots)
        bare = self.bare(run, outbox)
        bare_cpu = self.computed(roots) - before
        rows = site.one(f"SELECT COUNT(*) FROM {of}.statement WHERE pay_run_id = {run}")
        total = worked_out[0] + issued[0]
        print(f"pay run of {int(rows):,} people, 10 entries each")
        print(f"  worked out in {worked_out[0]:.1f} s, looked at once more and issued in {issued[0]:.1f} s: {total:.1f} s,"
              f" CPU {cpu:.1f} s")
        print(f"  bare INSERT ... SELECT of its rows {bare:.1f} s, CPU {bare_cpu:.1f} s; ratio {total / bare:.2f},"
              f" of CPU {cpu / bare_cpu:.2f}")
        print(f"  worker at most {max(worked_out[1], issued[1]):.1f} MiB in the first half of the work,"
              f" {max(worked_out[2], issued[2]):.1f} MiB in the second")


def pdf():
    found = subprocess.run([str(BUILD / "bench/pdf")], capture_output=True, text=True, check=True, cwd=TOP,
                           env={**os.environ, "KEPTWORD_FONTS": "common/doc/fonts.conf"}).stdout.split()
    print("A statement of seven lines as PDF, milliseconds of processor")
    print(f"  drawn {found[1]} (target 4), signed besides {found[3]}, {int(found[5]):,} bytes")


def main():
    parts = sys.argv[1:] or ["list", "peers", "pdf", "languages", "kept", "restart"]
    if "pdf" in parts:
        pdf()
    parts = [part for part in parts if part != "pdf"]
    if not parts:
        return
    bench = Bench()
    if parts != ["run"]:
        bench.prepare()
    for part in parts:
        getattr(bench, part)()


main()
