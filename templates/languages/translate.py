#!/usr/bin/env python3
"""The way of the words into other languages: templates/ -> messages -> a .po file a language ->
a tree of templates a language.

    translate.py pot                  the messages of templates/ and nginx/errors/, as a .pot
    translate.py build OUT            OUT/: English, OUT/languages/<tag>/ for each <tag>.po, and
                                      OUT/static/ with files named by their content
    translate.py build OUT --pseudo   the same with one language more, qps, in which every word
                                      that a contributor can read is marked (for tests)

A message is the smallest piece of a template that holds a whole sentence: what stands between two
block tags, with the inline tags and markers in it; where such a piece has no words of its own, the
pieces inside its tags and sections are messages. Punctuation beside a value counts as words.
Attributes that people read or hear (ATTRIBUTES)
and the sentences of `words` files are messages too. msgctxt is the file (and the key of `words`),
so the same words may be said differently in two places. `{{! staff }}` in a template and `# staff`
in a words file (until `# everyone`) mark what only staff reads; it may stay in English. Between tags with
translate="no" stands what is the same in every language.

Used by the Makefile (build), by `make po` (pot) and by tests/checks/languages.py. Reads and writes
UTF-8; needs nothing but Python 3.
"""
import gzip
import hashlib
import re
import shutil
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
TEMPLATES = TOP / "templates"
ERRORS = TOP / "nginx" / "errors"
PO = TEMPLATES / "languages"

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark",
          "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
EMPTY = {"br", "wbr"}
ATTRIBUTES = ("aria-label", "aria-description", "title", "alt", "placeholder", "data-label",
              "data-sending", "data-left", "data-over", "label")
TOKEN = re.compile(
    r"(?P<mark>\{\{(?P<kind>[!%#/>]?)(?P<name>[^}]*)\}\})"
    r"|(?P<comment><!--.*?-->|<![A-Za-z][^>]*>)"
    r"|(?P<tag><(?P<close>/?)(?P<element>[a-zA-Z][a-zA-Z0-9:-]*)(?:\{\{[^}]*\}\}|\"(?:[^\"{]|\{\{[^}]*\}\}|\{)*\"|[^\">])*>)",
    re.S)
LETTER = re.compile(r"[^\W\d_]")
STAFF = re.compile(r"\{\{!\s*staff\s*\}\}")


# ---- Templates as messages ----

class Token:
    """A piece of a template: text, tag, mark or other (comments and pragmas)."""
    __slots__ = ("kind", "text", "name", "start")

    def __init__(self, kind, text, name, start):
        self.kind, self.text, self.name, self.start = kind, text, name, start

    def words(self):
        return self.kind == "text" and bool(LETTER.search(re.sub(r"&#?\w+;", "", self.text)))

    def points(self):
        """Punctuation, which other languages write differently when it stands beside a value."""
        return self.kind == "text" and bool(re.search(r"[,;:%()?!،؛٪؟]", re.sub(r"&#?\w+;", "", self.text)))


def tokens(text):
    at, out = 0, []
    for hit in TOKEN.finditer(text):
        if hit.start() > at:
            out.append(Token("text", text[at:hit.start()], "", at))
        if hit["comment"]:
            kind, name = "stop", ""
        elif hit["mark"]:
            kind = {"": "var", ">": "include", "#": "open", "/": "shut"}.get(hit["kind"], "stop")
            name = "{{" + hit["name"]
        else:
            name = hit["element"].lower()
            if name not in INLINE or 'translate="no"' in hit[0]:
                kind = "stop"
            else:
                kind = "var" if name in EMPTY else "shut" if hit["close"] else "open"
        out.append(Token(kind, hit[0], name, hit.start()))
        at = hit.end()
    if at < len(text):
        out.append(Token("text", text[at:], "", at))
    return hushed(out)


