"""The notebook as a reader has it after "run all": executed once a session, for the tests of its output and of its looks."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from argmap.notebooks import explore

__all__ = ["executed", "explored"]

#: Seconds that a cell may take on a machine that is busy with other work.
PATIENCE = 180
BUNDLED = Path(__file__).parents[1] / "output" / "map.json"


def executed(text: str) -> Any:
    """A notebook's cells with their output, run in an empty folder."""
    for name in ("ipykernel", "matplotlib", "pandas"):
        pytest.importorskip(name)
    nbformat = pytest.importorskip("nbformat")
    preprocessors = pytest.importorskip("nbconvert.preprocessors")
    notebook = nbformat.reads(text, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        runner = preprocessors.ExecutePreprocessor(timeout=PATIENCE, kernel_name="python3")
        runner.preprocess(notebook, {"metadata": {"path": folder}})
    return notebook


@cache
def explored() -> Any:
    """The notebook on the map of the bundled corpus."""
    return executed(explore(BUNDLED.as_posix()))
