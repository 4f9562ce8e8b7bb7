"""Two statements of one article in, named numbers out: whether they are related, and which backs or attacks which.

The names are the keys of the shipped weights. Each stands for something that a reader can see: how far apart the two are,
who speaks, on which side, whether the target opens a stretch that the text still talks about, which word signals what.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from argmap.relate.view import View

__all__ = ["ends", "pair", "pairs", "tie"]

#: How many statements ahead a reason may stand before what it backs, and how many back, but for an article's first ones:
#: beyond a dozen one pair in a hundred is related, and nothing tells which.
AHEAD, BACK, FIRST = 3, 12, 2
#: Words up to which a statement is short: "the comparison", "parere favorevole".
SHORT = 4
#: Distances back that have a feature of their own, and those that share one.
NEAR, MIDDLE = 3, 6
#: What the likeness of words is multiplied by: it varies a third as much as other features, and is held back by ridge no more than they.
WORDS = 3.0
#: What the view of a pair from its earlier to its later statement adds to the view in the other direction.
ONE_WAY = ("signal", "gap", "quotation", "to-", "from-")


def pairs(seen: View) -> Iterator[tuple[int, int]]:
    """The statements that may be related, the earlier one first: those near each other, and each with the first ones.

    In long articles only the first statements are looked for beyond a page or so: 1,000 statements have a million pairs.
    """
    for later in range(len(seen.statements)):
        yield from ((earlier, later) for earlier in range(later) if earlier < FIRST or later - earlier <= BACK)


def ends(earlier: int, later: int) -> list[tuple[int, int]]:
    """Origin and target of the relations that two statements may have: a reason stands at most a few before what it backs."""
    return [(later, earlier), (earlier, later)] if later - earlier <= AHEAD else [(later, earlier)]


def tie(seen: View, earlier: int, later: int) -> dict[str, float]:
    """Why two statements may be related, whichever of them backs or attacks the other."""
    values = pair(seen, later, earlier)
    if later - earlier <= AHEAD:
        alike = _alike(seen, earlier, later)
        names = chain(_layout(seen, earlier, later, alike), _signals(seen, earlier, later),
                      _shape(seen, earlier, later, _speakers(seen, earlier, later)))
        values |= {f"ahead:{name}": 1.0 for name in names if name.startswith(ONE_WAY)}
    beside = "next" if later - earlier == 1 else "apart"
    for end, at in (("earlier", earlier), ("later", later)):
        for name in seen.alone[at]:
            values[f"{end}:{name}"] = values[f"{end}:{name}:{beside}"] = 1.0
    values.update(_likeness(seen, earlier, later))
    values.update(_wording(seen, earlier, later))
    return values


def pair(seen: View, origin: int, target: int) -> dict[str, float]:
    """Why `origin` may back or attack `target`."""
    alike = _alike(seen, origin, target)
    values = dict.fromkeys(_names(seen, origin, target, alike), 1.0)
    for name, chance in _sides(seen, origin, target).items():
        values[name] = values[f"{alike}:{name}"] = chance
    values["overlap"] = seen.overlap[origin][target]
    if seen.sentence[origin] != seen.sentence[target]:
        near = "adjacent" if abs(origin - target) == 1 else "farther"
        likeness = seen.likeness.of[origin][target]
        values |= {"likeness": likeness, f"likeness:{alike}": likeness, f"likeness:{near}": likeness}
    return values


def _alike(seen: View, origin: int, target: int) -> str:
    return "same" if seen.speaker[origin] == seen.speaker[target] else "other"


def _likeness(seen: View, earlier: int, later: int) -> Iterator[tuple[str, float]]:
    """How alike the two are, beside what stands around them: a statement is about what the one before it is about, or it is not."""
    distance = _distance(later - earlier)
    for name, alike in (("sentence", seen.likeness), ("words", seen.closeness)):
        mine = alike.of[earlier][later]
        mean, best = alike.before[later]
        following, likest = alike.after[earlier]
        found = {"": mine, "above-before": mine - mean, "best-before": mine - best, "above-after": mine - following,
                 "best-after": mine - likest, "later-before": alike.of[later - 1][later], "earlier-after": alike.of[earlier][earlier + 1],
                 "beyond": alike.of[earlier][later + 1] if later + 1 < len(seen.statements) else 0.0}
        for sign, value in found.items():
            yield f"{name}:{sign}", value
            yield f"{name}:{sign}:{distance}", value


def _wording(seen: View, earlier: int, later: int) -> Iterator[tuple[str, float]]:
    """Which words the two share, and whether the later one takes up what the earlier one was the last, or the first, to speak of."""
    distance, alike = _distance(later - earlier), _alike(seen, earlier, later)
    for name, words in (("around", seen.around), ("own", seen.own)):
        mine = words.shared[earlier][later]
        found = {"shared": mine, "last-said": words.recalled.last[later].get(earlier, 0.0),
                 "first-said": words.recalled.first[later].get(earlier, 0.0)}
        if name == "around":
            before = (words.shared[i][later] for i in range(max(0, later - BACK), later) if i != earlier)
            after = (words.shared[earlier][i] for i in range(earlier + 1, min(len(seen.statements), earlier + 1 + BACK)) if i != later)
            found |= {"above-before": mine - max(before, default=0.0), "above-after": mine - max(after, default=0.0)}
        for sign, value in found.items():
            for where in ("", f":{distance}", f":{alike}"):
                yield f"{name}-words:{sign}{where}", WORDS * value


def _names(seen: View, origin: int, target: int, alike: str) -> Iterator[str]:
    yield "bias"
    distance = _distance(origin - target)
    speakers = _speakers(seen, origin, target)
    yield distance
    yield speakers
    yield f"{distance}:{alike}"
    yield from _layout(seen, origin, target, alike)
    yield from _signals(seen, origin, target)
    yield from _shape(seen, origin, target, speakers)


def _distance(gap: int) -> str:
    if gap > 0:
        return f"back-{gap}" if gap <= NEAR else ("back-middle" if gap <= MIDDLE else "back-far")
    return f"ahead-{-gap}"


def _speakers(seen: View, origin: int, target: int) -> str:
    if seen.speaker[origin] == seen.speaker[target]:
        return "same-author" if seen.statements[origin].voice == "author" else "same-speaker"
    return f"{seen.statements[origin].voice}-to-{seen.statements[target].voice}"


def _sides(seen: View, origin: int, target: int) -> dict[str, float]:
    """How likely the two are on one side, on opposed ones, or not on any.

    Stances are judged, and often wrongly: a "but" between two statements that seem to be on one side tells that they are not.
    """
    one, other = seen.sides[origin], seen.sides[target]
    same = one["for"] * other["for"] + one["against"] * other["against"]
    opposed = one["for"] * other["against"] + one["against"] * other["for"]
    neither = one["neutral"] * other["neutral"]
    chances = {"same-side": same, "opposed": opposed, "both-neutral": neither, "one-neutral": 1 - same - opposed - neither}
    if any(link.kind == "attack" and {start, end} == {origin, target} for link, start, end in seen.signals.get(max(origin, target), ())):
        chances["opposed"] *= seen.contrast_odds
    total = sum(chances.values())
    return {name: chance / total for name, chance in chances.items()}


def _layout(seen: View, origin: int, target: int, alike: str) -> Iterator[str]:
    yield "same-paragraph" if seen.paragraph[origin] == seen.paragraph[target] else "other-paragraph"
    if seen.sentence[origin] == seen.sentence[target]:
        yield f"same-sentence:{'ahead' if target > origin else 'back'}"
    if abs(origin - target) == 1:
        yield f"gap-{seen.gap[max(origin, target)]}:{'ahead' if target > origin else 'back'}"
    if target > origin:
        return
    if target == 0:
        yield "to-title" if seen.titled else "to-first"
    if target == 1 and seen.titled:
        yield "to-first"
    if target and seen.paragraph[target] != seen.paragraph[target - 1]:
        yield "to-paragraph-opening"
        if seen.paragraph[target] == seen.paragraph[origin]:
            yield f"to-own-paragraph-opening:{alike}:{seen.statements[target].voice}"
    # "A. A's reason. But C": C answers A, which opens the stretch before it.
    if target != origin - 1:
        for name, opening in (("speaker", seen.run), ("stretch", seen.stretch), ("side", seen.camp)):
            if target == opening[origin - 1]:
                yield f"opens-{name}:{alike}"
        if seen.sentence[origin] == seen.sentence[origin - 1] and target == origin - 2:
            yield f"beyond-{seen.gap[origin]}"
    between = range(target + 1, origin)
    if not any(seen.speaker[i] == seen.speaker[target] for i in between):
        yield f"latest-of-speaker:{alike}"
    if not any(seen.statements[i].stance == seen.statements[target].stance for i in between):
        yield "latest-of-side"
    if seen.named[origin]:
        yield "speaker-named" if target in seen.named[origin] else "other-named"


def _signals(seen: View, origin: int, target: int) -> Iterator[str]:
    """The signals with the later one of the two, and whether they point at this pair or near it."""
    later = max(origin, target)
    for link, start, end in seen.signals.get(later, ()):
        if (start, end) == (origin, target):
            yield f"signal:{link.rule}:{'inside' if seen.sentence[start] == seen.sentence[end] else 'across'}"
            yield f"signal:{link.rule}"
            yield "signal"
        elif (start, end) == (target, origin):
            yield f"signal-inverse:{link.rule}"
        elif start == origin and target in (seen.run[end], seen.stretch[end], seen.camp[end]):
            yield f"signal-opening:{link.rule}"
            if target == seen.camp[end]:
                yield f"signal-side:{link.rule}"
            if target == seen.stretch[end]:
                yield f"signal-stretch:{link.rule}"
        elif start == origin:
            yield f"signal-elsewhere:{link.rule}"


def _shape(seen: View, origin: int, target: int, speakers: str) -> Iterator[str]:
    one, other = seen.statements[origin], seen.statements[target]
    if one.type == "direct" and other.type != "direct" and speakers == "same-speaker":
        yield "quotation-after-report" if target < origin else "quotation-before-report"
    if seen.demands[target] != seen.demands[origin]:
        yield "to-demand" if seen.demands[target] else "from-demand"
    if seen.negated[origin] != seen.negated[target]:
        yield "one-negated"
    if seen.points_back[origin] and target == origin - 1:
        yield "points-back"
    if seen.words[target] <= SHORT:
        yield "short-target"
    if seen.words[origin] <= SHORT:
        yield "short-origin"
    if "?" in other.text:
        yield "to-question"
