"""The records of a reply: immutable named tuples, built from the reply's JSON form when one is first asked for."""

from __future__ import annotations

import json
import typing


class Span(typing.NamedTuple):
    """Characters [start, end) of the buyer's message (`Reply.message`)."""

    start: int
    end: int


class Reason(typing.NamedTuple):
    """What spoke for an item, or (points <= 0) what it lacked."""

    kind: str  # "phrase", "regex", "example", "respelling", "condition", "fact", ...
    rule: str  # the phrase, example, condition or fact as written
    span: Span
    points: float


class Intent(typing.NamedTuple):
    id: str
    title: str
    score: float  # 0..1
    span: Span
    why: tuple[Reason, ...]


class Entity(typing.NamedTuple):
    kind: str  # "money", "size", ...
    value: str  # normal form
    text: str  # the buyer's words
    start: int
    end: int


class ReplyText(typing.NamedTuple):
    """A reply that is ready to send."""

    id: str
    intents: tuple[str, ...]  # ids of the intents that it answers
    text: str
    score: float
    why: tuple[Reason, ...]


class Technique(typing.NamedTuple):
    """A closing technique or manner of persuasion offered beside the replies."""

    id: str  # "scarcity", "deadline", ...
    rule: str  # id of the wording
    score: float
    why: tuple[Reason, ...]
    text: str


class Guard(typing.NamedTuple):
    """A text that a guard refused; it is not among the replies."""

    rule: str
    id: str
    detail: str


class HoldingReply(typing.NamedTuple):
    """What may go out at once while a person takes over."""

    id: str
    text: str


class Quote(typing.NamedTuple):
    text: str
    span: Span


class Case(typing.NamedTuple):
    """What the person who takes over should know."""

    intent: str
    quotes: tuple[Quote, ...]
    needs: tuple[str, ...]
    entities: tuple[Entity, ...]


class Handoff(typing.NamedTuple):
    reason: str
    route: str
    holding_reply: HoldingReply | None  # None: one was sent already
    case: Case


class Bargain(typing.NamedTuple):
    """What bargaining came to."""

    move: str
    round: int
    offer: float | None  # price for one that the move offers, in yuan
    floor_respected: bool
    why: tuple[Reason, ...]


class OrderStep(typing.NamedTuple):
    state: str
    at: int | None  # seconds since the epoch; None: unknown


class Conversation(typing.NamedTuple):
    """How the chat stands after the message or event."""

    silence: str | None  # of a silent reply: why, "person-in-charge", ...
    turn: int  # of the buyer, from 1; 0: he has said nothing
    continues: bool  # the message was answered together with the one before it
    person_in_charge: bool
    person_until: int | None  # seconds since the epoch; None: unknown, or nobody is in charge
    unhelpful: int  # answers in a row that did not help
    returns_to: str | None  # stage that an objection or the after-sales branch broke into
    asked: tuple[str, ...]  # of the buyer, in texts that were sent: "order_number", ...
    given: tuple[str, ...]  # by the buyer, of these kinds
    answered: tuple[str, ...]  # ids of intents that texts which were sent answered
    offered: tuple[str, ...]  # closing techniques that were sent
    order_steps: tuple[OrderStep, ...]  # states that the order reached, oldest first


class NearMiss(typing.NamedTuple):
    """With trace=True: an intent that nearly won, and what it lacked."""

    id: str
    score: float
    why: tuple[Reason, ...]


class Classified(typing.NamedTuple):
    """One row of `Ruleset.classify_batch`."""

    intent: str | None  # None: nothing was understood
    score: float
    decision: str


class Parts(typing.NamedTuple):
    intents: tuple[Intent, ...]
    entities: tuple[Entity, ...]
    replies: tuple[ReplyText, ...]
    techniques: tuple[Technique, ...]
    guard: tuple[Guard, ...]
    handoff: Handoff | None
    bargain: Bargain | None
    conversation: Conversation
    near_misses: tuple[NearMiss, ...]


def _why(items: list[dict[str, typing.Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(w["kind"], w["rule"], Span(*w["span"]), w["points"]) for w in items)


def _entities(items: list[dict[str, typing.Any]]) -> tuple[Entity, ...]:
    return tuple(Entity(e["kind"], e["value"], e["text"], e["start"], e["end"]) for e in items)


def _handoff(item: dict[str, typing.Any] | None) -> Handoff | None:
    if item is None:
        return None
    holding, case = item["holding_reply"], item["case"]
    return Handoff(
        item["reason"],
        item["route"],
        None if holding is None else HoldingReply(holding["id"], holding["text"]),
        Case(
            case["intent"],
            tuple(Quote(q["text"], Span(*q["span"])) for q in case["quotes"]),
            tuple(case["needs"]),
            _entities(case["entities"]),
        ),
    )


def _bargain(item: dict[str, typing.Any] | None) -> Bargain | None:
    if item is None:
        return None
    return Bargain(item["move"], item["round"], item["offer"], item["floor_respected"], _why(item["why"]))


def _conversation(item: dict[str, typing.Any]) -> Conversation:
    return Conversation(
        item["silence"],
        item["turn"],
        item["continues"],
        item["person_in_charge"],
        item["person_until"],
        item["unhelpful"],
        item["returns_to"],
        tuple(item["asked"]),
        tuple(item["given"]),
        tuple(item["answered"]),
        tuple(item["offered"]),
        tuple(OrderStep(step["state"], step["at"]) for step in item["order_steps"]),
    )


def build(text: str) -> Parts:
    """Records of a reply from its JSON form."""
    d = json.loads(text)
    return Parts(
        tuple(
            Intent(i["id"], i["title"], i["score"], Span(*i["span"]), _why(i["why"])) for i in d["intents"]
        ),
        _entities(d["entities"]),
        tuple(
            ReplyText(r["id"], tuple(r["intents"]), r["text"], r["score"], _why(r["why"]))
            for r in d["replies"]
        ),
        tuple(
            Technique(t["id"], t["rule"], t["score"], _why(t["why"]), t["text"]) for t in d["techniques"]
        ),
        tuple(Guard(g["rule"], g["id"], g["detail"]) for g in d["guard"]),
        _handoff(d["handoff"]),
        _bargain(d["bargain"]),
        _conversation(d["conversation"]),
        tuple(NearMiss(n["id"], n["score"], _why(n["why"])) for n in d.get("near_misses", ())),
    )


def describe(decision: str, stage: str, order_state: str, parts: Parts) -> str:
    """repr() of a reply."""
    fields = "".join(f", {name}={value!r}" for name, value in zip(parts._fields, parts) if value)
    return f"Reply(decision={decision!r}, stage={stage!r}, order_state={order_state!r}{fields})"
