"""Constructions that report, each on a parse written by hand: who is cited, by which words, for which."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from argmap.extract.cues import CONSTRUCTIONS, candidates
from argmap.lexicon import load
from argmap.settings import RULE_PRECISION

VOCAB = spacy.blank("en").vocab
FINITE, INFINITIVE, PARTICIPLE = "VerbForm=Fin", "VerbForm=Inf", "Tense=Past|VerbForm=Part"


def parsed(*rows: str) -> Doc:
    """A document from its tokens, each ``word part-of-speech relation head [lemma [morphology]]``."""
    cells = [[*row.split(), "", ""][:6] for row in rows]
    words = [cell[0] for cell in cells]
    return Doc(VOCAB, words=words, pos=[cell[1] for cell in cells], deps=[cell[2] for cell in cells], heads=[int(cell[3]) for cell in cells],
               lemmas=[cell[4] or cell[0].lower() for cell in cells], morphs=[cell[5] for cell in cells])


def reported(doc: Doc, language: str, quoted: frozenset[int] = frozenset()) -> list[tuple[str, str, str]]:
    """Source, cue and content of each candidate, as words."""
    def words(numbers: tuple[int, ...]) -> str:
        return " ".join(doc[i].text for i in numbers if not doc[i].is_punct)
    return [(words(c.source), words(c.cue), words(c.content)) for c in candidates(doc, load(language), quoted=quoted)]


CLAUSE_EN = parsed("The DET det 1", "mayor NOUN nsubj 2", f"says VERB ROOT 2 say {FINITE}", "that SCONJ mark 6", "tolls NOUN nsubj 6",
                   "never ADV neg 6", f"fall VERB ccomp 2 fall {FINITE}", ". PUNCT punct 2")
CLAUSE_IT = parsed("La DET det 1", "sindaca NOUN nsubj 2", f"sostiene VERB ROOT 2 sostenere {FINITE}", "che SCONJ mark 6", "i DET det 5",
                   "pedaggi NOUN nsubj 6", f"calano VERB ccomp 2 calare {FINITE}", ". PUNCT punct 2")


def test_a_reporting_verb_reports_its_clause_without_the_word_that_opens_it() -> None:
    assert reported(CLAUSE_EN, "en") == [("The mayor", "says", "tolls never fall")]
    assert reported(CLAUSE_IT, "it") == [("La sindaca", "sostiene", "i pedaggi calano")]


def test_what_is_worth_while_is_reported_by_nobody() -> None:
    worth = parsed("I DET det 1", "pedaggi NOUN nsubj 2", f"cambiano VERB ROOT 2 cambiare {FINITE}", "e CCONJ cc 4",
                   f"conviene VERB conj 2 convenire {FINITE}", f"aspettare VERB xcomp 4 aspettare {INFINITIVE}", ". PUNCT punct 2")
    agreed = parsed("La DET det 1", "sindaca NOUN nsubj 2", f"conviene VERB ROOT 2 convenire {FINITE}", "che SCONJ mark 5",
                    "i DET det 5", "pedaggi NOUN nsubj 6", f"calano VERB ccomp 2 calare {FINITE}", ". PUNCT punct 2")
    assert reported(worth, "it") == []
    assert reported(agreed, "it") == [("La sindaca", "conviene", "i pedaggi calano")]


def test_what_the_author_believes_is_no_attribution_but_what_a_quoted_speaker_believes_is() -> None:
    doc = parsed("I PRON nsubj 1 i Person=1", f"believe VERB ROOT 1 believe {FINITE}|Person=1", "tolls NOUN nsubj 3",
                 f"work VERB ccomp 1 work {FINITE}")
    assert reported(doc, "en") == []
    assert reported(doc, "en", frozenset(range(4))) == [("I", "believe", "tolls work")]


def test_a_relative_pronoun_gives_way_to_what_it_stands_for() -> None:
    doc = parsed("Ilieva PROPN nsubj 6", ", PUNCT punct 0", "who PRON nsubj 3", f"thinks VERB relcl 0 think {FINITE}", "tolls NOUN nsubj 5",
                 f"work VERB ccomp 3 work {FINITE}", f"left VERB ROOT 6 leave {FINITE}")
    assert ("Ilieva", "thinks", "tolls work") in reported(doc, "en")


def test_an_insertion_is_read_from_its_commas_whatever_the_parser_made_of_it() -> None:
    doc = parsed("Le DET det 1", "prove NOUN nsubj 3 prova", ", PUNCT punct 1",
                 "sostiene VERB ROOT 3 sostenere Mood=Ind|Person=3", "la DET det 5",
                 "società NOUN obj 3", ", PUNCT punct 3", "sono AUX aux 8 essere Mood=Ind",
                 f"fallite VERB parataxis 3 fallire {PARTICIPLE}",
                 ". PUNCT punct 3")
    assert reported(doc, "it") == [("la società", "sostiene", "Le prove sono fallite")]


def test_what_is_read_in_a_document_is_its_words_and_what_is_read_in_essence_is_nobody_s() -> None:
    def read_in(preposition: str, noun: str) -> list[tuple[str, str, str]]:
        return reported(parsed("Le DET det 1", "prove NOUN nsubj 8", ", PUNCT punct 1", "si PRON expl 4",
                               f"legge VERB parataxis 8 leggere {FINITE}", f"{preposition} ADP case 6", f"{noun} NOUN obl 4", ", PUNCT punct 4",
                               f"mancano VERB ROOT 8 mancare {FINITE}", ". PUNCT punct 8"), "it")

    assert [source for source, _, _ in read_in("nella", "nota")] == ["nota"]
    assert [source for source, _, _ in read_in("in", "sostanza")] == [""]


def test_a_verb_between_commas_with_an_object_of_its_own_is_no_insertion() -> None:
    doc = parsed("The DET det 1", "port NOUN nsubj 2", f"sold VERB ROOT 2 sell {FINITE}", "ships NOUN dobj 2", ", PUNCT punct 2",
                 f"announced VERB conj 2 announce {FINITE}", "layoffs NOUN dobj 5", ", PUNCT punct 5", "and CCONJ cc 5",
                 f"closed VERB conj 5 close {FINITE}", ". PUNCT punct 2")
    assert ("", "announced", "The port sold ships and closed") not in reported(doc, "en")


def test_what_a_semicolon_parts_from_a_source_is_not_its_words() -> None:
    doc = parsed("Secondo ADP case 2", "il DET det 2", "porto NOUN obl 4", "i DET det 4", "costi NOUN nsubj 5",
                 f"calano VERB ROOT 5 calare {FINITE}",
                 "; PUNCT punct 8", "altri PRON nsubj 8", f"tacciono VERB parataxis 5 tacere {FINITE}", ". PUNCT punct 5")
    assert reported(doc, "it") == [("il porto", "Secondo", "i costi calano")]


def test_an_ordinal_is_no_source() -> None:
    doc = parsed("Il DET det 2", "secondo ADP case 2", "ponte NOUN nsubj 3 ponte Number=Sing",
                 f"crolla VERB ROOT 3 crollare {FINITE}", ". PUNCT punct 3")
    assert reported(doc, "it") == []


def test_a_doubtful_cue_needs_a_source_that_can_speak() -> None:
    def wants(noun: str) -> Doc:
        return parsed("The DET det 1", f"{noun} NOUN nsubj 2", f"wants VERB ROOT 2 want {FINITE}", "to PART aux 4",
                      f"close VERB xcomp 2 close {INFINITIVE}")
    assert reported(wants("mayor"), "en") == [("The mayor", "wants", "to close")]
    assert reported(wants("paint"), "en") == []


def test_the_doer_of_a_passive_is_its_source() -> None:
    doc = parsed("The DET det 1", "toll NOUN nsubjpass 3", f"was AUX auxpass 3 be {FINITE}",
                 f"criticised VERB ROOT 3 criticise {PARTICIPLE}", "by ADP agent 3",
                 "hauliers NOUN pobj 4 haulier", ". PUNCT punct 3")
    assert reported(doc, "en") == [("hauliers", "was criticised", "The toll")]


def test_an_aim_is_what_its_noun_is_said_to_be() -> None:
    doc = parsed("L' DET det 1", "obiettivo NOUN nsubj 5", "del ADP case 3", "piano NOUN nmod 1", "è AUX cop 5 essere Mood=Ind",
                 f"aprire VERB ROOT 5 aprire {INFINITIVE}", "il DET det 7", "ponte NOUN obj 5", ". PUNCT punct 5")
    assert reported(doc, "it") == [("piano", "obiettivo", "aprire il ponte")]


def test_a_pronoun_takes_up_the_sentence_before() -> None:
    doc = parsed("Il DET det 1", "ponte NOUN nsubj 3", "è AUX aux 3 essere Mood=Ind",
                 f"chiuso VERB ROOT 3 chiudere {PARTICIPLE}", ". PUNCT punct 3",
                 "Lo PRON obj 7", "ha AUX aux 7 avere Mood=Ind", f"detto VERB ROOT 7 dire {PARTICIPLE}", "un DET det 9",
                 "portavoce NOUN nsubj 7", ". PUNCT punct 7")
    assert ("un portavoce", "ha detto", "Il ponte è chiuso") in reported(doc, "it")


def test_a_word_that_only_names_a_plain_act_reports_nothing() -> None:
    doc = parsed("The DET det 1", "mayor NOUN nsubj 2", f"paints VERB ROOT 2 paint {FINITE}", "bridges NOUN dobj 2 bridge",
                 ". PUNCT punct 2")
    assert reported(doc, "en") == []


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_document_without_a_parse_breaks_no_construction(language: str) -> None:
    doc = Doc(VOCAB, words=["ha", "detto", ":", "che", "secondo", "lui", ",", "says"], pos=["VERB"] * 8, deps=["dep"] * 8, heads=[0] * 8)
    for construction in CONSTRUCTIONS:
        for candidate in construction(doc, load(language), frozenset()):
            assert candidate.rule in RULE_PRECISION


def test_a_verb_of_citing_gives_the_word_to_whom_it_cites() -> None:
    def told(verb: str, infinitive: str, thing: str) -> Doc:
        return parsed("La DET det 1", "deputata NOUN nsubj 3 deputata", "ha AUX aux 3 avere Mood=Ind",
                      f"{verb} VERB ROOT 3 {infinitive} {PARTICIPLE}", "la DET det 5", f"{thing} NOUN obj 3", "di ADP case 7",
                      "Rossi PROPN nmod 5", ": PUNCT punct 3", "i DET det 10", "droni NOUN nsubj 11 drone",
                      "volano VERB parataxis 3 volare VerbForm=Fin|Mood=Ind", ". PUNCT punct 3")
    assert ("Rossi", "ha citato", "i droni volano") in reported(told("citato", "citare", "lettera"), "it")
    assert ("La deputata", "ha ricordato", "i droni volano") in reported(told("ricordato", "ricordare", "casa"), "it")


def test_a_verb_that_the_parser_took_for_an_adjective_has_the_noun_that_it_agrees_with_as_its_source() -> None:
    doc = parsed("Stime NOUN ROOT 0 stima Number=Plur", "di ADP case 2", "settore NOUN nmod 0 settore Number=Sing",
                 "indicano VERB amod 2 indicare Mood=Ind|Number=Plur|Person=3|VerbForm=Fin", "che SCONJ mark 7", "le DET det 6",
                 "auto NOUN nsubj 7 auto", f"raddoppiano VERB acl 3 raddoppiare Mood=Ind|{FINITE}", ". PUNCT punct 0")
    assert reported(doc, "it") == [("Stime di settore", "indicano", "le auto raddoppiano")]


def test_a_relative_pronoun_after_a_source_preposition_stands_for_somebody_and_not_for_a_place() -> None:
    doc = parsed("Volpi PROPN nsubj 14", ", PUNCT punct 2", "docente NOUN appos 0 docente", "a ADP case 4", "Pisa PROPN nmod 2", ", PUNCT punct 0",
                 "a ADP case 7", "giudizio NOUN nmod 0 giudizio", "della ADP case 9", "quale PRON obl 12", "la DET det 11",
                 "pausa NOUN nsubj 14", f"finita VERB acl:relcl 0 finire {PARTICIPLE}", "è AUX cop 14 essere Mood=Ind",
                 "giusta ADJ ROOT 14 giusto", ". PUNCT punct 14")
    assert reported(doc, "it") == [("Volpi", "a giudizio della", "la pausa finita è giusta")]


def test_who_is_told_is_not_what_is_said() -> None:
    doc = parsed("Amodei PROPN nsubj 1", f"warned VERB ROOT 1 warn {FINITE}", "a DET det 3", "panel NOUN dobj 1", "that PRON mark 6",
                 "costs NOUN nsubj 6", f"rise VERB relcl 3 rise {FINITE}", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Amodei", "warned", "costs rise")]
    doc = parsed("Ferri PROPN nsubj 1", f"risponde VERB ROOT 1 rispondere {FINITE}", "agli ADP case 3", "utenti NOUN obl 1 utente", ". PUNCT punct 1")
    assert reported(doc, "it") == []


def test_a_relative_clause_on_an_object_is_not_reported() -> None:
    doc = parsed("Users NOUN nsubj 1 user", f"accept VERB ROOT 1 accept {FINITE}", "models NOUN dobj 1 model", "that PRON nsubj 4",
                 f"flatter VERB relcl 2 flatter {FINITE}", "kings NOUN dobj 4 king", ". PUNCT punct 1")
    assert reported(doc, "en") == []


def test_who_goes_on_to_speak_after_a_preposition_is_the_subject_above() -> None:
    doc = parsed("Palbo PROPN nsubj 1", f"began VERB ROOT 1 begin {FINITE}", "by ADP prep 1", "promising VERB pcomp 2 promise VerbForm=Ger",
                 "to PART aux 5", f"share VERB xcomp 3 share {INFINITIVE}", "data NOUN dobj 5", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Palbo", "promising", "to share data")]


@pytest.mark.parametrize("who", ["Nobody PRON nsubj 1", "Lee PROPN nsubj 1"])
def test_what_nobody_says_is_no_report(who: str) -> None:
    doc = parsed(who, f"says VERB ROOT 1 say {FINITE}", "that SCONJ mark 4", "tolls NOUN nsubj 4", f"work VERB ccomp 1 work {FINITE}",
                 ". PUNCT punct 1")
    assert bool(reported(doc, "en")) == (who[:3] == "Lee")


def test_a_word_that_points_at_a_thing_opens_no_clause() -> None:
    doc = parsed("Scholars NOUN nsubj 1 scholar", f"proposed VERB ROOT 1 propose {FINITE}", "that SCONJ det 3", "test NOUN dobj 1",
                 ", PUNCT punct 1", "twice ADV advmod 1", ". PUNCT punct 1")
    assert [content for _, _, content in reported(doc, "en")] == ["that test"]


@pytest.mark.parametrize(("before", "said"), [(("Oggi ADV advmod 5", "però ADV advmod 5"), False), (("C' PRON expl 1", "è VERB ROOT 1 essere"), True)])
def test_what_anyone_at_all_wants_is_nobody_s_statement_unless_there_are_such_people(before: tuple[str, str], said: bool) -> None:
    doc = parsed(*before, "chi PRON nsubj 3 chi PronType=Rel", f"chiede VERB {'csubj' if said else 'ROOT'} {1 if said else 3} chiedere {FINITE}",
                 "una DET det 5", "moratoria NOUN obj 3", ". PUNCT punct 3")
    assert reported(doc, "it") == ([("chi", "chiede", "una moratoria")] if said else [])


def test_a_coordinator_that_another_answers_is_part_of_what_is_said() -> None:
    doc = parsed("Lee PROPN nsubj 1", f"argued VERB ROOT 1 argue {FINITE}", "that SCONJ mark 7", "neither CCONJ preconj 4", "cars NOUN nsubj 7",
                 "nor CCONJ cc 4", "trains NOUN conj 4", f"pay VERB ccomp 1 pay {FINITE}", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Lee", "argued", "neither cars nor trains pay")]


def test_a_phrase_does_not_end_on_a_word_that_leans_on_the_next() -> None:
    doc = parsed("Reid PROPN nsubj 1", f"mocked VERB ROOT 1 mock {FINITE}", "Romney PROPN dobj 1", "for ADP prep 1", "not PART neg 5",
                 "paying VERB pcomp 3 pay VerbForm=Ger", "taxes NOUN dobj 5 tax", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Reid", "mocked", "Romney for not paying taxes")]


def test_a_subordinate_clause_alone_is_not_what_is_reported() -> None:
    doc = parsed("When SCONJ advmod 2", "Meta PROPN nsubj 2", f"moved VERB advcl 6 move {FINITE}", ", PUNCT punct 6", "its PRON poss 5",
                 "chief NOUN nsubj 6", f"added VERB ROOT 6 add {FINITE}", "a DET det 8", "note NOUN dobj 6", ". PUNCT punct 6")
    assert reported(doc, "en") == []


def test_what_a_preposition_and_a_relative_pronoun_take_up_is_no_source() -> None:
    def partito(*subject: str) -> Doc:
        at = len(subject)
        return parsed(*subject, f"ha AUX aux {at + 1} avere {FINITE}", f"diffuso VERB ROOT {at + 1} diffondere {PARTICIPLE}",
                      f"pagine NOUN obj {at + 1} pagina", f"nelle ADP case {at + 4}", f"quali PRON obl {at + 5} quale",
                      f"sosteneva VERB acl:relcl {at + 2} sostenere {FINITE}", f"che SCONJ mark {at + 8}", f"tutto PRON nsubj {at + 8}",
                      f"cala VERB ccomp {at + 5} calare {FINITE}")
    assert reported(partito("Il DET det 1", "partito NOUN nsubj 3"), "it") == [("Il partito", "sosteneva", "tutto cala")]
    assert reported(partito(), "it") == [("", "sosteneva", "tutto cala")]


def test_what_something_makes_possible_to_say_is_not_said() -> None:
    doc = parsed("Il DET det 1", "rapporto NOUN nsubj 2", f"permette VERB ROOT 2 permettere {FINITE}", "di ADP mark 4",
                 f"affermare VERB xcomp 2 affermare {INFINITIVE}", "che SCONJ mark 7", "tutto PRON nsubj 7",
                 f"cala VERB ccomp 4 calare {FINITE}")
    assert reported(doc, "it") == []


def test_a_thing_that_does_not_tell_reports_nothing_but_a_person_may_not_say() -> None:
    def explains(subject: str) -> Doc:
        return parsed("The DET det 1", f"{subject} NOUN nsubj 4", "does AUX aux 4 do", "not PART neg 4", f"explain VERB ROOT 4 explain {FINITE}",
                      "why SCONJ advmod 7", "tolls NOUN nsubj 7", f"fall VERB ccomp 4 fall {FINITE}")
    assert reported(explains("bridge"), "en") == []
    assert [source for source, _, _ in reported(explains("mayor"), "en")] == ["The mayor"]


def test_who_is_accused_belongs_to_the_accusation_with_a_noun_or_a_gerund() -> None:
    doc = parsed("Ilieva PROPN nsubj 1", f"accuses VERB ROOT 1 accuse {FINITE}", "Meta PROPN dobj 1", "of ADP prep 1",
                 "hiding VERB pcomp 3 hide VerbForm=Ger", "tolls NOUN dobj 4", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Ilieva", "accuses", "Meta of hiding tolls")]


def test_who_is_called_on_belongs_to_what_is_asked() -> None:
    doc = parsed("Ilieva PROPN nsubj 1", f"called VERB ROOT 1 call {FINITE}", "on ADP prep 1", "Meta PROPN pobj 2", "to PART aux 5",
                 f"stop VERB xcomp 1 stop {INFINITIVE}", ". PUNCT punct 1")
    assert ("Ilieva", "called", "Meta to stop") in reported(doc, "en")


def test_a_study_finds_things_and_a_person_does_not() -> None:
    def found(subject: str) -> Doc:
        return parsed("The DET det 1", f"{subject} NOUN nsubj 2", f"found VERB ROOT 2 find {FINITE}", "a DET det 5", "sharp ADJ amod 5",
                      "rise NOUN dobj 2", ". PUNCT punct 2")
    assert reported(found("study"), "en") == [("The study", "found", "a sharp rise")]
    assert reported(found("mayor"), "en") == []


def test_a_name_given_in_quotation_marks_or_without_a_noun_is_what_something_is_called() -> None:
    called = parsed("Ilieva PROPN nsubj 1", f"called VERB ROOT 1 call {FINITE}", "the DET det 3", "port NOUN dobj 1", "“ PUNCT punct 6",
                    "the DET det 6", "lung NOUN appos 3", "” PUNCT punct 3", ". PUNCT punct 1")
    described = parsed("Ilieva PROPN nsubj 1", f"described VERB ROOT 1 describe {FINITE}", "the DET det 3", "port NOUN dobj 1", "as ADP prep 1",
                       "too ADV advmod 6", "small ADJ amod 4", ". PUNCT punct 1")
    defined = parsed("Ilieva PROPN nsubj 2", "ha AUX aux 2 avere", f"definito VERB ROOT 2 definire {PARTICIPLE}", "il DET det 4",
                     "piano NOUN obj 2", "« PUNCT punct 7", "troppo ADV advmod 7", "timido ADJ amod 4", "» PUNCT punct 7", ". PUNCT punct 2")
    assert [content for _, _, content in reported(called, "en")] == ["the port the lung"]
    assert [content for _, _, content in reported(described, "en")] == ["the port as too small"]
    assert [content for _, _, content in reported(defined, "it")] == ["il piano troppo timido"]


def test_what_a_reporter_says_before_a_whole_quotation_is_not_the_speakers() -> None:
    doc = parsed("Speaking VERB advcl 5 speak VerbForm=Ger", "in ADP prep 0", "Rome PROPN pobj 1", ", PUNCT punct 5", "she PRON nsubj 5",
                 f"said VERB ROOT 5 say {FINITE}", ", PUNCT punct 5", "“ PUNCT punct 5", "We PRON nsubj 9", f"fight VERB ccomp 5 fight {FINITE}",
                 ". PUNCT punct 5", "” PUNCT punct 5")
    assert [content for _, _, content in reported(doc, "en", frozenset({8, 9, 10}))] == ["We fight"]


def test_who_was_asked_does_not_ask() -> None:
    doc = parsed(f"Asked VERB advcl 7 ask {PARTICIPLE}", "whether SCONJ mark 3", "tolls NOUN nsubj 3", f"fall VERB ccomp 0 fall {FINITE}",
                 ", PUNCT punct 7", "the DET det 6", "mayor NOUN nsubj 7", f"smiled VERB ROOT 7 smile {FINITE}", ". PUNCT punct 7")
    assert reported(doc, "en") == [("", "Asked", "whether tolls fall")]


@pytest.mark.parametrize("rows", [
    ("Lo PRON obj 2 lo", f"ha AUX aux 2 avere {FINITE}", f"detto VERB ROOT 2 dire {PARTICIPLE}", "un DET det 4", "portavoce NOUN obj 2"),
    (f"È AUX cop 1 essere {FINITE}", "quanto ADV ROOT 1", f"dice VERB acl:relcl 1 dire {FINITE}", "un DET det 4", "portavoce NOUN obj 2"),
    ("A ADP mark 1", f"dirlo VERB ROOT 1 dire {INFINITIVE}", f"è AUX cop 1 essere {FINITE}", "un DET det 4", "portavoce NOUN obj 1"),
])
def test_what_takes_up_the_sentence_before_reports_it_for_whom_stands_behind_the_verb(rows: tuple[str, ...]) -> None:
    def moved(row: str) -> str:
        word, pos, relation, head, *rest = row.split()
        return " ".join([word, pos, relation, str(int(head) + 3), *rest])
    doc = parsed("Tutto PRON nsubj 1", f"cala VERB ROOT 1 calare {FINITE}", ". PUNCT punct 1", *map(moved, rows))
    assert [(source, content) for source, _, content in reported(doc, "it")] == [("un portavoce", "Tutto cala")]


def test_a_subject_that_the_parser_lost_stands_before_an_insertion_or_after_an_adverbial() -> None:
    insertion = parsed("McCaw PROPN advcl 7", ", PUNCT punct 0", "già ADV advmod 4", "in ADP case 4", "volo NOUN nmod 0", ", PUNCT punct 0",
                       f"ha AUX aux 7 avere {FINITE}", f"detto VERB ROOT 7 dire {PARTICIPLE}", "che SCONJ mark 10", "tutto PRON nsubj 10",
                       f"cala VERB ccomp 7 calare {FINITE}")
    adverbial = parsed("Al ADP case 1", "traguardo NOUN obl 5", "Marco PROPN nmod 1", "Neri PROPN flat:name 2", f"ha AUX aux 5 avere {FINITE}",
                       f"detto VERB ROOT 5 dire {PARTICIPLE}", "che SCONJ mark 8", "tutto PRON nsubj 8", f"cala VERB ccomp 5 calare {FINITE}")
    assert reported(insertion, "it") == [("McCaw", "ha detto", "tutto cala")]
    assert reported(adverbial, "it") == [("Marco Neri", "ha detto", "tutto cala")]


def test_a_relative_clause_that_hangs_on_nothing_belongs_to_the_name_before_it() -> None:
    doc = parsed("Ecco ADV ROOT 0", "Aldo PROPN nmod 0", "Neri PROPN flat:name 1", "( PUNCT punct 4", "Verdi PROPN appos 1", ") PUNCT punct 4",
                 ", PUNCT punct 1", "che PRON nsubj 8", f"dice VERB parataxis 0 dire {FINITE}", "che SCONJ mark 11", "tutto PRON nsubj 11",
                 f"cala VERB ccomp 8 calare {FINITE}")
    assert reported(doc, "it") == [("Aldo Neri", "dice", "tutto cala")]


def test_what_is_reported_in_an_infinitive_ends_where_another_report_begins() -> None:
    doc = parsed("Neri PROPN nsubj 1", f"nega VERB ROOT 1 negare {FINITE}|Person=3", "di ADP mark 3", f"cadere VERB xcomp 1 cadere {INFINITIVE}",
                 "e CCONJ cc 5", f"assicura VERB conj 3 assicurare {FINITE}|Person=3", "che SCONJ mark 8", "tutto PRON nsubj 8",
                 f"cala VERB ccomp 5 calare {FINITE}")
    assert ("Neri", "nega", "di cadere") in reported(doc, "it")


def test_nobody_says_what_a_passive_between_commas_tells() -> None:
    doc = parsed("Tutto PRON nsubj 1", f"cala VERB ROOT 1 calare {FINITE}", ", PUNCT punct 5", "dove ADV advmod 5", f"è AUX aux:pass 5 essere {FINITE}",
                 f"prevista VERB advcl 1 prevedere {PARTICIPLE}", "una DET det 7", "protesta NOUN nsubj:pass 5", ", PUNCT punct 5",
                 "da ADP case 10", "oggi NOUN obl 1", ". PUNCT punct 1")
    assert reported(doc, "it") == []


def test_what_a_pronoun_stands_for_may_mean_something_but_wants_nothing() -> None:
    doc = parsed("Ciò PRON nsubj 1", f"vuole VERB ROOT 1 volere {FINITE}", f"dire VERB xcomp 1 dire {INFINITIVE}", "chiudere VERB xcomp 2")
    assert reported(doc, "it") == []


def test_for_whom_votes_are_is_no_view_of_theirs() -> None:
    doc = parsed("49 NUM nummod 1", "voti NOUN ROOT 1 voto", "validi ADJ amod 1", "per ADP case 4", "Neri PROPN nmod 1", ". PUNCT punct 1")
    assert reported(doc, "it") == []


def test_what_something_means_is_not_what_somebody_means_to_do() -> None:
    clause = parsed("The DET det 1", "ruling NOUN nsubj 2", f"means VERB ROOT 2 mean {FINITE}", "tolls NOUN nsubj 4",
                    f"fall VERB ccomp 2 fall {FINITE}", ". PUNCT punct 2")
    infinitive = parsed("The DET det 1", "mayor NOUN nsubj 2", f"means VERB ROOT 2 mean {FINITE}", "to PART aux 4",
                        f"resign VERB xcomp 2 resign {INFINITIVE}", ". PUNCT punct 2")
    assert reported(clause, "en") == []
    assert reported(infinitive, "en") == [("The mayor", "means", "to resign")]


def test_the_body_that_words_come_from_is_their_source() -> None:
    def said(number: str) -> Doc:
        return parsed("Dal ADP case 1", "ministero NOUN obl 2", f"dicono VERB ROOT 2 dire {FINITE}|Number={number}", "che SCONJ mark 5",
                      "tutto PRON nsubj 5", f"cala VERB ccomp 2 calare {FINITE}")
    assert [source for source, _, _ in reported(said("Plur"), "it")] == ["ministero"]
    assert [source for source, _, _ in reported(said("Sing"), "it")] == [""]


def test_a_second_clause_with_its_subject_before_the_verb_is_no_insertion_in_italian() -> None:
    doc = parsed("Roma PROPN nsubj 1", f"apre VERB ROOT 1 aprire {FINITE}", "tutto PRON obj 1", ", PUNCT punct 5", "Milano PROPN obl 5",
                 f"teme VERB conj 1 temere {FINITE}", "per ADP case 7", "sé PRON obl 5", ". PUNCT punct 1")
    assert ("", "teme", "Roma apre tutto") not in reported(doc, "it")


def test_what_stands_before_a_colon_is_not_the_view_of_whom_a_preposition_names_after_it() -> None:
    doc = parsed("Neri PROPN nsubj 7", ": PUNCT punct 0", "secondo ADP case 4", "il DET det 4", "porto NOUN obl 7", "tutto PRON nsubj 7",
                 "presto ADV advmod 7", f"cala VERB ROOT 7 calare {FINITE}")
    assert reported(doc, "it") == [("il porto", "secondo", "tutto presto cala")]


def test_how_something_is_done_is_nobodys_view() -> None:
    doc = parsed("Tutto PRON nsubj 1", f"cala VERB ROOT 1 calare {FINITE}", "presto ADV advmod 1", "secondo ADP case 6", "i DET det 6",
                 "suoi DET det:poss 6", "voleri NOUN obl 1 volere")
    assert reported(doc, "it") == []


def test_whom_others_report_on_speaks() -> None:
    doc = parsed("Kern PROPN nsubjpass 2", f"was AUX auxpass 2 be {FINITE}", f"quoted VERB ROOT 2 quote {PARTICIPLE}", "as ADP prep 2",
                 "saying VERB pcomp 3 say VerbForm=Ger", "tolls NOUN nsubj 6", f"fall VERB ccomp 4 fall {FINITE}")
    assert reported(doc, "en") == [("Kern", "saying", "tolls fall")]


def test_a_speaker_after_the_verb_and_before_a_colon_is_no_part_of_what_is_said() -> None:
    doc = parsed(f"says VERB ROOT 0 say {FINITE}", "Kern PROPN nsubjpass 4", ": PUNCT punct 1", "tolls NOUN nsubj 4",
                 f"fall VERB ccomp 0 fall {FINITE}")
    assert ("Kern", "says", "tolls fall") in reported(doc, "en")


def test_a_tag_that_the_tagger_took_for_a_noun_ends_what_is_said() -> None:
    doc = parsed("Nobody PRON nsubj 1", f"pays VERB ccomp 5 pay {FINITE}", "twice ADV advmod 1", ", PUNCT punct 5", "Pichler PROPN compound 5",
                 "predicts NOUN ROOT 5 predict Number=Plur", ". PUNCT punct 5")
    assert reported(doc, "en") == [("Pichler", "predicts", "Nobody pays twice")]


@pytest.mark.parametrize(("tag", "cue"), [
    ((f"taglia VERB conj 2 tagliare {FINITE}", "corto ADV advmod 4"), "taglia corto"),
    ((f"è AUX cop 6 essere {FINITE}", "la DET det 6 il Definite=Def", "replica NOUN conj 2"), "è la replica"),
])
def test_set_words_and_the_name_of_an_answer_end_what_is_said(tag: tuple[str, ...], cue: str) -> None:
    doc = parsed("Il DET det 1", "file NOUN nsubj 2", f"resta VERB ROOT 2 restare {FINITE}", ", PUNCT punct 2", *tag, ". PUNCT punct 2")
    assert reported(doc, "it") == [("", cue, "Il file resta")]


def test_what_is_said_of_somebody_between_commas_is_no_speech_that_ends_in_a_tag() -> None:
    doc = parsed("Roth PROPN nsubj 6", ", PUNCT punct 0", "who PRON nsubj 3", f"chairs VERB relcl 0 chair {FINITE}", "it PRON dobj 3", ", PUNCT punct 0",
                 f"offers VERB ROOT 6 offer {FINITE}", "members NOUN dobj 6 member", ". PUNCT punct 6")
    assert reported(doc, "en") == []


DOING = ("La DET det 1", "programmatrice NOUN nsubj 2", f"fa VERB ROOT 2 fare {FINITE}", "due NUM nummod 4", "conti NOUN obj 2 conto", ": PUNCT punct 7")


def test_what_a_colon_explains_of_somebody_s_doing_is_what_he_says() -> None:
    doc = parsed(*DOING, "tutto PRON nsubj 7", f"costa VERB parataxis 2 costare {FINITE}", ". PUNCT punct 2")
    assert reported(doc, "it") == [("La programmatrice", "fa", "tutto costa")]


@pytest.mark.parametrize("rows", [
    (*DOING, f"vende VERB parataxis 2 vendere {FINITE}|Person=3", "tutto PRON obj 6", ". PUNCT punct 2"),  # she does something else
    (*DOING, "tutto PRON nsubj 7", f"costa VERB parataxis 2 costare {FINITE}"),  # a headline
    ("La DET det 1", "lista NOUN nsubj 2", *DOING[2:], "tutto PRON nsubj 7", f"costa VERB parataxis 2 costare {FINITE}", ". PUNCT punct 2"),
])
def test_what_a_colon_explains_otherwise_is_nobody_s_word(rows: tuple[str, ...]) -> None:
    assert reported(parsed(*rows), "it") == []


def test_who_stands_right_behind_a_verb_that_opens_an_insertion_speaks_whatever_the_parser_made_of_him() -> None:
    doc = parsed("The DET det 1", "shelf NOUN nsubj 2", f"fills VERB ccomp 4 fill {FINITE}", ", PUNCT punct 4", f"complains VERB ROOT 4 complain {FINITE}",
                 "partner NOUN dobj 4", "Sunita PROPN compound 7", "Rao PROPN appos 5", ". PUNCT punct 4")
    told = parsed("Roth PROPN nsubj 2", ", PUNCT punct 0", f"told VERB ROOT 2 tell {FINITE}", "reporters NOUN dobj 2 reporter", ". PUNCT punct 2")
    assert reported(doc, "en") == [("partner Sunita Rao", "complains", "The shelf fills")]
    assert reported(told, "en") == []


def test_how_something_is_said_is_not_what_is_said_and_who_is_expected_to_do_something_is() -> None:
    how = parsed("Neri PROPN nsubj 1", f"dice VERB ROOT 1 dire {FINITE}", "versando VERB ccomp 1 versare VerbForm=Ger", "il DET det 4", "caffè NOUN obj 2")
    who = parsed("The DET det 1", "council NOUN nsubj 2", f"expects VERB ROOT 2 expect {FINITE}", "ninety NUM nummod 4", "jobs NOUN dobj 2 job",
                 "to PART aux 6", f"go VERB xcomp 2 go {INFINITIVE}")
    assert reported(how, "it") == []
    assert reported(who, "en") == [("The council", "expects", "ninety jobs to go")]


def test_a_remark_in_passing_is_made_by_whom_its_clause_is_about() -> None:
    doc = parsed("Roth PROPN nsubj 1", f"closed VERB ROOT 1 close {FINITE}", "with ADP prep 1", "the DET det 4", "remark NOUN pobj 2", "that SCONJ mark 7",
                 "tolls NOUN nsubj 7", f"work VERB acl 4 work {FINITE}", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Roth", "remark", "tolls work")]


def test_what_things_are_to_somebody_needs_his_name() -> None:
    def to(*rows: str) -> list[tuple[str, str, str]]:
        doc = parsed("To ADP prep 4", *rows, "it PRON nsubj 4", f"ends VERB ROOT 4 end {FINITE}", "the DET det 6", "matter NOUN dobj 4", ". PUNCT punct 4")
        doc.ents = [doc.char_span(3, 8, label="PERSON")] if rows[0].startswith("Falko") else []
        return reported(doc, "en")
    assert to("Falko PROPN pobj 0", ", PUNCT punct 4") == [("Falko", "To", "it ends the matter")]
    assert to("parents NOUN pobj 0 parent", ", PUNCT punct 4") == []


def test_turns_of_a_conversation_go_on_to_the_next_and_a_single_label_is_a_headline() -> None:
    def turn(name: str, at: int, last: str) -> tuple[str, ...]:
        return (f"{name} PROPN dep {at + 4}", f": PUNCT punct {at + 4}", f"Tolls NOUN nsubj {at + 3}", f"{last} VERB ccomp {at + 4} {last} {FINITE}",
                f"work VERB ROOT {at + 4} work {FINITE}", f". PUNCT punct {at + 4}")
    talk = parsed(*turn("Holm", 0, "do"), *turn("Lee", 6, "may"), *turn("Holm", 12, "must"))
    talk.ents = [talk.char_span(token.idx, token.idx + len(token), label="PERSON") for token in talk if token.pos_ == "PROPN"]
    assert [(source, content) for source, _, content in reported(talk, "en")] == [
        ("Holm", "Tolls do work"), ("Lee", "Tolls may work"), ("Holm", "Tolls must work")]
    alone = parsed("Chips NOUN ROOT 0", ": PUNCT punct 0", "what PRON nsubj 3", f"changes VERB acl 0 change {FINITE}")
    assert reported(alone, "en") == []


@pytest.mark.parametrize(("opener", "content"), [("because", "the pause because others go on"), ("although", "the pause")])
def test_the_reason_for_a_judgment_is_his_who_judges(opener: str, content: str) -> None:
    doc = parsed("Students NOUN nsubj 1 student", f"oppose VERB ROOT 1 oppose {FINITE}", "the DET det 3", "pause NOUN dobj 1", ", PUNCT punct 1",
                 f"{opener} SCONJ mark 7", "others NOUN nsubj 7 other", f"go VERB advcl 1 go {FINITE}", "on ADP prt 7", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Students", "oppose", content)]


def test_a_verb_that_the_tagger_took_for_a_noun_reports_the_clause_behind_it() -> None:
    doc = parsed("The DET det 1", "bank NOUN compound 2", "states NOUN ROOT 2 state Number=Plur", "that SCONJ mark 5", "complaints NOUN nsubj 5",
                 f"fell VERB ccomp 2 fall {FINITE}", ". PUNCT punct 2")
    rules = parsed("of ADP prep 4", "the DET det 2", "states NOUN pobj 0 state Number=Plur", "that PRON nsubj 4", f"object VERB ROOT 4 object {FINITE}",
                   "none DET nsubj 6", f"left VERB conj 4 leave {FINITE}")
    assert reported(doc, "en") == [("The bank", "states", "complaints fell")]
    assert reported(rules, "en") == []


def test_what_is_recalled_follows_another_word_than_what_is_said() -> None:
    doc = parsed("Il DET det 1", "commento NOUN nsubj 2", f"ricorda VERB ROOT 2 ricordare {FINITE}", "come ADV advmod 5", "tutti PRON nsubj 5",
                 f"tacessero VERB advcl 2 tacere {FINITE}", ". PUNCT punct 2")
    assert reported(doc, "it") == [("Il commento", "ricorda", "come tutti tacessero")]


def test_what_something_is_called_may_be_a_clause_to_the_parser() -> None:
    doc = parsed("Kruus PROPN nsubj 1", f"calls VERB ROOT 1 call {FINITE}", "that PRON nsubj 3", "arithmetic NOUN oprd 1", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Kruus", "calls", "that arithmetic")]


def test_a_verb_that_says_something_of_what_its_pronoun_stands_for_is_no_insertion() -> None:
    doc = parsed("Neri PROPN nsubj 4", ", PUNCT punct 0", "biologa NOUN appos 0", ", PUNCT punct 0", "la PRON obj 5 la", f"definisce VERB ROOT 5 definire {FINITE}",
                 "una DET det 7", "pezza NOUN obj 5", ". PUNCT punct 5")
    assert all(cue != "definisce" or "Neri" not in content for _, cue, content in reported(doc, "it"))


def test_what_must_be_said_is_the_author_s_own() -> None:
    doc = parsed("Neri PROPN nsubj 2", f"è AUX cop 2 essere {FINITE}", "coerente ADJ ROOT 2", ", PUNCT punct 5", f"va AUX aux:pass 5 andare {FINITE}",
                 f"detto VERB conj 2 dire {PARTICIPLE}", ". PUNCT punct 2")
    assert reported(doc, "it") == []


def test_a_set_phrase_of_speech_interrupts_what_is_said() -> None:
    doc = parsed("Closing VERB csubj 6 close", "doors NOUN dobj 0 door", ", PUNCT punct 6", "the DET det 4", "letter NOUN nsubj 5", f"goes VERB parataxis 7 go {FINITE}",
                 "on ADP prt 5", f"means VERB ROOT 7 mean {FINITE}", "climbing NOUN dobj 7", ". PUNCT punct 7")
    split = parsed("Closing NOUN nsubj 8", "doors NOUN dobj 0 door", ", PUNCT punct 8", "the DET det 4", "letter NOUN nsubj 5", f"goes VERB parataxis 8 go {FINITE}",
                   "on ADP prt 5", ", PUNCT punct 8", f"means VERB ROOT 8 mean {FINITE}", "climbing NOUN dobj 8", ". PUNCT punct 8")
    assert reported(split, "en") == [("the letter", "goes on", "Closing doors means climbing")]
    assert reported(doc, "en") == []


def test_what_somebody_sees_in_something_is_his_view_of_it() -> None:
    there = parsed("Lusardi PROPN nsubj 2", "ci PRON expl 2", f"vede VERB ROOT 2 vedere {FINITE}", "un DET det 4", "regalo NOUN obj 2", ". PUNCT punct 2")
    inside = parsed("Stubbs PROPN nsubj 1", f"sees VERB ROOT 1 see {FINITE}", "in ADP prep 1", "it PRON pobj 2", "a DET det 5", "threat NOUN dobj 1",
                    ". PUNCT punct 1")
    plain = parsed("Stubbs PROPN nsubj 1", f"sees VERB ROOT 1 see {FINITE}", "a DET det 3", "train NOUN dobj 1", "in ADP prep 1", "it PRON pobj 4",
                   ". PUNCT punct 1")
    assert [(source, content) for source, _, content in reported(there, "it")] == [("Lusardi", "un regalo")]
    assert reported(inside, "en") == [("Stubbs", "sees", "a threat")]
    assert reported(plain, "en") == []


def test_what_this_is_called_may_be_one_phrase_to_the_parser() -> None:
    doc = parsed("Thiele PROPN nsubj 1", f"called VERB ROOT 1 call {FINITE}", "this DET det 3", "nonsense NOUN dobj 1", ". PUNCT punct 1")
    assert reported(doc, "en") == [("Thiele", "called", "this nonsense")]


def test_the_reason_for_a_judgment_may_follow_a_quotation_mark_and_a_time_is_no_reason() -> None:
    judged = parsed("Roth PROPN nsubj 1", f"called VERB ROOT 1 call {FINITE}", "it PRON nsubj 5", '" PUNCT punct 5', "too ADV advmod 5",
                    "late ADJ oprd 1", '" PUNCT punct 5', ", PUNCT punct 1", "because SCONJ mark 10", "others NOUN nsubj 10", f"pay VERB advcl 1 pay {FINITE}",
                    ". PUNCT punct 1")
    since = parsed("Roth PROPN nsubj 1", f"opposes VERB ROOT 1 oppose {FINITE}", "the DET det 3", "plan NOUN dobj 1", "since SCONJ prep 1", "May PROPN pobj 4",
                   ", PUNCT punct 1", "and CCONJ cc 1", "nobody PRON nsubj 9", f"left VERB conj 1 leave {FINITE}", ". PUNCT punct 1")
    assert [content for _, _, content in reported(judged, "en")] == ["it too late because others pay"]
    assert [content for _, _, content in reported(since, "en")] == ["the plan"]


def test_what_something_is_explained_by_is_told_unless_somebody_says_it() -> None:
    by = parsed("Roth PROPN nsubj 1", f"explained VERB ROOT 1 explain {FINITE}", "it PRON dobj 1", "by ADP prep 1", "lack NOUN pobj 3", "of ADP prep 4",
                "staff NOUN pobj 5", ". PUNCT punct 1")
    saying = parsed("Roth PROPN nsubj 1", f"explained VERB ROOT 1 explain {FINITE}", "it PRON dobj 1", "by ADP prep 1",
                    "saying VERB pcomp 3 say VerbForm=Part|Tense=Pres", "tolls NOUN nsubj 6", f"fall VERB ccomp 4 fall {FINITE}", ". PUNCT punct 1")
    assert reported(by, "en") == [("Roth", "explained", "it by lack of staff")]
    assert [content for _, _, content in reported(saying, "en")] == ["tolls fall"]


def test_a_question_word_is_no_speaker() -> None:
    doc = parsed("Chi PRON nsubj 1", f"ha VERB ROOT 1 avere {FINITE}", "ragione NOUN obj 1", "? PUNCT punct 1")
    assert reported(doc, "it") == []


def test_who_takes_a_stand_first_may_be_named_by_a_long_phrase() -> None:
    doc = parsed("Critico ADJ parataxis 6", "il DET det 2", "Forum PROPN obj 0", "digitale ADJ amod 2", ": PUNCT punct 0", "tutto PRON nsubj 6",
                 f"cala VERB ROOT 6 calare {FINITE}", ". PUNCT punct 6")
    assert reported(doc, "it") == [("il Forum digitale", "Critico", "tutto cala")]
