#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes the files out of a page: a block behind a line that ends with the name of a file in backquotes and a colon is that file.

usage: page_files.py PAGE FOLDER
"""
import pathlib
import re
import sys


def main():
    page, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    files = re.findall(r"`([\w.-]+)`:\s*\n\n?```\w*\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    if not files:
        sys.exit(f"{page}: no files in it")
    for name, content in files:
        path = folder / name
        if path.exists():
            sys.exit(f"{page}: {name} comes twice")
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
