"""A map in, a folder of CSV tables out (RFC 4180, one row a thing), and back: for spreadsheets, R and pandas.

Tables: ``debate`` ``articles`` ``actors`` ``attributions`` ``statements`` ``claims`` ``relations`` ``mentions``, each with a line
of column names; ``debate`` tells how the map was made, too. A relation has a row for each place that it was read from. Cells with
several values part them by ``|`` (a ``|`` or ``\\`` inside a value has a ``\\`` before it); spans are written ``start-end``,
beside the words for the reader. Which statements make a claim, and which claims a concept, is said once, in the rows of the
statements and of the claims. A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab
or a carriage return) has a ``'`` before it, which is taken off again on reading. ``human`` names what a person corrected;
``merge_into`` is empty: people who correct the tables (``argmap correct from-csv``) write there what a row is one with.

Left out: the debate's known actors, keywords and neutral examples; why actors were merged; files skipped, what was left out; what became
of each correction.

Reading needs ``articles``, ``statements`` and ``claims``; the others may be missing, and so may any column but ids and what holds
the table together. A spreadsheet's habits are allowed for: other separators (``;``, tab), a byte order mark, more columns, rows in
another order, rows left empty. A statement without spans is looked for in its article by its text.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar, get_args

from argmap.errors import FormatError, MapError
from argmap.export import argmap_json
from argmap.export.clean import bare, harmless
from argmap.export.incoming import csv_rows, debate_of, read
from argmap.model import (
    Actor,
    ActorKind,
    Article,
    Attribution,
    AttributionType,
    Claim,
    Concept,
    Debate,
    DebateMap,
    Evidence,
    Mention,
    Motion,
    Relation,
    RelationKind,
    Side,
    Span,
    Stance,
    Statement,
    StatementType,
    Topic,
    Voice,
)

__all__ = ["COLUMNS", "dumps", "load", "parts"]

#: The columns of each table, in order.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "debate": ("part", "id", "language", "value"),
    "articles": ("id", "title", "author", "outlet", "date", "url", "language", "text"),
    "actors": ("id", "name", "kind", "affiliation", "aliases", "known", "human", "merge_into"),
    "attributions": ("id", "article", "type", "source", "cue", "text", "actors", "parent", "confidence", "rule", "source_span",
                     "cue_span", "spans"),
    "statements": ("id", "article", "voice", "type", "actors", "text", "claim", "stance", "relevance", "confidence", "clause",
                   "attribution", "repeats", "source", "cue", "source_span", "cue_span", "spans", "human"),
    "claims": ("id", "text", "language", "stance", "topic", "concept", "concept_text", "polarity", "human", "merge_into"),
    "relations": ("origin", "target", "kind", "rule", "confidence", "article", "origin_statement", "target_statement", "signal",
                  "signal_span", "human"),
    "mentions": ("article", "actor", "text", "span"),
}
NEEDED = ("articles", "statements", "claims")
SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
PARTS_OF_MAKING = {"model": "models", "origin": "origin"}
POLARITY = {1: "asserts", -1: "denies"}
T = TypeVar("T")
Row = Mapping[str, str]


def dumps(debate_map: DebateMap) -> dict[str, str]:
    """The tables as files: name to content."""
    rows: dict[str, Sequence[Sequence[str | float]]] = {
        "debate": [*_debate_rows(debate_map.debate), *_making_rows(debate_map)],
        "articles": [(a.id, a.title, a.author, a.outlet, a.date, a.url, a.language, a.text) for a in debate_map.articles],
        "actors": [(a.id, a.name, a.kind, a.affiliation or "", many(a.aliases), a.known or "", many(a.human), "")
                   for a in debate_map.actors],
        "attributions": [(a.id, a.article, a.type, _words(a.source), _words(a.cue), " ".join(s.text for s in a.content), many(a.actors),
                          a.parent or "", a.confidence, a.rule, _spans(a.source), _spans(a.cue), _spans(*a.content))
                         for a in debate_map.attributions],
        "statements": [(s.id, s.article, s.voice, s.type, many(s.actors), s.text, s.claim, s.stance, s.relevance, s.confidence,
                        _yes(s.clause), s.attribution or "", s.repeats or "", _words(s.source), _words(s.cue), _spans(s.source),
                        _spans(s.cue), _spans(*s.content), many(s.human)) for s in debate_map.statements],
        "claims": _claim_rows(debate_map),
        "relations": [(r.origin, r.target, r.kind, r.rule, r.confidence, e.article, e.origin_statement, e.target_statement,
                       _words(e.signal), _spans(e.signal), many(r.human)) for r in debate_map.relations for e in r.evidence],
        "mentions": [(m.article, m.actor, m.span.text, _spans(m.span)) for m in debate_map.mentions],
    }
    return {f"{name}.csv": _table(COLUMNS[name], rows[name]) for name in COLUMNS}


def load(path: Path) -> DebateMap:
    """The map of a folder of tables.

    Raises:
        FormatError: a table or column is missing, or a value is none that it can be; the message names file and row.
    """
    if not path.is_dir():
        raise FormatError(f"{path}: not a folder: name the one that holds {', '.join(f'{name}.csv' for name in NEEDED)}")
    tables = {name: _Table(path / f"{name}.csv", needed=name in NEEDED) for name in COLUMNS}
    articles = tuple(tables["articles"].each(_article))
    texts = {article.id: article.text for article in articles}
    statements = tuple(tables["statements"].each(lambda row: _statement(row, texts)))
    claims, concepts = _claims(tables["claims"], statements)
    found = DebateMap(
        _debate(tables["debate"], path.resolve().name), articles, tuple(tables["actors"].each(_actor)),
        tuple(tables["attributions"].each(lambda row: _attribution(row, texts))), statements, claims, concepts,
        _relations(tables["relations"], texts), tuple(tables["mentions"].each(lambda row: _mention(row, texts))),
        **_making(tables["debate"]))
    try:
        argmap_json.check(found)
    except MapError as error:
        raise FormatError(f"{path}: {error}") from error
    return found


# writing

def _table(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # as RFC 4180 has it
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(str(cell)) for cell in row])
    return out.getvalue()


def many(values: Iterable[str]) -> str:
    """The values in one cell; an empty one, which the cell could not show, is left out."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values if value)


