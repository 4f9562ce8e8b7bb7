"""Hand coding and a map of the same articles come in, how far they agree goes out: for Discourse Network Analyzer's users.

Coders mark stretches and argmap propositions, so one stretch may hold several propositions. Two statements are therefore about the same
words where at least half of the shorter one's words are in the other. `recall` is the share of coded statements that have such a
counterpart in the map, `precision` the share of the map's statements that have one in the coding: low where coders coded some concepts
only. `one_to_one` is the stricter F1 of `argmap.evaluate`. All else is about coded statements that have counterparts:

- `actor`: whether the counterparts that make up most of the common words have the coded speaker, `organisation`: or the organisation
  behind him;
- `stance`: for, against or neutral, whichever of for and against has more of the counterparts' common words; `side`, where both have
  one. DNA codes agreement with a concept, which is no side. What agreeing means may be given (`argmap.sides`); else each concept is turned
  the way most of its *other* statements are in the map, so that a statement never decides about itself;
- `concept` and `agreement`, where both codings use the same concepts, as two coders of one project do: whether a counterpart has the
  concept, and if so, whether both agree with it or neither;
- `relation_f1` and `pair_f1`, where relations are coded too (in argmap's tables and maps): as in `argmap.evaluate`;
- the grouping: whether what coders put under one concept is one claim, concept or topic in the map (of the counterpart with most words
  in common), as homogeneity (a claim's statements
  fall under one code), completeness (a code's statements fall under one claim), their mean V, and the adjusted Rand index.

`alpha_…` are Krippendorff's alphas for nominal values: of stances, speakers, concepts, agreement, and of words, each in a statement or
not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import nan

from argmap import agreement
from argmap.analyse.coalitions import adjusted_rand
from argmap.coding import Documents, Unit, match_documents, units
from argmap.errors import ArgmapError
from argmap.evaluate import LOOSE, Figure, Tally, count, match, overlap, same_speaker, spread
from argmap.export.incoming import OPPOSITE
from argmap.gold import Proposition, Reading, Speaker, relations_within, word_spans
from argmap.model import AUTHOR, DebateMap, Stance
from argmap.settings import DEFAULTS, Settings

__all__ = ["Codes", "CodingEvaluation", "evaluate"]

#: Part of the shorter statement's words that both must have.
SHARED = 0.5
#: What of the map coded concepts are compared with.
LEVELS = ("claim", "concept", "topic")
#: What `argmap.evaluate` measures of relations.
RELATIONS = ("relation_f1", "pair_f1", "alpha_relation")
#: Alphas, and those of so many values that computing them for each draw takes minutes: they come without interval.
FEW_VALUED = ("alpha_words", "alpha_relation", "alpha_agreement", "alpha_stance")
MANY_VALUED = ("alpha_actor", "alpha_concept")
SIGNS: Mapping[Stance, int] = {"for": 1, "against": -1, "neutral": 0}


@dataclass(frozen=True, slots=True)
class Codes:
    """How the map's claims, concepts or topics (`level`) group what coders put under one concept.

    `codes` and `groups` are how many concepts of the coding, and how many of the map's, the compared statements have.
    """

    level: str
    codes: int
    groups: int
    grouping: agreement.Grouping
    rand: float


@dataclass(frozen=True, slots=True)
class CodingEvaluation:
    """What a map reaches on hand coding.

    `documents` says what was compared and what could not be, `lost` names coded statements whose words are not in the article.
    `figures` come with the interval that 95 % of draws of the articles fall in (alphas of speakers and concepts without); `compared`
    says of how many each is. `oriented` is how the sides of concepts were found: "coded" (the coding has sides), "given", or "derived"
    from the map.
    """

    documents: Documents
    coded: int
    lost: tuple[str, ...]
    figures: Mapping[str, Figure]
    compared: Mapping[str, int]
    codes: tuple[Codes, ...]
    oriented: str


def evaluate(coded: DebateMap, debate_map: DebateMap, *, sides: Mapping[str, Stance] | None = None,
             settings: Settings = DEFAULTS) -> CodingEvaluation:
    """Compare a map with hand coding of the same articles.

    Args:
        coded: the coding, as `argmap.export.import_map` reads it.
        debate_map: the map; what it has beyond the coded articles does not count.
        sides: what agreeing with each of the coding's concepts means, see `argmap.sides`.
        settings: `relevance`.

    Raises:
        ArgmapError: none of the coded documents is in the map, or nothing is coded in them.
    """
    documents = match_documents(coded, debate_map)
    texts = {article.id: article.text for article in debate_map.articles if article.id in documents.articles.values()}
    wanted = units(coded, documents.articles, texts)
    if not any(wanted.values()):
        raise ArgmapError(f"none of the {len(coded.articles)} coded documents is an article of the map and has statements: they are "
                          "matched by id, text, title with date, and the words of their statements")
    found = units(debate_map, {name: name for name in texts}, texts, relevance=settings.relevance)
    lost = tuple(unit.id for each in wanted.values() for unit in each if not unit.words)
    wanted = {name: tuple(unit for unit in each if unit.words) for name, each in wanted.items()}
    pairs = {name: _pairs_of(wanted[name], found[name]) for name in wanted}
    turned, oriented = _oriented([pair for each in pairs.values() for pair in each], sides)
    codes, others = ({unit.code for each in of.values() for unit in each} - {""} for of in (wanted, found))
    counts = {name: _count(wanted[name], found[name], pairs[name], turned, len(word_spans(texts[name])), codes & others) for name in wanted}
    if coded.relations:
        mine, theirs = relations_within(coded), relations_within(debate_map)
        for document, name in documents.articles.items():
            tally = count(Reading(tuple(_propositions(wanted[name])), mine.get(document, frozenset())),
                          Reading(tuple(_propositions(found[name])), theirs.get(name, frozenset())), words=len(word_spans(texts[name])))
            counts[name].update({key: number for key, number in tally.items() if key[0] in RELATIONS})
    whole = sum(counts.values(), Tally())
    figures = spread(sorted(counts), lambda keys: _figures(sum((counts[key] for key in keys), Tally())))
    figures.update((name, Figure(value, nan, nan)) for name, value in _alphas(whole, MANY_VALUED).items())
    return CodingEvaluation(
        documents, sum(map(len, wanted.values())) + len(lost), lost, figures,
        {name: _compared(whole, name) for name in figures},
        tuple(one for level in LEVELS if (one := _codes(level, [pair for each in pairs.values() for pair in each])).groups), oriented)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A coded statement with its counterparts in the map, the one that overlaps it most first."""

    coded: Unit
    found: tuple[Unit, ...]

    def shared(self, unit: Unit) -> int:
        return len(self.coded.words & unit.words)

    def stance(self) -> Stance:
        """The side of most common words."""
        leaning = sum(SIGNS[unit.stance] * self.shared(unit) for unit in self.found)
        return "for" if leaning > 0 else "against" if leaning < 0 else "neutral"

    def mostly(self, right: Callable[[Unit], bool]) -> bool:
        """Whether something is so for at least half of the common words."""
        return 2 * sum(self.shared(unit) for unit in self.found if right(unit)) >= sum(map(self.shared, self.found))


