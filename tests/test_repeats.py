"""Repeats: the runs of words that texts have in common."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from argmap.repeats import COMMON, _common


def _flat(texts: list[frozenset[int]]) -> tuple[np.ndarray, np.ndarray]:
    """The runs of all texts one after another, and how many are each text's."""
    return np.array([run for text in texts for run in sorted(text)], dtype=np.uint32), np.array([len(text) for text in texts], dtype=np.int64)


@given(st.lists(st.frozensets(st.integers(0, 12), max_size=6), max_size=8))
def test_texts_have_in_common_what_both_hold_by_the_later_and_then_the_earlier(texts: list[frozenset[int]]) -> None:
    shared = {(later, earlier): len(texts[later] & texts[earlier]) for earlier, later in combinations(range(len(texts)), 2)}
    assert list(_common(*_flat(texts))) == [(*pair, count) for pair, count in sorted(shared.items()) if count]


def test_a_run_that_many_texts_have_tells_nothing() -> None:
    own = [frozenset({0, 1 + at // 2}) for at in range(COMMON + 2)]
    assert list(_common(*_flat(own))) == [(at + 1, at, 1) for at in range(0, COMMON + 2, 2)]
