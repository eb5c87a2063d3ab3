#!/usr/bin/env python3
"""What the project promises about speed, checked against one run of xiaoer_bench.

usage: bars.py RESULT.json [PYTHON.json]
RESULT.json: Google Benchmark's; PYTHON.json: what python_call.py wrote. Prints a line a promise; exit status 1 when one
is missed. Ratios are of p50 within the run. Standard library only.
"""
import json
import sys

# (row, counter, compared with, at most); compared with a row: ratio; None: the counter itself.
RATIOS = [
    ("Floor/1000", "IcuNormalize", 5),
    ("Reply/1000", "Floor/1000", 3.5),
    ("Reply/10000", "Floor/10000", 7),
    ("Reply/50000", "Floor/50000", 12),
    ("Reply/10000", "Reply/100", 3.5),
    ("Reply/50000", "Reply/100", 6),
    ("Dense/Reply/50000", "Reply/100", 18),
    ("DefaultPack/Reply", "DefaultPack/Floor", 10),
    ("C/Reply/1000", "Engine/Reply/1000", None),
]
TAILS = [("Reply/100", 5), ("Reply/1000", 5), ("Reply/10000", 5), ("Reply/50000", 8)]
LIMITS = [("Load/50000", "load_ms", 1500), ("Load/50000", "bytes_per_phrase", 400)]
LONGEST = {"Long/DefaultPack/": 1e6, "Long/": 50e6}  # ns of p50 at 64 KiB


def read_rows(path: str) -> dict:
    with open(path, encoding="utf-8") as file:
        return {row["name"].split("/iterations:")[0]: row for row in json.load(file)["benchmarks"]}


def promises(rows: dict):
    """Yields (what, figure, at most or None)."""
    for row, base, limit in RATIOS:
        yield f"{row} : {base}", rows[row]["p50_ns"] / rows[base]["p50_ns"], limit
    for row, limit in TAILS:
        yield f"{row}, p99 : p50", rows[row]["p99_ns"] / rows[row]["p50_ns"], limit
    for row, counter, limit in LIMITS:
        yield f"{row}, {counter}", rows[row][counter], limit
    for prefix, limit in LONGEST.items():
        slowest = max((name for name in rows if name.startswith(prefix) and name.endswith("/65536")),
                      key=lambda name: rows[name]["p50_ns"])
        yield f"{slowest}, ms", rows[slowest]["p50_ns"] / 1e6, limit / 1e6
    replies = {name: row["allocs_per_reply"] for name, row in rows.items() if "Reply" in name or name.startswith("Long")}
    most = max(replies, key=replies.get)
    yield f"{most}, allocations a reply (no row has more)", replies[most], 0


def main() -> int:
    rows = read_rows(sys.argv[1])
    missed = 0
    print("promises, measured in this run (ratios of p50)")
    for what, figure, limit in promises(rows):
        bad = limit is not None and figure > limit
        missed += bad
        print(f"  {what:52}{figure:>10.4g}" + ("" if limit is None else f"  at most {limit:g}") + ("  MISSED" if bad else ""))
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            python = json.load(file)
        print("from Python, 1,000 phrases, against the C interface")
        for name, nanoseconds in python.items():
            print(f"  {name:52}{nanoseconds / rows['C/Reply/1000']['p50_ns']:>10.4g}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
