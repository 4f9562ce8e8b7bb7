"""References in, chains of references to one actor out: names first over the whole article, then descriptions and pronouns by salience.

The order of the steps follows the sieve of Raghunathan et al. (EMNLP 2010), surest first; the weights follow Lappin and
Leass (Computational Linguistics 1994): a mention counts for less with every sentence and paragraph after it, subjects
and speakers count for more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.mentions import Reference
from argmap.extract.names import ORGANISATION_LISTS, fold, initials, kind_of_words, noun_kind, state_code
from argmap.lexicon import Lexicon
from argmap.model import ActorKind
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Chain", "Chains", "link"]


@dataclass(slots=True, eq=False)
class Chain:
    """The references to one actor, growing while an article is read.

    `speeches` are places (token, sentence, paragraph) where it has spoken without being mentioned; `affiliation` the
    chain of the organisation that it belongs to.
    """

    members: list[Reference] = field(default_factory=list)
    speeches: list[tuple[int, int, int]] = field(default_factory=list)
    affiliation: Chain | None = None

    def names(self) -> Counter[tuple[str, ...]]:
        """Its proper names, counted."""
        return Counter(m.name for m in self.members if m.name)

    def nouns(self) -> set[str]:
        """The head nouns of its descriptions."""
        return {m.noun for m in self.members if m.noun and m.form != "pronoun"}

    def kind(self) -> ActorKind | None:
        """What its mentions say it is: their own words and descriptions before a pipeline's guess."""
        votes: Counter[ActorKind] = Counter()
        for m in self.members:
            if m.kind and m.form != "pronoun":
                votes[m.kind] += 3
            if m.entity in ("person", "organisation", "policy"):
                votes[m.entity] += 1  # type: ignore[index]
            elif m.entity == "GPE" and state_code(m.key):
                votes["government"] += 1
        if not votes:
            persons = sum(m.form == "pronoun" and m.kind == "person" for m in self.members)
            return "person" if persons else None
        return max(votes, key=lambda kind: (votes[kind], kind))

    def sure_kind(self) -> ActorKind | None:
        """What its own words and descriptions say it is, a pipeline's guess left aside."""
        kinds = Counter(m.kind for m in self.members if m.kind and m.form != "pronoun")
        return max(kinds, key=lambda kind: (kinds[kind], kind)) if kinds else None

    def gender(self) -> str:
        """"m", "f" or "" for unknown."""
        votes = Counter(m.gender for m in self.members if m.gender)
        return votes.most_common(1)[0][0] if votes else ""

    def looks_personal(self) -> bool:
        """Whether it is a person, or a name of two words without article of which nothing tells what it is."""
        kind = self.kind()
        if kind is not None:
            return kind == "person"
        return any(len(m.name) > 1 for m in self.members) and not any(m.name and m.start < m.name_start for m in self.members)

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
                 without: Container[int] = ()) -> float:
        """How present a chain is at a place: the sum of its mentions before it, each fading with the distance.

        Mentions that start at a token in `without` do not count.
        """
        s = self.settings
        total = 0.0
        for m in chain.members:
            if m.start >= token or m.start in without:
                continue
            weight = s.subject_weight if m.subject else s.object_weight if m.object else s.other_weight
            weight += s.speaker_weight * m.source
            if m.inside >= 0 and m.inside != inside:
                weight *= s.quoted_weight
            total += weight * self._fading(sentence - m.sentence, paragraph - m.paragraph)
        for at, at_sentence, at_paragraph in chain.speeches:
            if at < token:
                total += s.speaker_weight * self._fading(sentence - at_sentence, paragraph - at_paragraph)
        return total

    def _fading(self, sentences: int, paragraphs: int) -> float:
        return float(self.settings.sentence_fading ** max(0, sentences) * self.settings.paragraph_fading ** max(0, paragraphs))


def link(doc: Doc, references: Sequence[Reference], lexicon: Lexicon, *, settings: Settings = DEFAULTS) -> Chains:
    """The chains of an article's references."""
    chains = Chains(doc, lexicon, settings)
    named = [r for r in references if r.form == "name"]
    _same_name(chains, named)
    _acronyms(chains, named)
    _short_names(chains, named)
    described = [r for r in references if r.form == "nominal"]
    _appositions(chains, references, described)
    for reference in references:
        if reference in chains.of:
            continue
        if reference.form == "nominal":
            chain = _antecedent_of_description(chains, reference)
        else:
            chain = antecedent_of_pronoun(chains, reference)
            if chain is None:
                continue
        if chain is None:
            chains.new(reference)
        else:
            chains.add(chain, reference)
    return chains


