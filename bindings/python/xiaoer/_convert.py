"""Python values to what the native module takes. Called by it; every refusal is a TypeError or ValueError that says why."""

from __future__ import annotations

import collections.abc
import datetime
import decimal
import difflib
import json
import os
import pathlib
import typing

_UTC = datetime.timezone.utc
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=_UTC)
_MOST = 2**64 - 1  # what the engine counts in
_FLAGS = ("trace", "assume_sent", "run_tests", "ok")
_COUNTS = ("seed", "max_bytes")
_SHOP_ROLES = ("agent", "seller", "shop", "assistant", "engine")


def instant(now: object) -> tuple[int, int]:
    """Seconds since the epoch and minutes from UTC of an aware datetime or an ISO 8601 text with offset."""
    if isinstance(now, str):
        try:
            now = datetime.datetime.fromisoformat(now[:-1] + "+00:00" if now[-1:] in ("Z", "z") else now)
        except ValueError:
            raise ValueError(f"now: not an ISO 8601 time: {now!r}") from None
    if not isinstance(now, datetime.datetime):
        raise TypeError(f"now must be a datetime, a str or None, not {type(now).__name__}")
    offset = now.utcoffset()
    if offset is None:
        raise ValueError("now has no offset from UTC: pass an aware datetime, or text like 2026-11-21T10:00:00+08:00")
    seconds = (now - _EPOCH) // datetime.timedelta(seconds=1)
    return seconds, offset // datetime.timedelta(minutes=1)


def _plain(value: object) -> object:
    if isinstance(value, decimal.Decimal):
        if not value.is_finite() or abs(value) >= 10**15:
            raise ValueError(f"facts: {value} is no number that a shop has")
        return float(value) if value % 1 else int(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, collections.abc.Mapping):
        return dict(value)
    raise TypeError(f"facts: a {type(value).__name__} has no JSON form")


def facts_json(facts: object) -> str:
    """The JSON text of a facts mapping; text passes as it is."""
    if isinstance(facts, str):
        return facts
    if not isinstance(facts, collections.abc.Mapping):
        raise TypeError(f"facts must be a mapping, JSON text, Facts or None, not {type(facts).__name__}")
    return json.dumps(facts if isinstance(facts, dict) else dict(facts), ensure_ascii=False, allow_nan=False, default=_plain)


def previous_agent(previous: object) -> str:
    """The shop's line of `previous`: text, or {"role", "text"}; another speaker's line counts for nothing."""
    if isinstance(previous, str):
        return previous
    if not isinstance(previous, collections.abc.Mapping):
        raise TypeError(f"previous must be a str, a mapping or None, not {type(previous).__name__}")
    missing = [key for key in ("role", "text") if key not in previous]
    if missing:
        raise TypeError(f"previous has no {missing[0]!r}; give a str, or role and text")
    text = previous["text"]
    if not isinstance(text, str):
        raise TypeError(f"previous['text'] must be a str, not {type(text).__name__}")
    return text if previous["role"] in _SHOP_ROLES else ""


def path(value: object) -> str:
    """A folder's name from text or a path object."""
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(f"a path must be a str or path-like object, not {type(value).__name__}")
    name = os.fspath(value)
    if not isinstance(name, str):
        raise TypeError("a path must be text, not bytes")
    return name


def rules_path() -> str:
    """Folder of the packs that the package brings along."""
    return str(pathlib.Path(__file__).parent / "rules")


def default_pack() -> str:
    """The one that is used where none is named: its image, which opens at once."""
    return str(pathlib.Path(rules_path()) / "zh-CN.xob")


def _check_argument(name: str, value: object) -> None:
    given = f"not {type(value).__name__}"
    if name in _COUNTS and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError(f"{name} must be an int, {given}")
    if name in _COUNTS and not 0 <= value <= _MOST:  # type: ignore[operator]
        raise ValueError(f"{name} must lie between 0 and 2**64 - 1, not {value}")
    if name in _FLAGS and not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, {given}")
    if name == "language" and not isinstance(value, str):
        raise TypeError(f"language must be 'zh' or 'en', {given}")


def refuse_call(
    function: str,
    parameters: tuple[str, ...],
    positional: int,
    required: int,
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> typing.NoReturn:
    """Says why a call does not fit: of the parameters the first `positional` may stand without a name, the first
    `required` must be given."""
    for name in kwargs:
        if name not in parameters:
            near = difflib.get_close_matches(name, parameters, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"it takes {', '.join(parameters) or 'none'}"
            raise TypeError(f"{function}() has no argument {name!r}; {hint}")
    if len(args) > positional:
        names = ", ".join(parameters[positional:])
        rest = f"; by name: {names}" if names else ""
        raise TypeError(f"{function}() takes at most {positional} without a name, not {len(args)}{rest}")
    given = dict(zip(parameters, args))
    for name in kwargs:
        if name in given:
            raise TypeError(f"{function}() got {name!r} twice")
    given.update(kwargs)
    for name in parameters[:required]:
        if name not in given:
            raise TypeError(f"{function}() needs {name!r}")
    for name, value in given.items():
        _check_argument(name, value)
    raise TypeError(f"{function}() cannot be called so; it takes {', '.join(parameters)}")
