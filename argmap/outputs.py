"""The files that a build is to write in; out, whether they can be written, and whether they are written from the same already."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from argmap.debate import load as load_debate
from argmap.errors import ArgmapError, StoreError
from argmap.keys import digest, package_version, pipeline_version
from argmap.lexicon import languages
from argmap.read import STDIN
from argmap.read.folder import find
from argmap.store import Store, Written

__all__ = ["check_writable", "inputs_digest", "remember", "unchanged"]

#: Bytes of a file that are held at a time.
CHUNK = 1 << 20


def check_writable(outputs: Iterable[Path]) -> None:
    """Make sure, before the work, that each output can be written; folders on the way are made.

    What a build that was killed has left of an output beside it, under a hidden name, is removed.

    Raises:
        ArgmapError: one cannot; the message says why and what to do.
    """
    for path in outputs:
        target = Path(os.path.realpath(path))
        trial = target.with_name(f".{target.name}.{os.getpid()}.trial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                trial.write_bytes(b" ")
            finally:
                trial.unlink(missing_ok=True)
            for left in _left(target):
                left.unlink(missing_ok=True)
        except OSError as error:
            raise ArgmapError(f"{path}: cannot be written ({error.strerror}): name another place with --output") from error


def _left(target: Path) -> list[Path]:
    """Parts of an output, named as `argmap.export.write` does, whose process is no more."""
    found = []
    for path in target.parent.iterdir():
        number = path.name.removeprefix(f".{target.name}.").removesuffix(".part")
        if path.name == f".{target.name}.{number}.part" and number.isdecimal() and not _runs(int(number)):
            found.append(path)
    return found


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True


def inputs_digest(paths: Sequence[Path], options: Mapping[str, object], *, debate: str, models: str, pipelines: Mapping[str, str]) -> str:
    """A hash of all that the outputs of a build depend on: articles' files, options, files named by options, argmap itself.

    Args:
        paths: files and folders of articles.
        options: by name, values that JSON can hold, and paths of files.
        debate: a bundled debate's id, or a file.
        models: edition of the shipped pipelines.
        pipelines: others, by language code.

    Returns:
        The hash; empty where something cannot be read twice, as standard input.
    """
    if STDIN in paths:
        return ""
    try:
        files, unopened = find(paths)
        read = [(name, _checksum(path)) for name, path in files]
        others = {name: _checksum(value) if isinstance(value, Path) else value for name, value in options.items()}
    except (OSError, ArgmapError):
        return ""
    parsers = {language: pipeline_version(language, models=models, override=pipelines.get(language)) for language in languages()}
    return digest(package_version(), load_debate(debate), models, parsers, read, [(one.path, one.reason) for one in unopened], others)


def unchanged(store: Path, outputs: Sequence[Path], inputs: str) -> str | None:
    """What the build said that wrote all the outputs from the same inputs, if their bytes are still as it wrote them."""
    if not inputs or not store.is_file():
        return None
    summary = ""
    with contextlib.suppress(StoreError, OSError), Store(store) as kept:
        for path in outputs:
            known = kept.written(path)
            if known is None or known.inputs != inputs or not path.is_file() or _checksum(path) != known.checksum:
                return None
            summary = known.summary
        return summary
    return None


def remember(store: Path, outputs: Iterable[Path], inputs: str, summary: str) -> None:
    """Note what outputs were written from, for `unchanged`.

    Raises:
        StoreError: the store cannot be written.
    """
    if inputs:
        with Store(store) as kept:
            for path in outputs:
                kept.put_written(path, Written(inputs, _checksum(path), summary))


def _checksum(path: Path) -> str:
    if not path.is_file():
        raise OSError(f"{path} is no regular file")
    known = hashlib.sha256()
    for chunk in _chunks(path):
        known.update(chunk)
    return known.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
