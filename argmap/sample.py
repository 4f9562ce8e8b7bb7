"""A map in, a sheet of statements and relations drawn at random out, for people to check by hand in a spreadsheet.

Each row holds what the map says and where it was read, and the questions that can be asked about it; `argmap.precision` counts the
answers. A draw is simple random sampling without replacement among the statements, and among the relations; or stratified, with as
nearly equal numbers from each stratum as there are, so that rare ones are seen. Each row tells its stratum and how many the map has of
it, so that figures over strata can be weighted (Cochran 1977, Sampling techniques, ch. 5).

What the map hides for bearing too little on the motion is left out, and so are repeated words.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Literal, TypeVar, get_args

from argmap.errors import ArgmapError
from argmap.export.clean import harmless, one_line
from argmap.graph import author_id, author_name, speakers
from argmap.model import Article, Attribution, DebateMap, Relation, Span, Statement, stable_id
from argmap.settings import DEFAULTS, Settings

__all__ = ["ANSWERS", "ASKED", "BANDS", "NOT_ASKED", "Row", "Stratum", "band", "draw", "sheet"]

Kind = Literal["statement", "relation"]
Stratum = Literal["language", "confidence", "side", "rule", "outlet"]
#: What is asked of each kind of row.
ASKED: Mapping[Kind, tuple[str, ...]] = {"statement": ("words", "actor", "stance", "claim"), "relation": ("relation",)}
#: The columns that people fill; the last two are theirs to use.
ANSWERS = (*(f"{thing} right?" for things in ASKED.values() for thing in things), "should be", "note")
#: Stands where a row does not ask.
NOT_ASKED = "n/a"
#: Where bands of confidence part: below the first the map marks things as doubtful.
BANDS = (DEFAULTS.low_confidence, 0.6, 0.8)
#: Characters of context on each side of the words, about two lines of a cell.
CONTEXT = 160
#: What stands around a statement's words in their context, and around those that it answers.
MARKS, ANSWERED_MARKS = ("[[", "]]"), ("{{", "}}")
GAP = " […] "
WORD = re.compile(r"\w+")
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to check. `stratum_size` counts all of its stratum in the map, drawn or not; fields that do not fit its kind are empty."""

    kind: Kind
    id: str
    language: str
    confidence: float
    stratum: str
    stratum_size: int
    source: str
    actor: str
    words: str
    stance: str = ""
    claim: str = ""
    relation: str = ""
    signal: str = ""
    answered_actor: str = ""
    answered_words: str = ""
    context: str = ""

    def asks(self, thing: str) -> bool:
        """Whether there is something to be right or wrong about: no speaker, or a claim in the statement's own words, is not."""
        if thing == "actor":
            return self.kind == "statement" and bool(self.actor)
        if thing == "claim":
            return self.kind == "statement" and WORD.findall(self.claim.casefold()) != WORD.findall(self.words.casefold())
        return thing in ASKED[self.kind]


def band(confidence: float) -> str:
    """The band of a confidence.

    >>> band(0.1), band(0.3), band(0.95)
    ('below 0.3', '0.3 to 0.6', 'from 0.8')
    """
    if confidence < BANDS[0]:
        return f"below {BANDS[0]:g}"
    return next((f"{low:g} to {high:g}" for low, high in pairwise(BANDS) if confidence < high), f"from {BANDS[-1]:g}")


