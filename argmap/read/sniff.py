"""Bytes without a file name in, the suffix of their format out."""

from __future__ import annotations

import io
import zipfile

__all__ = ["suffix_of"]

#: What files of each format begin with, white space left aside.
BEGINNINGS = ((b"%PDF-", ".pdf"), (b"---\n", ".md"), (b"---\r\n", ".md"), (b"{", ".jsonl"), (b"[{", ".jsonl"), (b"<?xml", ".xml"),
              (b"<rss", ".xml"), (b"<feed", ".xml"), (b"<", ".html"))
MARK = b"\xef\xbb\xbf"


def suffix_of(data: bytes) -> str:
    """The suffix of the format that bytes are in; text where nothing tells.

    >>> suffix_of(b"<!doctype html><p>Yes."), suffix_of(b"The ministry said so.")
    ('.html', '.txt')
    """
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return ".docx" if "word/document.xml" in archive.namelist() else ".zip"
        except (zipfile.BadZipFile, ValueError, OSError):
            return ".zip"
    start = data.removeprefix(MARK).lstrip()[:16].lower()
    return next((suffix for beginning, suffix in BEGINNINGS if start.startswith(beginning.lower())), ".txt")
