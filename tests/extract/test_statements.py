"""Statements from parses written by hand: where propositions are cut, which of the author's clauses claim, what a statement carries."""

from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from hypothesis import given, settings
from hypothesis.strategies import integers, lists, tuples
from spacy.tokens import Doc

from argmap.extract.bearing import debate_terms, relevance
from argmap.extract.claimworthy import READINGS, Setting, article_signs, claim_signs, is_heading, log_odds, probabilities, weights
from argmap.extract.clauses import propositions, trim
from argmap.extract.statements import state
from argmap.lexicon import load
from argmap.model import AUTHOR, Article, Attribution, Debate, Motion

EMPTY = Debate("empty", Motion({}), ())
#: Knows punctuation and quotation marks by sight; the parses are written here.
VOCAB = spacy.blank("en").vocab
#: What a letter after the fourth slash of a token stands for.
MORPH = {"f": "VerbForm=Fin", "i": "VerbForm=Inf", "p": "Tense=Past", "1": "Person=1", "o": "PronType=Prs"}


def parsed(text: str, parse: str, language: str = "en") -> Doc:
    """A document from its text and its tokens, each as word/part of speech/relation/head/morphology."""
    rows = [item.split("/") for item in parse.split()]
    words, spaces, at = [], [], 0
    for word, *_ in rows:
        if text[at] == "\n":
            words.append(text[at:at + len(text[at:]) - len(text[at:].lstrip("\n"))])
            spaces.append(False)
            at += len(words[-1])
        assert text.startswith(word, at), (word, text[at:])
        at += len(word)
        words.append(word)
        spaces.append(text[at:at + 1] == " ")
        at += spaces[-1]
    gaps = [n for n, word in enumerate(words) if word.isspace()]
    place = [n for n in range(len(words)) if n not in gaps]
    heads, deps, pos, morphs, lemmas = (list(range(len(words))), ["dep"] * len(words), ["SPACE"] * len(words), [""] * len(words), words.copy())
    for n, (word, tag, dep, head, *flags) in enumerate(rows):
        heads[place[n]], deps[place[n]], pos[place[n]] = place[int(head)], dep, tag
        morphs[place[n]] = "|".join(sorted(MORPH[letter] for letter in "".join(flags)))
        lemmas[place[n]] = LEMMAS.get(word.lower(), word.lower())
    doc = Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, morphs=morphs, lemmas=lemmas)
    assert doc.text == text
    return doc


LEMMAS = {"is": "be", "è": "essere", "closed": "close", "declined": "decline", "had": "have"}


def cut(text: str, parse: str, language: str = "en", quoted: bool = False) -> list[str]:
    doc = parsed(text, parse, language)
    marks = range(len(doc)) if quoted else ()
    return [doc.text[part[0].idx:part[-1].idx + len(part[-1])] for part in propositions(doc, load(language), quoted=marks)]


# ------------------------------------------------------------------------------------------- where propositions end --
BUT = ("The toll keeps lorries away but slows the port.",
       "The/DET/det/1 toll/NOUN/nsubj/2 keeps/VERB/ROOT/2/f lorries/NOUN/dobj/2 away/ADV/advmod/2 but/CCONJ/cc/2 "
       "slows/VERB/conj/2/f the/DET/det/8 port/NOUN/dobj/6 ./PUNCT/punct/2")


def test_contrasting_halves_are_two_propositions():
    assert cut(*BUT) == ["The toll keeps lorries away", "slows the port"]


def test_a_quotation_keeps_its_coordinated_clauses_together():
    assert cut(*BUT, quoted=True) == ["The toll keeps lorries away but slows the port"]


def test_clauses_with_subjects_of_their_own_are_two_propositions():
    assert cut(
        "The port depends on many lorries, and tourists almost never cross the river.",
        "The/DET/det/1 port/NOUN/nsubj/2 depends/VERB/ROOT/2/f on/ADP/prep/2 many/ADJ/amod/5 lorries/NOUN/pobj/3 ,/PUNCT/punct/2 "
        "and/CCONJ/cc/2 tourists/NOUN/nsubj/11 almost/ADV/advmod/10 never/ADV/neg/11 cross/VERB/conj/2/f the/DET/det/13 "
        "river/NOUN/dobj/11 ./PUNCT/punct/2",
    ) == ["The port depends on many lorries", "tourists almost never cross the river"]


