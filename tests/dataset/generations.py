# SPDX-License-Identifier: MIT
"""A folder of studies in several generations: `inputs` is always the same path, and points to one of them."""
import json
import os

from common import convert, identification, study


class Generations:
    """Each has `files` files of `each` studies; from one to the next every third study is changed, and one is added to every file."""

    def __init__(self, program, work, count, files=20, each=5):
        self.program, self.work, self.exports = program, work, []
        os.chdir(work)  # paths are relative, so that they are the same for a conversion
        for generation in range(count):
            folder = work / f"generation-{generation}"
            folder.mkdir()
            for number in range(files):
                studies = [self.study(number * 100 + i, generation) for i in range(each + generation)]
                (folder / f"{number:03}.ndjson").write_text("".join(json.dumps(one) + "\n" for one in studies), encoding="utf-8")
        for generation in range(count):
            self.choose(generation)
            self.exports.append(sorted(convert(program, "inputs").splitlines()))

    @staticmethod
    def study(number, generation):
        one = study(number)
        changed = generation - number % 3
        if changed > 0:
            identification(one)["briefTitle"] += f", part {changed // 3}"
        return one

    def choose(self, generation):
        """inputs is this generation from now on."""
        link = self.work / "inputs"
        if link.is_symlink():
            link.unlink()
        link.symlink_to(f"generation-{generation}")

    def which(self, export):
        """The generation that this is an export of; None: of none."""
        found = sorted(export.splitlines())
        return self.exports.index(found) if found in self.exports else None
