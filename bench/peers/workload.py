#!/usr/bin/env python3
"""The rules and messages that all peers get, the same for the same seed.

usage: workload.py FOLDER INTENTS
Writes into FOLDER:
  rules.json    [{"id", "patterns": [[words, words], ...]}]: a pattern matches a message that contains one of the first
                words and, after it, one of the second
  messages.tsv  a line a message: the ids of all intents it is right to answer with (comma-separated, none: ""), TAB, text
  pack/         the same rules as a pack of ours
  bad/*.txt     messages that no buyer means well with
"""
import itertools
import json
import pathlib
import random
import re
import sys

MESSAGES = 1200
WARM_UP = 200  # of these the first are answered before anything is measured
PATTERNS = 2  # an intent

STYLES = "纯棉 真丝 加绒 夏款 冬款 男款 女款 韩版 复古 宽松 短款 长款 无线 智能 便携 家用 户外 陶瓷 玻璃 实木 折叠 进口 手工 保湿 双层".split()
PRODUCTS = ("连衣裙 衬衫 卫衣 外套 毛衣 短裤 围巾 手套 皮带 拖鞋 书包 钱包 耳机 音箱 键盘 鼠标 手表 台灯 风扇 水壶 炒锅 菜刀 筷子 床单 被子 "
            "枕头 毛巾 窗帘 地毯 椅子 书架 面膜 口红 香水 牙膏 奶粉 积木 饼干 茶叶 咖啡 蜂蜜 大米 猫粮 帐篷 头盔 哑铃 雨伞 项链 吉他 画笔").split()
TOPICS = [words.split() for words in (
    "便宜 优惠 打折", "发货 寄出 发出来", "退货 退款 退掉", "换货 调换 换一件", "邮费 运费 包邮", "尺码 码数 大小", "颜色 掉色 褪色",
    "质量 做工 面料", "正品 真货 专柜货", "质保 保修 维修", "发票 开票 专票", "赠品 礼物 小礼品", "有货 补货 缺货", "安装 说明书 教程",
    "坏了 破了 裂了", "漏发 少发 发错", "怎么卖 多少钱 价钱", "过敏 刺激 敏感肌", "保质期 过期 新鲜", "起球 变形 缩水")]
FILLERS = "老板 你好 请问 这个 那个 昨天 今天 上周 朋友 家里 帮我 看看 想问 一下 就是 然后 但是 已经 两件 三个 收到的 拍的 觉得 因为".split()
ENDINGS = ["吗", "呢", "吧", "啊", "谢谢", "?", "!", ""]


def intent_id(number: int) -> str:
    """Letters only: digits in a reply would be amounts to a guard."""
    text = ""
    for _ in range(4):
        number, digit = divmod(number, 26)
        text = chr(ord("a") + digit) + text
    return text


def make_rules(count: int, chance: random.Random) -> list:
    """Every pattern pairs a product with a topic; no two are alike."""
    pairs = list(itertools.product(range(len(STYLES)), range(len(PRODUCTS)), range(len(TOPICS))))
    chance.shuffle(pairs)
    rules = []
    for number in range(count):
        patterns = []
        for style, product, topic in pairs[number * PATTERNS:(number + 1) * PATTERNS]:
            names = [STYLES[style] + PRODUCTS[product], PRODUCTS[product] + STYLES[style]]
            patterns.append([names, TOPICS[topic]])
        rules.append({"id": intent_id(number), "patterns": patterns})
    return rules


def expression(pattern: list) -> str:
    return ".*".join("(?:" + "|".join(map(re.escape, words)) + ")" for words in pattern)


def make_message(rules: list, chance: random.Random) -> str:
    """Three of five say what a rule is for; the others hold the same words out of place."""
    def fillers(most: int) -> str:
        return "".join(chance.choices(FILLERS, k=chance.randint(0, most)))
    if chance.random() < 0.6:
        names, topic = chance.choice(chance.choice(rules)["patterns"])
        parts = [chance.choice(names), fillers(2), chance.choice(topic)]
    else:
        parts = [chance.choice(chance.choice(TOPICS)), fillers(2), chance.choice(STYLES), fillers(1), chance.choice(PRODUCTS)]
    return fillers(3) + "".join(parts) + fillers(2) + chance.choice(ENDINGS)


def labelled(messages: list, rules: list) -> list:
    """(ids it is right to answer with, message): a plain search tells, not any of the peers."""
    compiled = [(rule["id"], names, topic) for rule in rules for names, topic in rule["patterns"]]

    def matches(message: str, names: list, topic: list) -> bool:
        return any(name in message and any(word in message.split(name, 1)[1] for word in topic) for name in names)
    return [(sorted({each for each, names, topic in compiled if matches(message, names, topic)}), message)
            for message in messages]


def pack_of(rules: list) -> dict:
    def phrase(pattern: list) -> str:
        return "…{0,60}".join("(" + "|".join(words) + ")" for words in pattern)
    intents = [{"id": "peer." + rule["id"], "title": rule["id"], "patterns": list(map(phrase, rule["patterns"])),
                "replies": [{"id": "reply." + rule["id"], "variants": ["编号" + rule["id"]]}]} for rule in rules]
    return {"settings": {"max_replies": 1, "max_matters": 1}, "intents": intents}


def bad_messages(rules: list) -> dict:
    """Long, repetitive, malformed: each at most 64 KiB of UTF-8."""
    names, topic = rules[0]["patterns"][0]
    return {"empty": "", "one-letter": "a" * 65_536, "one-word": topic[0] * 10_900, "nearly": names[0] * 4_300,
            "words-in-turn": (topic[0] + names[0]) * 3_000, "spaces": " " * 65_535, "brackets": "(" * 32_768 + ")" * 32_768,
            "stars": "* [*] _ # ^ " * 5_400, "marks": "e" + "\u0301" * 32_000, "controls": "\x00\x1b[2J\r\n\t" * 8_000,
            "joiners": "👩\u200d" * 9_000, "markup": "<star/><srai>" * 5_000, "template": "{{价格}}{@x}{{" * 3_000}


def write(path: pathlib.Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_bytes(text.encode("utf-8"))


def main() -> None:
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(count)
    rules = make_rules(count, chance)
    messages = labelled([make_message(rules, chance) for _ in range(MESSAGES)], rules)
    write(folder / "rules.json", rules)
    write(folder / "messages.tsv", "".join(f"{','.join(right)}\t{text}\n" for right, text in messages))
    write(folder / "pack/pack.json", {"format": 1, "id": "peer", "version": "1.0.0", "title": "peer", "language": "zh-CN"})
    write(folder / "pack/rules.json", pack_of(rules))
    for name, text in bad_messages(rules).items():
        write(folder / "bad" / f"{name}.txt", text)


if __name__ == "__main__":
    main()
