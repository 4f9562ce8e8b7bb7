"""Every threshold, named, with its unit and the reason for its value."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULTS", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of all stages; `DEFAULTS` unless a caller passes others.

    Attributes:
        relevance: statements whose relevance lies below this are hidden on the map.
    """

    relevance: float = 0.15


DEFAULTS = Settings()