def draw(debate_map: DebateMap, *, number: int, seed: int = 0, by: Stratum | None = None, only: Kind | None = None,
         settings: Settings = DEFAULTS) -> tuple[Row, ...]:
    """Draw things to check, in the order in which they are read: statements, then relations, article by article.

    Args:
        debate_map: the map.
        number: rows, half of them statements; where there are too few of a kind, the other fills up.
        seed: another one draws others; the same seed, map and options always draw the same.
        by: draw equal numbers of each language, band of confidence, side (of relations: support or attack), rule or outlet.
        only: rows of one kind.
        settings: `relevance`.

    Raises:
        ArgmapError: the map holds nothing to draw, or `by` is none of those.
    """
    if by is not None and by not in get_args(Stratum):
        raise ArgmapError(f"{by!r}: draw by one of {', '.join(get_args(Stratum))}")
    pool = _Pool(debate_map, settings)
    strata: dict[Kind, dict[str, list[_Drawable]]] = {kind: defaultdict(list) for kind in get_args(Kind) if only in (None, kind)}
    for kind, groups in strata.items():
        for one in pool.statements if kind == "statement" else pool.relations:
            groups[f"{kind}, {pool.stratum(one, by)}" if by else kind].append(one)
    sizes = {kind: sum(map(len, groups.values())) for kind, groups in strata.items()}
    if not any(sizes.values()):
        raise ArgmapError("the map has no statements and relations that bear on the motion: there is nothing to check")
    chance = random.Random(seed)  # noqa: S311  # a sample, no secret
    rows = []
    for kind, wanted in allocate(sizes, number).items():
        groups = strata[kind]
        for stratum, count in allocate({name: len(groups[name]) for name in sorted(groups)}, wanted).items():
            among = sorted(groups[stratum], key=pool.key)
            drawn = sorted(chance.sample(among, count), key=pool.order)
            rows += [pool.row(one, stratum, len(among)) for one in drawn]
    return tuple(rows)


def allocate(sizes: Mapping[Name, int], number: int) -> dict[Name, int]:
    """How many to draw of each group: as nearly equal numbers as the groups have; of what remains, the first get one more.

    >>> allocate({"a": 100, "b": 3, "c": 100}, 10)
    {'a': 4, 'b': 3, 'c': 3}
    """
    found = dict.fromkeys(sizes, 0)
    left = min(number, sum(sizes.values()))
    while left:
        for name, size in sizes.items():
            if left and found[name] < size:
                found[name] += 1
                left -= 1
    return found


