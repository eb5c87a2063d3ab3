"""Exceptions. The native module raises them through `from_native`."""

from __future__ import annotations

import typing


class Diagnostic(typing.NamedTuple):
    """One problem of a pack or of facts, with its place. Texts are empty and numbers 0 where nothing applies."""

    is_error: bool  # False: a warning
    code: str  # stable, kebab-case; docs/errors.md lists them
    message: str
    remedy: str
    file: str
    line: int  # from 1
    column: int  # from 1, in characters
    pointer: str  # JSON pointer
    rule_id: str


class XiaoerError(Exception):
    """A failed call. `status` is the name of the C status, `diagnostics` all problems that were found."""

    status: str
    diagnostics: tuple[Diagnostic, ...]

    def __init__(
        self, message: str, status: str = "XIAOER_INTERNAL", diagnostics: tuple[Diagnostic, ...] = ()
    ) -> None:
        super().__init__(message)
        self.status = status
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        lines = [str(self.args[0])]
        lines += [
            f"  {d.file or '-'}:{d.line}:{d.column}: {d.message} ({d.code})" for d in self.diagnostics[1:6]
        ]
        if len(self.diagnostics) > 6:
            lines.append(f"  ... and {len(self.diagnostics) - 6} more, see .diagnostics")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[XiaoerError], tuple[object, ...]]:
        return type(self), (self.args[0], self.status, self.diagnostics)


class RulesetError(XiaoerError):
    """A pack that is not there (`status` is "XIAOER_NOT_FOUND") or has errors."""


class FactsError(XiaoerError, ValueError):
    """Facts of the wrong shape."""


class SnapshotError(XiaoerError, ValueError):
    """Bytes that are no session snapshot, are damaged, or come from a newer version."""


class LimitError(XiaoerError, ValueError):
    """An input longer than its documented limit."""


class BusyError(XiaoerError, RuntimeError):
    """The session is in use by another thread."""


_CLASSES: dict[str, type[XiaoerError]] = {
    "XIAOER_NOT_FOUND": RulesetError,
    "XIAOER_BAD_PACK": RulesetError,
    "XIAOER_BAD_FACTS": FactsError,
    "XIAOER_BAD_SNAPSHOT": SnapshotError,
    "XIAOER_LIMIT": LimitError,
    "XIAOER_BUSY": BusyError,
}


def from_native(
    status: str, message: str, diagnostics: list[tuple[bool, str, str, str, str, int, int, str, str]]
) -> XiaoerError:
    return _CLASSES.get(status, XiaoerError)(message, status, tuple(Diagnostic(*d) for d in diagnostics))
