#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two syncs of one dataset at once lose nothing: the second waits, or ends with exit code 3 and says why. Who reads meanwhile is not kept waiting, and sees the
last complete run.

usage: two_writers.py PROGRAM
"""
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

from common import Dataset, check, convert, identification, left_behind, same, scratch, study, text, write_study

# More than a pipe holds: who has written so much knows that the other side reads.
MANY = 400


def ids(export):
    return sorted(json.loads(line)["trial_id"] for line in export.splitlines())


def numbers(first, count):
    return [identification(study(number))["nctId"] for number in range(first, first + count)]


class Held:
    """A sync that reads its input from a pipe, and so holds the dataset until it is let go."""

    def __init__(self, dataset, work, name, first):
        self.path = work / name
        os.mkfifo(self.path)
        self.data = [json.dumps(study(number)) + "\n" for number in range(first, first + MANY)]
        self.running = subprocess.Popen(dataset.command(self.path), env=dataset.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.pipe = open(self.path, "w", encoding="utf-8")
        self.pipe.write("".join(self.data[:-1]))
        self.pipe.flush()

    def release(self):
        self.pipe.write(self.data[-1])
        self.pipe.close()
        said = b"".join(self.running.communicate(timeout=60))
        self.path.unlink()
        same(self.running.returncode, 0, f"the sync that was held:\n{text(said)}")


def check_held(program, work, existing):
    """The first one holds the dataset; what the others do."""
    folder = work / f"held-{existing}"
    folder.mkdir()
    dataset = Dataset(program, folder / "trials.sqlite")
    inputs = [write_study(work / f"small-{existing}", study(number)) for number in range(3)]
    if existing:
        dataset.sync(inputs[0])
    before = dataset.export() if existing else None
    held = Held(dataset, work, f"pipe-{existing}", 1000)
    start = time.monotonic()
    said = dataset.sync("--wait", "0", inputs[1], code=3)
    check("trials.sqlite" in said and len(said.strip().splitlines()) == 1, f"said:\n{said}")
    said = dataset.sync("--wait", "1", inputs[1], code=3)
    check(1 <= time.monotonic() - start < 20, f"waited {time.monotonic() - start:.1f} seconds for --wait 1")
    if existing:
        start = time.monotonic()
        same(dataset.export(), before, "what a reader sees meanwhile")
        same(len(dataset.changes()), 1, "changes meanwhile")
        check(time.monotonic() - start < 5, "a reader was kept waiting")
    dataset.nights += 1
    waiting = subprocess.Popen(dataset.command("--wait", "60", inputs[2]), env=dataset.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.5)
    check(waiting.poll() is None, "did not wait")
    held.release()
    said = b"".join(waiting.communicate(timeout=60))
    same(waiting.returncode, 0, f"the sync that waited:\n{text(said)}")
    same(left_behind(folder), ["trials.sqlite"], "left behind")
    wanted = numbers(1000, MANY) + numbers(2, 1) + (numbers(0, 1) if existing else [])
    same(ids(dataset.export()), sorted(wanted), "trials of both")
    same(dataset.runs(), 3 if existing else 2, "runs")
    dataset.check_whole()


def check_reader_holds(program, work):
    """Who has the dataset open keeps no sync waiting, and goes on to see what it saw."""
    dataset = Dataset(program, work / "open.sqlite")
    dataset.sync(write_study(work / "open", study(0)))
    reading, pipe = os.pipe()
    export = subprocess.Popen([program, "export", "--db", dataset.path], stdout=pipe)
    os.close(pipe)
    for number in range(1, 4):
        dataset.sync("--wait", "0", write_study(work / "open", study(number)))
    with open(reading, "rb") as file:
        seen = file.read()
    same(export.wait(60), 0, "the reader's exit code")
    check(ids(seen) in [numbers(0, many) for many in range(1, 5)], f"the reader saw {ids(seen)}")


def check_at_once(program, work, rounds=6, many=3):
    """Whoever comes first, all of it arrives; a reader sees whole runs only."""
    for turn in range(rounds):
        folder = work / f"once-{turn}"
        folder.mkdir()
        dataset = Dataset(program, folder / "trials.sqlite")
        parts = []
        for part in range(many):
            parts.append(work / f"part-{turn}-{part}")
            for number in range(40):
                write_study(parts[-1], study(part * 100 + number))
        stop = threading.Event()
        seen = set()
        reader = threading.Thread(target=read_on, args=(dataset, stop, seen))
        reader.start()
        running = [subprocess.Popen(dataset.command("--wait", "60", part), env=dataset.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for part in parts]
        said = [one.communicate(timeout=120)[0] for one in running]
        stop.set()
        reader.join()
        same([one.returncode for one in running], [0] * many, f"exit codes:\n{said}")
        same(sorted(dataset.export().splitlines()), sorted(convert(program, *parts).splitlines()), "trials of all")
        same(dataset.runs(), many, "runs")
        check(not seen - {40 * part for part in range(many + 1)}, f"a reader saw so many trials: {seen}")


def read_on(dataset, stop, seen):
    while not stop.is_set():
        ran = subprocess.run([dataset.program, "export", "--db", dataset.path], capture_output=True, check=False)
        if ran.returncode == 0:
            seen.add(len(ran.stdout.splitlines()))
        elif dataset.path.exists() and seen:
            seen.add(f"exit code {ran.returncode}: {text(ran.stderr)}")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with scratch() as work:
        os.chdir(work)
        for existing in (False, True):
            check_held(program, work, existing)
        check_reader_holds(program, work)
        check_at_once(program, work)
    print("two_writers: nothing lost")


if __name__ == "__main__":
    main()
