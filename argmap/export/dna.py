"""A map in, a database of the Discourse Network Analyzer 3 out (``.dna``, an SQLite file), and back.

What an event is, is said in `argmap.export.dna_events`. The database has one coder, ``Admin``, whose password is ``argmap``, and one type
of statement, ``DNA Statement``, with the variables person, organization, concept (short texts) and agreement (boolean). Actors keep
their kind as the attribute ``Type`` and their other names as ``Alias``; a document's ``Section`` holds argmap's id of the article.

Left out: addresses and languages of articles; claims beyond concept and agreement; relations; sides, topics, relevance, confidence;
attributions and spans of source and cue, gaps inside a statement; actors that make no statement; all beyond 190 characters of a
title, a name or a concept.

Read from researchers' databases: the statements of every type that has a variable ``concept``; other types (annotations), other
variables, colours, notes, regular expressions are left out, and which coder entered a statement; one coder's alone can be read.
Statements whose offsets lie outside their document are named among what was skipped. A date at the beginning of 1970 is none: DNA
cannot do without.
"""

from __future__ import annotations

import base64
import calendar
import contextlib
import datetime
import hashlib
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from argmap.errors import FormatError
from argmap.export.clean import brief, points, units
from argmap.export.dna_events import LONGEST, Document, Event, documents_of, events_of, map_of
from argmap.model import ActorKind, DebateMap, Skipped

__all__ = ["PASSWORD", "coders", "dumps", "load"]

#: What the coder of a database that argmap made logs in with; it keeps nobody out, DNA only asks for one.
PASSWORD = "argmap"  # noqa: S105  # no secret
#: The version of DNA whose tables these are.
VERSION = "3.0.11"
STATEMENT_TYPE = "DNA Statement"
#: The variables of a statement, their number and type.
VARIABLES = {"person": (1, "short text"), "organization": (2, "short text"), "concept": (3, "short text"), "agreement": (4, "boolean")}
ATTRIBUTES = ("Type", "Alias", "Notes")
#: How jasypt's StrongPasswordEncryptor, which DNA uses, makes a hash: rounds of SHA-256, and bytes of salt.
ROUNDS, SALT = 100_000, 16
YES = "INTEGER NOT NULL DEFAULT 1"
PERMISSIONS = ("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
               "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
               "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements")
