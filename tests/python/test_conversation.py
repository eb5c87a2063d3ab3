"""How a chat stands, and what happened in the shop."""

import pathlib

import xiaoer

RULES = pathlib.Path(__file__).parent.parent.parent / "rules" / "zh-CN"
NOON = "2026-11-21T12:00:00+08:00"


def test_events_are_answered() -> None:
    session = xiaoer.Ruleset.from_path(RULES).session()
    facts = {"order": {"id": "1", "state": "shipped", "carrier": "中通", "tracking": "ZT100"}}
    reply = session.reply(event="order_shipped", facts=facts, now=NOON)
    assert reply.decision == "auto"
    assert reply.text is not None and "ZT100" in reply.text
    assert reply.stage == "shipping" and reply.order_state == "shipped"
    assert reply.conversation.turn == 0
    assert [step.state for step in reply.conversation.order_steps] == ["shipped"]
    unknown = session.reply(event="moon_rose", now=NOON)
    assert unknown.decision == "silent" and unknown.text is None
    assert unknown.conversation.silence == "unknown-event"


def test_a_person_takes_over() -> None:
    session = xiaoer.Ruleset.from_path(RULES).session()
    session.observe("我来给您介绍一下哈", at=NOON)
    reply = session.reply("什么时候发货", now="2026-11-21T12:01:00+08:00")
    assert reply.decision == "silent" and reply.text is None
    assert reply.conversation.person_in_charge
    assert reply.conversation.person_until is not None
    assert reply.replies  # suggestions for the person
    later = session.reply("什么时候发货", now="2026-11-21T12:30:00+08:00")
    assert not later.conversation.person_in_charge and later.decision != "silent"


def test_what_was_answered_and_given() -> None:
    session = xiaoer.Ruleset.from_path(RULES).session()
    first = session.reply("我的订单什么状态", now=NOON)
    assert first.text is not None and session.sent(first.text, at=NOON)
    reply = session.reply("2026112100012345678", now="2026-11-21T12:01:00+08:00")
    assert "order_number" in reply.conversation.given
    assert "order.status.query" in reply.conversation.answered
    assert reply.to_dict()["conversation"]["given"] == list(reply.conversation.given)
