"""``argmap notebook``: the path of a saved map in, a notebook to start from out."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.errors import ArgmapError

__all__ = ["notebook"]


@click.command()
@click.argument("map_file", metavar="[MAP.json]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.ipynb", default=Path("explore.ipynb"),
              show_default=True, help="Where to write.")
@click.option("--force", is_flag=True, help="Write even where the file exists: what was changed in it is lost.")
def notebook(map_file: Path | None, output: Path, force: bool) -> None:
    """Write a Jupyter notebook to start from: the map inline, its tables, plots, networks, coalitions, a correction, exports.

    It opens MAP.json, or else a map.json beside it. To run it, install argmap with its extra: pip install 'argmap[notebook]'.

    \b
    Example:
      argmap notebook output/map.json -o press.ipynb
    """
    from argmap.notebooks import explore
    text = explore(map_file.resolve().as_posix() if map_file else "")
    try:
        with output.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise ArgmapError(f"{output} exists: give another name with -o, or --force to write over it") from error
    except OSError as error:
        raise ArgmapError(f"{output}: cannot be written ({error.strerror})") from error
    click.echo(f"argmap: wrote {output}; open it with: jupyter lab {output}", err=True)
