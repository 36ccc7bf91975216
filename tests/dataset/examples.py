#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples of docs/DATASET.md in R and with pandas print what the page says, where these are installed.

usage: examples.py PROGRAM [--update]

An example is a file on the page, and behind `` `COMMAND` prints: `` stands what it prints. The page's sessions are replayed before, so that its dataset is there.
"""
import pathlib
import re
import subprocess
import sys

from common import ROOT, check, scratch

sys.path.insert(0, str(ROOT / "tests" / "cli"))
import readme  # noqa: E402

PAGE = ROOT / "docs" / "DATASET.md"
PRINTS = re.compile(r"`([^`\n]+)` prints:\n\n```text\n(.*?)^```$", re.M | re.S)
# What an example needs: its program, and a command that succeeds where the libraries are.
NEEDS = {"Rscript": ["Rscript", "-e", "library(RSQLite)"], "/usr/bin/python3": ["/usr/bin/python3", "-c", "import pandas"]}


def is_there(program):
    try:
        return subprocess.run(NEEDS[program], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def replayed(program, top):
    """The folder of the page's sessions, and their environment."""
    tools, folder = top / "bin", top / "work"
    tools.mkdir()
    folder.mkdir()
    (tools / "trialnorm").symlink_to(program)
    environment = readme.environment(tools)
    check(len(list(readme.walk(PAGE, folder, environment))) > 5, "the page has no sessions")
    return folder, environment


def main():
    program, text = pathlib.Path(sys.argv[1]).resolve(), PAGE.read_text(encoding="utf-8")
    examples = PRINTS.findall(text)
    check(len(examples) >= 2, "the page has no examples")
    there = {name for name in NEEDS if is_there(name)}
    if not there:
        print(f"SKIP the examples of the page: neither {' nor '.join(NEEDS)} with its libraries (tests/packages.sh, example_packages)")
        return
    with scratch() as top:
        folder, environment = replayed(program, top)
        for command, printed in examples:
            if command.split()[0] not in there:
                print(f"not run, because it is not installed: {command}")
                continue
            ran = subprocess.run(command.split(), cwd=folder, env=environment, capture_output=True, text=True, check=False)
            check(ran.returncode == 0, f"{command}: {ran.stderr}")
            if "--update" in sys.argv:
                text = text.replace(f"`{command}` prints:\n\n```text\n{printed}```", f"`{command}` prints:\n\n```text\n{ran.stdout}```")
            else:
                check(ran.stdout == printed, f"{command}: the page says:\n{printed}\nbut it is:\n{ran.stdout}")
    if "--update" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    print(f"examples: {len(examples)}, run by {sorted(there)}")


if __name__ == "__main__":
    main()
