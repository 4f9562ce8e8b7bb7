"""What a build reports in; out, what the user sees of it: a bar on a terminal, lines, lines of JSON, or nothing."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from argmap.gather import Note
    from argmap.pipeline import Progress

__all__ = ["reporting"]

#: Seconds between two lines of JSON about progress.
INTERVAL = 1.0
#: Characters of an article's name that the bar shows.
SHOWN = 30
#: Events whose message the user must see, whatever he asked for.
WARNINGS = frozenset({"damaged"})


@contextlib.contextmanager
def reporting(*, quiet: bool, verbose: bool, log_json: bool) -> Iterator[tuple[Progress, Note]]:
    """What is told of progress and events.

    Args:
        quiet: only warnings are shown.
        verbose: each article has a line.
        log_json: each event is a line of JSON on standard error, and nothing else is shown; ``cpu`` are this
            process's seconds so far, ``memory`` its peak in MB.
    """
    if log_json:
        yield _json_progress(), lambda event, **about: _line(event, **about)
    elif quiet or not sys.stderr.isatty():
        yield (lambda stage, done, total: None), lambda event, **about: _say(event, about, verbose=verbose and not quiet)
    else:
        with _bar(verbose=verbose) as both:
            yield both


def _line(event: str, **about: object) -> None:
    when = datetime.now(UTC).isoformat(timespec="milliseconds")
    used = {"cpu": round(time.process_time(), 2)} | _memory()
    click.echo(json.dumps({"time": when, **used, "event": event, **about}, ensure_ascii=False), err=True)


def _memory() -> dict[str, int]:
    """This process's memory at its peak so far, in MB; nothing on Windows."""
    try:
        import resource
    except ImportError:
        return {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"memory": round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))}


def _json_progress() -> Progress:
    clock, last = _Clock(), {"": 0.0}

    def progress(stage: str, done: int, total: int) -> None:
        clock.see(stage, done)
        now = time.monotonic()
        if now - last.get(stage, 0.0) >= INTERVAL:
            last[stage] = now
            rate = clock.rate(done)
            remaining = {"rate": round(rate, 2), "remaining": round((total - done) / rate)} if rate else {}
            _line("progress", stage=stage, done=done, total=total, **remaining)

    return progress


class _Clock:
    """How fast a stage goes: what was there when it began does not count."""

    def __init__(self) -> None:
        self.stage, self.start, self.first = "", time.monotonic(), 0

    def see(self, stage: str, done: int) -> None:
        if stage != self.stage:
            self.stage, self.start, self.first = stage, time.monotonic(), done

    def rate(self, done: int) -> float:
        """Items a second."""
        spent = time.monotonic() - self.start
        return (done - self.first) / spent if done > self.first and spent > 0 else 0.0


def _words(event: str, about: dict[str, object]) -> str:
    """An event in words; empty for what only a log needs."""
    match event:
        case "damaged":
            return f"argmap: {about['message']}"
        case "extract" if about["known"]:
            return f"{about['known']} of {about['articles']} articles are in the store, {about['missing']} are to be read"
        case "article":
            return f"{about['article']}: {about['statements']} statements, {about['seconds']:.2f} s"
        case "failed":
            return f"{about['article']}: left out: {about['reason']}"
        case "skipped":
            return f"{about['path']}: skipped: {about['reason']}"
        case "assemble":
            return f"claims and relations of {about['articles']} articles"
    return ""


def _say(event: str, about: dict[str, object], *, verbose: bool) -> None:
    text = _words(event, about)
    if text and (verbose or event in WARNINGS):
        click.echo(text, err=True)


@contextlib.contextmanager
def _bar(*, verbose: bool) -> Iterator[tuple[Progress, Note]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar
    clock, now, left_out = _Clock(), [""], list[str]()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[more]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, more="")

        def progress(stage: str, done: int, total: int) -> None:
            clock.see(stage, done)
            rate = clock.rate(done)
            more = [f"{rate:.1f}/s, {_span((total - done) / rate)} left"] if rate and total else []
            more += [f"{len(left_out)} left out"] if left_out else []
            more += [now[0][:SHOWN]] if stage == "extract" else []
            bar.update(task, description=stage, completed=done, total=total or None, more="  ".join(more))

        def note(event: str, **about: object) -> None:
            if event == "reading":
                now[0] = str(about["article"])
            if event in ("failed", "skipped"):
                left_out.append(event)
            text = _words(event, about)
            if text and (verbose or event in WARNINGS):
                bar.console.print(text, markup=False, highlight=False)

        yield progress, note


def _span(seconds: float) -> str:
    """Seconds in the two units that matter.

    >>> _span(75), _span(7300)
    ('1 min 15 s', '2 h 1 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
