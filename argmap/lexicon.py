"""A language's TOML file in, its checked words out: no natural-language word stands in Python.

A file under ``argmap/languages`` has tables of word lists; a list is reached by its dotted path
(``lexicon.words("cues.say")``). All languages have the paths that English has.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from argmap.errors import LexiconError

__all__ = ["Lexicon", "languages", "load"]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of one language.

    Args:
        language: ISO 639-1 code.
        name: the language's English name.
        lists: word lists by dotted path, lower-case unless the file says otherwise.
        values: single strings by dotted path.
        roles: the parser's dependency labels mapped to the roles of `argmap.extract.syntax`.
    """

    language: str
    name: str
    lists: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]
    roles: Mapping[str, str]

    def words(self, path: str) -> frozenset[str]:
        """The set of words at a dotted path.

        Raises:
            LexiconError: the language file has no such list.
        """
        return _as_set(self, path)

    def sequence(self, path: str) -> tuple[str, ...]:
        """The words at a dotted path, in the file's order."""
        try:
            return self.lists[path]
        except KeyError:
            raise LexiconError(f"languages/{self.language}.toml has no list {path!r}: add it, an empty one will do") from None

    def value(self, path: str) -> str:
        """The single string at a dotted path."""
        try:
            return self.values[path]
        except KeyError:
            raise LexiconError(f"languages/{self.language}.toml has no value {path!r}: add it") from None

    def table(self, path: str) -> dict[str, tuple[str, ...]]:
        """All lists below a dotted path, by the rest of their path."""
        return dict(_as_table(self, path))


@cache
def _as_set(lexicon: Lexicon, path: str) -> frozenset[str]:
    # Rules ask for the same sets at every token.
    return frozenset(lexicon.sequence(path))


@cache
def _as_table(lexicon: Lexicon, path: str) -> dict[str, tuple[str, ...]]:
    return {key[len(path) + 1:]: value for key, value in lexicon.lists.items() if key.startswith(path + ".")}


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that have a file.

    >>> languages()
    ('en', 'it')
    """
    folder = resources.files("argmap") / "languages"
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language.

    Raises:
        LexiconError: there is no file for the language, or it is malformed.
    """
    if language not in languages():
        raise LexiconError(f"no language file for {language!r}: argmap reads {', '.join(languages())}")
    text = (resources.files("argmap") / "languages" / f"{language}.toml").read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"languages/{language}.toml is not TOML: {error}") from error
    lists: dict[str, tuple[str, ...]] = {}
    values: dict[str, str] = {}
    _flatten(language, raw, "", lists, values)
    roles = {label: path.removeprefix("roles.") for path, labels in lists.items() if path.startswith("roles.") for label in labels}
    return Lexicon(language, values.get("name", language), lists, values, roles)


def _flatten(language: str, table: Mapping[str, Any], path: str, lists: dict[str, tuple[str, ...]],
             values: dict[str, str]) -> None:
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            _flatten(language, value, here, lists, values)
        elif isinstance(value, str):
            values[here] = value
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            lists[here] = tuple(value)
        else:
            raise LexiconError(f"languages/{language}.toml: {here} must be a string, a list of strings or a table, not {value!r}")