def _words(span: Span | None) -> str:
    return span.text if span else ""


def _spans(*spans: Span | None) -> str:
    return "|".join(f"{span.start}-{span.end}" for span in spans if span)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _claim_rows(debate_map: DebateMap) -> list[tuple[str, ...]]:
    texts = {concept.id: concept.text for concept in debate_map.concepts}
    return [(c.id, c.text, c.language, c.stance, c.topic, c.concept, texts.get(c.concept, ""), POLARITY[c.polarity], many(c.human), "")
            for c in debate_map.claims]


def _debate_rows(debate: Debate) -> list[tuple[str, str, str, str]]:
    rows = [("debate", debate.id, "", "")]
    rows += [("motion", debate.id, language, text) for language, text in debate.motion.text.items()]
    for side in debate.sides:
        rows.append(("side", side.stance, "", ""))
        rows += [("label", side.stance, language, text) for language, text in side.label.items()]
        rows += [("example", side.stance, language, text) for language, texts in side.examples.items() for text in texts]
        rows += [("term", side.stance, language, text) for language, texts in side.terms.items() for text in texts]
    for topic in debate.topics:
        rows.append(("topic", topic.id, "", ""))
        rows += [("topic label", topic.id, language, text) for language, text in topic.label.items()]
        rows += [("topic term", topic.id, language, text) for language, texts in topic.terms.items() for text in texts]
    return rows


def _making_rows(debate_map: DebateMap) -> list[tuple[str, str, str, str]]:
    """How the map was made: version, models, and where it was imported from."""
    rows = [("version", debate_map.version, "", "")] if debate_map.version else []
    return rows + [(part, name, "", value) for part, values in (("model", debate_map.models), ("origin", debate_map.origin))
                   for name, value in sorted(values.items())]


# reading

class _Table:
    """The rows of a file, each with its number for messages."""

    def __init__(self, path: Path, *, needed: bool) -> None:
        self.path = path
        self.rows: list[tuple[int, Row]] = []
        if not needed and not path.exists():
            return
        rows = csv_rows(path, read(path))
        _, names = next(rows, (0, []))
        header = [name.strip() for name in names]
        if missing := [name for name in _keys(path.stem) if name not in header]:
            raise FormatError(f"{path}: no column {', '.join(missing)}: the first line must name the columns")
        for line, row in rows:
            cells = zip_longest(header, row[:len(header)], fillvalue="")
            self.rows.append((line, {name: bare(cell) for name, cell in cells}))

    def each(self, made: Callable[[Row], T]) -> list[T]:
        """What is made of each row.

        Raises:
            FormatError: a row cannot be; the message names its line.
        """
        found = []
        for line, row in self.rows:
            try:
                found.append(made(row))
            except ValueError as error:
                raise FormatError(f"{self.path}, line {line}: {error}") from error
        return found


