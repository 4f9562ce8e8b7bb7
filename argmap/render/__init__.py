"""A `DebateMap` comes in, one self-contained HTML page goes out.

`forest` says which claim stands under which, `layout` where cards stand, `payload` what the page knows, `network` builds the
pyvis network and fills the template; `map.css`, `map.js` and `js/` are the page's own, `vendor/` is vis-network as published,
`words/` the interface's languages.
"""

from __future__ import annotations

from argmap.model import DebateMap
from argmap.settings import DEFAULTS, Settings

__all__ = ["render"]


def render(map: DebateMap, *, title: str | None = None, theme: str = "auto", language: str = "auto", full_text: bool = False,
           contact: str = "", date: str = "", settings: Settings = DEFAULTS) -> str:
    """The map as a page that opens in any browser, without network.

    Args:
        map: any map.
        title: of the page; the motion if left out.
        theme: ``auto`` follows the reader's system; ``light``, ``dark``.
        language: of the interface: ``auto`` follows the reader's browser; ``en``, ``it``.
        full_text: put whole articles into the page instead of excerpts (articles are other people's).
        contact: an address or mail address for corrections.
        date: when the map was made, ISO 8601; left out by default, so that the same map gives the same bytes.
        settings: thresholds: `relevance` (what lies below is hidden, counted and one click away), `low_confidence`,
            `overview_claims`, `excerpt_context`.

    Returns:
        HTML text with line feeds, to be written as UTF-8.

    Raises:
        ValueError: an unknown theme or language.

    >>> from argmap.model import Debate, Motion
    >>> render(DebateMap(Debate("d", Motion({"en": "Models should be open"}), ())))[:15]
    '<!doctype html>'
    """
    from argmap.render.network import build_network
    return build_network(map, title=title, theme=theme, language=language, full_text=full_text, contact=contact, date=date,
                         settings=settings).generate_html()
