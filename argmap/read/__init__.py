"""Files and folders in, articles out, with each file that could not be read and why.

`READERS` is the table to extend: a reader takes a file's bytes and the id that its article is to have, and
returns one article or more (ids ``NAME#key`` where a file holds several). It leaves the language empty where the
file does not name it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from argmap.errors import ArticleError
from argmap.model import Article, Skipped
from argmap.read.dates import iso_date
from argmap.read.folder import find, shown
from argmap.read.html import read_html
from argmap.read.language import check_language, detect_language
from argmap.read.markdown import read_markdown
from argmap.read.plain import read_plain
from argmap.settings import DEFAULTS, Settings

__all__ = ["READERS", "Reader", "read", "read_file"]


class Reader(Protocol):
    """What reads one format."""

    def __call__(self, data: bytes, *, name: str, settings: Settings) -> tuple[Article, ...]:
        """The articles of a file's bytes, the first with `name` as its id."""


#: The reader of each suffix, lower-case.
READERS: Mapping[str, Reader] = {
    ".htm": read_html,
    ".html": read_html,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".txt": read_plain,
}


def read(
    paths: Iterable[Path], *, settings: Settings = DEFAULTS, progress: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Article, ...], tuple[Skipped, ...]]:
    """The articles of files and folders (all below them), sorted by id, and the files that could not be read.

    Two files of one stem get the stem and a hash of their text as ids; of two that also have one text, the
    second is skipped.

    Args:
        paths: files and folders; hidden files and README files in folders are passed over.
        settings: thresholds of title and language.
        progress: called with the number of files read and of all.

    Raises:
        ArticleError: a path does not exist.
    """
    files, unopened = find(paths)
    skipped = list(unopened)
    found: list[tuple[str, Article]] = []
    for done, (name, path) in enumerate(files):
        if progress:
            progress(done, len(files))
        try:
            found.extend((name, article) for article in read_file(path, settings=settings))
        except ArticleError as error:
            skipped.append(Skipped(name, str(error)))
    articles: dict[str, Article] = {}
    for name, article in _distinct(found):
        if article.id in articles:
            skipped.append(Skipped(name, f"same name and same text as article {article.id!r}"))
        else:
            articles[article.id] = article
    return (tuple(articles[key] for key in sorted(articles)),
            tuple(sorted(skipped, key=lambda one: (one.path, one.reason))))


def read_file(path: Path, *, settings: Settings = DEFAULTS) -> tuple[Article, ...]:
    """The articles of one file, the file's stem as id.

    Raises:
        ArticleError: it cannot be opened, has no reader, is no text, is empty, or is in a language that argmap does
            not read; the message does not repeat the file's name.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ArticleError(f"no reader for {shown(path.suffix) or 'files without suffix'}: argmap reads {', '.join(READERS)}")
    if not path.is_file():
        raise ArticleError("not a regular file")  # reading a pipe or a device may never end
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"cannot be read ({error.strerror})") from error
    name = unicodedata.normalize("NFC", shown(path.stem))
    return tuple(_complete(article, settings) for article in reader(data, name=name, settings=settings))


def _complete(article: Article, settings: Settings) -> Article:
    """The article with its language found and its date in ISO 8601."""
    if not article.text.strip():
        raise ArticleError("empty")
    language = check_language(article.language) if article.language else detect_language(article.text, settings=settings)
    return replace(article, language=language, date=iso_date(article.date, language=language) if article.date else "")


def _distinct(found: Iterable[tuple[str, Article]]) -> list[tuple[str, Article]]:
    """The articles with an id each, whatever the order they were found in."""
    items = list(found)
    times = Counter(article.id for _, article in items)
    return [(name, replace(article, id=f"{article.id}-{_short_hash(article.text)}") if times[article.id] > 1 else article)
            for name, article in items]


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
