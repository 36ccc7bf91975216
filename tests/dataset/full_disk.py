#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A sync on a disk that is full, wherever in its course that happens: exit code 3 and a message; the last complete run stays, a first load leaves no file, and
the next sync, when there is room, works. The disk is full_disk.c, between the program and the C library; and, where that is allowed, a small tmpfs.

usage: full_disk.py PROGRAM LIBRARY [POINTS]
"""
import os
import pathlib
import shutil
import subprocess
import sys

from common import Dataset, check, left_behind, same, scratch, text
from generations import Generations


class Disk:
    def __init__(self, program, library, work):
        self.work, self.library = work, library
        self.generations = Generations(program, work, 2, files=8, each=8)
        self.folder = work / "data"
        self.folder.mkdir()
        self.dataset = Dataset(program, self.folder / "trials.sqlite")
        self.generations.choose(0)
        self.dataset.sync("inputs")
        shutil.copy(self.dataset.path, work / "first.sqlite")

    def full(self, **limits):
        """A sync on this disk: exit code and what it said."""
        self.dataset.nights += 1
        environment = {**self.dataset.environment(), "LD_PRELOAD": str(self.library), "FULL_DISK_FOLDER": str(self.folder.resolve()),
                       "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0", **{name: str(value) for name, value in limits.items()}}
        ran = subprocess.run(self.dataset.command("inputs"), env=environment, capture_output=True, check=False)
        return ran.returncode, text(ran.stderr)

    def prepare(self, update):
        for name in left_behind(self.folder):
            (self.folder / name).unlink()
        if update:
            shutil.copy(self.work / "first.sqlite", self.dataset.path)
        self.generations.choose(1 if update else 0)

    def used(self, update):
        """Bytes and flushes that a run asks for when there is room."""
        self.prepare(update)
        code, said = self.full(FULL_DISK_USED=self.work / "used")
        same(code, 0, f"with room for all:\n{said}")
        return map(int, (self.work / "used").read_text(encoding="ascii").split())

    def state(self):
        return self.generations.which(self.dataset.export()) if self.dataset.path.exists() else None

    def look(self, update, code, said, where):
        check(code in (0, 3), f"{where}: exit code {code}\n{said}")
        before, after = (0, 1) if update else (None, 0)
        found = self.state()
        if code == 0:
            same(found, after, f"{where}: ended well, generation")
            return
        check("trials.sqlite" in said and len(said.strip().splitlines()) == 1, f"{where}: said:\n{said}")
        check(found in (before, after), f"{where}: generation {found}")
        if found is not None:
            self.dataset.check_whole()
        else:
            same(left_behind(self.folder), [], f"{where}: left behind by a first load")
        self.dataset.sync("inputs")
        same(left_behind(self.folder), [self.dataset.path.name], f"{where}: left behind")
        same(self.state(), after, f"{where}: the next sync, generation")

    def run(self, update, points):
        """The number of runs that failed."""
        size, flushes = self.used(update)
        check(size > 50000 and flushes > 0, f"only {size} bytes, {flushes} flushes: the library is not between")
        failed = 0
        limits = [{"FULL_DISK_BYTES": size * i // points} for i in range(points)] + [{"FULL_DISK_BYTES": size - 1}]
        limits += [{"FULL_DISK_SYNC": i + 1} for i in range(min(flushes, 12))]
        for limit in limits:
            self.prepare(update)
            code, said = self.full(**limit)
            self.look(update, code, said, f"{'update' if update else 'first load'}, {limit}")
            failed += code == 3
        check(failed > points // 2, f"only {failed} of {len(limits)} failed")
        return failed, len(limits)

    def small(self, size):
        """On a tmpfs of this size, in which both, first load and update, are made by a process of its own."""
        ran = subprocess.run(["unshare", "-m", "sh", "-c", f"mount -t tmpfs -o size={size} none {self.folder} && exec {sys.executable} {__file__} --small {self.dataset.program}"],
                             cwd=self.work, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout + ran.stderr


def run_small(program):
    """Within the small disk: the inputs grow until they do not fit; then the last complete run stays."""
    generations = Generations.__new__(Generations)
    generations.work = pathlib.Path()
    dataset = Dataset(program, "data/trials.sqlite")
    last, code = None, 0
    for generation in (0, 1):
        generations.choose(generation)
        ran = subprocess.run(dataset.command("inputs"), env=dataset.environment(), capture_output=True, check=False)
        code = ran.returncode
        if code:
            break
        last = sorted(dataset.export().splitlines())
    check(code in (0, 3), f"exit code {code}: {text(ran.stderr)}")
    check(dataset.path.exists() == (last is not None), "a dataset of no run")
    if last is not None:
        same(sorted(dataset.export().splitlines()), last, "the last complete run")
        # Python's own connection needs room beside the file.
        for name in pathlib.Path("data").glob("trials.sqlite*"):
            shutil.copy(name, ".")
        Dataset(program, "trials.sqlite").check_whole()
    print(f"runs that ended: {0 if last is None else 1 + (code == 0)}")


def check_small(disk):
    """Sizes from none to enough; where nobody may mount, only the library stands for the disk."""
    if disk.small("16m")[0] == 1 and os.geteuid() != 0:
        return "no tmpfs: only root may mount"
    disk.prepare(False)
    code, said = disk.small("64m")
    if code in (1, 32) and "mount" in said:
        return "no tmpfs: mounting is not allowed here"
    same((code, said), (0, "runs that ended: 2\n"), "on a large tmpfs")
    seen = set()
    for size in ("64k", "256k", "512k", "768k", "1m", "1280k", "1536k", "2m", "3m", "4m"):
        code, said = disk.small(size)
        same(code, 0, f"on a tmpfs of {size}:\n{said}")
        seen.add(said.strip())
    check("runs that ended: 0" in seen, f"every tmpfs was large enough: {seen}")
    return f"tmpfs: {', '.join(sorted(seen))}"


def main():
    if sys.argv[1] == "--small":
        run_small(sys.argv[2])
        return
    points = int(sys.argv[3]) if len(sys.argv) > 3 else 12
    with scratch() as work:
        disk = Disk(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), work)
        first, update = disk.run(False, points), disk.run(True, points)
        small = check_small(disk)
    print(f"full_disk: first load failed {first[0]} of {first[1]} times, update {update[0]} of {update[1]}; {small}")


if __name__ == "__main__":
    main()
