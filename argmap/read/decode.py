"""A file's bytes in, its text out: encodings found, newlines as Python's, control characters defused."""

from __future__ import annotations

import codecs
import re

from argmap.errors import ArticleError

__all__ = ["clean", "decode"]

#: Marks at a file's start, the longer first: UTF-32's little-endian one begins with UTF-16's.
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: What files in Western European languages that are not UTF-8 are written in, on Windows and on old Macs. An open
#: choice among all code pages takes short texts for Central European ones ("è" for "č").
LEGACY = ["cp1252", "mac_roman"]
#: Control characters that no text holds: a file with one is binary unless it is valid UTF-8.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: Control characters other than tab and newline; they stop terminals, XML and browsers.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: A valid UTF-8 file of which more than this share of characters are control characters is no text.
CONTROL_SHARE = 0.02


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text of a file, as `open` in text mode would give it: any newline is ``\\n``.

    A byte-order mark decides; then valid UTF-8 is UTF-8; then the declared encoding; then the likelier of the
    encodings of old Western European files.

    Args:
        data: the file's bytes.
        declared: the encoding that the file itself names (an HTML page's ``charset``).

    Raises:
        ArticleError: the bytes are no text.

    >>> decode("Perché «no»?\\r\\n".encode("cp1252"))
    'Perché «no»?\\n'
    """
    return clean(_characters(data, declared))


def clean(text: str) -> str:
    """The text with every newline as ``\\n`` and each other control character as one space.

    Raises:
        ArticleError: so many are control characters that it is no text.

    >>> clean("a\\x00b\\r\\nc")
    'a b\\nc'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(CONTROL.findall(text)) > CONTROL_SHARE * len(text) + 1:
        raise ArticleError("binary, not text")
    return CONTROL.sub(" ", text)


def _characters(data: bytes, declared: str | None) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise ArticleError(f"begins as {encoding.removesuffix('-sig').upper()} but byte {error.start} is not: save it as "
                                   "UTF-8") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if BINARY.search(data):
        raise ArticleError("binary, not text")
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    from charset_normalizer import from_bytes
    guess = from_bytes(data, cp_isolation=LEGACY).best()
    if guess is None:
        raise ArticleError("in no encoding that argmap knows: save it as UTF-8")
    return str(guess)
