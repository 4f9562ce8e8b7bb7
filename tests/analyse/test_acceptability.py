"""Dung's semantics and the quadratic energy model: textbook graphs, and what must hold in any graph."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.analyse.acceptability import attacks, grounded, preferred, quadratic_energy, supports
from argmap.errors import ArgmapError
from tests.maps import sample


def pairs(text: str) -> set[tuple[str, str]]:
    """``"ab bc"``: a attacks b, b attacks c."""
    return {(pair[0], pair[1]) for pair in text.split()}


def sets(extensions) -> set[str]:
    return {"".join(sorted(extension)) for extension in extensions}


class TestTextbook:
    @pytest.mark.parametrize(("arguments", "attacked", "accepted", "extensions"), [
        ("a", "", "a", {"a"}),
        ("ab", "ab", "a", {"a"}),
        ("abc", "ba cb", "ac", {"ac"}),  # reinstatement
        ("abcd", "ba cb dc", "bd", {"bd"}),
        ("ab", "ab ba", "", {"a", "b"}),  # Nixon's diamond
        ("a", "aa", "", {""}),  # an argument that attacks itself
        ("abc", "ab bc ca", "", {""}),  # an odd cycle: no non-empty admissible set
        ("abcd", "ab bc cd da", "", {"ac", "bd"}),  # an even cycle
        ("abcd", "ab bc ca ad", "", {""}),  # an odd cycle keeps what it attacks open
        ("abcd", "ab ba ac bc cd", "", {"ad", "bd"}),  # floating reinstatement: d in each, grounded in none
        ("abc", "ab ba bb ca", "c", {"c"}),
        ("abcde", "ab ba bc cd de ec", "", {"a", "bd"}),  # Nofal et al.'s odd cycle below an even one
    ])
    def test_extensions_are_those_of_the_literature(self, arguments, attacked, accepted, extensions):
        assert "".join(sorted(grounded(arguments, pairs(attacked)).accepted)) == accepted
        found = preferred(arguments, pairs(attacked))
        assert found.complete and sets(found.extensions()) == extensions and found.count == len(extensions)

    def test_floating_reinstatement_accepts_sceptically_what_the_grounded_reader_leaves_open(self):
        found = preferred("abcd", pairs("ab ba ac bc cd"))
        assert (found.sceptical, found.credulous) == ({"d"}, {"a", "b", "d"})

    def test_quarrels_that_do_not_touch_are_kept_as_choices(self):
        arguments = [f"{side}{i}" for i in range(40) for side in "ab"]
        found = preferred(arguments, {(f"{one}{i}", f"{other}{i}") for i in range(40) for one, other in ("ab", "ba")})
        assert found.count == 2 ** 40 and found.complete and len(found.credulous) == 80 and not found.sceptical

    def test_a_search_that_is_cut_short_says_where(self):
        found = preferred("abcdx", pairs("ab bc cd da"), steps=2)
        assert not found.complete and found.unsearched == set("abcd") and found.core == {"x"}

    def test_an_attack_by_nobody_is_refused(self):
        with pytest.raises(ArgmapError, match="'z'"):
            grounded("a", {("z", "a")})


graphs = st.integers(1, 6).flatmap(lambda n: st.tuples(
    st.just(tuple(range(n))), st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=12)))


def admissible(members: frozenset[int], attacked: set[tuple[int, int]]) -> bool:
    free_of_conflict = not any((a, b) in attacked for a in members for b in members)
    return free_of_conflict and all(any((c, a) in attacked for c in members) for a, b in attacked if b in members)


class TestAnyGraph:
    @given(graphs)
    def test_preferred_extensions_are_the_largest_admissible_sets(self, graph):
        arguments, attacked = graph
        every = map(frozenset, chain.from_iterable(combinations(arguments, size) for size in range(len(arguments) + 1)))
        sound = [members for members in every if admissible(members, attacked)]
        largest = {members for members in sound if not any(members < other for other in sound)}
        found = list(preferred(arguments, attacked).extensions())
        assert len(found) == len(set(found)) and set(found) == largest

    @given(graphs)
    def test_the_grounded_extension_is_admissible_and_in_every_preferred_one(self, graph):
        arguments, attacked = graph
        labels, found = grounded(arguments, attacked), preferred(arguments, attacked)
        assert admissible(labels.accepted, attacked)
        assert all(labels.accepted <= extension for extension in found.extensions())
        assert labels.accepted <= found.sceptical <= found.credulous
        assert labels.accepted | labels.rejected | labels.undecided == set(arguments)
        assert labels.rejected == {b for a, b in attacked if a in labels.accepted}

    @given(graphs, graphs)
    def test_strengths_stay_between_0_and_1_and_answer_to_what_comes_in(self, one, other):
        arguments = one[0]
        supported = {pair: 1.0 for pair in other[1] if max(pair) < len(arguments)}
        found = quadratic_energy(arguments, dict.fromkeys(one[1], 1.0), supported)
        assert all(0 <= value <= 1 for value in found.strength.values())
        for name in arguments:
            attacked = any(target == name for _, target in one[1])
            backed = any(target == name for _, target in supported)
            if found.converged and not (attacked and backed):
                assert attacked or found.strength[name] >= 0.5
                assert backed or found.strength[name] <= 0.5


class TestEnergy:
    def test_an_acyclic_graph_settles_where_its_formula_says(self):
        # c supports b (energy .5, h = .2): b = .5 + .5 * .2 = .6; b attacks a: h(.6) = .36 / 1.36, a = .5 - .5 * h
        found = quadratic_energy("abc", {("b", "a"): 1.0}, {("c", "b"): 1.0})
        assert found.converged
        assert found.strength["b"] == pytest.approx(0.6, abs=1e-3)
        assert found.strength["a"] == pytest.approx(0.5 - 0.5 * 0.36 / 1.36, abs=1e-3)

    def test_a_support_and_an_attack_of_one_strength_cancel(self):
        found = quadratic_energy("abc", {("b", "a"): 1.0}, {("c", "a"): 1.0})
        assert found.strength["a"] == pytest.approx(0.5)

    def test_a_doubtful_relation_weighs_less(self):
        sure, doubtful = (quadratic_energy("ab", {("b", "a"): weight}, {}).strength["a"] for weight in (1.0, 0.3))
        assert sure < doubtful < 0.5

    def test_priors_outside_the_range_are_refused(self):
        with pytest.raises(ArgmapError, match="prior"):
            quadratic_energy("a", {}, {}, prior=1.5)


class TestMap:
    def test_relations_count_from_the_confidence_asked_for(self):
        debate_map = sample()
        assert ("c09", "c07") not in attacks(debate_map) and ("c09", "c07") in attacks(debate_map, confidence=0.2)
        assert attacks(debate_map)["c06", "c05"] == 0.83
        assert supports(debate_map)["c04", "c03"] == 0.91

    def test_a_claim_that_attacks_itself_is_left_out_and_the_surest_relation_of_a_pair_counts(self):
        debate_map = sample()
        first = next(relation for relation in debate_map.relations if relation.kind == "attack")
        relations = (replace(first, target=first.origin), replace(first, rule="other", confidence=0.99), first)
        assert attacks(replace(debate_map, relations=relations)) == {(first.origin, first.target): 0.99}
