"""What can go wrong, as exceptions whose message names the file, the value and the remedy."""

from __future__ import annotations

__all__ = ["ArgmapError", "ArticleError", "CorrectionError", "DebateError", "EngineError", "FormatError", "LexiconError", "MapError",
           "ModelError", "StoreDamagedError", "StoreError"]


class ArgmapError(Exception):
    """Anything that a user of argmap can put right; the CLI shows its message and exits with 1."""


class ArticleError(ArgmapError):
    """An article cannot be read: it is reported, counted and skipped."""


class CorrectionError(ArgmapError):
    """A file of corrections is malformed."""


class DebateError(ArgmapError):
    """A debate file is malformed."""


class EngineError(ArgmapError):
    """The processes or the cluster that articles are read with cannot be used."""


class FormatError(ArgmapError):
    """A file of another program's format is malformed, or of no format that argmap reads."""


class LexiconError(ArgmapError):
    """A language file is malformed, or the language has none."""


class MapError(ArgmapError):
    """A map's JSON is malformed or of another schema."""


class ModelError(ArgmapError):
    """A language pipeline is missing or cannot be loaded."""


class StoreError(ArgmapError):
    """The store cannot be opened, read or written."""


class StoreDamagedError(StoreError):
    """The store's file is damaged or is none, and can be set aside; `file` is the device and number of the file that was opened."""

    def __init__(self, message: str, file: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.file = file
