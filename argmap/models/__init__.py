"""Cards of the pipelines that argmap ships or depends on, and where the shipped ones are.

A card is a TOML file in this folder. The weights of a shipped model stand in the folder of the card's name.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from argmap.errors import ModelError

__all__ = ["EDITIONS", "Card", "Score", "Source", "card", "cards", "folder"]

#: Editions of the models that a user may choose; all of the permissive one may be used commercially.
EDITIONS = ("default", "permissive")


@dataclass(frozen=True, slots=True)
class Source:
    """Data that a model was trained on, with whom to credit."""

    name: str
    licence: str
    url: str
    credit: str


@dataclass(frozen=True, slots=True)
class Score:
    """A measured figure: `value` is a share in [0, 1], `on` names the data and the conditions."""

    measure: str
    value: float
    on: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a model is, may be used for, was trained on and reaches.

    `language` is an ISO 639-1 code, or ``*`` for a model of many languages; `editions` the editions that use it; `date` is ISO 8601;
    `recipe` the command that trained it, empty for a model made elsewhere.
    """

    name: str
    language: str
    editions: tuple[str, ...]
    tasks: tuple[str, ...]
    licence: str
    description: str
    date: str
    recipe: str
    sources: tuple[Source, ...]
    scores: tuple[Score, ...]

    @property
    def path(self) -> Path | None:
        """The folder of the weights, None for a package that is installed beside argmap."""
        return folder(self.name)


def _here() -> Path:
    return Path(str(resources.files("argmap") / "models"))


def folder(name: str) -> Path | None:
    """Where the shipped pipeline of this name is, or None if argmap ships none of this name."""
    path = _here() / name
    return path if path.parent == _here() and (path / "meta.json").is_file() else None


@cache
def cards() -> tuple[Card, ...]:
    """The cards of all models, sorted by name.

    Raises:
        ModelError: a card is malformed.

    >>> [card.name for card in cards() if card.language == "it"]
    ['it_default', 'it_permissive']
    """
    return tuple(_read(path) for path in sorted(_here().glob("*.toml")))


def card(name: str) -> Card:
    """The card of this name.

    Raises:
        ModelError: there is none.
    """
    for each in cards():
        if each.name == name:
            return each
    raise ModelError(f"no model {name!r}: there are {', '.join(each.name for each in cards())}")


def _read(path: Path) -> Card:
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return Card(
            name=path.stem, language=raw["language"], editions=tuple(raw["editions"]), tasks=tuple(raw["tasks"]), licence=raw["licence"],
            description=raw["description"], date=str(raw["date"]), recipe=raw.get("recipe", ""),
            sources=tuple(Source(**source) for source in raw.get("sources", ())),
            scores=tuple(Score(**score) for score in raw.get("scores", ())))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"models/{path.name} is no model card ({error})") from error
