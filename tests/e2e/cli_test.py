#!/usr/bin/env python3
"""The program xiaoer as its users call it. usage: cli_test.py PROGRAM PROJECT_ROOT [unittest arguments]"""
import atexit
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, ROOT = "", pathlib.Path()


def run(*args, stdin=b"", env=None):
    done = subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, timeout=120,
                          env={**os.environ, "LC_ALL": "zh_CN.UTF-8", **(env or {})})
    return done.returncode, done.stdout, done.stderr.decode("utf-8")


@functools.cache
def images():
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return pathlib.Path(folder)


@functools.cache
def shipped(name):
    """A shipped pack as an image: compiling it for every test would take most of the time."""
    image = str(images() / f"{name}.xob")
    code, _, err = run("compile", str(ROOT / "rules" / name), "-o", image)
    assert code == 0, err
    return image


def reply(lines, *args):
    data = b"\n".join(x if isinstance(x, bytes) else json.dumps(x, ensure_ascii=False).encode() for x in lines)
    code, out, err = run("reply", "--pack", shipped("zh-CN"), "--jsonl", *args, stdin=data + b"\n")
    return code, [json.loads(line) for line in out.decode("utf-8").splitlines()], err


class Guard(unittest.TestCase):
    def guard(self, *args, stdin=b""):
        facts = ("--facts", str(ROOT / "examples/facts/tea-shop.json"), "--now", "2026-11-21T10:00:00+08:00")
        code, out, err = run("guard", *args, *facts, stdin=stdin)
        return code, out.decode("utf-8"), err

    def test_one_text(self):
        code, out, err = self.guard("您好,在的哦")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("可以发", out)
        code, out, _ = self.guard("给您5块钱吧,加V聊", "--color", "always")
        self.assertEqual(code, 1)
        for words in ("price-below-floor", "off-platform", "\x1b[4;31m"):
            self.assertIn(words, out)
        code, out, _ = self.guard("好的!", "--lang", "en")
        self.assertEqual(code, 1)
        self.assertIn("rewritten", out)

    def test_lines(self):
        code, out, _ = self.guard(stdin="您好\n\n好的哦\n".encode())
        self.assertEqual(code, 0)
        self.assertEqual(len([line for line in out.splitlines() if "可以发" in line]), 2)

    def test_jsonl(self):
        lines = [{"id": 1, "guard": "您好"}, {"id": 2, "guard": "运费8元", "facts": {}}, {"id": 3, "message": "x"}]
        code, out, _ = self.guard("--jsonl", stdin="\n".join(json.dumps(line) for line in lines).encode())
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(code, 2)
        self.assertEqual([a.get("verdict") for a in answers], ["pass", "refused", None])
        self.assertIsNone(answers[1]["text"])
        self.assertEqual(answers[2]["error"]["code"], "request-no-guard")

    def test_reply_lines_share_the_session(self):
        order = {"order": {"id": "1", "state": "paid"}}
        code, answers, _ = reply([{"session": "a", "message": "麻烦备注一下周末送货", "facts": order},
                                  {"session": "a", "confirm": {"action": "remark"}},
                                  {"session": "a", "guard": "已经备注好了"}, {"session": "b", "guard": "已经备注好了"}])
        self.assertEqual([a.get("verdict") for a in answers], [None, None, "pass", "refused"])
        self.assertEqual(code, 0)

    def test_a_folder_to_search_is_one_folder(self):
        code, out, _ = self.guard("--search-path", "rules", "加V聊")
        self.assertEqual(code, 1)
        self.assertIn("off-platform", out)

    def test_trouble_is_told_line_by_line(self):
        lines = [{"id": 7, "guard": "好" * 7000}, {"id": 8, "guard": "好的哦"}]
        code, out, _ = self.guard("--jsonl", stdin="\n".join(json.dumps(line) for line in lines).encode())
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([(a["id"], a.get("verdict")) for a in answers], [(7, None), (8, "pass")])
        self.assertEqual(answers[0]["error"]["code"], "message-too-long")
        self.assertEqual(code, 2)
        for nothing in (b"", b"\n\n"):
            self.assertEqual(self.guard(stdin=nothing)[0], 2)

    def test_usage(self):
        self.assertEqual(self.guard("x", "--nonsense")[0], 2)
        self.assertEqual(run("guard", "x", "--now", "gestern")[0], 2)


