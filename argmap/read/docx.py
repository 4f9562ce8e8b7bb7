"""A Word document in, its article out: the paragraphs and the cells of tables, with the document's properties."""

from __future__ import annotations

import io

from argmap.errors import ArticleError
from argmap.model import Article
from argmap.read.archive import check_sizes
from argmap.read.decode import clean
from argmap.read.plain import headline
from argmap.settings import Settings

__all__ = ["read_docx"]


def read_docx(data: bytes, *, name: str, settings: Settings) -> tuple[Article, ...]:
    """The article of a ``.docx`` file: one paragraph a block, with title and author from its properties where it has no headline.

    Args:
        data: the file's bytes.
        name: the article's id.
        settings: the longest title, and how much a compressed file may grow.

    Raises:
        ArticleError: it is damaged, no Word document, or grows beyond all measure; or python-docx is not there.
    """
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise ArticleError("Word documents need python-docx: pip install 'argmap[documents]'") from error
    check_sizes(data, settings=settings)
    try:
        document = Document(io.BytesIO(data))
        blocks: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                blocks += [cell.text for row in block.rows for cell in dict.fromkeys(row.cells)]
            else:
                blocks.append(block.text)
        properties = document.core_properties
        title, author = properties.title or "", properties.author or ""
    except Exception as error:  # python-docx raises whatever a damaged file makes it stumble over
        raise ArticleError(f"damaged or no Word document ({type(error).__name__})") from error
    text = clean("\n\n".join(" ".join(block.split()) for block in blocks if block.strip()))
    title = headline(text, longest=settings.title_length) or " ".join(clean(title).split())
    return (Article(id=name, text=text, title=title, author=" ".join(clean(author).split())),)
