"""A file of corrections (TOML, or JSON of the same shape) in, checked corrections out, and back.

A file holds ``schema = "argmap-corrections/1"`` and a ``[[correction]]`` for each entry. It is written with one value a line, its
entries in the order given, so that two versions compare line by line.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from argmap.corrections.entries import Correction, plain, problems, read_entry
from argmap.errors import ArgmapError, CorrectionError

__all__ = ["SCHEMA", "dumps", "load", "loads", "save"]

SCHEMA = "argmap-corrections/1"
#: Malformed entries that a message lists; more are counted.
_LISTED = 20
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?correction[\"']?[ \t]*\]\]", re.MULTILINE)
#: What TOML wants escaped beyond what JSON escapes; halves of characters alone are no text.
_DELETE, _HALF = "\x7f", re.compile("[\ud800-\udfff]")
_HEAD = f'''# Corrections of an argument map. Which of them still apply: argmap correct check FILE MAP.json
schema = "{SCHEMA}"
'''


def load(path: str | Path) -> tuple[Correction, ...]:
    """The corrections of a file; its suffix tells JSON (``.json``) from TOML.

    Raises:
        CorrectionError: it is malformed; the message names each place and what is wrong there.
        ArgmapError: it cannot be read.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: not UTF-8 (byte {error.start}): save it in that encoding") from error
    except OSError as error:
        raise ArgmapError(f"{path}: cannot be read ({error.strerror})") from error
    return loads(text, name=str(path), format="json" if path.suffix.lower() == ".json" else "toml")


def loads(text: str, *, name: str = "corrections", format: str = "toml") -> tuple[Correction, ...]:
    """The corrections that a text holds.

    Args:
        text: the file's content.
        name: of the file, for messages.
        format: ``toml`` or ``json``.

    Raises:
        CorrectionError: it is malformed.
    """
    raw = _json(text, name) if format == "json" else _toml(text, name)
    entries = _entries(raw, name)
    lines = _lines(text, len(entries)) if format == "toml" else []
    places = [f"{name}, line {lines[number]}" if lines else f"{name}, correction {number + 1}" for number in range(len(entries))]
    wrong = [f"{place}: {problem}" for place, entry in zip(places, entries, strict=True) for problem in problems(entry)]
    if wrong:
        more = [f"and {len(wrong) - _LISTED} more"] if len(wrong) > _LISTED else []
        raise CorrectionError("\n".join([*wrong[:_LISTED], *more]))
    return tuple(read_entry(entry, place=place) for place, entry in zip(places, entries, strict=True))


def dumps(corrections: Iterable[Correction], *, format: str = "toml") -> str:
    """The corrections as a file's text, in the order given; equal corrections once.

    >>> from argmap.corrections.entries import Reference
    >>> print(dumps([Correction("set-kind", {"actor": Reference("roth", "Nadia Roth"), "kind": "person"}, by="mr")]))
    # Corrections of an argument map. Which of them still apply: argmap correct check FILE MAP.json
    schema = "argmap-corrections/1"
    <BLANKLINE>
    [[correction]]
    action = "set-kind"
    actor.id = "roth"
    actor.name = "Nadia Roth"
    kind = "person"
    by = "mr"
    <BLANKLINE>
    """
    once: dict[str, Correction] = {}
    for correction in corrections:
        once.setdefault(correction.key, correction)
    entries = [plain(correction) for correction in once.values()]
    if format == "json":
        text = json.dumps({"schema": SCHEMA, "correction": entries}, ensure_ascii=False, indent=1) + "\n"
        return _HALF.sub("\ufffd", text)
    return "\n".join([_HEAD, *(f"[[correction]]\n{_table(entry)}" for entry in entries)])


def save(corrections: Iterable[Correction], path: str | Path) -> None:
    """Write corrections to a file, as JSON where its suffix is ``.json``, else as TOML.

    Raises:
        ArgmapError: it cannot be written.
    """
    path = Path(path)
    text = dumps(corrections, format="json" if path.suffix.lower() == ".json" else "toml")
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ArgmapError(f"{path}: cannot be written ({error.strerror})") from error


def _table(entry: Mapping[str, Any]) -> str:
    lines = []
    for name, value in entry.items():
        if isinstance(value, dict):
            lines += [f"{name}.{key} = {_value(part)}" for key, part in value.items()]
        else:
            lines.append(f"{name} = {_value(value)}")
    return "".join(f"{line}\n" for line in lines)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        if any(isinstance(item, dict) for item in value):
            return "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
        return f"[{', '.join(map(_value, value))}]"
    return _HALF.sub("\ufffd", json.dumps(value, ensure_ascii=False)).replace(_DELETE, "\\u007f")


def _toml(text: str, name: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionError(f"{name}: not TOML: {error}") from error
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, lists in lists in lists
        raise CorrectionError(f"{name}: not TOML that argmap reads: {error}") from error


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CorrectionError(f"{name}, line {error.lineno}: not JSON: {error.msg} in column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise CorrectionError(f"{name}: not JSON that argmap reads: {error}") from error


def _entries(raw: Any, name: str) -> Sequence[Any]:
    if not isinstance(raw, dict):
        raise CorrectionError(f"{name}: must be an object with the keys schema and correction")
    if raw.get("schema") != SCHEMA:
        said = f"schema is {raw['schema']!r}" if "schema" in raw else "there is no schema"
        raise CorrectionError(f'{name}: {said}: this version of argmap reads files with schema = "{SCHEMA}"')
    if unknown := [key for key in raw if key not in ("schema", "correction")]:
        raise CorrectionError(f"{name}: key {unknown[0]!r} is not known: write each entry under [[correction]]")
    entries = raw.get("correction", [])
    if not isinstance(entries, list):
        raise CorrectionError(f"{name}: correction must be a list: write [[correction]] with two brackets")
    return entries


def _lines(text: str, number: int) -> list[int]:
    """The line that each entry begins in; none where they cannot be told, as when a quoted text has such a line too."""
    found = [text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text)]
    return found if len(found) == number else []