class Campaign(unittest.TestCase):
    def test_check_now(self):
        pack = str(ROOT / "examples/campaigns/double-twelve")
        for when, warnings in (("2026-12-11T00:00:00+08:00", 0), ("2026-12-20T00:00:00+08:00", 1)):
            code, out, _ = run("check", pack, "--json", "--now", when, "--search-path", str(ROOT / "rules"))
            self.assertEqual(code, 0)
            self.assertEqual(json.loads(out)["warnings"], warnings)
        self.assertEqual(run("check", pack, "--now", "bald")[0], 2)


class Try(unittest.TestCase):
    def test_answers_the_demo(self):
        code, out, err = run("try", "老板,这款还能便宜点吗?今天能发货吗", "--facts", str(ROOT / "examples/facts/tea-shop.json"),
                             "--now", "2026-11-21T10:00:00+08:00", "--why")
        text = out.decode("utf-8")
        self.assertEqual(code, 0, err)
        for word in ("bargain", "ship.time", "回复", "促成技巧"):
            self.assertIn(word, text)
        self.assertNotIn("{{", text)

    def test_why_tells_what_nearly_matched(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "pack.json").write_text('{"format": 1, "id": "x", "version": "1.0.0"}')
            pathlib.Path(folder, "a.json").write_text(json.dumps({"intents": [
                {"id": "ship.fee", "title": "运费", "patterns": ["(运费|邮费)…(谁出|谁付)"],
                 "replies": [{"id": "a", "variants": ["我帮您问一下运费呢"]}]}]}))
            for language, words in (("zh", ("差一点", "缺少其中一个词: 谁付|谁出")), ("en", ("Nearly", "lacks one of: 谁付|谁出"))):
                code, out, err = run("try", "来回的邮费呢", "--pack", folder, "--lang", language, "--why")
                self.assertEqual(code, 0, err)
                for word in (*words, "ship.fee", "(运费|邮费)…(谁出|谁付) ← 「邮费」"):
                    self.assertIn(word, out.decode("utf-8"))
            self.assertNotIn("缺少", run("try", "来回的邮费呢", "--pack", folder)[1].decode("utf-8"))

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
        for args, words in ((["tyr", "x"], ("tyr", "mean try")), (["nothing", "--help"], ("nothing",)),
                            (["try", "x", "--pack", ""], ("--pack", "empty")), (["try", "x", "--seed", "-3"], ("--seed", "at least 0")),
                            (["try", "x", "--event", "order_paid"], ("--event",))):
            code, _, err = run(*args)
            self.assertEqual(code, 2, args)
            for word in words:
                self.assertIn(word, err, args)

    def test_help_everywhere(self):
        for args in (["--help"], *([c, "--help"] for c in ("try", "reply", "guard", "check", "test", "new", "import", "eval", "diff"))):
            code, out, _ = run(*args)
            self.assertEqual(code, 0)
            self.assertIn(b"--help", out)

    def test_missing_and_wrong_files(self):
        code, _, err = run("try", "x", "--facts", "/nonexistent/facts.json")
        self.assertEqual(code, 1)
        self.assertIn("/nonexistent/facts.json", err)
        self.assertIn("cannot-read", err)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as facts:
            facts.write('{"product": {\n  "price": "cheap"}}')
            facts.flush()
            code, _, err = run("try", "x", "--facts", facts.name)
            self.assertEqual(code, 1)
            self.assertIn(facts.name + ":2:12", err)

    def test_misspelt_facts_are_told(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as facts:
            facts.write('{"product": {\n  "prise": 299}}')
            facts.flush()
            for command in (("try", "多少钱"), ("reply", "--jsonl"), ("guard", "您好")):
                code, out, err = run(*command, "--facts", facts.name, "--lang", "en")
                self.assertEqual(code, 0, err)
                self.assertIn(facts.name + ":2:12: warning: product.prise is no fact that the pack knows", err)
                self.assertIn("Did you mean product.price?", err)
                self.assertNotIn(b"prise", out)


class Compile(unittest.TestCase):
    """Images: written as a whole, answered from like the pack, replaced under a running program."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.image = self.folder / "rules.xob"

    def compile(self, pack):
        code, out, err = run("compile", str(ROOT / pack), "-o", str(self.image))
        self.assertEqual(code, 0, err)
        self.assertIn(str(self.image), out.decode("utf-8"))

    def test_answers_like_the_pack(self):
        self.compile("tests/packs/demo")
        line = json.dumps({"message": "能不能便宜", "trace": True}).encode()
        asked = [run("reply", "--jsonl", "--pack", str(pack), stdin=line)
                 for pack in (self.image, ROOT / "tests/packs/demo")]
        self.assertEqual(asked[0], asked[1])
        self.assertEqual(asked[0][0], 0)
        code, out, err = run("try", "你好", "--pack", str(self.image))
        self.assertEqual(code, 0, err)
        self.assertIn("回复", out.decode("utf-8"))

    def test_same_pack_same_bytes_and_nothing_left_beside(self):
        self.compile("tests/packs/demo")
        first = self.image.read_bytes()
        self.compile("tests/packs/demo")
        self.assertEqual(self.image.read_bytes(), first)
        self.assertEqual(list(self.folder.iterdir()), [self.image])
        self.assertEqual(self.image.stat().st_mode & 0o222, 0)

    def test_overlays_find_what_they_extend(self):
        code, _, err = run("compile", str(ROOT / "rules/furniture"), "-o", str(self.image),
                           "--search-path", str(ROOT / "rules"))
        self.assertEqual(code, 0, err)

    def test_a_file_replaced_by_renaming_disturbs_no_running_program(self):
        self.compile("tests/packs/demo")
        line = json.dumps({"message": "能不能便宜"}).encode() + b"\n"
        with subprocess.Popen([PROGRAM, "reply", "--jsonl", "--pack", str(self.image)],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
            answers = []
            for _ in range(2):
                running.stdin.write(line)
                running.stdin.flush()
                answers.append(running.stdout.readline())
                self.compile("rules/zh-CN")  # another pack, larger than the first
            running.stdin.close()
            self.assertEqual(running.wait(timeout=60), 0)
        self.assertIn(b"bargain", answers[0])
        self.assertEqual(answers[0], answers[1])
        code, out, _ = run("reply", "--jsonl", "--pack", str(self.image), stdin=line)
        self.assertEqual(code, 0)
        self.assertNotEqual(out, answers[0])

    def test_a_pack_with_errors_replaces_nothing(self):
        self.compile("tests/packs/demo")
        before = self.image.read_bytes()
        (self.folder / "bad").mkdir()
        (self.folder / "bad/pack.json").write_text('{"format": 1, "id": "bad"}', encoding="utf-8")
        code, _, err = run("compile", str(self.folder / "bad"), "-o", str(self.image))
        self.assertEqual(code, 1)
        self.assertIn("pack.json", err)
        self.assertEqual(self.image.read_bytes(), before)

    def test_the_default_pack_comes_from_its_image_until_it_is_changed(self):
        shutil.copytree(ROOT / "tests/packs/demo", self.folder / "share/xiaoer/rules/zh-CN")
        (self.folder / "bin").mkdir()
        program = shutil.copy(PROGRAM, self.folder / "bin")
        image = pathlib.Path(shutil.copy(shipped("zh-CN"), self.folder / "share/xiaoer/zh-CN.xob"))
        file = self.folder / "share/xiaoer/rules/zh-CN/pack.json"

        def answer():
            done = subprocess.run([program, "reply", "--jsonl"], input=json.dumps({"message": "能不能便宜", "seed": 0}).encode(),
                                  capture_output=True, timeout=120)
            return json.loads(done.stdout)["replies"][0]["text"]

        later = image.stat().st_mtime + 10
        os.utime(image, (later, later))
        of_the_image = answer()
        os.utime(file, (later + 10, later + 10))
        of_the_folder = answer()
        self.assertNotEqual(of_the_image, of_the_folder)
        os.utime(file, (later - 10, later - 10))
        self.assertEqual(answer(), of_the_image)
        os.utime(file.parent, (later + 10, later + 10))  # a file more, or one less
        self.assertEqual(answer(), of_the_folder)
        os.utime(file.parent, (later - 10, later - 10))
        image.chmod(0o644)
        image.write_bytes(b"of another release")
        os.utime(image, (later, later))
        self.assertEqual(answer(), of_the_folder)

    def test_says_what_is_wrong(self):
        self.compile("tests/packs/demo")
        good = self.image.read_bytes()
        bad = self.folder / "bad.xob"
        for bytes_, code in ((b"", "not-an-image"), (good[:-64], "image-damaged"),
                             (good[:12] + b"\0" + good[13:], "image-outdated"), (good[:-1] + b"\1", "image-damaged")):
            bad.write_bytes(bytes_)
            status, out, err = run("try", "你好", "--pack", str(bad))
            self.assertEqual((status, out), (1, b""))
            self.assertIn(code, err)
            if code == "image-damaged":
                _, _, err = run("try", "你好", "--pack", str(bad), "--lang", "zh")
                self.assertNotRegex(err.splitlines()[0].replace(str(bad), "").replace(code, ""), "[A-Za-z]")
        status, _, err = run("compile", str(ROOT / "tests/packs/demo"), "-o", str(self.folder / "none/x.xob"))
        self.assertEqual(status, 1)
        self.assertIn("cannot-write", err)


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

    def test_the_conversation_unheard_of_longest_is_forgotten(self):
        facts = {"product": {"price": 20}}
        lines = [{"id": i, "message": "便宜点吧", "session": s, "facts": facts} for i, s in enumerate("abcba")]
        _, rows, err = reply(lines, "--assume-sent", "--max-sessions", "2")
        texts = [r["replies"][0]["text"] for r in rows]
        self.assertNotEqual(texts[1], texts[3])  # b was remembered
        self.assertEqual(texts[0], texts[4])     # a was not
        self.assertIn("--max-sessions", err)

    def test_a_line_without_end_is_skipped(self):
        _, rows, _ = reply([b"x" * (3 << 20), {"id": 2, "message": "在吗"}])
        self.assertEqual([(r["id"], "error" in r) for r in rows], [(None, True), (2, False)])

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


# What a newcomer asks each shop: message, the intent that must come first, words that only its facts can have supplied.
SHOPS = {
    "furniture": [("美式的床工期多少天", "ship.time.style_lead", "美式和新古典30天"), ("路上大概要几天", "ship.time.transport", "华东华中4天"),
                  ("背板是什么板", "product.info.solid_wood", "北美白橡"), ("可以先付定金吗", "order.place.deposit", "800元"),
                  ("有色板吗", "product.info.colour_plate", "押金30元"), ("包安装吗", "after.service.install", "120元")],
    "clothing": [("身高165体重110斤穿什么码", "product.choose.size", "尺码表"), ("模特穿的是几码", "product.info.model", "168厘米"),
                 ("衣长多少", "product.info.measure", "M衣长100胸围108厘米"), ("会不会起球", "product.quality.fade", "毛球器"),
                 ("拍两个码试一下可以吗", "order.place.two_sizes", "吊牌没剪"), ("搭什么裤子好看", "product.choose.match", "直筒西裤")],
    "food": [("生产日期是哪天的", "product.info.shelf_life", "2026年11月上旬"), ("我对坚果过敏能吃吗", "product.info.allergen", "同线生产"),
             ("糖尿病人能不能吃", "product.info.sugar", "8.2克"), ("有多辣", "product.info.spicy_level", "中辣偏麻"),
             ("走冷链发吗", "ship.carrier.cold", "3个冰袋"), ("收到一看发霉了", "after.damage.spoiled", "24小时")],
}


# Under sanitizers one shop stands for all: they take the same paths, ten times as slowly.
def shops():
    return [name for name in SHOPS if name == "food" or "XIAOER_SANITIZED" not in os.environ]


def shipped_packs():
    return sorted(manifest.parent for manifest in (ROOT / "rules").glob("*/pack.json"))


class ShippedPacks(unittest.TestCase):
    # Under sanitizers the default pack alone: the others take the same paths, ten times as slowly.
    def packs(self):
        return [p for p in shipped_packs() if p.name == "zh-CN" or "XIAOER_SANITIZED" not in os.environ]

    def test_each_is_clean(self):
        for pack in self.packs():
            with self.subTest(pack=pack.name):
                code, out, _ = run("check", str(pack), "--json")
                # Files of the pack that it extends have its folder in front, and are judged there.
                own = [d for d in json.loads(out)["diagnostics"] if not d["file"].startswith("zh-CN/")]
                self.assertEqual((code, own), (0, []))

    def test_each_passes_its_own_tests_and_hits_all_it_has(self):
        for pack in self.packs():
            with self.subTest(pack=pack.name):
                code, out, err = run("test", str(pack))
                self.assertEqual(code, 0, err)
                self.assertIn(b" 0 failed", out)
                # Phrases that no test hits are listed by file; those of the pack that it extends have another folder in front.
                missed = [line for line in out.decode("utf-8").splitlines() if line.startswith("没有测试命中的短语: ")]
                self.assertFalse([line for line in missed if not line.startswith("没有测试命中的短语: zh-CN/")])

    def test_each_overlay_extends_the_default_pack_and_is_documented(self):
        overlays = [p for p in shipped_packs() if p.name != "zh-CN"]
        self.assertEqual({p.name for p in overlays}, set(SHOPS))
        index = (ROOT / "README.md").read_text(encoding="utf-8")
        for pack in overlays:
            manifest = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
            self.assertEqual(manifest["id"], pack.name)
            self.assertEqual(manifest["extends"]["id"], "zh-CN")
            self.assertTrue((pack / "README.md").is_file(), pack)
            self.assertIn(f"rules/{pack.name}", index)

    def test_each_shop_answers_with_its_facts(self):
        for name in shops():
            talks = SHOPS[name]
            facts = json.loads((ROOT / f"examples/facts/{name}-shop.json").read_text(encoding="utf-8"))
            asked = [(talk, seed) for talk in talks for seed in range(3)]
            data = "\n".join(json.dumps({"message": talk[0], "facts": facts, "seed": seed, "now": "2026-11-22T10:00:00+08:00"},
                                        ensure_ascii=False) for talk, seed in asked)
            code, out, err = run("reply", "--jsonl", "--pack", shipped(name), stdin=data.encode())
            self.assertEqual(code, 0, err)
            rows = [json.loads(line) for line in out.decode("utf-8").splitlines()]
            self.assertEqual(len(rows), len(asked))
            for row, ((message, intent, fact), seed) in zip(rows, asked):
                with self.subTest(shop=name, message=message, seed=seed):
                    self.assertEqual(row["intents"][0]["id"], intent)
                    self.assertIn(fact, row["replies"][0]["text"])

    @unittest.skipIf("XIAOER_SANITIZED" in os.environ, "one shop stands for all")
    def test_the_furniture_shop_sends_to_the_depot(self):
        code, out, err = run("try", "提货要带身份证吗", "--pack", shipped("furniture"), "--facts",
                             str(ROOT / "examples/facts/furniture-shop-shipped.json"))
        self.assertEqual(code, 0, err)
        for word in ("ship.area.depot", "文家网点", "028-55550142", "身份证原件"):
            self.assertIn(word, out.decode("utf-8"))

    def test_each_shop_claims_nothing_without_facts(self):
        for name in shops():
            talks = SHOPS[name]
            data = "\n".join(json.dumps({"message": message}, ensure_ascii=False) for message, _, _ in talks)
            _, out, _ = run("reply", "--jsonl", "--pack", shipped(name), stdin=data.encode())
            for (message, _, _), line in zip(talks, out.decode("utf-8").splitlines()):
                for reply in json.loads(line)["replies"]:
                    told = set(re.findall("[0-9]+", message))
                    self.assertLessEqual(set(re.findall("[0-9]+", reply["text"])), told, name)
                    self.assertNotIn("{{", reply["text"], name)

    def test_each_shop_hands_injury_over(self):
        for name in shops():
            data = json.dumps({"message": "孩子受伤去医院了"}, ensure_ascii=False)
            _, out, _ = run("reply", "--jsonl", "--pack", shipped(name), stdin=data.encode())
            row = json.loads(out)
            self.assertEqual(row["decision"], "handoff", name)
            self.assertEqual(row["techniques"], [], name)


if __name__ == "__main__":
    PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
