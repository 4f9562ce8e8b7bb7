"""Corrections by people who work in a spreadsheet: tables exported, edited, compared, applied."""

from __future__ import annotations

import contextlib
import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.corrections import apply
from argmap.corrections.tables import compare
from argmap.errors import FormatError
from argmap.export import tables, write
from argmap.export.validate import problems
from tests.export.small import maps
from tests.maps import sample


@pytest.fixture(scope="module")
def the_map():
    return sample()


@pytest.fixture
def folder(the_map, tmp_path):
    write(the_map, tmp_path / "tables", format="csv")
    return tmp_path / "tables"


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def edit(folder, table, change, separator=","):
    """Change the rows of a table in place, as a spreadsheet would."""
    path = folder / f"{table}.csv"
    rows = rows_of(path.read_bytes().decode("utf-8"))
    rows = change(rows) or rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), delimiter=separator, restval="")
        writer.writeheader()
        writer.writerows(rows)


def setting(row_id, /, **cells):
    def change(rows):
        next(row for row in rows if row["id"] == row_id).update(cells)

    return change


def without(name):
    return lambda rows: [row for row in rows if row["id"] != name]


def corrected(the_map, folder):
    """The map after all corrections that the tables hold; they must apply, and nothing be left unread."""
    found = compare(the_map, folder)
    assert found.unread == ()
    result = apply(the_map, found.corrections)
    assert [(str(outcome.correction), outcome.reason) for outcome in result.left] == []
    assert problems(json.loads(result.map.to_json())) == []
    return result.map


def table(debate_map, name):
    return {row["id"]: row for row in rows_of(tables.dumps(debate_map)[f"{name}.csv"])}


@given(maps())
@settings(max_examples=50)
def test_an_export_that_nobody_edited_holds_no_corrections(tmp_path_factory, debate_map):
    folder = tmp_path_factory.mktemp("tables")
    write(debate_map, folder, format="csv")
    found = compare(debate_map, folder)
    assert (found.corrections, found.unread) == ((), ())


def test_a_spreadsheet_s_own_habits_are_no_corrections(the_map, folder):
    def habits(rows):
        for row in rows:
            for name in ("confidence", "relevance"):
                row[name] = row[name].replace(".", ",")
        return [{**row, "my own column": "x"} for row in reversed(rows)]

    edit(folder, "statements", habits, separator=";")
    (folder / "mentions.csv").unlink()
    (folder / "claims.csv").write_text("\ufeff" + (folder / "claims.csv").read_text(encoding="utf-8"), encoding="utf-8")
    assert compare(the_map, folder).corrections == compare(the_map, folder).unread == ()


#: Table, id, cells after editing.
EDITS = [
    ("actors", "ilse-brandner", {"name": "Ilse Brandner-Koch"}), ("actors", "draft", {"kind": "group"}),
    ("actors", "jonas-wedel", {"affiliation": "Alder Institute"}), ("actors", "jonas-wedel", {"affiliation": ""}),
    ("actors", "nadia-roth", {"aliases": "Roth|N. Roth"}), ("actors", "nadia-roth", {"aliases": ""}),
    ("statements", "s2", {"stance": "against"}), ("statements", "s2", {"actors": "jonas-wedel|ilse-brandner"}),
    ("statements", "s2", {"actors": ""}), ("statements", "s22", {"claim": "c21"}), ("statements", "s6", {"claim": "c01"}),
    ("claims", "c07", {"text": "Open models help start-ups"}), ("claims", "c07", {"stance": "neutral"}),
    ("claims", "c07", {"topic": "safety"}), ("claims", "c07", {"text": "=1+1", "topic": ""}),
]


@pytest.mark.parametrize(("name", "item", "cells"), EDITS, ids=[f"{item} {next(iter(cells))}" for _, item, cells in EDITS])
def test_what_is_edited_is_so_after_correcting(the_map, folder, name, item, cells):
    edit(folder, name, setting(item, **{key: f"'{value}" if value.startswith("=") else value for key, value in cells.items()}))
    row = table(corrected(the_map, folder), name)[item]
    assert {key: row[key].removeprefix("'") for key in cells} == cells
    assert row["human"]


@given(st.lists(st.sampled_from(EDITS), max_size=6, unique_by=lambda edit: (edit[1], *edit[2])))
@settings(max_examples=40)
def test_any_edits_give_the_edited_tables(tmp_path_factory, edits):
    folder, the_map = tmp_path_factory.mktemp("tables"), sample()
    write(the_map, folder, format="csv")
    wanted = {}
    for name, item, cells in edits:
        cells = {key: value for key, value in cells.items() if not value.startswith("=")}
        edit(folder, name, setting(item, **cells))
        wanted |= {(name, item, key): value for key, value in cells.items()}
    found = corrected(the_map, folder)
    for (name, item, key), value in wanted.items():
        assert table(found, name)[item][key] == value
    # the rest is as it was, but for what follows: sides of claims, names of affiliations, old names
    follows = {"human", "stance", "concept_text", "aliases", "affiliation", "concept", "text"}
    for name in ("actors", "statements", "claims"):
        before, after = table(the_map, name), table(found, name)
        for item in before.keys() & after.keys():
            changed = {key for key in before[item] if before[item][key] != after[item][key] and (name, item, key) not in wanted}
            assert changed <= follows


