"""Senses: words of two languages that speak of one thing, and words that turn a point round."""

import pytest

from argmap import lexicon
from argmap.points import apart, opposed, point
from argmap.senses import listed, opposites, senses


@pytest.mark.parametrize(("one", "other"), [("divieto", "ban"), ("vietata", "forbidden"), ("imprese", "firms"), ("pericoloso", "risks")])
def test_words_of_two_languages_share_a_sense(one: str, other: str) -> None:
    assert listed(one, "it") & listed(other, "en")


def test_a_word_without_a_listed_sense_is_known_by_its_lemma() -> None:
    assert not listed("zebras", "en")
    assert senses("zebras", "en") == {"=zebra"}


def test_a_language_without_a_file_has_lemmas_alone() -> None:
    assert senses("zzz", "xx") == {"=zzz"}


def test_opposites_hold_across_languages() -> None:
    assert any(not listed("aumentare", "it").isdisjoint(opposites()[sense]) for sense in listed("cut", "en"))


def test_every_language_names_the_same_senses() -> None:
    named = {language: {entry.partition(":")[0] for entry in lexicon.load(language).sequence("claims.senses")}
             for language in lexicon.languages()}
    assert len(set(map(frozenset, named.values()))) == 1


def test_no_sense_is_named_twice_or_left_empty() -> None:
    for language in lexicon.languages():
        entries = [entry.partition(":") for entry in lexicon.load(language).sequence("claims.senses")]
        assert len({name for name, _, _ in entries}) == len(entries)
        assert all(words.split() for _, _, words in entries)


def test_what_both_texts_say_in_words_of_one_sense_does_not_oppose_them() -> None:
    one, other = point("La caccia va proibita nel parco", "it", "neutral"), point("Hunting must be banned in the park", "en", "neutral")
    assert not opposed(one, other)
    assert not apart(one, other)


@pytest.mark.parametrize(("one", "other"), [
    ("La caccia va proibita nel parco", "Hunting must be allowed in the park"),
    ("Il prezzo continua a crescere", "The price keeps falling"),
    ("I sistemi chiusi nascondono gli errori", "Closed systems disclose their mistakes"),
])
def test_a_sense_and_its_opposite_oppose_texts_of_two_languages(one: str, other: str) -> None:
    assert opposed(point(one, "it", "neutral"), point(other, "en", "neutral"))
