"""Articles and what is to be done with each in; out, what each yielded on the workers of a Dask scheduler.

The scheduler hands the articles of a lost worker to others. Under which of a dying worker's articles it died it does not
know; so an article that it gives up is tried once more with nothing else running, and left out if workers die of it alone.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from argmap.engine import Outcome, Work, attempt, poisoned
from argmap.errors import EngineError
from argmap.model import Article

__all__ = ["LOCAL", "cluster"]

#: The address that stands for a scheduler of one's own, on this machine.
LOCAL = "local"
#: Articles at a time for each thread of a worker: one in work, one under way.
AHEAD = 3
#: Seconds to wait for a scheduler, and for its first worker.
PATIENCE = 60
#: Workers that may die with an article in hand before the scheduler of `LOCAL` gives it up.
LOSSES = 3


def cluster(articles: Iterable[Article], work: Work, *, address: str) -> Iterator[Outcome]:
    """Read articles on a Dask cluster.

    Args:
        articles: taken as workers come free, so that few are held.
        work: what can be pickled; argmap is installed on each worker.
        address: of the scheduler ("tcp://10.0.0.5:8786"), or "local".

    Raises:
        EngineError: Dask is not installed, or there is no scheduler or worker at the address.
    """
    try:
        dask: Any = import_module("dask")  # neither says its types
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise EngineError("--cluster needs Dask: pip install 'argmap[cluster]'") from error
    quiet = {"distributed.scheduler.allowed-failures": LOSSES, "distributed.logging.distributed": "critical",
             "distributed.admin.tick.limit": "1h"}
    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set(quiet))
        try:
            if address == LOCAL:
                stack.enter_context(_silenced())
                held = stack.enter_context(distributed.LocalCluster(threads_per_worker=1, processes=True, dashboard_address=None))
                client = stack.enter_context(distributed.Client(held))
            else:
                client = stack.enter_context(distributed.Client(address, timeout=PATIENCE))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise EngineError(f"{address}: no Dask scheduler with a worker answers there ({type(error).__name__}): start them with "
                              "'dask scheduler' and 'dask worker ADDRESS', or use --cluster local") from error
        yield from _run(client, iter(articles), work)


def _run(client: Any, articles: Iterator[Article], work: Work) -> Iterator[Outcome]:
    ahead = AHEAD * max(1, sum(client.nthreads().values()))
    waiting: dict[str, Article] = {}
    suspects: list[Article] = []
    done = import_module("distributed").as_completed()

    def submit(some: Iterable[Article]) -> None:
        for article in some:
            future = client.submit(attempt, article, work, pure=False)
            waiting[future.key] = article
            done.add(future)

    submit(itertools.islice(articles, ahead))
    while waiting:
        future = next(done)
        article = waiting.pop(future.key)
        outcome = _outcome(future, article)
        if outcome is None:
            suspects.append(article)
        else:
            yield outcome
        future.release()
        submit(itertools.islice(articles, 1))
    for article in suspects:
        yield _outcome(client.submit(attempt, article, work, pure=False), article) or poisoned(article, 2 * (LOSSES + 1))


def _outcome(future: Any, article: Article) -> Outcome | None:
    """What a task gave; None where the workers died that had it."""
    killed: type[Exception] = import_module("distributed.scheduler").KilledWorker
    try:
        found = future.result()
    except killed:
        return None
    except Exception as error:  # what came of the way there and back: an outcome like any other
        return Outcome(article, None, error)
    assert isinstance(found, Outcome)
    return found


@contextlib.contextmanager
def _silenced() -> Iterator[None]:
    """Without what Dask logs of workers that come and go: argmap says what matters."""
    names = ("distributed", "distributed.nanny", "distributed.scheduler", "distributed.worker", "distributed.core", "distributed.comm",
             "distributed.process")
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
