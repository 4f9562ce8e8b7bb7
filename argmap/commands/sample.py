"""``argmap sample``: a map in, a sheet to check by hand out; a checked sheet in, precision out."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.errors import ArgmapError

if TYPE_CHECKING:
    from argmap.precision import Scores

__all__ = ["sample"]

#: Rows of a sheet: an evening's work, and intervals of about a tenth to each side.
_ROWS = 100
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.command()
@click.argument("map_file", metavar="[MAP.json]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-n", "number", type=click.IntRange(1), default=_ROWS, show_default=True, help="Rows to draw, half of them relations.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="SHEET.csv",
              help="Where to write.  [default: standard output]")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws others.")
@click.option("--by", type=click.Choice(("language", "confidence", "side", "rule", "outlet")),
              help="Draw equal numbers of each, so that rare ones are seen; overall figures weigh them by how many there are.")
@click.option("--only", type=click.Choice(("statement", "relation")), help="Draw one kind.")
@click.option("--separator", type=click.Choice(tuple(_SEPARATORS)), default="comma", show_default=True,
              help="What parts the cells; Excel wants a semicolon where decimals have a comma.")
@click.option("--score", "checked", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="SHEET.csv",
              help="Count the answers of a checked sheet instead.")
@click.option("--json", "as_json", is_flag=True, help="With --score, print the figures as JSON.")
def sample(map_file: Path | None, output: Path | None, checked: Path | None, as_json: bool, separator: str, **options: Any) -> None:
    """Draw statements and relations to check by hand; count the answers.

    The sheet has the words in their context (between [[ ]]; for relations, those that are answered between {{ }}), who says
    them, the side, the claim. Fill the columns that end in "right?" with yes, no, or ? where nobody can tell, and the last two as
    you like. What is asked: are these the words of one statement; is this who says it, in this article; is this the side; does the
    claim say the same; does the one statement support or attack the other.

    --score gives the share of right ones, its 95 % interval (Clopper and Pearson), and the mean confidence, for each thing, language
    and band of confidence. Empty cells and question marks are counted apart, never guessed. Precision is half of the truth: what the
    map has missed shows in argmap evaluate.

    \b
    Examples:
      argmap sample output/map.json -n 100 -o sheet.csv
      argmap sample output/map.json --by confidence --only relation -o sheet.csv
      argmap sample --score sheet.csv
    """
    if (map_file is None) == (checked is None):
        raise click.UsageError("name a map to draw from, or a checked sheet with --score")
    if checked is not None:
        from argmap import precision
        _print(precision.score(precision.read_sheet(checked)), as_json=as_json)
        return
    from argmap.export import load
    from argmap.sample import draw, sheet
    assert map_file is not None
    rows = draw(load(map_file), **options)
    content = sheet(rows, separator=_SEPARATORS[separator])
    if output is None:
        click.echo(content.removeprefix("\ufeff"), nl=False)
        return
    if output.exists():
        raise ArgmapError(f"{output}: is there already, and may have been filled in: name another file, or remove it")
    try:
        output.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise ArgmapError(f"{output}: cannot be written ({error.strerror})") from error
    sizes = {(row.kind, row.stratum): row.stratum_size for row in rows}
    told = [f"{sum(row.kind == kind for row in rows)} of {sum(size for (of, _), size in sizes.items() if of == kind)} {kind}s"
            for kind in dict.fromkeys(row.kind for row in rows)]
    click.echo(f"argmap: wrote {output}: {' and '.join(told)}", err=True)


def _print(found: Scores, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"rows": found.rows, "unfilled": dict(found.unfilled), "unclear": dict(found.unclear),
                               "figures": [{name: round(value, 4) if isinstance(value, float) else value
                                            for name, value in dataclasses.asdict(figure).items()} for figure in found.figures]}))
        return
    click.echo(f"{f'{found.rows} rows':28}   right      of  precision  [95 %     ]  confidence")
    for figure in found.figures:
        name = figure.thing if figure.dimension == "all" else f"  {figure.dimension} {figure.group or '(none)'}"
        click.echo(f"{name:28} {figure.right:7d} {figure.checked:7d} {figure.value:10.3f}  [{figure.low:.2f} {figure.high:.2f}]"
                   f" {figure.confidence:11.2f}")
    for counts, told in ((found.unfilled, "left empty"), (found.unclear, "marked as unclear")):
        if any(counts.values()):
            click.echo(f"{told}, and not counted: " + ", ".join(f"{thing} {number}" for thing, number in sorted(counts.items())))
