"""Builds that are killed at random moments, again and again, until one ends: no article lost or doubled, the same bytes in the end.

    python tests/faults/kills.py [--articles 500] [--kills 100] [--seed 1] [--workers N | --cluster] [--folder FOLDER]

First a build is left undisturbed, with a store of its own. Then the same build is killed (SIGKILL) after a random time, once for
each kill, with one store for all, and at last left to end. After each kill no output may be half-written and the store must be sound.
With ``--cluster`` a scheduler and two workers are started, and it is workers that are killed, while the build goes on.
Ends with 0 if the outputs are the same byte by byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from synthetic import write

OUTPUTS = ("map.json", "map.html")
STORE = ".argmap.sqlite"
#: Seconds after which a build that should end has hung.
PATIENCE = 7200


def command(articles: Path, output: Path, *options: str) -> list[str]:
    """A build."""
    return [sys.executable, "-m", "argmap", "build", str(articles), *(word for name in OUTPUTS for word in ("-o", str(output / name))),
            "--quiet", *options]


def start(words: list[str]) -> subprocess.Popen[bytes]:
    """A program in a group of its own, so that what it starts can be killed with it."""
    return subprocess.Popen(words, start_new_session=True, preexec_fn=_heed, env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})


def _heed() -> None:
    """Heed Ctrl-C, which programs started in the background of a shell do not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def checksums(output: Path) -> dict[str, str]:
    """The hash of each output that is there."""
    return {name: hashlib.sha256((output / name).read_bytes()).hexdigest() for name in OUTPUTS if (output / name).exists()}


def kept(output: Path) -> list[str]:
    """The articles in a store, which must be sound; each once."""
    if not (output / STORE).exists():
        return []
    with sqlite3.connect(output / STORE, timeout=60) as base:
        assert base.execute("PRAGMA quick_check").fetchall() == [("ok",)], "the store is damaged"
        if not base.execute("SELECT name FROM sqlite_master WHERE name = 'extractions'").fetchall():
            return []
        return [name for (name,) in base.execute("SELECT article FROM extractions ORDER BY article")]


def whole(output: Path) -> None:
    """No output is half-written."""
    if (output / "map.json").exists():
        json.loads((output / "map.json").read_text(encoding="utf-8"))
    if (output / "map.html").exists():
        assert (output / "map.html").read_text(encoding="utf-8").rstrip().endswith("</html>"), "half a page"


def disturbed(articles: Path, output: Path, kills: int, longest: float, chance: random.Random, options: tuple[str, ...],
              calm: dict[str, str]) -> list[int]:
    """Kill the build so many times, then let it end; how many articles the store had after each kill.

    A build that ends before it is killed has to have written the right bytes; then all is removed, and it begins anew.
    """
    counts, now = list[int](), 0
    while len(counts) < kills:
        build = start(command(articles, output, *options))
        try:
            code = build.wait(chance.uniform(0, longest))
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
            whole(output)
            names = kept(output)
            assert len(names) == len(set(names)), "an article twice"
            assert len(names) >= now, "an article lost"
            now = len(names)
            counts.append(now)
        else:
            assert code == 0 and checksums(output) == calm, "a build that was killed before ended with other bytes"
            shutil.rmtree(output)
            now = 0
    build = start(command(articles, output, *options))
    assert build.wait(PATIENCE) == 0, "the last build failed"
    return counts


def with_workers(articles: Path, output: Path, kills: int, longest: float, chance: random.Random) -> list[int]:
    """Build on a cluster of two workers, one of which is killed each time, with its nanny, and replaced."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "scheduler.json")
        dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--scheduler-file", file, "--host", "127.0.0.1", "--port", "0",
            "--no-dashboard"]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", file, "--host", "127.0.0.1", "--nthreads", "1",
              "--no-dashboard"]
        scheduler = start(dask)
        workers = [start(worker) for _ in range(2)]
        try:
            while not Path(file).exists():
                time.sleep(0.1)
            build = start(command(articles, output, "--cluster", json.loads(Path(file).read_text())["address"]))
            killed = 0
            while build.poll() is None and killed < kills:
                time.sleep(chance.uniform(longest / 2, longest))
                at = chance.randrange(2)
                os.killpg(workers[at].pid, signal.SIGKILL)
                workers[at].wait()
                workers[at] = start(worker)
                killed += 1
            assert build.wait(PATIENCE) == 0, "the build failed"
            assert killed, "nothing was killed"
            return [killed]
        finally:
            for each in (*workers, scheduler):
                os.killpg(each.pid, signal.SIGKILL)
                each.wait()


def compare(folder: Path, articles: int, kills: int, *, seed: int, workers: int = 0, cluster: bool = False, longest: float | None = None) -> str:
    """Run it all; a line about it.

    Raises:
        AssertionError: something was lost, doubled, half-written or other than in the undisturbed build.
    """
    chance, options = random.Random(seed), ("--workers", str(workers)) if workers else ()
    write(folder / "articles", articles)
    began = time.monotonic()
    assert start(command(folder / "articles", folder / "calm")).wait(PATIENCE) == 0, "the undisturbed build failed"
    took = time.monotonic() - began
    # So that kills fall into every part of the work: a build goes on from where the one before was killed.
    each = longest or max(took * 2 / max(kills, 1), took / 4, 4.0)
    counts = with_workers(folder / "articles", folder / "disturbed", kills, each, chance) if cluster else \
        disturbed(folder / "articles", folder / "disturbed", kills, each, chance, options, checksums(folder / "calm"))
    calm, found = checksums(folder / "calm"), checksums(folder / "disturbed")
    assert len(calm) == len(OUTPUTS) and calm == found, f"not the same: {calm} {found}"
    assert kept(folder / "calm") == kept(folder / "disturbed"), "not the same articles in the store"
    left = [path.name for path in (folder / "disturbed").iterdir() if path.name.endswith((".part", ".trial"))]
    assert not left, f"remains: {left}"
    steps = len(set(counts))
    return f"{articles} articles, {kills} kills ({steps} different states of the store): the same bytes"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--longest", type=float, help="seconds within which each kill comes; from the undisturbed build unless given")
    parser.add_argument("--folder", type=Path, help="where articles and outputs go; a temporary folder unless given")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        print(compare(args.folder or Path(temporary), args.articles, args.kills, seed=args.seed, workers=args.workers, cluster=args.cluster,
                      longest=args.longest))


if __name__ == "__main__":
    main()
