"""Drawing a sheet: what may be drawn, how evenly, and what its cells say."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from argmap.cli import main
from argmap.errors import ArgmapError
from argmap.model import DebateMap
from argmap.sample import ANSWERS, NOT_ASKED, allocate, draw, sheet
from tests.export.small import maps
from tests.maps import hostile, large, sample


def cells(text: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator, strict=True))


def test_half_of_the_rows_are_relations():
    assert Counter(row.kind for row in draw(large(400), number=50)) == {"statement": 25, "relation": 25}


def test_where_one_kind_has_too_few_the_other_fills_up(debate_map):
    assert Counter(row.kind for row in draw(sample(), number=36)) == {"statement": 20, "relation": 16}
    assert [row.kind for row in draw(debate_map, number=50)] == ["statement", "statement", "relation"]


def test_the_same_seed_draws_the_same_and_another_others():
    debate_map = large(400)
    assert draw(debate_map, number=40) == draw(debate_map, number=40) != draw(debate_map, number=40, seed=1)


def test_the_order_of_the_map_s_lists_does_not_matter():
    debate_map = large(200)
    turned = replace(debate_map, statements=debate_map.statements[::-1], relations=debate_map.relations[::-1])
    assert draw(debate_map, number=40) == draw(turned, number=40)


def test_every_statement_has_the_same_chance():
    debate_map = sample()
    drawn = Counter(row.id for seed in range(400) for row in draw(debate_map, number=5, seed=seed, only="statement"))
    expected = 400 * 5 / len(draw(debate_map, number=1000, only="statement"))
    assert all(abs(count - expected) < 5 * expected ** 0.5 for count in drawn.values())


def test_what_the_map_hides_and_what_is_said_again_is_not_drawn(debate_map):
    first, second = debate_map.statements
    hidden = replace(debate_map, statements=(first, replace(second, relevance=0.01)))
    assert [row.id for row in draw(hidden, number=9)] == [first.id]
    again = replace(debate_map, statements=(first, replace(second, repeats=first.id)))
    assert [row.id for row in draw(again, number=9, only="statement")] == [first.id]


def test_strata_get_equal_numbers_and_tell_their_size():
    rows = draw(sample(), number=12, by="side", only="statement")
    assert Counter(row.stratum for row in rows) == {"statement, against": 5, "statement, for": 4, "statement, neutral": 3}
    sizes = {row.stratum: row.stratum_size for row in rows}
    assert sizes == Counter(row.stratum for row in draw(sample(), number=1000, by="side", only="statement"))


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=5), st.integers(0, 40))
def test_allocation_is_as_even_as_the_groups_allow(sizes, number):
    found = allocate(sizes, number)
    assert sum(found.values()) == min(number, sum(sizes.values()))
    fullest = max(found.values(), default=0)
    assert all(count <= sizes[name] and (count == sizes[name] or count >= fullest - 1) for name, count in found.items())


def test_a_row_shows_the_words_in_their_context_who_says_them_and_where(debate_map):
    first, _, relation = cells(sheet(draw(debate_map, number=9)))
    assert first["words"] == "a free bridge helps trade"
    assert first["context"] == ("Ms Ilieva said [[a free bridge helps trade]]. But repairs cost money, the port replied.")
    assert (first["actor"], first["stance"], first["source"]) == (
        "Ms Ilieva", "for", "The bridge, The Varna Post, 2025-04-01, https://example.org/1")
    assert (relation["words"], relation["relation"], relation["answered words"]) == (
        "repairs cost money", "attacks", "a free bridge helps trade")
    assert (relation["actor"], relation["answered actor"], relation["signal"]) == ("Port of Varna (City)", "Ms Ilieva", "But")
    assert relation["context"] == "Ms Ilieva said {{a free bridge helps trade}}. But [[repairs cost money]], the port replied."


def test_only_what_can_be_right_or_wrong_is_asked(debate_map):
    first, _second, relation = cells(sheet(draw(debate_map, number=9)))
    assert [first[column] for column in ANSWERS] == ["", "", "", NOT_ASKED, NOT_ASKED, "", ""]  # the claim is in its own words
    assert [relation[column] for column in ANSWERS] == [NOT_ASKED] * 4 + ["", "", ""]
    nobody = replace(debate_map, statements=(replace(debate_map.statements[0], actors=()), debate_map.statements[1]))
    assert cells(sheet(draw(nobody, number=9)))[0]["actor right?"] == NOT_ASKED


def test_relations_between_articles_show_both_contexts():
    debate_map = sample()
    articles = {statement.id: statement.article for statement in debate_map.statements}
    across = [relation for relation in debate_map.relations
              if articles[relation.evidence[0].origin_statement] != articles[relation.evidence[0].target_statement]]
    rows = cells(sheet(draw(replace(debate_map, relations=tuple(across)), number=1000, only="relation")))
    assert rows and all(row["context"].count("[[") >= 1 and row["context"].count("{{") >= 1 and " […] " in row["context"] for row in rows)


@given(maps())
def test_any_map_makes_a_sheet_without_formulas_and_line_breaks(debate_map):
    try:
        rows = draw(debate_map, number=20)
    except ArgmapError:
        return
    text = sheet(rows)
    found = cells(text)
    assert [row["id"] for row in found] == [row.id for row in rows]
    assert len(text.splitlines()) == len(rows) + 1
    assert not [cell for row in found for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_a_hostile_map_makes_a_sheet():
    assert cells(sheet(draw(hostile(), number=50), separator=";"), ";")


def test_a_map_without_statements_says_so(debate):
    with pytest.raises(ArgmapError, match="nothing to check"):
        draw(DebateMap(debate), number=5)


@pytest.fixture
def run(debate_map, tmp_path):
    """Runs `argmap sample` beside the small map."""
    debate_map.save(tmp_path / "m.json")
    return lambda *args: CliRunner().invoke(main, ["sample", *(str(tmp_path / arg) if str(arg).endswith((".json", ".csv")) else arg
                                                             for arg in args)])


def test_the_command_writes_a_sheet_and_says_how_much_of_the_map_it_is(run, tmp_path):
    result = run("m.json", "-n", "2", "-o", "s.csv", "--separator", "semicolon")
    assert result.exit_code == 0 and "1 of 2 statements and 1 of 1 relations" in result.stderr
    raw = (tmp_path / "s.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfrow;kind;id;") and raw.count(b"\r\n") == 3


def test_a_sheet_is_never_overwritten(run, tmp_path):
    (tmp_path / "s.csv").write_text("an evening's work")
    result = run("m.json", "-o", "s.csv")
    assert isinstance(result.exception, ArgmapError) or "is there already" in result.output
    assert (tmp_path / "s.csv").read_text() == "an evening's work"


def test_a_map_or_a_checked_sheet_is_needed_not_both(run):
    assert run().exit_code == 2
