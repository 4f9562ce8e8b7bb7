"""Items of a corpus in; out, a sequence of the same that holds each of many as a few bytes and makes it anew when it is asked for.

A map of a million statements is worked on one article or one claim at a time; what is not at hand need not be an object. Few
items are held as they are: a tuple is faster.
"""

from __future__ import annotations

import marshal
import types
import typing
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar, overload

from argmap.model import Link, Span, Statement

__all__ = ["PLAIN", "Column", "Holder", "each", "grouped", "hold", "index", "linked", "places", "rows", "sequence", "take"]

T = TypeVar("T")
#: What a value is kept as, and made from again, in view of the articles' texts and of the one that it stands in.
Turned = Callable[[Any, Mapping[str, str], str | None], Any]

#: Items that are held as objects; of statements these are some 60 MB.
PLAIN = 1 << 15


def hold(kind: type[T], items: Iterable[T], texts: Mapping[str, str] = MappingProxyType({})) -> Sequence[T]:
    """The items as a sequence that takes little memory, however many they are; they are asked for one by one.

    Args:
        kind: the dataclass of all.
        items: any number.
        texts: of articles by id: a span whose words stand there is kept as two numbers.

    >>> from argmap.model import Mention
    >>> hold(Mention, iter([Mention("a", "x", Span(0, 2, "He"))]))
    (Mention(article='a', actor='x', span=Span(start=0, end=2, text='He')),)
    """
    held = Holder(kind, texts)
    held.extend(items)
    return held.done()