COLOURS = "Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0"
#: The tables of a DNA 3 database and their columns.
TABLES: Mapping[str, str] = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": f"ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL, {COLOURS}, Refresh INTEGER NOT NULL DEFAULT 0, "
              "FontSize INTEGER NOT NULL DEFAULT 14, Password TEXT NOT NULL, PopupWidth INTEGER DEFAULT 300, "
              "ColorByCoder INTEGER NOT NULL DEFAULT 0, PopupDecoration INTEGER NOT NULL DEFAULT 0, "
              f"PopupAutoComplete {YES}, {', '.join(f'Permission{name} {YES}' for name in PERMISSIONS)}",
    "DOCUMENTS": "ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL CHECK (LENGTH(Title) < 191), Text TEXT NOT NULL, "
                 "Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '', "
                 "Section TEXT NOT NULL DEFAULT '', Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL",
    "STATEMENTTYPES": f"ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL, {COLOURS}",
    "VARIABLES": "ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL, DataType TEXT NOT NULL DEFAULT 'short text' "
                 "CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text')), "
                 "StatementTypeId INTEGER REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE, UNIQUE (Variable, StatementTypeId)",
    "VARIABLELINKS": "ID INTEGER NOT NULL PRIMARY KEY, SourceVariableId INTEGER REFERENCES VARIABLES(ID) ON DELETE CASCADE, "
                     "TargetVariableId INTEGER REFERENCES VARIABLES(ID) ON DELETE CASCADE, CHECK (TargetVariableId != SourceVariableId)",
    "REGEXES": f"Label TEXT PRIMARY KEY, {COLOURS}",
    "CODERRELATIONS": "ID INTEGER NOT NULL PRIMARY KEY, Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, "
                      f"OtherCoder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, viewStatements {YES}, editStatements {YES}, "
                      f"viewDocuments {YES}, editDocuments {YES}, CHECK (Coder != OtherCoder)",
    "STATEMENTS": "ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE, "
                  "DocumentId INTEGER REFERENCES DOCUMENTS(ID) ON DELETE CASCADE, Start INTEGER NOT NULL CHECK (Start >= 0), "
                  "Stop INTEGER NOT NULL CHECK (Stop >= 0), Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, CHECK (Start < Stop)",
    "ENTITIES": "ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE, "
                "Value TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Value) < 191), Red INTEGER, Green INTEGER, Blue INTEGER, "
                "ChildOf INTEGER REFERENCES ENTITIES(ID) ON DELETE CASCADE, UNIQUE (VariableId, Value)",
    **{f"DATA{name}": "ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL REFERENCES STATEMENTS(ID) ON DELETE CASCADE, "
                      f"VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE, {value}, UNIQUE (StatementId, VariableId)"
       for name, value in (("BOOLEAN", YES.replace("INTEGER", "Value INTEGER")), ("INTEGER", "Value INTEGER NOT NULL DEFAULT 0"),
                           ("SHORTTEXT", "Entity INTEGER NOT NULL REFERENCES ENTITIES(ID) ON DELETE CASCADE"),
                           ("LONGTEXT", "Value TEXT DEFAULT ''"))},
    "ATTRIBUTEVARIABLES": "ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE, "
                          "AttributeVariable TEXT NOT NULL, UNIQUE (VariableId, AttributeVariable)",
    "ATTRIBUTEVALUES": "ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER NOT NULL REFERENCES ENTITIES(ID) ON DELETE CASCADE, "
                       "AttributeVariableId INTEGER NOT NULL REFERENCES ATTRIBUTEVARIABLES(ID) ON DELETE CASCADE, "
                       "AttributeValue TEXT NOT NULL DEFAULT '', UNIQUE (EntityId, AttributeVariableId)",
}
T = TypeVar("T")
#: Parts the names in ``Alias``.
ALIASES = "; "


def dumps(debate_map: DebateMap) -> bytes:
    """The map as a DNA database: the bytes of its file, the same for equal maps and one version of SQLite."""
    documents, events = documents_of(debate_map), events_of(debate_map)
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        for name, columns in TABLES.items():
            base.execute(f"CREATE TABLE {name} ({columns})")
        _insert(base, "SETTINGS", [("version", VERSION), ("date", "")])
        salt = hashlib.sha256("\x1f".join(document.section for document in documents).encode()).digest()[:SALT]
        base.execute("INSERT INTO CODERS (ID, Name, Red, Green, Password) VALUES (1, 'Admin', 255, 255, ?)", (_hashed(PASSWORD, salt),))
        _insert(base, "STATEMENTTYPES", [(1, STATEMENT_TYPE, 239, 208, 51)])
        _insert(base, "VARIABLES", [(number, name, kind, 1) for name, (number, kind) in VARIABLES.items()])
        _insert(base, "DOCUMENTS", [(int(d.id), d.title, d.text, 1, d.author, d.source, d.section, "", "article", _epoch(d.date))
                                    for d in documents])
        entities = _insert_entities(base, debate_map, events)
        _insert(base, "STATEMENTS", [(number, 1, int(e.document), e.start, e.stop, 1) for number, e in enumerate(events, 1)])
        _insert(base, "DATABOOLEAN", [(number, number, VARIABLES["agreement"][0], int(e.agreement)) for number, e in enumerate(events, 1)])
        short = [(number, name, getattr(e, name)) for number, e in enumerate(events, 1) for name in ("person", "organization", "concept")]
        _insert(base, "DATASHORTTEXT", [(row, number, VARIABLES[name][0], entities[name, value])
                                        for row, (number, name, value) in enumerate(short, 1)])
        base.commit()
        return base.serialize()


