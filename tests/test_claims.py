"""Claims: one point is one claim, its denial another of the same concept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap import debate as debates
from argmap.claims import Merged, merge
from argmap.model import Article, Span, Stance, Statement
from argmap.vectors import sentence_embedder, tokens

DEBATE = debates.load()
#: Kind (same, opposite, related), language and text, language and text: written for this test.
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


def _judged(kinds: Iterable[str]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for kind, one_language, one, other_language, other in PAIRS:
        if kind in kinds:
            merged, _ = _merged((one, one_language), (other, other_language), toy=False)
            counts[kind, "merged" if len(merged.claims) == 1 else "concept" if len(merged.concepts) == 1 else "apart"] += 1
    return counts


@pytest.mark.model
def test_the_same_point_merges_across_languages_two_times_in_three() -> None:
    counts = _judged({"same"})
    assert counts["same", "merged"] >= 2 / 3 * sum(counts.values())


@pytest.mark.model
def test_contradictions_never_merge_and_mostly_share_a_concept() -> None:
    counts = _judged({"opposite"})
    assert counts["opposite", "merged"] == 0
    assert counts["opposite", "concept"] >= 0.8 * sum(counts.values())


@pytest.mark.model
def test_other_points_on_the_same_subject_stay_apart() -> None:
    counts = _judged({"related"})
    assert counts["related", "apart"] >= 0.85 * sum(counts.values())
