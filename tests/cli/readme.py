#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sessions of README.md show what really happens.

usage: readme.py PROGRAM

A ```console block is a session: lines behind `$ ` are run by sh, what follows is what they print. page.txt is the first
```text block.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def blocks(text, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.M | re.S)


def replay(session, folder, environment):
    shown = []
    for command in re.findall(r"^\$ (.*(?:\\\n.*)*)$", session, re.M):
        run = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        shown.append(f"$ {command}\n{run.stdout.decode('utf-8')}")
    return "".join(shown)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    text = README.read_text(encoding="utf-8")
    sessions = blocks(text, "console")
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        tools = pathlib.Path(folder, "bin")
        tools.mkdir()
        (tools / "trialnorm").symlink_to(program)
        pathlib.Path(folder, "page.txt").write_text(blocks(text, "text")[0], encoding="utf-8")
        environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        for session in sessions:
            shown = replay(session, folder, environment)
            if shown != session:
                bad += 1
                print(f"README.md says:\n{session}\nbut it is:\n{shown}")
    print(f"readme: {len(sessions)} sessions, {bad} differ")
    return 1 if bad or not sessions else 0


if __name__ == "__main__":
    sys.exit(main())
