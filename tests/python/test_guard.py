"""The guard alone."""

import json

import pytest

import xiaoer

FACTS = {"product": {"price": 129, "floor_price": 109}, "shop": {"ship_fee": 6}}


def test_verdicts(rules: xiaoer.Ruleset) -> None:
    verdict = rules.guard("这款129元哦", facts=FACTS)
    assert (verdict.outcome, verdict.text, verdict.findings) == ("pass", "这款129元哦", ())
    assert verdict.grounds == (xiaoer.Ground("item-price", xiaoer.Span(2, 6), "product.price=129"),)
    refused = rules.guard("给您100元", facts=FACTS)
    assert refused.outcome == "refused" and refused.text is None
    assert refused.original == "给您100元"
    (finding,) = refused.findings
    assert (finding.rule, finding.level, finding.words, finding.span) == (
        "price-below-floor", "refuse", "100元", (2, 6)
    )
    assert finding.replacement is None
    rewritten = rules.guard("好的！", facts=FACTS)
    assert rewritten.text == "好的" and rewritten.findings[0].replacement == ""
    assert rules.guard(rewritten.text, facts=FACTS).outcome == "pass"


def test_verdicts_are_values(rules: xiaoer.Ruleset) -> None:
    one, two = rules.guard("好的", facts=FACTS), rules.guard("好的", facts=FACTS)
    assert one == two and hash(one) == hash(two)
    assert one != rules.guard("好", facts=FACTS)
    assert repr(one) == "Verdict(outcome='pass', text='好的')"
    assert "price-below-floor" in repr(rules.guard("给您100元", facts=FACTS))
    assert one.to_dict() == json.loads(one.to_json())
    with pytest.raises(AttributeError):
        one.outcome = "pass"  # type: ignore[misc]


def test_the_session_tells_what_was_done(rules: xiaoer.Ruleset) -> None:
    session = rules.session()
    assert rules.guard("已经备注好了", session=session).outcome == "refused"
    assert [action.action for action in session.reply("帮我备注一下周末送货").actions] == ["remark"]
    assert session.confirm("remark")
    assert rules.guard("已经备注好了", session=session).outcome == "pass"


def test_now(rules: xiaoer.Ruleset) -> None:
    facts = {"promotion": {"threshold": 199, "reduction": 20, "ends": "2026-12-12T23:59:59+08:00"}}
    assert rules.guard("满199减20哦", facts=facts, now="2026-12-11T10:00:00+08:00").outcome == "pass"
    assert rules.guard("满199减20哦", facts=facts, now="2026-12-13T10:00:00+08:00").outcome == "refused"


def test_wrong_arguments(rules: xiaoer.Ruleset) -> None:
    with pytest.raises(TypeError):
        rules.guard(b"x")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        rules.guard("x", session=rules)  # type: ignore[arg-type]
    with pytest.raises(xiaoer.LimitError):
        rules.guard("好" * 6000)
