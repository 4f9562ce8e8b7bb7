"""A table of what is known about articles in, the articles with it out: for texts whose files do not say who wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from argmap.errors import ArticleError
from argmap.model import Article
from argmap.read.dates import iso_date
from argmap.read.language import check_language
from argmap.read.markdown import KEYS
from argmap.read.rows import table

__all__ = ["Metadata", "load"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The rows of a metadata table by what their column ``file`` names: a file's path, name or stem, or an article's id."""

    path: Path
    rows: Mapping[str, Mapping[str, str]]

    def of(self, article: Article, name: str) -> str | None:
        """What the table calls an article read from a file of this name, or nothing where no row is about it."""
        path = PurePosixPath(name)
        forms = (article.id, name, path.name, path.stem)
        return next((form for form in forms if form in self.rows), None)

    def fill(self, article: Article, called: str) -> Article:
        """The article with the fields of its row; a cell that is empty leaves the file's own word.

        Raises:
            ArticleError: the row names a language that argmap does not read.
        """
        fields = {key: value for key, value in self.rows[called].items() if value}
        language = check_language(fields["language"]) if "language" in fields else article.language
        date = iso_date(fields["date"], language=language) if "date" in fields else article.date
        if "date" in fields and not date:
            raise ArticleError(f"metadata: {fields['date']!r} is no date: write it as 2025-09-08")
        return replace(article, **(fields | {"language": language, "date": date}))

    def unused(self, used: Iterable[str]) -> tuple[str, ...]:
        """The rows that no article was found for, by what they call it."""
        return tuple(sorted(set(self.rows) - set(used)))


def load(path: Path) -> Metadata:
    """The table of a CSV file with a column ``file`` and any of title, author, outlet, date, url and language.

    Raises:
        ArticleError: it cannot be read, has no such columns, or two rows are about one file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror})") from error
    try:
        columns, rows = table(data)
        meant = {column: field for column, field in columns.items() if field in KEYS}
        named = next((column for column in columns if column.strip().lower() in ("file", "filename", "path", "id")), None)
        if named is None or not meant:
            raise ArticleError(f"the first line must name columns: file and any of {', '.join(KEYS)}; it has {', '.join(columns)[:80]}")
        found: dict[str, dict[str, str]] = {}
        for number, row in rows:
            called = row.get(named, "").strip()
            if not called:
                raise ArticleError(f"row {number} names no file")
            if called in found:
                raise ArticleError(f"row {number} is the second about {called!r}: keep one")
            found[called] = {field: " ".join(row.get(column, "").split()) for column, field in meant.items()}
    except ArticleError as error:
        raise ArticleError(f"{path}: {error}") from error
    return Metadata(path.resolve(), found)
