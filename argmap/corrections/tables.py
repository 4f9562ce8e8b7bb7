"""A map and its tables, edited in a spreadsheet, in; the corrections that make the one of the other out.

The tables are those of ``argmap export --format csv`` (`argmap.export.tables`). Rows are compared by id. What a row can say as a
correction: other names, kinds, affiliations, speakers, sides, claims, topics and kinds of relations; a row deleted or added; an id
(or a name) in the column ``merge_into``. A statement whose ``claim`` is an id that no claim has, with those that have it too,
becomes a claim of its own, whose text is that of the row in ``claims.csv`` which has the id, if one has. All else is told apart.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from argmap.corrections.entries import ACTIONS, Correction, Reference, plain, read_entry
from argmap.corrections.refer import refer
from argmap.errors import FormatError
from argmap.export import tables
from argmap.export.clean import bare
from argmap.export.incoming import csv_rows, read
from argmap.gold import fold
from argmap.model import AUTHOR, DebateMap

__all__ = ["Compared", "compare"]

Row = Mapping[str, str]
#: The columns that corrections can change, by table; those that only follow from others; and those that hold lists.
_OPEN = {"actors": ("name", "kind", "affiliation", "aliases"), "statements": ("actors", "stance", "claim", "voice"),
         "claims": ("text", "stance", "topic")}
_FOLLOWING = ("id", "human", "merge_into")
_LISTS = ("aliases", "actors")
#: Tables of which nothing can be corrected.
_CLOSED = ("debate", "articles", "attributions", "mentions")


@dataclass(frozen=True, slots=True)
class Compared:
    """The corrections that edited tables hold, in the order in which they apply, and what in them cannot be one, a line each."""

    corrections: tuple[Correction, ...]
    unread: tuple[str, ...]


@dataclass(slots=True)
class _Table:
    """A table before and after: rows by id, the new ones with their line."""

    path: Path
    old: dict[str, Row]
    new: dict[str, tuple[int, Row]]
    added: list[tuple[int, Row]] = field(default_factory=list)

    def value(self, name: str, column: str) -> str:
        """What a cell holds after editing; what it held, where row or column are not there."""
        row = self.new[name][1] if name in self.new else self.old.get(name, {})
        return row.get(column, self.old.get(name, {}).get(column, ""))

    def changed(self, name: str) -> list[str]:
        """The columns whose cells differ, but for spaces and how numbers are written."""
        row = self.new[name][1]
        return [column for column, before in self.old[name].items() if column in row and not _same(column, before, row[column])]


def compare(debate_map: DebateMap, folder: Path, *, by: str = "") -> Compared:
    """The corrections that make a map's tables what they are after editing.

    Args:
        debate_map: the map whose tables were exported.
        folder: the edited tables; those that are missing are taken for unchanged.
        by: who made the corrections.

    Raises:
        FormatError: a table cannot be read, or a value is none that it can be; the message names file and line.
    """
    return _Comparison(debate_map, folder, by).all()


def _same(column: str, before: str, after: str) -> bool:
    if column in _LISTS:
        return tables.parts(before) == tables.parts(after)
    if " ".join(before.split()) == " ".join(after.split()):
        return True
    try:
        return float(before) == float(after.replace(",", "."))
    except ValueError:
        return False


class _Comparison:
    """One comparison: the references that the map's ids stand for, and what was found so far."""

    def __init__(self, debate_map: DebateMap, folder: Path, by: str) -> None:
        self.folder, self.by = folder, by
        self.found: list[Correction] = []
        self.unread: list[str] = []
        self.before = {name.removesuffix(".csv"): _rows(text) for name, text in tables.dumps(debate_map).items()}
        self.actors, self.statements, self.claims = (self._table(name) for name in ("actors", "statements", "claims"))
        known = {one.id: one for one in debate_map.statements}
        self.statement_refs = {one.id: refer(one) for one in debate_map.statements}
        self.claim_refs = {one.id: refer(one, known) for one in debate_map.claims}
        self.actor_refs = {one.id: refer(one) for one in debate_map.actors}

    def all(self) -> Compared:
        """All corrections, then what is none."""
        self._actors()
        self._statements()
        self._claims()
        self._relations()
        for name in _CLOSED:
            path = self.folder / f"{name}.csv"
            after = [row for _, row in _read(path)] if path.exists() else self.before[name]
            if _content(self.before[name], after) != _content(after, self.before[name]):
                self.unread.append(f"{path}: this table cannot be corrected: changes in it are passed over")
        order = {action: number for number, action in enumerate(ACTIONS)}
        return Compared(tuple(sorted(self.found, key=lambda one: order[one.action])), tuple(self.unread))

    def _table(self, name: str) -> _Table:
        path = self.folder / f"{name}.csv"
        old = {row["id"]: row for row in self.before[name]}
        if not path.exists():
            return _Table(path, old, {one: (0, row) for one, row in old.items()})
        table = _Table(path, old, {})
        for line, row in _read(path):
            if "id" not in row:
                raise FormatError(f"{path}: no column id: the first line must name the columns")
            if row["id"] in old and row["id"] not in table.new:
                table.new[row["id"]] = line, row
            elif row["id"] in old:
                raise FormatError(f"{path}, line {line}: id {row['id'][:40]!r} is used twice: to make two one, name one's id in merge_into")
            elif any(row.values()):
                table.added.append((line, row))
        return table

    def _add(self, table: Path, line: int, action: str, **values: Any) -> None:
        raw = plain(Correction(action, {name: value for name, value in values.items() if value is not None}, by=self.by))
        try:
            self.found.append(read_entry(raw))
        except ValueError as error:
            raise FormatError(f"{table}, line {line}: {error}") from error

    def _pass_over(self, table: Path, line: int, columns: Iterable[str]) -> None:
        for column in columns:
            self.unread.append(f"{table}, line {line}: {column} cannot be corrected: the change is passed over")

    def _rows(self, table: _Table, refs: Mapping[str, Reference], merge: str, kind: str) -> Iterator[tuple[str, int, Row, list[str]]]:
        """Rows that changed, with the columns that did and can; what was merged is told."""
        for name, (line, row) in table.new.items():
            columns = table.changed(name)
            open_ = [column for column in columns if column in _OPEN[table.path.stem]]
            into = row.get("merge_into", "").strip()
            if into and merge:
                self._add(table.path, line, merge, **{kind: refs[name], "into": _named(into, refs, "text" if kind == "claim" else "name")})
                self._pass_over(table.path, line, open_)
                continue
            self._pass_over(table.path, line, [column for column in columns if column not in open_ and column not in _FOLLOWING])
            if open_:
                yield name, line, row, open_

    def _actors(self) -> None:
        table, refs = self.actors, self.actor_refs
        for name in table.old:
            if name not in table.new:
                self._add(table.path, 0, "reject-actor", actor=refs[name])
        for name, line, row, columns in self._rows(table, refs, "merge-actors", "actor"):
            for column in columns:
                value = tables.parts(row[column]) if column in _LISTS else row[column]
                self._add(table.path, line, "rename-actor" if column == "name" else f"set-{column}", actor=refs[name], **{column: value})
        for line, row in table.added:
            self._add(table.path, line, "add-actor", name=row.get("name", ""), kind=row.get("kind") or "organisation",
                      affiliation=row.get("affiliation"), aliases=tables.parts(row.get("aliases", "")))

    def _speakers(self, cell: str) -> tuple[Reference, ...]:
        new = {row["id"]: Reference(row["id"], row.get("name", "")) for _, row in self.actors.added if row["id"]}
        return tuple(Reference(AUTHOR) if part == AUTHOR else _named(part, self.actor_refs | new, "name") for part in tables.parts(cell))

    def _statements(self) -> None:
        table, refs = self.statements, self.statement_refs
        apart: dict[str, list[str]] = defaultdict(list)
        for name in table.old:
            if name not in table.new:
                self._add(table.path, 0, "reject-statement", statement=refs[name])
        for name, line, row, columns in self._rows(table, refs, "", ""):
            if "actors" in columns or row.get("voice") == AUTHOR and "voice" in columns:
                own = row.get("voice") == AUTHOR and "voice" in columns
                self._add(table.path, line, "set-speakers", statement=refs[name],
                          actors=(Reference(AUTHOR),) if own else self._speakers(row["actors"]))
            elif "voice" in columns:
                self._pass_over(table.path, line, ["voice without actors"])
            if "stance" in columns:
                self._add(table.path, line, "set-stance", statement=refs[name], stance=row["stance"])
            if "claim" in columns and row["claim"] in self.claim_refs:
                self._add(table.path, line, "move-statement", statement=refs[name], claim=self.claim_refs[row["claim"]])
            elif "claim" in columns:
                apart[row["claim"]].append(name)
        for claim, names in apart.items():
            self._new_claim(claim, names)
        for line, row in table.added:
            self._new_statement(line, row)

    def _new_claim(self, claim: str, names: list[str]) -> None:
        """Statements that have come to make a claim that was not there."""
        line, row = next(((line, row) for line, row in self.claims.added if row["id"] == claim and claim), (0, {}))
        old = {self.statements.old[name]["claim"] for name in names}
        table, first = self.claims.path, self.statement_refs[names[0]]
        shown = Reference(claim, article=first.article, quotation=first.quotation, start=first.start)
        self.claim_refs[claim] = shown
        self._add(table, line, "split-claim", statements=tuple(self.statement_refs[name] for name in names), text=row.get("text") or None,
                  claim=self.claim_refs[old.pop()] if len(old) == 1 else None)
        for column in ("stance", "topic"):
            if row.get(column):
                self._add(table, line, f"set-{column}", claim=shown, **{column: row[column]})

    def _new_statement(self, line: int, row: Row) -> None:
        values: dict[str, Any] = {"claim": self.claim_refs.get(row.get("claim", ""))}
        if values["claim"] is None:
            made = next((one for _, one in self.claims.added if one["id"] == row.get("claim") and one["id"]), {})
            values |= {"text": made.get("text"), "topic": made.get("topic")}
        start = row.get("spans", "").partition("-")[0].strip()
        article, quotation = row.get("article", ""), row.get("text", "")
        speakers = (Reference(AUTHOR),) if row.get("voice") == AUTHOR else self._speakers(row.get("actors", ""))
        self._add(self.statements.path, line, "add-statement", article=article, quotation=quotation,
                  start=int(start) if start.isascii() and start.isdigit() else None, actors=speakers, stance=row.get("stance") or None,
                  **values)
        if values["claim"] is None and row.get("claim"):
            self.claim_refs[row["claim"]] = Reference(row["claim"], article=article, quotation=quotation)

    def _claims(self) -> None:
        table, refs = self.claims, dict(self.claim_refs)
        homes: dict[str, list[str]] = defaultdict(list)
        for name in self.statements.new:
            homes[self.statements.value(name, "claim")].append(name)
        for name in table.old:
            if name not in table.new:
                for one in homes[name]:
                    self._add(table.path, 0, "reject-statement", statement=self.statement_refs[one])
        for name, line, row, columns in self._rows(table, refs, "merge-claims", "claim"):
            for column in columns:
                action = "edit-claim" if column == "text" else f"set-{column}"
                self._add(table.path, line, action, claim=refs[name], **{column: row[column]})
        for line, row in table.added:
            if row["id"] not in refs:
                self.unread.append(f"{table.path}, line {line}: no statement makes this claim: name its id in statements.csv")

    def _relations(self) -> None:
        path = self.folder / "relations.csv"
        if not path.exists():
            return
        old, new = _pairs((0, row) for row in self.before["relations"]), _pairs(_read(path))
        gone = {name for name in self.claims.old if name not in self.claims.new}
        turned = {(one, other) for one, other in old if (one, other) not in new and (other, one) in new and (other, one) not in old}
        for pair, rows in old.items():
            if pair not in new:
                if not gone & set(pair):
                    self._add(path, 0, "reverse-relation" if pair in turned else "reject-relation", **self._ends(pair))
                continue
            line, kinds = new[pair][0][0], {row.get("kind", "") for _, row in new[pair]}
            if len(kinds) > 1:
                self._pass_over(path, line, ["several kinds of one relation"])
            elif kinds != {row["kind"] for _, row in rows} and "kind" in new[pair][0][1]:
                self._add(path, line, "flip-relation", kind=kinds.pop(), **self._ends(pair))
            rest = [column for column in rows[0][1] if column not in ("kind", *_FOLLOWING)]
            if _content([row for _, row in rows], [row for _, row in new[pair]], rest) != _content(
                    [row for _, row in new[pair]], [row for _, row in rows], rest):
                self._pass_over(path, line, ["what a relation was read from"])
        for pair, found in new.items():
            if pair not in old and pair[::-1] not in turned:
                line, row = found[0]
                unknown = [one for one in pair if one not in self.claim_refs]
                if unknown:
                    raise FormatError(f"{path}, line {line}: {unknown[0][:40]!r} is no claim's id")
                self._add(path, line, "add-relation", kind=row.get("kind", ""), **self._ends(pair, row))

    def _ends(self, pair: tuple[str, str], row: Row | None = None) -> dict[str, Reference]:
        """Both ends, each told by the statement that the row names, if it names one."""
        found = {}
        for end, name in zip(("origin", "target"), pair, strict=True):
            shown = self.statement_refs.get((row or {}).get(f"{end}_statement", ""))
            known = self.claim_refs[name]
            found[end] = known if shown is None or not known.text else Reference(name, text=known.text, article=shown.article,
                                                                                 quotation=shown.quotation, start=shown.start)
        return found


