"""Bad input of every kind, through the command line: each ends with 1 or 2 and a message that says what is wrong, and writes nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import sqlite3
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.export import argmap_json
from tests.maps import sample
from tests.pdf import pdf

FRENCH = "Le gouvernement a annoncé hier que les modèles ouverts seraient financés par l'État dès le printemps prochain. " * 3
ENGLISH = "The government said that open models help research."


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return data.getvalue()


def locked() -> bytes:
    """An archive whose file is marked as encrypted."""
    data = bytearray(zipped(a__txt=ENGLISH.encode()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def mangled(**changes: object) -> bytes:
    """A map's JSON with some of its keys changed; a key that is None is gone."""
    raw = json.loads(argmap_json.dumps(sample()))
    for path, value in changes.items():
        *above, last = path.split("__")
        place = raw
        for step in above:
            place = place[int(step) if step.isdigit() else step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return json.dumps(raw).encode()


@dataclass(frozen=True)
class Case:
    """A command (``{}`` is the folder of the files) and what its message says."""

    args: str
    message: str
    files: dict[str, bytes] = field(default_factory=dict)
    code: int = 1


def article(name: str, data: bytes, message: str) -> Case:
    return Case(f"build {{}}/{name} -o {{}}/out.json --no-store", message, {name: data})


def debate(text: str, message: str) -> Case:
    return Case("build {}/a.txt --debate {}/d.toml -o {}/out.json --no-store", message, {"a.txt": ENGLISH.encode(), "d.toml": text.encode()})


def saved(data: bytes, message: str) -> Case:
    return Case("actors {}/map.json", message, {"map.json": data})


def foreign(name: str, data: bytes, message: str, *, told: str = "") -> Case:
    return Case(f"import {{}}/{name} -o {{}}/out.json {told}", message, {name: data})


def correction(text: str, message: str) -> Case:
    return Case("correct check {}/c.toml {}/map.json", message, {"c.toml": text.encode(), "map.json": mangled()})


HEAD = 'schema = "argmap-corrections/1"\n'
CASES: dict[str, Case] = {
    # articles
    "an empty text": article("a.txt", b"", "empty"),
    "a text of blanks": article("a.txt", b" \n\t\n ", "empty"),
    "a text of one byte-order mark": article("a.txt", b"\xef\xbb\xbf", "empty"),
    "a picture called a text": article("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
    "a text of NULs": article("a.txt", bytes(500), "binary"),
    "a text of control characters": article("a.txt", b"\x1b[31m\x07\x08" * 40, "binary"),
    "UTF-16 cut in half": article("a.txt", "The minister.".encode("utf-16")[:-1], "UTF-16"),
    "UTF-8 by its mark alone": article("a.txt", b"\xef\xbb\xbfcaf\xe9", "begins as UTF-8"),
    "a language that is not read": article("a.txt", FRENCH.encode(), "'fr'"),
    "a language named that is not read": article("a.md", b"---\nlanguage: tlh\n---\nnuqneH", "'tlh'"),
    "a picture": article("a.png", b"\x89PNG", "no reader for .png"),
    "a file without suffix": article("noise", b"x", "files without suffix"),
    "an old Word document": article("a.doc", b"\xd0\xcf\x11\xe0", "no reader for .doc"),
    "front matter that is not closed": article("a.md", b"---\ntitle: T\n\nText.", "not closed"),
    "front matter that is no YAML": article("a.md", b"---\ntitle: a: b\n---\nText.", "front matter"),
    "front matter with tabs": article("a.md", b"---\nx:\n\ty: 1\n---\nText.", "front matter"),
    "front matter that is a list": article("a.md", b"---\n- a\n---\nText.", "must be lines"),
    "front matter with a table for a title": article("a.md", b"---\ntitle:\n  a: b\n---\nText.", "title must be a text"),
    "front matter and nothing else": article("a.md", b"---\ntitle: T\n---\n", "empty"),
    "a page without article": article("a.html", b"<html><body><script>alert(1)</script></body></html>", "no article text"),
    "an empty page": article("a.html", b"", "no article text"),
    "a page that is a picture": article("a.html", b"GIF89a\x00\x01\x02\x03" * 30, "binary"),
    "a PDF cut short": article("a.pdf", pdf([(700, "Text")])[:60], "damaged PDF|no text"),
    "no PDF": article("a.pdf", b"hello", "damaged PDF"),
    "a PDF whose objects are each other": article(
        "a.pdf", b"%PDF-1.4\n1 0 obj\n2 0 R\nendobj\n2 0 obj\n1 0 R\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n", "damaged PDF.*refers to itself"),
    "a PDF of pictures": article("a.pdf", pdf([]), "OCR"),
    "a Word document that is an archive": article("a.docx", zipped(a__txt=b"x"), "no Word document"),
    "a Word document that is a text": article("a.docx", b"hello", "damaged"),
    "a Word document that is a bomb": article("a.docx", zipped(word__xml=bytes(40_000_000)), "unpacks to"),
    "JSON Lines that is a text": article("a.jsonl", b"hello\nworld", "line 1: not JSON"),
    "JSON Lines of numbers": article("a.jsonl", b"1\n2\n", "line 1: not an object"),
    "JSON Lines nested without end": article("a.jsonl", b"[" * 100_000, "not JSON"),
    "JSON Lines without texts": article("a.jsonl", b'{"title": "T"}\n', "empty"),
    "a table without texts": article("a.csv", b"a,b\n1,2\n", "no column of texts"),
    "a table of a header": article("a.csv", b"text\n", "no article|none of|empty"),
    "an empty table": article("a.csv", b"", "empty"),
    "a feed that is a page": article("a.rss", b"<html><body>x</body></html>", "no RSS or Atom"),
    "a sitemap": article("a.xml", b"<urlset><url><loc>https://example.org</loc></url></urlset>", "argmap fetch"),
    "a feed with entities of its own": article("a.rss", b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"/>', "entities"),
    "a feed without entries": article("a.rss", b'<rss version="2.0"><channel><title>T</title></channel></rss>', "no article|none of"),
    "an archive bomb": article("a.zip", zipped(a__txt=bytes(40_000_000)), "unpacks to"),
    "an archive that leads out": article("a.zip", zipped(**{"../up__txt": ENGLISH.encode()}), "leads out"),
    "an archive in an archive": article("a.zip", zipped(b__zip=zipped(a__txt=b"x")), "archive in an archive"),
    "a locked archive": article("a.zip", locked(), "password"),
    "a damaged archive": article("a.zip", b"PK\x03\x04rest", "damaged"),
    "an empty archive": article("a.zip", zipped(), "no article"),
    "a gzipped text": article("a.gz", gzip.compress(ENGLISH.encode()), "no reader for .gz"),
    "a folder without articles": Case("build {} -o {}/out.json --no-store", "no article"),
    "a path that is not there": Case("build {}/missing -o {}/out.json", "does not exist|no such file", code=2),
    "a broken link": Case("build {}/link.txt -o {}/out.json --no-store", "does not exist", {"link.txt@": b"nowhere"}, code=2),
    "a loop of links": Case("build {} -o {}/out.json --no-store", "no article|does not exist", {"loop@": b"."}),
    "a pipe": Case("build {} -o {}/out.json --no-store", "not a regular file", {"pipe.txt|": b""}),
    # metadata
    "a metadata table without files": Case("build {}/a.txt --metadata {}/m.csv -o {}/out.json", "first line must name",
                                           {"a.txt": ENGLISH.encode(), "m.csv": b"x,y\n1,2\n"}),
    "a metadata table that names a file twice": Case("build {}/a.txt --metadata {}/m.csv -o {}/out.json", "second about 'a'",
                                                     {"a.txt": ENGLISH.encode(), "m.csv": b"file,outlet\na,x\na,y\n"}),
    "a metadata table with an impossible date": Case("build {}/a.txt --metadata {}/m.csv -o {}/out.json --no-store", "is no date",
                                                     {"a.txt": ENGLISH.encode(), "m.csv": b"file,date\na,32 May\n"}),
    # options
    "an output of no format": Case("build {}/a.txt -o {}/out.xyz", "xyz", {"a.txt": ENGLISH.encode()}),
    "a pipeline without language": Case("build {}/a.txt --pipeline x -o {}/out.json", "LANG=NAME", {"a.txt": ENGLISH.encode()}, code=2),
    "a pipeline that is not installed": Case("build {}/a.txt --pipeline en=none_such -o {}/out.json --no-store", "not installed",
                                             {"a.txt": ENGLISH.encode()}),
    # debate files
    "a debate that is not there": Case("build {}/a.txt --debate nonsense -o {}/out.json", "nonsense", {"a.txt": ENGLISH.encode()}),
    "a debate file that is no TOML": debate("a = = b", "line 1|TOML"),
    "an empty debate file": debate("", "motion|sides|id"),
    "a debate without sides": debate('id = "d"\n[motion]\nen = "Open?"\n', "side"),
    "a debate with a number for a motion": debate('id = "d"\nmotion = 3\n[sides.for]\n[sides.against]\n', "motion"),
    "a debate with a side of a third kind": debate('id = "d"\n[motion]\nen = "Open?"\n[sides.maybe]\n', "side|maybe"),
    # maps
    "a map that is empty": saved(b"", "JSON"),
    "a map that is no JSON": saved(b"{", "JSON"),
    "a map that is a list": saved(b"[]", "object|schema"),
    "a map in Latin-1": saved(b'{"schema": "caf\xe9"}', "not UTF-8"),
    "a map of another schema": saved(b'{"schema": "argmap/9"}', "argmap/9"),
    "a map without statements": saved(mangled(statements=None), "statements"),
    "a map whose claims are a text": saved(mangled(claims="x"), "claims"),
    "a map whose statement names no claim": saved(mangled(statements__0__claim="nowhere"), "nowhere"),
    "a map whose span does not hold": saved(mangled(statements__0__content=[{"start": 0, "end": 3, "text": "zzz"}]), "span|hold|zzz"),
    "a map with a confidence of a word": saved(mangled(relations__0__confidence="high"), "confidence"),
    "a map with an id twice": saved(mangled(articles=[{"id": "a", "text": "x"}] * 2), "twice|second|more than one|duplicate"),
    # other programs' files
    "a text of no format": foreign("a.txt", b"hello", "format|Kialo"),
    "a DNA database that is a text": foreign("a.dna", b"hello", "database|DNA"),
    "a DNA database without tables": foreign("a.dna", b"", "table|DNA"),
    "a DNA list without columns": foreign("a.csv", b"a,b\n1,2\n", "column|event list", told="--format dna-csv"),
    "AIF that is a list": foreign("a.json", b"[]", "AIF|object|format", told="--format aif"),
    "AIF whose edge leads nowhere": foreign("a.json", b'{"nodes": [], "edges": [{"fromID": "1", "toID": "2"}]}', "1|node|no", told="--format aif"),
    "Kialo text without thesis": foreign("a.txt", b"nonsense", "thesis|Kialo|1", told="--format kialo"),
    # corrections
    "corrections that are no TOML": correction("a = = b", "TOML"),
    "corrections without schema": correction("[[correction]]\n", "schema"),
    "a correction of no kind": correction(HEAD + '[[correction]]\naction = "explode"\n', "explode"),
    "a correction without action": correction(HEAD + "[[correction]]\n", "no action"),
    "a correction that lacks what it needs": correction(HEAD + '[[correction]]\naction = "rename-actor"\n', "actor"),
    # addresses
    "a list without addresses": Case("fetch {}/l.txt -d {}/out", "lists no address", {"l.txt": b"# none\n"}),
    "a list that is not there": Case("fetch {}/none.txt -d {}/out", "cannot be read"),
    "an address of a file": Case("fetch file:///etc/passwd -d {}/out --delay 0", "no address of the web"),
    # gold
    "gold that is empty": Case("evaluate {}/gold {}/map.json", "annotation|gold|empty|no ", {"gold/x.txt": b"", "map.json": mangled()}),
}


def put(folder: Path, name: str, content: bytes) -> None:
    path = folder / name.rstrip("@|")
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith("@"):
        path.symlink_to(content.decode())
    elif name.endswith("|"):
        os.mkfifo(path)
    else:
        path.write_bytes(content)


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_bad_input_ends_with_a_message_that_says_what_is_wrong(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, content in case.files.items():
        put(tmp_path, name, content)
    given = set(tmp_path.rglob("*"))
    run = CliRunner().invoke(main, case.args.format(*[tmp_path] * case.args.count("{}")).split(), standalone_mode=True)
    assert isinstance(run.exception, SystemExit | type(None)), run.exception
    assert run.exit_code == case.code, run.stderr
    assert re.search(case.message, run.stderr), run.stderr
    assert "Traceback" not in run.stderr
    left = set(tmp_path.rglob("*")) - given
    assert not [path for path in left if path.is_file() and path.suffix in (".json", ".html", ".md")], "something was written"


def test_there_are_many_kinds_of_bad_input():
    assert len(CASES) >= 60


def test_a_database_of_another_program_is_not_taken_for_a_store(tmp_path):
    place = tmp_path / "other.sqlite"
    with sqlite3.connect(place) as base:
        base.execute("create table notes (text)")
    (tmp_path / "a.txt").write_text(ENGLISH)
    run = CliRunner().invoke(main, ["build", str(tmp_path / "a.txt"), "--store", str(place), "-o", str(tmp_path / "out.json")])
    assert run.exit_code == 1 and str(place) in run.stderr
    with sqlite3.connect(place) as base:
        assert base.execute("select count(*) from notes").fetchone() == (0,)
