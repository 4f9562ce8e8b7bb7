"""A text in, the code of its language out; texts in languages that argmap cannot read are refused."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from argmap.errors import ArticleError
from argmap.lexicon import languages
from argmap.settings import Settings

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["check_language", "detect_language"]


def detect_language(text: str, *, settings: Settings) -> str:
    """The ISO 639-1 code of the text's language.

    All languages that py3langid knows compete; a text too short to tell is taken for the likeliest of argmap's.

    Args:
        text: an article's text.
        settings: how sure a foreign language must be.

    Raises:
        ArticleError: it is in a language without a language file.
    """
    ranking = _identifier().rank(text)
    best: str = ranking[0][0]
    certainty: float = ranking[0][1]
    if best not in languages() and certainty >= settings.foreign_language:
        raise ArticleError(_unread(best))
    return str(next(code for code, _ in ranking if code in languages()))


def check_language(code: str) -> str:
    """The language that a file names ("it", "it-IT", "EN_us"), as argmap's code for it.

    Raises:
        ArticleError: there is no language file for it.
    """
    base = code.replace("_", "-").partition("-")[0].strip().lower()
    if base not in languages():
        raise ArticleError(_unread(code))
    return base


def _unread(code: str) -> str:
    return f"in language {code!r}, argmap reads {', '.join(languages())}"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
