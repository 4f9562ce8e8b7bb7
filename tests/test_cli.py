"""The command line: what goes where, which exit code, what help says."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import argmap
from argmap import cli, pipeline
from argmap import debate as debates
from argmap.commands.build import summary
from argmap.errors import ModelError
from argmap.model import Article, Extraction, Skipped

TEXT = "The government said that open models help research."


@pytest.fixture
def run():
    """Runs a command; the result has `exit_code`, `stdout` and `stderr`."""
    runner = CliRunner()
    return lambda *args: runner.invoke(cli.main, [str(arg) for arg in args])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles, as the working folder, and a pipeline without models."""
    def extract(article: Article, **_: object) -> Extraction:
        if "STOP" in article.text:
            raise KeyboardInterrupt
        if "MODEL" in article.text:
            raise ModelError("no pipeline for 'en': install one")
        return Extraction(article)

    monkeypatch.setattr(pipeline, "extract", extract)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "a.txt").write_text(TEXT)
    (tmp_path / "press" / "b.txt").write_text(TEXT + " Yes.")
    return tmp_path


class TestBuild:
    def test_without_output_it_writes_a_page_and_its_data(self, run, folder):
        result = run("build", "press")
        assert result.exit_code == 0 and result.stdout == ""
        assert sorted(path.name for path in (folder / "output").iterdir()) == [".argmap.sqlite", "map.html", "map.json"]

    def test_each_output_is_written_in_the_format_of_its_suffix(self, run, folder):
        assert run("build", "press", "-o", "x/one.json", "--output", "two.html").exit_code == 0
        assert json.loads((folder / "x" / "one.json").read_text())["schema"] == "argmap/1"
        assert (folder / "two.html").read_text().startswith("<!doctype html>")
        assert not (folder / "output").exists()

    def test_the_summary_counts_and_names_what_was_left_out(self, run, folder):
        (folder / "press" / "empty.txt").touch()
        for number in range(5):
            (folder / "press" / f"{number}.doc").touch()
        result = run("build", "press", "-o", "m.json")
        lines = result.stderr.splitlines()
        assert lines[0] == "2 articles, 0 actors, 0 statements, 0 claims, 0 relations"
        assert lines[1] == "6 skipped:"
        assert "  empty.txt: empty" in lines
        assert any(line.startswith("  0.doc, 1.doc, 2.doc and 2 more: no reader for .doc") for line in lines)
        assert lines[-1] == "wrote m.json"

    def test_quiet_says_nothing(self, run, folder):
        result = run("build", "press", "-q", "-o", "m.json")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")

    def test_an_unknown_format_is_found_before_the_work(self, run, folder):
        result = run("build", "press", "-o", "m.docx")
        assert result.exit_code == 1
        assert result.stderr.startswith("argmap: m.docx") and ".html, .json" in result.stderr

    @pytest.mark.parametrize("args", [[], ["missing"], ["press", "--models", "best"], ["press", "--pipeline", "it"],
                                      ["press", "--nonsense"]])
    def test_what_is_not_understood_ends_with_2(self, run, folder, args):
        result = run("build", *args)
        assert result.exit_code == 2 and "Error" in result.stderr

    @pytest.mark.parametrize("args", [["empty"], ["press", "--debate", "no-such"]])
    def test_what_cannot_be_done_ends_with_1_and_one_line(self, run, folder, args):
        (folder / "empty").mkdir()
        result = run("build", *args)
        assert result.exit_code == 1 and result.stderr.startswith("argmap: ") and result.stderr.count("\n") == 1

    def test_a_missing_model_ends_with_1(self, run, folder):
        (folder / "press" / "a.txt").write_text(TEXT + " MODEL")
        result = run("build", "press")
        assert result.exit_code == 1 and "install one" in result.stderr

    def test_ctrl_c_ends_with_130_and_writes_nothing(self, run, folder):
        (folder / "press" / "a.txt").write_text(TEXT + " STOP")
        result = run("build", "press", "-o", "m.json")
        assert result.exit_code == 130 and "stopped" in result.stderr and not (folder / "m.json").exists()

    def test_options_reach_the_library(self, run, folder, monkeypatch, debate_map):
        seen = {}

        def build(paths, **options):
            seen.update(options, paths=paths)
            return debate_map

        monkeypatch.setattr(pipeline, "build", build)
        (folder / "x.toml").write_text(debates.template(), encoding="utf-8")
        (folder / "m.csv").write_text("file,outlet\na,The Gazette\n", encoding="utf-8")
        run("build", "press", "--models", "permissive", "--pipeline", "it=it_core_news_lg", "--debate", "x.toml", "--strict",
            "--metadata", "m.csv", "-o", "m.json")
        assert seen["metadata"].rows == {"a": {"outlet": "The Gazette"}}
        assert seen["models"] == "permissive" and seen["pipelines"] == {"it": "it_core_news_lg"}
        assert seen["debate"] == "x.toml" and seen["strict"] is True and seen["paths"] == (Path("press"),)

    def test_a_summary_says_how_much_the_map_hides(self, debate_map, capsys):
        (first, *rest) = debate_map.statements
        summary(replace(debate_map, statements=(replace(first, relevance=0.0), *rest)), ())
        assert "1 of the statements" in capsys.readouterr().err

    def test_a_summary_counts_one_thing_as_one(self, debate_map, capsys):
        summary(replace(debate_map, skipped=(Skipped("x", "empty"),)), ())
        assert capsys.readouterr().err.splitlines()[0] == "1 article, 2 actors, 2 statements, 2 claims, 1 relation"


