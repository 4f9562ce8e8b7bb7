"""A `DebateMap` and its layout come in, the page's data goes out: plain values for JSON, which know nothing of how they are drawn.

Each article's excerpt, the paragraphs around its statements, is stored once; statements, sources, cues and signal words are
places in it. JavaScript counts UTF-16 code units where Python counts characters, so places are converted here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, asdict, fields
from operator import itemgetter
from typing import Any, overload

from argmap.analyse.coalitions import coalitions
from argmap.columns import each, grouped, take
from argmap.graph import author_id, author_name, voices
from argmap.model import Article, Claim, DebateMap, Relation
from argmap.render.layout import GEOMETRY, Layout, Row
from argmap.settings import DEFAULTS, Settings

__all__ = ["Excerpt", "Records", "excerpts", "payload", "units"]

#: A piece of an article in the page: [number of the piece, first, last + 1], in UTF-16 code units of the piece.
Place = list[int]

PARAGRAPH_END = re.compile(r"\n+")


def units(text: str) -> int:
    """The length of a text in UTF-16 code units.

    >>> units("a\\N{GRINNING FACE}")
    3
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Excerpt:
    """The pieces of an article that the page shows, as [start, end] in characters, and the way from a span to its place there."""

    def __init__(self, article: Article, bounds: Iterable[tuple[int, int]]) -> None:
        self.article = article
        self.bounds = tuple(bounds)
        self._starts = [start for start, _ in self.bounds]
        #: Whether every character is one unit, as nearly everywhere.
        self._plain = units(article.text) == len(article.text)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text of each piece."""
        return tuple(self.article.text[start:end] for start, end in self.bounds)

    def place(self, start: int, end: int) -> Place:
        """Where a span stands, given in characters of the article; it always lies within one piece."""
        piece = bisect_right(self._starts, start) - 1
        first = self._starts[piece]
        if self._plain:
            return [piece, start - first, end - first]
        before = units(self.article.text[first:start])
        return [piece, before, before + units(self.article.text[start:end])]

    def cut(self) -> list[bool]:
        """For each piece whether it begins or ends in the middle of a paragraph, as [begins, ends] flattened."""
        text = self.article.text
        flags = []
        for start, end in self.bounds:
            flags += [start > 0 and text[start - 1] != "\n", end < len(text) and text[end] != "\n"]
        return flags


def excerpts(map: DebateMap, *, full_text: bool = False, context: int = DEFAULTS.excerpt_context) -> dict[str, Excerpt]:
    """The excerpt of each article: the paragraphs that hold statements or what evidence points to.

    Args:
        map: any map.
        full_text: take whole articles.
        context: characters; of a longer paragraph only so much is kept on each side of what it holds, up to a space.

    Returns:
        An excerpt by article id; an article without statements has an empty one.
    """
    spans: dict[str, list[tuple[int, int]]] = {article.id: [] for article in map.articles}
    for article, content, source, cue in each(map.statements, "article", "content", "source", "cue"):
        spans[article] += [(span[0], span[1]) for span in (*content, source, cue) if span]
    for relation in map.relations:
        for evidence in relation.evidence:
            if evidence.signal:
                spans[evidence.article].append((evidence.signal.start, evidence.signal.end))
    return {article.id: Excerpt(article, [(0, len(article.text))] if full_text else _bounds(article.text, spans[article.id], context))
            for article in map.articles}


def _bounds(text: str, spans: list[tuple[int, int]], context: int) -> list[tuple[int, int]]:
    ends = [0, *(match.end() for match in PARAGRAPH_END.finditer(text)), len(text)]
    merged: list[tuple[int, int]] = []
    for begins, closes in sorted(spans):
        first = ends[bisect_right(ends, begins) - 1]
        last = ends[min(bisect_right(ends, max(begins, closes - 1)), len(ends) - 1)]
        start = first if begins - first <= context else _space(text, begins - context, first, -1)
        end = last if last - closes <= context else _space(text, closes + context, last, 1)
        if merged and (start < merged[-1][1] or start == merged[-1][1] and start not in ends):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    last_held = {bisect_right(merged, (begins, len(text) + 1)) - 1: closes for begins, closes in sorted(spans, key=itemgetter(1))}
    return [(start, max(last_held[i], start + len(text[start:end].rstrip("\n")))) for i, (start, end) in enumerate(merged)]


def _space(text: str, at: int, limit: int, step: int) -> int:
    """The nearest place from `at` towards `limit` where no word is cut; `at` itself when a word is endless."""
    for place in range(at, limit, step):
        if abs(place - at) > LONGEST_WORD:
            return at
        if text[place - 1].isspace() and not text[place].isspace() if step < 0 else text[place].isspace():
            return place
    return limit


#: Characters; no word of prose is longer.
LONGEST_WORD = 40


def payload(map: DebateMap, layout: Layout, *, whole: DebateMap | None = None, settings: Settings = DEFAULTS, full_text: bool = False,
            contact: str = "", date: str = "") -> dict[str, Any]:
    """Everything that the page shows, ready for `json.dumps`.

    Args:
        map: the map.
        layout: of the same map.
        whole: the map of which this is a part, for the numbers of articles and claims and for coalitions.
        settings: `relevance`, `low_confidence`, `excerpt_context` and those of coalitions are used.
        full_text: give whole articles instead of excerpts.
        contact: an address for corrections.
        date: when the map was made, ISO 8601; left out by default, so that the same map gives the same page.

    Returns:
        A dictionary of lists and dictionaries; confidence and relevance are rounded to two decimals. In a large map claims,
        statements and relations are `Records` instead of lists.
    """
    whole = whole or map
    allied = _coalitions(whole, settings)  # first: what it takes for a moment makes room for what is kept
    articles = {article.id: article for article in map.articles}
    parts = excerpts(map, full_text=full_text, context=settings.excerpt_context)

    def statement(values: tuple[Any, ...]) -> dict[str, Any]:
        name, article, voice, kind, actors, content, source, cue, confidence, repeats = values
        place = parts[article].place
        return {"id": name, "article": article, "voice": voice, "type": kind, "actors": voices(voice, actors, articles[article]),
                "content": [place(span[0], span[1]) for span in content], "source": place(source[0], source[1]) if source else None,
                "cue": place(cue[0], cue[1]) if cue else None, "confidence": round(confidence, 2), "repeats": repeats or ""}

    def claim(c: Claim) -> dict[str, Any]:
        made = [name for name in c.statements if name in weights]
        relevance, confidence = (max(values) for values in zip(*(weights[name] for name in made), strict=True)) if made else (0.0, 0.0)
        return {"id": c.id, "text": c.text, "language": c.language, "stance": c.stance, "topic": c.topic, "concept": c.concept,
                "polarity": c.polarity, "statements": made, "named": named[c.id], "relevance": round(relevance, 2),
                "confidence": round(confidence, 2)}

    def relation(r: Relation) -> dict[str, Any]:
        return {"origin": r.origin, "target": r.target, "kind": r.kind, "rule": r.rule, "confidence": round(r.confidence, 2),
                "evidence": [{"article": e.article, "origin": e.origin_statement, "target": e.target_statement,
                              "signal": parts[e.article].place(e.signal.start, e.signal.end) if e.signal else None}
                             for e in r.evidence]}

    weights = {name: values for name, *values in each(map.statements, "id", "relevance", "confidence")}
    used = {name for names in each(map.claims, "statements") for name in names}
    authors: dict[str, str] = {}
    shown: set[str] = set()
    for name, voice, actors in each(map.statements, "article", "voice", "actors"):
        shown.update(voices(voice, actors, articles[name]))
        if voice == "author":
            authors[author_id(articles[name])] = author_name(articles[name])
    named = _named(map)
    shown.update(who for actors in named.values() for who in actors)
    return {
        "about": {"version": map.version, "date": date, "contact": contact, "skipped": len(map.skipped), "debate": map.debate.id,
                  "articles": len(whole.articles), "claims": len(whole.claims),
                  "models": dict(sorted(map.models.items())), "origin": dict(map.origin),
                  "lowConfidence": settings.low_confidence, "overview": settings.overview_claims},
        "motion": dict(map.debate.motion.text),
        "sides": {side.stance: dict(side.label) for side in map.debate.sides},
        "topics": [{"id": topic.id, "label": dict(topic.label)} for topic in map.debate.topics],
        "articles": [{"id": a.id, "title": a.title, "author": a.author, "outlet": a.outlet, "date": a.date, "url": a.url,
                      "language": a.language, "pieces": parts[a.id].pieces, "cut": parts[a.id].cut()} for a in map.articles],
        "actors": [
            *({"id": a.id, "name": a.name, "kind": a.kind, "affiliation": a.affiliation or ""} for a in map.actors if a.id in shown),
            *({"id": name, "name": label, "kind": "author", "affiliation": ""} for name, label in sorted(authors.items()))],
        "statements": records(take(map.statements, [at for at, name in enumerate(each(map.statements, "id")) if name in used]), statement,
                              "id", "article", "voice", "type", "actors", "content", "source", "cue", "confidence", "repeats"),
        "claims": records(map.claims, claim),
        "relations": records(map.relations, relation),
        "coalitions": allied,
        "layout": _layout(layout),
    }


class Records(Sequence[dict[str, Any]]):
    """What `make` makes of each of some items, made anew when it is asked for: of tens of thousands no two are held."""

    def __init__(self, items: Sequence[Any], make: Callable[[Any], dict[str, Any]], *names: str) -> None:
        self._items, self._make, self._names = items, make, names

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        places = range(len(self._items))[place]
        if isinstance(places, int):
            return next(iter(Records(take(self._items, [places]), self._make, *self._names)))
        return list(Records(take(self._items, places), self._make, *self._names))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._make, each(self._items, *self._names) if self._names else self._items)

    def __len__(self) -> int:
        return len(self._items)


def records(items: Sequence[Any], make: Callable[[Any], dict[str, Any]], *names: str) -> Sequence[dict[str, Any]]:
    """What is made of each item, or of its fields of these names: a list, of many items as `Records`."""
    made = Records(items, make, *names)
    return list(made) if len(items) <= HELD else made


#: Records of a kind that are held as they are: some 10 MB.
HELD = 1 << 13


def _coalitions(map: DebateMap, settings: Settings) -> dict[str, Any]:
    """The coalitions that `argmap analyse` reports: `groups` as lists of actors, how they were found, and where each actor leans."""
    found = coalitions(map, settings=settings, relevance=settings.relevance)
    return {"groups": [{"members": group.members, "leaning": round(group.leaning, 2)} for group in found.groups],
            "leanings": {name: round(node["leaning"], 2) for name, node in found.ties.nodes(data=True)},
            "basis": found.basis, "modularity": round(found.modularity, 2), "stability": round(found.stability, 2), "seeds": found.seeds}


def _named(map: DebateMap) -> dict[str, list[str]]:
    """For each claim the actors that its words name, in order of their ids."""
    makes: dict[str, list[str]] = defaultdict(list)
    found: dict[str, set[str]] = {}
    for claim, statements in each(map.claims, "id", "statements"):
        found[claim] = set()
        for name in statements:
            makes[name].append(claim)
    of_article, said = grouped(map.mentions), grouped(map.statements)
    for article in said.keys() & of_article.keys():
        mentions = sorted((span[0], span[1], actor) for span, actor in each(take(map.mentions, of_article[article]), "span", "actor"))
        starts = [start for start, _, _ in mentions]
        for statement, content in each(take(map.statements, said[article]), "id", "content"):
            actors = {actor for span in content
                      for _, end, actor in mentions[bisect_left(starts, span[0]):bisect_right(starts, span[1])] if end <= span[1]}
            for name in makes.get(statement, ()) if actors else ():
                found[name] |= actors
    return {claim: sorted(actors) for claim, actors in found.items()}


def _layout(layout: Layout) -> dict[str, Any]:
    """The layout with its geometry; rows leave out what has its default value, for a large map has many."""
    defaults = {field.name: field.default for field in fields(Row) if field.default is not MISSING}
    rows = [{key: value for key, value in asdict(row).items() if key not in defaults or value != defaults[key]} for row in layout.rows]
    return {"width": layout.width, "height": layout.height, "motion": asdict(layout.motion), "lanes": [asdict(h) for h in layout.lanes],
            "rows": rows, "free": layout.free, "folded": layout.folded, "geometry": asdict(GEOMETRY)}