def _same_name(chains: Chains, named: Iterable[Reference]) -> None:
    by_key: dict[str, Chain] = {}
    for reference in named:
        key = state_code(reference.key) or reference.key
        chain = by_key.get(key)
        if chain is None:
            by_key[key] = chains.new(reference)
        else:
            chains.add(chain, reference)


def _acronyms(chains: Chains, named: Sequence[Reference]) -> None:
    """Join "Agenzia per la sicurezza computazionale (Asco)" and later "l'Asco"; also an acronym never put in brackets."""
    doc = chains.doc
    by_start = {r.name_start: r for r in named}
    for reference in named:
        at = reference.name_end
        if at + 2 < len(doc) and doc[at].text == "(" and at + 1 in by_start:
            other = by_start[at + 1]
            closed = other.name_end < len(doc) and doc[other.name_end].text == ")"
            foreign = len(other.name) == 1 and other.name[0].isupper() and reference.kind in ("organisation", "government")
            if closed and (foreign or _abbreviates(other.name, reference.name) or _abbreviates(reference.name, other.name)):
                chains.merge(chains.of[reference], chains.of[other])
    for chain in list(chains.all):
        short = [name for name in chain.names() if len(name) == 1 and len(name[0]) > 1 and name[0].isupper()]
        for name in short:
            long = [c for c in chains.all if c is not chain and any(len(n) > 1 and initials(n) == name[0].casefold() for n in c.names())]
            if len(long) == 1 and chain in chains.all and long[0].kind() != "person":
                chains.merge(long[0], chain)


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one word is made of letters of a longer name in their order, its first letter first."""
    if len(short) != 1 or len(long) < 2:
        return False
    letters, rest = fold(short[0]).replace(" ", ""), fold(" ".join(long)).replace(" ", "")
    if not letters or letters[0] != rest[:1]:
        return False
    source = iter(rest)
    return len(letters) < len(rest) and all(letter in source for letter in letters)


def _short_names(chains: Chains, named: Sequence[Reference]) -> None:
    """Join short forms to the full name: a surname or given name, "Quillon" after "Quillon Dynamics", "the Forum"."""
    first = {chain: min(m.start for m in chain.members if m.name) for chain in chains.all}
    headline = next((r.paragraph for r in named if r.paragraph > 0), 0)
    full: dict[str, list[Chain]] = {}
    for chain in chains.all:
        for name in chain.names():
            words = fold(" ".join(name)).split()
            if len(words) > 1:
                for cut in {*range(1, len(words))}:
                    full.setdefault(" ".join(words[cut:]), []).append(chain)  # endings
                    full.setdefault(" ".join(words[:cut]), []).append(chain)  # beginnings
    for chain in sorted(chains.all, key=lambda c: min(m.start for m in c.members)):
        if chain not in chains.all:
            continue
        for name in list(chain.names()):
            key = fold(" ".join(name))
            found = [c for c in dict.fromkeys(full.get(key, [])) if c is not chain and c in chains.all]
            found = [c for c in found if _short_fits(chain, c, key, chains.lexicon, first, headline)]
            if not found:
                continue
            before = [c for c in found if first[c] < first[chain]]
            best = found[0] if len(found) == 1 else max(before, key=lambda c: first[c], default=None)
            if best is not None:
                chains.merge(best, chain)
                break


def _short_fits(short: Chain, long: Chain, key: str, lexicon: Lexicon, first: dict[Chain, int], headline: int) -> bool:
    if state_code(key) or any(state_code(" ".join(n)) for n in long.names()):
        return False
    kinds = {short.kind(), long.kind()} - {None}
    words = next((fold(" ".join(n)).split() for n in long.names() if _has_part(fold(" ".join(n)), key)), [])
    if not words:
        return False
    if long.kind() == "person":
        if kinds != {"person"} and not (short.kind() == "organisation" and not any(m.noun for m in short.members)):
            return False
        genders = {short.gender(), long.gender()} - {""}
        return len(genders) < 2
    if long.kind() in ("policy", "government") and short.kind() not in (None, long.kind()):
        return False
    if short.kind() == "person" and any(m.noun or len(m.name) > 1 for m in short.members):
        return False
    rest = " ".join(words)
    rest = rest[len(key):].strip() if rest.startswith(key) else rest[:-len(key)].strip()
    if noun_kind(rest, lexicon) or rest in lexicon.words("actors.words.company_endings"):
        return long.kind() not in ("policy", "government")
    if long.kind() in ("policy", "government") and noun_kind(key, lexicon) != long.kind():
        return False
    # The full name comes first, then the short one; a headline shortens before all.
    body = [m.start for m in short.members if m.paragraph >= headline]
    return bool(noun_kind(key, lexicon)) or not body or first[long] < min(body)


def _has_part(name: str, key: str) -> bool:
    return name.startswith(key + " ") or name.endswith(" " + key)


def compatible(kind: ActorKind | None, chain: Chain) -> bool:
    """Whether a description of this kind may stand for the chain."""
    other = chain.sure_kind()
    if kind == other:
        return True
    if other is None:
        return kind != "policy"
    return {kind, other} <= {"organisation", "group"}


def _is_place(chain: Chain, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether a name is only ever where something happens: "a Sopot", "BOLOGNA —"."""
    if chain.sure_kind() is not None:
        return False
    locative = lexicon.words("actors.words.locative")
    named = [m for m in chain.members if m.name]
    places = sum(doc[m.start - 1].lower_ in locative if m.start and not doc[m.start - 1].is_space else is_dateline(doc, m) for m in named)
    return bool(named) and places * 2 >= len(named) and not any(m.source for m in named)