def load(path: Path, *, coder: str = "") -> DebateMap:
    """The map of a researcher's DNA database.

    Args:
        path: the database.
        coder: only the statements of the coder of this name, and the documents that have some; by default all.

    Raises:
        FormatError: it is no SQLite file, or has not the tables of DNA 3; the message names what is missing. No such coder.
    """
    return _opened(path, lambda base: _read(base, path, coder))


def coders(path: Path) -> Counter[str]:
    """How many statements each coder of a database entered, of those that are read.

    Raises:
        FormatError: it is no database of DNA 3.
    """
    return _opened(path, lambda base: Counter(dict(base.execute(
        "SELECT CODERS.Name, COUNT(*) FROM STATEMENTS JOIN CODERS ON CODERS.ID = STATEMENTS.Coder WHERE STATEMENTS.ID IN "
        "(SELECT StatementId FROM DATASHORTTEXT JOIN VARIABLES ON VARIABLES.ID = VariableId WHERE LOWER(Variable) = 'concept') "
        "GROUP BY CODERS.Name"))))


def _opened(path: Path, read: Callable[[sqlite3.Connection], T]) -> T:
    """What is read from a database, which is not changed."""
    try:
        if not path.is_file():
            raise FormatError(f"{path}: not a file")
        # what DNA has not written back yet stands beside the file; without it, the file can lie where nothing may be written
        unchanging = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{unchanging}", uri=True)) as base:
            base.text_factory = lambda raw: raw.decode("utf-8", "replace")
            return read(base)
    except sqlite3.Error as error:
        raise FormatError(f"{path}: not a database of DNA 3 ({error}): open it in DNA 3, save it there and try again") from error


# writing

