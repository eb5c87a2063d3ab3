import pathlib

import pytest

import xiaoer

DEMO = pathlib.Path(__file__).parent.parent / "packs" / "demo"


@pytest.fixture(scope="session")
def rules() -> xiaoer.Ruleset:
    return xiaoer.Ruleset.from_path(DEMO)


@pytest.fixture
def session(rules: xiaoer.Ruleset) -> xiaoer.Session:
    return rules.session()
