"""Argdown: what its own tool reads in our text, and what we read in its JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.errors import FormatError
from argmap.export import argdown, argmap_json, import_map
from tests.export.held import argdown as held
from tests.export.small import maps
from tests.maps import hostile, sample


def test_the_sample_comes_back_through_argdown_s_own_tool(argdown_json):
    found = import_map(argdown_json([sample()])[0])
    argmap_json.check(found)
    assert held(found) == held(sample())


def test_argdown_reads_as_many_statements_and_signed_relations(argdown_json):
    for debate_map, path in zip([sample(), hostile()], argdown_json([sample(), hostile()])):
        raw = json.loads(path.read_text(encoding="utf-8"))
        assert len(raw["statements"]) == len(debate_map.claims) + 1 and raw["arguments"] == {}
        kinds = [relation["relationType"] for relation in raw["relations"]]
        for kind, side in (("support", "for"), ("attack", "against")):
            expected = len({(r.origin, r.target) for r in debate_map.relations if r.kind == kind})
            assert kinds.count(kind) == expected + sum(claim.stance == side for claim in debate_map.claims)


@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large,
                                                 HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(maps(), min_size=15, max_size=15))
def test_what_argdown_holds_comes_back(argdown_json, drawn):
    for debate_map, path in zip(drawn, argdown_json(drawn)):
        found = import_map(path)
        argmap_json.check(found)
        back, expected = held(found), held(debate_map)
        assert back["claims"].items() >= expected["claims"].items()  # a claim without words has its id
        assert {**back, "claims": None} == {**expected, "claims": None}


def test_the_text_is_as_argdown_users_write_it():
    text = argdown.dumps(sample())
    assert text.startswith('===\ntitle: "Powerful AI models should be open"\n===\n\n[Powerful AI models should be open]: ')
    assert ("[Attackers already rent closed models through stolen accounts]: Attackers already rent closed models through stolen accounts "
            '#for {id: "c06", said: [{id: "s6", who: ["Nadia Roth"], article: "en-ledger-01", date: "2025-03-04", words: "attackers') in text
    assert "\n\n[Open weights give attackers the same tools as defenders]\n    - [Attackers already rent" in text
    assert all("\n" not in block.split("]: ")[-1] for block in text.split("\n\n") if "]: " in block)


def test_titles_are_unique():
    titles = [line for line in argdown.dumps(hostile()).splitlines() if line.startswith("[") and "]: " in line]
    assert len({line.partition("]: ")[0] for line in titles}) == len(hostile().claims) + 1


FOREIGN = {
    "statements": {
        "Free": {"title": "Free", "members": [{"text": "The bridge should be free. #pro", "ranges": [{"type": "tag", "start": 27}]}]},
        "Shops": {"title": "Shops", "members": [{"isReference": True, "text": " "}, {"text": "There are few shops."}],
                  "data": {"speaker": "Ada Low"}},
        "P1": {"title": "P1", "members": [{"text": "Shops need customers."}]}},
    "arguments": {
        "Trade": {"title": "Trade", "members": [{"text": "It helps trade."}],
                  "pcs": [{"role": "premise", "title": "P1"}, {"role": "main-conclusion", "title": "Free"}]},
        "Taxes": {"title": "Taxes", "members": []}},
    "relations": [{"relationType": "attack", "from": "Shops", "fromType": "equivalence-class", "to": "Trade", "toType": "argument"},
                  {"relationType": "undercut", "from": "Taxes", "fromType": "argument", "to": "Trade", "toType": "inference"},
                  {"relationType": "contradictory", "from": "Shops", "fromType": "equivalence-class", "to": "P1",
                   "toType": "equivalence-class"}],
}


def test_others_argdown_is_read_with_its_arguments_and_speakers(tmp_path):
    (tmp_path / "bridge.json").write_text(json.dumps(FOREIGN))
    found = import_map(tmp_path / "bridge.json")
    argmap_json.check(found)
    texts = {claim.id: claim.text for claim in found.claims}
    assert found.debate.motion.text == {"en": "The bridge should be free."}
    assert {(texts[r.origin], r.kind, texts[r.target]) for r in found.relations} == {
        ("There are few shops.", "attack", "It helps trade."), ("Taxes", "attack", "It helps trade."),
        ("There are few shops.", "attack", "Shops need customers."), ("Shops need customers.", "attack", "There are few shops."),
        ("Shops need customers.", "support", "It helps trade."), ("It helps trade.", "support", "The bridge should be free.")}
    assert {claim.text: claim.stance for claim in found.claims}["There are few shops."] == "against"
    assert [(actor.name, actor.kind) for actor in found.actors] == [("Ada Low", "person")]


@pytest.mark.parametrize(("change", "message"), [
    (lambda raw: (raw.pop("statements"), raw.pop("arguments")), "no JSON of Argdown"),
    (lambda raw: raw.update(statements=[1]), "statements must be an object"),
    (lambda raw: raw["statements"].update(Free=3), "statements.Free must be an object"),
    (lambda raw: raw["relations"].append({"relationType": "hate"}), r"relations\[3\]: relationType 'hate'"),
    (lambda raw: raw["relations"].append({"relationType": "attack", "from": "Nobody", "to": 3}), "no 'Nobody'"),
])
def test_what_is_malformed_is_named(tmp_path, change, message):
    raw = json.loads(json.dumps(FOREIGN))
    change(raw)
    (tmp_path / "m.json").write_text(json.dumps(raw))
    with pytest.raises(FormatError, match=message):
        argdown.load(tmp_path / "m.json")
