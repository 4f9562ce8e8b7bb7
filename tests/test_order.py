"""Pairs of words in their order: what near words and marks stand before which, whatever the language."""

from __future__ import annotations

import numpy as np
import pytest

from argmap import debate as debates
from argmap.order import LEAST, REACH, known, pairs, vocabulary_digest, weigh

DEFAULT = debates.load()


def _keys(text: str, language: str = "en", *, debate: bool = False) -> set[int]:
    return set(pairs([text], [language], DEFAULT if debate else None).keys.tolist())


def test_the_order_of_words_makes_other_pairs() -> None:
    assert not _keys("cats chase dogs") & _keys("dogs chase cats")


def test_words_go_by_their_lemmas() -> None:
    assert _keys("the river floods towns") == _keys("the rivers flooded town")


def test_words_too_far_apart_make_no_pair() -> None:
    between = " ".join(f"w{chr(97 + number)}" for number in range(REACH))
    assert not _keys("river town") & _keys(f"river {between} town")
    assert _keys("river town") & _keys(f"river {between[3:]} town")


def test_words_of_two_clauses_make_no_pair() -> None:
    assert not _keys("river town") & _keys("river; town")


def test_words_of_two_texts_make_no_pair() -> None:
    found = pairs(["river", "town"], ["en", "en"])
    assert len(found.keys) == 0 and found.texts == 2


def test_what_stops_a_sides_cause_is_one_pair_in_both_languages() -> None:
    shared = _keys("a ban on open weights", debate=True) & _keys("vietare i modelli aperti", "it", debate=True)
    assert shared, "a word that stops something before the cause of openness"
    assert not shared & _keys("open weights are a ban", debate=True), "not after it"
    assert not _keys("a ban on open weights") & _keys("vietare i modelli aperti", "it"), "without a debate there are no causes"


def test_pairs_of_one_text_only_are_not_known() -> None:
    found = pairs(["river town", "river town bridge"], ["en", "en"])
    assert len(known(found).keys) == 1 and LEAST == 2


def test_weights_have_unit_length_or_none() -> None:
    found = pairs(["river town bridge", "river town bridge", "sky", ""], ["en"] * 4)
    rows = weigh(found, known(found))
    assert np.linalg.norm(rows.toarray(), axis=1) == pytest.approx([1, 1, 0, 0])


def test_rarer_pairs_weigh_more() -> None:
    found = pairs(["river town", "river town", "river town bridge", "town bridge"], ["en"] * 4)
    row = weigh(found, known(found)).toarray()[2]
    seldom, often = _keys("town bridge"), _keys("river town")
    weight = dict(zip(known(found).keys.tolist(), row.tolist(), strict=True))
    assert weight[seldom.pop()] > weight[often.pop()]


def test_texts_without_known_pairs_are_all_zero() -> None:
    rows = weigh(pairs(["river town"], ["en"]), known(pairs(["sky"], ["en"])))
    assert rows.shape == (1, 0)


def test_the_digest_tells_the_terms_of_a_debate() -> None:
    other = debates.load("nuclear-energy")
    assert vocabulary_digest("en", DEFAULT) == vocabulary_digest("en", DEFAULT) != vocabulary_digest("en", other)