def _insert(base: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608  # tables of this module


def _insert_entities(base: sqlite3.Connection, debate_map: DebateMap, events: Sequence[Event]) -> dict[tuple[str, str], int]:
    """The values of each short text, the empty one first, with their attributes; returns their numbers."""
    actors = {brief(actor.name, LONGEST): actor for actor in debate_map.actors}
    names = [name for name, (_, kind) in VARIABLES.items() if kind == "short text"]
    found = [(name, value) for name in names for value in ["", *sorted({getattr(event, name) for event in events} - {""})]]
    numbers = {pair: number for number, pair in enumerate(found, 1)}
    _insert(base, "ENTITIES", [(number, VARIABLES[name][0], value, 0, 0, 0, None) for (name, value), number in numbers.items()])
    attributes = {pair: number for number, pair in enumerate(((name, attribute) for name in names for attribute in ATTRIBUTES), 1)}
    _insert(base, "ATTRIBUTEVARIABLES", [(number, VARIABLES[name][0], attribute) for (name, attribute), number in attributes.items()])
    values = []
    for (name, value), number in numbers.items():
        actor = actors.get(value) if name != "concept" else None
        said = {"Type": actor.kind, "Alias": brief(ALIASES.join(actor.aliases), LONGEST)} if actor else {}
        values += [(number, attributes[name, attribute], said.get(attribute, "")) for attribute in ATTRIBUTES]
    _insert(base, "ATTRIBUTEVALUES", [(row, *value) for row, value in enumerate(values, 1)])
    return numbers


@cache
def _hashed(password: str, salt: bytes) -> str:
    digest = salt + password.encode()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _epoch(date: str) -> int:
    return calendar.timegm(time.strptime(date, "%Y-%m-%d")) if date else 0


# reading

def _read(base: sqlite3.Connection, path: Path, coder: str) -> DebateMap:
    variables = {number: str(name).strip().lower() for number, name in base.execute("SELECT ID, Variable FROM VARIABLES")}
    if "concept" not in variables.values():
        known = ", ".join(sorted(set(variables.values()))) or "none"
        raise FormatError(f"{path}: no variable 'concept' among {known}: rename the one that holds the claims, in DNA's editor of "
                          "statement types")
    documents = dict(_documents(base))
    values: dict[Any, dict[str, Any]] = {}
    for table, column in (("DATASHORTTEXT JOIN ENTITIES ON ENTITIES.ID = DATASHORTTEXT.Entity", "ENTITIES.Value"),
                          ("DATABOOLEAN", "Value"), ("DATALONGTEXT", "Value"), ("DATAINTEGER", "Value")):
        own = table.partition(" ")[0]
        rows = base.execute(f"SELECT {own}.StatementId, {own}.VariableId, {column} FROM {table} ORDER BY {own}.ID")  # noqa: S608  # as above
        for statement, variable, value in rows:
            values.setdefault(statement, {})[variables.get(variable, "")] = value
    events, skipped = [], []
    names = {number: _text(name) for number, name in base.execute("SELECT ID, Name FROM CODERS")} if coder else {}
    if coder and coder not in names.values():
        raise FormatError(f"{path}: no coder {coder[:80]!r} among {', '.join(sorted(set(names.values())))}")
    for number, document, start, stop, by in base.execute(
            "SELECT ID, DocumentId, Start, Stop, Coder FROM STATEMENTS ORDER BY DocumentId, Start, ID"):
        coded = values.get(number, {})
        if "concept" not in coded or coder and names.get(by) != coder:
            continue
        about = documents.get(document)
        if about is None or not isinstance(start, int) or not isinstance(stop, int) or not 0 <= start < stop <= _length(about):
            skipped.append(Skipped(f"{path.name}#{number}", f"no characters {start} to {stop} in document {document}"))
            continue
        words = (about.text or "")[points(about.text or "", start):points(about.text or "", stop)]
        events.append(Event(about.id, start, stop, words, _text(coded.get("person")), _text(coded.get("organization")),
                            brief(_text(coded["concept"]), LONGEST), _agrees(coded.get("agreement", 1))))
    said = {event.document for event in events}
    kept = [document for document in documents.values() if not coder or document.id in said]
    return map_of(path.stem, kept, events, kinds=_kinds(base), skipped=skipped)


def _documents(base: sqlite3.Connection) -> Iterator[tuple[Any, Document]]:
    for number, title, text, author, source, section, date in base.execute(
            "SELECT ID, Title, Text, Author, Source, Section, Date FROM DOCUMENTS ORDER BY ID"):
        yield number, Document(str(number), _text(title), _text(text), _text(author), _text(source), _text(section), _date(date))


def _length(document: Document) -> int:
    text = document.text or ""
    return units(text, len(text))


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _agrees(value: Any) -> bool:
    return value > 0 if isinstance(value, (int, float)) else _text(value).strip().lower() not in ("0", "false", "no")


def _date(value: Any) -> str:
    if not isinstance(value, int) or value == 0:
        return ""
    try:
        return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=value)).date().isoformat()
    except OverflowError:
        return ""


def _kinds(base: sqlite3.Connection) -> dict[str, tuple[ActorKind | None, Sequence[str]]]:
    """The kind and the other names of entities, from their attributes as argmap writes them."""
    found: dict[str, dict[str, str]] = {}
    for value, attribute, said in base.execute(
            "SELECT ENTITIES.Value, AttributeVariable, AttributeValue FROM ATTRIBUTEVALUES "
            "JOIN ENTITIES ON ENTITIES.ID = EntityId JOIN ATTRIBUTEVARIABLES ON ATTRIBUTEVARIABLES.ID = AttributeVariableId "
            "JOIN VARIABLES ON VARIABLES.ID = ENTITIES.VariableId WHERE LOWER(Variable) IN ('person', 'organization') "
            "ORDER BY ATTRIBUTEVALUES.ID"):
        if _text(said):
            found.setdefault(_text(value), {})[_text(attribute)] = _text(said)
    kinds: Mapping[str, ActorKind] = {kind: kind for kind in get_args(ActorKind)}
    return {value: (kinds.get(said.get("Type", "")), tuple(filter(None, map(str.strip, said.get("Alias", "").split(ALIASES.strip())))))
            for value, said in found.items()}