class Holder(Generic[T]):
    """As `hold`, for items that come bit by bit, and texts that come with them."""

    def __init__(self, kind: type[T], texts: Mapping[str, str]) -> None:
        self._kind, self._texts = kind, texts
        self._items: list[T] = []
        self._column = Column(kind, texts)

    def extend(self, items: Iterable[T]) -> None:
        """Take some more."""
        for item in items:
            if not self._column and len(self._items) < PLAIN:
                self._items.append(item)
            else:
                self._filled().append(item)

    def extend_rows(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take some more, as `rows` gives them for the holder's texts."""
        _, make = _of_fields(typing.cast(Any, self._kind))
        for row in rows:
            if not self._column and len(self._items) < PLAIN:
                self._items.append(make(row, self._texts, None))
            else:
                self._filled().append_row(row)

    def _filled(self) -> Column[T]:
        """The column, with all that was held as it is."""
        for one in self._items:
            self._column.append(one)
        self._items.clear()
        return self._column

    def done(self) -> Sequence[T]:
        """All of them."""
        return self._column or tuple(self._items)


def sequence(items: Iterable[T]) -> Sequence[T]:
    """The items as they are if they are a sequence already; otherwise as a tuple."""
    return items if isinstance(items, Sequence) else tuple(items)


def take(items: Sequence[T], places: Sequence[int]) -> Sequence[T]:
    """The items at these places."""
    return items.taken(places) if isinstance(items, Column) else tuple(items[place] for place in places)


def each(items: Iterable[Any], *names: str) -> Iterator[Any]:
    """A field of each item, or a tuple of several, without making the items.

    Args:
        items: of one dataclass.
        names: of fields of texts, numbers and spans, and of tuples of these; a span is a tuple that begins with its start and end.

    >>> from argmap.model import Mention
    >>> list(each([Span(0, 2, "He")], "text")), list(each([Mention("a", "x", Span(0, 2, "He"))], "actor", "span"))
    (['He'], [('x', (0, 2, 'He'))])
    """
    if isinstance(items, Column):
        return items.each(*names)
    known = iter(items)
    for first in known:
        turns = [_spanned(typing.cast(Any, type(first)), name) for name in names]
        found = map(attrgetter(*names), chain((first,), known))
        if not any(turns):
            return found
        if len(names) == 1:
            return (_as_kept(value, turns[0]) for value in found)
        return (tuple(map(_as_kept, values, turns)) for values in found)
    return iter(())


def rows(kind: type[T], items: Iterable[T], texts: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """Each item as the tuple of its fields' values, which are JSON's own, or tuples of values or of such rows.

    A span is its start, its end and, where they are not what stands there in its article's text, its words. The article is that of
    the field `article`, the row's own or that of the row it stands in.

    >>> from argmap.model import Mention
    >>> list(rows(Mention, [Mention("a", "x", Span(0, 2, "He")), Mention("b", "x", Span(0, 2, "He"))], {"a": "He said no."}))
    [('a', 'x', (0, 2)), ('b', 'x', (0, 2, 'He'))]
    """
    if isinstance(items, Column) and items.reads(texts):
        return items.rows()
    keep, _ = _of_fields(typing.cast(Any, kind))
    return (keep(item, texts, None) for item in items)


def grouped(items: Iterable[Any]) -> dict[str, list[int]]:
    """The places of items by the article that they stand in, in order of the first of each."""
    found: dict[str, list[int]] = {}
    for at, article in enumerate(each(items, "article")):
        found.setdefault(article, []).append(at)
    return found


def linked(links: Iterable[Link], statements: Iterable[Statement]) -> dict[str, list[int]]:
    """The places of links by the article of the statement that they come from."""
    home = index(statements)
    found: dict[str, list[int]] = {}
    for at, origin in enumerate(each(links, "origin")):
        statement = home.get(origin)
        if statement is not None:
            found.setdefault(statement.article, []).append(at)
    return found


def index(items: Iterable[T]) -> Mapping[str, T]:
    """The items by their field `id`."""
    return _Index(items) if isinstance(items, Column) else {typing.cast(Any, item).id: item for item in items}


def places(items: Iterable[Any]) -> Mapping[str, int]:
    """The place of each item by its field `id`."""
    return _Places(items) if isinstance(items, Column) else {item.id: at for at, item in enumerate(items)}


class Column(Sequence[T]):
    """Items of one dataclass, each made anew when it is asked for, so that two askings give equal items, not the same one.

    Equal to any sequence of equal items, as a tuple of them; pickled as one.
    """

    __slots__ = ("_bytes", "_ends", "_keep", "_kind", "_make", "_starts", "_texts")

    def __init__(self, kind: type[T], texts: Mapping[str, str] = MappingProxyType({}), items: Iterable[T] = ()) -> None:
        self._kind, self._texts, self._bytes, self._starts, self._ends = kind, texts, bytearray(), array("Q"), array("Q")
        self._keep, self._make = _of_fields(typing.cast(Any, kind))
        for item in items:
            self.append(item)

    def append(self, item: T) -> None:
        """Put one more at the end, while nobody else has the column yet."""
        self.append_row(self._keep(item, self._texts, None))

    def append_row(self, row: tuple[Any, ...]) -> None:
        """As `append`, for an item as `rows` gives it."""
        self._starts.append(len(self._bytes))
        self._bytes += marshal.dumps(row)
        self._ends.append(len(self._bytes))

    def taken(self, places: Iterable[int]) -> Column[T]:
        """The items at these places; their bytes are shared."""
        found = Column(self._kind, self._texts)
        found._bytes = self._bytes
        for place in places:
            found._starts.append(self._starts[place])
            found._ends.append(self._ends[place])
        return found

    def each(self, *names: str) -> Iterator[Any]:
        """The fields of those names of each item, as `argmap.columns.each` gives them."""
        chosen = itemgetter(*(_place_of(typing.cast(Any, self._kind), name) for name in names))
        return map(chosen, map(self._raw, range(len(self))))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The items as `argmap.columns.rows` gives them for the column's own texts."""
        return map(self._raw, range(len(self)))

    def reads(self, texts: Mapping[str, str]) -> bool:
        """Whether these texts hold all of the column's own."""
        return all(texts.get(name) == text for name, text in self._texts.items())

    def field(self, name: str, place: int) -> Any:
        """One field of one item, as `each` gives it."""
        return self._raw(place)[_place_of(typing.cast(Any, self._kind), name)]

    def _raw(self, place: int) -> Any:
        # The bytes were written by `append`, in this process.
        return marshal.loads(self._bytes[self._starts[place]:self._ends[place]])  # noqa: S302

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(len(self))))
        found: T = self._make(self._raw(place), self._texts, None)
        return found

    def __iter__(self) -> Iterator[T]:
        make, texts, raw = self._make, self._texts, self._raw
        return (make(raw(place), texts, None) for place in range(len(self)))

    def __len__(self) -> int:
        return len(self._ends)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as of what may hold dictionaries

    def __repr__(self) -> str:
        return f"<{len(self)} × {self._kind.__name__}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


