"""argmap correct on the command line, and corrections in argmap build: twenty of them on a corpus that changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.corrections import Reference, dumps, load
from argmap.export import load as load_map
from argmap.export.validate import validate
from tests.corrected import correction, of_actor, of_claim, of_statement
from tests.maps import sample

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus" / "articles"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder; the result has `exit_code`, `stdout` and `stderr`."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    return lambda *args: runner.invoke(main, [str(arg) for arg in args])


@pytest.fixture
def files(tmp_path):
    """A map, and corrections of it, one of which does not apply."""
    the_map = sample()
    the_map.save(tmp_path / "map.json")
    entries = [correction("set-stance", statement=of_statement(the_map.statements[1]), stance="against"),
               correction("edit-claim", claim=Reference("c99", text="Nobody says so"), text="x")]
    (tmp_path / "c.toml").write_text(dumps(entries), encoding="utf-8")
    return tmp_path


def test_check_lists_what_does_not_apply_with_its_place_and_ends_well(run, files):
    result = run("correct", "check", "c.toml", "map.json")
    assert result.exit_code == 0
    assert result.stdout == ("c.toml, line 12: edit-claim Nobody says so x: no claim reads 'Nobody says so'\n"
                             "1 correction applied, 1 did not\n")


def test_check_tells_what_would_apply_to_other_words(run, files):
    entry = correction("set-stance", stance="against", statement=Reference(
        article="en-ledger-01", quotation="told the committee that anyone can inspect an open model and find what its maker missed"))
    (files / "c.toml").write_text(dumps([entry]), encoding="utf-8")
    assert run("correct", "check", "c.toml", "map.json").stdout == (
        "c.toml, line 4: set-stance told the committee that anyone can inspect an open model and… against: "
        "applied to 'anyone can inspect an open model and find what its maker missed'\n1 correction applied, 0 did not\n")


def test_apply_writes_the_corrected_map_and_its_page(run, files):
    before = (files / "map.json").read_bytes()
    result = run("correct", "apply", "map.json", "c.toml", "-o", "new.json", "-o", "new.html")
    assert result.exit_code == 0 and result.stdout == ""
    assert "1 correction applied, 1 did not\nwrote new.json\nwrote new.html\n" in result.stderr
    assert (files / "map.json").read_bytes() == before
    found = load_map("new.json")
    assert next(one for one in found.statements if one.id == "s2").human == ("stance",)
    assert sorted(found.corrections.values()) == ["applied", "no claim reads 'Nobody says so'"]
    assert validate(Path("new.json")) == []
    run("correct", "apply", "new.json", "c.toml", "-o", "again.json")
    assert (files / "again.json").read_bytes() == (files / "new.json").read_bytes()


def test_a_malformed_file_ends_with_the_place(run, files):
    (files / "bad.toml").write_text('schema = "argmap-corrections/1"\n[[correction]]\naction = "set-kind"\n')
    result = run("correct", "check", "bad.toml", "map.json")
    assert result.exit_code == 1 and "bad.toml, line 2: set-kind needs actor" in result.stderr
    result = run("build", files, "--corrections", "bad.toml")
    assert result.exit_code == 1 and "bad.toml, line 2: set-kind needs actor" in result.stderr


def test_corrections_come_from_an_edited_spreadsheet(run, files):
    assert run("export", "map.json", "--format", "csv", "-o", "tables").exit_code == 0
    result = run("correct", "from-csv", "tables", "map.json", "-o", "none.toml")
    assert result.exit_code == 0 and "0 corrections" in result.stderr and load("none.toml") == ()
    claims = Path("tables/claims.csv")
    claims.write_text(claims.read_text(encoding="utf-8").replace(",transparency,k02,", ",safety,k02,").replace(",k20,", ",k21,"), encoding="utf-8")
    result = run("correct", "from-csv", "tables", "map.json", "-o", "c.json", "--by", "mr")
    assert "claims.csv, line 19: concept cannot be corrected" in result.stderr
    entry, = load("c.json")
    assert (entry.action, entry.values["topic"], entry.by) == ("set-topic", "safety", "mr")


def the_twenty(debate_map):
    """Twenty corrections of a map of three articles: six are about the one that goes."""
    def of(article):
        return [one for one in debate_map.statements if one.article == article and one.relevance > 0.3 and len(one.text.split()) > 5]

    claims = {claim.id: claim for claim in debate_map.claims}
    alone = [one for one in of("en-opinion-openness-is-safety") if len(claims[one.claim].statements) == 1]
    edited = [one for one in of("it-deepseek-garante") if len(claims[one.claim].statements) == 1]
    gone = [one for one in of("en-china-open-models") if len(claims[one.claim].statements) == 1]
    persons = [one for one in debate_map.actors if any(s.article != "en-china-open-models" and one.id in s.actors for s in debate_map.statements)]

    def claim(statement):
        return of_claim(debate_map, claims[statement.claim])

    return [
        correction("set-stance", statement=of_statement(alone[0]), stance="neutral"),
        correction("set-stance", claim=claim(alone[1]), stance="against"),
        correction("edit-claim", claim=claim(alone[2]), text="Worded by a person"),
        correction("merge-claims", claim=claim(alone[3]), into=claim(alone[4])),
        correction("reject-statement", statement=of_statement(alone[5])),
        correction("add-relation", origin=claim(alone[6]), target=claim(alone[2]), kind="attack"),
        correction("set-stance", statement=of_statement(edited[0]), stance="against"),
        correction("set-stance", statement=of_statement(edited[1]), stance="for"),
        correction("edit-claim", claim=claim(edited[2]), text="Riscritta da una persona"),
        correction("reject-statement", statement=of_statement(edited[3])),
        correction("set-speakers", statement=of_statement(edited[4]), actors=(of_actor(persons[0]),)),
        correction("add-relation", origin=claim(edited[2]), target=claim(alone[2]), kind="support"),
        correction("rename-actor", actor=of_actor(persons[0]), name="Named by a person"),
        correction("set-kind", actor=of_actor(persons[1]), kind="group"),
        correction("set-stance", statement=of_statement(gone[0]), stance="for"),
        correction("edit-claim", claim=claim(gone[1]), text="Nowhere"),
        correction("reject-statement", statement=of_statement(gone[2])),
        correction("add-relation", origin=claim(gone[3]), target=claim(alone[2]), kind="support"),
        correction("merge-claims", claim=claim(gone[4]), into=claim(alone[2])),
        correction("add-statement", article="en-china-open-models", quotation=gone[0].text),
    ]


@pytest.mark.model
def test_of_twenty_corrections_those_that_still_apply_do_and_the_others_are_listed(run, tmp_path):
    """The corpus changed: one article went, one came, one has a new line on top, by which all its ids are others."""
    press = tmp_path / "press"
    press.mkdir()
    for name in ("en-opinion-openness-is-safety", "it-deepseek-garante", "en-china-open-models"):
        shutil.copy(CORPUS / f"{name}.md", press)
    assert run("build", press, "-o", "before.json", "-q").exit_code == 0
    before = load_map("before.json")
    entries = the_twenty(before)
    Path("c.toml").write_text(dumps(entries), encoding="utf-8")
    assert len(load("c.toml")) == 20

    (press / "en-china-open-models.md").unlink()
    shutil.copy(CORPUS / "en-ai-act-explainer.md", press)
    article = press / "it-deepseek-garante.md"
    head, body = article.read_text(encoding="utf-8").rsplit("---\n", 1)
    article.write_text(f"{head}---\n\nQuesto articolo è stato aggiornato lunedì mattina.\n{body}", encoding="utf-8")
    quiet = run("build", press, "-o", "after.json", "--corrections", "c.toml", "-q")
    result = run("build", press, "-o", "after.json", "-o", "after.html", "--corrections", "c.toml")
    assert result.exit_code == 0, result.stderr
    after = load_map("after.json")
    assert validate(Path("after.json")) == []

    ids = {one.id for one in before.statements if one.article == "it-deepseek-garante"}
    assert ids.isdisjoint(one.id for one in after.statements)
    listed = [line for line in result.stderr.splitlines() if line.startswith("c.toml, line ")]
    assert "14 corrections applied, 6 did not" in result.stderr and len(listed) == 6
    assert all("en-china-open-models" in line for line in listed) and quiet.stderr.splitlines() == listed
    record = [after.corrections[entry.key] for entry in load("c.toml")]
    assert record[:14] == ["applied"] * 14 and "applied" not in record[14:]

    texts = {claim.text: claim for claim in after.claims}
    assert {"Worded by a person", "Riscritta da una persona"} <= texts.keys() and "Nowhere" not in texts
    human = {(one.kind, one.human) for one in after.relations if one.human}
    assert {("attack", ("added",)), ("support", ("added",))} <= human
    assert any(actor.name == "Named by a person" and actor.human == ("name",) for actor in after.actors)
    rejected = {entry.values["statement"].quotation for entry in entries[:14] if entry.action == "reject-statement"}
    assert rejected.isdisjoint(of_statement(one).quotation for one in after.statements)
    for entry in entries[:14]:
        if entry.action == "set-stance" and "statement" in entry.values:
            found = next(one for one in after.statements if of_statement(one).quotation == entry.values["statement"].quotation)
            assert found.stance == entry.values["stance"] and "stance" in found.human
    assert json.loads(Path("after.json").read_text(encoding="utf-8"))["corrections"] == after.corrections

    assert run("correct", "apply", "after.json", "c.toml", "-o", "again.json").exit_code == 0
    assert Path("again.json").read_bytes() == Path("after.json").read_bytes()
