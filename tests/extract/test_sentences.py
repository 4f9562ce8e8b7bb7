"""Sentence boundaries from punctuation, quotation marks and lines, in both languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from argmap.extract.sentences import mark_sentences, paragraphs, sentence_starts
from argmap.lexicon import load


def cut(text: str, language: str = "it") -> list[str]:
    """The sentences of a text, without the white space between."""
    starts = [*sentence_starts(text, load(language)), len(text)]
    return [text[begin:end].strip() for begin, end in pairwise(starts)]


@pytest.mark.parametrize("sentence", [
    "Il dott. Aldo Neri e la prof.ssa B. Galli sono contrari.",
    "Lo prevede l'art. 13 della legge n. 270, citata a pag. 4.",
    "La Corvi S.p.A. ha pagato 1.200,50 euro, cioè l'1,8% in più.",
    "Pagano software, server, ecc. e non protestano.",
    "«Chi decide?», chiede Gatti, «e per quanto?».",
    "«Chi decide?» ha chiesto Gatti al ministro.",
    "La ministra ha detto: «Il registro resta aperto».",
    "La direttrice ha spiegato: Il registro resta aperto.",
    "Il vincitore è uno soltanto: OpenNord.",
    "Corvi: Il registro resta aperto",
    "I pesi, si legge nella nota, circolano già; inoltre costano poco.",
    "La soglia (vedi la tabella. È in fondo al testo) non serve.",
    "Il testo dice che «i pesi [...] Vanno custoditi».",
    "E poi... niente, nemmeno una riga.",
    "Anche xNet 2.0 e Nord.ai sono aperti.",
])
def test_keeps_an_italian_sentence_whole(sentence: str) -> None:
    assert cut(f"Prima frase. {sentence}\nUltima frase.") == ["Prima frase.", sentence, "Ultima frase."]


@pytest.mark.parametrize("sentence", [
    "Mr. J. R. Holm met Sen. Ada Wirth and Dr. Lund on Jan. 3 at 5 p.m. in Ghent.",
    "Holm Inc. and Wirth Co. sued the U.S. government in Wichita, Kan., on Monday.",
    "“Who decides?” Holm asked the panel.",
    "“Who decides?” asked Holm.",
    "'Who would pay?' the minister of finance wondered.",
    "The question is simple: Who pays, and when?",
    "Version No. 5 costs $1.50, e.g. for schools.",
    "She said, “We were wrong … and we paid.”",
])
def test_keeps_an_english_sentence_whole(sentence: str) -> None:
    assert cut(sentence, "en") == [sentence]


@pytest.mark.parametrize(("text", "expected"), [
    ("Uno sì. Due no! Tre? Quattro…  Cinque", ["Uno sì.", "Due no!", "Tre?", "Quattro…", "Cinque"]),
    ("«È falso. Non lo faremo mai», ha detto Corvi. «Mai». Poi tace.",
     ["«È falso.", "Non lo faremo mai», ha detto Corvi.", "«Mai».", "Poi tace."]),
    ("«È falso.» La ministra tace.", ["«È falso.»", "La ministra tace."]),
    ("“È falso.” \"Anche questo.\" E basta.", ["“È falso.”", "\"Anche questo.\"", "E basta."]),
    ("« È falso ! » Poi tace.", ["« È falso ! »", "Poi tace."]),
    ("Vende software, server, ecc. La società cresce.", ["Vende software, server, ecc.", "La società cresce."]),
    ("Ha sede a Ulma la Dorst Inc. Il titolo sale.", ["Ha sede a Ulma la Dorst Inc.", "Il titolo sale."]),
    ("Vale il piano B. Il governo lo sa.", ["Vale il piano B.", "Il governo lo sa."]),
    ("Accadde nel 2023. Nel 2024 no.", ["Accadde nel 2023.", "Nel 2024 no."]),
    ("Il punto è proprio questo: La soglia non serve.", ["Il punto è proprio questo:", "La soglia non serve."]),
    ("Si chiede di: a) aprire i pesi; b) pubblicare i dati.", ["Si chiede di:", "a) aprire i pesi;", "b) pubblicare i dati."]),
    ("Lo scrive xNet. xNet è aperta.", ["Lo scrive xNet.", "xNet è aperta."]),
    ("La prova è chiusa.Il resto no.", ["La prova è chiusa.", "Il resto no."]),
    ("La prova è chiusa.[12] Il resto no.", ["La prova è chiusa.[12]", "Il resto no."]),
    ("La prova si tinge facilmente. in generale va bene.", ["La prova si tinge facilmente.", "in generale va bene."]),
])
def test_cuts_italian_between_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("It works in the U.S. The rest waits.", ["It works in the U.S.", "The rest waits."]),
    ("He left at 5 p.m. She stayed.", ["He left at 5 p.m.", "She stayed."]),
    ("“It works.” She left.", ["“It works.”", "She left."]),
    ("“It works. It pays,” she said. Nobody spoke.", ["“It works.", "It pays,” she said.", "Nobody spoke."]),
    ("Holm said no. Five others agreed.", ["Holm said no.", "Five others agreed."]),
    ("(It works.) She left.", ["(It works.)", "She left."]),
])
def test_cuts_english_between_sentences(text: str, expected: list[str]) -> None:
    assert cut(text, "en") == expected


def test_headings_and_items_without_a_full_stop_are_sentences_of_their_own() -> None:
    text = ("Il caso Corvi\nLa legge passa e il governo tace.\n\n"
            "Pro e contro\n- Costa poco\n- Rende molto\n1. Prima la soglia\n2. Poi il resto")
    assert cut(text) == ["Il caso Corvi", "La legge passa e il governo tace.", "Pro e contro", "- Costa poco", "- Rende molto",
                         "1. Prima la soglia", "2. Poi il resto"]


def test_wrapped_lines_are_joined() -> None:
    text = ("The committee heard on Monday from the laboratories that had asked for\n"
            "Brussels to wait, and from those that had not. None of them changed a\nsingle mind.")
    assert [len(sentence.split("\n")) for sentence in cut(text, "en")] == [2, 2]


@pytest.mark.parametrize("mark", ["«", "“", '"', "(", "»", "'"])
def test_an_odd_mark_costs_no_more_than_its_paragraph(mark: str) -> None:
    after = "Il governo tace. «Mai», dice Corvi. Poi esce."
    assert cut(f"{mark}La legge passa, dice Gatti.\n\n{after}")[-3:] == cut(after)


def test_every_token_is_marked_and_white_space_opens_no_sentence() -> None:
    doc = spacy.blank("it").make_doc("\nUno sì.\n\nDue no. ")
    mark_sentences(doc, load("it"))
    assert [token.text for token in doc if token.is_sent_start] == ["\n", "Due"]
    assert all(token.is_sent_start is not None for token in doc)


def test_what_never_ends_is_cut_at_last() -> None:
    doc = mark_sentences(spacy.blank("it").make_doc("Anna, " * 400 + "parola " * 2000), load("it"))
    lengths = [len(list(sentence)) for sentence in doc.sents]
    assert max(lengths) <= 601
    assert doc[lengths[0] - 1].text == ","


def test_an_empty_text_has_no_sentence() -> None:
    assert sentence_starts("", load("en")) == []
    assert sentence_starts(" \n\n ", load("en")) == []


@given(st.text(alphabet="aB .\n\"«»“”'()[]?!…:;-1é", max_size=80), st.sampled_from(["it", "en"]))
def test_starts_are_increasing_and_stand_on_text(text: str, language: str) -> None:
    starts = sentence_starts(text, load(language))
    assert starts == sorted(set(starts))
    assert all(not text[start].isspace() for start in starts)
    pieces = list(paragraphs(text))
    assert " ".join(text[begin:end] for begin, end in pieces).split() == text.split()
