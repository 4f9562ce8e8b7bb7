"""A store in; out, what is in it, what is wrong with it, or less of it."""

from __future__ import annotations

from typing import Any

from argmap.errors import StoreError
from argmap.store import Store

__all__ = ["counts", "failures", "last_runs", "prune", "verify"]

#: Tables, with the column of the time that tells whether a row is still wanted.
DATED = {"uses": "used", "maps": "made", "outputs": "made", "failures": "made", "runs": "started"}
#: Tables whose rows are counted.
COUNTED = ("extractions", "vectors", "outputs", "failures", "runs")
#: Problems that SQLite is asked for.
PROBLEMS = 20


def counts(store: Store) -> dict[str, int]:
    """The number of rows of each table, of maps, and the file's size in bytes.

    >>> counts(Store(None))["extractions"]
    0
    """
    found = {name: int(store.ask(f"SELECT count(*) FROM {name}")[0][0]) for name in COUNTED}  # noqa: S608 - names of ours
    found["maps"] = int(store.ask("SELECT count(DISTINCT name) FROM maps")[0][0])
    return found | {"bytes": store.ask("PRAGMA page_count")[0][0] * store.ask("PRAGMA page_size")[0][0]}


def last_runs(store: Store, number: int) -> list[dict[str, Any]]:
    """The last builds, the newest first, by the names of the columns of ``runs``."""
    names = [row[1] for row in store.ask("PRAGMA table_info(runs)")]
    return [dict(zip(names, row, strict=True)) for row in store.ask("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (number,))]


def failures(store: Store) -> list[tuple[str, str]]:
    """The articles that could not be read when they were tried last, with the reason."""
    return [(article, reason) for article, reason in store.ask("SELECT article, reason FROM failures ORDER BY article, reason")]


def prune(store: Store, *, before: str, vectors: bool = False) -> dict[str, int]:
    """Remove what no build has used since a time, and give the room back.

    Args:
        store: the store.
        before: a time in UTC, ISO 8601: extractions that were last used before it go, and maps, notes of outputs, failures and
            builds from before it.
        vectors: whether all sentence vectors go too; they are not dated.

    Returns:
        How many rows of each table went.
    """
    wanted = [(f"DELETE FROM {table} WHERE {column} < ?", (before,)) for table, column in DATED.items()]  # noqa: S608 - names of ours
    unused = "DELETE FROM extractions WHERE key NOT IN (SELECT key FROM uses)"
    gone = dict(zip((*DATED, "extractions"), store.change(*wanted, (unused, ())), strict=True))
    del gone["uses"]
    gone["vectors"] = store.change(("DELETE FROM vectors", ()))[0] if vectors else 0
    store.ask("VACUUM")
    store.ask("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


def verify(store: Store) -> list[str]:
    """What is wrong with the file, a line each; nothing where all is well. Extractions that are not as written are removed."""
    try:
        problems = [str(text) for (text,) in store.ask(f"PRAGMA integrity_check({PROBLEMS})") if text != "ok"]
        if problems:
            return problems
        keys = [key for (key,) in store.ask("SELECT key FROM extractions ORDER BY key")]
        return [f"extraction {key} is not as it was written: it is removed, and made anew when it is needed"
                for key, found in zip(keys, store.get(keys), strict=True) if found is None]
    except StoreError as error:
        return [str(error)]
