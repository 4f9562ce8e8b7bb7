"""Reports whose verb the tagger took for another word, and clauses that the parser lost, each on a parse written by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from tests.extract.test_cues import FINITE, INFINITIVE, PARTICIPLE, parsed, reported


def test_a_verb_that_the_tagger_took_for_an_adjective_reports_the_clause_behind_it() -> None:
    doc = parsed("La DET det 1", "sociologa NOUN ROOT 1", "Kerr PROPN nmod 1", "nota ADJ amod 1 noto", "che PRON obj 7", "le DET det 6",
                 "frodi NOUN nsubj 7 frode", f"crescevano VERB acl:relcl 1 crescere {FINITE}", ". PUNCT punct 1")
    assert reported(doc, "it") == [("La sociologa Kerr", "nota", "le frodi crescevano")]


def test_what_looks_like_a_noun_is_a_plural_subject_s_verb() -> None:
    def said(first: str) -> Doc:
        return parsed(f"{first} NOUN ROOT 0 {first.lower().rstrip('s')} Number=Plur", "of ADP prep 0", "openness NOUN compound 3", "reply NOUN pobj 1",
                      "that SCONJ mark 6", "knowledge NOUN nsubj 6", f"leaks VERB relcl 0 leak {FINITE}", ". PUNCT punct 0")
    assert reported(said("Friends"), "en") == [("Friends of openness", "reply", "knowledge leaks")]
    assert reported(said("Doors"), "en") == []


def test_a_relative_clause_on_a_noun_is_not_what_it_reports() -> None:
    doc = parsed("The DET det 1", "ministry NOUN compound 2", "rules NOUN nsubj 6 rule Number=Plur", "that PRON nsubj 5", "could AUX aux 5",
                 f"close VERB relcl 2 close {FINITE}", f"failed VERB ROOT 6 fail {FINITE}", ". PUNCT punct 6")
    assert reported(doc, "en") == []


def test_an_insertion_has_a_verb_whatever_the_tagger_made_of_it() -> None:
    doc = parsed("Systems NOUN nsubjpass 2 system", f"are AUX auxpass 2 be {FINITE}", f"excluded VERB ROOT 2 exclude {PARTICIPLE}", ", PUNCT punct 2",
                 "Carteret PROPN compound 5", "stresses NOUN appos 0 stress Number=Plur", ", PUNCT punct 2", "because SCONJ mark 9", "nobody PRON nsubj 9",
                 f"asks VERB advcl 2 ask {FINITE}", ". PUNCT punct 2")
    shown = parsed("There ADV advmod 6", ", PUNCT punct 6", "a DET det 4", "study NOUN compound 4", "shows NOUN ROOT 4 show Number=Plur", ", PUNCT punct 4",
                   "the DET det 7", "share NOUN nsubj 8", f"fell VERB conj 4 fall {FINITE}", "fast ADV advmod 8", ". PUNCT punct 4")
    assert ("Carteret", "stresses", "Systems are excluded because nobody asks") in reported(doc, "en")
    assert ("a study", "shows", "the share fell fast") in reported(shown, "en")


def test_a_list_is_no_insertion() -> None:
    doc = parsed("It PRON nsubj 1", f"sold VERB ROOT 1 sell {FINITE}", "coins NOUN dobj 1 coin", ", PUNCT punct 2", "bank NOUN compound 5",
                 "notes NOUN conj 2 note Number=Plur", ", PUNCT punct 2", "and CCONJ cc 2", "stamps NOUN conj 2 stamp", ". PUNCT punct 1")
    assert reported(doc, "en") == []


@pytest.mark.parametrize(("rows", "cue", "content"), [
    (("accusa ADJ amod 1 accuso", "l' DET det 4", "esecutivo NOUN nmod 1", "di ADP mark 6", f"inseguire VERB acl 4 inseguire {INFINITIVE}",
      "mode NOUN obj 6 moda", ". PUNCT punct 1"), "accusa", "l' esecutivo di inseguire mode"),
    ((f"ha AUX ROOT 2 avere {FINITE}", "promesso NOUN obj 2", "di ADP mark 5", f"pubblicare VERB acl 3 pubblicare {INFINITIVE}", "dati NOUN obj 5 dato",
      ". PUNCT punct 2"), "promesso", "di pubblicare dati"),
])
def test_a_charge_or_a_promise_may_be_a_noun_to_the_tagger(rows: tuple[str, ...], cue: str, content: str) -> None:
    assert (("L' opposizione", cue, content)) in reported(parsed("L' DET det 1", "opposizione NOUN nsubj 2", *rows), "it")


def test_a_noun_that_is_had_is_no_participle() -> None:
    doc = parsed("L' DET det 1", "opposizione NOUN nsubj 2", f"ha AUX ROOT 2 avere {FINITE}", "voglia NOUN obj 2", "di ADP mark 5",
                 f"aspettare VERB acl 3 aspettare {INFINITIVE}", ". PUNCT punct 2")
    assert reported(doc, "it") == []


def test_a_judgment_of_what_a_pronoun_stands_for_may_be_a_noun_with_its_article_to_the_tagger() -> None:
    doc = parsed("il DET det 1", "ministero NOUN nsubj 3", "la DET det 3", "considera NOUN ROOT 3", "superata ADJ amod 3 superato", ". PUNCT punct 3")
    assert reported(doc, "it") == [("il ministero", "considera", "la superata")]


def test_a_source_that_opens_a_sentence_is_read_from_its_words_where_the_parser_lost_it() -> None:
    doc = parsed("Per ADP case 2", "la DET det 2", "psicologa NOUN obl 3", "Assunta PROPN ROOT 3", "Licata PROPN flat:name 3", ", PUNCT punct 3",
                 "che PRON nsubj 7", f"assiste VERB acl:relcl 3 assistere {FINITE}", "vittime NOUN obj 7 vittima", ", PUNCT punct 10",
                 f"parlare VERB csubj 15 parlare {INFINITIVE}", "di ADP case 12", "libertà NOUN obl 10", f"è AUX cop 15 essere {FINITE}", "un DET det 15",
                 "insulto NOUN parataxis 3", ". PUNCT punct 15")
    kept = parsed("Per ADP case 2", "la DET det 2", "soglia NOUN obl 3", f"vale VERB ROOT 3 valere {FINITE}", "un DET det 5", "anno NOUN obj 3", ". PUNCT punct 3")
    assert reported(doc, "it") == [("la psicologa Assunta Licata", "Per", "parlare di libertà è un insulto")]
    assert reported(kept, "it") == []


def test_who_is_cited_at_the_start_is_no_part_of_what_another_says() -> None:
    doc = parsed("According VERB prep 8 accord VerbForm=Part", "to ADP prep 0", "the DET det 3", "board NOUN pobj 1", ", PUNCT punct 8", "every DET det 6",
                 "year NOUN nsubj 8", "alone ADV advmod 6", f"adds VERB ROOT 8 add {FINITE}", "two NUM nummod 10", "tonnes NOUN dobj 8 tonne", ". PUNCT punct 8")
    assert reported(doc, "en") == [("the board", "According to", "every year alone adds two tonnes")]


def test_what_a_semicolon_parts_from_a_verb_is_not_its_complement() -> None:
    doc = parsed("Parties NOUN nsubj 1 party", f"hesitate VERB ccomp 6 hesitate {FINITE}", "now ADV advmod 1", "; PUNCT punct 6", "the DET det 5",
                 "minister NOUN nsubj 6", f"demands VERB ROOT 6 demand {FINITE}", "haste NOUN dobj 6", ". PUNCT punct 6")
    assert reported(doc, "en") == [("the minister", "demands", "haste")]


def test_a_name_before_a_colon_is_one_whatever_its_tag_if_the_text_names_it_elsewhere() -> None:
    def turn(name: str, pos: str, at: int) -> tuple[str, ...]:
        return (f"{name} {pos} dep {at + 3}", f": PUNCT punct {at + 3}", f"Tolls NOUN nsubj {at + 3}", f"work VERB ROOT {at + 3} work {FINITE}",
                f". PUNCT punct {at + 3}")
    talk = parsed(*turn("Holm", "PROPN", 0), *turn("Eldridge", "NOUN", 5), *turn("Holm", "PROPN", 10), *turn("Eldridge", "NOUN", 15),
                  "Eldridge PROPN nsubj 21", f"smiled VERB ROOT 21 smile {FINITE}", ". PUNCT punct 21")
    asked = parsed(*turn("Q", "PROPN", 0), *turn("Q", "PROPN", 5), *turn("Q", "PROPN", 10))
    assert [source for source, _, _ in reported(talk, "en")] == ["Holm", "Eldridge", "Holm", "Eldridge"]
    assert reported(asked, "en") == []
