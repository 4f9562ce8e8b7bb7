"""GraphML and GEXF: what other programs read in them."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given

from argmap.export import gexf, graphml
from argmap.export.drawn import drawing
from tests.export.small import maps
from tests.maps import hostile, sample

GEXF = {"g": gexf.NAMESPACE, "viz": gexf.VIZ}


def signed(edges) -> Counter:
    """How many edges of each kind, with their sign."""
    return Counter((values["kind"], values.get("sign", 0)) for *_, values in edges)


def expected(debate_map) -> Counter:
    signs = {"supports": 1, "for": 1, "attacks": -1, "against": -1}
    return Counter((kind, signs.get(kind, 0)) for *_, kind in debate_map.to_networkx().edges(data="kind"))


READERS = {"graphml": (graphml.dumps, lambda raw: nx.read_graphml(io.BytesIO(raw), force_multigraph=True)),
           "gexf": (gexf.dumps, lambda raw: nx.read_gexf(io.BytesIO(raw)))}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("debate_map", [sample(), hostile()], ids=["sample", "hostile"])
def test_networkx_reads_as_many_nodes_and_signed_edges(name, debate_map):
    dumps, read = READERS[name]
    graph = read(dumps(debate_map).encode("utf-8"))
    assert len(graph) == len(debate_map.to_networkx())
    assert signed(graph.edges(data=True)) == expected(debate_map)


@given(maps())
def test_any_map_is_well_formed(debate_map):
    for dumps, read in READERS.values():
        graph = read(dumps(debate_map).encode("utf-8"))
        assert signed(graph.edges(data=True)) == expected(debate_map)


@pytest.mark.parametrize("debate_map", [sample(), hostile()], ids=["sample", "hostile"])
def test_igraph_reads_as_many_nodes_and_signed_edges(debate_map, tmp_path):
    igraph = pytest.importorskip("igraph")
    (tmp_path / "m.graphml").write_text(graphml.dumps(debate_map), encoding="utf-8")
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "m.graphml"))
    assert graph.vcount() == len(debate_map.to_networkx()) and graph.is_directed()
    assert Counter(graph.es["kind"]) == Counter(kind for kind, _ in expected(debate_map).elements())


def test_every_edge_has_an_id_of_its_own():
    lines = drawing(sample()).lines
    assert len({line.id for line in lines}) == len(lines)


def test_attributes_have_one_type_each_and_colours_are_gephi_s():
    root = ET.fromstring(graphml.dumps(sample()))
    keys = [(key.get("for"), key.get("attr.name")) for key in root.iter(f"{{{graphml.NAMESPACE}}}key")]
    assert len(set(keys)) == len(keys)
    assert {("node", name) for name in ("label", "r", "g", "b", "size")} < set(keys)


def test_agreement_tells_who_denies_a_concept():
    graph = READERS["graphml"][1](graphml.dumps(sample()).encode())
    assert graph.edges["ilse-brandner", "c10", next(iter(graph["ilse-brandner"]["c10"]))]["agreement"] is False
    assert graph.edges["meridian-labs", "c09", next(iter(graph["meridian-labs"]["c09"]))]["agreement"] is True


def test_gexf_dates_say_when_something_was_there():
    root = ET.fromstring(gexf.dumps(sample()))
    graph = root.find("g:graph", GEXF)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {node.get("id"): (node.get("start"), node.get("end")) for node in graph.iter(f"{{{gexf.NAMESPACE}}}node")}
    assert nodes["c01"] == ("2025-03-04", "2025-05-09") and nodes["motion:open-models"] == (None, None)
    edges = {(edge.get("source"), edge.get("target"), edge.get("kind")): (edge.get("start"), edge.get("end"))
             for edge in graph.iter(f"{{{gexf.NAMESPACE}}}edge")}
    assert edges["c16", "c15", "attacks"] == ("2025-05-09", "2025-05-09")
    assert edges["jonas-wedel", "c03", "asserts"] == ("2025-03-04", "2025-09-02")


def test_what_is_no_date_is_left_out():
    plain = sample()
    found = gexf.dumps(replace(plain, articles=tuple(replace(article, date="last week") for article in plain.articles)))
    assert "start=" not in found


def test_gexf_has_a_colour_and_a_size_for_each_node():
    root = ET.fromstring(gexf.dumps(sample()))
    nodes = list(root.iter(f"{{{gexf.NAMESPACE}}}node"))
    assert all(node.find("viz:color", GEXF) is not None and float(node.find("viz:size", GEXF).get("value")) > 0 for node in nodes)
