"""What can go wrong, as exceptions whose message names the file, the value and the remedy."""

__all__ = ["ArgmapError", "ArticleError", "CorrectionError", "DebateError", "FormatError", "LexiconError", "MapError", "ModelError"]


class ArgmapError(Exception):
    """Anything that a user of argmap can put right; the CLI shows its message and exits with 1."""


class ArticleError(ArgmapError):
    """An article cannot be read: it is reported, counted and skipped."""


class CorrectionError(ArgmapError):
    """A file of corrections is malformed."""


class DebateError(ArgmapError):
    """A debate file is malformed."""


class FormatError(ArgmapError):
    """A file of another program's format is malformed, or of no format that argmap reads."""


class LexiconError(ArgmapError):
    """A language file is malformed, or the language has none."""


class MapError(ArgmapError):
    """A map's JSON is malformed or of another schema."""


class ModelError(ArgmapError):
    """A language pipeline is missing or cannot be loaded."""
