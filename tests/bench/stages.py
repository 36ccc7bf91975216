#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What callgrind counted, by stages of a record's way: the instructions of each source file, also where it was inlined.

usage: stages.py OWN.callgrind FLOOR.callgrind FILE

Prints tables: of the stages, and of the functions that cost most.
"""
import collections
import os
import re
import sys

from measure import table

# Where a file stands -> the stage; libraries of others by their own names.
STAGES = [("src/batch/", "batch: telling documents, passing records on"), ("src/input/", "input: reading, cutting into records"), ("src/syntax/", "syntax: JSON, around cJSON"),
          ("src/readers/", "readers: from members to fields"), ("src/normal/", "normal: values in one form"), ("src/trial/", "trial: the record"),
          ("src/writers/", "writers: bytes of the output"), ("src/core/", "core: memory, strings, UTF-8"), ("src/cli/", "cli"),
          ("libcjson", "cJSON: the tree"), ("libutf8proc", "utf8proc: letters in one form"), ("libxml2", "libxml2"), ("libarchive", "libarchive"), ("libz", "zlib"),
          ("libc.so", "C library: copying, searching, comparing"), ("ld-linux", "C library: start")]
NAME = re.compile(r"(?:\((\d+)\))?(?: ?(.*))?$")


class Names:
    """A name is written out once, and then told by its number."""

    def __init__(self):
        self.known = {}

    def get(self, text):
        number, name = NAME.match(text).groups()
        if name:
            self.known[number] = name
        return self.known.get(number, name)


def costs(path):
    """Instructions of each (object, file, function) without what they call."""
    found, names = collections.Counter(), collections.defaultdict(Names)
    of, file, function, called = "", "", "", False
    for line in open(path, encoding="utf-8", errors="replace"):
        head, _, rest = line.rstrip("\n").partition("=")
        if head in ("ob", "cob"):
            name = names["ob"].get(rest)
            of = name if head == "ob" else of
        elif head in ("fl", "fi", "fe", "cfl", "cfi"):
            name = names["fl"].get(rest)
            file = file if head[0] == "c" else name
        elif head in ("fn", "cfn"):
            name = names["fn"].get(rest)
            function = name if head == "fn" else function
        elif head == "calls":
            called = True
        elif line[:1] in "+-*0123456789":
            if not called:
                found[of, file, function] += int(line.split()[-1])
            called = False
    return found


def stage(of, file):
    place = file if "src/" in file or "include/trialnorm" in file else os.path.basename(of)
    return next((name for part, name in STAGES if part in place), "the rest")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    own, floor, size = costs(sys.argv[1]), sum(costs(sys.argv[2]).values()), os.path.getsize(sys.argv[3])
    whole = sum(own.values())
    stages, functions = collections.Counter(), collections.Counter()
    for (of, file, function), count in own.items():
        stages[stage(of, file)] += count
        name = "(no name)" if function.startswith("0x") else re.split(r"'|\.(?:lto_priv|isra|part|constprop)", function)[0]
        functions[name, stage(of, file).split(":")[0]] += count

    def row(name, count):
        return [name, f"{100 * count / whole:.1f}", f"{count / size:.2f}", f"{count / floor:.2f}"]

    head = ["stage", "% of the instructions", "instructions for a byte of input", "× the floor"]
    print(table(head, [*(row(name, count) for name, count in stages.most_common() if count * 1000 > whole), row("all", whole), row("the floor", floor)]))
    head[0] = "function, with what is inlined in it, and where its lines stand"
    print("\n" + table(head, [row(f"`{name}`, {where}", count) for (name, where), count in functions.most_common(20)]))


if __name__ == "__main__":
    main()
