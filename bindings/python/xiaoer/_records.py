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


class Trait(typing.NamedTuple):
    """A kind of buyer, or what moves the buyer."""

    id: str  # "hesitant", "business", ... or "calculation", "fear", ...
    score: float


class Buyer(typing.NamedTuple):
    """What the conversation shows of the buyer; for the shop alone."""

    emotion: str  # "calm", "anxious", "annoyed", "angry", "abusive"
    score: float  # how heated, 0..1
    types: tuple[Trait, ...]
    psychology: tuple[Trait, ...]
    why: tuple[Reason, ...]


class Argument(typing.NamedTuple):
    value: str | None  # None: missing, or given in an earlier turn
    source: str  # "message", "fact", "earlier", "missing"
    span: Span


class Action(typing.NamedTuple):
    """Something that the client may carry out."""

    action: str  # "change_address", ...
    intent: str
    requires_person: bool  # True: no program may do it alone
    arguments: dict[str, Argument]
    missing: tuple[str, ...]
    why: tuple[Reason, ...]


class Guidance(typing.NamedTuple):
    """What to do next about the message, and what has still to be asked for it."""

    intent: str
    next_step: str  # for the agent; may be empty
    needs: tuple[str, ...]


class Link(typing.NamedTuple):
    """A page of the shop that may be sent along."""

    role: str  # "asked", "related"
    name: str
    url: str


class CaseFact(typing.NamedTuple):
    fact: str  # path
    name: str
    value: str  # personal data masked


class Promise(typing.NamedTuple):
    """A time that the shop named."""

    fact: str
    name: str
    due: str  # ISO 8601
    state: str  # "open", "overdue", "kept", "late" (done, but after its time)


class Case(typing.NamedTuple):
    """What the person who takes over should know."""

    intent: str
    summary: str
    emotion: str
    major: bool
    major_why: tuple[Reason, ...]
    urgency: float  # 0..1
    urgency_why: tuple[Reason, ...]
    next_step: str
    facts: tuple[CaseFact, ...]
    quotes: tuple[Quote, ...]
    promises: tuple[Promise, ...]
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


class Finding(typing.NamedTuple):
    """A place where a text breaks a rule of the guard."""

    rule: str  # "price-below-floor", "off-platform", ...
    level: str  # "note", "rewrite" or "refuse"
    span: Span  # of the text that was judged
    words: str
    detail: str  # role of an amount, name of a claim, word of the pack
    advice: str  # how to write it instead; may be empty
    replacement: str | None  # of a rewrite; "" leaves the words out


class Ground(typing.NamedTuple):
    """A statement that the facts bear out."""

    role: str  # "item-price", "fee", "shipping", ...
    span: Span
    source: str  # "product.price=129"


class VerdictParts(typing.NamedTuple):
    findings: tuple[Finding, ...]
    grounds: tuple[Ground, ...]


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
    guidance: Guidance | None
    actions: tuple[Action, ...]
    links: tuple[Link, ...]
    buyer: Buyer | None
    objection: str | None
    complaint: str | None


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
            case["summary"],
            case["emotion"],
            case["major"],
            _why(case["major_why"]),
            case["urgency"],
            _why(case["urgency_why"]),
            case["next_step"],
            tuple(CaseFact(f["fact"], f["name"], f["value"]) for f in case["facts"]),
            tuple(Quote(q["text"], Span(*q["span"])) for q in case["quotes"]),
            tuple(Promise(p["fact"], p["name"], p["due"], p["state"]) for p in case["promises"]),
            tuple(case["needs"]),
            _entities(case["entities"]),
        ),
    )


def _traits(items: list[dict[str, typing.Any]]) -> tuple[Trait, ...]:
    return tuple(Trait(t["id"], t["score"]) for t in items)


def _buyer(item: dict[str, typing.Any] | None) -> Buyer | None:
    if item is None:
        return None
    types, psychology = _traits(item["types"]), _traits(item["psychology"])
    return Buyer(item["emotion"], item["score"], types, psychology, _why(item["why"]))


def _guidance(item: dict[str, typing.Any] | None) -> Guidance | None:
    if item is None:
        return None
    return Guidance(item["intent"], item["next_step"], tuple(item["needs"]))


def _action(item: dict[str, typing.Any]) -> Action:
    arguments = {
        name: Argument(a["value"], a["source"], Span(*a["span"])) for name, a in item["arguments"].items()
    }
    return Action(
        item["action"],
        item["intent"],
        item["requires_person"],
        arguments,
        tuple(item["missing"]),
        _why(item["why"]),
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
        _guidance(d["guidance"]),
        tuple(_action(a) for a in d["actions"]),
        tuple(Link(k["role"], k["name"], k["url"]) for k in d["links"]),
        _buyer(d["buyer"]),
        d["objection"],
        d["complaint"],
    )


def describe(decision: str, stage: str, order_state: str, parts: Parts) -> str:
    """repr() of a reply."""
    fields = "".join(f", {name}={value!r}" for name, value in parts._asdict().items() if value)
    return f"Reply(decision={decision!r}, stage={stage!r}, order_state={order_state!r}{fields})"


def build_verdict(text: str) -> VerdictParts:
    """Records of a verdict from its JSON form."""
    d = json.loads(text)
    return VerdictParts(
        tuple(
            Finding(
                f["rule"], f["level"], Span(*f["span"]), f["words"], f["detail"], f["advice"], f.get("replacement")
            )
            for f in d["findings"]
        ),
        tuple(Ground(g["role"], Span(*g["span"]), g["source"]) for g in d["grounds"]),
    )


def describe_verdict(outcome: str, text: str | None, parts: VerdictParts) -> str:
    """repr() of a verdict."""
    fields = "".join(f", {name}={value!r}" for name, value in parts._asdict().items() if value)
    return f"Verdict(outcome={outcome!r}, text={text!r}{fields})"
