"""The page's data come in, the same without repetition goes out, in two parts: what the first drawing needs, and the sources.

Records become columns of a table; words that come again and again are said once and then numbered, and ids become numbers of
rows. A page of thousands of claims then opens about as fast as a small one, for a browser reads the second part when it is
first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["breaks", "few", "numbered", "pack", "table"]

#: Confidence and relevance go in as hundredths: "81" is shorter than "0.81".
HUNDREDTHS = 100


def table(records: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> dict[str, list[Any]]:
    """Records as columns; each record is asked for once.

    >>> table([{"id": "a", "side": "for"}, {"id": "b", "side": "for"}], ["id", "side"])
    {'id': ['a', 'b'], 'side': ['for', 'for']}
    """
    columns: dict[str, list[Any]] = {field: [] for field in fields}
    for record in records:
        for field in fields:
            columns[field].append(record[field])
    return columns


def few(columns: Mapping[str, list[Any]], fields: Sequence[str]) -> dict[str, Any]:
    """The columns, those named with `numbered` values, since they have few different ones.

    >>> few({"id": ["a", "b"], "side": ["for", "for"]}, ["side"])
    {'id': ['a', 'b'], 'side': {'of': ['for'], 'at': [0, 0]}}
    """
    return {field: numbered(column) if field in fields else column for field, column in columns.items()}


def numbered(values: Sequence[Any]) -> dict[str, list[Any]]:
    """Values as numbers of those that there are, in the order in which they come first.

    >>> numbered(["for", "against", "for"])
    {'of': ['for', 'against'], 'at': [0, 1, 0]}
    """
    numbers: dict[Any, int] = {}
    at = [numbers.setdefault(value, len(numbers)) for value in values]
    return {"of": list(numbers), "at": at}


def breaks(lines: Sequence[str], text: str) -> list[int] | list[str]:
    """The length of each line where the lines are the text cut at its spaces, else the lines.

    >>> breaks(("Models should", "be open"), "Models should be open")
    [13, 7]
    >>> breaks(("Models should…",), "Models should be open")
    ['Models should…']
    """
    if " ".join(lines) != text or not text.isascii() and any(ord(char) > 0xFFFF for char in text):
        return list(lines)
    return [len(line) for line in lines]


def pack(page: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What `payload` gives, in two parts.

    Returns:
        The part that draws the map: claims, relations, actors, layout; each claim says how many articles make it, those that
        repeat another's words left aside (`sources`), and whether only articles' own voices do (`own`). And the part with
        articles, statements, evidence, and what only other views than the map ask of claims.
    """
    articles = {article["id"]: i for i, article in enumerate(page["articles"])}
    actors = {actor["id"]: i for i, actor in enumerate(page["actors"])}
    made = table(page["claims"], ("id", "text", "language", "stance", "topic", "confidence", "concept", "polarity", "relevance", "named",
                                  "statements"))
    claims = {name: i for i, name in enumerate(made["id"])}
    made_by = {name: i for i, names in enumerate(made.pop("statements")) for name in names}
    made_in: list[set[int]] = [set() for _ in claims]
    author, cited, names, repeated = [0] * len(claims), [0] * len(claims), dict[str, int](), list[tuple[int, str]]()

    def statement(one: Mapping[str, Any]) -> dict[str, Any]:
        number, claim, article = len(names), made_by[one["id"]], articles[one["article"]]
        names[one["id"]] = number
        (author if one["voice"] == "author" else cited)[claim] += 1
        if one["repeats"]:
            repeated.append((number, one["repeats"]))
        else:
            made_in[claim].add(article)
        # The article's own voice is the type of statement that it is: no voice needs to be said.
        return {"id": one["id"], "claim": claim, "article": article, "type": one["type"],
                "actors": [actors.get(name, name) for name in one["actors"]],
                "content": [end for place in one["content"] for end in place], "source": one["source"] or 0, "cue": one["cue"] or 0,
                "confidence": _hundredths(one["confidence"])}

    said = table(map(statement, page["statements"]),
                 ("id", "claim", "article", "type", "actors", "content", "source", "cue", "confidence"))
    evidence: list[list[list[Any]]] = []
    positions: list[int] = []

    def ties() -> Iterator[dict[str, Any]]:
        for one in page["relations"]:
            inside = one["origin"] in claims and one["target"] in claims
            positions.append(len(evidence) if inside else -1)
            if inside:
                evidence.append([[articles[e["article"]], names.get(e["origin"], -1), names.get(e["target"], -1), e["signal"]]
                                 for e in one["evidence"]])
                yield {**one, "origin": claims[one["origin"]], "target": claims[one["target"]],
                       "confidence": _hundredths(one["confidence"])}

    tied = table(ties(), ("origin", "target", "kind", "rule", "confidence"))
    opening = {
        **{key: page[key] for key in ("about", "motion", "sides", "topics")},
        "actors": few(table(page["actors"], ("id", "name", "kind", "affiliation")), ("kind", "affiliation")),
        "claims": few(
            {**{field: made[field] for field in ("id", "text", "language", "stance", "topic")},
             "confidence": [_hundredths(share) for share in made["confidence"]], "sources": list(map(len, made_in)),
             "own": [int(own > 0 and not others) for own, others in zip(author, cited, strict=True)]}, ("language", "stance", "topic")),
        "relations": few(tied, ("kind", "rule")),
        "layout": _layout(page["layout"], claims, made["text"], positions),
    }
    sources = {
        "articles": table(page["articles"], ("id", "title", "author", "outlet", "date", "url", "language", "pieces", "cut")),
        "statements": few(said, ("type",)),
        "repeats": [[number, names[first]] for number, first in repeated if first in names],
        "claims": few(
            {"concept": made["concept"], "polarity": made["polarity"], "relevance": [_hundredths(share) for share in made["relevance"]],
             "named": [[actors[name] for name in who if name in actors] for who in made.pop("named")]}, ("concept",)),
        "coalitions": {
            **page["coalitions"],
            "leanings": [[actors[name], lean] for name, lean in page["coalitions"]["leanings"].items() if name in actors],
            "groups": [{**group, "members": [actors[name] for name in group["members"] if name in actors]}
                       for group in page["coalitions"]["groups"]]},
        "evidence": evidence,
    }
    return opening, sources


def _hundredths(share: float) -> int:
    return round(HUNDREDTHS * share)


def _layout(layout: dict[str, Any], claims: dict[str, int], texts: Sequence[str], positions: Sequence[int]) -> dict[str, Any]:
    """Cards as a table, in order: each stands under the topic header before it, so that neither lane nor topic is said.

    Lines become places where the claim's text breaks, the box one of the few that there are; topic headers stay as they are,
    for they are few, and say their place.
    """
    cards, topics = [], []
    for at, row in enumerate(layout["rows"]):
        if row["kind"] == "claim":
            relation = row.get("relation", -1)
            number = claims[row["id"]]
            cards.append({
                "claim": number, "box": (row["x"], row["width"], row["height"], row["gap"]),
                "lines": breaks(row.get("lines", ()), texts[number]), "byline": row.get("byline", ""),
                "hidden": int(row.get("hidden", False)), "relation": positions[relation] if relation >= 0 else -1})
        else:
            topics.append({**row, "at": at})
    return {**layout, "rows": None, "topics": topics,
            "cards": few(table(cards, ("claim", "box", "lines", "byline", "hidden", "relation")), ("box", "byline")),
            "free": [positions[index] for index in layout["free"] if positions[index] >= 0]}
