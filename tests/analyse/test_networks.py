"""Networks against values computed by hand from Leifeld's definitions."""

from __future__ import annotations

import io
import math

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.analyse.networks import one_mode, two_mode
from argmap.analyse.positions import Position, Positions, select
from argmap.errors import ArgmapError
from tests.maps import sample

#: actor: concepts affirmed (+) and denied (-), in article 1 unless a digit says otherwise
SAID = {"ann": "+k +k2 +l -m", "bob": "+k -l -m", "cay": "-k +l +n", "dee": "+k -k"}
# ann +k +l -m; bob +k -l -m; cay -k +l +n; dee +k -k. Different (concept, side) pairs: 3, 3, 3, 2.
CONGRUENCE = {"ann-bob": 2, "ann-cay": 1, "ann-dee": 1, "bob-dee": 1, "cay-dee": 1}
CONFLICT = {"ann-bob": 1, "ann-cay": 1, "bob-cay": 2, "ann-dee": 1, "bob-dee": 1, "cay-dee": 1}


def table(said: dict[str, str] = SAID) -> Positions:
    return Positions("concept", tuple(
        Position(f"{actor}{word}", actor, word[1], word[0] == "+", word[2:] or "1") for actor, words in said.items() for word in words.split()))


def weights(graph: nx.Graph) -> dict[str, float]:
    return {"-".join(sorted((one, other))): weight for one, other, weight in graph.edges(data="weight")}


class TestTwoMode:
    def test_ignoring_agreement_counts_statements(self):
        found = two_mode(table(), qualifier="ignore")
        assert found.edges["ann", "k"]["weight"] == 2 and found.edges["dee", "k"]["weight"] == 2 and found.edges["bob", "l"]["weight"] == 1

    def test_subtracting_takes_the_negative_from_the_positive(self):
        found = two_mode(table())
        assert [found.edges[pair]["weight"] for pair in (("ann", "k"), ("bob", "l"), ("dee", "k"))] == [2, -1, 0]

    def test_combining_gives_the_multiplex_code(self):
        found = two_mode(table(), qualifier="combine")
        assert [found.edges[pair]["weight"] for pair in (("ann", "k"), ("bob", "l"), ("dee", "k"))] == [1, 2, 3]
        assert found.edges["dee", "k"]["agreement"] == "mixed"

    def test_activity_and_prominence_divide_by_the_statements_of_actor_and_concept(self):
        active, prominent = (two_mode(table(), qualifier="ignore", scaling=scaling) for scaling in ("activity", "prominence"))
        assert active.edges["ann", "k"]["weight"] == 2 / 4
        assert prominent.edges["ann", "k"]["weight"] == pytest.approx(2 / 6)

    def test_duplicates_are_collapsed_first(self):
        assert two_mode(table(), duplicates="article").edges["ann", "k"]["weight"] == 2
        assert two_mode(table(), duplicates="all").edges["ann", "k"]["weight"] == 1
        assert two_mode(table(), duplicates="all").nodes["ann"]["statements"] == 3

    def test_codes_are_not_scaled_and_options_are_checked(self):
        with pytest.raises(ArgmapError, match="codes"):
            two_mode(table(), qualifier="combine", scaling="activity")
        with pytest.raises(ArgmapError, match="ignore, combine, subtract"):
            two_mode(table(), qualifier="add")


