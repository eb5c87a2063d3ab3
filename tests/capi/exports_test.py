"""The shared library exports exactly the functions that xiaoer.h declares."""

import re
import subprocess
import sys


def declared(header: str) -> set[str]:
    with open(header, encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    return set(re.findall(r"XIAOER_API[^;(]*?\b(xiaoer_\w+)\s*\(", text))


def exported(library: str) -> set[str]:
    out = subprocess.run(
        ["nm", "--dynamic", "--defined-only", library], check=True, capture_output=True, text=True
    ).stdout
    rows = [line.split() for line in out.splitlines()]
    # Kind A is the name of the symbol version itself.
    return {row[-1].split("@")[0] for row in rows if row[-2] != "A"}


def main() -> int:
    library, header = sys.argv[1:]
    want, have = declared(header), exported(library)
    if len(want) < 30:
        print(f"only {len(want)} declarations found in {header}: the pattern is out of date")
        return 1
    for name in sorted(want - have):
        print(f"declared but not exported: {name}")
    for name in sorted(have - want):
        print(f"exported but not declared: {name}")
    print(f"{len(have)} symbols")
    return 0 if want == have else 1


if __name__ == "__main__":
    sys.exit(main())
