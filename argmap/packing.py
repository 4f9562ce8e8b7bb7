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
from itertools import islice
from typing import Any, Literal, TypeVar

from argmap.columns import Holder, rows
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
    """The map in parts, each the name of a field and JSON text of its value or of some items of it: a large map is never text at once.

    What a corpus has most of is written as `argmap.columns.rows`.
    """
    texts = {article.id: article.text for article in debate_map.articles}
    for name, kind in typing.get_type_hints(DebateMap).items():
        value = getattr(debate_map, name)
        if typing.get_origin(kind) is Sequence:
            found = rows(typing.get_args(kind)[0], value, texts)
            while block := tuple(islice(found, BLOCK)):
                yield name, json.dumps(block, separators=(",", ":"))
        elif isinstance(value, tuple) and value:
            yield from ((name, _text(value[start:start + BLOCK])) for start in range(0, len(value), BLOCK))
        else:
            yield name, _text(value)


def unpack_map(parts: Iterable[tuple[str, str]]) -> DebateMap:
    """The map that `pack_map` gave in parts, in their order.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    hints = typing.get_type_hints(DebateMap)
    texts: dict[str, str] = {}
    held = {name: Holder[Any](typing.get_args(kind)[0], texts) for name, kind in hints.items() if typing.get_origin(kind) is Sequence}
    values: dict[str, Any] = {}
    for name, text in parts:
        raw = json.loads(text)
        if name in held:
            held[name].extend_rows(map(_frozen, raw))
            continue
        reader = _reader(hints[name])
        value = raw if reader is None else reader(raw)
        values[name] = values.get(name, ()) + value if isinstance(value, tuple) else value
        if name == "articles":
            texts.update((article.id, article.text) for article in value)
    values |= {name: holder.done() for name, holder in held.items()}
    return DebateMap(**values)


def _frozen(raw: Any) -> Any:
    """A value with tuples where JSON has lists."""
    return tuple([_frozen(item) if type(item) is list else item for item in raw])


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
