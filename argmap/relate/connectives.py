"""Connectives in, links out: one function for each relation that a word or phrase between two statements can signal.

The relations and their words follow the Penn Discourse Treebank's classes (Prasad et al. 2008) in the two kinds that a
map knows. Which clauses a connective joins is told by where it stands: one that opens a sentence reaches back to the
statement before it; one between two clauses joins them; a subordinator joins its clause and the one beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from argmap.extract.syntax import find_phrases
from argmap.model import Link, RelationKind
from argmap.relate.scene import Place, Scene
from argmap.settings import Settings

__all__ = ["addition", "cause", "concession", "contrast", "elaboration", "example", "proof", "result"]

#: Words between a floating connective and its statement's beginning: "A reading room, by contrast, would…".
FLOAT = 8


def contrast(scene: Scene, settings: Settings) -> Iterable[Link]:
    """What follows the word objects to what stands before it.

    "Sharing is fast. However, [it has a price]"; "[X creates A] ma [rallenta B]"; "[China opens up] while [the US closes]".
    """
    for start, end, after in _opening_and_floating(scene, "relations.contrast"):
        if not _corrective(scene, start, end):
            yield from _backward(scene, after, start, end, "attack", "contrast", settings)
    for start, end in _found(scene, "relations.contrast.subordinate"):
        for clause, other in _halves(scene, start, end):
            later, earlier = (clause, other) if clause.first > other.first else (other, clause)
            yield scene.link(later, earlier, "attack", "contrast", settings.link_likely, (start, end))


def _corrective(scene: Scene, start: int, end: int) -> bool:
    """Whether "but" only completes "not only": "not only safer but also cheaper", "nothing but"."""
    low, high = scene.sentences[scene.sentence_of[start]]
    guards = find_phrases(list(scene.doc[low:start]), scene.lexicon.words("relations.contrast.not_after"))
    inside = any(first < start for first, _, _ in guards)
    following = scene.doc[end].lower_ if end < high else ""
    return inside or following in scene.lexicon.words("relations.contrast.not_before")


def concession(scene: Scene, settings: Settings) -> Iterable[Link]:
    """The marked clause is granted, the other one objects to it; one added as an afterthought is an objection itself.

    "Although [it is cheap], [it is not safe]": the second attacks the first. "[It is safe], although [nobody checked]": so too.
    "Pur riconoscendo che [costa], ha osservato che [serve]": likewise, through the verbs that concede.
    """
    for start, end in _found(scene, "relations.concession.subordinate"):
        for clause, other in _halves(scene, start, end):
            later, earlier = (clause, other) if clause.first > other.first else (other, clause)
            certain = settings.link_certain if clause is earlier else settings.link_possible
            yield scene.link(later, earlier, "attack", "concession", certain, (start, end))
    verbs = scene.lexicon.words("relations.concession.verbs")
    for number, granted in enumerate(scene.places[:-1]):
        following = scene.places[number + 1]
        cue = next((t for t in scene.frame(granted) if t.i < granted.first and t.lemma_.lower() in verbs), None)
        if cue is not None and scene.same_sentence(granted, following) and following.statement.actors == granted.statement.actors:
            yield scene.link(following, granted, "attack", "concession", settings.link_possible, (cue.i, cue.i + 1))


def cause(scene: Scene, settings: Settings) -> Iterable[Link]:
    """The marked clause is a reason for the other one.

    "[Licences hurt small firms], giacché [the big ones publish nothing]"; "Dal momento che [nobody signs], [nobody answers]".
    """
    for start, end in _found(scene, "relations.cause.subordinate"):
        for clause, other in _halves(scene, start, end):
            yield scene.link(clause, other, "support", "cause", settings.link_certain, (start, end))
    for start, end in _found(scene, "relations.cause.opening"):
        after = scene.introduced(start, end)
        if after is not None and scene.opens_clause(start) and _sentence_initial(scene, start):
            yield from _backward(scene, after, start, end, "support", "cause", settings)


def result(scene: Scene, settings: Settings) -> Iterable[Link]:
    """What stands before the word is a reason for what follows: the origin is the earlier statement.

    "[The office lost its assistant for nine days.] For that reason she wants [open weights]."
    """
    for start, end, after in _opening_and_floating(scene, "relations.result"):
        earlier = scene.before(start, other_than=after)
        if earlier is not None and _close(scene, earlier, after, start):
            certain = settings.link_likely if scene.same_sentence(earlier, after) else settings.link_possible
            yield scene.link(earlier, after, "support", "result", certain, (start, end))


def example(scene: Scene, settings: Settings) -> Iterable[Link]:
    """What follows illustrates, and so backs, what stands before: "[Open models help clinics.] For example, [ours…]"."""
    yield from _forward_reader(scene, "relations.example", "example", settings)


def elaboration(scene: Scene, settings: Settings) -> Iterable[Link]:
    """What follows confirms what stands before: "[Nobody checks them.] Indeed, [two audits were cancelled]"."""
    yield from _forward_reader(scene, "relations.elaboration", "elaboration", settings)


def addition(scene: Scene, settings: Settings) -> Iterable[Link]:
    """What follows does the same work as what stands before: "[Weights cannot be recalled]; inoltre [the filters fell]".

    Which statement both of them back is left to `argmap.relate.implicit`; here the later one leans on the earlier.
    """
    for link in _forward_reader(scene, "relations.addition", "addition", settings):
        yield Link(link.origin, link.target, link.kind, link.rule, settings.link_weak, link.signal)


def proof(scene: Scene, settings: Settings) -> Iterable[Link]:
    """What stands before is evidence for the complement: "[A firm released its model.] This shows that [sharing works]"."""
    verbs = scene.lexicon.words("relations.proof.verbs")
    subjects = scene.lexicon.words("relations.proof.subjects")
    for token in scene.doc:
        if token.lemma_.lower() not in verbs:
            continue
        low = scene.sentences[scene.sentence_of[token.i]][0]
        pointer = next((scene.doc[i] for i in range(low, token.i) if scene.doc[i].lower_ in subjects), None)
        if pointer is None or pointer.i - low > FLOAT or token.i - pointer.i > FLOAT:
            continue
        after = scene.introduced(pointer.i, token.i + 1)
        earlier = scene.before(pointer.i, other_than=after) if after is not None else None
        if after is not None and earlier is not None:
            yield scene.link(earlier, after, "support", "proof", settings.link_possible, (pointer.i, token.i + 1))


def _forward_reader(scene: Scene, path: str, rule: str, settings: Settings) -> Iterator[Link]:
    for start, end, after in _opening_and_floating(scene, path):
        yield from _backward(scene, after, start, end, "support", rule, settings)


def _found(scene: Scene, path: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in find_phrases(scene.doc, scene.lexicon.words(path))]


def _opening_and_floating(scene: Scene, path: str) -> Iterator[tuple[int, int, Place]]:
    """Where the connectives of a relation stand, and the statement that each introduces: some must open a clause, others may float."""
    floating = scene.lexicon.words(f"{path}.floating")
    for start, end, phrase in find_phrases(scene.doc, scene.lexicon.words(f"{path}.opening") | floating):
        if phrase in floating or scene.opens_clause(start):
            after = scene.introduced(start, end) or (_floated(scene, start) if phrase in floating else None)
            if after is not None:
                yield start, end, after


def _floated(scene: Scene, start: int) -> Place | None:
    """The statement inside whose first words, or right after whose short content, a connective floats."""
    place = scene.holder(start)
    if place is None:
        ended = [p for p in scene.places if p.last < start and p.closing == p.opening == scene.sentence_of[start]]
        return ended[-1] if ended and not any(p.first > start and p.opening == scene.sentence_of[start] for p in scene.places) else None
    near = start - place.first <= FLOAT and scene.sentence_of[start] == place.opening
    return place if near else None


def _sentence_initial(scene: Scene, start: int) -> bool:
    """Whether only punctuation and coordinators stand before the token in its sentence."""
    low = scene.sentences[scene.sentence_of[start]][0]
    return all(scene.doc[i].pos_ in ("PUNCT", "SPACE", "CCONJ") or scene.doc[i].is_punct for i in range(low, start))


def _fronted(scene: Scene, start: int) -> bool:
    """Whether a subordinate clause stands before its main clause: "[…], e dal momento che nobody signs, nobody answers"."""
    at = start - 1
    while at >= 0 and scene.doc[at].is_space:
        at -= 1
    return _sentence_initial(scene, start) or scene.doc[at].pos_ == "CCONJ" or scene.doc[at].text in (";", ":")


def _close(scene: Scene, earlier: Place, later: Place, start: int) -> bool:
    """Whether a connective can reach: the same sentence, or one opening its sentence (or floating) right after the other's."""
    gap = scene.sentence_of[start] - earlier.closing
    return gap <= 1 or (gap == 2 and _sentence_initial(scene, start))


