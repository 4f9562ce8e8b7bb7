"""Training of the stances' head: which texts it learns from, and how it is scored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from argmap import debate as debates
from argmap.head import train
from argmap.model import Motion
from argmap.training.stance import f1, held_out, known, of_debate

TEXT = "# language: en\n# motion: {motion}\nMuseums\n\nMayor Lee said [1 lee for|a free museum belongs to everybody]. But [2 author against|guards cost money].\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, motion in (("free", "Museums should be free of charge."), ("late", "Museums should open at night.")):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(motion=motion), encoding="utf-8")
    return tmp_path


def test_texts_are_those_of_the_debates_motion_whatever_it_adds_in_brackets(folder: Path) -> None:
    debate = replace(debates.load(), motion=Motion({"en": "Museums should be free of charge (all of them)."}))
    assert [text.article.id for text in of_debate(debate, folder)] == ["free"]


def test_the_bundled_debate_has_texts_in_both_languages() -> None:
    assert {text.article.language for text in of_debate(debates.load())} == {"en", "it"}


def test_statements_are_examples_in_their_sentences(folder: Path) -> None:
    debate = replace(debates.load(), motion=Motion({"en": "Museums should be free of charge."}))
    one, other = known(of_debate(debate, folder))
    assert (one.text, one.sentence, one.stance) == ("A free museum belongs to everybody", "Mayor Lee said a free museum belongs to everybody", "for")
    assert other.sentence == "But guards cost money"


def test_texts_that_the_head_has_not_seen_are_scored_by_stance_and_for_both_sides(folder: Path) -> None:
    debate = replace(debates.load(), motion=Motion({"en": "Museums should be free of charge."}))
    texts = [(text, ()) for text in of_debate(debate, folder)]
    scores = held_out(texts, debate, train(known(text for text, _ in texts)))
    assert list(scores) == ["for", "against", "neutral", "sides"] and scores["for"] == scores["against"] == scores["sides"] == 1


def test_f1_is_that_of_each_stance() -> None:
    assert f1([("for", "for"), ("for", "against"), ("against", "against"), ("neutral", "neutral")]) == pytest.approx(
        {"for": 2 / 3, "against": 2 / 3, "neutral": 1.0})
