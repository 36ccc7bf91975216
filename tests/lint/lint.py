#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the code that no compiler holds.

usage: lint.py [PROGRAM]

With PROGRAM, the README is held against its --help. Prints every fault as `file:line: what` and then the figures of the
function lengths; exit code 1 when there is a fault.
"""
import os
import pathlib
import re
import subprocess
import sys

import c_source

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Includes run one way (docs/ARCHITECTURE.md): folder of src -> the folders whose headers it may see. The public headers
# may be seen by all.
MAY_SEE = {
    "core": {"core"},
    "trial": {"core", "trial"},
    "syntax": {"core", "syntax"},
    "input": {"core", "input"},
    "normal": {"core", "trial", "normal"},
    "readers": {"core", "trial", "normal", "syntax", "readers"},
    "writers": {"core", "trial", "writers"},
    "batch": {"core", "input", "syntax", "batch"},
    "dataset": {"core", "input", "trial", "normal", "syntax", "readers", "writers", "batch", "dataset"},
    "cli": {"core", "trial", "syntax", "readers", "writers", "batch", "dataset", "cli"},
}

TOP_LEVEL = {"CMakeLists.txt", "src", "include", "tests", "fixtures", "docs", "README.md", "LICENSE"}

# Unbounded, or otherwise unsafe.
UNSAFE = """strcpy strcat stpcpy sprintf vsprintf gets strtok strtok_r atoi atol atoll atof scanf sscanf fscanf alloca system
popen rand srand tmpnam mktemp setjmp longjmp""".split()
# Dependent on the locale. Unit tests may hold our own functions against them.
LOCALE = """strtod strtof strtold setlocale isalpha isdigit isalnum isspace isupper islower ispunct isprint iscntrl isgraph
isxdigit toupper tolower strcasecmp strncasecmp strcoll strftime asctime ctime iswalpha iswspace towlower towupper""".split()
# Besides, the library neither prints nor exits.
BANNED_IN_LIBRARY = "exit _exit abort printf fprintf vprintf vfprintf puts fputs putchar perror signal getenv".split()

# Written in two parts, so that this file holds none of them.
FOREIGN_WORDS = ["work" + "place", "far" + "m", "co" + "-worker", "hel" + "per agent", "sub" + "agent", "cod" + "ing agent",
                 "ai" + " assistant", "lang" + "uage model", "clau" + "de", "anthro" + "pic", "chat" + "gpt", "open" + "ai"]

MAX_LINES = 500
SHORT, SHORT_SHARE = 12, 0.5
LONG, LONG_SHARE = 60, 0.95

faults = []


def fault(path, line, what):
    faults.append(f"{path.relative_to(ROOT)}:{line}: {what}")


def files():
    for folder, folders, names in os.walk(ROOT):
        top = pathlib.Path(folder) == ROOT
        skipped = {".git", "__pycache__"} | {n for n in folders if top and n.startswith("build")}
        folders[:] = sorted(set(folders) - skipped)
        yield from (pathlib.Path(folder) / name for name in sorted(names))


def check_top_level():
    for path in sorted(ROOT.iterdir()):
        built = path.is_dir() and path.name.startswith("build")
        if path.name not in TOP_LEVEL and not path.name.startswith(".") and not built:
            fault(path, 1, "stands at the top level, where it does not belong")


def check_first_line(path, text):
    lines = text.split("\n", 2)
    first = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
    if "SPDX-License-Identifier: MIT" not in first:
        fault(path, 1, "does not begin with its SPDX line")


def check_length(path, text):
    lines = text.count("\n")
    if lines >= MAX_LINES and path.suffix != ".inc":
        fault(path, lines, f"{lines} lines; a file has fewer than {MAX_LINES}")


def check_includes(path, text):
    parts = path.relative_to(ROOT).parts
    if parts[0] == "include":
        seen = set()
    elif parts[0] == "src":
        seen = MAY_SEE[parts[1]]
    else:
        return
    for line, included in c_source.includes(text):
        folder = included.split("/")[0]
        if folder != "trialnorm" and folder not in seen:
            fault(path, line, f"{'/'.join(parts[:2])} must not see {included}")


def check_calls(path, text):
    banned = set(UNSAFE)
    parts = path.relative_to(ROOT).parts
    if parts[0] != "tests":
        banned |= set(LOCALE)
    if parts[0] == "src" and parts[1] != "cli":
        banned |= set(BANNED_IN_LIBRARY)
    code = c_source.bare(text)
    for match in re.finditer(r"(?<![\w.>])(\w+)\s*\(", code):
        if match[1] in banned:
            fault(path, code.count("\n", 0, match.start()) + 1, f"calls {match[1]}")


def c_bytes(text):
    return re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), text.encode())


def row_keys(text, many, small):
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r"[A-Z_]+\((.*)\)", line)
        if match:
            cells = re.findall(r'"((?:\\.|[^"\\])*)"|([^,\s]+)', match[1])
            key = tuple(c_bytes(quoted or plain) for quoted, plain in cells[:many])
            yield number, tuple(part.lower() for part in key) if small else key


def check_table(path, text):
    """A spelling table says at its top by what it is sorted, or that its order matters."""
    head = text[: text.find("*/", text.find("*/") + 2)].lower()
    if "order matters" in head:
        return
    order = re.search(r"sorted(?: by ([\w' ]+))?", head.replace("\n * ", " "))
    if not order:
        fault(path, 1, "says neither what it is sorted by nor that its order matters")
        return
    before, many = None, 2 if " and " in (order[1] or "") else 1
    for number, key in row_keys(text, many, "small letters" in head):
        if before is not None and key <= before:
            shown = b", ".join(key).decode("utf-8", "replace")
            fault(path, number, f"{shown} is there already" if key == before else f"{shown} is out of order")
        before = key


# Members of the structs of src/readers/page.h that a description in JSON says by another one.
SAID_OTHERWISE = {"type", "count"}


def check_site_terms():
    """Every member of a site's tables can be said in the JSON of --site."""
    page = (ROOT / "src/readers/page.h").read_text(encoding="utf-8")
    terms = (ROOT / "src/readers/site_terms.c").read_text(encoding="utf-8")
    for struct, macro in (("tn_site", "SITE(site."), ("tn_site_row", "ROW("), ("tn_site_shape", "SHAPE("),
                          ("tn_site_part", "PART(")):
        body = re.search(rf"^struct {struct} {{\n(.*?)^}};", page, re.M | re.S)[1]
        for member in re.findall(r"^    [\w *]*?\b(\w+);", re.sub(r"/\*.*?\*/", "", body, flags=re.S), re.M):
            if member not in SAID_OTHERWISE and f"{macro}{member})" not in terms:
                faults.append(f"src/readers/site_terms.c: {struct}.{member} has no name in JSON")


