"""What all tests share: a small debate, a small map, and how long Hypothesis may take. Markers are in setup.cfg."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from argmap.model import (
    Actor,
    Article,
    Attribution,
    Claim,
    Concept,
    Debate,
    DebateMap,
    Evidence,
    KnownActor,
    Mention,
    Merge,
    Motion,
    Relation,
    Side,
    Skipped,
    Statement,
    Topic,
)

# No time limit for an example: a busy machine is no mistake. In continuous integration the same examples each time.
settings.register_profile("argmap", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("argmap")


@pytest.fixture
def debate() -> Debate:
    """A debate with one of everything, in two languages."""
    return Debate(
        id="bridge",
        motion=Motion({"en": "The bridge should be toll-free.", "it": "Il ponte dovrebbe essere gratuito."}),
        sides=(Side("for", {"en": "Free", "it": "Gratis"}, {"en": ("A free bridge helps trade.",)}, {"en": ("free bridge",)}),
               Side("against", {"en": "Toll", "it": "Pedaggio"}, {"en": ("Tolls pay for repairs.",)},
                    {"en": ("toll",), "it": ("pedaggio",)})),
        topics=(Topic("trade", {"en": "Trade"}, {"en": ("trade", "shops")}),),
        actors=(KnownActor("port", "Port of Varna", "organisation", "City", ("the port",)),),
        keywords={"en": ("bridge",)},
    )


@pytest.fixture
def debate_map(debate: Debate) -> DebateMap:
    """A map with one of everything."""
    text = "Ms Ilieva said a free bridge helps trade. But repairs cost money, the port replied."
    article = Article("bridge-1", text, "The bridge", "A. Writer", "The Varna Post", "2025-04-01", "https://example.org/1", "en")
    trade, money = article.span(15, 40), article.span(46, 64)
    return DebateMap(
        debate=debate,
        articles=(article,),
        actors=(Actor("ilieva", "Ms Ilieva", "person", None, ("Ilieva",)),
                Actor("port", "Port of Varna", "organisation", "City", (), "port", ("kind",))),
        attributions=(Attribution("a-1", "bridge-1", "indirect", article.span(0, 9), article.span(10, 14), (trade,), ("ilieva",),
                                  confidence=0.9, rule="verb"),
                      Attribution("a-2", "bridge-1", "indirect", article.span(66, 74), article.span(75, 82), (money,), ("port",),
                                  confidence=0.8)),
        statements=(Statement("s-1", "bridge-1", "attributed", "indirect", (trade,), "a-1", article.span(0, 9), article.span(10, 14),
                              ("ilieva",), "c-1", "for", 0.9, 0.8),
                    Statement("s-2", "bridge-1", "attributed", "indirect", (money,), "a-2", article.span(66, 74), article.span(75, 82),
                              ("port",), "c-2", "against", 0.7, 0.8, human=("stance",))),
        claims=(Claim("c-1", "a free bridge helps trade", "en", "for", "trade", "k-1", 1, ("s-1",)),
                Claim("c-2", "repairs cost money", "en", "against", "trade", "k-2", -1, ("s-2",), ("stance",))),
        concepts=(Concept("k-1", "a free bridge helps trade", ("c-1",)), Concept("k-2", "repairs cost money", ("c-2",))),
        relations=(Relation("c-2", "c-1", "attack", "contrast", 0.85, (Evidence("bridge-1", "s-2", "s-1", article.span(42, 45)),), ("kind",)),),
        mentions=(Mention("bridge-1", "ilieva", article.span(0, 9)),),
        merges=(Merge("ilieva", "bridge-1", "Ms Ilieva", "surname", "ilieva"),),
        skipped=(Skipped("notes.pdf", "no reader for .pdf"),),
        models={"edition": "default"},
        version="0.1.0",
    )
