#!/usr/bin/env python3
"""Template lint: what ctemplate's auto-escaping does not see (its context is computed once, over
all sections, with an attribute list of 2009), and what the site's policies demand. And that what
programs write into the audit is said there in words.

`python3 tests/checks/templates.py` from the top of the tree; `--self-test` breaks each rule once.
"""
import re
import sys
from pathlib import Path

PRAGMA = '{{%AUTOESCAPE context="HTML"}}'
URL_ATTRIBUTES = {"href", "src", "action", "formaction", "poster", "cite", "data", "srcset", "ping",
                  "manifest", "xlink:href", "background", "longdesc"}
# Attributes that the escaper does not know as URLs: no variable in them at all.
UNSAFE_WITH_VARIABLE = {"formaction", "poster", "srcset", "ping", "xlink:href", "manifest"}
VARIABLE = re.compile(r"\{\{[A-Z]")
MARKER = re.compile(r"\{\{[^}]*\}\}")


def tags(text):
    """(line, name, attribute text) of each start tag; markers may stand inside."""
    i = 0
    while True:
        i = text.find("<", i)
        if i < 0:
            return
        hit = re.match(r"<([a-zA-Z][a-zA-Z0-9:-]*)", text[i:])
        if not hit:
            i += 1
            continue
        j, quote = i + len(hit[0]), ""
        while j < len(text):
            c = text[j]
            if quote:
                if c == quote and not inside_marker(text, i, j):
                    quote = ""
            elif c in "\"'" and not inside_marker(text, i, j):
                quote = c
            elif c == ">":
                break
            j += 1
        yield text.count("\n", 0, i) + 1, hit[1].lower(), text[i + len(hit[0]):j]
        i = j


def inside_marker(text, start, at):
    opened = text.rfind("{{", start, at)
    return opened >= 0 and text.find("}}", opened) >= at


def attributes(body):
    for hit in re.finditer(r"([a-zA-Z_:@][\w:.@-]*)\s*=\s*(\"(?:[^\"{]|\{\{[^}]*\}\}|\{)*\"|'[^']*'|[^\s>\"']+)",
                           body):
        value = hit[2]
        quoted = value[0] in "\"'"
        yield hit[1].lower(), value[1:-1] if quoted else value, quoted


def check(path, text):
    found = []

    def report(line, rule, what):
        found.append(f"{path}:{line}: {rule}: {what}")

    if not text.startswith(PRAGMA):
        report(1, "pragma", "begin with " + PRAGMA)
    for hit in re.finditer(r"\{\{[A-Z][A-Z0-9_]*((?::[\w=]+)+)\}\}", text):
        if ":none" in hit[1]:
            report(text.count("\n", 0, hit.start()) + 1, "none", hit[0] + " is not escaped")
    for hit in re.finditer(r"<!--(.*?)-->", text, re.S):
        if MARKER.search(hit[1]):
            report(text.count("\n", 0, hit.start()) + 1, "comment", "a marker in an HTML comment")
    for line, name, body in tags(text):
        # A mail has no file beside it, and no page's policy holds for it.
        if name == "style" and not str(path).startswith("templates/mail/"):
            report(line, "style", "styles stand in files")
        if name == "script" and "src=" not in body:
            report(line, "script", "scripts stand in files")
        if re.search(r"\{\{>", body):
            report(line, "include-in-tag", "an include inside a tag is not escaped for it")
        for attribute, value, quoted in attributes(body):
            if attribute.startswith("on") or attribute.startswith(("@", "x-on", "hx-", "v-")):
                report(line, "handler", f"{attribute}: no script in attributes")
            if attribute == "style":
                report(line, "style", "no style attribute: the policy refuses it")
            if VARIABLE.search(value) and not quoted:
                report(line, "unquoted", f"{attribute}={value}")
            if attribute in URL_ATTRIBUTES:
                if re.search(r"\{\{[#/]", value):
                    report(line, "url-section", f"{attribute}: sections in a URL lose its context")
                if attribute in UNSAFE_WITH_VARIABLE and VARIABLE.search(value):
                    report(line, "url-attribute", f"{attribute} with a variable is not escaped as URL")
                markers = MARKER.findall(value)
                rest = MARKER.sub("", value)
                if markers and rest:
                    for marker in markers:
                        if not re.search(r":u\}\}$", marker):
                            report(line, "url-part", f"{attribute}: {marker} behind other text wants :u")
                if len(markers) > 1 and not rest:
                    report(line, "url-part", f"{attribute}: two markers side by side")
        if name == "img" and "alt=" not in body:
            report(line, "alt", "an image without alt")
        if name == "a" and 'target="_blank"' in body:
            report(line, "blank", "links open where the reader is")
    for hit in re.finditer(r"<textarea\b[^>]*>(.*?)</textarea>", text, re.S):
        for marker in re.findall(r"\{\{[A-Z][^}]*\}\}", hit[1]):
            if ":p" not in marker:
                report(text.count("\n", 0, hit.start()) + 1, "lines", f"{marker} loses its lines: use :p")
    opened = []
    for hit in re.finditer(r"\{\{([#/])([A-Z][A-Z0-9_]*)\}\}", text):
        if hit[1] == "#":
            opened.append(hit[2])
        elif not opened or opened.pop() != hit[2]:
            report(text.count("\n", 0, hit.start()) + 1, "section", f"{hit[0]} closes nothing")
            break
    if opened:
        report(1, "section", "never closed: " + ", ".join(opened))
    for hit in re.finditer(r"https?://", text):
        report(text.count("\n", 0, hit.start()) + 1, "host", "no other host is named in a page")
    return found


