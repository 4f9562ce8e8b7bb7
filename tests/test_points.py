"""Points: a claim's text, and what tells two of them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import debate as debates
from argmap.model import Stance
from argmap.points import apart, details_differ, names, numbers, opposed, plain, point

DEBATE = debates.load()


@pytest.mark.parametrize(("language", "text", "claim"), [
    ("it", "« ma i modelli aperti aiutano la ricerca. »", "I modelli aperti aiutano la ricerca"),
    ("en", "But, after all, open models work well,", "Open models work well"),
    ("en", "“no one can recall a file”", "No one can recall a file"),
    ("en", "So far nobody has a clear answer", "So far nobody has a clear answer"),
    ("en", "Still, it moves on the floor", "It moves on the floor"),
    ("en", "After all this time", "After all this time"),
    ("it", "perché costa troppo al Comune", "Costa troppo al Comune"),
    ("en", "the threshold \"an invitation to cheat\"", "The threshold an invitation to cheat"),
    ("it", "il motore «è sigillato»", "Il motore è sigillato"),
    ("it", "Soldi e dati, è la sua tesi, rafforzerebbero un avversario", "Soldi e dati rafforzerebbero un avversario"),
    ("en", "In her view, open models “work”.", "Open models work"),
    ("en", "Open models work, in her view.", "Open models work"),
    ("en", "it cost\n  too   much.", "It cost too much"),
    ("xx", "but this stays", "But this stays"),
    ("en", "", ""),
])
def test_a_claims_text_is_bare_of_marks_and_connectives(language: str, text: str, claim: str) -> None:
    assert plain(text, language) == claim


@given(st.text(max_size=60), st.sampled_from(["en", "it"]))
def test_a_claims_text_never_fails_and_is_one_line(text: str, language: str) -> None:
    assert "\n" not in plain(text, language)


def test_numbers_are_the_same_in_both_ways_of_writing() -> None:
    assert numbers("24,000 accounts") == numbers("24.000 profili")


def test_known_actors_have_one_name_in_both_languages() -> None:
    assert names("what the European Parliament and OpenAI want", "en", DEBATE) >= names("quello che vuole OpenAI", "it", DEBATE) != frozenset()


def test_common_words_in_capitals_are_no_names() -> None:
    assert names("The minister spoke", "en") == frozenset()


def _apart(one: str, other: str, language: str = "en", other_language: str = "", stances: tuple[Stance, Stance] = ("neutral", "neutral")) -> bool:
    return apart(point(one, language, stances[0], DEBATE), point(other, other_language or language, stances[1], DEBATE))


@pytest.mark.parametrize(("one", "other"), [
    ("The model has 70 billion parameters", "The model has 7 billion parameters"),
    ("Meta will publish its model", "Mistral will publish its model"),
    ("Open models help American companies", "Open models help Chinese companies"),
    ("Open models help research", "Open models do not help research"),
    ("Open models speed up innovation", "Open models slow innovation"),
])
def test_numbers_names_and_polarity_keep_claims_apart(one: str, other: str) -> None:
    assert _apart(one, other)


def test_a_number_that_only_one_text_has_does_not_keep_them_apart() -> None:
    assert not _apart("Open models cut costs by 30 per cent", "Open models cut costs")


def test_the_sides_keep_claims_apart_whatever_their_words() -> None:
    assert _apart("It is a tool", "It is a tool", stances=("for", "against"))
    assert not _apart("It is a tool", "It is a tool", stances=("for", "neutral"))


@pytest.mark.parametrize(("one", "other", "language"), [
    ("More competition would lower prices", "More competition would raise prices", "en"),
    ("Le regole aiutano le startup", "Le regole danneggiano le startup", "it"),
])
def test_a_word_and_its_opposite_are_opposed(one: str, other: str, language: str) -> None:
    assert opposed(point(one, language, "neutral"), point(other, language, "neutral"))


def test_two_words_of_one_denial_deny_once() -> None:
    assert point("Non lo sa nessuno", "it", "neutral").negations == 1
    assert point("Non lo so. Non lo sa nessuno", "it", "neutral").negations == 2


def test_the_side_alone_is_no_denial() -> None:
    assert not opposed(point("It is a tool", "en", "for"), point("It is a tool", "en", "against"))


def test_denials_are_opposed_across_languages() -> None:
    one = point("I modelli aperti aumentano i rischi", "it", "neutral", DEBATE)
    other = point("Open models do not increase the risks", "en", "neutral", DEBATE)
    assert opposed(one, other) and not details_differ(one, other)
