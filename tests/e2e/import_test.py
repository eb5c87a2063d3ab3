#!/usr/bin/env python3
"""`xiaoer new` and `xiaoer import` as shops use them. usage: import_test.py PROGRAM PROJECT_ROOT [unittest arguments]"""
import collections
import csv
import io
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

PROGRAM, ROOT = "", pathlib.Path()


def base():
    """What is placed where is told of this small pack, which stays as it is; the default pack grows."""
    return ROOT / "tests/packs/import-base"


QIANNIU = ("快捷短语编码", "快捷短语", "快捷短语分组")
PHRASES = [
    ("问候语", "您好,欢迎来到小店,请问想看哪一款呢"),
    ("问候语", "在的在的,有什么想了解的直接说就好"),
    ("发货", "付款以后仓库会按顺序打包发出,有动态会同步到订单里"),
    ("快递", "默认走圆通,镇上不到的话可以换邮政,下单时留言就行"),
    ("运费", "多数地方都包邮,特别远的地区要补一点运费,下单页会显示"),
    ("物流查询", "包裹走到哪里可以在订单里点物流查看,卡住了我帮您问快递"),
    ("催发货", "让您久等了,我这就去催仓库,帮您盯着尽快出库"),
    ("优惠券", "首页可以领优惠券,领好以后付款时会自动抵扣"),
    ("赠品", "小赠品是随机放的,会和商品一起寄给您"),
    ("退换货", "不喜欢可以申请退货,吊牌包装都在、没有使用过就行"),
    ("退货运费", "不是质量问题的话退货运费要您承担,买了运费险的会赔给您"),
    ("退款", "退款会原路退回您付款的账户,到账快慢看银行"),
    ("破损", "收到碎了真不好意思,麻烦拍张照片给我,我来帮您处理"),
    ("漏发", "少发了东西很抱歉,拍一下收到的全部商品,核对后给您补寄"),
    ("发票", "可以开电子发票,把抬头和税号发给我就行"),
    ("改地址", "还没发出的话可以改地址,把新的收件信息完整发一遍给我"),
    ("取消订单", "没付款的订单您自己就能取消,付过款的我来帮您看"),
    ("尺码", "把身高体重告诉我,我照着尺码表给您推荐"),
    ("材质", "面料是纯棉的,摸起来软软的,贴身穿也舒服"),
    ("正品", "都是品牌授权的正品,支持专柜验货"),
    ("包装", "外面是加厚纸箱,里面裹了气泡膜,路上不容易磕碰"),
    ("库存", "页面能拍下的款式都有货,喜欢哪个颜色直接选"),
    ("补货", "这款正在补货,到了我在这里通知您"),
    ("安装", "包裹里有说明书,照着安装步骤来,不会的话我发视频给您"),
    ("结束语", "感谢光临小店,祝您生活愉快,再见"),
]


def run(*args, env=None):
    done = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, timeout=120,
                          env={**os.environ, "LC_ALL": "zh_CN.UTF-8", **(env or {})})
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def check(pack):
    """What `check` finds in the pack itself: not in the pack below, nor of the shop's own way to say 亲."""
    _, out, err = run("check", pack, "--search-path", base().parent, "--json")
    found = json.loads(out)["diagnostics"]
    return [d for d in found if not d["file"].startswith(("zh-CN/", "import-base/")) and d["code"] != "address-outside-convention"]


def csv_bytes(rows, encoding="utf-8", **options):
    text = io.StringIO(newline="")
    csv.writer(text, **options).writerows(rows)
    return text.getvalue().encode(encoding)


def unescape(text):
    out, letters = "", iter(text)
    for c in letters:
        out += {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}[next(letters)] if c == "\\" else c
    return out


def report(pack):
    text = (pack / "import-report.tsv").read_bytes().decode("utf-8-sig")
    rows = [[unescape(cell) for cell in line.split("\t")] for line in text.split("\n")[1:] if line]
    return [dict(zip(("line", "outcome", "codes", "reason", "intent", "sure", "code", "group", "text"), r)) for r in rows]