def is_dateline(doc: Doc, reference: Reference) -> bool:
    """Whether a name opens a line as the place of writing: "OSLO, March 11 -", "BOLOGNA —"."""
    at = reference.end
    first = reference.start == 0 or "\n" in doc[reference.start - 1].text
    return first and at < len(doc) and (doc[at].text in {"-", "–", "—", "("} or (doc[at].text == "," and any(t.like_num for t in doc[at:at + 4])))


def _appositions(chains: Chains, references: Sequence[Reference], described: Sequence[Reference]) -> None:
    """Join a name and the description beside it: "Meituan, colosso cinese…", "Its head, Sindre Aukrust,"."""
    doc, lexicon = chains.doc, chains.lexicon
    by_start: dict[int, list[Reference]] = {}
    for r in references:
        by_start.setdefault(r.start, []).append(r)
    known_as = lexicon.words("actors.words.known_as")
    for reference in described:
        if reference.number == "p" and reference.kind == "group":
            continue
        name = _name_beside(chains, reference, by_start, known_as)
        if name is not None and compatible(reference.kind, chains.of[name]):
            chains.add(chains.of[name], reference)


def _name_beside(chains: Chains, reference: Reference, by_start: dict[int, list[Reference]], known_as: frozenset[str]) -> Reference | None:
    doc = chains.doc
    sent_end = doc[reference.head].sent.end
    # "NAME, description": the comma stands between, and the description ends at a mark.
    before = reference.start - 1
    if before > 0 and doc[before].text in {",", "-", "–", "—", "("}:
        for name in by_start_ending(by_start, before):
            if name.sentence == reference.sentence and _closes(doc, reference, sent_end, chains.lexicon):
                return name
    # "description, NAME," and "description (NAME)", "description, known as NAME".
    for end in {reference.end, reference.head + 1}:
        if end + 1 >= len(doc) or doc[end].text not in {",", "(", "-", "–", "—"} and doc[end].lower_ not in known_as:
            continue
        at = end + 1 if doc[end].lower_ not in known_as else end
        if doc[at].lower_ in known_as:
            at += 2 if at + 2 < len(doc) and not doc[at + 1].text[:1].isupper() and at + 1 not in by_start else 1
        for name in by_start.get(at, ()):
            after = doc[name.end] if name.end < len(doc) else None
            if name.form == "name" and name.sentence == reference.sentence and (after is None or after.is_punct or after.is_space or doc[at - 1].lower_ in known_as):
                return name
    # What the parser calls an apposition.
    head = doc[reference.head]
    for token in (head.head, *syntax.children(head, chains.lexicon, "apposition")):
        if token is head or (token is head.head and syntax.role(head, chains.lexicon) != "apposition"):
            continue
        for member in chains.of:
            if member.form == "name" and member.start <= token.i < member.end and member.sentence == reference.sentence:
                return member
    return None