def hushed(run):
    """The tokens, those between tags with translate="no" as stops."""
    within, depth = "", 0
    for token in run:
        tag = re.match(r"<(/?)([a-zA-Z][\w:-]*)", token.text)
        if within:
            if tag and tag[2].lower() == within:
                depth += -1 if tag[1] else 1
            token.kind = "stop"
            within = within if depth else ""
        elif tag and 'translate="no"' in token.text and tag[2].lower() not in EMPTY:
            within, depth = tag[2].lower(), 1
    return run


def partner(run, i):
    """Where run[i], which opens, is shut; None when not in this run."""
    depth = 0
    for j in range(i, len(run)):
        if run[j].name == run[i].name and run[j].kind in ("open", "shut"):
            depth += 1 if run[j].kind == "open" else -1
            if depth == 0:
                return j
    return None


def balanced(run):
    """The runs into which run falls at tags and sections that it does not open and shut itself."""
    stack, bad = [], set()
    for i, token in enumerate(run):
        if token.kind == "open":
            stack.append(i)
        elif token.kind == "shut":
            if stack and run[stack[-1]].name == token.name:
                stack.pop()
            else:
                bad.add(i)
    bad.update(stack)
    out, piece = [], []
    for i, token in enumerate(run):
        if i in bad:
            out.append(piece)
            piece = []
        else:
            piece.append(token)
    out.append(piece)
    return [piece for piece in out if piece]


def trim(run):
    """Without what surrounds the words: blanks, included parts, line breaks."""
    def bare(token):
        return token.kind == "include" or token.name in EMPTY or \
            token.kind == "text" and not token.text.strip()
    while run and bare(run[0]):
        run = run[1:]
    while run and bare(run[-1]):
        run = run[:-1]
    return run


def cut(run):
    """Yields (start, end) of the messages in a balanced run."""
    run = trim(run)
    i, words, points, values = 0, False, False, 0
    while i < len(run):
        words = words or run[i].words()
        points = points or run[i].points()
        values += run[i].text.startswith("{{") and run[i].kind == "var" or run[i].kind == "open"
        i = partner(run, i) + 1 if run[i].kind == "open" else i + 1
    if words or points and values:
        first, last = run[0], run[-1]
        start = first.start + (len(first.text) - len(first.text.lstrip()) if first.kind == "text" else 0)
        end = last.start + (len(last.text.rstrip()) if last.kind == "text" else len(last.text))
        yield start, end
        return
    i = 0
    while i < len(run):
        if run[i].kind == "open":
            j = partner(run, i)
            yield from cut(run[i + 1:j])
            i = j
        i += 1


def spans(text):
    """(start, end) of every message of a template, attributes included, in order."""
    found, run = [], []
    for token in [*tokens(text), Token("stop", "", "", len(text))]:
        if token.kind == "stop":
            for piece in balanced(run):
                found.extend(cut(piece))
            run = []
        else:
            run.append(token)
        if token.text.startswith("<") and 'translate="no"' not in token.text:
            for hit in re.finditer(r'\s(%s)="([^"]*)"' % "|".join(ATTRIBUTES), token.text):
                if LETTER.search(re.sub(r"\{\{[^}]*\}\}", "", hit[2])):
                    at = token.start + hit.start(2)
                    if not any(start <= at < end for start, end in found):
                        found.append((at, at + len(hit[2])))
    return sorted(inner for inner in found if not any(
        outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1] for outer in found))


def folded(text):
    return re.sub(r"\s+", " ", text).strip()


ISOLATE, ISOLATED = "\u2068", "\u2069"


def isolated(text):
    """The template with every value between U+2068 and U+2069, so that a value written from left to
    right does not turn the line around it. Not in tags, nor where a value is copied or kept."""
    out, inside = [], []
    for token in tokens(text):
        element = re.match(r"<(/?)(code|textarea|option|pre|script)\b", token.text)
        if element:
            inside = inside[:-1] if element[1] else inside + [element[2]]
        alone = token.kind == "var" and token.text.startswith("{{") and not inside
        if alone and not (out and out[-1].endswith(ISOLATE)):
            out.append(ISOLATE + token.text + ISOLATED)
        else:
            out.append(token.text)
    return "".join(out)


