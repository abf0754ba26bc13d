#!/usr/bin/env python3
"""Ties what each table's COMMENT promises about keeping to what enforces it: the lists of struct retention
(common/data/retention.h), a job named below, or a foreign key with ON DELETE CASCADE.

    kept ...                nothing deletes it; a number behind it needs "at least", or a row of a list
    N days|months|years     a row of the owner's list with the same number, or a job of JOBS
    ... by command          the row is by_hand, and the program's account may not delete
    with TABLE              a foreign key to TABLE that cascades
    until ...               the owner has a statement that deletes from it

    retention.py              checks
    retention.py --print      prints table by table what enforces it
    retention.py --self-test  shows that it finds what it is for
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SKELETON = TOP / "cgi-bin/run/skeleton"
# Tables that a job of their own empties: in which file, and which #define says after how many days.
JOBS = {("core", "people_import_row"): ("cgi-bin/portal/people_import.c", "DAYS_KEPT"),
        ("core", "people_import_fault"): ("cgi-bin/portal/people_import.c", "DAYS_KEPT"),
        ("payments", "import_row"): ("cgi-bin/payments/import_take.c", "DAYS_KEPT")}
TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\) ENGINE.*?COMMENT='((?:[^']|'')*)'", re.S)
PERIOD = re.compile(r"(\d+) (day|month|year)s?\b")


def tables(text):
    """{table: (its columns and keys, its retention)} of a schema file."""
    found = {}
    for name, body, comment in TABLE.findall(text):
        said = re.search(r"retention: (.*?); erase:", comment.replace("''", "'"), re.S)
        found[name] = (body, said[1] if said else "")
    return found


def periods(text):
    """{("days", n) or ("months", n)} that a retention names."""
    return {("days", int(n)) if unit == "day" else ("months", int(n) * (12 if unit == "year" else 1))
            for n, unit in PERIOD.findall(text)}


def rows(text, settings):
    """[(table, period, by hand, its statement deletes)] of the lists in a preprocessed source."""
    found = []
    for array in re.finditer(r"struct retention \w+\[\] = (\{.*?\n?\{ 0 \},?\s*\})", text, re.S):
        depth, begin = 0, 0
        for place, letter in enumerate(array[1]):
            depth += (letter == "{") - (letter == "}")
            if letter == "{" and depth == 2:
                begin = place
            if letter != "}" or depth != 1:
                continue
            row = array[1][begin:place]
            name = re.match(r'\{\s*"(\w+)",\s*\.(days|months|setting) = ([^,]*)', row)
            if not name:
                continue
            if name[2] == "setting":
                period = ("months", settings[name[3].strip("() ")])
            else:
                period = (name[2], eval(name[3], {"__builtins__": {}}))  # 12 * (2), from our own source
            found.append((name[1], period, ".by_hand = 1" in row or ".by_hand = true" in row,
                          bool(re.search(r'\.stmt = \{\s*"DELETE', row))))
    return found


def findings(database, name, body, said, own, days, sources, may):
    """What is wrong with one table. own: its rows of lists; days: of a job; may: its account's rights."""
    here, wanted = f"{database}.{name}", periods(said)
    given = {row[1] for row in own} | ({("days", days)} if days is not None else set())
    faults = []
    if not re.match(r"kept\b", said) and not wanted and not re.search(r"\b(with|until) ", said):
        faults.append(f"{here}: \"{said}\" says neither how long nor until when")
    if wanted != given and not (said.startswith("kept") and not given and (not wanted or "at least" in said)):
        faults.append(f"{here}: the COMMENT says {shown(wanted)}, what deletes says {shown(given)}")
    for row in own:
        if row[2] != ("by command" in said):
            faults.append(f"{here}: by_hand and \"by command\" go together")
        if row[2] and name in may:
            faults.append(f"{here}: is deleted by hand, but the program's account may delete from it")
        if not row[2] and row[3] and name not in may:
            faults.append(f"{here}: the worker deletes from it, but grants.sql does not give that right")
    for parent in re.findall(r"\bwith (\w+)", said):
        if not re.search(rf"REFERENCES {parent} \([^)]*\)\s+ON DELETE CASCADE", body):
            faults.append(f"{here}: goes with {parent}, but no foreign key cascades from there")
    if re.search(r"\buntil\b", said) and not re.search(rf"DELETE (\w+ )?FROM (\w+ p JOIN )?{name}\b", sources):
        faults.append(f"{here}: \"{said}\", but nothing deletes from it")
    return faults


def shown(some):
    return ", ".join(f"{n} {unit}" for unit, n in sorted(some)) or "nothing"


def preprocessed(path, *folders):
    done = subprocess.run(["cc", "-E", "-P", *[f"-I{f}" for f in (*folders, TOP / "common", TOP / "cgi-bin", TOP / "build/gen")],
                           str(path)], capture_output=True, text=True, check=True)
    return done.stdout


def settings():
    text = (TOP / "common/base/config.c").read_text(encoding="utf-8")
    return {m[1]: int(m[2]) for m in re.finditer(r'\[(CONFIG_\w+)\] = \{\s*"\w+",\s*NUMBER,\s*\w+,\s*"(\d+)"', text)}


