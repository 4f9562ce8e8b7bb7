"""The account of a map's actors: counts, merges, pairs that may be one."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from click.testing import CliRunner

from argmap.cli import main
from argmap.model import Actor, DebateMap, Merge
from argmap.roster import doubles, roster


def with_actors(debate_map: DebateMap, *actors: Actor) -> DebateMap:
    return dataclasses.replace(debate_map, actors=actors)


def test_those_who_say_most_come_first_with_their_counts(debate_map: DebateMap) -> None:
    entries = roster(debate_map)
    assert [(entry.actor.id, entry.statements) for entry in entries] == sorted(
        ((entry.actor.id, entry.statements) for entry in entries), key=lambda pair: -pair[1])
    assert sum(entry.statements for entry in entries) == sum(len(statement.actors) for statement in debate_map.statements)
    assert sum(entry.mentions for entry in entries) == len(debate_map.mentions)


def test_each_merge_stands_with_its_actor(debate_map: DebateMap) -> None:
    merge = Merge("ilieva", "bridge-1", "Ilieva", "surname", "ilieva")
    entries = {entry.actor.id: entry for entry in roster(dataclasses.replace(debate_map, merges=(merge,)))}
    assert entries["ilieva"].merges == (merge,)
    assert entries["port"].merges == ()


def test_initials_shared_surnames_and_names_inside_names_may_be_one(debate_map: DebateMap) -> None:
    found = doubles(with_actors(
        debate_map,
        Actor("a", "Port Workers Union", "organisation"), Actor("b", "PWU", "organisation"),
        Actor("c", "Ada Kellner", "person"), Actor("d", "Jan Kellner", "person"), Actor("e", "Kellner", "person"),
        Actor("f", "Kellner", "organisation"), Actor("g", "Harbour", "organisation", "Port Workers Union")))
    assert {(pair.one.id, pair.other.id): pair.reason for pair in found} == {
        ("a", "b"): "initials", ("c", "d"): "same surname", ("c", "e"): "name inside name", ("d", "e"): "name inside name"}


def test_the_command_lists_actors_as_text_and_as_json(debate_map: DebateMap, tmp_path: Path) -> None:
    saved = tmp_path / "map.json"
    merged = dataclasses.replace(debate_map, merges=(Merge("ilieva", "bridge-1", "Ilieva", "surname", "ilieva"),))
    merged.save(saved)
    text = CliRunner().invoke(main, ["actors", str(saved)])
    assert text.exit_code == 0
    assert "Ms Ilieva (person)" in text.stdout
    assert "surname: ilieva" in text.stdout
    listed = json.loads(CliRunner().invoke(main, ["actors", str(saved), "--json", "--kind", "person"]).stdout)
    assert [entry["actor"]["id"] for entry in listed["actors"]] == ["ilieva"]