def _pairs_of(wanted: Sequence[Unit], found: Sequence[Unit]) -> list[_Pair]:
    """The coded statements that have counterparts, with them."""
    pairs = []
    for one in wanted:
        same = [other for other in found if _same_words(one, other)]
        if same:
            pairs.append(_Pair(one, tuple(sorted(same, key=lambda other: (-overlap(one.words, other.words), min(other.words))))))
    return pairs


def _same_words(one: Unit, other: Unit) -> bool:
    shorter = min(len(one.words), len(other.words))
    return bool(shorter) and len(one.words & other.words) >= SHARED * shorter


def _oriented(pairs: Sequence[_Pair], sides: Mapping[str, Stance] | None) -> tuple[Mapping[str, Stance], str]:
    """The side of each coded statement, and how it was found."""
    coded = [pair.coded for pair in pairs]
    if sides is None and any(one.stance != "neutral" for one in coded):
        return {one.id: one.stance for one in coded}, "coded"
    if sides is not None:
        known = [one for one in coded if one.concept in sides]
        return {one.id: sides[one.concept] if one.agrees else OPPOSITE[sides[one.concept]] for one in known}, "given"
    votes: dict[str, int] = defaultdict(int)
    own: dict[str, int] = {}
    for pair in pairs:
        own[pair.coded.id] = SIGNS[pair.stance()] * (1 if pair.coded.agrees else -1)
        votes[pair.coded.concept] += own[pair.coded.id]
    turned: dict[str, Stance] = {}
    for one in coded:
        rest = (votes[one.concept] - own[one.id]) * (1 if one.agrees else -1)
        if rest:
            turned[one.id] = "for" if rest > 0 else "against"
    return turned, "derived"


