"""Coherence: neighbours agree unless the text turns, and a speaker stays with his side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap.coherence import beliefs, constancy, smooth
from argmap.model import AUTHOR, Actor, Article, Link, Span, Statement


def _statement(article: Article, text: str, *, actor: str = AUTHOR, cue: str = "") -> Statement:
    start = article.text.index(text)
    at = article.text.find(cue) if cue else -1
    return Statement(f"{article.id}/{start}", article.id, "author" if actor == AUTHOR else "attributed", "author",
                     (Span(start, start + len(text), text),), actors=(actor,), cue=Span(at, at + len(cue), cue) if cue else None)


def _log(*rows: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(np.log(np.array(rows)))


SURE, UNSURE = (0.9, 0.05, 0.05), (0.34, 0.34, 0.32)


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


@pytest.mark.parametrize(("kind", "follows"), [("person", True), ("organisation", True), ("group", False)])
def test_who_spoke_for_one_side_in_an_article_goes_on_doing_so_in_the_next(kind, follows) -> None:
    first, second = (Article(name, "It helps, says Rossi.", language="en", date=date) for name, date in (("a", "2025-05-01"), ("b", "2025-06-01")))
    statements = [_statement(article, "It helps", actor="rossi") for article in (first, second)]
    seen = smooth(_log(SURE, UNSURE), statements, {"a": first, "b": second}, actors=[Actor("rossi", "Rossi", kind)])
    assert (seen[1, 0] > seen[1, 1] + 0.1) == follows


def test_what_an_actor_says_often_in_an_article_tells_the_next_no_more_than_once() -> None:
    texts = [f"It helps {what}" for what in ("schools", "farms", "towns", "ports")]
    first, second = Article("a", ". ".join(texts), language="en"), Article("b", "It is cheap", language="en")
    articles, actors = {"a": first, "b": second}, [Actor("rossi", "Rossi", "person")]
    last = _statement(second, "It is cheap", actor="rossi")

    def weight(said: list[str]) -> float:
        statements = [*(_statement(first, text, actor="rossi") for text in said), last]
        return float(sum(tie[0, 0] for _, _, tie in constancy(statements, articles, actors)))

    assert weight(texts) == pytest.approx(weight(texts[:1]))


def test_beliefs_are_probabilities_whatever_the_order_of_the_statements() -> None:
    article = Article("a", "It helps schools. It is cheap. It is old.", language="en")
    statements = [_statement(article, text) for text in ("It helps schools", "It is cheap", "It is old")]
    scores = _log(SURE, UNSURE, (0.2, 0.2, 0.6))
    beliefs = smooth(scores, statements, {"a": article})
    turned = smooth(scores[::-1], statements[::-1], {"a": article})
    assert np.exp(beliefs).sum(axis=1) == pytest.approx([1, 1, 1])
    assert turned[::-1] == pytest.approx(beliefs)


def test_a_signalled_attack_parts_two_statements() -> None:
    article = Article("a", "It helps schools. Nobody had asked.", language="en")
    statements = [_statement(article, "It helps schools"), _statement(article, "Nobody had asked")]
    link = Link(statements[1].id, statements[0].id, "attack", "contrast", 0.8, None)
    scores = _log(SURE, UNSURE)
    plain, parted = smooth(scores, statements, {"a": article}), smooth(scores, statements, {"a": article}, links=[link])
    assert parted[1, 1] > plain[1, 1]


def test_a_tie_between_two_nodes_is_solved_exactly() -> None:
    unary, tie = _log((0.7, 0.2, 0.1), (0.2, 0.3, 0.5)), _log((0.6, 0.1, 0.3), (0.2, 0.6, 0.2), (0.1, 0.3, 0.6))
    joint = np.exp(unary[0][:, None] + tie + unary[1][None, :])
    found = np.exp(beliefs(unary, [(0, 1, tie)]))
    assert found == pytest.approx(np.stack([joint.sum(axis=1), joint.sum(axis=0)]) / joint.sum(), abs=1e-6)


def test_no_statements_have_no_beliefs() -> None:
    assert smooth(np.zeros((0, 3)), [], {}).shape == (0, 3)
