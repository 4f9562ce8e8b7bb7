"""Claims of different articles in, relations between them out: contradictions, and reasons that others' demands rest on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from argmap import lexicon as lexicons
from argmap import polarity
from argmap.columns import each, sequence, take
from argmap.model import Article, Claim, Evidence, Relation, RelationKind, Statement
from argmap.points import bare
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import Embedder, blocks

__all__ = ["CONTRADICTION", "REASON", "contradictions", "reasons"]

#: Rules of relations across articles: claims that assert and deny one point; a claim of fact that backs a demand.
CONTRADICTION = "contradiction"
REASON = "reason-for-demand"

_WORD = re.compile(r"\w+")


def contradictions(claims: Iterable[Claim], statements: Mapping[str, Statement], articles: Mapping[str, Article], *,
                   embed: Embedder, settings: Settings = DEFAULTS) -> Iterator[Relation]:
    """Attacks between claims that assert and deny one concept, from the one made later to the one made before.

    A concept's claims may be told apart by their words or by nothing but their stances, which are often wrong: two wordings of
    one point must not attack each other. So both must speak well or ill of something, and not alike ("open weights are vital",
    "open weights do not suffice"), and for different sides or none. A claim of few words says too little by itself.
    """
    known = sequence(claims)
    of_concept: dict[str, list[int]] = defaultdict(list)
    for at, concept in enumerate(each(known, "concept")):
        if concept:
            of_concept[concept].append(at)
    for _, group in sorted((concept, places) for concept, places in of_concept.items() if len(places) > 1):
        for one, other in combinations(sorted(take(known, group), key=lambda c: _first_made(c, statements, articles)), 2):
            if one.polarity != other.polarity and _may_conflict(one, other, settings):
                yield _relation(other, one, "attack", CONTRADICTION, statements, embed, settings.contradiction)


def reasons(claims: Iterable[Claim], statements: Mapping[str, Statement], articles: Mapping[str, Article], *,
            embed: Embedder, settings: Settings = DEFAULTS) -> Iterator[Relation]:
    """Support from what is claimed as a fact to what is demanded, of one side, on one topic and close in meaning.

    "Open weights halved the cost of three trials" (one article) backs "public hospitals should use open models"
    (another). Likeness must be high but below that of one point said twice; each reason backs the nearest demand only.
    """
    known = sequence(claims)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, about in enumerate(zip(each(known, "stance"), each(known, "topic"), strict=True)):
        if about[0] != "neutral" and about[1]:
            groups[about].append(at)
    ids = list(each(known, "id"))
    for _, places in sorted(groups.items()):
        group = take(known, sorted(places, key=ids.__getitem__))
        demands = [_holds(claim, "relations.demand.words") for claim in group]
        best: dict[int, tuple[float, int]] = {}
        for block in blocks(list(each(group, "text")), embed, settings.reason_likeness):
            for one, other in zip(block.left.tolist(), block.right.tolist(), strict=True):
                i, j = sorted((int(block.places[one]), int(block.places[other])))
                if demands[i] == demands[j]:
                    continue
                first, second = group[i], group[j]
                if first.concept == second.concept or not _apart(first, second, statements):
                    continue
                likeness = float(block.vectors[one] @ block.vectors[other])
                fact, demand = (j, i) if demands[i] else (i, j)
                best[fact] = max(best.get(fact, (0.0, 0)), (likeness, demand))
        for fact, (likeness, demand) in sorted(best.items()):
            yield _relation(group[fact], group[demand], "support", REASON, statements, embed, settings.reason * likeness)


def _first_made(claim: Claim, statements: Mapping[str, Statement], articles: Mapping[str, Article]) -> tuple[str, str]:
    dates = [articles[statements[s].article].date for s in claim.statements if s in statements and statements[s].article in articles]
    return min((date for date in dates if date), default="9999"), claim.id


def _may_conflict(one: Claim, other: Claim, settings: Settings) -> bool:
    if {one.stance, other.stance} not in ({"for", "against"}, {"neutral"}):
        return False
    if min(len(_WORD.findall(claim.text)) for claim in (one, other)) < settings.contradiction_words:
        return False
    return _sign(one) * _sign(other) < 0


def _sign(claim: Claim) -> int:
    """Whether a claim's words say something good (1) or ill (-1)."""
    known = claim.language in lexicons.languages()
    return polarity.polarity(claim.text, polarity.vocabulary(claim.language)) if known else 0


def _holds(claim: Claim, path: str) -> bool:
    """Whether a claim holds a word of a list of its language."""
    if claim.language not in lexicons.languages():
        return False
    return not lexicons.load(claim.language).words(path).isdisjoint(_WORD.findall(claim.text.casefold()))


def _apart(one: Claim, other: Claim, statements: Mapping[str, Statement]) -> bool:
    """Whether no article makes both claims: inside an article its own wording decides."""
    mine = {statements[s].article for s in one.statements if s in statements}
    return not mine & {statements[s].article for s in other.statements if s in statements}


def _relation(origin: Claim, target: Claim, kind: RelationKind, rule: str, statements: Mapping[str, Statement], embed: Embedder,
              confidence: float) -> Relation:
    """The relation, shown by the two statements that are most alike."""
    one = _known(origin, statements)
    other = _known(target, statements)
    likeness = embed([bare(s.text) for s in one]) @ embed([bare(s.text) for s in other]).T
    best = int(likeness.argmax())
    start, end = one[best // len(other)], other[best % len(other)]
    return Relation(origin.id, target.id, kind, rule, round(confidence, 3), (Evidence(start.article, start.id, end.id),))


def _known(claim: Claim, statements: Mapping[str, Statement]) -> Sequence[Statement]:
    return [statements[s] for s in sorted(claim.statements) if s in statements]
