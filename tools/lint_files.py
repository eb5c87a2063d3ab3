#!/usr/bin/env python3
"""Checks what no compiler does: file lengths, and that src/README.md names every file.

Exit status 1 when something is wrong; each finding is a line FILE: what. Standard library only.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_LINES = 600
SUFFIXES = {".cpp", ".hpp", ".h", ".c", ".py", ".pyi"}


def tracked() -> list[pathlib.Path]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [pathlib.Path(name) for name in names.stdout.splitlines()]


def spelt_out(text: str) -> str:
    """The text with the variants of every `prefix{a,b}suffix` appended."""
    groups = re.findall(r"(\w*)\{([\w,]+)\}(\w*)", text)
    return text + "".join(f" {before}{part}{after}" for before, parts, after in groups for part in parts.split(","))


def findings() -> list[str]:
    found = []
    readme = spelt_out((ROOT / "src/README.md").read_text(encoding="utf-8"))
    for path in tracked():
        if path.suffix not in SUFFIXES or "generated" in path.parts or not (ROOT / path).exists():
            continue
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        if lines > MAX_LINES:
            found.append(f"{path}: {lines} lines, at most {MAX_LINES}")
        if path.parts[0] == "src" and path.suffix in {".cpp", ".hpp"} and path.stem not in readme:
            found.append(f"{path}: src/README.md does not name it")
    return found


if __name__ == "__main__":
    problems = findings()
    print("\n".join(problems) or "files: fine")
    sys.exit(1 if problems else 0)
