"""Networks as files: what other programs read in them, and options that make no sense together."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import networkx as nx
import pytest
from click.testing import CliRunner

from argmap.analyse.networks import one_mode, two_mode
from argmap.analyse.positions import select, windows
from argmap.cli import main
from argmap.export.networks import edges, graphml
from tests.maps import HOSTILE, hostile, sample


@pytest.fixture
def run(tmp_path):
    sample().save(tmp_path / "m.json")
    return lambda name, *options: CliRunner().invoke(main, ["network", str(tmp_path / "m.json"), "-o", str(tmp_path / name), *options])


def test_actors_by_concepts_is_what_comes_unasked(run, tmp_path):
    assert run("n.graphml").exit_code == 0
    found, expected = nx.read_graphml(tmp_path / "n.graphml"), two_mode(select(sample()))
    assert dict(found.nodes(data=True)) == dict(expected.nodes(data=True))
    assert {frozenset(edge[:2]): edge[2] for edge in found.edges(data=True)} == {
        frozenset(edge[:2]): edge[2] for edge in expected.edges(data=True)}


def test_igraph_reads_it_too(run, tmp_path):
    igraph = pytest.importorskip("igraph")
    run("n.graphml", "--of", "actors", "--level", "topic")
    graph, expected = igraph.Graph.Read_GraphML(str(tmp_path / "n.graphml")), one_mode(select(sample(), level="topic"), aggregation="subtract")
    assert (graph.vcount(), graph.ecount()) == (len(expected), expected.number_of_edges())


def test_edges_as_a_table_have_both_ends_and_the_weight(run, tmp_path):
    run("n.csv", "--of", "actors", "--level", "topic", "--agreement", "congruence", "--normalisation", "average", "--by", "organisation")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "n.csv").read_text(encoding="utf-8"), newline="")))
    expected = one_mode(select(sample(), level="topic", by="organisation"), normalisation="average")
    assert {(row["from"], row["to"]): float(row["weight"]) for row in rows} == {
        (one, other): weight for one, other, weight in expected.edges(data="weight")}
    assert rows[0]["from_label"] == expected.nodes[rows[0]["from"]]["label"]


def test_windows_are_a_file_each(run, tmp_path):
    result = run("n.graphml", "--level", "motion", "--window", "90", "--step", "30")
    expected = [window.start for window in windows(select(sample(), level="motion"), days=90, step=30)]
    assert result.exit_code == 0 and sorted(path.stem for path in tmp_path.glob("*.graphml")) == [f"n-{start}" for start in expected]


@pytest.mark.parametrize(("options", "message"), [
    (("--agreement", "conflict"), "conflict is for --of actors or items"),
    (("--of", "items", "--agreement", "combine"), "combine is for --of both"),
    (("--normalisation", "jaccard"), "jaccard is for --of actors or items"),
    (("--of", "actors", "--normalisation", "activity"), "activity is for --of both"),
    (("--step", "3"), "--window"),
    (("--since", "soon"), "no date"),
    (("--outlet", "Nowhere"), "nobody takes a position"),
])
def test_what_makes_no_sense_is_refused_with_the_reason(run, tmp_path, options, message):
    result = run("n.csv", *options)
    assert result.exit_code != 0 and message in result.output and not list(tmp_path.glob("*.csv"))


def test_other_suffixes_are_refused(run):
    assert "end the name in .graphml or .csv" in run("n.xlsx").output


def test_without_dates_there_are_no_windows(tmp_path):
    replace(sample(), articles=tuple(replace(article, date="") for article in sample().articles)).save(tmp_path / "m.json")
    result = CliRunner().invoke(main, ["network", str(tmp_path / "m.json"), "-o", str(tmp_path / "n.csv"), "--window", "9"])
    assert result.exit_code == 1 and "no article has a date" in result.output


def test_hostile_names_neither_break_a_file_nor_become_formulas():
    graph = one_mode(select(hostile(), level="topic", authors=True, relevance=0), aggregation="ignore")
    assert HOSTILE and len(nx.parse_graphml(graphml(graph))) == len(graph)
    for row in csv.reader(io.StringIO(edges(graph), newline="")):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")]
