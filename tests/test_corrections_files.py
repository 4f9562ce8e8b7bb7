"""Files of corrections: written and read, and what is said of those that are malformed."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.corrections import ACTIONS, SCHEMA, Correction, Reference, dumps, load, loads, save
from argmap.errors import ArgmapError, CorrectionError

HEAD = f'schema = "{SCHEMA}"\n'
GOOD = HEAD + """
[[correction]]
action = "set-stance"
statement = { id = "s-1", article = "a", quotation = "Open it" }
stance = "for"
note = "read it again"
by = "mr"

# a person looked at this one
[[correction]]
action = "merge-actors"
actor.id = "roth"
into.name = "Nadia Roth"
"""


def test_a_file_written_by_hand_is_read_with_the_line_of_each_entry():
    one, other = loads(GOOD, name="c.toml")
    assert (one.action, one.values["stance"], one.note, one.by) == ("set-stance", "for", "read it again", "mr")
    assert one.values["statement"] == Reference("s-1", article="a", quotation="Open it")
    assert (one.place, other.place) == ("c.toml, line 3", "c.toml, line 11")
    assert other.values["into"] == Reference(name="Nadia Roth")


def test_json_holds_the_same(tmp_path):
    save(loads(GOOD), tmp_path / "c.json")
    assert json.loads((tmp_path / "c.json").read_text())["correction"][1] == {
        "action": "merge-actors", "actor": {"id": "roth"}, "into": {"name": "Nadia Roth"}}
    assert load(tmp_path / "c.json") == loads(GOOD)


def test_what_is_written_keeps_its_order_with_a_value_a_line(tmp_path):
    save(loads(GOOD), tmp_path / "c.toml")
    text = (tmp_path / "c.toml").read_text()
    assert 'action = "set-stance"\nstatement.id = "s-1"\nstatement.article = "a"\nstatement.quotation = "Open it"\nstance = "for"\n' in text
    assert text.index("set-stance") < text.index("merge-actors")
    save(load(tmp_path / "c.toml"), tmp_path / "again.toml")
    assert (tmp_path / "again.toml").read_text() == text


def test_who_says_it_and_why_make_no_other_correction():
    one, other = (Correction("set-kind", {"actor": Reference("roth"), "kind": "person"}, by=by) for by in ("a", "b"))
    assert one == other and one.key == other.key
    assert dumps([one, other]).count("[[correction]]") == 1


@pytest.mark.parametrize(("text", "message"), [
    ("action =", "c.toml: not TOML: "),
    ("", 'c.toml: there is no schema: this version of argmap reads files with schema = "argmap-corrections/1"'),
    ('schema = "argmap/1"', "c.toml: schema is 'argmap/1'"),
    (HEAD + "[correction]", "c.toml: correction must be a list: write [[correction]] with two brackets"),
    (HEAD + "[[corrections]]", "c.toml: key 'corrections' is not known: write each entry under [[correction]]"),
    (HEAD + "[[correction]]", "c.toml, line 2: has no action"),
    (HEAD + '[[correction]]\naction = "set-stanse"', "c.toml, line 2: action 'set-stanse' is none of add-actor, "),
    (HEAD + '[[correction]]\naction = "set-stanse"', "(did you mean set-stance?)"),
    (HEAD + '[[correction]]\naction = "set-kind"\nactor.id = "a"', "c.toml, line 2: set-kind needs kind"),
    (HEAD + '[[correction]]\naction = "set-kind"\nactor.id = "a"\nkind = "robot"',
     "c.toml, line 2: kind 'robot' is none of person, organisation, government, policy, group"),
    (HEAD + '[[correction]]\naction = "set-kind"\nactor = "a"\nkind = "person"', "c.toml, line 2: actor must have the keys id, name"),
    (HEAD + '[[correction]]\naction = "set-kind"\nactor.nme = "a"\nkind = "person"', "actor has no key 'nme': use id, name"),
    (HEAD + '[[correction]]\naction = "set-kind"\nactor.id = ""\nkind = "person"', "actor is empty: give id or name"),
    (HEAD + '[[correction]]\naction = "rename-actor"\nactor.id = "a"\nname = " "', "name is empty"),
    (HEAD + '[[correction]]\naction = "rename-actor"\nactor.id = "a"\nnmae = "b"', "rename-actor has no key 'nmae' (did you mean name?)"),
    (HEAD + '[[correction]]\naction = "rename-actor"\nactor.id = "a"\nname = 3', "name must be a text"),
    (HEAD + '[[correction]]\naction = "set-stance"\nstance = "for"', "set-stance needs either claim or statement"),
    (HEAD + '[[correction]]\naction = "split-actor"\nactor.id = "a"\nname = "b"', "split-actor needs one of forms, articles, statements"),
    (HEAD + '[[correction]]\naction = "split-claim"\nstatements = []', "statements is empty"),
    (HEAD + '[[correction]]\naction = "split-claim"\nstatements = ["s"]', "statements must have the keys id, article, quotation, start"),
    (HEAD + '[[correction]]\naction = "reject-statement"\nstatement = { id = "s", start = -1 }',
     "statement its start must be a whole number, the place of a character"),
    (HEAD + '[[correction]]\naction = "set-kind"\nactor.id = "a"\nkind = "person"\nby = 1979-05-27', "by must be a text"),
    (HEAD + "n = " + "9" * 5000, "c.toml: not TOML that argmap reads: "),
    (HEAD + "n = " + "[" * 5000, "c.toml: not TOML"),
])
def test_a_malformed_file_is_told_with_its_place(text, message):
    with pytest.raises(CorrectionError) as error:
        loads(text, name="c.toml")
    assert message in str(error.value)


@pytest.mark.parametrize(("text", "message"), [
    ('{"schema": 1,\n]', "c.json, line 2: not JSON: "),
    ("[]", "c.json: must be an object with the keys schema and correction"),
    (f'{{"schema": "{SCHEMA}", "correction": [[]]}}', "c.json, correction 1: must be a table with an action"),
    (f'{{"schema": "{SCHEMA}", "correction": [{{"action": ["x"]}}]}}', "c.json, correction 1: action ['x'] is none of"),
    ("[" * 100_000, "c.json: not JSON that argmap reads: "),
])
def test_malformed_json_is_told_with_its_place(text, message):
    with pytest.raises(CorrectionError) as error:
        loads(text, name="c.json", format="json")
    assert message in str(error.value)


def test_all_malformed_entries_are_told_at_once_and_many_are_counted():
    text = HEAD + "[[correction]]\n" * 30
    with pytest.raises(CorrectionError) as error:
        loads(text, name="c.toml")
    lines = str(error.value).splitlines()
    assert lines[0] == "c.toml, line 2: has no action" and lines[-1] == "and 10 more" and len(lines) == 21


def test_where_a_quoted_text_looks_like_an_entry_entries_are_numbered():
    text = HEAD + '[[correction]]\naction = "edit-claim"\nclaim.id = "c"\ntext = """\n[[correction]]\n"""\n[[correction]]\n'
    with pytest.raises(CorrectionError, match=r"^c.toml, correction 2: has no action$"):
        loads(text, name="c.toml")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "latin.toml").write_bytes(b"\xe8")
    with pytest.raises(CorrectionError, match=r"latin.toml: not UTF-8 \(byte 0\)"):
        load(tmp_path / "latin.toml")
    with pytest.raises(ArgmapError, match="cannot be read"):
        load(tmp_path / "none.toml")
    with pytest.raises(ArgmapError, match="cannot be written"):
        save([], tmp_path / "none" / "c.toml")


values = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
                          ["id", "name", "text", "article", "quotation", "start", "x"]), inner, max_size=3), max_leaves=6)
names = st.sampled_from(sorted({name for fields in ACTIONS.values() for name in fields} | {"note", "by", "action", "x"}))
entries = st.dictionaries(names, values, max_size=5) | st.builds(
    lambda action, entry: {**entry, "action": action}, st.sampled_from(sorted(ACTIONS)), st.dictionaries(names, values, max_size=6))


@given(st.lists(entries | values, max_size=4))
def test_whatever_the_entries_are_they_are_read_or_refused(raw):
    text = json.dumps({"schema": SCHEMA, "correction": raw})
    try:
        found = loads(text, format="json")
    except CorrectionError:
        return
    assert loads(dumps(found)) == tuple({entry.key: entry for entry in reversed(found)}.values())[::-1]


@given(st.text(max_size=200) | st.lists(st.sampled_from(GOOD.splitlines(keepends=True)), max_size=20).map("".join))
def test_whatever_the_file_is_it_is_read_or_refused(text):
    for kind in ("toml", "json"):
        with contextlib.suppress(CorrectionError):
            loads(text, format=kind)


@given(st.binary(max_size=100))
def test_whatever_bytes_a_file_has_it_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("c") / "c.toml"
    path.write_bytes(content)
    with contextlib.suppress(CorrectionError):
        load(path)


@given(st.text(st.characters(), max_size=30))
def test_any_text_may_stand_in_a_note(note):
    entry = Correction("set-kind", {"actor": Reference("roth"), "kind": "person"}, note)
    again, = loads(dumps([entry]))
    assert again.note == "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in note)
