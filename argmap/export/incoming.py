"""What a foreign file says comes in, the parts of a valid `DebateMap` go out: shared by the importers.

Foreign formats name statements, claims and speakers, but seldom keep the articles: then an article is laid out from the
words of its statements, so that every span holds its text as everywhere in argmap.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from argmap.errors import FormatError
from argmap.model import (
    AUTHOR,
    Actor,
    ActorKind,
    Article,
    Claim,
    Concept,
    Debate,
    DebateMap,
    Evidence,
    Motion,
    Relation,
    RelationKind,
    Side,
    Skipped,
    Span,
    Stance,
    Statement,
    stable_id,
    unique,
)

__all__ = [
    "OPPOSITE", "Actors", "article_of", "claim_of", "csv_rows", "day", "debate_of", "derived_stances", "finish", "json_object", "place",
    "read", "relations_of", "root_of", "sides_of", "statement_of",
]

#: The language of a motion when the file does not name one: the label is needed, the language is not known.
UNKNOWN_LANGUAGE = "en"
#: A statement is placed at the offsets that a file gives if the text up to there has at most so many characters: an article
#: has thousands, and a wrong number must not fill the memory.
LONGEST_ARTICLE = 5_000_000
#: A cell holds an article's text, which may be long; Python's own limit is 131,072 characters.
LONGEST_CELL = 10_000_000
#: What parts the cells of a table; the first, where none of them is in the line of column names.
SEPARATORS = ",;\t"
OPPOSITE: Mapping[Stance, Stance] = {"for": "against", "against": "for", "neutral": "neutral"}


def read(path: Path) -> str:
    """The text of a file, without a byte order mark.

    Raises:
        FormatError: it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: not UTF-8 (byte {error.start}): save it in that encoding") from error
    except OSError as error:
        raise FormatError(f"{path}: cannot be read ({error.strerror})") from error