def _named(cell: str, refs: Mapping[str, Reference], by: Literal["name", "text"]) -> Reference:
    """What a cell names: by id, by name or text; what is not known is asked for by these when the correction is applied."""
    if cell in refs:
        return refs[cell]
    same = [one for one in refs.values() if fold(one.name or one.text) == fold(cell)]
    return same[0] if len(same) == 1 else Reference(name=cell) if by == "name" else Reference(text=cell)


def _rows(text: str) -> list[Row]:
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [dict(zip(header, map(bare, row), strict=True)) for row in rows]


def _read(path: Path) -> Iterator[tuple[int, Row]]:
    rows = csv_rows(path, read(path))
    header = [name.strip() for name in next(rows, (0, []))[1]]
    for line, row in rows:
        yield line, {name: bare(cell) for name, cell in zip_longest(header, row[:len(header)], fillvalue="") if name}


def _pairs(rows: Iterable[tuple[int, Row]]) -> dict[tuple[str, str], list[tuple[int, Row]]]:
    found: dict[tuple[str, str], list[tuple[int, Row]]] = defaultdict(list)
    for line, row in rows:
        if row.get("origin") and row.get("target"):
            found[row["origin"], row["target"]].append((line, row))
    return found


def _content(rows: Sequence[Row], others: Sequence[Row], columns: Iterable[str] | None = None) -> list[tuple[str, ...]]:
    """Rows as they compare with others: the columns that these have too, without spaces and with numbers written alike."""
    names = [set(row) if columns is None else {*columns} & set(row) for row in (*rows, *others)]
    wanted = set.intersection(*names) if names else set()
    return sorted(tuple(_written(row[name]) for name in sorted(wanted)) for row in rows)


def _written(cell: str) -> str:
    try:
        return repr(float(cell.replace(",", ".")))
    except ValueError:
        return " ".join(cell.split())
