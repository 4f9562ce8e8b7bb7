"""A ZIP file in, the files in it out, as bytes: nothing is written to disk, and nothing grows beyond measure."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from argmap.errors import ArticleError
from argmap.model import Skipped
from argmap.read.folder import is_passed_over, shown
from argmap.settings import Settings

__all__ = ["check_sizes", "members"]

#: Bytes up to which any compression is fine: a short file of blanks is no bomb.
SMALL = 1_000_000
ENCRYPTED = 0x1
#: What zipfile raises on a damaged archive.
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)


def members(data: bytes, *, settings: Settings) -> Iterator[tuple[str, bytes] | Skipped]:
    """The files of an archive with their names, hidden ones and the folder's documentation passed over.

    Args:
        data: the archive's bytes.
        settings: how many bytes an archive may unpack to, and how much more than its own size.

    Yields:
        The name and bytes of each file in the order of names, or why one is refused.

    Raises:
        ArticleError: the archive is damaged, or unpacks to more than is allowed.
    """
    check_sizes(data, settings=settings)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        seen: set[str] = set()
        for info in sorted(archive.infolist(), key=lambda one: one.filename):
            path = PurePosixPath(info.filename.replace("\\", "/"))
            name = shown(str(path)) if path.parts else ""
            passed = (is_passed_over(part, folder=at + 1 < len(path.parts)) for at, part in enumerate(path.parts) if part != "..")
            if not name or info.filename.endswith("/") or any(passed):
                continue
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                yield Skipped(name, "name leads out of the archive")
            elif name in seen:
                yield Skipped(name, "second file of this name in the archive")
            elif info.flag_bits & ENCRYPTED:
                yield Skipped(name, "locked by a password: unpack it yourself")
            else:
                seen.add(name)
                try:
                    yield name, archive.read(info)
                except DAMAGE as error:
                    yield Skipped(name, f"damaged ({error})")


def check_sizes(data: bytes, *, settings: Settings) -> None:
    """Refuse an archive that is damaged or would unpack to more than is allowed.

    The sizes are those that the archive states: its files are not unpacked beyond them.

    Raises:
        ArticleError: what is wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except DAMAGE as error:
        raise ArticleError(f"damaged archive ({error})") from error
    whole = sum(info.file_size for info in infos)
    if whole > settings.largest_archive or whole > max(SMALL, settings.largest_growth * len(data)):
        raise ArticleError(f"unpacks to {whole:,} bytes from {len(data):,}: too much for an archive of texts")
