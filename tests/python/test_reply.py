"""One call: what goes in, what comes back."""

import datetime
import decimal
import json
import threading
import time
import typing

import pytest

import xiaoer

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def test_records(rules: xiaoer.Ruleset) -> None:
    message = "😀在吗,能便宜点吗"
    reply = rules.reply(message, facts={"product": {"price": 39.9}})
    assert reply.decision in ("auto", "suggest")
    assert reply.message == message
    intent = next(i for i in reply.intents if i.id == "bargain.discount")
    assert intent.title == "想要便宜"
    assert 0 < intent.score <= 1
    assert "便宜" in message[intent.span.start : intent.span.end]
    assert intent.why[0].kind == "phrase" and intent.why[0].points > 0
    assert any("39.9" in r.text and "bargain.discount" in r.intents for r in reply.replies)
    assert reply.text == reply.replies[0].text


def test_bargain(rules: xiaoer.Ruleset) -> None:
    session = rules.session()
    facts = {"product": {"price": 199.5, "ladder": [189.5], "floor_price": 180.12}}
    first = session.reply("零头抹了吧", facts=facts, assume_sent=True)
    assert first.bargain is not None
    assert (first.bargain.move, first.bargain.round, first.bargain.offer) == ("hold", 1, None)
    second = session.reply("零头抹了吧", facts=facts)
    assert second.bargain is not None
    assert (second.bargain.move, second.bargain.round, second.bargain.offer) == ("accept", 2, 190)
    assert second.bargain.floor_respected and second.bargain.why[0].kind == "intent"
    assert "180.12" not in second.to_json()
    assert rules.reply("你好").bargain is None


def test_what_is_for_the_shop_alone(rules: xiaoer.Ruleset) -> None:
    session = rules.session()
    facts = {"order": {"id": "20261120001", "state": "paid", "amount": 99, "phone": "13812345678"}}
    reply = session.reply("你们就是骗子,打12315投诉", facts=facts)
    assert (reply.objection, reply.complaint) == ("complaint", "open")
    assert reply.buyer is not None and reply.buyer.emotion == "angry"
    assert reply.buyer.why[0].rule == "cross"
    assert reply.handoff is not None
    case = reply.handoff.case
    assert case.summary == "生气的买家说投诉,要处理结果,订单20261120001"
    assert case.major and case.major_why[0].rule == "authority"
    assert 0.9 <= case.urgency <= 1 and case.urgency_why
    assert [(fact.name, fact.value) for fact in case.facts][1] == ("收件电话", "138****5678")
    assert case.needs == ("照片",) and case.next_step == "先听完,再查订单"
    assert reply.guidance is not None and reply.guidance.needs == ("照片",)
    assert rules.reply("你好").guidance is None


def test_actions_and_their_confirmation(rules: xiaoer.Ruleset) -> None:
    session = rules.session()
    assert not session.confirm("remark")
    with pytest.raises(xiaoer.XiaoerError):
        session.confirm("fly")
    (action,) = session.reply("帮我备注放门口").actions
    assert (action.action, action.requires_person, action.missing) == ("remark", False, ())
    assert action.arguments["text"].source == "message"
    assert session.confirm("remark", at="2026-11-21T10:00:00+08:00")
    assert session.confirm("remark", False)


def test_records_agree_with_the_json_form(rules: xiaoer.Ruleset) -> None:
    for message in ("在吗,80块卖吗,什么时候发货", "我要投诉你们", "嘀嘀嗒嗒", "", "谢谢"):
        reply = rules.reply(message, facts={"product": {"price": 99, "stock": 4}}, trace=True)
        plain = reply.to_dict()
        assert plain == json.loads(reply.to_json())
        assert [i._asdict() | {"span": list(i.span)} for i in reply.intents] == [
            i | {"why": tuple((w["kind"], w["rule"], tuple(w["span"]), w["points"]) for w in i["why"])}
            for i in plain["intents"]
        ]
        assert [e._asdict() for e in reply.entities] == plain["entities"]
        assert [(r.id, list(r.intents), r.text) for r in reply.replies] == [
            (r["id"], r["intents"], r["text"]) for r in plain["replies"]
        ]
        assert [(t.id, t.rule, t.text) for t in reply.techniques] == [
            (t["id"], t["rule"], t["text"]) for t in plain["techniques"]
        ]
        assert [tuple(g) for g in reply.guard] == [(g["rule"], g["id"], g["detail"]) for g in plain["guard"]]
        assert (reply.decision, reply.stage, reply.order_state) == (
            plain["decision"],
            plain["stage"],
            plain["order_state"],
        )
        assert len(reply.near_misses) == len(plain.get("near_misses", []))


