"""What every module keeps to: a sentence on top, `__all__`, a bounded length, no printing, light start-up."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "argmap").rglob("*.py"))
#: Lines that a module may have.
LONGEST = 400
#: Packages that start-up must not load: each costs a good part of a second.
HEAVY = {"numpy", "spacy", "trafilatura", "scipy", "networkx", "pyvis", "dateparser", "py3langid", "rich", "yaml", "jinja2"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(params=MODULES, ids=name)
def module(request):
    return request.param


def test_a_module_opens_with_a_docstring(module):
    text = module.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def public(tree: ast.Module) -> list[str] | None:
    """What a module's ``__all__`` lists."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            return list(ast.literal_eval(node.value))
    return None


def test_a_module_says_what_is_public_and_has_it(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    if not tree.body:
        return
    said = public(tree)
    assert said is not None, "no __all__"
    defined = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    defined |= {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    defined |= {alias.asname or alias.name for node in imports for alias in node.names}
    assert set(said) <= defined


def test_a_module_is_short_enough_to_read(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_library_neither_prints_nor_exits(module):
    if module.name in ("cli.py", "__main__.py") or "training" in module.parts:
        return
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "exit", "quit", "sys.exit", "os._exit"}


def test_a_public_function_has_a_docstring(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    bare = [node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and node.name in (public(tree) or []) and not ast.get_docstring(node)]
    assert bare == []


def test_no_exception_is_caught_unnamed(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert all(node.type for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))


@pytest.mark.parametrize("command", [
    "import argmap; argmap.__version__; argmap.DebateMap",
    "import argmap.cli",
    "import sys; sys.argv = ['argmap', '--help']\ntry:\n    import argmap.__main__; argmap.__main__.main()\nexcept SystemExit: pass",
    "import argmap.model, argmap.debate, argmap.lexicon, argmap.export",
])
def test_start_up_is_light(command):
    run = subprocess.run([sys.executable, "-c", f"{command}\nimport sys; print(*sys.modules, file=sys.stderr)"], cwd=ROOT,
                         capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in run.stderr.split()}
    assert not loaded & HEAVY
    assert "argmap" in loaded


def test_every_public_name_is_there():
    import argmap
    for public in argmap.__all__:
        assert getattr(argmap, public) is not None
    assert set(argmap.__all__) <= set(dir(argmap))
    with pytest.raises(AttributeError, match="nonsense"):
        argmap.nonsense  # noqa: B018  # looking it up is the test
