import datetime
import os
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NoReturn, Protocol, TypeAlias, overload

from ._errors import Diagnostic
from ._records import (
    Action,
    Bargain,
    Buyer,
    Classified,
    Conversation,
    Entity,
    Finding,
    Ground,
    Guard,
    Guidance,
    Handoff,
    Intent,
    Link,
    NearMiss,
    ReplyText,
    Technique,
)

__version__: str

_Decision: TypeAlias = Literal["auto", "suggest", "handoff", "silent"]
_Language: TypeAlias = Literal["zh", "en"]
_Facts: TypeAlias = Facts | Mapping[str, Any] | str
_Moment: TypeAlias = datetime.datetime | str
_Path: TypeAlias = str | os.PathLike[str]

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class Facts:
    """Facts of a call, checked once and reusable. Immutable; any thread."""

    def __init__(self, facts: Mapping[str, Any] | str) -> None: ...

class Reply:
    """What one call gives back. Immutable; spans count characters."""

    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...  # made by other calls only

    @property
    def decision(self) -> _Decision: ...
    @property
    def text(self) -> str | None: ...
    @property
    def message(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def order_state(self) -> str: ...
    @property
    def intents(self) -> tuple[Intent, ...]: ...
    @property
    def entities(self) -> tuple[Entity, ...]: ...
    @property
    def replies(self) -> tuple[ReplyText, ...]: ...
    @property
    def techniques(self) -> tuple[Technique, ...]: ...
    @property
    def guard(self) -> tuple[Guard, ...]: ...
    @property
    def handoff(self) -> Handoff | None: ...
    @property
    def guidance(self) -> Guidance | None: ...
    @property
    def actions(self) -> tuple[Action, ...]: ...
    @property
    def links(self) -> tuple[Link, ...]: ...
    @property
    def buyer(self) -> Buyer | None: ...
    @property
    def objection(self) -> str | None: ...
    @property
    def complaint(self) -> str | None: ...
    @property
    def bargain(self) -> Bargain | None: ...
    @property
    def conversation(self) -> Conversation: ...
    @property
    def near_misses(self) -> tuple[NearMiss, ...]: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

class Verdict:
    """What the guard says of a text. Immutable; spans count characters."""

    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...  # made by Ruleset.guard only

    @property
    def outcome(self) -> Literal["pass", "rewritten", "refused"]: ...
    @property
    def original(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def grounds(self) -> tuple[Ground, ...]: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

class Session:
    """The memory of one conversation. One call at a time: a second thread gets BusyError."""

    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...  # made by other calls only

    ruleset: Ruleset
    def reply(
        self,
        message: str | None = None,
        *,
        facts: _Facts | None = None,
        messages: Iterable[str] | None = None,
        event: str | None = None,
        previous: str | Mapping[str, str] | None = None,
        now: _Moment | None = None,
        seed: int = 0,
        trace: bool = False,
        assume_sent: bool = False,
    ) -> Reply: ...
    def sent(self, text: str, at: _Moment | None = None) -> bool: ...
    def observe(self, line: str, at: _Moment | None = None) -> None: ...
    def confirm(self, action: str, ok: bool = True, *, at: _Moment | None = None) -> bool: ...
    def snapshot(self) -> bytes: ...

class Ruleset:
    """A compiled pack. Immutable; any number of threads may use it."""

    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...  # made by other calls only

    @staticmethod
    def from_path(
        path: _Path,
        *,
        language: _Language = "zh",
        search_path: Iterable[_Path] = (),
        max_bytes: int = 0,
        run_tests: bool = False,
    ) -> Ruleset: ...
    @staticmethod
    def from_files(
        files: Mapping[str, str | bytes],
        *,
        language: _Language = "zh",
        search_path: Iterable[_Path] = (),
        max_bytes: int = 0,
        run_tests: bool = False,
    ) -> Ruleset: ...
    @staticmethod
    def from_image(image: bytes | _Path, *, language: _Language = "zh") -> Ruleset: ...
    @staticmethod
    def default(*, language: _Language = "zh") -> Ruleset: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def warnings(self) -> tuple[Diagnostic, ...]: ...
    def to_image(self) -> bytes: ...
    def session(self, snapshot: bytes | None = None) -> Session: ...
    def reply(
        self,
        message: str | None = None,
        *,
        facts: _Facts | None = None,
        messages: Iterable[str] | None = None,
        event: str | None = None,
        previous: str | Mapping[str, str] | None = None,
        now: _Moment | None = None,
        seed: int = 0,
        trace: bool = False,
    ) -> Reply: ...
    def guard(
        self, text: str, *, facts: _Facts | None = None, session: Session | None = None, now: _Moment | None = None
    ) -> Verdict: ...
    def check_facts(self, facts: _Facts) -> tuple[Diagnostic, ...]: ...
    @overload
    def classify_batch(
        self, messages: _ArrowArray | _ArrowStream, *, facts: _Facts | None = None, now: _Moment | None = None
    ) -> ClassifiedBatch: ...
    @overload
    def classify_batch(
        self, messages: Iterable[str], *, facts: _Facts | None = None, now: _Moment | None = None
    ) -> list[Classified]: ...

class ClassifiedBatch:
    """Answers of classify_batch as an Arrow struct column."""

    def __init__(self, *args: NoReturn, **kwargs: NoReturn) -> None: ...  # made by other calls only

    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Classified | None: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
