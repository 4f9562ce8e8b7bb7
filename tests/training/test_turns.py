"""Training of turns: what signs count is learned from pairs of marked statements."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from argmap.training.marked import read
from argmap.training.turns import Observation, fit, observations, write
from argmap.turns import TURNS

SAME, OPPOSED = TURNS.index("same"), TURNS.index("opposed")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "museum.txt"
    path.write_text("# language: en\n# motion: Museums should be free of charge.\nMuseums\n\nMayor Lee said [1 lee for|a free museum belongs "
                    "to everybody]. But [2 author against|guards cost money]. [3 author neutral|The vote is in May].\n== 2-1\n", encoding="utf-8")
    return path


def test_each_pair_of_statements_is_observed_with_what_they_are_to_each_other(text: Path) -> None:
    seen = observations(read(text), ())
    assert [TURNS[each.turn] for each in seen] == ["opposed", "to_neutral", "to_neutral"]
    assert "contrast" in seen[0].signs


def test_a_sign_that_goes_with_a_turn_counts_for_it() -> None:
    seen = [Observation(("but",), OPPOSED)] * 20 + [Observation(("so",), SAME)] * 20
    weights = fit(seen, ridge=1.0)
    assert weights["but"][OPPOSED] > weights["but"][SAME]
    assert weights["so"][SAME] > weights["so"][OPPOSED]
    assert np.exp(weights["prior"]).sum() == pytest.approx(1, abs=0.01)


def test_weights_are_written_with_the_names_of_the_turns(tmp_path: Path) -> None:
    write({"prior": [0.0] * 5, "but": [1.0] * 5}, tmp_path / "turns.json")
    kept = json.loads((tmp_path / "turns.json").read_text(encoding="utf-8"))
    assert kept["turns"] == list(TURNS) and kept["weights"]["but"] == [1.0] * 5
