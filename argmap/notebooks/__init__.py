"""The path of a saved map comes in, a notebook to start one's own work from goes out: map, tables, networks, a correction, exports."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

__all__ = ["START", "explore"]

#: The line of the first cell that says where the map is; what `explore` is asked for stands in its place.
START = 'SAVED = Path("map.json")'


def explore(saved: str = "") -> str:
    """The notebook ``explore.ipynb``.

    Args:
        saved: the path of the map that it opens first; without one it looks for ``map.json``, and where there is none it builds a
            map of two short texts.

    Returns:
        A notebook without output, as JSON text.

    >>> "Path('press/map.json')" in explore("press/map.json")
    True
    """
    text = resources.files("argmap.notebooks").joinpath("explore.ipynb").read_text(encoding="utf-8")
    if not saved:
        return text
    notebook: dict[str, Any] = json.loads(text)
    for cell in notebook["cells"]:
        cell["source"] = [line.replace(START, f"SAVED = Path({saved!r})") for line in cell["source"]]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
