"""Fuzzes argmap's loaders with atheris, guided by what code each input reaches; inputs that break one are kept as tests.

    pip install atheris
    python -m tests.fuzz [TARGET ...] [--seconds N]

Each target runs in a process of its own for its share of the seconds (default: all targets, 1,800 in all). What makes one
raise anything but argmap's own errors is saved below ``tests/fuzz/found/TARGET``, where the test suite runs it from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.targets import SEEDS, TARGETS, run

FOUND = Path(__file__).parent / "found"
#: Bytes of the longest input, and seconds that one may take.
LONGEST, SLOWEST = 20_000, 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=f"any of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=1800)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    args = parser.parse_args()
    chosen = args.targets or list(TARGETS)
    if args.inside:
        return _inside(chosen[0], args.seconds, Path(args.inside))
    failed = []
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            for number, seed in enumerate(SEEDS.get(name, ())):
                (Path(folder) / str(number)).write_bytes(seed)
            command = [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(max(1, args.seconds // len(chosen))), "--inside", folder]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        runs = next((line for line in reversed(done.stderr.splitlines()) if line.startswith(("Done", "#"))), "").strip()
        print(f"{name}: {'FAILED' if done.returncode else 'no failure'}; {runs}", flush=True)
        if done.returncode:
            failed.append(name)
            print("\n".join((done.stdout + done.stderr).splitlines()[-25:]), flush=True)
    return 1 if failed else 0


def _inside(name: str, seconds: int, corpus: Path) -> int:
    import atheris

    def one(data: bytes) -> None:
        try:
            run(name, data)
        except Exception:
            kept = FOUND / name / hashlib.sha256(data).hexdigest()[:12]
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(data)
            raise

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=4096", str(corpus)], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
