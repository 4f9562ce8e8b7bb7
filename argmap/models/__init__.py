"""Name of a shipped pipeline in, its folder out."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

__all__ = ["folder"]


def folder(name: str) -> Path | None:
    """Where the shipped pipeline of this name is, or None if argmap ships none of this name."""
    path = Path(str(resources.files("argmap") / "models" / name))
    return path if (path / "meta.json").is_file() else None
