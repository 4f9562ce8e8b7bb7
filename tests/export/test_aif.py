"""AIF and xAIF: what comes back, what arguebuf reads, what other tools' files become."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given

from argmap.errors import FormatError
from argmap.export import aif, import_map, write
from tests.export.held import aif as held
from tests.export.small import maps
from tests.maps import hostile, sample

#: Between which types of nodes an edge may lead.
ALLOWED = {("I", "RA"), ("I", "CA"), ("RA", "I"), ("CA", "I"), ("L", "YA"), ("YA", "I"), ("L", "TA"), ("TA", "L"), ("TA", "YA"),
           ("YA", "RA"), ("YA", "CA")}


def exported(debate_map, path, format="aif"):
    write(debate_map, path, format=format)
    return import_map(path)


@pytest.mark.parametrize("format", ["aif", "xaif"])
def test_the_sample_comes_back(format, tmp_path):
    found = held(exported(sample(), tmp_path / "m.json", format))
    assert {key: value for key, value in found.items() if key != "persons"} == \
        {key: value for key, value in held(sample()).items() if key != "persons"}
    assert held(sample())["persons"] <= found["persons"]  # and the authors


@given(maps())
def test_what_aif_holds_comes_back(tmp_path_factory, debate_map):
    found, expected = held(exported(debate_map, tmp_path_factory.mktemp("aif") / "m.json")), held(debate_map)
    assert {**found, "persons": None} == {**expected, "persons": None}


def test_nodes_are_chained_as_aif_allows():
    raw = json.loads(aif.dumps(sample()))
    kinds = {node["nodeID"]: node["type"] for node in raw["nodes"]}
    assert len(kinds) == len(raw["nodes"])
    assert {(kinds[edge["fromID"]], kinds[edge["toID"]]) for edge in raw["edges"]} <= ALLOWED
    assert all(edge["formEdgeID"] is None for edge in raw["edges"])
    assert [person["participantID"] for person in raw["participants"]] == list(range(1, len(raw["participants"]) + 1))
    assert {"firstname": "Nadia", "surname": "Roth"}.items() <= raw["participants"][0].items()
    assert raw["schemefulfillments"] == []


def test_a_statement_is_a_locution_of_its_speaker():
    raw = json.loads(aif.dumps(sample()))
    node = next(node for node in raw["nodes"] if node["nodeID"] == "s5")
    assert node["type"] == "L" and node["text"].startswith("Federal Office for Network Security: open weights give")
    (locution,) = [item for item in raw["locutions"] if item["nodeID"] == "s5"]
    start = sample().statements[4].content[0].start
    assert (locution["source"], locution["timestamp"], locution["start"]) == ("en-ledger-01", "2025-03-04 00:00:00", start)


def test_xaif_wraps_it_with_text_and_drawing():
    raw = json.loads(aif.dumps_xaif(sample()))
    assert raw["AIF"] == json.loads(aif.dumps(sample()))
    assert sample().articles[0].text in raw["text"]
    assert len(raw["OVA"]["nodes"]) == len(raw["AIF"]["nodes"])


@pytest.mark.parametrize("debate_map", [sample(), hostile()], ids=["sample", "hostile"])
def test_arguebuf_reads_as_many_nodes_and_signed_edges(debate_map, arguebuf_counts):
    kinds = Counter(relation.kind for relation in debate_map.relations)
    sides = Counter({"for": "support", "against": "attack"}.get(claim.stance) for claim in debate_map.claims if claim.stance != "neutral")
    assert arguebuf_counts(aif.dumps(debate_map)) == {"claims": len(debate_map.claims) + 1, **(kinds + sides)}


FOREIGN = {
    "nodes": [{"nodeID": 1, "text": "Close the road", "type": "I"}, {"nodeID": 2, "text": "It is noisy", "type": "I"},
              {"nodeID": 3, "text": "Only by day", "type": "I"}, {"nodeID": 4, "text": "Default Inference", "type": "RA"},
              {"nodeID": 5, "text": "Default Conflict", "type": "CA"}, {"nodeID": 6, "text": "Ann Lee: noisy, that road", "type": "L"},
              {"nodeID": 7, "text": "Asserting", "type": "YA"}],
    "edges": [{"edgeID": 1, "fromID": 2, "toID": 4}, {"edgeID": 2, "fromID": 4, "toID": 1}, {"edgeID": 3, "fromID": 3, "toID": 5},
              {"edgeID": 4, "fromID": 5, "toID": 4}, {"edgeID": 5, "fromID": 6, "toID": 7}, {"edgeID": 6, "fromID": 7, "toID": 2}],
    "locutions": [{"nodeID": 6, "personID": "9", "timestamp": "2020-02-02 10:00:00", "source": None}],
    "participants": [{"participantID": 9, "firstname": "Ann", "surname": "Lee"}],
}


def test_another_tool_s_file_keeps_its_speakers_and_gets_sides(tmp_path):
    (tmp_path / "road.json").write_text(json.dumps(FOREIGN))
    found = import_map(tmp_path / "road.json")
    assert found.debate.motion.text == {"en": "Close the road"}
    assert {claim.text: claim.stance for claim in found.claims} == {"Close the road": "for", "It is noisy": "for", "Only by day": "against"}
    assert {(r.origin, r.target, r.kind) for r in found.relations} == {("2", "1", "support"), ("3", "1", "attack")}
    (said,) = [statement for statement in found.statements if statement.voice == "attributed"]
    assert said.text == "noisy, that road" and [(actor.name, actor.kind) for actor in found.actors] == [("Ann Lee", "person")]
    assert said.actors == (found.actors[0].id,) and found.articles[0].date == "2020-02-02"
    assert all(found.articles[0].text[span.start:span.end] == span.text for _, span in found.spans())


def test_who_asks_asserts_nothing(tmp_path):
    raw = json.loads(json.dumps(FOREIGN))
    raw["nodes"][6]["text"] = "Pure Questioning"
    (tmp_path / "road.json").write_text(json.dumps({"AIF": raw}))
    found = import_map(tmp_path / "road.json")
    assert {statement.voice for statement in found.statements} == {"author"} and len(found.statements) == 3


@pytest.mark.parametrize("text", ["Ann Lee: noisy", "Ann Lee : noisy", "noisy"])
def test_the_speaker_s_name_is_no_part_of_the_words(text, tmp_path):
    raw = json.loads(json.dumps(FOREIGN))
    raw["nodes"][5]["text"] = text
    (tmp_path / "road.json").write_text(json.dumps(raw))
    assert "noisy" in {statement.text for statement in import_map(tmp_path / "road.json").statements}


@pytest.mark.parametrize(("change", "message"), [
    (lambda raw: raw.pop("nodes"), "no AIF"),
    (lambda raw: raw.update(nodes={}), None),
    (lambda raw: raw.update(nodes={"a": 1}), "'nodes' must be a list"),
    (lambda raw: raw["nodes"].append(3), r"nodes\[7\] must be an object"),
    (lambda raw: raw["nodes"].append({"text": "x"}), r"nodes\[7\]: 'nodeID' must be a text or a number"),
    (lambda raw: raw["nodes"].append({"nodeID": 1}), "id '1' is used twice"),
    (lambda raw: raw["edges"].append({"fromID": 1, "toID": 99}), r"edges\[6\]: there is no node '99'"),
    (lambda raw: raw["participants"].append({"participantID": []}), r"participants\[1\]"),
])
def test_a_malformed_file_is_refused_where_it_is_wrong(tmp_path, change, message):
    raw = json.loads(json.dumps(FOREIGN))
    change(raw)
    (tmp_path / "m.json").write_text(json.dumps(raw))
    if message is None:
        raw["edges"] = []
        with pytest.raises(FormatError, match="no node"):
            aif.load(tmp_path / "m.json")
        return
    with pytest.raises(FormatError, match=message):
        aif.load(tmp_path / "m.json")


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"{", b'{"AIF": []}', b'{"nodes": ' + b"[" * 100_000])
def test_what_is_no_json_object_is_refused(tmp_path, content):
    (tmp_path / "m.json").write_bytes(content)
    with pytest.raises(FormatError, match="m.json"):
        aif.load(tmp_path / "m.json")
