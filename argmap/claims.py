"""Statements in; out, the claims that they make, merged across articles and languages, and the concepts behind the claims.

Two statements make one claim if they surely speak to one point (`argmap.likeness`), and nothing tells them apart: neither
polarity ("helps", "does not help"), nor stance, nor numbers, nor names. Claims that speak to one point share a concept,
whether they assert or deny it, as in the discourse network analysis of Leifeld (2016): there, actors agree or disagree on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from argmap import lexicon as lexicons
from argmap import vectors
from argmap.head import centres
from argmap.likeness import Seen, likeness, see, signs
from argmap.memory import give_back
from argmap.model import Actor, Article, Claim, Concept, Debate, Stance, Statement, stable_id
from argmap.points import Points, apart, details_differ, opposed, plain
from argmap.relate.view import sentence
from argmap.repeats import repeats
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Merged", "merge", "wording"]


class Merged(NamedTuple):
    """Claims and concepts in order of their ids, and the statements with their claim's id."""

    claims: tuple[Claim, ...]
    concepts: tuple[Concept, ...]
    statements: tuple[Statement, ...]


def merge(statements: Iterable[Statement], articles: Iterable[Article], debate: Debate, *, actors: Iterable[Actor] = (),
          embed: vectors.Embedder | None = None, settings: Settings = DEFAULTS) -> Merged:
    """Find the distinct claims among statements.

    Args:
        statements: with their stance (`argmap.stance.judge`).
        articles: those that the statements stand in.
        debate: its terms tell whose cause a statement names; its actors, what names belong together.
        actors: of the corpus, for claims that need a name: "[Anthropic] refuses to publish them".
        embed: sentence vectors; the shipped ones unless given.
        settings: `same_point`, `same_concept`, `searched`, `compared`, `likeness_weights`, `repeated`, `repeated_run`,
            `repeated_words`, `clear_words`.

    Returns:
        Claims without topic (`argmap.topics.assign`), concepts, and the statements in their order with their `claim`, and
        with `repeats` where they are another's words once more. These take the stance of the first.
    """
    known = tuple(statements)
    by_id = {article.id: article for article in articles}
    embedder = embed or vectors.sentence_embedder()
    order = sorted(range(len(known)), key=lambda index: (known[index].article, known[index].content[0], known[index].id))
    ordered = [known[index] for index in order]
    languages = [by_id[statement.article].language for statement in ordered]
    names = {actor.id: actor.name for actor in actors}
    texts = [plain(wording(statement, by_id[statement.article], names), language)
             for statement, language in zip(ordered, languages, strict=True)]
    points = Points(texts, languages, [statement.stance for statement in ordered], debate)
    again = repeats(ordered, by_id, points, settings=settings)
    # One wording on one side is one claim, however many have it: it is compared once.
    wordings: dict[tuple[str, str, Stance], list[int]] = defaultdict(list)
    for at in range(len(ordered)):
        if at not in again:
            wordings[texts[at], languages[at], ordered[at].stance].append(at)
    alike = {several[0]: several for several in wordings.values()}
    del wordings
    first = list(alike)
    places = np.array(first, dtype=np.int64)
    near = _near([texts[at] for at in first], [languages[at] for at in first], embedder, debate, settings).among(places)
    groups = [sorted(at for one in group for at in alike[one]) for group in _groups(first, points, near, settings)]
    said_again: dict[int, list[int]] = defaultdict(list)
    for at, one in again.items():
        said_again[one].append(at)
        ordered[at] = replace(ordered[at], repeats=ordered[one].id, stance=ordered[one].stance)
    claims = [_claim([ordered[i] for i in group], [texts[i] for i in group], [languages[i] for i in group],
                     [ordered[i] for one in group for i in said_again[one]], settings) for group in groups]
    made, concepts = _concepts(claims, groups, points, near, settings)
    owner = {statement: claim.id for claim in made for statement in claim.statements}
    marked = {statement.id: replace(statement, claim=owner[statement.id]) for statement in ordered}
    return Merged(tuple(sorted(made, key=lambda claim: claim.id)), concepts, tuple(marked[statement.id] for statement in known))


