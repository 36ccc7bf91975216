#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A sync that is killed (SIGKILL) at a random moment loses no run that was complete: the dataset is what it was before, or what it is afterwards, in order, and
the next sync works on and leaves nothing lying about.

usage: killed.py PROGRAM [TIMES [SEED]]
"""
import pathlib
import random
import signal
import subprocess
import sys
import time

from common import Dataset, check, left_behind, same, scratch
from generations import Generations

GENERATIONS = 5


class Killer:
    def __init__(self, program, work, seed):
        self.folder = work / "data"
        self.folder.mkdir()
        self.generations = Generations(program, work, GENERATIONS)
        self.dataset = Dataset(program, self.folder / "trials.sqlite")
        self.dice = random.Random(seed)
        self.now = None  # the generation that the dataset has; None: there is no dataset
        self.counts = {"before": 0, "after": 0, "none": 0, "ended by itself": 0}
        self.seconds = {True: self.time(), False: self.time()}

    def time(self):
        """How long a first load takes, then an update."""
        self.next()
        start = time.monotonic()
        self.dataset.sync("--complete", "inputs")
        taken, self.now = time.monotonic() - start, self.wanted
        return taken

    def next(self):
        """Other inputs than those of the dataset."""
        self.wanted = self.dice.choice([one for one in range(GENERATIONS) if one != self.now])
        self.generations.choose(self.wanted)

    def begin_anew(self):
        self.dataset.path.unlink(missing_ok=True)
        for name in left_behind(self.folder):
            (self.folder / name).unlink()
        self.now = None

    def kill(self):
        """One sync that is killed; moments behind its usual end leave some that end by themselves."""
        self.next()
        after = self.dice.uniform(0, 1.15) * self.seconds[self.now is None]
        self.dataset.nights += 1
        with subprocess.Popen(self.dataset.command("--complete", "inputs"), env=self.dataset.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            time.sleep(after)
            running.send_signal(signal.SIGKILL)
        check(running.returncode in (0, -signal.SIGKILL), f"exit code {running.returncode}")
        self.counts["ended by itself"] += running.returncode == 0
        self.look(running.returncode == 0)

    def look(self, ended):
        if not self.dataset.path.exists():
            check(self.now is None and not ended, "the dataset is gone")
            self.counts["none"] += 1
            return
        found = self.generations.which(self.dataset.export())
        allowed = [self.wanted] if ended else [one for one in (self.now, self.wanted) if one is not None]
        check(found in allowed, f"the dataset is generation {found}; it was {self.now}, and should become {self.wanted}")
        self.dataset.check_whole()
        self.counts["after" if found == self.wanted else "before"] += 1
        self.now = found

    def mend(self):
        """The next sync, that nobody kills."""
        self.dataset.sync("--complete", "inputs")
        same(left_behind(self.folder), [self.dataset.path.name], "left behind")
        same(self.generations.which(self.dataset.export()), self.wanted, "the sync after it: generation")
        self.dataset.check_whole()
        self.now = self.wanted


def main():
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with scratch() as work:
        killer = Killer(pathlib.Path(sys.argv[1]).resolve(), work, int(sys.argv[3]) if len(sys.argv) > 3 else 6)
        for number in range(times):
            if number % 3 == 0:
                killer.begin_anew()
            killer.kill()
            if number % 3 == 2 or killer.dice.random() < 0.4:
                killer.mend()
    print(f"killed: {times} times, seconds of a first load and of an update {killer.seconds[True]:.2f} {killer.seconds[False]:.2f}; then the dataset was: {killer.counts}")
    check(killer.counts["before"] + killer.counts["none"] > times // 5, "it was hardly ever killed in the middle")


if __name__ == "__main__":
    main()
