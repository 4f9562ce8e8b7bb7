"""Topics: each claim has one of the debate's, or "other"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import debate as debates
from argmap.model import Claim
from argmap.topics import OTHER, assign

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
