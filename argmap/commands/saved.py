"""``argmap export`` and ``argmap render``: a saved map in; other formats, or its page with other options, out."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import click

from argmap.commands.exchange import formats
from argmap.commands.options import page_exporters, page_options
from argmap.export import EXPORTERS, SUFFIXES
from argmap.render import COLOURS, LANGUAGES, THEMES, VIEWS

__all__ = ["export", "render"]


@click.command(epilog=formats(EXPORTERS, SUFFIXES))
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", "outputs", multiple=True, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER",
              help="Where to write; the suffix names the format, where one has it. Repeatable.")
@click.option("--format", type=click.Choice(tuple(EXPORTERS)), help="Format to write.  [default: that of the suffix]")
@page_options
def export(map_file: Path, outputs: tuple[Path, ...], format: str | None, **page: Any) -> None:
    """Write a saved map in other formats, or its page with other options.

    \b
    Examples:
      argmap export map.json -o map.html --title "Open or closed?" --contact maps@example.org
      argmap export map.json -o map.gexf -o map.dna
      argmap export map.json --format csv -o tables/
    """
    from argmap.export import exporter, load, write
    for target in outputs:
        exporter(target, format=format)
    debate_map = load(map_file)
    for target in outputs:
        write(debate_map, target, format=format, exporters=page_exporters(page))
        click.echo(f"wrote {target}", err=True)


@click.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.html", help="Where to write.")
@page_options
@click.option("--view", type=click.Choice(VIEWS), default=VIEWS[0], show_default=True,
              help="The view that opens first; auto is the map, on a narrow screen the outline.")
@click.option("--lang", "language", type=click.Choice(("auto", *LANGUAGES)), default="auto", show_default=True,
              help="Language of the interface; auto follows the reader's browser.")
@click.option("--theme", type=click.Choice(THEMES), default=THEMES[0], show_default=True,
              help="Light or dark; auto follows the reader's system.")
@click.option("--colours", type=click.Choice(COLOURS), default=COLOURS[0], show_default=True,
              help="Colours at first: safe is blue and orange, which every reader can tell apart, classic green and red.")
@click.option("--date", metavar="YYYY-MM-DD", default="", help="When the map was made, for its notice and citation.")
def render(map_file: Path, output: Path, **page: Any) -> None:
    """Write a saved map's page anew, without reading the articles again.

    \b
    Example:
      argmap render output/map.json -o press.html --title "Open or closed?" --view actors --lang it --theme dark
    """
    from argmap.export import load, write
    from argmap.render import render as page_of
    write(load(map_file), output, format="html", exporters={"html": functools.partial(page_of, **page)})
    click.echo(f"argmap: wrote {output}", err=True)
