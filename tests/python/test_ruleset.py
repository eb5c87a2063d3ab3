"""Loading packs, and what goes wrong."""

import pathlib
import pickle
import re
import typing

import pytest

import xiaoer

DEMO = pathlib.Path(__file__).parent.parent / "packs" / "demo"


def test_from_path_takes_text_and_path_objects() -> None:
    for path in (DEMO, str(DEMO)):
        rules = xiaoer.Ruleset.from_path(path)
        assert (rules.id, rules.version) == ("demo", "1.2.0")
    assert repr(rules) == "<xiaoer.Ruleset demo 1.2.0>"


def test_from_files_answers_like_the_folder(rules: xiaoer.Ruleset) -> None:
    texts = {p.name: p.read_text(encoding="utf-8") for p in DEMO.glob("*.json")}
    raw = {p.name: p.read_bytes() for p in DEMO.glob("*.json")}
    expected = rules.reply("能便宜点吗").to_json()
    assert xiaoer.Ruleset.from_files(texts).reply("能便宜点吗").to_json() == expected
    assert xiaoer.Ruleset.from_files(raw, run_tests=True).reply("能便宜点吗").to_json() == expected


def test_an_overlay_finds_the_packs_that_come_along(tmp_path: pathlib.Path) -> None:
    (tmp_path / "pack.json").write_text(
        '{"format": 1, "id": "mine", "version": "0.1.0", "title": "自己的", "extends": {"id": "zh-CN", "version": ">=0.1 <0.2"}}',
        encoding="utf-8",
    )
    assert xiaoer.Ruleset.from_path(tmp_path).id == "mine"


def test_images(rules: xiaoer.Ruleset, tmp_path: pathlib.Path) -> None:
    image = rules.to_image()
    assert image == xiaoer.Ruleset.from_path(DEMO).to_image()
    file = tmp_path / "demo.xob"
    file.write_bytes(image)
    expected = rules.reply("能便宜点吗").to_json()
    opened = [
        xiaoer.Ruleset.from_image(image),
        xiaoer.Ruleset.from_image(file),
        xiaoer.Ruleset.from_image(str(file), language="en"),
        xiaoer.Ruleset.from_path(file),
    ]
    file.unlink()
    assert [one.reply("能便宜点吗").to_json() for one in opened] == [expected] * 4
    assert opened[1].id == "demo"


def test_images_that_are_none(rules: xiaoer.Ruleset, tmp_path: pathlib.Path) -> None:
    def code(image: bytes | pathlib.Path) -> str:
        with pytest.raises(xiaoer.RulesetError) as caught:
            xiaoer.Ruleset.from_image(image, language="en")
        return caught.value.diagnostics[0].code

    image = rules.to_image()
    assert code(b"") == "not-an-image"
    assert code(image[:-64]) == "image-damaged"
    assert code(image[:12] + b"\0" + image[13:]) == "image-outdated"
    with pytest.raises(xiaoer.RulesetError) as caught:
        xiaoer.Ruleset.from_image(tmp_path / "none.xob")
    assert caught.value.status == "XIAOER_NOT_FOUND"
    with pytest.raises(TypeError):
        xiaoer.Ruleset.from_image(7)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'zh' or 'en'"):
        xiaoer.Ruleset.from_image(image, language="fr")  # type: ignore[arg-type]


def test_default_pack_is_in_the_package() -> None:
    rules = xiaoer.Ruleset.default()
    assert rules.id == "zh-CN"
    folder = pathlib.Path(xiaoer.__file__).parent / "rules" / "zh-CN"
    assert rules.to_image() == xiaoer.Ruleset.from_path(folder).to_image()
    reply = rules.reply("老板,能便宜点吗", facts={"product": {"price": 39.9}})
    assert reply.intents[0].id.startswith("bargain")
    assert reply.replies


def test_missing_folder() -> None:
    with pytest.raises(xiaoer.RulesetError) as caught:
        xiaoer.Ruleset.from_path("/no/such/folder", language="en")
    assert caught.value.status == "XIAOER_NOT_FOUND"
    assert caught.value.diagnostics


def test_all_diagnostics_with_place() -> None:
    files = {
        "pack.json": '{"format": 1, "id": "bad", "version": "1.0.0", "colour": 1}',
        "a.json": '{"intents": [\n  {"id": "greet.x", "patern": ["你好"]}\n]}',
        "b.json": '{"intents": [',
    }
    with pytest.raises(xiaoer.RulesetError) as caught:
        xiaoer.Ruleset.from_files(files, language="en")
    error = caught.value
    assert error.status == "XIAOER_BAD_PACK"
    assert {d.file for d in error.diagnostics} == set(files)
    assert any(d.file == "a.json" and d.line == 2 and d.column > 1 for d in error.diagnostics)
    assert all(d.code and d.message != d.code for d in error.diagnostics)
    again = pickle.loads(pickle.dumps(error))
    assert again.diagnostics == error.diagnostics and str(again) == str(error)