def test_handoff(rules: xiaoer.Ruleset) -> None:
    reply = rules.reply("我要投诉你们")
    assert reply.decision == "handoff"
    handoff = reply.handoff
    assert handoff is not None and handoff.holding_reply is not None
    assert handoff.route == "complaints"
    assert handoff.case.intent == "complaint.angry"
    assert handoff.case.needs == ("订单号", "照片")
    assert handoff.case.quotes[0].text in reply.message
    assert reply.text == handoff.holding_reply.text
    assert reply.techniques == ()


def test_technique_needs_its_fact(rules: xiaoer.Ruleset) -> None:
    reply = rules.reply("我再想想", facts={"product": {"stock": 3}})
    assert [t.id for t in reply.techniques] == ["scarcity"]
    assert reply.techniques[0].rule == "scarcity.stock" and reply.techniques[0].why
    assert rules.reply("我再想想").techniques == ()


def test_immutable(rules: xiaoer.Ruleset) -> None:
    reply = rules.reply("你好")
    with pytest.raises(AttributeError):
        reply.decision = "auto"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        reply.intents[0].score = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        xiaoer.Reply()
    assert reply.intents is reply.intents


def test_repr_and_equality(rules: xiaoer.Ruleset) -> None:
    reply = rules.reply("你好")
    text = repr(reply)
    assert text.startswith("Reply(decision='") and "greet.hello" in text and reply.replies[0].text in text
    assert reply == rules.reply("你好") and hash(reply) == hash(rules.reply("你好"))
    assert reply != rules.reply("谢谢") and reply != "你好"


def test_same_input_same_output(rules: xiaoer.Ruleset) -> None:
    for seed in range(5):
        texts = {rules.reply("你好", seed=seed).to_json() for _ in range(10)}
        assert len(texts) == 1


def test_bubbles(rules: xiaoer.Ruleset) -> None:
    one = rules.reply("你好\n什么时候发货")
    assert rules.reply(messages=["你好", "什么时候发货"]) == one
    assert rules.reply("你好", messages=("什么时候发货",)) == one
    assert rules.reply(event="order_paid").decision == "silent"


def test_facts_forms(rules: xiaoer.Ruleset) -> None:
    expected = rules.reply("能便宜点吗", facts={"product": {"price": 39.9}}).text
    assert expected is not None and "39.9" in expected
    shared = xiaoer.Facts({"product": {"price": 39.9}})
    forms: list[typing.Any] = [
        shared,
        '{"product": {"price": 39.9}}',
        {"product": {"price": decimal.Decimal("39.9")}},
    ]
    for facts in forms:
        assert rules.reply("能便宜点吗", facts=facts).text == expected


