#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Command-line tests: cases/*.case are sessions, and this replays them.

usage: run.py PROGRAM [--update] [CASE ...]

    # A comment: what the case shows.
    $ trialnorm good.json missing.json      a line for sh; `trialnorm` is PROGRAM
    > what stands on standard output
    ! what stands on standard error
    = 3                                     the exit code, where it is not 0

A case runs in a new folder that holds copies of inputs/, and its lines run one after the other in it. Bytes that are no
UTF-8 stand as \\xHH, a last line without its end has `\\` and nothing behind it. The time at the end of a summary is left out. --update writes what came out into the
cases: read the diff before you commit it.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from timeless import timeless # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent


def marked(mark, data):
    """The lines of an output, each behind its mark."""
    if not data:
        return []
    text = data.decode("utf-8", "backslashreplace").replace("\r", "\\r")
    text = timeless(text)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "\\"
    return [f"{mark} {line}".rstrip(" ") for line in lines]


def run_line(line, folder, environment):
    """What a line of sh does, as the lines of a case."""
    run = subprocess.run(["sh", "-c", line], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                         capture_output=True, timeout=60, check=False)
    code = [f"= {run.returncode}"] if run.returncode else []
    return marked(">", run.stdout) + marked("!", run.stderr) + code


def replay(case, program):
    """The lines of a case as they should be."""
    lines = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary, "work")
        shutil.copytree(HERE / "inputs", folder)
        tools = pathlib.Path(temporary, "bin")
        tools.mkdir()
        (tools / "trialnorm").symlink_to(program)
        environment = {"PATH": f"{tools}:{os.environ['PATH']}", "LC_ALL": "C", "HOME": temporary,
                       **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        for line in case.read_text(encoding="utf-8").splitlines():
            if line.startswith("$ "):
                lines += [line, *run_line(line[2:], folder, environment)]
            elif not line or line.startswith("#"):
                lines.append(line)
    return lines


def check(case, program, update):
    expected = case.read_text(encoding="utf-8").splitlines()
    found = replay(case, program)
    if found == expected:
        return True
    if update:
        case.write_text("\n".join(found) + "\n", encoding="utf-8")
        print(f"updated {case.name}")
        return True
    at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
    line = next((text for text in reversed(found[:at + 1]) if text.startswith("$ ")), "")
    print(f"FAIL {case.name}:{at + 1}: {line}")
    print("  expected: " + (expected[at] if at < len(expected) else "(nothing more)"))
    print("  found:    " + (found[at] if at < len(found) else "(nothing more)"))
    return False


def main(arguments):
    update = "--update" in arguments
    words = [word for word in arguments if word != "--update"]
    program = pathlib.Path(words[0]).resolve()
    if not os.access(program, os.X_OK):
        sys.exit(f"no program at {program}")
    names = set(words[1:])
    cases = [case for case in sorted((HERE / "cases").glob("*.case")) if not names or case.stem in names]
    results = [check(case, program, update) for case in cases]
    print(f"{sum(results)} of {len(results)} cases passed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
