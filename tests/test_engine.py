"""Engines: the same outcomes from one process, several, or a cluster; what dies is replaced, what kills is left out and named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from argmap.engine import DEATHS, ENGINES, named, processes, serial
from argmap.errors import ArticleError, EngineError, ModelError
from argmap.model import Article, Extraction


def work(article: Article) -> Extraction:
    """Does what the article's text says."""
    if article.text == "fail":
        raise ArticleError("cannot parse this")
    if article.text == "model":
        raise ModelError("no pipeline")
    if article.text == "odd":
        raise UnportableError(1, 2)
    if article.text == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    return Extraction(article)


def dies_once(article: Article, *, folder: Path) -> Extraction:
    """Kills its process the first time that it sees each of some articles."""
    seen = folder / article.id
    if article.text == "once" and not seen.exists():
        seen.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Extraction(article)


class UnportableError(Exception):
    """Cannot be unpickled: it needs two arguments and keeps one."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(one)


def never(article: Article) -> Extraction:
    """Ends the process whatever the article."""
    os._exit(3)


def articles(*texts: str) -> list[Article]:
    return [Article(f"a{number}", text) for number, text in enumerate(texts)]


def shown(outcomes) -> list[tuple[str, str]]:
    return sorted((one.article.id, str(one.error) if one.error else "") for one in outcomes)


ENGINES_HERE = [serial, partial(processes, workers=2)]


@pytest.fixture(scope="module")
def cluster():
    """A scheduler of its own for the tests of this module."""
    distributed = pytest.importorskip("distributed")
    import dask
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), \
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=60) as held:
        yield held


@pytest.mark.parametrize("engine", ENGINES_HERE, ids=["serial", "processes"])
class TestEach:
    def test_every_article_has_one_outcome(self, engine):
        some = articles("x", "fail", "y", "model", *"abcdefg")
        found = list(engine(iter(some), work))
        assert shown(found) == sorted((one.id, {"fail": "cannot parse this", "model": "no pipeline"}.get(one.text, "")) for one in some)
        assert all(one.extraction == Extraction(one.article) for one in found if not one.error)

    def test_errors_keep_their_kind(self, engine):
        kinds = {one.article.text: type(one.error) for one in engine(articles("fail", "model"), work)}
        assert kinds == {"fail": ArticleError, "model": ModelError}

    def test_an_error_that_cannot_travel_says_the_same(self, engine):
        (found,) = engine(articles("odd"), work)
        assert found.error is not None and "1" in str(found.error)

    def test_articles_are_taken_as_they_are_needed(self, engine):
        taken = []
        outcomes = engine((taken.append(one) or one for one in articles(*"abcdefghij")), work)
        next(outcomes)
        assert len(taken) < 7
        outcomes.close()

    def test_nothing_gives_nothing(self, engine):
        assert list(engine([], work)) == []


class TestProcesses:
    def test_an_article_that_kills_is_left_out_and_named_and_the_others_are_read(self):
        found = shown(processes(articles("a", "poison", "b", "c"), work, workers=2))
        assert [name for name, error in found if not error] == ["a0", "a2", "a3"]
        assert found[1][0] == "a1" and f"{DEATHS} times" in found[1][1]

    def test_an_article_under_which_a_process_died_once_is_read(self, tmp_path):
        found = shown(processes(articles("a", "once", "b", "once"), partial(dies_once, folder=tmp_path), workers=2))
        assert found == [(f"a{number}", "") for number in range(4)]

    def test_processes_that_never_read_anything_are_an_error(self):
        with pytest.raises(EngineError, match="without --workers"):
            list(processes(articles(*["x"] * 50), never, workers=1))

    def test_work_that_cannot_travel_is_an_error(self):
        with pytest.raises(EngineError):
            list(processes(articles("x"), lambda article: Extraction(article), workers=1))

    def test_none_is_left_when_the_main_process_is_killed(self, tmp_path):
        code = ("import time; from pathlib import Path; from argmap.engine import processes; from argmap.model import Article\n"
                "from tests.test_engine import slow\n"
                "from functools import partial\n"
                "if __name__ == '__main__':\n"
                f"    list(processes([Article(str(n), 'x') for n in range(9)], partial(slow, folder=Path({str(tmp_path)!r})), workers=2))\n")
        script = tmp_path / "run.py"
        script.write_text(code)
        root = str(Path(__file__).parents[1])
        process = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": root})
        pids = _wait(lambda: [int(file.stem) for file in tmp_path.glob("*.pid")], 2)
        process.kill()
        process.wait()
        assert len(pids) == 2
        _wait(lambda: [pid for pid in pids if not _alive(pid)], 2)


def slow(article: Article, *, folder: Path) -> Extraction:
    """Says which process it runs in, and takes a while."""
    (folder / f"{os.getpid()}.pid").touch()
    time.sleep(0.5)
    return Extraction(article)


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1]
    except OSError:
        return False


def _wait(look, number: int, *, patience: float = 60.0):
    """What `look` gives once it is so many."""
    end = time.monotonic() + patience
    while len(found := look()) < number:
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)
    return found


class TestCluster:
    def test_every_article_has_one_outcome(self, cluster):
        some = articles("x", "fail", "y", "model", *"abcdefghijklmnop")
        found = list(named("cluster", address=cluster.scheduler_address)(iter(some), work))
        assert shown(found) == sorted((one.id, {"fail": "cannot parse this", "model": "no pipeline"}.get(one.text, "")) for one in some)

    def test_the_articles_of_a_lost_worker_are_read_again(self, cluster, tmp_path):
        found = shown(named("cluster", address=cluster.scheduler_address)(articles(*"abc", "once", *"defgh"),
                                                                         partial(dies_once, folder=tmp_path)))
        assert found == sorted((f"a{number}", "") for number in range(9))

    def test_an_article_that_kills_is_left_out_and_named_and_the_others_are_read(self, cluster):
        found = dict(shown(named("cluster", address=cluster.scheduler_address)(articles("a", "poison", *"bcdefg"), work)))
        assert "ended the process" in found.pop("a1") and set(found.values()) == {""} and len(found) == 7

    def test_an_address_where_nothing_answers_says_what_to_do(self, monkeypatch):
        pytest.importorskip("distributed")
        from argmap import cluster as module
        monkeypatch.setattr(module, "PATIENCE", 1)
        with pytest.raises(EngineError, match="dask scheduler"):
            list(module.cluster(articles("x"), work, address="tcp://127.0.0.1:1"))

    def test_without_dask_it_says_what_to_install(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(EngineError, match=r"argmap\[cluster\]"):
            list(named("cluster", address="local")(articles("x"), work))


def test_an_unknown_engine_is_refused_with_those_that_there_are():
    with pytest.raises(EngineError, match=", ".join(ENGINES)):
        named("nonsense")
