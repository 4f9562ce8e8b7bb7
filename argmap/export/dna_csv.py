"""A map in, the Discourse Network Analyzer's event list out as CSV (UTF-8, parted by ``;``), and back; for DNA's users, rDNA and R.

The columns are those of DNA 3's export. What an event is, is said in `argmap.export.dna_events`; ``document_section`` holds argmap's id
of the article.

Left out: the articles' text but for the statements (on reading, an article is laid out with each statement at its offsets and blanks
between them), address and language; claims beyond concept and agreement; relations; sides, topics, relevance, confidence; attributions
and spans of source and cue, gaps inside a statement; actors that make no statement, other names, and that an organization is a
government, a group or a document; all beyond 190 characters of a title, a name or a concept.

Reading needs ``concept`` and ``text``; other separators and a byte order mark are allowed for.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from argmap.errors import FormatError
from argmap.export.clean import brief
from argmap.export.dna_events import LONGEST, Document, Event, documents_of, events_of, map_of
from argmap.export.incoming import csv_rows, day, read
from argmap.model import DebateMap

__all__ = ["COLUMNS", "coders", "dumps", "load"]

COLUMNS = ("statement_id", "time", "person", "organization", "concept", "agreement", "start_position", "stop_position", "text", "coder",
           "document_id", "document_title", "document_author", "document_source", "document_section", "document_type")
NEEDED = ("concept", "text")
CODER, TYPE = "argmap", "article"
AGREES: Mapping[str, bool] = {"1": True, "0": False, "true": True, "false": False, "": True}


def dumps(debate_map: DebateMap) -> str:
    """The map's statements as DNA's event list."""
    documents = {document.id: document for document in documents_of(debate_map)}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, event in enumerate(events_of(debate_map), 1):
        about = documents[event.document]
        writer.writerow((number, f"{about.date} 00:00:00" if about.date else "", event.person, event.organization, event.concept,
                         int(event.agreement), event.start, event.stop, event.text, CODER, about.id, about.title, about.author,
                         about.source, about.section, TYPE))
    return out.getvalue()


def coders(path: Path) -> Counter[str]:
    """How many statements of an event list each coder entered.

    Raises:
        FormatError: it is no such list.
    """
    return Counter(row.get("coder", "") for _, row in _rows(path))


def load(path: Path, *, coder: str = "") -> DebateMap:
    """The map of an event list.

    Args:
        path: the file.
        coder: only the statements of the coder of this name, and the documents that have some; by default all.

    Raises:
        FormatError: it is no such list, or a value is none that it can be; the message names the line. No such coder.
    """
    documents: dict[str, Document] = {}
    events = []
    if coder and coder not in (known := coders(path)):
        raise FormatError(f"{path}: no coder {coder[:80]!r} among {', '.join(sorted(known))}")
    for line, row in _rows(path):
        if coder and row.get("coder", "") != coder:
            continue
        name = row.get("document_id") or row.get("document_title") or "1"
        documents.setdefault(name, Document(
            name, row.get("document_title", ""), None, row.get("document_author", ""), row.get("document_source", ""),
            row.get("document_section", ""), day(row.get("time", ""))))
        agreement = row.get("agreement", "").strip().lower()
        if agreement not in AGREES:
            raise FormatError(f"{path}, line {line}: agreement {agreement[:40]!r} is none of 1, 0, true, false")
        start = _offset(row, "start_position", path, line)
        events.append(Event(name, start, _offset(row, "stop_position", path, line) or start + len(row["text"]), row["text"],
                            row.get("person", ""), row.get("organization", ""), brief(row["concept"], LONGEST), AGREES[agreement]))
    return map_of(path.stem, list(documents.values()), events)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    rows = csv_rows(path, read(path))
    _, header = next(rows, (0, []))
    names = [name.strip().lower() for name in header]
    if missing := [name for name in NEEDED if name not in names]:
        raise FormatError(f"{path}: no column {', '.join(missing)}: is it an event list of DNA, with a first line of column names?")
    for line, row in rows:
        yield line, {**dict.fromkeys(names, ""), **dict(zip(names, row))}


def _offset(row: Mapping[str, str], column: str, path: Path, line: int) -> int:
    text = row.get(column, "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) < len("1000000000")):
        raise FormatError(f"{path}, line {line}: {column} {text[:40]!r} is no offset")
    return int(text or 0)
