"""What the tests of formats share: other programs that read what argmap writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from argmap.export import argdown

VENV = Path(__file__).resolve().parent.parent.parent / ".venv"
#: Counts the claims and the schemes of each kind in an AIF file; in a process of its own, for arguebuf wants another lxml.
COUNT = """
import collections, json, logging, sys
import arguebuf
logging.getLogger("arguebuf").setLevel(logging.ERROR)  # it passes over locutions, and says so for each
graph = arguebuf.load.file(sys.argv[1])
schemes = collections.Counter(type(node.scheme).__name__.lower() for node in graph.scheme_nodes.values())
print(json.dumps({"claims": len(graph.atom_nodes), **schemes}))
"""


@pytest.fixture(scope="session")
def arguebuf_counts(tmp_path_factory):
    """What arguebuf counts in AIF text: claims, and schemes of support and attack."""
    environment = {**os.environ, "PYTHONPATH": str(VENV / "arguebuf")}
    if subprocess.run([sys.executable, "-c", "import arguebuf"], env=environment, capture_output=True, check=False).returncode:
        pytest.skip("no arguebuf: pip install --target .venv/arguebuf arguebuf")

    def count(text):
        path = tmp_path_factory.mktemp("aif") / "m.json"
        path.write_text(text, encoding="utf-8")
        result = subprocess.run([sys.executable, "-c", COUNT, str(path)], env=environment, capture_output=True, text=True, check=True)
        return json.loads(result.stdout)

    return count


@pytest.fixture(scope="session")
def argdown_json(tmp_path_factory):
    """Argdown's own tool (npm: @argdown/cli): maps in, the files of their JSON out."""
    tool = shutil.which("argdown") or shutil.which("argdown", path=str(VENV / "node_modules" / ".bin"))
    if tool is None:
        pytest.skip("no argdown: npm install --prefix .venv @argdown/cli@1.7.5")

    def run(debate_maps):
        folder = tmp_path_factory.mktemp("argdown")
        for number, debate_map in enumerate(debate_maps):
            (folder / f"{number}.argdown").write_text(argdown.dumps(debate_map), encoding="utf-8", newline="")
        result = subprocess.run([tool, "json", str(folder / "*.argdown"), str(folder)], capture_output=True, text=True, check=False)
        assert "error" not in (result.stdout + result.stderr).lower(), result.stdout + result.stderr
        return [folder / f"{number}.json" for number in range(len(debate_maps))]

    return run
