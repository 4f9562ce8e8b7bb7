"""``argmap build``: files and folders of articles in, their argument map out."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.columns import each
from argmap.commands.correct import corrected, corrections_option
from argmap.commands.options import page_exporters, page_options
from argmap.commands.progress import reporting
from argmap.commands.store import store_options
from argmap.models import EDITIONS
from argmap.settings import DEFAULTS
from argmap.store import NAME

if TYPE_CHECKING:
    from types import ModuleType

    from argmap.engine import Engine
    from argmap.model import DebateMap

__all__ = ["build", "summary"]

#: Where `argmap build` writes when it is not told.
OUTPUT = ("output/map.html", "output/map.json")
#: Reasons that the summary lists with each file; more files than this for one reason are counted.
NAMED = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, path_type=Path), metavar="PATH...")
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help=f"Where to write; the suffix names the format (.html, .json). Repeatable.  [default: {' and '.join(OUTPUT)}]")
@click.option("--debate", metavar="ID|FILE", help="A bundled debate's id (see `argmap debate list`) or a debate file.")
@click.option("--models", type=click.Choice(EDITIONS), default=EDITIONS[0], show_default=True,
              help="Edition of the Italian pipeline: the default one is more exact, the permissive one may be used commercially.")
@click.option("--pipeline", "pipelines", multiple=True, metavar="LANG=NAME",
              help="Parse a language with this spaCy pipeline, an installed package or a path (it=it_core_news_lg). Repeatable.")
@click.option("--metadata", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv",
              help="A table with a column file and any of title, author, outlet, date, url and language, for articles that do not say.")
@corrections_option
@page_options
@click.option("--strict", is_flag=True, help="Stop at the first article that makes a stage fail instead of leaving it out.")
@store_options
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Read articles in so many processes, each with its own models.")
@click.option("--cluster", metavar="ADDRESS", help="Read articles on the workers of a Dask scheduler (tcp://HOST:8786); 'local' starts "
                                                   "one on this machine. Needs argmap[cluster].")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; warnings and errors only.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each article, and for each that is left out.")
@click.option("--log-json", is_flag=True, help="Each event as a line of JSON on standard error, and nothing else.")
def build(paths: tuple[Path, ...], outputs: tuple[Path, ...], debate: str | None, models: str, pipelines: tuple[str, ...],
          metadata: Path | None, corrections: Path | None, strict: bool, store: Path | None, no_store: bool, workers: int | None,
          cluster: str | None, quiet: bool, verbose: bool, log_json: bool, **page: Any) -> None:
    """Read the articles of files and folders and write their argument map.

    Read are texts (.txt), Markdown with front matter (.md), web pages (.html), PDF, Word (.docx), feeds (.rss, .atom),
    tables and lists with an article a row (.csv, .tsv, .jsonl) and archives of these (.zip), in folders at any depth;
    hidden files and README files are passed over; "-" is standard input. What cannot be used is named in the summary
    and in the map.

    What was read is kept in a store beside the first output: the next build reads only what is new, and one that was
    stopped, by Ctrl-C or a crash, goes on from there. The map is the same whatever read it.

    \b
    Examples:
      argmap build corpus/articles
      argmap build a.txt b.html -o map.html -o map.json
      argmap build press --debate my-debate.toml --pipeline it=it_core_news_lg
      argmap build archive --workers 8
      argmap build press --corrections corrections.toml --metadata press.csv
    """
    from argmap import debate as debates
    from argmap import engine, pipeline
    from argmap import outputs as written
    from argmap.export import exporter, write
    from argmap.memory import give_back
    from argmap.read.metadata import load as load_metadata
    targets = outputs or tuple(map(Path, OUTPUT))
    for target in targets:
        exporter(target)  # a wrong suffix shows before the work, not after
    languages, place = _pairs(pipelines), None if no_store else store or targets[0].parent / NAME
    correct = corrected(corrections)  # a malformed file shows before the work, too
    table = load_metadata(metadata) if metadata else None
    written.check_writable(targets)
    options = {"strict": strict, "settings": page, "corrections": corrections, "metadata": metadata}
    inputs = "" if place is None else written.inputs_digest(paths, options, debate=debate or debates.DEFAULT, models=models,
                                                            pipelines=languages)
    before = written.unchanged(place, targets, inputs) if place else None
    with _stopping(place), reporting(quiet=quiet, verbose=verbose, log_json=log_json) as (progress, note):
        if before is not None:
            note("unchanged", outputs=[str(target) for target in targets])
            if not (quiet or log_json):
                click.echo("\n".join([before, *(f"unchanged {target}" for target in targets)]), err=True)
            return
        debate_map = pipeline.build(paths, debate=debate or debates.DEFAULT, models=models, pipelines=languages, metadata=table,
                                    progress=progress, strict=strict, store=place, engine=_engine(engine, workers, cluster), note=note)
        debate_map, told = correct(debate_map)
        for target in targets:
            give_back()
            progress(f"write {target.name}", 0, 0)
            write(debate_map, target, exporters=page_exporters(page))
            note("write", output=str(target))
        if place is not None:
            written.remember(place, targets, inputs, "\n".join([*_counted(debate_map), *told]))
        note("done", **_counts(debate_map), skipped=len(debate_map.skipped), **({"corrections": told} if told else {}))
    if not (quiet or log_json):
        summary(debate_map, targets, told)
    elif quiet and len(told) > 1:  # what no longer applies is a warning; the last line only counts
        click.echo("\n".join(told[:-1]), err=True)


@contextlib.contextmanager
def _stopping(store: Path | None) -> Iterator[None]:
    """Say, when a build is stopped by Ctrl-C or asked to end by the system, that it is not in vain."""
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    except KeyboardInterrupt:
        if store is not None and store.exists():
            click.echo(f"what was read is kept in {store}: the same command goes on from there", err=True)
        raise
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _engine(engine: ModuleType, workers: int | None, cluster: str | None) -> Engine:
    if workers and cluster:
        raise click.BadParameter("a cluster has its own workers: give one of the two", param_hint="--workers, --cluster")
    made: Engine = engine.named("cluster", address=cluster) if cluster else engine.named("processes", workers=workers) if workers \
        else engine.named("serial")
    return made


def _pairs(pipelines: tuple[str, ...]) -> dict[str, str]:
    pairs = dict(item.partition("=")[::2] for item in pipelines)
    for item in pipelines:
        language, equals, name = item.partition("=")
        if not (language and equals and name):
            raise click.BadParameter(f"{item!r}: write LANG=NAME, as it=it_core_news_lg", param_hint="--pipeline")
    return pairs


def _counts(debate_map: DebateMap) -> dict[str, int]:
    return {name: len(getattr(debate_map, name)) for name in ("articles", "actors", "statements", "claims", "relations")}


def summary(debate_map: DebateMap, targets: tuple[Path, ...], told: Iterable[str] = ()) -> None:
    """What was found, what was left out, what became of corrections (`told`) and where the map is."""
    click.echo("\n".join([*_counted(debate_map), *told, *(f"wrote {target}" for target in targets)]), err=True)


def _counted(debate_map: DebateMap) -> list[str]:
    counts = _counts(debate_map)
    lines = [", ".join(f"{number} {name if number != 1 else name.removesuffix('s')}" for name, number in counts.items())]
    beside = sum(relevance < DEFAULTS.relevance for relevance in each(debate_map.statements, "relevance"))
    if beside:
        lines.append(f"{beside} of the statements hardly bear on the debate: the map hides them until asked")
    reasons = Counter(item.reason for item in debate_map.skipped)
    if reasons:
        lines.append(f"{len(debate_map.skipped)} skipped:")
    for reason, number in sorted(reasons.items()):
        paths = [item.path for item in debate_map.skipped if item.reason == reason]
        more = f" and {number - NAMED} more" if number > NAMED else ""
        lines.append(f"  {', '.join(paths[:NAMED])}{more}: {reason}")
    return lines
