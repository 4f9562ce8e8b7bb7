"""Evaluation of points: the organisers' score, and what is read from files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from argmap.training.points import FOURS, MEASURED, Group, average_precision, mean_average_precision, read_fours, read_groups, read_pairs

PAIRS = Path(__file__).parents[1] / "pairs" / "claims.tsv"


@pytest.mark.parametrize(("right", "score"), [([True, True], 1.0), ([False, True], 0.5), ([False], 0.0), ([], 0.0)])
def test_precision_counts_at_each_right_answer(right: list[bool], score: float) -> None:
    assert average_precision(right) == score


def test_undecided_pairs_are_wrong_when_strict_and_right_when_relaxed() -> None:
    group = Group(("a", "b", "c", "d"), ("k",), {(0, 0): 1, (2, 0): 0, (3, 0): 0})
    # The surer half, b (undecided) before a (right), is judged.
    scores = np.array([[0.8], [0.9], [0.1], [0.2]], dtype=np.float32)
    assert mean_average_precision([group], lambda _: scores) == (0.5, 1.0)


def test_arguments_and_key_points_meet_by_topic_and_side(tmp_path: Path) -> None:
    for name, rows in {
        "arguments": "arg_id,argument,topic,stance\na1,It helps,T,1\na2,It harms,T,-1\n",
        "key_points": "key_point_id,key_point,topic,stance\nk1,Help,T,1\nk2,Harm,T,-1\n",
        "labels": "arg_id,key_point_id,label\na1,k1,1\na2,k2,0\n",
    }.items():
        (tmp_path / f"{name}_dev.csv").write_text(rows, encoding="utf-8")
    assert read_groups(tmp_path, "dev") == [Group(("It helps",), ("Help",), {(0, 0): 1}), Group(("It harms",), ("Harm",), {(0, 0): 0})]


def test_pairs_are_read_with_their_use() -> None:
    kind, use, *rest = read_pairs(PAIRS)[0]
    assert (kind, use, rest[0], rest[2]) == ("same", "fitted", "it", "en")


@pytest.mark.parametrize("path", [FOURS, *MEASURED], ids=lambda path: path.stem)
def test_each_line_of_fours_gives_one_pair_of_each_kind(path: Path) -> None:
    pairs = read_fours(path)
    languages = set(path.stem.split("-")[-2:])
    assert len(pairs) == 3 * len({pair[3] for pair in pairs})
    assert {kind for kind, *_ in pairs} == {"same", "related", "opposite"}
    assert {language for pair in pairs for language in (pair[2], pair[4])} == languages
