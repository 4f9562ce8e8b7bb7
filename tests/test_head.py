"""The head: what is learned from a debate's example statements, when it is needed and ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import debate as debates
from argmap.head import EVERY, STANCES, Example, centres, digest, examples, head_of, load, middles, save, train
from argmap.model import Debate, Motion, Side
from argmap.settings import DEFAULTS
from argmap.vectors import sentence_embedder

SMALL = Debate(
    id="cars",
    motion=Motion({"en": "The centre should be closed to cars."}),
    sides=(
        Side("for", {"en": "For"}, {"en": ("Streets without cars are safer for children.", "Fewer cars mean cleaner air.")}, {}),
        Side("against", {"en": "Against"}, {"en": ("Shops lose their customers without parking.", "Old residents depend on their cars.")}, {}),
    ),
    neutral={"en": ("The council will vote in May.", "The square was built in 1890.")},
)


def _letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """A toy embedder: how often each letter occurs."""
    rows = np.array([[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts], dtype=np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1), dtype=np.float32)


def test_scores_have_the_order_of_the_stances() -> None:
    assert STANCES == ("for", "against", "neutral")


def test_an_example_resembles_its_own_stance_most() -> None:
    head = train(examples(SMALL), embed=_letters)
    for each in examples(SMALL):
        scores, nearest = head([each.text], [each.sentence], [each.language], embed=_letters)
        assert STANCES[scores[0].argmax()] == each.stance
        assert nearest[0] == pytest.approx(1, abs=1e-4)


def test_the_nearest_example_is_told_by_the_cosine_of_the_vectors() -> None:
    head = train(examples(SMALL), embed=_letters)
    text = "Old shops have no parking"
    _, nearest = head([text], [text], ["en"], embed=_letters)
    assert nearest[0] == pytest.approx((_letters([text]) @ _letters([each.text for each in examples(SMALL)]).T).max(), abs=1e-4)


def test_the_sentence_around_a_statement_counts() -> None:
    head = train([Example("It does", "Fewer cars, it does mean cleaner air.", "en", "for"),
                  Example("It does", "It does cost the shops customers.", "en", "against")], embed=_letters)
    scores, _ = head(["It does", "It does"], ["Fewer cars, it does mean cleaner air.", "It does cost the shops customers."], ["en", "en"],
                     embed=_letters)
    assert scores[0, 0] > scores[0, 1] and scores[1, 1] > scores[1, 0]


def test_the_order_of_words_counts() -> None:
    known = [Example(text, text, "en", stance) for text, stance in (
        ("Cars harm children", "for"), ("Here cars harm children", "for"),
        ("Children harm cars", "against"), ("Here children harm cars", "against"))]
    head = train(known, embed=_letters)  # to the toy encoder, and to the lexical vectors, these are two texts
    scores, _ = head(["Now cars harm children", "Now children harm cars"], ["cars"] * 2, ["en", "en"], embed=_letters)
    assert scores[0, 0] > scores[0, 1] and scores[1, 1] > scores[1, 0]


def test_another_term_of_a_side_makes_another_digest() -> None:
    sides = (replace(SMALL.sides[0], terms={"en": ("car-free",)}), SMALL.sides[1])
    assert digest(replace(SMALL, sides=sides)) != digest(SMALL)


def test_examples_said_twice_count_once() -> None:
    twice = replace(SMALL, neutral={"en": (*SMALL.neutral["en"], "The council will vote in May")})
    assert examples(twice) == examples(SMALL)


def test_the_order_of_examples_changes_nothing() -> None:
    turned = replace(SMALL, neutral={"en": SMALL.neutral["en"][::-1]})
    assert examples(turned) == examples(SMALL) and digest(turned) == digest(SMALL)


def test_another_example_or_setting_makes_another_digest() -> None:
    assert digest(replace(SMALL, neutral={})) != digest(SMALL)
    assert digest(SMALL, replace(DEFAULTS, ridge=2.0)) != digest(SMALL)


def test_a_head_that_is_kept_judges_as_the_one_that_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    known = [*examples(SMALL), Example("It does", "Fewer cars, it does mean cleaner air.", "en", "for")]
    head = train(known, embed=_letters)
    save(head, digest(SMALL), {language: made + 1 for language, made in middles(SMALL, embed=_letters).items()},
         tmp_path / "models" / "stance.npz")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    load.cache_clear()
    try:
        kept = head_of(SMALL, embed=_letters)
        assert len(kept.words) == len(known), "the kept one is used for its debate"
        text = ["Cars are dangerous", "The square is old"]
        assert kept(text, text, ["en", "en"], embed=_letters)[0] == pytest.approx(head(text, text, ["en", "en"], embed=_letters)[0], abs=0.02)
        assert len(head_of(replace(SMALL, neutral={}), embed=_letters).words) == 4, "another debate's is trained"
        seen, anew = (centres(["en", "fr"], debate, embed=_letters) for debate in (SMALL, replace(SMALL, neutral={})))
        assert np.array_equal(seen, anew + 1), "and so are the middles"
        assert head_of(SMALL, embed=lambda texts: _letters(texts)[:, ::-1]) is not kept, "another encoder's is trained"
    finally:
        load.cache_clear()


@pytest.mark.model
def test_the_shipped_head_is_that_of_the_bundled_debate_as_it_is() -> None:
    """If this fails, the debate file or ``[stance]`` of a language has changed: ``python -m argmap.training.stance argmap/models/stance.npz``."""
    kept = load()
    assert kept is not None and kept.digest == digest(debates.load())


@pytest.mark.model
def test_the_shipped_middles_are_those_of_the_bundled_debate() -> None:
    embed, kept = sentence_embedder(), load()
    made = middles(debates.load(), embed=embed)
    assert kept is not None and made.keys() == kept.middles.keys() == {"en", "it", EVERY}
    assert all(np.allclose(each, kept.middles[language], atol=1e-6) for language, each in made.items())