def check_words(path, text):
    small = text.lower()
    for word in FOREIGN_WORDS:
        for match in re.finditer(rf"(?<![a-z]){re.escape(word)}s?(?![a-z])", small):
            fault(path, small.count("\n", 0, match.start()) + 1, f"says '{word}'")


def check_functions(lengths):
    if not lengths:
        return "lint: no functions found"
    short = sum(length < SHORT for length in lengths) / len(lengths)
    long = sum(length < LONG for length in lengths) / len(lengths)
    if short < SHORT_SHARE:
        faults.append(f"src: only {short:.0%} of the functions are under {SHORT} lines")
    if long < LONG_SHARE:
        faults.append(f"src: only {long:.1%} of the functions are under {LONG} lines")
    middle = sorted(lengths)[len(lengths) // 2]
    return (f"lint: {len(lengths)} functions, median {middle} lines, {short:.0%} under {SHORT}, {long:.1%} under {LONG}, "
            f"longest {max(lengths)}")


def help_words(program):
    def ask(*arguments):
        return subprocess.run([program, *arguments], capture_output=True, text=True, check=True, timeout=10).stdout

    page = ask("--help")
    commands = re.findall(r"^  ([a-z]+) +\S", page[page.index("Commands:") : page.index("Options:")], re.M)
    pages = [page] + [ask(command, "--help") for command in commands]
    options = {found for text in pages for found in re.findall(r"^  .{5}?(--[a-z-]+)", text, re.M)}
    letters = {found for text in pages for found in re.findall(r"^  (-[a-zA-Z]), --", text, re.M)}
    return commands, sorted(options | letters)


def check_readme(program):
    path = ROOT / "README.md"
    readme = path.read_text(encoding="utf-8") if path.exists() else ""
    commands, options = help_words(program)
    if not commands or not options:
        faults.append("--help names no command or no option")
    for command in commands:
        if not re.search(rf"\btrialnorm \[?{command}\b", readme):
            fault(path, 1, f"does not show the command {command}")
    for option in options:
        if not re.search(rf"(?<![\w-]){option}(?![\w-])", readme):
            fault(path, 1, f"does not mention {option}")


def check_file(path, lengths):
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a fixture of damaged bytes
        return
    check_words(path, text)
    suffix, parts = path.suffix, path.relative_to(ROOT).parts
    if suffix in (".c", ".h", ".py", ".sh", ".inc", ".def") or path.name == "CMakeLists.txt":
        check_first_line(path, text)
        check_length(path, text)
    if suffix in (".c", ".h"):
        check_includes(path, text)
        check_calls(path, text)
        if parts[0] == "src":
            lengths += [length for _, _, length in c_source.functions(text)]
    if suffix == ".inc":
        check_table(path, text)


def main():
    lengths = []
    check_top_level()
    for path in files():
        check_file(path, lengths)
    check_site_terms()
    figures = check_functions(lengths)
    if len(sys.argv) > 1:
        check_readme(sys.argv[1])
    print("\n".join([*faults, figures]))
    print(f"lint: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
