"""The report: what it says, in every form, whatever the map holds."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from click.testing import CliRunner

from argmap import cli
from argmap.analyse.analysis import analyse
from argmap.analyse.document import Bullets, Figure, Heading, Paragraph, Table, as_html, as_markdown, as_renderable, save
from argmap.analyse.report import report
from argmap.errors import ArgmapError
from argmap.model import Actor, DebateMap
from tests.maps import HOSTILE, hostile, sample


@pytest.fixture
def map_file(tmp_path):
    sample().save(tmp_path / "map.json")
    return tmp_path / "map.json"


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *args: runner.invoke(cli.main, [str(arg) for arg in args])


def text_of(debate_map: DebateMap) -> str:
    return as_markdown(report(debate_map, analyse(debate_map)))


class TestReport:
    def test_it_names_sides_coalitions_and_members(self):
        text = text_of(sample())
        assert "“For open models”" in text and "## Coalitions" in text and "Nadia Roth" in text and "leans against the motion" in text

    def test_it_says_what_ties_rest_on_and_why(self):
        assert "join at most 17% of them into one network" in text_of(sample())

    def test_an_undefended_claim_stands_with_its_attack_and_both_speakers(self):
        part = text_of(sample()).partition("## Attacked and undefended")[2]
        row = next(line for line in part.splitlines() if line.startswith("| Chi chiude un modello"))
        assert "(Davide Morosini)" in row and "(Chiara Valenti)" in row and "0.88" in row

    def test_caveats_count_what_was_left_out(self):
        text = text_of(sample())
        assert "Left out: 1 statement with a relevance below 0.15." in text
        assert "with a confidence below 0.3" in text

    def test_articles_without_dates_are_a_caveat_and_no_course(self):
        undated = replace(sample(), articles=tuple(replace(article, date="") for article in sample().articles))
        text = text_of(undated)
        assert "5 articles without a date" in text and "Too few actors speak in any stretch of time" in text

    @pytest.mark.parametrize("debate_map", [DebateMap(sample().debate), replace(sample(), statements=(), claims=(), relations=(), concepts=()),
                                            replace(sample(), actors=()), replace(sample(), relations=())])
    def test_a_map_without_something_has_a_report_without_it(self, debate_map):
        assert "How far to trust this" in text_of(debate_map)

    def test_it_is_the_same_each_time(self):
        assert as_html(report(sample(), analyse(sample()))) == as_html(report(sample(), analyse(sample())))

    def test_hostile_texts_stay_texts_in_each_form(self, tmp_path):
        blocks = report(hostile(), analyse(hostile()))
        page, text = as_html(blocks), as_markdown(blocks)
        assert "<script" not in page and "<img" not in page and "<script" not in text.replace("\\<", "")
        for figure in (block for block in blocks if isinstance(block, Figure)):
            ElementTree.fromstring(figure.svg)
        for suffix in ("html", "md"):
            save(blocks, tmp_path / f"report.{suffix}")

    def test_figures_stand_for_every_claim_and_actor(self):
        found = analyse(sample()).to_dict()
        assert {entry["claim"] for entry in found["claims"]} == {claim.id for claim in sample().claims} - {"c25"}
        assert {entry["grounded"] for entry in found["claims"]} == {"accepted", "rejected"}
        json.dumps(found)

    def test_organisations_stand_for_their_people(self):
        text = as_markdown(report(sample(), analyse(sample(), by="organisation")))
        assert "organisation:" not in text and "Alder Institute" in text
        assert "(Meridian Labs)" in text.partition("What they say")[2].partition("## Bridges")[0]

    def test_articles_can_be_chosen(self):
        found = analyse(sample(), languages=("it",))
        assert found.counts.articles == 2 and found.counts.languages == {"it": 2} and "nadia-roth" not in found.coalitions.ties


class TestDocument:
    BLOCKS = (Heading("A *title*", 1), Paragraph("- no list, 1 < 2"), Bullets(("one", "two")), Table(("what", "n"), (("a|b", "1.5"), ("c", ""))),
              Figure("net", "<svg/>", "A net"))

    def test_markdown_keeps_texts_as_they_are(self):
        text = as_markdown(self.BLOCKS, pictures="r-")
        assert text == ("# A \\*title\\*\n\n\\- no list, 1 \\< 2\n\n- one\n- two\n\n| what | n |\n|---|---:|\n| a\\|b | 1.5 |\n| c |  |\n\n"
                        "![A net](r-net.svg)\n")

    def test_html_is_one_page_with_the_picture_in_it(self):
        page = as_html(self.BLOCKS)
        assert page.startswith("<!doctype html>") and "<title>A *title*</title>" in page and "1 &lt; 2" in page and "<svg/>" in page
        assert '<td class="number">1.5</td>' in page

    def test_the_terminal_gets_texts_without_control_characters_or_markup(self):
        from rich.console import Console
        console = Console(width=60, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
        console.print(as_renderable((*self.BLOCKS, *(Paragraph(text) for text in HOSTILE), Paragraph("[bold]x[/]"))))
        text = console.export_text()
        assert "[bold]x[/]" in text and "\x1b" not in text and "\u202e" not in text and "A *title*" in text


class TestFiles:
    def test_markdown_has_its_pictures_beside_it(self, tmp_path):
        written = save(report(sample(), analyse(sample())), tmp_path / "new" / "r.md")
        assert [path.name for path in written][:2] == ["r.md", "r-coalitions.svg"]
        assert "](r-coalitions.svg)" in (tmp_path / "new" / "r.md").read_text()

    def test_another_suffix_is_refused(self, tmp_path):
        with pytest.raises(ArgmapError, match=r"\.md or \.html"):
            save((), tmp_path / "report.pdf")


class TestCommands:
    def test_analyse_prints_the_report(self, run, map_file):
        result = run("analyse", map_file)
        assert result.exit_code == 0 and "Coalition 1" in result.stdout and "How far to trust this" in result.stdout

    def test_analyse_writes_files_and_says_so(self, run, map_file, tmp_path):
        result = run("analyse", map_file, "-o", tmp_path / "r.html", "-o", tmp_path / "r.md")
        assert result.exit_code == 0 and result.stdout == "" and "wrote" in result.stderr
        assert (tmp_path / "r.html").read_text().startswith("<!doctype html>") and (tmp_path / "r-coalitions.svg").exists()

    def test_analyse_prints_figures_as_json(self, run, map_file):
        found = json.loads(run("analyse", map_file, "--json", "--by", "organisation").stdout)
        assert found["schema"] == "argmap-analysis/1"
        assert "meridian-labs" in {actor["id"] for actor in found["coalitions"]["actors"]}

    def test_analyse_refuses_a_wrong_suffix_a_wrong_date_and_an_empty_choice(self, run, map_file, tmp_path):
        for options, reason in ((("-o", tmp_path / "r.pdf"), ".html"), (("--since", "soon"), "soon"), (("--outlet", "Nobody's"), "no article")):
            result = CliRunner().invoke(cli.main, ["analyse", str(map_file), *map(str, options)])
            assert result.exit_code != 0 and reason in result.output

    def test_diff_lists_what_changed(self, run, map_file, tmp_path):
        plain = sample()
        replace(plain, claims=tuple(replace(c, stance="neutral") if c.id == "c01" else c for c in plain.claims),
                actors=(*plain.actors, Actor("new", "Ines Noto", "person"))).save(tmp_path / "new.json")
        result = run("diff", map_file, tmp_path / "new.json")
        assert "actors: 1 came, 0 went" in result.stdout and "+ Ines Noto" in result.stdout and "stance: for -> neutral" in result.stdout
        found = json.loads(run("diff", map_file, tmp_path / "new.json", "--json").stdout)
        assert found["actors"]["came"] == ["new"]

    def test_diff_of_equal_maps_says_so(self, run, map_file):
        assert run("diff", map_file, map_file).stdout == "no differences\n"
