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


def test_set_words_may_open_a_clause() -> None:
    doc = parsed("Arvani PROPN nsubj 2", f"ha AUX aux 2 avere {FINITE}", f"messo VERB ROOT 2 mettere {PARTICIPLE}", "in ADP case 4",
                 "chiaro NOUN obl 2", "che SCONJ mark 8", "i DET det 7", "pedaggi NOUN nsubj 8", f"calano VERB ccomp 2 calare {FINITE}",
                 ". PUNCT punct 2")
    assert reported(doc, "it") == [("Arvani", "ha messo in chiaro", "i pedaggi calano")]


def test_a_reflexive_is_no_passive() -> None:
    doc = parsed("I DET det 1", "sindaci NOUN nsubj:pass 4 sindaco", "si PRON expl 4", f"sono AUX aux 4 essere {FINITE}",
                 f"schierati VERB ROOT 4 schierare {PARTICIPLE}", "contro ADP case 7", "il DET det 7", "pedaggio NOUN obl 4", ". PUNCT punct 4")
    assert reported(doc, "it") == [("I sindaci", "si sono schierati", "contro il pedaggio")]


def test_what_somebody_would_like_may_be_a_thing() -> None:
    doc = parsed("La DET det 1", "sindaca NOUN nsubj 3", f"vorrebbe AUX aux 3 volere {FINITE}", "regole NOUN ROOT 3", "più ADV advmod 5",
                 "semplici ADJ amod 3", ". PUNCT punct 3")
    assert reported(doc, "it") == [("La sindaca", "vorrebbe", "regole più semplici")]


def test_a_gerund_reports_on_for_the_same_speaker_wherever_the_parser_hung_it() -> None:
    doc = parsed("Arvani PROPN nsubj 2", f"ha AUX aux 2 avere {FINITE}", f"detto VERB ROOT 2 dire {PARTICIPLE}", "che SCONJ mark 6",
                 "il DET det 5", "sindaco NOUN nsubj 6", f"resta VERB ccomp 2 restare {FINITE}", ", PUNCT punct 8",
                 "aggiungendo VERB advcl 6 aggiungere VerbForm=Ger", "che SCONJ mark 12", "i DET det 11", "pedaggi NOUN nsubj 12",
                 f"calano VERB ccomp 8 calare {FINITE}", ". PUNCT punct 2")
    assert reported(doc, "it") == [("Arvani", "ha detto", "il sindaco resta"), ("Arvani", "aggiungendo", "i pedaggi calano")]


def test_the_day_something_was_said_on_is_no_part_of_it() -> None:
    doc = parsed("She PRON nsubj 1", f"said VERB ROOT 1 say {FINITE}", "Monday PROPN npadvmod 5", "tolls NOUN nsubj 5", "would AUX aux 5",
                 f"fall VERB ccomp 1 fall {INFINITIVE}", ". PUNCT punct 1")
    assert reported(doc, "en") == [("She", "said", "tolls would fall")]


def test_what_goes_on_in_the_tense_of_what_is_said_belongs_to_it() -> None:
    def told(auxiliary: str) -> list[tuple[str, str, str]]:
        rows = ["She PRON nsubj 1", f"said VERB ROOT 1 say {FINITE}|Tense=Past", "tolls NOUN nsubj 3", f"were AUX ccomp 1 be {FINITE}|Tense=Past",
                "absurd ADJ acomp 3", ", PUNCT punct 1", "and CCONJ cc 1", "ports NOUN nsubj 9"]
        rows += [f"{auxiliary} AUX aux 9 {auxiliary} {FINITE}", f"close VERB conj 1 close {INFINITIVE}", ". PUNCT punct 1"]
        return reported(parsed(*rows), "en")

    assert told("would") == [("She", "said", "tolls were absurd and ports would close")]
    assert told("do") == [("She", "said", "tolls were absurd")]


