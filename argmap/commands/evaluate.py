"""``argmap evaluate``: a map and annotations by hand in, figures out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from argmap.polnear import PolnearEvaluation

__all__ = ["evaluate"]


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--attributions", is_flag=True, help="Score the map's attributions instead of its statements.")
@click.option("--gold-statements", is_flag=True,
              help="Hand the annotated statements to stance and relations, so that these are measured by themselves.")
@click.option("--language", metavar="LANG", help="Only articles in this language (it, en).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(gold: Path, map_file: Path, attributions: bool, gold_statements: bool, language: str | None, as_json: bool) -> None:
    """Score a map against annotations by hand of the same articles.

    GOLD is a folder of annotations, one ID.json an article, or has such folders A and B for two annotators; the form
    is that of corpus/gold. Beside each figure stands the interval that 95 % of draws of the articles fall in:
    differences inside it mean little. GOLD may also be a part of PolNeAR (folders text and attributions): then the
    map's outermost attributions are scored with that corpus's figures, and the precision of each rule is printed.

    \b
    Example:
      argmap build corpus/articles -o map.json && argmap evaluate corpus/gold map.json
    """
    from argmap import evaluate as measures
    from argmap import polnear
    from argmap.export import load
    if polnear.is_part(gold):
        _print_polnear(polnear.evaluate(gold, load(map_file)), as_json=as_json)
        return
    if attributions and gold_statements:
        raise click.UsageError("--attributions and --gold-statements measure different things: give one of them")
    found = measures.evaluate(gold, load(map_file), attributions=attributions, gold_statements=gold_statements, language=language)
    if found.missing:
        click.echo(f"argmap: not in the map: {', '.join(found.missing)}", err=True)
    if as_json:
        click.echo(json.dumps({name: round(figure.value, 3) for name, figure in found.figures.items()}))
        return
    click.echo(f"{len(found.articles)} articles{'':11}map  [95 %     ]{'  annotators' if found.agreement else ''}")
    for name, figure in found.figures.items():
        ceiling = f"  {found.agreement[name]:10.3f}" if found.agreement else ""
        click.echo(f"{name:18} {figure.value:8.3f}  [{figure.low:.2f} {figure.high:.2f}]{ceiling}")


def _print_polnear(found: PolnearEvaluation, *, as_json: bool) -> None:
    if found.missing:
        click.echo(f"argmap: not in the map: {', '.join(found.missing)}", err=True)
    if as_json:
        click.echo(json.dumps({name: round(value, 3) for name, value in found.figures.items()}))
        return
    for name, value in found.figures.items():
        click.echo(f"{name:18} {value:8.3f}")
    click.echo("\nprecision by rule")
    for rule, (value, count) in sorted(found.precision.items(), key=lambda item: -item[1][1]):
        click.echo(f"{rule:36} {value:8.3f} of {count}")
