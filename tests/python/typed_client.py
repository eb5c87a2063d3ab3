"""A client as shops write it: checked by mypy --strict, and run."""

import datetime

import xiaoer


def answer(session: xiaoer.Session, message: str, price: float) -> list[str]:
    now = datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.timezone.utc)
    reply = session.reply(message, facts={"product": {"price": price}}, now=now, seed=1)
    lines: list[str] = []
    for suggestion in reply.replies:
        reasons: list[str] = [reason.rule for reason in suggestion.why]
        lines.append(f"{suggestion.score:.2f} {suggestion.text} {reasons}")
    for technique in reply.techniques:
        lines.append(f"{technique.id}: {technique.text}")
    if reply.handoff is not None and reply.handoff.holding_reply is not None:
        lines.append(reply.handoff.holding_reply.text)
    if reply.text is not None:
        session.sent(reply.text, at=now)
    return lines


def main() -> None:
    rules = xiaoer.Ruleset.default()
    session = rules.session()
    for message in ("在吗", "能便宜点吗"):
        assert answer(session, message, 39.9), message
    kept: bytes = session.snapshot()
    assert rules.session(kept).snapshot() == kept
    rows: list[xiaoer.Classified] = rules.classify_batch(["在吗"])
    assert rows[0].decision in ("auto", "suggest", "handoff", "silent")


if __name__ == "__main__":
    main()
