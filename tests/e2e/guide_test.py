#!/usr/bin/env python3
"""The authoring guide, done step by step as a reader would. usage: guide_test.py PROGRAM PROJECT_ROOT [unittest arguments]"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM, ROOT = "", pathlib.Path()

FIRST, LAST = "## 从空文件夹开始", "## 短语怎么写"


def run(*args):
    done = subprocess.run([PROGRAM, *args], capture_output=True, timeout=300, cwd=ROOT,
                          env={**os.environ, "LC_ALL": "zh_CN.UTF-8"})
    return done.returncode, done.stdout.decode("utf-8") + done.stderr.decode("utf-8")


def steps():
    """The blocks of JSON of each step, with the file that the guide names before them."""
    guide = (ROOT / "docs/pack-authoring.zh.md").read_text(encoding="utf-8")
    walk = guide[guide.index(FIRST + "\n"):guide.index(LAST + "\n")]
    found = []
    for step in walk.split("\n### ")[1:]:
        end, blocks = 0, []
        for block in re.finditer(r"```json\n(.*?)```", step, re.S):
            named = re.findall(r"`nanyao/([\w.]+\.json)`", step[end:block.start()])
            blocks.append((named[-1] if named else None, block[1]))
            end = block.end()
        found.append((step.split("\n", 1)[0], blocks))
    return found


class Guide(unittest.TestCase):
    def passes(self, pack, step):
        code, out = run("check", str(pack), "--search-path", "rules")
        self.assertEqual((code, "0 个错误, 0 个警告" in out), (0, True), f"{step}\n{out}")
        code, out = run("test", str(pack), "--search-path", "rules")
        self.assertEqual((code, ", 0 failed" in out), (0, True), f"{step}\n{out}")
        return out

    def follow(self, pack):
        """Writes the files step by step; each step must leave a pack without a complaint."""
        out, written = "", set()
        for step, blocks in steps():
            for name, text in blocks:
                self.assertIsNotNone(name, f"{step}: which file the block goes into is not said")
                self.assertNotIn(name, written, f"{step}: would overwrite what was written")
                written.add(name)
                json.loads(text)
                (pack / name).write_text(text, encoding="utf-8")
            if blocks:
                out = self.passes(pack, step)
        return out

    def test_every_step_from_an_empty_folder(self):
        self.assertEqual(len(steps()), 7)
        with tempfile.TemporaryDirectory() as folder:
            pack = pathlib.Path(folder) / "nanyao"
            pack.mkdir()
            out = self.follow(pack)
            self.assertNotIn("没有测试命中", out)
            code, out = run("try", "这个能进微波炉吗", "--pack", str(pack), "--search-path", "rules",
                            "--facts", "examples/facts/tea-shop.json", "--why")
            self.assertEqual(code, 0, out)
            self.assertIn("product.info.microwave", out)

    def test_the_skeleton_as_it_is(self):
        with tempfile.TemporaryDirectory() as folder:
            pack = pathlib.Path(folder) / "nanyao"
            code, out = run("new", str(pack), "--title", "南窑小铺")
            self.assertEqual(code, 0, out)
            self.passes(pack, "xiaoer new")


if __name__ == "__main__":
    PROGRAM, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
