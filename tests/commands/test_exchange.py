"""argmap export, import and validate on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.export import EXPORTERS, FOLDERS, IMPORTERS, load


@pytest.fixture
def run():
    """Runs a command; the result has `exit_code`, `stdout` and `stderr`."""
    runner = CliRunner()
    return lambda *args: runner.invoke(main, [str(arg) for arg in args])


@pytest.fixture
def saved(debate_map, tmp_path):
    """The small map as a file."""
    debate_map.save(tmp_path / "m.json")
    return tmp_path / "m.json"


@pytest.mark.parametrize("format", EXPORTERS)
def test_every_format_can_be_named(run, saved, tmp_path, format):
    result = run("export", saved, "--format", format, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "out").is_dir() == (format in FOLDERS)


@pytest.mark.parametrize("format", sorted(set(IMPORTERS) - {"argdown"}))
def test_what_goes_out_comes_in(run, saved, tmp_path, format):
    run("export", saved, "--format", format, "-o", tmp_path / "out")
    result = run("import", tmp_path / "out", "--format", format, "-o", tmp_path / "back.json")
    assert result.exit_code == 0, result.stderr
    assert load(tmp_path / "back.json").statements
    assert run("validate", tmp_path / "back.json").exit_code == 0


@pytest.mark.parametrize(("name", "format"), [("m.dna", "dna"), ("e.csv", "dna-csv"), ("k.txt", "kialo"), ("a.json", "aif"), ("x.json", "xaif"),
                                              ("t", "csv"), ("j.json", "json")])
def test_the_format_is_told_from_the_file(run, saved, tmp_path, name, format):
    run("export", saved, "--format", format, "-o", tmp_path / name)
    assert run("import", tmp_path / name, "-o", tmp_path / "told.json").exit_code == 0
    run("import", tmp_path / name, "-o", tmp_path / "named.json", "--format", format)
    assert (tmp_path / "told.json").read_bytes() == (tmp_path / "named.json").read_bytes()


@pytest.mark.parametrize(("name", "content", "options", "message"), [
    ("a.json", "{}", (), "format cannot be told"),
    ("a.docx", "", (), "name it (json, "),
    ("a.argdown", "[A]: b", (), "argdown json a.argdown"),
    ("a.json", "{}", ("--format", "csv"), "csv is a folder"),
    ("a.json", "", (), "not JSON"),
    ("a.dna", "nothing", (), "not a database of DNA 3"),
])
def test_what_cannot_be_read_ends_with_1_and_a_line_that_names_it(run, tmp_path, name, content, options, message):
    (tmp_path / name).write_text(content)
    result = run("import", tmp_path / name, "-o", tmp_path / "m.json", *options)
    assert result.exit_code == 1 and result.stderr.count("\n") == 1
    assert message in result.stderr and name in result.stderr and not (tmp_path / "m.json").exists()


def test_a_folder_is_no_file(run, saved, tmp_path):
    (tmp_path / "f").mkdir()
    assert "aif is one file" in run("import", tmp_path / "f", "-o", tmp_path / "n.json", "--format", "aif").stderr
    assert run("export", saved, "--format", "aif", "-o", tmp_path / "f").exit_code == 1


def test_a_suffix_that_tells_no_format_asks_for_one(run, saved, tmp_path):
    result = run("export", saved, "-o", tmp_path / "m.csv")
    assert result.exit_code == 1 and "or name the format (html, json" in result.stderr
    assert run("export", saved, "-o", tmp_path / "m", "--format", "docx").exit_code == 2


@pytest.mark.parametrize("command", ["export", "import"])
def test_help_says_what_each_format_leaves_out(run, command):
    text = run(command, "--help").stdout
    for name in IMPORTERS if command == "import" else EXPORTERS:
        assert f"\n    {name} " in text, name
    assert "leaves out" in text


def test_a_valid_map_is_said_to_be_so(run, saved):
    result = run("validate", saved)
    assert (result.exit_code, result.stdout) == (0, "") and "valid" in result.stderr


def test_each_problem_of_an_invalid_map_is_a_line(run, saved):
    raw = json.loads(saved.read_text())
    raw["statements"][1]["content"][0]["end"] += 1
    raw["relations"][0]["target"] = "c-9"
    saved.write_text(json.dumps(raw))
    result = run("validate", saved)
    assert result.exit_code == 1
    assert f"{saved}: statements[1].content[0]: characters 46 to 65 of article 'bridge-1' are not 'repairs cost money'" in result.stdout
    assert f"{saved}: relations[0].target: 'c-9' is not among the claims" in result.stdout
    assert "2 problems" in result.stderr or "3 problems" in result.stderr


def test_many_problems_are_counted(run, saved):
    raw = json.loads(saved.read_text())
    raw["actors"] = [3] * 150
    saved.write_text(json.dumps(raw))
    lines = run("validate", saved).stdout.splitlines()
    assert len(lines) == 101 and lines[-1].endswith("and 50 more")


def test_what_is_no_json_is_an_error_of_its_own(run, tmp_path):
    (tmp_path / "m.json").write_text("{")
    result = run("validate", tmp_path / "m.json")
    assert result.exit_code == 1 and "not JSON" in result.stderr
