"""An RSS or Atom feed in, one article an entry out, by feedparser."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any

from argmap.errors import ArticleError
from argmap.model import Article, Skipped
from argmap.read.decode import clean, decode
from argmap.settings import Settings

__all__ = ["read_feed"]

#: Elements that stand on lines of their own, and those whose text is none.
BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "tr", "pre")
DROPPED = ("script", "style")


def read_feed(data: bytes, *, name: str, settings: Settings) -> Iterator[Article | Skipped]:
    """The entries of a feed (``.rss``, ``.atom``, ``.xml``): their whole content where the feed has it, else their summary.

    Args:
        data: the file's bytes.
        name: the articles are ``NAME#`` and a hash of the entry's own id, which stays when the feed moves on.
        settings: of no use here; all readers take it.

    Raises:
        ArticleError: it is no feed; or feedparser is not there.
    """
    try:
        import feedparser
    except ImportError as error:
        raise ArticleError("feeds need feedparser: pip install 'argmap[documents]'") from error
    if "<!ENTITY" in decode(data):
        raise ArticleError("declares entities of its own: no feed does, and they can grow beyond measure")
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    if not feed.get("version"):
        raise ArticleError("no RSS or Atom feed; a list of addresses (a sitemap) is for `argmap fetch`")
    for number, entry in enumerate(feed.entries, start=1):
        own = entry.get("id") or entry.get("link") or f"{entry.get('title')}{entry.get('published')}"
        bodies = [part.get("value") or "" for part in entry.get("content", [])] or [entry.get("summary") or ""]
        try:
            text = clean(_paragraphs(clean(max(bodies, key=len))))  # markup may name control characters: "&#1;"
            if not text.strip():
                raise ArticleError("empty")
        except ArticleError as error:
            yield Skipped(f"entry {number}", str(error))
            continue
        source = (entry.get("source") or {}).get("title") or feed.feed.get("title", "")
        key = hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()[:8]
        yield Article(f"{name}#{key}", text, title=_line(entry.get("title")), author=_line(entry.get("author")), outlet=_line(source),
                      date=_line(entry.get("published") or entry.get("updated")), url=_line(entry.get("link")))


def _paragraphs(markup: str) -> str:
    """The text of an entry's markup, a paragraph a block."""
    from lxml import etree, html

    if "<" not in markup and "&" not in markup:
        return markup
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(f"markup that cannot be read ({error})") from error
    for element in list(root.iter(*DROPPED)):
        element.drop_tree()
    for element in root.iter(*BLOCKS):
        element.text, element.tail = f"\n\n{clean(element.text or '')}", f"\n\n{clean(element.tail or '')}"
    blocks = (" ".join(block.split()) for block in str(root.text_content()).split("\n\n"))
    return "\n\n".join(block for block in blocks if block)


def _line(value: Any) -> str:
    return " ".join(clean(str(value)).split()) if value else ""
