"""A `DebateMap` comes in, one self-contained HTML page goes out.

`forest` says which claim stands under which, `layout` where cards stand, `payload` what the page knows, `marks` what people
corrected, `pack` how that is stored without repetition, `network` builds the pyvis network and fills the template; `map.css`,
`map.js` and `js/` are the page's own, `vendor/` is vis-network and MiniSearch as published, `words/` the interface's languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from argmap.model import DebateMap
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from argmap.render.network import MapNetwork

__all__ = ["COLOURS", "LANGUAGES", "THEMES", "VIEWS", "build_network", "pieces", "render"]

#: The interface's languages; a file of words each.
LANGUAGES = ("en", "it")
THEMES = ("auto", "light", "dark")
#: Blue and orange, which every reader can tell apart, or the customary green and red.
COLOURS = ("safe", "classic")
#: The page's views; `auto` opens the map, on a narrow screen the outline.
VIEWS = ("auto", "map", "outline", "actors", "timeline", "table", "sources")


def render(map: DebateMap, *, title: str | None = None, theme: str = "auto", language: str = "auto", view: str = "auto",
           colours: str = "safe", full_text: bool = False, contact: str = "", date: str = "", settings: Settings = DEFAULTS) -> str:
    """The map as a page that opens in any browser, without network.

    Args:
        map: any map.
        title: of the page; the motion if left out.
        theme: ``auto`` follows the reader's system; ``light``, ``dark``.
        language: of the interface: ``auto`` follows the reader's browser; ``en``, ``it``.
        view: that opens first: ``map``, ``outline``, ``actors``, ``timeline``, ``table``, ``sources``; ``auto`` is the map,
            on narrow screens the outline.
        colours: of the sides and relations at first: ``safe`` is blue and orange, which every reader can tell apart, ``classic``
            green and red; the reader may change them, and pictures saved from the page have what the page has.
        full_text: put whole articles into the page instead of excerpts (articles are other people's).
        contact: an address or mail address for corrections.
        date: when the map was made, ISO 8601; left out by default, so that the same map gives the same bytes.
        settings: thresholds: `relevance` (what lies below is hidden, counted and one click away), `low_confidence`,
            `overview_claims`, `excerpt_context`.

    Returns:
        HTML text with line feeds, to be written as UTF-8.

    Raises:
        ValueError: an unknown theme, language, view or kind of colours.

    >>> from argmap.model import Debate, Motion
    >>> render(DebateMap(Debate("d", Motion({"en": "Models should be open"}), ())))[:15]
    '<!doctype html>'
    """
    return "".join(pieces(map, title=title, theme=theme, language=language, view=view, colours=colours, full_text=full_text,
                          contact=contact, date=date, settings=settings))


def pieces(map: DebateMap, **options: Any) -> Iterator[str]:
    """The text of `render` piece by piece, with its options: the page of a large map is never in memory as a whole."""
    return build_network(map, **options).pieces()


def build_network(map: DebateMap, *, title: str | None = None, theme: str = "auto", language: str = "auto", view: str = "auto",
                  colours: str = "safe", full_text: bool = False, contact: str = "", date: str = "",
                  settings: Settings = DEFAULTS) -> MapNetwork:
    """The map as a pyvis `Network`, to be changed before it writes the page; the options are those of `render`.

    Returns:
        A network of the motion, the lanes, the topics and the claims. Before `generate_html` or `write_html` a node may be
        moved (`x`, `y`) or taken from the first view (`hidden`); the rest of a card comes from the map.

    Raises:
        ValueError: an unknown theme, language, view or kind of colours.

    >>> from argmap.model import Claim, Debate, Motion
    >>> claim = Claim("c", "Models should be open", "en", "for", "", "k", 1, ())
    >>> network = build_network(DebateMap(Debate("d", Motion({"en": "Open?"}), ()), claims=(claim,)))
    >>> network.get_nodes()
    ['motion:d', 'lane:for', 'lane:against', 'topic:for:', 'c']
    >>> network.get_node("c")["x"] += 40
    """
    from argmap.render.network import build
    return build(map, title=title, theme=theme, language=language, view=view, colours=colours, full_text=full_text, contact=contact,
                 date=date, settings=settings)
