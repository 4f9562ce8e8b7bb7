"""Words that statements share: rare ones count, and the statement that said them last or first is known."""

from __future__ import annotations

import pytest

from argmap.relate.features import tie
from argmap.relate.view import view
from argmap.relate.wording import recalled, wording
from tests.relate.marked import marked, no_vectors


def test_words_are_recalled_from_where_they_were_said_last_and_first() -> None:
    found = recalled([{"toll", "bridge"}, {"toll"}, {"trade"}, {"toll", "trade"}])
    assert set(found.last[3]) == {1, 2}
    assert set(found.first[3]) == {0, 2}
    assert found.last[0] == found.first[0] == {}


def test_of_a_statements_words_the_rarer_ones_count_more_and_new_ones_for_nobody() -> None:
    found = recalled([{"toll", "fish"}, {"toll"}, {"toll", "fish", "trade"}])
    assert found.last[2][0] > found.last[2][1]  # "fish" is rarer than "toll"
    assert sum(found.last[2].values()) < 1
    assert sum(found.first[2].values()) == pytest.approx(sum(found.last[2].values()))


def test_texts_are_alike_by_lemmas_and_letters_whatever_the_language() -> None:
    for language in ("en", "it", "xx"):
        found = wording(["the tolls fall", "a toll falls", "fish"], language)
        assert found.shared[0][1] > found.shared[0][2]
    assert wording([], "en").shared == ()


def test_a_statement_takes_up_what_another_spoke_of_though_one_stands_between() -> None:
    article, statements = marked("Ann said [1 ann|the bridge needs a toll]. Bob said [2 bob|fish are cheap]. Cid said [3 cid|a bridge is free].")
    seen = view(article, statements, (), no_vectors)
    far, near = tie(seen, 0, 2), tie(seen, 1, 2)
    for sign in ("own-words:shared", "own-words:last-said", "around-words:above-before:back-2"):
        assert far[sign] > 0
    assert near["own-words:last-said"] == 0 > near["around-words:above-before"]
