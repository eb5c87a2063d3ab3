"""The default pack's scenarios from Python: what each step must show, the same bytes as the program gives, and a
conversation that another process takes over from its snapshot."""

from __future__ import annotations

import base64
import datetime
import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import xiaoer

ROOT = pathlib.Path(__file__).parent.parent.parent
PACK = ROOT / "rules" / "zh-CN"
PROGRAM = os.environ.get("XIAOER_PROGRAM")
SCENARIOS: list[dict[str, Any]] = [
    scenario
    for path in sorted((PACK / "scenarios").glob("*.json"))
    for scenario in json.loads(path.read_text("utf-8"))["scenarios"]
]


@pytest.fixture(scope="module")
def pack() -> xiaoer.Ruleset:
    return xiaoer.Ruleset.from_path(PACK)


def merged(target: Any, patch: Any) -> Any:
    """RFC 7386."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def requests(scenario: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each step as a request of docs/jsonl.md, and the step."""
    facts = scenario.get("facts")
    now = datetime.datetime.fromisoformat(scenario["now"]) if "now" in scenario else None
    for step in scenario["steps"]:
        if "facts" in step:
            facts = merged(facts, step["facts"])
        if now is not None:
            now += datetime.timedelta(minutes=step.get("after_minutes", 0))
        told = ("after_minutes", "facts", "expect", "then")
        request = {key: value for key, value in step.items() if key not in told}
        request |= {"session": scenario["id"], "seed": scenario.get("seed", 0)}
        if facts is not None:
            request["facts"] = facts
        if now is not None:
            request["now"] = now.isoformat()
        yield request, step


def answer(session: xiaoer.Session, request: dict[str, Any]) -> xiaoer.Reply | None:
    """None: the request only told something."""
    now = request.get("now")
    if "observe" in request:
        session.observe(request["observe"], at=now)
        return None
    if "sent" in request:
        session.sent(request["sent"], at=now)
        return None
    return session.reply(
        request.get("message"),
        messages=request.get("messages"),
        event=request.get("event"),
        previous=request.get("previous"),
        facts=request.get("facts"),
        now=now,
        seed=request["seed"],
    )


def sent_texts(result: dict[str, Any], then: str | None) -> list[str]:
    texts = []
    if then in ("send", "send_all"):
        texts += [item["text"] for item in result["replies"][:1]]
    if then in ("send_technique", "send_all"):
        texts += [item["text"] for item in result["techniques"][:1]]
    if then in ("send_holding", "send_all") and result["handoff"] and result["handoff"]["holding_reply"]:
        texts.append(result["handoff"]["holding_reply"]["text"])
    return texts


def check(result: dict[str, Any], expect: dict[str, Any]) -> None:
    handoff = result["handoff"] or {}
    holding = [handoff["holding_reply"]["text"]] if handoff.get("holding_reply") else []
    first = [item["text"] for item in result["replies"][:1]] + holding
    outgoing = [item["text"] for item in result["replies"] + result["techniques"]] + holding
    wanted = expect.get("intent")
    if wanted is not None:
        intent = result["intents"][0]["id"]
        assert intent.startswith(wanted) if wanted.endswith(".") else intent == wanted
    for key in ("decision", "stage", "order_state"):
        assert expect.get(key, result[key]) == result[key]
    if "reply" in expect:
        assert expect["reply"] == bool(result["replies"] or holding)
    text = expect.get("text", {})
    for piece in as_list(text.get("some")):
        assert any(piece in each for each in first), piece
    for piece in as_list(text.get("none")):
        assert not any(piece in each for each in outgoing), piece
    for key, field in (("techniques", "id"), ("actions", "action")):
        names = [item[field] for item in result.get(key, [])]
        assert set(as_list(expect.get(key, {}).get("some"))) <= set(names)
        assert not set(as_list(expect.get(key, {}).get("none"))) & set(names)
    assert set(as_list(expect.get("guard"))) <= {item["rule"] for item in result["guard"]}
    check_handoff(handoff, expect.get("handoff", {}))
    for key in ("buyer", "bargain"):
        for name, value in expect.get(key, {}).items():
            assert str(result[key][name]) == value


def check_handoff(handoff: dict[str, Any], expect: dict[str, Any]) -> None:
    case = handoff.get("case", {})
    for key in ("reason", "route"):
        if key in expect:
            assert handoff[key] == expect[key]
    assert set(as_list(expect.get("needs"))) <= set(case.get("needs", []))
    if "emotion" in expect:
        assert case["emotion"] == expect["emotion"]
    if "urgency_at_least" in expect:
        assert case["urgency"] >= expect["urgency_at_least"]


def as_list(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["id"])
def test_scenario(pack: xiaoer.Ruleset, scenario: dict[str, Any]) -> None:
    session = pack.session()
    for request, step in requests(scenario):
        reply = answer(session, request)
        if reply is None:
            continue
        result = reply.to_dict()
        check(result, step.get("expect", {}))
        for text in sent_texts(result, step.get("then")):
            session.sent(text, at=request.get("now"))


def told_lines(pack: xiaoer.Ruleset, scenario: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str | None]]:
    """All requests of a scenario, with what was sent in between, and the answers."""
    session = pack.session()
    for request, step in requests(scenario):
        reply = answer(session, request)
        yield request, reply.to_json() if reply else None
        for text in sent_texts(reply.to_dict(), step.get("then")) if reply else []:
            session.sent(text, at=request.get("now"))
            told = {"session": scenario["id"], "sent": text}
            yield told | ({"now": request["now"]} if "now" in request else {}), None


@pytest.mark.skipif(PROGRAM is None, reason="XIAOER_PROGRAM names no program to compare with")
def test_program_gives_the_same_bytes(pack: xiaoer.Ruleset) -> None:
    told = [line for scenario in SCENARIOS for line in told_lines(pack, scenario)]
    lines = "".join(json.dumps(request, ensure_ascii=False) + "\n" for request, _ in told)
    assert PROGRAM is not None
    run = subprocess.run(
        [PROGRAM, "reply", "--jsonl", "--pack", PACK], input=lines.encode(), capture_output=True, check=True
    )
    answers = run.stdout.decode().splitlines()
    assert len(answers) == len(told)
    for (request, own), other in zip(told, answers):
        assert own is None or own == other, request


TAKE_OVER = """
import base64, json, sys, xiaoer
sys.path.insert(0, sys.argv[1])
from test_scenarios import PACK, answer
pack = xiaoer.Ruleset.from_path(PACK)
for line in sys.stdin:
    snapshot, request = json.loads(line)
    session = pack.session(base64.b64decode(snapshot))
    reply = answer(session, request)
    print(json.dumps([reply.to_json() if reply else None, base64.b64encode(session.snapshot()).decode()]))
"""


def test_another_process_goes_on_from_a_snapshot(pack: xiaoer.Ruleset) -> None:
    """Every step of every scenario is answered by a process that knows nothing but the snapshot before it."""
    asked, expected = [], []
    for scenario in SCENARIOS:
        session = pack.session()
        for request, step in requests(scenario):
            asked.append(json.dumps([base64.b64encode(session.snapshot()).decode(), request]))
            reply = answer(session, request)
            expected.append([reply.to_json() if reply else None, base64.b64encode(session.snapshot()).decode()])
            for text in sent_texts(reply.to_dict(), step.get("then")) if reply else []:
                session.sent(text, at=request.get("now"))
    run = subprocess.run(
        [sys.executable, "-c", TAKE_OVER, str(pathlib.Path(__file__).parent)],
        input="\n".join(asked).encode(),
        capture_output=True,
        check=True,
    )
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert answers == expected
