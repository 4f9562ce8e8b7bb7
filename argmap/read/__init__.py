"""Files and folders in, articles out, with each file that could not be read and why.

`READERS` is the table to extend: a reader takes a file's bytes and the id that its article is to have. It returns a
tuple of that article, or, where a file holds several, yields them (ids ``NAME#key``) and its entries that are none. It
leaves the language empty where the file does not name it.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from argmap.errors import ArticleError
from argmap.model import Article, Skipped
from argmap.read.archive import members
from argmap.read.dates import iso_date
from argmap.read.docx import read_docx
from argmap.read.feed import read_feed
from argmap.read.folder import find, shown
from argmap.read.html import read_html
from argmap.read.language import check_language, detect_language
from argmap.read.markdown import read_markdown
from argmap.read.metadata import Metadata
from argmap.read.pdf import read_pdf
from argmap.read.plain import read_plain
from argmap.read.rows import read_csv, read_jsonl
from argmap.read.sniff import suffix_of
from argmap.settings import DEFAULTS, Settings

__all__ = ["ARCHIVE", "READERS", "STDIN", "Reader", "read", "read_bytes", "read_file"]


class Reader(Protocol):
    """What reads one format."""

    def __call__(self, data: bytes, *, name: str, settings: Settings) -> Iterable[Article | Skipped]:
        """The articles of a file's bytes, the first with `name` as its id, and those of its entries that are none."""


#: The reader of each suffix, lower-case.
READERS: Mapping[str, Reader] = {
    ".atom": read_feed,
    ".csv": read_csv,
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".jsonl": read_jsonl,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".ndjson": read_jsonl,
    ".pdf": read_pdf,
    ".rss": read_feed,
    ".tsv": read_csv,
    ".txt": read_plain,
    ".xml": read_feed,
}
ARCHIVE = ".zip"
#: The path that stands for standard input, and the id of the article that it holds.
STDIN, STDIN_NAME = Path("-"), "stdin"


def read(
    paths: Iterable[Path], *, metadata: Metadata | None = None, settings: Settings = DEFAULTS,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Article, ...], tuple[Skipped, ...]]:
    """The articles of files and folders (all below them), sorted by id, and the files that could not be read.

    Articles of one id get the id and a hash of their text as ids. Of two with one text, the second is skipped unless
    something about it (outlet, date …) is known to differ: a text that two papers print is an article of each.

    Args:
        paths: files, archives and folders; hidden files and README files in folders are passed over. ``-`` is standard
            input, its format told from its first bytes.
        metadata: what a table says about the articles; it outdoes what their files say.
        settings: thresholds of title and language, and what is too large.
        progress: called with the number of files read and of all.

    Raises:
        ArticleError: a path does not exist.
    """
    named = list(paths)
    files, unopened = find(path for path in named if path != STDIN)
    skipped = list(unopened)
    found: list[tuple[str, Article]] = []
    sources = [(STDIN_NAME, STDIN)] * (STDIN in named) + [file for file in files if metadata is None or file[1].resolve() != metadata.path]
    for done, (name, path) in enumerate(sources):
        if progress:
            progress(done, len(sources))
        try:
            for item in read_file(path, settings=settings):
                if isinstance(item, Skipped):
                    skipped.append(Skipped(f"{name}#{item.path}", item.reason))
                else:
                    found.append((name, item))
        except ArticleError as error:
            skipped.append(Skipped(name, str(error)))
    if metadata is not None:
        found, unfit = _filled(found, metadata)
        skipped += unfit
    articles: dict[str, Article] = {}
    texts: dict[Article, str] = {}
    for name, article in _distinct(found):
        same = texts.setdefault(replace(article, id="", title=""), article.id)
        if same != article.id or article.id in articles:
            skipped.append(Skipped(name, f"same text as article {same!r}"))
        else:
            articles[article.id] = article
    return (tuple(articles[key] for key in sorted(articles)),
            tuple(sorted(skipped, key=lambda one: (one.path, one.reason))))


