"""Statements in; out, the claims that they make, merged across articles and languages, and the concepts behind the claims.

Two statements make one claim if sentence vectors and words say that they make the same point, and nothing tells them
apart: neither polarity ("helps", "does not help"), nor stance, nor numbers, nor names. Those that make the same point
with the other polarity are two claims of one concept, as in the discourse network analysis of Leifeld (2016).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from argmap import lexicon as lexicons
from argmap import polarity, vectors
from argmap.model import Article, Claim, Concept, Debate, KnownActor, Stance, Statement, stable_id
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Merged", "Point", "likeness", "merge", "names", "numbers", "opposed", "plain", "point"]

_OUTER = " \t\n\r,;:–—-…\"'«»“”„‘’‹›()[]"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![\w-])[^\W\d_a-zà-öø-ÿ][\w&-]*(?:[.][^\W\d_])*")


class Merged(NamedTuple):
    """Claims and concepts in order of their ids, and the statements with their claim's id."""

    claims: tuple[Claim, ...]
    concepts: tuple[Concept, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What tells a statement apart from others on the same subject."""

    language: str
    polarity: int
    stance: Stance
    numbers: frozenset[str]
    names: frozenset[str]


def merge(statements: Iterable[Statement], articles: Iterable[Article], debate: Debate, *, embed: vectors.Embedder | None = None,
          settings: Settings = DEFAULTS) -> Merged:
    """Find the distinct claims among statements.

    Args:
        statements: with their stance (`argmap.stance.judge`).
        articles: those that the statements stand in.
        debate: its terms tell whose cause a statement names; its actors, what names belong together.
        embed: sentence vectors; the shipped ones unless given.
        settings: `same_point`, `same_concept`, `word_gain`, `word_par`, `compared`, `clear_words`.

    Returns:
        Claims without topic (`argmap.topics.assign`), concepts, and the statements in their order with their `claim`.
    """
    known = tuple(statements)
    by_id = {article.id: article for article in articles}
    embedder = embed or vectors.sentence_embedder()
    order = sorted(range(len(known)), key=lambda index: (known[index].article, known[index].content[0], known[index].id))
    texts = [plain(known[index].text, by_id[known[index].article].language) for index in order]
    languages = [by_id[known[index].article].language for index in order]
    points = [point(text, language, known[index].stance, debate) for index, text, language in zip(order, texts, languages, strict=True)]
    near = _near(texts, languages, embedder, settings)
    groups = _groups(points, near, settings)
    claims = [_claim([known[order[i]] for i in group], [texts[i] for i in group], [languages[i] for i in group], settings)
              for group in groups]
    made, concepts = _concepts(claims, groups, points, near, settings)
    owner = {statement: claim.id for claim in made for statement in claim.statements}
    return Merged(tuple(sorted(made, key=lambda claim: claim.id)), concepts,
                  tuple(replace(statement, claim=owner[statement.id]) for statement in known))


def point(text: str, language: str, stance: Stance, debate: Debate | None = None) -> Point:
    """What tells a text apart from others on the same subject."""
    sign = polarity.polarity(text, polarity.vocabulary(language, debate))
    return Point(language, sign, stance, numbers(text), names(text, language, debate))


def opposed(one: Point, other: Point) -> bool:
    """Whether two points on one subject contradict each other: by polarity, or else by the side that they speak for."""
    if one.polarity and other.polarity:
        return one.polarity != other.polarity
    return {one.stance, other.stance} == {"for", "against"}


def _apart(one: Point, other: Point) -> bool:
    """Whether two points must not become one claim although they sound alike."""
    if opposed(one, other) or {one.stance, other.stance} == {"for", "against"}:
        return True
    return _details_differ(one, other)


def _details_differ(one: Point, other: Point) -> bool:
    return _differ(one.numbers, other.numbers) or _differ(one.names, other.names)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has something that the other lacks: "70 billion" and "7 billion", not "70 billion" and nothing."""
    return bool(one - other) and bool(other - one)


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text, without the marks that languages group digits with.

    >>> sorted(numbers("24,000 accounts, 1.5 million"))
    ['15', '24000']
    """
    return frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(text))


def names(text: str, language: str, debate: Debate | None = None) -> frozenset[str]:
    """The names of a text: ids of the debate's known actors, and other capitalised words that no dictionary has.

    Common words in capitals ("China", "Cina") differ between languages, so they tell nothing apart.
    """
    found = set[str]()
    forms = _known_names(debate.actors) if debate else {}
    for match in _NAME.finditer(text):
        word = match[0]
        folded = vectors.fold(word)
        if folded in forms:
            found.add(forms[folded])
        elif len(word) > 1 and not _common(folded, language):
            found.add(folded)
    return frozenset(found)


@lru_cache(maxsize=8)
def _known_names(actors: tuple[KnownActor, ...]) -> Mapping[str, str]:
    return {vectors.fold(name): actor.id for actor in actors for name in (actor.name, *actor.aliases) if " " not in name}


@lru_cache(maxsize=1 << 16)
def _common(word: str, language: str) -> bool:
    import simplemma
    try:
        return bool(simplemma.is_known(word, lang=(language, "en")))
    except ValueError:
        return False


def plain(text: str, language: str) -> str:
    """A statement as a claim's text: without outer quotation marks and leading connectives, with a capital, without a stop.

    >>> plain("« ma i modelli aperti aiutano la ricerca. »", "it")
    'I modelli aperti aiutano la ricerca'
    """
    shorter = " ".join(text.split()).strip(_OUTER).rstrip(".")
    while (rest := _without_opening(shorter, language)) != shorter:
        shorter = rest
    shorter = _balanced(shorter)
    return shorter[:1].upper() + shorter[1:]


def _balanced(text: str) -> str:
    """The text with the closing mark that stripping has taken: "an invitation (to cheat" reads on."""
    for left, right in (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]")):
        if text.count(left) > text.count(right):
            text += right
        elif text.count(right) > text.count(left):
            text = left + text
    return text + '"' if text.count('"') % 2 else text


def _without_opening(text: str, language: str) -> str:
    low = vectors.fold(text)
    for opening, comma in _openings(language):
        rest = text[len(opening):]
        if low.startswith(opening) and rest[:1] in ((",",) if comma else (",", " ")):
            rest = rest.strip(_OUTER)
            # "After all this" is better left whole.
            return rest if len(rest.split()) > len(opening.split()) + 1 else text
    return text


@lru_cache(maxsize=32)
def _openings(language: str) -> tuple[tuple[str, bool], ...]:
    if language not in lexicons.languages():
        return ()
    words = lexicons.load(language)
    found = [(vectors.fold(word), False) for word in words.sequence("claims.openings")]
    found += [(vectors.fold(word), True) for word in words.sequence("claims.openings_with_comma")]
    return tuple(sorted(found, key=lambda entry: (-len(entry[0]), entry)))


def likeness(cosines: NDArray[np.float32], words: NDArray[np.float32], same_language: NDArray[np.bool_], *,
             settings: Settings = DEFAULTS) -> NDArray[np.float32]:
    """How surely texts make the same point: the cosine of their sentence vectors, helped within a language by that of their words."""
    return np.where(same_language, cosines + settings.word_gain * (words - settings.word_par), cosines).astype(np.float32)


def _near(texts: Sequence[str], languages: Sequence[str], embed: vectors.Embedder, settings: Settings) -> dict[tuple[int, int], float]:
    """The likeness of each pair that is near enough to be one point or one concept."""
    if len(texts) < 2:
        return {}
    made = embed(texts)
    # Words can lift a pair, so the search by sentence vectors starts lower.
    left, right = vectors.neighbours(made, settings.same_concept - settings.word_gain * settings.word_par, most=settings.compared)
    if not len(left):
        return {}
    words = vectors.lexical(texts, languages)
    codes = np.array([sorted(set(languages)).index(language) for language in languages])
    alike = likeness(np.einsum("ij,ij->i", made[left], made[right]), vectors.row_dots(words[left], words[right]),
                     codes[left] == codes[right], settings=settings)
    return {(int(i), int(j)): float(value) for i, j, value in zip(left, right, alike, strict=True) if value >= settings.same_concept}


def _groups(points: Sequence[Point], near: Mapping[tuple[int, int], float], settings: Settings) -> list[list[int]]:
    """Agglomerate the pairs from the likest down; a group takes another in if every pair across them may merge.

    Complete linkage keeps a chain of small steps from joining what differs at its ends.
    """
    group_of = list(range(len(points)))
    members: dict[int, list[int]] = {index: [index] for index in range(len(points))}
    for (i, j), value in sorted(near.items(), key=lambda entry: (-entry[1], entry[0])):
        one, other = group_of[i], group_of[j]
        if value < settings.same_point or one == other:
            continue
        across = [(min(a, b), max(a, b)) for a in members[one] for b in members[other]]
        if all(near.get(pair, 0.0) >= settings.same_concept and not _apart(points[pair[0]], points[pair[1]]) for pair in across):
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
        if one != other and opposed(points[i], points[j]) and not _details_differ(points[i], points[j]):
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
