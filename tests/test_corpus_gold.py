"""The annotations by hand mark words that stand in the articles, and their ids resolve."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from argmap.gold import read_gold
from argmap.model import ActorKind, RelationKind, Stance, StatementType, Voice
from argmap.read import read_file

CORPUS = Path(__file__).parent.parent / "corpus"
#: Where annotations lie, and the articles they are of.
FOLDERS = {CORPUS / "gold": CORPUS / "articles", CORPUS / "gold" / "nuclear": CORPUS / "nuclear"}
PATHS = [path for folder in FOLDERS for path in sorted(folder.glob("*.json"))]


class Gold:
    """One annotated article with its text."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        (self.article,) = read_file(FOLDERS[path.parent] / f"{path.stem}.md")

    def find(self, mark: dict[str, Any]) -> tuple[int, int] | None:
        """Where the n-th occurrence of a mark's text lies, or nothing."""
        at = -1
        for _ in range(mark.get("n", 1)):
            at = self.article.text.find(mark["text"], at + 1)
            if at < 0:
                return None
        return at, at + len(mark["text"])


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> Gold:
    return Gold(request.param)


@pytest.mark.parametrize(("folder", "least"), [("gold", 7), ("nuclear", 3)])
def test_enough_articles_of_each_language_are_annotated(folder: str, least: int) -> None:
    languages = [path.stem.partition("-")[0] for path in PATHS if path.parent.name == folder]
    assert languages.count("it") >= least
    assert languages.count("en") >= least


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_argmap_reads_every_annotation(folder: Path) -> None:
    texts = {path.stem: next(read_file(path)).text for path in FOLDERS[folder].glob("*.md")}
    assert set(read_gold(folder, texts)) == {path.stem for path in folder.glob("*.json")}


def test_the_head_agrees_with_the_article(gold: Gold) -> None:
    assert list(gold.data) == ["id", "lang", "title", "actors", "statements", "relations"]
    assert gold.data["id"] == gold.name
    assert gold.data["lang"] == gold.article.language
    assert gold.data["title"] == gold.article.title


def test_every_marked_text_is_found(gold: Gold) -> None:
    marks = [mark for one in gold.data["statements"] for mark in (one["source"], one["cue"], *one["content"]) if mark]
    assert [mark for mark in marks if gold.find(mark) is None] == []


def test_every_alias_and_signal_stands_in_the_article(gold: Gold) -> None:
    words = [alias for actor in gold.data["actors"] for alias in actor["aliases"]]
    words += [relation["signal"] for relation in gold.data["relations"] if relation["signal"]]
    assert [word for word in words if word not in gold.article.text] == []


def test_ids_are_given_once(gold: Gold) -> None:
    for kind in ("actors", "statements"):
        ids = [one["id"] for one in gold.data[kind]]
        assert len(set(ids)) == len(ids)


def test_ids_resolve(gold: Gold) -> None:
    actors = {actor["id"] for actor in gold.data["actors"]} | {"author"}
    statements = {one["id"] for one in gold.data["statements"]}
    assert {one["actor"] for one in gold.data["statements"]} <= actors
    assert {relation[end] for relation in gold.data["relations"] for end in ("origin", "target")} <= statements


def test_values_are_those_of_the_model(gold: Gold) -> None:
    assert {actor["kind"] for actor in gold.data["actors"]} <= set(get_args(ActorKind))
    assert {one["stance"] for one in gold.data["statements"]} <= set(get_args(Stance))
    assert {one["voice"] for one in gold.data["statements"]} <= set(get_args(Voice))
    assert {one["type"] for one in gold.data["statements"]} <= set(get_args(StatementType))
    assert {relation["kind"] for relation in gold.data["relations"]} <= set(get_args(RelationKind))


def test_the_author_s_statements_have_neither_source_nor_cue(gold: Gold) -> None:
    for one in gold.data["statements"]:
        if one["voice"] == "author":
            assert (one["actor"], one["type"], one["source"], one["cue"]) == ("author", "author", None, None)
        else:
            assert one["actor"] != "author" and one["type"] != "author"


def test_statements_do_not_overlap(gold: Gold) -> None:
    spans = [(one["id"], span) for one in gold.data["statements"] for span in map(gold.find, one["content"]) if span]
    assert [(a, b) for (a, (s, e)), (b, (t, f)) in combinations(spans, 2) if s < f and t < e] == []


def test_no_relation_stands_twice_or_leads_to_itself(gold: Gold) -> None:
    pairs = [(relation["origin"], relation["target"]) for relation in gold.data["relations"]]
    assert len(set(pairs)) == len(pairs)
    assert all(origin != target for origin, target in pairs)


def test_every_statement_has_a_claim_of_its_own(gold: Gold) -> None:
    claims = [one["claim"] for one in gold.data["statements"]]
    assert all(claim.endswith(".") for claim in claims)
    assert len(set(claims)) == len(claims)
