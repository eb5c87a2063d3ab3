"""The memory of a conversation."""

import concurrent.futures
import pathlib

import pytest

import xiaoer

DEMO = pathlib.Path(__file__).parent.parent / "packs" / "demo"


def first(session: xiaoer.Session, message: str, *, assume_sent: bool = False) -> str:
    text = session.reply(message, assume_sent=assume_sent).text
    assert text is not None
    return text


def test_only_what_was_sent_counts(session: xiaoer.Session) -> None:
    text = first(session, "你好")
    assert first(session, "你好") == text
    assert session.sent(text, at="2026-11-21T10:00:00+08:00") is True
    assert first(session, "你好") != text
    assert session.sent("从没建议过的话") is False


def test_assume_sent(session: xiaoer.Session) -> None:
    text = first(session, "你好", assume_sent=True)
    assert first(session, "你好") != text


def test_holding_reply_goes_out_once(session: xiaoer.Session) -> None:
    assert session.sent(first(session, "我要投诉你们"))
    again = session.reply("我要投诉你们")
    assert again.handoff is not None and again.handoff.holding_reply is None
    assert again.text is None


def test_snapshots(rules: xiaoer.Ruleset, session: xiaoer.Session) -> None:
    first(session, "你好", assume_sent=True)
    session.observe("亲,稍等")
    kept = session.snapshot()
    assert isinstance(kept, bytes) and 0 < len(kept) <= 65536
    restored = rules.session(kept)
    assert restored.snapshot() == kept
    assert restored.reply("你好") == session.reply("你好")
    bad = bytearray(kept)
    bad[len(bad) // 2] ^= 1
    for broken in (b"", b"x", kept[:-1], bytes(bad)):
        with pytest.raises(xiaoer.SnapshotError):
            rules.session(broken)
    with pytest.raises(TypeError):
        rules.session("text")  # type: ignore[arg-type]


def test_failures_change_nothing(session: xiaoer.Session) -> None:
    first(session, "你好", assume_sent=True)
    before = session.snapshot()
    with pytest.raises(xiaoer.LimitError):
        session.reply("好" * 30_000)
    with pytest.raises(xiaoer.FactsError):
        session.reply("你好", facts={"product": 5})
    assert session.snapshot() == before


def test_reload(session: xiaoer.Session) -> None:
    text = first(session, "你好", assume_sent=True)
    session.ruleset = xiaoer.Ruleset.from_path(DEMO)
    assert first(session, "你好") != text
    with pytest.raises(TypeError):
        session.ruleset = "demo"  # type: ignore[assignment]


def test_a_session_in_use_is_busy(session: xiaoer.Session) -> None:
    """Four threads, one session: some calls meet BusyError, the others succeed, nothing else happens."""
    message = "能便宜点吗,今天能发货吗。" * 400

    def work() -> int:
        busy = 0
        for _ in range(300):
            try:
                session.reply(message)
            except xiaoer.BusyError:
                busy += 1
        return busy

    for _ in range(20):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            if sum(future.result() for future in [pool.submit(work) for _ in range(4)]) > 0:
                break
    else:
        pytest.fail("no call met a busy session")
    assert session.reply("你好").replies


def test_wrong_types(session: xiaoer.Session) -> None:
    with pytest.raises(TypeError):
        session.sent(b"x")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        session.observe(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        xiaoer.Session()
