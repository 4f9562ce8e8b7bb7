"""Kialo's indented text: what comes back, how it looks, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given

from argmap.errors import FormatError
from argmap.export import argmap_json, import_map, kialo, write
from argmap.export.clean import one_line
from tests.export.held import kialo as held
from tests.export.held import reached
from tests.export.small import maps
from tests.maps import large, sample


def exported(debate_map, path):
    write(debate_map, path, format="kialo")
    found = import_map(path)
    argmap_json.check(found)
    return found


@given(maps())
def test_what_the_text_holds_comes_back(tmp_path_factory, debate_map):
    found = exported(debate_map, tmp_path_factory.mktemp("kialo") / "m.txt")
    claims = reached(debate_map)
    (texts, sides, relations), expected = held(found), held(debate_map, claims)
    assert (texts, relations) == (expected[0], expected[2])
    neutral = {one_line(claim.text) for claim in debate_map.claims if claim.stance == "neutral"}
    assert [side for side in sides if side[0] not in neutral] == [side for side in expected[1] if side[0] not in neutral]
    assert one_line(next(iter(found.debate.motion.text.values()))) == \
        (one_line(next(iter(debate_map.debate.motion.text.values()))) or "debate")


def test_it_looks_like_kialo_s():
    lines = kialo.dumps(sample()).splitlines()
    assert lines[:5] == ["Discussion Title: Powerful AI models should be open", "", "1. Powerful AI models should be open",
                         "1.1. Con: Open weights give attackers the same tools as defenders",
                         "1.1.1. Con: Attackers already rent closed models through stolen accounts"]


def test_a_large_map_is_written_in_no_time():
    assert len(kialo.dumps(large(3000)).splitlines()) > 2000


def test_kialo_s_text_is_read(tmp_path):
    (tmp_path / "bridge.txt").write_text(
        "Discussion Title: The bridge\r\n\r\n1. The bridge should be free.\r\n1.1. Pro: It helps trade.\r\nShops gain.\r\n"
        "1.1.1. Con: There are few shops.\r\n1.2. Con: Tolls pay for repairs.\r\n1.2.1. con: -> See 1.1.\r\n")
    found = import_map(tmp_path / "bridge.txt")
    argmap_json.check(found)
    texts = {claim.id: claim.text for claim in found.claims}
    assert found.debate.motion.text == {"en": "The bridge should be free."} and found.articles[0].title == "The bridge"
    assert [(claim.text, claim.stance) for claim in found.claims] == [
        ("It helps trade. Shops gain.", "for"), ("There are few shops.", "against"), ("Tolls pay for repairs.", "against")]
    assert {(texts[r.origin], r.kind, texts[r.target]) for r in found.relations} == {
        ("There are few shops.", "attack", "It helps trade. Shops gain."),
        ("It helps trade. Shops gain.", "attack", "Tolls pay for repairs.")}
    assert all(statement.voice == "author" for statement in found.statements)


@pytest.mark.parametrize(("text", "message"), [
    ("", "there is no line '1. thesis'"), ("no numbers", "there is no line '1. thesis'"), ("1. a\n1.1. b", "line 2: 1.1. has no Pro or Con"),
    ("1. a\n1.1.1. Pro: b", "stands below no claim"), ("1. a\n1.1. Pro: b\n1.1. Con: c", "line 3: there is a 1.1. above"),
    ("1. a\n1.1. Pro: -> See 1.9.", "1.1. refers to 1.9., which is not there"), ("2. a", "has no Pro or Con"),
    ("1. a\n1.1. Pro: -> See 1.1.", "not there"),
])
def test_what_is_malformed_is_named(tmp_path, text, message):
    (tmp_path / "m.txt").write_text(text)
    with pytest.raises(FormatError, match=message):
        kialo.load(tmp_path / "m.txt")
