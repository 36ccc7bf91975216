# SPDX-License-Identifier: MIT
"""Times and peak memory of commands whose output is thrown away."""
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile


class Times:
    """Wall and CPU seconds (user and system) of the runs of one command."""

    def __init__(self):
        self.wall, self.cpu = [], []

    def median_wall(self):
        return statistics.median(self.wall)

    def median_cpu(self):
        return statistics.median(self.cpu)


class Ratio:
    """How many times as long one command takes as another: runs of one round are held against each other."""

    def __init__(self, over, under):
        self.median = statistics.median(a / b for a, b in zip(over, under))
        self.least = min(over) / min(under)


def hyperfine(commands, runs, *options):
    """Hyperfine's own account of each command, in order."""
    with tempfile.NamedTemporaryFile(suffix=".json") as account:
        ran = subprocess.run(["hyperfine", "-N", "--style", "none", "--runs", str(runs), *options, "--export-json", account.name, *map(shlex.join, commands)],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if ran.returncode != 0:
            sys.exit(f"measure.py: {' | '.join(map(shlex.join, commands))}: {ran.stderr.strip()}")
        return json.load(open(account.name, encoding="utf-8"))["results"]


def in_turns(commands, rounds):
    """Times of each of the commands {name: arguments}, which take turns, after a round that does not count."""
    times = {name: Times() for name in commands}
    for number in range(-1, rounds):
        for name, command in commands.items():
            result, = hyperfine([command], 1)
            if number >= 0:
                times[name].wall.append(result["mean"])
                times[name].cpu.append(result["user"] + result["system"])
    return times


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


def peak_megabytes(command, source=None, codes=(0,)):
    """Peak memory of one run, 10^6 bytes; `source`: a file that is poured into it through a pipe. GNU time asks, which is small itself: what the kernel says of a
    child counts what its parent had before."""
    feed = subprocess.Popen(["cat", source], stdout=subprocess.PIPE) if source else None
    with tempfile.NamedTemporaryFile("r") as account:
        ran = subprocess.run([shutil.which("time"), "-q", "-f", "%M", "-o", account.name, *command], stdin=feed.stdout if feed else subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if feed:
            feed.stdout.close()
            feed.wait()
        if ran.returncode not in codes:
            sys.exit(f"measure.py: {command[0]} ends with {ran.returncode}: {ran.stderr.decode(errors='replace')[-300:]}")
        return int(account.read().split()[-1]) * 1024 / 1e6


def median_peak(command, source=None, runs=3):
    """The median of several runs: how many large records meet in the threads is chance."""
    return statistics.median(peak_megabytes(command, source) for _ in range(runs))


def table(head, rows):
    """A table in Markdown; all columns but the first are numbers."""
    return "\n".join([f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1), *(f"| {' | '.join(row)} |" for row in rows)])


def machine():
    """One line about where the figures come from."""
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name")), "unknown processor")
    system = next((line.split("=")[1].strip().strip('"') for line in open("/etc/os-release", encoding="utf-8") if line.startswith("PRETTY_NAME")), "Linux")
    return f"{os.cpu_count()} × {cpu}, {system}, Linux {os.uname().release.split('-')[0]}"
