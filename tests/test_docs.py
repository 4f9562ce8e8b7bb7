"""What the documents promise: links lead somewhere, commands exist, continuous integration runs the command for the tests."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

import argmap
from argmap.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not {".venv", "node_modules", "build"} & set(path.relative_to(ROOT).parts)
                   and "articles" not in path.parts)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(README) if kind == language]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_to_files(document):
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_commands_of_the_readme_are_understood():
    lines = [line for block in blocks("sh") for line in block.splitlines() for line in line.split("&&")]
    commands = [shlex.split(line.strip().removeprefix(".venv/bin/"), comments=True) for line in lines if "argmap " in line]
    commands = [words for words in commands if words[:1] == ["argmap"]]
    assert len(commands) >= 4
    for words in commands:
        command: click.Command = main
        rest = words[1:]
        while isinstance(command, click.Group):
            command = command.commands[rest.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("-")} <= known, words


def test_the_commands_of_the_readme_are_proper_shell():
    for block in blocks("sh"):
        assert subprocess.run(["sh", "-n"], input=block, text=True, capture_output=True).stderr == ""


def test_the_readme_names_every_command():
    for name in main.commands:
        assert f"argmap {name}" in README, name


def test_the_python_of_the_readme_uses_public_names():
    for block in blocks("python"):
        used = {node.attr for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name) and node.value.id == "argmap"}
        assert used <= set(argmap.__all__)


def test_continuous_integration_runs_the_readme_s_command_for_the_tests():
    command = blocks("sh")[1].strip()
    assert command in (ROOT / ".ci" / "run").read_text().splitlines()
    assert (ROOT / command.split()[-1]).exists()


def test_the_changelog_knows_this_version():
    assert f"## {argmap.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
