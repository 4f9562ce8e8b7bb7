"""Articles and what is to be done with each in; out, what each yielded, whatever ran it: this process, several, or a cluster.

`ENGINES` is the table to extend. An engine gives outcomes in any order, each article once. A process that dies under an
article costs that article's work, not the run: it is done again, and an article under which processes die again and again is
left out and named.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import connection
from typing import TYPE_CHECKING, Any

from argmap.errors import ArticleError, EngineError
from argmap.memory import collect_rarely
from argmap.model import Article, Extraction

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

__all__ = ["ENGINES", "Engine", "Outcome", "Work", "attempt", "named", "poisoned", "processes", "serial"]

#: What is done with an article. For engines of several processes it can be pickled.
Work = Callable[[Article], Extraction]
Engine = Callable[[Iterable[Article], Work], Iterator["Outcome"]]

#: Processes that may die under one article before it is left out: others may have died of something else.
DEATHS = 3
#: Processes that may die one after the other before any of them has read an article.
FALSE_STARTS = 3
#: Seconds between looks whether the main process is still there, and for a process to end by itself.
LOOK, GRACE = 1.0, 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article: an extraction, or the error; and the seconds that it took."""

    article: Article
    extraction: Extraction | None = None
    error: Exception | None = None
    seconds: float = 0.0


def attempt(article: Article, work: Work) -> Outcome:
    """Do the work; an error becomes part of the outcome."""
    start = time.perf_counter()
    try:
        return Outcome(article, work(article), None, time.perf_counter() - start)
    except Exception as error:
        return Outcome(article, None, error, time.perf_counter() - start)


def poisoned(article: Article, times: int) -> Outcome:
    """The outcome of an article under which every process dies."""
    return Outcome(article, None, ArticleError(f"ended the process that read it, {times} times: it may take too much memory"))


def serial(articles: Iterable[Article], work: Work) -> Iterator[Outcome]:
    """One article after the other, in this process."""
    for article in articles:
        yield attempt(article, work)


def processes(articles: Iterable[Article], work: Work, *, workers: int) -> Iterator[Outcome]:
    """Several processes on this machine, each with one article at a time and with its own models, loaded once.

    Args:
        articles: taken as the processes come free, so that few are held.
        work: what can be pickled.
        workers: how many processes.

    Raises:
        EngineError: the processes end before they have read anything.
    """
    pool = _Pool(work, workers)
    try:
        yield from pool.run(iter(articles))
    finally:
        pool.close()


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    article: Article | None = None


@dataclass(slots=True)
class _Pool:
    work: Work
    size: int
    workers: list[_Worker] = field(default_factory=list)
    deaths: Counter[str] = field(default_factory=Counter)
    again: deque[Article] = field(default_factory=deque)
    false_starts: int = 0

    def run(self, articles: Iterator[Article]) -> Iterator[Outcome]:
        """Keep every process at work until there is none left."""
        while True:
            self._feed(articles)
            busy = [worker for worker in self.workers if worker.article is not None]
            if not busy:
                return
            for ready in connection.wait([worker.pipe for worker in busy]):
                worker = next(one for one in busy if one.pipe is ready)
                outcome = self._receive(worker)
                if outcome is not None:
                    yield outcome

    def _feed(self, articles: Iterator[Article]) -> None:
        while (article := self._next(articles)) is not None:
            worker = next((one for one in self.workers if one.article is None), None)
            if worker is None and len(self.workers) < self.size:
                worker = self._hire()
            if worker is None:
                self.again.appendleft(article)
                return
            worker.article = article
            with contextlib.suppress(OSError):  # it is dead: the next look at its pipe tells
                worker.pipe.send(article)

    def _next(self, articles: Iterator[Article]) -> Article | None:
        return self.again.popleft() if self.again else next(articles, None)

    def _hire(self) -> _Worker:
        context = multiprocessing.get_context("spawn")  # a copy of this process would share its threads' locks
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.work, os.getpid()), daemon=True, name="argmap")
        try:
            process.start()
        except (OSError, AttributeError, TypeError, pickle.PicklingError) as error:
            raise EngineError(f"no further process can be started ({error}): give fewer --workers, or none") from error
        theirs.close()  # so that our end reports when the process is gone
        self.workers.append(_Worker(process, ours))
        return self.workers[-1]

    def _receive(self, worker: _Worker) -> Outcome | None:
        """What a process sends; None if it died and its article is to be read again."""
        article = worker.article
        assert article is not None
        worker.article = None
        try:
            extraction, error, seconds = worker.pipe.recv()
        except (EOFError, OSError):
            self.workers.remove(worker)
            _end(worker)
            self.deaths[article.id] += 1
            self.false_starts += 1
            if self.false_starts >= FALSE_STARTS * max(self.size, 1) * DEATHS:
                raise EngineError("the processes that read articles end at once: try without --workers to see why") from None
            if self.deaths[article.id] >= DEATHS:
                return poisoned(article, DEATHS)
            self.again.append(article)
            return None
        self.false_starts = 0
        return Outcome(article, extraction, error, seconds)

    def close(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.pipe.close()
        for worker in self.workers:
            _end(worker)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.article is not None:  # nobody waits for it any more
        worker.process.terminate()
    worker.process.join(GRACE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _serve(pipe: Connection, work: Work, parent: int) -> None:
    """A process's life: articles in, outcomes out, until the main process closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the main one decides
    collect_rarely()
    with contextlib.suppress(EOFError, OSError):
        while True:
            while not pipe.poll(LOOK):
                if os.getppid() != parent:
                    return
            outcome = attempt(pipe.recv(), work)
            pipe.send((outcome.extraction, _portable(outcome.error), outcome.seconds))


def _portable(error: Exception | None) -> Exception | None:
    """The error, if it survives a journey between processes, else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this line
        return error
    except Exception:
        return ArticleError(f"{type(error).__name__}: {error}")


def _cluster(articles: Iterable[Article], work: Work, *, address: str) -> Iterator[Outcome]:
    from argmap.cluster import cluster  # its libraries are an extra
    return cluster(articles, work, address=address)


#: What makes each engine, with its options.
ENGINES: Mapping[str, Callable[..., Iterator[Outcome]]] = {"serial": serial, "processes": processes, "cluster": _cluster}


def named(name: str, **options: Any) -> Engine:
    """The engine of a name with its options.

    Raises:
        EngineError: there is none.

    >>> list(named("serial")([], lambda article: Extraction(article)))
    []
    """
    if name not in ENGINES:
        raise EngineError(f"no engine {name!r}: there are {', '.join(ENGINES)}")
    return partial(ENGINES[name], **options)
