#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""WHO's form for registers and ICTRP's exports in XML descend from each other. Of each fixture, with elements left out at random, neither
reader takes the other's, nor do both claim it; with most elements there, its own does.

usage: who_or_ictrp.py PROGRAM FIXTURES
"""
import copy
import pathlib
import random
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as etree

VARIANTS = 30
FEW = 20  # elements of a document from which nothing can be left out


def drop(element, share, rng):
    """Leaves out so many of the elements below a trial's own first level, and lists that are empty then."""
    for child in list(element):
        if len(child):
            drop(child, share, rng)
        if (len(child) == 0 and not (child.text or "").strip()) or (len(child) == 0 and rng.random() < share):
            element.remove(child)


def write_variants(path, folder, rng):
    root = etree.fromstring(path.read_text(encoding="utf-8").lstrip("\ufeff \n\r").encode("utf-8"))
    few = sum(1 for _ in root.iter()) < FEW
    for number in range(VARIANTS):
        share = number / VARIANTS
        tree = copy.deepcopy(root)
        for trial in tree:
            drop(trial, share, rng)
        name = folder / f"{path.parent.parent.name}.{path.parent.name}.{number:02}.xml"
        name.write_bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True))
        yield name, path.parent.parent.name, 1 if few else share


def main(program, fixtures):
    program = pathlib.Path(program).resolve()
    rng = random.Random(11)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        variants = [v for reader in ("ictrp", "who-xml") for path in sorted(pathlib.Path(fixtures, reader).glob("*/input.xml"))
                    for v in write_variants(path, pathlib.Path(folder), rng)]
        for name, reader, share in variants:
            run = subprocess.run([program, "detect", name.name], cwd=folder, capture_output=True, text=True, check=False)
            said = (run.stdout + run.stderr).split(": ", 1)[1]
            taken = said.split(" ")[0]
            if "both" in said or (taken in ("ictrp", "who-xml") and taken != reader):
                faults.append(f"{name.name}: {said.strip()[:200]}")
            elif share <= 0.5 and taken != reader:
                faults.append(f"{name.name}: {share:.0%} left out, and {reader} does not claim it: {said.strip()[:200]}")
    print("\n".join(faults) or f"{len(variants)} documents: each is its own reader's, or nobody's of the two")
    return bool(faults) or not variants


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
