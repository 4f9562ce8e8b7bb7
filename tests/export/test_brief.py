"""The brief: which claims it shows, with what, and that no text can break it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from argmap.export.brief import dumps
from argmap.model import DebateMap
from tests.export.small import maps
from tests.maps import hostile, sample

markdown_it = pytest.importorskip("markdown_it")


def rendered(text: str) -> str:
    return markdown_it.MarkdownIt().render(text)


def test_each_side_has_its_strongest_claims_first():
    text = dumps(sample())
    assert text.startswith("# Powerful AI models should be open\n")
    assert "## For open models\n\n12 claims; the 10 strongest:\n" in text and "## For closed models\n\n6 claims:\n" in text
    first = text.index("1. **Anyone can inspect an open model")  # two speakers, two articles
    assert first < text.index("2. **Open models let start-ups compete")


def test_a_claim_shows_who_where_and_what_attacks_it():
    text = " ".join(dumps(sample()).split())
    assert ("- Nadia Roth (Alder Institute): “anyone can inspect an open model and find what its maker missed” ([Who should hold the keys "
            "to frontier models?](https://example.org/ledger/keys), The Northern Ledger, 2025-03-04)") in text
    assert "- Attacked by: Once the weights are out, no one can take them back (Jonas Wedel (Meridian Labs))" in text


def test_what_hardly_bears_on_the_debate_is_passed_over():
    assert "concert" not in dumps(sample())


def test_an_empty_map_makes_a_brief(debate):
    assert dumps(DebateMap(debate)) == "# The bridge should be toll-free.\n\n0 articles.\n"


def test_no_text_becomes_markup():
    html = rendered(dumps(hostile()))
    assert "<script" not in html and "<img" not in html
    assert "href=\"javascript" not in html


@given(maps())
def test_lists_and_headings_are_the_brief_s_own(debate_map):
    wanted = replace(debate_map, statements=tuple(replace(s, relevance=1.0) for s in debate_map.statements))
    html = rendered(dumps(wanted))
    assert html.count("<h2>") == len({claim.stance for claim in debate_map.claims})
    assert html.count("<h1>") == 1 and "<code" not in html and "<em>" not in html
