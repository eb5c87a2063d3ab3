#!/usr/bin/env python3
"""`xiaoer eval` and `xiaoer diff`. usage: eval_test.py PROGRAM PROJECT_ROOT [unittest arguments]

The figures are worked out a second time here, from their definitions in docs/measuring.md and from what `xiaoer reply` answers."""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM, ROOT = "", pathlib.Path()

# Classes of which one begins with another; each with words of its own.
INTENTS = {
    "greet.hello": ["你好", "在吗"], "price.ask": ["多少钱", "什么价"], "after.refund": ["退款", "退钱"],
    "after.refund_late.when": ["几时到账"], "after.repair": ["维修", "坏了"], "ship.time": ["几天到", "何时发货"], "gift.ask": ["赠品", "(纸巾|毛巾)…(一盒|一包)"],
}
CLASSES = ["greet", "price", "after", "after.refund", "ship", "gift", "ship.time"]


def run(*args, stdin=b"", env=None):
    done = subprocess.run([PROGRAM, *map(str, args)], input=stdin, capture_output=True, timeout=120,
                          env={**os.environ, "LC_ALL": "en_US.UTF-8", **(env or {})})
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def write_pack(folder, title="t", **changed):
    """A pack of INTENTS; `changed` gives an intent, by its id with _ for dots, other phrases."""
    folder.mkdir()
    (folder / "pack.json").write_text(json.dumps({"format": 1, "id": "x", "version": "1.0.0", "title": title}))
    intents = []
    for name, phrases in INTENTS.items():
        phrases = changed.get(name.replace(".", "_"), phrases)
        policy = {"policy": "auto"} if name in ("greet.hello", "ship.time") else {}
        intents.append({"id": name, "title": name, "patterns": phrases, **policy,
                        "replies": [{"id": name + ".a", "variants": ["我帮您看看" + phrases[0] + "的事呢"]}]})
    (folder / "a.json").write_text(json.dumps({"intents": intents}), encoding="utf-8")
    return folder


def gold_rows(count):
    """Messages of one or two topics, with chaff; labels that are right, half right, wrong or unclear."""
    dice = random.Random(7)
    rows = []
    for number in range(count):
        asked = dice.sample(sorted(INTENTS), dice.choice((1, 1, 1, 2)))
        words = [dice.choice(INTENTS[name][:2 if name != "gift.ask" else 1]) for name in asked] + dice.sample(["呢", "老板", "我昨天拍的那个", "急用"], dice.randrange(3))
        dice.shuffle(words)
        labels = list(dict.fromkeys(class_of(name) for name in asked))
        noise = dice.random()
        if noise < 0.01 and len(words) > 1:
            labels = [dice.choice(CLASSES)]
        elif noise < 0.02 and len(words) > 1:
            labels = ["unclear"]
        elif noise < 0.16:
            words = ["嗯嗯那个"]
        row = {"id": number if number % 2 else f"m{number}", "message": ",".join(words), "labels": labels}
        if number % 3 == 0:
            row["previous"] = {"role": "seller", "text": "要退款吗"}
        rows.append(row)
    return rows


def class_of(intent):
    fitting = [name for name in CLASSES if (intent + ".").startswith(name + ".")]
    return max(fitting, key=len)


