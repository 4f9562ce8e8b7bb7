"""Speakers' verbs in, links out: statements by which one speaker answers, opposes or backs another.

The signal stands in the frame, the reporting words around a statement: "The inspectorate *rejected* [the comparison]",
"Brenva *non ci sta*. Le stesse prove, sostiene la società, [sono riuscite…]", "*according to critics*".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from argmap.extract.syntax import find_phrases, is_negated
from argmap.model import Link, RelationKind
from argmap.relate.scene import Place, Scene
from argmap.settings import Settings

__all__ = ["agreement", "rebuttal", "reply"]


def rebuttal(scene: Scene, settings: Settings) -> Iterable[Link]:
    """A speaker turns against what another has said: "Drozdek *doubts* [the number]", "*critics* say that…"."""
    for place in scene.places:
        signal = _verb(scene, place, "relations.rebuttal.verbs") or _phrase(scene, place, "relations.rebuttal.phrases")
        if signal is not None:
            yield from _across_speakers(scene, place, "attack", "rebuttal", settings.link_likely, signal)


def reply(scene: Scene, settings: Settings) -> Iterable[Link]:
    """A speaker answers: in a debate answers mostly object ("replied the senator")."""
    for place in scene.places:
        signal = _verb(scene, place, "relations.rebuttal.answers")
        if signal is not None:
            yield from _across_speakers(scene, place, "attack", "reply", settings.link_possible, signal)


def agreement(scene: Scene, settings: Settings) -> Iterable[Link]:
    """A speaker takes another's side: "Investors *cheered* [the retreat]", "they *have a point*"."""
    for place in scene.places:
        signal = _verb(scene, place, "relations.agreement.verbs") or _phrase(scene, place, "relations.agreement.phrases")
        if signal is not None:
            yield from _across_speakers(scene, place, "support", "agreement", settings.link_possible, signal)


def _verb(scene: Scene, place: Place, path: str) -> tuple[int, int] | None:
    """A verb of the list in the statement's frame that is not negated ("she does not dispute that…")."""
    verbs = scene.lexicon.words(path)
    for token in scene.frame(place):
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in verbs and not is_negated(token, scene.lexicon):
            return token.i, token.i + 1
    return None


def _phrase(scene: Scene, place: Place, path: str) -> tuple[int, int] | None:
    """A phrase of the list in the frame, or in the first words of a statement that is all evaluation."""
    frame = scene.frame(place)
    found = find_phrases(frame, scene.lexicon.words(path))
    frame_ids = {token.i for token in frame}
    whole = [(start, end) for start, end, _ in found if all(i in frame_ids for i in range(start, end))]
    if whole:
        return whole[0]
    inside = find_phrases(list(scene.doc[place.first:place.last + 1]), scene.lexicon.words(path))
    return inside[0][:2] if inside else None


def _across_speakers(scene: Scene, place: Place, kind: RelationKind, rule: str, confidence: float,
                     signal: tuple[int, int]) -> Iterator[Link]:
    """The link to the last statement of somebody else before this one."""
    earlier = [p for p in scene.places if p.last < place.first and p.statement.actors != place.statement.actors]
    if earlier:
        yield scene.link(place, max(earlier, key=lambda p: p.last), kind, rule, confidence, signal)