def read_file(path: Path, *, settings: Settings = DEFAULTS) -> Iterator[Article | Skipped]:
    """The articles of one file, its stem as id, and what of it is none; of an archive, those of the files in it.

    Raises:
        ArticleError: it cannot be opened, has no reader, is too large, is no text, is empty, or is in a language that
            argmap does not read; the message does not repeat the file's name.
    """
    if path == STDIN:
        data = sys.stdin.buffer.read(settings.largest_file + 1)
        yield from read_bytes(data, suffix_of(data), name=STDIN_NAME, settings=settings)
        return
    suffix = path.suffix.lower()
    if suffix not in READERS and suffix != ARCHIVE:
        raise ArticleError(_unread(suffix))
    if not path.is_file():
        raise ArticleError("not a regular file")  # reading a pipe or a device may never end
    try:
        with path.open("rb") as file:
            data = file.read(settings.largest_file + 1)
    except OSError as error:
        raise ArticleError(f"cannot be read ({error.strerror})") from error
    yield from read_bytes(data, suffix, name=unicodedata.normalize("NFC", shown(path.stem)), settings=settings)


def read_bytes(data: bytes, suffix: str, *, name: str, settings: Settings = DEFAULTS) -> Iterator[Article | Skipped]:
    """The articles of a file's bytes, with language and date.

    Args:
        data: the bytes.
        suffix: of the format, one of `READERS` or `ARCHIVE`.
        name: the article's id.
        settings: thresholds of title and language, and what is too large.

    Raises:
        ArticleError: as for `read_file`.
    """
    if len(data) > settings.largest_file:
        raise ArticleError(f"larger than {settings.largest_file:,} bytes: split it")
    if suffix != ARCHIVE:
        found = READERS[suffix](data, name=name, settings=settings)
        if isinstance(found, tuple):  # the article is all that the file holds: what is wrong with it is wrong with the file
            yield from (_complete(one, settings) for one in found)
            return
        for one in found:
            if isinstance(one, Skipped):
                yield one
                continue
            try:
                yield _complete(one, settings)
            except ArticleError as error:
                yield Skipped(one.id.partition("#")[2], str(error))
        return
    for member in members(data, settings=settings):
        if isinstance(member, Skipped):
            yield member
            continue
        inner, content = member
        kind = PurePosixPath(inner).suffix.lower()
        try:
            if kind not in READERS:
                raise ArticleError("an archive in an archive: unpack it" if kind == ARCHIVE else _unread(kind))
            for one in read_bytes(content, kind, name=unicodedata.normalize("NFC", PurePosixPath(inner).stem), settings=settings):
                yield Skipped(f"{inner}#{one.path}", one.reason) if isinstance(one, Skipped) else one
        except ArticleError as error:
            yield Skipped(inner, str(error))


def _unread(suffix: str) -> str:
    return f"no reader for {shown(suffix) or 'files without suffix'}: argmap reads {', '.join((*READERS, ARCHIVE))}"


def _filled(found: Iterable[tuple[str, Article]], metadata: Metadata) -> tuple[list[tuple[str, Article]], list[Skipped]]:
    """The articles with what the table says about them, and what of it fits none."""
    filled: list[tuple[str, Article]] = []
    skipped: list[Skipped] = []
    used: set[str] = set()
    for name, article in found:
        called = metadata.of(article, name)
        if called is None:
            filled.append((name, article))
            continue
        used.add(called)
        try:
            filled.append((name, metadata.fill(article, called)))
        except ArticleError as error:
            skipped.append(Skipped(name, str(error)))
    unused = [Skipped(called, "row of the metadata table: no article of this name was read") for called in metadata.unused(used)]
    return filled, skipped + unused


def _complete(article: Article, settings: Settings) -> Article:
    """The article with its language found and its date in ISO 8601."""
    if not article.text.strip():
        raise ArticleError("empty")
    if len(article.text) > settings.longest_article:
        raise ArticleError(f"longer than {settings.longest_article:,} characters: no article, split it")
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
