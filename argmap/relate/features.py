"""Two statements of one article and what is already decided in, named numbers out: why one may back or attack the other.

The names are the keys of the shipped weights. Each stands for something that a reader can see: how far apart the two
are, who speaks, on which side, which word signals what, whether the target is one that the text still talks about (the
right frontier of Polanyi 1988).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from argmap.model import RelationKind
from argmap.relate.view import View

__all__ = ["Edge", "candidates", "no_relation", "pair"]

#: A decided relation: (target, kind).
Edge = tuple[int, RelationKind]

#: How many statements ahead a reason may stand before what it backs.
AHEAD = 3


def candidates(seen: View, origin: int) -> list[int]:
    """The statements that this one may back or attack: all before it, and the next few after it."""
    last = min(len(seen.statements), origin + AHEAD + 1)
    return [i for i in range(last) if i != origin]


def no_relation(seen: View, origin: int) -> dict[str, float]:
    """Why a statement may back and attack nothing."""
    statement = seen.statements[origin]
    names = ["none"]
    names += ["none:first"] if origin == 0 else []
    names += [f"none:{statement.stance == 'neutral' and 'neutral' or 'sided'}:{statement.voice}"]
    names += ["none:new-paragraph"] if origin and seen.paragraph[origin] != seen.paragraph[origin - 1] else []
    names += ["none:signal"] if seen.signals.get(origin) else []
    names += ["none:last"] if origin == len(seen.statements) - 1 else []
    return dict.fromkeys(names, 1.0)


def pair(seen: View, origin: int, target: int, kind: RelationKind, decided: Mapping[int, Sequence[Edge]]) -> dict[str, float]:
    """Why `origin` may back or attack `target`, given the relations of the statements before it."""
    values = {f"{kind}:{name}": 1.0 for name in _names(seen, origin, target, kind, decided)}
    values[f"{kind}:similarity"] = float(seen.similarity[origin, target])
    values[f"{kind}:overlap"] = seen.overlap[origin][target]
    values[f"{kind}:relevance"] = seen.statements[target].relevance
    return values


def _names(seen: View, origin: int, target: int, kind: RelationKind, decided: Mapping[int, Sequence[Edge]]) -> Iterator[str]:
    yield "bias"
    distance = _distance(origin - target)
    speakers = _speakers(seen, origin, target)
    sides = _sides(seen, origin, target)
    yield distance
    yield speakers
    yield sides
    yield f"{speakers}:{sides}"
    yield f"{distance}:{'same' if speakers.startswith('same') else 'other'}"
    yield from _layout(seen, origin, target, speakers)
    yield from _frontier(seen, origin, target, kind, decided)
    yield from _signals(seen, origin, target, decided)
    yield from _shape(seen, origin, target, speakers)


def _distance(gap: int) -> str:
    if gap > 0:
        return f"back-{gap}" if gap <= 3 else ("back-4-6" if gap <= 6 else "back-far")
    return f"ahead-{-gap}"


def _speakers(seen: View, origin: int, target: int) -> str:
    if seen.speaker[origin] == seen.speaker[target]:
        return "same-author" if seen.statements[origin].voice == "author" else "same-speaker"
    return f"{seen.statements[origin].voice}-to-{seen.statements[target].voice}"


def _sides(seen: View, origin: int, target: int) -> str:
    one, other = seen.statements[origin].stance, seen.statements[target].stance
    if "neutral" in (one, other):
        return "both-neutral" if one == other else "one-neutral"
    return "same-side" if one == other else "opposed"


def _layout(seen: View, origin: int, target: int, speakers: str) -> Iterator[str]:
    lines = seen.paragraph[origin] - seen.paragraph[target]
    yield "same-paragraph" if lines == 0 else "other-paragraph"
    if seen.sentence[origin] == seen.sentence[target]:
        yield "same-sentence"
        yield f"same-sentence:{'ahead' if target > origin else 'back'}"
    if target == 0:
        yield "to-first"
    if target and seen.paragraph[target] != seen.paragraph[target - 1]:
        yield "to-paragraph-opening"
    between = range(min(origin, target) + 1, max(origin, target))
    if target < origin and not any(seen.speaker[i] == seen.speaker[target] for i in between):
        yield f"latest-of-speaker:{'same' if speakers.startswith('same') else 'other'}"
    if target < origin and not any(seen.statements[i].stance == seen.statements[target].stance for i in between):
        yield "latest-of-side"


def _frontier(seen: View, origin: int, target: int, kind: RelationKind, decided: Mapping[int, Sequence[Edge]]) -> Iterator[str]:
    """Where the target stands in the chains that lead up from the statement before."""
    above = heads(origin - 1, decided)
    if target in above:
        depth = above.index(target)
        yield f"frontier-{min(depth, 3)}"
        if depth == len(above) - 1:
            yield "frontier-head"
    elif target < origin - 1:
        yield "off-frontier"
    before = decided.get(origin - 1, ())
    if any(goal == target for goal, _ in before):
        yield "sibling-same-kind" if (target, kind) in before else "sibling-other-kind"
    fans = sum(goal == target for edges in decided.values() for goal, _ in edges)
    if target < origin:
        yield f"fans-{min(fans, 3)}"
        given = decided.get(target, ())
        yield "target-is-claim" if not given else f"target-gave-{given[0][1]}"


def heads(start: int, decided: Mapping[int, Sequence[Edge]]) -> list[int]:
    """The statement and those that it leads up to, each by its first relation."""
    chain: list[int] = []
    at = start
    while at >= 0 and at not in chain:
        chain.append(at)
        edges = decided.get(at, ())
        if not edges:
            break
        at = edges[0][0]
    return chain


def _signals(seen: View, origin: int, target: int, decided: Mapping[int, Sequence[Edge]]) -> Iterator[str]:
    """The signals with the later one of the two, and whether they point at this pair or at where its target leads."""
    here = seen.signals.get(origin, ())
    for link, start, end in here:
        if start == origin and end == target:
            yield f"signal:{link.rule}:{link.kind}"
            yield "signal"
        elif start == origin and target in heads(end, decided):
            yield f"signal-above:{link.rule}"
        elif start == origin:
            yield f"signal-elsewhere:{link.rule}"
        elif end == origin and start == target:
            yield f"signal-inverse:{link.rule}"
    if target > origin:
        for link, start, end in seen.signals.get(target, ()):
            if start == origin and end == target:
                yield f"signal:{link.rule}:{link.kind}"
                yield "signal"
            elif end == origin:
                yield f"signal-inverse:{link.rule}"


def _shape(seen: View, origin: int, target: int, speakers: str) -> Iterator[str]:
    one, other = seen.statements[origin], seen.statements[target]
    if one.type == "direct" and other.type != "direct" and speakers == "same-speaker":
        yield "quotation-after-report" if target < origin else "quotation-before-report"
    if seen.demands[target] and not seen.demands[origin]:
        yield "to-demand"
    if seen.demands[origin] and not seen.demands[target]:
        yield "from-demand"
    if seen.points_back[origin] and target == origin - 1:
        yield "points-back"
    if any(letter.isdigit() for letter in one.text):
        yield "number"
    if seen.words[target] <= 4:
        yield "short-target"
    if seen.words[origin] <= 4:
        yield "short-origin"
    if "?" in other.text:
        yield "to-question"
