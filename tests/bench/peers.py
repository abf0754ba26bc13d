"""The statement list written for PHP-FPM, Node and Go: what people would otherwise run, behind the
same nginx, on the same tables, with the same SQL and the same page; started and stopped for bench.py.

Each has as many workers as its kind is run with on such a machine: PHP-FPM 16 processes (twice the
connections of the load, so that none waits for another), Node a process a core with 8 database
connections each, Go one process with 16. What is not installed is left out, with a line that says so.
Before anything is measured each page is compared with ours: the same sentences in the same order.
"""
import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from instance import TOP, Person

HERE = Path(__file__).resolve().parent
APT = "apt-get install --no-install-recommends php-fpm php-mysql golang-go golang-github-go-sql-driver-mysql-dev"
PROXY = """location ^~ /peers/%(name)s/ {
	proxy_http_version 1.1;
	proxy_set_header Connection "";
	proxy_set_header Host $host;
	proxy_pass http://%(name)s;
}
"""
FASTCGI = """location ^~ /peers/%(name)s/ {
	include %(nginx)s/fastcgi.conf;
	fastcgi_param SCRIPT_FILENAME %(folder)s/statements.php;
	fastcgi_pass %(name)s;
}
"""
POOL = """[global]
error_log = %(folder)s/fpm.log
daemonize = no
[list]
listen = %(sock)s
listen.backlog = 1024
pm = static
pm.max_children = 16
clear_env = yes
env[DB_SOCKET] = %(DB_SOCKET)s
env[DB_USER] = %(DB_USER)s
env[DB_PASSWORD] = "%(DB_PASSWORD)s"
php_admin_value[opcache.enable] = 1
php_admin_value[opcache.validate_timestamps] = 0
"""


class Peers:
    def __init__(self, bench):
        self.bench, self.site = bench, bench.site
        self.folder = self.site.run / "app/peers"
        self.running = []
        self.settings = {"DB_SOCKET": str(self.site.run / "sock/db.sock"), "DB_USER": "keptword_payments",
                         "DB_PASSWORD": (self.site.run / "secrets/keptword_payments.password").read_text().strip(),
                         "PROCESSES": str(os.cpu_count()), "NODE_ENV": "production"}

    def sock(self, name):
        return self.site.run / f"sock/{name}.sock.bench"

    def spawn(self, name, command):
        """As the serving user, in a group of its own so that its children end with it."""
        self.sock(name).unlink(missing_ok=True)
        owner = pwd.getpwuid(os.stat(self.site.run / "sock").st_uid).pw_name
        if os.geteuid() == 0 and owner != "root":
            command = ["setpriv", "--reuid", owner, "--regid", owner, "--clear-groups", "--", *command]
        with open(self.folder / f"{name}.out", "wb") as out:
            self.running.append(subprocess.Popen(
                command, cwd=self.folder / name, stdout=out, stderr=out, start_new_session=True,
                env={"PATH": os.environ["PATH"], "HOME": str(self.site.run / "tmp"), **self.settings}))

    def files(self, name, *more):
        """What it serves from, where the serving user can read it."""
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(HERE / name, target)
        for path in more:
            shutil.copy2(path, target)
        return target

    def php(self):
        program = next(iter(sorted(glob.glob("/usr/sbin/php-fpm*"), reverse=True)), None)
        if not program:
            return False
        folder = self.files("php")
        conf = self.folder / "php/fpm.conf"
        conf.write_text(POOL % {"folder": folder, "sock": self.sock("php"), **self.settings})
        shutil.chown(folder, pwd.getpwuid(os.stat(self.site.run / "sock").st_uid).pw_name)
        self.spawn("php", [program, "--nodaemonize", "--fpm-config", str(conf)])
        self.bench.behind_nginx("php", FASTCGI % {"name": "php", "folder": folder,
                                                  "nginx": self.site.run / "app/nginx"})
        return True

    def node(self):
        if not shutil.which("node") or not (HERE / "node/node_modules").exists():
            return False
        folder = self.files("node")
        self.spawn("node", [shutil.which("node"), str(folder / "statements.js"), str(self.sock("node"))])
        self.bench.behind_nginx("node", PROXY % {"name": "node"})
        return True

    def go(self):
        program = Path(os.environ.get("BUILD", TOP / "build")).resolve() / "bench/go"
        if not program.exists():
            return False
        folder = self.files("go", program)
        self.spawn("go", [str(folder / "go"), str(self.sock("go")), str(folder / "page.html")])
        self.bench.behind_nginx("go", PROXY % {"name": "go"})
        return True

    def start(self):
        """{name: path} of those that run now."""
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o755)
        names = [name for name in ("php", "node", "go") if getattr(self, name)()]
        if len(names) < 3:
            print(f"  left out, not installed: {' '.join({'php', 'node', 'go'} - set(names))} ({APT})")
        for name in names:
            self.site.wait(self.sock(name).exists, 20, f"the socket of {name}")
        time.sleep(1)  # Node's processes come up after each other
        self.bench.nginx_again()
        return {name: f"/peers/{name}/statements" for name in names}

    def stop(self):
        for process in self.running:
            try:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, signal.SIGKILL)

    def look(self, token, path):
        person = Person(self.site)
        if token:
            person.cookies["__Host-session"] = token
        return person.get(path, follow=False)

    def same_page(self, tokens, paths):
        """Stops unless each page says what ours says; the floor's is told by its figures alone."""
        for token in tokens:
            ours = self.look(token, paths["keptword"])
            rows = re.findall(r'class="money">([^<]*)<', ours.text)
            if len(rows) != 26:
                sys.exit(f"{len(rows)} statements on our page instead of 26.")
            for name, path in paths.items():
                if self.look(None, path).status != 303:
                    sys.exit(f"{name} shows something to somebody who is not signed in.")
                page = self.look(token, path)
                if name == "floor":
                    told = re.findall(r'class="money">([^<]*)<', page.text)
                    same = [t.replace(",", "") for t in rows] == told
                else:
                    same = (page.words == ours.words
                            and [a for a in page.page.links] == ours.page.links
                            and set(re.findall(r'value="[0-9a-f]{32}"', page.text))
                            == set(re.findall(r'value="[0-9a-f]{32}"', ours.text)))
                if page.status != 200 or not same:
                    sys.exit(f"{name} answers {page.status} and is not our page:\n{page.words}\n\n{ours.words}")
        sizes = {name: len(self.look(tokens[0], path).body) for name, path in paths.items()}
        print("  the same page; bytes: " + ", ".join(f"{name} {size:,}" for name, size in sizes.items()))