AUDIT_CALL = re.compile(r"\b(?:request_audit|audit_add|person_done|note)\(((?:[^;\"]|\"[^\"]*\")*);")
ACTION = re.compile(r'"([a-z_]+\.[a-z_]+)"')


def audit_words(path, code, said):
    """What a program writes into the audit is said in words there (`audit_action.<action>`)."""
    return [f"{path}:{code.count(chr(10), 0, call.start()) + 1}: audit: no words for audit_action.{action}"
            for call in AUDIT_CALL.finditer(code) for action in ACTION.findall(call[1]) if action not in said]


def audit_said(texts):
    return {hit for text in texts for hit in re.findall(r"^audit_action\.(\S+) =", text, re.M)}


P = PRAGMA
BROKEN = [
    ("pragma", "<p>x</p>"),
    ("none", P + "<p>{{X:none}}</p>"),
    ("comment", P + "<!-- {{X}} -->"),
    ("style", P + "<style>p{}</style>"),
    ("style", P + '<p style="color:red">'),
    ("script", P + "<script>1</script>"),
    ("include-in-tag", P + '<p class="{{>X}}">'),
    ("handler", P + '<p onclick="f()">'),
    ("handler", P + '<p hx-get="/x">'),
    ("unquoted", P + "<p id={{X}}>"),
    ("url-section", P + '<a href="{{#A}}/x{{/A}}{{U}}">'),
    ("url-attribute", P + '<button formaction="{{X}}">'),
    ("url-part", P + '<a href="/x/{{X}}">'),
    ("url-part", P + '<a href="{{X}}{{Y}}">'),
    ("alt", P + '<img src="/static/x.png">'),
    ("blank", P + '<a href="/x" target="_blank">'),
    ("lines", P + "<textarea>{{X}}</textarea>"),
    ("section", P + "{{#A}}{{#B}}{{/A}}{{/B}}"),
    ("section", P + "{{#A}}"),
    ("host", P + '<a href="https://example.org/">'),
]
CLEAN = P + '<a href="{{X}}" class="n {{Y}}">{{Z}}</a><a href="/f?q={{X:u}}">{{#A}}a{{/A}}</a>' \
    "<textarea>{{X:p}}</textarea>"


def main():
    if "--self-test" in sys.argv:
        bad = [rule for rule, text in BROKEN
               if not any(f": {rule}: " in line for line in check("x.tpl", text))]
        bad += check("x.tpl", CLEAN)
        code = 'request_audit(req, db, "leave.asked", "a:1; b", NULL);\nnote(a, db, b ? "x.y" : "leave.given", c);'
        said = audit_said(["audit_action.leave.asked = Leave asked for\naudit_action.x.y = X\n"])
        if audit_words("x.c", code, said) != ["x.c:2: audit: no words for audit_action.leave.given"]:
            bad.append("audit")
        for line in bad:
            print("not seen or false alarm:", line)
        print(f"{len(BROKEN) + 2 - len(bad)} passed, {len(bad)} failed")
        return 1 if bad else 0
    files = sorted(Path("templates").glob("*/*.tpl"))
    found = [line for path in files for line in check(str(path), path.read_text(encoding="utf-8"))]
    said = audit_said(path.read_text(encoding="utf-8") for path in Path("templates").glob("*/words"))
    for top in ("cgi-bin/*/*.c", "common/*/*.c"):
        for path in sorted(Path().glob(top)):
            found += audit_words(str(path), path.read_text(encoding="utf-8"), said)
    for line in found:
        print(line)
    print(f"templates: {len(files)} files, {len(found)} findings")
    return 1 if found else 0


sys.exit(main())
