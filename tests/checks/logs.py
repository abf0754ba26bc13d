#!/usr/bin/env python3
"""Compares what the programs write into logs with the table in cgi-bin/run/metrics.md: each event with
its level and fields stands there, and nothing else does.

    logs.py              checks          logs.py --print      prints the table's lines as the source has them
    logs.py --self-test  shows that it finds what it is for
"""
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
CALL = re.compile(r'log_event\(\s*(?P<arguments>(?:[^;"]|"(?:[^"\\]|\\.)*")*?)\);', re.S)
FIELD = re.compile(r'LOG_(?:TEXT|INT)\(\s*"([a-z_]+)"')
NAME = re.compile(r'"([a-z_]+)"')
ROW = re.compile(r"^\| `(?!keptword_)([a-z_]+)` \| ([a-z, ]+) \| (.*?) \|")


def events(text):
    """{event: (levels, fields)} of a source text; an event whose name is no literal is left out."""
    found = {}
    for call in CALL.finditer(text):
        arguments = call["arguments"]
        level, _, rest = arguments.partition(",")
        if "LOG_LEVEL" not in arguments:
            continue
        name = NAME.search(re.sub(r"LOG_(?:TEXT|INT)\(.*", "", rest, flags=re.S) or rest)
        if not name:
            continue
        # A level may be chosen between two, with commas and signs between.
        before = arguments[:arguments.index('"' + name[1] + '"')]
        levels, fields = found.setdefault(name[1], (set(), []))
        levels |= {word.lower() for word in re.findall(r"LOG_LEVEL_([A-Z]+)", before)}
        fields += [f for f in FIELD.findall(arguments) if f not in fields]
    return found


def of_source():
    found = {}
    for folder in ("common", "cgi-bin"):
        for path in sorted((TOP / folder).rglob("*.c")):
            for name, (levels, fields) in events(path.read_text(encoding="utf-8")).items():
                known = found.setdefault(name, (set(), []))
                known[0].update(levels)
                known[1].extend(f for f in fields if f not in known[1])
    return found


def of_document(text):
    return {m[1]: (set(m[2].split(", ")), re.findall(r"`([a-z_]+)`", m[3])) for m in map(ROW.match, text.splitlines()) if m}


def compare(source, document):
    said = [f"{name} is written by a program but not described" for name in source if name not in document]
    said += [f"{name} is described but no program writes it" for name in document if name not in source]
    for name in sorted(set(source) & set(document)):
        if source[name][0] != document[name][0] or set(source[name][1]) != set(document[name][1]):
            said.append(f"{name}: the source has {line(name, source[name])}")
    return said


def line(name, event):
    return f"| `{name}` | {', '.join(sorted(event[0]))} | {', '.join(f'`{f}`' for f in event[1])} |"


def self_test():
    source = events('log_event(bad ? LOG_LEVEL_WARN : LOG_LEVEL_ERROR, "gone", LOG_TEXT("why", f("x")), LOG_INT("n", 1));')
    assert source == {"gone": ({"warn", "error"}, ["why", "n"])}, source
    assert not compare(source, of_document("| `gone` | error, warn | `why`, `n` | words |"))
    assert compare(source, {}) and compare({}, source)
    assert compare(source, of_document("| `gone` | warn | `why`, `n` | words |"))
    assert compare(source, of_document("| `gone` | error, warn | `why` | words |"))
    print("logs: self-test passed")


def main():
    if "--self-test" in sys.argv:
        self_test()
        return 0
    source = of_source()
    if "--print" in sys.argv:
        print("\n".join(line(name, source[name]) for name in sorted(source)))
        return 0
    document = of_document((TOP / "cgi-bin/run/metrics.md").read_text(encoding="utf-8"))
    said = compare(source, document)
    print("\n".join(said + [f"logs: {len(source)} events, {len(said)} findings"]))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
