"""A map in, a file out, in the format that its suffix names; `EXPORTERS` is the table to extend."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from argmap.errors import ArgmapError, MapError
from argmap.export import argmap_json
from argmap.model import DebateMap

__all__ = ["EXPORTERS", "Exporter", "exporter", "load", "write"]

Exporter = Callable[[DebateMap], str | bytes]


def _html(debate_map: DebateMap) -> str:
    from argmap.render import render  # the templates load when a page is wanted
    return render(debate_map)


#: The exporter of each suffix, lower-case.
EXPORTERS: Mapping[str, Exporter] = {
    ".html": _html,
    ".json": argmap_json.dumps,
}


def exporter(path: Path, *, exporters: Mapping[str, Exporter] = EXPORTERS) -> Exporter:
    """The exporter for a path, by its suffix.

    Raises:
        ArgmapError: there is none; the message lists the suffixes.

    >>> exporter(Path("map.JSON")) is argmap_json.dumps
    True
    """
    try:
        return exporters[path.suffix.lower()]
    except KeyError:
        raise ArgmapError(f"{path}: no format for {path.suffix or 'a name without suffix'!r}: end the name in "
                          f"{', '.join(exporters)}") from None


def write(debate_map: DebateMap, path: Path, *, exporters: Mapping[str, Exporter] = EXPORTERS) -> None:
    """Write the map, whole or not at all; folders on the way are made.

    Args:
        debate_map: the map.
        path: where to; an existing file is replaced once the new one is complete.
        exporters: by suffix, to write with other options than a format's own.

    Raises:
        ArgmapError: the suffix has no exporter, or the file cannot be written.
    """
    content = exporter(path, exporters=exporters)(debate_map)
    raw = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))  # a link stays a link
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(raw)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise ArgmapError(f"{path}: cannot be written ({error.strerror})") from error


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
