"""Statements in; out, the claims that they make, merged across articles and languages, and the concepts behind the claims.

Two statements make one claim if sentence vectors and words say that they make the same point, and nothing tells them
apart: neither polarity ("helps", "does not help"), nor stance, nor numbers, nor names. Those that make the same point
with the other polarity are two claims of one concept, as in the discourse network analysis of Leifeld (2016).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from argmap import lexicon as lexicons
from argmap import vectors
from argmap.model import Article, Claim, Concept, Debate, Stance, Statement, stable_id
from argmap.points import Point, apart, details_differ, opposed, plain, point
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Merged", "likeness", "merge"]


class Merged(NamedTuple):
    """Claims and concepts in order of their ids, and the statements with their claim's id."""

    claims: tuple[Claim, ...]
    concepts: tuple[Concept, ...]
    statements: tuple[Statement, ...]


def merge(statements: Iterable[Statement], articles: Iterable[Article], debate: Debate, *, embed: vectors.Embedder | None = None,
          settings: Settings = DEFAULTS) -> Merged:
    """Find the distinct claims among statements.

    Args:
        statements: with their stance (`argmap.stance.judge`).
        articles: those that the statements stand in.
        debate: its terms tell whose cause a statement names; its actors, what names belong together.
        embed: sentence vectors; the shipped ones unless given.
        settings: `same_point`, `same_concept`, `searched`, `compared`, `crossing`, `word_gain`, `word_par`, `substitute`,
            `clear_words`.

    Returns:
        Claims without topic (`argmap.topics.assign`), concepts, and the statements in their order with their `claim`.
    """
    known = tuple(statements)
    by_id = {article.id: article for article in articles}
    embedder = embed or vectors.sentence_embedder()
    order = sorted(range(len(known)), key=lambda index: (known[index].article, known[index].content[0], known[index].id))
    texts = [plain(_wording(known[index], by_id[known[index].article]), by_id[known[index].article].language) for index in order]
    languages = [by_id[known[index].article].language for index in order]
    points = [point(text, language, known[index].stance, debate) for index, text, language in zip(order, texts, languages, strict=True)]
    near = _near(texts, languages, embedder, settings)
    groups = _groups(points, near, _substituted(texts, languages, near, embedder, settings), settings)
    claims = [_claim([known[order[i]] for i in group], [texts[i] for i in group], [languages[i] for i in group], settings)
              for group in groups]
    made, concepts = _concepts(claims, groups, points, near, settings)
    owner = {statement: claim.id for claim in made for statement in claim.statements}
    return Merged(tuple(sorted(made, key=lambda claim: claim.id)), concepts,
                  tuple(replace(statement, claim=owner[statement.id]) for statement in known))


def _wording(statement: Statement, article: Article) -> str:
    """A statement's words, with the cue right before them where they need it: "rejected the comparison"."""
    if statement.clause or statement.cue is None or statement.cue.end > statement.content[0].start:
        return statement.text
    between = article.text[statement.cue.end:statement.content[0].start]
    return f"{statement.cue.text}{between}{statement.text}" if len(between.split()) <= CUE_NEAR else statement.text


#: Words that may stand between a cue and the words that need it: "called loudly for".
CUE_NEAR = 3


def likeness(cosines: NDArray[np.float32], words: NDArray[np.float32], same_language: NDArray[np.bool_], *,
             settings: Settings = DEFAULTS) -> NDArray[np.float32]:
    """How surely texts make the same point: the cosine of their sentence vectors, helped within a language by that of their words."""
    return (cosines + np.where(same_language, settings.word_gain * (words - settings.word_par), settings.crossing)).astype(np.float32)


def _near(texts: Sequence[str], languages: Sequence[str], embed: vectors.Embedder, settings: Settings) -> dict[tuple[int, int], float]:
    """The likeness of each pair that is near enough to be one point or one concept."""
    if len(texts) < 2:
        return {}
    made = embed(texts)
    left, right = vectors.neighbours(made, settings.searched, most=settings.compared)
    if not len(left):
        return {}
    words = vectors.lexical(texts, languages)
    codes = np.array([sorted(set(languages)).index(language) for language in languages])
    alike = likeness(np.einsum("ij,ij->i", made[left], made[right]), vectors.row_dots(words, left, right),
                     codes[left] == codes[right], settings=settings)
    return {(int(i), int(j)): float(value) for i, j, value in zip(left, right, alike, strict=True) if value >= settings.same_concept}


