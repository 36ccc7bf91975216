# SPDX-License-Identifier: MIT
"""What the lint needs to know of a C file: its text without comments and strings, its includes, its functions."""
import re

# Comments, strings and character constants, whichever begins first.
_SKIPPED = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.M)


def bare(text):
    """The code alone: comments are blanks, strings are "", and every line stays where it is."""

    def replace(match):
        found = match[0]
        lines = "\n" * found.count("\n")
        if found[0] == "/":
            return " " + lines
        return found[0] * 2 + lines

    return _SKIPPED.sub(replace, text)


def includes(text):
    """(line, path) of each #include "..."."""
    return [(text.count("\n", 0, m.start()) + 1, m[1]) for m in _INCLUDE.finditer(text)]


def _without_directives(code):
    lines, inside = [], False
    for line in code.split("\n"):
        inside = inside or line.lstrip().startswith("#")
        lines.append("" if inside else line)
        inside = inside and line.endswith("\\")
    return "\n".join(lines)


def functions(text):
    """(line, name, length) of each function that is defined here. The length is that of all lines that are not blank,
    from the name to the last brace."""
    original = text.split("\n")
    code = _without_directives(bare(text))
    found, depth, head = [], 0, 0
    for at, char in enumerate(code):
        if char == "{":
            if depth == 0:
                head_text = code[head:at]
                # extern "C" { opens no scope that counts.
                if re.search(r'extern\s*""\s*$', head_text):
                    head = at + 1
                    continue
                name = re.search(r"(\w+)\s*\([^;=]*\)\s*$", head_text, re.S)
                start = head + (len(head_text) - len(head_text.lstrip()))
                begun = (code.count("\n", 0, start), name[1].strip()) if name and "=" not in head_text else None
            depth += 1
        elif char == "}" and depth > 0:
            depth -= 1
            if depth == 0:
                if begun:
                    last = code.count("\n", 0, at)
                    length = sum(1 for line in original[begun[0] : last + 1] if line.strip())
                    found.append((begun[0] + 1, begun[1], length))
                head = at + 1
        elif char == ";" and depth == 0:
            head = at + 1
    return found
