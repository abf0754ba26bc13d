#!/usr/bin/env python3
"""The house's own source checker: rules that a compiler does not know.

Run from the top of the tree: `python3 tests/checks/source.py`. Each finding is one line,
file:line: rule: what. Exit code 1 when there is one. `--self-test` feeds each rule a text that
breaks it and fails when a rule stays silent.
"""
import re
import subprocess
import sys
from pathlib import Path

PLUGINS = sorted(path.parent.name for path in Path(".").glob("cgi-bin/*/main.c"))
FLOORS = {"base": 0, "data": 1, "doc": 2, "web": 3}
MAX_LINES = 600
BRIDGE = "common/web/page.cc"

# name -> why. Calls that have no place in this tree.
BANNED = {
    "strcpy": "copy into the arena", "strcat": "use a buf", "sprintf": "use text_printf",
    "vsprintf": "use text_printf", "strtok": "use text_split", "atoi": "use text_to_int",
    "atol": "use text_to_int", "gets": "never", "alloca": "use the arena",
    "system": "no commands are run from C", "popen": "no commands are run from C",
    "rand": "use crypto_random", "srand": "use crypto_random", "localtime": "use base/time",
    "gmtime": "use base/time", "setlocale": "process-wide; use base/time and base/money",
    "mysql_query": "prepared statements only (db_script excepted)",
    "EVP_sha256": "fetched once in crypto.c", "EVP_aes_256_gcm": "fetched once in crypto.c",
    "FCGX_OpenSocket": "the socket is descriptor 0",
}
BANNED_EXCEPT = {
    "mysql_query": {"common/data/db_script.c", "common/data/db_pool.c", "common/data/db_tx.c"},
}
HEAP = ("malloc", "calloc", "realloc", "strdup", "asprintf")


def strip(text):
    """C text with comments and the insides of strings blanked, lines kept."""
    out, i, n, state = [], 0, len(text), ""
    while i < n:
        two, c = text[i:i + 2], text[i]
        if not state:
            if two == "/*" or two == "//":
                state = two
                out.append("  ")
                i += 2
                continue
            if c in "\"'":
                state = c
            out.append(c)
        elif state == "/*":
            if two == "*/":
                state = ""
                out.append("  ")
                i += 2
                continue
            out.append("\n" if c == "\n" else " ")
        elif state == "//":
            if c == "\n":
                state = ""
            out.append("\n" if c == "\n" else " ")
        else:
            if c == "\\":
                out.append("  ")
                i += 2
                continue
            if c == state:
                state = ""
                out.append(c)
            else:
                out.append("\n" if c == "\n" else " ")
        i += 1
    return "".join(out)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def check_calls(path, code, report):
    for name, why in BANNED.items():
        if path in BANNED_EXCEPT.get(name, ()):
            continue
        for hit in re.finditer(r"(?<![\w.>])%s\s*\(" % name, code):
            report(line_of(code, hit.start()), "banned-call", f"{name}(): {why}")
    if path.startswith("cgi-bin/"):
        for name in HEAP:
            for hit in re.finditer(r"(?<![\w.>])%s\s*\(" % name, code):
                report(line_of(code, hit.start()), "heap", f"{name}(): plugins use the arena")
    for hit in re.finditer(r"\bchar\s+\w+\s*\[\s*(256|512|1024|4096)\s*\]", code):
        report(line_of(code, hit.start()), "fixed-buffer", "text belongs into the arena")


def check_sql(path, text, code, report):
    """Every struct stmt is a const object whose sql is made of literals (and CALLER_ macros)."""
    for hit in re.finditer(r"\bstruct\s+stmt\s+(\w+)(?:\[\])?\s*=\s*\{", code):
        head = code[max(0, hit.start() - 24):hit.start()]
        if "const" not in head:
            report(line_of(code, hit.start()), "sql", f"{hit[1]} is not const")
        body = code[hit.end():code.index("}", hit.end())]
        body = re.sub(r'"[^"]*"', "", body)
        body = re.sub(r"\b(CALLER_\w+|[A-Z][A-Z0-9_]*_SQL)\b|\.sql\s*=|[\s,{]", "", body)
        if body:
            report(line_of(code, hit.start()), "sql", f"{hit[1]} is not made of literals: {body[:40]}")
    for hit in re.finditer(r"\.sql\s*=(?!=)\s*[^\"\sA-Z]", code):
        report(line_of(code, hit.start()), "sql", "SQL text assigned at run time")
    for hit in re.finditer(r'"[^"\n]*\b(NOW\s*\(|CURRENT_TIMESTAMP|CURDATE\s*\(|SYSDATE)', text):
        report(line_of(text, hit.start()), "sql-clock", "instants come from time_now()")
    for hit in re.finditer(r"(printf|buf_text)\s*\([^;]*\"\s*(SELECT|INSERT|UPDATE|DELETE)\s", text):
        if not path.startswith("cgi-bin/portal/schema") and not path.startswith("tests/"):
            report(line_of(text, hit.start()), "sql", "SQL is built by printf")


def check_includes(path, text, report):
    parts = path.split("/")
    for hit in re.finditer(r'^\s*#\s*include\s+"([^"]+)"', text, re.M):
        line, target = line_of(text, hit.start()), hit[1]
        top = target.split("/")[0]
        if parts[0] == "common":
            here = FLOORS.get(parts[1])
            if top in FLOORS and FLOORS[top] > here:
                report(line, "floor", f"{parts[1]} may not look up to {target}")
            if top in PLUGINS or ".." in target or "cgi-bin" in target:
                report(line, "floor", f"common may not include {target}")
        if parts[0] == "cgi-bin" and len(parts) > 2:
            if top in PLUGINS and top != parts[1] or ".." in target:
                report(line, "plugin-wall", f"{parts[1]} may not include {target}")


