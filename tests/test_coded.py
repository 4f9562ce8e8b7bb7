"""Maps against hand coding: which documents and statements are the same, and each figure on coding small enough to count by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from argmap import agreement
from argmap.cli import main
from argmap.coded import evaluate
from argmap.coding import match_documents, units
from argmap.errors import ArgmapError, FormatError
from argmap.export import import_map, write
from argmap.model import AUTHOR, Actor, DebateMap
from argmap.sides import read_sides, with_sides
from tests.maps import sample


@pytest.fixture
def coding(tmp_path):
    """A map as a coder's file of some format, read again."""
    def made(debate_map, format="dna"):
        write(debate_map, tmp_path / f"coding-{format}", format=format)
        return import_map(tmp_path / f"coding-{format}", format=format)
    return made


def values(found):
    return {name: figure.value for name, figure in found.figures.items()}


def changed(debate_map: DebateMap, **changes) -> DebateMap:
    """The map with its article changed, its spans with it."""
    return replace(debate_map, articles=tuple(replace(article, **changes) for article in debate_map.articles))


def on_topic() -> DebateMap:
    """The sample map with the one statement that hardly bears on its motion made to, so that it counts."""
    return replace(sample(), statements=tuple(replace(statement, relevance=1.0) for statement in sample().statements))


class TestDocuments:
    def rule(self, coded, debate_map):
        found = match_documents(coded, debate_map)
        return dict(found.rules), [document.id for document in found.unmatched]

    def test_argmap_s_own_exports_keep_the_id(self, coding):
        assert set(self.rule(coding(sample()), sample())[0].values()) == {"id"}

    def test_an_id_alone_is_not_enough(self, coding):
        # DNA numbers the documents of every database from 1
        one = replace(sample(), articles=tuple(replace(a, id=f"document-{n}") for n, a in enumerate(sample().articles)), statements=(),
                      claims=(), concepts=(), relations=())
        other = replace(one, articles=tuple(replace(a, title=f"Another {n}", date="2020-01-01", text=f"Quite another text, number {n}.")
                                            for n, a in enumerate(one.articles)))
        assert self.rule(one, one)[0] and not self.rule(one, other)[0]

    def test_a_text_is_known_by_its_beginning_though_spaces_and_marks_differ(self, coding):
        debate_map = sample()
        other = replace(debate_map, articles=tuple(
            replace(article, id=f"document-{number}", title="", text=f"Printed on paper\n\n{article.text.replace(' ', '  ')}")
            for number, article in enumerate(debate_map.articles)), statements=(), claims=(), concepts=(), relations=())
        rules, unmatched = self.rule(other, debate_map)
        assert set(rules.values()) == {"text"} and not unmatched

    def test_a_title_needs_the_same_date_where_both_have_one(self, debate_map):
        coded = changed(debate_map, id="d", text="", title="THE BRIDGE!")
        coded = replace(coded, statements=(), claims=(), concepts=(), relations=(), attributions=(), mentions=())
        assert self.rule(coded, debate_map) == ({"d": "title"}, [])
        assert self.rule(changed(coded, date=""), debate_map) == ({"d": "title"}, [])
        assert self.rule(changed(coded, date="2020-01-01"), debate_map) == ({}, ["d"])

    def test_event_lists_without_texts_are_matched_by_the_words_of_their_statements(self, coding, debate_map):
        coded = coding(debate_map, "dna-csv")
        coded = replace(coded, articles=tuple(replace(a, id="document-1", title="") for a in coded.articles),
                        statements=tuple(replace(s, article="document-1") for s in coded.statements))
        assert self.rule(coded, debate_map) == ({"document-1": "statements"}, [])

    def test_a_title_that_several_have_matches_none_and_the_reason_says_so(self, debate_map):
        (article,) = debate_map.articles
        twice = replace(debate_map, articles=(article, replace(article, id="bridge-2")))
        coded = replace(DebateMap(debate_map.debate), articles=(replace(article, id="d", text=""),))
        found = match_documents(coded, twice)
        assert not found.articles and "could be any of bridge-1, bridge-2" in found.unmatched[0].reason

    def test_two_documents_never_share_an_article(self, debate_map):
        (article,) = debate_map.articles
        coded = replace(DebateMap(debate_map.debate), articles=(replace(article, id="d1", text=""), replace(article, id="d2", text="")))
        assert len(match_documents(coded, debate_map).unmatched) == 2