def say(text, context, catalogue):
    """The template in another language: catalogue(context, message) -> sentence or None."""
    out, at = [], 0
    for start, end in spans(text):
        sentence = catalogue(context, folded(text[start:end]))
        if sentence is not None:
            out += [text[at:start], sentence]
            at = end
    return "".join(out) + text[at:]


# ---- Words files ----

def words_of(text):
    """(line number, key, sentence, for staff?) of each entry."""
    staff = False
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("#"):
            mark = line[1:].strip()
            staff = True if mark == "staff" else False if mark == "everyone" else staff
        elif "=" in line:
            key, sentence = line.split("=", 1)
            yield number, key.strip(), sentence.strip(), staff


def say_words(text, folder, catalogue):
    out = []
    for line in text.splitlines():
        entry = next(words_of(line), None)
        sentence = catalogue(f"{folder}/words {entry[1]}", entry[2]) if entry else None
        out.append(f"{entry[1]} = {sentence}" if sentence is not None else line)
    return "\n".join(out) + "\n"


# ---- All messages ----

def sources():
    """(path below the tree, name in msgctxt, text) of what holds words."""
    for path in sorted(TEMPLATES.glob("*/*.tpl")) + sorted(TEMPLATES.glob("*/words")):
        yield path, str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")
    for path in sorted(ERRORS.glob("*.html")):
        yield path, "errors/" + path.name, path.read_text(encoding="utf-8")


def messages():
    """{(context, message): (for staff?, [places])} in the order of the files."""
    out = {}

    def add(context, message, staff, place):
        _, places = out.setdefault((context, message), (staff, []))
        places.append(place)

    for path, name, text in sources():
        place = str(path.relative_to(TOP))
        if path.name == "words":
            for number, key, sentence, staff in words_of(text):
                plain = re.sub(r"\{\w+\}", "", sentence)
                if LETTER.search(plain) or re.search(r"[,;:%()?!،؛٪؟]", plain):
                    add(f"{name} {key}", sentence, staff, f"{place}:{number}")
        else:
            for start, end in spans(text):
                add(name, folded(text[start:end]), bool(STAFF.search(text)),
                    f"{place}:{text.count(chr(10), 0, start) + 1}")
    return out


# ---- .po ----

def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def pot():
    lines = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=UTF-8\\n"',
             '"Content-Transfer-Encoding: 8bit\\n"', '"MIME-Version: 1.0\\n"', '"Language: \\n"', ""]
    for (context, message), (staff, places) in messages().items():
        lines += ["#. staff"] if staff else []
        lines += ["#: " + place for place in places]
        lines += ["msgctxt " + quoted(context), "msgid " + quoted(message), 'msgstr ""', ""]
    return "\n".join(lines)


class Entry:
    """One message of a .po file."""

    def __init__(self):
        self.context, self.message, self.sentence = None, None, ""
        self.flags, self.notes, self.old, self.line = set(), [], False, 0


def unquoted(text):
    return re.sub(r"\\(.)", lambda hit: {"n": "\n", "t": "\t"}.get(hit[1], hit[1]), text.strip()[1:-1])


def read_po(path):
    """The entries of a .po file, its head included (message "")."""
    out, entry, field = [], Entry(), None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() + [""], 1):
        line = line.strip()
        if not line:
            if entry.message is not None:
                out.append(entry)
            entry, field = Entry(), None
            continue
        if line.startswith("#~"):
            entry.old = True
            line = line[2:].strip()
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("#. "):
            entry.notes.append(line[3:].strip())
        elif line.startswith("#") or not line:
            continue
        else:
            word, _, rest = line.partition(" ")
            if word in ("msgctxt", "msgid", "msgstr"):
                field, entry.line = word, number
                text = unquoted(rest)
            else:
                text = unquoted(line)
            if field == "msgctxt":
                entry.context = (entry.context or "") + text
            elif field == "msgid":
                entry.message = (entry.message or "") + text
            elif field == "msgstr":
                entry.sentence += text
    return out