def skeleton(folder):
    """The sources of a plugin that is to be made, as if it were called sample."""
    for path in (SKELETON / "cgi-bin/@name@").glob("*.[ch]"):
        text = path.read_text(encoding="utf-8").replace("@name@", "sample").replace("@NAME@", "SAMPLE")
        (folder / "sample").mkdir(exist_ok=True)
        (folder / "sample" / path.name.replace("@name@", "sample")).write_text(text)
    return folder / "sample"


def main():
    if "--self-test" in sys.argv:
        self_test()
        return 0
    faults, n = [], 0
    temporary = Path(tempfile.mkdtemp())
    known = settings()
    everywhere = rows(preprocessed(TOP / "common/data/retention.c"), known)
    plugins = {path.parent.name: path.parent for path in sorted(TOP.glob("cgi-bin/*/main.c"))} | {"sample": skeleton(temporary)}
    lists, rights, words = {"common": everywhere}, {}, {"common": ""}
    folders = {"common": TOP / "sql/common"}
    for plugin, folder in plugins.items():
        database = "core" if plugin == "portal" else plugin
        folders[database] = SKELETON / "sql/@name@" if plugin == "sample" else TOP / "sql" / database
        texts = [(path, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.c"))]
        words[database] = re.sub(r'"\s*"', "", "".join(text for _, text in texts))
        lists[database] = [row for path, text in texts if re.search(r"struct retention \w+\[\] = ", text)
                           for row in rows(preprocessed(path, temporary), known)]
        for path, text in texts:
            if re.search(r"struct retention \w+\[\] = ", text):
                words[database] += re.sub(r'"\s*"', "", preprocessed(path, temporary))
        grants = re.sub(r"\([^)]*\)", "", (folders[database] / "grants.sql").read_text(encoding="utf-8"))
        rights[database] = {m[2] for m in re.finditer(r"^GRANT ([A-Z, ]*\bDELETE\b[A-Z, \n]*?)\s+ON keptword_\S+?\.(\w+) TO", grants,
                                                      re.M)}
    shutil.rmtree(temporary)
    rights["common"] = set.intersection(*(rights[d] for d in folders if d != "common"))
    for database, folder in folders.items():
        found = {}
        for path in sorted(folder.glob("*.sql")):
            found |= tables(path.read_text(encoding="utf-8"))
        for name in sorted({row[0] for row in lists[database]} - set(found)):
            faults.append(f"{database}.{name}: is in a list, but there is no such table")
        for name, (body, said) in sorted(found.items()):
            own, days, n = [row for row in lists[database] if row[0] == name], None, n + 1
            job = JOBS.get((database, name))
            if job:
                text = (TOP / job[0]).read_text(encoding="utf-8")
                days = int(re.search(rf"#define {job[1]} (\d+)", text)[1])
                if f"DELETE FROM {name} " not in text:
                    faults.append(f"{database}.{name}: {job[0]} does not delete from it")
            faults += findings(database, name, body, said, own, days, words[database], rights[database])
            if "--print" in sys.argv:
                by = ", ".join(sorted({"command" if row[2] else "timer" for row in own})) or ("job" if job else "-")
                print(f"{database}.{name}\t{by}\t{said}")
    print("\n".join(faults + [f"retention: {n} tables, {len(faults)} findings"]))
    return 1 if faults else 0


def self_test():
    sql = ("CREATE TABLE box (\n\tid BIGINT\n) ENGINE=InnoDB\nCOMMENT='subject: none; purpose: one''s; retention: 2 years; erase: none';"
           "\n\nCREATE TABLE lid (\n\tFOREIGN KEY (b) REFERENCES box (id) ON DELETE CASCADE\n) ENGINE=InnoDB\n"
           "COMMENT='subject: none; purpose: x; retention: with box; erase: none';")
    found = tables(sql)
    assert found["box"][1] == "2 years" and found["lid"][1] == "with box", found
    source = ('const struct retention T[] = { { "box", .months = 12 * (2), .stmt = { "DELETE FROM box WHERE a < ?" } },'
              ' { "pay", .setting = (CONFIG_X), .by_hand = true, .stmt = { "DELETE FROM pay" }, .count = { "x" } },\n{ 0 }, };')
    listed = rows(source, {"CONFIG_X": 120})
    assert listed == [("box", ("months", 24), False, True), ("pay", ("months", 120), True, True)], listed

    def wrong(name, said, own=(), body="", sources="", may=(), days=None):
        return findings("d", name, body, said, list(own), days, sources, set(may))
    box, pay = listed
    assert not wrong("box", "2 years", [box], may=["box"])
    assert wrong("box", "3 years", [box], may=["box"]) and wrong("box", "2 years") and wrong("box", "2 years", [box])
    assert wrong("box", "kept", [box], may=["box"]) and wrong("box", "as long as it pleases") and wrong("box", "")
    assert not wrong("box", "kept") and not wrong("box", "kept, at least 6 years") and wrong("box", "kept, 6 years")
    assert not wrong("lid", *[found["lid"][1]], body=found["lid"][0]) and wrong("lid", "with box")
    assert not wrong("pay", "at least 10 years, then by command", [pay])
    assert wrong("pay", "10 years", [pay]) and wrong("pay", "at least 10 years, then by command", [pay], may=["pay"])
    assert wrong("box", "until used") and not wrong("box", "until used", sources="DELETE FROM box WHERE id = ?")
    assert not wrong("box", "7 days", days=7) and wrong("box", "7 days", days=8)
    print("retention: self-test passed")


if __name__ == "__main__":
    sys.exit(main())
