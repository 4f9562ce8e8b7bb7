"""Language files: all have what English has, and their words are usable."""

from __future__ import annotations

import pytest

from argmap.lexicon import languages, load

ENGLISH = load("en")
OTHERS = [code for code in languages() if code != "en"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_the_lists_and_values_of_english(code):
    lexicon = load(code)
    # Roles differ in nothing but the labels of the parser's scheme; lists may stay empty.
    assert sorted(lexicon.lists) == sorted(ENGLISH.lists)
    assert sorted(lexicon.values) == sorted(ENGLISH.values)


@pytest.mark.parametrize("code", languages())
def test_no_word_stands_twice_in_a_list(code):
    twice = {path: sorted({word for word in words if words.count(word) > 1}) for path, words in load(code).lists.items()}
    assert {path: words for path, words in twice.items() if words} == {}


@pytest.mark.parametrize("code", languages())
def test_no_word_is_empty_or_padded(code):
    padded = [(path, word) for path, words in load(code).lists.items() for word in words if not word or word != word.strip()]
    assert padded == []


@pytest.mark.parametrize("code", languages())
def test_a_label_of_the_parser_has_one_role(code):
    lexicon = load(code)
    labels = [label for path, words in lexicon.lists.items() if path.startswith("roles.") for label in words]
    assert sorted(labels) == sorted(set(labels)) and lexicon.roles
