"""Attributions and the chains of an article in; out, who is most present where an attribution stands and fits what its words tell.

Salience is that of `argmap.extract.chains`, after Lappin and Leass (Computational Linguistics 1994).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.chains import Chain, Chains, agrees, fit
from argmap.extract.named import root
from argmap.extract.places import Places
from argmap.lexicon import Lexicon
from argmap.model import ActorKind, Article, Attribution, Span
from argmap.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Scene", "spans"]


class Scene:
    """An article's attributions among its references, and whom each is known to cite so far."""

    def __init__(self, doc: Doc, article: Article, lexicon: Lexicon, chains: Chains, attributions: Sequence[Attribution],
                 settings: Settings) -> None:
        self.doc = doc
        self.article = article
        self.lexicon = lexicon
        self.chains = chains
        self.settings = settings
        self.attributions = sorted(attributions, key=lambda a: (min(s.start for s in spans(a)), -sum(s.end - s.start for s in a.content)))
        self.found: dict[str, tuple[Chain, ...]] = {}
        self.references = sorted(chains.of, key=lambda r: r.start)
        self.offsets = [doc[r.start].idx for r in self.references]
        self.places = Places(doc, article, lexicon)
        #: Whom unnamed spokespersons speak for.
        self.employers: dict[Chain, Chain] = {}
        #: The attributions in whose content each token stands.
        self.tellers: dict[int, set[str]] = defaultdict(set)
        for attribution in self.attributions:
            for number in self._content(attribution):
                self.tellers[number].add(attribution.id)

    # Where things stand.

    def _outer(self, attribution: Attribution) -> Attribution | None:
        """The attribution whose content this one stands in."""
        mine = spans(attribution)
        around = [a for a in self.attributions if a.id != attribution.id and all(any(c.covers(s) for c in a.content) for s in mine)
                  and sum(len(c.text) for c in a.content) > sum(len(c.text) for c in attribution.content)]
        return min(around, key=lambda a: sum(len(c.text) for c in a.content), default=None)

    def _content(self, attribution: Attribution) -> frozenset[int]:
        """The tokens of what is attributed: whom they name does not say it."""
        offsets = self.offsets
        return frozenset(self.references[n].start for s in attribution.content
                         for n in range(bisect_left(offsets, s.start), bisect_left(offsets, s.end)))

    # By salience.

    def _salient(self, attribution: Attribution, offset: int, kind: ActorKind | None, gender: str, number: str) -> tuple[Chain, ...]:
        token = self.places.token(offset)
        sentence, paragraph = self.places.sentence(token.i), self.places.paragraph(token.i)
        inside = self.places.quotation(offset)
        # Whoever is quoted says "I"; "diceva" inside the quotation is somebody else.
        around = [a for a in self.attributions if inside >= 0 and a is not attribution
                  and any(self.places.quotation(s.start) == inside for s in a.content)
                  and not (a.cue and self.places.quotation(a.cue.start) == inside)]
        barred = {c for a in around for c in self.found.get(a.id, ())} | self._asked(attribution, paragraph)
        own_words = self._content(attribution)
        around_it = self.tellers.get(token.i, set()) | {attribution.id}
        told = frozenset(number for number, ids in self.tellers.items() if not ids <= around_it)
        host = self._host(token, kind, gender, number) if attribution.cue is not None else None
        if host is not None and host not in barred:
            return (host,)
        best: Chain | None = None
        best_score = 0.0
        for chain in self.chains.all:
            if chain in barred or not chain.near(token.i, sentence, self.settings.reach) or not agrees(chain, kind, gender, number):
                continue
            own = chain.kind()
            if own == "policy" and kind is None:
                continue
            if own is None and not chain.names() and not any(m.source for m in chain.members):
                continue  # "i prezzi" say nothing
            if own is None and all(m.noun in self.lexicon.words("actors.nouns.vehicle") for m in chain.members):
                continue  # nor does "una replica di due cartelle" unless it is cited
            score = self.chains.salience(chain, token.i, sentence, paragraph, inside, without=own_words, told=told)
            score *= fit(chain, kind or ("person" if number != "p" else None), number, self.settings)
            if self._introduced(chain, sentence, paragraph, told):
                score += self.settings.introduced_weight
            if not chain.speeches and not any(m.source or m.subject for m in chain.members):
                score *= self.settings.other_kind_weight
            if score > best_score:
                best, best_score = chain, score
        together = self._together(token.i, sentence, paragraph, inside) if number == "p" else None
        if together is not None and together[0] >= best_score:
            return together[1]
        return (best,) if best is not None and best_score >= self.settings.least_salience else ()

    def _asked(self, attribution: Attribution, paragraph: int) -> set[Chain]:
        """Who spoke right before an answer, and does not give it: "Neri ha chiesto se… «No», *ha risposto*"."""
        cue = attribution.cue
        tokens = self.doc.char_span(cue.start, cue.end, alignment_mode="expand") if cue else None
        words = {t.lemma_.lower() for t in tokens or () if "Inf" not in t.morph.get("VerbForm", [])}
        if not words & self.lexicon.words("cues.answers"):
            return set()
        before = [a for a in self.attributions if a.cue and cue and a.cue.start < cue.start and a.id in self.found
                  and a.content[0].start < attribution.content[0].start]
        last = max(before, key=lambda a: a.cue.start if a.cue else 0, default=None)
        near = last is not None and paragraph - self.places.paragraph(self.places.token(last.content[-1].start).i) <= 1
        return set(self.found[last.id]) if last is not None and near else set()

    def _introduced(self, chain: Chain, sentence: int, paragraph: int, told: Container[int]) -> bool:
        """Whether a person was named for the first time right before: "Gli ha risposto [Bianca Tosi]. Oggi la vittima…, ha notato"."""
        first = min(chain.members, key=lambda m: m.start)
        return bool(first.name) and first.paragraph == paragraph and sentence - 1 <= first.sentence <= sentence \
            and first.start not in told and chain.looks_personal()

    def _host(self, token: Token, kind: ActorKind | None, gender: str, number: str) -> Chain | None:
        """The subject of the clause before a colon, when the cue comes after it: "La società smentisce: l'aumento, *sostiene*, …"."""
        colon = next((t.i for t in reversed(self.doc[token.sent.start:token.i]) if t.text == ":"), None)
        if colon is None:
            return None
        for r in reversed(self.references):
            if r.subject and r.form != "pronoun" and token.sent.start <= r.start < colon and r.start not in self.tellers:
                chain = self.chains.of[r]
                if chain.kind() in ("person", "organisation", "group", "government") and agrees(chain, kind, gender, number):
                    return chain
        return None

    def _together(self, token: int, sentence: int, paragraph: int, inside: int) -> tuple[float, tuple[Chain, ...]] | None:
        """The persons named side by side whom "they" may mean: "Senators Webb and Cole complained … they wrote"."""
        for r in reversed(self.references):
            if r.start >= token or r.form != "name" or sentence - r.sentence > self.settings.announced_sentences:
                continue
            tops = {r.head, root(self.doc, r.name_start, r.name_end)}  # "i biologi [Anna Neri] e Ugo Tosi"
            heads = {t.i for top in tops for t in syntax.conjuncts(self.doc[top], self.lexicon)}
            others = [o for o in self.references if o.form == "name" and o.head in heads]
            chains = tuple(dict.fromkeys(self.chains.of[o] for o in (r, *others)))
            if len(chains) > 1 and all(chain.looks_personal() for chain in chains):
                return max(self.chains.salience(chain, token, sentence, paragraph, inside) for chain in chains), chains
        return None


def spans(attribution: Attribution) -> list[Span]:
    """All stretches of text that an attribution names."""
    return [s for s in (attribution.source, attribution.cue, *attribution.content) if s is not None]
