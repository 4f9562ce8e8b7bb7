"""Coalitions, their stability, and who stands between them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from argmap.analyse.coalitions import adjusted_rand, bridges, coalitions, shared_concepts, ties
from argmap.analyse.positions import Position, Positions, select
from argmap.analyse.profile import agreement, key_claims, splits
from argmap.errors import ArgmapError
from argmap.model import Actor, Article, Claim, Concept, Debate, DebateMap, Motion, Statement
from argmap.settings import Settings
from tests.maps import sample


def debate_map(said: dict[str, str]) -> DebateMap:
    """Who says what: ``"+safety.k1"`` is a statement for the motion on a topic, whose claim asserts concept k1; one article each."""
    articles, statements, claims = [], [], {}
    for actor, words in said.items():
        text = " ".join(f"point {i}" for i, _ in enumerate(words.split()))
        article = Article(f"of-{actor}", text, language="en", date="2025-01-01")
        articles.append(article)
        for i, word in enumerate(words.split()):
            sign, (topic, _, concept) = word[0], word[1:].partition(".")
            start = text.index(f"point {i}")
            name = f"{actor}-{i}"
            stance = "for" if sign == "+" else "against"
            claim = f"c-{concept}{sign}" if concept else f"c-{name}"
            claims.setdefault(claim, []).append((name, stance, topic, concept, sign))
            statements.append(Statement(name, article.id, "attributed", "indirect", (article.span(start, start + 7),), actors=(actor,),
                                        claim=claim, stance=stance, relevance=1.0))
    made = tuple(Claim(name, name, "en", entries[0][1], entries[0][2], entries[0][3] or f"k-{name}", 1 if entries[0][4] == "+" else -1,
                       tuple(entry[0] for entry in entries)) for name, entries in claims.items())
    concepts = tuple(Concept(name, name, tuple(c.id for c in made if c.concept == name)) for name in dict.fromkeys(c.concept for c in made))
    return DebateMap(Debate("d", Motion({"en": "Open?"}), ()), tuple(articles),
                     tuple(Actor(actor, actor.title(), "person") for actor in said), statements=tuple(statements), claims=made,
                     concepts=concepts)


TWO_CAMPS = {"ann": "+safety +power", "bob": "+safety +power +power", "cay": "+power", "dan": "-safety -power", "eve": "-safety",
             "fay": "-power -safety -safety"}


class TestTies:
    def test_stances_multiply_and_are_divided_by_the_mean_number_of_positions(self):
        # ann: motion 2/3, safety 1/2, power 1/2; cay: motion 1/2, power 1/2
        found = ties(debate_map(TWO_CAMPS), basis="stances")
        own = 2  # each statement here has a concept of its own, a position that nobody shares
        assert found.edges["ann", "cay"]["weight"] == pytest.approx((2 / 3 * 1 / 2 + 1 / 2 * 1 / 2) / ((3 + own + 2 + 1) / 2))
        assert found.edges["ann", "dan"]["weight"] < 0 < found.edges["dan", "eve"]["weight"]
        assert found.nodes["fay"]["leaning"] == -1 and found.nodes["fay"]["statements"] == 3

    def test_on_concepts_they_are_the_subtract_network_by_average_activity(self):
        found = ties(debate_map({"ann": "+s.k +s.l", "bob": "+s.k -s.l", "cay": "+s.k"}), basis="concepts")
        assert {(one, other): weight for one, other, weight in found.edges(data="weight")} == {
            ("ann", "cay"): pytest.approx(1 / 1.5), ("bob", "cay"): pytest.approx(1 / 1.5)}


class TestCoalitions:
    def test_two_camps_are_two_coalitions(self):
        found = coalitions(debate_map(TWO_CAMPS))
        assert [set(group.members) for group in found.groups] == [{"ann", "bob", "cay"}, {"dan", "eve", "fay"}]
        assert [group.leaning for group in found.groups] == [1, -1]
        assert found.stability == 1 and found.modularity == pytest.approx(0.5, abs=0.05) and not found.apart

    def test_members_who_say_most_come_first(self):
        assert coalitions(debate_map(TWO_CAMPS)).groups[0].members == ("bob", "ann", "cay")

    def test_concepts_are_the_basis_where_they_are_shared_and_stances_where_not(self):
        shared = debate_map({"ann": "+s.k +s.l", "bob": "+s.k +s.l", "cay": "-s.k", "dan": "-s.k -s.l"})
        assert (coalitions(shared).basis, coalitions(shared).shared) == ("concepts", 1)
        assert [set(group.members) for group in coalitions(shared).groups] == [{"ann", "bob"}, {"cay", "dan"}]
        assert (coalitions(debate_map(TWO_CAMPS)).basis, coalitions(debate_map(TWO_CAMPS)).shared) == ("stances", 1 / 6)
        assert coalitions(shared, basis="stances").basis == "stances"

    def test_who_shares_nothing_stays_apart(self):
        found = coalitions(debate_map({**TWO_CAMPS, "gus": "+safety -safety"}))
        assert found.apart == ("gus",) and found.number("gus") is None

    def test_an_unknown_basis_is_refused(self):
        with pytest.raises(ArgmapError, match="concepts or stances"):
            coalitions(sample(), basis="friendship")

    def test_a_map_without_actors_has_no_coalitions(self):
        found = coalitions(replace(sample(), actors=()))
        assert found.groups == () and bridges(found) == () and found.stability == 1

    def test_one_seed_is_enough_to_run_and_agrees_with_itself(self):
        assert coalitions(debate_map(TWO_CAMPS), settings=Settings(coalition_seeds=1)).stability == 1

    def test_weak_ties_are_left_out_where_there_are_many(self):
        found = coalitions(debate_map(TWO_CAMPS), settings=Settings(coalition_ties=1))
        assert found.number("ann") == found.number("bob") != found.number("fay")

    def test_another_process_finds_the_same_whatever_its_hash_seed(self):
        program = "from tests.maps import sample; from argmap.analyse.coalitions import *; c = coalitions(sample()); print(c.groups, bridges(c))"
        runs = {subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True,
                               cwd=Path(__file__).parents[2]).stdout for seed in ("1", "2", "3")}
        assert len(runs) == 1


class TestBridges:
    def test_who_sides_with_both_camps_is_the_first_bridge(self):
        found = bridges(coalitions(debate_map({**TWO_CAMPS, "ann": "+safety", "fay": "-power", "gus": "+safety -power"})))
        assert found[0].actor == "gus" and 0 < found[0].participation <= 0.5 and found[0].betweenness > 0
        assert {found[0].coalition, found[0].other} == {1, 2}

    def test_camps_without_anybody_between_have_none(self):
        assert bridges(coalitions(debate_map(TWO_CAMPS))) == ()


class TestProfiles:
    def test_members_agree_on_what_nobody_among_them_denies(self):
        camps = debate_map({"ann": "+s.k +s.l", "bob": "+s.k -s.l +s.m", "cay": "-s.k -s.m", "dan": "-s.k -s.m"})
        found = coalitions(camps, basis="stances")
        agreed = {(split.coalition, split.item, split.agree, split.disagree) for split in agreement(camps, found)}
        one, two = found.number("ann"), found.number("cay")
        assert one != two
        assert agreed == {(one, "k", ("ann", "bob"), ()), (two, "k", (), ("cay", "dan")), (two, "m", (), ("cay", "dan"))}

    def test_a_member_stands_where_most_of_the_statements_do(self):
        camps = debate_map({**TWO_CAMPS, "ann": "+safety +power -power +power"})
        by = {(split.item, split.coalition): split for split in splits(select(camps, level="topic"), coalitions(camps))}
        assert "ann" in by["power", 1].agree and by["power", 1].balance == 1

    def test_key_claims_let_each_member_speak_and_leave_out_the_other_side(self):
        camps = debate_map({**TWO_CAMPS, "ann": "+safety +power -power"})
        group = coalitions(camps).groups[0]
        found = key_claims(camps, group, kept=10)
        stances = {claim.id: claim.stance for claim in camps.claims}
        assert {member for _, members in found for member in members} == set(group.members) and len(found) == 3
        assert all(stances[claim] == "for" for claim, _ in found)


class TestRand:
    def test_hubert_and_arabie_s_example_by_hand(self):
        # contingency 1 1 0 / 1 2 1 / 0 0 4: sum of pairs 0 + 1 + 6 = 7, rows 1 + 6 + 6, columns 1 + 3 + 10, of 45 pairs
        one, other = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2], [0, 1, 0, 1, 1, 2, 2, 2, 2, 2]
        assert adjusted_rand(one, other) == pytest.approx((7 - 13 * 14 / 45) / ((13 + 14) / 2 - 13 * 14 / 45))

    def test_one_part_against_itself_is_the_same(self):
        assert adjusted_rand([0, 0, 0], [1, 1, 1]) == 1


def test_the_share_of_actors_that_meet_on_a_concept():
    rows = [Position("", actor, item, True, "") for actor, item in (("a", "k"), ("b", "k"), ("c", "l"), ("c", "m"))]
    assert shared_concepts(Positions("concept", tuple(rows), dict.fromkeys("abc"))) == pytest.approx(2 / 3)
    assert shared_concepts(Positions("concept", ())) == 0


def test_ties_of_many_actors_are_looked_for_among_those_who_say_most():
    told = debate_map({"ann": "+s.k +s.l", "bob": "+s.k +s.l", "cay": "+s.k"})
    found = coalitions(told, basis="stances", settings=Settings(coalition_actors=2))
    assert found.compared == 2 and set(found.parties) == {"ann", "bob", "cay"}
    assert found.apart == ("cay",) and found.groups[0].members == ("ann", "bob")
