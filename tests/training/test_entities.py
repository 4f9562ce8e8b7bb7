"""Reading of sentences with marked entities."""

from __future__ import annotations

from pathlib import Path

import spacy

from argmap.training.entities import corpus, read_marked


def test_marks_become_entities_and_leave_the_text(tmp_path: Path) -> None:
    file = tmp_path / "it.txt"
    file.write_text("A [Roma|LOC] la [Banca di Pola|ORG] assume [Ada Kellner|PER].\nQui piove.\n", encoding="utf-8")
    first, second = read_marked(file, spacy.blank("it"))
    assert first.text == "A Roma la Banca di Pola assume Ada Kellner."
    assert [(entity.text, entity.label_) for entity in first.ents] == [("Roma", "LOC"), ("Banca di Pola", "ORG"), ("Ada Kellner", "PER")]
    assert not second.ents


def test_a_sentence_whose_mark_cuts_a_token_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "it.txt"
    file.write_text("Un caffè [Rom|LOC]ano.\nA [Pola|LOC] piove.\n", encoding="utf-8")
    assert [doc.text for doc in read_marked(file, spacy.blank("it"))] == ["A Pola piove."]


def test_the_shipped_sentences_are_read_and_one_in_ten_is_held_out() -> None:
    training, development = corpus(Path(__file__).parents[2] / "argmap" / "training" / "entities")
    assert len(training) > 1100
    assert len(development) > 110
    assert {entity.label_ for doc in training for entity in doc.ents} == {"PER", "ORG", "LOC"}