def test_two_complements_of_one_cue_are_two_propositions():
    assert cut("tolls had fallen far and that repairs would wait",
               "tolls/NOUN/nsubj/2 had/AUX/aux/2/f fallen/VERB/ROOT/2/p far/ADV/advmod/2 and/CCONJ/cc/2 that/SCONJ/mark/8 repairs/NOUN/nsubj/8 "
               "would/AUX/aux/8/f wait/VERB/conj/2/i") == ["tolls had fallen far", "repairs would wait"]


def test_a_colon_between_two_clauses_cuts():
    assert cut("It is only a start: the city has closed two lanes.",
               "It/PRON/nsubj/1/o is/AUX/ccomp/8/f only/ADV/advmod/4 a/DET/det/4 start/NOUN/attr/1 :/PUNCT/punct/8 the/DET/det/7 "
               "city/NOUN/nsubj/9 has/AUX/aux/9/f closed/VERB/ROOT/9/p two/NUM/nummod/11 lanes/NOUN/dobj/9 ./PUNCT/punct/9",
               ) == ["It is only a start", "the city has closed two lanes"]


def test_a_colon_before_a_list_does_not_cut():
    text = "It has one fault: the price."
    assert cut(text, "It/PRON/nsubj/1/o has/VERB/ROOT/1/f one/NUM/nummod/3 fault/NOUN/dobj/1 :/PUNCT/punct/3 the/DET/det/6 "
                     "price/NOUN/appos/3 ./PUNCT/punct/1") == [text[:-1]]


def test_a_reason_is_a_proposition_of_its_own():
    assert cut("Most traders object, since every crossing costs an hour.",
               "Most/ADJ/amod/1 traders/NOUN/nsubj/2 object/VERB/ROOT/2/f ,/PUNCT/punct/2 since/SCONJ/mark/7 every/DET/det/6 "
               "crossing/NOUN/nsubj/7 costs/VERB/advcl/2/f an/DET/det/9 hour/NOUN/dobj/7 ./PUNCT/punct/2",
               ) == ["Most traders object", "every crossing costs an hour"]


def test_a_reason_in_focus_stays():
    text = "She chose the ferry precisely because it is slow."
    assert cut(text, "She/PRON/nsubj/1/o chose/VERB/ROOT/1/fp the/DET/det/3 ferry/NOUN/dobj/1 precisely/ADV/advmod/7 because/SCONJ/mark/7 "
                     "it/PRON/nsubj/7/o is/AUX/advcl/1/f slow/ADJ/acomp/7 ./PUNCT/punct/1") == [text[:-1]]


@pytest.mark.parametrize(("text", "parse", "parts"), [
    ("Il pedaggio protegge il ponte, mentre il porto perde clienti.",
     "Il/DET/det/1 pedaggio/NOUN/nsubj/2 protegge/VERB/ROOT/2/f il/DET/det/4 ponte/NOUN/obj/2 ,/PUNCT/punct/2 mentre/SCONJ/mark/9 "
     "il/DET/det/8 porto/NOUN/nsubj/9 perde/VERB/advcl/2/f clienti/NOUN/obj/9 ./PUNCT/punct/2",
     ["Il pedaggio protegge il ponte", "il porto perde clienti"]),
    ("Il pedaggio è giusto perché il ponte costa troppo.",
     "Il/DET/det/1 pedaggio/NOUN/nsubj/3 è/AUX/cop/3/f giusto/ADJ/ROOT/3 perché/SCONJ/mark/7 il/DET/det/6 ponte/NOUN/nsubj/7 "
     "costa/VERB/advcl/3/f troppo/ADV/advmod/7 ./PUNCT/punct/3",
     ["Il pedaggio è giusto", "il ponte costa troppo"]),
    ("Mentre il ponte invecchia, il porto perde clienti.",
     "Mentre/SCONJ/mark/3 il/DET/det/2 ponte/NOUN/nsubj/3 invecchia/VERB/advcl/7/f ,/PUNCT/punct/3 il/DET/det/6 porto/NOUN/nsubj/7 "
     "perde/VERB/ROOT/7/f clienti/NOUN/obj/7 ./PUNCT/punct/7",
     ["il ponte invecchia", "il porto perde clienti"]),
])
def test_italian_subordinators_cut_too(text, parse, parts):
    assert cut(text, parse, "it") == parts


