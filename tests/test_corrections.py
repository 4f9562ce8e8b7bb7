"""Corrections of a hand-made map: what each does, what follows from it, and what is found again when ids have changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from argmap.corrections import Reference, apply
from argmap.corrections.find import spans
from argmap.export.validate import problems
from argmap.model import AUTHOR, Article, Span
from tests.corrected import correction, of_actor, of_claim, of_statement
from tests.maps import sample


@pytest.fixture(scope="module")
def the_map():
    return sample()


@pytest.fixture
def by_id(the_map):
    """The items of the map by id."""
    return {item.id: item for items in (the_map.actors, the_map.statements, the_map.claims) for item in items}


@pytest.fixture
def refer(the_map, by_id):
    """What a correction says of an item of the map."""
    def made(name):
        item = by_id[name]
        if item in the_map.actors:
            return of_actor(item)
        return of_statement(item) if item in the_map.statements else of_claim(the_map, item)

    return made


def corrected(debate_map, *entries):
    """The corrected map by id, after making sure that all applied and that it is valid."""
    found = apply(debate_map, entries)
    assert [str(outcome) for outcome in found.left] == []
    assert problems(json.loads(found.map.to_json())) == []
    return found.map


def item(debate_map, name):
    return next(one for items in (debate_map.actors, debate_map.statements, debate_map.claims, debate_map.concepts) for one in items
                if one.id == name)


def relations(debate_map):
    return {(one.origin, one.target): one for one in debate_map.relations}


def reasons(debate_map, *entries):
    return [outcome.reason for outcome in apply(debate_map, entries).left]


class TestActors:
    def test_merged_actors_are_one_everywhere(self, the_map, refer):
        found = corrected(the_map, correction("merge-actors", actor=refer("ilse-brandner"), into=refer("chiara-valenti")))
        kept = item(found, "chiara-valenti")
        assert kept.aliases == ("Valenti", "Ilse Brandner") and kept.human == ("merged",)
        assert "ilse-brandner" not in found.to_json()
        assert item(found, "s10").actors == ("chiara-valenti",)
        assert {mention.actor for mention in found.mentions if mention.span.text == "Ilse Brandner"} == {"chiara-valenti"}
        assert [(merge.name, merge.rule, merge.article) for merge in found.merges] == [("Ilse Brandner", "human", "en-courier-02")]

    def test_an_organisation_that_is_merged_or_renamed_is_respelt_where_it_is_an_affiliation(self, the_map, refer):
        merged = corrected(the_map, correction("merge-actors", actor=refer("meridian-labs"), into=refer("imprese-digitali")))
        renamed = corrected(the_map, correction("rename-actor", actor=refer("meridian-labs"), name="Meridian"))
        assert item(merged, "jonas-wedel").affiliation == "Associazione Imprese Digitali"
        assert item(renamed, "jonas-wedel").affiliation == "Meridian"

    def test_actors_merge_in_chains(self, the_map, refer):
        found = corrected(the_map, correction("merge-actors", actor=refer("jonas-wedel"), into=refer("nadia-roth")),
                          correction("merge-actors", actor=refer("ilse-brandner"), into=refer("jonas-wedel")))
        assert item(found, "s10").actors == item(found, "s3").actors == ("nadia-roth",)

    def test_a_renamed_actor_keeps_its_old_name_as_another(self, the_map, refer):
        found = item(corrected(the_map, correction("rename-actor", actor=refer("jonas-wedel"), name="J. Wedel")), "jonas-wedel")
        assert (found.name, found.aliases, found.human) == ("J. Wedel", ("Wedel", "Jonas Wedel"), ("name",))

    @pytest.mark.parametrize("values", [{"articles": ("en-ledger-03",)}, {"statements": (Reference("s23"),)}], ids=["article", "statement"])
    def test_part_of_an_actor_becomes_another(self, the_map, refer, values):
        found = corrected(the_map, correction("split-actor", actor=refer("nadia-roth"), name="Peter Roth", **values))
        assert item(found, "s23").actors == ("peter-roth",) and item(found, "s1").actors == ("nadia-roth",)
        assert (item(found, "peter-roth").name, item(found, "peter-roth").kind) == ("Peter Roth", "person")

    def test_an_actor_is_split_by_the_forms_that_name_it(self, the_map, refer):
        found = corrected(the_map, correction("split-actor", actor=refer("nadia-roth"), name="Roth & Sons", kind="organisation", forms=("Roth",)))
        assert item(found, "s6").actors == item(found, "s23").actors == ("roth-sons",)
        assert item(found, "s1").actors == ("nadia-roth",)
        assert item(found, "nadia-roth").aliases == () and item(found, "roth-sons").aliases == ("Roth",)

    def test_kind_affiliation_and_other_names_are_set(self, the_map, refer):
        actor = refer("consorzio-aperto")
        found = item(corrected(the_map, correction("set-kind", actor=actor, kind="group"), correction("set-aliases", actor=actor, aliases=("CA",)),
                               correction("set-affiliation", actor=actor, affiliation="Alder Institute")), "consorzio-aperto")
        assert (found.kind, found.aliases, found.affiliation) == ("group", ("CA",), "Alder Institute")
        assert found.human == ("affiliation", "aliases", "kind")

    def test_a_rejection_takes_no_actor_that_only_goes_by_that_name_too(self, the_map):
        first, second, *rest = the_map.actors
        named = replace(the_map, actors=(replace(first, aliases=()), replace(second, aliases=(first.name,)), *rest))
        without = apply(named, [correction("reject-actor", actor=Reference("", first.name))]).map
        again = replace(without, corrections={})
        assert reasons(again, correction("reject-actor", actor=Reference("", first.name))) == [f"no actor is called {first.name!r}"]
        assert second.id in {actor.id for actor in without.actors}

    def test_a_rejected_actor_leaves_its_statements_without_a_speaker(self, the_map, refer):
        found = corrected(the_map, correction("reject-actor", actor=refer("draft")))
        assert item(found, "s21").actors == () and all(actor.id != "draft" for actor in found.actors)

    def test_speakers_are_set_to_new_actors_and_to_the_article_itself(self, the_map, refer):
        found = corrected(the_map, correction("set-speakers", statement=refer("s18"), actors=(Reference(name="Court of Auditors"),)),
                          correction("set-speakers", statement=refer("s2"), actors=(Reference(AUTHOR),)),
                          correction("set-speakers", statement=refer("s11"), actors=(refer("ilse-brandner"),)),
                          correction("add-actor", name="Court of Auditors", kind="government"))
        assert item(found, "s18").actors == ("court-of-auditors",) and item(found, "court-of-auditors").human == ("added",)
        assert (item(found, "s2").voice, item(found, "s2").type, item(found, "s2").source) == ("author", "author", None)
        assert (item(found, "s11").voice, item(found, "s11").type, item(found, "s11").actors) == ("attributed", "indirect", ("ilse-brandner",))


class TestStatements:
    def test_the_stance_of_a_statement_flows_to_its_claim_and_its_other_statements(self, the_map, refer):
        found = corrected(the_map, correction("set-stance", statement=refer("s3"), stance="for"))
        assert item(found, "c03").stance == item(found, "s3").stance == item(found, "s22").stance == "for"
        assert item(found, "s3").human == item(found, "c03").human == ("stance",) and item(found, "s22").human == ()

    def test_the_only_statement_put_in_between_takes_its_claim_along(self, the_map, refer):
        assert item(corrected(the_map, correction("set-stance", statement=refer("s2"), stance="neutral")), "c02").stance == "neutral"

    def test_the_stance_of_a_claim_is_that_of_all_its_statements(self, the_map, refer):
        found = corrected(the_map, correction("set-stance", claim=refer("c05"), stance="neutral"))
        assert {item(found, name).stance for name in ("c05", "s5", "s14")} == {"neutral"}

    def test_what_repeats_a_statement_takes_its_side(self, the_map, refer):
        again = replace(the_map, statements=tuple(replace(one, repeats="s1", stance="for") if one.id == "s12" else one
                                                  for one in the_map.statements))
        found = corrected(again, correction("set-stance", statement=refer("s1"), stance="neutral"))
        assert item(found, "s12").stance == item(found, "c01").stance == "neutral"

    def test_with_its_last_statement_a_claim_goes_with_all_that_hangs_on_it(self, the_map, refer):
        found = corrected(the_map, correction("reject-statement", statement=refer("s15")))
        assert all(claim.id != "c15" for claim in found.claims) and all(concept.id != "k15" for concept in found.concepts)
        assert not any("c15" in pair for pair in relations(found))

    def test_with_one_of_its_statements_a_claim_loses_what_was_read_from_it(self, the_map, refer):
        found = corrected(the_map, correction("reject-statement", statement=refer("s3")))
        assert item(found, "c03").statements == ("s22",) and "published model" in item(found, "c03").text
        assert ("c04", "c03") not in relations(found) and ("c03", "c21") in relations(found)
        assert item(found, "k03").text == "Once the weights are out, no one can take them back"

    def test_the_next_with_the_same_words_stands_for_a_rejected_statement(self, the_map, refer):
        again = replace(the_map, statements=tuple(replace(one, repeats="s1") if one.id == "s12" else one for one in the_map.statements))
        assert item(corrected(again, correction("reject-statement", statement=refer("s1"))), "s12").repeats is None

    def test_an_added_statement_stands_where_its_words_do(self, the_map, refer):
        words = "Between publishing everything and publishing nothing there is a long shelf of options"
        found = corrected(the_map, correction("add-statement", article="en-ledger-03", quotation=words, actors=(Reference(AUTHOR),),
                                              stance="against", topic="regulation"))
        new = next(one for one in found.statements if one.human)
        claim = item(found, new.claim)
        assert (new.text, new.voice, new.stance, new.relevance, new.human) == (words, "author", "against", 1.0, ("added", "stance"))
        assert (claim.text, claim.stance, claim.topic, claim.language) == (words, "against", "regulation", "en")
        assert item(found, claim.concept).claims == (claim.id,)

    def test_an_added_statement_may_make_a_claim_that_is_there(self, the_map, refer):
        found = corrected(the_map, correction("add-statement", article="it-gazzetta-01", quotation="il dibattito è acceso da mesi",
                                              actors=(refer("chiara-valenti"),), claim=refer("c11")))
        new = next(one for one in found.statements if one.human)
        assert item(found, "c11").statements == ("s11", new.id) and new.voice == "attributed" and new.stance == "neutral"

    def test_an_added_statement_that_the_program_has_found_since_is_that_one(self, the_map):
        found = corrected(the_map, correction("add-statement", article="en-courier-02", stance="against", actors=(Reference(name="Ilse Brandner"),),
                                              quotation="“Four in five  members built their product on an open model.”"))
        assert len(found.statements) == len(the_map.statements)
        assert (item(found, "s8").stance, item(found, "s8").actors, item(found, "c08").stance) == ("against", ("ilse-brandner",), "against")


class TestClaims:
    def test_merged_claims_are_one_with_all_relations(self, the_map, refer):
        found = corrected(the_map, correction("merge-claims", claim=refer("c04"), into=refer("c03")))
        assert item(found, "c03").statements == ("s3", "s22", "s4") and item(found, "c03").human == ("merged",)
        assert {name for pair in relations(found) for name in pair}.isdisjoint({"c04"})
        assert ("c03", "c03") not in relations(found)

    def test_relations_that_come_to_join_the_same_claims_are_one(self, the_map, refer):
        found = corrected(the_map, correction("merge-claims", claim=refer("c15"), into=refer("c01")))
        assert ("c01", "c05") in relations(found) and ("c16", "c01") in relations(found)
        both = corrected(the_map, correction("merge-claims", claim=refer("c24"), into=refer("c06")))
        joined = relations(both)["c06", "c05"]
        assert [piece.origin_statement for piece in joined.evidence] == ["s24", "s6"] or len(joined.evidence) == 2
        assert joined.confidence > 0.83

    def test_what_denies_a_merged_claim_denies_what_it_is_now(self, the_map, refer):
        found = corrected(the_map, correction("merge-claims", claim=refer("c09"), into=refer("c20")))
        assert item(found, "c10").concept == item(found, "c20").concept == "k20"
        assert (item(found, "c10").polarity, item(found, "c20").polarity) == (-1, 1)
        assert item(found, "k20").claims == ("c20", "c10") and all(concept.id != "k09" for concept in found.concepts)

    def test_opposed_claims_that_are_one_keep_their_concept(self, the_map, refer):
        found = corrected(the_map, correction("merge-claims", claim=refer("c24"), into=refer("c05")))
        assert item(found, "k05").claims == ("c05",) and item(found, "c05").stance == "against"
        assert item(found, "s24").stance == "against"

    def test_a_split_claim_takes_what_was_read_from_its_statements(self, the_map, refer):
        found = corrected(the_map, correction("split-claim", statements=(refer("s12"),), text="Chiunque può controllare un modello aperto"))
        new = next(claim for claim in found.claims if claim.human == ("split", "text"))
        assert (new.statements, new.stance, new.topic) == (("s12",), "for", "transparency")
        assert item(found, "c01").statements == ("s1",) and item(found, "s12").claim == new.id and item(found, "s12").human == ("claim",)
        assert {("c13", new.id), (new.id, "c15"), ("c02", "c01")} <= relations(found).keys()
        assert item(found, new.concept).claims == (new.id,)

    def test_a_claim_that_loses_the_statement_it_reads_as_reads_as_another(self, the_map, refer):
        found = corrected(the_map, correction("split-claim", statements=(refer("s3"),)))
        assert item(found, "c03").text.startswith("A published model cannot be recalled")

    def test_a_statement_moves_to_another_claim_and_takes_its_relations_along(self, the_map, refer):
        found = corrected(the_map, correction("move-statement", statement=refer("s22"), claim=refer("c21")))
        assert item(found, "c21").statements == ("s21", "s22") and ("c03", "c21") not in relations(found)

    def test_text_and_topic_are_set_and_the_concept_is_named_anew(self, the_map, refer):
        found = corrected(the_map, correction("edit-claim", claim=refer("c07"), text="Open models help start-ups"),
                          correction("set-topic", claim=refer("c07"), topic="sovereignty"))
        assert (item(found, "c07").text, item(found, "c07").topic, item(found, "c07").human) == (
            "Open models help start-ups", "sovereignty", ("text", "topic"))
        assert item(found, "k07").text == "Open models help start-ups"

    def test_a_topic_that_the_map_does_not_have_is_named(self, the_map, refer):
        assert reasons(the_map, correction("set-topic", claim=refer("c07"), topic="sport")) == [
            "there is no topic 'sport': the map has transparency, safety, competition, sovereignty, regulation"]


class TestRelations:
    def test_relations_are_rejected_flipped_and_reversed(self, the_map, refer):
        found = relations(corrected(
            the_map, correction("reject-relation", origin=refer("c02"), target=refer("c01")),
            correction("flip-relation", origin=refer("c23"), target=refer("c21"), kind="support"),
            correction("reverse-relation", origin=refer("c18"), target=refer("c17"))))
        assert ("c02", "c01") not in found and ("c18", "c17") not in found
        flipped, turned = found["c23", "c21"], found["c17", "c18"]
        assert (flipped.kind, flipped.rule, flipped.confidence, flipped.human) == ("support", "human", 1.0, ("kind",))
        assert (turned.kind, turned.human) == ("support", ("direction",))
        assert [(piece.origin_statement, piece.target_statement) for piece in turned.evidence] == [("s17", "s18")]

    def test_an_added_relation_is_shown_by_the_quoted_statements(self, the_map, refer, by_id):
        target = replace(of_statement(by_id["s14"]), id="c05")
        found = relations(corrected(the_map, correction("add-relation", origin=refer("c08"), target=target, kind="attack")))["c08", "c05"]
        assert (found.kind, found.confidence, found.human) == ("attack", 1.0, ("added",))
        assert [(piece.article, piece.origin_statement, piece.target_statement) for piece in found.evidence] == [("en-courier-02", "s8", "s14")]

    def test_a_relation_that_is_there_is_confirmed_by_adding_it(self, the_map, refer):
        found = relations(corrected(the_map, correction("add-relation", origin=refer("c02"), target=refer("c01"), kind="support")))["c02", "c01"]
        assert found.human == ("added",) and len(found.evidence) == 1

    def test_what_cannot_be_is_said(self, the_map, refer):
        assert reasons(the_map, correction("reject-relation", origin=refer("c01"), target=refer("c02")),
                       correction("add-relation", origin=refer("c01"), target=refer("c01"), kind="attack")) == [
            "there is no such relation", "both ends are one claim"]

    def test_a_relation_may_lead_to_a_claim_that_another_correction_makes(self, the_map, refer):
        words = "The argument over open models reached parliament on Tuesday"
        found = corrected(the_map, correction("add-relation", origin=Reference(article="en-ledger-01", quotation=words), target=refer("c01"),
                                              kind="support"),
                          correction("add-statement", article="en-ledger-01", quotation=words, actors=(Reference(AUTHOR),)))
        assert any(one.human == ("added",) and one.target == "c01" for one in found.relations)


class TestTwoThatDisagree:
    def test_the_one_further_down_counts_and_the_other_is_listed(self, the_map, refer):
        entries = [correction("set-stance", statement=refer("s2"), stance=stance) for stance in ("against", "neutral")]
        for order in (entries, entries[::-1]):
            found = apply(the_map, order)
            assert item(found.map, "s2").stance == order[-1].values["stance"]
            assert [outcome.correction for outcome in found.left] == [order[0]]
            assert "further down" in found.left[0].reason

    def test_a_relation_both_added_and_rejected(self, the_map, refer):
        add = correction("add-relation", origin=refer("c02"), target=refer("c01"), kind="attack")
        reject = correction("reject-relation", origin=refer("c02"), target=refer("c01"))
        assert ("c02", "c01") not in relations(apply(the_map, [add, reject]).map)
        assert relations(apply(the_map, [reject, add]).map)["c02", "c01"].kind == "attack"


def rerun(debate_map, prefix="Updated on Monday. "):
    """The map as a later run might give it: one article has a line on top, all ids but known actors' are others."""
    first = debate_map.articles[0].id

    def shifted(article, span):
        return span if span is None or article != first else Span(span.start + len(prefix), span.end + len(prefix), span.text)

    def renamed(names):
        return tuple(f"{name}-2" for name in names)

    return replace(
        debate_map, articles=tuple(replace(one, text=prefix + one.text) if one.id == first else one for one in debate_map.articles),
        attributions=(),
        actors=tuple(replace(one, id=f"{one.id}-2") for one in debate_map.actors),
        mentions=tuple(replace(one, actor=f"{one.actor}-2", span=shifted(one.article, one.span)) for one in debate_map.mentions),
        statements=tuple(replace(one, id=f"{one.id}-2", claim=f"{one.claim}-2", attribution=None, source=shifted(one.article, one.source),
                                 cue=shifted(one.article, one.cue), content=tuple(shifted(one.article, span) for span in one.content),
                                 actors=tuple(name if name == AUTHOR else f"{name}-2" for name in one.actors)) for one in debate_map.statements),
        claims=tuple(replace(one, id=f"{one.id}-2", concept=f"{one.concept}-2", statements=renamed(one.statements)) for one in debate_map.claims),
        concepts=tuple(replace(one, id=f"{one.id}-2", claims=renamed(one.claims)) for one in debate_map.concepts),
        relations=tuple(replace(one, origin=f"{one.origin}-2", target=f"{one.target}-2", evidence=tuple(
            replace(piece, origin_statement=f"{piece.origin_statement}-2", target_statement=f"{piece.target_statement}-2",
                    signal=shifted(piece.article, piece.signal)) for piece in one.evidence)) for one in debate_map.relations))


