"""The walls of the house: what may include what, where C++ stands, that SQL texts are literals, and
that a route without a rule does not compile. Reads the sources and asks the compiler; the house's
source checker (tests/checks/source.py) is run beside it, so that each is a check of the other.
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
FLOORS = ["base", "data", "doc", "web"]
PLUGINS = sorted(path.parent.name for path in TOP.glob("cgi-bin/*/main.c"))
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>|(\S+))', re.M)
MADE = {"templates_gen.h"}  # by the build, of templates only
ROLES = set(re.findall(r'X\([A-Z_]+, "([a-z_]+)"\)', (TOP / "common/web/role.h").read_text(encoding="utf-8")))


def sources(*patterns):
    found = [path for pattern in patterns for path in TOP.glob(pattern)
             if path.suffix in (".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".C")]
    return sorted(found)


def includes(path):
    """(what is included, whether by quotes) of one file; a macro there is refused."""
    text = re.sub(r"/\*.*?\*/", " ", path.read_text(encoding="utf-8"), flags=re.S)
    for quoted, angled, other in INCLUDE.findall(text):
        if other:
            raise AssertionError(f"{path}: #include {other}")
        yield quoted or angled, bool(quoted)


class Includes(unittest.TestCase):
    def test_floors_point_down(self):
        seen = 0
        for path in sources("common/**/*"):
            floor = FLOORS.index(path.relative_to(TOP / "common").parts[0])
            for target, quoted in includes(path):
                seen += 1
                if not quoted:
                    self.assertFalse((TOP / "common" / target).exists(), f"{path}: <{target}>")
                    continue
                if target in MADE:
                    self.assertEqual(floor, 3, f"{path}: {target}")
                    continue
                self.assertTrue((TOP / "common" / target).is_file(), f"{path}: {target} is not in common/")
                self.assertIn(target.split("/")[0], FLOORS[:floor + 1], f"{path}: {target}")
        self.assertGreater(seen, 300)

    def test_a_plugin_includes_itself_and_common(self):
        self.assertGreaterEqual(len(PLUGINS), 5)
        for plugin in PLUGINS:
            for path in sources(f"cgi-bin/{plugin}/**/*"):
                for target, quoted in includes(path):
                    if not quoted:
                        self.assertFalse((TOP / "cgi-bin" / target).exists(), f"{path}: <{target}>")
                    elif target not in MADE:
                        self.assertNotIn("..", target)
                        places = [path.parent / target, TOP / "common" / target]
                        if target.split("/")[0] == plugin:
                            places.append(TOP / "cgi-bin" / target)
                        self.assertTrue(any(place.is_file() for place in places), f"{path}: {target}")

    def test_common_names_no_plugin(self):
        for path in sources("common/**/*"):
            text = path.read_text(encoding="utf-8")
            code = re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)
            for plugin in PLUGINS:
                # "hdm" is a role, too; its words stand in role.h only.
                if plugin == "hdm" and path.name == "role.h":
                    continue
                found = re.search(rf"\b(keptword_|TPL_)?{plugin}(_\w+|/\w+)?\b", code, re.I)
                self.assertIsNone(found, f"{path}: {found and found[0]}")

    def test_no_plugin_is_named_by_another(self):
        """Neither its templates nor its database's tables; what is published begins with a known word."""
        published = re.compile(r"published_\w+|event_public")
        for plugin in PLUGINS:
            for path in sources(f"cgi-bin/{plugin}/**/*"):
                text = path.read_text(encoding="utf-8")
                for other in PLUGINS:
                    if other == plugin:
                        continue
                    self.assertNotRegex(text, rf"\bTPL_{other.upper()}_", f"{path} uses templates of {other}")
                    for name in re.findall(rf"\bkeptword_{other}\.(\w+)", text):
                        self.assertRegex(name, published, f"{path} reads {other}'s {name}")

    def test_includes_are_found(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.c"
            path.write_text('#include <stdio.h>\n  #  include "hdm/hdm.h"\n/*\n#include "no.h"\n*/\n',
                            encoding="utf-8")
            self.assertEqual(list(includes(path)), [("stdio.h", False), ("hdm/hdm.h", True)])
            path.write_text("#include WHAT\n", encoding="utf-8")
            with self.assertRaises(AssertionError):
                list(includes(path))

    def test_cpp_stands_in_the_bridge_only(self):
        self.assertEqual([str(path.relative_to(TOP)) for path in sources("**/*")
                          if path.suffix not in (".c", ".h") and "build" not in path.parts
                          and "node_modules" not in path.parts], ["common/web/page.cc"])


class SourceChecker(unittest.TestCase):
    def run_it(self, *words):
        return subprocess.run([sys.executable, "tests/checks/source.py", *words], cwd=TOP,
                              capture_output=True, text=True, check=False)

    def test_every_rule_finds_what_breaks_it(self):
        done = self.run_it("--self-test")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_tree_is_clean(self):
        done = self.run_it()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


@unittest.skipUnless((TOP / "build/gen/templates_gen.h").exists(), "the tree is not built")
class Compiler(unittest.TestCase):
    """Texts that must not compile, each beside one that does and differs in that one thing."""

    ROUTES = """
#include "data/db.h"
#include "web/route.h"
static enum status show(struct request *req) { (void)req; return OK; }
extern const struct route T[];
const struct route T[] = { %s ROUTE_END };
extern const struct stmt S;
const char *text_of(void);
const struct stmt S = { %s };
"""

    def compile(self, text):
        flags = subprocess.run(["pkg-config", "--cflags", "libmariadb"], capture_output=True, text=True,
                               check=True).stdout.split()
        done = subprocess.run([os.environ.get("CC", "gcc"), "-std=c17", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall",
                               "-Wextra", "-Werror", "-Icommon", "-Ibuild/gen", *flags, "-x", "c", "-"],
                              cwd=TOP, input=text, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def pair(self, good, bad, why):
        self.assertEqual(self.compile(self.ROUTES % good), (0, ""), good)
        code, said = self.compile(self.ROUTES % bad)
        self.assertNotEqual(code, 0, bad)
        self.assertRegex(said, why)

    def test_a_route_without_a_rule_does_not_compile(self):
        sql = '"SELECT 1"'
        good = ('ROUTE(GET, "/x", MAY_SIGNED_IN, show),', sql)
        why = (r"error: (macro \"ROUTE\" requires|missing braces around initializer|incompatible types"
               r"|initialization of|expected expression|.*undeclared|'METHOD_DELETE')")
        self.pair(good, ('ROUTE(GET, "/x", show),', sql), why)
        self.pair(good, ('ROUTE(GET, "/x", , show),', sql), why)
        self.pair(good, ('ROUTE(GET, "/x", 0, show),', sql), why)
        self.pair(good, ('ROUTE(GET, "/x", ROLE(ADMIN), show),', sql), why)
        self.pair(good, ('ROUTE(GET, "/x", MAY(), show),', sql), why)
        self.pair(('ROUTE(POST, "/x", MAY(ROLE(ADMIN)), show),', sql),
                  ('ROUTE(POST, "/x", MAY(ROLE(EVERYBODY)), show),', sql), why)
        self.pair(good, ('ROUTE(DELETE, "/x", MAY_SIGNED_IN, show),', sql), why)

    def test_a_statement_that_is_no_literal_does_not_compile(self):
        route = 'ROUTE(GET, "/x", MAY_ANYONE, show),'
        self.pair((route, '"SELECT " "1"'), (route, "text_of()"), "initializer element is not constant")


class Routes(unittest.TestCase):
    def test_every_route_of_every_plugin_has_a_rule(self):
        binaries = Path(os.environ.get("BIN", TOP / "bin"))
        logged = (TOP / "nginx/http.conf.in").read_text(encoding="utf-8")
        lines = 0
        for plugin in PLUGINS:
            done = subprocess.run([str(binaries / plugin), "routes"], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, plugin)
            for line in done.stdout.splitlines():
                lines += 1
                method, path, rule, flags, form = line.split("\t")
                self.assertIn(method, ("GET", "POST"), line)
                self.assertTrue(path.startswith("/") and flags and form, line)
                self.assertTrue(rule in ("anyone", "signed_in") or set(rule.split(",")) <= ROLES, line)
                if method == "POST" and rule == "anyone":
                    # What nobody has to sign in for is few, and each is known.
                    self.assertRegex(path, r"^/(sign-in(/(code|recovery|set-up))?|forgot|set-up/:token|new-address/:token|unsubscribe/:token|payments/verify(/file)?|apply(/.*)?)$", line)
                if path.endswith("/:token"):
                    # A secret in an address stands in no log.
                    place = path.removesuffix(":token")
                    self.assertIn(f'"~^{place}" "{place}-";', logged, line)
                if "/staff/" in path:
                    self.assertNotIn(rule, ("anyone", "signed_in"), line)
                    self.assertFalse({"applicant", "contributor"} & set(rule.split(",")), line)
        self.assertGreater(lines, 30)


if __name__ == "__main__":
    unittest.main()