def check_names(path, text, report):
    if path.startswith("common/"):
        code = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
        for name in PLUGINS:
            if name == "hdm":
                continue  # a role, too; walls_test.py looks for it
            for hit in re.finditer(r"\b%s\b|keptword_%s\b|TPL_%s_" % (name, name, name.upper()), code):
                report(line_of(code, hit.start()), "floor", f"common names the plugin {name}")
    if path.startswith("cgi-bin/") and path.count("/") > 1:
        own = path.split("/")[1]
        for name in PLUGINS:
            if name != own and re.search(r"TPL_%s_" % name.upper(), text):
                report(1, "plugin-wall", f"{own} uses templates of {name}")


def check_text(path, text, report):
    lines = text.split("\n")
    if len(lines) - 1 > MAX_LINES:
        report(len(lines), "length", f"{len(lines) - 1} lines, at most {MAX_LINES}")
    for number, line in enumerate(lines, 1):
        if re.search(r"\b(TODO|FIXME|HACK)\b|\bXXX:", line):
            report(number, "unfinished", line.strip()[:60])
        if line != line.rstrip():
            report(number, "blanks", "blanks at the end of the line")
    if not re.match(r"\s*(#!.*\n)?\s*/\*", text):
        report(1, "header", "a file begins by saying what it is")


def check_header_comments(path, text, report):
    """Every function in a header of common/ stands below (or beside) a comment."""
    if not (path.startswith("common/") and path.endswith(".h")):
        return
    lines = text.split("\n")
    covered = False
    depth_comment = False
    for number, line in enumerate(lines, 1):
        s = line.strip()
        if s.startswith("/*") or depth_comment:
            covered = True
            depth_comment = "*/" not in s
            continue
        if "/*" in s:
            covered = True
            depth_comment = "*/" not in s.split("/*")[-1]
            continue
        if not s:
            covered = False
            continue
        if re.match(r"^(MUST_USE\s+)?[a-z_][\w\s*]*\b[a-z_]+\(.*", s) and not s.startswith(("return", "typedef")):
            if not covered:
                report(number, "comment", "a function of common/ has no comment: " + s[:50])


def check_file(path, text):
    found = []

    def report(line, rule, what):
        found.append(f"{path}:{line}: {rule}: {what}")

    code = strip(text)
    check_text(path, text, report)
    if not path.startswith("tests/"):
        check_calls(path, code, report)
        check_includes(path, text, report)
        check_names(path, text, report)
        check_header_comments(path, text, report)
        if path.endswith(".c"):
            check_sql(path, text, code, report)
    if path.endswith((".cc", ".cpp", ".hpp")) and path != BRIDGE:
        report(1, "language", "C++ stands in the ctemplate bridge only")
    return found


def tracked():
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], capture_output=True,
                           text=True, check=True).stdout.split("\n")
    return [n for n in names if n.endswith((".c", ".h", ".cc", ".cpp", ".hpp")) and Path(n).exists()]


BROKEN = [
    ("banned-call", "cgi-bin/hdm/x.c", "/* x */\nvoid f(void) { strcpy(a, b); }\n"),
    ("heap", "cgi-bin/hdm/x.c", "/* x */\nvoid f(void) { p = malloc(3); }\n"),
    ("fixed-buffer", "cgi-bin/hdm/x.c", "/* x */\nchar line[256];\n"),
    ("sql", "cgi-bin/hdm/x.c", "/* x */\nstatic const struct stmt A = { text };\n"),
    ("sql", "cgi-bin/hdm/x.c", "/* x */\nvoid f(void) { text_printf(a, \"SELECT * FROM %s\", t); }\n"),
    ("sql-clock", "cgi-bin/hdm/x.c", "/* x */\nstatic const struct stmt A = { \"SELECT NOW()\" };\n"),
    ("floor", "common/base/x.c", "/* x */\n#include \"data/db.h\"\n"),
    ("floor", "common/web/x.c", "/* x */\nint a = keptword_payments;\n"),
    ("plugin-wall", "cgi-bin/hdm/x.c", "/* x */\n#include \"payments/rate.h\"\n"),
    ("plugin-wall", "cgi-bin/hdm/x.c", "/* x */\nint a = TPL_PAYMENTS_LIST;\n"),
    ("length", "common/base/x.c", "/* x */\n" * 700),
    ("unfinished", "common/base/x.c", "/* x */\n/* TODO later */\n"),
    ("header", "common/base/x.c", "int a;\n"),
    ("comment", "common/base/x.h", "/* x */\n\nint f(void);\n"),
    ("language", "common/base/x.cc", "/* x */\n"),
]


def self_test():
    bad = 0
    for rule, path, text in BROKEN:
        if not any(f": {rule}: " in line for line in check_file(path, text)):
            print(f"the rule {rule} does not see: {text[:60]!r}")
            bad += 1
    clean = '/* x */\n\nstatic const struct stmt A = { CALLER_SELECT ", s.id" CALLER_FROM "WHERE a = ?" };\n'
    for line in check_file("cgi-bin/hdm/x.c", clean):
        print(f"false alarm: {line}")
        bad += 1
    print(f"{len(BROKEN) + 1 - bad} passed, {bad} failed")
    return bad


def main():
    if "--self-test" in sys.argv:
        return 1 if self_test() else 0
    found = []
    files = tracked()
    for name in files:
        found += check_file(name, Path(name).read_text(encoding="utf-8"))
    for line in found:
        print(line)
    print(f"source: {len(files)} files, {len(found)} findings")
    return 1 if found else 0


sys.exit(main())