def test_a_view_is_told_by_the_clause_after_its_holder_unless_that_tells_who_he_is() -> None:
    view = parsed("It PRON nsubj 1", f"is AUX ROOT 1 be {FINITE}", "the DET det 3", "view NOUN attr 1", "of ADP prep 3", "the DET det 6",
                  "judge NOUN pobj 4", "that SCONJ mark 9", "tolls NOUN nsubj 9", f"work VERB relcl 6 work {FINITE}", ". PUNCT punct 1")
    holder = parsed("It PRON nsubj 1", f"is AUX ROOT 1 be {FINITE}", "the DET det 3", "view NOUN attr 1", "of ADP prep 3", "a DET det 6",
                    "judge NOUN pobj 4", "that PRON nsubj 8", f"likes VERB relcl 6 like {FINITE}", "tolls NOUN dobj 8", ". PUNCT punct 1")
    assert ("the judge", "view", "tolls work") in reported(view, "en")
    assert not [cue for _, cue, _ in reported(holder, "en") if cue == "view"]


def test_an_alarm_may_come_from_whose_it_is() -> None:
    doc = parsed("L' DET det 1", "allarme NOUN nsubj 2", f"arriva VERB ROOT 2 arrivare {FINITE}", "dal ADP case 4", "garante NOUN obl 2",
                 ": PUNCT punct 2", "i DET det 7", "dati NOUN nsubj 8", f"mancano VERB parataxis 2 mancare {FINITE}", ". PUNCT punct 2")
    assert reported(doc, "it") == [("garante", "allarme", "i dati mancano")]


def test_things_show_something_but_want_nothing() -> None:
    def told(verb: str) -> list[tuple[str, str, str]]:
        return reported(parsed("The DET det 1", "records NOUN nsubj 2 record", f"{verb} VERB ROOT 2 {verb} {FINITE}", "that SCONJ mark 5",
                               "tolls NOUN nsubj 5", f"work VERB ccomp 2 work {FINITE}", ". PUNCT punct 2"), "en")

    assert told("show") == [("The records", "show", "tolls work")]
    assert told("hope") == []


def test_a_plural_pronoun_stands_for_several() -> None:
    doc = parsed("Il DET det 1", "piano NOUN nsubj 2", f"spaventa VERB ROOT 2 spaventare {FINITE}", "molti DET det 4",
                 "sindaci NOUN obj 2 sindaco Number=Plur", ", PUNCT punct 9", "secondo ADP case 8", "i DET det 8",
                 "quali PRON obl 9 quale Number=Plur|PronType=Rel", f"costa VERB conj 2 costare {FINITE}", "troppo ADV advmod 9", ". PUNCT punct 2")
    assert [source for source, _, _ in reported(doc, "it")] == ["molti sindaci"]


def test_set_words_may_govern_an_object() -> None:
    doc = parsed("I DET det 1", "sindaci NOUN nsubj 2 sindaco", f"mettono VERB ROOT 2 mettere {FINITE}", "in ADP case 4", "dubbio NOUN obl 2",
                 "il DET det 6", "pedaggio NOUN obj 2", ". PUNCT punct 2")
    assert reported(doc, "it") == [("I sindaci", "mettono in dubbio", "il pedaggio")]


def test_an_adverb_before_who_speaks_is_no_part_of_the_name() -> None:
    doc = parsed("Even ADV advmod 2", "the DET det 2", "mayor NOUN nsubj 3", f"says VERB ROOT 3 say {FINITE}", "tolls NOUN nsubj 5",
                 f"work VERB ccomp 3 work {FINITE}", ". PUNCT punct 3")
    assert reported(doc, "en") == [("the mayor", "says", "tolls work")]


def test_what_somebody_is_stands_beside_what_he_says() -> None:
    doc = parsed("Per ADP case 1", "Bianchi PROPN obl 6", ", PUNCT punct 3", "ricercatrice NOUN conj 1", ", PUNCT punct 1",
                 f"è AUX cop 6 essere {FINITE}", "tardi ADV ROOT 6", "ormai ADV advmod 6", ". PUNCT punct 6")
    assert reported(doc, "it") == [("Bianchi", "Per", "è tardi ormai")]


