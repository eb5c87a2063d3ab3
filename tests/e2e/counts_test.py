#!/usr/bin/env python3
"""bench/counts.py, which tools/bench-check runs: what it counts, and that it can fail.

usage: counts_test.py BENCH_FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(sys.argv.pop(1)) / "counts.py"

# Ten messages: 12,000 instructions of our own, 3,000 of RE2; what memcpy does, and the lines that
# repeat it where it is called, do not count.
DUMP = """version: 1
desc: Trigger: Client Request: {stage}
positions: line
events: Ir
summary: 24000

ob=/build/bin/xiaoer_count
fl=scan.cpp
fn=scan
12 {own}
+3 2000
cob=/lib/libc.so.6
cfn=memcpy
calls=10 5
* 9000

ob=/usr/lib/libre2.so.9
fn=Search
0 3000

ob=/lib/libc.so.6
fn=memcpy
0 9000
"""


class Counts(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.baseline = self.folder / "baseline.json"

    def run_with(self, reply: int, *options: str, compiler: str = "g++ 12.2.0") -> subprocess.CompletedProcess:
        for number, (stage, own) in enumerate([("Floor/1", 10_000), ("Reply/1", reply)], 1):
            (self.folder / f"dump.{number}").write_text(DUMP.format(stage=stage, own=own))
        counted = self.folder / "counted"
        counted.write_text(f"compiler {compiler}\nFloor/1 10\nReply/1 10\n")
        command = [sys.executable, SCRIPT, self.folder, counted, "--baseline", self.baseline, *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_counts_what_is_not_the_c_librarys(self) -> None:
        self.assertEqual(self.run_with(35_000, "--update").returncode, 0)
        kept = json.loads(self.baseline.read_text())
        self.assertEqual(kept, {"compiler": "g++ 12.2.0", "instructions": {"Floor/1": 1500, "Reply/1": 4000}})

    def test_five_percent_more_fails_and_says_how_to_accept(self) -> None:
        self.run_with(35_000, "--update")
        self.assertEqual(self.run_with(36_900).returncode, 0)
        run = self.run_with(37_200)
        self.assertEqual(run.returncode, 1)
        self.assertIn("Reply/1: +5.5%", run.stderr)
        self.assertIn("--update", run.stderr)
        self.assertEqual(self.run_with(37_200, "--update").returncode, 0)
        self.assertEqual(self.run_with(37_200).returncode, 0)

    def test_another_compiler_is_held_to_the_ratio(self) -> None:
        self.run_with(35_000, "--update")
        self.assertEqual(self.run_with(37_200, compiler="g++ 13.2.0").returncode, 0)
        run = self.run_with(42_000, compiler="g++ 13.2.0")
        self.assertEqual(run.returncode, 1)
        self.assertIn("Reply/1 : Floor/1", run.stderr)

    def test_a_stage_without_figure_fails(self) -> None:
        self.run_with(35_000, "--update")
        kept = json.loads(self.baseline.read_text())
        del kept["instructions"]["Floor/1"]
        self.baseline.write_text(json.dumps(kept))
        self.assertEqual(self.run_with(35_000).returncode, 1)

    def test_no_figures_at_all_fails(self) -> None:
        self.assertEqual(self.run_with(35_000).returncode, 1)


if __name__ == "__main__":
    unittest.main()
