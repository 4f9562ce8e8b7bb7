"""Command groups and commands that have a module of their own; `argmap.cli` puts them under ``argmap``."""

__all__: list[str] = []
