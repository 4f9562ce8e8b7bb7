"""News articles about a policy debate in, an interactive argument map out.

>>> import argmap
>>> debate_map = argmap.build("corpus/articles")            # doctest: +SKIP
>>> debate_map.save("map.html", "map.json")                 # doctest: +SKIP
>>> graph = argmap.load("map.json").to_networkx()           # doctest: +SKIP
>>> page = argmap.render(debate_map, title="Open?")         # doctest: +SKIP

Most names are imported when they are first used, so that ``import argmap`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Imported at once, unlike the others: `argmap.render` is a function and its package of the same name, and Python gives the name
# to the package when that is imported first. ``from argmap.render import …`` still finds the package.
from argmap.render import build_network, render

if TYPE_CHECKING:
    from argmap.debate import load as load_debate
    from argmap.errors import ArgmapError
    from argmap.export import import_map, load, write
    from argmap.model import DebateMap
    from argmap.pipeline import build
    from argmap.settings import Settings

__all__ = ["ArgmapError", "DebateMap", "Settings", "__version__", "build", "build_network", "import_map", "load", "load_debate",
           "render", "write"]

__version__ = "0.1.0"

#: Where each other public name is defined, and what it is called there.
_PUBLIC = {
    "ArgmapError": ("argmap.errors", "ArgmapError"),
    "DebateMap": ("argmap.model", "DebateMap"),
    "Settings": ("argmap.settings", "Settings"),
    "build": ("argmap.pipeline", "build"),
    "import_map": ("argmap.export", "import_map"),
    "load": ("argmap.export", "load"),
    "load_debate": ("argmap.debate", "load"),
    "write": ("argmap.export", "write"),
}


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'argmap' has no attribute {name!r}")
    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
