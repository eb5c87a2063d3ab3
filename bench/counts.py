#!/usr/bin/env python3
"""Instructions of the reply path, from callgrind's dumps, against the figures kept in bench/baseline.json.

usage: counts.py DUMPS COUNTED [--baseline FILE] [--update]
DUMPS: the folder that callgrind wrote its dumps to; COUNTED: what xiaoer_count printed. Standard library only.

Instructions inside the C library are left out: which variant of memcpy or expf runs there is chosen by processor. What
is left depends on the compiler and on the versions of RE2 and the C++ library: with another compiler than the
baseline's the ratios decide. Exit status 1: something costs more than its figure allows, or figure and stage differ.
"""
import argparse
import json
import pathlib
import re
import sys

ALLOWED = 1.05
ALLOWED_RATIO = 1.15  # between compilers, which differ in more than the code does
C_LIBRARY = re.compile(r"/(libc|libm|libpthread|ld-linux[^/]*|ld)[-.][^/]*$|^\?\?\?$")


def instructions(dump: str) -> tuple[str, int]:
    """The stage that a dump is named for, and its instructions outside the C library."""
    stage, total, counts, skip = "", 0, False, False
    for line in dump.splitlines():
        if line.startswith("desc: Trigger: Client Request: "):
            stage = line.rsplit(": ", 1)[1]
        elif line.startswith("ob="):
            counts = not C_LIBRARY.search(line[3:])
        elif line.startswith("calls="):
            skip = True  # the line after it repeats what the callee's own lines say
        elif line[:1] in tuple("0123456789+-*"):
            total += int(line.split()[-1]) if counts and not skip else 0
            skip = False
    return stage, total


def read_counts(folder: pathlib.Path, printed: str) -> dict:
    """{"compiler": name, "instructions": {stage: instructions a message}}"""
    first, *lines = printed.splitlines()
    messages = {stage: int(count) for stage, count in (line.split() for line in lines)}
    totals = dict(instructions(path.read_text()) for path in sorted(folder.glob("dump.*")))
    return {"compiler": first.removeprefix("compiler "), "instructions": {stage: round(totals[stage] / messages[stage]) for stage in messages}}


def ratios(figures: dict) -> dict:
    """Reply against Floor of the same pack, by what is compared."""
    found = {}
    for stage, cost in figures.items():
        floor = stage.replace("Reply", "Floor")
        if "Reply" in stage and floor in figures:
            found[f"{stage} : {floor}"] = cost / figures[floor]
    return found


def compare(now: dict, kept: dict, allowed: float, digits: int = 0) -> list[str]:
    """Prints a line a figure; returns what is wrong."""
    wrong = []
    for name in [*now, *(kept.keys() - now.keys())]:
        if name not in now or name not in kept:
            wrong.append(f"{name}: only in {'the baseline' if name in kept else 'this run'}")
            continue
        change = now[name] / kept[name]
        print(f"  {name:36}{now[name]:>10.{digits}f}{kept[name]:>10.{digits}f}{change - 1:>+9.1%}")
        if change > allowed:
            wrong.append(f"{name}: {change - 1:+.1%}, at most {allowed - 1:+.0%}")
    return wrong


def check(now: dict, kept: dict) -> list[str]:
    """What is wrong, told in sentences; everything else is printed."""
    print(f"{'instructions a message':38}{'now':>10}{'kept':>10}")
    same_compiler = now["compiler"] == kept["compiler"]
    absolute = compare(now["instructions"], kept["instructions"], ALLOWED)
    print("ratios")
    relative = compare(ratios(now["instructions"]), ratios(kept["instructions"]), ALLOWED_RATIO, 2)
    if same_compiler:
        return absolute
    print(f"built by {now['compiler']}, kept figures by {kept['compiler']}: the ratios decide")
    return relative


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("dumps", type=pathlib.Path)
    parser.add_argument("counted", type=pathlib.Path)
    parser.add_argument("--baseline", type=pathlib.Path, default=pathlib.Path(__file__).with_name("baseline.json"))
    parser.add_argument("--update", action="store_true", help="accept this run's figures")
    arguments = parser.parse_args()
    now = read_counts(arguments.dumps, arguments.counted.read_text())
    if arguments.baseline.exists():
        wrong = check(now, json.loads(arguments.baseline.read_text()))
    else:
        wrong = [f"{arguments.baseline} is missing"]
    if arguments.update:
        arguments.baseline.write_text(json.dumps(now, indent=2) + "\n")
        print(f"accepted: {arguments.baseline}")
        return 0
    for each in wrong:
        print(f"bench-check: {each}", file=sys.stderr)
    if wrong:
        print("A cost that is worth it is accepted by: tools/bench-check --update (and say why in the commit)", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