def expected_figures(gold, results):
    """From the definitions, each figure by itself."""
    items = []
    for row in gold:
        result = results[row["id"]]
        classes = []
        for intent in result["intents"]:
            if class_of(intent["id"]) not in classes:
                classes.append(class_of(intent["id"]))
        labels = set(row["labels"]) - {"unclear"}
        items.append({"labels": labels, "main": row["labels"][0], "classes": classes, "auto": result["decision"] == "auto",
                      "score": result["intents"][0]["score"] if classes else 0.0, "hit": bool(classes) and classes[0] in labels})
    clear = [x for x in items if x["labels"]]
    unclear = [x for x in items if not x["labels"]]
    for x in clear:
        x["class"] = x["classes"][0] if x["hit"] else x["main"]
    f1 = []
    for name in {x["class"] for x in clear}:
        right = sum(x["hit"] and x["class"] == name for x in clear)
        recall = right / sum(x["class"] == name for x in clear)
        predicted = sum(x["classes"][:1] == [name] for x in clear)
        precision = right / predicted if predicted else 0
        f1.append(2 * precision * recall / (precision + recall) if right else 0)
    figures = {"clear": len(clear), "unclear": len(unclear), "top1": sum(x["hit"] for x in clear) / len(clear),
               "top3": sum(bool(x["labels"] & set(x["classes"][:3])) for x in clear) / len(clear),
               "label_recall3": sum(len(x["labels"] & set(x["classes"][:3])) for x in clear) / sum(len(x["labels"]) for x in clear),
               "macro_f1": sum(f1) / len(f1), "auto_coverage": sum(x["auto"] for x in clear) / len(clear),
               "auto_on_unclear": sum(x["auto"] for x in unclear)}
    auto = [x["hit"] for x in clear if x["auto"]]
    figures["auto_precision"] = sum(auto) / len(auto) if auto else 0
    for precision in (0.90, 0.95, 0.97):  # every threshold, whatever it lets through
        shares = [0.0]
        for threshold in {x["score"] for x in items}:
            taken = [x["hit"] for x in items if x["score"] >= threshold]
            if sum(taken) >= precision * len(taken):
                shares.append(len(taken) / len(items))
        figures[f"coverage@{precision:.2f}"] = max(shares)
    figures["ece"] = 0
    for low in range(10):
        inside = [x for x in items if low <= x["score"] * 10 and (x["score"] * 10 < low + 1 or low == 9)]
        if inside:
            mean = sum(x["score"] for x in inside) / len(inside)
            figures["ece"] += abs(mean - sum(x["hit"] for x in inside) / len(inside)) * len(inside) / len(items)
    return figures


class Folder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def classes_file(self):
        path = self.folder / "classes.json"
        path.write_text(json.dumps({"classes": [{"id": name} for name in CLASSES]}))
        return path

    def evaluate(self, pack, gold, *args):
        code, out, err = run("eval", gold, "--pack", pack, "--classes", self.classes_file(), *args)
        self.assertEqual(code, 0, err)
        return out