class TestExport:
    def test_a_saved_map_becomes_a_page_with_its_options(self, run, tmp_path, debate_map):
        debate_map.save(tmp_path / "m.json")
        result = run("export", tmp_path / "m.json", "-o", tmp_path / "m.html", "--title", "Toll or free", "--contact", "maps@example.org")
        page = (tmp_path / "m.html").read_text(encoding="utf-8")
        assert result.exit_code == 0 and "Toll or free" in page and "maps@example.org" in page

    def test_a_map_is_the_same_once_it_was_saved_again(self, run, tmp_path, debate_map):
        debate_map.save(tmp_path / "m.json")
        assert run("export", tmp_path / "m.json", "-o", tmp_path / "n.json").exit_code == 0
        assert (tmp_path / "n.json").read_bytes() == (tmp_path / "m.json").read_bytes()

    def test_what_is_no_map_is_refused_with_its_name(self, run, tmp_path):
        (tmp_path / "m.json").write_text("[]")
        result = run("export", tmp_path / "m.json", "-o", tmp_path / "m.html")
        assert result.exit_code == 1 and "m.json" in result.stderr

    def test_it_must_be_told_where_to(self, run, tmp_path, debate_map):
        debate_map.save(tmp_path / "m.json")
        assert run("export", tmp_path / "m.json").exit_code == 2


class TestDebate:
    def test_list_names_each_with_its_motion(self, run):
        lines = run("debate", "list").stdout.splitlines()
        assert any(line.startswith("open-vs-closed-ai\t") and len(line) > 30 for line in lines)

    def test_show_tells_what_is_read(self, run):
        result = run("debate", "show", "open-vs-closed-ai")
        assert result.exit_code == 0 and "motion (it): " in result.stdout and "against: " in result.stdout

    def test_show_refuses_a_malformed_file(self, run, tmp_path):
        (tmp_path / "d.toml").write_text("id = 3")
        result = run("debate", "show", tmp_path / "d.toml")
        assert result.exit_code == 1 and "d.toml" in result.stderr

    def test_new_writes_a_file_that_argmap_reads(self, run, tmp_path):
        assert run("debate", "new", "-o", tmp_path / "d.toml").exit_code == 0
        assert run("debate", "show", tmp_path / "d.toml").exit_code == 0
        assert run("debate", "new").stdout == (tmp_path / "d.toml").read_text(encoding="utf-8")

    def test_new_never_overwrites(self, run, tmp_path):
        (tmp_path / "d.toml").write_text("mine")
        assert run("debate", "new", "-o", tmp_path / "d.toml").exit_code == 1
        assert (tmp_path / "d.toml").read_text() == "mine"


class TestModels:
    def test_each_has_a_line_and_a_licence(self, run):
        lines = run("models").stdout.splitlines()
        assert lines and all(len(line.split("\t")) == 7 and all(line.split("\t")) for line in lines)

    def test_one_is_shown_with_all_that_is_known(self, run):
        name = run("models").stdout.split("\t")[0]
        assert "licence: " in run("models", name).stdout

    def test_an_unknown_one_is_refused(self, run):
        assert run("models", "nonsense").exit_code == 1


def commands(group=cli.main, path=()):
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_every_command_explains_itself(run, path, command):
    result = run(*path, "--help")
    assert result.exit_code == 0 and command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_help_has_examples_and_exit_codes(run):
    assert "Examples:" in run("--help").stdout and "130" in run("--help").stdout and "Examples:" in run("build", "-h").stdout


def test_version_is_the_package_s(run):
    assert argmap.__version__ in run("--version").stdout


def test_it_runs_as_a_module():
    result = subprocess.run([sys.executable, "-m", "argmap", "--version"], capture_output=True, text=True, check=True)
    assert argmap.__version__ in result.stdout


@pytest.mark.model
def test_the_whole_program_from_texts_to_a_page(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    result = subprocess.run([sys.executable, "-m", "argmap", "build", ".", "-o", "m.html", "-o", "m.json"], cwd=tmp_path,
                            capture_output=True, text=True, check=True)
    assert result.stdout == "" and "1 article," in result.stderr
    assert argmap.load(tmp_path / "m.json").articles[0].text == TEXT
