"""References gathered into chains, one for each actor of an article, with what a chain knows of its actor.

Salience follows Lappin and Leass (Computational Linguistics 1994): a mention counts for less with every sentence and
paragraph after it, subjects and speakers count for more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from argmap.extract.kinds import kind_of_words, state_code
from argmap.extract.reference import ENTITY_KINDS, PLACES, Reference
from argmap.lexicon import Lexicon
from argmap.model import ActorKind
from argmap.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Chain", "Chains", "agrees", "compatible", "fit", "kind_of"]

#: From so many equal guesses of a pipeline on, they count against a description of another kind.
SURE_GUESS = 2
#: Words of a person's full name.
PERSONAL = (2, 3)

Told = TypeVar("Told")


def _once(method: Callable[[Chain], Told]) -> Callable[[Chain], Told]:
    """A method whose result is kept until the chain changes: pronouns ask every chain the same."""
    @wraps(method)
    def kept(chain: Chain) -> Told:
        if method not in chain._told:
            chain._told[method] = method(chain)
        result: Told = chain._told[method]
        return result
    return kept


@dataclass(slots=True, eq=False)
class Chain:
    """The references to one actor, growing while an article is read.

    `speeches` are places (token, sentence, paragraph) where it has spoken without being mentioned; `affiliation` the
    chain of the organisation that it belongs to; `employs` says that it is such an organisation;
    `known` is the kind that the debate file gives it.
    """

    members: list[Reference] = field(default_factory=list)
    speeches: list[tuple[int, int, int]] = field(default_factory=list)
    affiliation: Chain | None = None
    employs: bool = False
    known: ActorKind | None = None
    _told: dict[object, Any] = field(default_factory=dict)

    def changed(self) -> None:
        """Forget what was read off the members, because they or `employs` changed."""
        self._told.clear()

    def before(self, token: int) -> Iterator[Reference]:
        """Its mentions before a token, the nearest first."""
        ordered = self._ordered()
        for n in range(bisect_left(ordered, token, key=lambda m: m.start) - 1, -1, -1):
            yield ordered[n]

    @_once
    def _ordered(self) -> list[Reference]:
        return sorted(self.members, key=lambda m: m.start)

    def near(self, token: int, sentence: int, reach: int) -> bool:
        """Whether it was mentioned, or has spoken, within so many sentences before a token."""
        last = next(self.before(token), None)
        return (last is not None and sentence - last.sentence <= reach) or any(
            at < token and sentence - at_sentence <= reach for at, at_sentence, _ in self.speeches[-1:])

    @_once
    def names(self) -> Counter[tuple[str, ...]]:
        """Its proper names, counted."""
        return Counter(m.name for m in self.members if m.name)

    def nouns(self) -> set[str]:
        """The head nouns of its descriptions."""
        return {m.noun for m in self.members if m.noun and m.form != "pronoun"}

    @_once
    def kind(self) -> ActorKind | None:
        """What its mentions say it is: their own words and descriptions before a pipeline's guess."""
        sure = self.sure_kind()
        if sure is not None:
            return sure
        votes: Counter[ActorKind] = Counter()
        for m in self.members:
            if (guess := ENTITY_KINDS.get(m.entity)) is not None:
                votes[guess] += 1
            elif m.entity == "GPE" and state_code(m.key):
                votes["government"] += 1
        spoken_of = sum(m.form == "pronoun" and m.kind == "person" and m.inside < 0 for m in self.members)
        if not votes:
            return "person" if spoken_of and self.names() else None
        if self.may_be_person() and spoken_of >= max(votes.values()):
            return "person"  # "Ama Osei directs the agency. […] She says": small models take names from afar for firms and towns
        return max(votes.items(), key=lambda item: (item[1], item[0]))[0]

    @_once
    def may_be_person(self) -> bool:
        """Whether only a pipeline's guess speaks against a person: a name of two or three words, without article, of unknown kind."""
        named = [m for m in self.members if m.name]
        return self.sure_kind() is None and bool(named) and any(len(m.name) in PERSONAL for m in named) \
            and not any(m.start < m.name_start or m.versioned or state_code(m.key) for m in named)

    @_once
    def is_place(self) -> bool:
        """Whether a pipeline takes it for a place and nothing else tells what it is."""
        labels = [m.entity for m in self.members if m.entity]
        return self.sure_kind() is None and sum(label in PLACES for label in labels) * 2 > len(labels)

    @_once
    def is_product(self) -> bool:
        """Whether its names have versions: "Vega 3"."""
        named = [m for m in self.members if m.name]
        return bool(named) and sum(m.versioned for m in named) * 2 > len(named)

    @_once
    def sure_kind(self) -> ActorKind | None:
        """What its own words and descriptions say it is, a pipeline's guess left aside."""
        if self.known is not None:
            return self.known
        kinds: Counter[ActorKind] = Counter(m.kind for m in self.members if m.kind and m.form != "pronoun")
        if not kinds and self.employs:
            return "organisation"
        return max(kinds.items(), key=lambda item: (item[1], item[0]))[0] if kinds else None

    @_once
    def gender(self) -> str:
        """"m", "f" or "" for unknown; pronouns inside quotations tell nothing, they are the hardest to read."""
        votes = Counter(m.gender for m in self.members if m.gender and (m.form != "pronoun" or m.inside < 0))
        return votes.most_common(1)[0][0] if votes else ""

    @_once
    def looks_personal(self) -> bool:
        """Whether it is a person, or a name of two words without article of which nothing tells what it is."""
        kind = self.kind()
        if kind is not None:
            return kind == "person"
        return any(len(m.name) > 1 for m in self.members) and not any(m.name and m.start < m.name_start for m in self.members)

    @_once
    def plural(self) -> bool:
        """Whether it is spoken of in the plural."""
        nominal = [m.number for m in self.members if m.form != "pronoun"]
        return bool(nominal) and nominal.count("p") * 2 > len(nominal)


