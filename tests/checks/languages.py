#!/usr/bin/env python3
"""Lint of the languages: each templates/languages/<tag>.po against the templates.

Every marker, tag and section of a message stands in its translation, nested alike, so links lead
to the same places and values are escaped in the same context; {names} and plural forms of words
are whole; msgfmt takes the file. What a contributor reads must be said in every language; what
only staff reads may be missing (it is read in English). Translations equal to their source are
listed and bounded. `python3 tests/checks/languages.py` from the top of the tree; `--self-test`
breaks each rule once; `--missing TAG` lists what is still to be said.
"""
import collections
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path("templates/languages").resolve()))
import translate  # noqa: E402

MARK = re.compile(r"\{\{[^}]*\}\}")
TAG = re.compile(r"</?[a-zA-Z](?:\{\{[^}]*\}\}|\"[^\"]*\"|[^\">])*>")
PLURAL = re.compile(r"\{(\w+), plural,")
# The forms that whole numbers take (CLDR plurals.xml; Spanish has "many" for millions besides).
FORMS = {"ar": {"zero", "one", "two", "few", "many", "other"}, "es": {"one", "other"},
         "en": {"one", "other"}}
EQUAL_SHARE = 0.02


def shape(text):
    """The tags and sections in the order of nesting: what must be alike whatever the order of words."""
    out, path = collections.Counter(), []
    for hit in re.finditer(r"\{\{[^}]*\}\}|" + TAG.pattern, text):
        piece = hit[0]
        if piece.startswith("</"):
            if not path or path[-1][1:].split()[0].rstrip(">") != piece[2:-1]:
                return None
            path.pop()
        elif piece.startswith("<"):
            out["|".join(path + [piece])] += 1
            if re.match(r"<(\w+)", piece)[1] not in translate.EMPTY:
                path.append(piece)
        elif piece.startswith("{{#"):
            out["|".join(path + [piece])] += 1
            path.append(piece)
        elif piece.startswith("{{/"):
            if not path or path[-1] != "{{#" + piece[3:]:
                return None
            path.pop()
        else:
            out["|".join(path + [piece])] += 1
    return out if not path else None


def plurals(text):
    """[(name, {form: text})] of the outermost plurals; None when one cannot be read."""
    out, at = [], 0
    while (hit := PLURAL.search(text, at)):
        i, depth, forms, begun = hit.end(), 0, {}, None
        word = ""
        while i < len(text):
            c = text[i]
            if c == "{":
                depth += 1
                if depth == 1:
                    begun = i + 1
            elif c == "}":
                if depth == 0:
                    break
                depth -= 1
                if depth == 0:
                    forms[word.strip()] = text[begun:i]
                    word = ""
            elif depth == 0:
                word += c
            i += 1
        if i >= len(text) or word.strip() or not forms:
            return None
        out.append((hit[1], forms))
        at = i + 1
    return out


def names(text):
    """{name}s in a sentence; those in plural forms count once, the number itself does not."""
    found = plurals(text)
    if found is None:
        return None
    flat = re.sub(r"\{\w+, plural,(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", text)
    out = set(re.findall(r"\{(\w+)\}", flat))
    for name, forms in found:
        out |= {name} | {inner for form in forms.values() for inner in re.findall(r"\{(\w+)\}", form)}
    return out


def faults(tag, context, message, sentence):
    """What is wrong with one translation."""
    if "/words " in context:
        want, got = names(message), names(sentence)
        if got is None:
            yield "a plural cannot be read"
        elif want != got:
            yield f"{{names}} differ: {sorted(want ^ got)}"
        for name, forms in plurals(sentence) or []:
            exact = {form for form in forms if form.startswith("=")}
            lacks = FORMS.get(tag, {"other"}) - set(forms)
            if lacks or set(forms) - exact - {"zero", "one", "two", "few", "many", "other"}:
                yield f"plural of {name}: forms {sorted(forms)}, lacks {sorted(lacks)}"
        if (plurals(message) or []) and not plurals(sentence):
            yield "the plural is gone"
        if "\n" in sentence or sentence != sentence.strip() or not sentence:
            yield "a line end, or blanks around it"
        if message.count("\\n") != sentence.count("\\n"):
            yield "paragraphs differ"
    else:
        want, got = shape(message), shape(sentence)
        if got is None:
            yield "tags or sections are not nested"
        elif want != got:
            yield f"tags or markers differ: {sorted((want - got) + (got - want))}"
        if len(translate.spans(sentence)) != 1 and not MARK.sub("", sentence).strip() == "":
            inner = [sentence[a:b] for a, b in translate.spans(sentence)]
            if len(translate.spans(message)) == 1 and inner != [sentence]:
                yield "falls into several messages; a block tag?"
    for word in ("<script", "{{%", "{{!", "javascript:", "http://", "https://"):
        if word in sentence.lower() and word not in message.lower():
            yield f"holds {word}"


def bare(text):
    """The words of a message, for "is it the same?"."""
    return re.sub(r"[\W\d_]+", "", TAG.sub("", MARK.sub("", re.sub(r"\{[^{}]*\}", "", text))))


