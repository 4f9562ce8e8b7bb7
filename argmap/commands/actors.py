"""``argmap actors``: a map in, the account of its actors out."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import get_args

import click

from argmap.model import ActorKind

__all__ = ["actors"]


@click.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(get_args(ActorKind)), help="Only actors of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
def actors(map_file: Path, kind: str | None, as_json: bool) -> None:
    """List a map's actors: names, mentions, statements, merges, possible doubles.

    Those who say most come first. Below each stands, for every article where it goes by another name or was found
    anew, by which rule and on what evidence it was taken for this one; at the end, the pairs that may still be one.

    \b
    Example:
      argmap actors output/map.json --kind person
    """
    from argmap.export import load
    from argmap.roster import doubles, roster
    debate_map = load(map_file)
    entries = [entry for entry in roster(debate_map) if kind in (None, entry.actor.kind)]
    pairs = [pair for pair in doubles(debate_map) if kind in (None, pair.one.kind)]
    if as_json:
        click.echo(json.dumps({"actors": [dataclasses.asdict(entry) for entry in entries],
                               "doubles": [{"one": pair.one.id, "other": pair.other.id, "reason": pair.reason} for pair in pairs]},
                              ensure_ascii=False, indent=1))
        return
    for entry in entries:
        actor = entry.actor
        affiliation = f", {actor.affiliation}" if actor.affiliation else ""
        click.echo(f"{actor.name} ({actor.kind}{affiliation}): {entry.statements} statements, {entry.mentions} mentions, "
                   f"{len(entry.articles)} articles")
        if actor.aliases:
            click.echo(f"    also: {', '.join(actor.aliases)}")
        for merge in entry.merges:
            click.echo(f"    {merge.article}: {merge.name} ({merge.rule}: {merge.evidence})")
    if pairs:
        click.echo("\npossible doubles")
    for pair in pairs:
        click.echo(f"    {pair.one.name} / {pair.other.name} ({pair.reason})")
