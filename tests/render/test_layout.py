"""The layout: every claim placed once, nothing overlaps, replies under what they answer, always the same."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.model import Article, Claim, Debate, DebateMap, Motion, Relation, Statement
from argmap.render.forest import parents
from argmap.render.layout import GEOMETRY, lay_out
from argmap.settings import Settings
from tests.maps import hostile, large, sample


@st.composite
def maps(draw: st.DrawFn) -> DebateMap:
    """Maps of any shape: cycles, self-relations, several targets, long and empty texts, topics that the debate does not know."""
    n = draw(st.integers(0, 14))
    names = [f"c{i}" for i in range(n)]
    claims = tuple(
        Claim(name, draw(st.text(max_size=200)), "en", draw(st.sampled_from(["for", "against", "neutral"])),
              draw(st.sampled_from(["", "a", "b"])), name, 1, (f"s-{name}",)) for name in names)
    article = Article("x", "word")
    statements = tuple(Statement(f"s-{name}", "x", "author", "author", (article.span(0, 4),), claim=name,
                                 relevance=draw(st.sampled_from([0.0, 1.0]))) for name in names)
    relations = tuple(
        Relation(draw(st.sampled_from(names)), draw(st.sampled_from(names)), draw(st.sampled_from(["support", "attack"])), "r",
                 draw(st.sampled_from([0.2, 0.5, 0.9])), ()) for _ in range(draw(st.integers(0, 24)) if names else 0))
    return DebateMap(Debate("d", Motion({"en": draw(st.text(max_size=120))}), ()), (article,), (), (), statements, claims, (), relations)


def boxes(layout):
    shown = [row for row in layout.rows if row.y >= 0]
    return [layout.motion, *(lane for lane in layout.lanes if not lane.hidden), *shown]


def overlap(a, b):
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def check(debate_map, layout):
    placed = [row.id for row in layout.rows if row.kind == "claim"]
    assert sorted(placed) == sorted(claim.id for claim in debate_map.claims)
    drawn = boxes(layout)
    assert not [(a.id, b.id) for i, a in enumerate(drawn) for b in drawn[i + 1:] if overlap(a, b)]
    for lane in layout.lanes:
        for row in layout.rows:
            if row.lane == lane.side and not lane.hidden:
                assert lane.x < row.x and row.x + row.width < lane.x + lane.width
    assert all(row.y + row.height <= layout.height for row in layout.rows)


@settings(max_examples=150, deadline=None)
@given(maps())
def test_every_claim_has_one_place_and_no_boxes_overlap(debate_map):
    check(debate_map, lay_out(debate_map))


@settings(max_examples=60, deadline=None)
@given(maps(), st.randoms())
def test_the_order_of_claims_does_not_matter(debate_map, random):
    claims = list(debate_map.claims)
    random.shuffle(claims)
    assert lay_out(replace(debate_map, claims=tuple(claims))) == lay_out(debate_map)


@settings(max_examples=100, deadline=None)
@given(maps())
def test_a_reply_stands_below_what_it_answers_one_step_to_the_right_in_its_lane(debate_map):
    layout = lay_out(debate_map)
    rows = {row.id: row for row in layout.rows}
    for row in layout.rows:
        if row.kind == "claim" and row.relation >= 0:
            target = rows[debate_map.relations[row.relation].target]
            assert (row.lane, row.topic, row.depth) == (target.lane, target.topic, target.depth + 1)
            assert row.x > target.x
            if row.y >= 0:
                assert 0 <= target.y < row.y


@settings(max_examples=100, deadline=None)
@given(maps())
def test_every_relation_is_drawn_once_in_the_trees_or_free(debate_map):
    layout = lay_out(debate_map)
    tied = [row.relation for row in layout.rows if row.relation >= 0]
    assert sorted([*tied, *layout.free]) == list(range(len(debate_map.relations)))


@pytest.mark.parametrize("make", [sample, hostile, lambda: large(239), lambda: large(600)])
def test_real_maps_have_no_overlap(make):
    debate_map = make()
    check(debate_map, lay_out(debate_map))


def test_a_claim_with_several_targets_sits_under_the_surest():
    relations = [Relation("a", "b", "attack", "", 0.6, ()), Relation("a", "c", "support", "", 0.8, ())]
    assert parents("abc", relations) == {"a": 1}


def test_a_cycle_is_cut_at_its_weakest_relation():
    ring = [Relation("a", "b", "attack", "", 0.9, ()), Relation("b", "c", "attack", "", 0.5, ()), Relation("c", "a", "attack", "", 0.7, ())]
    assert parents("abc", ring) == {"a": 0, "c": 2}


def test_a_reply_from_the_other_side_stands_in_the_lane_of_what_it_attacks():
    rows = {row.id: row for row in lay_out(sample()).rows}
    assert rows["c06"].lane == "against"
    assert sample().claims[5].stance == "for"


def test_a_doubtful_relation_moves_no_claim_into_the_other_lane():
    rows = {row.id: row for row in lay_out(sample()).rows}
    assert rows["c01"].lane == "for"
    assert rows["c01"].depth == 0


def test_topics_are_ordered_by_their_number_of_claims_and_those_without_topic_come_last():
    for side in ("for", "neutral", "against"):
        topics = [row for row in lay_out(sample(), settings=Settings(relevance=0)).rows if row.kind == "topic" and row.lane == side]
        known = [row.size for row in topics if row.topic]
        assert known == sorted(known, reverse=True)
        assert all(row.topic for row in topics[:-1])


def test_claims_below_the_threshold_are_hidden_and_take_no_room():
    layout = lay_out(sample())
    assert [row.id for row in layout.rows if row.hidden and row.kind == "claim"] == ["c25"]
    assert lay_out(sample(), settings=Settings(relevance=0)).height >= layout.height


def test_above_the_limit_topics_are_folded():
    assert not lay_out(large(200)).folded
    layout = lay_out(large(300))
    assert layout.folded
    assert not [row for row in layout.rows if row.kind == "claim" and row.y >= 0]


def test_a_long_chain_is_laid_out_without_recursion():
    n = 3000
    claims = tuple(Claim(f"c{i:04}", "text", "en", "for", "", "", 1, ()) for i in range(n))
    relations = tuple(Relation(f"c{i + 1:04}", f"c{i:04}", "support", "", 0.9, ()) for i in range(n - 1))
    layout = lay_out(DebateMap(Debate("d", Motion({"en": "m"}), ()), claims=claims, relations=relations), settings=Settings(relevance=0))
    assert max(row.depth for row in layout.rows) == n - 1


def test_cards_are_high_enough_for_their_lines():
    for row in lay_out(sample()).rows:
        if row.kind == "claim":
            assert row.height >= len(row.lines) * GEOMETRY.line + GEOMETRY.byline_line + 2 * GEOMETRY.pad_y


def test_the_motion_is_wrapped_in_each_language():
    assert set(lay_out(sample()).motion.lines) == {"en", "it"}


def test_a_folded_topic_shows_its_most_contested_claim_and_the_surest_attack_on_it():
    topics = {row.id: row for row in lay_out(sample()).rows if row.kind == "topic"}
    digest = topics["topic:against:safety"].digest
    assert (digest.claim, digest.attack) == ("c05", "c06")
    assert digest.byline == "Federal Office for Network Security +1"
    assert digest.attack_byline == "Nadia Roth"
    assert topics["topic:neutral:competition"].digest.attack == ""
    assert topics["topic:neutral:"].digest is None


def test_the_digest_of_a_topic_names_cited_speakers_before_authors():
    topics = {row.id: row for row in lay_out(sample()).rows if row.kind == "topic"}
    assert topics["topic:neutral:regulation"].digest.most.startswith(("Commission's draft", "Nadia Roth"))
