"""Attributions and chains of references in, the chains that each attribution cites out.

A source is looked up; without one, the speaker is who the cue's own pronoun, verb form or place in the text points to:
"in her view", "ha concluso", an answer in an interview, a quotation that goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.agreement import (
    finite_part,
    in_first_person,
    is_possessive,
    is_third_person,
    pronoun_agreement,
    verb_agreement,
    verb_of,
)
from argmap.extract.chains import Chain, Chains
from argmap.extract.interviews import introduction, is_interview, main_speaker
from argmap.extract.mentions import names_somebody, source_head
from argmap.extract.named import is_dateline
from argmap.extract.reference import Reference
from argmap.extract.scene import Scene, spans
from argmap.lexicon import Lexicon
from argmap.model import Article, Attribution, Span
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

__all__ = ["speakers"]


def speakers(doc: Doc, article: Article, lexicon: Lexicon, chains: Chains, attributions: Sequence[Attribution], *,
             settings: Settings = DEFAULTS) -> dict[str, tuple[Chain, ...]]:
    """The chains that each attribution cites, by the attribution's id; none where nobody can know."""
    return _Speakers(doc, article, lexicon, chains, attributions, settings).all()


class _Speakers(Scene):
    def all(self) -> dict[str, tuple[Chain, ...]]:
        later: list[Attribution] = []
        interviewee = self._interviewee() if is_interview(self.article, self.attributions, settings=self.settings) else ()
        for attribution in self.attributions:
            if attribution.source is not None:
                cited = self._by_source(attribution, attribution.source)
            elif attribution.cue is not None:
                cited = self._by_cue(attribution, attribution.cue)
            elif interviewee:
                cited = self._addressed(attribution) or interviewee
            elif not self.found or self.places.paragraph(self.places.token(attribution.content[0].start).i) == 0:
                later.append(attribution)
                continue
            else:
                cited = self._floating(attribution)
            self._record(attribution, cited)
        for attribution in later:
            announced = self._before_colon(attribution.content[0].start, headline=True)
            self._record(attribution, main_speaker(self.chains, self.found) if announced is None else (announced,))
        return self.found

    def _interviewee(self) -> tuple[Chain, ...]:
        return main_speaker(self.chains, self.found, until=self.places.token(introduction(self.article)).i)

    def _record(self, attribution: Attribution, cited: tuple[Chain, ...]) -> None:
        cited = tuple(dict.fromkeys(self.employers.get(chain, chain) for chain in cited))
        self.found[attribution.id] = cited
        at = self.places.token(max(s.end for s in spans(attribution)) - 1)
        if attribution.source is None and self._outer(attribution) is None:
            for chain in cited:
                chain.speeches.append((at.i, self.places.sentence(at.i), self.places.paragraph(at.i)))

    # By source.

    def _by_source(self, attribution: Attribution, source: Span) -> tuple[Chain, ...]:
        piece = self.doc.char_span(source.start, source.end, alignment_mode="expand")
        if piece is None or not len(piece):
            return ()
        head = self.doc[source_head(self.doc, piece.start, piece.end)]
        if is_dateline(self.doc, piece.start, piece.end):
            return self._after_dateline(piece.end)
        if head.pos_ != "PRON" and len(piece) == 1 and not names_somebody(head) and not is_possessive(head, self.lexicon) \
                and attribution.cue is not None:
            return self._by_cue(attribution, attribution.cue)
        low = head.lower_
        if len(piece) <= 2 and low in self.lexicon.words("actors.pronouns.first"):
            return self._first_person(attribution)
        if low in self.lexicon.words("actors.pronouns.relative") and head.pos_ in {"PRON", "DET", "SCONJ"}:
            antecedent = self._antecedent(head)
            return (antecedent,) if antecedent is not None else ()
        pronoun = next((r for r in self.references if r.form == "pronoun" and r.head == head.i), None)
        if pronoun is not None:
            return self._pronoun(attribution, head)
        marked = [r for r in self.references if r.source and piece.start <= r.head < piece.end]
        chain = self._chain_at(head.i, piece.start, piece.end)
        if marked and (chain is None or not any(r.source for r in chain.members if piece.start <= r.head < piece.end)):
            chain = self.chains.of[marked[0]]
        if chain is None and low in self.lexicon.words("actors.pronouns.nobody"):
            return ()
        if chain is None and head.pos_ == "PRON":
            return self._salient(attribution, source.start, *pronoun_agreement(head, self.lexicon))
        if (chain is None or piece.start <= chain.members[0].head < piece.end) and (both := self._both(piece)):
            return both
        found = [chain] if chain is not None else []
        for other in self._beside(head, chain, piece.start, piece.end):
            if piece.start <= other.i < piece.end:
                second = self._chain_at(other.i, piece.start, piece.end)
                found += [second] if second is not None else []
        if not found:
            inside = [r for r in self.references if piece.start <= r.head < piece.end]
            found = [self.chains.of[inside[0]]] if inside else []
        return tuple(self._issuer(attribution, c, piece.start, piece.end) for c in found)

    def _both(self, piece: Tokens) -> tuple[Chain, ...]:
        """The two persons whom a phrase takes up that were named side by side: "[I due] aggiungono", "[the two scientists] say"."""
        counts = self.lexicon.words("actors.words.two")
        definite = piece[0].lower_ in self.lexicon.words("actors.words.definite") or len(piece) == 1
        if not definite or len(piece) > SHORT_PHRASE + 1 or not any(t.lower_ in counts for t in piece):
            return ()
        first = piece[0]
        together = self._together(first.i, self.places.sentence(first.i), self.places.paragraph(first.i), self.places.quotation(first.idx))
        return together[1] if together is not None and len(together[1]) == TWO else ()

    def _beside(self, head: Token, chain: Chain | None, start: int, end: int) -> list[Token]:
        """The tokens coordinated with a source's head, or with the name in it: "hydrologists [Ana Soares] and Peter Lund"."""
        members = chain.members if chain is not None else ()
        named = [(r.name_start, r.name_end) for r in members if r.form == "name" and start <= r.name_start and r.name_end <= end]
        heads = [head, *(self.doc[source_head(self.doc, first, last)] for first, last in named)]
        found = [other for one in heads for other in syntax.conjuncts(one, self.lexicon)]
        # Parsers may hang the second person elsewhere: the names stand side by side.
        within = [r for r in self.references
                  if r.form == "name" and start <= r.start and r.end <= end and self.chains.of[r].looks_personal()]
        for one, other in pairwise(within):
            if one.end + 1 == other.start and self.doc[one.end].pos_ == "CCONJ" and chain in (self.chains.of[one], self.chains.of[other]):
                found += [self.doc[one.head], self.doc[other.head]]
        return list(dict.fromkeys(found))

    def _after_dateline(self, end: int) -> tuple[Chain, ...]:
        """Who a sentence is about that begins after a dateline: "LYON, May 3 - [The city] urged…"."""
        after = [r for r in self.references if r.start >= end and r.form != "pronoun"]
        first = min(after, key=lambda r: (r.start, -r.end), default=None)
        return (self.chains.of[first],) if first is not None else ()

    def _chain_at(self, head: int, start: int, end: int) -> Chain | None:
        best: Reference | None = None
        for r in self.references:
            covers = r.head == head or (r.form != "nominal" and r.start <= head < r.end)
            if covers and (best is None or (r.head == head) > (best.head == head) or r.form == "name"):
                best = r
        return self.chains.of[best] if best is not None else None

    def _issuer(self, attribution: Attribution, chain: Chain, start: int, end: int) -> Chain:
        """Who speaks through a note, post or interview: "una nota [dell'ente]" cites the body.

        A document that appears for the first time with the article is its author's who was just spoken of: "La banca
        alza le stime […] si legge nello studio".
        """
        at = next((m for m in chain.members if start <= m.head < end and m.form == "nominal"), None)
        if at is None:
            return chain
        things = self.lexicon.words("actors.pronouns.possessive_thing")
        own = next((t for t in self.doc[start:at.head] if is_possessive(t, self.lexicon) or t.lower_ in things), None)
        if own is not None and not chain.names() and any(at.noun in self.lexicon.words(path) for path in PAPERS):
            return next(iter(self._pronoun(attribution, own)), chain)  # "*its* figures show", "*their* report says"
        vehicle = at.noun in self.lexicon.words("actors.nouns.vehicle")
        if vehicle:
            relatives = self.lexicon.words("actors.pronouns.relative")
            pronoun = next((t for t in self.doc[end:end + SHORT_PHRASE + 1] if t.lower_ in relatives), None)
            if pronoun is not None and at.end - at.start == 1 and (antecedent := self._antecedent(pronoun)) is not None:
                return antecedent  # "a giudizio della quale"
            inner = [self.chains.of[r] for r in self.references if r.start >= start and r.end <= end and r.head != at.head]
            actors = [c for c in inner if c is not chain and (c.kind() in ("person", "organisation", "government", "group") or c.plural())]
            if actors:
                return actors[0]
        if at.noun in self.lexicon.words("actors.words.mouthpieces") and not chain.names():
            employer = self._employer(attribution, chain, at)
            if employer is not None:
                self.employers[chain] = employer
        bare_definite = at.definite and at.end - at.start <= SHORT_PHRASE
        into = {self.doc[i].lower_ for i in (start - 1, start) if i >= 0} & self.lexicon.words("cues.prepositions.documents")
        if (vehicle or (at.kind == "policy" and into)) and bare_definite and chain.members[0] is at and not chain.names():
            issuer = self._salient(attribution, self.doc[at.start].idx, "organisation", "", "s")
            if issuer and any(m.sentence >= at.sentence - 1 and m.start < at.start for m in issuer[0].members):
                return issuer[0]
        return chain

    def _employer(self, attribution: Attribution, chain: Chain, at: Reference) -> Chain | None:
        """Whom an unnamed spokesperson speaks for: "a spokeswoman [for the ministry]", else the body spoken of right before."""
        if chain.affiliation is not None:
            return chain.affiliation
        found = self._salient(attribution, self.doc[at.start].idx, "organisation", "", "s")
        return found[0] if found and any(at.sentence - m.sentence <= self.settings.announced_sentences and m.start < at.start
                                         for m in found[0].members) else None

    def _antecedent(self, pronoun: Token) -> Chain | None:
        """Whom a relative pronoun stands for: "Lia Ferrante, secondo [cui]…"."""
        for ancestor in pronoun.ancestors:
            if syntax.role(ancestor, self.lexicon) in ("relative_clause", "noun_clause"):
                chain = self._chain_at(ancestor.head.i, ancestor.head.i, ancestor.head.i + 1)
                if chain is not None and chain.kind() != "policy":
                    return chain
        before = [r for r in self.references if r.end <= pronoun.i and r.form != "pronoun" and self.doc[r.head].sent == pronoun.sent]
        # The phrase that ends nearest before the pronoun, with all that it is nested in: the outermost is meant.
        if not before:
            return None
        last = max(before, key=lambda r: r.end)
        widest = min((r for r in before if self.chains.of[r].kind() in ("person", "organisation", "group", "government", None)
                      and r.start <= last.start), key=lambda r: (pronoun.i - r.end > LONGEST_GAP, r.start), default=last)
        return self.chains.of[widest]

    # By cue.

    def _by_cue(self, attribution: Attribution, cue: Span) -> tuple[Chain, ...]:
        piece = self.doc.char_span(cue.start, cue.end, alignment_mode="expand")
        if piece is None or not len(piece):
            return ()
        possessive = next((t for t in piece if is_possessive(t, self.lexicon)), None)
        if possessive is not None:
            return self._pronoun(attribution, possessive)
        relatives = self.lexicon.words("actors.pronouns.relative")
        relative = next((t for t in piece if t.lower_ in relatives and t.pos_ in {"PRON", "DET"}), None)
        if relative is not None and (antecedent := self._antecedent(relative)) is not None:
            return (antecedent,)
        verb = verb_of(list(piece))
        if verb is None:
            return self._salient(attribution, cue.start, None, "", "")
        if any(in_first_person(t, self.lexicon) for t in piece if t.pos_ in {"VERB", "AUX"}):
            return self._first_person(attribution)
        following = self._inverted(attribution, piece.end, verb)
        if following is None and self._impersonal(verb):
            return self._read_in(verb)
        subjects = syntax.subjects(verb, self.lexicon)
        for token in (*subjects, *syntax.objects(verb, self.lexicon)):
            if token.lower_ in self.lexicon.words("actors.pronouns.nobody"):
                continue
            if token.pos_ == "PRON" and token.lower_ in relatives:
                antecedent = self._antecedent(token)
                if antecedent is not None:
                    return (antecedent,)
            if any(r.head == token.i and r.form == "pronoun" for r in self.references) or is_third_person(token, self.lexicon):
                return self._pronoun(attribution, token)
            chain = self._chain_at(token.i, token.i, token.i + 1)
            inside = any(c.start <= token.idx < c.end for c in attribution.content)
            if chain is not None and token in subjects and not inside:
                return (chain,)
        found = following or self._described(attribution, piece.start)
        return (found,) if found is not None else self._salient(attribution, cue.start, *verb_agreement(verb, self.lexicon))

    def _described(self, attribution: Attribution, at: int) -> Chain | None:
        """Whose description ends right before a verb without subject: "Sulla stessa linea [Ada Neri], studiosa di Bari, *chiede*…"."""
        while at > 0 and self.doc[at - 1].is_space:
            at -= 1
        if at == 0 or self.doc[at - 1].text != ",":
            return None
        for r in reversed(self.references):
            if r.start < self.doc[at].sent.start:
                return None
            opened = r.end < at - 1 and self.doc[r.end].text == "," and not any(t.text == "," for t in self.doc[r.end + 1:at - 1])
            if opened and r.form == "name" and self._nominative(r) and self.chains.of[r].looks_personal():
                words = self.doc[r.start].idx
                return None if any(c.start <= words < c.end for c in attribution.content) else self.chains.of[r]
        return None

    def _inverted(self, attribution: Attribution, at: int, verb: Token) -> Chain | None:
        """The subject after its verb, where the parser missed it: "«A», ha aggiunto [la manager]", "ha scritto ai soci [il fondatore]"."""
        number = {"Sing": "s", "Plur": "p"}.get(next(iter(finite_part(verb, self.lexicon).morph.get("Number", [])), ""), "")
        after_words = attribution.cue is not None and attribution.content[0].start < attribution.cue.start
        # "È *quanto* sosteneva nel marzo scorso [Edouard Harris]: …"
        cleft = any(t.lower_ in self.lexicon.words("cues.prepositions.whatever") for t in self.doc[max(0, at - CLEFT):at])
        end = next((t.i for t in self.doc[at:verb.sent.end] if t.is_punct), verb.sent.end)
        for r in self.references:
            if not at <= r.start < end or r.form == "pronoun" or r.number not in ("", number or r.number):
                continue
            subject = self._nominative(r) or r.start == at and self.doc[at].pos_ != "ADP"
            if not subject or self.chains.of[r].kind() == "policy" or not (after_words or cleft or (r.start == at and not r.object)):
                continue
            words = self.doc[r.start].idx
            return None if any(c.start <= words < c.end for c in attribution.content) else self.chains.of[r]
        return None

    def _nominative(self, reference: Reference) -> bool:
        """Whether no preposition stands before or in a reference."""
        start = reference.start
        return self.doc[start].pos_ != "ADP" and (start == 0 or self.doc[start - 1].pos_ != "ADP")

    def _pronoun(self, attribution: Attribution, token: Token) -> tuple[Chain, ...]:
        reference = next((r for r in self.references if r.head == token.i and r.form == "pronoun"), None)
        if reference is None:
            return self._salient(attribution, token.idx, *pronoun_agreement(token, self.lexicon))
        return self._salient(attribution, token.idx, reference.kind, reference.gender, reference.number) or (self.chains.of[reference],)

    def _impersonal(self, verb: Token) -> bool:
        """Whether nobody in particular speaks: "si obietta", "it is said"."""
        words = self.lexicon.words("actors.pronouns.impersonal")
        reflexive = self.lexicon.words("actors.words.reflexive")
        if any(t.lower_ in words for t in self.doc[max(0, verb.i - 3):verb.i] if t.head == verb or t.i == verb.i - 1):
            return not {verb.lemma_.lower(), verb.lower_} & reflexive
        passive = bool(syntax.children(verb, self.lexicon, "subject_passive"))
        subjects = {s.i for s in syntax.subjects(verb, self.lexicon)}
        return passive and not any(r.head in subjects for r in self.references if r.form != "nominal")

    def _read_in(self, verb: Token) -> tuple[Chain, ...]:
        """The document in which something is read: "Nel documento […]. Vi si legge che…", "nella carta si afferma"."""
        into = self.lexicon.words("cues.prepositions.documents")
        for r in reversed(self.references):
            if r.start < verb.i and 0 <= self.places.sentence(verb.i) - r.sentence <= 1 and r.form != "pronoun" \
                    and (r.kind == "policy" or r.noun in self.lexicon.words("actors.nouns.vehicle")) \
                    and {self.doc[i].lower_ for i in (r.start - 1, r.start) if i >= 0} & into:
                return (self.chains.of[r],)
        return ()

    def _first_person(self, attribution: Attribution) -> tuple[Chain, ...]:
        """"I" inside a quotation is its speaker; in the article's own voice the author, who is no actor."""
        outer = self._outer(attribution)
        return self.found.get(outer.id, ()) if outer is not None else ()

    def _floating(self, attribution: Attribution) -> tuple[Chain, ...]:
        """Who goes on speaking in a quotation without cue: the last speaker, or who acts right before it."""
        start = attribution.content[0].start
        outer = self._outer(attribution)
        if outer is not None and outer.id in self.found:
            return self.found[outer.id]
        announced = self._before_colon(start)
        if announced is not None:
            return (announced,)
        return self._salient(attribution, start, None, "", "")

    def _addressed(self, attribution: Attribution) -> tuple[Chain, ...]:
        """Whom the question right before an answer addresses: "Dottor Biagioli, com'è andata?"."""
        answered = self.places.paragraph(self.places.token(attribution.content[0].start).i)
        for r in self.references:
            if r.paragraph == answered - 1 and r.form == "name":
                opens = any("\n" in t.text for t in self.doc[max(0, r.start - SHORT_PHRASE):r.start])
                return (self.chains.of[r],) if opens and r.end < len(self.doc) and self.doc[r.end].text == "," else ()
        return ()

    def _before_colon(self, start: int, *, headline: bool = False) -> Chain | None:
        """Who is the subject of the clause that ends in a colon before a quotation: "Neri ha smorzato i toni: «…»".

        Headlines lack verbs: there it is who stands last in no preposition ("Voti truccati al liceo, [il preside]: «…»").
        """
        at = self.places.token(start).i - 1
        while at > 0 and (self.doc[at].is_space or self.doc[at].is_quote):
            at -= 1
        if at < 0 or self.doc[at].text != ":":
            return None
        begin = self.doc[at].sent.start
        found = [r for r in self.references if begin <= r.start < at and r.inside < 0 and r.form != "pronoun"
                 and (r.subject or headline and self._nominative(r))]
        found = [r for r in found if self.chains.of[r].kind() in ("person", "organisation", "government", "group", None)]
        return self.chains.of[found[-1]] if found else None


#: Lists of nouns of what speaks for whom it belongs to.
PAPERS = ("actors.nouns.vehicle", "actors.nouns.policy", "cues.nouns.evidence")
#: Tokens between a relative pronoun and the phrase it may stand for.
LONGEST_GAP = 12
#: Tokens up to a cue's end in which what makes it a cleft stands: "è quello che ha sostenuto".
CLEFT = 4
#: Tokens of a description that says no more than its noun: article and noun.
SHORT_PHRASE = 2
#: Persons in a pair.
TWO = 2
