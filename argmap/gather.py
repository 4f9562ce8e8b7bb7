"""Articles in; out, the keys under which a store has what each of them yielded: read by an engine where it was not there yet.

Nothing is held but the articles: what one yields goes to the store at once, so that memory stays flat and a build that is
stopped goes on from where it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import argmap
from argmap.engine import Engine, Outcome, Work
from argmap.errors import ArgmapError, EngineError, LexiconError, ModelError, StoreDamagedError, StoreError
from argmap.model import Article, Extraction, Skipped
from argmap.store import Store, set_aside

__all__ = ["FATAL", "Gathered", "Note", "gather", "gathered", "with_store"]

T = TypeVar("T")

#: Wrong for every article, or every one of a language: the user must act.
FATAL = (ModelError, LexiconError, EngineError)
#: Times that what a damaged disk made of the store is read again.
ROUNDS = 3


class Note(Protocol):
    """What is told of each event of a build, by name and with what there is to know of it."""

    def __call__(self, event: str, **about: object) -> None:
        """Take note."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Where the extractions are: `keys` in the order of the articles' ids, and their `languages`; without those that `failed`."""

    keys: tuple[str, ...]
    languages: frozenset[str]
    failed: tuple[Skipped, ...]


def gather(
    articles: Sequence[Article], work: Work, key: Callable[[Article], str], *, store: Store, engine: Engine, strict: bool,
    progress: Callable[[str, int, int], None], note: Note,
) -> Gathered:
    """See to it that the store has what each article yields.

    Args:
        articles: each with an id of its own.
        work: what is done with an article that the store does not know.
        key: of an article, and of all else that its extraction depends on.
        store: where extractions come from and go to.
        engine: what does the work.
        strict: raise what goes wrong with an article instead of leaving it out.
        progress: told how many articles of all are done.
        note: told of each article.

    Raises:
        ArgmapError: a model is missing, or the engine or the store cannot be used.
    """
    keys = {article.id: key(article) for article in articles}
    known = store.known(keys.values())
    failed: list[Skipped] = []
    done = len([one for one in keys.values() if one in known])
    reused = done
    missing = _told((article for article in articles if keys[article.id] not in known), note)
    note("extract", articles=len(articles), known=reused, missing=len(articles) - reused)
    if done < len(articles):
        progress("extract", done, len(articles))
    for outcome in engine(missing, work):
        done += 1
        _take(outcome, keys[outcome.article.id], store, failed, strict=strict, note=note)
        if done < len(articles):
            progress("extract", done, len(articles))
    left_out = {skipped.path for skipped in failed}
    made = sorted((article for article in articles if article.id not in left_out), key=lambda article: article.id)
    found = tuple(keys[article.id] for article in made)
    store.forget_failures(found)
    store.count_run(articles=len(articles), reused=reused, extracted=done - reused - len(failed), failed=len(failed))
    return Gathered(found, frozenset(article.language for article in made), tuple(failed))


def _told(articles: Iterator[Article], note: Note) -> Iterator[Article]:
    for article in articles:
        note("reading", article=article.id)
        yield article


def _take(outcome: Outcome, key: str, store: Store, failed: list[Skipped], *, strict: bool, note: Note) -> None:
    article, error = outcome.article, outcome.error
    if outcome.extraction is not None:
        store.put(key, outcome.extraction, seconds=outcome.seconds)
        note("article", article=article.id, seconds=round(outcome.seconds, 3), words=len(article.text.split()),
             statements=len(outcome.extraction.statements))
        return
    assert error is not None
    if strict or isinstance(error, FATAL):
        raise error
    reason = str(error) if isinstance(error, ArgmapError) else f"{type(error).__name__}: {error}"
    store.put_failure(key, article.id, reason)
    failed.append(Skipped(article.id, reason))
    note("failed", article=article.id, reason=reason)


def gathered(store: Store, found: Gathered, again: Callable[[], Gathered]) -> Iterator[Extraction]:
    """The extractions from the store, one after another; those that a damaged disk has changed since are made again first.

    Raises:
        StoreError: they are changed each time.
    """
    for _ in range(ROUNDS):
        if store.sound(found.keys):
            break
        found = again()
    else:
        raise _changed(store)
    for one in store.get(found.keys):
        if one is None:
            raise _changed(store)
        yield one


def _changed(store: Store) -> StoreError:
    return StoreError(f"{store.path}: what is written to the store does not come back, so the disk may be failing: name another place "
                      "with --store")


def with_store(path: Path | None, made: Callable[[Store], T], *, note: Note) -> T:
    """What is made with the store of a file; a damaged one is set aside, and all is made with a new one.

    Args:
        path: the file; None for a store in memory.
        made: gives the result; it may be asked twice.
        note: told of a store that was set aside.
    """
    if path is not None:
        try:
            return _once(path, made)
        except StoreDamagedError as error:
            aside = set_aside(path, error.file)
            note("damaged", message=f"{error}: it is set aside{f' as {aside.name}' if aside else ''}, and what was in it is read anew")
    return _once(path, made)


def _once(path: Path | None, made: Callable[[Store], T]) -> T:
    with Store(path) as store:
        store.begin_run(argmap.__version__)
        try:
            result = made(store)
        except StoreError:
            raise  # there is no telling it
        except BaseException as error:
            with contextlib.suppress(StoreError):
                store.end_run("stopped" if isinstance(error, KeyboardInterrupt) else f"{type(error).__name__}: {error}")
            raise
        store.end_run("done")
        return result
