"""A part of PolNeAR and a map of its articles in, figures out: how well the map's attributions match those marked by hand.

PolNeAR (Newell, Margolin and Ruths 2018) marks source, cue and content of attributions in American political news. A
part is a folder with the articles as ``text/ID.txt`` and, in brat's standoff format, ``attributions/ID_XXXX.ann``, one
file an annotator, of which the first counts. It marks no nesting, so the map's outermost attributions are compared.

Contents are compared as words. Two attributions are one where the Jaccard index of their contents is at least half
(`content_f1`; four fifths: `content80_f1`), matched greedily, the most alike first. `speaker_acc` is the share of
matched ones, with a source marked, whose source has the same syntactic head; `ar_f1` counts those alone. `direct_f1`,
`mixed_recall` and `indirect_recall` part attributions by the share of their words inside double quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from argmap.errors import ArgmapError
from argmap.extract.annotate import annotate
from argmap.gold import align_words, word_spans
from argmap.model import Article, DebateMap

__all__ = ["PolnearEvaluation", "evaluate", "is_part", "read_annotations"]

#: How far the words of two contents must overlap (Jaccard) to be one, loosely and closely.
LOOSE, CLOSE = 0.5, 0.8
#: Share of quoted words from which an attribution is direct; one without any is indirect, the others are mixed.
DIRECT = 0.8
TEXT_BOUND = re.compile(r"(T\d+)\t\w+ ([\d ;]+?)(?:\t|\s*$)")
EVENT = re.compile(r"E\d+\t(\S.*)")

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PolnearEvaluation:
    """Figures in [0, 1] by name; `precision` is that of each rule, with how often it spoke; `missing` articles count as empty."""

    figures: Mapping[str, float]
    precision: Mapping[str, tuple[float, int]]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution as numbers of the article's words; `rule` is empty for one marked by hand."""

    content: frozenset[int]
    source: frozenset[int]
    rule: str = ""


def is_part(folder: Path) -> bool:
    """Whether a folder is laid out as a part of PolNeAR."""
    return (folder / "text").is_dir() and (folder / "attributions").is_dir()


def read_annotations(path: Path) -> Iterator[tuple[Spans, Spans]]:
    """Content and source, as character offsets, of each attribution in a brat file.

    Raises:
        ArgmapError: the file cannot be read, or an event names a span that it lacks.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[str] = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            if bound := TEXT_BOUND.match(line):
                pairs = (piece.split() for piece in bound[2].split(";"))
                spans[bound[1]] = [(int(start), int(end)) for start, end in pairs]
            elif event := EVENT.match(line):
                events.append(event[1])
        for event_line in events:
            parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for argument in event_line.split():
                name, reference = argument.split(":")[:2]
                parts[name.rstrip("0123456789")] += spans.get(reference, [])
            yield parts["Content"], parts["Source"]
    except (OSError, ValueError) as error:
        raise ArgmapError(f"{path}: no brat annotation of attributions ({error})") from error


def evaluate(part: Path, debate_map: DebateMap) -> PolnearEvaluation:
    """Score a map's outermost attributions against a part of PolNeAR.

    Args:
        part: the folder with ``text`` and ``attributions``.
        debate_map: the map of the part's articles, matched by id (the file's stem).

    Raises:
        ArgmapError: the folder holds no annotated articles, or an annotation cannot be read.
    """
    mine = {article.id: article for article in debate_map.articles}
    outermost = defaultdict(list)
    for attribution in debate_map.attributions:
        if attribution.parent is None:
            outermost[attribution.article].append(attribution)
    tally, rules, right = Counter[tuple[str, ...]](), Counter[str](), Counter[str]()
    missing: list[str] = []
    noted = list(_articles(part))
    for (article, gold), doc in zip(noted, annotate(article for article, _ in noted), strict=True):
        spans = word_spans(article.text)
        quoted = _quoted(article.text, spans)
        marked = [Marked(_words(spans, content), _words(spans, source)) for content, source in gold]
        found: list[Marked] = []
        if article.id in mine:
            text = mine[article.id].text
            theirs, number = word_spans(text), align_words(text, article.text)
            for one in outermost[article.id]:
                content = _words(theirs, [(span.start, span.end) for span in one.content])
                source = _words(theirs, [(one.source.start, one.source.end)] if one.source else [])
                found.append(Marked(frozenset(number[word] for word in content if word in number),
                                    frozenset(number[word] for word in source if word in number), one.rule))
        else:
            missing.append(article.id)
        heads = _Heads([(token.idx, token.idx + len(token), token.i, [above.i for above in token.ancestors]) for token in doc], spans)
        _count(tally, [one for one in marked if one.content], [one for one in found if one.content], quoted, heads)
        hits = {pair[1] for pair in _pairs(marked, found, LOOSE)}
        rules.update(one.rule for one in found)
        right.update(one.rule for number, one in enumerate(found) if number in hits)
    if not noted:
        raise ArgmapError(f"{part}: no articles with annotations there")
    return PolnearEvaluation(_figures(tally), {rule: (right[rule] / count, count) for rule, count in sorted(rules.items())}, tuple(missing))


def _articles(part: Path) -> Iterator[tuple[Article, list[tuple[Spans, Spans]]]]:
    for path in sorted((part / "text").glob("*.txt")):
        notes = sorted((part / "attributions").glob(f"{escape(path.stem)}_*.ann"))
        if notes:
            # Offsets count carriage returns, which universal newlines would swallow.
            with path.open(encoding="utf-8", newline="") as file:
                yield Article(path.stem, file.read(), language="en"), list(read_annotations(notes[0]))


def _words(spans: Spans, parts: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the words that the parts touch."""
    starts = [start for start, _ in spans]
    touched: set[int] = set()
    for start, end in parts:
        number = bisect_left(starts, start)
        if number and spans[number - 1][1] > start:
            number -= 1
        while number < len(spans) and spans[number][0] < end:
            touched.add(number)
            number += 1
    return frozenset(touched)


