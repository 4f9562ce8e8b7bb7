"""Annotations by hand, or a map, in; out, what each says of an article in one form, so that they can be compared."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from argmap.errors import ArgmapError
from argmap.model import AUTHOR, Actor, Article, Attribution, DebateMap, Extraction, RelationKind, Span, Stance, Statement

__all__ = ["Annotated", "Proposition", "Reading", "Speaker", "align_words", "annotators", "fold", "from_map", "read_gold",
           "relations_within", "word_spans", "words_in"]

#: Letters and digits that stand together; all else never counts.
WORD = re.compile(r"\w+")
#: In annotations, the name of a speaker whom the article leaves unnamed holds this word: nobody can know who it is.
UNNAMED = "unnamed"
#: Characters, folded, of an article's beginning by which it is found where its id differs.
BEGINNING = 200


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who puts something forward: `name` and `names` are folded (`fold`)."""

    id: str
    name: str
    names: frozenset[str]
    person: bool = False


@dataclass(frozen=True, slots=True)
class Proposition:
    """A statement as the numbers of the article's words; `speakers` are empty where nobody can know them."""

    id: str
    words: frozenset[int]
    attributed: bool
    stance: Stance = "neutral"
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody, or argmap, reads in one article; `relations` are origin, target and kind."""

    propositions: tuple[Proposition, ...] = ()
    relations: frozenset[tuple[str, str, RelationKind]] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article's text with what an annotator marked in it.

    `extraction` holds the marked actors and statements without their stances and relations, so that argmap can add its own.
    """

    text: str
    reading: Reading
    extraction: Extraction


def fold(name: str) -> str:
    """A name's words in lower case: what names are compared in.

    >>> fold("l’OpenAI, Inc.")
    'l openai inc'
    """
    return " ".join(WORD.findall(name.casefold()))


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each word, in order."""
    return [match.span() for match in WORD.finditer(text)]


def annotators(gold: Path) -> tuple[Path, ...]:
    """The folders of a gold folder's annotators: ``A`` and ``B``, or the folder itself.

    Raises:
        ArgmapError: there are no annotations.
    """
    folders = tuple(folder for folder in (gold / "A", gold / "B") if folder.is_dir()) or (gold,)
    for folder in folders:
        if not any(folder.glob("*.json")):
            raise ArgmapError(f"{folder}: no annotations (ID.json) there")
    return folders


def read_gold(folder: Path, texts: Mapping[str, str], *, language: str | None = None) -> dict[str, Annotated]:
    """One annotator's articles by id.

    Args:
        folder: with ``ID.json``; the text is ``texts/ID.txt`` in it or beside it, or else the map's.
        texts: the map's texts by id.
        language: only articles in this language.

    Raises:
        ArgmapError: an annotation is malformed or marks what is not in the text.
    """
    found: dict[str, Annotated] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            if language not in (None, raw["lang"]):
                continue
            text = _text(path, texts)
            found[path.stem] = Annotated(text, _reading(raw, text), _extraction(raw, path.stem, text))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArgmapError(f"{path}: no annotation that argmap can read ({type(error).__name__}: {error})") from error
    if not found:
        raise ArgmapError(f"{folder}: no annotations of articles in language {language!r}")
    return found


def _text(path: Path, texts: Mapping[str, str]) -> str:
    for folder in (path.parent, path.parent.parent):
        beside = folder / "texts" / f"{path.stem}.txt"
        if beside.is_file():
            return beside.read_text(encoding="utf-8-sig")
    if path.stem not in texts:
        raise ArgmapError(f"{path}: article {path.stem!r} is not in the map, and there is no texts/{path.stem}.txt")
    return texts[path.stem]


def _reading(raw: Mapping[str, Any], text: str) -> Reading:
    spans = word_spans(text)
    speakers = {actor["id"]: Speaker(actor["id"], fold(actor["name"]), frozenset(map(fold, [actor["name"], *actor["aliases"]])),
                                     person=actor["kind"] == "person") for actor in raw["actors"]}
    known = {key: speaker for key, speaker in speakers.items() if not any(UNNAMED in name for name in speaker.names)}
    propositions = tuple(
        Proposition(one["id"], words_in(spans, [_locate(text, part) for part in one["content"]]), one["voice"] == "attributed",
                    one["stance"], (known[one["actor"]],) if one["actor"] in known else ())
        for one in raw["statements"])
    return Reading(propositions, frozenset((one["origin"], one["target"], one["kind"]) for one in raw["relations"]))


def _extraction(raw: Mapping[str, Any], name: str, text: str) -> Extraction:
    article = Article(name, text, title=raw.get("title", ""), language=raw["lang"])

    def span(part: Mapping[str, Any] | None) -> Span | None:
        return article.span(*_locate(text, part)) if part else None

    actors = tuple(Actor(f"{name}-{one['id']}", one["name"], one["kind"], one.get("affiliation"), tuple(one["aliases"]))
                   for one in raw["actors"])
    statements = [
        Statement(f"{name}-{one['id']}", name, one["voice"], one["type"],
                  tuple(article.span(*_locate(text, part)) for part in one["content"]),
                  source=span(one.get("source")), cue=span(one.get("cue")),
                  actors=(AUTHOR if one["voice"] == "author" else f"{name}-{one['actor']}",), relevance=1.0)
        for one in raw["statements"]]
    return Extraction(article, statements=tuple(sorted(statements, key=lambda one: one.content)), actors=actors)


def _locate(text: str, part: Mapping[str, Any]) -> tuple[int, int]:
    """Where the n-th occurrence of a marked text stands."""
    start = -1
    for _ in range(part.get("n", 1)):
        start = text.find(part["text"], start + 1)
        if start < 0:
            raise ValueError(f"not in the text: {part['text']!r}")
    return start, start + len(part["text"])


def words_in(spans: Iterable[tuple[int, int]], parts: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the words that the parts touch."""
    marked = list(parts)
    return frozenset(number for number, (start, end) in enumerate(spans) if any(start < stop and begin < end for begin, stop in marked))