class TestStatements:
    def test_statements_of_another_edition_are_laid_onto_the_article(self, debate_map):
        (article,) = debate_map.articles
        other = DebateMap(debate_map.debate, (replace(article, text=f"BRIDGE NEWS. {article.text}"),))
        span = other.articles[0].span(28, 53)
        assert span.text == "a free bridge helps trade"
        other = replace(other, statements=(replace(debate_map.statements[0], content=(span,), actors=(), claim="", attribution=None,
                                                   source=None, cue=None),))
        texts = {"bridge-1": article.text}
        (mine,) = units(other, {"bridge-1": "bridge-1"}, texts)["bridge-1"]
        assert mine.words == units(debate_map, {"bridge-1": "bridge-1"}, texts)["bridge-1"][0].words == frozenset(range(3, 8))

    def test_words_that_are_not_in_the_article_are_lost_and_counted(self, coding, debate_map):
        (article,) = debate_map.articles
        cut = replace(debate_map, articles=(replace(article, text=article.text[:41]),), statements=debate_map.statements[:1],
                      attributions=debate_map.attributions[:1], claims=debate_map.claims[:1], relations=(), concepts=())
        found = evaluate(coding(debate_map), cut)
        assert (found.coded, len(found.lost)) == (2, 1)

    def test_lists_turn_names_round_but_companies_stay(self, debate_map):
        actors = (Actor("ilieva", "Ilieva, Maria", "person", "City, Ltd."), Actor("port", "Port, Inc.", "organisation"))
        first, second = units(replace(debate_map, actors=actors), {"bridge-1": "bridge-1"}, {"bridge-1": debate_map.articles[0].text})[
            "bridge-1"]
        assert first.speakers[0].names == {"maria ilieva", "ilieva maria"} and first.organisations == {"city ltd"}
        assert second.speakers[0].names == {"port inc"}


