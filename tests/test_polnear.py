"""PolNeAR's figures, on a part of it that is written here."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.errors import ArgmapError
from argmap.model import Article, Attribution, Debate, DebateMap
from argmap.polnear import evaluate, is_part, read_annotations

TEXT = 'The toll will rise, the mayor said.\r\n\r\n"It must," she added. Hauliers fear that the ferry will close.\r\n'


def bound(number: int, kind: str, words: str) -> tuple[str, str]:
    start = TEXT.index(words)
    return f"T{number}", f"T{number}\t{kind} {start} {start + len(words)}\t{words}"


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """One article with three attributions, the content of the first in one piece, that of the second quoted."""
    lines = [bound(1, "Content", "The toll will rise")[1], bound(2, "Source", "the mayor")[1], bound(3, "Cue", "said")[1],
             bound(4, "Content", "It must")[1], bound(5, "Source", "she")[1], bound(6, "Cue", "added")[1],
             bound(7, "Content", "the ferry will close")[1], bound(8, "Source", "Hauliers")[1], bound(9, "Cue", "fear")[1],
             "E1\tCue:T3 Content:T1 Source:T2", "E2\tCue:T6 Content:T4 Source:T5", "E3\tCue:T9 Content:T7 Source:T8"]
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "a [1].txt").write_bytes(TEXT.encode())
    (tmp_path / "attributions" / "a [1]_ab12.ann").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def marked(debate: Debate, *attributions: tuple[str, str]) -> DebateMap:
    """A map with these sources and contents."""
    article = Article("a [1]", TEXT, language="en")

    def one(number: int, source: str, content: str) -> Attribution:
        start, begin = TEXT.index(content), TEXT.index(source)
        return Attribution(f"t{number}", article.id, "indirect", article.span(begin, begin + len(source)), None,
                           (article.span(start, start + len(content)),), rule="by hand")
    return DebateMap(debate, (article,), attributions=tuple(one(n, *pair) for n, pair in enumerate(attributions)))


def test_a_brat_file_gives_contents_and_sources(part: Path) -> None:
    pairs = list(read_annotations(part / "attributions" / "a [1]_ab12.ann"))
    contents = [[TEXT[start:end] for start, end in content] for content, _ in pairs]
    assert contents == [["The toll will rise"], ["It must"], ["the ferry will close"]]
    assert [[TEXT[start:end] for start, end in source] for _, source in pairs] == [["the mayor"], ["she"], ["Hauliers"]]


@pytest.mark.model
def test_a_map_that_marks_what_was_marked_scores_one(part: Path, debate: Debate) -> None:
    assert is_part(part)
    found = evaluate(part, marked(debate, ("the mayor", "The toll will rise"), ("she", "It must"), ("Hauliers", "the ferry will close")))
    assert set(found.figures.items()) >= {("content_f1", 1.0), ("ar_f1", 1.0), ("direct_f1", 1.0), ("indirect_recall", 1.0)}
    assert found.precision == {"by hand": (1.0, 3)}


@pytest.mark.model
def test_a_wrong_speaker_counts_against_the_speaker_alone(part: Path, debate: Debate) -> None:
    found = evaluate(part, marked(debate, ("Hauliers", "The toll will rise"), ("Hauliers", "the ferry will close")))
    assert (found.figures["precision"], found.figures["speaker_acc"]) == (1.0, 0.5)
    assert found.figures["recall"] == pytest.approx(2 / 3)


@pytest.mark.model
def test_an_article_that_the_map_lacks_is_named(part: Path, debate: Debate) -> None:
    assert evaluate(part, DebateMap(debate)).missing == ("a [1]",)


def test_a_folder_without_articles_is_an_error(tmp_path: Path, debate: Debate) -> None:
    with pytest.raises(ArgmapError, match="no articles"):
        evaluate(tmp_path, DebateMap(debate))


@pytest.mark.model
def test_the_command_line_knows_a_part_by_its_folders(part: Path, debate: Debate, tmp_path: Path) -> None:
    saved = tmp_path / "map.json"
    marked(debate, ("the mayor", "The toll will rise")).save(saved)
    result = CliRunner().invoke(main, ["evaluate", str(part), str(saved)])
    assert result.exit_code == 0
    assert "content_f1" in result.stdout
