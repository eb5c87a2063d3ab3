#!/usr/bin/env python3
"""The program xiaoer as its users call it. usage: cli_test.py PROGRAM PROJECT_ROOT [unittest arguments]"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM, ROOT = "", pathlib.Path()


def run(*args, stdin=b"", env=None):
    done = subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, timeout=120,
                          env={**os.environ, "LC_ALL": "zh_CN.UTF-8", **(env or {})})
    return done.returncode, done.stdout, done.stderr.decode("utf-8")


def reply(lines, *args):
    data = b"\n".join(x if isinstance(x, bytes) else json.dumps(x, ensure_ascii=False).encode() for x in lines)
    code, out, err = run("reply", "--pack", str(ROOT / "rules/zh-CN"), "--jsonl", *args, stdin=data + b"\n")
    return code, [json.loads(line) for line in out.decode("utf-8").splitlines()], err


class Try(unittest.TestCase):
    def test_answers_the_demo(self):
        code, out, err = run("try", "老板,这款还能便宜点吗?今天能发货吗", "--facts", str(ROOT / "examples/facts/tea-shop.json"),
                             "--now", "2026-11-21T10:00:00+08:00", "--why")
        text = out.decode("utf-8")
        self.assertEqual(code, 0, err)
        for word in ("bargain", "ship.time", "回复", "促成技巧"):
            self.assertIn(word, text)
        self.assertNotIn("{{", text)

    def test_colours_only_when_asked(self):
        self.assertNotIn(b"\x1b[", run("try", "在吗")[1])
        self.assertIn(b"\x1b[", run("try", "在吗", "--color", "always")[1])

    def test_prompts_and_counts_what_was_sent(self):
        code, out, _ = run("try", stdin="便宜点\n/1\n/99\n".encode())
        self.assertEqual(code, 0)
        self.assertIn("已按发送计入会话", out.decode())
        self.assertIn("没有这条回复", out.decode())

    def test_bad_arguments(self):
        for args in (["try", "x", "--now", "yesterday"], ["nothing"], [], ["try", "--nonsense"]):
            self.assertEqual(run(*args)[0], 2, args)

    def test_help_everywhere(self):
        for args in (["--help"], *([c, "--help"] for c in ("try", "reply", "check", "test", "new", "import"))):
            code, out, _ = run(*args)
            self.assertEqual(code, 0)
            self.assertIn(b"--help", out)

    def test_missing_and_wrong_files(self):
        code, _, err = run("try", "x", "--facts", "/nonexistent/facts.json")
        self.assertEqual(code, 1)
        self.assertIn("/nonexistent/facts.json", err)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as facts:
            facts.write('{"product": {\n  "price": "cheap"}}')
            facts.flush()
            code, _, err = run("try", "x", "--facts", facts.name)
            self.assertEqual(code, 1)
            self.assertIn(facts.name + ":2:12", err)


class Reply(unittest.TestCase):
    def test_bad_lines_are_named_and_the_run_goes_on(self):
        code, rows, _ = reply([{"id": 1, "message": "在吗"}, b"{oops", {"id": "x"}, b"", {"id": 2, "message": 5},
                               b'{"id": 3, "message": "\xff"}', {"id": 4, "message": "有货吗"}])
        self.assertEqual(code, 0)
        self.assertEqual([r["id"] for r in rows], [1, None, "x", 2, None, 4])
        self.assertEqual([r["line"] for r in rows if "error" in r], [2, 3, 5, 6])
        for row in rows:
            if "error" in row:
                self.assertTrue(row["error"]["code"] and row["error"]["message"])

    def test_shape(self):
        facts = json.loads((ROOT / "examples/facts/tea-shop.json").read_text(encoding="utf-8"))
        _, rows, _ = reply([{"id": "a", "message": "八十块一个卖不卖", "facts": facts, "seed": 3, "now": "2026-11-21T10:00:00+08:00"}])
        row = rows[0]
        for key in ("id", "decision", "intents", "entities", "replies", "techniques", "guard", "handoff"):
            self.assertIn(key, row)
        for intent in row["intents"]:
            self.assertEqual(set(intent), {"id", "title", "score", "span", "why"} & set(intent))
            self.assertTrue(0 <= intent["score"] <= 1)
            for why in intent["why"]:
                self.assertLessEqual({"kind", "rule", "span", "points"}, set(why))
        money = [e for e in row["entities"] if e["kind"] == "money"]
        self.assertEqual(money[0]["value"], "80")
        self.assertEqual("八十块一个卖不卖"[money[0]["start"]:money[0]["end"]], money[0]["text"])

    def test_sessions_by_key(self):
        facts = {"product": {"price": 20}}
        lines = [{"id": i, "message": "便宜点吧", "session": s, "facts": facts} for i, s in enumerate("aab")]
        _, rows, _ = reply(lines, "--assume-sent")
        texts = [r["replies"][0]["text"] for r in rows]
        self.assertNotEqual(texts[0], texts[1])
        self.assertEqual(texts[0], texts[2])

    def test_same_input_same_bytes(self):
        line = json.dumps({"id": 1, "message": "运费多少呀"}).encode()
        self.assertEqual(run("reply", "--jsonl", stdin=line)[1], run("reply", "--jsonl", stdin=line)[1])

    def test_too_long_a_message(self):
        _, rows, _ = reply([{"id": 1, "message": "好" * (1 << 20)}, {"id": 2, "message": "在吗"}])
        self.assertIn("error", rows[0])
        self.assertNotIn("error", rows[1])

    def test_observe_and_events(self):
        _, rows, _ = reply([{"id": 1, "observe": "亲我来跟进哈", "session": "s"}, {"id": 2, "event": "order_paid", "session": "s"},
                            {"id": 3, "messages": ["在吗", "便宜点"], "session": "s"}])
        self.assertEqual([r["id"] for r in rows], [1, 2, 3])
        self.assertTrue(all("error" not in r for r in rows), rows)
        self.assertEqual(rows[1]["decision"], "silent")


class CheckAndTest(unittest.TestCase):
    def test_the_default_pack_is_clean(self):
        code, out, err = run("check", str(ROOT / "rules/zh-CN"))
        self.assertEqual(code, 0, err)
        code, out, err = run("test", str(ROOT / "rules/zh-CN"))
        self.assertEqual(code, 0, err)
        self.assertIn(b" 0 failed", out)

    def test_reports_all_problems_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "pack.json").write_text('{"format": 1, "id": "x", "version": "1.0.0"}')
            pathlib.Path(folder, "a.json").write_text(
                '{"intents": [{"id": "greet", "pattern": ["a"], "patterns": ["(a", "<没有>"]}]}', encoding="utf-8")
            code, out, _ = run("check", folder, "--json")
            found = json.loads(out)
            self.assertEqual(code, 1)
            codes = {d["code"] for d in found["diagnostics"]}
            self.assertLessEqual({"unknown-key", "phrase-unclosed", "unknown-concept"}, codes)
            for d in found["diagnostics"]:
                self.assertTrue(d["message_zh"] and d["message_en"], d)
                self.assertTrue(d["file"])

    def test_check_warns_of_what_loading_lets_pass(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "pack.json").write_text('{"format": 1, "id": "x", "version": "1.0.0"}')
            pathlib.Path(folder, "a.json").write_text(
                '{"intents": [{"id": "greet", "patterns": ["便宜点", "(便宜|优惠)点"],\n'
                '  "replies": [{"variants": ["亲,在呢"]}]}]}', encoding="utf-8")
            code, out, _ = run("check", folder, "--json")
            self.assertEqual(code, 0)
            found = json.loads(out)
            self.assertEqual(found["errors"], 0)
            places = {d["code"]: (d["file"], d["line"], d["column"]) for d in found["diagnostics"]}
            self.assertEqual(places["covered-phrase"], ("a.json", 1, 43))
            self.assertEqual(places["address-outside-convention"], ("a.json", 2, 30))
            self.assertLessEqual({"no-near-miss-tests", "few-hit-tests"}, places.keys())
            code, _, err = run("test", folder)  # warnings are for check alone
            self.assertEqual((code, err), (0, ""))

    def test_empty_and_missing_folders(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run("check", folder)[0], 1)
        code, _, err = run("check", "/nonexistent/pack")
        self.assertEqual(code, 1)
        self.assertIn("/nonexistent/pack", err)

    def test_a_failing_own_test_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "pack.json").write_text('{"format": 1, "id": "x", "version": "1.0.0"}')
            pathlib.Path(folder, "a.json").write_text(
                '{"intents": [{"id": "greet", "title": "t", "patterns": ["你好"], "tests": {"hit": ["苹果"]}, '
                '"replies": [{"id": "r", "variants": ["在呢"]}]}]}', encoding="utf-8")
            code, _, err = run("check", folder)
            self.assertEqual(code, 1)
            self.assertIn("test-failed", err)


if __name__ == "__main__":
    PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
