"""Relations between claims: lifted from statements, joined, and found across articles."""

from __future__ import annotations

from argmap.model import Article, Claim, Evidence, Link, Relation, Statement
from argmap.relate import relations
from argmap.relate.lift import cut_circles, lift, merged
from tests.relate.marked import by_word, marked


def claim(id: str, *statements: Statement, stance: str = "for", topic: str = "t", concept: str = "", polarity: int = 1) -> Claim:
    text = statements[0].text
    return Claim(id, text, "en", stance, topic, concept or id, polarity, tuple(s.id for s in statements))  # type: ignore[arg-type]


def relation(origin: str, target: str, kind: str = "support", confidence: float = 0.5, article: str = "a") -> Relation:
    piece = Evidence(article, f"{article}-{origin}", f"{article}-{target}")
    return Relation(origin, target, kind, "rule", confidence, (piece,))  # type: ignore[arg-type]


def test_a_link_becomes_a_relation_between_the_claims_of_its_statements() -> None:
    article, (one, other) = marked("[1 ada|The bridge is free]. [2 ada|Trade grows].")
    signal = article.span(0, 3)
    found = lift([claim("c1", one), claim("c2", other)], [one, other], [Link("2", "1", "support", "cause", 0.8, signal)])
    assert list(found) == [Relation("c2", "c1", "support", "cause", 0.8, (Evidence("t", "2", "1", signal),))]


def test_a_link_inside_one_claim_is_none() -> None:
    _, (one, other) = marked("[1 ada|The bridge is free]. [2 ada|The bridge is free indeed].")
    assert list(lift([claim("c", one, other)], [one, other], [Link("2", "1", "support", "cause", 0.8)])) == []


def test_the_same_relation_from_two_articles_is_one_that_is_surer() -> None:
    (found,) = merged([relation("x", "y", article="a"), relation("x", "y", article="b", confidence=0.6)])
    assert found.confidence == 0.8
    assert [piece.article for piece in found.evidence] == ["a", "b"]


def test_the_surer_of_two_contrary_readings_stays() -> None:
    (found,) = merged([relation("x", "y", "support", 0.4), relation("x", "y", "attack", 0.7)])
    assert found.kind == "attack"


def test_a_circle_of_support_is_cut_at_its_weakest_link_and_one_of_attacks_is_not() -> None:
    circle = [relation("a", "b", confidence=0.9), relation("b", "c", confidence=0.3), relation("c", "a", confidence=0.8)]
    assert [(r.origin, r.target) for r in cut_circles(circle)] == [("a", "b"), ("c", "a")]
    attacks = [relation("a", "b", "attack"), relation("b", "a", "attack")]
    assert len(cut_circles(attacks)) == 2


def two_articles(later: str = "2025-02-01") -> tuple[list[Article], list[Statement]]:
    one, first = marked("[1 ada for|The bridge helps trade].", id="a", date="2025-01-01")
    other, second = marked("[1 ben against|The bridge hurts trade].", id="b", date=later)
    return [one, other], [*first, *second]


def test_the_later_of_two_contradicting_claims_attacks_the_earlier() -> None:
    articles, statements = two_articles()
    claims = [claim("yes", statements[0], concept="k"), claim("no", statements[1], stance="against", concept="k", polarity=-1)]
    (found,) = relations(claims, statements, (), articles, embed=by_word)
    assert (found.origin, found.target, found.kind) == ("no", "yes", "attack")
    assert found.evidence == (Evidence("b", "b1", "a1"),)


def test_one_point_in_two_wordings_is_no_contradiction_whatever_the_stances() -> None:
    one, first = marked("[1 ada for|Open bridges help the trade].", id="a")
    other, second = marked("[1 ben against|An open bridge will help trade].", id="b")
    claims = [claim("x", *first, concept="k"), claim("y", *second, stance="against", concept="k", polarity=-1)]
    assert relations(claims, [*first, *second], (), [one, other], embed=by_word) == ()


def test_claims_of_one_side_do_not_contradict_each_other() -> None:
    articles, statements = two_articles()
    claims = [claim("yes", statements[0], concept="k"), claim("no", statements[1], concept="k", polarity=-1)]
    assert relations(claims, statements, (), articles, embed=by_word) == ()


def test_a_fact_backs_a_close_demand_of_its_side_in_another_article() -> None:
    one, first = marked("[1 ada for|The bridge brought trade to the town].", id="a")
    other, second = marked("[1 ben for|The bridge must be free for trade].", id="b")
    statements = [*first, *second]
    claims = [claim("fact", statements[0]), claim("demand", statements[1])]
    (found,) = relations(claims, statements, (), [one, other], embed=by_word)
    assert (found.origin, found.target, found.kind) == ("fact", "demand", "support")


def test_what_an_article_relates_is_not_related_again() -> None:
    articles, statements = two_articles()
    claims = [claim("yes", statements[0], concept="k"), claim("no", statements[1], stance="against", concept="k", polarity=-1)]
    known = Link(statements[0].id, statements[1].id, "attack", "rebuttal", 0.5)
    (found,) = relations(claims, statements, [known], articles, embed=by_word)
    assert (found.origin, found.rule) == ("yes", "rebuttal")


def test_the_order_of_what_comes_in_changes_nothing() -> None:
    articles, statements = two_articles()
    claims = [claim("yes", statements[0], concept="k"), claim("no", statements[1], stance="against", concept="k", polarity=-1)]
    forth = relations(claims, statements, (), articles, embed=by_word)
    back = relations(claims[::-1], statements[::-1], (), articles[::-1], embed=by_word)
    assert forth == back