class TestFigures:
    def test_coding_equal_to_the_map_gets_one(self, coding):
        found = evaluate(coding(sample()), on_topic())
        exact = values(found)
        assert [exact[name] for name in ("recall", "precision", "one_to_one", "actor", "organisation", "alpha_actor")] == [1] * 6
        concept = next(one for one in found.codes if one.level == "concept")
        assert (concept.grouping.v, concept.rand) == (1, 1) and concept.codes == concept.groups

    def test_recall_misses_what_is_not_found_and_precision_what_is_not_coded(self, coding, debate_map):
        first, _ = debate_map.statements
        one = replace(debate_map, statements=(first,), claims=debate_map.claims[:1], concepts=debate_map.concepts[:1], relations=())
        assert (values(evaluate(coding(debate_map), one))["recall"], values(evaluate(coding(one), debate_map))["precision"]) == (0.5, 0.5)

    def test_a_coded_stretch_finds_all_propositions_in_it(self, debate_map, tmp_path):
        (article,) = debate_map.articles
        whole = replace(debate_map.statements[0], content=(article.span(0, len(article.text)),))
        coded = replace(debate_map, statements=(whole,), claims=debate_map.claims[:1], concepts=debate_map.concepts[:1], relations=(),
                        mentions=(), attributions=())
        found = evaluate(replace(coded, statements=(replace(whole, attribution=None),)), debate_map)
        assert (values(found)["recall"], values(found)["precision"]) == (1, 1) and values(found)["one_to_one"] < 1

    def test_speakers_count_by_name_and_more_coarsely_by_organisation(self, coding, debate_map):
        actors = (replace(debate_map.actors[0], affiliation="City"), replace(debate_map.actors[1], affiliation=None))
        known = replace(debate_map, actors=actors)
        other = replace(known, actors=(replace(actors[0], name="Mr Kolev", aliases=()), actors[1]))
        found = values(evaluate(coding(known), other))
        assert (found["actor"], found["organisation"]) == (0.5, 1)

    def test_the_author_coded_by_name_is_the_article_s_own_voice(self, coding, debate_map):
        own = replace(debate_map, statements=tuple(replace(s, voice="author", type="author", actors=(AUTHOR,), attribution=None)
                                                   for s in debate_map.statements))
        coded = coding(changed(own, author="Writer, Ann"))
        assert values(evaluate(coded, changed(own, author="Ann Writer")))["actor"] == 1

    def test_the_coding_s_own_sides_are_taken_where_it_has_them(self, coding, debate_map):
        first, second = debate_map.statements
        found = evaluate(coding(debate_map, "csv"), replace(debate_map, statements=(first, replace(second, stance="neutral"))))
        assert found.oriented == "coded"
        assert (values(found)["stance"], values(found)["side"], found.compared["side"]) == (0.5, 1, 1)

    def test_relations_count_where_they_are_coded(self, coding, debate_map):
        found = values(evaluate(coding(debate_map, "csv"), debate_map))
        assert (found["relation_f1"], found["pair_f1"], found["alpha_relation"]) == (1, 1, 1)
        (relation,) = debate_map.relations
        other = replace(debate_map, relations=(replace(relation, kind="support"),))
        found = values(evaluate(coding(debate_map, "csv"), other))
        assert (found["relation_f1"], found["pair_f1"]) == (0, 1)
        assert "relation_f1" not in values(evaluate(coding(debate_map), debate_map))  # DNA has none

    def test_given_sides_say_what_agreement_means(self, coding, debate_map, tmp_path):
        coded = coding(debate_map)
        (tmp_path / "sides.csv").write_text("concept;side\na free bridge helps trade;for\nrepairs cost money;for\n")
        found = evaluate(coded, debate_map, sides=read_sides(tmp_path / "sides.csv", coded))
        assert (found.oriented, values(found)["stance"]) == ("given", 1)  # who denies the second concept is against

    def test_a_concept_is_turned_by_its_other_statements_never_by_the_one_that_is_judged(self, coding):
        debate_map = sample()
        found = evaluate(coding(debate_map), debate_map)
        said = {}
        for claim in debate_map.claims:
            said.setdefault(claim.concept, []).extend(claim.statements)
        alone = sum(len(names) == 1 for names in said.values())
        assert found.oriented == "derived" and found.compared["stance"] <= len(debate_map.statements) - alone

    def test_the_text_of_an_event_list_changes_nothing(self, coding):
        assert values(evaluate(coding(sample()), sample())) == values(evaluate(coding(sample(), "dna-csv"), sample()))

    def test_without_krippendorff_the_rest_is_there(self, coding, monkeypatch):
        monkeypatch.setattr(agreement, "available", lambda: False)
        found = values(evaluate(coding(sample()), sample()))
        assert "recall" in found and not [name for name in found if name.startswith("alpha")]

    def test_two_coders_of_one_project_are_compared_on_concepts_and_agreement(self, coding, debate_map):
        first, second = debate_map.claims
        other = replace(debate_map, claims=(first, replace(second, polarity=1)))
        found = evaluate(coding(debate_map), coding(other))
        assert (values(found)["concept"], values(found)["agreement"]) == (1, 0.5)
        assert values(found)["alpha_agreement"] == pytest.approx(0) and values(found)["alpha_concept"] == 1
        assert "stance" not in values(found)
        renamed = replace(debate_map, concepts=(debate_map.concepts[0], replace(debate_map.concepts[1], text="tolls")))
        part = evaluate(coding(debate_map), coding(renamed))
        assert "agreement" in values(part) and part.compared["concept"] == 1

    def test_a_map_with_concepts_of_its_own_is_not_compared_on_them(self, coding, debate_map):
        own = replace(debate_map, concepts=tuple(replace(concept, text=f"{concept.text} in general") for concept in debate_map.concepts))
        assert not {"concept", "agreement"} & set(values(evaluate(coding(debate_map), own)))

    def test_coding_of_other_articles_says_how_they_are_matched(self, coding, debate_map):
        with pytest.raises(ArgmapError, match="matched by id, text, title with date"):
            evaluate(coding(sample()), debate_map)


