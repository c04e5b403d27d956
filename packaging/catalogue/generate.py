#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes resources/catalogue/graph_operations.tsv; README.md beside this file says from what.

    python3 packaging/catalogue/generate.py            writes it
    python3 packaging/catalogue/generate.py --check    fails where it is not what would be written
"""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
from wording import Wording

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parent.parent / "resources/catalogue/graph_operations.tsv"
METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]

# What ~, # and % at the beginning of a path stand for.
FAMILIES = {
    "~": ["/me", "/users/{id}"],
    "#": ["/me/drive", "/drives/{id}", "/users/{id}/drive", "/groups/{id}/drive", "/sites/{id}/drive"],
    "%": ["/me/drive", "/drives/{id}"],
}
# Parameters in parentheses that are no text and so take no quotes: numbers, yes or no, times.
NO_TEXT = {
    "anchorRow", "column", "columnOffset", "count", "deltaColumns", "deltaRows", "height", "includePersonalNotebooks",
    "index", "on", "row", "rowOffset", "skip", "top", "valuesOnly", "width",
}


def rows_of(name):
    """The lines of a table beside this file, without comments and the line that names the columns."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def notation(path):
    """A path of operations.tsv in the catalogue's notation: text in parentheses is quoted."""
    if path == "/sites/{id}:/{id}":
        return "/sites/{id}:/{path}"

    def parameter(match):
        name = match[1]
        return f"{name}={{{name}}}" if name in NO_TEXT else f"{name}='{{{name}}}'"

    return re.sub(r"(\w+)=\{\w+\}", parameter, path)


def spellings(path):
    """Every path that a path with a family's sign stands for."""
    return [begin + path[1:] for begin in FAMILIES[path[0]]] if path[0] in FAMILIES else [path]


class Scopes:
    """Which of the scopes that suffice is named."""

    def __init__(self, facts):
        # Several least scopes are alternatives: "yes" means that all of them need an administrator.
        self._needs_administrator = {}
        for _, _, least, administrator, _ in facts:
            names = least.split(",")
            if len(names) == 1 or administrator == "yes":
                for name in names:
                    self._needs_administrator[name] = administrator == "yes"

    def choose(self, method, least, administrator, also):
        """The least scope that a person may consent to; where there is none, the least for an administrator."""
        least, also = least.split(","), [name for name in also.split(",") if name]
        free = [name for name in least + also if self._needs_administrator.get(name) is False]
        if not free and administrator == "no":
            free = least
        candidates = free or least

        def rank(name):
            writes = re.search(r"Write|Manage|Create|FullControl|Send|Submit|Delete", name) is not None
            # What only reads suits a reading call better than what is as little in another sense.
            return (method == "GET" and writes, name not in least, "ReadWrite" in name, candidates.index(name))

        return min(candidates, key=rank), not free


def load():
    """All operations: (method, path) to (scope, whether it needs an administrator)."""
    facts = rows_of("operations.tsv")
    scopes = Scopes(facts)
    operations = {}
    for method, path, least, administrator, also in facts:
        operations[method, notation(path)] = scopes.choose(method, least, administrator, also)
    for method, path, least, administrator in rows_of("additions.tsv"):
        if method == "DROP":
            dropped, path = path.split(" ")
            for spelling in spellings(path):
                operations.pop((dropped, spelling), None)
            continue
        if path[0] not in FAMILIES and (method, path) in operations:
            sys.exit(f"additions.tsv: {method} {path} is in operations.tsv")
        for spelling in spellings(path):
            operations.setdefault((method, spelling), (least, administrator == "yes"))
    # A workbook is reached through any drive, not only through one's own.
    for (method, path), scope in list(operations.items()):
        if path.startswith("/me/drive/items/{id}/workbook"):
            operations.setdefault((method, path.replace("/me/drive", "/drives/{id}", 1)), scope)
    return operations


def lines_of(operations):
    """The catalogue's lines, in order of path and method."""
    wording = Wording(operations)
    for method, path, text in rows_of("wordings.tsv"):
        known = [spelling for spelling in spellings(path) if (method, spelling) in operations]
        if not known:
            sys.exit(f"wordings.tsv: there is no {method} {path}")
        for spelling in known:
            wording.set(method, spelling, text)
    yield "# SPDX-FileCopyrightText: 2026 Graph Valet contributors"
    yield "# SPDX-License-Identifier: GPL-3.0-or-later"
    yield "# Written by packaging/catalogue/generate.py: method, path, scope, a for administrator, what it does."
    for method, path in sorted(operations, key=lambda key: (key[1], METHODS.index(key[0]))):
        scope, administrator = operations[method, path]
        text = wording.of(method, path)
        if len(text) > 120:
            sys.exit(f"too long by {len(text) - 120}: {method} {path}: {text}")
        yield "\t".join([method, path, scope, "a" if administrator else "-", text])


def main():
    text = "\n".join(lines_of(load())) + "\n"
    if sys.argv[1:] == ["--check"]:
        if text != OUTPUT.read_text(encoding="utf-8"):
            sys.exit(f"{OUTPUT.name} is not what generate.py writes; run it")
        return
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"{OUTPUT.name}: {text.count(chr(10)) - 3} operations, {len(text.encode()) // 1024} KB")


if __name__ == "__main__":
    main()