def wording(statement: Statement, article: Article, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """A statement's words; where they cannot stand alone, with who says it and the cue, or the sentence that they stand in.

    "[The senator rejected] the comparison"; "[An app can be blocked;] a file cannot".

    Args:
        statement: what is said.
        article: where.
        names: of actors, for those whom the article calls "it" or does not name.
    """
    if statement.clause and not _is_elliptical(statement.text, article.language):
        return statement.text
    cue, source = statement.cue, statement.source
    start = statement.content[0].start
    between = article.text[cue.end:start] if cue is not None and cue.end <= start else None
    if statement.clause or cue is None or between is None or len(between.split()) > CUE_NEAR:
        whole = sentence(article, statement)
        return whole if len(whole.split()) <= SENTENCE_LONG else statement.text
    said = f"{cue.text}{between}{statement.text}"
    if source is None or source.end > cue.start or _points_back(source.text, article.language):
        known = [names[actor] for actor in statement.actors if actor in names]
        return f"{known[0]} {said}" if len(known) == 1 == len(statement.actors) else said
    if len(source.text.split()) > SOURCE_LONG:
        return said
    gap = article.text[source.end:cue.start]
    return f"{source.text}{gap if len(gap.split()) <= CUE_NEAR and not _CLOSING.intersection(gap) else ' '}{said}"


#: Words that may stand between a cue and the words that need it ("called loudly for"), and between it and who speaks.
CUE_NEAR = 3
#: Words of a source from which a claim would be more about who says it than about what is said, and of a sentence too long for a claim.
SOURCE_LONG, SENTENCE_LONG = 12, 40
_CLOSING = frozenset(",;:.!?«»“”\"()\n")


def _is_elliptical(text: str, language: str) -> bool:
    """Whether a clause leaves its verb to the one before: "a file cannot", "i volontari no"."""
    words = vectors.tokens(text)
    return bool(words) and language in lexicons.languages() and words[-1] in lexicons.load(language).words("claims.elliptical")


def _points_back(text: str, language: str) -> bool:
    """Whether a text opens with a word that points back at what stood before it: "this", "it"."""
    words = vectors.tokens(text)
    return bool(words) and language in lexicons.languages() and words[0] in lexicons.load(language).words("claims.pointing")


class Near(NamedTuple):
    """Pairs of statements that are near enough to be one point or one concept, by their places: left < right, in ascending order.

    Arrays of one length; a million pairs take 20 MB.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float32]

    def among(self, places: NDArray[np.int64]) -> Near:
        """The same pairs, where the places count in another sequence in the same order."""
        return Near(places[self.left], places[self.right], self.value)

    def have(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether each of these is near each of those."""
        low = np.minimum.outer(one, other).ravel()
        high = np.maximum.outer(one, other).ravel()
        # Where a left place's pairs begin and end, then the right one among them.
        begin, end = np.searchsorted(self.left, low), np.searchsorted(self.left, low, side="right")
        return all(start < stop and self._has(start, stop, wanted)
                   for start, stop, wanted in zip(begin.tolist(), end.tolist(), high.tolist(), strict=True))

    def _has(self, start: int, stop: int, wanted: int) -> bool:
        at = bisect_left(self.right, wanted, start, stop)
        return at < stop and self.right[at] == wanted


#: Pairs that are compared at a time: what is held in memory meanwhile stays below 100 MB.
AT_ONCE = 1 << 13


def _near(texts: Sequence[str], languages: Sequence[str], embed: vectors.Embedder, debate: Debate, settings: Settings) -> Near:
    """The pairs of these texts whose likeness reaches `same_concept`."""
    known = sorted(set(languages))
    if not texts:
        return _NOTHING
    middles = centres(known, debate, embed=embed, settings=settings)
    found = [_NOTHING]
    for block in vectors.blocks(texts, embed, settings.searched, most=settings.compared):
        some, of = ([each[at] for at in block.places.tolist()] for each in (texts, languages))
        found.append(_compared(some, of, block, embed, known, middles, settings).among(block.places))
        give_back()
    left, right, value = map(np.concatenate, zip(*found, strict=True))
    left, right = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((right, left))
    return Near(left[order], right[order], value[order])


def _compared(texts: Sequence[str], languages: Sequence[str], block: vectors.Block, embed: vectors.Embedder, known: Sequence[str],
              middles: NDArray[np.float32], settings: Settings) -> Near:
    """The block's pairs whose likeness reaches `same_concept`."""
    used, place = np.unique(np.concatenate([block.left, block.right]), return_inverse=True)
    if not len(used):
        return _NOTHING
    seen = see([texts[at] for at in used.tolist()], [languages[at] for at in used.tolist()],
               block.vectors if len(used) == len(texts) else block.vectors[used], embed=embed, middles=middles,
               middle=[known.index(languages[at]) for at in used.tolist()])
    one, other = np.split(place, 2)
    value = np.concatenate([_alike(seen, one[at:at + AT_ONCE], other[at:at + AT_ONCE], settings)
                            for at in range(0, len(one), AT_ONCE)])
    kept = value >= settings.same_concept
    return Near(block.left[kept], block.right[kept], value[kept])


_NOTHING = Near(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def _alike(seen: Seen, one: NDArray[np.int64], other: NDArray[np.int64], settings: Settings) -> NDArray[np.float32]:
    return likeness(signs(seen, one, other, floor=settings.same_concept, settings=settings), settings=settings)


def _groups(places: Sequence[int], points: Points, near: Near, settings: Settings) -> list[list[int]]:
    """Agglomerate the pairs from the likest down; a group takes another in if every pair across them may merge.

    Complete linkage keeps a chain of small steps from joining what differs at its ends.
    """
    group_of = {at: at for at in places}
    members = {at: [at] for at in places}
    apart_from: dict[int, set[int]] = defaultdict(set)  # groups that must not join; they grow, and it stays so
    same = np.flatnonzero(near.value >= settings.same_point)
    order = same[np.lexsort((near.right[same], near.left[same], -near.value[same]))]
    for i, j in _by_number(near.left[order], near.right[order]):
        one, other = sorted((group_of[i], group_of[j]))
        if one == other or other in apart_from[one]:
            continue
        mine, theirs = members[one], members[other]
        single = len(mine) == len(theirs) == 1
        if (single or near.have(mine, theirs)) and not any(apart(points[a], points[b]) for a in mine for b in theirs):
            for moved in members.pop(other):
                group_of[moved] = one
                mine.append(moved)
            for third in apart_from.pop(other, ()):
                apart_from[third].discard(other)
                apart_from[third].add(one)
                apart_from[one].add(third)
        else:
            apart_from[one].add(other)
            apart_from[other].add(one)
    return [sorted(group) for _, group in sorted(members.items())]


def _by_number(left: NDArray[np.int64], right: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """The pairs as numbers of Python's, which take ten times the room, some at a time."""
    for at in range(0, len(left), AT_ONCE):
        yield from zip(left[at:at + AT_ONCE].tolist(), right[at:at + AT_ONCE].tolist(), strict=True)


def _claim(statements: Sequence[Statement], texts: Sequence[str], languages: Sequence[str], repeating: Sequence[Statement],
           settings: Settings) -> Claim:
    clearest = min(range(len(texts)), key=lambda at: (_obscurity(statements[at], texts[at], languages[at], settings), at))
    made = [statement.id for statement in (*statements, *repeating)]
    return Claim(id=stable_id("c", min(made)), text=texts[clearest], language=languages[clearest], stance=_stance(statements), topic="",
                 concept="", polarity=1, statements=tuple(made))


def _stance(statements: Sequence[Statement]) -> Stance:
    """The side that a statement takes, or neutral; a claim never has statements of both."""
    return next((statement.stance for statement in statements if statement.stance != "neutral"), "neutral")


def _obscurity(statement: Statement, text: str, language: str, settings: Settings) -> tuple[int, int]:
    """Lower is clearer: one whole sentence of some length that does not point back at what stood before it."""
    words = vectors.tokens(text)
    fewest, most = settings.clear_words
    several = any(mark in text[:-1] for mark in (". ", "? ", "…"))
    # A fragment cannot stand for what others say in a whole sentence.
    return 2 * (not statement.clause) + _points_back(text, language) + several + (not fewest <= len(words) <= most), len(words)


def _concepts(claims: Sequence[Claim], groups: Sequence[Sequence[int]], points: Points, near: Near,
              settings: Settings) -> tuple[list[Claim], tuple[Concept, ...]]:
    """Join the claims on one point, the likest first, each with the sign of asserting or denying it.

    A concept takes another in if every pair of claims across them speaks to one point, and if their signs then agree with
    what the pair that joins them says.
    """
    bonds = dict(_bonds(groups, points, near))
    part_of = list(range(len(claims)))
    parts: dict[int, dict[int, int]] = {at: {at: 1} for at in range(len(claims))}
    for (one, other), (value, against) in sorted(bonds.items(), key=lambda entry: (-entry[1][0], entry[0])):
        mine, theirs = sorted((part_of[one], part_of[other]))
        # What agrees must be as like as what merges: only names, numbers or wording keep it from being one claim.
        if mine == theirs or (not against and value < settings.same_point):
            continue
        turn = parts[part_of[one]][one] * parts[part_of[other]][other] * (-1 if against else 1)
        if all(_fits(bonds.get((min(a, b), max(a, b))), sign * other_sign * turn)
               for a, sign in parts[mine].items() for b, other_sign in parts[theirs].items()):
            for moved, sign in parts.pop(theirs).items():
                parts[mine][moved] = sign * turn
                part_of[moved] = mine
    made, concepts = list(claims), list[Concept]()
    for signed in parts.values():
        least = min(signed, key=lambda at: claims[at].id)
        turn = signed[least]
        if len(set(signed.values())) > 1:
            # The claims that are worded as assertions are the positive ones, and the clearest of them names the concept.
            asserted = sum(sign * points[index].polarity for at, sign in signed.items() for index in groups[at])
            turn = turn if asserted == 0 else 1 if asserted > 0 else -1
        poles = sorted(signed, key=lambda at: (-signed[at] * turn, -len(claims[at].statements), claims[at].id))
        ids = tuple(claims[at].id for at in poles)
        concept = Concept(stable_id("k", *sorted(ids)), claims[poles[0]].text, ids)
        concepts.append(concept)
        for at in poles:
            made[at] = replace(claims[at], concept=concept.id, polarity=_SIGNS[signed[at] * turn])
    return made, tuple(sorted(concepts, key=lambda concept: concept.id))


def _bonds(groups: Sequence[Sequence[int]], points: Points, near: Near) -> Iterator[tuple[tuple[int, int], tuple[float, bool]]]:
    """For pairs of claims on one point, by number, how surely they are and whether one denies the other: their likest pair tells."""
    claim_of = np.zeros(len(points), dtype=np.int64)
    for at, group in enumerate(groups):
        claim_of[group] = at
    one, other = claim_of[near.left], claim_of[near.right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    between = np.flatnonzero(low != high)
    last = -1, -1
    for k in between[np.lexsort((-near.value[between], high[between], low[between]))].tolist():
        pair = int(low[k]), int(high[k])
        mine, theirs = points[near.left[k]], points[near.right[k]]
        if pair == last or details_differ(mine, theirs):
            continue
        against = opposed(mine, theirs)
        # Two claims for one side may be worded as yes and no ("it helps", "it does no harm"): they do not contradict each other.
        if not against or mine.stance != theirs.stance or mine.stance == "neutral":
            last = pair
            yield pair, (float(near.value[k]), against)


def _fits(bond: tuple[float, bool] | None, sign: int) -> bool:
    """Whether two claims that come to stand with this sign to each other speak to one point with it."""
    return bond is not None and bond[1] == (sign < 0)


_SIGNS: Mapping[int, Literal[1, -1]] = {1: 1, -1: -1}