def csv_rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the number of their last line; empty ones are passed over.

    The separator is what is most frequent in the first line of ``,``, ``;`` and the tab.

    Raises:
        FormatError: a quotation mark is not closed, or the like.
    """
    first = text.partition("\n")[0]
    previous = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count), strict=True)
        rows = [(reader.line_num, row) for row in reader if any(row)]
    except csv.Error as error:
        raise FormatError(f"{path}: not CSV ({error}): save the table as CSV in UTF-8") from error
    finally:
        csv.field_size_limit(previous)
    yield from rows


def json_object(path: Path) -> dict[str, Any]:
    """The object of a JSON file.

    Raises:
        FormatError: it cannot be read, is no JSON, or holds something else.
    """
    try:
        found = json.loads(read(path))
    except json.JSONDecodeError as error:
        raise FormatError(f"{path}: not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of too many digits
        raise FormatError(f"{path}: not JSON that argmap can read: {type(error).__name__}: export it again") from error
    if not isinstance(found, dict):
        raise FormatError(f"{path}: the JSON holds no object: is it of the format that you named?")
    return found


def article_of(name: str, texts: Sequence[str], **about: str) -> tuple[Article, tuple[Span, ...]]:
    """An article whose text is these texts, a paragraph each, and the span of each.

    >>> article_of("a", ["One.", "Two."])[1]
    (Span(start=0, end=4, text='One.'), Span(start=6, end=10, text='Two.'))
    """
    spans, at = [], 0
    for text in texts:
        spans.append(Span(at, at + len(text), text))
        at += len(text) + len("\n\n")
    return Article(name, "\n\n".join(texts), **about), tuple(spans)


def place(name: str, placed: Sequence[tuple[int, str]], **about: str) -> tuple[Article, tuple[Span, ...]]:
    """An article with each text at its offset, counted in UTF-16 as Java does, and blanks where the file says nothing.

    Where the texts contradict each other (they overlap and differ, or an offset is out of all proportion), they are laid
    out one after the other instead.

    Args:
        name: the article's id.
        placed: the offset and the words of each statement.
        about: the article's other fields.

    >>> article, spans = place("a", [(7, "yes"), (0, "He said")])
    >>> article.text, spans[0]
    ('He saidyes', Span(start=7, end=10, text='yes'))
    """
    coded = [(start * 2, text.encode("utf-16-le", "surrogatepass")) for start, text in placed]
    end = max((at + len(raw) for at, raw in coded), default=0)
    if any(at < 0 for at, _ in coded) or end > LONGEST_ARTICLE * 2:
        return article_of(name, [text for _, text in placed], **about)
    whole = bytearray(" ".encode("utf-16-le") * (end // 2))
    for at, raw in coded:
        whole[at:at + len(raw)] = raw
    text = whole.decode("utf-16-le", "surrogatepass")
    spans = []
    for at, raw in coded:
        start = len(whole[:at].decode("utf-16-le", "surrogatepass"))
        words = raw.decode("utf-16-le", "surrogatepass")
        spans.append(Span(start, start + len(words), words))
    if any(text[span.start:span.end] != span.text for span in spans):
        return article_of(name, [text for _, text in placed], **about)
    return Article(name, text, **about), tuple(spans)


def debate_of(name: str, motion: str = "", language: str = UNKNOWN_LANGUAGE) -> Debate:
    """The least debate that a map can have: a motion and two sides, named by their stances."""
    stances: tuple[Stance, ...] = ("for", "against")
    sides = tuple(Side(stance, {language: stance}, {}, {}) for stance in stances)
    return Debate(name, Motion({language: motion or name}), sides)


class Actors:
    """The actors of a file, one entry each under its name; made as they are met."""

    def __init__(self) -> None:
        self._by_name: dict[str, Actor] = {}

    def add(self, name: str, kind: ActorKind, affiliation: str | None = None, aliases: Iterable[str] = ()) -> str:
        """The id of the actor of this name; what was not known of it before is taken over."""
        known = self._by_name.get(name) or Actor(stable_id("a", name), name, kind)
        self._by_name[name] = replace(known, affiliation=known.affiliation or affiliation or None,
                                      aliases=unique((*known.aliases, *aliases)))
        return known.id

    def all(self) -> tuple[Actor, ...]:
        """All, sorted by id."""
        return tuple(sorted(self._by_name.values(), key=lambda actor: actor.id))


def statement_of(name: str, article: str, span: Span, claim: str, *, actors: Sequence[str] = (), own: bool = False,
                 stance: Stance = "neutral") -> Statement:
    """A statement of a file that tells no more than who said it: `own` says that it is the article's own voice."""
    if own:
        return Statement(name, article, "author", "author", (span,), actors=(AUTHOR,), claim=claim, stance=stance, relevance=1.0)
    return Statement(name, article, "attributed", "indirect", (span,), actors=tuple(actors), claim=claim, stance=stance, relevance=1.0)


def claim_of(name: str, text: str, statements: Iterable[str], *, stance: Stance = "neutral", concept: str = "", agrees: bool = True,
             topic: str = "", language: str = "") -> Claim:
    """A claim; where the file knows no concepts, it is the only one of its own."""
    return Claim(name, text, language, stance, topic, concept or stable_id("k", name), 1 if agrees else -1, tuple(statements))


def finish(debate: Debate, articles: Iterable[Article], actors: Actors, statements: Iterable[Statement], claims: Iterable[Claim],
           relations: Iterable[Relation] = (), *, concepts: Mapping[str, str] | None = None, skipped: Iterable[Skipped] = ()) -> DebateMap:
    """The map of these parts, its statements on the side of their claims, its concepts made from the claims.

    Args:
        concepts: the text of each concept that has one; others have that of their first claim.
        skipped: what could not be used.
    """
    claims = tuple(claims)
    members: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        members[claim.concept].append(claim)
    stances = {claim.id: claim.stance for claim in claims}
    made = tuple(Concept(name, (concepts or {}).get(name) or group[0].text, tuple(claim.id for claim in group))
                 for name, group in members.items())
    return DebateMap(debate, tuple(articles), actors.all(),
                     statements=tuple(replace(statement, stance=stances[statement.claim]) for statement in statements),
                     claims=claims, concepts=made, relations=tuple(relations), skipped=tuple(skipped))


