"""brat: standoff whose offsets hold, ties between what it marks, files that brat can open."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from argmap.export.brat import dumps
from tests.export.small import maps
from tests.maps import hostile, sample

ENTITY = re.compile(r"(T\d+)\t(\w+) ((?:\d+ \d+;?)+)\t(.*)")


def read(files, name):
    """The entities of an article by mark, and its other lines."""
    entities, others = {}, []
    for line in files[f"{name}.ann"].splitlines():
        if match := ENTITY.fullmatch(line):
            pieces = [tuple(map(int, pair.split())) for pair in match[3].split(";")]
            assert " ".join(files[f"{name}.txt"][start:end] for start, end in pieces) == match[4]
            assert pieces == sorted(pieces) and all(start < end for start, end in pieces)
            entities[match[1]] = (match[2], match[4])
        else:
            others.append(line)
    return entities, others


@pytest.mark.parametrize("debate_map", [sample(), hostile()], ids=["sample", "hostile"])
def test_offsets_hold_and_all_statements_are_there(debate_map):
    files = dumps(debate_map)
    statements = [kind for article in debate_map.articles for kind, _ in read(files, article.id)[0].values() if kind == "Statement"]
    assert len(statements) == len(debate_map.statements)
    assert "Supports\tArg1:Statement, Arg2:Statement" in files["annotation.conf"]


@given(maps())
def test_any_map_gives_proper_standoff(debate_map):
    files = dumps(debate_map)
    for article in debate_map.articles:
        entities, others = read(files, article.id)
        for line in others:
            assert re.fullmatch(r"R\d+\t\w+ Arg1:T\d+ Arg2:T\d+|A\d+\t\w+ T\d+ \w+|#\d+\tAnnotatorNotes T\d+\t.*", line)
            assert set(re.findall(r"\bT\d+\b", line.split("\t")[1])) <= set(entities)


def test_a_statement_is_tied_to_its_source_cue_and_what_it_attacks():
    entities, others = read(dumps(sample()), "en-ledger-01")
    marks = {text: mark for mark, (kind, text) in entities.items() if kind == "Statement"}
    reply, warning = marks["attackers already rent closed models through stolen accounts"], marks[
        "open weights give attackers the same tools as defenders"]
    assert any(line.endswith(f"\tAttacks Arg1:{reply} Arg2:{warning}") for line in others)
    (source,) = [line.split("Arg2:")[1] for line in others if f"SaidBy Arg1:{reply} " in line]
    assert entities[source] == ("Source", "Roth")
    assert any(line.endswith(f"\tStance {reply} for") for line in others)
    assert any(line.endswith(f"{reply}\tNadia Roth | Attackers already rent closed models through stolen accounts") for line in others)


def test_a_relation_between_articles_is_left_out():
    files = dumps(sample())
    relations = sum(len(re.findall(r"\t(?:Supports|Attacks) ", content)) for name, content in files.items() if name.endswith(".ann"))
    place = {s.id: s.article for s in sample().statements}
    assert relations == sum(place[e.origin_statement] == place[e.target_statement] for r in sample().relations for e in r.evidence)


def test_file_names_are_safe_and_unique():
    plain = sample()
    ids = ["../../etc/passwd", "a/b", "a b", "a_b", ".hidden"]
    names = dict(zip([article.id for article in plain.articles], ids))
    files = dumps(replace(plain, articles=tuple(replace(a, id=names[a.id]) for a in plain.articles),
                          statements=tuple(replace(s, article=names[s.article]) for s in plain.statements)))
    assert len(files) == 1 + 2 * len(plain.articles)
    assert all("/" not in name and not name.startswith(".") for name in files)