def test_languages() -> None:
    def message(language: str) -> str:
        with pytest.raises(xiaoer.RulesetError) as caught:
            xiaoer.Ruleset.from_files({"pack.json": "{}"}, language=language)  # type: ignore[arg-type]
        return caught.value.diagnostics[0].message

    assert message("zh") != message("en")
    with pytest.raises(ValueError, match="'zh' or 'en'"):
        xiaoer.Ruleset.from_path(DEMO, language="fr")  # type: ignore[arg-type]


def test_wrong_types() -> None:
    with pytest.raises(TypeError):
        xiaoer.Ruleset.from_path(b"x")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        xiaoer.Ruleset.from_path(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not a str"):
        xiaoer.Ruleset.from_path(DEMO, search_path="x")
    with pytest.raises(TypeError):
        xiaoer.Ruleset.from_files({"pack.json": 5})  # type: ignore[dict-item]
    for made, how in [
        (xiaoer.Ruleset, "from_path"),
        (xiaoer.Session, "Ruleset.session"),
        (xiaoer.Reply, "Ruleset.reply"),
        (xiaoer.Verdict, "Ruleset.guard"),
        (xiaoer.ClassifiedBatch, "classify_batch"),
    ]:
        with pytest.raises(TypeError, match=how):
            made("rules", language="zh")


def test_too_large_a_pack() -> None:
    with pytest.raises(xiaoer.RulesetError):
        xiaoer.Ruleset.from_path(DEMO, max_bytes=100)


def test_version_is_the_release() -> None:
    assert xiaoer.__version__.count(".") == 2


def test_check_facts(rules: xiaoer.Ruleset) -> None:
    facts = {"product": {"prise": 299, "weight": 3}}
    (note,) = rules.check_facts(facts)
    assert (note.is_error, note.code, note.pointer) == (False, "fact-unknown", "/product/prise")
    assert "product.price" in note.remedy
    assert rules.check_facts(xiaoer.Facts(facts)) == (note,)
    assert rules.check_facts({"product": {"price": 299}}) == ()
    with pytest.raises(TypeError, match="facts must be given"):
        rules.check_facts(None)  # type: ignore[arg-type]


def test_calls_that_do_not_fit_are_told_why(rules: xiaoer.Ruleset) -> None:
    session = rules.session()
    calls: list[tuple[typing.Any, tuple[typing.Any, ...], dict[str, typing.Any], str]] = [
        (rules.reply, ("您好",), {"fact": {}}, "Ruleset.reply() has no argument 'fact'; did you mean 'facts'?"),
        (session.reply, ("您好",), {"asume_sent": True}, "no argument 'asume_sent'; did you mean 'assume_sent'?"),
        (session.reply, ("您好",), {"colour": 1}, "'colour'; it takes message, facts, messages, event, previous, now, "),
        (session.reply, ("您好", {}), {}, "at most 1 without a name, not 2; by name: facts, "),
        (session.reply, ("您好",), {"message": "您好"}, "got 'message' twice"),
        (session.reply, ("您好",), {"seed": "1"}, "seed must be an int, not str"),
        (session.reply, ("您好",), {"trace": "yes"}, "trace must be True or False, not str"),
        (session.sent, (), {}, "Session.sent() needs 'text'"),
        (session.observe, ("您好",), {"when": None}, "Session.observe() has no argument 'when'"),
        (session.confirm, ("remark",), {"okay": True}, "did you mean 'ok'?"),
        (rules.guard, ("您好",), {"sesion": None}, "did you mean 'session'?"),
        (rules.classify_batch, (), {}, "Ruleset.classify_batch() needs 'messages'"),
        (rules.session, (), {"snapshots": b""}, "did you mean 'snapshot'?"),
        (xiaoer.Ruleset.from_path, ("x",), {"langage": "zh"}, "did you mean 'language'?"),
        (xiaoer.Ruleset.from_files, ({},), {"run_test": True}, "did you mean 'run_tests'?"),
        (xiaoer.Ruleset.default, ("zh",), {}, "at most 0 without a name, not 1; by name: language"),
    ]
    for function, args, kwargs, message in calls:
        with pytest.raises(TypeError, match=re.escape(message)):
            function(*args, **kwargs)
    for seed in (-1, 2**64):
        with pytest.raises(ValueError, match=r"seed must lie between 0 and 2\*\*64 - 1, not"):
            session.reply("您好", seed=seed)
    assert session.reply("您好", seed=2**64 - 1).text