def catalogue_of(path):
    """catalogue(context, message) of a .po file; what is not said, or said doubtfully, is None."""
    table = {(e.context, e.message): e.sentence for e in read_po(path)
             if e.message and e.sentence and not e.old and "fuzzy" not in e.flags}
    return lambda context, message: table.get((context, message))


def languages():
    return {path.stem: path for path in sorted(PO.glob("*.po"))}


# ---- A language of marks, for tests ----

PLAIN = "aeiouyAEIOUYcnsz"
MARKED = "åéîøüýÅÉÎØÜÝçñšž"


def pseudo(message):
    """Every word with other letters, between marks; markup, markers and {names} as they are."""
    table = str.maketrans(PLAIN, MARKED)
    parts = re.split(r"(\{\{[^}]*\}\}|<[^>]*>|&#?\w+;|\{\w+(?:, plural,)?|\\n|(?:=\d+|zero|one|two|few|many|other) ?\{)", message)
    return "⟦" + "".join(part if i % 2 else part.translate(table) for i, part in enumerate(parts)) + "⟧"


def pseudo_catalogue():
    staff = {key for key, (only, _) in messages().items() if only}
    return lambda context, message: None if (context, message) in staff else pseudo(message)


# ---- The trees ----

def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def static_names(out):
    """Copies templates/static/* to names with a hash of their content; {address: hashed address}."""
    names = {}
    for path in sorted((TEMPLATES / "static").iterdir()):
        content = path.read_bytes()
        name = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
        target = out / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        if path.suffix in (".css", ".js", ".svg"):
            target.with_name(name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
        if path.suffix == ".json":  # read by other people's programs, which know its address
            target.replace(target.with_name(path.name))
            continue
        names[f"/static/{path.name}"] = f"/static/{name}"
    return names


def notes(folder, entries, unsaid):
    """What a running plugin wants to know of a language: which templates are English all the same
    (`unsaid`), and, by a file `checked`, that a native reader has checked what stands in contracts
    and statements (X-Checked-By in the head of the .po)."""
    write(folder / "unsaid", "".join(name + "\n" for name in unsaid))
    head = next((e.sentence for e in entries if e.message == ""), "")
    if re.search(r"^X-Checked-By: *\S", head, re.M):
        write(folder / "checked", "")


def build(out, with_pseudo):
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    names = static_names(fresh)
    pages = re.compile("|".join(re.escape(name) for name in names) or "(?!)")
    tongues = {"": None, **{tag: catalogue_of(path) for tag, path in languages().items()}}
    if with_pseudo:
        tongues["qps"] = pseudo_catalogue()
    unsaid = {tag: [] for tag in tongues}
    for path, name, text in sources():
        text = pages.sub(lambda hit: names[hit[0]], text)
        for tag, catalogue in tongues.items():
            said = text
            if catalogue and path.suffix == ".tpl" and STAFF.search(text) and not any(
                    catalogue(name, folded(text[a:b])) for a, b in spans(text)):
                unsaid[tag].append(name)
            if catalogue and path.name == "words":
                said = say_words(text, name.split("/")[0], catalogue)
            elif catalogue:
                said = say(text, name, catalogue)
                if path.suffix == ".tpl" and tag.split("-")[0] in RIGHT_TO_LEFT and name not in unsaid[tag]:
                    said = isolated(said)
            if tag and name.startswith("errors/"):
                turn = ' dir="rtl"' if tag.split("-")[0] in RIGHT_TO_LEFT else ""
                said = said.replace('<html lang="en">', f'<html lang="{tag}"{turn}>')
            write(fresh / (f"languages/{tag}" if tag else "") / name, said)
    for tag in tongues:
        if tag:
            entries = read_po(languages()[tag]) if tag in languages() else []
            notes(fresh / "languages" / tag, entries, unsaid[tag])
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def main(arguments):
    if arguments[:1] == ["pot"] and len(arguments) == 1:
        sys.stdout.write(pot() + "\n")
    elif arguments[:1] == ["build"] and len(arguments) in (2, 3):
        build(Path(arguments[1]).resolve(), "--pseudo" in arguments)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
