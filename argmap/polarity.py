"""A text in; out, clause by clause, which side's cause it names and whether it speaks well or ill of it.

Stance towards a motion is composed of a target and of the polarity of what is said about it (Bar-Haim et al. 2017): in
"a ban on open weights would slow research" the ban turns round the target that it governs, "slow" turns round
"research", and two turns make a sentence in favour of open weights. The marks are words of ``[stance]`` in the language
file and the terms of the debate's sides; a clause's polarity is the product of the signs of its marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from argmap import lexicon as lexicons
from argmap.model import Debate
from argmap.vectors import fold, lemma

__all__ = ["Clause", "Vocabulary", "polarity", "read", "vocabulary", "words"]

#: The lists of ``[stance]`` that mark words; ``favoured`` and ``opposed`` are the debate's own.
MARKS = ("up", "down", "good", "bad", "praise", "blame", "doubt", "alarm", "demand",
         "negation", "not_negation", "standard", "degree", "standard_of_degree", "breaks", "turns")
#: Punctuation that ends a clause.
STOPS = frozenset(".;:!?()—–…")
#: Words between two verbs of effect that act together.
REACH = 2

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|n't|[^\W\d_]+(?:-[^\W\d_]+)*|[.;:!?()—–…]")
_NT = re.compile(r"(?<=[a-z])n't\b|(?<=\bca)nnot\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """What the marks of one clause add up to; signs are 1, -1 or 0 for "none".

    `named` is the side whose cause the clause names, 1 for the motion; `target` the same after what governs it
    ("a ban on open weights"); `effect` the good or ill that it is said to do; `attitude` approval or disapproval of it;
    `demand` whether something is asked for; `weight` is lower for what a "but" outweighs.
    """

    named: int = 0
    target: int = 0
    effect: int = 0
    attitude: int = 0
    demand: bool = False
    weight: float = 1.0

    @property
    def sign(self) -> int:
        """The product of the signs that are there, or 0."""
        signs = [sign for sign in (self.target, self.effect, self.attitude) if sign]
        product = 1
        for sign in signs:
            product *= sign
        return product if signs else 0


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The marks of one language as phrases by their first word; `beginnings` are those of phrases of several words."""

    language: str
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    beginnings: frozenset[str] = frozenset()
    _alone: dict[tuple[str, str], tuple[int, frozenset[str]]] = field(default_factory=dict, repr=False)

    def marks(self, forms: Sequence[str], lemmas: Sequence[str], at: int) -> tuple[int, frozenset[str]]:
        """How many words the longest phrase here has, and what it marks."""
        word = forms[at], lemmas[at]
        if word not in self._alone:
            found = self._marks(forms, lemmas, at)
            if not self.beginnings.isdisjoint(word):
                return found
            self._alone[word] = found  # whatever stands around it
        return self._alone[word]

    def _marks(self, forms: Sequence[str], lemmas: Sequence[str], at: int) -> tuple[int, frozenset[str]]:
        longest, found = 0, set[str]()
        following = (*forms[at + 1:at + 2], *lemmas[at + 1:at + 2])
        for first in {forms[at], lemmas[at]}:
            for phrase, mark in self.phrases.get(first, ()):
                size = len(phrase)
                if size < longest or at + size > len(forms) or (size > 1 and phrase[1] not in following):
                    continue
                if all(word in (forms[at + k], lemmas[at + k]) for k, word in enumerate(phrase)):
                    if size > longest:
                        longest, found = size, set()
                    found.add(mark)
        return longest, frozenset(found)


@lru_cache(maxsize=32)
def _phrases(language: str, favoured: tuple[str, ...], opposed: tuple[str, ...]) -> Vocabulary:
    lists: dict[str, Iterable[str]] = {"favoured": favoured, "opposed": opposed}
    if language in lexicons.languages():
        lexicon = lexicons.load(language)
        lists |= {mark: lexicon.sequence(f"stance.{mark}") for mark in MARKS}
    operators = {word for mark in ("up", "down") for word in lists.get(mark, ())}
    table: dict[str, dict[tuple[tuple[str, ...], str], None]] = {}
    for mark, entries in lists.items():
        for entry in entries:
            # "restrict" among a side's terms is what one does to the other side's cause: an operator, not a target.
            if mark in ("favoured", "opposed") and entry in operators:
                continue
            forms = tuple(words(entry))
            for phrase in {forms, tuple(lemma(word, language) for word in forms)}:
                if phrase:
                    table.setdefault(phrase[0], {})[phrase, mark] = None
    return Vocabulary(language, {first: tuple(sorted(entries)) for first, entries in table.items()},
                      frozenset(first for first, entries in table.items() if any(len(phrase) > 1 for phrase, _ in entries)))


def vocabulary(language: str, debate: Debate | None = None) -> Vocabulary:
    """The marks of a language together with the terms of a debate's sides.

    Without a debate nothing is a target: enough to tell whether two texts on one point agree.
    """
    sides = {side.stance: side.terms.get(language, ()) for side in debate.sides} if debate else {}
    return _phrases(language, sides.get("for", ()), sides.get("against", ()))


def words(text: str) -> list[str]:
    """The words of a text and the punctuation that ends its clauses, folded; "n't" is a word of its own.

    >>> words("It doesn't work.")
    ['it', 'does', "n't", 'work', '.']
    """
    return _TOKEN.findall(_NT.sub(lambda m: " n't" if m[0] == "n't" else "n not", fold(text)))


