"""A shop's chat in the terminal: one conversation, answered by the default pack.

    python examples/bot.py examples/facts/tea-shop.json

Type what the buyer says. Replies that may go out by themselves are sent; the others are shown to you as suggestions.
"""

import datetime
import json
import pathlib
import sys
from typing import Any

import xiaoer


def load_facts(arguments: list[str]) -> dict[str, Any]:
    if not arguments:
        return {}
    facts: dict[str, Any] = json.loads(pathlib.Path(arguments[0]).read_text(encoding="utf-8"))
    return facts


def show(reply: xiaoer.Reply) -> None:
    if reply.handoff is not None:
        print(f"-> a person should take over ({reply.handoff.reason}, {reply.handoff.route})")
    for suggestion in reply.replies:
        print(f"   {suggestion.score:.2f}  {suggestion.text}")
    for technique in reply.techniques:
        print(f"   {technique.id}: {technique.text}")


def main() -> int:
    try:
        facts = xiaoer.Facts(load_facts(sys.argv[1:]))
    except (OSError, ValueError) as error:
        print(f"{sys.argv[1]}: {error}", file=sys.stderr)
        return 1
    session = xiaoer.Ruleset.default().session()
    for line in sys.stdin:
        now = datetime.datetime.now(datetime.timezone.utc).astimezone()
        reply = session.reply(line.rstrip("\n"), facts=facts, now=now)
        if reply.decision in ("auto", "handoff") and reply.text is not None:
            print(f"小二: {reply.text}")
            session.sent(reply.text, at=now)
        show(reply)
    return 0


if __name__ == "__main__":
    sys.exit(main())
