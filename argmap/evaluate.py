"""A map and annotations by hand of the same articles in, figures out: how much of what people marked the map has found.

A folder of annotations has files ``ID.json`` in the form of ``corpus/gold/README.md``, either by itself or in folders
``A`` and ``B`` for two annotators, and may have the articles as ``texts/ID.txt``. A map is scored against each annotator
and the scores are averaged; the annotators against each other show what can be reached at best.

Content is compared as words, so that white space, quotation marks and punctuation never count. An article is found in
the map by its id, or else by its text.

Measures: F1 over statements matched one to one (Kuhn 1955) where their words overlap by at least half (`statement_f1`)
or four fifths (`statement80_f1`), the same for attributed ones (`attributed_f1`, `content80_f1`), over the words of
attributed content (`content_f1`), the share of matched attributed statements with the right actor (`actor_acc`), macro
F1 over the stances of matched statements (`stance_f1`, `stance_side_f1` without neutral), and F1 over relations with
direction and sign (`relation_f1`) and without (`pair_f1`).

Beside them stands Krippendorff's alpha, which takes away what chance would give: over the stances of matched statements
(`alpha_stance`), over the words of the articles, each of them attributed, the author's, or in no statement (`alpha_words`), and
over the ordered pairs of an article's matched statements, each of them a support, an attack or neither (`alpha_relation`).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path
from typing import get_args

from argmap import agreement, pipeline
from argmap.gold import Annotated, Proposition, Reading, Speaker, annotators, from_map, read_gold, word_spans
from argmap.model import DebateMap, Stance

__all__ = ["Evaluation", "Figure", "Tally", "count", "evaluate", "figures_of", "match", "overlap", "same_speaker", "spread"]

#: How far the words of two statements must overlap (F1) to be one, loosely and closely.
LOOSE, CLOSE = 0.5, 0.8
#: Draws of articles for the interval, its two ends in thousandths, and the seed that makes it the same each time.
DRAWS, ENDS, SEED = 400, (25, 975), 0
#: Words that titles and offices may add to a person's name.
TITLES = 5

Tally = Counter[tuple[str, ...]]
#: What alphas are computed of.
ALPHAS = ("alpha_stance", "alpha_words", "alpha_relation")
#: Figures of what attributions lack: sides and relations.
BEYOND = frozenset({"stance_f1", "stance_side_f1", "relation_f1", "pair_f1", "alpha_stance", "alpha_relation"})
#: What stands for words outside of statements, and for pairs without a relation.
NONE = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in [0, 1], with the interval that 95 % of draws of the articles fall in."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a map reaches on annotated articles.

    `articles` are their ids, `missing` those that the map lacks (all of theirs counts as not found); `agreement` is
    what two annotators reach against each other, None where there is one annotator. `figures` and `agreement` have alphas as far
    as they can be computed: not where everything has one value, or where the package for them is missing.
    """

    figures: Mapping[str, Figure]
    agreement: Mapping[str, float] | None
    articles: tuple[str, ...]
    missing: tuple[str, ...]


def evaluate(gold: Path, debate_map: DebateMap, *, attributions: bool = False, gold_statements: bool = False,
             language: str | None = None) -> Evaluation:
    """Score a map against annotations.

    Args:
        gold: the folder of annotations.
        debate_map: the map of the same articles; it may hold others.
        attributions: score the map's attributions instead of its statements, for annotations that mark these only; there are no
            figures of stances and relations then.
        gold_statements: give the annotated statements to stance and relations, so that these are measured by themselves; of
            the map only the debate, the articles' texts and the edition of the models are used.
        language: only articles in this language, ISO 639-1.

    Raises:
        ArgmapError: the folder holds no annotations, or one of them does not fit its article's text.
    """
    texts = {article.id: article.text for article in debate_map.articles}
    noted = [read_gold(folder, texts, language=language) for folder in annotators(gold)]
    wanted = {key: article.text for key, article in sorted(noted[0].items())}
    found = from_map(debate_map, wanted, attributions=attributions)
    read = [from_map(_given(one, debate_map), wanted) if gold_statements else found for one in noted]
    runs = [{key: count(article.reading, mine.get(key, Reading()), words=len(word_spans(article.text))) for key, article in one.items()}
            for one, mine in zip(noted, read, strict=True)]
    agreed = None
    if len(noted) > 1:
        pairs = [{key: count(one[key].reading, other[key].reading, words=len(word_spans(one[key].text))) for key in wanted}
                 for one, other in combinations(noted, 2)]
        agreed = _mean(pairs, list(wanted))
    figures = spread(list(wanted), lambda keys: _mean(runs, keys))
    if attributions:
        figures = {name: figure for name, figure in figures.items() if name not in BEYOND}
        agreed = {name: value for name, value in agreed.items() if name not in BEYOND} if agreed else None
    return Evaluation(figures, agreed, tuple(wanted), tuple(key for key in wanted if key not in found))