REPAIRED = "Nobody/PRON/nsubj/1 repaired/VERB/ROOT/1/fp the/DET/det/4 old/ADJ/amod/4 bridge/NOUN/dobj/1 ./PUNCT/punct/1 "


def test_a_sentence_too_short_for_a_point_joins_the_one_before():
    assert cut("Nobody repaired the old bridge. Enough now.",
               REPAIRED + "Enough/ADJ/ROOT/6 now/ADV/advmod/6 ./PUNCT/punct/6") == ["Nobody repaired the old bridge. Enough now"]


def test_sentences_with_points_of_their_own_are_apart():
    assert cut("Nobody repaired the old bridge. The new one leaks badly.",
               REPAIRED + "The/DET/det/8 new/ADJ/amod/8 one/NOUN/nsubj/9 leaks/VERB/ROOT/9/f badly/ADV/advmod/9 ./PUNCT/punct/9",
               ) == ["Nobody repaired the old bridge", "The new one leaks badly"]


def test_paragraphs_are_never_joined():
    assert cut("Nobody repaired the old bridge.\n\nEnough now.",
               REPAIRED + "Enough/ADJ/ROOT/6 now/ADV/advmod/6 ./PUNCT/punct/6") == ["Nobody repaired the old bridge", "Enough now"]


def test_a_clause_with_a_pronoun_of_its_own_is_a_proposition_of_its_own():
    assert cut(
        "The toll is a minor matter here, and I would gladly keep it.",
        "The/DET/det/1 toll/NOUN/nsubj/2 is/AUX/ROOT/2/f a/DET/det/5 minor/ADJ/amod/5 matter/NOUN/attr/2 here/ADV/advmod/2 ,/PUNCT/punct/2 "
        "and/CCONJ/cc/2 I/PRON/nsubj/12/o would/AUX/aux/12/f gladly/ADV/advmod/12 keep/VERB/conj/2 it/PRON/dobj/12 ./PUNCT/punct/2",
    ) == ["The toll is a minor matter here", "I would gladly keep it"]


def test_a_word_at_the_end_that_belongs_to_what_is_cut_off_is_left_out():
    doc = parsed("The firm warned a panel the danger grows.", "The/DET/det/1 firm/NOUN/nsubj/2 warned/VERB/ROOT/2/fp a/DET/det/4 "
                 "panel/NOUN/dobj/2 the/DET/det/6 danger/NOUN/nsubj/7 grows/VERB/ccomp/2/f ./PUNCT/punct/2")
    assert [token.text for token in trim(list(doc)[3:6], load("en"))] == ["a", "panel"]


def test_a_bracket_without_its_partner_is_left_out():
    doc = parsed("tolls hurt.)", "tolls/NOUN/nsubj/1 hurt/VERB/ROOT/1/f ./PUNCT/punct/1 )/PUNCT/punct/1")
    assert [token.text for token in trim(list(doc), load("en"))] == ["tolls", "hurt"]


def test_connectives_and_marks_at_the_ends_are_left_out():
    doc = parsed("However, tolls always hurt.", "However/ADV/advmod/4 ,/PUNCT/punct/4 tolls/NOUN/nsubj/4 always/ADV/advmod/4 "
                                                "hurt/VERB/ROOT/4/f ./PUNCT/punct/4")
    assert [token.text for token in trim(list(doc), load("en"))] == ["tolls", "always", "hurt"]


def test_a_pronoun_that_looks_like_a_connective_stays():
    doc = parsed("That is unwise.", "That/PRON/nsubj/1 is/AUX/ROOT/1/f unwise/ADJ/acomp/1 ./PUNCT/punct/1")
    assert [token.text for token in trim(list(doc), load("en"))] == ["That", "is", "unwise"]


