"""Relations without a signal: what is promised of them whatever the weights, and what the shipped weights must know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model import Article, Link, Stance, Statement
from argmap.relate.features import ends, pair, pairs, tie
from argmap.relate.implicit import IMPLICIT, calibration, chance, confidence, infer, ways, weigh, weights
from argmap.relate.view import view
from argmap.settings import DEFAULTS
from tests.relate.marked import marked, no_vectors

DEBATE = """The council wants [1 council for|a charge on cars].

Mayor Whitlock said [2 whitlock for|traffic would fall by a fifth]. "[3 whitlock for|It worked in Milan]," she added.

Shopkeepers warned that [4 chamber against|customers would stay away]. But [5 whitlock for|takings had risen elsewhere], the mayor said."""


#: Features of a pair that may be too rare, or say too little, to have a weight.
MISSING = 4


def related(text: str, links: tuple[Link, ...] = (), **options: float) -> list[Link]:
    article, statements = marked(text)
    return list(infer(statements, links, [article], embed=no_vectors, settings=replace(DEFAULTS, **options)))  # type: ignore[arg-type]


def test_a_speaker_who_goes_on_backs_what_he_said() -> None:
    found = {(link.origin, link.target): link.kind for link in related(DEBATE)}
    assert found["3", "2"] == "support"


def test_a_speaker_of_the_other_side_attacks_if_anything() -> None:
    article, statements = marked(DEBATE)
    likely = {"support": 0.0, "attack": 0.0}
    for (_, _, kind), share in ways(view(article, statements, (), no_vectors), 2, 3, weights()):
        likely[kind] += share
    assert likely["attack"] > 2 * likely["support"]


def test_the_ways_in_which_two_are_related_share_one() -> None:
    article, statements = marked(DEBATE)
    seen = view(article, statements, (), no_vectors)
    for both in pairs(seen):
        assert 0 <= chance(seen, *both, weights()) <= 1
        shares = [share for _, share in ways(seen, *both, weights())]
        assert min(shares) >= 0
        assert sum(shares) == pytest.approx(1)


def test_what_may_be_no_statement_is_seldom_related() -> None:
    article, statements = marked(DEBATE)
    doubted = (statements[0], replace(statements[1], confidence=0.5), *statements[2:])
    sure, unsure = (chance(view(article, some, (), no_vectors), 1, 2, weights()) for some in (statements, doubted))
    assert unsure == pytest.approx(sure / 2)


def test_the_rule_and_words_of_a_signal_stay_with_the_relation() -> None:
    article, _ = marked(DEBATE)
    start = article.text.index("But")
    signalled = Link("5", "4", "attack", "contrast", 0.65, article.span(start, start + 3))
    found = {(link.origin, link.target): link for link in related(DEBATE, (signalled,))}
    assert found["5", "4"].rule == "contrast"
    assert found["5", "4"].signal == signalled.signal
    assert found["3", "2"].rule == IMPLICIT


def test_a_signal_makes_its_relation_likelier() -> None:
    article, statements = marked("[1 ada|It is fast]. [2 ada|It costs]. [3 ada|It lasts].")
    signal = Link("2", "1", "attack", "contrast", 0.65, None)
    before, after = (
        chance(seen, 0, 1, weights()) * dict(ways(seen, 0, 1, weights()))[1, 0, "attack"]
        for seen in (view(article, statements, links, no_vectors) for links in ((), (signal,))))
    assert after > 2 * before


def test_a_higher_threshold_leaves_fewer_relations() -> None:
    assert len(related(DEBATE, relation=0.9)) <= len(related(DEBATE, relation=0.3)) <= len(related(DEBATE, relation=0.05))


def test_articles_are_kept_apart_and_come_in_order() -> None:
    one, first = marked(DEBATE, id="b")
    other, second = marked(DEBATE, id="a")
    found = infer((*first, *second), (), [one, other], embed=no_vectors)
    assert {link.origin[0] == link.target[0] for link in found} == {True}
    assert [link.origin[0] for link in found] == sorted(link.origin[0] for link in found)


def test_an_article_without_statements_or_in_an_unknown_language_yields_no_error() -> None:
    article, statements = marked(DEBATE)
    assert infer((), (), [article], embed=no_vectors) == ()
    assert infer(statements, (), [replace(article, language="fi")], embed=no_vectors)


def test_reasons_are_looked_for_everywhere_before_and_a_little_after() -> None:
    article, statements = marked(" ".join(f"[{n} ada|Word {n} stands here]." for n in range(9)))
    assert (0, 8) in list(pairs(view(article, statements, (), no_vectors)))
    assert ends(0, 8) == [(8, 0)]
    assert ends(4, 7) == [(7, 4), (4, 7)]


def test_in_a_long_article_only_the_first_statements_are_far_from_another() -> None:
    article, statements = marked(" ".join(f"[{n} ada|Word {n} stands here]." for n in range(30)))
    assert {earlier for earlier, later in pairs(view(article, statements, (), no_vectors)) if later == 29} == {0, 1, *range(17, 29)}


STANCES: tuple[Stance, ...] = ("for", "against", "neutral")


@given(st.lists(st.tuples(st.sampled_from(["ada", "ben", "author"]), st.sampled_from(STANCES), st.booleans()), min_size=1, max_size=8),
       st.floats(0.01, 0.6))
def test_whatever_is_said_no_circle_of_support_arises_and_no_statement_has_too_many_targets(
        said: list[tuple[str, Stance, bool]], threshold: float) -> None:
    text = "".join(f"[{n} {actor} {stance}|Thing {n} is so].{chr(10) if ends else ' '}" for n, (actor, stance, ends) in enumerate(said))
    found = related(text, relation=threshold)
    targets = [link.origin for link in found]
    assert all(targets.count(origin) <= DEFAULTS.relations_per_statement for origin in targets)
    pairs = [frozenset((link.origin, link.target)) for link in found]
    assert len(set(pairs)) == len(pairs)
    backs: dict[str, set[str]] = {}
    for link in found:
        assert link.origin != link.target
        assert 0 < link.confidence <= 1
        if link.kind == "support":
            backs.setdefault(link.origin, set()).add(link.target)
    for start in backs:
        todo, done = set(backs[start]), set()
        while todo:
            at = todo.pop()
            assert at != start
            done.add(at)
            todo |= backs.get(at, set()) - done


def test_the_features_of_a_plain_article_have_weights() -> None:
    assert weights()
    article, statements = marked(DEBATE)
    seen = view(article, statements, (), no_vectors)
    assert set(weights()) == {"related", "support", "attack"}
    for both in pairs(seen):
        assert len(tie(seen, *both).keys() - weights()["related"].keys()) <= MISSING
        for origin, target in ends(*both):
            seldom = pair(seen, origin, target).keys() - weights()["support"].keys() - weights()["attack"].keys()
            assert len(seldom) <= MISSING, seldom


@pytest.mark.parametrize("language", ["en", "it"])
def test_what_stands_between_two_statements_is_told(language: str) -> None:
    colon, joined = {"en": (": ", " and "), "it": (": ", " e ")}[language]
    article, statements = marked(f"[1 ada|Uno due]{colon}[2 ada|tre quattro]{joined}[3 ada|cinque sei]. Poi [4 ada|sette otto].",
                                 language=language)
    assert view(article, statements, (), no_vectors).gap == ("", "colon", "joined", "far")


def test_a_statement_knows_whose_name_it_mentions() -> None:
    article, statements = marked("Lee said [1 lee|it works]. According to Kim, [2 kim|Lee is wrong].")
    named = tuple(replace(s, source=article.span(*place)) for s, place in zip(statements, ((0, 3), (32, 35)), strict=True))
    assert view(article, named, (), no_vectors).named == (frozenset(), frozenset())  # three letters are too few to trust
    longer, said = marked("Leeson said [1 leeson|it works]. According to Kim, [2 kim|Leeson is wrong].")
    known: tuple[Statement, ...] = (replace(said[0], source=longer.span(0, 6)), said[1])
    assert view(longer, known, (), no_vectors).named == (frozenset(), frozenset({0}))


def test_an_article_of_one_statement_has_no_relation() -> None:
    article = Article("x", "It works.", language="en")
    statement = Statement("s", "x", "author", "author", (article.span(0, 9),))
    assert infer([statement], (), [article], embed=no_vectors) == ()


def test_a_word_of_contrast_outweighs_a_stance_that_may_be_wrong() -> None:
    article, statements = marked("[1 ada for|It is fast], said Ada. But [2 ben for|it is dear], said Ben.")
    signal = (Link("2", "1", "attack", "contrast", 0.65, None),)

    def opposed(odds: float, trust: float) -> float:
        return pair(view(article, statements, signal, no_vectors, trust=trust, contrast_odds=odds), 1, 0)["opposed"]

    assert opposed(7, 0.8) > 2 * opposed(1, 0.8) > 0
    assert opposed(7, 1.0) == 0  # what is certain stays so


def test_stances_known_by_their_chances_count_by_these() -> None:
    article, statements = marked("[1 ada for|It is fast], said Ada. [2 ben for|It is dear], said Ben.")
    chances: dict[str, dict[Stance, float]] = {"1": {"for": 1.0, "against": 0.0, "neutral": 0.0}, "2": {"for": 0.4, "against": 0.5, "neutral": 0.1}}
    seen = view(article, statements, (), no_vectors, sides=chances)
    assert pair(seen, 1, 0)["opposed"] == pytest.approx(0.5)
    assert pair(view(article, statements, (), no_vectors), 1, 0)["opposed"] == 0


def test_what_stays_below_the_threshold_is_counted() -> None:
    article, statements = marked(DEBATE)
    counts, taken = [], []
    for threshold in (0.1, 0.3, 0.99):
        found, left_out = weigh(statements, (), [article], embed=no_vectors, settings=replace(DEFAULTS, relation=threshold))
        counts.append(left_out)
        taken.append(len(found))
    assert counts[0] == 0 < counts[1] < counts[2]
    assert taken[0] > taken[1] > taken[2]


@given(st.floats(0.01, 2.0), st.floats(0.01, 1.0))
def test_confidence_grows_with_both_chances_and_stays_a_probability(total: float, share: float) -> None:
    by = calibration()
    sure = confidence(total, share, by)
    assert 0 <= sure <= 1
    assert confidence(total / 2, share, by) <= sure
    assert confidence(total, share / 2, by) <= sure
