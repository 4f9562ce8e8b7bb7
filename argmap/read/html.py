"""A saved web page in, its article out: the text and what the page says about itself, by trafilatura."""

from __future__ import annotations

import re

from argmap.errors import ArticleError
from argmap.model import Article
from argmap.read.decode import clean, decode
from argmap.settings import Settings

__all__ = ["read_html"]

#: The encoding that a page names in its first bytes, where HTML wants it.
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
CHARSET_WITHIN = 1024
#: Only dates that the page marks as its own: a search through the text finds the dates that the article speaks of. The last
#: day is fixed, for the default one is the day of the run.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
#: A bullet that trafilatura writes before a list's item.
BULLET = re.compile(r"^- ", re.MULTILINE)


def read_html(data: bytes, *, name: str, settings: Settings) -> tuple[Article, ...]:
    """The article of a ``.html`` page: its main text, one paragraph a block, without menus and comments.

    Title, author, outlet, date and address are those of the page's metadata. The language is not: many pages
    name their template's. It is read from the text, as for other files.

    Args:
        data: the file's bytes.
        name: the article's id.
        settings: of no use here; all readers take it.

    Raises:
        ArticleError: the bytes are no text, or the page has no article.
    """
    from trafilatura import bare_extraction
    charset = CHARSET.search(data[:CHARSET_WITHIN])
    page = decode(data, declared=charset[1].decode("ascii") if charset else None)
    found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=DATES)
    body = found.text if found is not None and not isinstance(found, dict) else None
    if found is None or isinstance(found, dict) or not body:
        raise ArticleError("no article text found on the page")
    # trafilatura ends each block with one newline; argmap's paragraphs stand an empty line apart.
    blocks = [" ".join(line.split()) for line in BULLET.sub("", body).splitlines()]
    title = clean(found.title or "")
    return (Article(
        id=name,
        # A title that opens the text says it twice: the metadata keeps it.
        text=clean("\n\n".join(block for block in blocks if block)),
        title=title,
        author=clean(found.author or ""),
        outlet=clean(found.sitename or found.hostname or ""),
        date=found.date or "",
        url=found.url or "",
    ),)
