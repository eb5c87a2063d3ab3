"""The stubs say what the module does, and a client that uses them passes mypy --strict."""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def run(cache: pathlib.Path, *command: str) -> None:
    environment = os.environ | {"MYPY_CACHE_DIR": str(cache), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=HERE, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_match_the_module(tmp_path: pathlib.Path) -> None:
    run(tmp_path, "mypy.stubtest", "xiaoer")


def test_example_is_well_typed(tmp_path: pathlib.Path) -> None:
    run(tmp_path, "mypy", "--strict", "typed_client.py")


def test_example_runs(tmp_path: pathlib.Path) -> None:
    run(tmp_path, "typed_client")
