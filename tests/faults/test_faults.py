"""Faults as they happen: processes killed, disks full or read-only, a store locked, debate files malformed. Real programs throughout."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import kills

TEXT = "The government said that open models help research.\n"


def build(*args: object, cwd: Path, patience: float = 300) -> subprocess.CompletedProcess[str]:
    """``argmap build`` in a process of its own."""
    return subprocess.run([sys.executable, "-m", "argmap", "build", *map(str, args)], cwd=cwd, capture_output=True, text=True, timeout=patience,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})


@pytest.fixture
def press(tmp_path: Path) -> Path:
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "a.txt").write_text(TEXT)
    return tmp_path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte; needs the right to mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True)
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.model
class TestKills:
    def test_builds_killed_at_random_moments_end_with_the_same_bytes(self, tmp_path):
        assert "the same bytes" in kills.compare(tmp_path, 8, 4, seed=1)

    def test_builds_with_several_processes_too(self, tmp_path):
        assert "the same bytes" in kills.compare(tmp_path, 8, 2, seed=2, workers=2)

    def test_a_cluster_that_loses_a_worker_builds_the_same_bytes(self, tmp_path):
        pytest.importorskip("distributed")
        assert "the same bytes" in kills.compare(tmp_path, 12, 1, seed=3, cluster=True)

    def test_a_worker_that_is_killed_costs_nothing(self, tmp_path):
        kills.write(tmp_path / "articles", 12)
        output = tmp_path / "out"
        process = kills.start([*kills.command(tmp_path / "articles", output, "--workers", "2")])
        killed = False
        while process.poll() is None and not killed:
            time.sleep(0.2)
            if len(kills.kept(output)) > 1:
                children = _children(process.pid)
                if children:
                    os.kill(children[0], signal.SIGKILL)
                    killed = True
        assert process.wait(300) == 0 and len(kills.kept(output)) == 12

    def test_ctrl_c_ends_at_once_with_130_and_the_next_build_goes_on(self, tmp_path):
        kills.write(tmp_path / "articles", 12)
        output = tmp_path / "out"
        process = kills.start(kills.command(tmp_path / "articles", output))
        while not kills.kept(output):
            time.sleep(0.1)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(60) == 130
        before = len(kills.kept(output))
        assert 0 < before < 12 and not (output / "map.json").exists()
        assert kills.start(kills.command(tmp_path / "articles", output)).wait(300) == 0 and len(kills.kept(output)) == 12


def _children(process: int) -> list[int]:
    """The worker processes of a build: those that read articles."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(process)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "spawn_main" in line]


class TestDisks:
    def test_a_full_disk_under_the_store_ends_with_1_and_what_to_do(self, press, small_disk):
        _fill(small_disk)
        result = build("press", "-o", "m.json", "--store", small_disk / "s.sqlite", cwd=press)
        assert result.returncode == 1 and result.stderr.startswith("argmap: ") and "--store" in result.stderr and "Traceback" not in result.stderr
        assert not (press / "m.json").exists()

    def test_a_full_disk_under_the_output_leaves_the_old_one(self, press, small_disk):
        (small_disk / "m.json").write_text("old")
        _fill(small_disk)
        result = build("press", "-o", small_disk / "m.json", "--no-store", cwd=press)
        assert result.returncode == 1 and "cannot be written" in result.stderr and "Traceback" not in result.stderr
        assert (small_disk / "m.json").read_text() == "old" and not list(small_disk.glob(".m.json.*"))

    def test_a_read_only_output_is_found_before_the_work(self, press, small_disk):
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        result = build("press", "-o", small_disk / "m.json", cwd=press)
        assert result.returncode == 1 and "Read-only file system" in result.stderr and result.stderr.count("\n") == 1


def _fill(place: Path) -> None:
    """Leave no byte free."""
    with (place / "filler").open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


class TestStore:
    def test_a_locked_one_ends_with_1_and_what_to_do(self, press, monkeypatch):
        from argmap import store
        from argmap.errors import StoreError
        store.Store(press / "s.sqlite").close()
        other = sqlite3.connect(press / "s.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="end it, or name another"), store.Store(press / "s.sqlite", patience=0.2) as kept:
            kept.begin_run("0")
        other.close()

    @pytest.mark.model
    def test_two_builds_at_once_with_one_store_make_the_same_map(self, tmp_path):
        kills.write(tmp_path / "articles", 6)
        both = [kills.start(kills.command(tmp_path / "articles", tmp_path / name, "--store", str(tmp_path / "s.sqlite"))) for name in "ab"]
        assert [process.wait(300) for process in both] == [0, 0]
        assert kills.checksums(tmp_path / "a") == kills.checksums(tmp_path / "b") != {}

    @pytest.mark.model
    def test_one_that_is_damaged_while_a_build_runs_is_rebuilt(self, tmp_path):
        kills.write(tmp_path / "articles", 6)
        output = tmp_path / "out"
        assert kills.start(kills.command(tmp_path / "articles", output)).wait(300) == 0
        before = kills.checksums(output)
        shutil.rmtree(output)
        process = kills.start(kills.command(tmp_path / "articles", output))
        while not kills.kept(output):
            time.sleep(0.1)
        with (output / kills.STORE).open("r+b") as file:
            file.write(os.urandom(8192))
        assert process.wait(300) == 0 and kills.checksums(output) == before


@pytest.mark.parametrize("text", ["", "id = 3", "not TOML at all", "id = 'x'\n[sides]", "\0\xff"])
def test_a_malformed_debate_file_ends_with_1_and_its_name(press, text):
    (press / "d.toml").write_bytes(text.encode("latin-1"))
    result = build("press", "--debate", "d.toml", cwd=press)
    assert result.returncode == 1 and "d.toml" in result.stderr and "Traceback" not in result.stderr and result.stderr.count("\n") == 1