class Eval(Folder):
    def test_figures_agree_with_a_second_reckoning(self):
        pack = write_pack(self.folder / "p")
        rows = gold_rows(600)
        gold = write_lines(self.folder / "gold.jsonl", rows)
        asked = "\n".join(json.dumps({"id": row["id"], "message": row["message"]}) for row in rows)
        _, out, _ = run("reply", "--jsonl", "--pack", pack, stdin=asked.encode())
        results = {row["id"]: row for row in map(json.loads, out.splitlines())}
        expected = expected_figures(rows, results)
        for figure in ("top1", "macro_f1", "coverage@0.90", "ece", "coverage@0.97", "auto_precision", "auto_on_unclear"):
            self.assertGreater(expected[figure], 0, figure)  # the case is no empty one
        found = json.loads(self.evaluate(pack, gold, "--json"))
        for figure, value in expected.items():
            self.assertAlmostEqual(found[figure], value, delta=1e-9, msg=figure)
        line = self.evaluate(pack, gold).splitlines()
        self.assertEqual(len(line), 1)
        shown = dict(part.split(" ") for part in line[0].split("  "))
        self.assertEqual(set(shown), set(expected))
        for figure, value in expected.items():
            self.assertEqual(shown[figure], str(value) if isinstance(value, int) else f"{value:.4f}", figure)

    def test_by_class_and_side_by_side(self):
        pack = write_pack(self.folder / "p")
        rows = gold_rows(60)
        gold = write_lines(self.folder / "gold.jsonl", rows)
        found = json.loads(self.evaluate(pack, gold, "--json", "--side-by-side"))
        self.assertEqual(sum(row["messages"] for row in found["classes"]), found["clear"])
        self.assertEqual(set(found["side_by_side"]), {"both", "phrases", "examples", "previous"})
        self.assertEqual(found["side_by_side"]["both"]["top1"], found["top1"])
        for what, left_out in (("phrases", "examples"), ("examples", "phrases")):
            alone = json.loads(self.evaluate(pack, gold, "--json", "--without", left_out))
            self.assertEqual(alone["ece"], found["side_by_side"][what]["ece"])
            self.assertNotEqual(alone["ece"], found["ece"])
        with_previous = json.loads(self.evaluate(pack, gold, "--json", "--previous"))
        self.assertEqual(with_previous["ece"], found["side_by_side"]["previous"]["ece"])
        self.assertNotEqual(with_previous["ece"], found["ece"])
        out = self.evaluate(pack, gold, "--by-class", "--side-by-side")
        self.assertEqual(len(out.splitlines()), 4 + len(found["classes"]))
        # Without the line before in the gold there is nothing to set beside.
        for row in rows:
            row.pop("previous", None)
        found = json.loads(self.evaluate(pack, write_lines(gold, rows), "--json", "--side-by-side"))
        self.assertNotIn("previous", found["side_by_side"])

    def test_classes_come_from_the_labels_when_none_are_given(self):
        pack = write_pack(self.folder / "p")
        gold = write_lines(self.folder / "g.jsonl", [{"id": 1, "message": "你好", "labels": ["greet"]}])
        code, out, err = run("eval", gold, "--pack", pack)
        self.assertEqual(code, 0, err)
        self.assertIn("top1 1.0000", out)

    def test_intents_outside_the_labels_count_as_wrong(self):
        pack = write_pack(self.folder / "p")
        rows = [{"id": 1, "message": "你好", "labels": ["greet"]}, {"id": 2, "message": "多少钱", "labels": ["greet"]},
                {"id": 3, "message": "退款", "labels": ["unclear"]}]
        gold, page = write_lines(self.folder / "g.jsonl", rows), self.folder / "page.html"
        code, out, err = run("eval", gold, "--pack", pack, "--side-by-side", "--by-class", "--html", page)
        self.assertEqual(code, 0, err)
        self.assertIn("both: clear 2  unclear 1  top1 0.5000  top3 0.5000", out)
        self.assertEqual(err.count("intent-without-label"), 1)
        self.assertIn("after.refund, price.ask", err)
        root = xml.etree.ElementTree.fromstring(page.read_text(encoding="utf-8"))
        wrong = ["".join(each.itertext()) for each in root.iter("article")]
        self.assertEqual((len(wrong), "price.ask" in wrong[0]), (1, True))

    def test_intents_of_no_class_are_an_error_where_all_classes_are_given(self):
        pack = write_pack(self.folder / "p")
        gold = write_lines(self.folder / "g.jsonl", [{"id": 1, "message": "你好,多少钱", "labels": ["greet"]}])
        classes = self.folder / "classes.json"
        classes.write_text('{"classes": [{"id": "greet"}]}')
        code, out, err = run("eval", gold, "--pack", pack, "--classes", classes)
        self.assertEqual((code, out), (1, ""))
        self.assertIn("intent-without-class", err)
        self.assertIn("price.ask", err)

    def test_bad_lines_and_files_are_named(self):
        pack = write_pack(self.folder / "p")
        gold = self.folder / "g.jsonl"
        gold.write_text('{"id": 1, "message": "a", "labels": ["greet"]}\n{"id": 2}\n{"id": 1, "message": "b", "labels": ["nonsense"]}\n')
        code, out, err = run("eval", gold, "--pack", pack, "--classes", self.classes_file())
        self.assertEqual((code, out), (1, ""))
        self.assertIn(f"{gold}:2: error", err)
        self.assertIn(f"{gold}:3: error", err)
        for args in ((self.folder / "none.jsonl",), (self.folder,), (gold, "--classes", self.folder / "none.json"),
                     (gold, "--pack", "/nonexistent/pack"), (gold, "--facts", "/nonexistent/facts.json")):
            code, out, err = run("eval", *args)
            self.assertEqual((code, out), (1, ""), args)
            self.assertTrue(err, args)
        long = write_lines(self.folder / "long.jsonl", [{"id": 1, "message": "好" * 70_000, "labels": ["greet"]}])
        code, _, err = run("eval", long, "--pack", pack)
        self.assertEqual(code, 1)
        self.assertIn("message-too-long", err)

    def test_wrong_usage(self):
        for args in ([], ["x", "--without", "replies"], ["x", "--previous", "--side-by-side"], ["x", "--without", "examples", "--side-by-side"]):
            self.assertEqual(run("eval", *args)[0], 2, args)


