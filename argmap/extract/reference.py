"""One phrase that may refer to an actor, with the evidence that it carries."""

from __future__ import annotations

from dataclasses import dataclass

from argmap.extract.kinds import fold
from argmap.model import ActorKind

__all__ = ["ENTITY_KINDS", "PLACES", "Reference"]

#: Entity labels, in spaCy's English and Italian pipelines, that tell a kind.
ENTITY_KINDS: dict[str, ActorKind] = {"PERSON": "person", "PER": "person", "ORG": "organisation", "LAW": "policy"}
#: Entity labels of places.
PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase that may refer to an actor.

    `start`, `end`, `head` are token numbers; `name_start`, `name_end` the proper name in it, equal where there is none.
    `noun` is the head of its description, lower-case ("amministratrice"); `gender` "m", "f" or "", `number` "s", "p" or
    ""; `definite` says that it may refer back. `inside` is the number of the quotation it stands in, -1 outside.
    """

    start: int
    end: int
    head: int
    form: str
    text: str
    name: tuple[str, ...] = ()
    name_start: int = 0
    name_end: int = 0
    noun: str = ""
    kind: ActorKind | None = None
    entity: str = ""
    gender: str = ""
    number: str = ""
    definite: bool = False
    subject: bool = False
    object: bool = False
    versioned: bool = False
    sentence: int = 0
    paragraph: int = 0
    inside: int = -1
    source: bool = False

    @property
    def key(self) -> str:
        """The name for comparison, or ""."""
        return fold(" ".join(self.name))
