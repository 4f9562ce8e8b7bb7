"""The bundled corpus, end to end: spans hold, two languages meet in one map, and the figures do not fall.

The floors lie a good step below what is reached, so that a change which costs a little somewhere passes and one which
breaks a stage does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from argmap.evaluate import evaluate
from argmap.model import DebateMap
from argmap.pipeline import build

pytestmark = pytest.mark.model

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FLOORS = {"statement_f1": 0.75, "statement80_f1": 0.55, "attributed_f1": 0.6, "content_f1": 0.65, "actor_acc": 0.7, "stance_side_f1": 0.5,
          "pair_f1": 0.25}


@pytest.fixture(scope="module")
def corpus_map() -> DebateMap:
    return build(str(CORPUS / "articles"), strict=True)


def test_every_article_is_read_in_its_language(corpus_map):
    assert len(corpus_map.articles) == len(list((CORPUS / "articles").glob("*.md"))) and not corpus_map.skipped
    assert all(article.id.startswith(article.language) for article in corpus_map.articles)
    assert all(article.title and article.date for article in corpus_map.articles)


def test_every_span_and_every_id_holds(corpus_map):
    assert DebateMap.from_json(corpus_map.to_json()) == corpus_map


def test_another_process_gives_the_same_bytes_whatever_its_hash_seed(corpus_map, tmp_path):
    for name in ("map.json", "map.html"):
        corpus_map.save(tmp_path / f"here-{name}")
    subprocess.run([sys.executable, "-m", "argmap", "build", CORPUS / "articles", "-q", "-o", tmp_path / "map.json", "-o", tmp_path / "map.html"],
                   env={**os.environ, "PYTHONHASHSEED": "12345"}, check=True)
    for name in ("map.json", "map.html"):
        assert (tmp_path / name).read_bytes() == (tmp_path / f"here-{name}").read_bytes()


def test_actors_are_one_across_articles_and_languages(corpus_map):
    languages = {article.id: article.language for article in corpus_map.articles}
    cited: dict[str, set[str]] = {}
    for statement in corpus_map.statements:
        for actor in statement.actors:
            cited.setdefault(actor, set()).add(languages[statement.article])
    names = [actor.name for actor in corpus_map.actors if actor.kind == "person"]  # "the government" may be several
    assert any(found == {"en", "it"} for actor, found in cited.items() if actor != "author")
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_figure_does_not_fall_below_its_floor(corpus_map, name):
    found = evaluate(CORPUS / "gold", corpus_map)
    assert not found.missing
    assert found.figures[name].value >= FLOORS[name]
