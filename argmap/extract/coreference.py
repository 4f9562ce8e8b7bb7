"""References in, chains of references to one actor out: names first over the whole article, then descriptions and pronouns.

The steps stand in the order of the sieve of Raghunathan et al. (EMNLP 2010), surest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.affiliation import affiliate
from argmap.extract.aliases import join_names
from argmap.extract.appositions import join_appositions
from argmap.extract.chains import Chain, Chains, agrees, fit
from argmap.extract.descriptions import antecedent_of_description, join_announced
from argmap.extract.reference import Reference
from argmap.lexicon import Lexicon
from argmap.model import KnownActor
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["antecedent_of_pronoun", "link"]


def link(doc: Doc, references: Sequence[Reference], lexicon: Lexicon, *, known: Sequence[KnownActor] = (),
         settings: Settings = DEFAULTS) -> Chains:
    """The chains of an article's references; known actors lend their affiliations to the persons of their names."""
    chains = Chains(doc, lexicon, settings)
    join_names(chains, [r for r in references if r.form == "name"], known=known)
    join_appositions(chains, references)
    affiliate(doc, chains, lexicon, known=known)
    for reference in references:
        if reference in chains.of:
            join_announced(chains, reference)
            continue
        if reference.form == "nominal":
            chain = antecedent_of_description(chains, reference)
        else:
            chain = antecedent_of_pronoun(chains, reference)
            if chain is None:
                continue
        if chain is None:
            chains.new(reference)
        else:
            chains.add(chain, reference)
    return chains


def antecedent_of_pronoun(chains: Chains, reference: Reference) -> Chain | None:
    """The most salient chain that a third-person pronoun agrees with."""
    best, best_score = None, 0.0
    for chain in chains.all:
        if not chain.near(reference.start, reference.sentence, chains.settings.reach):
            continue
        if not agrees(chain, reference.kind, reference.gender, reference.number):
            continue
        if _binds(chains.doc, chain, reference, chains.lexicon):
            continue
        score = chains.salience(chain, reference.start, reference.sentence, reference.paragraph, reference.inside)
        score *= fit(chain, reference.kind, reference.number, chains.settings)
        if score > best_score:
            best, best_score = chain, score
    return best if best_score >= chains.settings.least_salience else None


def _binds(doc: Doc, chain: Chain, reference: Reference, lexicon: Lexicon) -> bool:
    """Whether the chain is an argument of the pronoun's own verb, so that the pronoun is somebody else."""
    token = doc[reference.head]
    if syntax.role(token, lexicon) in ("possessive", "determiner"):
        return any(m.start < reference.end and reference.start < m.end for m in chain.members)
    return any(doc[m.head].head == token.head and m.sentence == reference.sentence and doc[m.head] != token
               and syntax.role(doc[m.head], lexicon) in ("subject", "subject_passive", "object", "indirect_object") for m in chain.members)
