"""What is fuzzed: functions of bytes that may raise argmap's own errors and nothing else, each with documents to start from."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document

from argmap import debate, lexicon
from argmap.corrections import files as corrections
from argmap.errors import ArgmapError
from argmap.export import EXPORTERS, IMPORTERS, argmap_json
from argmap.extract.quotes import quotations
from argmap.extract.sentences import sentence_starts
from argmap.fetch import addresses
from argmap.read import ARCHIVE, READERS, read_bytes
from argmap.read.metadata import load as load_metadata
from tests.maps import sample
from tests.pdf import pdf

__all__ = ["SEEDS", "TARGETS", "run"]

Target = Callable[[bytes], object]
SAID = 'The minister said: "Open models help, and nobody can show that they harm." Others — she added — “disagree”.\n\nIl ministro: «No».'


def _reader(suffix: str) -> Target:
    def target(data: bytes) -> object:
        return list(read_bytes(data, suffix, name="fuzz"))
    return target


def _from_file(load: Callable[[Path], object], name: str) -> Target:
    """A function of a path, of bytes."""
    def target(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            return load(path)
    return target


def _text(function: Callable[[str], object]) -> Target:
    return lambda data: function(data.decode("utf-8", "replace"))


def _quotes(text: str) -> None:
    for language in lexicon.languages():
        for quotation in quotations(text, lexicon.load(language)):
            assert 0 <= quotation.start < quotation.end <= len(text)


def _sentences(text: str) -> None:
    for language in lexicon.languages():
        starts = sentence_starts(text, lexicon.load(language))
        assert starts == sorted(set(starts)) and all(0 <= start < max(1, len(text)) for start in starts)


def _map(text: str) -> None:
    once = argmap_json.dumps(argmap_json.loads(text))
    assert argmap_json.dumps(argmap_json.loads(once)) == once


#: Importers of single files; the tables of a folder are fuzzed by the table that they begin with.
FILES = {"aif": "a.json", "argdown": "a.json", "kialo": "a.txt", "dna": "a.dna", "dna-csv": "a.csv"}
TARGETS: Mapping[str, Target] = {
    **{f"read{suffix}": _reader(suffix) for suffix in (*READERS, ARCHIVE)},
    **{f"import-{name}": _from_file(IMPORTERS[name], file) for name, file in FILES.items()},
    "addresses": _from_file(addresses, "a.xml"),
    "corrections": _text(corrections.loads),
    "corrections-json": _text(lambda text: corrections.loads(text, format="json")),
    "debate": _text(debate.parse),
    "map": _text(_map),
    "metadata": _from_file(load_metadata, "meta.csv"),
    "quotes": _text(_quotes),
    "sentences": _text(_sentences),
}


def run(name: str, data: bytes) -> None:
    """One input through one target; argmap's own errors are as they should be."""
    try:
        TARGETS[name](data)
    except ArgmapError as error:
        if not str(error).strip():
            raise AssertionError("an error without a message") from error


def _zip(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def _docx() -> bytes:
    document, data = Document(), io.BytesIO()
    document.add_paragraph(SAID)
    document.save(data)
    return data.getvalue()


PAGE = f"<html><head><title>T</title></head><body><article><p>{SAID * 3}</p></article></body></html>"
FEED = f"<rss version='2.0'><channel><title>G</title><item><title>T</title><description>&lt;p&gt;{SAID}&lt;/p&gt;</description></item></channel></rss>"
TABLE = f'file,text,outlet,date\na.txt,"{SAID.replace(chr(34), chr(34) * 2)}",G,2025-09-08\n'
CORRECTIONS = """schema = "argmap-corrections/1"
[[correction]]
action = "rename-actor"
actor = {id = "ilieva", name = "Ms Ilieva"}
name = "Vera Ilieva"
"""


def _exported(name: str) -> bytes:
    """A map in a format."""
    content = EXPORTERS[name](sample())
    assert isinstance(content, (str, bytes))
    return content.encode() if isinstance(content, str) else content


#: Valid documents that inputs are made from by changes.
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "read.txt": (SAID.encode(), SAID.encode("utf-16"), SAID.encode("cp1252", "replace")),
    "read.md": (f"---\ntitle: T\ndate: 2025-09-08\nauthor: [A, B]\n---\n{SAID}".encode(),),
    "read.html": (PAGE.encode(),),
    "read.csv": (TABLE.encode(), TABLE.replace(",", ";").encode()),
    "read.jsonl": (json.dumps({"text": SAID, "date": "8 Sept 2025", "authors": ["A"]}).encode(), json.dumps([{"text": SAID}]).encode()),
    "read.rss": (FEED.encode(),),
    "read.pdf": (pdf([(700, "The minister said"), (686, "that nobody knew.")]),),
    "read.docx": (_docx(),),
    "import-aif": (_exported("aif"), _exported("xaif")),
    "import-kialo": (_exported("kialo"),),
    "import-dna": (_exported("dna"),),
    "import-dna-csv": (_exported("dna-csv"),),
    "map": (_exported("json"),),
    "corrections": (CORRECTIONS.encode(),),
    "debate": (debate.template().encode(),),
    "metadata": (TABLE.encode(),),
    "addresses": (b"# ours\nhttps://example.org/a\n", b"<urlset><url><loc>https://example.org/c</loc></url></urlset>"),
    "quotes": (SAID.encode(),),
    "sentences": (SAID.encode(),),
    "read.zip": (_zip({"a.txt": SAID, "b/c.md": SAID, "../d.txt": SAID}),),
}
