"""Coherence: neighbours agree unless the text turns, and a speaker stays with his side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap.coherence import passages, signals, smooth
from argmap.model import AUTHOR, Article, Span, Statement
from argmap.settings import TurnWeights


def _statement(article: Article, text: str, *, actor: str = AUTHOR, cue: str = "") -> Statement:
    start = article.text.index(text)
    at = article.text.find(cue) if cue else -1
    return Statement(f"{article.id}/{start}", article.id, "author" if actor == AUTHOR else "attributed", "author",
                     (Span(start, start + len(text), text),), actors=(actor,), cue=Span(at, at + len(cue), cue) if cue else None)


def _signs(article: Article, *statements: Statement) -> set[str]:
    passage, = passages(statements, article)
    return {name for name, found in signals(passage).items() if found}


def _log(*rows: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(np.log(np.array(rows)))


SURE, UNSURE = (0.9, 0.05, 0.05), (0.34, 0.34, 0.32)


def test_every_sign_has_a_weight() -> None:
    article = Article("a", "It helps. It hurts.", language="en")
    passage, = passages([_statement(article, "It helps"), _statement(article, "It hurts")], article)
    assert set(signals(passage)) == set(TurnWeights.__dataclass_fields__)


@pytest.mark.parametrize(("language", "text", "one", "other"), [
    ("en", "It helps schools, but it endangers banks.", "It helps schools", "it endangers banks"),
    ("it", "Aiuta le scuole, ma danneggia le banche.", "Aiuta le scuole", "danneggia le banche"),
    ("en", "It helps schools. Banks, however, will suffer.", "It helps schools", "Banks, however, will suffer"),
])
def test_a_contrast_is_seen_before_or_inside_the_other_statement(language: str, text: str, one: str, other: str) -> None:
    article = Article("a", text, language=language)
    assert "contrast" in _signs(article, _statement(article, one), _statement(article, other))


def test_a_reply_is_a_rebuttal() -> None:
    article = Article("a", "It helps, said Rossi.\nBianchi replied that it costs too much.", language="en")
    signs = _signs(article, _statement(article, "It helps", actor="rossi"), _statement(article, "it costs too much", actor="bianchi"))
    assert {"rebuttal", "paragraph", "new_speaker"} <= signs
    assert not {"same_speaker", "adjoining"} & signs


def test_a_reason_is_no_turn() -> None:
    article = Article("a", "It helps because it is cheap.", language="en")
    signs = _signs(article, _statement(article, "It helps"), _statement(article, "it is cheap"))
    assert {"reason", "same_speaker", "same_sentence"} <= signs and "contrast" not in signs


def test_an_unknown_language_has_signs_of_layout_only() -> None:
    article = Article("a", "A b c, but d e f.", language="xx")
    assert "contrast" not in _signs(article, _statement(article, "A b c"), _statement(article, "d e f"))


def test_an_unsure_statement_follows_its_neighbour() -> None:
    article = Article("a", "It helps schools. It is cheap.", language="en")
    statements = [_statement(article, "It helps schools"), _statement(article, "It is cheap")]
    beliefs = smooth(_log(SURE, UNSURE), statements, {"a": article})
    assert beliefs[1].argmax() == 0


def test_an_unsure_statement_after_a_turn_takes_the_other_side() -> None:
    article = Article("a", "It helps schools, says Rossi.\nBut Bianchi replied that nobody had asked.", language="en")
    statements = [_statement(article, "It helps schools", actor="rossi"), _statement(article, "nobody had asked", actor="bianchi")]
    beliefs = smooth(_log(SURE, UNSURE), statements, {"a": article})
    assert beliefs[1].argmax() == 1


def test_a_speaker_stays_with_his_side_after_another_has_spoken() -> None:
    article = Article("a", "It helps, says Rossi.\nIt hurts, replies Bianchi.\nNobody had asked, says Rossi.", language="en")
    statements = [_statement(article, "It helps", actor="rossi"), _statement(article, "It hurts", actor="bianchi"),
                  _statement(article, "Nobody had asked", actor="rossi")]
    beliefs = smooth(_log(SURE, (0.05, 0.9, 0.05), UNSURE), statements, {"a": article})
    assert beliefs[2, 0] > beliefs[2, 1]


def test_articles_do_not_touch_each_other() -> None:
    first, second = Article("a", "It helps schools.", language="en"), Article("b", "It is cheap.", language="en")
    statements = [_statement(first, "It helps schools"), _statement(second, "It is cheap")]
    beliefs = smooth(_log(SURE, UNSURE), statements, {"a": first, "b": second})
    assert np.exp(beliefs) == pytest.approx(np.array([SURE, UNSURE]))


def test_beliefs_are_probabilities_whatever_the_order_of_the_statements() -> None:
    article = Article("a", "It helps schools. It is cheap. It is old.", language="en")
    statements = [_statement(article, text) for text in ("It helps schools", "It is cheap", "It is old")]
    scores = _log(SURE, UNSURE, (0.2, 0.2, 0.6))
    beliefs = smooth(scores, statements, {"a": article})
    turned = smooth(scores[::-1], statements[::-1], {"a": article})
    assert np.exp(beliefs).sum(axis=1) == pytest.approx([1, 1, 1])
    assert turned[::-1] == pytest.approx(beliefs)


def test_no_statements_have_no_beliefs() -> None:
    assert smooth(np.zeros((0, 3)), [], {}).shape == (0, 3)