def by_start_ending(by_start: dict[int, list[Reference]], end: int) -> list[Reference]:
    """The names that end right before a token."""
    return [r for rs in by_start.values() for r in rs if r.form == "name" and r.end == end]


def _closes(doc: Doc, reference: Reference, sent_end: int, lexicon: Lexicon) -> bool:
    """Whether an apposition's phrase is followed by a mark or a relative clause within its sentence."""
    at = reference.end
    while at < sent_end and not doc[at].is_punct and doc[at].pos_ not in {"VERB", "AUX"}:
        at += 1
    return at >= sent_end or doc[at].is_punct or doc[at].pos_ in {"VERB", "AUX"}


def _antecedent_of_description(chains: Chains, reference: Reference) -> Chain | None:
    """The chain that a description refers back to, or None where it introduces somebody."""
    lexicon = chains.lexicon
    if not reference.definite:
        return None
    if reference.number == "p" or reference.kind == "group":
        return _same_group(chains, reference)
    if reference.kind is None or (reference.kind == "government" and _has_adjective(chains, reference)):
        return None
    owners = complement_names(chains, reference)
    described = _has_complement(chains, reference)
    best, best_score = None, 0.0
    for chain in chains.all:
        if not compatible(reference.kind, chain) or chain.plural() or _is_place(chain, chains.doc, lexicon):
            continue
        if any(_overlap(m, reference) for m in chain.members):
            continue
        before = [m for m in chain.members if m.start < reference.start]
        same_noun = reference.noun in chain.nouns() or _named_by(chain, reference.noun)
        if not before and not (same_noun and chain.names()):
            continue
        genders = {chain.gender(), reference.gender} - {""}
        if reference.kind == "person" and len(genders) > 1:
            continue
        if owners:
            if chain.affiliation not in owners or not same_noun:
                if not _same_words(chain, reference):
                    continue
        elif described and not same_noun and not _same_words(chain, reference):
            continue
        if not same_noun and not _may_be(chain, reference, lexicon):
            continue
        is_state = any(state_code(" ".join(name)) for name in chain.names())
        if reference.kind == "government" and not same_noun and not (is_state and reference.noun in lexicon.words("actors.nouns.country")):
            continue
        if reference.noun in lexicon.words("actors.nouns.anyone") and not same_noun:
            continue
        if reference.kind == "policy" and not same_noun and reference.noun not in lexicon.words("actors.nouns.anaphoric_policy"):
            continue
        if not same_noun and (_same_clause(chains.doc, chain, reference, lexicon) or _commands(chain, reference)):
            continue
        if not same_noun and reference.inside >= 0 and not any(m.inside == reference.inside for m in chain.members):
            continue  # whoever talks inside a quotation may mean somebody else by "the company"
        score = chains.salience(chain, reference.start, reference.sentence, reference.paragraph, reference.inside)
        score += chains.settings.same_noun_weight * same_noun
        if chain.kind() != reference.kind and not (reference.kind == "person" and chain.looks_personal()):
            score *= chains.settings.other_kind_weight
        if score > best_score:
            best, best_score = chain, score
    return best if best_score >= chains.settings.least_salience else None


def _commands(chain: Chain, reference: Reference) -> bool:
    """Whether the chain is a subject earlier in the sentence: a description after it is somebody else (principle C)."""
    return any(m.sentence == reference.sentence and m.subject and m.start < reference.start for m in chain.members)


def _same_group(chains: Chains, reference: Reference) -> Chain | None:
    candidates = [c for c in chains.all if reference.noun in c.nouns() and c.kind() in ("group", "organisation") and not c.names()
                  and any(m.start < reference.start for m in c.members)]
    same = [c for c in candidates if any(fold(m.text) == fold(reference.text) for m in c.members)]
    if same:
        return same[-1]
    return candidates[-1] if candidates and not _has_complement(chains, reference) else None


def _overlap(one: Reference, other: Reference) -> bool:
    return one.start < other.end and other.start < one.end


def _named_by(chain: Chain, noun: str) -> bool:
    """Whether the noun is a word of the chain's name: "l'agenzia" for "Agenzia per la sicurezza"."""
    return any(noun in (word.casefold() for word in name) for name in chain.names())