class TestRows:
    def test_deleted_rows_are_rejected(self, the_map, folder):
        edit(folder, "statements", without("s2"))
        edit(folder, "actors", without("draft"))
        edit(folder, "claims", without("c15"))
        edit(folder, "relations", lambda rows: [row for row in rows if row["origin"] not in ("c19", "c15") and row["target"] != "c15"])
        found = corrected(the_map, folder)
        assert {"s2", "s15"}.isdisjoint(one.id for one in found.statements) and "draft" not in {one.id for one in found.actors}
        assert {"c02", "c15"}.isdisjoint(one.id for one in found.claims)
        assert ("c19", "c17") not in {(one.origin, one.target) for one in found.relations}

    def test_added_rows_are_added(self, the_map, folder):
        edit(folder, "actors", lambda rows: [*rows, {"id": "new", "name": "City of Ostrava", "kind": "government"}])
        edit(folder, "statements", lambda rows: [*rows, {
            "id": "", "article": "en-courier-02", "text": "the rules should say what each of them owes the public", "actors": "new",
            "stance": "for", "claim": "mine"}])
        edit(folder, "claims", lambda rows: [*rows, {"id": "mine", "text": "Rules should say who owes what", "topic": "regulation"}])
        edit(folder, "relations", lambda rows: [*rows, {"origin": "mine", "target": "c11", "kind": "support"},
                                                {"origin": "c17", "target": "c21", "kind": "attack"}])
        found = corrected(the_map, folder)
        statement = next(one for one in found.statements if "added" in one.human)
        claim = next(one for one in found.claims if one.id == statement.claim)
        assert (statement.actors, statement.stance) == (("city-of-ostrava",), "for")
        assert (claim.text, claim.topic, claim.stance) == ("Rules should say who owes what", "regulation", "for")
        assert {(claim.id, "c11", "support"), ("c17", "c21", "attack")} <= {(one.origin, one.target, one.kind) for one in found.relations}

    def test_statements_with_a_new_claim_become_one_claim(self, the_map, folder):
        edit(folder, "statements", setting("s12", claim="mine"))
        edit(folder, "statements", setting("s13", claim="mine"))
        edit(folder, "claims", lambda rows: [*rows, {"id": "mine", "text": "Chiunque controlla", "stance": "neutral", "topic": "safety"}])
        claim = next(one for one in corrected(the_map, folder).claims if "split" in one.human and one.text == "Chiunque controlla")
        assert (claim.statements, claim.stance, claim.topic) == (("s12", "s13"), "neutral", "safety")

    def test_rows_are_merged_by_the_id_or_the_name_of_another(self, the_map, folder):
        edit(folder, "actors", setting("ilse-brandner", merge_into="Chiara Valenti"))
        edit(folder, "claims", setting("c04", merge_into="c03"))
        found = corrected(the_map, folder)
        assert next(one for one in found.statements if one.id == "s10").actors == ("chiara-valenti",)
        assert next(one for one in found.claims if one.id == "c03").statements == ("s3", "s22", "s4")

    def test_relations_are_flipped_and_reversed(self, the_map, folder):
        def change(rows):
            for row in rows:
                if row["origin"] == "c19":
                    row["kind"] = "support"
                if row["origin"] == "c18":
                    row["origin"], row["target"] = row["target"], row["origin"]
                    row["origin_statement"], row["target_statement"] = row["target_statement"], row["origin_statement"]

        edit(folder, "relations", change)
        found = {(one.origin, one.target): one.kind for one in corrected(the_map, folder).relations}
        assert found["c19", "c17"] == found["c17", "c18"] == "support" and ("c18", "c17") not in found

    def test_the_article_s_own_voice_may_speak(self, the_map, folder):
        edit(folder, "statements", setting("s2", voice="author"))
        assert table(corrected(the_map, folder), "statements")["s2"]["actors"] == "author"


