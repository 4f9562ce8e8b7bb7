"""Topics: each claim has one of the debate's, or "other"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import debate as debates
from argmap.model import Claim, Debate
from argmap.topics import OTHER, assign, induce

DEBATE = debates.load()


def _claim(text: str, language: str = "en") -> Claim:
    return Claim(f"c-{text}", text, language, "neutral", "", "k", 1, ("s",))


def _blank(texts: Sequence[str]) -> NDArray[np.float32]:
    """An embedder that sees no difference: words alone decide."""
    return np.ones((len(texts), 2), dtype=np.float32)


@pytest.mark.parametrize(("text", "language", "topic"), [
    ("The army uses it for espionage", "en", "security"),
    ("Universities can reproduce the experiments", "en", "research"),
    ("L'esercito lo usa per lo spionaggio", "it", "security"),
    ("Serve una legge che preveda un divieto", "it", "regulation"),
])
def test_the_words_of_a_topic_point_to_it(text: str, language: str, topic: str) -> None:
    assert assign([_claim(text, language)], DEBATE, embed=_blank)[0].topic == topic


def test_a_claim_without_any_topics_words_is_other() -> None:
    assert assign([_claim("The moon is far")], DEBATE, embed=_blank)[0].topic == OTHER


def test_a_debate_without_topics_has_only_other() -> None:
    assert assign([_claim("The army uses it")], replace(DEBATE, topics=()))[0].topic == OTHER


def test_only_the_topic_changes() -> None:
    claim = _claim("The army uses it for espionage")
    assert replace(assign([claim], DEBATE, embed=_blank)[0], topic="") == claim


def test_no_claims_need_no_model() -> None:
    assert assign([], DEBATE) == ()


@pytest.mark.model
def test_vectors_find_the_topic_where_its_words_are_missing() -> None:
    claims = [_claim("Professors and doctoral candidates could repeat the trial"), _claim("Soldiers could turn it into a missile")]
    assert [claim.topic for claim in assign(claims, DEBATE)] == ["research", "security"]


BARE = replace(DEBATE, topics=())
WARDS = ("children", "nurses", "farmers", "drivers", "judges", "bakers", "painters", "pilots", "singers", "tailors", "welders", "clerks")
RECALL = [_claim(f"Nuclear reactors frighten {ward}") for ward in WARDS]
BIKES = [_claim(f"Bicycle lanes please {ward}") for ward in WARDS]


def _two_ways(texts: Sequence[str]) -> NDArray[np.float32]:
    """An embedder that tells reactors from bicycles and nothing else."""
    return np.array([[1, 0] if "reactors" in text else [0, 1] if "Bicycle" in text else [0.6, 0.6] for text in texts], dtype=np.float32)


def _found(claims: Sequence[Claim]) -> Debate:
    return induce(claims, BARE, embed=_two_ways)


def test_a_debate_with_topics_keeps_them() -> None:
    assert induce(RECALL + BIKES, DEBATE, embed=_two_ways) is DEBATE


def test_topics_are_found_and_named_by_the_words_that_set_them_off() -> None:
    labels = sorted(topic.label["en"] for topic in _found(RECALL + BIKES).topics)
    assert len(labels) == 2
    assert "lanes" in labels[0] and "please" in labels[0]
    assert "nuclear" in labels[1] and "reactors" in labels[1]


def test_claims_are_counted_to_the_topics_found() -> None:
    debate = _found(RECALL + BIKES)
    topics = {claim.id: claim.topic for claim in assign(RECALL + BIKES, debate, embed=_two_ways)}
    assert len({topics[claim.id] for claim in RECALL}) == len({topics[claim.id] for claim in BIKES}) == 1
    assert topics[RECALL[0].id] != topics[BIKES[0].id]


def test_topics_do_not_depend_on_the_order_of_the_claims() -> None:
    assert _found(RECALL + BIKES) == _found((RECALL + BIKES)[::-1])


def test_few_claims_have_no_topics() -> None:
    assert _found(RECALL[:5] + BIKES[:5]).topics == ()


def test_a_topic_has_a_label_in_each_language_of_the_claims() -> None:
    italian = [_claim("Costa troppo", "it")]
    assert all(set(topic.label) == {"en", "it"} for topic in _found(RECALL + BIKES + italian).topics)