def workbook(rows, shared=True, part="worksheets/sheet1.xml"):
    """A small xlsx by hand; `part` is where the sheet lies below xl/."""
    escape = lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    column = lambda i: chr(ord("A") + i)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings, lines = [], []
    for r, row in enumerate(rows, 1):
        cells = ""
        for i, text in enumerate(row):
            if text == "":
                continue
            if shared:
                cells += f'<c r="{column(i)}{r}" t="s"><v>{len(strings)}</v></c>'
                strings.append(text)
            else:
                cells += f'<c r="{column(i)}{r}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        lines.append(f'<row r="{r}">{cells}</row>')
    # Every other string in two runs with a reading, as spreadsheets write them.
    items = "".join(f"<si><t>{escape(s)}</t></si>" if i % 2 else
                    f'<si><r><t>{escape(s[:1])}</t></r><r><t xml:space="preserve">{escape(s[1:])}</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
                    for i, s in enumerate(strings))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                                         '<sheets><sheet name="短语" sheetId="1" r:id="rId7"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships><Relationship Id="rId7" Target="{part}"/></Relationships>')
        if shared:
            book.writestr("xl/sharedStrings.xml", f"<sst {main}>{items}</sst>")
        book.writestr("xl/" + part, f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>")
    return out.getvalue()


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def do_import(self, data, *args, name="phrases.csv", on=None):
        """Imports `data` and holds what must hold of every import: no row is lost, the pack is clean."""
        source = self.folder / name
        source.write_bytes(data)
        pack = self.folder / f"pack{len(list(self.folder.iterdir()))}"
        code, out, err = run("import", source, "-o", pack, "--json", "--pack", on or base(), *args)
        self.assertEqual(code, 0, err)
        found = json.loads(out)
        self.assertEqual(found["rows"], found["placed"] + found["merged"] + found["reported"])
        rows = report(pack)
        self.assertEqual(len(rows), found["rows"])
        outcomes = collections.Counter(r["outcome"] for r in rows)
        self.assertEqual(outcomes, collections.Counter({k: n for k, n in (
            ("已放入", found["placed"]), ("已合并", found["merged"]), ("未放入", found["reported"])) if n}))
        for row in rows:
            if row["outcome"] != "已放入":
                self.assertTrue(row["codes"] and row["reason"], row)
        if found["placed"]:
            self.assertEqual(check(pack), [])
        else:  # no pack, which would stand in the way of another try
            self.assertEqual([p.name for p in pack.iterdir()], ["import-report.tsv"])
        return found, rows, pack

    def refuse(self, data, word, *args, name="phrases.csv", code=1):
        source = self.folder / name
        source.write_bytes(data)
        pack = self.folder / "refused"
        started = time.monotonic()
        got, out, err = run("import", source, "-o", pack, "--pack", base(), *args)
        self.assertEqual(got, code, (out, err))
        self.assertIn(word, err)
        self.assertFalse(pack.exists())
        return time.monotonic() - started


class New(Folder):
    @unittest.skipIf("XIAOER_SANITIZED" in os.environ, "compiles the default pack six times")
    def test_the_skeleton_is_clean_and_commented(self):
        pack = self.folder / "云上 茶铺"
        code, out, err = run("new", pack, "--title", '云上"茶铺"')
        self.assertEqual(code, 0, err)
        for command in ("xiaoer check", "xiaoer test", "xiaoer try"):
            line = next(line for line in out.splitlines() if command in line)
            args = shlex.split(line)[1:]
            self.assertIn(str(pack), args)
            self.assertIn(run(*args)[0], (0, 1) if command != "xiaoer try" else (0,))
        self.assertEqual(check(pack), [])
        for file in pack.rglob("*"):
            if file.is_file():
                text = file.read_text(encoding="utf-8")
                self.assertRegex(text, r"(//|<!--) ?[^\n]*[一-鿿]", file)
                self.assertNotRegex(text, "@[A-Z_]+@")
        _, out, err = run("test", pack)
        self.assertNotIn("shop.name.story", out + err)
        _, out, _ = run("try", "店名怎么来的", "--pack", pack, "--facts", pack / "facts-example.jsonc")
        self.assertIn("老槐树", out)

    def test_an_empty_folder_will_do(self):
        (self.folder / "shop").mkdir()
        self.assertEqual(run("new", self.folder / "shop")[0], 0)
        self.assertTrue((self.folder / "shop/README.md").exists())

    def test_refuses_what_is_not_empty_and_leaves_it_alone(self):
        (self.folder / "mine.txt").write_text("x")
        code, _, err = run("new", self.folder)
        self.assertEqual(code, 1)
        self.assertIn("folder-not-empty", err)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["mine.txt"])
        code, _, err = run("new", self.folder / "mine.txt", env={"LC_ALL": "en_US.UTF-8"})
        self.assertEqual(code, 1)
        self.assertIn("is not a folder", err)

    def test_extends(self):
        base = self.folder / "packs/vendor"
        base.mkdir(parents=True)
        (base / "pack.json").write_text('{"format": 1, "id": "vendor", "version": "2.3.1"}')
        pack = self.folder / "vendor"  # a pack must not stand on itself
        code, out, err = run("new", pack, "--extends", "vendor", "--search-path", self.folder / "packs")
        self.assertEqual(code, 0, err)
        text = (pack / "pack.json").read_text(encoding="utf-8")
        self.assertIn('"extends": {"id": "vendor", "version": ">=2.3 <3"}', text)
        self.assertEqual(run("check", pack, "--search-path", self.folder / "packs")[0], 0)
        self.assertEqual(run("test", pack, "--search-path", self.folder / "packs")[0], 0)
        for wrong in ("nobody", "../packs/vendor", ""):
            code, _, err = run("new", self.folder / "other", "--extends", wrong, "--search-path", self.folder / "packs")
            self.assertEqual(code, 1)
            self.assertIn("extends-not-found", err)
        self.assertFalse((self.folder / "other").exists())


