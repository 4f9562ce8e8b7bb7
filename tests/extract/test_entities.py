"""Entities of one text agree with each other."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from argmap.extract.entities import agree


def entities(words: str, tags: list[str]) -> list[tuple[str, str]]:
    """Entities of a text of one sentence, by IOB tags, after agreement."""
    doc = Doc(Vocab(), words=words.split(), ents=tags, sent_starts=[True] + [False] * (len(tags) - 1))
    return [(entity.text, entity.label_) for entity in agree(doc).ents]


@pytest.mark.parametrize(("words", "tags", "expected"), [
    ("ieri Corvi e poi Corvi con Corvi tace", ["O", "B-ORG", "O", "O", "B-PER", "O", "B-ORG", "O"], [("Corvi", "ORG")] * 3),
    ("ieri Ada Corvi parla , Corvi tace", ["O", "B-PER", "I-PER", "O", "O", "B-ORG", "O"], [("Ada Corvi", "PER"), ("Corvi", "PER")]),
    ("ieri Nordia vende , oggi Nordia compra", ["O", "B-ORG", "O", "O", "O", "O", "O"], [("Nordia", "ORG"), ("Nordia", "ORG")]),
    ("ieri Nordia vende , oggi Banca Nordia compra", ["O", "B-ORG", "O", "O", "O", "O", "O", "O"], [("Nordia", "ORG")]),
    ("il Po scorre , nel Po", ["O", "B-LOC", "O", "O", "O", "O"], [("Po", "LOC")]),
    ("nulla di nuovo", ["O", "O", "O"], []),
], ids=["majority", "surname", "missed", "part of a longer name", "short", "none"])
def test_a_name_means_one_thing(words: str, tags: list[str], expected: list[tuple[str, str]]) -> None:
    assert entities(words, tags) == expected
