"""Tables and lists of records in, one article a row out: CSV, TSV and JSON Lines, as newspaper archives and crawlers export them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from argmap.errors import ArticleError
from argmap.model import Article, Skipped
from argmap.read.decode import clean, decode
from argmap.read.markdown import KEYS
from argmap.read.plain import headline
from argmap.settings import Settings

__all__ = ["FIELDS", "field_of", "read_csv", "read_jsonl", "table"]

#: Names that fields go by in the exports of archives and crawlers (trafilatura, Media Cloud, news APIs), beside their own.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": ("body", "content", "raw_text", "fulltext", "full_text", "article_text", "maintext"),
    "title": ("headline",),
    "author": ("authors", "byline", "creator"),
    "outlet": ("source", "source_domain", "sitename", "hostname", "media_name", "publication", "publisher"),
    "date": ("published", "publish_date", "date_publish", "publication_date", "pubdate", "published_at", "datetime"),
    "url": ("link", "address"),
    "language": ("lang",),
    "id": ("guid",),
}
#: The fields that a row may have.
FIELDS = ("id", "text", *KEYS)
DELIMITERS = ",;\t|"


def field_of(column: str) -> str | None:
    """The field that a column's name means, or nothing.

    >>> field_of("Publish Date"), field_of("colour")
    ('date', None)
    """
    name = "_".join(column.strip().lower().replace("-", " ").split())
    if name in FIELDS:
        return name
    return next((field for field, others in ALIASES.items() if name in others), None)


def read_csv(data: bytes, *, name: str, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles of a CSV or TSV file with a header, one a row.

    Args:
        data: the file's bytes; comma, semicolon, tab or bar part the columns.
        name: the articles are ``NAME#id``, or ``NAME#2`` … by row where there is no column of ids.
        settings: the longest title taken from a first line.

    Raises:
        ArticleError: it is no text, or no column holds the articles' texts.
    """
    fields, rows = table(data)
    if "text" not in fields.values():
        raise ArticleError(f"no column of texts: name one of its columns ({', '.join(fields)[:80]}) text")
    for number, row in rows:
        known = {fields[column]: value for column, value in row.items() if column in fields}
        yield _article(known, name, f"row {number}", number, settings)


def table(data: bytes) -> tuple[dict[str, str], Iterator[tuple[int, dict[str, str]]]]:
    """A table's columns with the field that each means (its own name where it means none), and its rows with their numbers.

    The first of two columns of one meaning counts; the header is row 1.

    Raises:
        ArticleError: it is no text, or has no header.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # an article is longer than the 128 kB that the module allows
    text = decode(data)
    header, _, _ = text.partition("\n")
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = next(reader, [])
    except csv.Error as error:
        raise ArticleError(f"no table: {error}") from error
    if not any(column.strip() for column in columns):
        raise ArticleError("empty")
    fields: dict[str, str] = {}
    for column in columns:
        meant = field_of(column) or column.strip()
        if meant not in fields.values():
            fields[column] = meant
    return fields, _rows(reader, columns)


def _rows(reader: Iterator[list[str]], columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    number = 1
    while True:
        number += 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ArticleError(f"row {number}: {error}") from error
        if any(value.strip() for value in values):
            yield number, dict(zip(columns, values, strict=False))


def read_jsonl(data: bytes, *, name: str, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles of a file with a JSON object a line, or of one JSON list of objects.

    Args:
        data: the file's bytes.
        name: the articles are ``NAME#id``, or ``NAME#1`` … by line where an object has no id.
        settings: the longest title taken from a first line.

    Raises:
        ArticleError: it is no text, or its first line holds no object.
    """
    text = decode(data)
    if text.lstrip().startswith("["):
        listed = _json(text, "the list")
        items: Iterator[tuple[int, Any]] = enumerate(listed, start=1)
    else:
        items = ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    nothing = True
    for number, item in items:
        where = f"line {number}" if isinstance(item, str) else f"item {number}"
        try:
            record = _json(item, where) if isinstance(item, str) else item
            if not isinstance(record, dict):
                raise ArticleError(f"{where}: not an object with a text")
        except ArticleError as error:
            if nothing:
                raise  # no such file at all: one message, not one a line
            yield Skipped(where, str(error))
            continue
        nothing = False
        fields: dict[str, str] = {}
        for column, value in record.items():
            meant = field_of(str(column))
            if meant and meant not in fields and value not in (None, "", []):
                fields[meant] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield _article(fields, name, where, number, settings)


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: not JSON ({error})") from error


def _article(fields: Mapping[str, str], name: str, where: str, number: int, settings: Settings) -> Article | Skipped:
    try:
        text = clean(fields.get("text", ""))
        if not text.strip():
            raise ArticleError("empty")
        values = {key: " ".join(clean(fields[key]).split()) for key in KEYS if fields.get(key, "").strip()}
        key = " ".join(clean(fields.get("id", "")).split()) or str(number)
    except ArticleError as error:
        return Skipped(where, str(error))
    title = values.pop("title", "") or headline(text, longest=settings.title_length)
    return Article(id=f"{name}#{key}", text=text, title=title, **values)
