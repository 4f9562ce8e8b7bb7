"""Maps against annotations: each measure on a text small enough to count by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap import agreement
from argmap.cli import main
from argmap.errors import ArgmapError
from argmap.evaluate import Evaluation, evaluate, overlap
from argmap.gold import from_map
from argmap.model import Article, DebateMap

#: What a perfect annotator of the sample map's article marks.
GOLD = {
    "id": "bridge-1", "lang": "en", "title": "The bridge",
    "actors": [{"id": "a1", "name": "Ms Ilieva", "kind": "person", "affiliation": None, "aliases": []},
               {"id": "a2", "name": "the port", "kind": "organisation", "affiliation": None, "aliases": ["Port of Varna"]}],
    "statements": [
        {"id": "g1", "voice": "attributed", "type": "indirect", "source": {"text": "Ms Ilieva"}, "cue": {"text": "said"},
         "content": [{"text": "a free bridge helps trade"}], "actor": "a1", "stance": "for", "claim": ""},
        {"id": "g2", "voice": "attributed", "type": "indirect", "source": {"text": "the port"}, "cue": {"text": "replied"},
         "content": [{"text": "repairs cost money"}], "actor": "a2", "stance": "against", "claim": ""}],
    "relations": [{"origin": "g2", "target": "g1", "kind": "attack", "signal": "But"}],
}


@pytest.fixture
def gold(tmp_path: Path):
    """Writes annotations and gives their folder."""
    def write(annotation: dict | None = None, *, annotator: str = "", text: str = "") -> Path:
        folder = tmp_path / "gold" / annotator
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bridge-1.json").write_text(json.dumps(annotation or GOLD))
        if text:
            (tmp_path / "gold" / "texts").mkdir(exist_ok=True)
            (tmp_path / "gold" / "texts" / "bridge-1.txt").write_text(text)
        return tmp_path / "gold"
    return write


def changed(**changes: object) -> dict:
    return json.loads(json.dumps(GOLD)) | changes


def values(found: Evaluation) -> dict[str, float]:
    return {name: figure.value for name, figure in found.figures.items()}


def test_a_perfect_map_gets_one_everywhere(gold, debate_map):
    assert set(values(evaluate(gold(), debate_map)).values()) == {1.0}


def test_an_empty_map_gets_nothing(gold, debate_map):
    empty = replace(debate_map, statements=(), claims=(), concepts=(), relations=())
    found = values(evaluate(gold(), empty))
    assert found["statement_f1"] == found["content_f1"] == found["actor_acc"] == found["relation_f1"] == 0


def test_a_statement_too_much_costs_precision_and_one_missing_recall(gold, debate_map):
    one = replace(debate_map, statements=debate_map.statements[:1], relations=())
    assert values(evaluate(gold(), one))["statement_f1"] == pytest.approx(2 / 3)
    annotation = changed(statements=GOLD["statements"][:1], relations=[])
    assert values(evaluate(gold(annotation), debate_map))["statement_f1"] == pytest.approx(2 / 3)


def test_half_of_the_words_is_a_statement_but_no_exact_one(gold, debate_map):
    article = debate_map.articles[0]
    first = replace(debate_map.statements[0], content=(article.span(0, 40),))  # 8 words, of which 5 are marked
    found = values(evaluate(gold(), replace(debate_map, statements=(first, debate_map.statements[1]))))
    assert found["statement_f1"] == 1 and found["statement80_f1"] == 0.5


def test_marks_and_spaces_never_count(gold, debate_map):
    article = debate_map.articles[0]
    second = replace(debate_map.statements[1], content=(article.span(45, 65),))
    assert second.content[0].text == "repairs cost money,"
    assert values(evaluate(gold(), replace(debate_map, statements=(debate_map.statements[0], second))))["statement80_f1"] == 1


def test_the_stance_of_matched_statements_counts(gold, debate_map):
    first, second = debate_map.statements
    found = values(evaluate(gold(), replace(debate_map, statements=(first, replace(second, stance="for")))))
    assert found["stance_side_f1"] == pytest.approx((2 / 3 + 0) / 2)


@pytest.mark.parametrize(("kind", "turned", "relation", "pair"), [
    ("attack", False, 1, 1), ("support", False, 0, 1), ("attack", True, 0, 1),
])
def test_a_relation_needs_its_sign_and_direction_a_pair_does_not(gold, debate_map, kind, turned, relation, pair):
    (found,) = debate_map.relations
    (evidence,) = found.evidence
    if turned:
        evidence = replace(evidence, origin_statement=evidence.target_statement, target_statement=evidence.origin_statement)
    other = replace(debate_map, relations=(replace(found, kind=kind, evidence=(evidence,)),))
    scores = values(evaluate(gold(), other))
    assert (scores["relation_f1"], scores["pair_f1"]) == (relation, pair)


@pytest.mark.parametrize(("name", "aliases", "right"), [
    ("Ilieva", (), 1.0),                     # a surname
    ("Minister Ms Ilieva of Varna", (), 1.0),  # titles around
    ("Ms Petrova", (), 0.5),                 # somebody else
    ("Somebody", ("ms ilieva",), 1.0),       # an alias
    ("Ilieva", ("Port of Varna",), 0.5),     # two in one: neither
])
def test_an_actor_is_right_if_a_name_fits_and_fits_one_only(gold, debate_map, name, aliases, right):
    actors = (replace(debate_map.actors[0], name=name, aliases=aliases), debate_map.actors[1])
    assert values(evaluate(gold(), replace(debate_map, actors=actors)))["actor_acc"] == right


def test_initials_name_an_organisation(gold, debate_map):
    annotation = changed(actors=[GOLD["actors"][0], {**GOLD["actors"][1], "name": "Free Trade Port", "aliases": []}])
    actors = (debate_map.actors[0], replace(debate_map.actors[1], name="FTP"))
    assert values(evaluate(gold(annotation), replace(debate_map, actors=actors)))["actor_acc"] == 1


def test_an_unnamed_speaker_is_not_asked_for(gold, debate_map):
    annotation = changed(actors=[GOLD["actors"][0], {**GOLD["actors"][1], "name": "unnamed official", "aliases": []}])
    actors = (debate_map.actors[0], replace(debate_map.actors[1], name="Nobody"))
    assert values(evaluate(gold(annotation), replace(debate_map, actors=actors)))["actor_acc"] == 1


def test_an_article_is_found_by_its_text_and_aligned_word_by_word(gold, debate_map):
    text = "The bridge\n\n" + debate_map.articles[0].text
    folder = gold(text=debate_map.articles[0].text)
    shift = len("The bridge\n\n")
    article = Article("other-name", text, language="en")

    def move(span):
        return None if span is None else article.span(span.start + shift, span.end + shift)

    statements = tuple(replace(one, article=article.id, content=tuple(map(move, one.content)), source=move(one.source), cue=move(one.cue))
                       for one in debate_map.statements)
    moved = replace(debate_map, articles=(article,), statements=statements, attributions=(), mentions=())
    assert values(evaluate(folder, moved))["statement80_f1"] == 1


def test_an_article_that_the_map_lacks_counts_as_not_found(gold, debate_map):
    folder = gold(text=debate_map.articles[0].text)
    found = evaluate(folder, DebateMap(debate_map.debate))
    assert found.missing == ("bridge-1",) and values(found)["statement_f1"] == 0


def test_attributions_can_be_scored_by_themselves(gold, debate_map):
    found = values(evaluate(gold(), debate_map, attributions=True))
    assert found["attributed_f1"] == found["actor_acc"] == 1
    assert not {"stance_f1", "relation_f1", "pair_f1", "alpha_stance"} & set(found), "attributions have no sides and no relations"
    readings = from_map(debate_map, {"bridge-1": debate_map.articles[0].text}, attributions=True)
    assert not readings["bridge-1"].relations


def test_two_annotators_are_averaged_and_show_the_ceiling(gold, debate_map):
    gold(annotator="A")
    folder = gold(changed(statements=GOLD["statements"][:1], relations=[]), annotator="B")
    found = evaluate(folder, debate_map)
    assert values(found)["statement_f1"] == pytest.approx((1 + 2 / 3) / 2)
    assert found.agreement is not None and found.agreement["statement_f1"] == pytest.approx(2 / 3)


def test_one_annotator_gives_no_ceiling(gold, debate_map):
    assert evaluate(gold(), debate_map).agreement is None


def test_alphas_take_away_what_chance_gives(gold, debate_map):
    pytest.importorskip("krippendorff")
    first, second = debate_map.statements
    found = values(evaluate(gold(), replace(debate_map, statements=(first, replace(second, stance="for")), relations=())))
    # stances for-for and against-for: three of one value, one of the other; one of two pairs differs
    assert found["alpha_stance"] == pytest.approx(1 - (2 / 4) / (2 * 3 * 1 / (4 * 3)))
    # of the two ordered pairs one is an attack by the one, nothing by the other
    assert found["alpha_relation"] == pytest.approx(1 - (2 / 4) / (2 * 3 * 1 / (4 * 3)))
    assert found["alpha_words"] == 1


def test_words_that_only_one_has_in_a_statement_lower_alpha(gold, debate_map):
    pytest.importorskip("krippendorff")
    one = replace(debate_map, statements=debate_map.statements[:1], relations=())
    # of 15 words both have 5, and the annotator 3 more
    assert values(evaluate(gold(), one))["alpha_words"] == pytest.approx(1 - (6 / 30) / (2 * 13 * 17 / (30 * 29)))


def test_annotators_have_alphas_against_each_other(gold, debate_map):
    pytest.importorskip("krippendorff")
    gold(annotator="A")
    folder = gold(changed(statements=[GOLD["statements"][0], {**GOLD["statements"][1], "stance": "for"}]), annotator="B")
    found = evaluate(folder, debate_map)
    assert found.agreement["alpha_stance"] == pytest.approx(0) and found.agreement["alpha_words"] == 1


def test_without_the_package_for_alpha_the_rest_is_there_and_the_remedy_named(gold, debate_map, tmp_path, monkeypatch):
    monkeypatch.setattr(agreement, "available", lambda: False)
    assert not [name for name in values(evaluate(gold(), debate_map)) if name.startswith("alpha")]
    debate_map.save(tmp_path / "map.json")
    result = CliRunner().invoke(main, ["evaluate", str(gold()), str(tmp_path / "map.json")])
    assert result.exit_code == 0 and "pip install 'argmap[agreement]'" in result.stderr


def test_the_same_maps_give_the_same_intervals(gold, debate_map):
    folder = gold()
    assert evaluate(folder, debate_map) == evaluate(folder, debate_map)


@pytest.mark.parametrize(("annotation", "message"), [
    (changed(statements=[{**GOLD["statements"][0], "content": [{"text": "no such words"}]}]), "not in the text: 'no such words'"),
    (changed(statements=[{**GOLD["statements"][0], "content": [{"text": "free", "n": 2}]}]), "not in the text: 'free'"),
    ({"id": "x"}, "KeyError"),
])
def test_a_malformed_annotation_is_named(gold, debate_map, annotation, message):
    with pytest.raises(ArgmapError, match=message) as error:
        evaluate(gold(annotation), debate_map)
    assert "bridge-1.json" in str(error.value)


def test_a_folder_without_annotations_is_refused(tmp_path, debate_map):
    with pytest.raises(ArgmapError, match="no annotations"):
        evaluate(tmp_path, debate_map)


def test_annotations_without_text_need_the_article_in_the_map(gold, debate_map):
    with pytest.raises(ArgmapError, match="not in the map"):
        evaluate(gold(), DebateMap(debate_map.debate))


def test_a_language_without_annotations_is_refused(gold, debate_map):
    with pytest.raises(ArgmapError, match="'it'"):
        evaluate(gold(), debate_map, language="it")


def test_overlap_of_nothing_is_nothing():
    assert overlap(frozenset(), frozenset()) == 0


def test_the_command_prints_a_table_or_json(gold, debate_map, tmp_path):
    debate_map.save(tmp_path / "map.json")
    args = ["evaluate", str(gold()), str(tmp_path / "map.json")]
    table = CliRunner().invoke(main, args)
    assert table.exit_code == 0 and "statement_f1" in table.stdout
    assert json.loads(CliRunner().invoke(main, [*args, "--json"]).stdout)["statement_f1"] == 1.0
    (tmp_path / "map.json").write_text("{}")
    assert CliRunner().invoke(main, args).exit_code == 1
