"""Files and folders in, the files to read out: recursive, sorted, safe with links that loop or lead nowhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from argmap.errors import ArticleError
from argmap.model import Skipped

__all__ = ["find", "is_passed_over", "shown"]

#: A folder's own documentation, in any format: it is about the articles and is none.
DOCUMENTATION = ("readme", "license", "licence", "copying", "notice", "changelog")

#: Characters that a terminal obeys rather than shows.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def find(paths: Iterable[Path]) -> tuple[tuple[tuple[str, Path], ...], tuple[Skipped, ...]]:
    """The files below the paths with the name to show for each, and what could not be opened.

    In folders, hidden files and folders and the folder's documentation (``README*``, ``LICENSE*`` …) are passed
    over; a file that is named itself is always taken. A file reached twice is taken once.

    Raises:
        ArticleError: a path does not exist.
    """
    roots = [Path(path) for path in paths]
    for root in roots:
        if not root.exists() and not root.is_symlink():
            raise ArticleError(f"{shown(root)}: no such file or folder")
    base = _common(roots)
    files: dict[Path, tuple[str, Path]] = {}
    skipped: list[Skipped] = []
    for root in roots:
        for path, problem in _walk(root, set()) if root.is_dir() else [(root, "")]:
            name = _name(path, base)
            if not problem and not path.exists():
                problem = "link to a file that does not exist"
            if problem:
                skipped.append(Skipped(name, problem))
            else:
                files.setdefault(path.resolve(), (name, path))
    return tuple(sorted(files.values())), tuple(sorted(set(skipped), key=lambda one: (one.path, one.reason)))


def shown(path: Path | str) -> str:
    """A path as text that can be printed and saved: bytes that are no UTF-8, and control characters, become "�".

    >>> shown("a\x1b[31m.txt")
    'a�[31m.txt'
    """
    return CONTROL.sub("\ufffd", os.fsencode(path).decode("utf-8", "replace"))


def is_passed_over(name: str, *, folder: bool) -> bool:
    """Whether a file or folder in a folder is no article: hidden, made by a Mac's archiver, or the folder's documentation.

    >>> is_passed_over("README.md", folder=False), is_passed_over("readme", folder=True)
    (True, False)
    """
    return name.startswith(".") or name == "__MACOSX" or not folder and name.partition(".")[0].casefold() in DOCUMENTATION


def _walk(place: Path, above: set[Path]) -> Iterator[tuple[Path, str]]:
    """Each file below a folder, with the problem if it is a folder that cannot be listed."""
    here = place.resolve()
    if here in above:  # a link to a folder that holds it
        return
    try:
        entries = sorted(place.iterdir())
    except OSError as error:
        yield place, f"folder cannot be listed ({error.strerror})"
        return
    for entry in entries:
        folder = entry.is_dir()
        if is_passed_over(entry.name, folder=folder):
            continue
        if folder:
            yield from _walk(entry, above | {here})
        else:
            yield entry, ""


def _common(roots: list[Path]) -> Path:
    """The folder that names are told from, so that they are the same wherever the corpus lies."""
    folders = [root.absolute() if root.is_dir() else root.absolute().parent for root in roots]
    try:
        return Path(os.path.commonpath(folders)) if folders else Path()
    except ValueError:  # on several drives
        return Path()


def _name(path: Path, base: Path) -> str:
    whole = path.absolute()
    return shown((whole.relative_to(base) if whole.is_relative_to(base) else whole).as_posix())
