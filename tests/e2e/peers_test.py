#!/usr/bin/env python3
"""The comparison with peers, as far as it needs no peer: its workload, and the two ways of ours that need nothing else.

usage: peers_test.py XIAOER_PEER BENCH_PEERS_FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM, PEERS = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
sys.path.insert(0, str(PEERS))
import compare  # noqa: E402
import workload  # noqa: E402


class Workload(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        subprocess.run([sys.executable, PEERS / "workload.py", self.folder, "50"], check=True)

    def figures(self, *command: object) -> list:
        paths = "".join(f"{path}\n" for path in sorted((self.folder / "bad").glob("*.txt")))
        done = subprocess.run(list(map(str, command)), input=paths, capture_output=True, text=True, timeout=60, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_is_the_same_again_and_holds_what_it_says(self) -> None:
        before = (self.folder / "messages.tsv").read_bytes()
        subprocess.run([sys.executable, PEERS / "workload.py", self.folder, "50"], check=True)
        self.assertEqual(before, (self.folder / "messages.tsv").read_bytes())
        share = sum(not line.startswith("\t") for line in before.decode().splitlines()) / workload.MESSAGES
        self.assertTrue(0.5 < share < 0.7, share)
        for path in (self.folder / "bad").glob("*.txt"):
            self.assertLessEqual(path.stat().st_size, 1 << 16, path.name)

    def test_labels_are_told_by_what_a_message_holds(self) -> None:
        rules = [{"id": "a", "patterns": [[["书包"], ["退货"]]]}, {"id": "b", "patterns": [[["书包"], ["退货", "换货"]]]}]
        found = workload.labelled(["书包退货", "书包我想换货", "退货书包", "书包"], rules)
        self.assertEqual([right for right, _ in found], [["a", "b"], ["b"], [], []])

    def test_xiaoer_and_a_loop_of_re_answer_rightly_and_survive(self) -> None:
        for command in ((PROGRAM, self.folder, 1), (sys.executable, PEERS / "peer.py", "re", self.folder, 1)):
            loaded, measured, *bad = self.figures(*command)
            self.assertGreaterEqual(loaded["load_s"], 0)
            self.assertEqual((measured["right"], measured["messages"]), (1, workload.MESSAGES - workload.WARM_UP))
            self.assertEqual(len(bad), len(list((self.folder / "bad").glob("*.txt"))))


class Table(unittest.TestCase):
    def test_ratios_failures_and_losses(self) -> None:
        def result(p50: float) -> dict:
            figures = {"p50_us": p50, "right": 1.0, "load_s": 0.5, "rss_mb": 10.0}
            return {"sizes": {50: figures, 500: figures}, "bad": {"empty": 0.001, "marks": 0.002}}
        results = {name: result(8) for name in compare.ENGINES + compare.MATCHERS} | {compare.OURS: result(2)}
        results["hassil"]["sizes"][500] = {"failure": "too long"}
        results["hassil"]["bad"]["marks"] = "failed"
        lines = {line.split(" | ")[0][2:]: line for line in compare.tabled(results, [50, 500]).splitlines()}
        self.assertIn("| 8.0 | 4.00 | too long |  | 100% |  |  | 1 of 2, 1.0 ms (not: marks) |", lines["hassil"])
        self.assertIn("| 2.0 | 1.00 | 2.0 | 1.00 | 100% | 0.50 | 10 | 2 of 2, 2.0 ms |", lines[compare.OURS])


if __name__ == "__main__":
    unittest.main()
