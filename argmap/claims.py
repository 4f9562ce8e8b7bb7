"""Statements in; out, the claims that they make, merged across articles and languages, and the concepts behind the claims.

Two statements make one claim if they surely speak to one point (`argmap.likeness`), and nothing tells them apart: neither
polarity ("helps", "does not help"), nor stance, nor numbers, nor names. Claims that speak to one point share a concept,
whether they assert or deny it, as in the discourse network analysis of Leifeld (2016): there, actors agree or disagree on it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from argmap import lexicon as lexicons
from argmap import vectors
from argmap.columns import each, grouped, hold, sequence, take
from argmap.concepts import concepts
from argmap.model import Actor, Article, Claim, Concept, Debate, Stance, Statement, stable_id
from argmap.near import AT_ONCE, Near, near_pairs
from argmap.points import Points, apart, plain
from argmap.relate.view import sentence
from argmap.repeats import repeats
from argmap.settings import DEFAULTS, Settings
from argmap.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Merged", "merge", "wording"]

T = TypeVar("T")


class Merged(NamedTuple):
    """Claims and concepts in order of their ids, and the statements with their claim's id."""

    claims: Sequence[Claim]
    concepts: Sequence[Concept]
    statements: Sequence[Statement]


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
    known = sequence(statements)
    by_id = {article.id: article for article in articles}
    embedder = embed or vectors.sentence_embedder()
    order = _in_order(known)
    ordered = take(known, order)
    languages = [by_id[article].language for article in each(ordered, "article")]
    names = {actor.id: actor.name for actor in actors}
    texts = Texts(plain(wording(statement, by_id[statement.article], names), language)
                  for statement, language in zip(ordered, languages, strict=True))
    stances: list[Stance] = [_STANCES[stance] for stance in each(ordered, "stance")]
    points = Points(texts, languages, stances, debate)
    again = repeats(ordered, by_id, points, settings=settings)
    # One wording on one side is one claim, however many have it: it is compared once.
    wordings: dict[tuple[str, str, Stance], int] = {}
    more: dict[int, list[int]] = {}
    for at in range(len(ordered)):
        if at not in again:
            one = wordings.setdefault((texts[at], languages[at], stances[at]), at)
            if one != at:
                more.setdefault(one, []).append(at)
    places = list(wordings.values())
    del wordings
    near = near_pairs([texts[at] for at in places], [languages[at] for at in places], embedder, debate, settings)
    near = near.among(np.array(places, dtype=np.int64))
    groups = [sorted(at for one in group for at in (one, *more.get(one, ()))) for group in _groups(places, points, near, settings)]
    del more
    said_again: dict[int, list[int]] = {}
    for at, one in again.items():
        said_again.setdefault(one, []).append(at)
    made = hold(Claim, (_claim([ordered[at] for at in group], [texts[at] for at in group], [languages[at] for at in group],
                               [ordered[at] for one in group for at in said_again.get(one, ())], settings) for group in groups))
    claims, shared = concepts(made, groups, points, near, settings)
    del near, texts, points
    ids = list(each(claims, "id"))
    owner, place_of = array("q", order), array("q", order)
    for number, group in enumerate(groups):
        for one in group:
            for at in (one, *said_again.get(one, ())):
                owner[at] = number
    for at, place in enumerate(order):
        place_of[place] = at

    def marked() -> Iterator[Statement]:
        for statement, at in zip(known, place_of, strict=True):
            first = again.get(at)
            repeating = statement if first is None else replace(statement, repeats=ordered[first].id, stance=stances[first])
            yield replace(repeating, claim=ids[owner[at]])

    return Merged(_by_id(claims), _by_id(shared), hold(Statement, marked(), {article.id: article.text for article in by_id.values()}))


#: One object for each stance, however often it comes.
_STANCES: Mapping[str, Stance] = {"for": "for", "against": "against", "neutral": "neutral"}


def _in_order(statements: Sequence[Statement]) -> list[int]:
    """The places of statements by article and place in it."""
    found: list[int] = []
    for _, group in sorted(grouped(statements).items()):
        placed = {at: (one.content[0], one.id) for at, one in zip(group, take(statements, group), strict=True)}
        found += sorted(group, key=placed.__getitem__)
    return found


def _by_id(items: Sequence[T]) -> Sequence[T]:
    ids = list(each(items, "id"))
    return take(items, sorted(range(len(ids)), key=ids.__getitem__))


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


def _groups(places: Sequence[int], points: Points, near: Near, settings: Settings) -> list[list[int]]:
    """Agglomerate the pairs from the likest down; a group takes another in if every pair across them may merge.

    Complete linkage keeps a chain of small steps from joining what differs at its ends.
    """
    group_of = array("q", range(len(points)))
    members: dict[int, list[int]] = {}  # of groups of several
    apart_from: dict[int, set[int]] = {}  # groups that must not join; they grow, and it stays so
    same = np.flatnonzero(near.value >= settings.same_point)
    order = same[np.lexsort((near.right[same], near.left[same], -near.value[same]))]
    for i, j in _by_number(near.left[order], near.right[order]):
        one, other = sorted((group_of[i], group_of[j]))
        if one == other or other in apart_from.get(one, ()):
            continue
        mine, theirs = members.get(one, [one]), members.get(other, [other])
        single = len(mine) == len(theirs) == 1
        if (single or near.have(mine, theirs)) and not any(apart(points[a], points[b]) for a in mine for b in theirs):
            members[one] = mine + theirs
            members.pop(other, None)
            for moved in theirs:
                group_of[moved] = one
            for third in apart_from.pop(other, ()):
                apart_from[third].discard(other)
                apart_from[third].add(one)
                apart_from.setdefault(one, set()).add(third)
        else:
            apart_from.setdefault(one, set()).add(other)
            apart_from.setdefault(other, set()).add(one)
    # A group has the number of its first.
    return [sorted(members.get(at, [at])) for at in sorted(places) if group_of[at] == at]


def _by_number(left: NDArray[np.int32], right: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
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
