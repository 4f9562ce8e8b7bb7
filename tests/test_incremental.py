"""Builds with a store: nothing is parsed twice, what is stopped goes on, a damaged store costs a message, and the map is the same."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap import cli, columns, outputs, pipeline
from argmap.engine import named, serial
from argmap.errors import ArgmapError, ArticleError, EngineError, StoreError
from argmap.export import argmap_json
from argmap.model import Article, Extraction, Motion
from argmap.settings import DEFAULTS
from argmap.store import NAME, Store

TEXT = "The government said that open models help research."


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A pipeline without models, and the ids of the articles that it was asked to parse."""
    seen: list[str] = []

    def extract(article: Article, **_: object) -> Extraction:
        seen.append(article.id)
        for word, error in (("BAD", ArticleError("cannot parse this")), ("STOP", KeyboardInterrupt())):
            if word in article.text:
                raise error
        return Extraction(article)

    monkeypatch.setattr(pipeline, "extract", extract)
    return seen


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"{TEXT} {name}.")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / NAME


class TestLibrary:
    def test_what_is_unchanged_is_never_parsed_again(self, press, store, parsed):
        one, other = (pipeline.build(press, store=store) for _ in range(2))
        assert parsed == ["a", "b", "c"] and one == other

    def test_without_a_store_nothing_is_kept(self, press, parsed, tmp_path):
        for _ in range(2):
            pipeline.build(press)
        assert parsed == [*"abcabc"] and [path.name for path in tmp_path.iterdir()] == ["press"]

    def test_what_has_changed_or_come_is_parsed(self, press, store, parsed):
        pipeline.build(press, store=store)
        (press / "b.txt").write_text(TEXT + " Changed.")
        (press / "d.txt").write_text(TEXT + " New.")
        (press / "c.txt").unlink()
        parsed.clear()
        assert [article.id for article in pipeline.build(press, store=store).articles] == ["a", "b", "d"]
        assert parsed == ["b", "d"]

    def test_another_motion_or_another_threshold_of_claims_is_no_reason_to_parse_but_other_words_are(self, press, store, parsed, debate):
        pipeline.build(press, store=store, debate=debate)
        parsed.clear()
        built = pipeline.build(press, store=store, debate=replace(debate, motion=Motion({"en": "Another."})))
        assert parsed == [] and built.debate.motion.text == {"en": "Another."}
        pipeline.build(press, store=store, debate=replace(debate, keywords={"en": ("harbour",)}))
        assert parsed == ["a", "b", "c"]
        parsed.clear()
        pipeline.build(press, store=store, debate=debate, settings=replace(DEFAULTS, reach=2))
        assert parsed == ["a", "b", "c"]

    def test_what_fails_is_tried_again_and_forgotten_when_it_is_well(self, press, store, parsed):
        (press / "b.txt").write_text("BAD. " + TEXT)
        for _ in range(2):
            assert [one.reason for one in pipeline.build(press, store=store).skipped] == ["cannot parse this"]
        assert parsed == ["a", "b", "c", "b"]
        with Store(store) as kept:
            assert kept.ask("SELECT article, reason FROM failures") == [("b", "cannot parse this")]

    def test_what_is_stopped_goes_on(self, press, store, parsed):
        (press / "b.txt").write_text("STOP. " + TEXT)
        with pytest.raises(KeyboardInterrupt):
            pipeline.build(press, store=store)
        (press / "b.txt").write_text(TEXT)
        pipeline.build(press, store=store)
        assert parsed == ["a", "b", "b", "c"]
        with Store(store) as kept:
            assert kept.ask("SELECT outcome, reused, extracted FROM runs ORDER BY id") == [("stopped", None, None), ("done", 1, 2)]

    @pytest.mark.parametrize("damage", ["garbage", "half", "row", "map"])
    def test_a_damaged_store_is_rebuilt_with_the_same_map(self, press, store, parsed, damage):
        built = pipeline.build(press, store=store)
        if damage == "garbage":
            store.write_bytes(os.urandom(20_000))
        elif damage == "half":
            with store.open("r+b") as file:
                file.truncate(store.stat().st_size // 2)
        else:
            with sqlite3.connect(store) as base:
                if damage == "row":
                    base.execute("DELETE FROM maps")
                    base.execute("UPDATE extractions SET content = '{}' WHERE article = 'b'")
                else:
                    base.execute("UPDATE maps SET content = zeroblob(3)")
        told = []
        again = pipeline.build(press, store=store, note=lambda event, **about: told.append((event, about)))
        assert again == built
        messages = [str(about["message"]) for event, about in told if event == "damaged"]
        assert bool(messages) == (damage in ("garbage", "half"))
        assert all("set aside as" in message for message in messages)
        assert parsed[3:] == {"row": ["b"], "map": []}.get(damage, ["a", "b", "c"])
        assert pipeline.build(press, store=store) == built

    def test_two_builds_may_share_a_store(self, press, store, parsed):
        told = []

        def note(event: str, **_: object) -> None:
            if event == "reading" and not told:
                told.append(event)
                assert len(pipeline.build(press, store=store).articles) == 3  # another build, in the middle of this one

        assert len(pipeline.build(press, store=store, note=note).articles) == 3
        with Store(store) as kept:
            assert kept.ask("SELECT count(*) FROM extractions") == [(3,)]


def test_a_machine_with_another_argmap_ends_the_build(press, store, parsed, monkeypatch):
    """On a cluster: what it read would differ, and nobody would know."""
    def elsewhere(articles, work):
        monkeypatch.setattr(pipeline.keys, "extractor_version", lambda: "another")
        yield from serial(articles, work)

    with pytest.raises(EngineError, match="install the same"):
        pipeline.build(press, store=store, engine=elsewhere)


def test_a_machine_that_lacks_a_library_ends_the_build(press, monkeypatch):
    def extract(article: Article, **_: object) -> Extraction:
        raise ModuleNotFoundError("No module named 'spacy'")

    monkeypatch.setattr(pipeline, "extract", extract)
    with pytest.raises(EngineError, match="spacy"):
        pipeline.build(press)


class TestCommand:
    @pytest.fixture
    def run(self, press, monkeypatch, parsed):
        monkeypatch.chdir(press.parent)
        return lambda *args: CliRunner().invoke(cli.main, ["build", "press", "-o", "out/m.json", *map(str, args)])

    def test_the_store_is_beside_the_output_and_hidden(self, run):
        run()
        assert sorted(path.name for path in Path("out").iterdir()) == [NAME, "m.json"]

    def test_it_may_be_elsewhere_or_nowhere(self, run):
        run("--store", "x/kept.sqlite")
        assert Path("x/kept.sqlite").exists() and not Path("out", NAME).exists()
        run("--no-store")
        assert not Path("out", NAME).exists()

    def test_an_unchanged_build_writes_nothing_and_says_the_same(self, run, parsed):
        first = run().stderr
        Path("out/m.json").touch()
        when = Path("out/m.json").stat().st_mtime_ns
        again = run()
        assert again.exit_code == 0 and again.stderr == first.replace("wrote", "unchanged")
        assert Path("out/m.json").stat().st_mtime_ns == when and len(parsed) == 3

    @pytest.mark.parametrize("change", ["output", "gone", "article", "debate", "option"])
    def test_what_has_changed_is_written(self, run, change):
        run()
        before = Path("out/m.json").read_bytes()
        options = {"debate": ["--debate", "nuclear-energy"], "option": ["--title", "Open?"]}.get(change, [])
        if change == "output":
            Path("out/m.json").write_text("{}")
        if change == "gone":
            Path("out/m.json").unlink()
        if change == "article":
            Path("press/a.txt").write_text(TEXT + " Changed.")
        assert "wrote out/m.json" in run(*options).stderr
        assert (Path("out/m.json").read_bytes() == before) == (change not in ("article", "debate"))

    def test_a_damaged_store_is_named_even_when_quiet(self, run):
        run()
        Path("out", NAME).write_bytes(b"nothing that SQLite wrote" * 100)
        Path("out/m.json").unlink()
        result = run("--quiet")
        assert result.exit_code == 0 and "set aside" in result.stderr and len(list(Path("out").glob(f"{NAME}.damaged-*"))) == 1

    def test_ctrl_c_says_that_it_goes_on(self, run):
        Path("press/b.txt").write_text("STOP. " + TEXT)
        result = run()
        assert result.exit_code == 130 and "goes on from there" in result.stderr

    def test_verbose_has_a_line_for_each_article(self, run):
        Path("press/b.txt").write_text("BAD. " + TEXT)
        Path("press/d.txt").touch()
        lines = run("--verbose").stderr.splitlines()
        assert any(line.startswith("a: 0 statements") for line in lines) and "b: left out: cannot parse this" in lines
        assert "d.txt: skipped: empty" in lines

    def test_log_json_is_a_line_of_json_for_each_event(self, run):
        result = run("--log-json")
        events = [json.loads(line) for line in result.stderr.splitlines()]
        assert result.stdout == "" and [one["article"] for one in events if one["event"] == "article"] == ["a", "b", "c"]
        assert events[-1]["event"] == "done" and events[-1]["articles"] == 3 and all("time" in one for one in events)
        assert json.loads(run("--log-json").stderr)["event"] == "unchanged"

    def test_workers_and_cluster_exclude_each_other(self, run):
        assert run("--workers", 2, "--cluster", "local").exit_code == 2

    def test_an_output_that_cannot_be_written_is_found_before_the_work(self, run, parsed):
        Path("file").touch()
        result = run("-o", "file/m.json")
        assert result.exit_code == 1 and "--output" in result.stderr and parsed == []


class TestOutputs:
    def test_remains_of_a_killed_build_are_removed_and_nothing_else(self, tmp_path):
        gone = 2**22 + 1  # beyond the numbers that Linux gives
        for name in (f".m.json.{gone}.part", f".m.json.{os.getpid()}.part", f".n.json.{gone}.part", ".m.json.notes.part"):
            (tmp_path / name).touch()
        outputs.check_writable([tmp_path / "m.json"])
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
            [f".m.json.{os.getpid()}.part", f".n.json.{gone}.part", ".m.json.notes.part"])


