"""Damaged files: an importer gives a valid map or says what is wrong, and never anything else."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.errors import ArgmapError
from argmap.export import IMPORTERS, argmap_json, import_map, write
from tests.maps import sample

#: What Argdown's own tool makes, in small.
ARGDOWN = {
    "statements": {"A": {"members": [{"text": "x #for", "ranges": [{"type": "tag", "start": 2, "stop": 5}]}],
                         "data": {"id": "c", "said": [{"id": "s", "who": ["W"], "article": "a", "date": "2025-01-01", "words": "x"}]}},
                   "B": {"members": [{"text": "y"}]}},
    "arguments": {"C": {"members": [{"text": "z"}], "pcs": [{"role": "premise", "title": "A"}]}},
    "relations": [{"relationType": "attack", "from": "A", "fromType": "equivalence-class", "to": "C", "toType": "argument"}],
}
scalars = st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.sampled_from(["", "x", "motion:", "\x00", "1", "2025-01-01"])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "text", "nodeID"]), inner))
relaxed = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def judged(path: Path, format: str) -> None:
    """Import a file; the map is valid, or the error names the file, in a line."""
    message = path.name
    try:
        argmap_json.check(import_map(path, format=format))
    except ArgmapError as error:
        message = str(error)
    assert path.name in message
    assert "\n" not in message


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A sound file or folder of each format."""
    folder = tmp_path_factory.mktemp("whole")
    for name in IMPORTERS:
        if name == "argdown":
            (folder / name).write_text(json.dumps(ARGDOWN))
        else:
            write(sample(), folder / name, format=name)
    return folder


@pytest.mark.parametrize("format", [name for name in IMPORTERS if name != "csv"])
@relaxed
@given(data=st.data())
def test_bytes_changed_lost_or_added(format, data, whole, tmp_path):
    raw = bytearray((whole / format).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at:at + data.draw(st.sampled_from([0, 1, 8, len(raw)]))] = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b";", b"\n"]))
    (tmp_path / "damaged").write_bytes(raw)
    judged(tmp_path / "damaged", format)


@pytest.mark.parametrize("format", ["json", "aif", "xaif", "argdown"])
@relaxed
@given(data=st.data())
def test_another_value_somewhere_in_the_json(format, data, whole, tmp_path):
    raw = json.loads((whole / format).read_text(encoding="utf-8"))
    at, steps = raw, data.draw(st.integers(0, 5))
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if steps == 0 or not isinstance(at[key], (dict, list)) or not at[key]:
            break
        at, steps = at[key], steps - 1
    at[key] = data.draw(values)
    (tmp_path / "damaged").write_text(json.dumps(raw), encoding="utf-8")
    judged(tmp_path / "damaged", format)


@relaxed
@given(data=st.data())
def test_another_cell_in_a_table(data, whole, tmp_path):
    shutil.copytree(whole / "csv", tmp_path / "damaged", dirs_exist_ok=True)
    path = data.draw(st.sampled_from(sorted((tmp_path / "damaged").iterdir())))
    lines = path.read_text(encoding="utf-8").split("\r\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[number].split(",")
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(st.sampled_from(["", "x", "-1", "1-0", "'=", '"', "\\", "|", "9" * 30, "nan", "\x00"]))
    lines[number] = ",".join(cells[:data.draw(st.integers(0, len(cells)))])
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    judged(tmp_path / "damaged", "csv")


@relaxed
@given(data=st.data())
def test_another_value_in_the_database(data, whole, tmp_path):
    shutil.copy(whole / "dna", tmp_path / "damaged")
    base = sqlite3.connect(tmp_path / "damaged")
    base.execute("PRAGMA ignore_check_constraints = ON")
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    table = data.draw(st.sampled_from(tables))
    column = data.draw(st.sampled_from([row[1] for row in base.execute(f"PRAGMA table_info({table})")]))
    value = data.draw(st.none() | st.integers(-2**63, 2**63 - 1) | st.floats() | st.text(max_size=4) | st.binary(max_size=4))
    try:
        base.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (value,))
    except (sqlite3.Error, UnicodeEncodeError):
        pass  # the table does not take it
    base.commit()
    base.close()
    judged(tmp_path / "damaged", "dna")