class TestFoundAgain:
    def test_all_is_found_again_when_every_id_has_changed(self, the_map, refer):
        entries = [
            correction("merge-actors", actor=refer("ilse-brandner"), into=refer("chiara-valenti")),
            correction("rename-actor", actor=refer("jonas-wedel"), name="J. Wedel"),
            correction("split-actor", actor=refer("nadia-roth"), name="Peter Roth", statements=(refer("s23"),)),
            correction("set-stance", statement=refer("s3"), stance="for"),
            correction("set-speakers", statement=refer("s18"), actors=(refer("draft"),)),
            correction("reject-statement", statement=refer("s15")),
            correction("merge-claims", claim=refer("c04"), into=refer("c06")),
            correction("split-claim", claim=refer("c01"), statements=(refer("s12"),), text="Split"),
            correction("edit-claim", claim=refer("c07"), text="Edited"),
            correction("flip-relation", origin=refer("c23"), target=refer("c21"), kind="support"),
            correction("add-relation", origin=refer("c08"), target=refer("c05"), kind="attack"),
        ]
        after = corrected(rerun(the_map), *entries)
        before = corrected(the_map, *entries)
        texts = {side: {claim.text for claim in before.claims if claim.stance == side} for side in ("for", "against", "neutral")}
        assert {side: {claim.text for claim in after.claims if claim.stance == side} for side in texts} == texts
        assert sorted(actor.name for actor in after.actors) == sorted(actor.name for actor in before.actors)
        assert len(after.relations) == len(before.relations)

    def test_a_statement_that_is_cut_elsewhere_is_found_by_its_place(self, the_map, refer, by_id):
        article = the_map.articles[0]
        old = by_id["s3"].content[0]
        shorter = article.span(old.start + len("Once "), old.end)
        cut = replace(the_map, statements=tuple(replace(one, id="new", content=(shorter,)) if one.id == "s3" else one for one in the_map.statements),
                      claims=tuple(replace(one, statements=("new", "s22")) if one.id == "c03" else one for one in the_map.claims),
                      relations=())
        said = correction("set-stance", statement=refer("s3"), stance="for")
        assert item(corrected(cut, said), "new").stance == "for"
        assert apply(cut, [said]).outcomes[0].instead == (shorter.text,)
        assert apply(the_map, [said]).outcomes[0].instead == ()

    def test_a_rejection_does_not_take_what_shares_only_part_of_the_place(self, the_map, refer, by_id):
        article = the_map.articles[0]
        half = article.span(by_id["s2"].content[0].start + 20, by_id["s2"].content[0].end)
        cut = replace(the_map, relations=(), claims=tuple(replace(one, statements=("new",)) if one.id == "c02" else one for one in the_map.claims),
                      statements=tuple(replace(one, id="new", content=(half,)) if one.id == "s2" else one for one in the_map.statements))
        assert reasons(cut, correction("reject-statement", statement=refer("s2"))) == [
            "no statement is made of these words of article 'en-ledger-01' any more"]
        assert item(corrected(cut, correction("set-stance", statement=refer("s2"), stance="neutral")), "new").stance == "neutral"

    def test_a_statement_whose_article_was_edited_is_found_by_its_words(self, the_map, refer):
        changed = rerun(the_map)
        text = changed.articles[0].text.replace("no one can take them back", "none can take them back")
        # "no one" became "none": three characters fewer from there on
        moved = text.index("none can take them back")

        def at(span):
            return span if span is None or span.start < moved else Span(span.start - 2, span.end - 2, span.text)

        words = "Once the weights are out, none can take them back"
        start = text.index(words)
        statements = tuple(
            one if one.article != changed.articles[0].id else
            replace(one, content=(Span(start, start + len(words), words),), source=None, cue=None) if one.id == "s3-2" else
            replace(one, content=tuple(map(at, one.content)), source=None, cue=None) for one in changed.statements)
        edited = replace(changed, articles=(replace(changed.articles[0], text=text), *changed.articles[1:]), statements=statements, mentions=(),
                         relations=())
        assert item(corrected(edited, correction("set-stance", statement=refer("s3"), stance="for")), "s3-2").stance == "for"

    def test_an_id_that_now_stands_for_other_words_is_not_believed(self, the_map, refer, by_id):
        wrong = replace(of_statement(by_id["s2"]), id="s3")
        found = corrected(the_map, correction("set-stance", statement=wrong, stance="against"))
        assert item(found, "s2").stance == "against" and item(found, "s3").human == ()

    @pytest.mark.parametrize(("asked", "reason"), [
        (Reference("s99"), "there is no statement 's99'"),
        (Reference("s99", article="en-ledger-01", quotation="never said"), "these words are not in article 'en-ledger-01' any more"),
        (Reference("s99", article="en-ledger-01", quotation="The argument over open models reached parliament"),
         "no statement is made of these words of article 'en-ledger-01' any more"),
        (Reference("s99", article="gone", quotation="never said"), "there is no article 'gone'"),
    ])
    def test_what_is_not_found_is_listed_with_the_reason(self, the_map, asked, reason):
        assert reasons(the_map, correction("reject-statement", statement=asked)) == [reason]

    @pytest.mark.parametrize(("asked", "reason"), [
        (Reference("c99"), "there is no claim 'c99'"), (Reference("c99", text="Models sing"), "no claim reads 'Models sing'"),
    ])
    def test_a_claim_that_is_not_found(self, the_map, asked, reason):
        assert reasons(the_map, correction("edit-claim", claim=asked, text="x")) == [reason]

    def test_an_actor_that_is_not_found_or_not_alone(self, the_map):
        twins = replace(the_map, actors=(*the_map.actors, replace(the_map.actors[0], id="other")))
        assert reasons(the_map, correction("reject-actor", actor=Reference("x", "Nobody"))) == ["no actor is called 'Nobody'"]
        assert reasons(twins, correction("reject-actor", actor=Reference("", "Nadia Roth"))) == [
            "2 actors are called 'Nadia Roth' (nadia-roth, other): give the id of one"]

    def test_words_that_stand_twice_are_told_apart_by_their_place(self, the_map):
        article = Article("twice", "He said it works. She said it works.", language="en")
        one, two = article.span(8, 16), article.span(27, 35)
        first = the_map.statements[0]
        both = replace(the_map, articles=(article,), attributions=(), mentions=(), relations=(), concepts=(),
                       statements=tuple(replace(first, id=name, article="twice", content=(span,), source=None, cue=None, attribution=None,
                                                claim="c01") for name, span in (("a", one), ("b", two))),
                       claims=(replace(the_map.claims[0], statements=("a", "b"), concept=""),))
        asked = Reference("x", article="twice", quotation="it works")
        assert reasons(both, correction("reject-statement", statement=asked)) == [
            "2 statements of twice have these words: give the place of one (start)"]
        found = apply(both, [correction("reject-statement", statement=replace(asked, start=27))]).map
        assert [statement.id for statement in found.statements] == ["a"]