class Import(Folder):
    def test_three_hundred_qianniu_phrases_in_gb18030(self):
        rows, expected = [], 0
        while len(rows) < 300:
            i = len(rows)
            group, text = PHRASES[i % len(PHRASES)]
            style = i // len(PHRASES)
            text = [text, text, text + "哦", "亲," + text, text.replace(",", "\n"), f"“{text}”", text + "!!",
                    text.replace(",", ",\"划重点\",", 1), f"第{style}批,{text}" if i % 2 else f"满{i}元减{style}元,{text}",
                    text + "/:^_^", "{买家昵称}" + text, text + f"%s"][style]
            rows.append((f"k{i:03}", text, group))
        found, got, _ = self.do_import(csv_bytes([QIANNIU] + rows, "gb18030"))
        self.assertEqual((found["format"], found["encoding"], found["rows"]), ("qianniu", "GB18030", 300))
        # Not a character of what came in is gone.
        self.assertEqual([(r["code"], r["text"], r["group"]) for r in got], rows)
        self.assertGreaterEqual(found["merged"], 5 * len(PHRASES))
        self.assertGreaterEqual(found["placed"], 25)
        self.assertGreaterEqual(found["reasons"]["import-unknown-placeholder"], 20)
        self.assertGreaterEqual(found["reasons"]["literal-claim"], 5)

    def test_the_default_pack_places_what_is_clear(self):
        rows = [(f"k{i}", text, group) for i, (group, text) in enumerate(PHRASES)]
        found, got, _ = self.do_import(csv_bytes([QIANNIU] + rows), on=ROOT / "rules/zh-CN")
        self.assertGreaterEqual(found["placed"] * 2, len(rows), [(r["sure"], r["intent"], r["text"]) for r in got])

    def test_placed_phrases_are_tried_first_and_say_where_they_came_from(self):
        found, rows, pack = self.do_import(csv_bytes([QIANNIU, ("fp1", "可以开电子发票,抬头税号发来就好", "发票"),
                                                      ("fp2", "发票随时能补开,把抬头税号留下就行", "发票")]))
        self.assertEqual(found["intents"], {"invoice.ask": 2})
        text = (pack / "intents/invoice.json").read_text(encoding="utf-8")
        self.assertIn("第 2 行 · 编码 fp1 · 分组 发票", text)
        self.assertLess(text.index(f"{pack.name}.invoice.ask"), text.index('"invoice.ask.plain"'))
        _, out, _ = run("try", "能开发票吗", "--pack", pack, "--search-path", base().parent)
        self.assertIn("抬头税号", out)

    def test_encodings(self):
        rows = [QIANNIU, ("a", "可以开电子发票,抬头税号发来就好", "发票"), ("b", "收到碎了麻烦拍张照片,我来处理㐀𠮷", "破损")]
        for encoding, name, args in (("utf-8", "UTF-8", []), ("utf-8-sig", "UTF-8", []), ("gb18030", "GB18030", []),
                                     ("gb18030", "GB18030", ["--encoding", "gb18030"]), ("utf-16", "UTF-16LE", []),
                                     ("utf-16-le", "UTF-16LE", ["--encoding", "utf-16"])):
            found, got, _ = self.do_import(csv_bytes(rows, encoding), *args)
            self.assertEqual(found["encoding"], name)
            self.assertEqual([r["text"] for r in got], [rows[1][1], rows[2][1]])
        found, got, _ = self.do_import(b"\xfe\xff" + csv_bytes(rows, "utf-16-be"))
        self.assertEqual((found["encoding"], len(got)), ("UTF-16BE", 2))
        self.refuse(csv_bytes(rows, "gb18030"), "import-encoding", "--encoding", "utf-8")
        self.refuse(csv_bytes(rows, "utf-16-le"), "import-encoding")

    def test_chatwoot_tsv_and_columns_by_name_or_number(self):
        found, rows, _ = self.do_import(csv_bytes([("short_code", "content"), ("refund", "退款会原路退回您付款的账户, {{contact.name}}")]))
        self.assertEqual(found["format"], "chatwoot")
        self.assertIn("import-placeholder", rows[0]["codes"])
        table = [("序号", "说的话", "哪一类", "备用"), ("1", "可以开电子发票,把抬头和税号发给我就行", "发票", "x")]
        data = csv_bytes(table, delimiter="\t")
        self.refuse(data, "import-no-columns", name="p.tsv")
        found, rows, _ = self.do_import(data, "--map", "code=序号,text=说的话,group=哪一类", name="p.tsv")
        self.assertEqual((found["format"], found["unused_columns"], found["rows"]), ("tsv", ["备用"], 1))
        self.assertEqual((rows[0]["code"], rows[0]["group"], rows[0]["intent"]), ("1", "发票", "invoice.ask"))
        found, rows, _ = self.do_import(data, "--map", "text=2,group=3", "--format", "tsv")
        self.assertEqual([r["text"] for r in rows], ["说的话", table[1][1]])
        self.refuse(data, "import-bad-map", "--map", "text=没有的列", name="p.tsv")
        self.refuse(data, "一共 4 列", "--map", "text=9", name="p.tsv")
        self.refuse(b"a\nb,c\n", "一共 2 列", "--map", "text=3")
        for wrong in ("text", "code=1", "text=a,text=b", "words=a"):
            self.refuse(data, "--map", "--map", wrong, name="p.tsv", code=2)
        self.refuse(data, "import-no-columns", "--format", "qianniu", name="p.tsv")

    def test_xlsx(self):
        rows = [QIANNIU, ("a", "可以开电子发票,\n把抬头和税号<发>给我就行", "发票"), ("", "面料是纯棉的,贴身穿也舒服", "")]
        for book in (workbook(rows), workbook(rows, shared=False), workbook(rows, part="sheets/first.xml")):
            found, got, _ = self.do_import(book, name="p.xlsx")
            self.assertEqual((found["format"], found["rows"]), ("xlsx", 2))
            self.assertEqual([(r["code"], r["text"], r["group"]) for r in got], rows[1:])
            self.assertEqual([r["line"] for r in got], ["2", "3"])

    def test_a_formula_without_a_value_is_not_lost(self):
        book, out = zipfile.ZipFile(io.BytesIO(workbook([QIANNIU]))), io.BytesIO()
        with zipfile.ZipFile(out, "w") as changed:
            for name in book.namelist():
                changed.writestr(name, book.read(name).decode().replace("</sheetData>", '<row r="5"><c r="B5"><f>A1&amp;"x"</f></c></row></sheetData>'))
        _, rows, _ = self.do_import(out.getvalue(), name="p.xlsx")
        self.assertEqual([(r["line"], r["text"]) for r in rows], [("5", '=A1&"x"')])

    def test_the_other_sheets_are_named(self):
        book, out = zipfile.ZipFile(io.BytesIO(workbook([QIANNIU, ("a", "可以开电子发票", "发票")]))), io.BytesIO()
        with zipfile.ZipFile(out, "w") as both:
            for name in book.namelist():
                text = book.read(name).decode()
                text = text.replace("</sheets>", '<sheet name="旧的" sheetId="2" r:id="rId8"/></sheets>')
                text = text.replace("</Relationships>", '<Relationship Id="rId8" Target="/xl/worksheets/two.xml"/></Relationships>')
                both.writestr(name, text)
            both.writestr("xl/worksheets/two.xml", '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>另一张</x:v></x:c></x:row></x:sheetData></x:worksheet>')
        found, _, _ = self.do_import(out.getvalue(), name="p.xlsx")
        self.assertEqual((found["unread_sheets"], found["rows"]), (["旧的"], 1))

    def test_rows_that_are_none(self):
        text = ('快捷短语编码,快捷短语,快捷短语分组\r\n\r\na,可以开电子发票,发票,还有一列\r\nb\r\n"c","说""引号""的话",常用\r\n'
                'd,中间有"引号"的话,常用\r\ne,"没有关上的引号,发票\r\nf,可以开电子发票把抬头和税号发给我,发票\r\n,,\r\n')
        found, rows, _ = self.do_import(text.encode())
        by_line = {int(r["line"]): r for r in rows}
        self.assertEqual(sorted(by_line), [3, 4, 5, 6, 7, 8, 9])
        self.assertEqual(by_line[3]["codes"], "import-ragged-row")
        self.assertIn("还有一列", by_line[3]["text"])
        self.assertEqual((by_line[4]["codes"], by_line[4]["code"]), ("import-no-text", "b"))
        self.assertEqual(by_line[5]["text"], '说"引号"的话')
        self.assertEqual(by_line[6]["text"], '中间有"引号"的话')
        self.assertEqual((by_line[7]["codes"], by_line[7]["text"]), ("import-unclosed-quote", 'e,"没有关上的引号,发票'))
        self.assertEqual(by_line[8]["intent"], "invoice.ask")
        self.assertEqual(by_line[9]["codes"], "import-no-text")

    def test_what_must_not_be_said_is_reported_not_placed(self):
        rows = [QIANNIU, ("a", "全网最低价,放心拍", "价格"), ("b", "加微信给您看实物", "其他"), ("c", "付款后48小时内发出", "发货"),
                ("d", "库存只剩5件,再不买就没了", "催付"), ("e", "保证明天到", "物流"), ("f", "{神秘变量}给您", "其他")]
        found, got, pack = self.do_import(csv_bytes(rows))
        self.assertEqual(found["placed"], 0)
        for row, code in zip(got, ("compliance-violation", "compliance-violation", "literal-claim", "", "", "import-unknown-placeholder")):
            self.assertIn(code, row["codes"])
        code, out, _ = run("import", self.folder / "phrases.csv", "-o", self.folder / "again", "--pack", base())
        self.assertEqual(code, 0)
        self.assertIn("违规", out)
        self.assertIn("加微信", out)
        self.assertIn("6 行 = 放入 0", out)

    def test_an_address_at_the_start_is_one_that_the_voice_can_change(self):
        texts = ["亲,可以开电子发票,把抬头和税号发给我就行", "亲 {买家昵称} 您的发票随时能补开,把抬头税号留下就行", "发票跟着包裹走,抬头有错我给{买家昵称}重开"]
        found, rows, pack = self.do_import(csv_bytes([QIANNIU] + [(f"a{i}", t, "发票") for i, t in enumerate(texts)]))
        self.assertEqual(found["placed"], 3)
        self.assertEqual([r["codes"] for r in rows], ["import-address", "import-address", "import-placeholder"])
        _, out, _ = run("check", pack, "--search-path", base().parent, "--json")
        self.assertNotIn("address-outside-convention", out)
        text = (pack / "intents/invoice.json").read_text(encoding="utf-8")
        for written in ("{{昵称|亲}},可以开", "{{昵称|亲}}，您的发票", "我给{{昵称}}重开"):
            self.assertIn(written, text)
        said = "".join(run("try", "能开发票吗", "--pack", pack, "--search-path", base().parent, "--seed", seed)[1] for seed in range(8))
        self.assertIn("1. 亲，您的发票", said)
        self.assertNotIn("重开", said)  # it steps aside

    def test_where_nothing_was_placed_another_try_is_free(self):
        (self.folder / "p.csv").write_bytes(csv_bytes([("a", "可以开电子发票,把抬头和税号发给我就行")]))
        pack = self.folder / "pack"
        args = ("import", self.folder / "p.csv", "-o", pack, "--pack", base(), "--map")
        code, out, err = run(*args, "text=1")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("放入 0", out)
        self.assertIn("import-report.tsv", out)
        self.assertNotIn("xiaoer try", out)
        code, out, err = run(*args, "text=2")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("放入 1", out)
        self.assertEqual(check(pack), [])
        code, _, err = run(*args, "text=2")
        self.assertEqual((code, "folder-not-empty" in err), (1, True))

    def test_braces_backslashes_and_marks_of_json_survive(self):
        texts = ['可以开电子发票 \\ 抬头|税号 "发" 给我 </script>', "可以开发票 } 把抬头发我哈", "发票\u2028抬头 // 税号 /* 留下 */"]
        found, rows, pack = self.do_import(csv_bytes([QIANNIU] + [(f"a//\n{i}", t, "发票") for i, t in enumerate(texts)]))
        self.assertEqual([r["text"] for r in rows], texts)
        self.assertEqual(found["placed"], 3, rows)

    def test_an_import_on_top_of_an_import_keeps_both(self):
        row = ("a", "可以开电子发票,把抬头和税号发给我就行", "发票")
        _, _, first = self.do_import(csv_bytes([QIANNIU, row]))
        second = self.folder / "second"
        (self.folder / "p.csv").write_bytes(csv_bytes([QIANNIU, ("b", "发票跟着包裹走,抬头写错了可以重开", "发票")]))
        code, out, err = run("import", self.folder / "p.csv", "-o", second, "--pack", first,
                             "--search-path", base().parent, env={"LC_ALL": "en_US.UTF-8"})
        self.assertEqual(code, 0, err)
        self.assertIn("1 rows = placed 1 + merged 0 + reported 0", out)
        check_line = next(line for line in out.splitlines() if "xiaoer check" in line)
        _, out, _ = run(*shlex.split(check_line)[1:], "--json")
        self.assertEqual([d for d in json.loads(out)["diagnostics"] if not d["file"].startswith("import-base/")], [])
        text = (second / "intents/invoice.json").read_text(encoding="utf-8")
        self.assertIn('"second.invoice.ask"', text)
        self.assertIn(f'"{first.name}.invoice.ask"', text)
        self.assertTrue((second / "import-report.tsv").read_bytes().decode("utf-8-sig").startswith("line\toutcome\tcodes"))

    def test_refuses_a_folder_with_something_in_it(self):
        (self.folder / "p.csv").write_bytes(csv_bytes([QIANNIU, ("a", "好的", "")]))
        code, _, err = run("import", self.folder / "p.csv", "-o", self.folder)
        self.assertEqual(code, 1)
        self.assertIn("folder-not-empty", err)
        code, _, err = run("import", self.folder / "none.csv", "-o", self.folder / "x")
        self.assertEqual((code, "cannot-read" in err), (1, True))
        self.assertEqual(run("import", self.folder / "p.csv")[0], 2)
        self.assertEqual(run("import", self.folder / "p.csv", "-o", self.folder / "x", "--format", "pdf")[0], 2)


