"""A PDF in, its article out: the paragraphs as pdfminer lays them out, with hard line ends and running heads taken away."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from argmap.errors import ArticleError
from argmap.model import Article
from argmap.read.decode import clean
from argmap.read.plain import headline
from argmap.settings import Settings

if TYPE_CHECKING:
    from pdfminer.layout import LTPage
    from pdfminer.pdfdocument import PDFDocument

__all__ = ["read_pdf", "rejoined"]

#: A word that a line end parts: "docu-⏎ments"; a hyphen with which the text has the word elsewhere is its own.
PARTED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\n([^\W\d_]+)")
#: How a paragraph ends; one that does not goes on in the next column or on the next page.
ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
#: Letters that fonts draw as one, and what stands for a bullet.
LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " ", "\u00ad": "-"})
#: Characters from which a paragraph that does not end is no heading: headings fit on a line.
LINE = 60
#: Pages' tops and bottoms on which a line must recur to be no part of the text.
RECURRING = 2
DIGITS = re.compile(r"\d+")


def read_pdf(data: bytes, *, name: str, settings: Settings) -> tuple[Article, ...]:
    """The article of a ``.pdf`` file that holds text, with title and author from its properties where the text has no headline.

    Args:
        data: the file's bytes.
        name: the article's id.
        settings: the longest title.

    Raises:
        ArticleError: it is damaged, locked by a password, or holds pictures of pages only; or pdfminer is not there.
    """
    try:
        from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    except ImportError as error:
        raise ArticleError("PDF needs pdfminer.six: pip install 'argmap[documents]'") from error
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity of a font
    try:
        document = _document(data)
        properties = _properties(document)
        pages = [_blocks(page) for page in _laid_out(document)]
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise ArticleError("locked by a password: save a copy without one") from error
    except Exception as error:  # pdfminer raises whatever a damaged file makes it stumble over
        raise ArticleError(f"damaged PDF ({type(error).__name__}: {error})") from error
    text = clean("\n\n".join(rejoined(_without_heads(pages))))
    if not text.strip():
        raise ArticleError("no text in the PDF: its pages are pictures; run a text recogniser (OCR) over it first")
    title = headline(text, longest=settings.title_length) or properties.get("title", "")
    return (Article(id=name, text=text, title=title, author=properties.get("author", "")),)


def _document(data: bytes) -> PDFDocument:
    """The document of a file's bytes; where its objects refer to each other in a circle, pdfminer alone would go round for ever."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser, PDFSyntaxError
    from pdfminer.pdftypes import PDFObjRef

    class Document(PDFDocument):
        def getobj(self, objid: int) -> object:
            seen = {objid}
            found = super().getobj(objid)
            while isinstance(found, PDFObjRef):
                if found.objid in seen:
                    raise PDFSyntaxError(f"object {objid} refers to itself")
                seen.add(found.objid)
                found = super().getobj(found.objid)
            return found

    return Document(PDFParser(io.BytesIO(data)))


def _laid_out(document: PDFDocument) -> Iterator[LTPage]:
    """The pages with their blocks of text, as `pdfminer.high_level.extract_pages` gives them for a file."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
        yield device.get_result()


def _blocks(page: LTPage) -> list[str]:
    """The blocks of a page's text in reading order."""
    from pdfminer.layout import LTTextContainer

    found = (block.get_text().translate(LIGATURES) for block in page if isinstance(block, LTTextContainer))
    return [block for block in (re.sub(r"[ \t]+", " ", text).strip() for text in found) if block]


def _without_heads(pages: list[list[str]]) -> list[str]:
    """All blocks but those that recur at the tops or bottoms of pages, whatever their numbers: running heads, page numbers."""
    edges = Counter(edge for blocks in pages for edge in {DIGITS.sub("0", block) for block in (*blocks[:2], *blocks[-2:])})
    needed = max(RECURRING, (len(pages) + 1) // 2)
    heads = {edge for edge, times in edges.items() if times >= needed}
    return [block for blocks in pages for at, block in enumerate(blocks)
            if not (DIGITS.sub("0", block) in heads and (at < RECURRING or at >= len(blocks) - RECURRING))]


def rejoined(blocks: Iterable[str]) -> list[str]:
    """Paragraphs on one line each, from blocks of set lines; one that a column's or page's end parts is whole again.

    >>> rejoined(["The docu-\\nments on open-source models show, after all, that open-\\nsource", "licences matter."])
    ['The documents on open-source models show, after all, that open-source licences matter.']
    """
    given = list(blocks)
    whole = " ".join(given)

    def joined(parts: re.Match[str]) -> str:
        own = f"{parts[1]}-{parts[2]}"
        return own if own in whole else parts[1] + parts[2]

    found: list[str] = []
    for block in given:
        flat = " ".join(PARTED.sub(joined, block).split())
        before = found[-1] if found else ""
        if len(before) >= LINE and not ENDED.search(before) and flat[:1].islower():
            found[-1] = PARTED.sub(joined, f"{before}\n{flat}") if before.endswith("-") else f"{before} {flat}"
        else:
            found.append(flat)
    return found


def _properties(document: PDFDocument) -> dict[str, str]:
    """Title and author of the document's properties; the day that the file was made is not the article's."""
    known: dict[str, str] = {}
    for properties in document.info:
        for key, field in (("Title", "title"), ("Author", "author")):
            value = properties.get(key)
            if isinstance(value, bytes) and value:
                from pdfminer.utils import decode_text
                known.setdefault(field, " ".join(clean(decode_text(value)).split()))
    return {key: value for key, value in known.items() if value}
