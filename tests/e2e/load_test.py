#!/usr/bin/env python3
"""xiaoer_load for a second or two: what it writes and that it counts; nothing about how fast it was.

usage: load_test.py PROGRAM ROOT
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM, ROOT = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)


class Load(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_measures_and_writes(self) -> None:
        json_file, svg_file = self.folder / "load.json", self.folder / "load.svg"
        done = run("--phrases", "200", "--threads", "2", "--seconds", "1.2", "--rates", "500,1000", "--reload", "0.1",
                   "--json", str(json_file), "--svg", str(svg_file))
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(json_file.read_text())
        self.assertEqual([step["offered_per_second"] for step in found["steps"]], [500, 1000])
        for step in [found["one_by_one"], *found["steps"]]:
            self.assertGreater(step["replies"], 0)
            self.assertEqual(step["wrong"] + step["failed"] + step["failed_reloads"], 0)
            for kind in ("latency_ns", "service_ns"):
                ascending = [step[kind][name] for name in ("p50", "p90", "p99", "p99.9", "p99.99", "max")]
                self.assertEqual(ascending, sorted(ascending))
                self.assertGreater(ascending[0], 0)
            self.assertGreaterEqual(step["latency_ns"]["max"], step["service_ns"]["p50"])
        self.assertGreater(sum(step["reloads"] for step in found["steps"]), 0)
        self.assertGreaterEqual(found["saturation_per_second"], found["one_by_one"]["answered_per_second"])
        self.assertIn("saturation: ", done.stdout)
        self.assertEqual(len(done.stderr.splitlines()), 4)  # a head, a line a step
        self.assertTrue(xml.etree.ElementTree.parse(svg_file).getroot().tag.endswith("svg"))

    def test_plays_the_tests_of_a_pack(self) -> None:
        done = run("--pack", str(ROOT / "tests/packs/demo"), "--seconds", "0.2", "--rates", "200", "--reload", "0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("wrong or failed replies and reloads: 0", done.stdout)

    def test_wrong_usage_and_packs(self) -> None:
        self.assertEqual(run("--seconds", "soon").returncode, 2)
        self.assertEqual(run("--threads", "0").returncode, 2)
        broken = run("--pack", str(self.folder))
        self.assertEqual(broken.returncode, 1)
        self.assertTrue(broken.stderr)
        unwritable = run("--phrases", "50", "--seconds", "0.1", "--rates", "100", "--json", str(self.folder / "no/where"))
        self.assertEqual(unwritable.returncode, 1)


if __name__ == "__main__":
    unittest.main()