def day(text: str) -> str:
    """The day that a date or a point in time begins with, or nothing.

    >>> day("2025-03-04 10:00:00"), day("March")
    ('2025-03-04', '')
    """
    try:
        return datetime.date.fromisoformat(text[:len("2025-03-04")]).isoformat()
    except ValueError:
        return ""


def sides_of(edges: Iterable[tuple[str, str]]) -> dict[str, Stance]:
    """The side of each claim that supports or attacks the motion; of one that does both, neutral.

    >>> sides_of([("a", "support"), ("b", "attack"), ("b", "support")])
    {'a': 'for', 'b': 'neutral'}
    """
    found: dict[str, Stance] = {}
    for origin, kind in edges:
        side: Stance = "for" if kind == "support" else "against"
        found[origin] = side if found.get(origin, side) == side else "neutral"
    return found


def root_of(claims: Iterable[str], edges: Iterable[tuple[str, str, str]]) -> str | None:
    """The one claim that others lead to and that leads nowhere, if there is exactly one."""
    edges = list(edges)
    origins, targets = {origin for origin, _, _ in edges}, {target for _, target, _ in edges}
    found = [claim for claim in claims if claim in targets - origins]
    return found[0] if len(found) == 1 else None


def relations_of(edges: Iterable[tuple[str, str, RelationKind, Iterable[tuple[str, str]]]], statements: Mapping[str, Statement],
                 members: Mapping[str, Sequence[str]], rule: str) -> list[Relation]:
    """The relations between claims, one for each origin, target and kind.

    Args:
        edges: origin, target, kind, and the pairs of statements that it was read from as far as the file knows them.
        statements: by id.
        members: the statements of each claim, at least one; the first stand in where the file names no pair.
        rule: what the relations' rule is called.
    """
    found: dict[tuple[str, str, RelationKind], dict[Evidence, None]] = {}
    for origin, target, kind, pairs in edges:
        evidence = found.setdefault((origin, target, kind), {})
        for one, other in pairs:
            if one in members[origin] and other in members[target]:
                evidence[Evidence(statements[one].article, one, other)] = None
    return [Relation(origin, target, kind, rule, 1.0, tuple(evidence) or (
        Evidence(statements[members[origin][0]].article, members[origin][0], members[target][0]),))
        for (origin, target, kind), evidence in found.items()]


def derived_stances(root: str, edges: Iterable[tuple[str, str, str]]) -> dict[str, Stance]:
    """The side of each claim that leads to the root: what supports the root is for it, what attacks a supporter against, and so on.

    The shortest way decides; a claim with ways of one length and different sides is neutral.

    Args:
        root: the claim that is the motion.
        edges: origin, target and kind (support or attack) of each relation.

    >>> derived_stances("m", [("a", "m", "support"), ("b", "a", "attack")])
    {'a': 'for', 'b': 'against'}
    """
    onto: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for origin, target, kind in edges:
        onto[target].append((origin, kind))
    sides: dict[str, set[Stance]] = {root: {"for"}}
    depth, queue = {root: 0}, deque([root])
    while queue:
        target = queue.popleft()
        for origin, kind in onto[target]:
            if depth.setdefault(origin, depth[target] + 1) <= depth[target]:
                continue
            if origin not in sides:
                sides[origin] = set()
                queue.append(origin)
            sides[origin] |= sides[target] if kind == "support" else {OPPOSITE[side] for side in sides[target]}
    return {name: next(iter(found)) if len(found) == 1 else "neutral" for name, found in sides.items() if name != root}