def _substituted(texts: Sequence[str], languages: Sequence[str], near: Mapping[tuple[int, int], float], embed: vectors.Embedder,
                 settings: Settings) -> frozenset[tuple[int, int]]:
    """The pairs of one language that say the same but for words of another meaning: "they help scholars", "they help thieves"."""
    pairs, rests = list[tuple[int, int]](), list[tuple[str, str]]()
    lemmas = [{vectors.lemma(word, language): word for word in vectors.tokens(text)}
              for text, language in zip(texts, languages, strict=True)]
    for (i, j), value in near.items():
        one, other = lemmas[i], lemmas[j]
        shared = len(one.keys() & other.keys())
        # Texts that share fewer words are worded anew, and no word stands for another.
        if value >= settings.same_point and languages[i] == languages[j] and shared * 2 >= min(len(one), len(other)):
            rest = tuple(" ".join(word for key, word in mine.items() if key not in theirs) for mine, theirs in ((one, other), (other, one)))
            if all(rest):
                pairs.append((i, j))
                rests.append((rest[0], rest[1]))
    if not pairs:
        return frozenset()
    alike = np.einsum("ij,ij->i", embed([one for one, _ in rests]), embed([other for _, other in rests]))
    return frozenset(pair for pair, value in zip(pairs, alike.tolist(), strict=True) if value < settings.substitute)


def _groups(points: Sequence[Point], near: Mapping[tuple[int, int], float], substituted: Collection[tuple[int, int]],
            settings: Settings) -> list[list[int]]:
    """Agglomerate the pairs from the likest down; a group takes another in if every pair across them may merge.

    Complete linkage keeps a chain of small steps from joining what differs at its ends.
    """
    group_of = list(range(len(points)))
    members: dict[int, list[int]] = {index: [index] for index in range(len(points))}
    for (i, j), value in sorted(near.items(), key=lambda entry: (-entry[1], entry[0])):
        one, other = group_of[i], group_of[j]
        if value < settings.same_point or one == other or (i, j) in substituted:
            continue
        across = [(min(a, b), max(a, b)) for a in members[one] for b in members[other]]
        if all(pair in near and pair not in substituted and not apart(points[pair[0]], points[pair[1]]) for pair in across):
            for moved in members.pop(max(one, other)):
                group_of[moved] = min(one, other)
                members[min(one, other)].append(moved)
    return [sorted(group) for _, group in sorted(members.items())]


def _claim(statements: Sequence[Statement], texts: Sequence[str], languages: Sequence[str], settings: Settings) -> Claim:
    clearest = min(range(len(texts)), key=lambda at: (_obscurity(texts[at], languages[at], settings), at))
    return Claim(
        id=stable_id("c", min(statement.id for statement in statements)), text=texts[clearest], language=languages[clearest],
        stance=_stance(statements), topic="", concept="", polarity=1, statements=tuple(statement.id for statement in statements),
    )


def _stance(statements: Sequence[Statement]) -> Stance:
    """The side that a statement takes, or neutral; a claim never has statements of both."""
    return next((statement.stance for statement in statements if statement.stance != "neutral"), "neutral")


def _obscurity(text: str, language: str, settings: Settings) -> tuple[int, int]:
    """Lower is clearer: one sentence of some length that does not point back at what stood before it."""
    words = vectors.tokens(text)
    fewest, most = settings.clear_words
    pointing = lexicons.load(language).words("claims.pointing") if language in lexicons.languages() else frozenset[str]()
    points_back = bool(words) and words[0] in pointing
    several = any(mark in text[:-1] for mark in (". ", "? ", "…"))
    return points_back + several + (not fewest <= len(words) <= most), len(words)


def _concepts(claims: Sequence[Claim], groups: Sequence[Sequence[int]], points: Sequence[Point], near: Mapping[tuple[int, int], float],
              settings: Settings) -> tuple[list[Claim], tuple[Concept, ...]]:
    """Join claims that contradict each other on one point, the likest first: each claim is asserted or denied once."""
    claim_of = {index: at for at, group in enumerate(groups) for index in group}
    against: dict[tuple[int, int], float] = defaultdict(float)
    for (i, j), value in near.items():
        one, other = claim_of[i], claim_of[j]
        # Two claims for one side may be worded as yes and no ("it helps", "it does no harm"): they do not contradict each other.
        agreed = points[i].stance == points[j].stance != "neutral"
        if one != other and not agreed and opposed(points[i], points[j]) and not details_differ(points[i], points[j]):
            pair = min(one, other), max(one, other)
            against[pair] = max(against[pair], value)
    partner: dict[int, int] = {}
    for (one, other), _ in sorted(against.items(), key=lambda entry: (-entry[1], entry[0])):
        if one not in partner and other not in partner:
            partner[one], partner[other] = other, one
    made, concepts = list(claims), list[Concept]()
    for at in range(len(claims)):
        twin = partner.get(at, at)
        if twin < at:
            continue
        # The claim that is worded as an assertion comes first and names the concept.
        poles = sorted({at, twin}, key=lambda one: (-sum(points[index].polarity for index in groups[one]), claims[one].id))
        ids = tuple(claims[one].id for one in poles)
        concept = Concept(stable_id("k", *sorted(ids)), claims[poles[0]].text, ids)
        concepts.append(concept)
        for one, sign in zip(poles, _POLES, strict=False):
            made[one] = replace(claims[one], concept=concept.id, polarity=sign)
    return made, tuple(sorted(concepts, key=lambda concept: concept.id))


#: The polarity of a concept's first claim and of its second, if it has one.
_POLES: tuple[Literal[1, -1], ...] = (1, -1)
