"""``argmap build``: files and folders of articles in, their argument map out."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.commands.correct import corrected, corrections_option
from argmap.commands.options import page_exporters, page_options
from argmap.models import EDITIONS
from argmap.settings import DEFAULTS

if TYPE_CHECKING:
    from argmap.model import DebateMap
    from argmap.pipeline import Progress

__all__ = ["build", "summary"]

#: Where `argmap build` writes when it is not told.
OUTPUT = ("output/map.html", "output/map.json")
#: Reasons that the summary lists with each file; more files than this for one reason are counted.
NAMED = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help=f"Where to write; the suffix names the format (.html, .json). Repeatable.  [default: {' and '.join(OUTPUT)}]")
@click.option("--debate", metavar="ID|FILE", help="A bundled debate's id (see `argmap debate list`) or a debate file.")
@click.option("--models", type=click.Choice(EDITIONS), default=EDITIONS[0], show_default=True,
              help="Edition of the Italian pipeline: the default one is more exact, the permissive one may be used commercially.")
@click.option("--pipeline", "pipelines", multiple=True, metavar="LANG=NAME",
              help="Parse a language with this spaCy pipeline, an installed package or a path (it=it_core_news_lg). Repeatable.")
@corrections_option
@page_options
@click.option("--strict", is_flag=True, help="Stop at the first article that makes a stage fail instead of leaving it out.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; errors only.")
def build(paths: tuple[Path, ...], outputs: tuple[Path, ...], debate: str | None, models: str, pipelines: tuple[str, ...],
          corrections: Path | None, strict: bool, quiet: bool, **page: Any) -> None:
    """Read the articles of files and folders and write their argument map.

    Texts (.txt), Markdown with front matter (.md) and web pages (.html) are read, in folders at any depth; hidden
    files and README files are passed over. What cannot be used is named in the summary and in the map.

    \b
    Examples:
      argmap build corpus/articles
      argmap build a.txt b.html -o map.html -o map.json
      argmap build press --debate my-debate.toml --pipeline it=it_core_news_lg
      argmap build press --corrections corrections.toml
    """
    from argmap import debate as debates
    from argmap import pipeline
    from argmap.export import exporter, write
    targets = outputs or tuple(map(Path, OUTPUT))
    for target in targets:
        exporter(target)  # a wrong suffix shows before the work, not after
    correct = corrected(corrections)  # a malformed file shows before the work, too
    languages = _pairs(pipelines)
    with _progress(shown=not quiet and sys.stderr.isatty()) as progress:
        debate_map = pipeline.build(paths, debate=debate or debates.DEFAULT, models=models, pipelines=languages,
                                    progress=progress, strict=strict)
        debate_map, told = correct(debate_map)
        for target in targets:
            progress(f"write {target.name}", 0, 0)
            write(debate_map, target, exporters=page_exporters(page))
    if not quiet:
        summary(debate_map, targets, told)


def _pairs(pipelines: tuple[str, ...]) -> dict[str, str]:
    pairs = dict(item.partition("=")[::2] for item in pipelines)
    for item in pipelines:
        language, equals, name = item.partition("=")
        if not (language and equals and name):
            raise click.BadParameter(f"{item!r}: write LANG=NAME, as it=it_core_news_lg", param_hint="--pipeline")
    return pairs


@contextlib.contextmanager
def _progress(*, shown: bool) -> Iterator[Progress]:
    """What reports progress: a bar on a terminal, nothing elsewhere."""
    if not shown:
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total or None)


def summary(debate_map: DebateMap, targets: tuple[Path, ...], told: Iterable[str] = ()) -> None:
    """What was found, what was left out, what became of corrections (`told`) and where the map is."""
    counts = {name: len(getattr(debate_map, name)) for name in ("articles", "actors", "statements", "claims", "relations")}
    lines = [", ".join(f"{number} {name if number != 1 else name.removesuffix('s')}" for name, number in counts.items())]
    beside = sum(statement.relevance < DEFAULTS.relevance for statement in debate_map.statements)
    if beside:
        lines.append(f"{beside} of the statements hardly bear on the debate: the map hides them until asked")
    reasons = Counter(item.reason for item in debate_map.skipped)
    if reasons:
        lines.append(f"{len(debate_map.skipped)} skipped:")
    for reason, number in sorted(reasons.items()):
        paths = [item.path for item in debate_map.skipped if item.reason == reason]
        more = f" and {number - NAMED} more" if number > NAMED else ""
        lines.append(f"  {', '.join(paths[:NAMED])}{more}: {reason}")
    click.echo("\n".join([*lines, *told, *(f"wrote {target}" for target in targets)]), err=True)
