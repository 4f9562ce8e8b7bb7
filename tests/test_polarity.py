"""Polarity: targets, effects and what turns them round, in both languages."""

from __future__ import annotations

import pytest

from argmap import debate as debates
from argmap.polarity import polarity, read, vocabulary

DEBATE = debates.load()


def _sign(text: str, language: str) -> int:
    return polarity(text, vocabulary(language, DEBATE))


@pytest.mark.parametrize(("text", "sign"), [
    ("Open models speed up innovation", 1),
    ("Open models slow innovation", -1),
    ("Open models reduce the risks", 1),
    ("Open models do not reduce the risks", -1),
    ("Closed models protect users", -1),
    ("Closed models hinder research", 1),
    ("Banning open weights would slow innovation", 1),
    ("The senator criticised open models", -1),
    ("The minister welcomed open models", 1),
    ("There is no evidence that open models increase the danger", 1),
    ("Fears of open models are exaggerated", 1),
    ("Open models are safer than closed ones", 1),
    ("The risks can be reduced", 1),
    ("It does not work", -1),
])
def test_english_clauses_are_the_product_of_their_signs(text: str, sign: int) -> None:
    assert _sign(text, "en") == sign


@pytest.mark.parametrize(("text", "sign"), [
    ("I modelli aperti accelerano l'innovazione", 1),
    ("I modelli aperti rallentano l'innovazione", -1),
    ("I modelli aperti riducono i rischi", 1),
    ("I modelli aperti non riducono i rischi", -1),
    ("I modelli chiusi proteggono gli utenti", -1),
    ("I modelli chiusi ostacolano la ricerca", 1),
    ("Vietare i pesi aperti rallenterebbe l'innovazione", 1),
    ("Il senatore ha criticato i modelli aperti", -1),
    ("Non ci sono prove che i modelli aperti aumentino il pericolo", 1),
    ("I modelli aperti sono più sicuri dei modelli chiusi", 1),
    ("Le barriere di sicurezza non funzionano", -1),
])
def test_italian_clauses_are_the_product_of_their_signs(text: str, sign: int) -> None:
    assert _sign(text, "it") == sign


def test_what_governs_a_target_turns_it_round() -> None:
    clause, = read("they banned all open weights", vocabulary("en", DEBATE))
    assert (clause.named, clause.target) == (1, -1)


def test_a_closed_standard_of_comparison_is_no_target_of_its_own() -> None:
    clauses = read("It is safer than closed models", vocabulary("en", DEBATE))
    assert [clause.target for clause in clauses if clause.named] == [1]


def test_a_demand_on_the_target_is_not_a_demand_for_it() -> None:
    wanted = read("Europe needs open models", vocabulary("en", DEBATE))
    bound = read("Open models must face the same rules", vocabulary("en", DEBATE))
    assert [clause.demand for clause in wanted] == [True]
    assert not any(clause.demand for clause in bound)


def test_what_follows_but_outweighs_what_stands_before() -> None:
    clauses = read("It helps research, but it endangers people", vocabulary("en", DEBATE))
    assert [clause.weight for clause in clauses] == [0.5, 1.0]
    assert _sign("It helps research, but it endangers people", "en") == -1


def test_not_only_denies_nothing() -> None:
    assert _sign("Open models not only help research", "en") == _sign("Open models help research", "en")


def test_without_marks_there_is_no_polarity() -> None:
    assert read("It rains.", vocabulary("en", DEBATE)) == ()
    assert _sign("Piove.", "it") == 0


def test_a_language_without_lexicon_has_only_the_debates_terms() -> None:
    assert polarity("open weights", vocabulary("xx", DEBATE)) == 0
