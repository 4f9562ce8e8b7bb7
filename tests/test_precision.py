"""Checked sheets: what is counted, what is not, and what a reader is told about a sheet that cannot be counted."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner
from scipy.stats import binomtest

from argmap.cli import main
from argmap.errors import FormatError
from argmap.precision import interval, read_sheet, score
from argmap.sample import NOT_ASKED, draw, sheet
from tests.maps import large, sample


@pytest.fixture
def filled(tmp_path):
    """Writes a sheet of the sample map with each open question answered, and gives its path."""
    def write(answer, *, separator=",", only=None, by=None, number=1000, debate_map=None):
        text = sheet(draw(debate_map or sample(), number=number, only=only, by=by), separator=separator)
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
        writer.writeheader()
        for number, row in enumerate(rows):
            for column in row:
                if column.endswith("right?") and row[column] != NOT_ASKED:
                    row[column] = answer(number, column, row)
            writer.writerow(row)
        path = tmp_path / "sheet.csv"
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        return path
    return write


def figures(path, dimension="all"):
    return {(figure.thing, figure.group): figure for figure in score(read_sheet(path)).figures if figure.dimension == dimension}


def test_what_is_right_is_counted_thing_by_thing(filled):
    found = figures(filled(lambda number, column, row: "no" if column == "stance right?" and number < 5 else "yes"))
    stance, words = found["stance", "all"], found["words", "all"]
    assert (stance.checked - stance.right, stance.value) == (5, pytest.approx(stance.right / stance.checked))
    assert words.value == 1 and words.high == 1 and words.low < 1
    assert {thing for thing, _ in found} == {"words", "actor", "stance", "relation"} | ({"claim"} & {thing for thing, _ in found})


def test_the_interval_is_clopper_and_pearson_s(filled):
    for right, checked in ((0, 7), (7, 7), (13, 50), (499, 500)):
        exact = binomtest(right, checked).proportion_ci(method="exact")
        assert interval(right, checked) == pytest.approx((exact.low, exact.high))
    found = figures(filled(lambda number, column, row: "yes" if number % 3 else "no"))["words", "all"]
    exact = binomtest(found.right, found.checked).proportion_ci(method="exact")
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_languages_and_bands_of_confidence_have_figures_of_their_own(filled):
    path = filled(lambda number, column, row: "yes" if row["language"] == "it" else "no", only="statement")
    assert [figures(path, "language")["words", language].value for language in ("en", "it")] == [0, 1]
    bands = [group for thing, group in figures(path, "confidence") if thing == "words"]
    assert bands == ["0.3 to 0.6", "0.6 to 0.8", "from 0.8"]
    whole = figures(path)["words", "all"]
    assert sum(figures(path, "confidence")["words", band].checked for band in bands) == whole.checked


def test_mean_confidence_stands_beside_precision(filled):
    path = filled(lambda *_: "yes", only="statement")
    rows = read_sheet(path)
    assert figures(path)["words", "all"].confidence == pytest.approx(sum(row.confidence for row in rows) / len(rows))


def test_rows_of_strata_count_as_many_as_they_stand_for(filled):
    # equal numbers of each side are drawn, though neutral statements are rare: all of those wrong must not weigh a third
    debate_map = sample()
    everything = draw(debate_map, number=1000, by="side", only="statement")
    sizes = {row.stratum: row.stratum_size for row in everything}
    path = filled(lambda number, column, row: "no" if row["stratum"].endswith("neutral") else "yes", by="side", only="statement", number=6)
    found = figures(path)["words", "all"]
    assert found.right / found.checked == pytest.approx(4 / 6)
    assert found.value == pytest.approx(1 - sizes["statement, neutral"] / sum(sizes.values()))
    assert figures(path, "stratum")["words", "neutral"].value == 0


def test_weights_widen_the_interval(filled):
    path = filled(lambda number, column, row: "yes" if number % 2 else "no", by="side", only="statement", number=6)
    found = figures(path)["words", "all"]
    low, high = interval(found.value * found.checked, found.checked)
    assert found.high - found.low > high - low


def test_estimates_from_strata_are_right_on_average(filled):
    debate_map = large(300)
    truth = {row.id: number % 3 > 0 for number, row in enumerate(draw(debate_map, number=10 ** 6, only="statement"))}
    found = []
    for seed in range(60):
        rows = draw(debate_map, number=40, seed=seed, by="language", only="statement")
        sizes = {row.stratum: row.stratum_size for row in rows}
        drawn = {name: [row for row in rows if row.stratum == name] for name in sizes}
        found.append(sum(sizes[name] * sum(truth[row.id] for row in each) / len(each) for name, each in drawn.items()) / sum(sizes.values()))
    assert sum(found) / len(found) == pytest.approx(sum(truth.values()) / len(truth), abs=0.03)


def test_empty_cells_and_question_marks_are_counted_not_guessed(filled):
    found = score(read_sheet(filled(lambda number, column, row: ("yes", "", "?")[number % 3], only="statement")))
    words = next(figure for figure in found.figures if figure.thing == "words" and figure.dimension == "all")
    assert words.checked + found.unfilled["words"] + found.unclear["words"] == found.rows
    assert words.value == 1 and found.unfilled["words"] and found.unclear["words"]


@pytest.mark.parametrize("answer", ["YES", "Sì", " y ", "1", "VERO", "TRUE"])
def test_spreadsheets_and_people_say_yes_in_many_ways(filled, answer):
    assert figures(filled(lambda *_: answer))["words", "all"].value == 1


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_a_byte_order_mark_are_read(filled, separator):
    path = filled(lambda *_: "no", separator=separator)
    path.write_text("\ufeff" + path.read_text(encoding="utf-8").replace("0.9", "0,9"), encoding="utf-8", newline="")
    assert figures(path)["words", "all"].value == 0


@pytest.mark.parametrize(("change", "message"), [
    (lambda text: text.replace(",yes", ",maybe", 1), "line 2: words right. 'maybe' is none of yes, no and"),
    (lambda text: text.replace("stance right?", "stance"), "no column stance right"),
    (lambda text: text.splitlines()[0], "no rows"),
    (lambda text: text + text.splitlines()[1] + "\n", "the same as line 2"),
    (lambda text: text.replace(",0.93,", ",high,", 1), "confidence 'high' is no number"),
    (lambda text: text.replace(",0.93,", ",93,", 1), "confidence '93' is no number that it can be"),
    (lambda text: re.sub(r",statement,\d+,", ",statement,inf,", text), "stratum size 'inf'"),
    (lambda text: re.sub(r",statement,\d+,", ",statement,0,", text), "stratum size '0'"),
    (lambda text: text.replace(",statement,s", ",sentence,s", 1), "kind 'sentence'"),
    (lambda text: text.replace(f"{NOT_ASKED},yes,", "yes,yes,"), "is not asked of a relation"),
])
def test_what_cannot_be_counted_is_said_with_its_place(filled, change, message):
    path = filled(lambda *_: "yes")
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    with pytest.raises(FormatError, match=message):
        score(read_sheet(path))


def test_a_sheet_that_nobody_filled_says_so(filled):
    with pytest.raises(FormatError, match="not one answer"):
        score(read_sheet(filled(lambda *_: "")))


def test_the_command_prints_figures_or_json(filled):
    path = filled(lambda number, column, row: "yes" if number else "")
    result = CliRunner().invoke(main, ["sample", "--score", str(path)])
    assert result.exit_code == 0 and "left empty, and not counted: " in result.stdout
    assert "words" in result.stdout and "  language it" in result.stdout
    plain = json.loads(CliRunner().invoke(main, ["sample", "--score", str(path), "--json"]).stdout)
    assert plain["unfilled"]["words"] == 1 and plain["figures"][0]["thing"] == "words"
