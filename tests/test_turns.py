"""Turns: the signs in a text by which a statement keeps to the side of another or leaves it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from argmap.model import AUTHOR, Article, Link, Span, Statement
from argmap.turns import TURNS, Passage, pairs, passage, potentials, signs, weights


def _statement(article: Article, text: str, *, actor: str = AUTHOR) -> Statement:
    start = article.text.index(text)
    return Statement(f"{article.id}/{start}", article.id, "author" if actor == AUTHOR else "attributed", "author",
                     (Span(start, start + len(text), text),), actors=(actor,))


def _passage(text: str, *statements: str, language: str = "en", actors: tuple[str, ...] = (), links: tuple[Link, ...] = ()) -> Passage:
    article = Article("a", text, language=language)
    who = actors or (AUTHOR,) * len(statements)
    return passage(article, [_statement(article, one, actor=actor) for one, actor in zip(statements, who, strict=True)], links)


def _between(seen: Passage) -> set[str]:
    return set(signs(seen, 0, 1))


@pytest.mark.parametrize(("language", "text", "one", "other"), [
    ("en", "It helps schools, but it endangers banks.", "It helps schools", "it endangers banks"),
    ("it", "Aiuta le scuole, ma danneggia le banche.", "Aiuta le scuole", "danneggia le banche"),
    ("en", "It helps schools. Banks, however, will suffer.", "It helps schools", "Banks, however, will suffer"),
])
def test_a_contrast_is_seen_before_or_inside_the_later_statement(language: str, text: str, one: str, other: str) -> None:
    assert "contrast" in _between(_passage(text, one, other, language=language))


def test_a_reply_is_a_rebuttal_by_a_new_speaker() -> None:
    seen = _passage("It helps, said Rossi.\nBianchi replied that it costs too much.", "It helps", "it costs too much",
                    actors=("rossi", "bianchi"))
    assert {"rebuttal", "paragraph", "new speaker", "rebuttal, two speakers"} <= _between(seen)
    assert not {"rebuttal, one speaker", "adjoining"} & _between(seen)


def test_a_reason_is_no_contrast() -> None:
    found = _between(_passage("It helps because it is cheap.", "It helps", "it is cheap"))
    assert {"reason", "reason, one speaker", "same sentence"} <= found
    assert "contrast" not in found


def test_an_unknown_language_has_signs_of_layout_only() -> None:
    found = _between(_passage("A b c, but d e f.", "A b c", "d e f", language="xx"))
    assert "next" in found and "contrast" not in found


def test_a_signalled_link_is_a_sign_by_its_rule() -> None:
    plain = _passage("It helps. It hurts.", "It helps", "It hurts")
    one, other = plain.statements
    link = Link(other.id, one.id, "attack", "contrast", 0.8, None)
    linked = passage(plain.article, plain.statements, [link])
    assert {"linked", "link: contrast"} <= _between(linked)
    assert "linked" not in _between(plain)


def test_links_of_other_statements_are_left_alone() -> None:
    plain = _passage("It helps. It hurts.", "It helps", "It hurts")
    assert not passage(plain.article, plain.statements, [Link("x", "y", "attack", "contrast", 0.8, None)]).rules


def test_neighbours_the_next_but_one_and_a_speakers_last_two_are_pairs() -> None:
    words = ("One", "Two", "Three", "Four", "Five")
    seen = _passage(". ".join(words), *words, actors=("a", "b", "b", "b", "a"))
    found = pairs(seen)
    assert set(pairwise(range(5))) <= set(found)
    assert {(0, 2), (1, 3), (2, 4)} <= set(found)
    assert (0, 4) in found and (0, 3) not in found


def test_statements_are_read_in_the_order_of_the_text() -> None:
    article = Article("a", "One. Two.", language="en")
    one, two = _statement(article, "One"), _statement(article, "Two")
    assert passage(article, [two, one]).statements == (one, two)


def test_the_shipped_weights_have_a_number_for_each_turn() -> None:
    assert {len(row) for row in weights().values()} == {len(TURNS)}
    assert np.exp(weights()["prior"]).sum() == pytest.approx(1, abs=0.01)


def test_without_a_sign_nothing_is_likelier_than_by_chance() -> None:
    assert potentials(()) == pytest.approx(np.zeros(len(TURNS)), abs=0.01)


@pytest.mark.parametrize(("text", "one", "other", "actors", "kept"), [
    ("It helps because it is cheap.", "It helps", "it is cheap", (), True),
    ("It helps, said Rossi.\nBianchi replied that it costs too much.", "It helps", "it costs too much", ("rossi", "bianchi"), False),
    ("“It helps. It is cheap,” said Rossi.", "It helps.", "It is cheap,", ("rossi", "rossi"), True),
])
def test_reasons_and_the_same_speaker_keep_to_a_side_and_replies_leave_it(text: str, one: str, other: str, actors: tuple[str, ...], *,
                                                                   kept: bool) -> None:
    told = potentials(signs(_passage(text, one, other, actors=actors), 0, 1))
    assert bool(told[0] > told[1]) is kept


def test_a_contrast_makes_a_turn_likelier() -> None:
    plain, contrast = (potentials(signs(_passage(f"It helps schools{joined} it hurts.", "It helps schools", "it hurts"), 0, 1))
                       for joined in (", and", ", but"))
    assert contrast[1] - contrast[0] > plain[1] - plain[0]
