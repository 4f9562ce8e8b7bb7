"""``argmap network``: a map in, a network of actors, or of what they speak about, out as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from argmap.errors import ArgmapError

__all__ = ["network"]


@click.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Where to write: .graphml for Gephi, igraph or visone, .csv for a table of edges.")
@click.option("--of", type=click.Choice(("both", "actors", "items")), default="both", show_default=True,
              help="Actors by items; actors by the items they agree on; items by the actors who take one side on both.")
@click.option("--level", type=click.Choice(("concept", "claim", "topic", "motion")), default="concept", show_default=True,
              help="What the items are.")
@click.option("--relations", is_flag=True, help="With claims: who backs or attacks a claim agrees or disagrees with it, too.")
@click.option("--agreement", type=click.Choice(("ignore", "combine", "congruence", "conflict", "subtract")), default="subtract",
              show_default=True, help="How agreement counts (DNA's qualifier); combine is for both, congruence and conflict for one kind.")
@click.option("--normalisation", type=click.Choice(("none", "average", "jaccard", "cosine", "activity", "prominence")), default="none",
              show_default=True, help="Activity and prominence are for both; average activity, Jaccard and cosine for one kind.")
@click.option("--duplicates", type=click.Choice(("include", "article", "week", "month", "year", "all")), default="include",
              show_default=True, help="Count the same actor, item and agreement once an article, week …")
@click.option("--by", type=click.Choice(("actor", "organisation")), default="actor", show_default=True,
              help="Whether persons stand for themselves or for the organisation they belong to.")
@click.option("--authors", is_flag=True, help="Count articles' own voice as an actor.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only articles of this outlet. Repeatable.")
@click.option("--language", "languages", multiple=True, metavar="LANG", help="Only articles in this language. Repeatable.")
@click.option("--since", "start", default="", metavar="DATE", help="Only articles from this day on (2025-03-04).")
@click.option("--until", "end", default="", metavar="DATE", help="Only articles up to this day.")
@click.option("--window", type=click.IntRange(1), metavar="DAYS", help="A file for each window of so many days, its first day in its name.")
@click.option("--step", type=click.IntRange(1), metavar="DAYS", help="Days from window to window; smaller than --window they overlap.")
def network(map_file: Path, output: Path, of: str, agreement: str, normalisation: str, duplicates: str, window: int | None,
            step: int | None, **selection: Any) -> None:
    """Write a network as in discourse network analysis.

    Who speaks about what, with agreement; who agrees with whom (congruence), who is opposed to whom (conflict), or the one less
    the other (subtract); which concepts or claims the same actors support. The definitions are those of the Discourse Network
    Analyzer; `argmap.analyse.networks` writes them out.

    \b
    Examples:
      argmap network map.json -o affiliation.graphml
      argmap network map.json --of actors --agreement congruence --normalisation average -o allies.graphml
      argmap network map.json --of actors --by organisation --window 180 --step 30 -o allies.csv
    """
    from argmap.analyse.positions import select, windows
    from argmap.export import load, write_text
    from argmap.export.networks import writer
    dumps = writer(output)  # a wrong suffix shows before the work, not after
    if step and not window:
        raise click.UsageError("--step says how far windows move: say with --window how long they are")
    positions = select(load(map_file), **selection)
    if not positions.rows:
        raise ArgmapError(f"{map_file}: nobody takes a position on a {selection['level']} in the articles that were asked for")
    slices = [(output, positions)] if window is None else [
        (output.with_stem(f"{output.stem}-{one.start}"), one.positions) for one in windows(positions, days=window, step=step)]
    if not slices:
        raise ArgmapError(f"{map_file}: no article has a date: there are no windows")
    for path, table in slices:
        graph = _graph(table, of, agreement, normalisation, duplicates)
        write_text(dumps(graph), path)
        click.echo(f"argmap: wrote {path}: {len(graph)} nodes, {graph.number_of_edges()} edges", err=True)


def _graph(table: Any, of: str, agreement: str, normalisation: str, duplicates: Any) -> Any:
    """The network that was asked for; options that make no sense together are refused."""
    from argmap.analyse.networks import one_mode, two_mode
    both = of == "both"
    if agreement in (("congruence", "conflict") if both else ("combine",)):
        raise click.UsageError(f"--agreement {agreement} is for {'--of actors or items' if both else '--of both'}")
    if normalisation in (("average", "jaccard", "cosine") if both else ("activity", "prominence")):
        raise click.UsageError(f"--normalisation {normalisation} is for {'--of actors or items' if both else '--of both'}")
    options: dict[str, Any] = {"duplicates": duplicates}
    if both:
        return two_mode(table, qualifier=agreement, scaling=normalisation, **options)  # type: ignore[arg-type]  # choices of the command
    return one_mode(table, of=of, aggregation=agreement, normalisation=normalisation, **options)  # type: ignore[arg-type]  # likewise
