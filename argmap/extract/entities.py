"""A document with named entities in, the same document out with its entities in agreement with each other.

A name means one thing in one text (Gale, Church and Yarowsky 1992): a word that the recogniser met as two types keeps the one it met more
often, the last word of a person's full name is that person, and a name that it missed in one place is marked there too.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from spacy.language import Language
from spacy.tokens import Doc, Span

__all__ = ["COMPONENT", "agree"]

#: Name of the pipeline's component.
COMPONENT = "argmap_agree"
PERSON = "PER"
#: Shorter words are not marked where the recogniser missed them: "Po", "Ue".
SHORTEST = 4


@Language.component(COMPONENT)
def agree(doc: Doc) -> Doc:
    """Make a document's entities agree; changed in place and returned."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in doc.ents:
        votes[entity.text][entity.label_] += 1
    labels = {text: min(count, key=lambda label: (-count[label], label)) for text, count in votes.items()}
    labels |= {entity[-1].text: PERSON for entity in doc.ents if entity.label_ == PERSON and len(entity) > 1}
    entities = [Span(doc, entity.start, entity.end, label=labels.get(entity.text, entity.label_)) for entity in doc.ents]
    taken = {token.i for entity in entities for token in entity}
    for token in doc:
        label = labels.get(token.text)
        if label and token.i not in taken and len(token) >= SHORTEST and token.text[0].isupper() and _stands_alone(token.i, doc):
            entities.append(Span(doc, token.i, token.i + 1, label=label))
    doc.set_ents(sorted(entities, key=lambda entity: entity.start))
    return doc


def _stands_alone(at: int, doc: Doc) -> bool:
    """Whether a word is no part of a longer name, nor capitalised just because a sentence begins."""
    if doc[at].is_sent_start:
        return at == 0
    around = [doc[place] for place in (at - 1, at + 1) if 0 <= place < len(doc)]
    return not any(token.ent_type_ or token.text[0].isupper() for token in around)
