"""The page's data come in, the same without repetition goes out, in two parts: what the first drawing needs, and the sources.

Records become columns of a table; words that come again and again are said once and then numbered, and ids become numbers of
rows. A page of thousands of claims then opens about as fast as a small one, for a browser reads the second part when it is
first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    said = table(page["statements"], ("id", "article", "voice", "type", "actors", "content", "source", "cue", "confidence", "repeats"))
    said["claim"] = [made_by[name] for name in said["id"]]
    made_in: list[set[str]] = [set() for _ in claims]
    voices: list[set[str]] = [set() for _ in claims]
    for claim, article, voice, repeats in zip(said["claim"], said["article"], said["voice"], said["repeats"], strict=True):
        voices[claim].add(voice)
        if not repeats:
            made_in[claim].add(article)
    names = {name: i for i, name in enumerate(said["id"])}
    tied = table((), ("origin", "target", "kind", "rule", "confidence"))
    evidence: list[list[list[Any]]] = []
    positions = []
    for relation in page["relations"]:
        inside = relation["origin"] in claims and relation["target"] in claims
        positions.append(len(evidence) if inside else -1)
        if inside:
            for field, column in tied.items():
                column.append(relation[field])
            evidence.append([[articles[e["article"]], names.get(e["origin"], -1), names.get(e["target"], -1), e["signal"]]
                             for e in relation["evidence"]])
    opening = {
        **{key: page[key] for key in ("about", "motion", "sides", "topics")},
        "actors": few(table(page["actors"], ("id", "name", "kind", "affiliation")), ("kind", "affiliation")),
        "claims": few(
            {**{field: made[field] for field in ("id", "text", "language", "stance", "topic")},
             "confidence": _hundredths(made["confidence"]), "sources": list(map(len, made_in)),
             "own": [int(voice == {"author"}) for voice in voices]}, ("language", "stance", "topic")),
        "relations": few(
            {"origin": [claims[name] for name in tied["origin"]], "target": [claims[name] for name in tied["target"]],
             "kind": tied["kind"], "rule": tied["rule"], "confidence": _hundredths(tied["confidence"])}, ("kind", "rule")),
        "layout": _layout(page["layout"], claims, made["text"], positions),
    }
    sources = {
        "articles": table(page["articles"], ("id", "title", "author", "outlet", "date", "url", "language", "pieces", "cut")),
        # The article's own voice is the type of statement that it is: no voice needs to be said.
        "statements": few(
            {"id": said["id"], "claim": said["claim"], "article": [articles[name] for name in said.pop("article")], "type": said["type"],
             "actors": [[actors.get(name, name) for name in who] for who in said.pop("actors")],
             "content": [[number for place in places for number in place] for places in said.pop("content")],
             "source": [place or 0 for place in said.pop("source")], "cue": [place or 0 for place in said.pop("cue")],
             "confidence": _hundredths(said["confidence"])}, ("type",)),
        "repeats": [[i, names[first]] for i, first in enumerate(said["repeats"]) if first in names],
        "claims": few(
            {"concept": made["concept"], "polarity": made["polarity"], "relevance": _hundredths(made["relevance"]),
             "named": [[actors[name] for name in who if name in actors] for who in made.pop("named")]}, ("concept",)),
        "coalitions": {
            **page["coalitions"],
            "leanings": [[actors[name], lean] for name, lean in page["coalitions"]["leanings"].items() if name in actors],
            "groups": [{**group, "members": [actors[name] for name in group["members"] if name in actors]}
                       for group in page["coalitions"]["groups"]]},
        "evidence": evidence,
    }
    return opening, sources


def _hundredths(shares: Iterable[float]) -> list[int]:
    return [round(HUNDREDTHS * share) for share in shares]


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
