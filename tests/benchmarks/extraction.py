"""How fast an article is read: argmap's stages per article against the spaCy pipelines as they come, on the same texts.

    python tests/benchmarks/extraction.py [FOLDER] [--profile]

Prints words per CPU-second of both and their ratio, by language, over one run with one thread; the default folder is the
bundled corpus. Ratios compare across machines, seconds do not. Everything is loaded before the clock starts.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from argmap import lexicon
from argmap.debate import load
from argmap.extract.annotate import load_pipeline
from argmap.model import Article
from argmap.models import folder
from argmap.pipeline import extract
from argmap.read import read

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
#: Rounds over the texts; the quickest of each counts, for noise only slows.
ROUNDS = 5


def seconds(run: Callable[[], object]) -> float:
    """The CPU-seconds of one round."""
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--profile", action="store_true", help="show where argmap's time goes")
    args = parser.parse_args()
    articles, _ = read([args.folder])
    debate = load()
    totals = [0.0, 0.0]
    for language in sorted({article.language for article in articles}):
        texts = [article for article in articles if article.language == language]
        words = sum(len(article.text.split()) for article in texts)
        load_pipeline(language)
        name = lexicon.load(language).value("pipeline.default")
        set_current_ops(NumpyOps())  # spaCy as it comes; argmap's own pipeline keeps its faster matrix product
        plain = spacy.load(folder(name) or name)
        contents = [article.text for article in texts]

        def bare(plain: Language = plain, contents: list[str] = contents) -> None:
            list(plain.pipe(contents))

        def ours(texts: list[Article] = texts) -> None:
            for article in texts:
                extract(article, debate=debate)

        rounds = [(seconds(bare), seconds(ours)) for _ in range(ROUNDS)]
        theirs, mine = (min(column) for column in zip(*rounds, strict=True))
        print(f"{language}: {words} words; spaCy {words / theirs:,.0f} a CPU-second, argmap {words / mine:,.0f}, ratio {theirs / mine:.2f}")
        totals = [totals[0] + theirs, totals[1] + mine]
        if args.profile:
            profile = cProfile.Profile()
            profile.runcall(ours)
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    print(f"all: ratio {totals[0] / totals[1]:.2f}")


if __name__ == "__main__":
    main()
