"""The page's data come in, the same without repetition goes out, in two parts: what the first drawing needs, and the sources.

Records become columns of a table; words that come again and again are said once and then numbered, and ids become numbers of
rows. A page of thousands of claims then opens about as fast as a small one, for a browser reads the second part when it is
first asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

__all__ = ["breaks", "numbered", "pack", "table"]

#: Confidence and relevance go in as hundredths: "81" is shorter than "0.81".
HUNDREDTHS = 100


def table(records: Iterable[dict[str, Any]], fields: Sequence[str], *, few: Sequence[str] = ()) -> dict[str, Any]:
    """Records as columns; those named in `few` have few different values and are `numbered`.

    >>> table([{"id": "a", "side": "for"}, {"id": "b", "side": "for"}], ["id", "side"], few=["side"])
    {'id': ['a', 'b'], 'side': {'of': ['for'], 'at': [0, 0]}}
    """
    columns: dict[str, Any] = {field: [] for field in fields}
    for record in records:
        for field in fields:
            columns[field].append(record[field])
    return {field: numbered(column) if field in few else column for field, column in columns.items()}


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
    claims = {claim["id"]: i for i, claim in enumerate(page["claims"])}
    made_by = {name: claims[claim["id"]] for claim in page["claims"] for name in claim["statements"]}
    made_in: dict[int, set[str]] = defaultdict(set)
    voices: dict[int, set[str]] = defaultdict(set)
    for statement in page["statements"]:
        claim = made_by[statement["id"]]
        voices[claim].add(statement["voice"])
        if not statement["repeats"]:
            made_in[claim].add(statement["article"])
    tied = [at for at, relation in enumerate(page["relations"]) if relation["origin"] in claims and relation["target"] in claims]
    positions = [-1] * len(page["relations"])
    for number, at in enumerate(tied):
        positions[at] = number

    def ties() -> Iterator[dict[str, Any]]:
        return (page["relations"][at] for at in tied)

    opening = {
        **{key: page[key] for key in ("about", "motion", "sides", "topics")},
        "actors": table(page["actors"], ("id", "name", "kind", "affiliation"), few=("kind", "affiliation")),
        "claims": table(
            ({**claim, "confidence": round(HUNDREDTHS * claim["confidence"]),
              "sources": len(made_in[i]), "own": int(voices[i] == {"author"})}
             for i, claim in enumerate(page["claims"])),
            ("id", "text", "language", "stance", "topic", "confidence", "sources", "own"), few=("language", "stance", "topic")),
        "relations": table(
            ({**relation, "origin": claims[relation["origin"]], "target": claims[relation["target"]],
              "confidence": round(HUNDREDTHS * relation["confidence"])} for relation in ties()),
            ("origin", "target", "kind", "rule", "confidence"), few=("kind", "rule")),
        "layout": _layout(page["layout"], claims, [claim["text"] for claim in page["claims"]], positions),
    }
    names = {statement["id"]: i for i, statement in enumerate(page["statements"])}
    sources = {
        "articles": table(page["articles"], ("id", "title", "author", "outlet", "date", "url", "language", "pieces", "cut")),
        # The article's own voice is the type of statement that it is: no voice needs to be said.
        "statements": table(
            ({**statement, "claim": made_by[statement["id"]], "article": articles[statement["article"]],
              "actors": [actors.get(name, name) for name in statement["actors"]],
              "content": [number for place in statement["content"] for number in place],
              "source": statement["source"] or 0, "cue": statement["cue"] or 0,
              "confidence": round(HUNDREDTHS * statement["confidence"])} for statement in page["statements"]),
            ("id", "claim", "article", "type", "actors", "content", "source", "cue", "confidence"), few=("type",)),
        "repeats": [[i, names[statement["repeats"]]] for i, statement in enumerate(page["statements"]) if statement["repeats"] in names],
        "claims": table(
            ({**claim, "relevance": round(HUNDREDTHS * claim["relevance"]),
              "named": [actors[name] for name in claim["named"] if name in actors]} for claim in page["claims"]),
            ("concept", "polarity", "relevance", "named"), few=("concept",)),
        "coalitions": {
            **page["coalitions"],
            "leanings": [[actors[name], lean] for name, lean in page["coalitions"]["leanings"].items() if name in actors],
            "groups": [{**group, "members": [actors[name] for name in group["members"] if name in actors]}
                       for group in page["coalitions"]["groups"]]},
        "evidence": [[[articles[e["article"]], names.get(e["origin"], -1), names.get(e["target"], -1), e["signal"]]
                      for e in relation["evidence"]] for relation in ties()],
    }
    return opening, sources


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
            "cards": table(cards, ("claim", "box", "lines", "byline", "hidden", "relation"), few=("box", "byline")),
            "free": [positions[index] for index in layout["free"] if positions[index] >= 0]}