def _count(wanted: Sequence[Unit], found: Sequence[Unit], pairs: Sequence[_Pair], turned: Mapping[str, Stance], words: int,
           codes: Collection[str]) -> Tally:
    """What the figures of one article are counted from."""
    tally = Tally()

    def judge(name: str, right: bool) -> None:
        tally[name, "all"] += 1
        tally[name, "right"] += right

    overlapped = {other.id for other in found if any(_same_words(one, other) for one in wanted)}
    tally["recall", "all"], tally["recall", "right"] = len(wanted), len(pairs)
    tally["precision", "all"], tally["precision", "right"] = len(found), len(overlapped)
    tally["one_to_one", "all"] = len(wanted) + len(found)
    tally["one_to_one", "right"] = 2 * len(match(_propositions(wanted), _propositions(found), LOOSE))
    for pair in pairs:
        one, nearest, stance = pair.coded, pair.found[0], pair.stance()
        if one.speakers:
            same = pair.mostly(partial(_same_speaker, one))
            judge("actor", same)
            judge("organisation", same or pair.mostly(partial(_same_organisation, one)))
            name = one.speakers[0].name
            tally["alpha_actor", name, name if same else (nearest.speakers[0].name if nearest.speakers else "")] += 1
        if one.code in codes:
            same_code = next((other for other in pair.found if other.code == one.code), None)
            judge("concept", same_code is not None)
            tally["alpha_concept", one.code, same_code.code if same_code else nearest.code] += 1
            if same_code:
                judge("agreement", same_code.agrees == one.agrees)
                tally["alpha_agreement", str(one.agrees), str(same_code.agrees)] += 1
        if one.id in turned:
            judge("stance", turned[one.id] == stance)
            tally["alpha_stance", turned[one.id], stance] += 1
            if "neutral" not in (turned[one.id], stance):
                judge("side", turned[one.id] == stance)
    mine, theirs = (frozenset(word for unit in each for word in unit.words) for each in (wanted, found))
    for inside, both in (("yes", "yes"), mine & theirs), (("yes", "no"), mine - theirs), (("no", "yes"), theirs - mine):
        tally["alpha_words", *inside] += len(both)
    tally["alpha_words", "no", "no"] += words - len(mine | theirs)
    return tally


def _propositions(each: Sequence[Unit]) -> list[Proposition]:
    return [Proposition(unit.id, unit.words, True) for unit in each]


def _same_speaker(one: Unit, other: Unit) -> bool:
    def same(coded: Speaker, speaker: Speaker) -> bool:
        return (coded.id == speaker.id == AUTHOR or same_speaker(coded, speaker.names) or same_speaker(speaker, coded.names))

    return any(same(coded, speaker) for coded in one.speakers for speaker in other.speakers)


def _same_organisation(one: Unit, other: Unit) -> bool:
    return bool(one.organisations & other.organisations)


def _figures(tally: Tally) -> dict[str, float]:
    names = ("recall", "precision", "one_to_one", "actor", "organisation", "concept", "agreement", "stance", "side")
    found = {name: tally[name, "right"] / tally[name, "all"] for name in names if tally[name, "all"]}
    for name in ("relation_f1", "pair_f1"):
        if tally[name, "gold"]:
            found[name] = 2 * tally[name, "hit"] / (tally[name, "found"] + tally[name, "gold"])
    return {**found, **_alphas(tally, FEW_VALUED)}


def _alphas(tally: Tally, names: Iterable[str]) -> dict[str, float]:
    """The alphas that can be computed."""
    values = {name: agreement.alpha(_of(tally, name)) for name in names} if agreement.available() else {}
    return {name: value for name, value in values.items() if value is not None}


def _of(tally: Tally, name: str) -> dict[tuple[str, str], int]:
    return {(key[1], key[2]): number for key, number in tally.items() if key[0] == name and len(key) == len((name, "", ""))}


def _compared(tally: Tally, name: str) -> int:
    """Of how many things a figure is."""
    return next((tally[name, of] for of in ("all", "gold") if (name, of) in tally), 0) or sum(_of(tally, name).values())


def _codes(level: str, pairs: Sequence[_Pair]) -> Codes:
    """How the map's groups of a level fit the coders' concepts."""
    placed = [(pair.coded.concept, getattr(pair.found[0], level)) for pair in pairs if getattr(pair.found[0], level)]
    wanted, groups = [code for code, _ in placed], [group for _, group in placed]
    return Codes(level, len(set(wanted)), len(set(groups)), agreement.v_measure(wanted, groups),
                 adjusted_rand(_numbered(wanted), _numbered(groups)))


def _numbered(groups: Sequence[str]) -> list[int]:
    place = {group: number for number, group in enumerate(Counter(groups))}
    return [place[group] for group in groups]