class Page(Folder):
    def page(self, rows, *args, title="t"):
        pack = write_pack(self.folder / f"p{len(list(self.folder.iterdir()))}", title=title)
        path = self.folder / "page.html"
        self.evaluate(pack, write_lines(self.folder / "gold.jsonl", rows), "--html", path, *args)
        return path.read_text(encoding="utf-8")

    def test_is_well_formed_and_loads_nothing(self):
        for language, words in (("zh", ("校准", "混淆矩阵", "答错的消息")), ("en", ("Calibration", "Confusion matrix", "Wrong answers"))):
            html = self.page(gold_rows(80), "--lang", language, "--side-by-side")
            root = xml.etree.ElementTree.fromstring(html)
            for word in words:
                self.assertIn(word, html)
            self.assertEqual(len(root.findall(".//{http://www.w3.org/2000/svg}svg")), 2)
            ids = [each.get("id") for each in root.iter() if each.get("id")]
            self.assertEqual(len(ids), len(set(ids)))
            for each in root.iter():
                for name, value in each.attrib.items():
                    if name.split("}")[-1] in ("src", "href", "action", "data", "srcset"):
                        self.assertTrue(value.startswith("#"), (name, value))
            self.assertEqual(set(re.findall(r"\w+://[^\"' <]*", html)), {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"})
            self.assertNotIn("url(http", html)
            self.assertIn("default-src 'none'", html)

    def test_shows_each_wrong_answer_with_its_trace(self):
        html = self.page([{"id": "w1", "message": "多少钱", "labels": ["gift"]}, {"id": "ok", "message": "你好", "labels": ["greet"]},
                          {"id": "w2", "message": "毛巾多少钱", "labels": ["ship", "gift"]}, {"id": "u", "message": "多少钱", "labels": ["unclear"]}])
        root = xml.etree.ElementTree.fromstring(html)
        wrong = ["".join(each.itertext()) for each in root.iter("article")]
        self.assertEqual(len(wrong), 2)
        for word in ("w1", "price.ask", "gift", "phrase 多少钱"):
            self.assertIn(word, wrong[0])
        for word in ("w2", "What the right class lacked", "phrase (纸巾|毛巾)…(一盒|一包) ← 「毛巾」", "lacks one of 一包|一盒"):
            self.assertIn(word, wrong[1])

    def test_hostile_texts_stay_text(self):
        evil = '</article><script>alert(1)</script><img src="http://x.example/a" onerror=\'x\'>&amp;\u202e\u0007'
        html = self.page([{"id": evil, "message": evil + "多少钱", "labels": ["greet"]}], title="<script>t</script>")
        root = xml.etree.ElementTree.fromstring(html)
        self.assertEqual(len(list(root.iter("script"))), 1)
        self.assertEqual(list(root.iter("img")), [])
        self.assertEqual(len(list(root.iter("article"))), 1)
        self.assertIn("</article><script>alert(1)", "".join(next(root.iter("article")).itertext()))

    def test_names_the_package_when_gnuplot_is_missing(self):
        pack = write_pack(self.folder / "p")
        gold = write_lines(self.folder / "g.jsonl", [{"id": 1, "message": "你好", "labels": ["greet"]}])
        page = self.folder / "page.html"
        code, out, err = run("eval", gold, "--pack", pack, "--html", page, env={"PATH": str(self.folder)})
        self.assertEqual(code, 1)
        self.assertIn("gnuplot-nox", err)
        self.assertIn("top1", out)  # the figures need no plots
        self.assertFalse(page.exists())

    def test_an_unwritable_page_is_an_error(self):
        pack = write_pack(self.folder / "p")
        gold = write_lines(self.folder / "g.jsonl", [{"id": 1, "message": "你好", "labels": ["greet"]}])
        code, _, err = run("eval", gold, "--pack", pack, "--html", self.folder / "none/page.html")
        self.assertEqual(code, 1)
        self.assertIn("cannot-write", err)


class Diff(Folder):
    def setUp(self):
        super().setUp()
        self.old = write_pack(self.folder / "old")
        rows = [{"id": i, "message": m, "session": s} for i, (m, s) in
                enumerate([("你好", "a"), ("几天到", "a"), ("赠品", "b"), ("退款", "a"), ("多少钱", "")])]
        self.log = write_lines(self.folder / "log.jsonl", [*rows, {"observe": "我来看看", "session": "a"}, {"event": "order_paid", "session": "b"}])

    def test_equal_packs_do_not_differ(self):
        code, out, err = run("diff", self.old, self.old, self.log)
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out, "6 messages, 0 changed: intent 0, reply 0, decision 0\n")

    def test_finds_exactly_the_planted_change(self):
        new = write_pack(self.folder / "new", gift_ask=["小礼物"], ship_time=["几天到", "赠品"])
        code, out, err = run("diff", self.old, new, self.log, "--json")
        self.assertEqual((code, err), (1, ""))
        found = json.loads(out)
        self.assertEqual([change["line"] for change in found["changes"]], [3])
        change = found["changes"][0]
        self.assertEqual((change["id"], change["session"], change["message"]), (2, "b", "赠品"))
        self.assertIn("intent", change["changed"])
        self.assertEqual((change["old"]["intent"], change["new"]["intent"]), ("gift.ask", "ship.time"))
        for side in ("old", "new"):
            why = change[side]["why"][0]
            self.assertEqual((why["kind"], why["rule"], why["words"]), ("phrase", "赠品", "赠品"))
            self.assertGreater(why["points"], 0)
        self.assertEqual(change["new"]["reply"], "我帮您看看几天到的事呢")
        self.assertEqual(found["summary"], {"compared": 6, "told": 1, "unreadable": 0, "changed": 1, "intent": 1, "reply": 1,
                                            "decision": found["summary"]["decision"], "sessions_forgotten": 0,
                                            "transitions": [{"old": "gift.ask", "new": "ship.time", "count": 1}]})
        code, out, _ = run("diff", self.old, new, self.log, "--lang", "zh")
        self.assertEqual(code, 1)
        for line in ("第 3 行 2 [b]: 赠品", "- gift.ask", "+ ship.time", "phrase: 赠品 ← 「赠品」", "6 条消息, 1 条有变化", "1\tgift.ask → ship.time"):
            self.assertIn(line, out)

    def test_reads_stdin_and_facts(self):
        code, out, _ = run("diff", self.old, self.old, "-", "--facts", ROOT / "examples/facts/tea-shop.json", stdin=self.log.read_bytes())
        self.assertEqual(code, 0)
        self.assertIn("6 messages", out)

    def test_trouble(self):
        for args in (("/nonexistent", self.old, self.log), (self.old, "/nonexistent", self.log), (self.old, self.old, "/nonexistent"),
                     (self.old, self.old, self.folder), (self.old, self.old, self.log, "--facts", "/nonexistent")):
            code, out, err = run("diff", *args)
            self.assertEqual((code, out), (2, ""), args)
            self.assertTrue(err, args)
        self.assertEqual(run("diff", self.old, self.old)[0], 2)
        self.log.write_bytes(b'{oops\n{"message": "\xff"}\n' + b'{"message": "' + b"x" * (3 << 20) + b'"}\n' + self.log.read_bytes())
        code, out, err = run("diff", self.old, self.old, self.log)
        self.assertEqual(code, 2)
        for line in (1, 2, 3):
            self.assertIn(f"{self.log}:{line}:", err)
        self.assertIn("6 messages, 0 changed", out)
        self.assertIn("3 lines could not be read", out)

    def test_hostile_messages_do_not_reach_the_terminal_raw(self):
        new = write_pack(self.folder / "new", gift_ask=["小礼物"], ship_time=["几天到", "赠品"])
        write_lines(self.log, [{"message": "赠品\x1b[2J", "session": "\x1b[31m"}])
        code, out, _ = run("diff", self.old, new, self.log)
        self.assertEqual(code, 1)
        self.assertNotIn("\x1b", out)


class Help(unittest.TestCase):
    def test_of_both_commands_and_the_exit_codes(self):
        for command in ("eval", "diff"):
            code, out, _ = run(command, "--help")
            self.assertEqual(code, 0)
            self.assertIn("--json", out)
        self.assertIn("0 nothing changed; 1 changes; 2 trouble", run("--help")[1])
        self.assertIn("0 nothing changed; 1 changes; 2 trouble", run("diff", "--help")[1])


if __name__ == "__main__":
    PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=1)
