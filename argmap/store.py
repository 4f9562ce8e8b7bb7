"""Extractions in, kept in one SQLite file under keys that tell when they may be used again; and the same extractions out.

The file is a cache: all in it can be made anew. It is written after every article, in WAL mode, so that a build that ends
anyhow, by Ctrl-C, ``kill -9`` or a crash, loses the articles at hand and no more, and that two builds may share it. What a
damaged disk made of it is found by hashes, and such a file is set aside and begun anew.

Tables: ``extractions`` (an article a row, ``content`` is JSON), ``vectors``, ``maps``, ``outputs``, ``failures`` and ``runs``;
the view ``statements`` has a row for each statement as it was read, before stances and claims. `argmap.care` looks after the file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.errors import StoreDamagedError, StoreError
from argmap.keys import digest
from argmap.model import DebateMap, Extraction
from argmap.packing import pack, pack_map, unpack, unpack_map

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["NAME", "Store", "Written", "set_aside"]

#: A store's name beside the first output. It is hidden: a folder of articles may be the folder of the output.
NAME = ".argmap.sqlite"
#: Version of the tables; a store of another one is set aside.
TABLES = 3
#: Seconds to wait for another program that writes to the store.
PATIENCE = 60
#: Seconds between attempts at what SQLite does not wait for by itself.
RETRY = 0.05
#: Values asked for at a time; SQLite takes some thousand.
AT_ONCE = 500

SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS extractions (
  key TEXT PRIMARY KEY, article TEXT NOT NULL, title TEXT, outlet TEXT, date TEXT, language TEXT, words INTEGER, statements INTEGER,
  seconds REAL, made TEXT NOT NULL, checksum TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS uses (key TEXT PRIMARY KEY, used TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vectors (id INTEGER PRIMARY KEY, text BLOB NOT NULL UNIQUE, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS maps (
  name TEXT NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, made TEXT NOT NULL, checksum TEXT NOT NULL,
  content BLOB NOT NULL, PRIMARY KEY (name, number));
CREATE TABLE IF NOT EXISTS outputs (
  path TEXT PRIMARY KEY, inputs TEXT NOT NULL, checksum TEXT NOT NULL, summary TEXT NOT NULL, made TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS failures (key TEXT PRIMARY KEY, article TEXT NOT NULL, reason TEXT NOT NULL, made TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, version TEXT, articles INTEGER, reused INTEGER, extracted INTEGER,
  failed INTEGER, seconds REAL, outcome TEXT);
CREATE VIEW IF NOT EXISTS statements AS
  SELECT extractions.article, json_extract(one.value, '$.id') AS id, json_extract(one.value, '$.voice') AS voice,
    json_extract(one.value, '$.type') AS type, json_extract(one.value, '$.source.text') AS source,
    json_extract(one.value, '$.cue.text') AS cue,
    (SELECT group_concat(json_extract(span.value, '$.text'), ' ') FROM json_each(one.value, '$.content') AS span) AS text,
    json_extract(one.value, '$.relevance') AS relevance, json_extract(one.value, '$.confidence') AS confidence
  FROM extractions, json_each(extractions.content, '$.statements') AS one;
"""