@dataclass(slots=True)
class _Open:
    """The clause being read."""

    named: int = 0
    target: int = 0
    effects: list[int] = field(default_factory=list)
    attitude: int = 0
    demand: bool = False
    alarm: bool = False
    operator: int = 0     # a verb of effect whose object has not come yet
    operated: int = -9    # where it stands
    end: int = 0          # where the clause ends
    negated: int = 1      # a negation that has not met what it negates
    doubted: int = 1
    governed: bool = False  # a value has been read: what follows is its complement ("a threat to security")
    degree: bool = False    # a comparison has begun
    standard: bool = False  # what follows is a standard of comparison ("safer than closed models")

    def empty(self) -> bool:
        return not (self.target or self.effects or self.attitude or self.operator or self.negated < 0)

    def settle(self, end: int | None = None) -> None:
        """An operator without a valued object acts on a good: "it would slow research".

        At the end of a clause it acts on what stands before it: "the risks can be reduced".
        """
        if self.operator and self.effects and end is not None and end - self.operated <= REACH:
            self.effects[-1] *= self.operator * self.negated
        elif self.operator:
            self.effects.append(self.operator * self.negated)
        elif end is not None and self.negated < 0:  # "it does not work"
            self.effects = [-effect for effect in self.effects] or [-1]
        else:
            return
        self.operator, self.negated = 0, 1

    def operate(self, sign: int, at: int) -> None:
        if self.operator and at - self.operated <= REACH:
            sign *= self.operator  # "it helps to prevent"
        else:
            self.settle()
        self.operator, self.operated, self.governed = sign, at, False

    def value(self, sign: int) -> None:
        if self.standard:  # "the risks outweigh the benefits"
            self.standard = False
        elif not self.governed or self.operator:
            self.effects.append((self.operator or 1) * self.negated * sign)
            self.negated = 1
        self.operator, self.governed = 0, True

    def aim(self, side: int) -> None:
        if self.standard:
            side, self.standard = -side, False
        if self.named:
            return
        self.named = self.target = side
        # "a ban on open weights", "without open weights": what governs the target turns it round.
        if self.operator < 0:
            self.target = -self.target
        self.target *= self.negated
        self.operator, self.negated = 0, 1

    def close(self, weight: float) -> Clause:
        self.settle(self.end)
        total = sum(self.effects)
        effect = (total > 0) - (total < 0)
        if self.alarm and not self.effects:
            effect = -1
        # "fears of open models are exaggerated" takes back the effect; "the claim is false" without one speaks against.
        if self.doubted < 0:
            effect = -effect if effect else -1
        return Clause(self.named, self.target, effect, self.attitude, self.demand, weight)


def read(text: str, vocabulary: Vocabulary) -> tuple[Clause, ...]:
    """The clauses of a text that carry a mark, in order.

    >>> from argmap.polarity import vocabulary
    >>> [clause.effect for clause in read("It slows innovation, but it reduces the risks.", vocabulary("en"))]
    [-1, 1]
    """
    forms = words(text)
    lemmas = [lemma(word, vocabulary.language) for word in forms]
    clauses: list[tuple[_Open, bool]] = []
    now, turned = _Open(), False
    at = 0
    while at < len(forms):
        size, marks = vocabulary.marks(forms, lemmas, at)
        # "it helps and protects us" is one clause, "it helps us and slows others" is two.
        told = now.effects or now.target or (now.operator and at - now.operated > 1)
        if forms[at] in STOPS or (told and marks & {"turns", "breaks"}):
            now.end = at
            clauses.append((now, turned))
            now, turned = _Open(), False
        if "turns" in marks:
            turned = True
        if marks and "not_negation" not in marks:
            _mark(now, marks, at)
        at += max(size, 1)
    now.end = len(forms)
    clauses.append((now, turned))
    closed: list[Clause] = []
    weight = 1.0
    for clause, turn in reversed(clauses):
        if not clause.empty() or clause.alarm or clause.doubted < 0 or clause.demand:
            closed.append(clause.close(weight))
        if turn:
            weight = 0.5  # "A, but B": the speaker sides with B
    return tuple(reversed(closed))


def _mark(now: _Open, marks: frozenset[str], at: int) -> None:
    side = ("favoured" in marks) - ("opposed" in marks)
    if side and (not now.named or now.standard or not marks & {"up", "down", "good", "bad", "negation"}):
        now.aim(side)
        return
    if "standard" in marks or ("standard_of_degree" in marks and now.degree):
        now.standard = True
    now.degree |= "degree" in marks
    # "open models are needed" asks for them; "open models must face the same rules" asks something of them.
    now.demand |= "demand" in marks and not now.named
    now.alarm |= "alarm" in marks
    if "doubt" in marks:
        now.doubted = -now.doubted
    elif "negation" in marks:
        now.negated, now.governed = -now.negated, False
    elif "good" in marks or ("bad" in marks and "down" not in marks):
        now.value(1 if "good" in marks else -1)
    elif "blame" in marks:
        now.attitude, now.negated = -now.negated * (now.attitude or 1), 1
    elif "down" in marks or "up" in marks:
        now.operate(-1 if "down" in marks else 1, at)
    elif "praise" in marks:
        now.attitude, now.negated = now.negated * (now.attitude or 1), 1


def polarity(text: str, vocabulary: Vocabulary) -> int:
    """1 or -1: the product of all signs in a text, 0 where none is found; two texts on one point that differ are opposed.

    >>> from argmap.polarity import vocabulary
    >>> polarity("Open models increase the risk.", vocabulary("en")), polarity("Open models do not increase the risk.", vocabulary("en"))
    (-1, 1)
    """
    total = sum(clause.weight * clause.sign for clause in read(text, vocabulary))
    return (total > 0) - (total < 0)
