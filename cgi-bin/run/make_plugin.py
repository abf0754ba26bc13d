#!/usr/bin/env python3
"""make_plugin.py NAME: a sixth plugin, small and whole, out of cgi-bin/run/skeleton.

Each file there is written to the same place from the top of the tree, with @name@, @NAME@ and @Name@
filled in, in paths too. lines/ holds what is added to files that all plugins share: rows of the
matrix, ways in the site's head, translations. Nothing that stands is overwritten: what is in the way
stops it before the first file. cgi-bin/README.md goes on from here.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SKELETON = Path(__file__).resolve().parent / "skeleton"
LINES = SKELETON / "lines"
# What the house calls its own things and places, beside what is found by looking.
HOUSE = {"common", "core", "run", "skeleton", "plugin", "sample", "apply", "static", "design", "healthz", "metrics",
         "migration", "definer", "api", "staff", "floor", "nginx", "mariadbd", "db", "work", "with"}
LONGEST = 21


def plugins():
    return sorted(path.parent.name for path in TOP.glob("cgi-bin/*/main.c"))


def taken():
    """Names of folders, first parts of addresses."""
    names = {path.name for folder in ("cgi-bin", "common", "templates", "sql", "tests")
             for path in (TOP / folder).iterdir() if path.is_dir()}
    for main in TOP.glob("cgi-bin/*/main.c"):
        names |= set(re.findall(r'"/([a-z0-9_]+)', main.read_text(encoding="utf-8")))
    return names | HOUSE


def spoken_by_common(name):
    """The first file of common/ in whose code the name is a word: nothing there may name a plugin."""
    for path in sorted(TOP.glob("common/*/*")):
        if path.suffix in (".c", ".h", ".cc"):
            code = re.sub(r"/\*.*?\*/|//[^\n]*", " ", path.read_text(encoding="utf-8"), flags=re.S)
            if re.search(rf"\b(keptword_|TPL_)?{name}(_\w+|/\w+)?\b", code, re.I):
                return path.relative_to(TOP)
    return None


def refuse(name):
    """Why there cannot be a plugin of this name, as a sentence; None when there can."""
    if not name:
        return "Say how the plugin is called: make plugin NAME=leave."
    if not re.fullmatch(rf"[a-z][a-z0-9_]{{1,{LONGEST - 1}}}", name):
        return (f"NAME is \"{name}\"; a plugin is called by 2 to {LONGEST} small letters, digits and _, "
                "a letter first, like leave.")
    if name in plugins():
        return f"There is a plugin {name} already: cgi-bin/{name}. Choose another name, or change that one."
    for other in plugins():
        if name.startswith(other + "_") or other.startswith(name + "_"):
            return (f"NAME is {name}, which cannot be told from the plugin {other} where both begin a name "
                    f"({other}_...). Choose one that does not begin alike.")
    if name in taken():
        return f"The house calls something {name} already (a folder, an address or a word). Choose another name."
    path = spoken_by_common(name)
    if path:
        return f"{name} is a word in the code of {path}, and nothing in common/ may name a plugin. Choose another name."
    return None


def fill(text, name):
    shown = name.replace("_", " ")
    return (text.replace("@name@", name).replace("@NAME@", name.upper())
            .replace("@Name@", shown[0].upper() + shown[1:]))


def files(name):
    """[(path from the top, text)] of what is written anew."""
    return [(fill(str(path.relative_to(SKELETON)), name), fill(path.read_text(encoding="utf-8"), name))
            for path in sorted(SKELETON.rglob("*")) if path.is_file() and LINES not in path.parents]


def messages(text):
    """The pieces of a .po file that are one message each, by msgctxt and msgid."""
    found = {}
    for piece in re.split(r"\n\s*\n", text):
        hit = re.search(r'^msgctxt .*?(?=^msgstr)', piece, re.M | re.S)
        if hit:
            found[hit[0]] = piece.strip("\n")
    return found


def shared(name):
    """[(path, new text)] of the files of all plugins, with this one's lines in them."""
    out = []
    rows = fill((LINES / "matrix.tsv").read_text(encoding="utf-8"), name)
    path = TOP / "tests/integration/matrix.tsv"
    out.append((path, path.read_text(encoding="utf-8").rstrip("\n") + "\n" + rows))

    ways = fill((LINES / "top").read_text(encoding="utf-8"), name)
    path = TOP / "templates/layout/top.tpl"
    text, mark = path.read_text(encoding="utf-8"), '<li><a href="/search"'
    if text.count(mark) != 1:
        sys.exit(f"{path}: the line of the search, before which the new ways stand, is not there.")
    out.append((path, text.replace(mark, ways + mark)))

    for path in sorted((TOP / "templates/languages").glob("*.po")):
        lines = LINES / path.name
        if lines.exists():
            text = path.read_text(encoding="utf-8")
            said = messages(text)
            new = messages(fill(lines.read_text(encoding="utf-8"), name))
            more = [piece for key, piece in new.items() if key not in said]
            out.append((path, "\n\n".join([text.rstrip("\n"), *more]) + "\n"))
    return out


def form(paths):
    """As clang-format would have it: the length of a line depends on the name."""
    if shutil.which("clang-format"):
        subprocess.run(["clang-format", "-i", *paths], cwd=TOP, check=False)


def main():
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    why = refuse(name)
    if why:
        sys.exit(why)
    new = files(name)
    there = [path for path, _ in new if (TOP / path).exists()]
    if there:
        sys.exit(f"{there[0]} stands already and is not overwritten. Nothing was written.")
    changed = shared(name)
    for path, text in new:
        (TOP / path).parent.mkdir(parents=True, exist_ok=True)
        (TOP / path).write_text(text, encoding="utf-8")
        print(f"  new      {path}")
    form([path for path, _ in new if path.endswith(".c")])
    for path, text in changed:
        path.write_text(text, encoding="utf-8")
        print(f"  lines in {path.relative_to(TOP)}")
    print(f"\nThe plugin {name} stands. What next (cgi-bin/README.md tells more):\n"
          f"  make restart                          builds it and shows it to the demo's people: /{name}/asks\n"
          f"  make integration NAMES=\"{name}_test matrix_test\"")


if __name__ == "__main__":
    main()
