"""Likeness: what makes two texts speak to one point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import debate as debates
from argmap.head import centres
from argmap.likeness import Signs, content_words, likeness, see, signs
from argmap.vectors import directions, sentence_embedder, tokens

DEBATE = debates.load()


def _bag(texts: Sequence[str]) -> NDArray[np.float32]:
    rows = np.zeros((len(texts), 1000), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in tokens(text):
            rows[row, sum(map(ord, word)) * 31 % 1000] += 1
    return directions(rows)


def _signs(one: str, other: str, languages: tuple[str, str] = ("en", "en")) -> Signs:
    seen = see([one, other], languages, _bag([one, other]), embed=_bag, middles=np.zeros((1, 1000), dtype=np.float32), middle=[0, 0])
    return signs(seen, np.array([0]), np.array([1]))


def test_words_are_matched_by_lemma() -> None:
    assert _signs("farmers buy tractors", "the farmer bought a tractor").weakest[0] == pytest.approx(1)


def test_the_longer_text_may_say_more() -> None:
    found = _signs("farmers buy tractors", "farmers buy tractors and large green combines")
    assert found.weakest[0] == pytest.approx(1) and found.matched[0] < 1


def test_one_word_without_a_match_is_the_weakest() -> None:
    assert _signs("they help scholars", "they help thieves").weakest[0] == pytest.approx(0)


def test_texts_without_words_are_alike_in_nothing() -> None:
    assert _signs("", "?").matched[0] == 0


def test_likeness_grows_with_every_sign() -> None:
    low, high = (Signs(*(np.array([value], dtype=np.float32),) * 5, together=np.array([True])) for value in (0.2, 0.9))
    assert likeness(low)[0] < 0.1 < 0.9 < likeness(high)[0]


def test_each_language_has_its_own_centre() -> None:
    english, italian, french = centres(["en", "it", "fr"], DEBATE, embed=_bag)
    assert not np.allclose(english, italian)
    assert not np.allclose(french, english)


def test_function_words_say_nothing_unless_there_is_nothing_else() -> None:
    assert content_words("the owners of the code", "en") == ("owners", "code")
    assert content_words("that is it", "en") == ("that", "is", "it")
    assert content_words("une phrase", "fr") == ("une", "phrase")


@pytest.mark.model
def test_another_object_of_the_same_verb_is_another_point_across_languages() -> None:
    embed = sentence_embedder()
    texts, languages = ["I modelli aperti aiutano i ricercatori", "Open models help researchers", "Open models help thieves"], ["it", "en", "en"]
    seen = see(texts, languages, embed(texts), embed=embed, middles=centres(languages, DEBATE, embed=embed), middle=range(len(texts)))
    found = signs(seen, np.array([0, 0]), np.array([1, 2]))
    same, other = likeness(found).tolist()
    assert other < 0.65 < same
