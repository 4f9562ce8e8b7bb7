"""Discourse Network Analyzer: its event list and its database, written, read back, and read as researchers have them."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import sqlite3
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given

from argmap.cli import main
from argmap.errors import FormatError
from argmap.export import CODERS, argmap_json, dna, dna_csv, import_map, write
from argmap.export.dna_events import events_of
from argmap.model import AUTHOR, Actor, Article, Claim, Concept, Debate, DebateMap, Motion, Statement
from tests.export.held import dna as held
from tests.export.small import maps
from tests.maps import sample


@pytest.mark.parametrize(("suffix", "format"), [("csv", "dna-csv"), ("dna", "dna")])
def test_the_sample_comes_back(suffix, format, tmp_path):
    write(sample(), tmp_path / f"m.{suffix}", format=format)
    found = import_map(tmp_path / f"m.{suffix}")
    assert held(found, texts=format == "dna") == held(sample(), texts=format == "dna")
    names = {actor.name for actor in sample().actors}
    assert {actor.name for actor in found.actors} <= names
    assert sum(statement.voice == "author" for statement in found.statements) == 2


@given(maps())
def test_what_the_event_list_holds_comes_back(tmp_path_factory, debate_map):
    path = tmp_path_factory.mktemp("dna") / "m.csv"
    write(debate_map, path, format="dna-csv")
    found = import_map(path)
    argmap_json.check(found)
    assert found.statements == () or held(found, texts=False)[0] == held(debate_map, texts=False)[0]


@given(maps())
def test_what_the_database_holds_comes_back(tmp_path_factory, debate_map):
    path = tmp_path_factory.mktemp("dna") / "m.dna"
    write(debate_map, path)
    found = import_map(path)
    argmap_json.check(found)
    assert held(found) == held(debate_map)


@pytest.fixture(params=["dna", "dna-csv"])
def by_two(request, tmp_path):
    """A file whose first article was coded by Ann and the rest by Bob."""
    path = tmp_path / ("m.dna" if request.param == "dna" else "m.csv")
    write(sample(), path, format=request.param)
    if request.param == "dna":
        with sqlite3.connect(path) as base:
            base.execute("INSERT INTO CODERS (ID, Name, Password) VALUES (2, 'Ann', ''), (3, 'Bob', '')")
            base.execute("UPDATE STATEMENTS SET Coder = CASE DocumentId WHEN 1 THEN 2 ELSE 3 END")
    else:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), delimiter=";"))
        at = {name: rows[0].index(name) for name in ("coder", "document_id")}
        for row in rows[1:]:
            row[at["coder"]] = "Ann" if row[at["document_id"]] == "1" else "Bob"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return path


def test_the_statements_of_one_coder_and_their_documents_can_be_read_alone(by_two):
    whole, ann, bob = import_map(by_two), import_map(by_two, coder="Ann"), import_map(by_two, coder="Bob")
    assert {statement.article for statement in ann.statements} == {article.id for article in ann.articles} == {"en-ledger-01"}
    assert len(ann.statements) + len(bob.statements) == len(whole.statements)
    assert "en-ledger-01" not in {article.id for article in bob.articles}


def test_coders_are_counted_and_an_unknown_one_is_refused(by_two):
    name = "dna" if by_two.suffix == ".dna" else "dna-csv"
    assert CODERS[name](by_two) == {"Ann": sum(e.document == "1" for e in events_of(sample())),
                                      "Bob": sum(e.document != "1" for e in events_of(sample()))}
    with pytest.raises(FormatError, match="no coder 'Cay' among"):
        import_map(by_two, coder="Cay")


def test_other_formats_do_not_tell_coders_apart(debate_map, tmp_path):
    write(debate_map, tmp_path / "m.json")
    with pytest.raises(FormatError, match="does not tell coders apart"):
        import_map(tmp_path / "m.json", coder="Ann")


def test_the_command_says_that_several_coded_a_file(by_two, tmp_path):
    result = CliRunner().invoke(main, ["import", str(by_two), "-o", str(tmp_path / "m.json")])
    assert result.exit_code == 0 and "Ann 6, Bob" in result.stderr
    result = CliRunner().invoke(main, ["import", str(by_two), "--coder", "Bob", "-o", str(tmp_path / "m.json")])
    assert result.exit_code == 0 and "several coders" not in result.stderr


def test_the_event_list_has_dna_s_columns():
    rows = list(csv.DictReader(io.StringIO(dna_csv.dumps(sample()), newline=""), delimiter=";"))
    assert tuple(rows[0]) == dna_csv.COLUMNS
    row = next(row for row in rows if row["person"] == "Ilse Brandner")
    assert row["agreement"] == "0" and row["time"] == "2025-04-18 00:00:00" and row["document_source"] == "Harbour Courier"
    article = next(article for article in sample().articles if article.id == row["document_section"])
    assert article.text[int(row["start_position"]):int(row["stop_position"])] == row["text"]
    assert row["concept"] == next(row["concept"] for row in rows if row["organization"] == "Meridian Labs" and not row["person"])


def joint() -> DebateMap:
    """Two speakers of one statement, after a character that is two to DNA."""
    article = Article("a", "😀 Ada and Bo say it pays. Ada says it does not pay.", "T", date="2025-01-02")
    pays, not_pays = article.span(17, 24), article.span(35, 50)
    return DebateMap(
        Debate("d", Motion({"en": "Pay?"}), ()), (article,),
        (Actor("ada", "Ada", "person", "Works", ("Ms A",)), Actor("bo", "Bo", "government")),
        statements=(Statement("s1", "a", "attributed", "indirect", (pays,), actors=("ada", "bo"), claim="c1"),
                    Statement("s2", "a", "attributed", "indirect", (not_pays,), actors=("ada",), claim="c2")),
        claims=(Claim("c1", "It pays", "en", "for", "", "k", 1, ("s1",)), Claim("c2", "It does not", "en", "against", "", "k", -1, ("s2",))),
        concepts=(Concept("k", "It pays", ("c1", "c2")),))


@pytest.mark.parametrize("suffix", ["csv", "dna"])
def test_speakers_of_one_statement_stay_together_and_offsets_are_dna_s(suffix, tmp_path):
    write(joint(), tmp_path / f"m.{suffix}", format="dna" if suffix == "dna" else "dna-csv")
    found = import_map(tmp_path / f"m.{suffix}")
    names = {actor.id: actor.name for actor in found.actors}
    assert {(s.text, tuple(names[actor] for actor in s.actors)) for s in found.statements} == \
        {("it pays", ("Ada", "Bo")), ("it does not pay", ("Ada",))}
    assert {(claim.text, claim.polarity) for claim in found.claims} == {("It pays", 1), ("¬ It pays", -1)}
    assert len(found.concepts) == 1
    assert [event.start for event in events_of(joint())] == [18, 18, 36]


def test_the_database_keeps_kinds_and_other_names(tmp_path):
    write(joint(), tmp_path / "m.dna")
    assert {(a.name, a.kind, a.affiliation, a.aliases) for a in import_map(tmp_path / "m.dna").actors} == \
        {("Ada", "person", "Works", ("Ms A",)), ("Bo", "government", None, ())}


def test_the_database_is_whole_and_opens_with_its_password(tmp_path):
    write(sample(), tmp_path / "m.dna")
    base = sqlite3.connect(tmp_path / "m.dna")
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()[0].startswith("3.")
    raw = base64.b64decode(base.execute("SELECT Password FROM CODERS").fetchone()[0])
    digest = raw[:16] + dna.PASSWORD.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert digest == raw[16:]
    (statements,), (booleans,), (short,) = (base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
                                            for table in ("STATEMENTS", "DATABOOLEAN", "DATASHORTTEXT"))
    assert statements == booleans == len(events_of(sample())) and short == 3 * statements


@pytest.fixture
def researcher(tmp_path):
    """A database as DNA makes it: two coders, notes beside statements, more variables, a statement that is out of bounds."""
    base = sqlite3.connect(tmp_path / "study.dna")
    for name, columns in dna.TABLES.items():
        base.execute(f"CREATE TABLE {name} ({columns.replace('CHECK (Start < Stop)', 'CHECK (1)')})")
    base.executescript("""
        INSERT INTO SETTINGS VALUES ('version', '3.0.7');
        INSERT INTO CODERS (ID, Name, Password) VALUES (1, 'Admin', 'x'), (2, 'Coder 1', 'y');
        INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Section, Date) VALUES
            (4, 'Hearing', 'Mr Day: the levy works. The Union: it does not.', 2, 'Clerk', '109', '1', 1106697600),
            (7, 'Second hearing', 'Nobody came.', 2, '', '109', '1', 0);
        INSERT INTO STATEMENTTYPES (ID, Label) VALUES (1, 'DNA Statement'), (2, 'Annotation');
        INSERT INTO VARIABLES VALUES (1, 'Person', 'short text', 1), (2, 'organization', 'short text', 1), (3, 'concept', 'short text', 1),
            (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2), (6, 'intensity', 'integer', 1);
        INSERT INTO ENTITIES VALUES (1, 1, '', 0, 0, 0, NULL), (2, 1, 'Mr Day', 0, 0, 0, NULL), (3, 2, '', 0, 0, 0, NULL),
            (4, 2, 'Union', 0, 0, 0, NULL), (5, 3, 'The levy works', 0, 0, 0, NULL), (6, 2, 'Works Ltd', 0, 0, 0, NULL);
        INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 1, 'Type'), (2, 2, 'Alias');
        INSERT INTO ATTRIBUTEVALUES VALUES (1, 2, 1, 'Business'), (2, 4, 2, 'the union; TU');
        INSERT INTO STATEMENTS VALUES (1, 1, 4, 8, 22, 1), (2, 1, 4, 8, 22, 2), (3, 1, 4, 35, 46, 1), (4, 2, 4, 0, 6, 1),
            (5, 1, 4, 40, 400, 1), (6, 1, 99, 1, 2, 1);
        INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (1, 1, 2), (1, 2, 6), (1, 3, 5), (2, 1, 2), (2, 2, 6),
            (2, 3, 5), (3, 1, 1), (3, 2, 4), (3, 3, 5), (5, 3, 5), (6, 3, 5);
        INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (1, 4, 1), (2, 4, 1), (3, 4, 0);
        INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (1, 6, 3);
        INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (4, 5, 'ask again');
    """)
    base.commit()
    base.close()
    return tmp_path / "study.dna"


def test_a_researcher_s_database_is_read(researcher):
    found = import_map(researcher)
    argmap_json.check(found)
    names = {actor.id: (actor.name, actor.kind, actor.affiliation, actor.aliases) for actor in found.actors}
    assert [(s.text, [names[actor] for actor in s.actors]) for s in found.statements] == [
        ("the levy works", [("Mr Day", "person", "Works Ltd", ())]), ("it does not", [("Union", "organisation", None, ("the union", "TU"))])]
    assert [(article.id, article.date) for article in found.articles] == [("document-4", "2005-01-26"), ("document-7", "")]
    assert [skipped.path for skipped in found.skipped] == ["study.dna#5", "study.dna#6"]
    assert "40 to 400 in document 4" in found.skipped[0].reason


def test_reading_changes_nothing(researcher):
    before = researcher.read_bytes()
    import_map(researcher)
    assert researcher.read_bytes() == before and [path.name for path in researcher.parent.iterdir()] == ["study.dna"]


def test_what_is_not_written_back_yet_is_read(researcher):
    base = sqlite3.connect(researcher)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("UPDATE ENTITIES SET Value = 'Ms Day' WHERE ID = 2")
    base.commit()
    assert "Ms Day" in {actor.name for actor in import_map(researcher).actors}
    base.close()


def test_values_of_another_type_are_read_as_far_as_they_go(researcher):
    with sqlite3.connect(researcher) as base:
        base.execute("UPDATE DOCUMENTS SET Date = 'x', Author = x'ff', Title = 3 WHERE ID = 4")
        base.execute("UPDATE ENTITIES SET Value = x'ff' WHERE ID = 2")
        base.execute("UPDATE STATEMENTS SET Start = 'x' WHERE ID = 1")
    found = import_map(researcher)
    argmap_json.check(found)
    assert found.articles[0].date == "" and len(found.skipped) == 3


@pytest.mark.parametrize(("change", "message"), [
    (lambda path: path.write_bytes(b""), "not a database of DNA 3"),
    (lambda path: path.write_bytes(b"not SQLite at all" * 99), "not a database of DNA 3"),
    (lambda path: path.write_bytes(path.read_bytes()[:9000]), "not a database of DNA 3"),
    (lambda path: sqlite3.connect(path).executescript("DROP TABLE ENTITIES").close(), "no such table"),
    (lambda path: sqlite3.connect(path).executescript("UPDATE VARIABLES SET Variable = 'idea' WHERE ID = 3").close(),
     "no variable 'concept' among agreement, idea"),
])
def test_what_is_no_database_of_dna_is_refused(researcher, change, message):
    change(researcher)
    with pytest.raises(FormatError, match=message):
        dna.load(researcher)


def test_a_list_as_r_writes_it_is_read(tmp_path):
    (tmp_path / "e.csv").write_text('"","concept","text","person","agreement"\n"1","Levy","yes","Day",TRUE\n"2","Levy","no","Lee",FALSE\n')
    found = import_map(tmp_path / "e.csv")
    assert [(s.text, s.voice) for s in found.statements] == [("yes", "attributed"), ("no", "attributed")]
    assert {claim.polarity for claim in found.claims} == {1, -1}


def test_the_article_s_author_speaks_for_the_article(tmp_path):
    (tmp_path / "e.csv").write_text("concept;text;person;document_author\nLevy;it works;Day;Day\n")
    (statement,) = import_map(tmp_path / "e.csv").statements
    assert statement.voice == "author" and statement.actors == (AUTHOR,)


@pytest.mark.parametrize(("text", "message"), [
    ("", "no column concept, text"), ("a;b\n1;2\n", "no column concept, text"),
    ("concept;text;agreement\nx;y;maybe\n", "line 2: agreement 'maybe'"),
    ("concept;text;start_position\nx;y;-4\n", "line 2: start_position '-4'"),
    ("concept;text;start_position\nx;y;9999999999999\n", "start_position"),
    ('concept;text\nx;"y" z\n', "not CSV"),
])
def test_what_is_no_event_list_is_refused(tmp_path, text, message):
    (tmp_path / "e.csv").write_text(text)
    with pytest.raises(FormatError, match=message):
        dna_csv.load(tmp_path / "e.csv")


def test_a_wild_offset_does_not_fill_the_memory(tmp_path):
    (tmp_path / "e.csv").write_text("concept;text;start_position;stop_position\nx;y;999999999;0\nx;z;3;4\n")
    (article,) = import_map(tmp_path / "e.csv").articles
    assert article.text == "y\n\nz"


def test_long_names_and_titles_are_cut(tmp_path):
    plain = joint()
    write(replace(plain, articles=(replace(plain.articles[0], title="x" * 300),), concepts=(Concept("k", "y" * 300, ("c1", "c2")),)),
          tmp_path / "m.dna")
    found = import_map(tmp_path / "m.dna")
    assert len(found.articles[0].title) == len(found.concepts[0].text) == 190
