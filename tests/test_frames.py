"""A map's tables as DataFrames, and what is said where pandas is missing."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from argmap import frames
from argmap.analyse.positions import select
from argmap.errors import ArgmapError
from tests.maps import sample

TABLES = {"articles": frames.articles_frame, "actors": frames.actors_frame, "statements": frames.statements_frame,
          "claims": frames.claims_frame, "relations": frames.relations_frame}


def test_without_pandas_the_message_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ArgmapError, match=r"pip install 'argmap\[notebook\]'"):
        frames.claims_frame(sample())


@pytest.fixture
def pandas():
    return pytest.importorskip("pandas")


@pytest.mark.parametrize("name", TABLES)
def test_each_thing_is_a_row(pandas, name):
    rows = len(TABLES[name](sample()))
    authors = 2 if name == "actors" else 0  # two articles speak in their own voice
    assert rows == len(getattr(sample(), name)) + authors


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_map_has_empty_tables_with_all_columns(pandas, name):
    empty = replace(sample(), articles=(), actors=(), statements=(), claims=(), relations=())
    assert list(TABLES[name](empty).columns) == list(TABLES[name](sample()).columns) and TABLES[name](empty).empty


def test_statements_carry_speakers_topic_and_day(pandas):
    row = frames.statements_frame(sample()).loc["s15"]
    assert row["actors"] == ("Davide Morosini",) and row["topic"] == "safety" and row["date"] == pandas.Timestamp("2025-05-09")
    article = next(article for article in sample().articles if article.id == row["article"])
    assert article.text[row["start"]:row["end"]] == row["text"]


def test_actors_and_claims_are_counted(pandas):
    assert tuple(frames.actors_frame(sample()).loc["network-security", ["statements", "favour", "against", "neutral"]]) == (2, 1, 1, 0)
    assert tuple(frames.claims_frame(sample()).loc["c05", ["statements", "supports", "attacks"]]) == (2, 1, 2)


def test_a_date_that_is_none_is_missing(pandas):
    undated = replace(sample(), articles=tuple(replace(article, date="soon") for article in sample().articles))
    assert frames.articles_frame(undated)["date"].isna().all()


def test_positions_are_a_table_too(pandas):
    found = frames.positions_frame(select(sample()))
    assert len(found) == len(select(sample()).rows) and set(found["agreement"]) == {True, False}


@pytest.mark.parametrize("name", TABLES)
def test_a_map_gives_its_tables_itself(pandas, name):
    assert getattr(sample(), f"{name}_frame")().equals(TABLES[name](sample()))