class Chains:
    """All chains of an article with the means to find one."""

    def __init__(self, doc: Doc, lexicon: Lexicon, settings: Settings) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.settings = settings
        self.all: list[Chain] = []
        self.of: dict[Reference, Chain] = {}

    def new(self, *members: Reference) -> Chain:
        """A new chain of these members."""
        chain = Chain()
        self.all.append(chain)
        for member in members:
            self.add(chain, member)
        return chain

    def add(self, chain: Chain, member: Reference) -> None:
        """Put a reference into a chain."""
        chain.members.append(member)
        chain.changed()
        self.of[member] = chain

    def merge(self, kept: Chain, gone: Chain) -> Chain:
        """Put all of one chain into another."""
        if kept is gone:
            return kept
        for member in gone.members:
            self.add(kept, member)
        kept.members.sort(key=lambda m: m.start)
        kept.speeches += gone.speeches
        kept.affiliation = kept.affiliation or gone.affiliation
        self.all.remove(gone)
        for chain in self.all:
            if chain.affiliation is gone:
                chain.affiliation = kept
        return kept

    def salience(self, chain: Chain, token: int, sentence: int, paragraph: int, inside: int = -1, *,
                 without: Container[int] = (), told: Container[int] = ()) -> float:
        """How present a chain is at a place: the sum of its mentions before it, each fading with the distance.

        Mentions that start at a token in `without` do not count; those in `told`, in what somebody else says, count as
        quoted ones do.
        """
        s = self.settings
        total = 0.0
        for m in chain.before(token):
            if sentence - m.sentence > s.reach:
                break
            if m.start in without:
                continue
            weight = s.subject_weight if m.subject else s.object_weight if m.object else s.other_weight
            weight += s.speaker_weight * m.source
            if m.form == "pronoun":
                weight *= s.pronoun_weight
            if m.inside >= 0 and m.inside != inside or m.start in told:
                weight *= s.quoted_weight
            total += weight * self._fading(sentence - m.sentence, paragraph - m.paragraph)
        for at, at_sentence, at_paragraph in chain.speeches:
            if at < token:
                total += s.speaker_weight * self._fading(sentence - at_sentence, paragraph - at_paragraph)
        return total

    def is_place(self, chain: Chain) -> bool:
        """Whether a name is only ever where something happens: "a Siena"."""
        if chain.sure_kind() is not None:
            return False
        locative = self.lexicon.words("actors.words.locative")
        named = [m for m in chain.members if m.name]
        places = sum(self.doc[m.start - 1].lower_ in locative for m in named if m.start)
        return bool(named) and places * 2 >= len(named) and not any(m.source for m in named)

    def _fading(self, sentences: int, paragraphs: int) -> float:
        return float(self.settings.sentence_fading ** max(0, sentences) * self.settings.paragraph_fading ** max(0, paragraphs))


def compatible(kind: ActorKind | None, chain: Chain) -> bool:
    """Whether a description of this kind may stand for the chain."""
    other = chain.sure_kind()
    if kind == other:
        return True
    if chain.is_place():
        return kind == "government"
    if chain.is_product():
        return False
    if other is None and (not chain.names() or kind == "group"):
        return False
    if other is None:
        guess = chain.kind()
        guessed = sum(ENTITY_KINDS.get(m.entity) == guess for m in chain.members)
        if kind == "person" and not chain.looks_personal() and not any(m.subject or m.source for m in chain.members):
            return False
        return kind != "policy" and (guess in (None, kind) or guessed < SURE_GUESS)
    return {kind, other} <= {"organisation", "group"}


def agrees(chain: Chain, kind: ActorKind | None, gender: str, number: str) -> bool:
    """Whether kind, gender and number allow a pronoun or verb to stand for the chain."""
    own = chain.kind()
    if kind == "person" and number != "p" and chain.may_be_person():
        return not gender or not chain.gender() or chain.gender() == gender
    if (chain.is_place() and (kind == "person" or number == "p")) or (chain.is_product() and kind != "organisation"):
        return False
    if number == "p":
        return own in ("group", "organisation", None) or chain.plural()
    if chain.plural():
        return False
    if kind == "person":
        return own in ("person", None) and (not gender or not chain.gender() or chain.gender() == gender)
    if kind == "organisation":
        return own != "person"
    return not (own == "person" and gender and chain.gender() and chain.gender() != gender)


def fit(chain: Chain, kind: ActorKind | None, number: str, settings: Settings) -> float:
    """How well a chain suits a pronoun that it agrees with: groups suit "they" better than firms do."""
    own = chain.kind()
    if number == "p":
        return 1.0 if chain.plural() or own == "group" else settings.other_kind_weight
    if kind == "person":
        return 1.0 if chain.looks_personal() else settings.other_kind_weight
    return 1.0


def kind_of(chain: Chain, lexicon: Lexicon) -> ActorKind | None:
    """The chain's kind, from its longest name where its mentions do not tell."""
    known = chain.kind()
    if known is not None:
        return known
    for name in sorted(chain.names(), key=len, reverse=True):
        kind = kind_of_words(name, lexicon)
        if kind is not None:
            return kind
    return None
