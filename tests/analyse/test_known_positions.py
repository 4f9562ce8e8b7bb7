"""On the bundled corpus, coalitions put advocates and sceptics of openness apart, as everybody who follows the debate knows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.analyse.analysis import analyse
from argmap.analyse.coalitions import Coalitions, coalitions
from argmap.model import DebateMap
from argmap.pipeline import build

pytestmark = pytest.mark.model

ARTICLES = Path(__file__).resolve().parents[2] / "corpus" / "articles"
#: Public positions until 2025: signatories of Mozilla's statement on openness (2023), letters and comments against limits on open
#: weights, makers and defenders of open models.
ADVOCATES = {"Yann LeCun", "Clément Delangue", "Hugging Face", "Arthur Mensch", "Mistral AI", "Andrew Ng", "Marc Andreessen", "Mozilla",
             "Open Source Initiative", "Stefano Maffulli", "Nathan Lambert", "Lina Khan", "Kevin Bankston", "Giorgio Galli", "Red Hat"}
#: Who warned of open weights, asked for limits on them, or keeps to closed ones on principle.
SCEPTICS = {"Dario Amodei", "Anthropic", "Geoffrey Hinton", "Yoshua Bengio", "Demis Hassabis", "Vinod Khosla", "David Evan Harris",
            "Stuart Russell", "Gladstone AI", "Center for AI Policy", "Josh Hawley", "Richard Blumenthal"}
#: Part of the known actors that are in a coalition which leans their way, overall and of each side.
PLACED, PLACED_OF_EACH = 0.85, 0.75


@pytest.fixture(scope="module")
def corpus_map() -> DebateMap:
    return build(str(ARTICLES), strict=True)


@pytest.fixture(scope="module")
def found(corpus_map) -> Coalitions:
    return coalitions(corpus_map)


def placed(found: Coalitions, names: set[str], sign: int) -> list[bool]:
    leaning = {name: group.leaning for group in found.groups for name in group.members}
    return [leaning[actor] * sign > 0 for actor, party in found.parties.items() if party.label in names and actor in leaning]


def test_advocates_and_sceptics_are_in_coalitions_that_lean_their_way(found):
    advocates, sceptics = placed(found, ADVOCATES, 1), placed(found, SCEPTICS, -1)
    assert len(advocates) >= 6 and len(sceptics) >= 6, "hardly anybody known speaks in this map"
    assert sum(advocates + sceptics) / len(advocates + sceptics) >= PLACED
    assert min(sum(advocates) / len(advocates), sum(sceptics) / len(sceptics)) >= PLACED_OF_EACH


def test_the_coalitions_do_not_depend_on_chance(found):
    assert found.stability >= 0.9 and found.modularity >= 0.3 and 2 <= len(found.groups) <= 6


def test_the_figures_are_the_same_each_time(corpus_map):
    assert analyse(corpus_map).to_dict() == analyse(corpus_map).to_dict()
