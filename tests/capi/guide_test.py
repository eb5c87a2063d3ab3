#!/usr/bin/env python3
"""Every piece of C and CMake in docs/c-api.md is a run of lines of examples/c, which the test `consumer` builds and runs.

usage: guide_test.py PROJECT_ROOT"""
import pathlib
import re
import sys
import textwrap


def is_shown(piece, lines):
    """Whether `piece` stands in `lines`, however far in."""
    size = piece.count("\n")
    return any(textwrap.dedent("".join(lines[at:at + size])) == piece for at in range(len(lines)))


def main(root):
    page = (root / "docs/c-api.md").read_text(encoding="utf-8")
    files = {"c": sorted((root / "examples/c").glob("*.c")), "cmake": [root / "examples/c/CMakeLists.txt"]}
    pieces = re.findall(r"^```(c|cmake)\n(.*?)^```$", page, re.S | re.M)
    strange = [piece for kind, piece in pieces
               if not any(is_shown(piece, file.read_text(encoding="utf-8").splitlines(True)) for file in files[kind])]
    for piece in strange:
        print(f"docs/c-api.md shows what no example holds:\n{piece}", file=sys.stderr)
    if len(pieces) < 10:
        print(f"docs/c-api.md has {len(pieces)} pieces of code", file=sys.stderr)
    return 1 if strange or len(pieces) < 10 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
