"""``argmap analyse`` and ``argmap diff``: a map, or two of them, in; a report on standard output or in files out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.errors import ArgmapError

if TYPE_CHECKING:
    from argmap.analyse.diff import Change, Difference, Part

__all__ = ["analyse", "diff"]

_MAP = click.Path(exists=True, dir_okay=False, path_type=Path)
#: Lines of each kind of difference that are shown unless all are asked for.
_SHOWN = 20


@click.command()
@click.argument("map_file", metavar="MAP.json", type=_MAP)
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the report there instead of printing it: .html as one page, .md with its pictures beside it. Repeatable.")
@click.option("--by", type=click.Choice(("actor", "organisation")), default="actor", show_default=True,
              help="Whether persons stand for themselves or for the organisation they belong to.")
@click.option("--basis", type=click.Choice(("concepts", "stances")),
              help="What ties actors in coalitions.  [default: concepts where enough are shared, else stances]")
@click.option("--authors", is_flag=True, help="Count articles' own voice as an actor.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only articles of this outlet. Repeatable.")
@click.option("--language", "languages", multiple=True, metavar="LANG", help="Only articles in this language. Repeatable.")
@click.option("--since", "start", default="", metavar="DATE", help="Only articles from this day on (2025-03-04).")
@click.option("--until", "end", default="", metavar="DATE", help="Only articles up to this day.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def analyse(map_file: Path, outputs: tuple[Path, ...], as_json: bool, **selection: Any) -> None:
    """Report on a map: coalitions, polarization, contested claims.

    Who forms coalitions and on what, who stands between them, how polarized the debate is and was, which claims are
    contested, supported, or attacked and never defended, and how far to trust all that. Networks for other programs are
    written by `argmap network`.

    \b
    Examples:
      argmap analyse output/map.json
      argmap analyse output/map.json -o report.html
      argmap analyse output/map.json --by organisation --since 2025-01-01 --json
    """
    from argmap.analyse.analysis import analyse as analysed
    from argmap.analyse.document import check, save
    from argmap.analyse.report import report
    from argmap.export import load
    for target in outputs:
        check(target)  # a wrong suffix shows before the work, not after
    debate_map = load(map_file)
    found = analysed(debate_map, **selection)
    if not found.counts.articles:
        raise ArgmapError(f"{map_file}: no article fits the outlets, languages and dates that were asked for")
    blocks = report(debate_map, found)
    for target in outputs:
        for written in save(blocks, target):
            click.echo(f"wrote {written}", err=True)
    if as_json:
        figures = {"schema": "argmap-analysis/1", "debate": debate_map.debate.id, **found.to_dict()}
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    elif not outputs:
        from rich.console import Console

        from argmap.analyse.document import as_renderable
        Console(highlight=False).print(as_renderable(blocks))


@click.command()
@click.argument("old", metavar="OLD.json", type=_MAP)
@click.argument("new", metavar="NEW.json", type=_MAP)
@click.option("--all", "everything", is_flag=True, help=f"List every difference, not the first {_SHOWN} of each kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON.")
def diff(old: Path, new: Path, everything: bool, as_json: bool) -> None:
    """Compare two maps: what came, went and changed.

    Articles, actors, statements, stances, claims and relations: + is only in the new map, - only in the old one, ~ in both
    but changed. A statement is the same where its words are, a claim where it shares statements, even if its id is not.

    \b
    Example:
      argmap diff yesterday.json today.json
    """
    from argmap.analyse.diff import compare
    from argmap.export import load
    found = compare(load(old), load(new))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
    elif found.empty:
        click.echo("no differences")
    else:
        click.echo("\n".join(_lines(found, None if everything else _SHOWN)))


def _lines(found: Difference, shown: int | None) -> list[str]:
    lines: list[str] = []
    for name in ("articles", "actors", "statements", "claims", "relations"):
        part: Part = getattr(found, name)
        lines += ["", f"{name}: {len(part.came)} came, {len(part.went)} went, {len(part.changed)} changed, {part.same} as before"]
        lines += _first([f"  + {part.labels[key]}" for key in part.came], shown)
        lines += _first([f"  - {part.labels[key]}" for key in part.went], shown)
        lines += _changed(part.changed, shown, _told)
        if name == "statements":
            lines += ["", f"stances: {len(found.stances)} changed"]
            lines += _changed(found.stances, shown, _told)
    return lines[1:]


def _changed(changes: tuple[Change, ...], shown: int | None, told: Callable[[str, Any, Any], str]) -> list[str]:
    return _first(["\n".join([f"  ~ {change.label}", *(f"      {told(name, *values)}" for name, values in change.fields.items())])
                   for change in changes], shown)


def _told(name: str, before: Any, after: Any) -> str:
    if name == "text" and "\n" in f"{before}{after}":  # an article's
        return "text: differs"
    if isinstance(before, list) and isinstance(after, list):
        came, went = ([str(item) for item in these if item not in those] for these, those in ((after, before), (before, after)))
        return f"{name}: " + ", ".join([*(f"+{item}" for item in came), *(f"-{item}" for item in went)])
    return f"{name}: {before or '(none)'} -> {after or '(none)'}"


def _first(lines: list[str], shown: int | None) -> list[str]:
    if shown is None or len(lines) <= shown:
        return lines
    return [*lines[:shown], f"    … and {len(lines) - shown} more (--all lists them)"]
