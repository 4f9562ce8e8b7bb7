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

FOUND = Path(__file__).parent / "found"
#: Bytes of the longest input, and seconds that one may take.
LONGEST, SLOWEST = 20_000, 20
INSIDE = "inside"


def main() -> int:
    if sys.argv[1:2] == [INSIDE]:
        return _inside(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    from tests.fuzz.targets import SEEDS, TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=f"any of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=1800)
    args = parser.parse_args()
    chosen = args.targets or list(TARGETS)
    failed = []
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            for number, seed in enumerate(SEEDS.get(name, ())):
                (Path(folder) / str(number)).write_bytes(seed)
            command = [sys.executable, "-m", "tests.fuzz", INSIDE, name, str(max(1, args.seconds // len(chosen))), folder]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        runs = next((line for line in reversed(done.stderr.splitlines()) if line.startswith(("Done", "#"))), "").strip()
        print(f"{name}: {'FAILED' if done.returncode else 'no failure'}; {runs}", flush=True)
        if done.returncode:
            failed.append(name)
            print("\n".join((done.stdout + done.stderr).splitlines()[-25:]), flush=True)
    return 1 if failed else 0


def _inside(name: str, seconds: int, corpus: str) -> int:
    """Fuzz one target in this process; only argmap's own code guides, for watching all of its libraries takes a minute to begin."""
    import atheris

    with atheris.instrument_imports(include=["argmap"]):
        from tests.fuzz.targets import run

    def one(data: bytes) -> None:
        try:
            run(name, data)
        except Exception:
            kept = FOUND / name / hashlib.sha256(data).hexdigest()[:12]
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=4096", f"-artifact_prefix={corpus}/", corpus], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