def test_bad_facts(rules: xiaoer.Ruleset) -> None:
    with pytest.raises(xiaoer.FactsError) as caught:
        rules.reply("你好", facts={"product": {"price": "cheap"}})
    assert caught.value.diagnostics[0].pointer == "/product/price"
    for number in ("Infinity", "NaN", "1e400"):
        with pytest.raises(ValueError, match="facts"):
            rules.reply("你好", facts={"product": {"price": decimal.Decimal(number)}})
    with pytest.raises(ValueError):
        xiaoer.Facts("{")
    with pytest.raises(ValueError):
        rules.reply("你好", facts={"product": {"price": float("nan")}})
    with pytest.raises(TypeError):
        rules.reply("你好", facts=5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        rules.reply("你好", facts={"product": {"price": object()}})


def test_now_forms(rules: xiaoer.Ruleset) -> None:
    aware = datetime.datetime(2026, 11, 21, 10, 0, tzinfo=CHINA)
    facts = {"promotion": {"ends": "2026-11-25T23:59:59+08:00"}}
    replies = {
        rules.reply("我再想想", facts=facts, now=now).to_json()
        for now in (aware, "2026-11-21T10:00:00+08:00", aware.isoformat())
    }
    assert len(replies) == 1
    rules.reply("你好", now="2026-11-21T02:00:00Z")
    with pytest.raises(ValueError, match="offset"):
        rules.reply("你好", now=datetime.datetime(2026, 11, 21))
    with pytest.raises(ValueError, match="ISO 8601"):
        rules.reply("你好", now="yesterday")
    with pytest.raises(TypeError):
        rules.reply("你好", now=5)  # type: ignore[arg-type]


def test_only_str(rules: xiaoer.Ruleset) -> None:
    wrong: list[typing.Any] = [b"bytes", 5, ["x"], bytearray(b"x")]
    for message in wrong:
        with pytest.raises(TypeError, match="message must be a str"):
            rules.reply(message)
    with pytest.raises(TypeError):
        rules.reply()
    with pytest.raises(TypeError):
        rules.reply(messages="你好")
    with pytest.raises(TypeError):
        rules.reply(messages=[b"x"])  # type: ignore[list-item]


def test_lone_surrogates_are_refused(rules: xiaoer.Ruleset) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        rules.reply("能便宜\ud83d点吗")


def test_any_other_text_is_answered(rules: xiaoer.Ruleset) -> None:
    for message in ("\0", "a\0b", "\u202e能便宜点吗", "\uffff", "{{价格}}", "%s%n", "😀" * 100, "\u0301" * 1000):
        reply = rules.reply(message)
        assert reply.message == message
        assert "{{" not in "".join(r.text for r in reply.replies)


def test_too_long(rules: xiaoer.Ruleset) -> None:
    with pytest.raises(xiaoer.LimitError):
        rules.reply("好" * 30_000)


def test_previous(rules: xiaoer.Ruleset) -> None:
    plain = rules.reply("嗯")
    assert rules.reply("嗯", previous={"role": "buyer", "text": "什么时候发货"}) == plain
    assert rules.reply("嗯", previous="您要什么时候发货呢") == rules.reply(
        "嗯", previous={"role": "agent", "text": "您要什么时候发货呢"}
    )
    with pytest.raises(TypeError):
        rules.reply("嗯", previous=5)  # type: ignore[arg-type]
    for half in ({"rol": "agent", "text": "好的"}, {"role": "agent"}):
        with pytest.raises(TypeError, match="role|text"):
            rules.reply("嗯", previous=half)


def test_an_event_stands_in_place_of_a_message(rules: xiaoer.Ruleset) -> None:
    with pytest.raises(TypeError, match="event"):
        rules.reply("嗯", event="order_paid")
    with pytest.raises(TypeError, match="event"):
        rules.reply(None, messages=["嗯"], event="order_paid")


def test_the_gil_is_released(rules: xiaoer.Ruleset) -> None:
    """A heartbeat thread goes on while a long batch is classified."""
    messages = ["能便宜点吗,今天能发货吗,我再想想" * 200] * 1500
    beats: list[float] = []
    done = threading.Event()

    def heartbeat() -> None:
        while not done.is_set():
            beats.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=heartbeat)
    thread.start()
    try:
        time.sleep(0.02)
        start = time.perf_counter()
        rules.classify_batch(messages)
        end = time.perf_counter()
    finally:
        done.set()
        thread.join()
    inside = [beat for beat in beats if start < beat < end]
    assert end - start > 0.02, "too fast to tell"
    assert len(inside) >= 5


def test_threads_share_a_ruleset(rules: xiaoer.Ruleset) -> None:
    expected = rules.reply("能便宜点吗").to_json()
    wrong: list[str] = []

    def work() -> None:
        session = rules.session()
        for _ in range(200):
            if rules.reply("能便宜点吗").to_json() != expected:
                wrong.append("reply")
            session.reply("你好")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