@pytest.mark.model
class TestSameBytes:
    """With models: neither the engine nor what was built before shows in the map."""

    TEXTS = ("“Open models help research,” said Nadia Roth of the Alder Institute. Closed models cost more, Roth added.",
             "Jonas Wedel warned that open weights are dangerous because anyone can strip the safeguards.",
             "According to Lena Ode, universities depend on a few companies. However, small firms need open models.",
             "«I modelli aperti aiutano la ricerca», ha detto Chiara Valenti, che dirige il Consorzio Aperto.",
             "Davide Morosini ha risposto che pubblicare i pesi è pericoloso, perché chiunque può togliere le protezioni.")

    @pytest.fixture
    def articles(self, tmp_path):
        folder = tmp_path / "articles"
        folder.mkdir()
        for number, text in enumerate(self.TEXTS):
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        return folder

    def test_a_map_built_step_by_step_is_one_built_at_once(self, articles, store):
        whole = argmap_json.dumps(pipeline.build(articles))
        texts = {path: path.read_text(encoding="utf-8") for path in sorted(articles.iterdir())}
        for path in list(texts)[2:]:
            path.unlink()
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
            step = pipeline.build(articles, store=store)
        assert argmap_json.dumps(step) == whole

    def test_several_processes_build_the_same(self, articles, store):
        whole = argmap_json.dumps(pipeline.build(articles))
        assert argmap_json.dumps(pipeline.build(articles, store=store, engine=named("processes", workers=2))) == whole

    def test_a_corpus_held_as_columns_makes_the_same_files(self, articles, store, monkeypatch, tmp_path):
        whole = pipeline.build(articles)
        monkeypatch.setattr(columns, "PLAIN", 2)
        monkeypatch.setattr(import_module("argmap.render.payload"), "HELD", 2)
        packed = pipeline.build(articles, store=store)
        again = pipeline.build(articles, store=store)  # as the store has it
        assert all(isinstance(one.statements, columns.Column) and isinstance(one.relations, columns.Column) for one in (packed, again))
        assert packed == whole == again
        for number, one in enumerate((packed, again, whole)):
            if one is whole:
                monkeypatch.undo()
            one.save(tmp_path / f"{number}.json", tmp_path / f"{number}.html")
        for suffix in ("json", "html"):
            assert len({(tmp_path / f"{number}.{suffix}").read_bytes() for number in range(3)}) == 1
        assert len(packed.statements_frame()) == len(whole.statements_frame())

    def test_a_cluster_builds_the_same(self, articles, store):
        pytest.importorskip("distributed")
        whole = argmap_json.dumps(pipeline.build(articles))
        assert argmap_json.dumps(pipeline.build(articles, store=store, engine=named("cluster", address="local"))) == whole

    def test_vectors_do_not_depend_on_what_is_encoded_with_them(self):
        import numpy as np

        from argmap.encoding import load
        texts = sorted({word for text in self.TEXTS for word in (text, *text.split())})
        encoder = load()
        if not encoder.version:
            pytest.skip("this machine's kernels are not steady: no vectors are kept")
        together = encoder.encode(texts)
        for size in (1, 3, 10):
            apart = np.concatenate([encoder.encode(texts[start:start + size]) for start in range(0, len(texts), size)])
            assert np.array_equal(apart, together)


def test_a_store_that_cannot_be_used_is_an_error_of_argmap():
    assert issubclass(StoreError, ArgmapError)