EXTRACTED = "SELECT key, checksum, content FROM extractions WHERE key IN (?)"
#: SQLite's primary result codes: a file that is damaged or no database; a disk that is full; a place that cannot be written.
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
FULL = sqlite3.SQLITE_FULL
UNWRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR})


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a build wrote: from which inputs, the hash of its bytes, and what the build said."""

    inputs: str
    checksum: str
    summary: str


class Store:
    """An open store; a context manager that closes it.

    Args:
        path: the file, made if it is not there; None for one in memory that ends with the build.
        patience: seconds to wait for another program that writes to it.

    Raises:
        StoreDamagedError: it is damaged, no store, or of another version of argmap: `set_aside` makes room for a new one.
        StoreError: it cannot be opened or written; the message says what to do. All methods raise these two.
    """

    def __init__(self, path: Path | None, *, patience: float = PATIENCE) -> None:
        self.path = path
        self.damaged_rows = 0
        self._patience = patience
        self._run: int | None = None
        self._file = _file(path)
        self._started = time.monotonic()
        with self._explained():
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path or ":memory:", timeout=patience, isolation_level=None)
            try:
                self._begin()
            except BaseException:
                self._base.close()
                raise
        self._file = _file(path)

    def _begin(self) -> None:
        self._base.execute("BEGIN")  # another process may be making the tables: what is read is of one moment
        version, tables = self._version()
        self._base.execute("COMMIT")
        if tables and "extractions" not in tables:
            raise StoreError(f"{self.path}: a database of another program: name another file with --store")
        self._log_ahead()
        self._base.execute("PRAGMA synchronous = NORMAL")  # a lost article is read again, so no commit waits for the disk
        if not tables:
            with self._transaction():
                if not self._version()[1]:
                    for statement in filter(str.strip, SCHEMA.split(";\n")):
                        self._base.execute(statement)
                    self._base.execute(f"PRAGMA user_version = {TABLES}")
                version = self._version()[0]
        if version != TABLES:
            raise StoreDamagedError(f"{self.path}: not a store of this version of argmap", self._file)

    def _log_ahead(self) -> None:
        """Switch to WAL mode, which SQLite refuses at once while another process does the same."""
        end = time.monotonic() + self._patience
        while True:
            try:
                self._base.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if (error.sqlite_errorcode & 0xFF) not in BUSY or time.monotonic() > end:
                    raise
                time.sleep(RETRY)

    def _version(self) -> tuple[int, set[str]]:
        version = int(self._base.execute("PRAGMA user_version").fetchone()[0])
        return version, {name for (name,) in self._base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it; what is in it stays."""
        with contextlib.suppress(sqlite3.Error):
            self._base.close()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Errors of SQLite as argmap's own, which say what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._explain(error) from error
        except OSError as error:
            raise StoreError(f"{self.path}: the store cannot be made there ({error.strerror}): name another place with --store, "
                             "or use --no-store") from error

    def _explain(self, error: sqlite3.Error) -> StoreError:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in DAMAGED:
            return StoreDamagedError(f"{self.path}: the store is damaged ({error})", self._file)
        if code in BUSY:
            return StoreError(f"{self.path}: another program has kept the store locked for {self._patience:g} s: end it, or name another "
                              "store with --store")
        if code == FULL:
            return StoreError(f"{self.path}: the disk is full: free some space and run the same command again, it goes on from here; "
                              "or name another place with --store, or use --no-store")
        if code in UNWRITABLE:
            return StoreError(f"{self.path}: the store cannot be written ({error}): name another place with --store, or use --no-store")
        return StoreError(f"{self.path}: {error}")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def _some(self, question: str, values: Sequence[Any], at_once: int = AT_ONCE) -> Iterator[tuple[Any, ...]]:
        """The rows of a question about many values, which it has as ``IN (?)``."""
        for start in range(0, len(values), at_once):
            part = values[start:start + at_once]
            with self._explained():
                rows = self._base.execute(question.replace("(?)", f"({','.join('?' * len(part))})"), part).fetchall()
            yield from rows

    # Extractions

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys under which there is an extraction; it counts as used now."""
        wanted = list(dict.fromkeys(keys))
        found = frozenset(key for (key,) in self._some("SELECT key FROM extractions WHERE key IN (?)", wanted))
        now = _now()
        # In a table of its own: to change a row SQLite writes all of it anew.
        with self._explained(), self._transaction():
            self._base.executemany("INSERT OR REPLACE INTO uses VALUES (?, ?)", [(key, now) for key in sorted(found)])
        return found

    def put(self, key: str, extraction: Extraction, *, seconds: float = 0.0) -> None:
        """Keep an extraction; one of that key is replaced."""
        article, content, now = extraction.article, pack(extraction), _now()
        row = (key, article.id, _utf8(article.title), _utf8(article.outlet), article.date, article.language, len(article.text.split()),
               len(extraction.statements), round(seconds, 3), now, _checksum(key, content), content)
        with self._explained(), self._transaction():
            self._base.execute("INSERT OR REPLACE INTO extractions VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
            self._base.execute("INSERT OR REPLACE INTO uses VALUES (?, ?)", (key, now))

    def get(self, keys: Sequence[str]) -> Iterator[Extraction | None]:
        """The extraction of each key, in order; None where there is none, or where it is not as it was written."""
        for start in range(0, len(keys), AT_ONCE // 10):
            part = keys[start:start + AT_ONCE // 10]
            rows = {row[0]: row for row in self._some(EXTRACTED, part)}
            yield from (unpack(rows[key][2]) if key in rows and self._holds(*rows[key]) else None for key in part)

    def sound(self, keys: Sequence[str]) -> bool:
        """Whether `get` will give an extraction for each key."""
        return sum(self._holds(*row) for row in self._some(EXTRACTED, keys, AT_ONCE // 10)) == len(set(keys))

    def _holds(self, key: str, checksum: str, content: str) -> bool:
        """Whether an extraction is as it was written; one that is not is removed."""
        if _checksum(key, content) == checksum:
            return True
        self.damaged_rows += 1
        with self._explained():
            self._base.execute("DELETE FROM extractions WHERE key = ?", (key,))
        return False

    # Vectors

    def vectors(self, encoder: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Those of the texts' vectors that are kept, by an encoder and its release."""
        import numpy as np
        names = {_name(encoder, text): text for text in texts}
        return {names[name]: np.frombuffer(raw, dtype="<f4") for name, raw in
                self._some("SELECT text, vector FROM vectors WHERE text IN (?)", list(names))}

    def put_vectors(self, encoder: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of texts, a row each."""
        rows = [(_name(encoder, text), row.astype("<f4").tobytes()) for text, row in zip(texts, vectors, strict=True)]
        with self._explained(), self._transaction():
            self._base.executemany("INSERT OR IGNORE INTO vectors (text, vector) VALUES (?, ?)", rows)

    # Maps and what was written

    def map(self, name: str, key: str) -> DebateMap | None:
        """The map that was kept under a name, if its key is this."""
        with contextlib.suppress(ValueError, LookupError, TypeError, zlib.error):
            return unpack_map(self._parts(name, key))
        return None

    def _parts(self, name: str, key: str) -> Iterator[tuple[str, str]]:
        with self._explained():
            rows = self._base.execute("SELECT number, field, checksum, content FROM maps WHERE name = ? AND key = ? ORDER BY number",
                                      (name, key))
            for place, (number, field, checksum, content) in enumerate(rows):
                text = zlib.decompress(content).decode("ascii")
                if number != place or _checksum(key, field, text) != checksum:
                    raise ValueError("the map is not as it was written")
                yield field, text

    def put_map(self, name: str, key: str, debate_map: DebateMap) -> None:
        """Keep a map instead of the one of that name."""
        now = _now()
        with self._explained(), self._transaction():
            self._base.execute("DELETE FROM maps WHERE name = ?", (name,))
            for number, (field, text) in enumerate(pack_map(debate_map)):
                row = (name, number, key, field, now, _checksum(key, field, text), zlib.compress(text.encode("ascii"), 1))
                self._base.execute("INSERT INTO maps VALUES (?,?,?,?,?,?,?)", row)

    def written(self, path: Path) -> Written | None:
        """What is known of a file that a build wrote."""
        with self._explained():
            row = self._base.execute("SELECT inputs, checksum, summary FROM outputs WHERE path = ?", (_place(path),)).fetchone()
        return Written(*row) if row else None

    def put_written(self, path: Path, written: Written) -> None:
        """Keep what a file was written from, the hash of its bytes, and the summary."""
        with self._explained():
            self._base.execute("INSERT OR REPLACE INTO outputs VALUES (?,?,?,?,?)",
                               (_place(path), written.inputs, written.checksum, written.summary, _now()))

    # Runs

    def begin_run(self, version: str) -> None:
        """Note that a build begins."""
        with self._explained():
            self._run = self._base.execute("INSERT INTO runs (started, version) VALUES (?,?)", (_now(), version)).lastrowid
        self._started = time.monotonic()

    def count_run(self, *, articles: int, reused: int, extracted: int, failed: int) -> None:
        """Note how many articles the build has, and how many of them were in the store, read now, and left out."""
        with self._explained():
            self._base.execute("UPDATE runs SET articles = ?, reused = ?, extracted = ?, failed = ? WHERE id = ?",
                               (articles, reused, extracted, failed, self._run))

    def end_run(self, outcome: str) -> None:
        """Note how the build ended: a run without end was killed."""
        with self._explained():
            self._base.execute("UPDATE runs SET ended = ?, seconds = ?, outcome = ? WHERE id = ?",
                               (_now(), round(time.monotonic() - self._started, 3), _utf8(outcome), self._run))

    def put_failure(self, key: str, article: str, reason: str) -> None:
        """Note that an article could not be read, for people: the next build tries again."""
        with self._explained():
            self._base.execute("INSERT OR REPLACE INTO failures VALUES (?,?,?,?)", (key, article, _utf8(reason), _now()))

    def forget_failures(self, keys: Iterable[str]) -> None:
        """Note that articles could be read now."""
        with self._explained(), self._transaction():
            self._base.executemany("DELETE FROM failures WHERE key = ?", [(key,) for key in keys])

    def ask(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that SQLite gives for a question, in its language."""
        with self._explained():
            return self._base.execute(question, values).fetchall()

    def change(self, *statements: tuple[str, Sequence[Any]]) -> list[int]:
        """Change tables, all at once or not at all; the number of rows of each change."""
        with self._explained(), self._transaction():
            return [self._base.execute(statement, values).rowcount for statement, values in statements]


def set_aside(path: Path, file: tuple[int, int] | None) -> Path | None:
    """Rename a damaged store, with what SQLite keeps beside it.

    Args:
        path: where it was opened.
        file: which file it was (`StoreDamagedError.file`): another build may have set it aside, and begun a new one.

    Returns:
        The new name; None where it is not there any more.

    Raises:
        StoreError: it cannot be renamed.
    """
    if _file(path) != file or file is None:
        return None
    name = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}")
    try:
        for suffix in ("-wal", "-shm", ""):  # the log goes first: a new file must never find an old one's
            with contextlib.suppress(FileNotFoundError):  # another build was quicker
                path.with_name(path.name + suffix).rename(name.with_name(name.name + suffix))
    except OSError as error:
        raise StoreError(f"{path}: the store is damaged and cannot be set aside ({error.strerror}): remove it, or use "
                         "--no-store") from error
    return name


def _checksum(*parts: str) -> str:
    """Of texts in ASCII; each but the last is short and has no line break."""
    return hashlib.sha256("\n".join(parts).encode("ascii", "replace")).hexdigest()[:32]


def _file(path: Path | None) -> tuple[int, int] | None:
    """The device and number of a file, by which it is known when it has another name."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _name(encoder: str, text: str) -> bytes:
    return bytes.fromhex(digest(encoder, text))


def _place(path: Path) -> str:
    return _utf8(os.path.realpath(path))


def _utf8(text: str) -> str:
    """A text as SQLite can hold it: without halves of characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
