"""Headings, paragraphs, lists, tables and figures come in; Markdown, an HTML page, or a rich renderable for the terminal goes out.

The first two may be saved as files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.errors import ArgmapError

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["SUFFIXES", "Block", "Bullets", "Figure", "Heading", "Paragraph", "Table", "as_html", "as_markdown", "as_renderable", "check",
           "many", "save"]

#: What a document's file may end in.
SUFFIXES = (".md", ".html")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of plain texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain texts; columns whose cells are all figures are set to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG; `name` is that of its file, without suffix, where it stands by itself."""

    name: str
    svg: str
    caption: str


Block = Heading | Paragraph | Bullets | Table | Figure

_FIGURE = re.compile(r"[-–+]?[\d.,%–]*")
#: What Markdown or the HTML in it would read as more than text.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2330; --soft: #5b6475; --line: #d9dde5; --ground: #fff; --shade: #f5f6f9 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9f0; --soft: #a0a8b8; --line: #363d4c; --ground: #14171e; --shade: #1c212b } }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 5rem; font: 16px/1.55 system-ui, sans-serif; color: var(--ink);
  background: var(--ground) }
h1 { line-height: 1.2 } h2 { margin: 2.6rem 0 .6rem; padding-top: 1.2rem; border-top: 1px solid var(--line) } h3 { margin: 1.8rem 0 .4rem }
p, li { max-width: 46rem } .scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .8rem 0 }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem .4rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word }
th { color: var(--soft); font-weight: 600; overflow-wrap: normal } .number { text-align: right; font-variant-numeric: tabular-nums }
figure { margin: 1.2rem 0 }
figure svg { width: 100%; height: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px }
figcaption { color: var(--soft); font-size: .9rem }
"""


def as_markdown(blocks: Iterable[Block], *, pictures: str = "") -> str:
    """The document as GitHub-flavoured Markdown.

    Args:
        blocks: the document.
        pictures: what stands before a figure's name in the link to it; figures are files beside the document.

    >>> as_markdown([Heading("Claims"), Table(("claim", "n"), (("a|b", "2"),))])
    '## Claims\\n\\n| claim | n |\\n|---|---:|\\n| a\\\\|b | 2 |\\n'
    """
    return "\n\n".join(_markdown(block, pictures) for block in blocks) + "\n"


def as_html(blocks: Sequence[Block], *, language: str = "en") -> str:
    """The document as one HTML page that needs no other file."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    body = "\n".join(map(_html, blocks))
    return (f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
            f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n")


def as_renderable(blocks: Iterable[Block]) -> RenderableType:
    """The document for a `rich.console.Console`; of figures only the captions that say where to find them are left out."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table as Grid
    from rich.text import Text

    parts: list[RenderableType] = []
    for block in blocks:
        match block:
            case Heading(text, level):
                parts.append(Padding(Text(_plain(text), style="bold underline" if level == 1 else "bold cyan" if level == 2 else "bold"),
                                     (1, 0, 0, 0)))
            case Paragraph(text):
                parts.append(Text(_plain(text)))
            case Bullets(items):
                for item in items:
                    row = Grid.grid(padding=(0, 1))
                    row.add_row(Text("•"), Text(_plain(item)))
                    parts.append(row)
            case Table(columns, rows):
                grid = Grid(box=None, header_style="dim", padding=(0, 1), pad_edge=False)
                for i, column in enumerate(columns):
                    grid.add_column(_plain(column), justify="right" if _numeric(rows, i) else "left", overflow="fold",
                                    no_wrap=_numeric(rows, i))
                for cells in rows:
                    grid.add_row(*(Text(_plain(cell)) for cell in cells))
                parts.append(grid)
            case Figure():
                pass
    return Group(*parts)


def check(path: Path) -> str:
    """The suffix of a document's file, lower-case.

    Raises:
        ArgmapError: there is no format of that suffix.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ArgmapError(f"{path}: no format for a document: end the name in {' or '.join(SUFFIXES)}")
    return suffix


def save(blocks: Sequence[Block], path: Path) -> tuple[Path, ...]:
    """Write a document: ``.html`` as one page, ``.md`` with its pictures as SVG files beside it.

    Returns:
        The files that were written.

    Raises:
        ArgmapError: another suffix, or a file cannot be written.
    """
    suffix = check(path)
    files = {path: as_html(blocks) if suffix == ".html" else as_markdown(blocks, pictures=f"{path.stem}-")}
    if suffix == ".md":
        files.update({path.with_name(f"{path.stem}-{block.name}.svg"): block.svg for block in blocks if isinstance(block, Figure)})
    for target, text in files.items():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise ArgmapError(f"{target}: cannot be written ({error.strerror})") from error
    return tuple(files)


def many(number: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "article"), many(2, "article")
    ('1 article', '2 articles')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _plain(text: str) -> str:
    """The text without what would steer a terminal or break what holds it."""
    return "".join(" " if character in "\n\r\t\x0b\x0c\u2028\u2029" else character for character in text
                   if character.isprintable() or character.isspace()).encode("utf-8", "replace").decode("utf-8")


def _numeric(rows: Sequence[Sequence[str]], column: int) -> bool:
    return bool(rows) and all(_FIGURE.fullmatch(row[column]) for row in rows)


def _markdown(block: Block, pictures: str) -> str:
    def escaped(text: str) -> str:
        return _SPECIAL.sub(r"\\\1", _plain(text)).strip()

    match block:
        case Heading(text, level):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph(text):
            return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", escaped(text)))
        case Bullets(items):
            return "\n".join(f"- {escaped(item)}" for item in items)
        case Table(columns, rows):
            rule = "|".join("---:" if _numeric(rows, i) else "---" for i in range(len(columns)))
            lines = [f"| {' | '.join(map(escaped, cells))} |" for cells in (columns, *rows)]
            return "\n".join([lines[0], f"|{rule}|", *lines[1:]])
        case Figure(name, _, caption):
            return f"![{escaped(caption)}]({pictures}{name}.svg)"


def _html(block: Block) -> str:
    def escaped(text: str) -> str:
        return html.escape(_plain(text))

    match block:
        case Heading(text, level):
            return f"<h{level}>{escaped(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escaped(text)}</p>"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{escaped(item)}</li>' for item in items)}</ul>"
        case Table(columns, rows):
            kind = [' class="number"' if _numeric(rows, i) else "" for i in range(len(columns))]
            head = "".join(f"<th{k}>{escaped(column)}</th>" for k, column in zip(kind, columns))
            body = "\n".join(f"<tr>{''.join(f'<td{k}>{escaped(cell)}</td>' for k, cell in zip(kind, cells))}</tr>" for cells in rows)
            return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>'
        case Figure(_, svg, caption):
            return f"<figure>{svg}<figcaption>{escaped(caption)}</figcaption></figure>"
