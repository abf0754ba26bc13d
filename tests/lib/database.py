"""A private MariaDB with the whole schema for integration tests: Database() starts one with
tests/lib/mariadb.sh, makes the accounts without passwords and lets bin/portal apply the schema.
"""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from fcgi import TOP

SCRIPT = str(TOP / "tests" / "lib" / "mariadb.sh")
BIN = Path(os.environ.get("BIN", TOP / "bin"))
PLUGINS = sorted(path.parent.name for path in TOP.glob("cgi-bin/*/main.c"))


class Database:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="kwdb-", dir="/tmp")
        os.chmod(self.folder, 0o755)
        # What mariadbd inherits it keeps open, so no pipe here.
        with open(Path(self.folder) / "start", "wb") as out:
            subprocess.run(["sh", SCRIPT, "start", self.folder], stdout=out, check=True)
        self.socket = (Path(self.folder) / "start").read_text().strip()
        accounts = "".join(f"CREATE USER keptword_{name}@localhost;" for name in PLUGINS)
        self.run(accounts + "CREATE USER keptword_migration@localhost;"
                 "GRANT ALL PRIVILEGES ON *.* TO keptword_migration@localhost WITH GRANT OPTION;"
                 "CREATE USER keptword_definer@localhost ACCOUNT LOCK;")
        self.command("schema")

    def environment(self, plugin, account=None):
        """What a plugin needs to reach its own database."""
        return {"KEPTWORD_DB_SOCKET": self.socket, "KEPTWORD_DB_USER": f"keptword_{account or plugin}",
                "KEPTWORD_DB_NAME": "keptword_" + ("core" if plugin == "portal" else plugin),
                "KEPTWORD_DB_PASSWORD": "", "KEPTWORD_DEMO": "1"}

    def command(self, *words):
        env = {**os.environ, **self.environment("portal", "migration"), "KEPTWORD_RUN": self.folder,
               "KEPTWORD_SQL": str(TOP / "sql"), "KEPTWORD_TEMPLATES": str(TOP / "build" / "site")}
        done = subprocess.run([str(BIN / "portal"), *words], cwd=TOP, env=env, capture_output=True,
                              text=True)
        if done.returncode:
            raise AssertionError(f"portal {words}: {done.stdout}{done.stderr}")

    def run(self, sql):
        """Runs statements as root; the rows of all as lists of text."""
        done = subprocess.run(["mariadb", "--no-defaults", "--user=root", "--socket=" + self.socket,
                               "--batch", "--skip-column-names", "--default-character-set=utf8mb4"],
                              input=sql, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(done.stderr)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def value(self, sql):
        rows = self.run(sql)
        return rows[0][0] if rows else None

    def pause(self):
        """As if the server had crashed."""
        subprocess.run(["sh", SCRIPT, "kill", self.folder], check=True)

    def go_on(self):
        with open(Path(self.folder) / "start", "wb") as out:
            subprocess.run(["sh", SCRIPT, "start", self.folder], stdout=out, check=True)

    def done(self):
        subprocess.run(["sh", SCRIPT, "kill", self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
