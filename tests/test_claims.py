"""Claims: one point is one claim, its denial another of the same concept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import debate as debates
from argmap.claims import Merged, merge, wording
from argmap.model import Article, Span, Stance, Statement
from argmap.near import Near
from argmap.vectors import sentence_embedder, tokens

DEBATE = debates.load()
#: Use (fitted, held out), kind (same, opposite, related), language and text, language and text: written for this test.
PAIRS = [line.split("\t") for line in (Path(__file__).parent / "pairs" / "claims.tsv").read_text(encoding="utf-8").splitlines()]


def _bag(texts: Sequence[str]) -> NDArray[np.float32]:
    """A toy embedder: words hashed into a thousand places, so that only equal words are alike."""
    rows = np.zeros((len(texts), 1000), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in tokens(text):
            rows[row, sum(map(ord, word)) * 31 % 1000] += 1
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1), dtype=np.float32)


def _merged(*said: tuple[str, str] | tuple[str, str, Stance], toy: bool = True) -> tuple[Merged, list[Statement]]:
    articles, statements = [], []
    for number, (text, language, *stance) in enumerate(said):
        article = Article(f"a{number:03}", text, language=language)
        articles.append(article)
        statements.append(Statement(f"s{number:03}", article.id, "author", "author", (Span(0, len(text), text),),
                                    stance=stance[0] if stance else "neutral"))
    return merge(statements, articles, DEBATE, embed=_bag if toy else sentence_embedder()), statements


def _texts(merged: Merged) -> list[str]:
    return sorted(claim.text for claim in merged.claims)


def test_a_syndicated_quotation_is_one_claim_with_every_statement() -> None:
    merged, statements = _merged(("Nobody can recall a file.", "en"), ("“nobody can recall a file”", "en"), ("The moon is far", "en"))
    twice, = (claim for claim in merged.claims if len(claim.statements) == 2)
    assert twice.text == "Nobody can recall a file"
    assert set(twice.statements) == {statements[0].id, statements[1].id}


def test_every_statement_has_the_claim_that_lists_it() -> None:
    merged, statements = _merged(("Open models help", "en"), ("Open models help", "en"), ("Closed models cost more", "en"))
    assert [statement.id for statement in merged.statements] == [statement.id for statement in statements]
    listed = {statement: claim.id for claim in merged.claims for statement in claim.statements}
    assert listed == {statement.id: statement.claim for statement in merged.statements}


def test_a_denial_is_another_claim_of_the_same_concept() -> None:
    merged, _ = _merged(("Open models increase the risk", "en"), ("Open models do not increase the risk", "en"))
    assert sorted(claim.polarity for claim in merged.claims) == [-1, 1]
    concept, = merged.concepts
    assert set(concept.claims) == {claim.id for claim in merged.claims}
    assert {claim.concept for claim in merged.claims} == {concept.id}


def test_statements_for_different_sides_never_merge() -> None:
    merged, _ = _merged(("Weights are like seeds", "en", "for"), ("Weights are like seeds", "en", "against"))
    assert len(merged.claims) == 2 and len(merged.concepts) == 1


def test_a_claim_takes_the_side_that_any_of_its_statements_takes() -> None:
    merged, _ = _merged(("Weights are like seeds", "en"), ("Weights are like seeds", "en", "for"))
    assert [claim.stance for claim in merged.claims] == ["for"]


def test_other_numbers_make_other_claims_and_other_concepts() -> None:
    merged, _ = _merged(("It has 70 billion parameters in all", "en"), ("It has 7 billion parameters in all", "en"))
    assert len(merged.claims) == len(merged.concepts) == 2


def test_a_claim_that_stands_alone_has_its_own_concept() -> None:
    merged, _ = _merged(("The moon is far", "en"))
    assert len(merged.claims) == len(merged.concepts) == 1
    assert merged.claims[0].polarity == 1 and merged.concepts[0].text == merged.claims[0].text


def test_the_clearest_wording_names_the_claim() -> None:
    merged, _ = _merged(("It makes open weights safer for schools", "en"), ("Open weights makes it safer for schools", "en"))
    assert _texts(merged) == ["Open weights makes it safer for schools"]


def test_ids_do_not_depend_on_the_order_of_the_statements() -> None:
    said = [("Open models help", "en"), ("Open models help", "en"), ("The moon is far", "en"), ("Open models do not help", "en")]
    merged, statements = _merged(*said)
    articles = [Article(s.article, s.text, language="en") for s in statements]
    again = merge(statements[::-1], articles[::-1], DEBATE, embed=_bag)
    assert again.claims == merged.claims and again.concepts == merged.concepts


def test_no_statements_make_no_claims() -> None:
    assert merge([], [], DEBATE, embed=_bag) == ((), (), ())


def _judged(kind: str, use: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for used, which, one_language, one, other_language, other in PAIRS:
        if (which, used) == (kind, use):
            merged, _ = _merged((one, one_language), (other, other_language), toy=False)
            counts["merged" if len(merged.claims) == 1 else "concept" if len(merged.concepts) == 1 else "apart"] += 1
    return counts


def test_there_are_pairs_enough_of_each_kind() -> None:
    kinds = Counter((use, kind) for use, kind, *_ in PAIRS)
    assert len(PAIRS) >= 120
    assert min(kinds["fitted", "same"] + kinds["held out", "same"], 40) == 40
    assert min(kinds["fitted", "opposite"] + kinds["held out", "opposite"], 30) == 30
    assert min(kinds["held out", kind] for kind in ("same", "opposite", "related")) >= 15


@pytest.mark.model
def test_what_merges_is_the_same_point_nine_times_in_ten_and_finds_seven_in_ten() -> None:
    same, related, opposite = (_judged(kind, "fitted") for kind in ("same", "related", "opposite"))
    assert same["merged"] >= 0.9 * (same["merged"] + related["merged"] + opposite["merged"])
    assert same["merged"] >= 0.7 * same.total()


@pytest.mark.model
def test_pairs_that_no_threshold_has_seen_merge_mostly_rightly() -> None:
    same, related, opposite = (_judged(kind, "held out") for kind in ("same", "related", "opposite"))
    assert same["merged"] >= 0.7 * (same["merged"] + related["merged"] + opposite["merged"])
    assert same["merged"] >= 0.55 * same.total()


@pytest.mark.model
@pytest.mark.parametrize("use", ["fitted", "held out"])
def test_contradictions_never_merge_and_mostly_share_a_concept(use: str) -> None:
    counts = _judged("opposite", use)
    assert counts["merged"] == 0
    assert counts["concept"] >= 0.7 * counts.total()


def _quoted(*said: tuple[str, str, str, str]) -> Merged:
    """Statements of (article, date, actor, text); an article may have several."""
    articles = {name: Article(name, " | ".join(text for other, _, _, text in said if other == name), date=date, language="en")
                for name, date, _, _ in said}
    statements = []
    for number, (name, _, actor, text) in enumerate(said):
        start = articles[name].text.index(text)
        statements.append(Statement(f"s{number}", name, "attributed", "direct", (Span(start, start + len(text), text),), actors=(actor,)))
    return merge(statements, articles.values(), DEBATE, embed=_bag)


SAID = "we will not publish the weights before the spring"


def test_a_quotation_in_two_articles_repeats_the_earlier_one() -> None:
    merged = _quoted(("late", "2025-03-02", "roth", SAID), ("early", "2025-03-01", "roth", SAID + " of next year"))
    assert [statement.repeats for statement in merged.statements] == ["s1", None]
    assert [set(claim.statements) for claim in merged.claims] == [{"s0", "s1"}]


def test_a_quotation_quoted_again_in_its_article_repeats_itself() -> None:
    merged = _quoted(("a", "", "roth", f"{SAID}, whatever others do"), ("a", "", "roth", f"As she said, {SAID}"))
    assert [statement.repeats for statement in merged.statements] == [None, "s0"]


def test_the_same_words_of_two_speakers_are_two_statements() -> None:
    merged = _quoted(("a", "", "roth", SAID), ("b", "", "khan", SAID))
    assert [statement.repeats for statement in merged.statements] == [None, None]
    assert len(merged.claims) == 1


@pytest.mark.parametrize("other", [SAID.replace("not ", ""), "we will not"])
def test_what_a_word_turns_round_or_is_too_short_repeats_nothing(other: str) -> None:
    merged = _quoted(("a", "", "roth", f"{SAID}!"), ("b", "", "roth", f" {other} "))
    assert [statement.repeats for statement in merged.statements] == [None, None]


def test_a_repeated_statement_takes_the_side_of_the_first() -> None:
    articles = [Article(name, SAID, date=date, language="en") for name, date in (("a", "2025-01-01"), ("b", "2025-01-02"))]
    stances: tuple[Stance, Stance] = ("for", "against")
    said = [Statement(article.id, article.id, "author", "author", (Span(0, len(SAID), SAID),), stance=stance)
            for article, stance in zip(articles, stances, strict=True)]
    merged = merge(said, articles, DEBATE, embed=_bag)
    assert [statement.stance for statement in merged.statements] == ["for", "for"]
    assert len(merged.claims) == 1


def test_a_concept_holds_every_claim_on_its_point_with_its_sign() -> None:
    merged, _ = _merged(("Open models increase the risk", "en"), ("Open models increase the risk for 2 firms", "en"),
                        ("Open models do not increase the risk", "en"), ("The moon is far", "en"))
    concept = max(merged.concepts, key=lambda one: len(one.claims))
    signs = {claim.text: claim.polarity for claim in merged.claims if claim.concept == concept.id}
    assert signs["Open models do not increase the risk"] != signs["Open models increase the risk"]
    assert concept.text.startswith("Open models increase the risk") or concept.text.startswith("Open models do not")


def test_words_without_a_verb_are_worded_with_who_says_them_and_the_cue() -> None:
    text = "The committee has called for wider export controls."
    article = Article("a", text, language="en")
    said = Statement("s", "a", "attributed", "indirect", (article.span(25, 50),), source=article.span(0, 13), cue=article.span(14, 24), clause=False)
    assert wording(said, article) == "The committee has called for wider export controls"
    alone = Statement("s", "a", "attributed", "indirect", (article.span(25, 50),), cue=article.span(14, 24), clause=False)
    assert wording(alone, article) == "has called for wider export controls"


def test_who_is_only_called_it_is_worded_by_name() -> None:
    text = "The law is late. It has called for wider controls."
    article = Article("a", text, language="en")
    said = Statement("s", "a", "attributed", "indirect", (article.span(35, 49),), source=article.span(17, 19), cue=article.span(20, 30),
                     actors=("agency",), clause=False)
    assert wording(said, article, {"agency": "The agency"}) == "The agency has called for wider controls"
    assert wording(said, article) == "has called for wider controls"


@pytest.mark.parametrize(("text", "said", "language"), [
    ("Old rules bind. An app can be blocked, but a file cannot.", "a file cannot", "en"),
    ("Le regole sono vecchie. Una ditta paga gli avvocati, i volontari no.", "i volontari no", "it"),
])
def test_a_clause_that_leaves_its_verb_to_another_is_worded_with_its_sentence(text: str, said: str, language: str) -> None:
    article = Article("a", text, language=language)
    start = text.index(said)
    statement = Statement("s", "a", "author", "author", (article.span(start, start + len(said)),))
    assert wording(statement, article) == text[text.index(". ") + 2:]


def test_a_fragment_does_not_word_a_claim_that_a_whole_sentence_makes() -> None:
    text = "The ministers reject the new licences for models."
    whole, article = Article("a", text, language="en"), Article("b", "reject the new licences for models", language="en")
    said = [Statement("s1", "a", "author", "author", (Span(0, 48, text[:48]),)),
            Statement("s2", "b", "author", "author", (Span(0, 34, article.text),), clause=False)]
    merged = merge(said, [whole, article], DEBATE, embed=_bag)
    assert "The ministers reject the new licences for models" in _texts(merged)


def test_pairs_that_are_near_are_looked_up_in_their_order() -> None:
    pairs = [(0, 2), (0, 5), (1, 2), (3, 5)]
    near = Near(*(np.array(side, dtype=np.int32) for side in zip(*pairs, strict=True)), np.ones(4, dtype=np.float32))
    assert all(near.have([i], [j]) == near.have([j], [i]) == ((i, j) in pairs) for i in range(6) for j in range(i + 1, 6))
    assert near.have([0, 1], [2]) and not near.have([0, 1], [2, 5])


def test_one_wording_is_one_claim_however_many_have_it() -> None:
    merged, _ = _merged(*[("Open models help science", "en")] * 90)
    assert [len(claim.statements) for claim in merged.claims] == [90]