class Hostile(Folder):
    def test_binary_and_empty(self):
        self.refuse(bytes(range(256)) * 64, "import-")
        self.refuse(b"\x7fELF" + b"\0" * 4096, "import-binary")
        self.refuse(b"", "import-no-rows")
        self.refuse(b"\xef\xbb\xbf\r\n\r\n", "import-no-rows")
        self.refuse(csv_bytes([QIANNIU]), "import-no-rows")

    def test_one_line_of_ten_megabytes(self):
        line = "快捷短语编码,快捷短语,快捷短语分组\na," + "好" * (10 << 20 >> 2) + ",x\n"
        found, rows, _ = self.do_import(line.encode())
        self.assertEqual(rows[0]["codes"], "template-too-long")
        self.assertEqual(len(rows[0]["text"]), 10 << 20 >> 2)
        self.assertLess(self.refuse(("," * (10 << 20)).encode(), "import-no-columns"), 20)

    def test_quotes_that_never_close_stay_linear(self):
        head = ",".join(QIANNIU) + "\n"
        for line in ('a,"b,c\n', '"\n', 'a,"b"c,d\n', '","\n'):
            data = head + line * (40_000 if len(line) > 2 else 49_999)
            started = time.monotonic()
            found, _, _ = self.do_import(data.encode())
            self.assertLess(time.monotonic() - started, 60)
        self.refuse((head + "a,b,c\n" * 60_000).encode(), "import-too-large")

    def test_workbooks_that_lie(self):
        self.refuse(b"PK\x03\x04 not a zip", "import-bad-xlsx")
        self.refuse(workbook([QIANNIU, ("a", "b", "c")])[:-30], "import-bad-xlsx")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("readme.txt", "no workbook")
        self.refuse(out.getvalue(), "import-bad-xlsx")
        self.refuse(b"<xml/>", "import-bad-xlsx", "--format", "xlsx")

    def test_a_zip_bomb_is_not_unpacked(self):
        good = workbook([QIANNIU, ("a", "b", "c")])
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
            for name in book.namelist():
                with bomb.open(name, "w", force_zip64=True) as part:
                    if name == "xl/sharedStrings.xml":
                        part.write(b"<sst><si><t>")
                        for _ in range(256):
                            part.write(b"A" * (1 << 20))
                        part.write(b"</t></si></sst>")
                    else:
                        part.write(book.read(name))
        self.assertLess(self.refuse(out.getvalue(), "import-too-large"), 20)

    def test_one_string_in_a_million_cells_is_bounded(self):
        rows = "".join(f'<row><c t="s"><v>0</v></c><c r="ZZZ1" t="s"><v>0</v></c></row>' for _ in range(40_000))
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook([QIANNIU]))) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
            for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
                bomb.writestr(name, book.read(name))
            bomb.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'A' * 100_000}</t></si></sst>")
            bomb.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
        self.assertLess(self.refuse(out.getvalue(), "import-too-large"), 20)


if __name__ == "__main__":
    PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
