#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--unique keeps the newest of many trials, in memory that has a limit.

usage: unique_memory.py PROGRAM
"""
import os
import subprocess
import sys
import tempfile
import time

COUNT = 100_000
LIMIT_KB = 40 * 1024  # 28 MB at 100,000 trials, 34 MB at 500,000: caches of fixed size, and the reader's own memory


def study(number, day):
    return (f'{{"protocolSection":{{"identificationModule":{{"nctId":"NCT{number + 1:08}"}},'
            f'"statusModule":{{"lastUpdatePostDateStruct":{{"date":"2024-05-{day:02}"}}}}}}}}\n')


def high_water(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def peak(program, path, count):
    """Peak memory in KB of a run over `count` trials, each of which comes twice; its newest comes first or last."""
    with open(path, "w", encoding="ascii") as out:
        out.writelines(study(i, 2 if i % 2 else 9) for i in range(count))
        out.writelines(study(i, 5) for i in range(count))
    command = [program, "-q", "-j1", "--unique", "--columns", "trial_id,last_update_posted_date", path]
    most = 0
    with open(path + ".out", "w+b") as out, subprocess.Popen(command, stdout=out) as run:
        while run.poll() is None:
            most = max(most, high_water(run.pid))
            time.sleep(0.005)
        out.seek(0)
        written = out.read().decode()
    expected = [f'{{"trial_id":"NCT{i + 1:08}","last_update_posted_date":"2024-05-09"}}\n' for i in range(0, count, 2)]
    expected += [f'{{"trial_id":"NCT{i + 1:08}","last_update_posted_date":"2024-05-05"}}\n' for i in range(1, count, 2)]
    if run.returncode or written != "".join(expected):
        sys.exit("others than the newest are kept")
    return most


def main():
    with tempfile.TemporaryDirectory() as folder:
        most = peak(sys.argv[1], os.path.join(folder, "trials.ndjson"), COUNT)
    print(f"{2 * COUNT} records: {most} KB")
    if not 0 < most < LIMIT_KB:
        sys.exit("memory grows with the number of trials")


main()
