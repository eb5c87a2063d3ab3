"""Xiaoer (小二): scripted chat replies for shops.

    import xiaoer

    rules = xiaoer.Ruleset.default()
    session = rules.session()
    reply = session.reply("能便宜点吗", facts={"product": {"price": 39.9}})
    print(reply.decision, reply.text)

A `Ruleset` and `Facts` are immutable and may be shared by any number of threads. A `Session` is the memory of one
conversation and takes one call at a time. Nothing here reads a clock: pass `now`. docs/python-api.md is the contract.
"""

from ._errors import (
    BusyError,
    Diagnostic,
    FactsError,
    LimitError,
    RulesetError,
    SnapshotError,
    XiaoerError,
)
from ._records import (
    Bargain,
    Case,
    Classified,
    Conversation,
    Entity,
    Guard,
    Handoff,
    HoldingReply,
    Intent,
    NearMiss,
    OrderStep,
    Quote,
    Reason,
    ReplyText,
    Span,
    Technique,
)
from ._xiaoer import ClassifiedBatch, Facts, Reply, Ruleset, Session, __version__

__all__ = [
    "Bargain",
    "BusyError",
    "Case",
    "Classified",
    "ClassifiedBatch",
    "Conversation",
    "Diagnostic",
    "Entity",
    "Facts",
    "FactsError",
    "Guard",
    "Handoff",
    "HoldingReply",
    "Intent",
    "LimitError",
    "NearMiss",
    "OrderStep",
    "Quote",
    "Reason",
    "Reply",
    "ReplyText",
    "Ruleset",
    "RulesetError",
    "Session",
    "SnapshotError",
    "Span",
    "Technique",
    "XiaoerError",
    "__version__",
]
