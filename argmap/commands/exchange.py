"""``argmap import`` and ``argmap validate``: other programs' files in, a map out; a map in, what is wrong with it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from argmap.errors import ArgmapError
from argmap.export import IMPORT_SUFFIXES, IMPORTERS, LEFT_OUT

__all__ = ["formats", "import_", "validate"]

#: Problems that are shown one by one; more are counted.
_SHOWN = 100


def formats(names: Iterable[str], suffixes: Mapping[str, str]) -> str:
    """The formats as a table for a command's help: name, suffix, what each is and leaves out."""
    suffixes = {name: suffix for suffix, name in suffixes.items()}
    return "\n".join(("\b", "Formats:", *(f"  {name:8} {suffixes.get(name, ''):9} {LEFT_OUT[name]}" for name in names)))


@click.command("import", epilog=formats(IMPORTERS, IMPORT_SUFFIXES))
@click.argument("path", metavar="FILE", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", "outputs", multiple=True, required=True, type=click.Path(dir_okay=False, path_type=Path),
              metavar="MAP.json", help="Where to write; the suffix names the format (.json, .html). Repeatable.")
@click.option("--format", type=click.Choice(tuple(IMPORTERS)), help="Format of FILE.  [default: told from its suffix and content]")
@click.option("--sides", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="SIDES.csv",
              help="For coding by concepts: a table with the columns concept and side, the side (for, against, neutral) of who agrees.")
@click.option("--coder", default="", metavar="NAME", help="Only what this coder of the Discourse Network Analyzer entered.")
def import_(path: Path, outputs: tuple[Path, ...], format: str | None, sides: Path | None, coder: str) -> None:
    """Make a map of another program's file.

    Speakers are kept wherever the file names them. What a file does not say is left empty: a claim without side is neutral,
    an article whose text is missing is laid out from its statements.

    \b
    Examples:
      argmap import coding.dna -o map.json --sides sides.csv
      argmap import debate.json -o map.json -o map.html --format aif
      argmap import tables/ -o map.json
    """
    from argmap.export import exporter, import_map, write
    for target in outputs:
        exporter(target)
    debate_map = import_map(path, format=format, coder=coder)
    _tell_coders(path, format, coder)
    if sides:
        from argmap.sides import read_sides, with_sides
        debate_map = with_sides(debate_map, read_sides(sides, debate_map))
    for skipped in debate_map.skipped:
        click.echo(f"argmap: left out {skipped.path}: {skipped.reason}", err=True)
    for target in outputs:
        write(debate_map, target)
        click.echo(f"wrote {target}", err=True)


def _tell_coders(path: Path, format: str | None, coder: str) -> None:
    """Say who coded a file that several did: what two of them entered alike stands in the map twice."""
    from argmap.export import CODERS, format_in
    known = CODERS.get(format or format_in(path))
    found = known(path) if known and not coder else {}
    if len(found) > 1:
        told = ", ".join(f"{name or '(no name)'} {number}" for name, number in sorted(found.items()))
        click.echo(f"argmap: statements of several coders ({told}); --coder takes those of one", err=True)


@click.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def validate(map_file: Path) -> None:
    """Check a map's file: its JSON Schema, ids, spans.

    Prints what is wrong, one problem a line with its place in the file, and ends with 1; with 0 if all is well.

    \b
    Example:
      argmap validate output/map.json
    """
    from argmap.export import validate as checks
    found = checks.validate(map_file)
    for problem in found[:_SHOWN]:
        click.echo(f"{map_file}: {problem}")
    if len(found) > _SHOWN:
        click.echo(f"{map_file}: and {len(found) - _SHOWN} more")
    if found:
        raise ArgmapError(f"{map_file}: {len(found)} problem{'s' if len(found) > 1 else ''}: build the map again, or mend the file")
    click.echo(f"{map_file}: valid", err=True)
