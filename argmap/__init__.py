"""News articles about a policy debate in, an interactive argument map out.

>>> import argmap
>>> debate_map = argmap.build("corpus/articles")            # doctest: +SKIP
>>> debate_map.save("map.html", "map.json")                 # doctest: +SKIP
>>> graph = argmap.load("map.json").to_networkx()           # doctest: +SKIP

Each name is imported when it is first used, so that ``import argmap`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.debate import load as load_debate
    from argmap.errors import ArgmapError
    from argmap.export import load, write
    from argmap.model import DebateMap
    from argmap.pipeline import build
    from argmap.settings import Settings

__all__ = ["ArgmapError", "DebateMap", "Settings", "__version__", "build", "load", "load_debate", "write"]

__version__ = "0.1.0"

#: Where each public name is defined, and what it is called there. None may be a module's: `argmap.render.render`
#: has no short name, for ``argmap.render`` is its module.
_PUBLIC = {
    "ArgmapError": ("argmap.errors", "ArgmapError"),
    "DebateMap": ("argmap.model", "DebateMap"),
    "Settings": ("argmap.settings", "Settings"),
    "build": ("argmap.pipeline", "build"),
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
