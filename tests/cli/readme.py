#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sessions of README.md, or of another page, show what really happens.

usage: readme.py PROGRAM [PAGE [--update]]

A ```console block is a session: lines behind `$ ` are run by sh, what follows is what they print. Another block behind a line that
ends with the name of a file in backquotes and a colon is that file; the first other ```text or ```json block is page.txt.
The blocks are worked off in their order, in one folder. --update writes what came out into the page: read the diff.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def environment(tools):
    """Of a session: a folder of programs that come first, and a clock that stands at 2026-11-22T02:00:00Z."""
    return {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795312800"}


def replay(session, folder, variables):
    shown = []
    for command in re.findall(r"^\$ (.*(?:\\\n.*)*)$", session, re.M):
        run = subprocess.run(["sh", "-c", command], cwd=folder, env=variables, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        # A page shows the time that its own run took.
        said = re.sub(r"(?m)^(trialnorm: (?:run \d+|\d+ records?): .*); [\d.]+ s(?:, [\d.]+ \w+/s)?$", r"\1; 0.02 s", run.stdout.decode("utf-8"))
        shown.append(f"$ {command}\n{said}")
    return "".join(shown)


def write_file(before, language, content, folder):
    name = re.search(r"`([\w./-]+)`:\s*$", before)
    path = pathlib.Path(folder, name[1] if name else "page.txt")
    if name or (language in ("text", "json") and not path.exists()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def walk(page, folder, variables):
    """The page's sessions, as it has them and as they are."""
    text = page.read_text(encoding="utf-8")
    for block in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
        if block[1] == "console":
            yield block[2], replay(block[2], folder, variables)
        else:
            write_file(text[: block.start()], block[1], block[2], folder)


def main():
    program, update = pathlib.Path(sys.argv[1]).resolve(), "--update" in sys.argv
    page = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else README
    with tempfile.TemporaryDirectory() as top:
        tools, folder = pathlib.Path(top, "bin"), pathlib.Path(top, "work")
        tools.mkdir()
        folder.mkdir()
        (tools / "trialnorm").symlink_to(program)
        sessions = list(walk(page, folder, environment(tools)))
    differ = [(session, shown) for session, shown in sessions if shown != session]
    for session, shown in differ:
        print(f"{page.name} says:\n{session}\nbut it is:\n{shown}")
    if update:
        text = page.read_text(encoding="utf-8")
        for session, shown in differ:
            text = text.replace(f"```console\n{session}```", f"```console\n{shown}```", 1)
        page.write_text(text, encoding="utf-8")
    print(f"{page.name}: {len(sessions)} sessions, {len(differ)} differ")
    return 1 if (differ and not update) or not sessions else 0


if __name__ == "__main__":
    sys.exit(main())
