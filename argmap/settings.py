"""Every threshold, named, with its unit and the reason for its value."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULTS", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of all stages; `DEFAULTS` unless a caller passes others.

    Attributes:
        relevance: statements whose relevance lies below this are hidden on the map.
        title_length: characters that a text's first line may have to be its title; headlines stay below 120 in print,
            pages' titles run a little longer, and a first paragraph is seldom this short.
        foreign_language: probability from which a text counts as in a language that argmap does not read; below it
            the text is too short or too mixed to tell, and is taken for the likeliest language that argmap reads.
        link_certain, link_likely, link_possible, link_weak: confidence of a relation read from a signal that hardly has
            another reading (a subordinator between two clauses), mostly has this one (a connective opening a sentence),
            has it about every second time (a verb of answering), or seldom (an "also").
    """

    relevance: float = 0.15
    title_length: int = 160
    foreign_language: float = 0.5
    link_certain: float = 0.85
    link_likely: float = 0.65
    link_possible: float = 0.5
    link_weak: float = 0.25


DEFAULTS = Settings()
