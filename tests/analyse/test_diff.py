"""What came, went and changed between two maps."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from argmap.analyse.diff import compare
from argmap.model import DebateMap, Span
from tests.maps import sample


def without(debate_map: DebateMap, claim: str) -> DebateMap:
    """The map without a claim, its statements and relations."""
    gone = next(c for c in debate_map.claims if c.id == claim)
    return replace(debate_map, claims=tuple(c for c in debate_map.claims if c is not gone),
                   statements=tuple(s for s in debate_map.statements if s.id not in gone.statements),
                   relations=tuple(r for r in debate_map.relations if claim not in (r.origin, r.target)))


def test_a_map_does_not_differ_from_itself():
    assert compare(sample(), sample()).empty


def test_a_claim_that_went_takes_statements_and_relations_with_it_and_comes_back_the_other_way():
    gone, come = compare(sample(), without(sample(), "c03")), compare(without(sample(), "c03"), sample())
    assert gone.claims.went == come.claims.came == ("c03",) and gone.claims.came == ()
    assert gone.statements.went == come.statements.came == ("s3", "s22")
    assert set(gone.relations.went) == set(come.relations.came) == {"c04 > c03", "c03 > c01", "c03 > c21"}
    assert gone.relations.labels["c04 > c03"].startswith("Safety training can be stripped") and "[supports]" in gone.relations.labels["c04 > c03"]


def test_a_claim_is_the_same_by_its_statements_whatever_its_id():
    plain = sample()
    renamed = replace(plain, claims=tuple(replace(c, id=f"new-{c.id}") for c in plain.claims),
                      statements=tuple(replace(s, claim=f"new-{s.claim}") for s in plain.statements),
                      relations=tuple(replace(r, origin=f"new-{r.origin}", target=f"new-{r.target}") for r in plain.relations))
    assert compare(plain, renamed).empty


def test_a_merged_claim_is_changed_and_the_smaller_one_is_gone():
    plain = sample()
    merged = replace(plain, claims=tuple(replace(c, statements=(*c.statements, "s2")) if c.id == "c01" else c
                                         for c in plain.claims if c.id != "c02"))
    found = compare(plain, merged)
    assert found.claims.went == ("c02",)
    assert [(c.old, c.fields) for c in found.claims.changed] == [("c01", {"statements": (["s1", "s12"], ["s1", "s12", "s2"])})]


def test_a_statement_cut_otherwise_is_the_same_statement_with_other_words():
    plain = sample()
    first = plain.statements[0]
    span = first.content[0]
    shorter = Span(span.start, span.end - 5, span.text[:-5])
    cut = replace(plain, statements=(replace(first, id="other", content=(shorter,)), *plain.statements[1:]),
                  claims=tuple(replace(c, statements=tuple("other" if s == first.id else s for s in c.statements)) for c in plain.claims))
    found = compare(plain, cut)
    assert not found.statements.came and not found.statements.went and not found.claims.changed
    assert [(c.old, c.new, set(c.fields)) for c in found.statements.changed] == [(first.id, "other", {"text"})]


def test_stances_that_turned_are_listed_by_themselves():
    plain = sample()
    turned = replace(plain, statements=tuple(replace(s, stance="neutral") if s.id == "s6" else s for s in plain.statements))
    found = compare(plain, turned)
    assert [(c.old, c.fields) for c in found.stances] == [("s6", {"stance": ("for", "neutral")})] and not found.statements.changed


def test_an_actor_under_a_new_id_is_matched_by_name_and_its_changes_are_told():
    plain = sample()
    renamed = replace(plain, actors=tuple(replace(a, id="a-1", affiliation="Wedel & Co") if a.id == "jonas-wedel" else a for a in plain.actors),
                      statements=tuple(replace(s, actors=tuple("a-1" if x == "jonas-wedel" else x for x in s.actors)) for s in plain.statements))
    found = compare(plain, renamed)
    assert not found.actors.came and not found.actors.went and not found.statements.changed
    assert [c.fields for c in found.actors.changed] == [{"affiliation": ("Meridian Labs", "Wedel & Co")}]


def test_an_article_that_came_is_named_by_its_title():
    plain = sample()
    fewer = replace(plain, articles=plain.articles[:-1], statements=tuple(s for s in plain.statements if s.article != "en-ledger-03"))
    found = compare(fewer, plain)
    assert found.articles.came == ("en-ledger-03",) and found.articles.labels["en-ledger-03"] == "The middle way on open models"


def test_relations_that_turned_come_first_and_small_moves_of_confidence_are_none():
    plain = sample()
    moved = replace(plain, relations=tuple(
        replace(r, confidence=r.confidence + 0.05) if r.origin == "c02" else replace(r, confidence=0.2) if r.origin == "c04"
        else replace(r, kind="attack") if r.origin == "c18" else r for r in plain.relations))
    found = compare(plain, moved).relations
    assert [(c.old, set(c.fields)) for c in found.changed] == [("c18 > c17", {"kind"}), ("c04 > c03", {"confidence"})]
    assert found.same == len(plain.relations) - 2


@given(st.sets(st.sampled_from([claim.id for claim in sample().claims])), st.sets(st.sampled_from([claim.id for claim in sample().claims])))
def test_what_comes_one_way_goes_the_other(one, other):
    old, new = sample(), sample()
    for claim in one:
        old = without(old, claim)
    for claim in other:
        new = without(new, claim)
    there, back = compare(old, new), compare(new, old)
    for name in ("articles", "actors", "statements", "claims", "relations"):
        assert getattr(there, name).came == getattr(back, name).went and getattr(there, name).went == getattr(back, name).came
        assert getattr(there, name).same == getattr(back, name).same
    assert set(there.claims.came) == one - other
