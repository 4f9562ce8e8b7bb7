"""A map in, a file out, and a file of another program in, a map out; `EXPORTERS` and `IMPORTERS` are the tables to extend."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from argmap.errors import ArgmapError, FormatError, MapError
from argmap.export import aif, argdown, argmap_json, brat, brief, dna, dna_csv, gexf, graphml, kialo, tables
from argmap.export.incoming import json_object
from argmap.model import DebateMap

__all__ = ["CODERS", "EXPORTERS", "FOLDERS", "IMPORTERS", "LEFT_OUT", "PROGRAMS", "SUFFIXES", "Content", "Exporter", "Importer", "exporter",
           "format_in", "format_of", "import_map", "load", "write",
           "write_text"]

#: What an exporter makes: the content of a file, whole or in pieces, or that of each file of a folder by its name.
Content = str | bytes | Iterator[str] | Mapping[str, str]
Exporter = Callable[[DebateMap], Content]
Importer = Callable[..., DebateMap]


def _html(debate_map: DebateMap) -> str:
    from argmap.render import render  # the templates load when a page is wanted
    return render(debate_map)


def _html_pieces(debate_map: DebateMap) -> Iterator[str]:
    from argmap.render import pieces
    return pieces(debate_map)


def load(path: str | Path) -> DebateMap:
    """The map of a JSON file that argmap wrote.

    Raises:
        MapError: it is no map; the message names the file and the place.
        ArgmapError: it cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise ArgmapError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise MapError(f"{path}: not UTF-8 (byte {error.start})") from error
    try:
        return argmap_json.loads(text)
    except MapError as error:
        raise MapError(f"{path}: {error}") from error


#: The exporter of each format.
EXPORTERS: Mapping[str, Exporter] = {
    "html": _html,
    "json": argmap_json.dumps,
    "aif": aif.dumps,
    "xaif": aif.dumps_xaif,
    "argdown": argdown.dumps,
    "csv": tables.dumps,
    "dna": dna.dumps,
    "dna-csv": dna_csv.dumps,
    "kialo": kialo.dumps,
    "brat": brat.dumps,
    "brief": brief.dumps,
    "graphml": graphml.dumps,
    "gexf": gexf.dumps,
}
#: The importer of each format that can be read.
IMPORTERS: Mapping[str, Importer] = {
    "json": load,
    "aif": aif.load,
    "xaif": aif.load,
    "argdown": argdown.load,
    "csv": tables.load,
    "kialo": kialo.load,
    "dna": dna.load,
    "dna-csv": dna_csv.load,
}
#: How many statements each coder entered, in the formats that tell coders apart; their importers take the name of one.
CODERS: Mapping[str, Callable[[Path], Mapping[str, int]]] = {"dna": dna.coders, "dna-csv": dna_csv.coders}
#: The format of each suffix that tells it; "json" is argmap's own.
SUFFIXES: Mapping[str, str] = {
    ".html": "html", ".json": "json", ".graphml": "graphml", ".gexf": "gexf", ".argdown": "argdown", ".md": "brief", ".dna": "dna",
}
#: Formats of several files in a folder.
FOLDERS = frozenset({"brat", "csv"})
#: What each format cannot hold, in a few words; its module says more.
LEFT_OUT: Mapping[str, str] = {
    "html": "a page; keeps passages, not whole articles",
    "json": "keeps all",
    "aif": "claims, locutions, participants; leaves out articles' text, spans, topics, concepts, confidence",
    "xaif": "as aif, with the articles' text, for OVA",
    "argdown": "a text; read is the JSON that `argdown json` makes; leaves out articles' text, spans, kinds of actors, topics, confidence",
    "csv": "a folder of tables; leaves out known actors, merges, files skipped",
    "dna": "a database of the Discourse Network Analyzer; leaves out claims beyond concept and agreement, relations, sides, confidence",
    "dna-csv": "its event list; leaves out as dna, and the articles' text",
    "kialo": "Kialo's indented text; leaves out who says what and where, neutral claims by themselves, confidence",
    "brat": "a folder for annotators in brat; leaves out relations between articles, claims and actors but in notes",
    "brief": "a text in Markdown; leaves out all but the strongest claims of each side",
    "graphml": "the network; leaves out articles and spans",
    "gexf": "the network over time; leaves out articles and spans",
}
#: The program or convention whose files a format's are, as its users know it.
PROGRAMS: Mapping[str, str] = {
    "aif": "AIF", "xaif": "AIF", "argdown": "Argdown", "csv": "tables", "dna": "Discourse Network Analyzer",
    "dna-csv": "Discourse Network Analyzer", "kialo": "Kialo",
}
#: The formats of JSON files by the keys that they have; the first whose keys are all there is taken.
JSON_KEYS: Mapping[str, frozenset[str]] = {
    "json": frozenset({"schema", "debate"}),
    "xaif": frozenset({"AIF"}),
    "aif": frozenset({"nodes", "edges"}),
    "argdown": frozenset({"statements", "relations", "arguments"}),
}
#: The format of other suffixes that tell it on reading.
IMPORT_SUFFIXES: Mapping[str, str] = {".dna": "dna", ".csv": "dna-csv", ".txt": "kialo"}


