"""Texts with marked statements in, how well who says what is found in them out.

    python -m argmap.training.attributions [--held-out] [--language it] [--rules] [--misses 20]

Nothing in attribution is learned from these texts, so that all of them tell how it does on texts that it does not know. They mark
statements and no attributions: an attribution is right if half of its words stand in statements that are marked as somebody's, and
a statement is found if half of its words stand in an attribution. Precision is therefore too low: what somebody says without stating
anything is marked by nobody.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from argmap import debate as debates
from argmap.extract.actors import resolve
from argmap.extract.annotate import annotate
from argmap.extract.attribute import attribute
from argmap.gold import fold, word_spans, words_in
from argmap.lexicon import load as load_lexicon
from argmap.model import Actor, Attribution, Debate, Span, Statement
from argmap.training import marked

__all__ = ["Found", "Score", "compare", "main", "score"]

#: Share of the words of a statement or an attribution from which it is covered.
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a marked text: attributions with their speakers resolved."""

    example: marked.Example
    attributions: tuple[Attribution, ...]
    actors: tuple[Actor, ...]


@dataclass(slots=True)
class Score:
    """Counts over texts.

    Attributes:
        marked, found: statements that are marked as somebody's, and those of them that an attribution holds.
        named: of the found, those whose speaker's marked word is in the name of one of the attribution's actors.
        rules: attributions in no other, by rule and by whether they are right.
        misses: the statements not found, each with its text's id.
    """

    marked: int = 0
    found: int = 0
    named: int = 0
    rules: Counter[tuple[str, bool]] = field(default_factory=Counter)
    misses: list[tuple[str, Statement]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of marked statements that are found."""
        return self.found / max(1, self.marked)

    @property
    def precision(self) -> float:
        """Share of attributions that are right."""
        return sum(times for (_, right), times in self.rules.items() if right) / max(1, self.rules.total())

    @property
    def speakers(self) -> float:
        """Share of found statements whose speaker is right."""
        return self.named / max(1, self.found)


def compare(texts: Iterable[Found]) -> Score:
    """What was found against what is marked."""
    total = Score()
    for text in texts:
        words = word_spans(text.example.article.text)

        def numbers(spans: Iterable[Span], words: list[tuple[int, int]] = words) -> frozenset[int]:
            return words_in(words, [(span.start, span.end) for span in spans])

        said = [(statement, numbers(statement.content)) for statement in text.example.statements if statement.voice == "attributed"]
        told = [(attribution, numbers(attribution.content)) for attribution in text.attributions]
        everything = frozenset().union(*(mine for _, mine in said))
        for attribution, mine in told:
            if attribution.parent is None:
                total.rules[attribution.rule, len(mine & everything) >= HALF * len(mine)] += 1
        names = {actor.id: {word for name in (actor.name, *actor.aliases) for word in fold(name).split()} for actor in text.actors}
        for statement, mine in said:
            total.marked += 1
            if len(mine & frozenset().union(*(theirs for _, theirs in told))) < HALF * len(mine):
                total.misses.append((text.example.article.id, statement))
                continue
            total.found += 1
            best = max(told, key=lambda pair: (len(pair[1] & mine), -len(pair[1])))[0]
            total.named += any(fold(statement.actors[0]) in names.get(actor, ()) for actor in best.actors)
    return total


def score(examples: Iterable[marked.Example], debate: Debate) -> Score:
    """How well who says what is found in marked texts; the debate's known actors are left out."""
    return compare(_read(list(examples), replace(debate, actors=())))


def _read(examples: list[marked.Example], debate: Debate) -> Iterator[Found]:
    for example, doc in zip(examples, annotate(example.article for example in examples), strict=True):
        lexicon = load_lexicon(example.article.language)
        attributions, actors, _ = resolve(doc, example.article, lexicon, debate, attribute(doc, example.article, lexicon))
        yield Found(example, attributions, actors)


def main() -> None:
    """Print the score of each language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="only the texts that nothing at all learns from")
    parser.add_argument("--language", help="only texts in this language")
    parser.add_argument("--rules", action="store_true", help="print the precision of each rule, too")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print so many statements that were not found")
    args = parser.parse_args()
    examples = marked.read_all(marked.HELD_OUT) + ([] if args.held_out else marked.read_all())
    for language in sorted({example.article.language for example in examples if args.language in (None, example.article.language)}):
        found = score((example for example in examples if example.article.language == language), debates.load())
        sys.stdout.write(f"{language}: {found.marked} statements, recall {found.recall:.3f}, precision {found.precision:.3f}, "
                         f"right speaker {found.speakers:.3f}\n")
        for rule in sorted({rule for rule, _ in found.rules}) if args.rules else ():
            right, wrong = found.rules[rule, True], found.rules[rule, False]
            sys.stdout.write(f"   {rule}: {right + wrong}, precision {right / (right + wrong):.2f}\n")
        for name, statement in islice(found.misses, args.misses):
            sys.stdout.write(f"   {name}: {statement.actors[0]}: {statement.text}\n")


if __name__ == "__main__":
    main()
