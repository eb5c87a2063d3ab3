#!/usr/bin/env python3
"""What a reply costs when it is asked for from Python.

usage: python_call.py FOLDER OUT.json
FOLDER: written by xiaoer_export. Writes {what: p50 in nanoseconds}: single calls as `Ruleset.reply` makes them, with the
first text read; `classify_batch` divided by its messages, which answers with the GIL released.
"""
import json
import pathlib
import statistics
import sys
import time

import xiaoer

ROUNDS = 15
BATCH = 500


def least_times(calls: list, count: int = 1) -> float:
    """Median over the calls of each one's least time, in nanoseconds, divided by `count`."""
    least = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for i, call in enumerate(calls):
            begin = time.perf_counter_ns()
            call()
            least[i] = min(least[i], time.perf_counter_ns() - begin)
    return statistics.median(least) / count


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    rules = xiaoer.Ruleset.from_path(str(folder / "pack"))
    facts = xiaoer.Facts((folder / "facts.json").read_text(encoding="utf-8"))
    messages = (folder / "messages.txt").read_text(encoding="utf-8").splitlines()
    batches = [messages[i:i + BATCH] for i in range(0, len(messages), BATCH)]
    timer = least_times([lambda: None] * 1000)
    single = least_times([lambda message=message: rules.reply(message, facts=facts).text for message in messages])
    empty = least_times([lambda: rules.reply("", facts=facts).text] * 1000)
    batch = least_times([lambda batch=batch: rules.classify_batch(batch, facts=facts) for batch in batches], BATCH)
    figures = {"reply, text read": single - timer, "reply to nothing, text read": empty - timer,
               f"classify_batch of {BATCH}, a message": batch}
    pathlib.Path(sys.argv[2]).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for name, nanoseconds in figures.items():
        print(f"{name}: {nanoseconds:,.0f} ns")


if __name__ == "__main__":
    main()