def test_a_message_that_is_clear_is_told_after_the_colon() -> None:
    doc = parsed("Her PRON poss 1", "message NOUN nsubj 2", f"is AUX ROOT 2 be {FINITE}", "clear ADJ acomp 2", ": PUNCT punct 2",
                 "tolls NOUN nsubj 6", f"work VERB ccomp 2 work {FINITE}", ". PUNCT punct 2")
    assert set(reported(doc, "en")) == {("Her", "message", "tolls work")}


def test_a_relative_clause_before_the_verb_makes_no_insertion_of_it() -> None:
    doc = parsed("La DET det 1", "società NOUN nsubj 8", ", PUNCT punct 4", "che PRON nsubj 4", f"vende VERB acl:relcl 1 vendere {FINITE}",
                 "navi NOUN obj 4", ", PUNCT punct 1", f"ha AUX aux 8 avere {FINITE}", f"criticato VERB ROOT 8 criticare {PARTICIPLE}",
                 "la DET det 10", "sindaca NOUN obj 8", ". PUNCT punct 8")
    assert reported(doc, "it") == [("La società", "ha criticato", "la sindaca")]


@pytest.mark.parametrize(("verb", "content"), [("found", "no evidence that tolls work"), ("reiterated", "tolls work")])
def test_evidence_is_told_with_what_it_is_evidence_of_and_a_repeated_claim_by_its_clause(verb: str, content: str) -> None:
    noun, lemma = ("evidence", "find") if verb == "found" else ("claim", "reiterate")
    doc = parsed("The DET det 1", "study NOUN nsubj 2", f"{verb} VERB ROOT 2 {lemma} {FINITE}", "no DET det 4", f"{noun} NOUN dobj 2",
                 "that SCONJ mark 7", "tolls NOUN nsubj 7", f"work VERB acl 4 work {FINITE}", ". PUNCT punct 2")
    assert content in [found for _, _, found in reported(doc, "en")]
    assert not (verb == "found" and "tolls work" in [found for _, _, found in reported(doc, "en")])


def test_how_somebody_is_judged_is_no_part_of_who_judges() -> None:
    doc = parsed("The DET det 1", "toll NOUN nsubjpass 3", f"was AUX auxpass 3 be {FINITE}", f"criticised VERB ROOT 3 criticise {PARTICIPLE}",
                 "by ADP agent 3", "hauliers NOUN pobj 4 haulier", "as ADP prep 5", "short-sighted ADJ amod 6", ". PUNCT punct 3")
    assert [source for source, _, _ in reported(doc, "en")] == ["hauliers"]


def test_who_takes_another_stand_is_named_before_a_colon_without_a_verb() -> None:
    doc = parsed("Di ADP case 1", "parere NOUN obl 8", "opposto ADJ amod 1", "Aldo PROPN nmod 1", "Neri PROPN flat:name 3", ": PUNCT punct 1",
                 "il DET det 7", "pedaggio NOUN nsubj 8", f"costa VERB ROOT 8 costare {FINITE}", "troppo ADV advmod 8", ". PUNCT punct 8")
    assert ("Aldo Neri", "parere", "il pedaggio costa troppo") in reported(doc, "it")


def test_a_report_and_a_colon_open_a_headline_but_a_thing_does_not() -> None:
    def headline(word: str) -> list[tuple[str, str, str]]:
        return reported(parsed(f"{word} NOUN dep 3", ": PUNCT punct 0", "tolls NOUN nsubj 3", f"fall VERB ROOT 3 fall {FINITE}"), "en")

    assert headline("Report") == [("Report", "", "tolls fall")]
    assert headline("Traffic") == []


def test_the_doer_of_a_passive_may_be_an_oblique_to_the_parser_but_no_time_is_one() -> None:
    def closed_by(noun: str, lemma: str) -> list[tuple[str, str, str]]:
        return reported(parsed("La DET det 1", "legge NOUN nsubj:pass 4", f"è AUX aux 4 essere {FINITE}", "stata AUX aux:pass 4 essere",
                               f"criticata VERB ROOT 4 criticare {PARTICIPLE}", "da ADP case 6", f"{noun} NOUN obl 4 {lemma}",
                               ". PUNCT punct 4"), "it")

    assert closed_by("sindaci", "sindaco") == [("sindaci", "è stata criticata", "La legge")]
    assert closed_by("mesi", "mese") == []
