#!/usr/bin/env python3
"""Xiaoer and its peers on the same rules and messages: a table, all of it measured in this run.

usage: compare.py WORK XIAOER_PEER NODE_MODULES XIAOER_PYTHON [--quick] [--json FILE]
WORK: a folder for workloads; XIAOER_PEER: the program built of peer.cpp; XIAOER_PYTHON: an interpreter that has the
module xiaoer. This script's own interpreter has the peers. bench/peers/run prepares all of it.

Every peer answers in a child process that is ended when it takes too long, crashes, or needs more memory than is free
for it; that is a result, too. Exit status 1 only when one of ours fails.
"""
import argparse
import json
import os
import pathlib
import queue
import resource
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
OURS = "xiaoer, from C"
ENGINES = [OURS, "xiaoer, from Python", "python-aiml", "rivescript (Python)", "rivescript (Node)", "hassil", "node-nlp"]
MATCHERS = ["re, one by one", "RE2::Set", "pyahocorasick and re", "hyperscan"]
MEMORY = 6 << 30
LINE_WAIT = 20  # seconds beyond its budget that a child may take to answer


class Child:
    """A peer in a process of its own; lines of JSON come back, or the word that tells why not."""

    def __init__(self, command: list, environment: dict) -> None:
        limit = None if command[0] == "node" else lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True, env=os.environ | environment, preexec_fn=limit)
        self.lines: queue.Queue = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            if line.startswith("{"):
                self.lines.put(json.loads(line))
        self.lines.put(None)

    def line(self, seconds: float):
        """The next figures; "too long" or "failed" instead."""
        try:
            return self.lines.get(timeout=seconds) or "failed"
        except queue.Empty:
            return "too long"

    def ask(self, path: pathlib.Path, seconds: float):
        try:
            self.process.stdin.write(f"{path}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return "failed"
        return self.line(seconds)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Comparison:
    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        quick = arguments.quick
        self.sizes = [50, 500] if quick else [50, 500, 5000]
        self.budget, self.load_limit, self.bad_limit = (2, 15, 2) if quick else (6, 90, 5)
        self.bad_size = self.sizes[0] if quick else 500

    def command(self, name: str, folder: pathlib.Path, budget: float) -> tuple[list, dict]:
        python = {"python-aiml": "aiml", "rivescript (Python)": "rivescript", "hassil": "hassil", "re, one by one": "re",
                  "RE2::Set": "re2", "pyahocorasick and re": "ahocorasick", "hyperscan": "hyperscan"}
        node = {"rivescript (Node)": "rivescript", "node-nlp": "node-nlp"}
        ends = [str(folder), str(budget)]
        if name == OURS:
            return [self.arguments.xiaoer_peer, *ends], {}
        if name == "xiaoer, from Python":
            return [self.arguments.xiaoer_python, str(HERE / "peer.py"), "xiaoer", *ends], {}
        if name in node:
            return ["node", str(HERE / "peer.js"), node[name], *ends], {"NODE_PATH": self.arguments.node_modules}
        return [sys.executable, str(HERE / "peer.py"), python[name], *ends], {}

    def folder(self, size: int) -> pathlib.Path:
        return self.arguments.work / str(size)

    def measure(self, name: str, size: int) -> dict:
        """Loading and answering good messages; {"failure": word} when it did not come to that."""
        child = Child(*self.command(name, self.folder(size), self.budget))
        found = child.line(self.load_limit)
        if isinstance(found, dict):
            answers = child.line(self.budget + LINE_WAIT)
            found = found | answers if isinstance(answers, dict) else answers
        child.end()
        return found if isinstance(found, dict) else {"failure": found}

    def survive(self, name: str) -> dict:
        """{bad message: seconds, or the word for what happened}; a child that did not survive is replaced."""
        results, child = {}, None
        for path in sorted((self.folder(self.bad_size) / "bad").glob("*.txt")):
            if child is None:
                child = Child(*self.command(name, self.folder(self.bad_size), 0.1))
                ready = isinstance(child.line(self.load_limit), dict) and isinstance(child.line(LINE_WAIT), dict)
                if not ready:
                    child.end()
                    return {}
            answer = child.ask(path, self.bad_limit)
            results[path.stem] = answer["seconds"] if isinstance(answer, dict) else answer
            if not isinstance(answer, dict):
                child.end()
                child = None
        if child is not None:
            child.end()
        return results

    def run(self) -> dict:
        results: dict = {}
        for size in self.sizes:
            subprocess.run([sys.executable, str(HERE / "workload.py"), str(self.folder(size)), str(size)], check=True)
        for name in ENGINES + MATCHERS:
            sizes: dict = {}
            for size in self.sizes:
                print(f"{name}: {size} intents", file=sys.stderr, flush=True)
                sizes[size] = self.measure(name, size)
            print(f"{name}: bad messages", file=sys.stderr, flush=True)
            results[name] = {"sizes": sizes, "bad": self.survive(name)}
        return results


def tabled(results: dict, sizes: list) -> str:
    """Markdown. Ratios are to Xiaoer from C at the same size."""
    ours = {size: results[OURS]["sizes"][size].get("p50_us") for size in sizes}
    head = "".join(f" {size} intents | ratio |" for size in sizes)
    lines = [f"| p50 µs a message |{head} right at {sizes[-2]} | load at {sizes[-1]}, s | MB | bad messages survived, longest |",
             "|---|" + "---|" * (2 * len(sizes) + 4)]
    for name in ENGINES + MATCHERS:
        if name == MATCHERS[0]:
            lines.append("| *matching only* |" + " |" * (2 * len(sizes) + 4))
        lines.append(row(name, results[name], sizes, ours))
    return "\n".join(lines)


def row(name: str, result: dict, sizes: list, ours: dict) -> str:
    cells = []
    for size in sizes:
        figures = result["sizes"][size]
        p50 = figures.get("p50_us")
        cells.append(figures["failure"] if p50 is None else f"{p50:,.1f}")
        cells.append(f"{p50 / ours[size]:,.2f}" if p50 and ours[size] else "")
    middle, last = result["sizes"][sizes[-2]], result["sizes"][sizes[-1]]
    cells.append(f"{middle['right']:.0%}" if "right" in middle else "")
    cells.append(f"{last['load_s']:,.2f}" if "load_s" in last else "")
    cells.append(f"{last['rss_mb']:,.0f}" if "rss_mb" in last else "")
    bad = result["bad"]
    good = [seconds for seconds in bad.values() if isinstance(seconds, float)]
    lost = ", ".join(name for name, seconds in bad.items() if not isinstance(seconds, float))
    longest = f", {max(good) * 1e3:,.1f} ms" if good else ""
    cells.append(f"{len(good)} of {len(bad)}{longest}" + (f" (not: {lost})" if lost else ""))
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("xiaoer_peer")
    parser.add_argument("node_modules")
    parser.add_argument("xiaoer_python")
    parser.add_argument("--quick", action="store_true", help="50 and 500 intents, shorter: under three minutes")
    parser.add_argument("--json", type=pathlib.Path, help="write all figures to this file")
    arguments = parser.parse_args()
    comparison = Comparison(arguments)
    results = comparison.run()
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(tabled(results, comparison.sizes))
    ours = [results[name] for name in ENGINES[:2]]
    whole = all("p50_us" in figures for each in ours for figures in each["sizes"].values())
    alive = all(each["bad"] and all(isinstance(s, float) for s in each["bad"].values()) for each in ours)
    return 0 if whole and alive else 1


if __name__ == "__main__":
    sys.exit(main())