class _Places(Mapping[str, int]):
    """The places of a column's items by their ids: the ids' hashes in order, and where each stands, 16 bytes an item."""

    def __init__(self, items: Column[Any]) -> None:
        import numpy as np  # a start-up that holds no corpus does without
        self._ids, self._search = items, np.searchsorted
        hashes = np.fromiter(map(hash, items.each("id")), dtype=np.int64, count=len(items))
        self._places = np.argsort(hashes, kind="stable")
        self._hashes = hashes[self._places]

    def __getitem__(self, wanted: str) -> int:
        key = hash(wanted)
        at = int(self._search(self._hashes, key))
        while at < len(self._hashes) and self._hashes[at] == key:
            place = int(self._places[at])
            if self._ids.field("id", place) == wanted:
                return place
            at += 1
        raise KeyError(wanted)

    def __iter__(self) -> Iterator[str]:
        return self._ids.each("id")

    def __len__(self) -> int:
        return len(self._hashes)


class _Index(Mapping[str, T]):
    """A column's items by their ids."""

    def __init__(self, items: Column[T]) -> None:
        self._items, self._place = items, _Places(items)

    def __getitem__(self, wanted: str) -> T:
        return self._items[self._place[wanted]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


@cache
def _place_of(kind: Any, name: str) -> int:
    return [field.name for field in fields(kind)].index(name)


@cache
def _spanned(kind: Any, name: str) -> Turned | None:
    """What turns a field of spans into tuples; None for other fields."""
    hint = typing.get_type_hints(kind)[name]
    return _turned(hint)[0] if hint is Span or Span in typing.get_args(hint) else None


def _as_kept(value: Any, turn: Turned | None) -> Any:
    return value if turn is None else turn(value, {}, None)


@cache
def _turned(kind: Any) -> tuple[Turned | None, Turned | None]:
    """What turns a value of a type into what `marshal` holds, and what turns that back; None where it is held as it is."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Span:
        return _keep_span, _make_span
    if is_dataclass(kind) and isinstance(kind, type):
        return _of_fields(kind)
    if origin is tuple and arguments[0] is Span:
        return (lambda value, texts, text: tuple([_keep_span(span, texts, text) for span in value]),
                lambda raw, texts, text: tuple([Span(one[0], one[1], one[2] if len(one) > 2 else text[one[0]:one[1]])
                                                for one in raw]))
    if origin is tuple:
        keep, make = _turned(arguments[0])
        if keep is None:
            return None, None
        back = make or _same
        return (lambda value, texts, text: tuple([keep(item, texts, text) for item in value]),
                lambda raw, texts, text: tuple([back(item, texts, text) for item in raw]))
    if origin in (typing.Union, types.UnionType):
        keep, make = _turned(next(one for one in arguments if one is not type(None)))
        if keep is None:
            return None, None
        back = make or _same
        return (lambda value, texts, text: None if value is None else keep(value, texts, text),
                lambda raw, texts, text: None if raw is None else back(raw, texts, text))
    if origin is Literal and isinstance(arguments[0], int):
        kind = int
    if kind in (int, float):  # also of numpy, which marshal would take for bytes
        return (lambda value, texts, text: kind(value)), None
    return None, None


def _same(raw: Any, texts: Mapping[str, str], text: str | None) -> Any:
    return raw


def _keep_span(span: Span, texts: Mapping[str, str], text: str | None) -> tuple[Any, ...]:
    start, end = int(span.start), int(span.end)
    return (start, end) if text is not None and text[start:end] == span.text else (start, end, span.text)


def _make_span(raw: tuple[Any, ...], texts: Mapping[str, str], text: str | None) -> Span:
    start, end = raw[0], raw[1]
    if len(raw) > 2:
        return Span(start, end, raw[2])
    assert text is not None
    return Span(start, end, text[start:end])


@cache
def _of_fields(kind: Any) -> tuple[Turned, Turned]:
    hints = typing.get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    keeps, makes = zip(*(_turned(hints[name]) for name in names), strict=True)
    kept = list(zip(names, keeps, strict=True))
    made = [(at, make) for at, make in enumerate(makes) if make is not None]
    home = names.index("article") if "article" in names else None

    def keep(value: Any, texts: Mapping[str, str], text: str | None) -> tuple[Any, ...]:
        if home is not None:
            text = texts.get(value.article)
        return tuple([getattr(value, name) if turn is None else turn(getattr(value, name), texts, text) for name, turn in kept])

    def make(raw: Any, texts: Mapping[str, str], text: str | None) -> Any:
        if home is not None:
            text = texts.get(raw[home])
        values = list(raw)
        for at, turn in made:
            values[at] = turn(values[at], texts, text)
        return kind(*values)

    return keep, make