def _keys(table: str) -> tuple[str, ...]:
    """The columns that a table cannot do without."""
    return {"debate": COLUMNS["debate"], "articles": ("id", "text"), "attributions": ("id", "article"),
            "statements": ("id", "article", "claim"),
            "relations": ("origin", "target", "kind", "origin_statement", "target_statement"),
            "mentions": ("article", "actor", "span")}.get(table, ("id",))


def parts(cell: str) -> tuple[str, ...]:
    r"""The values that a cell holds.

    >>> parts(r"Roth|A\|B")
    ('Roth', 'A|B')
    """
    found = [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in re.findall(r"(?:\\.|[^|\\])+", cell, flags=re.DOTALL)]
    return tuple(part for part in found if part)


def _one_of(kind: Any, value: str, column: str) -> Any:
    if value not in get_args(kind):
        raise ValueError(f"{column} {value[:40]!r} is none of {', '.join(get_args(kind))}")
    return value


def _number(row: Row, column: str, default: float) -> float:
    value = row.get(column, "").replace(",", ".")  # as an Italian spreadsheet writes it
    try:
        number = float(value) if value else default
    except ValueError:
        raise ValueError(f"{column} {value[:40]!r} is no number") from None
    if not 0 <= number <= 1:
        raise ValueError(f"{column} {value[:40]} is not between 0 and 1")
    return number


def _read_spans(row: Row, column: str, texts: Mapping[str, str]) -> tuple[Span, ...]:
    text, found = texts[row["article"]], []
    for part in filter(None, row.get(column, "").split("|")):
        match = SPAN.fullmatch(part.strip())
        if not match or not int(match[1]) <= int(match[2]) <= len(text):
            raise ValueError(f"{column} {part[:40]!r} is no span of article {row['article'][:40]!r}: write start-end")
        found.append(Span(int(match[1]), int(match[2]), text[int(match[1]):int(match[2])]))
    return tuple(found)


def _read_span(row: Row, column: str, texts: Mapping[str, str]) -> Span | None:
    return next(iter(_read_spans(row, column, texts)), None)


def _content(row: Row, texts: Mapping[str, str]) -> tuple[Span, ...]:
    """The spans of a row, or where its text stands in the article."""
    if row["article"] not in texts:
        raise ValueError(f"article {row['article'][:40]!r} is not in articles.csv")
    if spans := _read_spans(row, "spans", texts):
        return spans
    words = row.get("text", "").strip()
    at = texts[row["article"]].find(words) if words else 0
    if at < 0:
        raise ValueError(f"text {words[:40]!r} is not in article {row['article'][:40]!r}: give its words, or its spans")
    return (Span(at, at + len(words), words),) if words else ()


def _article(row: Row) -> Article:
    return Article(**{name: row.get(name, "") for name in COLUMNS["articles"]})


def _actor(row: Row) -> Actor:
    return Actor(row["id"], row.get("name") or row["id"], _one_of(ActorKind, row.get("kind") or "organisation", "kind"),
                 row.get("affiliation") or None, parts(row.get("aliases", "")), row.get("known") or None, parts(row.get("human", "")))


def _attribution(row: Row, texts: Mapping[str, str]) -> Attribution:
    content = _content(row, texts)
    return Attribution(row["id"], row["article"], _one_of(AttributionType, row.get("type") or "indirect", "type"),
                       _read_span(row, "source_span", texts), _read_span(row, "cue_span", texts), content, parts(row.get("actors", "")),
                       row.get("parent") or None, _number(row, "confidence", 1.0), row.get("rule", ""))


def _statement(row: Row, texts: Mapping[str, str]) -> Statement:
    content = _content(row, texts)
    voice = _one_of(Voice, row.get("voice") or "attributed", "voice")
    kind = row.get("type") or ("author" if voice == "author" else "indirect")
    return Statement(row["id"], row["article"], voice, _one_of(StatementType, kind, "type"), content, row.get("attribution") or None,
                     _read_span(row, "source_span", texts), _read_span(row, "cue_span", texts), parts(row.get("actors", "")),
                     row["claim"], _one_of(Stance, row.get("stance") or "neutral", "stance"), _number(row, "relevance", 1.0),
                     _number(row, "confidence", 1.0), row.get("clause", "yes").lower() != "no", row.get("repeats") or None,
                     parts(row.get("human", "")))


