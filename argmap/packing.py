"""An extraction in, JSON text out, and back without loss: `argmap.export.codec` with its checks left out, for a store reads much.

What is read was written by `pack` and its hash holds, so the values are of their types.
"""

from __future__ import annotations

import json
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar

from argmap.columns import Holder
from argmap.export.codec import encode
from argmap.model import DebateMap, Extraction, Span

__all__ = ["pack", "pack_map", "unpack", "unpack_map"]

T = TypeVar("T")
Reader = Callable[[Any], Any]

#: Fields that name something else, by an id or a word of argmap's own.
NAMES = frozenset({"article", "actor", "rule", "language", "origin", "target", "topic", "concept"})
#: Items of a map's list that are made text at a time.
BLOCK = 1000
#: Spans that are known, those of a long article: statements, attributions and mentions have many of them in common.
SPANS = 1 << 12


def pack(extraction: Extraction) -> str:
    """The extraction as JSON text, in ASCII and on one line.

    >>> from argmap.model import Article
    >>> unpack(pack(Extraction(Article("a", "Text.")))).article.text
    'Text.'
    """
    return _text(extraction)


def unpack(text: str) -> Extraction:
    """The extraction that `pack` wrote.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    found: Extraction = _object(Extraction)(json.loads(text))
    return found


def pack_map(debate_map: DebateMap) -> Iterator[tuple[str, str]]:
    """The map in parts, each the name of a field and JSON text of its value or of some items of it: a large map is never text at once."""
    for field in fields(debate_map):
        value = getattr(debate_map, field.name)
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            yield from ((field.name, _text(value[start:start + BLOCK])) for start in range(0, len(value), BLOCK))
        else:
            yield field.name, _text(value)


def unpack_map(parts: Iterable[tuple[str, str]]) -> DebateMap:
    """The map that `pack_map` gave in parts, in their order.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    hints = typing.get_type_hints(DebateMap)
    values: dict[str, Any] = {}
    held: dict[str, Holder[Any]] = {}
    texts: dict[str, str] = {}
    for name, text in parts:
        reader, raw = _reader(hints[name]), json.loads(text)
        value = raw if reader is None else reader(raw)
        if not isinstance(value, tuple):
            values[name] = value
            continue
        if name == "articles":
            texts.update((article.id, article.text) for article in value)
        held.setdefault(name, Holder(typing.get_args(hints[name])[0], texts)).extend(value)
    # Articles and actors are few.
    values |= {name: tuple(holder.done()) if typing.get_origin(hints[name]) is tuple else holder.done() for name, holder in held.items()}
    return DebateMap(**values)


def _text(value: object) -> str:
    return json.dumps(encode(value), separators=(",", ":"))


@cache
def _reader(kind: Any) -> Reader | None:
    """What makes a value of a type from JSON; None where JSON's own value is it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Span:
        return lambda raw: _span(raw["start"], raw["end"], raw["text"])
    if is_dataclass(kind) and isinstance(kind, type):
        return _object(kind)
    if origin in (tuple, Sequence):
        return _tuple(_reader(arguments[0]))
    if origin is dict:
        of_values = _reader(arguments[1])
        return (lambda raw: {key: of_values(item) for key, item in raw.items()}) if of_values else None
    if origin is Literal and isinstance(arguments[0], str):
        return sys.intern
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(one for one in arguments if one is not type(None)))
        return (lambda raw: None if raw is None else inner(raw)) if inner else None
    return None


@lru_cache(SPANS)
def _span(start: int, end: int, text: str) -> Span:
    """A span, one object however often it comes: half of what a corpus takes in memory is spans."""
    return Span(_offset(start), _offset(end), text)


@lru_cache(1 << 16)
def _offset(value: int) -> int:
    """An offset, one object in all articles that have it."""
    return value


def _tuple(inner: Reader | None) -> Reader:
    if inner is None:
        return tuple
    read = inner
    return lambda raw: tuple([read(item) for item in raw])


@cache
def _object(kind: type[T]) -> Callable[[Any], T]:
    hints = typing.get_type_hints(kind)
    # Names stand in hundreds of items of an article: one copy of each will do.
    readers = [(field.name, sys.intern if field.name in NAMES and hints[field.name] is str else _reader(hints[field.name]))
               for field in fields(typing.cast(Any, kind))]

    def read(raw: dict[str, Any]) -> T:
        return kind(*[raw[name] if reader is None else reader(raw[name]) for name, reader in readers])

    return read