def check(tag, entries, wanted):
    """(findings, counts) of one file; entries as translate.read_po() gives them."""
    found, counts, equal = [], collections.Counter(), []
    said = {(e.context, e.message): e for e in entries if e.message and not e.old}
    for key, (staff, places) in wanted.items():
        entry = said.get(key)
        if not entry or not entry.sentence or "fuzzy" in entry.flags:
            counts["staff missing" if staff else "missing"] += 1
            if not staff:
                found.append(f"{tag}.po: {places[0]}: not said: {key[1][:70]}")
            continue
        counts["staff said" if staff else "said"] += 1
        if not staff and len(bare(key[1])) > 1 and bare(key[1]) == bare(entry.sentence):
            equal.append(key[1])
        found += [f"{tag}.po:{entry.line}: {places[0]}: {what}"
                  for what in faults(tag, *key, entry.sentence)]
    for key in said.keys() - wanted.keys():
        found.append(f"{tag}.po:{said[key].line}: nobody says this any more (make po): {key[1][:60]}")
    counts["equal"] = len(equal)
    if len(equal) > EQUAL_SHARE * max(1, counts["said"]):
        found.append(f"{tag}.po: {len(equal)} translations equal their source, more than 2 %: {equal}")
    return found, counts, equal


BROKEN = [
    ("x.tpl", 'Go <a href="/x">on</a>', "Siga", "differ"),
    ("x.tpl", 'Go <a href="/x">on</a>', 'Siga <a href="/y">por</a>', "differ"),
    ("x.tpl", "Hello {{NAME}}", "Hola", "differ"),
    ("x.tpl", "Hello {{NAME}}", "Hola {{NAME:none}}", "differ"),
    ("x.tpl", "A {{#B}}b{{/B}}", "A {{#B}}b", "nested"),
    ("x.tpl", "A {{#B}}{{C}}{{/B}}", "A {{#B}}b{{/B}}{{C}}", "differ"),
    ("x.tpl", "A <strong>b</strong>", "A <strong>b", "nested"),
    ("x.tpl", "Hello", "<p>Hola</p>", "differ"),
    ("x.tpl", "Hello", "Hola https://x", "holds"),
    ("a/words k", "{n} of {m}", "{n} de", "names"),
    ("a/words k", "{n, plural, one {# day} other {# days}}", "{n, plural, one {# día} few {x}}", "plural"),
    ("a/words k", "{n, plural, one {# day} other {# days}}", "{n} días", "gone"),
    ("a/words k", "{n, plural, one {# day} other {# days}}", "{n, plural, one {# día other {# días}}", "read"),
    ("a/words k", "one\\ntwo", "uno dos", "paragraphs"),
]
CLEAN = [
    ("x.tpl", 'Go <a href="/x">on</a>, {{NAME}}', '{{NAME}}, <a href="/x">siga</a>'),
    ("a/words k", "{who}: {n, plural, one {# day} other {# days}}",
     "{n, plural, one {# día} other {# días}} de {who}"),
]


def self_test():
    bad = [case for *case, part in BROKEN if not any(part in what for what in faults("es", *case))]
    bad += [case for case in CLEAN if list(faults("es", *case))]
    wanted = {("x.tpl", "Hello"): (False, ["x:1"]), ("x.tpl", "Bye"): (True, ["x:2"])}
    found, counts, _ = check("es", [], wanted)
    if len(found) != 1 or counts["missing"] != 1 or counts["staff missing"] != 1:
        bad.append("missing")
    entry = translate.Entry()
    entry.context, entry.message, entry.sentence = "x.tpl", "Hello", "Hello"
    if not any("equal" in line for line in check("es", [entry], wanted)[0]):
        bad.append("equal")
    if translate.spans('<p translate="no">a <p>b</p> c</p><a translate="no">d <b>e</b></a>'):
        bad.append("translate=no")
    text = '<p>One <b>two</b></p><ul><li>{{#A}}<span>x</span>{{/A}} {{B}}</li></ul><img alt="pic">'
    if [text[a:b] for a, b in translate.spans(text)] != ["One <b>two</b>", "x", "pic"]:
        bad.append("spans")
    for case in bad:
        print("not seen or false alarm:", case)
    print(f"{len(BROKEN) + len(CLEAN) + 4 - len(bad)} passed, {len(bad)} failed")
    return 1 if bad else 0


def main():
    if "--self-test" in sys.argv:
        return self_test()
    wanted = translate.messages()
    if "--missing" in sys.argv:
        tag = sys.argv[sys.argv.index("--missing") + 1]
        for line in check(tag, translate.read_po(translate.languages()[tag]), wanted)[0]:
            print(line)
        return 0
    findings = 0
    for tag, path in translate.languages().items():
        found, counts, equal = check(tag, translate.read_po(path), wanted)
        try:
            told = subprocess.run(["msgfmt", "--check-header", "--check-domain", "-o", "/dev/null", str(path)],
                                  capture_output=True, text=True)
            if told.returncode:
                found.append(f"{tag}.po: msgfmt: {told.stderr.strip()}")
        except FileNotFoundError:
            found.append("gettext is not installed (make test installs it)")
        for line in found:
            print(line)
        total = counts["said"] + counts["missing"]
        print(f"{tag}: contributors' words {counts['said']} of {total} said, staff's {counts['staff said']} of "
              f"{counts['staff said'] + counts['staff missing']}; the same as in English {counts['equal']}: "
              + "; ".join(equal))
        findings += len(found)
    print(f"languages: {len(translate.languages())} files, {len(wanted)} messages, {findings} findings")
    return 1 if findings else 0


sys.exit(main())