class TestUnread:
    @pytest.mark.parametrize(("name", "item", "cells", "message"), [
        ("statements", "s2", {"text": "other words"}, "statements.csv, line 3: text cannot be corrected: the change is passed over"),
        ("statements", "s2", {"confidence": "0.1"}, "statements.csv, line 3: confidence cannot"),
        ("statements", "s11", {"voice": "attributed"}, "voice without actors cannot be corrected"),
        ("claims", "c02", {"polarity": "denies"}, "claims.csv, line 3: polarity cannot"),
        ("actors", "draft", {"known": "x", "merge_into": "nadia-roth", "name": "D"}, "name cannot be corrected"),
    ])
    def test_a_change_that_no_correction_can_make_is_listed(self, the_map, folder, name, item, cells, message):
        edit(folder, name, setting(item, **cells))
        found = compare(the_map, folder)
        assert any(message in line for line in found.unread)

    def test_other_tables_and_claims_that_nobody_makes_are_listed(self, the_map, folder):
        edit(folder, "articles", setting("en-ledger-01", title="Other"))
        edit(folder, "claims", lambda rows: [*rows, {"id": "mine", "text": "x"}])
        found = compare(the_map, folder)
        assert found.corrections == ()
        assert any("articles.csv: this table cannot be corrected" in line for line in found.unread)
        assert any("no statement makes this claim" in line for line in found.unread)

    def test_evidence_of_a_relation_is_no_correction(self, the_map, folder):
        def change(rows):
            rows[0]["rule"] = "mine"

        edit(folder, "relations", change)
        assert any("what a relation was read from" in line for line in compare(the_map, folder).unread)


@pytest.mark.parametrize(("name", "item", "cells", "message"), [
    ("statements", "s2", {"stance": "pro"}, "statements.csv, line 3: stance 'pro' is none of for, against, neutral"),
    ("actors", "draft", {"kind": "robot"}, "actors.csv, line 13: kind 'robot' is none of"),
    ("actors", "draft", {"name": ""}, "actors.csv, line 13: name is empty"),
    ("claims", "c02", {"id": "c01"}, "claims.csv, line 3: id 'c01' is used twice: to make two one, name one's id in merge_into"),
])
def test_a_wrong_value_is_told_with_file_and_line(the_map, folder, name, item, cells, message):
    edit(folder, name, setting(item, **cells))
    with pytest.raises(FormatError) as error:
        compare(the_map, folder)
    assert message in str(error.value)


def test_a_table_without_ids_and_a_relation_of_unknown_claims_are_refused(the_map, folder):
    edit(folder, "relations", lambda rows: [*rows, {"origin": "none", "target": "c01", "kind": "attack"}])
    with pytest.raises(FormatError, match="'none' is no claim's id"):
        compare(the_map, folder)
    (folder / "actors.csv").write_text("name\nA\n")
    with pytest.raises(FormatError, match="no column id"):
        compare(the_map, folder)


@given(table=st.sampled_from(["actors", "statements", "claims", "relations"]), content=st.text(max_size=60) | st.lists(
    st.sampled_from(["id", "name", "kind", "c01", "s1", "nadia-roth", ",", ";", "\n", '"', "claim", "origin", "target"]), max_size=20).map("".join))
def test_whatever_a_table_holds_it_is_compared_or_refused(tmp_path_factory, table, content):
    folder = tmp_path_factory.mktemp("tables")
    (folder / f"{table}.csv").write_text(content, encoding="utf-8", newline="")
    with contextlib.suppress(FormatError):
        compare(sample(), folder)


@given(maps(), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_edits_of_any_map_are_what_its_corrected_tables_hold(tmp_path_factory, debate_map, data):
    """Whatever words a map has: kinds, sides, topics and the claims of statements are edited, and are so after correcting."""
    folder = tmp_path_factory.mktemp("tables")
    write(debate_map, folder, format="csv")
    sides = st.sampled_from(["for", "against", "neutral"])
    wanted = {}
    for name, items, column, values in (
            ("actors", debate_map.actors, "kind", st.sampled_from(["person", "group"])), ("statements", debate_map.statements, "stance", sides),
            ("claims", debate_map.claims, "topic", st.sampled_from(["", "t"])),
            ("statements", debate_map.statements, "claim", st.sampled_from([claim.id for claim in debate_map.claims] or [""]))):
        for item in data.draw(st.lists(st.sampled_from(items), max_size=2, unique=True)) if items else ():
            if (value := data.draw(values)) != getattr(item, column):  # what nobody touched may follow
                wanted[name, item.id, column] = value
    for (name, item, column), value in wanted.items():
        edit(folder, name, setting(item, **{column: value}))
    found = compare(debate_map, folder)
    result = apply(debate_map, found.corrections)
    assert (found.unread, result.left) == ((), ())
    assert problems(json.loads(result.map.to_json())) == []
    after = {name: table(result.map, name) for name in ("actors", "statements", "claims")}
    for (name, item, column), value in wanted.items():
        if item in after[name]:  # a claim that lost all its statements is gone
            assert after[name][item][column] == value