@pytest.mark.parametrize(("quotation", "found"), [
    ("open models help", ["Open  models help"]), ("«Open models help»", ["Open  models help"]), ("Open … help", ["Open", "help"]),
    ("help open", []), ("…", ["…"]), ("mode", ["mode"]),
])
def test_quoted_words_are_found_whatever_their_marks_and_spaces(quotation, found):
    assert [span.text for span in spans(Article("a", "He said: “Open  models help.” …"), quotation)] == found


def test_nothing_is_lost_of_twenty_corrections_when_the_map_has_changed(the_map, refer):
    """Eleven apply to the new map, nine do not and say why; the map keeps the account of all."""
    claims, statements = [refer(f"c{n:02}") for n in (7, 8, 9, 10, 11)], [refer(f"s{n}") for n in (1, 2, 3, 4, 5)]
    gone = [refer(f"s{n}") for n in (17, 18, 19)]
    entries = [
        *(correction("edit-claim", claim=claim, text=f"Text {n}") for n, claim in enumerate(claims)),
        *(correction("set-stance", statement=one, stance="neutral") for one in statements),
        *(correction("reject-statement", statement=one) for one in gone),
        correction("merge-actors", actor=refer("ilse-brandner"), into=refer("small-labs-union")),
        correction("rename-actor", actor=refer("ministero-innovazione"), name="Ministero"),
        correction("set-kind", actor=refer("imprese-digitali"), kind="group"),
        correction("reject-relation", origin=refer("c18"), target=refer("c17")),
        correction("flip-relation", origin=refer("c19"), target=refer("c17"), kind="support"),
        correction("add-statement", article="it-osservatore-02", quotation="Il governo prepara la legge"),
        correction("move-statement", statement=refer("s20"), claim=refer("c11")),
    ]
    assert len(entries) == 20
    later = rerun(the_map)
    left_out = "it-osservatore-02"
    names = {one.id for one in later.statements if one.article == left_out}
    alone = {claim.id for claim in later.claims if set(claim.statements) <= names}
    later = replace(later, articles=tuple(one for one in later.articles if one.id != left_out),
                    statements=tuple(one for one in later.statements if one.id not in names), mentions=(),
                    claims=tuple(one for one in later.claims if one.id not in alone),
                    concepts=tuple(one for one in later.concepts if not set(one.claims) <= alone),
                    relations=tuple(one for one in later.relations if not {one.origin, one.target} & alone),
                    actors=tuple(one for one in later.actors if one.name not in ("Ministero dell'Innovazione", "Associazione Imprese Digitali")))
    found = apply(later, entries)
    assert problems(json.loads(found.map.to_json())) == []
    assert [outcome.status for outcome in found.outcomes] == ["applied"] * 10 + ["left"] * 3 + ["applied"] + ["left"] * 6
    assert all(outcome.reason for outcome in found.left)
    assert sorted(found.map.corrections) == sorted(entry.key for entry in entries)
    assert sum(value == "applied" for value in found.map.corrections.values()) == 11
