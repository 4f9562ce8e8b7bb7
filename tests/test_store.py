"""The store: what goes in comes out, damage is seen, several may write, and plain SQLite reads it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from argmap import care, cli, keys
from argmap.errors import StoreDamagedError, StoreError
from argmap.model import Actor, Article, Attribution, DebateMap, Extraction, Link, Mention, Statement
from argmap.packing import pack, pack_map, unpack, unpack_map
from argmap.settings import DEFAULTS
from argmap.store import AT_ONCE, NAME, Store, Written, set_aside


def extraction(name: str = "a", text: str = "Ms Ilieva said tolls pay for repairs. “Sì”, she added.") -> Extraction:
    article = Article(name, text, "The bridge", "A. Writer", "The Varna Post", "2025-04-01", "https://example.org", "en")
    span = article.span(15, 36)
    return Extraction(
        article,
        (Attribution("a-1", name, "indirect", article.span(0, 9), article.span(10, 14), (span,), ("ilieva",), confidence=1 / 3, rule="verb"),),
        (Statement("s-1", name, "attributed", "indirect", (span,), "a-1", article.span(0, 9), article.span(10, 14), ("ilieva",),
                   relevance=0.1 + 0.2),),
        (Actor("ilieva", "Ms Ilieva", "person", None, ("Ilieva",)),),
        (Mention(name, "ilieva", article.span(0, 9)),),
        (Link("s-1", "s-1", "support", "cause", 0.5),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / NAME


class TestExtractions:
    def test_what_goes_in_comes_out(self, path):
        with Store(path) as store:
            store.put("k", extraction())
        with Store(path) as store:
            assert list(store.get(["k", "other", "k"])) == [extraction(), None, extraction()]

    def test_texts_that_sqlite_cannot_hold_come_out_too(self, path):
        odd = extraction(text="half \ud800 and \0 and 𝔸 said tolls pay for repairs, she said")
        with Store(path) as store:
            store.put("k", odd)
            assert list(store.get(["k"])) == [odd]

    def test_numbers_of_numpy_come_out_as_equal_numbers(self):
        found = extraction()
        numpy = Extraction(found.article, links=(Link("a", "b", "attack", "x", np.float64(0.1)),))
        assert unpack(pack(numpy)).links == (Link("a", "b", "attack", "x", 0.1),)

    def test_more_keys_than_sqlite_takes_at_once(self, path):
        with Store(path) as store:
            for number in range(AT_ONCE + 7):
                store.put(f"k{number}", extraction(f"a{number}"))
            wanted = [f"k{number}" for number in range(2 * AT_ONCE)]
            assert len(store.known(wanted)) == AT_ONCE + 7
            assert [one.article.id for one in store.get(wanted) if one] == [f"a{number}" for number in range(AT_ONCE + 7)]

    def test_one_that_the_disk_has_changed_is_as_if_it_were_not_there(self, path):
        with Store(path) as store:
            store.put("k", extraction())
        with sqlite3.connect(path) as base:
            base.execute("UPDATE extractions SET content = replace(content, 'Varna', 'Vadna')")
        with Store(path) as store:
            assert list(store.get(["k"])) == [None] and store.damaged_rows == 1
            assert store.known(["k"]) == frozenset()

    def test_without_a_file_it_ends_with_the_build(self):
        with Store(None) as store:
            store.put("k", extraction())
            assert list(store.get(["k"])) == [extraction()]


class TestOthers:
    def test_vectors_come_back_bit_by_bit(self, path):
        vectors = np.random.default_rng(1).normal(size=(3, 512)).astype(np.float32)
        with Store(path) as store:
            store.put_vectors("e", ["a", "b", "a"], vectors)
        with Store(path) as store:
            found = store.vectors("e", ["b", "a", "c"])
            assert found.keys() == {"a", "b"} and np.array_equal(found["b"], vectors[1]) and np.array_equal(found["a"], vectors[0])
            assert store.vectors("another encoder", ["a"]) == {}

    def test_a_map_comes_back_under_its_key_only(self, path, debate_map):
        with Store(path) as store:
            store.put_map("m", "k", debate_map)
            assert store.map("m", "k") == debate_map
            assert store.map("m", "other") is None and store.map("n", "k") is None
            store.put_map("m", "other", debate_map)
            assert store.map("m", "k") is None

    def test_a_map_of_many_parts_comes_back(self, debate_map):
        many = DebateMap(debate_map.debate, articles=tuple(Article(f"a{number}", "Text.") for number in range(2500)))
        assert unpack_map(pack_map(many)) == many

    def test_a_map_with_a_part_that_has_changed_is_not_there(self, path, debate_map):
        with Store(path) as store:
            store.put_map("m", "k", debate_map)
            store.change(("UPDATE maps SET content = zeroblob(9) WHERE field = 'claims'", ()))
            assert store.map("m", "k") is None

    def test_what_was_written_is_remembered_by_place(self, path, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with Store(path) as store:
            store.put_written(Path("m.json"), Written("i", "c", "1 article"))
            assert store.written(tmp_path / "m.json") == Written("i", "c", "1 article") and store.written(Path("n.json")) is None


class TestFaults:
    @pytest.mark.parametrize("content", [b"no database at all, only some words" * 50, b"SQLite format 3\0" + b"\xff" * 8000])
    def test_a_file_that_is_no_store_is_seen(self, path, content):
        path.parent.mkdir()
        path.write_bytes(content)
        with pytest.raises(StoreDamagedError, match=NAME):
            Store(path)

    def test_a_file_that_lost_its_end_is_seen(self, path):
        with Store(path) as store:
            for number in range(200):
                store.put(f"k{number}", extraction(f"a{number}"))
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 3)
        with pytest.raises(StoreDamagedError), Store(path) as store:
            list(store.get([f"k{number}" for number in range(200)]))

    def test_tables_of_another_version_are_seen(self, path):
        Store(path).close()
        with sqlite3.connect(path) as base:
            base.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreDamagedError):
            Store(path)

    def test_another_program_s_database_is_never_written_into(self, path):
        path.parent.mkdir()
        with sqlite3.connect(path) as base:
            base.execute("CREATE TABLE mine (x)")
        before = path.read_bytes()
        with pytest.raises(StoreError, match="another program") as raised:
            Store(path)
        assert not isinstance(raised.value, StoreDamagedError) and path.read_bytes() == before

    def test_a_damaged_one_is_set_aside_with_its_log(self, path):
        path.parent.mkdir()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).write_text("x")
        status = path.stat()
        aside = set_aside(path, (status.st_dev, status.st_ino))
        assert aside and not path.exists() and sorted(each.name for each in path.parent.iterdir()) == sorted(
            [aside.name, aside.name + "-wal", aside.name + "-shm"])

    def test_one_that_another_build_began_anew_is_not_set_aside(self, path):
        path.parent.mkdir()
        path.write_bytes(b"no database" * 100)
        with pytest.raises(StoreDamagedError) as damaged:
            Store(path)
        other = path.with_name("other")
        Store(other).close()
        other.replace(path)
        assert set_aside(path, damaged.value.file) is None and path.exists()

    def test_a_locked_one_says_so(self, path):
        Store(path).close()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked for 0.1 s"), Store(path, patience=0.1) as store:
            store.put("k", extraction())
        other.close()

    def test_a_place_that_is_no_folder_says_what_to_do(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(StoreError, match="--no-store"):
            Store(tmp_path / "file" / NAME)

    def test_several_processes_may_write_at_once(self, path):
        context = multiprocessing.get_context("spawn")
        together = context.Barrier(3)
        writers = [context.Process(target=_write, args=(path, start, together)) for start in (0, 20, 40)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        with Store(path) as store:
            assert [writer.exitcode for writer in writers] == [0, 0, 0]
            assert len(store.known([f"k{number}" for number in range(80)])) == 80


def _write(path: Path, start: int, together: Barrier) -> None:
    """Writes forty extractions, half of which another process writes too; several begin at one moment, and each makes stores."""
    for number in range(30):
        together.wait()
        Store(path.with_name(f"{number}.sqlite")).close()
    together.wait()
    with Store(path) as store:
        for number in range(start, start + 40):
            store.put(f"k{number}", extraction(f"a{number}"))


class TestPlain:
    def test_sqlite_alone_shows_articles_and_statements(self, path):
        with Store(path) as store:
            store.put("k", extraction())
        with sqlite3.connect(path) as base:
            assert base.execute("SELECT article, outlet, date, language, statements FROM extractions").fetchall() == [
                ("a", "The Varna Post", "2025-04-01", "en", 1)]
            assert base.execute("SELECT article, voice, source, cue, text FROM statements").fetchall() == [
                ("a", "attributed", "Ms Ilieva", "said", "tolls pay for repairs")]

    def test_pandas_reads_it(self, path):
        pandas = pytest.importorskip("pandas")
        with Store(path) as store:
            store.put("k", extraction())
        with sqlite3.connect(path) as base:
            assert pandas.read_sql("SELECT * FROM statements", base)["text"].tolist() == ["tolls pay for repairs"]


class TestKeys:
    def key(self, debate, **options):
        options = {"models": "default", "pipelines": None, "settings": DEFAULTS} | options
        return keys.extraction_key(keys.known_to_extraction(debate), **options)(extraction().article)

    def test_what_extraction_knows_changes_the_key(self, debate):
        from dataclasses import replace
        known = {self.key(debate), self.key(replace(debate, keywords={"en": ("toll",)})), self.key(replace(debate, actors=())),
                 self.key(debate, models="permissive", pipelines={"en": "another"}), self.key(debate, settings=replace(DEFAULTS, reach=3))}
        assert len(known) == 5

    def test_what_it_does_not_know_costs_no_parse(self, debate):
        from dataclasses import replace

        from argmap.model import Motion
        sides = tuple(replace(side, examples={"en": ("Another example.",)}) for side in debate.sides)
        assert self.key(debate) == self.key(replace(debate, sides=sides, motion=Motion({"en": "Another motion."})))

    def test_words_and_metadata_of_an_article_change_its_key(self, debate):
        from dataclasses import replace
        key = keys.extraction_key(debate, models="default", pipelines=None, settings=DEFAULTS)
        one = extraction().article
        assert len({key(one), key(replace(one, text="x")), key(replace(one, title="x")), key(replace(one, id="x"))}) == 4

    def test_a_pipeline_in_a_folder_is_known_by_its_files(self, tmp_path):
        (tmp_path / "meta.json").write_text("{}")
        one = keys.pipeline_version("en", models="default", override=str(tmp_path))
        (tmp_path / "meta.json").write_text("{ }")
        assert keys.pipeline_version("en", models="default", override=str(tmp_path)) != one


class TestCare:
    def test_it_counts(self, path):
        with Store(path) as store:
            store.put("k", extraction())
            store.begin_run("0.1.0")
            store.count_run(articles=1, reused=0, extracted=1, failed=0)
            store.end_run("done")
            assert care.counts(store) | {"bytes": 0} == {"extractions": 1, "vectors": 0, "maps": 0, "outputs": 0, "failures": 0, "runs": 1,
                                                        "bytes": 0}
            assert care.last_runs(store, 5)[0]["outcome"] == "done"

    def test_pruning_keeps_what_was_used(self, path):
        with Store(path) as store:
            for key in ("old", "used"):
                store.put(key, extraction(key))
            store.change(("UPDATE uses SET used = '2020-01-01T00:00:00+00:00'", ()))
            store.known(["used"])
            assert care.prune(store, before=datetime(2021, 1, 1, tzinfo=UTC).isoformat())["extractions"] == 1
            assert store.known(["old", "used"]) == {"used"}

    def test_verifying_names_what_has_changed(self, path):
        with Store(path) as store:
            store.put("k", extraction())
            assert care.verify(store) == []
            store.change(("UPDATE extractions SET content = 'x'", ()))
            assert ["extraction k" in line for line in care.verify(store)] == [True]
            assert care.verify(store) == []

    def test_verifying_sees_a_damaged_page(self, path):
        with Store(path) as store:
            for number in range(300):
                store.put(f"k{number}", extraction(f"a{number}"))
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(size // 2 // 4096 * 4096)
            file.write(os.urandom(4096))
        with Store(path) as store:
            assert care.verify(store)


class TestCommand:
    def run(self, *args):
        return CliRunner().invoke(cli.main, ["store", *map(str, args)])

    def test_info_says_what_is_there(self, path):
        with Store(path) as store:
            store.put("k", extraction())
            store.put_failure("f", "bad", "cannot parse this")
        lines = self.run("info", path).stdout.splitlines()
        assert "extractions\t1" in lines and "failed bad\tcannot parse this" in lines

    def test_verify_ends_with_0_or_1(self, path):
        with Store(path) as store:
            store.put("k", extraction())
        assert self.run("verify", path).exit_code == 0
        with Store(path) as store:
            store.change(("UPDATE extractions SET content = 'x'", ()))
        assert self.run("verify", path).exit_code == 1

    def test_prune_says_what_went(self, path):
        with Store(path) as store:
            store.put("k", extraction())
            store.change(("UPDATE uses SET used = '2020-01-01T00:00:00+00:00'", ()))
        assert "extractions\t1 removed" in self.run("prune", path, "--days", "30").stdout

    def test_a_store_that_is_not_there_is_not_made(self, tmp_path):
        result = self.run("info", tmp_path / NAME)
        assert result.exit_code == 1 and "no such store" in result.stderr and not (tmp_path / NAME).exists()
