"""The page's data come in, the same without repetition goes out, in two parts: what the first drawing needs, and the sources.

Records become rows of a table that names its fields once; ids that would be said again and again become numbers of rows. A
page of thousands of claims then opens as fast as a small one, for a browser reads the second part when it is first asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from argmap.model import StatementType

__all__ = ["breaks", "pack", "table"]


#: The types of statements, which the page has as numbers.
TYPES: tuple[str, ...] = get_args(StatementType)


def table(records: Iterable[dict[str, Any]], fields: Sequence[str]) -> dict[str, Any]:
    """Records as rows of one table.

    >>> table([{"id": "a", "n": 1}, {"id": "b", "n": 2}], ["id", "n"])
    {'fields': ['id', 'n'], 'rows': [['a', 1], ['b', 2]]}
    """
    return {"fields": list(fields), "rows": [[record[field] for field in fields] for record in records]}


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
        articles, statements and evidence.
    """
    articles = {article["id"]: i for i, article in enumerate(page["articles"])}
    actors = {actor["id"]: i for i, actor in enumerate(page["actors"])}
    claims = {claim["id"]: i for i, claim in enumerate(page["claims"])}
    made_by = {name: claims[claim["id"]] for claim in page["claims"] for name in claim["statements"]}
    statements: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for statement in page["statements"]:
        statements[made_by[statement["id"]]].append(statement)
    ties = [relation for relation in page["relations"] if relation["origin"] in claims and relation["target"] in claims]
    numbers = {id(relation): i for i, relation in enumerate(ties)}
    positions = [numbers.get(id(relation), -1) for relation in page["relations"]]
    opening = {
        **{key: page[key] for key in ("about", "motion", "sides", "topics")},
        "actors": table(page["actors"], ("id", "name", "kind", "affiliation")),
        "claims": table(
            ({**claim, "named": [actors[name] for name in claim["named"] if name in actors],
              "sources": len({s["article"] for s in statements[i] if not s["repeats"]}),
              "own": bool(statements[i]) and all(s["voice"] == "author" for s in statements[i])}
             for i, claim in enumerate(page["claims"])),
            ("id", "text", "language", "stance", "topic", "concept", "polarity", "relevance", "confidence", "named", "sources", "own")),
        "relations": table(({**relation, "origin": claims[relation["origin"]], "target": claims[relation["target"]]} for relation in ties),
                           ("origin", "target", "kind", "rule", "confidence")),
        "layout": _layout(page["layout"], {claim["id"]: claim["text"] for claim in page["claims"]}, positions),
    }
    names = {statement["id"]: i for i, statement in enumerate(page["statements"])}
    # The article's own voice is the type of statement that it is: no voice needs to be said.
    rows = [{**statement, "type": TYPES.index(statement["type"]), "claim": made_by[statement["id"]],
             "article": articles[statement["article"]], "repeats": names.get(statement["repeats"], -1),
             "actors": [actors.get(name, name) for name in statement["actors"]]} for statement in page["statements"]]
    sources = {
        "articles": table(page["articles"], ("id", "title", "author", "outlet", "date", "url", "language", "pieces", "cut")),
        "types": TYPES,
        "statements": table(rows, ("id", "claim", "article", "type", "actors", "content", "source", "cue", "confidence", "repeats")),
        "evidence": [[[articles[e["article"]], names.get(e["origin"], -1), names.get(e["target"], -1), e["signal"]]
                      for e in relation["evidence"]] for relation in ties],
    }
    return opening, sources


def _layout(layout: dict[str, Any], texts: dict[str, str], positions: list[int]) -> dict[str, Any]:
    """Cards as rows of a table, in order: each stands under the topic header before it, so that neither lane nor topic is said.

    Lines become places where the claim's text breaks; topic headers stay as they are, for they are few, and say their place.
    """
    cards, topics = [], []
    for at, row in enumerate(layout["rows"]):
        if row["kind"] == "claim":
            relation = row.get("relation", -1)
            cards.append([row["id"], row["x"], row["width"], row["height"], row["gap"], breaks(row.get("lines", ()), texts[row["id"]]),
                          row.get("byline", ""), int(row.get("hidden", False)), positions[relation] if relation >= 0 else -1])
        else:
            topics.append({**row, "at": at})
    return {**layout, "rows": None, "topics": topics,
            "cards": {"fields": ["id", "x", "width", "height", "gap", "lines", "byline", "hidden", "relation"], "rows": cards},
            "free": [positions[index] for index in layout["free"] if positions[index] >= 0]}