#: Exporters of texts that may be too long for memory, and what gives the same text in pieces.
PIECEWISE: Mapping[Exporter, Callable[[DebateMap], Iterator[str]]] = {argmap_json.dumps: argmap_json.pieces, _html: _html_pieces}


def format_of(path: Path) -> str:
    """The format that a path's suffix names.

    Raises:
        ArgmapError: it names none, or several have it; the message lists the suffixes and the formats.

    >>> format_of(Path("map.JSON"))
    'json'
    """
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise ArgmapError(f"{path}: no format for {path.suffix or 'a name without suffix'!r}: end the name in {', '.join(SUFFIXES)}, "
                          f"or name the format ({', '.join(EXPORTERS)})") from None


def exporter(path: Path, *, format: str | None = None, exporters: Mapping[str, Exporter] = EXPORTERS) -> Exporter:
    """The exporter of a format, or of the one that a path's suffix names.

    Raises:
        ArgmapError: there is none; the message lists those that there are.

    >>> exporter(Path("map.JSON")) is argmap_json.dumps
    True
    """
    name = format or format_of(path)
    if name not in exporters:
        raise ArgmapError(f"{path}: argmap writes no {name!r}: use one of {', '.join(exporters)}")
    return exporters[name]


def write(debate_map: DebateMap, path: Path, *, format: str | None = None, exporters: Mapping[str, Exporter] = EXPORTERS) -> None:
    """Write the map, each file whole or not at all; folders on the way are made.

    Args:
        debate_map: the map.
        path: where to; an existing file is replaced once the new one is complete. A folder for formats of several files:
            other files in it stay.
        format: a name of `exporters`; where it is not given, the suffix decides.
        exporters: by format, to write with other options than a format's own.

    Raises:
        ArgmapError: there is no such format, or a file cannot be written.
    """
    made = exporter(path, format=format, exporters=exporters)
    content = PIECEWISE.get(made, made)(debate_map)
    if isinstance(content, Mapping):
        for name, part in content.items():
            write_text(part, path / name)
    else:
        write_text(content, path)


def write_text(content: str | bytes | Iterable[str], path: Path) -> None:
    """Write a file, whole or not at all; folders on the way are made, an existing file is replaced once the new one is complete.

    Args:
        content: a text, bytes, or a text in pieces.
        path: where to.

    Raises:
        ArgmapError: it cannot be written.
    """
    parts = (content,) if isinstance(content, str | bytes) else content
    target = Path(os.path.realpath(path))  # a link stays a link
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("wb") as file:
                for part in parts:
                    file.write(part.encode("utf-8") if isinstance(part, str) else part)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise ArgmapError(f"{path}: cannot be written ({error.strerror})") from error


def import_map(path: str | Path, *, format: str | None = None, coder: str = "") -> DebateMap:
    """The map of a file or folder of another program, or of argmap.

    Args:
        path: the file, or the folder of a format that has several files.
        format: a name of `IMPORTERS`; where it is not given, suffix and content tell.
        coder: only what this coder entered, in the formats of `CODERS`.

    Returns:
        A valid map that knows its `origin`, but for argmap's own JSON, which is what it was. What a file does not say is left
        empty: a claim without side is neutral, an article that is not in the file is laid out from the words of its statements.

    Raises:
        FormatError: it is no file of the format, or none can be told; the message names the file and the place.
        ArgmapError: it cannot be read.
    """
    from argmap import __version__  # defined below what argmap itself imports first
    path = Path(path)
    name = format or format_in(path)
    if name not in IMPORTERS:
        raise FormatError(f"{path}: argmap reads no {name!r}: use one of {', '.join(IMPORTERS)}")
    if not path.exists():
        raise FormatError(f"{path}: there is no such file")
    if path.is_dir() != (name in FOLDERS):
        raise FormatError(f"{path}: {name} is {'a folder' if name in FOLDERS else 'one file'}: name that")
    if coder and name not in CODERS:
        raise FormatError(f"{path}: {name} does not tell coders apart; {' and '.join(CODERS)} do")
    found = IMPORTERS[name](path, coder=coder) if coder else IMPORTERS[name](path)
    if name in PROGRAMS and not (found.models or found.origin):  # argmap's own tables tell where their map came from
        found = replace(found, origin={"format": name, "program": PROGRAMS[name], "file": path.name or path.resolve().name})
    return found if found.version else replace(found, version=__version__)


def format_in(path: Path) -> str:
    """The format of a file, by its suffix and, where several have that, its content.

    Raises:
        FormatError: it cannot be told.
    """
    if path.is_dir():
        return "csv"
    suffix = path.suffix.lower()
    if suffix == ".argdown":
        raise FormatError(f"{path}: argmap reads the JSON that Argdown's own tool makes of it: argdown json {path.name}")
    if suffix == ".json":
        found = json_object(path)
        for name, keys in JSON_KEYS.items():
            if keys <= found.keys():
                return name
    elif suffix in IMPORT_SUFFIXES:
        return IMPORT_SUFFIXES[suffix]
    raise FormatError(f"{path}: the format cannot be told from the file: name it ({', '.join(IMPORTERS)})")
