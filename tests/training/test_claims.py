"""Training of claims: what signs count is learned from the propositions of marked texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from argmap.extract.annotate import annotate
from argmap.extract.claimworthy import READINGS, probabilities
from argmap.training.claims import Observation, fit, observations, terms_of, write
from argmap.training.marked import Example, read

AUTHOR, CONTINUED, OTHER = range(3)


@pytest.fixture
def text(tmp_path: Path) -> Example:
    path = tmp_path / "museum.txt"
    path.write_text("# language: en\n# motion: Museums should be free of charge.\nMuseums\n\nMayor Lee said that [1 lee for|a free museum "
                    "belongs to everybody]. [2 lee for|Guards should be paid by the state]. The vote is in May.\n\n"
                    "[3 author against|Free museums are a bad idea].\n== 2+1\n", encoding="utf-8")
    return read(path)


def test_words_of_a_motion_are_found_in_all_their_forms(text: Example) -> None:
    terms = terms_of(text, "Museums should be free of charge.")
    assert {"museum", "museums"} <= terms.core and "mayor" not in terms.core


@pytest.mark.model
def test_each_proposition_outside_of_quotations_is_observed_with_what_it_is(text: Example) -> None:
    doc = next(annotate([text.article]))
    seen = observations(text, doc, terms_of(text, "Museums should be free of charge."))
    assert [READINGS[each.reading] for each in seen] == ["continued", "other", "author"]
    assert all(each.signs["always"] == 1.0 for each in seen)


def test_a_sign_that_goes_with_a_reading_counts_for_it() -> None:
    seen = [Observation({"modal": 1.0}, AUTHOR)] * 30 + [Observation({"event": 1.0}, OTHER)] * 30 + [Observation({"cited": 1.0}, CONTINUED)] * 30
    learned = fit(seen, ridge=1.0)
    for each in seen:
        chances = probabilities(each.signs, learned=learned)
        assert chances[each.reading] == max(chances)


def test_weights_are_written_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "claims.json"
    write({reading: {"modal": 0.5} for reading in READINGS}, path)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["format"] == "argmap-claims/1" and set(written["weights"]) == set(READINGS)