def _same_words(chain: Chain, reference: Reference) -> bool:
    """Whether a description shares two words with the chain's name: "Finland's digital safety authority"."""
    words = {w for w in fold(reference.text).split() if len(w) > 3}
    return any(len(words & set(fold(" ".join(name)).split())) >= 2 for name in chain.names())


def _may_be(chain: Chain, reference: Reference, lexicon: Lexicon) -> bool:
    """Whether callings or sorts agree: "la giurista" may be a lecturer, "l'azienda" no public body."""
    path = "domains" if reference.kind == "person" else "nouns"
    table = lexicon.table(f"actors.{path}")
    names = tuple(table) if reference.kind == "person" else ORGANISATION_LISTS

    def sorts(nouns: Iterable[str]) -> set[str]:
        return {name for name in names for noun in nouns if noun in table[name]}

    mine = sorts([reference.noun])
    if "anybody" in mine or reference.noun in lexicon.words("actors.nouns.generic"):
        return True
    words = {w.casefold() for name in chain.names() for w in name} if reference.kind != "person" else set()
    theirs = sorts(chain.nouns() | words) - {"anybody"}
    return not mine or not theirs or bool(mine & theirs)


def _has_complement(chains: Chains, reference: Reference) -> bool:
    """Whether a description says more than its noun: "il vicepresidente [del reparto sviluppo]"."""
    return any(t.pos_ in {"NOUN", "PROPN"} and t.i != reference.head and not t.lower_ == reference.noun for t in chains.doc[reference.start:reference.end])


def _has_adjective(chains: Chains, reference: Reference) -> bool:
    """Whether an adjective sets a government apart from the others: "il governo cubano"."""
    return any(t.pos_ == "ADJ" and t.head.i == reference.head for t in chains.doc[reference.start:reference.end])


def complement_names(chains: Chains, reference: Reference) -> list[Chain]:
    """The chains of the named organisations inside a description: "il CEO di [Hugging Face]"."""
    found = []
    for member, chain in chains.of.items():
        if member.form == "name" and chain.kind() != "person" and reference.start <= member.name_start and member.name_end <= reference.end \
                and member.head != reference.head:
            found.append(chain)
    return found


def _same_clause(doc: Doc, chain: Chain, reference: Reference, lexicon: Lexicon) -> bool:
    """Whether the chain is the subject of the verb that the description is an object of: "Asco ha invitato l'azienda"."""
    head = doc[reference.head]
    verb = head.head
    if verb is head or syntax.role(head, lexicon) not in ("object", "indirect_object", "oblique", "subject", "subject_passive"):
        return False
    relative = syntax.role(verb, lexicon) == "relative_clause"
    for m in chain.members:
        if m.sentence != reference.sentence or m.start >= reference.start:
            continue
        if doc[m.head].head is verb and syntax.role(doc[m.head], lexicon) in ("subject", "subject_passive", "object", "indirect_object"):
            return True
        if relative and m.start <= verb.head.i < m.end:
            return True
    return False


def antecedent_of_pronoun(chains: Chains, reference: Reference) -> Chain | None:
    """The most salient chain that a third-person pronoun agrees with."""
    best, best_score = None, 0.0
    for chain in chains.all:
        if not agrees(chain, reference.kind, reference.gender, reference.number):
            continue
        if _binds(chains.doc, chain, reference, chains.lexicon):
            continue
        score = chains.salience(chain, reference.start, reference.sentence, reference.paragraph, reference.inside)
        score *= fit(chain, reference.kind, reference.number, chains.settings)
        if score > best_score:
            best, best_score = chain, score
    return best if best_score >= chains.settings.least_salience else None


def agrees(chain: Chain, kind: ActorKind | None, gender: str, number: str) -> bool:
    """Whether kind, gender and number allow a pronoun or verb to stand for the chain."""
    own = chain.kind()
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


def _binds(doc: Doc, chain: Chain, reference: Reference, lexicon: Lexicon) -> bool:
    """Whether the chain is an argument of the pronoun's own verb, so that the pronoun is somebody else."""
    token = doc[reference.head]
    if syntax.role(token, lexicon) in ("possessive", "determiner"):
        return any(_overlap(m, reference) for m in chain.members)
    return any(doc[m.head].head is token.head and m.sentence == reference.sentence and doc[m.head] is not token
               and syntax.role(doc[m.head], lexicon) in ("subject", "subject_passive", "object", "indirect_object") for m in chain.members)


def _token(doc: Doc, index: int) -> Token:
    return doc[index]


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
