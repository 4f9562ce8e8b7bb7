"""A statement's text in; out, the text of a claim, and what tells its point apart from others on the same subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from argmap import lexicon as lexicons
from argmap import polarity, vectors
from argmap.model import Debate, KnownActor, Stance

__all__ = ["Point", "apart", "details_differ", "names", "numbers", "opposed", "plain", "point"]

_OUTER = " \t\n\r,;:–—-…\"'«»“”„‘’‹›()[]"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![\w-])[^\W\d_a-zà-öø-ÿ][\w&-]*(?:[.][^\W\d_])*")


@dataclass(frozen=True, slots=True)
class Point:
    """What tells a statement apart from others on the same subject."""

    language: str
    polarity: int
    stance: Stance
    numbers: frozenset[str]
    names: frozenset[str]
    capitals: frozenset[str]
    negations: int


def point(text: str, language: str, stance: Stance, debate: Debate | None = None) -> Point:
    """What tells a text apart from others on the same subject."""
    sign = polarity.polarity(text, polarity.vocabulary(language, debate))
    inside = [match[0] for match in _NAME.finditer(text) if match.start()]
    capitals = frozenset(vectors.lemma(vectors.fold(word), language) for word in inside)
    known = language in lexicons.languages()
    denying = lexicons.load(language).words("negation.words") if known else frozenset[str]()
    negations = sum(word in denying for word in polarity.words(text))
    return Point(language, sign, stance, numbers(text), names(text, language, debate), capitals, negations)


def opposed(one: Point, other: Point) -> bool:
    """Whether two points on one subject contradict each other: by polarity, or by the side that they speak for."""
    # A text without any mark asserts: "it can be controlled" against "it cannot be controlled".
    if (one.polarity or 1) != (other.polarity or 1):
        return True
    return {one.stance, other.stance} == {"for", "against"}


def apart(one: Point, other: Point) -> bool:
    """Whether two points must not become one claim although they sound alike."""
    # Longer texts hold more marks than polarity adds up rightly: within a language a "not" more or less is enough to keep them apart.
    odd = one.language == other.language and (one.negations - other.negations) % 2 == 1
    return odd or opposed(one, other) or details_differ(one, other)


def details_differ(one: Point, other: Point) -> bool:
    """Whether two points differ in numbers or names, so that neither agrees with the other nor denies it."""
    # Within a language "American" and "Chinese" tell two points apart; across languages common words differ anyway.
    return (_differ(one.numbers, other.numbers) or _differ(one.names, other.names)
            or (one.language == other.language and _differ(one.capitals, other.capitals)))


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
