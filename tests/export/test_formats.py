"""Every format over the bundled corpus: what it holds comes back, and other tools count what we count."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from argmap.export import EXPORTERS, FOLDERS, IMPORTERS, argmap_json, import_map, load, write
from argmap.export.dna_events import events_of
from tests.export import held

BUNDLED = Path(__file__).resolve().parent.parent.parent / "output" / "map.json"
#: What each format that goes both ways holds of a map.
HELD = {
    "json": lambda debate_map: debate_map, "csv": held.tables, "aif": held.aif, "xaif": held.aif, "argdown": held.argdown,
    "dna": held.dna, "dna-csv": lambda debate_map: held.dna(debate_map, texts=False),
    "kialo": lambda debate_map: held.kialo(debate_map, held.reached(debate_map)),
}


@pytest.fixture(scope="module")
def bundled():
    """The map of the bundled corpus."""
    return load(BUNDLED)


@pytest.fixture(scope="module")
def written(bundled, tmp_path_factory):
    """The bundled map in a format, as a path."""
    folder = tmp_path_factory.mktemp("formats")

    def path_of(format):
        path = folder / format
        if not path.exists():
            write(bundled, path, format=format)
        return path

    return path_of


def test_the_table_is_whole():
    assert set(HELD) == set(IMPORTERS)


@pytest.mark.parametrize("format", [name for name in HELD if name != "argdown"])
def test_what_a_format_holds_of_the_bundled_map_comes_back(format, bundled, written):
    found = import_map(written(format), format=format)
    argmap_json.check(found)
    back, expected = HELD[format](found), HELD[format](bundled)
    if format in ("aif", "xaif"):  # the articles' authors speak as persons
        assert back.pop("persons") >= expected.pop("persons")
    if format == "kialo":  # neutral claims take the side of their place
        neutral = {claim.text for claim in bundled.claims if claim.stance == "neutral"}
        back, expected = ([part if number != 1 else [pair for pair in part if pair[0] not in neutral] for number, part in enumerate(each)]
                          for each in (back, expected))
    assert back == expected


def test_what_argdown_holds_of_the_bundled_map_comes_back(bundled, argdown_json):
    (path,) = argdown_json([bundled])
    found = import_map(path)
    argmap_json.check(found)
    assert held.argdown(found) == held.argdown(bundled)
    assert Counter(relation["relationType"] for relation in json.loads(path.read_text(encoding="utf-8"))["relations"]) == signed(bundled)


def signed(debate_map) -> Counter:
    """How many pairs of claims support and attack, the sides' relations to the motion among them."""
    found = Counter(kind for _, _, kind in {(r.origin, r.target, r.kind) for r in debate_map.relations})
    return found + Counter({"for": "support", "against": "attack"}.get(c.stance) for c in debate_map.claims if c.stance != "neutral")


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_counts_the_same(format, bundled, written):
    graph = nx.read_graphml(written(format), force_multigraph=True) if format == "graphml" else nx.read_gexf(written(format))
    ours = bundled.to_networkx()
    assert len(graph) == len(ours)
    assert Counter(nx.get_edge_attributes(graph, "kind").values()) == Counter(nx.get_edge_attributes(ours, "kind").values())
    assert Counter(sign for *_, sign in graph.edges(data="sign") if sign) == {
        1: sum(kind in ("supports", "for") for *_, kind in ours.edges(data="kind")),
        -1: sum(kind in ("attacks", "against") for *_, kind in ours.edges(data="kind"))}


def test_igraph_counts_the_same(bundled, written):
    igraph = pytest.importorskip("igraph")
    graph, ours = igraph.Graph.Read_GraphML(str(written("graphml"))), bundled.to_networkx()
    assert (graph.vcount(), graph.ecount()) == (len(ours), ours.number_of_edges())
    assert Counter(graph.es["kind"]) == Counter(kind for *_, kind in ours.edges(data="kind"))


def test_arguebuf_counts_the_same(bundled, written, arguebuf_counts):
    relations = Counter(relation.kind for relation in bundled.relations)
    sides = Counter({"for": "support", "against": "attack"}.get(c.stance) for c in bundled.claims if c.stance != "neutral")
    assert arguebuf_counts(written("aif").read_text(encoding="utf-8")) == {"claims": len(bundled.claims) + 1, **(relations + sides)}


def test_sqlite_counts_the_same(bundled, written):
    base = sqlite3.connect(written("dna"))
    (disagree,) = base.execute("SELECT COUNT(*) FROM DATABOOLEAN WHERE Value = 0").fetchone()
    (statements,) = base.execute("SELECT COUNT(*) FROM STATEMENTS").fetchone()
    (documents,) = base.execute("SELECT COUNT(*) FROM DOCUMENTS").fetchone()
    events = events_of(bundled)
    assert (documents, statements, disagree) == (len(bundled.articles), len(events), sum(not event.agreement for event in events))


def test_python_s_csv_counts_the_same(bundled, written):
    def rows(path, **options):
        with path.open(encoding="utf-8", newline="") as file:
            return len(list(csv.DictReader(file, strict=True, **options)))

    for name in ("articles", "actors", "attributions", "statements", "claims", "mentions"):
        assert rows(written("csv") / f"{name}.csv") == len(getattr(bundled, name)), name
    assert rows(written("csv") / "relations.csv") == sum(len(relation.evidence) for relation in bundled.relations)
    assert rows(written("dna-csv"), delimiter=";") == len(events_of(bundled))


def test_texts_and_folders_for_people_have_what_they_promise(bundled, written):
    assert written("brief").read_text(encoding="utf-8").count("\n## ") == len({claim.stance for claim in bundled.claims})
    files = [path.read_text(encoding="utf-8") for path in written("brat").glob("*.ann")]
    assert len(files) == len(bundled.articles)
    assert sum(len(re.findall(r"^T\d+\tStatement ", text, re.MULTILINE)) for text in files) == len(bundled.statements)


@pytest.mark.parametrize("format", EXPORTERS)
def test_the_same_map_gives_the_same_bytes(format, bundled, written, tmp_path):
    write(import_map(BUNDLED), tmp_path / "again", format=format)
    one, other = written(format), tmp_path / "again"
    for path in one.iterdir() if format in FOLDERS else [one]:
        assert path.read_bytes() == (other / path.name if format in FOLDERS else other).read_bytes()
