"""A map in, a folder for the annotation tool brat out: each article's text, what was found in it as standoff, and the configuration.

Statements, sources and cues are entities (in several fragments, where a statement has gaps or goes over lines); ``SaidBy`` and
``CuedBy`` tie a statement to its source and cue, ``Supports`` and ``Attacks`` one statement to another; attributes tell stance and
voice, notes the actors and the claim. Written only.

Left out: relations between statements of two articles; attributions that yield no statement; mentions, kinds and names of actors but
in the notes; claims but in the notes, topics and concepts; confidence, relevance, rules; what is about the article rather than in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from argmap.export.clean import one_line, whole
from argmap.graph import author_id, author_name, speakers
from argmap.model import Article, DebateMap, Span, Statement

__all__ = ["dumps"]

CONFIGURATION = """[entities]
Statement
Source
Cue

[relations]
Supports\tArg1:Statement, Arg2:Statement
Attacks\tArg1:Statement, Arg2:Statement
SaidBy\tArg1:Statement, Arg2:Source
CuedBy\tArg1:Statement, Arg2:Cue
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Stance\tArg:Statement, Value:for|against|neutral
Voice\tArg:Statement, Value:attributed|author
"""
TYPES = {"support": "Supports", "attack": "Attacks"}
#: What brat, or Python's reading of lines, takes for the end of a line or a cell: a fragment cannot hold it.
BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
#: What a file's name should not hold, on any system.
UNSAFE = re.compile(r"[^\w.-]|^\.")


def dumps(debate_map: DebateMap) -> dict[str, str]:
    """The folder's files: name to content."""
    names = {actor.id: actor.name for actor in debate_map.actors}
    names |= {author_id(article): author_name(article) for article in debate_map.articles}
    claims = {claim.id: claim.text for claim in debate_map.claims}
    inside: dict[str, list[Statement]] = defaultdict(list)
    for statement in debate_map.statements:
        inside[statement.article].append(statement)
    articles = {statement.id: statement.article for statement in debate_map.statements}
    pairs: dict[str, dict[tuple[str, str, str], None]] = defaultdict(dict)
    for relation in debate_map.relations:
        for evidence in relation.evidence:
            place = articles[evidence.origin_statement]
            if place == articles[evidence.target_statement]:
                pairs[place][TYPES[relation.kind], evidence.origin_statement, evidence.target_statement] = None
    files = {"annotation.conf": CONFIGURATION}
    for article in debate_map.articles:
        name = UNSAFE.sub("_", article.id)
        while f"{name}.txt" in files:
            name += "_"
        files[f"{name}.txt"] = whole(article.text)
        files[f"{name}.ann"] = _standoff(article, inside[article.id], pairs[article.id], names, claims)
    return files


def _standoff(article: Article, statements: Iterable[Statement], pairs: Iterable[tuple[str, str, str]], names: dict[str, str],
              claims: dict[str, str]) -> str:
    entities: dict[tuple[str, str], str] = {}
    entity_lines: list[str] = []
    relations, attributes, notes = [], [], []
    marks: dict[str, str] = {}

    def entity(kind: str, spans: Iterable[Span], *, again: bool = False) -> str | None:
        fragments = _fragments(whole(article.text), spans)
        key = kind, ";".join(f"{start} {end}" for start, end in fragments)
        if not fragments:
            return None
        if again or key not in entities:
            entities[key] = f"T{len(entity_lines) + 1}"
            words = " ".join(whole(article.text)[start:end] for start, end in fragments)
            entity_lines.append(f"{entities[key]}\t{kind} {key[1]}\t{words}")
        return entities[key]

    for statement in statements:
        mark = entity("Statement", statement.content, again=True)
        if mark is None:
            continue
        marks[statement.id] = mark
        attributes += [("Stance", mark, statement.stance), ("Voice", mark, statement.voice)]
        who = "; ".join(names.get(name, name) for name in speakers(statement, article))
        notes.append((mark, one_line(" | ".join(filter(None, (who, claims.get(statement.claim, "")))))))
        for kind, tie, span in (("Source", "SaidBy", statement.source), ("Cue", "CuedBy", statement.cue)):
            other = entity(kind, [span]) if span else None
            if other is not None:
                relations.append((tie, mark, other))
    relations += [(kind, marks[origin], marks[target]) for kind, origin, target in pairs if origin in marks and target in marks]
    lines = [*entity_lines, *(f"R{number}\t{kind} Arg1:{one} Arg2:{other}" for number, (kind, one, other) in enumerate(relations, 1)),
             *(f"A{number}\t{kind} {mark} {value}" for number, (kind, mark, value) in enumerate(attributes, 1)),
             *(f"#{number}\tAnnotatorNotes {mark}\t{note}" for number, (mark, note) in enumerate(notes, 1))]
    return "".join(f"{line}\n" for line in lines)


def _fragments(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The spans' offsets, sorted, joined where they overlap, cut at line breaks, without white space at their ends."""
    joined: list[tuple[int, int]] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], span.end)
        else:
            joined.append((span.start, span.end))
    found = []
    for start, end in joined:
        cuts = [start, *(at for match in BREAKS.finditer(text, start, end) for at in match.span()), end]
        for one, other in zip(cuts[::2], cuts[1::2]):
            piece = text[one:other]
            left = one + len(piece) - len(piece.lstrip())
            right = left + len(piece.strip())
            if left < right:
                found.append((left, right))
    return found