class TestOneMode:
    def test_congruence_counts_concepts_with_the_same_side(self):
        assert weights(one_mode(table())) == CONGRUENCE

    def test_conflict_counts_concepts_with_opposite_sides(self):
        assert weights(one_mode(table(), aggregation="conflict")) == CONFLICT

    def test_subtract_is_congruence_less_conflict(self):
        assert weights(one_mode(table(), aggregation="subtract")) == {
            "ann-bob": 1, "ann-cay": 0, "ann-dee": 0, "bob-cay": -2, "bob-dee": 0, "cay-dee": 0}

    def test_ignoring_agreement_counts_common_concepts(self):
        assert weights(one_mode(table(), aggregation="ignore")) == {
            "ann-bob": 3, "ann-cay": 2, "ann-dee": 1, "bob-cay": 2, "bob-dee": 1, "cay-dee": 1}

    def test_average_activity(self):
        found = weights(one_mode(table(), normalisation="average"))
        assert found["ann-bob"] == pytest.approx(2 / 3) and found["ann-dee"] == pytest.approx(1 / 2.5)

    def test_jaccard(self):
        found = weights(one_mode(table(), normalisation="jaccard"))
        assert found["ann-bob"] == 2 / 4 and found["ann-dee"] == 1 / 4

    def test_cosine(self):
        found = weights(one_mode(table(), normalisation="cosine"))
        assert found["ann-bob"] == pytest.approx(2 / 3) and found["ann-dee"] == pytest.approx(1 / math.sqrt(6))

    def test_subtract_normalises_both_parts_first(self):
        found = weights(one_mode(table(), aggregation="subtract", normalisation="jaccard"))
        assert found["ann-bob"] == pytest.approx(2 / 4 - 1 / 5)

    def test_counts_multiply_statements(self):
        found = weights(one_mode(table(), counts=True))
        assert found["ann-bob"] == 3 and found["ann-dee"] == 2
        assert weights(one_mode(table(), counts=True, normalisation="average"))["ann-bob"] == pytest.approx(3 / 3.5)
        assert weights(one_mode(table(), counts=True, normalisation="cosine"))["ann-bob"] == pytest.approx(3 / math.sqrt(6 * 3))
        assert weights(one_mode(table(), counts=True, duplicates="all"))["ann-bob"] == 2
        with pytest.raises(ArgmapError, match="Jaccard"):
            one_mode(table(), counts=True, normalisation="jaccard")

    def test_items_are_joined_by_the_actors_that_take_one_side_on_both(self):
        # k and l: ann ++, cay -+, bob +-; k and m: ann +-, bob +-; l and m: ann +-, bob --; l and n: cay ++; k and n: cay -+
        assert weights(one_mode(table(), of="items")) == {"k-l": 1, "l-m": 1, "l-n": 1}
        assert weights(one_mode(table(), of="items", aggregation="conflict")) == {"k-l": 2, "k-m": 2, "l-m": 1, "k-n": 1}

    def test_isolates_stay(self):
        assert set(one_mode(table({"ann": "+k", "eve": "+z"}))) == {"ann", "eve"}

    def test_a_network_is_the_product_of_matrices(self):
        # congruence = A A' + D D' off the diagonal, with the 0-1 matrices of affirmed and denied concepts
        matrices = [[[int((actor, item, side) in {(r.actor, r.item, r.agreement) for r in table().rows}) for item in "klmn"] for actor in SAID]
                    for side in (True, False)]
        found = weights(one_mode(table()))
        for i, one in enumerate(SAID):
            for j, other in enumerate(list(SAID)[:i]):
                expected = sum(matrix[i][k] * matrix[j][k] for matrix in matrices for k in range(4))
                assert found.get("-".join(sorted((one, other))), 0) == expected


tables = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("klmn"), st.booleans(), st.sampled_from("xyz")), max_size=25).map(
    lambda said: Positions("concept", tuple(Position(str(i), *row) for i, row in enumerate(said))))


class TestAnyTable:
    @given(tables, st.sampled_from(["average", "jaccard", "cosine"]), st.sampled_from(["actors", "items"]))
    def test_normalised_ties_lie_between_0_and_1_and_subtract_is_their_difference(self, positions, normalisation, of):
        same, opposed, net = (weights(one_mode(positions, of=of, aggregation=aggregation, normalisation=normalisation))
                              for aggregation in ("congruence", "conflict", "subtract"))
        assert all(0 < value <= 1 + 1e-9 for value in (*same.values(), *opposed.values()))
        assert net == pytest.approx({pair: same.get(pair, 0) - opposed.get(pair, 0) for pair in same.keys() | opposed.keys()})

    @given(tables)
    def test_two_modes_count_every_statement_once(self, positions):
        graph = two_mode(positions, qualifier="ignore")
        assert sum(weight for *_, weight in graph.edges(data="weight")) == len(positions.rows)
        assert all(edge["weight"] == edge["positive"] - edge["negative"] for *_, edge in two_mode(positions).edges(data=True))


class TestMap:
    def test_opponents_on_a_concept_are_in_conflict(self):
        found = one_mode(select(sample()), aggregation="conflict")
        assert {frozenset(pair) for pair in found.edges} == {
            frozenset({"meridian-labs", "ilse-brandner"}), frozenset({"network-security", "davide-morosini"})}

    def test_nodes_say_who_they_are(self):
        graph = two_mode(select(sample(), level="claim"))
        assert graph.nodes["nadia-roth"] == {"bipartite": 0, "kind": "person", "label": "Nadia Roth", "affiliation": "Alder Institute",
                                             "statements": 4}
        assert graph.nodes["c01"]["kind"] == "claim" and graph.nodes["c01"]["label"].startswith("Anyone")

    @pytest.mark.parametrize("graph", [two_mode(select(sample())), one_mode(select(sample(), level="topic"), normalisation="cosine")])
    def test_graphs_can_be_written_as_they_are(self, graph):
        for write in (nx.write_graphml, nx.write_gexf):
            write(graph, io.BytesIO())
