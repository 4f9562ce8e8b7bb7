"""A date as people write it in, ISO 8601 out."""

from __future__ import annotations

import re
from datetime import date

from argmap.lexicon import languages

__all__ = ["iso_date"]

#: A year, perhaps with a month, as ISO 8601 allows.
PARTIAL = re.compile(r"(?:1[5-9]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
#: An ISO date, perhaps with a time after it.
FULL = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)


def iso_date(written: str, *, language: str = "") -> str:
    """The ISO 8601 date that a text names; empty where it names none.

    A year, or a year and a month, stays as it is. Where only the order decides, the day stands before the month.

    Args:
        written: "2025-09-08T10:00:00Z", "8 settembre 2025", "8/9/2025", "2025-09" …
        language: ISO 639-1 code of the text's language, if known; all of argmap's are tried otherwise.

    >>> iso_date("8 settembre 2025"), iso_date("2025-09"), iso_date("2025-02-30"), iso_date("yesterday")
    ('2025-09-08', '2025-09', '', '')
    """
    written = written.strip()
    if PARTIAL.fullmatch(written):
        return written
    full = FULL.fullmatch(written)
    if full:
        try:
            return date.fromisoformat(full[1]).isoformat()
        except ValueError:
            return ""
    import dateparser
    codes = [language] if language in languages() else list(languages())
    # Relative dates ("ieri") depend on the day of the run: only dates with all three parts count.
    found = dateparser.parse(written, languages=codes, settings={
        "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"})
    return found.date().isoformat() if found else ""
