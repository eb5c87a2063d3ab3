"""Python values to what the native module takes. Called by it; every refusal is a TypeError or ValueError that says why."""

from __future__ import annotations

import collections.abc
import datetime
import decimal
import json
import os
import pathlib

_UTC = datetime.timezone.utc
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=_UTC)
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


def default_pack() -> str:
    """Folder of the pack that the package brings along."""
    return str(pathlib.Path(__file__).parent / "rules" / "zh-CN")
