"""JSON text in, its values out one after another: those of a large file take several times its room, all at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["Json"]

WHITE = re.compile(r"[ \t\n\r]*")


class Json:
    """A JSON text with a place in it, from which what comes next is read; json's own decoder reads values.

    All methods raise `json.JSONDecodeError`, with json's own messages, where the text is none.

    >>> text = Json('{"a": [1, 2], "b": null}')
    >>> [(key, list(text.items()) if text.next() == "[" else text.value()) for key in text.members()]
    [('a', [1, 2]), ('b', None)]
    """

    def __init__(self, text: str, *, parse_constant: Callable[[str], Any] | None = None) -> None:
        self._text, self._at = text, 0
        self._decoder = json.JSONDecoder(parse_constant=parse_constant)

    def next(self) -> str:
        """The character that the next value or mark begins with; empty at the end."""
        found = WHITE.match(self._text, self._at)
        assert found is not None  # it matches the empty text
        self._at = found.end()
        return self._text[self._at:self._at + 1]

    def value(self) -> Any:
        """The next value."""
        self.next()
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        return value

    def items(self) -> Iterator[Any]:
        """The items of the list that comes next; all must be taken before anything else is read."""
        yield from self._parts("[", "]", self.value)

    def members(self) -> Iterator[str]:
        """The keys of the object that comes next; the value of each must be read before the next is taken."""
        yield from self._parts("{", "}", self._key)

    def end(self) -> None:
        """Make sure that nothing else comes."""
        if self.next():
            raise json.JSONDecodeError("Extra data", self._text, self._at)

    def _parts(self, opening: str, closing: str, part: Callable[[], Any]) -> Iterator[Any]:
        self._take(opening, "value")
        if self.next() == closing:
            self._at += 1
            return
        while True:
            yield part()
            if self.next() == closing:
                self._at += 1
                return
            self._take(",", "',' delimiter")

    def _key(self) -> str:
        if self.next() != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", self._text, self._at)
        key: str = self.value()
        self._take(":", "':' delimiter")
        return key

    def _take(self, mark: str, what: str) -> None:
        if self.next() != mark:
            raise json.JSONDecodeError(f"Expecting {what}", self._text, self._at)
        self._at += 1