def from_map(debate_map: DebateMap, texts: Mapping[str, str], *, attributions: bool = False) -> dict[str, Reading]:
    """What a map says of these articles; an article that it lacks is missing.

    Args:
        debate_map: the map.
        texts: the annotated texts by id.
        attributions: take its attributions for its statements; they have no stance and no relations.
    """
    names = {actor.id: Speaker(actor.id, fold(actor.name), frozenset(map(fold, [actor.name, *actor.aliases])), actor.kind == "person")
             for actor in debate_map.actors}
    items: dict[str, list[Statement | Attribution]] = defaultdict(list)
    for item in debate_map.attributions if attributions else debate_map.statements:
        items[item.article].append(item)
    relations = relations_within(debate_map) if not attributions else {}
    readings = {}
    for article in debate_map.articles:
        key = _counterpart(article, texts)
        if key is not None:
            spans, number = word_spans(article.text), align_words(article.text, texts[key])
            propositions = tuple(_proposition(item, spans, number, names) for item in items[article.id])
            readings[key] = Reading(tuple(one for one in propositions if one.words), relations.get(article.id, frozenset()))
    return readings


def relations_within(debate_map: DebateMap) -> dict[str, frozenset[tuple[str, str, RelationKind]]]:
    """By article, the relations between its statements, as origin, target and kind."""
    found: dict[str, set[tuple[str, str, RelationKind]]] = defaultdict(set)
    article_of = {statement.id: statement.article for statement in debate_map.statements}
    for relation in debate_map.relations:
        for evidence in relation.evidence:
            origin, target = evidence.origin_statement, evidence.target_statement
            if article_of[origin] == article_of[target]:
                found[article_of[origin]].add((origin, target, relation.kind))
    return {article: frozenset(relations) for article, relations in found.items()}


def _counterpart(article: Article, texts: Mapping[str, str]) -> str | None:
    """The id under which an article of the map is annotated."""
    if article.id in texts:
        return article.id
    whole = fold(article.text)
    return next((key for key, text in texts.items() if fold(text)[:BEGINNING] and fold(text)[:BEGINNING] in whole), None)


def align_words(mine: str, theirs: str) -> Mapping[int, int]:
    """For each word of one text, its number in another version of it; words that only the one has are missing."""
    if mine == theirs:
        return {number: number for number in range(len(word_spans(mine)))}
    one, other = ([word.casefold() for word in WORD.findall(text)] for text in (mine, theirs))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _proposition(item: Statement | Attribution, spans: list[tuple[int, int]], number: Mapping[int, int],
                 names: Mapping[str, Speaker]) -> Proposition:
    words = words_in(spans, [(span.start, span.end) for span in item.content])
    attributed = item.voice == "attributed" if isinstance(item, Statement) else True
    stance = item.stance if isinstance(item, Statement) else "neutral"
    return Proposition(item.id, frozenset(number[word] for word in words if word in number), attributed, stance,
                       tuple(names[actor] for actor in item.actors if actor in names))