# ------------------------------------------------------------------------------------------- what the author claims --
CLAIM = ("A free bridge is always better for trade than a toll.",
         "A/DET/det/2 free/ADJ/amod/2 bridge/NOUN/nsubj/3 is/AUX/ROOT/3/f always/ADV/advmod/3 better/ADJ/acomp/3 for/ADP/prep/5 "
         "trade/NOUN/pobj/6 than/ADP/prep/5 a/DET/det/10 toll/NOUN/pobj/8 ./PUNCT/punct/3")
EVENT = ("The bridge closed on Monday at 9.",
         "The/DET/det/1 bridge/NOUN/nsubj/2 closed/VERB/ROOT/2/fp on/ADP/prep/2 Monday/PROPN/pobj/3 at/ADP/prep/2 9/NUM/pobj/5 ./PUNCT/punct/2")


def chances(text: str, parse: str, *, cited: str = "", near: tuple[float, ...] = (), about: float = 1.0) -> dict[str, float]:
    signs = claim_signs(list(parsed(text, parse)), load("en"), Setting(cited=cited))
    return dict(zip(READINGS, probabilities(signs, near, about=about), strict=True))


def test_a_comparison_claims_more_than_a_dated_event():
    assert chances(*CLAIM)["author"] > 2 * chances(*EVENT)["author"]


def test_an_article_about_something_else_claims_nothing_in_the_debate():
    assert chances(*CLAIM, about=0.0)["other"] > chances(*CLAIM)["other"]


def test_a_paragraph_that_argues_lifts_a_clause():
    assert chances(*CLAIM, near=(2.0, 1.0))["other"] < chances(*CLAIM)["other"] < chances(*CLAIM, near=(-2.0,))["other"]


def test_a_claim_after_indirect_speech_may_be_the_speaker_s():
    assert chances(*CLAIM, cited="clause indirect")["continued"] > chances(*CLAIM)["continued"]


def test_an_article_that_cites_much_adds_signs_of_its_own():
    signs = article_signs({"cited sentence direct": 1.0, "past": 1.0, "words": 2.0}, 0.5, 0.0)
    assert signs == {"reported": 0.5, "reported cited sentence direct": 0.5, "reported past": 0.5}
    assert set(signs) <= {sign for reading in READINGS for sign in weights()[reading]}


def test_log_odds_tell_what_probabilities_tell():
    signs = claim_signs(list(parsed(*CLAIM)), load("en"))
    assert (log_odds(signs) > 0) == (probabilities(signs)[-1] < 0.5)


def test_signs_that_were_learned_are_those_that_are_found():
    learned = {name for named in weights().values() for name in named}
    for text, parse in (CLAIM, EVENT, BUT):
        assert set(claim_signs(list(parsed(text, parse)), load("en"))) <= learned


def test_a_short_line_without_a_full_stop_is_a_heading():
    assert is_heading("The toll question\n") and not is_heading("The toll was paid.") and not is_heading("«Why a toll»")


def test_the_title_and_a_question_that_stands_alone_are_headings():
    assert is_heading("Why we call it “free”", "Why we call it “free”") and is_heading("Who pays?") and not is_heading("Who pays? Nobody.")


def test_relevance_grows_with_words_of_the_debate_and_with_the_article(debate):
    doc = parsed(*CLAIM)
    terms = debate_terms(debate, "en")
    none, some = relevance(doc[3:6], terms, 0.0), relevance(doc, terms, 0.0)
    assert none == 0.0 < some < relevance(doc, terms, 0.5) <= 1.0


# ------------------------------------------------------------------------------------------------------- statements --
def article(text: str) -> Article:
    return Article("bridge-1", text, language="en")


def test_an_author_s_claim_becomes_a_statement_with_exact_words(debate):
    found = state(parsed(*CLAIM), article(CLAIM[0]), load("en"), (), debate)
    assert [(s.voice, s.type, s.actors, s.text) for s in found] == [("author", "author", (AUTHOR,), CLAIM[0][:-1])]
    assert all(CLAIM[0][span.start:span.end] == span.text for s in found for span in s.content)


def test_an_event_is_no_statement(debate):
    assert state(parsed(*EVENT), article(EVENT[0]), load("en"), (), debate) == ()


