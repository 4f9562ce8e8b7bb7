"""Relations that a connective signals: which statements it joins, in which direction."""

from __future__ import annotations

import pytest

from argmap.lexicon import load
from argmap.relate import RULES
from tests.relate.marked import links_of


def test_a_connective_that_opens_a_sentence_reaches_back_to_the_statement_before() -> None:
    assert links_of("[1 author|Sharing is fast]. However, [2 author|it has a price].") == [("2", "1", "attack", "However")]


def test_a_connective_inside_the_statement_counts_as_well() -> None:
    assert links_of("[1 ada|Sharing is fast]. [2 ada|But it has a price].") == [("2", "1", "attack", "But")]


def test_a_connective_may_float_among_the_first_words() -> None:
    assert links_of("[1 ada|Sharing is fast]. [2 ada|A price, however, is paid].") == [("2", "1", "attack", "however")]


def test_but_between_two_halves_of_a_sentence_makes_the_later_attack_the_earlier() -> None:
    text = "Questo approccio [1 author|crea differenziazione], ma [2 author|rallenta lo sviluppo]."
    assert links_of(text, language="it") == [("2", "1", "attack", "ma")]


def test_but_inside_one_statement_relates_it_to_nothing() -> None:
    assert links_of("[1 ada|Sharing is fast]. [2 ada|We love it, but love pays no bill].") == []


def test_but_whose_first_half_is_no_statement_relates_to_nothing_in_the_same_sentence() -> None:
    text = "[1 ada|Sharing is fast]. The firm was founded in 2015. Nobody noticed then. It grew, but [2 ada|it pays no bill]."
    assert links_of(text) == []


@pytest.mark.parametrize(("text", "language"), [
    ("It is not only [1 ada|faster] but [2 ada|also cheaper].", "en"),
    ("È non solo [1 ada|più veloce] ma [2 ada|anche più economico].", "it"),
])
def test_not_only_but_also_is_no_contrast(text: str, language: str) -> None:
    assert links_of(text, language=language, rule="contrast") == []


def test_while_sets_the_later_half_against_the_earlier() -> None:
    text = "La [1 author|Cina punta su modelli aperti], mentre [2 author|gli Stati Uniti restano chiusi]."
    assert links_of(text, language="it") == [("2", "1", "attack", "mentre")]


def test_a_conceded_clause_is_attacked_by_the_main_clause_after_it() -> None:
    assert links_of("Although [1 author|it is cheap], [2 author|it is not safe].") == [("2", "1", "attack", "Although")]


def test_a_verb_that_concedes_hands_over_to_what_the_speaker_says_next() -> None:
    found = links_of("Pur riconoscendo che [1 ada|costa], Ada ha osservato che [2 ada|serve].", language="it",
                     lemmas={"riconoscendo": "riconoscere"}, rule="concession")
    assert ("2", "1", "attack", "riconoscendo") in found or ("2", "1", "attack", "Pur") in found


def test_a_marked_reason_backs_the_clause_it_hangs_on() -> None:
    found = links_of("Per Ada [1 ada|la licenza grava sulle imprese], giacché [2 ada|i gruppi non pubblicano].", language="it")
    assert found == [("2", "1", "support", "giacché")]


def test_a_reason_in_front_backs_what_follows() -> None:
    found = links_of("[0 ada|Chiunque li prende], e dal momento che [1 ada|nessuno firma], [2 ada|nessuno risponde].", language="it")
    assert ("1", "2", "support", "dal momento che") in found


def test_because_alone_answers_the_sentence_before() -> None:
    assert ("2", "1", "support", "Because") in links_of("[1 author|Keep it locked]. Because [2 author|the thing has changed].")


def test_the_reason_stands_before_a_word_of_result() -> None:
    found = links_of("[1 ada|The office lost its assistant]. For that reason she wants [2 ada|open weights].")
    assert found == [("1", "2", "support", "For that reason")]


def test_an_example_backs_what_it_illustrates() -> None:
    found = links_of("[1 author|I modelli aperti aiutano]. Per esempio, [2 author|una clinica ha dimezzato i costi].", language="it")
    assert ("2", "1", "support", "Per esempio") in found


def test_what_this_shows_rests_on_the_statement_before() -> None:
    found = links_of("[1 author|A firm released its model]. This shows that [2 author|sharing works].", lemmas={"shows": "show"})
    assert found == [("1", "2", "support", "This shows")]


def test_a_word_that_only_looks_like_a_connective_signals_nothing() -> None:
    assert links_of("[1 ada|Sharing is fast]. [2 ada|It is so cheap that nobody minds].") == []


def test_every_language_has_the_words_of_every_rule() -> None:
    for language in ("en", "it"):
        lexicon = load(language)
        for rule in set(RULES) - {"reply", "proof"}:
            assert any(lexicon.table(f"relations.{rule}").values()), (language, rule)
