"""How a build grows with its articles: time and memory of a small and a large corpus, of a second build, and of one changed article.

    python tests/benchmarks/scale.py [--sizes 1000 10000] [--folder FOLDER] [--workers N]

Prints ratios within this run, in CPU-seconds, for a machine is shared and its clock is not: memory at its peak in the main process
and time of the large corpus against the small one, of a second build against the first, and of one changed article outside the
corpus stage. The articles are made up (`synthetic.py`). Everything runs as a user runs it, ``argmap build`` in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from synthetic import write

SIZES = (1000, 10_000)


@dataclass(frozen=True)
class Run:
    """A build: CPU-seconds of it and its children, MB at the main process's peak, the events that it told."""

    cpu: float
    memory: float
    events: list[dict]

    def at(self, event: str) -> float:
        """CPU-seconds of the main process when an event came; of several the last."""
        return next((line["cpu"] for line in reversed(self.events) if line["event"] == event), self.cpu)

    def peak(self, event: str) -> float:
        """MB at the main process's peak until an event came."""
        return next((line["memory"] for line in reversed(self.events) if line["event"] == event), self.memory)

    def counts(self, event: str) -> dict:
        """What an event told."""
        return next((line for line in self.events if line["event"] == event), {})


def build(articles: Path, output: Path, *options: str) -> Run:
    """Build once."""
    command = [sys.executable, "-m", "argmap", "build", str(articles), "-o", str(output / "map.json"), "-o", str(output / "map.html"),
               "--log-json", *options]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, stderr=log, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        lines = log.read().splitlines()
    if process.returncode:
        sys.exit("\n".join(lines[-5:]))
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, [json.loads(line) for line in lines if line.startswith("{")])


def told(what: str, run: Run) -> None:
    """One line about a build."""
    print(f"{what}: {run.cpu:.1f} CPU-seconds ({run.at('extract'):.1f} to read files, {run.at('assemble'):.1f} to the corpus stage, "
          f"{run.at('assembled'):.1f} to its end), {run.memory:.0f} MB at peak, "
          f"{run.peak('assemble'):.0f} MB up to the corpus stage", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs=2, type=int, default=SIZES, metavar=("SMALL", "LARGE"))
    parser.add_argument("--folder", type=Path, help="where articles, stores and maps go; a temporary folder unless given")
    parser.add_argument("--workers", type=int, help="processes that read; their memory is not counted")
    args = parser.parse_args()
    small, large = args.sizes
    options = ("--workers", str(args.workers)) if args.workers else ()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        runs = {}
        for size in (small, large):
            articles, output = folder / f"articles-{size}", folder / f"output-{size}"
            shutil.rmtree(output, ignore_errors=True)
            write(articles, size)
            runs[size] = build(articles, output, *options)
            told(f"{size} articles", runs[size])
            done = runs[size].counts("done")
            print("   " + ", ".join(f"{done.get(name, 0)} {name}" for name in ("statements", "claims", "relations")), flush=True)
        first, output = runs[large], folder / f"output-{large}"
        print(f"memory, {large} against {small} articles: {first.memory / runs[small].memory:.2f} (at most 1.5)")
        flat = first.peak("assemble") / runs[small].peak("assemble")
        print(f"memory up to the corpus stage, with all extractions loaded for it: {flat:.2f}")
        print(f"time, {large} against {small} articles: {first.cpu / runs[small].cpu:.1f} (at most {1.1 * large / small:.0f})", flush=True)
        again = build(folder / f"articles-{large}", output, *options)
        told("unchanged", again)
        print(f"a second build against the first: {again.cpu / first.cpu:.2%} (at most 5 %)", flush=True)
        (output / "map.html").unlink()
        again = build(folder / f"articles-{large}", output, *options)
        told("unchanged, but an output is gone", again)
        print(f"such a build against the first: {again.cpu / first.cpu:.2%}", flush=True)
        changed = next((folder / f"articles-{large}").iterdir())
        changed.write_text(changed.read_text(encoding="utf-8") + "\nOne more sentence stands here.\n", encoding="utf-8")
        again = build(folder / f"articles-{large}", output, *options)
        told("one article changed", again)
        outside = again.cpu - (again.at("assembled") - again.at("assemble"))
        to_stage = again.at("assemble")
        print(f"one changed article up to the corpus stage, against the first build: {to_stage / first.cpu:.2%} (at most 2 %); "
              f"with writing the outputs {outside / first.cpu:.2%}; read anew: {again.counts('extract').get('missing')}")


if __name__ == "__main__":
    main()
