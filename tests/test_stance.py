"""Stance: which side statements speak for, by their examples, their polarity and their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import debate as debates
from argmap.model import Article, Debate, Motion, Side, Span, Statement
from argmap.stance import Chances, judge, judgements, lean, rows_of

DEFAULT = debates.load()
SMALL = Debate(
    id="cars",
    motion=Motion({"en": "The centre should be closed to cars."}),
    sides=(
        Side("for", {"en": "For"}, {"en": ("Streets without cars are safer for children.", "Fewer cars mean cleaner air.")}, {"en": ("car-free",)}),
        Side("against", {"en": "Against"}, {"en": ("Shops lose their customers without parking.", "Old residents depend on their cars.")},
             {"en": ("parking",)}),
    ),
    neutral={"en": ("The council will vote in May.", "The square was built in 1890.")},
)


def _letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """A toy embedder: how often each letter occurs."""
    rows = np.array([[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts], dtype=np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1), dtype=np.float32)


def _article(*sentences: str, language: str = "en", key: str = "a") -> tuple[Article, list[Statement]]:
    article = Article(key, "\n".join(sentences), language=language)
    statements, at = [], 0
    for number, sentence in enumerate(sentences):
        start = article.text.index(sentence, at)
        at = start + len(sentence)
        statements.append(Statement(f"{key}{number}", key, "author", "author", (Span(start, at, sentence),), actors=(f"speaker{key}{number}",)))
    return article, statements


def test_an_example_has_the_stance_of_its_side() -> None:
    for stance, examples in (("for", SMALL.sides[0].examples), ("against", SMALL.sides[1].examples), ("neutral", SMALL.neutral)):
        for text in examples["en"]:
            article, statements = _article(text)
            assert judge(statements, [article], SMALL, embed=_letters)[0].stance == stance


def test_statements_keep_everything_but_stance_and_relevance() -> None:
    article, statements = _article("Fewer cars mean cleaner air.", "Old residents depend on their cars.")
    judged = judge(statements, [article], SMALL, embed=_letters)
    assert [replace(one, stance="neutral", relevance=0.0) for one in judged] == statements


def test_relevance_only_rises_and_stays_a_share() -> None:
    article, statements = _article("Fewer cars mean cleaner air.", "Xyz.")
    for one, other in zip(judge([replace(s, relevance=0.4) for s in statements], [article], SMALL, embed=_letters), statements, strict=True):
        assert one.id == other.id
        assert 0.4 <= one.relevance <= 1


def test_confidence_is_the_probability_of_the_stance() -> None:
    article, statements = _article("Fewer cars mean cleaner air.")
    one, = judgements(statements, [article], SMALL, embed=_letters)
    assert 1 / 3 < one.confidence <= 1


def test_chances_are_those_of_each_judgement() -> None:
    article = Article("a", "Openness helps. The bridge is old.", language="en")
    statements = [Statement(name, "a", "author", "author", (article.span(*ends),)) for name, ends in (("s1", (0, 14)), ("s2", (16, 33)))]
    found = judgements(statements, [article], SMALL, embed=_letters)
    chances = Chances(statements, rows_of(found))
    assert [dict(chances[one.id]) for one in statements] == [one.chances for one in found]
    assert list(chances) == ["s1", "s2"] and len(chances) == 2 and chances.get("s3") is None
    assert len(Chances([], rows_of([]))) == 0


def test_a_debate_without_neutral_examples_can_be_judged() -> None:
    article, statements = _article("Fewer cars mean cleaner air.")
    assert judge(statements, [article], replace(SMALL, neutral={}), embed=_letters)[0].stance == "for"


def test_nothing_to_judge_needs_no_model() -> None:
    assert judge([], [], SMALL) == ()


def test_the_order_of_statements_changes_nothing() -> None:
    article, statements = _article("Fewer cars mean cleaner air.", "Shops lose their customers.", "The council will vote.")
    forwards = judge(statements, [article], SMALL, embed=_letters)
    backwards = judge(statements[::-1], [article], SMALL, embed=_letters)
    assert forwards == backwards[::-1]


@pytest.mark.parametrize(("text", "language", "side"), [
    ("Open weights help researchers", "en", 1),
    ("Open weights threaten security", "en", -1),
    ("I pesi aperti aiutano la ricerca", "it", 1),
    ("I modelli aperti sono una minaccia", "it", -1),
    ("The sky is blue", "en", 0),
])
def test_what_speaks_well_of_a_sides_cause_leans_to_it(text: str, language: str, side: int) -> None:
    assert np.sign(lean(text, language, DEFAULT)) == side


#: None of these is an example of the debate file.
UNSEEN = [
    ("for", "en", "Small firms thrive when the weights are there for everyone to use."),
    ("for", "en", "Closing the models would hand the whole market to three corporations."),
    ("for", "it", "Con i pesi pubblici anche un piccolo ateneo può verificare gli esperimenti."),
    ("for", "it", "Le imprese che tengono chiusi i modelli frenano il progresso."),
    ("against", "en", "Terrorists could turn a downloadable model into a weapon."),
    ("against", "en", "A model that has been released cannot be taken back."),
    ("against", "it", "I modelli aperti aiutano i criminali a preparare truffe."),
    ("against", "it", "I sistemi più pericolosi devono restare sotto il controllo delle aziende."),
    ("neutral", "en", "The company will present its results in October."),
    ("neutral", "it", "La Commissione pubblicherà le linee guida entro giugno."),
]


@pytest.mark.model
def test_the_default_debate_tells_the_sides_of_unseen_statements() -> None:
    right = 0
    for number, (stance, language, text) in enumerate(UNSEEN):
        article, statements = _article(text, language=language, key=f"u{number}")
        right += judge(statements, [article], DEFAULT)[0].stance == stance
    assert right >= len(UNSEEN) - 1
