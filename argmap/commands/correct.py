"""``argmap correct``: corrections by people, checked against a map, applied to it, or read from an edited spreadsheet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from argmap.corrections import Corrected
    from argmap.model import DebateMap

__all__ = ["correct", "corrected", "corrections_option"]

_FILE = click.argument("corrections", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_MAP = click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))

corrections_option = click.option(
    "--corrections", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Correct the map by a file of corrections (see `argmap correct`); those that no longer apply are listed.")


@click.group()
def correct() -> None:
    """Correct maps by files that survive re-runs.

    A file of corrections (TOML, or JSON of the same shape) says what is wrong in a map, by ids and by quoted words, so that it applies
    to later maps as well: actors to merge, split or rename, statements to reject, to add or to put on the other side, claims to merge,
    split or word anew, relations to add, reject or flip. The page of a map collects such corrections ("Suggest a correction"); build
    with them by `argmap build --corrections FILE`.
    """


@correct.command()
@_FILE
@_MAP
def check(corrections: Path, map_file: Path) -> None:
    """Say which corrections no longer apply to a map, and why.

    Each that does not is printed in a line with its place in the file, and so is one that would apply to a statement cut elsewhere
    than the quoted one, to be looked at. The exit code is 0 in any case, but for a file that cannot be read.

    \b
    Example:
      argmap correct check corrections.toml output/map.json
    """
    from argmap.corrections import apply, load
    from argmap.export import load as load_map
    for line in _report(apply(load_map(map_file), load(corrections))):
        click.echo(line)


@correct.command("apply")
@_MAP
@_FILE
@click.option("-o", "--output", "outputs", multiple=True, required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Where to write the corrected map; the suffix names the format (.json, .html). Repeatable.")
def apply_(map_file: Path, corrections: Path, outputs: tuple[Path, ...]) -> None:
    """Correct a saved map.

    What was corrected is marked in the map and on its page; corrections that do not apply are listed.

    \b
    Example:
      argmap correct apply output/map.json corrections.toml -o new.json -o new.html
    """
    from argmap.corrections import apply, load
    from argmap.export import exporter, write
    from argmap.export import load as load_map
    for target in outputs:
        exporter(target)
    found = apply(load_map(map_file), load(corrections))
    for target in outputs:
        write(found.map, target)
    click.echo("\n".join([*_report(found), *(f"wrote {target}" for target in outputs)]), err=True)


@correct.command("from-csv")
@click.argument("tables", metavar="TABLES", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_MAP
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Where to write the corrections: .toml, or .json.")
@click.option("--by", metavar="NAME", default="", help="Who made them, for the file.")
def from_csv(tables: Path, map_file: Path, output: Path, by: str) -> None:
    """Make corrections of a spreadsheet: the edited tables of a map.

    TABLES is the folder that `argmap export MAP.json --format csv -o TABLES` wrote. Change names, kinds, sides, speakers, claims
    and relations, delete rows and add some, name another id in the column merge_into; the rest of the tables cannot be corrected,
    and changes there are listed.

    \b
    Example:
      argmap export map.json --format csv -o tables/
      argmap correct from-csv tables/ map.json -o corrections.toml
    """
    from argmap.corrections import save
    from argmap.corrections.tables import compare
    from argmap.export import load as load_map
    found = compare(load_map(map_file), tables, by=by)
    save(found.corrections, output)
    for line in found.unread:
        click.echo(line, err=True)
    click.echo(f"wrote {output}: {_counted(len(found.corrections), 'correction')}", err=True)


def corrected(path: Path | None) -> Callable[[DebateMap], tuple[DebateMap, list[str]]]:
    """What corrects a map by a file, if there is one, and says what became of the corrections; the file is read at once."""
    from argmap.corrections import apply, load
    if path is None:
        return lambda debate_map: (debate_map, [])
    corrections = load(path)

    def correct(debate_map: DebateMap) -> tuple[DebateMap, list[str]]:
        found = apply(debate_map, corrections)
        return found.map, [*_report(found)]

    return correct


def _report(corrected: Corrected) -> Iterable[str]:
    """The corrections that do not apply, or to other words than those quoted, each in a line; and how many there are of which kind."""
    for outcome in corrected.outcomes:
        if outcome.reason or outcome.instead:
            what = outcome.reason or f"applied to {' / '.join(repr(text) for text in outcome.instead)}"
            yield f"{outcome.correction.place or 'correction'}: {outcome.correction}: {what}"
    counts = Counter(outcome.status for outcome in corrected.outcomes)
    before = f" ({counts['before']} of them before)" if counts["before"] else ""
    yield f"{_counted(counts['applied'] + counts['before'], 'correction')} applied{before}, {counts['left']} did not"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
