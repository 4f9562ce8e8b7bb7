"""CSV tables: what comes back, what a spreadsheet does to them, what is refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given

from argmap.errors import FormatError
from argmap.export import import_map, tables, write
from tests.export.held import tables as held
from tests.export.small import maps
from tests.maps import sample


@pytest.fixture
def folder(debate_map, tmp_path):
    """The small map's tables."""
    write(debate_map, tmp_path / "tables", format="csv")
    return tmp_path / "tables"


def edit(path, change):
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")


@given(maps())
def test_what_the_tables_hold_comes_back(tmp_path_factory, debate_map):
    path = tmp_path_factory.mktemp("tables")
    write(debate_map, path, format="csv")
    assert held(tables.load(path)) == held(debate_map)


def test_tables_tell_how_their_map_was_made(debate_map, tmp_path):
    write(debate_map, tmp_path / "t", format="csv")
    found = import_map(tmp_path / "t")
    assert (found.models, found.version, found.origin) == (debate_map.models, debate_map.version, {})
    coded = replace(debate_map, models={}, origin={"format": "dna", "program": "Discourse Network Analyzer", "file": "coding.dna"})
    write(coded, tmp_path / "coded", format="csv")
    assert import_map(tmp_path / "coded").origin == coded.origin


def test_tables_of_unknown_making_are_named_as_the_origin(debate_map, tmp_path):
    write(replace(debate_map, models={}), tmp_path / "survey", format="csv")
    assert import_map(tmp_path / "survey").origin == {"format": "csv", "program": "tables", "file": "survey"}


def test_the_sample_comes_back(tmp_path):
    write(sample(), tmp_path / "t", format="csv")
    assert held(tables.load(tmp_path / "t")) == held(sample())


@given(maps())
def test_no_cell_is_a_formula(debate_map):
    for content in tables.dumps(debate_map).values():
        for row in csv.reader(io.StringIO(content, newline="")):
            assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_lines_end_as_the_standard_says_and_rows_are_of_one_length(debate_map):
    for name, content in tables.dumps(debate_map).items():
        assert content.endswith("\r\n")
        assert {len(row) for row in csv.reader(io.StringIO(content, newline=""), strict=True)} == {len(tables.COLUMNS[name[:-4]])}


def test_a_spreadsheet_s_habits_are_allowed_for(debate_map, folder):
    for path in folder.iterdir():
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerows([[*row, "note"] if number else [*row, "comments"] for number, row in enumerate(rows)])
        writer.writerow([""] * (len(rows[0]) + 1))
        path.write_text("\ufeff" + out.getvalue().replace("0.9", "0,9"), encoding="utf-8")
    assert held(tables.load(folder)) == held(debate_map)


def test_other_tables_than_the_needed_ones_may_be_missing(debate_map, folder):
    for name in ("debate", "attributions", "relations", "mentions"):
        (folder / f"{name}.csv").unlink()
    edit(folder / "statements.csv", lambda text: text.replace("a-1", "").replace("a-2", ""))
    found = tables.load(folder)
    assert found.relations == () and found.debate.motion.text == {"en": "tables"}


def test_a_statement_without_spans_is_found_by_its_words(folder):
    (folder / "statements.csv").write_text("id,article,claim,actors,text\ns-1,bridge-1,c-1,ilieva,repairs cost money\n")
    (folder / "relations.csv").unlink()
    (statement,) = tables.load(folder).statements
    assert (statement.content[0].start, statement.text, statement.voice) == (46, "repairs cost money", "attributed")


@pytest.mark.parametrize(("name", "change", "message"), [
    ("claims", lambda text: text.replace("against", "maybe"), r"claims.csv, line 3: stance 'maybe' is none of for, against, neutral"),
    ("claims", lambda text: text.replace("asserts", "yes"), "polarity 'yes' is none of asserts, denies"),
    ("claims", lambda text: text.replace("id,", "ID,"), "claims.csv: no column id"),
    ("claims", lambda text: "", "claims.csv: no column id"),
    ("claims", lambda text: 'id\r\n"c-1" x"', "not CSV"),
    ("statements", lambda text: text.replace("15-40", "15-400"), "spans '15-400' is no span of article 'bridge-1'"),
    ("statements", lambda text: text.replace("15-40", "40-15"), "is no span"),
    ("statements", lambda text: text.replace("15-40", "").replace("a free bridge", "a toll"), "'a toll helps trade' is not in article"),
    ("statements", lambda text: text.replace("c-1", "c-9"), "claim 'c-9' is not in the map"),
    ("statements", lambda text: text.replace("0.9", "9"), "relevance 9 is not between 0 and 1"),
    ("statements", lambda text: text.replace("0.9", "high"), "relevance 'high' is no number"),
    ("statements", lambda text: text.replace("bridge-1", "bridge-2"), "article 'bridge-2' is not in articles.csv"),
    ("relations", lambda text: text.replace("bridge-1", "bridge-2"), "article 'bridge-2' is not in articles.csv"),
    ("relations", lambda text: text.replace("attack", "defends"), "kind 'defends' is none of support, attack"),
    ("mentions", lambda text: text.replace("0-9", ""), "span is empty"),
    ("debate", lambda text: text.replace("side,against", "side,sideways"), "side 'sideways'"),
    ("actors", lambda text: text.replace("person", "robot"), "kind 'robot' is none of"),
])
def test_a_wrong_value_is_named_with_its_place(folder, name, change, message):
    edit(folder / f"{name}.csv", change)
    with pytest.raises(FormatError, match=message):
        tables.load(folder)


def test_what_is_missing_or_unreadable_is_named(folder, tmp_path):
    with pytest.raises(FormatError, match="not a folder"):
        tables.load(folder / "claims.csv")
    (folder / "articles.csv").write_bytes(b"id,text\na,\xff\n")
    with pytest.raises(FormatError, match=r"articles.csv: not UTF-8"):
        tables.load(folder)
    (folder / "articles.csv").unlink()
    with pytest.raises(FormatError, match=r"articles.csv: cannot be read"):
        tables.load(folder)
