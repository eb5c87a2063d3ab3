#!/usr/bin/env python3
"""One peer of Xiaoer on Python, in a process of its own.

usage: peer.py NAME FOLDER BUDGET
FOLDER: made by workload.py. Loads the rules and prints {"load_s"}; warms up on the first messages of messages.tsv, then
answers each of the others once, for BUDGET seconds at most, and prints {"p50_us", "p99_us", "right", "answered",
"messages", "rss_mb"}; then answers the message in each file that a line of stdin names and prints {"seconds"}. A JSON
object a line. peer.js and peer.cpp do the same. No message is measured twice: the automata that RE2 builds while it
matches would know it.
"""
import json
import pathlib
import re
import resource
import sys
import time
from xml.sax.saxutils import escape

from workload import WARM_UP, expression


def all_patterns(rules: list):
    for rule in rules:
        for pattern in rule["patterns"]:
            yield rule["id"], pattern


def spaced(text: str) -> str:
    """A character a word, for those that split at spaces."""
    return " ".join(text.replace(" ", ""))


class ReLoop:
    def __init__(self, rules: list, _folder: pathlib.Path) -> None:
        self.patterns = [(each, re.compile(expression(pattern), re.S)) for each, pattern in all_patterns(rules)]

    def answer(self, message: str):
        return next((each for each, pattern in self.patterns if pattern.search(message)), None)


class Re2Set:
    def __init__(self, rules: list, _folder: pathlib.Path) -> None:
        import re2
        options = re2.Options()
        options.max_mem = 2 << 30
        options.dot_nl = True
        self.ids = []
        self.set = re2.Set.SearchSet(options)
        for each, pattern in all_patterns(rules):
            self.set.Add(expression(pattern))
            self.ids.append(each)
        self.set.Compile()

    def answer(self, message: str):
        hits = self.set.Match(message)
        return self.ids[min(hits)] if hits else None


class AhoCorasick:
    """The names of products find the patterns in question, `re` verifies them."""

    def __init__(self, rules: list, _folder: pathlib.Path) -> None:
        import ahocorasick
        by_word: dict = {}
        for number, (each, pattern) in enumerate(all_patterns(rules)):
            verify = re.compile(expression(pattern), re.S)
            for word in pattern[0]:
                by_word.setdefault(word, []).append((number, each, verify))
        self.automaton = ahocorasick.Automaton()
        for word, patterns in by_word.items():
            self.automaton.add_word(word, patterns)
        self.automaton.make_automaton()

    def answer(self, message: str):
        called = {number: (each, verify) for _, found in self.automaton.iter(message) for number, each, verify in found}
        return next((each for _, (each, verify) in sorted(called.items()) if verify.search(message)), None)


class Hyperscan:
    def __init__(self, rules: list, _folder: pathlib.Path) -> None:
        import hyperscan
        patterns = list(all_patterns(rules))
        self.ids = [each for each, _ in patterns]
        flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_DOTALL | hyperscan.HS_FLAG_SINGLEMATCH
        self.database = hyperscan.Database()
        self.database.compile(expressions=[expression(pattern).encode() for _, pattern in patterns],
                              ids=range(len(patterns)), elements=len(patterns), flags=[flags] * len(patterns))

    def answer(self, message: str):
        hits: list = []
        self.database.scan(message.encode(), match_event_handler=lambda number, *_: hits.append(number) and None)
        return self.ids[min(hits)] if hits else None


class RiveScript:
    """A word stands before and after every message, so that * has something to match there."""

    def __init__(self, rules: list, _folder: pathlib.Path) -> None:
        import rivescript
        self.bot = rivescript.RiveScript(utf8=True)
        lines = ["! version = 2.0"]
        for each, pattern in all_patterns(rules):
            groups = ["(" + "|".join(map(spaced, words)) + ")" for words in pattern]
            lines += [f"+ * {' [*] '.join(groups)} *", f"- {each}"]
        self.bot.stream(lines)
        self.bot.sort_replies()

    def answer(self, message: str):
        reply = self.bot.reply("buyer", f"x {spaced(message)} x")
        return None if reply.startswith("[ERR") else reply


