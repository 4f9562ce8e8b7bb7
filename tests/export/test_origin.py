"""Where a map comes from: what is imported says so everywhere, and what argmap read does too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.analyse.analysis import analyse
from argmap.analyse.document import as_markdown
from argmap.analyse.report import report
from argmap.export import PROGRAMS, argmap_json, brief, import_map, write
from argmap.render import render
from argmap.render.layout import lay_out
from argmap.render.payload import payload


@pytest.mark.parametrize("format", sorted(set(PROGRAMS) - {"argdown", "csv"}))
def test_an_imported_map_names_its_file_and_program(debate_map, tmp_path, format):
    write(debate_map, tmp_path / "coding", format=format)
    found = import_map(tmp_path / "coding", format=format)
    assert found.origin == {"format": format, "program": PROGRAMS[format], "file": "coding"}
    assert argmap_json.loads(found.to_json()).origin == found.origin


def test_argmap_s_own_json_stays_what_it_was(debate_map, tmp_path):
    debate_map.save(tmp_path / "m.json")
    assert import_map(tmp_path / "m.json").origin == {}


@pytest.fixture
def coded(debate_map, tmp_path):
    """The small map as hand coding that was imported."""
    write(debate_map, tmp_path / "coding.dna")
    return import_map(tmp_path / "coding.dna")


def test_page_brief_and_report_say_where_an_imported_map_comes_from(coded):
    assert payload(coded, lay_out(coded))["about"]["origin"]["file"] == "coding.dna"
    assert "notice.imported" in render(coded)
    told = as_markdown(report(coded, analyse(coded)))
    for text in (brief.dumps(coded), told):
        assert "coding.dna" in text and "Discourse Network Analyzer" in text
        assert "by program" not in text and "by a program" not in text


def test_what_argmap_read_is_called_so(debate_map):
    assert "Read by a program and not checked by hand" in brief.dumps(debate_map)
    assert "Everything was read by program." in as_markdown(report(debate_map, analyse(debate_map)))


def test_corrections_that_hold_are_counted(debate_map):
    corrected = replace(debate_map, corrections={"1": "applied", "2": "no such statement"})
    assert "with 1 correction by hand" in brief.dumps(corrected)
    assert "corrected by hand in 1 place." in as_markdown(report(corrected, analyse(corrected)))


def test_a_map_without_sides_reports_no_leanings(coded):
    told = as_markdown(report(coded, analyse(coded)))
    assert "No statement is for or against a motion here" in told
    assert "leaning" not in told and "Polarization" not in told and "| side |" not in told
