"""The graph of a map: what nodes and edges hold, and that it can be written as GraphML and GEXF."""

import io
from dataclasses import replace

import networkx as nx
import pytest

from argmap.graph import author_id, motion_id, to_networkx
from argmap.model import Article, DebateMap, Statement
from tests.maps import sample

SCALARS = (str, int, float, bool)


@pytest.fixture(scope="module")
def debate_map() -> DebateMap:
    return sample()


@pytest.fixture(scope="module")
def graph(debate_map):
    return to_networkx(debate_map)


def test_every_claim_and_actor_and_the_motion_are_nodes(graph, debate_map):
    kinds = nx.get_node_attributes(graph, "kind")
    assert {n for n, kind in kinds.items() if kind == "claim"} == {claim.id for claim in debate_map.claims}
    assert {actor.id for actor in debate_map.actors} <= {n for n, kind in kinds.items() if kind == "actor"}
    assert [n for n, kind in kinds.items() if kind == "motion"] == [motion_id(debate_map)]
    assert set(kinds) == set(graph)


def test_attributes_are_scalars(graph):
    for _, attributes in graph.nodes(data=True):
        assert all(isinstance(value, SCALARS) for value in attributes.values())
    for *_, attributes in graph.edges(data=True):
        assert all(isinstance(value, SCALARS) for value in attributes.values())


def test_nodes_of_a_kind_share_their_attributes(graph):
    for kind in ("claim", "actor"):
        keys = {frozenset(attributes) for _, attributes in graph.nodes(data=True) if attributes["kind"] == kind}
        assert len(keys) == 1


def test_relations_go_from_reason_to_what_it_backs(graph, debate_map):
    for relation in debate_map.relations:
        edges = graph.get_edge_data(relation.origin, relation.target)
        assert any(edge["kind"] == f"{relation.kind}s" and edge["rule"] == relation.rule and edge["confidence"] == relation.confidence
                   for edge in edges.values())


def test_two_relations_between_the_same_claims_are_two_edges(debate_map):
    first = debate_map.relations[0]
    graph = to_networkx(replace(debate_map, relations=(first, replace(first, rule="another"), replace(first, kind="attack"))))
    assert graph.number_of_edges(first.origin, first.target) == 3


def test_claims_point_to_the_motion_by_side_and_neutral_ones_do_not(graph, debate_map):
    motion = motion_id(debate_map)
    for claim in debate_map.claims:
        kinds = {edge["kind"] for edge in (graph.get_edge_data(claim.id, motion) or {}).values()}
        assert kinds == (set() if claim.stance == "neutral" else {claim.stance})


def test_a_claim_made_in_two_articles_has_two_sources_and_both_speakers(graph):
    assert graph.nodes["c01"]["articles"] == 2
    assert graph.nodes["c01"]["first"] == "2025-03-04"
    assert graph.nodes["c01"]["last"] == "2025-05-09"
    assert {actor for actor, _, kind in graph.in_edges("c01", data="kind") if kind == "asserts"} == {"nadia-roth", "chiara-valenti"}


def test_one_speaker_who_repeats_a_claim_has_one_weighted_edge(graph):
    edges = graph.get_edge_data("jonas-wedel", "c03")
    assert [edge["weight"] for edge in edges.values()] == [2]


def test_the_articles_own_voice_is_its_author_or_its_outlet(graph):
    assert graph.nodes["author:Ruth Okafor"]["type"] == "author"
    assert graph.nodes["author:Osservatore del Porto"]["statements"] == 1
    assert author_id(Article("it07", "")) == "author:it07"


def test_a_claim_mentions_the_actor_named_inside_its_words(debate_map):
    article = debate_map.articles[0]
    at = article.text.index("an open model")
    named = replace(debate_map, mentions=(replace(debate_map.mentions[0], actor="draft", span=article.span(at, at + 13)),))
    graph = to_networkx(named)
    assert [(a, b) for a, b, kind in graph.edges(data="kind") if kind == "mentions"] == [("c01", "draft")]


def test_the_same_map_gives_the_same_bytes_whatever_the_order_of_its_parts(debate_map):
    def written(m: DebateMap) -> bytes:
        file = io.BytesIO()
        nx.write_graphml(to_networkx(m), file)
        return file.getvalue()

    shuffled = replace(debate_map, claims=debate_map.claims[::-1], actors=debate_map.actors[::-1], relations=debate_map.relations[::-1])
    assert written(debate_map) == written(debate_map) == written(shuffled)


def test_graphml_and_gexf_keep_nodes_and_edges(graph):
    for write, read in ((nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)):
        file = io.BytesIO()
        write(graph, file)
        file.seek(0)
        again = read(file)
        assert set(again) == set(graph)
        assert again.number_of_edges() == graph.number_of_edges()


def test_an_attributed_statement_without_a_known_speaker_has_no_asserting_edge(debate_map):
    anonymous = tuple(replace(s, actors=()) if s.id == "s4" else s for s in debate_map.statements)
    graph = to_networkx(replace(debate_map, statements=anonymous))
    assert not [1 for _, _, kind in graph.in_edges("c04", data="kind") if kind == "asserts"]


def test_the_map_gives_its_graph_by_itself(debate_map):
    assert isinstance(next(iter(debate_map.statements)), Statement)
    assert nx.utils.graphs_equal(debate_map.to_networkx(), to_networkx(debate_map))


def test_what_people_corrected_is_on_nodes_and_edges():
    debate_map = sample()
    marked = replace(debate_map, actors=tuple(replace(one, human=("name",)) if one.id == "nadia-roth" else one for one in debate_map.actors),
                     statements=tuple(replace(one, human=("actors",)) if one.id == "s1" else one for one in debate_map.statements),
                     claims=tuple(replace(one, human=("text",)) if one.id == "c01" else one for one in debate_map.claims),
                     relations=tuple(replace(one, human=("kind",)) if one.origin == "c02" else one for one in debate_map.relations))
    graph = to_networkx(marked)
    assert (graph.nodes["nadia-roth"]["human"], graph.nodes["c01"]["human"], graph.nodes["c02"]["human"]) == ("name", "actors, text", "")
    assert [edge["human"] for _, _, edge in graph.out_edges("c02", data=True) if edge["kind"] == "supports"] == ["kind"]
