"""Verbs with a preposition, set phrases, and where what they govern ends, each on a parse written by hand."""

from __future__ import annotations

import pytest

from tests.extract.test_cues import FINITE, INFINITIVE, PARTICIPLE, parsed, reported


def test_who_is_for_or_against_something_takes_a_stand() -> None:
    against = parsed("Arvani PROPN nsubj 1", f"is AUX ROOT 1 be {FINITE}", "against ADP prep 1", "the DET det 4", "toll NOUN pobj 2",
                     ". PUNCT punct 1")
    in_favour = parsed("La DET det 1", "sindaca NOUN nsubj 4", f"è AUX cop 4 essere {FINITE}", "a ADP case 4", "favore NOUN ROOT 4",
                       "del ADP case 6", "pedaggio NOUN nmod 4", ". PUNCT punct 4")
    assert reported(against, "en") == [("Arvani", "is", "against the toll")]
    assert reported(in_favour, "it") == [("La sindaca", "è a favore", "del pedaggio")]


def test_articles_and_adverbs_may_stand_inside_a_phrase_but_no_other_noun() -> None:
    def takes(noun: str) -> list[tuple[str, str, str]]:
        return reported(parsed("Arvani PROPN nsubj 1", f"takes VERB ROOT 1 take {FINITE}", "serious ADJ amod 3", f"{noun} NOUN dobj 1",
                               "with ADP prep 1", "the DET det 6", "toll NOUN pobj 4", ". PUNCT punct 1"), "en")

    assert takes("issue") == [("Arvani", "takes serious issue", "with the toll")]
    assert takes("part") == []


def test_what_is_called_for_may_be_a_clause() -> None:
    doc = parsed("The DET det 1", "union NOUN nsubj 2", f"called VERB ROOT 2 call {FINITE}", "for SCONJ mark 7", "tolls NOUN nsubjpass 7",
                 "to PART aux 7", f"be AUX auxpass 7 be {INFINITIVE}", f"cut VERB advcl 2 cut {PARTICIPLE}", ". PUNCT punct 2")
    assert reported(doc, "en") == [("The union", "called", "for tolls to be cut")]


def test_what_somebody_is_accused_of_may_hang_on_who_it_is() -> None:
    doc = parsed("She PRON nsubj 1", f"accused VERB ROOT 1 accuse {FINITE}", "the DET det 3", "port NOUN dobj 1", "of ADP prep 3",
                 "hiding VERB pcomp 4 hide Aspect=Prog|Tense=Pres|VerbForm=Part", "losses NOUN dobj 5", ". PUNCT punct 1")
    assert ("She", "accused", "the port of hiding losses") in reported(doc, "en")


@pytest.mark.parametrize(("preposition", "noun", "content"), [
    ("for", "delays", "the port for delays"), ("during", "debates", "the port"), ("in", "speeches", "the port"),
    ("in", "Genoa", "the port in Genoa")])
def test_why_somebody_is_criticised_is_told_with_it_but_not_when_or_how(preposition: str, noun: str, content: str) -> None:
    lemma = {"speeches": "speech"}.get(noun, noun)
    doc = parsed("She PRON nsubj 1", f"criticised VERB ROOT 1 criticise {FINITE}", "the DET det 3", "port NOUN dobj 1",
                 f"{preposition} ADP prep 1", f"{noun} NOUN pobj 4 {lemma}", ". PUNCT punct 1")
    assert reported(doc, "en") == [("She", "criticised", content)]


def test_a_phrase_that_goes_on_with_a_quotation_is_kept_whole() -> None:
    doc = parsed("She PRON nsubj 1", f"mocked VERB ROOT 1 mock {FINITE}", "the DET det 3", "port NOUN dobj 1", "for ADP prep 1",
                 "“ PUNCT punct 6", "turning VERB pcomp 4 turn Aspect=Prog|Tense=Pres|VerbForm=Part", "back ADV advmod 6", "” PUNCT punct 6",
                 ". PUNCT punct 1")
    assert reported(doc, "en", frozenset({6, 7})) == [("She", "mocked", "the port for turning back")]


def test_an_action_may_be_backed() -> None:
    doc = parsed("The DET det 1", "firm NOUN nsubj 2", f"opposes VERB ROOT 2 oppose {FINITE}",
                 "closing VERB xcomp 2 close Aspect=Prog|Tense=Pres|VerbForm=Part", "ports NOUN dobj 3", ". PUNCT punct 2")
    doc[3].tag_ = "VBG"
    assert reported(doc, "en") == [("The firm", "opposes", "closing ports")]


def test_an_insertion_may_open_its_sentence() -> None:
    english = parsed("As SCONJ mark 2", "Reuters PROPN nsubj 2", f"reported VERB advcl 6 report {FINITE}", ", PUNCT punct 6", "the DET det 5",
                     "port NOUN nsubj 6", f"closed VERB ROOT 6 close {FINITE}", "early ADV advmod 6", ". PUNCT punct 6")
    italian = parsed("Come ADV advmod 1", f"ricordato VERB advcl 7 ricordare {PARTICIPLE}", "dalla ADP case 3", "sindaca NOUN obl:agent 1",
                     ", PUNCT punct 7", "il DET det 6", "porto NOUN nsubj 7", f"chiude VERB ROOT 7 chiudere {FINITE}", "presto ADV advmod 7",
                     ". PUNCT punct 7")
    assert reported(english, "en") == [("Reuters", "reported", "the port closed early")]
    assert reported(italian, "it") == [("sindaca", "ricordato", "il porto chiude presto")]


def test_what_happens_while_somebody_explains_a_thing_is_not_explained() -> None:
    doc = parsed("As SCONJ mark 2", "she PRON nsubj 2", f"explained VERB advcl 7 explain {FINITE}", "the DET det 4", "toll NOUN dobj 2",
                 ", PUNCT punct 7", "people NOUN nsubj 7", f"left VERB ROOT 7 leave {FINITE}", ". PUNCT punct 7")
    assert ("she", "explained", "people left") not in reported(doc, "en")


def test_the_subject_of_an_adjective_with_a_copula_is_its_source() -> None:
    doc = parsed("La DET det 1", "sindaca NOUN nsubj 3", f"è AUX cop 3 essere {FINITE}", "favorevole ADJ ROOT 3", "a ADP case 6", "un DET det 6",
                 "pedaggio NOUN obl 3", ". PUNCT punct 3")
    assert reported(doc, "it") == [("La sindaca", "è favorevole", "a un pedaggio")]


def test_a_participle_before_its_noun_reports_nothing() -> None:
    doc = parsed("The DET det 2", f"proposed VERB amod 2 propose {PARTICIPLE}", "law NOUN nsubj 3", f"requires VERB ROOT 3 require {FINITE}",
                 "that SCONJ mark 6", "ports NOUN nsubj 6", f"close VERB ccomp 3 close {FINITE}", ". PUNCT punct 3")
    assert [cue for _, cue, _ in reported(doc, "en")] == ["requires"]


def test_who_makes_something_clear_speaks() -> None:
    doc = parsed("Arvani PROPN nsubj 1", f"made VERB ROOT 1 make {FINITE}", "it PRON nsubj 3", "clear ADJ ccomp 1", "that SCONJ mark 7",
                 "tolls NOUN nsubj 7", "will AUX aux 7", f"fall VERB advcl 3 fall {FINITE}", ". PUNCT punct 1")
    assert [source for source, _, _ in reported(doc, "en")] == ["Arvani"]
