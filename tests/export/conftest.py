"""What the tests of formats share: Argdown's own tool."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from argmap.export import argdown

LOCAL = Path(__file__).resolve().parent.parent.parent / ".venv" / "node_modules" / ".bin"


@pytest.fixture(scope="session")
def argdown_json(tmp_path_factory):
    """Argdown's own tool (npm: @argdown/cli): maps in, the files of their JSON out."""
    tool = shutil.which("argdown") or shutil.which("argdown", path=str(LOCAL))
    if tool is None:
        pytest.skip("no argdown: npm install --prefix .venv @argdown/cli")

    def run(debate_maps):
        folder = tmp_path_factory.mktemp("argdown")
        for number, debate_map in enumerate(debate_maps):
            (folder / f"{number}.argdown").write_text(argdown.dumps(debate_map), encoding="utf-8", newline="")
        result = subprocess.run([tool, "json", str(folder / "*.argdown"), str(folder)], capture_output=True, text=True, check=False)
        assert "error" not in (result.stdout + result.stderr).lower(), result.stdout + result.stderr
        return [folder / f"{number}.json" for number in range(len(debate_maps))]

    return run