RIVALS = ("Rivals, he complained, had copied the design.",
          "Rivals/NOUN/nsubj/6 ,/PUNCT/punct/3 he/PRON/nsubj/3/o complained/VERB/parataxis/6/fp ,/PUNCT/punct/3 had/AUX/aux/6/fp "
          "copied/VERB/ROOT/6/p the/DET/det/8 design/NOUN/dobj/6 ./PUNCT/punct/6")


def test_a_proposition_split_by_its_reporting_clause_is_one_statement(debate):
    where = article(RIVALS[0])
    attribution = Attribution("t-1", where.id, "indirect", where.span(8, 10), where.span(11, 21), (where.span(0, 6), where.span(23, 44)), ("a-1",))
    (statement,) = state(parsed(*RIVALS), where, load("en"), (attribution,), debate)
    assert [span.text for span in statement.content] == ["Rivals", "had copied the design"]
    assert (statement.voice, statement.type, statement.attribution, statement.actors) == ("attributed", "indirect", "t-1", ("a-1",))
    assert statement.source == attribution.source and statement.cue == attribution.cue


def test_ids_depend_on_article_and_place_alone(debate):
    where = article(CLAIM[0])
    once, again = (state(parsed(*CLAIM), where, load("en"), (), debate) for _ in range(2))
    other = state(parsed(*CLAIM), Article("bridge-2", CLAIM[0], language="en"), load("en"), (), debate)
    assert once == again and once[0].id != other[0].id


def test_the_author_s_own_belief_is_the_author_s_claim(debate):
    text = "I still believe that the toll hurts small shops."
    doc = parsed(text, "I/PRON/nsubj/2/1o still/ADV/advmod/2 believe/VERB/ROOT/2/f that/SCONJ/mark/6 the/DET/det/5 toll/NOUN/nsubj/6 "
                       "hurts/VERB/ccomp/2/f small/ADJ/amod/8 shops/NOUN/dobj/6 ./PUNCT/punct/2")
    where = article(text)
    attribution = Attribution("t-1", where.id, "indirect", where.span(0, 1), where.span(8, 15), (where.span(21, 47),))
    for attributions in ((attribution,), ()):
        assert [(s.voice, s.text) for s in state(doc, where, load("en"), attributions, debate)] == [("author", "the toll hurts small shops")]


def test_who_declines_to_comment_states_nothing(debate):
    text = "The port declined to comment."
    doc = parsed(text, "The/DET/det/1 port/NOUN/nsubj/2 declined/VERB/ROOT/2/fp to/PART/aux/4 comment/VERB/xcomp/2/i ./PUNCT/punct/2")
    where = article(text)
    attribution = Attribution("t-1", where.id, "indirect", where.span(0, 8), where.span(9, 17), (where.span(18, 28),))
    assert state(doc, where, load("en"), (attribution,), debate) == ()


def test_of_two_nested_attributions_the_nearer_source_has_the_statement(debate):
    text = "She said that he thinks tolls hurt shops."
    doc = parsed(text, "She/PRON/nsubj/1/o said/VERB/ROOT/1/fp that/SCONJ/mark/4 he/PRON/nsubj/4/o thinks/VERB/ccomp/1/f tolls/NOUN/nsubj/6 "
                       "hurt/VERB/ccomp/4/f shops/NOUN/dobj/6 ./PUNCT/punct/1")
    where = article(text)
    outer = Attribution("t-1", where.id, "indirect", where.span(0, 3), where.span(4, 8), (where.span(14, 40),))
    inner = Attribution("t-2", where.id, "indirect", where.span(14, 16), where.span(17, 23), (where.span(24, 40),), parent="t-1")
    assert [(s.attribution, s.text) for s in state(doc, where, load("en"), (outer, inner), debate)] == [("t-2", "tolls hurt shops")]


def test_an_embedded_question_states_nothing(debate):
    text = "The port asked what the bridge had cost."
    doc = parsed(text, "The/DET/det/1 port/NOUN/nsubj/2 asked/VERB/ROOT/2/fp what/PRON/dobj/7 the/DET/det/5 bridge/NOUN/nsubj/7 had/AUX/aux/7/fp "
                       "cost/VERB/ccomp/2/p ./PUNCT/punct/2")
    where = article(text)
    attribution = Attribution("t-1", where.id, "indirect", where.span(0, 8), where.span(9, 14), (where.span(15, 39),),
                              rule="reporting verb, clause")
    assert [s for s in state(doc, where, load("en"), (attribution,), debate) if s.voice == "attributed"] == []