@pytest.mark.parametrize(("content", "message"), [
    ("concept,side\nno such concept,for\n", "no concept 'no such concept'"),
    ("concept,side\nrepairs cost money,pro\n", "side 'pro' is none of for, against, neutral"),
    ("concept\nrepairs cost money\n", "columns concept and side"),
])
def test_a_table_of_sides_that_cannot_be_used_says_why(coding, debate_map, tmp_path, content, message):
    (tmp_path / "sides.csv").write_text(content)
    with pytest.raises(FormatError, match=message):
        read_sides(tmp_path / "sides.csv", coding(debate_map))


def test_coding_with_sides_has_claims_and_statements_on_them(coding, debate_map, tmp_path):
    coded = coding(debate_map)
    assert {claim.stance for claim in coded.claims} == {"neutral"}
    (tmp_path / "sides.csv").write_text("concept,side\na free bridge helps trade,for\nrepairs cost money,for\n")
    found = with_sides(coded, read_sides(tmp_path / "sides.csv", coded))
    assert {(claim.polarity, claim.stance) for claim in found.claims} == {(1, "for"), (-1, "against")}
    assert sorted(statement.stance for statement in found.statements) == ["against", "for"]
    assert with_sides(coded, {}) == coded


class TestCommand:
    @pytest.fixture
    def run(self, tmp_path):
        sample().save(tmp_path / "m.json")
        return lambda *args: CliRunner().invoke(main, ["evaluate", *map(str, args), str(tmp_path / "m.json")])

    @pytest.mark.parametrize("suffix", [".dna", ".csv", ".json", ""])
    def test_gold_may_be_coding_or_a_corrected_map(self, run, tmp_path, suffix):
        target = tmp_path / f"gold{suffix}"
        write(sample(), target, format={"": "csv", ".csv": "dna-csv"}.get(suffix))
        result = run(target)
        assert result.exit_code == 0, result.output
        assert "5 documents (matched 5 by id)" in result.stdout and "same speaker" in result.stdout

    def test_documents_that_the_map_lacks_are_named(self, run, tmp_path, debate_map):
        both = replace(sample(), articles=(*sample().articles, *debate_map.articles))
        write(both, tmp_path / "gold.dna")
        result = run(tmp_path / "gold.dna")
        assert "not in the map: The bridge: no article of that title" in result.stderr

    def test_json_holds_all_figures(self, run, tmp_path):
        write(sample(), tmp_path / "gold.dna")
        plain = json.loads(run("--json", tmp_path / "gold.dna").stdout)
        assert plain["recall"] == 0.96 and plain["codes"]["concept"]["v"] == 1 and plain["unmatched"] == []

    def test_sides_can_be_given_on_import_and_evaluation(self, run, tmp_path):
        write(sample(), tmp_path / "gold.dna")
        concepts = [concept.text for concept in import_map(tmp_path / "gold.dna").concepts]
        (tmp_path / "sides.csv").write_text("concept;side\n" + "".join(f'"{text}";for\n' for text in concepts), encoding="utf-8")
        assert "Sides of concepts are those given" in run(tmp_path / "gold.dna", "--sides", tmp_path / "sides.csv").stdout
        result = CliRunner().invoke(main, ["import", str(tmp_path / "gold.dna"), "--sides", str(tmp_path / "sides.csv"),
                                           "-o", str(tmp_path / "with.json")])
        assert result.exit_code == 0, result.output
        assert {claim.stance for claim in import_map(tmp_path / "with.json").claims} == {"for", "against"}

    def test_formats_without_places_are_refused(self, run, tmp_path):
        write(sample(), tmp_path / "gold.txt", format="kialo")
        result = run(tmp_path / "gold.txt")
        assert result.exit_code == 1 and "does not keep where" in result.stderr
