"""A `DebateMap` comes in, a pyvis network comes out that writes our page: one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from argmap.model import DebateMap, Stance
from argmap.render import COLOURS, LANGUAGES, THEMES, VIEWS
from argmap.render.cut import cut
from argmap.render.layout import Layout, lay_out
from argmap.render.marks import marks
from argmap.render.measure import clean
from argmap.render.pack import pack
from argmap.render.payload import payload
from argmap.settings import Settings

__all__ = ["SCRIPTS", "MapNetwork", "build", "embed", "embedded", "words"]

TEMPLATE = "map.html.j2"
#: Scripts of others, as published: what draws on the canvas, what searches.
VENDOR = ("vendor/vis-network.min.js", "vendor/minisearch.js")
#: Our script, part after part; `map.js` starts it.
SCRIPTS = ("js/words.js", "js/dom.js", "js/model.js", "js/search.js", "js/filters.js", "js/flow.js", "js/paint.js", "js/canvas.js",
           "js/details.js", "js/views.js", "js/actors.js", "js/timeline.js", "js/exports.js", "js/correct.js", "map.js")
STYLES = ("map.css", "correct.css")

#: What may not stand in a script element, or in JSON that JavaScript reads; lone surrogates are no UTF-8.
UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
#: The debugger of a browser would ask for this file; no reader's browser should ask for any.
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


class _Ids(list[str]):
    """pyvis's list of the nodes' ids, through which it looks for each node and each edge: with 20,000 that would take ten seconds."""

    def __init__(self, nodes: Mapping[str, object]) -> None:
        super().__init__()
        self._nodes = nodes

    def __contains__(self, wanted: object) -> bool:
        return wanted in self._nodes


class MapNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network with fixed places that renders argmap's page.

    Nodes and edges are pyvis's own. Before writing, a node may be moved (`x`, `y`) or taken from the first view (`hidden`);
    what else a card shows comes from `page`, the page's data. `places` holds where each node was laid out, and whether shown.
    """

    def __init__(self) -> None:
        super().__init__(height="100%", width="100%", directed=True)
        self.node_ids = _Ids(self.node_map)
        self.page: dict[str, Any] = {}
        self.marks: dict[str, Any] = {}
        self.places: dict[str, tuple[float, float, bool]] = {}
        self.title = ""
        self.theme = "auto"
        self.language = "auto"
        self.view = "auto"
        self.colours = "safe"
        self.toggle_physics(False)
        self.set_template_dir(str(resources.files("argmap.render")), TEMPLATE)

    def set_template_dir(self, template_directory: str, template_file: str = TEMPLATE) -> None:
        """Use another template; unlike in pyvis what it fills in is escaped."""
        super().set_template_dir(template_directory, template_file)
        self.templateEnv = Environment(loader=FileSystemLoader(template_directory), autoescape=True, undefined=StrictUndefined,
                                       keep_trailing_newline=True)

    def generate_html(self, name: str = "map.html", local: bool = True, notebook: bool = False) -> str:
        """The page; the arguments are pyvis's and change nothing."""
        self.html = "".join(self.pieces())
        return self.html

    def pieces(self) -> Iterator[str]:
        """The text of the page piece by piece."""
        opening, sources = pack(self.page)
        own = "\n".join(["(() => {", '"use strict";', *map(_file, SCRIPTS), "})();"])
        scripts = [*(SOURCE_MAP.sub("", _file(name)) for name in VENDOR), own]
        style = "".join(map(_file, STYLES))
        policy = "; ".join([
            "default-src 'none'", f"script-src {' '.join(map(_hash, scripts))}", f"style-src {_hash(style)}", "img-src data: blob:",
            "base-uri 'none'", "form-action 'none'"])
        # The texts marked as safe are our own files and JSON whose special characters are escaped; all else is escaped by Jinja.
        return self.templateEnv.get_template(self.path).generate(
            policy=policy, title=clean(self.title), theme=self.theme, language=self.language, view=self.view, colours=self.colours,
            description=self._description(), version=self.page["about"]["version"], date=self.page["about"]["date"],
            style=Markup(style),  # noqa: S704
            scripts=[Markup(script) for script in scripts],  # noqa: S704
            graph=embed(self._tweaks()), page=embedded(opening), sources=embedded(sources), marks=embed(self.marks),
            words=embed({language: words(language) for language in LANGUAGES}))

    def _description(self) -> str:
        """One sentence for search engines and for those who share the page."""
        about = self.page["about"]
        claims, articles = len(self.page["claims"]), about["articles"]
        made_of = f"{articles} article{'' if articles == 1 else 's'}"
        return f"Argument map of {claims} claims from {made_of}: who says what, what backs and what attacks it, in their own words."

    def _tweaks(self) -> dict[str, Any]:
        """What was changed in the nodes since they were laid out: who was moved by how much, who was hidden."""
        moved, hidden = {}, []
        for node in self.nodes:
            x, y, shown = self.places.get(node["id"], (node.get("x"), node.get("y"), True))
            if (node.get("x"), node.get("y")) != (x, y):
                moved[node["id"]] = [node["x"] - x, node["y"] - y]
            if node.get("hidden") and shown:
                hidden.append(node["id"])
        return {"moved": moved, "hidden": hidden}

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page as UTF-8 with line feeds; nothing else is written."""
        with Path(name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(self.pieces())


def build(map: DebateMap, *, title: str | None, theme: str, language: str, view: str, colours: str, full_text: bool, contact: str,
          date: str, settings: Settings) -> MapNetwork:
    """What `argmap.render.build_network` gives.

    Raises:
        ValueError: an unknown theme, language, view or kind of colours.
    """
    if theme not in THEMES:
        raise ValueError(f"theme {theme!r} is none of {', '.join(THEMES)}")
    if language not in ("auto", *LANGUAGES):
        raise ValueError(f"language {language!r} is none of auto, {', '.join(LANGUAGES)}")
    if view not in VIEWS:
        raise ValueError(f"view {view!r} is none of {', '.join(VIEWS)}")
    if colours not in COLOURS:
        raise ValueError(f"colours {colours!r} are none of {', '.join(COLOURS)}")
    shown = cut(map, settings.page_claims)
    layout = lay_out(shown, settings=settings, titles=_titles(shown))
    network = MapNetwork()
    network.page = payload(shown, layout, whole=map, settings=settings, full_text=full_text, contact=contact, date=date)
    network.marks = marks(shown)
    network.theme, network.language, network.view, network.colours = theme, language, view, colours
    network.title = title or map.debate.motion.text.get("en") or next(iter(map.debate.motion.text.values()), "argmap")
    _fill(network, shown, layout)
    return network


def _fill(network: MapNetwork, map: DebateMap, layout: Layout) -> None:
    """Nodes at the middle of their boxes, as vis-network places them; each relation and each lane is an edge."""
    labels = {claim.id: claim.text for claim in map.claims}
    for header in (layout.motion, *layout.lanes):
        network.add_node(header.id, label=" ".join(next(iter(header.lines.values()), ())) or header.id, shape="custom", physics=False,
                         kind="motion" if header is layout.motion else "lane",
                         x=header.x + header.width / 2, y=header.y + header.height / 2)
    for row in layout.rows:
        network.add_node(row.id, label=labels.get(row.id) or row.topic or row.id, shape="custom", physics=False, kind=row.kind,
                         x=row.x + row.width / 2, y=row.y + row.height / 2, hidden=row.hidden)
    network.places = {node["id"]: (node["x"], node["y"], not node.get("hidden")) for node in network.nodes}
    for lane in layout.lanes:
        network.add_edge(lane.id, layout.motion.id, id=lane.id, kind=lane.side)
    for index, relation in enumerate(map.relations):
        if relation.origin in labels and relation.target in labels:
            network.add_edge(relation.origin, relation.target, id=f"relation:{index}", kind=relation.kind)


def _titles(map: DebateMap) -> dict[Stance, Mapping[str, str]]:
    titles: dict[Stance, Mapping[str, str]] = {"neutral": {language: words(language)["lane.neutral"] for language in LANGUAGES}}
    for side in map.debate.sides:
        titles[side.stance] = side.label
    return titles


def embed(value: object) -> Markup:
    """A value as JSON that can stand in a script element: what HTML or JavaScript would read as its own is escaped.

    >>> embed("</script>")
    Markup('"\\\\u003c/script\\\\u003e"')
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))  # noqa: S704


def embedded(value: object, depth: int = 3) -> Iterator[Markup]:
    """What `embed` gives, in pieces: the values of a large map's tables come one by one."""
    if not isinstance(value, dict) or not value or not depth:
        yield embed(value)
        return
    for number, (key, item) in enumerate(sorted(value.items())):
        yield Markup("," if number else "{") + embed(key) + ":"  # noqa: S704
        yield from embedded(item, depth - 1)
    yield Markup("}")


@cache
def words(language: str) -> dict[str, str]:
    """The interface's words in a language."""
    read: dict[str, str] = json.loads(_file(f"words/{language}.json"))
    return read


@cache
def _file(name: str) -> str:
    return (resources.files("argmap.render") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
