"""Texts marked for training: what the marks mean, that all of them can be read, that weights learn what the texts show."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.relate.implicit import confidence
from argmap.training.marked import HELD_OUT, TEXTS, read, read_all
from argmap.training.relations import CERTAIN, Weighed, blurred, calibrate, fit, learn, questions, reliability
from tests.relate.marked import no_vectors

TEXT = """# language: en
# motion: Museums should be free of charge.
A ticket

Mayor Lee said [1 lee for|a free museum], in her view, [1|belongs to everybody]. "[2 lee for|We pay for it anyway]," she added.
But [3 author against|guards cost money].
== 2+1 3-1
"""


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    path = tmp_path / "museum.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_marks_become_statements_whose_spans_hold_their_text(marked: Path) -> None:
    example = read(marked)
    assert "[" not in example.article.text
    assert example.article.title == "A ticket"
    assert [s.text for s in example.statements] == ["a free museum belongs to everybody", "We pay for it anyway", "guards cost money"]
    for statement in example.statements:
        for span in statement.content:
            assert example.article.text[span.start:span.end] == span.text
    assert [(s.type, s.stance) for s in example.statements] == [("indirect", "for"), ("direct", "for"), ("author", "against")]
    assert example.statements[0].source is not None and example.statements[0].source.text == "Lee"


def test_the_last_line_gives_the_relations(marked: Path) -> None:
    assert read(marked).relations == {("museum/2", "museum/1", "support"), ("museum/3", "museum/1", "attack")}


@pytest.mark.parametrize(("old", "new"), [("3-1", "3-9"), ("[3 author against|", "[3 author maybe|"), ("guards cost money]", "guards cost money")])
def test_a_mistake_in_the_marks_is_refused(marked: Path, old: str, new: str) -> None:
    marked.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises((ValueError, KeyError)):
        read(marked)


@pytest.mark.parametrize("folder", [TEXTS, HELD_OUT], ids=["learned from", "held out"])
def test_every_shipped_text_can_be_read_and_is_argued_about(folder: Path) -> None:
    examples = read_all(folder)
    assert len(examples) == len(list(folder.glob("*.txt"))) > 50
    assert {example.article.language for example in examples} == {"en", "it"}
    for example in examples:
        assert len(example.statements) >= 8, example.article.id
        assert len(example.relations) >= 3, example.article.id
        assert all(origin != target for origin, target, _ in example.relations)


def test_weights_favour_what_is_true_more_often() -> None:
    near, far = {"none:bias": 0.0, "support:near": 1.0}, {"support:far": 1.0}
    weights = fit([([{"none:bias": 1.0}, near, far], [0.0, 1.0, 0.0])] * 5 + [([{"none:bias": 1.0}, near, far], [0.0, 0.0, 1.0])])
    assert weights["support"]["near"] > weights["support"]["far"] > weights["none"]["bias"]


def test_related_statements_are_asked_in_which_way_and_unrelated_ones_only_whether(marked: Path) -> None:
    asked = questions(read(marked), (), no_vectors, settings=CERTAIN)
    assert [shares[1] for _, shares in asked.related] == [1.0, 1.0, 0.0]  # 1 and 2, 1 and 3, 2 and 3
    assert all(options[0] == {} for options, _ in asked.related)
    assert [max(zip(shares, options, strict=True), key=lambda one: one[0])[1].keys() >= {f"{kind}:bias", f"{kind}:back-{back}"}
            for (options, shares), kind, back in zip(asked.way, ("support", "attack"), (1, 2), strict=True)] == [True, True]
    weights = learn([asked] * 9)
    assert set(weights) == {"related", "support", "attack"}


def test_confidences_are_fitted_to_how_often_relations_are_right() -> None:
    found = [Weighed(total, 0.8, right=number < right, right_pair=True)
             for total, right in ((0.2, 2), (0.5, 4), (0.8, 6)) for number in range(10)]
    by = calibrate(found)
    low, middle, high = (confidence(total, 0.8, by) for total in (0.2, 0.5, 0.8))
    assert low == pytest.approx(0.2, abs=0.05)
    assert middle == pytest.approx(0.4, abs=0.05)
    assert high == pytest.approx(0.6, abs=0.05)
    assert "10        0.39   0.40" in reliability(found, by)


def test_sides_are_blurred_the_same_each_time_and_words_stay() -> None:
    example = read_all()[0]
    once = blurred(example)
    assert once == blurred(example)
    assert [s.text for s in once.statements] == [s.text for s in example.statements]
    assert once.relations == example.relations
