#!/usr/bin/env python3
"""The README says what is so: its table of variables is what `bin/portal config` prints, every file
it links to is there, every program has a README of its own, and its pictures are small.

`--self-test` shows that a missing row, a dead link and a missing page are seen.
"""
import re
import subprocess
import sys
from pathlib import Path

PICTURE_LIMIT = 200 * 1024


def findings(text, table, top, plugins):
    found = [f"README.md: not what `bin/portal config` prints: {row[:60]}"
             for row in table.strip().splitlines() if row not in text]
    rows = [line for line in text.splitlines() if line.startswith("| `KEPTWORD_")]
    found += [f"README.md: no such variable: {row[:60]}" for row in rows if row not in table]
    for target in re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'src="([^"]+)"', text):
        if "://" not in target and not (top / target).exists():
            found.append(f"README.md: links to {target}, which is not there")
    for picture in re.findall(r'src="([^"]+)"', text):
        if (top / picture).exists() and (top / picture).stat().st_size > PICTURE_LIMIT:
            found.append(f"README.md: {picture} is larger than {PICTURE_LIMIT} bytes")
    found += [f"cgi-bin/{name}: no README.md" for name in plugins
              if not (top / "cgi-bin" / name / "README.md").exists()]
    return found


def main():
    top = Path(".")
    plugins = sorted(p.parent.name for p in top.glob("cgi-bin/*/main.c"))
    if "--self-test" in sys.argv:
        table = "| `KEPTWORD_A` | 1 |\n| `KEPTWORD_B` | 2 |"
        cases = {
            "prints": ("| `KEPTWORD_A` | 1 |", []), "variable": (table + "\n| `KEPTWORD_C` | 3 |", []),
            "links": (table + " [x](no/such.c)", []), "README.md": (table, ["no-such-plugin"]),
        }
        bad = [name for name, (text, names) in cases.items()
               if not any(name in line for line in findings(text, table, top, names))]
        bad += findings(table, table, top, [])
        print(f"{len(cases) + 1 - len(bad)} passed, {len(bad)} failed {bad}")
        return 1 if bad else 0
    table = subprocess.run(["bin/portal", "config"], capture_output=True, text=True, check=True).stdout
    found = findings(Path("README.md").read_text(encoding="utf-8"), table, top, plugins)
    for line in found:
        print(line)
    print(f"readme: {len(found)} findings")
    return 1 if found else 0


sys.exit(main())