def _backward(scene: Scene, after: Place, start: int, end: int, kind: RelationKind, rule: str, settings: Settings) -> Iterator[Link]:
    """The link from what a connective introduces to the statement before it."""
    earlier = scene.before(min(start, after.first), other_than=after)
    if earlier is None or not _close(scene, earlier, after, min(start, after.first)):
        return
    inside = scene.same_sentence(earlier, after)
    yield scene.link(after, earlier, kind, rule,
                     settings.link_certain if inside else settings.link_likely, (start, end))


def _halves(scene: Scene, start: int, end: int) -> Iterator[tuple[Place, Place]]:
    """The statement that a subordinator introduces and the one that it depends on, in one sentence.

    The other half is the statement that holds the verb which the clause hangs on, or else the one before it, or after it.
    A subordinator that opens its sentence alone ("Because the thing has changed.") reaches back to the sentence before.
    """
    clause = scene.introduced(start, end)
    if clause is None:
        return
    sentence = scene.sentence_of[start]
    verb = scene.doc[end - 1].head
    governor = scene.holder(verb.head.i) if verb.i in clause.tokens or verb.i >= start else None
    beside = [p for p in scene.places if p is not clause and sentence in (p.opening, p.closing)]
    earlier = [p for p in beside if p.last < start]
    later = [p for p in beside if p.first > clause.last]
    if governor is not None and governor in beside:
        yield clause, governor
    elif later and (not earlier or _fronted(scene, start)):
        yield clause, later[0]
    elif earlier:
        yield clause, earlier[-1]
    elif _sentence_initial(scene, start) and not later:
        previous = scene.before(start, other_than=clause)
        if previous is not None and sentence - previous.closing == 1:
            yield clause, previous