def spread(keys: Sequence[str], figures: Callable[[Sequence[str]], Mapping[str, float]]) -> dict[str, Figure]:
    """The figures of articles with their intervals: how they vary when the articles are drawn anew, with repetition.

    Args:
        keys: the articles.
        figures: makes the figures of any articles; one that a draw does not allow may be missing.
    """
    chance = random.Random(SEED)  # noqa: S311  # resampling, no secret
    draws = [figures(chance.choices(keys, k=len(keys))) for _ in range(DRAWS if keys else 0)]
    found = {}
    for name, value in figures(keys).items():
        values = sorted(draw[name] for draw in draws if name in draw) or [value]
        low, high = (values[min(len(values) - 1, end * len(values) // 1000)] for end in ENDS)
        found[name] = Figure(value, low, high)
    return found


def _given(noted: Mapping[str, Annotated], debate_map: DebateMap) -> DebateMap:
    """The map that argmap makes of one annotator's statements."""
    return pipeline.complete((one.extraction for _, one in sorted(noted.items())), debate=debate_map.debate,
                             models=debate_map.models.get("edition", "default"))


def _mean(runs: Sequence[Mapping[str, Tally]], keys: Iterable[str]) -> dict[str, float]:
    """The figures of these articles together, averaged over annotators."""
    chosen = list(keys)
    each = [figures_of(sum((run[key] for key in chosen), Tally())) for run in runs]
    return {name: sum(figures[name] for figures in each) / len(each) for name in each[0] if all(name in figures for figures in each)}


def count(gold: Reading, found: Reading, *, words: int) -> Tally:
    """What the figures of one article are counted from.

    Args:
        gold: what was annotated.
        found: what is scored against it.
        words: how many the article has.
    """
    tally = Tally()
    said, told = ([one for one in reading.propositions if one.attributed] for reading in (gold, found))
    pairs = match(gold.propositions, found.propositions, LOOSE)
    said_pairs = match(said, told, LOOSE)
    for name, hits, ours, theirs in (
        ("statement_f1", len(pairs), found.propositions, gold.propositions),
        ("statement80_f1", len(match(gold.propositions, found.propositions, CLOSE)), found.propositions, gold.propositions),
        ("attributed_f1", len(said_pairs), told, said),
        ("content80_f1", len(match(said, told, CLOSE)), told, said),
    ):
        tally += Tally({(name, "hit"): hits, (name, "found"): len(ours), (name, "gold"): len(theirs)})
    _count_sets(tally, "content_f1", _words(said), _words(told))
    right = _right_speakers(said, told)
    for one, other in said_pairs:
        if one.speakers:
            tally["actor_acc", "gold"] += 1
            tally["actor_acc", "hit"] += bool({speaker.id for speaker in other.speakers} & right[one.speakers[0].id])
    for one, other in pairs:
        tally["stance", one.stance, other.stance] += 1
    twin = {other.id: one.id for one, other in pairs}
    # A statement without a counterpart keeps an id that no annotation has: its relations count as wrong.
    relations = {(twin.get(origin, f"\0{origin}"), twin.get(target, f"\0{target}"), kind) for origin, target, kind in found.relations}
    _count_sets(tally, "relation_f1", gold.relations, relations)
    _count_sets(tally, "pair_f1", {frozenset(one[:2]) for one in gold.relations}, {frozenset(one[:2]) for one in relations})
    for one, other in pairs:
        tally["alpha_stance", one.stance, other.stance] += 1
    tally.update(("alpha_words", mine, theirs) for mine, theirs in zip(_coded_words(gold, words), _coded_words(found, words)))
    wanted, given = ({(origin, target): kind for origin, target, kind in sorted(of)} for of in (gold.relations, relations))
    for pair in permutations([one.id for one, _ in pairs], 2):
        tally["alpha_relation", wanted.get(pair, NONE), given.get(pair, NONE)] += 1
    return tally


def _coded_words(reading: Reading, words: int) -> list[str]:
    """For each word of an article who says it, as far as it is in a statement; in two at once, the attributed one counts."""
    coded = [NONE] * words
    for proposition in sorted(reading.propositions, key=lambda one: one.attributed):
        for word in proposition.words:
            coded[word] = "attributed" if proposition.attributed else "author"
    return coded


def _count_sets(tally: Tally, name: str, gold: Iterable[object], found: Iterable[object]) -> None:
    wanted, given = set(gold), set(found)
    tally[name, "hit"] += len(wanted & given)
    tally[name, "found"] += len(given)
    tally[name, "gold"] += len(wanted)


def _words(propositions: Iterable[Proposition]) -> frozenset[int]:
    return frozenset().union(*(one.words for one in propositions))


def match(gold: Sequence[Proposition], found: Sequence[Proposition], floor: float) -> list[tuple[Proposition, Proposition]]:
    """The one-to-one pairs whose overlaps, all of at least `floor`, have the greatest sum."""
    if not gold or not found:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment
    overlaps = np.array([[overlap(one.words, other.words) for other in found] for one in gold])
    overlaps[overlaps < floor] = 0
    return [(gold[row], found[column]) for row, column in zip(*linear_sum_assignment(overlaps, maximize=True), strict=True)
            if overlaps[row, column]]


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """F1 of two sets of words.

    >>> overlap(frozenset({1, 2}), frozenset({2, 3}))
    0.5
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _right_speakers(said: Iterable[Proposition], told: Sequence[Proposition]) -> Mapping[str, set[str]]:
    """For each annotated speaker, the map's actors that are he. One that fits two annotated speakers is nobody."""
    speakers = {one.speakers[0].id: one.speakers[0] for one in said if one.speakers}
    actors = {actor.id: actor for other in told for actor in other.speakers}
    fits: dict[str, set[str]] = defaultdict(set)
    for key, actor in actors.items():
        mine = [name for name, speaker in speakers.items() if same_speaker(speaker, actor.names)]
        if len(mine) == 1:
            fits[mine[0]].add(key)
    return fits


def same_speaker(speaker: Speaker, names: frozenset[str]) -> bool:
    """Whether one of an actor's folded names names the speaker.

    Names count whole. A person's surname alone does too, and the full name among titles; for others, the initials.

    >>> roth = Speaker("a1", "nadia roth", frozenset({"nadia roth"}), person=True)
    >>> [same_speaker(roth, frozenset({name})) for name in ("roth", "nadia", "senator nadia roth", "nadia wedel")]
    [True, False, True, False]
    """
    if speaker.names & names:
        return True
    full = speaker.name.split()
    if len(full) < 2:
        return False
    if not speaker.person:
        return "".join(word[0] for word in full) in names
    return any(name == full[-1] or (set(full) <= set(name.split()) and len(name.split()) <= len(full) + TITLES) for name in names)


def figures_of(tally: Tally) -> dict[str, float]:
    """The measures that follow from what was counted; alphas as far as they can be computed."""
    def f1(name: str) -> float:
        return _f1(tally[name, "hit"], tally[name, "found"], tally[name, "gold"])

    stances: tuple[Stance, ...] = get_args(Stance)
    of_stance = {one: _f1(tally["stance", one, one], sum(tally["stance", other, one] for other in stances),
                          sum(tally["stance", one, other] for other in stances)) for one in stances}
    return {
        **{name: f1(name) for name in ("statement_f1", "statement80_f1", "attributed_f1", "content80_f1", "content_f1")},
        "actor_acc": tally["actor_acc", "hit"] / max(1, tally["actor_acc", "gold"]),
        "stance_f1": sum(of_stance.values()) / len(of_stance),
        "stance_side_f1": (of_stance["for"] + of_stance["against"]) / 2,
        **{name: f1(name) for name in ("relation_f1", "pair_f1")},
        **_alphas(tally),
    }


def _alphas(tally: Tally) -> dict[str, float]:
    if not agreement.available():
        return {}
    values = {name: agreement.alpha({(key[1], key[2]): number for key, number in tally.items() if key[0] == name}) for name in ALPHAS}
    return {name: value for name, value in values.items() if value is not None}


def _f1(hits: int, found: int, gold: int) -> float:
    return 2 * hits / (found + gold) if found + gold else 1.0
