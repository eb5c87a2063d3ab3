"""classify_batch over lists and Arrow columns."""

import gc
import typing

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import xiaoer

MESSAGES = ["你好", "能便宜点吗", "我要投诉你们", "嘀嘀嗒嗒咕噜", "", "今天能发货吗,这条长一些以便放进缓冲区"]


class Stream:
    """An object that knows only __arrow_c_stream__."""

    def __init__(self, chunked: "pa.ChunkedArray") -> None:
        self.chunked = chunked

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> typing.Any:
        return self.chunked.__arrow_c_stream__(requested_schema)


def rows_of(rules: xiaoer.Ruleset, messages: list[str]) -> list[xiaoer.Classified]:
    return rules.classify_batch(messages)


def test_list(rules: xiaoer.Ruleset) -> None:
    rows = rows_of(rules, MESSAGES)
    assert len(rows) == len(MESSAGES)
    for message, row in zip(MESSAGES, rows):
        reply = rules.reply(message)
        assert row.decision == reply.decision
        assert row.intent == (reply.intents[0].id if reply.intents else None)
        assert row.score == pytest.approx(reply.intents[0].score if reply.intents else 0.0, rel=1e-5)
    assert rows[2] == ("complaint.angry", rows[2].score, "handoff")
    assert rules.classify_batch(()) == []


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_arrow_column(rules: xiaoer.Ruleset, kind: typing.Any) -> None:
    batch = rules.classify_batch(pa.array(MESSAGES, kind))
    assert isinstance(batch, xiaoer.ClassifiedBatch) and len(batch) == len(MESSAGES)
    expected = rows_of(rules, MESSAGES)
    assert [batch[i] for i in range(len(batch))] == expected
    column = pa.array(batch)
    column.validate(full=True)
    assert column.type == pa.struct(
        [("intent", pa.string()), ("score", pa.float64()), ("decision", pa.string())]
    )
    assert [tuple(row.values()) for row in column.to_pylist()] == [tuple(row) for row in expected]


def test_nulls_and_slices(rules: xiaoer.Ruleset) -> None:
    column = pa.array(["不要这条", None, *MESSAGES, None, "也不要"]).slice(1, len(MESSAGES) + 2)
    out = pa.array(rules.classify_batch(column))
    out.validate(full=True)
    assert out.null_count == 2
    expected: list[typing.Any] = [None, *(dict(row._asdict()) for row in rows_of(rules, MESSAGES)), None]
    assert out.to_pylist() == expected


def test_stream_of_chunks(rules: xiaoer.Ruleset) -> None:
    chunked = pa.chunked_array([MESSAGES[:2], [], MESSAGES[2:]], pa.string())
    out = pa.array(rules.classify_batch(Stream(chunked)))
    assert out.to_pylist() == pa.array(rules.classify_batch(pa.array(MESSAGES))).to_pylist()
    assert len(rules.classify_batch(chunked)) == len(MESSAGES)


def test_empty_column(rules: xiaoer.Ruleset) -> None:
    assert pa.array(rules.classify_batch(pa.array([], pa.string()))).to_pylist() == []
    assert pa.array(rules.classify_batch(pa.array([None, None], pa.string()))).to_pylist() == [None, None]


def test_columns_outlive_the_batch(rules: xiaoer.Ruleset) -> None:
    batch = rules.classify_batch(pa.array(MESSAGES * 1000))
    twice = pa.array(batch), pa.array(batch)
    expected = twice[1].to_pylist()
    intents = twice[0].field("intent")
    del batch, twice
    gc.collect()
    assert [row["intent"] for row in expected] == intents.to_pylist()


def test_unused_capsules_are_released(rules: xiaoer.Ruleset) -> None:
    batch = rules.classify_batch(pa.array(MESSAGES))
    for _ in range(1000):
        batch.__arrow_c_array__()
        batch.__arrow_c_schema__()
    assert pa.array(batch).null_count == 0


def test_other_columns_are_refused(rules: xiaoer.Ruleset) -> None:
    wrong: list[typing.Any] = [
        pa.array([1, 2]),
        pa.array(["a"]).dictionary_encode(),
        pa.array([b"x"], pa.binary()),
        pa.chunked_array([[1]]),
    ]
    for column in wrong:
        with pytest.raises(TypeError, match="Arrow column of text"):
            rules.classify_batch(column)


def test_wrong_lists(rules: xiaoer.Ruleset) -> None:
    wrong: list[typing.Any] = ["你好", b"x", [1], ["a", None], 5]
    for messages in wrong:
        with pytest.raises(TypeError):
            rules.classify_batch(messages)
    with pytest.raises(ValueError):
        rules.classify_batch(["\ud800"])
    with pytest.raises(xiaoer.LimitError):
        rules.classify_batch(["a", "好" * 30_000])


def test_facts_and_now(rules: xiaoer.Ruleset) -> None:
    with pytest.raises(xiaoer.FactsError):
        rules.classify_batch(["a"], facts={"product": 1})
    assert rules.classify_batch(["你好"], facts={"product": {"price": 1}}, now="2026-11-21T10:00:00+08:00")
    with pytest.raises(IndexError):
        rules.classify_batch(pa.array(["a"]))[1]
