"""Domain values in, JSON values out, and back: driven by the dataclasses' own fields, so that neither side is forgotten."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import isfinite
from numbers import Integral, Real
from typing import Any, Literal

from argmap.errors import MapError
from argmap.model import Span

__all__ = ["decode", "encode", "field_types", "row_writer", "written"]

#: Types whose values are JSON's own.
_PLAIN = frozenset({str, int, float, bool, type(None)})


def encode(value: Any) -> Any:
    """The value as JSON holds it: a dataclass as an object of its fields, a tuple as a list, a number as Python's own.

    >>> from argmap.model import Span
    >>> encode((Span(0, 2, "No"), None))
    [{'start': 0, 'end': 2, 'text': 'No'}, None]
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Sequence):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(kind):
        return {key: encode(getattr(value, key)) for key, _ in _named(kind)}
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    raise MapError(f"a map cannot hold {value!r} of type {type(value).__name__}")


def written(value: Any, line: str = "\n") -> str:
    """The value as JSON text: what ``json.dumps`` makes of what `encode` does with ``indent=1``, several times as fast.

    Args:
        value: as for `encode`.
        line: what separates its lines: a line's end with as many spaces as the value is indented by.

    Raises:
        ValueError: it holds a number that JSON cannot.

    >>> from argmap.model import Span
    >>> print(written((Span(0, 2, "No"), None)))
    [
     {
      "start": 0,
      "end": 2,
      "text": "No"
     },
     null
    ]
    """
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int or kind is float and isfinite(value):
        return repr(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    inner = line + " "
    if kind is tuple:
        return f"[{inner}{f',{inner}'.join([written(item, inner) for item in value])}{line}]" if value else "[]"
    if dataclasses.is_dataclass(kind):
        return f"{{{inner}{f',{inner}'.join([name + written(getattr(value, key), inner) for key, name in _named(kind)])}{line}}}"
    return json.dumps(encode(value), ensure_ascii=False, indent=1, allow_nan=False).replace("\n", line)


def row_writer(kind: Any, line: str = "\n") -> Callable[[tuple[Any, ...], Mapping[str, str]], str]:
    """What writes an item of a dataclass as `written` does, from its row (`argmap.columns.rows`): the item need not be made.

    Args:
        kind: the dataclass.
        line: as for `written`.

    Returns:
        A function of the row and the articles' texts by id.

    >>> from argmap.model import Mention
    >>> write = row_writer(Mention)
    >>> write(("a", "x", (0, 2)), {"a": "He said no."}) == written(Mention("a", "x", Span(0, 2, "He")))
    True
    """
    write = _fields_writer(kind, line)
    return lambda row, texts: write(row, texts, None)


#: Writes a value of a row, given the articles' texts and that of the article that it stands in.
_Placed = Callable[[Any, Mapping[str, str], str | None], str]


@cache
def _fields_writer(kind: Any, line: str) -> _Placed:
    inner = line + " "
    hints, named = typing.get_type_hints(kind), _named(kind)
    template = f"{{{inner}{f',{inner}'.join([title.replace('%', '%%') + '%s' for _, title in named])}{line}}}"
    placed = [(at, writer) for at, (name, _) in enumerate(named) if (writer := _placed_writer(hints[name], inner)) is not None]
    plain = [(at, _plain_writer(hints[name], inner)) for at, (name, _) in enumerate(named) if at not in dict(placed)]
    home = next((at for at, (name, _) in enumerate(named) if name == "article"), None)

    def write(row: tuple[Any, ...], texts: Mapping[str, str], text: str | None) -> str:
        if home is not None:
            text = texts.get(row[home])
        values = list(row)
        for at, writer in plain:
            values[at] = writer(values[at])
        for at, written_in in placed:
            values[at] = written_in(values[at], texts, text)
        return template % tuple(values)

    return write


def _placed_writer(kind: Any, line: str) -> _Placed | None:
    """What writes a value of a type that spans stand in; None for other types."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Span:
        return _span_writer(line)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _fields_writer(kind, line)
    if origin is tuple:
        inner = line + " "
        item = _placed_writer(arguments[0], inner)
        if item is None:
            return None
        start, comma, end, write = f"[{inner}", f",{inner}", f"{line}]", item
        return lambda value, texts, text: start + comma.join([write(one, texts, text) for one in value]) + end if value else "[]"
    if origin in (typing.Union, types.UnionType):
        some = _placed_writer(next(one for one in arguments if one is not type(None)), line)
        return some and (lambda value, texts, text: "null" if value is None else some(value, texts, text))
    return None


def _span_writer(line: str) -> _Placed:
    inner = line + " "
    template = f'{{{inner}"start": %d,{inner}"end": %d,{inner}"text": %s{line}}}'

    def write(row: Any, texts: Mapping[str, str], text: str | None) -> str:
        start, end = row[0], row[1]
        if len(row) > 2:
            return template % (start, end, quoted(row[2]))
        assert text is not None
        return template % (start, end, quoted(text[start:end]))

    return write


def _plain_writer(kind: Any, line: str) -> Callable[[Any], str]:
    """What writes a value of a type that no spans stand in."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is str or origin is Literal and isinstance(arguments[0], str):
        return quoted
    if kind is bool:
        return lambda value: "true" if value else "false"
    if kind is float:
        return lambda value: repr(value) if isfinite(value) else written(value)
    if origin in (typing.Union, types.UnionType) and str in arguments:
        return lambda value: "null" if value is None else quoted(value)
    if origin is tuple and arguments[0] is str:
        start, comma, end = f"[{line} ", f",{line} ", f"{line}]"
        return lambda value: start + comma.join(map(quoted, value)) + end if value else "[]"
    return lambda value: written(value, line)


#: A text as JSON writes it, its letters as they are.
quoted: Callable[[str], str] = json.encoder.encode_basestring


@cache
def _named(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """The names of a dataclass' fields, and how each stands before its value."""
    return tuple((field.name, f"{quoted(field.name)}: ") for field in dataclasses.fields(kind))


def decode(kind: Any, raw: Any, where: str) -> Any:
    """What `encode` made of a value of a type.

    Args:
        kind: the type, as the dataclass' field says it.
        raw: what JSON holds.
        where: the place in the file, for messages ("statements[3].content").

    Raises:
        MapError: the value is not of the type; the message names the place.
    """
    try:
        return _decoder(kind)(raw)
    except _UnfitError as error:
        raise MapError(f"{where}{''.join(reversed(error.place))}: {error.why}") from None


class _UnfitError(Exception):
    """A value is not of its type; `place` is where it stands, from the inside out."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.place: list[str] = []


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from JSON's, or raises `_UnfitError`; made once, for a large map has millions of values."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _fields_decoder(kind)
    if origin in (tuple, Sequence):
        return _items_decoder(_decoder(arguments[0]))
    if origin is dict:
        return _values_decoder(_decoder(arguments[1]))
    if origin in (typing.Union, types.UnionType):
        some = _decoder(next(one for one in arguments if one is not type(None)))
        return lambda raw: None if raw is None else some(raw)
    if origin is Literal:
        return _choice_decoder(arguments)
    if kind is float:
        return lambda raw: raw if type(raw) is float else float(_expect((int, float), raw))
    return lambda raw: raw if type(raw) is kind else _expect(kind, raw)


def _fields_decoder(kind: Any) -> Callable[[Any], Any]:
    """For a dataclass: other keys are ignored, fields with a default may be missing."""
    readers = [(name, _decoder(hint), required) for name, (hint, required) in field_types(kind).items()]

    def read(raw: Any) -> Any:
        table, values = _expect(dict, raw), {}
        for name, reader, required in readers:
            if name in table:
                try:
                    values[name] = reader(table[name])
                except _UnfitError as error:
                    error.place.append(f".{name}")
                    raise
            elif required:
                raise _UnfitError(f"key {name!r} is missing")
        return kind(**values)

    return read


def _items_decoder(item: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        items = _expect(list, raw)
        try:
            return tuple([item(one) for one in items])
        except _UnfitError:
            for number, one in enumerate(items):
                try:
                    item(one)
                except _UnfitError as error:
                    error.place.append(f"[{number}]")
                    raise
            raise

    return read


def _values_decoder(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        made = {}
        for key, one in _expect(dict, raw).items():
            try:
                made[key] = value(one)
            except _UnfitError as error:
                error.place.append(f".{key}")
                raise
        return made

    return read


def _choice_decoder(choices: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        if raw not in choices or isinstance(raw, bool):
            raise _UnfitError(f"{raw!r} is none of {', '.join(map(repr, choices))}")
        return raw

    return read


@cache
def field_types(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The type of each field of a dataclass, and whether it must be given."""
    hints = typing.get_type_hints(kind)
    missing = dataclasses.MISSING
    return {field.name: (hints[field.name], field.default is missing and field.default_factory is missing)
            for field in dataclasses.fields(kind)}


NAMES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object", (int, float): "a number"}


def _expect(kind: Any, raw: Any) -> Any:
    if not isinstance(raw, kind) or (isinstance(raw, bool) and kind is not bool):
        raise _UnfitError(f"must be {NAMES[kind]}, not {_brief(raw)}")
    return raw


def _brief(raw: Any) -> str:
    text = repr(raw)
    return text if len(text) <= 40 else text[:40] + "…"
