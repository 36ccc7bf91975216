#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A run that is killed at any moment leaves the old output or the new one, never half of it; one that is ended by SIGINT or
SIGTERM leaves no temporary file behind, and says by its exit code what ended it.
usage: killed.py PROGRAM [SECONDS [SEED]]"""
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 10.0
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)


def study(number):
    return {"protocolSection": {"identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Study {number}"},
                                "conditionsModule": {"conditions": ["Hiccups"]},
                                "descriptionModule": {"briefSummary": "Word. " * (number % 600)}}, "hasResults": False}


def read_all(path):
    """What stands at `path`, a file or a folder, but for what is hidden; and the names of that."""
    if os.path.isfile(path):
        with open(path, "rb") as file:
            return file.read()
    tree = {}
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else []:
        if not name.startswith("."):
            with open(os.path.join(path, name), "rb") as file:
                tree[name] = file.read()
    return tree


def hidden(folder):
    return [name for _, _, files in os.walk(folder) for name in files if name.startswith(".")]


class Output:
    """One way of writing: what was there, what comes, and how long that takes."""

    def __init__(self, folder, name, args, old, new):
        self.folder, self.args = os.path.join(folder, name), args
        os.mkdir(self.folder)
        self.path = os.path.join(self.folder, args[-1])
        self.new_input = new
        self.old = self.make(old)
        self.clear()
        began = time.monotonic()
        self.new = self.make(new)
        self.took = time.monotonic() - began
        self.ends = {"old": 0, "new": 0}

    def command(self, source):
        return [PROGRAM, "-q", "-j2", *self.args[:-1], self.path, source]

    def make(self, source):
        subprocess.run(self.command(source), check=True, timeout=60)
        return read_all(self.path)

    def clear(self):
        for folder, _, files in os.walk(self.folder):
            for name in files:
                os.unlink(os.path.join(folder, name))

    def restore(self):
        self.clear()
        for name, content in self.old.items() if isinstance(self.old, dict) else [("", self.old)]:
            with open(os.path.join(self.path, name) if name else self.path, "wb") as file:
                file.write(content)

    def kill(self, number, after):
        """What is wrong then, or None."""
        self.restore()
        run = subprocess.Popen(self.command(self.new_input))
        time.sleep(after)
        run.send_signal(number)
        code = run.wait(timeout=30)
        found = read_all(self.path)
        self.ends["new" if found == self.new else "old"] += 1
        whole = found in (self.old, self.new)
        if number == signal.SIGKILL and isinstance(found, dict): # then each table is whole
            whole = self.old.keys() == found.keys() and all(found[name] in (self.old[name], self.new[name]) for name in found)
        if not whole:
            return "neither the old nor the new output"
        if number == signal.SIGKILL:
            return None if code in (0, -number) else f"exit code {code}"
        if hidden(self.folder):
            return f"left behind: {hidden(self.folder)}"
        # Python's child has the signal's default for a moment, before the program has said what it does with it.
        return None if code in (0, 128 + number, -number) else f"exit code {code}"


def main():
    rng, failed, count = random.Random(SEED), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        old, new = os.path.join(folder, "old.json"), os.path.join(folder, "new.json")
        for path, numbers in ((old, range(1, 4)), (new, range(10, 1000))):
            with open(path, "w", encoding="ascii") as file:
                json.dump([study(number) for number in numbers], file)
        outputs = [Output(folder, "file", ["-o", "trials.json"], old, new),
                   Output(folder, "unique", ["--unique", "-o", "trials.csv"], old, new),
                   Output(folder, "tables", ["-t", "tables", "-o", "tables"], old, new)]
        end = time.monotonic() + SECONDS
        latest = end + 3 * SECONDS # for slow builds, of which few runs are made in the time
        while time.monotonic() < end or (time.monotonic() < latest and any(0 in output.ends.values() for output in outputs)):
            output, number = outputs[count % len(outputs)], NUMBERS[count // len(outputs) % len(NUMBERS)]
            # Two in three near the end, where files are put into place.
            near = rng.random() < 0.67
            after = output.took * (rng.gauss(1, 0.05) if near else rng.uniform(0, 1))
            came = output.ends["new"]
            wrong = output.kill(number, max(0, after))
            if near: # how long it takes changes with what else the machine does
                output.took *= 0.95 if output.ends["new"] > came else 1.06
            count += 1
            if wrong:
                failed += 1
                print(f"FAIL {output.args} {signal.Signals(number).name} after {after:.4f} s: {wrong}")
        ends = [output.ends for output in outputs]
    print(f"{count - failed} passed, {failed} failed; seed {SEED}; outputs that stayed and came: {ends}")
    return 1 if failed or not all(output["old"] and output["new"] for output in ends) else 0


if __name__ == "__main__":
    sys.exit(main())