@pytest.mark.parametrize(("rule", "before"), [("source preposition", "secondo"), ("reporting verb, clause", "che")])
def test_who_does_something_is_no_question_where_somebody_is_cited_for_it(debate, rule, before):
    text = f"La stampa dice {before} chi paga il ponte attende."
    doc = parsed(text, f"La/DET/det/1 stampa/NOUN/nsubj/2 dice/VERB/ROOT/2/f {before}/SCONJ/mark/8 chi/PRON/nsubj/8 paga/VERB/acl:relcl/4/f il/DET/det/7 "
                       "ponte/NOUN/obj/5 attende/VERB/ccomp/2/f ./PUNCT/punct/2")
    where = replace(article(text), language="it")
    start = text.index("chi")
    attribution = Attribution("t-1", where.id, "indirect", where.span(0, 9), where.span(10, 14), (where.span(start, len(text) - 1),), rule=rule)
    found = state(doc, where, load("it"), (attribution,), debate)
    assert [s.text for s in found if s.voice == "attributed"] == ["chi paga il ponte attende"]


def test_parts_of_a_mixed_attribution_have_their_own_type(debate):
    text = "She warns against the analogy: “A ferry never closes.”"
    doc = parsed(text, "She/PRON/nsubj/1/o warns/VERB/ROOT/1/f against/ADP/prep/1 the/DET/det/4 analogy/NOUN/pobj/2 :/PUNCT/punct/1 “/PUNCT/punct/9 "
                       "A/DET/det/8 ferry/NOUN/nsubj/10 never/ADV/neg/10 closes/VERB/ccomp/1/f ./PUNCT/punct/1 ”/PUNCT/punct/1")
    where = article(text)
    attribution = Attribution("t-1", where.id, "mixed", where.span(0, 3), where.span(4, 9), (where.span(10, 29), where.span(32, 52)))
    assert [(s.type, s.text) for s in state(doc, where, load("en"), (attribution,), debate)] == [
        ("indirect", "against the analogy"), ("direct", "A ferry never closes")]


def test_an_empty_article_has_no_statements(debate):
    assert state(Doc(VOCAB), article(""), load("en"), (), debate) == ()


@settings(max_examples=60, deadline=None)
@given(ends=lists(tuples(integers(0, 44), integers(0, 44)), max_size=6))
def test_statements_are_exact_and_never_overlap_whatever_is_attributed(ends):
    where = article(RIVALS[0])
    attributions = [Attribution(f"t-{n}", where.id, "indirect", None, None, (where.span(min(pair), max(pair)),)) for n, pair in enumerate(ends)]
    found = state(parsed(*RIVALS), where, load("en"), attributions, EMPTY)
    spans = [span for statement in found for span in statement.content]
    assert all(where.text[span.start:span.end] == span.text for span in spans)
    assert not any(one.overlaps(other) for n, one in enumerate(spans) for other in spans[n + 1:])
    assert list(found) == sorted(found, key=lambda statement: statement.content)


@pytest.mark.parametrize(("rule", "found"), [("reporting verb, preposition", []), ("attitude verb, noun", ["the toll"])])
def test_a_word_or_two_are_no_statement_unless_the_cue_takes_a_side(rule, found, debate):
    text = "Lopez spoke about the toll."
    doc = parsed(text, "Lopez/PROPN/nsubj/1 spoke/VERB/ROOT/1/fp about/ADP/prep/1 the/DET/det/4 toll/NOUN/pobj/2 ./PUNCT/punct/1")
    where = article(text)
    attribution = Attribution("t-1", "bridge", "indirect", where.span(0, 5), where.span(6, 11), (where.span(18, 26),), ("a-1",), None, 0.8, rule)
    assert [s.text for s in state(doc, where, load("en"), (attribution,), debate) if s.voice == "attributed"] == found
