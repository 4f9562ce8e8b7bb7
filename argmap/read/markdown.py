"""A Markdown file with YAML front matter in, its article out: the text is what follows the front matter, verbatim.

PyYAML reads the front matter, for people's editors and site generators write any YAML there. Its base loader
leaves each value the text that it is: ``date: 2025-09-08`` stays a text, ``language: no`` is no ``False``.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

from argmap.errors import ArticleError
from argmap.model import Article
from argmap.read.decode import decode
from argmap.read.plain import headline
from argmap.settings import Settings

__all__ = ["KEYS", "read_markdown"]

#: The keys that fill the article's fields of the same name; others are ignored.
KEYS = ("title", "author", "outlet", "date", "url", "language")
#: A line of three dashes opens the front matter at the file's very start, the next one (or three dots) closes it.
FRONT = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
#: YAML that libyaml and PyYAML's own reader agree on: they differ in tabs, marks of byte order, and a few signs.
PLAIN = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff|>&*!@`{}\[\]#\\%]*\Z")
#: Empty lines between the front matter and the text.
GAP = re.compile(r"(?:[ \t]*\n)*")
#: A heading's mark, which is no part of a title.
HEADING = re.compile(r"#{1,6}\s+|\s+#+$")


def read_markdown(data: bytes, *, name: str, settings: Settings) -> tuple[Article, ...]:
    """The article of a ``.md`` file, whether or not it has front matter.

    Args:
        data: the file's bytes.
        name: the article's id.
        settings: the longest title taken from a first line where the front matter has none.

    Raises:
        ArticleError: the bytes are no text or the front matter is no YAML; the message names the line.
    """
    text = decode(data)
    front = FRONT.match(text)
    values: dict[str, str] = {}
    if front:
        values = _values(front["yaml"])
        text = text[front.end():]
        text = text[GAP.match(text).end():]  # type: ignore[union-attr]  # the pattern matches the empty text
    elif re.match(r"---[ \t]*\n[\w-]+:", text):
        raise ArticleError("front matter is not closed: put a line '---' after it")
    title = values.pop("title", "") or HEADING.sub("", headline(text, longest=settings.title_length))
    return (Article(id=name, text=text, title=title, **values),)


def _values(text: str) -> dict[str, str]:
    import yaml
    try:
        raw = _parsed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        what = getattr(error, "problem", None) or "not YAML"
        raise ArticleError(f"front matter: {what}{where}: put a value that holds ': ' or begins with a sign in quotes") from error
    if raw is None or raw == "":
        return {}
    if not isinstance(raw, dict):
        raise ArticleError(f"front matter must be lines 'key: value' ({', '.join(KEYS)}), not {str(raw)[:40]!r}")
    return {key: _line(key, raw[key]) for key in KEYS if key in raw}


def _parsed(text: str) -> Any:
    """What YAML says, as texts, lists and dicts of these; ten times as fast where libyaml is there and is sure to read the same."""
    import yaml
    fast = getattr(yaml, "CBaseLoader", None)
    if fast is not None and PLAIN.match(text):
        with contextlib.suppress(yaml.YAMLError):  # errors are told in one way
            return yaml.load(text, Loader=fast)  # noqa: S506  # base loaders build texts, lists and dicts only
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def _line(key: str, value: Any) -> str:
    """A value on one line; the items of a list (several authors) joined by commas."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(" ".join(item.split()) for item in value)
    if not isinstance(value, str):
        raise ArticleError(f"front matter: {key} must be a text, not {value!r}")
    return " ".join(value.split())