def sheet(rows: Sequence[Row], *, separator: str = ",") -> str:
    """The rows as CSV that spreadsheets open as it is: with a byte order mark, lines ended as RFC 4180 has it, no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    names = [field.name for field in fields(Row)]
    writer.writerow(("row", *(name.replace("_", " ") for name in names), *ANSWERS))
    for number, row in enumerate(rows, 1):
        cells = [f"{getattr(row, name):.2f}" if name == "confidence" else one_line(str(getattr(row, name))) for name in names]
        asked = ["" if row.asks(thing) else NOT_ASKED for things in ASKED.values() for thing in things]
        writer.writerow([number, *map(harmless, cells), *asked, "", ""])
    return f"\ufeff{out.getvalue()}"


@dataclass(frozen=True, slots=True)
class _Drawable:
    """A statement, or a relation with the statements that it was first read from."""

    statement: Statement
    relation: Relation | None = None
    answered: Statement | None = None


class _Pool:
    """All that may be drawn of a map, and what their rows need to look up."""

    def __init__(self, debate_map: DebateMap, settings: Settings) -> None:
        self.articles = {article.id: article for article in debate_map.articles}
        self.place = {article.id: number for number, article in enumerate(debate_map.articles)}
        self.claims = {claim.id: claim.text for claim in debate_map.claims}
        self.attributions: dict[str, Attribution] = {one.id: one for one in debate_map.attributions}
        self.names = {author_id(article): f"{author_name(article)} (own voice)" for article in debate_map.articles}
        self.names |= {actor.id: f"{actor.name} ({actor.affiliation})" if actor.affiliation else actor.name for actor in debate_map.actors}
        shown = {one.id: one for one in debate_map.statements if one.relevance >= settings.relevance and one.content}
        self.statements = [_Drawable(one) for one in shown.values() if one.repeats is None]
        self.relations = []
        for relation in debate_map.relations:
            for evidence in relation.evidence:
                if evidence.origin_statement in shown and evidence.target_statement in shown:
                    self.relations.append(_Drawable(shown[evidence.origin_statement], relation, shown[evidence.target_statement]))
                    break

    def key(self, one: _Drawable) -> str:
        """The id of a row."""
        relation = one.relation
        return one.statement.id if relation is None else stable_id("r", relation.origin, relation.target, relation.kind)

    def order(self, one: _Drawable) -> tuple[int, Span, str]:
        """Where a reader meets it."""
        return self.place[one.statement.article], one.statement.content[0], self.key(one)

    def stratum(self, one: _Drawable, by: Stratum) -> str:
        """The name of a thing's stratum."""
        article = self.articles[one.statement.article]
        found: Mapping[Stratum, Callable[[], str]] = {
            "language": lambda: article.language, "outlet": lambda: article.outlet, "confidence": lambda: band(self._confidence(one)),
            "side": lambda: one.relation.kind if one.relation else one.statement.stance, "rule": lambda: self._rule(one)}
        return found[by]() or "(none)"

    def row(self, one: _Drawable, stratum: str, size: int) -> Row:
        """What the sheet says of it."""
        statement, article = one.statement, self.articles[one.statement.article]
        shared = {"id": self.key(one), "language": article.language, "stratum": stratum, "source": _source(article),
                  "actor": self._who(statement), "words": GAP.join(span.text for span in statement.content)}
        if one.relation is None or one.answered is None:
            return Row("statement", confidence=self._confidence(one), stratum_size=size, stance=statement.stance,
                       claim=self.claims.get(statement.claim, ""), context=_context(article, [(statement, MARKS)]), **shared)
        evidence = next(e for e in one.relation.evidence if (e.origin_statement, e.target_statement) == (statement.id, one.answered.id))
        other = self.articles[one.answered.article]
        parts = [(statement, MARKS), (one.answered, ANSWERED_MARKS)]
        context = _context(article, parts) if article is other else GAP.join(
            _context(self.articles[part.article], [(part, marks)]) for part, marks in parts)
        return Row("relation", confidence=self._confidence(one), stratum_size=size, relation=f"{one.relation.kind}s",
                   signal=evidence.signal.text if evidence.signal else "", answered_actor=self._who(one.answered),
                   answered_words=GAP.join(span.text for span in one.answered.content), context=context, **shared)

    def _confidence(self, one: _Drawable) -> float:
        return one.relation.confidence if one.relation else one.statement.confidence

    def _rule(self, one: _Drawable) -> str:
        if one.relation:
            return one.relation.rule
        attribution = self.attributions.get(one.statement.attribution or "")
        return attribution.rule if attribution else one.statement.type

    def _who(self, statement: Statement) -> str:
        return "; ".join(self.names.get(name, name) for name in speakers(statement, self.articles[statement.article]))


def _source(article: Article) -> str:
    return ", ".join(filter(None, (article.title or article.id, article.outlet, article.date, article.url)))


def _context(article: Article, parts: Sequence[tuple[Statement, tuple[str, str]]]) -> str:
    """The words of statements of one article between marks, with what stands around them; what lies far between is left out."""
    spans = sorted((span, marks) for statement, marks in parts for span in statement.content)
    first, last = spans[0][0].start, max(span.end for span, _ in spans)
    pieces, at = [], first - len(_tail(article.text[:first]))
    for span, (opening, closing) in spans:
        between = article.text[at:max(at, span.start)]
        if len(between) > 2 * CONTEXT:
            between = _head(between) + GAP + _tail(between)
        pieces.append(f"{between}{opening}{article.text[max(at, span.start):span.end]}{closing}")
        at = max(at, span.end)
    return one_line("".join((*pieces, _head(article.text[last:]))))


def _head(text: str) -> str:
    """The beginning of a text, up to a space."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] or text[:CONTEXT]


def _tail(text: str) -> str:
    """The end of a text, from a space on."""
    return text if len(text) <= CONTEXT else text[-CONTEXT:].partition(" ")[2] or text[-CONTEXT:]