def _quoted(text: str, spans: Spans) -> list[bool]:
    """For each word, whether it stands inside double quotation marks, read mark by mark and anew in each line."""
    inside, flags = False, []
    for character in text:
        inside = {"“": True, "”": False, "\n": False, '"': not inside}.get(character, inside)
        flags.append(inside)
    return [flags[start] for start, _ in spans]


class _Heads:
    """The syntactic head of a phrase: its first word whose token has no other of the phrase above it."""

    def __init__(self, tokens: Sequence[tuple[int, int, int, list[int]]], spans: Spans) -> None:
        starts = [start for start, _ in spans]
        self.token: dict[int, tuple[int, list[int]]] = {}
        for start, _, number, above in tokens:
            word = bisect_left(starts, start + 1) - 1
            if word >= 0 and spans[word][1] > start:
                self.token.setdefault(word, (number, above))

    def of(self, words: frozenset[int]) -> int:
        tokens = [(word, *self.token[word]) for word in sorted(words) if word in self.token]
        numbers = {number for _, number, _ in tokens}
        return next((word for word, _, above in tokens if not numbers & set(above)), min(words))


def _pairs(gold: Sequence[Marked], found: Sequence[Marked], floor: float) -> list[tuple[int, int]]:
    """Pairs of numbers, one to one, the most alike first."""
    likeness = sorted(((len(one.content & other.content) / len(one.content | other.content), -row, -column)
                       for row, one in enumerate(gold) for column, other in enumerate(found) if one.content & other.content), reverse=True)
    rows: set[int] = set()
    columns: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for alike, row, column in likeness:
        if alike >= floor and -row not in rows and -column not in columns:
            rows.add(-row)
            columns.add(-column)
            pairs.append((-row, -column))
    return pairs


def _count(tally: Counter[tuple[str, ...]], gold: Sequence[Marked], found: Sequence[Marked], quoted: Sequence[bool], heads: _Heads) -> None:
    pairs = _pairs(gold, found, LOOSE)
    tally["gold",] += len(gold)
    tally["found",] += len(found)
    tally["hit",] += len(pairs)
    tally["hit80",] += len(_pairs(gold, found, CLOSE))
    for side, marked, matched in (("gold", gold, {row for row, _ in pairs}), ("found", found, {column for _, column in pairs})):
        for number, one in enumerate(marked):
            share = sum(quoted[word] for word in one.content) / len(one.content)
            kind = "direct" if share >= DIRECT else "mixed" if share else "indirect"
            tally[kind, side] += 1
            tally[kind, side, "hit"] += number in matched
    for row, column in pairs:
        if gold[row].source:
            tally["speakers",] += 1
            tally["speaker",] += bool(found[column].source) and heads.of(gold[row].source) == heads.of(found[column].source)


def _figures(tally: Mapping[tuple[str, ...], int]) -> dict[str, float]:
    def share(hits: int, of: int) -> float:
        return hits / of if of else 0.0

    def recall(kind: str, side: str = "gold") -> float:
        return share(tally[kind, side, "hit"], tally[kind, side])

    both = tally["found",] + tally["gold",]
    precise, complete = recall("direct", "found"), recall("direct")
    return {
        "content_f1": share(2 * tally["hit",], both), "content80_f1": share(2 * tally["hit80",], both),
        "ar_f1": share(2 * tally["speaker",], both), "speaker_acc": share(tally["speaker",], tally["speakers",]),
        "direct_f1": 2 * precise * complete / (precise + complete) if precise + complete else 0.0,
        "mixed_recall": recall("mixed"), "indirect_recall": recall("indirect"),
        "precision": share(tally["hit",], tally["found",]), "recall": share(tally["hit",], tally["gold",]),
    }
