"""``argmap store``: what the store of a build holds, whether it is sound, and less of it; and the options that name it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from argmap.errors import StoreError
from argmap.store import NAME, Store

__all__ = ["store", "store_options"]

#: Where `argmap build` has it when it is not told.
DEFAULT = Path("output") / NAME
#: Days for which what no build has used is kept by `prune`, and builds that `info` lists.
DAYS, LISTED = 30, 5


def store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that use a store."""
    for option in (
        click.option("--no-store", is_flag=True, help="Keep nothing: read all articles anew, and again the next time."),
        click.option("--store", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                     help=f"Where to keep what was read, an SQLite file.  [default: {NAME} beside the first output]"),
    ):
        command = option(command)
    return command


_file = click.argument("file", default=DEFAULT, type=click.Path(dir_okay=False, path_type=Path))


@click.group()
def store() -> None:
    """Look after the store in which `argmap build` keeps what it read.

    A store is an SQLite file that Datasette and pandas open too. It can be removed at any time: the next build makes it anew.

    \b
    Examples:
      argmap store info output/.argmap.sqlite
      argmap store prune --days 7
      datasette output/.argmap.sqlite
    """


@store.command()
@_file
def info(file: Path) -> None:
    """Say what is in a store: articles, the last builds, and what could not be read."""
    from argmap import care
    with _opened(file) as kept:
        counts = care.counts(kept)
        click.echo(f"{file}\t{counts.pop('bytes') / 1e6:.1f} MB")
        for name, number in counts.items():
            click.echo(f"{name}\t{number}")
        for run in care.last_runs(kept, LISTED):
            how = run["outcome"] or "running, or killed"
            click.echo(f"build {run['started']}\t{how}\t{run['articles'] or 0} articles, {run['reused'] or 0} from the store, "
                       f"{run['extracted'] or 0} read, {run['failed'] or 0} failed\t{run['seconds'] or 0:.1f} s")
        for article, reason in care.failures(kept):
            click.echo(f"failed {article}\t{reason}")


@store.command()
@_file
@click.option("--days", type=click.FloatRange(min=0), default=DAYS, show_default=True,
              help="Remove what no build has used for so many days.")
@click.option("--vectors", is_flag=True, help="Remove all sentence vectors too, the largest part; the next build makes those it needs.")
def prune(file: Path, days: float, vectors: bool) -> None:
    """Remove from a store what no build has used for some time, and give the room back."""
    from argmap import care
    before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with _opened(file) as kept:
        for name, number in care.prune(kept, before=before, vectors=vectors).items():
            click.echo(f"{name}\t{number} removed")


@store.command()
@_file
def verify(file: Path) -> None:
    """Check a store from end to end; what is damaged is named, and the exit code is 1.

    A single extraction that is not as it was written is removed. A damaged file is left as it is: the next build sets it aside.
    """
    from argmap import care
    with _opened(file) as kept:
        problems = care.verify(kept)
    for problem in problems:
        click.echo(f"{file}: {problem}", err=True)
    if problems:
        raise StoreError(f"{file}: {len(problems)} found wrong: the next build makes anew what is missing")
    click.echo(f"{file}\tsound")


def _opened(file: Path) -> Store:
    if not file.is_file():
        raise StoreError(f"{file}: there is no such store: argmap build makes one beside its first output")
    return Store(file)
