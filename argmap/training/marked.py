"""The marked texts of ``training/relations`` in; out, articles with statements, stances and relations as people marked them.

A statement stands in brackets, ``[number speaker stance|its words]``, a second piece of it in ``[number|more words]``; the
last line gives the relations, ``3+1`` for "3 backs 1", ``4-1`` for "4 attacks 1".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from argmap.model import AUTHOR, Article, RelationKind, Span, Stance, Statement, StatementType
from argmap.relate.implicit import KINDS

__all__ = ["HELD_OUT", "TEXTS", "Example", "read", "read_all"]

TEXTS = Path(__file__).parent / "relations"
#: Texts about the bundled debate that nothing learns from.
HELD_OUT = TEXTS / "held_out"

_PIECE = re.compile(r"\[(\d+)(?: (\w+) (for|against|neutral))?\|([^\]]*)\]")
_RELATION = re.compile(r"(\d+)([+-])(\d+)")
_STANCE: dict[str, Stance] = {"for": "for", "against": "against", "neutral": "neutral"}
_QUOTES = "\"“«‘"


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its statements and relations (origin, target, kind), by statement ids."""

    article: Article
    statements: tuple[Statement, ...]
    relations: frozenset[tuple[str, str, RelationKind]]


def read(path: Path) -> Example:
    """A marked text.

    Raises:
        ValueError: a mark is malformed, or a relation names a statement that is not there.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    marked = "\n".join(line for line in lines if not line.startswith(("# ", "== "))).strip()
    text, pieces, at = "", defaultdict(list), 0
    spoken: dict[str, tuple[str, str]] = {}
    for match in _PIECE.finditer(marked):
        text += marked[at:match.start()]
        pieces[match[1]].append(Span(len(text), len(text) + len(match[4]), match[4]))
        text, at = text + match[4], match.end()
        if match[2]:
            spoken[match[1]] = match[2], match[3]
    text += marked[at:]
    if "[" in text or "|" in text:
        raise ValueError(f"{path}: malformed mark near {text[text.find('['):][:40]!r}")
    article = Article(path.stem, text, title=text.split("\n", 1)[0], language=head["language"])
    statements = tuple(_statement(article, number, *spoken[number], tuple(spans)) for number, spans in pieces.items())
    found = _RELATION.findall(next((line for line in lines if line.startswith("== ")), ""))
    for origin, _, target in found:
        if not {origin, target} <= pieces.keys():
            raise ValueError(f"{path}: relation {origin} {target} names a missing statement")
    relations = frozenset((f"{path.stem}/{o}", f"{path.stem}/{t}", KINDS[sign == "-"]) for o, sign, t in found)
    return Example(article, statements, relations)


def _statement(article: Article, number: str, speaker: str, stance: str, content: tuple[Span, ...]) -> Statement:
    before = article.text[:content[0].start].rstrip()
    kind: StatementType = "indirect"
    if speaker == AUTHOR:
        kind = "author"
    elif article.text[content[0].start] in _QUOTES or _quoted(article.text, content[0].start):
        kind = "direct"
    elif any(mark in span.text for span in content for mark in _QUOTES) or before.endswith(tuple(_QUOTES)):
        kind = "mixed"
    return Statement(f"{article.id}/{number}", article.id, "author" if speaker == AUTHOR else "attributed", kind, content,
                     source=_source(article, speaker, content[0]), actors=(speaker,), stance=_STANCE[stance], relevance=1.0)


def _source(article: Article, speaker: str, near: Span) -> Span | None:
    """The speaker's name nearest to a statement: speakers are marked by a word of their name."""
    found = [match.span() for match in re.finditer(rf"\b{re.escape(speaker)}\b", article.text, re.IGNORECASE)]
    best = min(found, key=lambda span: abs(span[0] - near.start), default=None)
    return article.span(*best) if best else None


def _quoted(text: str, at: int) -> bool:
    """Whether a place lies inside quotation marks of its paragraph."""
    before = text[text.rfind("\n", 0, at) + 1:at]
    if before.count("«") > before.count("»") or before.count("“") > before.count("”"):
        return True
    return before.count('"') % 2 == 1


def read_all(folder: Path = TEXTS) -> list[Example]:
    """All marked texts of a folder, sorted by name."""
    return [read(path) for path in sorted(folder.glob("*.txt"))]
