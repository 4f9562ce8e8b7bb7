"""The notebook to start from: what it holds, what its cells give, and `argmap notebook`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.notebooks import START, explore
from tests.explored import executed, explored
from tests.maps import sample


def cells(text):
    return {cell["id"]: cell for cell in json.loads(text)["cells"]}


def outputs(cell):
    """All that a cell put out, by its kind; a busy kernel prints a line in several pieces."""
    found = {}
    for output in cell["outputs"]:
        found.update({"text": found.get("text", "") + output["text"]} if output["output_type"] == "stream" else output["data"])
    return found


def test_what_a_cell_prints_in_pieces_is_one_text():
    pieces = [{"output_type": "stream", "name": "stdout", "text": text} for text in ("applied: set-stance", "\n")]
    assert outputs({"outputs": pieces}) == {"text": "applied: set-stance\n"}


def test_the_notebook_is_kept_without_output():
    for cell in cells(explore()).values():
        assert cell["cell_type"] == "markdown" or cell["outputs"] == [] and cell["execution_count"] is None


def test_the_notebook_is_valid():
    nbformat = pytest.importorskip("nbformat")
    nbformat.validate(nbformat.reads(explore(), as_version=4))


def test_a_notebook_for_a_map_opens_that_map():
    assert START in "".join(cells(explore())["load"]["source"])
    assert 'SAVED = Path("the map\'s.json")' in "".join(cells(explore("the map's.json"))["load"]["source"])


def test_a_notebook_is_written_and_never_over_another_unless_forced(tmp_path):
    saved, target = tmp_path / "map.json", tmp_path / "mine.ipynb"
    saved.write_text(sample().to_json(), encoding="utf-8")
    assert CliRunner().invoke(main, ["notebook", str(saved), "-o", str(target)]).exit_code == 0
    assert target.read_text(encoding="utf-8") == explore(saved.resolve().as_posix())
    target.write_text("my work", encoding="utf-8")
    refused = CliRunner().invoke(main, ["notebook", "-o", str(target)])
    assert refused.exit_code == 1 and "--force" in refused.output
    assert target.read_text(encoding="utf-8") == "my work"
    assert CliRunner().invoke(main, ["notebook", "-o", str(target), "--force"]).exit_code == 0
    assert target.read_text(encoding="utf-8") == explore()


def test_every_cell_runs_on_the_bundled_corpus():
    found = {cell["id"]: outputs(cell) for cell in explored()["cells"] if cell["cell_type"] == "code"}
    assert "<iframe sandbox=" in found["map"]["text/html"]
    assert found["map"]["text/plain"].startswith("DebateMap(")
    for table in ("statements", "actors", "claims", "relations", "networks", "coalitions", "graph", "correction", "export"):
        assert found[table]["text/html"].count("<tr") >= 3, table
    assert "Clément Delangue" in found["actors"]["text/html"]
    assert found["plot"]["image/png"]
    assert found["picture"]["image/svg+xml"].startswith("<svg")
    assert found["correction"]["text"].startswith("applied: set-stance")
    assert 'action = "set-stance"' in found["export"]["text"]
    assert all(name in found["export"]["text/html"] for name in ("map.html", "map.json", "map.gexf", "statements.csv"))


@pytest.mark.model
def test_where_there_is_no_map_one_is_built_and_every_cell_runs_on_it():
    found = {cell["id"]: outputs(cell) for cell in executed(explore())["cells"] if cell["cell_type"] == "code"}
    assert "Nadia Roth" in found["statements"]["text/html"] and "Jonas Wedel" in found["statements"]["text/html"]
    assert "applied: " in found["correction"]["text"]
