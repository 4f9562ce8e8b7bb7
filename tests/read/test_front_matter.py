"""Front matter: the same whichever of PyYAML's readers is there."""

from __future__ import annotations

from collections.abc import Callable

import yaml
from hypothesis import given
from hypothesis import strategies as st

from argmap.read.markdown import _parsed

PIECES = ("title", "author", ": ", ":", "\n", "- ", "  ", "'", '"', ",", "è", "\N{GRINNING FACE}", "?", "? ", "1", "no", "2025-01-01", "...",
          "---", "two words", "=", "<<", "~", "null", "/", "(", "«", "’", "+", ".", "|", "\t", "#", "&a", "[", "\ufeff")


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join), st.booleans())
def test_front_matter_says_the_same_whether_libyaml_is_there_or_not(text: str, keyed: bool) -> None:
    front = f"title: {text}\nauthor: {text[:4]}\n" if keyed else text

    def said(parse: Callable[[str], object]) -> object:
        try:
            return parse(front)
        except yaml.YAMLError as error:
            return str(error)

    assert said(_parsed) == said(lambda text: yaml.load(text, Loader=yaml.BaseLoader))
