"""A plain text file in, its article out: the text verbatim, the title from its first line."""

from __future__ import annotations

from argmap.model import Article
from argmap.read.decode import decode
from argmap.settings import Settings

__all__ = ["headline", "read_plain"]


def read_plain(data: bytes, *, name: str, settings: Settings) -> tuple[Article, ...]:
    """The article of a ``.txt`` file.

    Args:
        data: the file's bytes.
        name: the article's id.
        settings: the longest title.

    Raises:
        ArticleError: the bytes are no text.
    """
    text = decode(data)
    return (Article(id=name, text=text, title=headline(text, longest=settings.title_length)),)


def headline(text: str, *, longest: int) -> str:
    """The text's first line where it stands as a title: short, without a full stop, an empty line below it.

    The line stays part of the text.

    Args:
        text: an article's text.
        longest: characters that a title may have.

    >>> headline("Open models win\\n\\nThe ministry said so.", longest=160)
    'Open models win'
    >>> headline("The ministry said so.\\n\\nNobody agreed.", longest=160)
    ''
    """
    first, _, rest = text.lstrip().partition("\n")
    below, _, body = rest.partition("\n")
    title = first.strip()
    alone = not below.strip() and body.strip()
    return title if alone and len(title) <= longest and not title.endswith(".") else ""
