#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""CPU time and peak memory of the floor, of trialnorm and of jq over one file, in runs that take turns.

usage: measure.py FLOOR TRIALNORM FILE.ndjson [RUNS]

Prints the table of docs/PERFORMANCE.md.
"""
import os
import shutil
import statistics
import sys
import time

TEN_FIELDS = """{id: .protocolSection.identificationModule.nctId, title: .protocolSection.identificationModule.briefTitle,
status: .protocolSection.statusModule.overallStatus, start: .protocolSection.statusModule.startDateStruct.date,
type: .protocolSection.designModule.studyType, phases: .protocolSection.designModule.phases,
enrollment: .protocolSection.designModule.enrollmentInfo.count, conditions: .protocolSection.conditionsModule.conditions,
sponsor: .protocolSection.sponsorCollaboratorsModule.leadSponsor.name, sex: .protocolSection.eligibilityModule.sex}"""


def start(command):
    """A run whose output is thrown away."""
    return os.posix_spawn(command[0], command, os.environ,
                          file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])


def cpu_seconds(command, codes=(0,)):
    """CPU time of one run, user and system, that ends with one of the codes."""
    _, status, usage = os.wait4(start(command), 0)
    if os.waitstatus_to_exitcode(status) not in codes:
        sys.exit(f"{command[0]} ends with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def peak_megabytes(command):
    """Peak memory of one run. Asked for again and again while it runs: what the kernel says of a child that ended counts
    this script's own memory too."""
    child, peak = start(command), 0
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        with open(f"/proc/{child}/status", encoding="ascii") as status:
            peak = max([peak] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
        time.sleep(0.002)
    return peak / 1024


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    floor, trialnorm, path = sys.argv[1:4]
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    commands = {
        "floor (cJSON alone, from an arena)": [floor, path],
        "trialnorm to NDJSON": [trialnorm, "-q", path],
        "trialnorm to CSV": [trialnorm, "-q", "-t", "csv", path],
    }
    if shutil.which("jq"):
        commands["jq -c, ten fields"] = [shutil.which("jq"), "-c", TEN_FIELDS, path]
    results = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(cpu_seconds(command))
    megabytes = os.path.getsize(path) / 1e6
    base = next(iter(results.values()))
    print(f"{megabytes:.0f} MB, {sum(1 for _ in open(path, 'rb'))} records, {runs} runs each\n")
    print("| | CPU s, least | median | MB/s | times the floor, least | median | peak memory, MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, some in results.items():
        middle = statistics.median(some)
        times = statistics.median(own / floor_s for own, floor_s in zip(some, base))
        columns = [f"{min(some):.2f}", f"{middle:.2f}", f"{megabytes / middle:.0f}", f"{min(some) / min(base):.2f}",
                   f"{times:.2f}", f"{peak_megabytes(commands[name]):.1f}"]
        print(f"| {name} | {' | '.join(columns)} |")


if __name__ == "__main__":
    main()