def _claims(table: _Table, statements: Sequence[Statement]) -> tuple[tuple[Claim, ...], tuple[Concept, ...]]:
    members: dict[str, list[str]] = defaultdict(list)
    for statement in statements:
        members[statement.claim].append(statement.id)
    texts: dict[str, str] = {}
    concepts: dict[str, list[str]] = defaultdict(list)

    def claim(row: Row) -> Claim:
        concept = row.get("concept", "")
        if concept:
            concepts[concept].append(row["id"])
            texts.setdefault(concept, row.get("concept_text", ""))
        polarity = row.get("polarity") or POLARITY[1]
        if polarity not in POLARITY.values():
            raise ValueError(f"polarity {polarity[:40]!r} is none of {', '.join(POLARITY.values())}")
        return Claim(row["id"], row.get("text", ""), row.get("language", ""), _one_of(Stance, row.get("stance") or "neutral", "stance"),
                     row.get("topic", ""), concept, -1 if polarity == POLARITY[-1] else 1, tuple(members[row["id"]]),
                     parts(row.get("human", "")))

    found = tuple(table.each(claim))
    return found, tuple(Concept(name, texts[name], tuple(claims)) for name, claims in sorted(concepts.items()))


def _relations(table: _Table, texts: Mapping[str, str]) -> tuple[Relation, ...]:
    found: dict[tuple[str, str, RelationKind, str, float], list[Evidence]] = defaultdict(list)
    marks: dict[tuple[str, str, RelationKind, str, float], tuple[str, ...]] = {}

    def add(row: Row) -> None:
        article = row.get("article", "")
        if article not in texts and row.get("signal_span"):
            raise ValueError(f"article {article[:40]!r} is not in articles.csv")
        signal = _read_span(row, "signal_span", texts) if article in texts else None
        key = (row["origin"], row["target"], _one_of(RelationKind, row["kind"], "kind"), row.get("rule", ""),
               _number(row, "confidence", 1.0))
        marks.setdefault(key, parts(row.get("human", "")))
        found[key].append(Evidence(article, row["origin_statement"], row["target_statement"], signal))

    table.each(add)
    return tuple(Relation(*key, tuple(evidence), marks[key]) for key, evidence in found.items())


def _mention(row: Row, texts: Mapping[str, str]) -> Mention:
    if row["article"] not in texts:
        raise ValueError(f"article {row['article'][:40]!r} is not in articles.csv")
    span = _read_span(row, "span", texts)
    if span is None:
        raise ValueError("span is empty: write start-end")
    return Mention(row["article"], row["actor"], span)


def _making(table: _Table) -> dict[str, Any]:
    found: dict[str, Any] = {"models": {}, "origin": {}}
    for _, row in table.rows:
        if row["part"] == "version":
            found["version"] = row["id"]
        elif row["part"] in PARTS_OF_MAKING:
            found[PARTS_OF_MAKING[row["part"]]][row["id"]] = row["value"]
    return found


def _debate(table: _Table, name: str) -> Debate:
    found = debate_of(name)
    if not table.rows:
        return found
    motion: dict[str, str] = {}
    labels: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    lists: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    ids: dict[str, dict[str, None]] = {"debate": {}, "side": {}, "topic": {}}

    def add(row: Row) -> None:
        part, name, language, value = (row.get(column, "") for column in COLUMNS["debate"])
        if part in ids:
            ids[part][_one_of(Stance, name, "side") if part == "side" else name] = None
        elif part == "motion":
            motion[language] = value
        elif part in ("label", "topic label"):
            labels[part, name][language] = value
        elif part not in (*PARTS_OF_MAKING, "version"):
            lists[part, name][language] = (*lists[part, name].get(language, ()), value)

    table.each(add)
    sides = tuple(Side(stance, labels["label", stance], lists["example", stance], lists["term", stance])  # type: ignore[arg-type]  # checked
                  for stance in ids["side"])
    topics = tuple(Topic(topic, labels["topic label", topic], lists["topic term", topic]) for topic in ids["topic"])
    return Debate(next(iter(ids["debate"]), found.id), Motion(motion or found.motion.text), sides or found.sides, topics)
