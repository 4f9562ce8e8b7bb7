"""How fast a whole build is: ``argmap build`` against the bare spaCy pipelines on the same articles, and two processes against one.

    python tests/benchmarks/whole.py [FOLDER]

Prints, within one run: words per CPU-second of spaCy alone and of a build with one process, once with the corpus stage and once
without it, with their ratios; and how many times as fast two processes read the articles as one does, by the clock, for which two
cores must be free. Loading the models counts in both. Without a folder 500 articles are made up (`synthetic.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from synthetic import write

#: Articles that are made up.
NUMBER = 500
ALONE = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
#: Parses the articles with the pipelines as they come, one of each language, and prints the number of words.
BARE = """
import sys
from pathlib import Path
import spacy
from argmap import lexicon
from argmap.extract import entities, pieces  # what the shipped pipelines are made of
from argmap.models import folder
from argmap.read import read
articles, _ = read([Path(sys.argv[1])])
for language in sorted({article.language for article in articles}):
    name = lexicon.load(language).value("pipeline.default")
    for doc in spacy.load(folder(name) or name).pipe(article.text for article in articles if article.language == language):
        pass
print(sum(len(article.text.split()) for article in articles))
"""


def run(*command: str) -> tuple[float, str, str]:
    """The CPU-seconds of a process and its children, and what it printed."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen([sys.executable, *command], stdout=out, stderr=log, env=ALONE)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        log.seek(0)
        texts = out.read(), log.read()
    if process.returncode:
        sys.exit(texts[1])
    return used.ru_utime + used.ru_stime, *texts


def build(folder: Path, output: Path, *options: str) -> tuple[float, float, float]:
    """CPU-seconds of a build, those of its corpus stage, and seconds by the clock from the first article to that stage."""
    whole, _, log = run("-m", "argmap", "build", str(folder), "-o", str(output / "map.json"), "-o", str(output / "map.html"), "--no-store",
                        "--log-json", *options)
    events = {line["event"]: line for line in map(json.loads, log.splitlines()) if line["event"] in ("extract", "assemble", "assembled")}
    clock = [datetime.fromisoformat(events[name]["time"]) for name in ("extract", "assemble")]
    return whole, events["assembled"]["cpu"] - events["assemble"]["cpu"], (clock[1] - clock[0]).total_seconds()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="articles; made up unless given")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary) / "articles"
        if not args.folder:
            write(folder, NUMBER)
        bare, words, _ = run("-c", BARE, str(folder))
        number = int(words)
        whole, stage, _ = build(folder, Path(temporary))
        print(f"{number:,} words; spaCy alone {number / bare:,.0f} a CPU-second")
        print(f"argmap without the corpus stage {number / (whole - stage):,.0f} a CPU-second, {bare / (whole - stage):.2f} of that (at least 0.6)")
        print(f"argmap with it {number / whole:,.0f}, {bare / whole:.2f} of that", flush=True)
        _, _, two = build(folder, Path(temporary), "--workers", "2")
        _, _, one = build(folder, Path(temporary), "--workers", "1")
        print(f"two processes read {one / two:.2f} times as fast as one (at least 1.5 on two free cores)")


if __name__ == "__main__":
    main()