class Aiml:
    """AIML 1 knows no alternatives and no gap of nothing: each is a category of its own. Its messages are framed as those
    of RiveScript, and lose the marks at which it would cut them into sentences."""

    def __init__(self, rules: list, folder: pathlib.Path) -> None:
        import aiml
        categories = []
        for each, (names, topics) in all_patterns(rules):
            for name in names:
                for topic in topics:
                    for gap in (" ", " * "):
                        pattern = f"* {spaced(name)}{gap}{spaced(topic)} *"
                        categories.append(f"<category><pattern>{escape(pattern)}</pattern><template>{each}</template></category>")
        file = folder / "rules.aiml"
        file.write_text('<?xml version="1.0" encoding="UTF-8"?><aiml version="1.0.1">' + "".join(categories) + "</aiml>",
                        encoding="utf-8")
        self.bot = aiml.Kernel()
        self.bot.verbose(False)
        self.bot.learn(str(file))

    def answer(self, message: str):
        return self.bot.respond(f"X {spaced(re.sub('[.?!;]', '', message))} X") or None


class Hassil:
    def __init__(self, rules: list, _folder: pathlib.Path) -> None:
        import hassil
        self.hassil = hassil
        intents = {}
        for rule in rules:
            sentences = ["[{before}]" + "[{between}]".join("(" + "|".join(words) + ")" for words in pattern) + "[{after}]"
                         for pattern in rule["patterns"]]
            intents[rule["id"]] = {"data": [{"sentences": sentences}]}
        self.intents = hassil.Intents.from_dict({
            "language": "zh", "intents": intents, "settings": {"ignore_whitespace": True},
            "lists": {name: {"wildcard": True} for name in ("before", "between", "after")}})

    def answer(self, message: str):
        found = self.hassil.recognize(message, self.intents)
        return found.intent.name if found else None


class Xiaoer:
    """What it would send by itself counts; what it suggests to a person, by likeness, does not."""

    def __init__(self, _rules: list, folder: pathlib.Path) -> None:
        import xiaoer
        self.rules = xiaoer.Ruleset.from_path(str(folder / "pack"))

    def answer(self, message: str):
        reply = self.rules.reply(message)
        return reply.text.removeprefix("编号") if reply.decision == "auto" else None


PEERS = {"re": ReLoop, "re2": Re2Set, "ahocorasick": AhoCorasick, "hyperscan": Hyperscan, "rivescript": RiveScript,
         "aiml": Aiml, "hassil": Hassil, "xiaoer": Xiaoer}


def tell(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


def measure(peer: object, messages: list, budget: float) -> None:
    end = time.monotonic() + budget / 5
    for _, text in messages[:WARM_UP]:
        peer.answer(text)
        if time.monotonic() > end:
            break
    times = []
    right = answered = 0
    end = time.monotonic() + budget
    for rightly, text in messages[WARM_UP:]:
        begin = time.perf_counter_ns()
        answer = peer.answer(text)
        times.append(time.perf_counter_ns() - begin)
        answered += answer is not None
        right += answer in rightly if answer is not None else not rightly
        if time.monotonic() > end:
            break
    times.sort()
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell(p50_us=times[len(times) // 2] / 1e3, p99_us=times[len(times) * 99 // 100] / 1e3, right=right / len(times),
         answered=answered / len(times), messages=len(times), rss_mb=rss)


def main() -> None:
    name, folder, budget = sys.argv[1], pathlib.Path(sys.argv[2]), float(sys.argv[3])
    rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    lines = (folder / "messages.tsv").read_text(encoding="utf-8").splitlines()
    messages = [(right.split(",") if right else [], text) for right, text in (line.split("\t", 1) for line in lines)]
    begin = time.process_time()
    peer = PEERS[name](rules, folder)
    tell(load_s=time.process_time() - begin)
    measure(peer, messages, budget)
    for path in sys.stdin:
        text = pathlib.Path(path.strip()).read_bytes().decode("utf-8")
        begin = time.monotonic()
        peer.answer(text)
        tell(seconds=time.monotonic() - begin)


if __name__ == "__main__":
    main()
