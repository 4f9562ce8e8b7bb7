"""Attributions of real sentences, parsed by the pipelines that argmap ships and requires."""

from __future__ import annotations

import random

import pytest
from spacy.tokens import Doc

from argmap.debate import load as load_debate
from argmap.extract.actors import resolve
from argmap.extract.annotate import annotate
from argmap.extract.attribute import attribute
from argmap.extract.statements import state
from argmap.lexicon import load
from argmap.model import Article, Attribution
from argmap.training import marked

pytestmark = pytest.mark.model


def found(text: str, language: str) -> list[Attribution]:
    article = Article("t", text, language=language)
    (doc,) = annotate([article])
    attributions = attribute(doc, article, load(language))
    for attribution in attributions:
        for span in (attribution.source, attribution.cue, *attribution.content):
            assert span is None or text[span.start:span.end] == span.text
    return list(attributions)


def shown(attribution: Attribution) -> tuple[str, str, list[str]]:
    return (attribution.source.text if attribution.source else "", attribution.cue.text if attribution.cue else "",
            [span.text for span in attribution.content])


CASES = [
    ("en", '"The bridge is safe," said Ada Kellner, the chief engineer. "It will stand for decades."',
     ("Ada Kellner", "said", ["The bridge is safe", "It will stand for decades"])),
    ("en", "The tolls, the mayor argued, would ruin the island.", ("the mayor", "argued", ["The tolls", "would ruin the island"])),
    ("en", "According to the port authority, two ferries are out of service.",
     ("the port authority", "According to", ["two ferries are out of service"])),
    ("en", "Hauliers fear that the ferry will close.", ("Hauliers", "fear", ["the ferry will close"])),
    ("en", "The council refused to publish the report.", ("The council", "refused", ["to publish the report"])),
    ("en", "Islanders oppose the new toll.", ("Islanders", "oppose", ["the new toll"])),
    ("en", "Critics called the toll \"a tax on hope\".", ("Critics", "called", ["the toll \"a tax on hope"])),
    ("it", "«Il ponte è sicuro», ha detto Ada Kellner, «e resterà in piedi per decenni».",
     ("Ada Kellner", "ha detto", ["Il ponte è sicuro", "e resterà in piedi per decenni"])),
    ("it", "Sulla stessa linea il presidente dell'Anci: «Ai comuni servono ponti aperti».",
     ("il presidente dell'Anci", "", ["Ai comuni servono ponti aperti"])),
    ("it", "«Chi chiude il ponte chiude la città»: così la sindaca ha risposto ai critici.",
     ("la sindaca", "ha risposto", ["Chi chiude il ponte chiude la città"])),
    ("it", "I pedaggi, sostiene la sindaca, rovinerebbero l’isola.", ("la sindaca", "sostiene", ["I pedaggi", "rovinerebbero l’isola"])),
    ("it", "Secondo l'autorità portuale, due traghetti sono fuori servizio.",
     ("l'autorità portuale", "Secondo", ["due traghetti sono fuori servizio"])),
    ("it", "Gli autotrasportatori temono che il traghetto chiuda.", ("Gli autotrasportatori", "temono", ["il traghetto chiuda"])),
    ("it", "Il consiglio fa sapere di non avere obiezioni.", ("Il consiglio", "fa sapere", ["di non avere obiezioni"])),
    ("it", "Il comitato lamenta l'assenza di fondi.", ("Il comitato", "lamenta", ["l'assenza di fondi"])),
    ("it", "Il portavoce della società californiana precisa che l'azienda valuterà i rischi.",
     ("Il portavoce della società californiana", "precisa", ["l'azienda valuterà i rischi"])),
    ("it", "Il colosso teme che i ricorsi possano bloccare i lavori.", ("Il colosso", "teme", ["i ricorsi possano bloccare i lavori"])),
    ("it", "Rapallo ritiene che la perizia sia inutile.", ("Rapallo", "ritiene", ["la perizia sia inutile"])),
    ("it", "L'obiettivo del piano è ridurre i costi dei trasporti.", ("piano", "obiettivo", ["ridurre i costi dei trasporti"])),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[text[:40] for _, text, _ in CASES])
def test_source_cue_and_content(language: str, text: str, expected: tuple[str, str, list[str]]) -> None:
    assert expected in [shown(attribution) for attribution in found(text, language)]


def test_quoted_speech_is_direct_a_quoted_term_makes_reported_speech_mixed() -> None:
    (whole,) = found('"The bridge is safe," said Kellner.', "en")
    (part,) = found('Kellner said that the bridge was "perfectly safe".', "en")
    assert (whole.type, part.type) == ("direct", "mixed")


def test_one_attribution_inside_another_keeps_both_with_the_outer_as_parent() -> None:
    outer, inner = sorted(found("Kellner said that islanders fear that the ferry will close.", "en"), key=lambda a: a.parent or "")
    assert (outer.parent, inner.parent) == (None, outer.id)


@pytest.mark.parametrize("text", [
    "Kellner said that islanders want to show that hauliers fear that the ferry will close.",
    "Kellner said the mayor opposes the claim that islanders believe that the ferry will close."])
def test_every_parent_is_an_attribution_too(text: str) -> None:
    attributions = found(text, "en")
    assert {a.parent for a in attributions if a.parent} <= {a.id for a in attributions}


def test_speech_goes_on_in_the_next_paragraph() -> None:
    (only,) = [a for a in found('"The bridge is safe," said Kellner.\n\n"Nobody has to worry about it."', "en") if not a.parent]
    assert [span.text for span in only.content] == ["The bridge is safe", "Nobody has to worry about it"]


def test_a_reporters_words_between_dashes_inside_a_quotation_are_cut_out() -> None:
    (only,) = [a for a in found("«Il ponte - ha aggiunto Kellner - resterà in piedi per decenni».", "it") if not a.parent]
    assert [span.text for span in only.content] == ["Il ponte", "resterà in piedi per decenni"]


def test_plain_events_yield_nothing() -> None:
    assert found("The ferry left the harbour at nine.", "en") == []
    assert found("Il traghetto ha lasciato il porto alle nove.", "it") == []


def test_ids_depend_on_the_text_alone() -> None:
    text = "Hauliers fear that the ferry will close."
    assert [a.id for a in found(text, "en")] == [a.id for a in found(text, "en")]


@pytest.mark.parametrize(("after", "source"), [
    (": così il ministro Aldo Neri.", "il ministro Aldo Neri"), (". Parola di Aldo Neri.", "Aldo Neri"),
    (". Così il ministro ha commentato la notizia.", "il ministro"), (". Così il ministro ha chiuso la porta.", None)])
def test_a_quotation_may_be_signed(after: str, source: str | None) -> None:
    (quotation,) = (a for a in found(f"«La legge non cambierà»{after}", "it") if a.content[0].text == "La legge non cambierà")
    assert (quotation.source.text if quotation.source else None) == source


def test_what_somebody_wants_is_told_inside_what_he_says_but_not_what_he_backs() -> None:
    wanting = found("The mayor said that the party wants to close the old port by June.", "en")
    backing = found("The mayor said that the party backs the new toll.", "en")
    assert [a.rule for a in wanting] == ["reporting verb, clause", "intention verb, infinitive"] and wanting[1].parent == wanting[0].id
    assert [a.rule for a in backing] == ["reporting verb, clause"]


def test_a_signature_that_heads_its_sentence_is_read_to_its_end():
    (known,) = annotate([Article("t", "Neri.", language="it")])
    words = ["«", "Il", "ponte", "resta", "sempre", "aperto", "a", "tutti", "»", ":", "così", "Neri"]
    doc = Doc(known.vocab, words=words, spaces=[False, *[True] * 6, False, False, True, True, False], heads=[3, 2, 3, 11, 3, 3, 7, 5, 3, 11, 11, 11],
              pos=["PUNCT", "DET", "NOUN", "VERB", "ADV", "ADJ", "ADP", "PRON", "PUNCT", "PUNCT", "ADV", "PROPN"],
              deps=["punct", "det", "nsubj", "parataxis", "advmod", "xcomp", "case", "obl", "punct", "punct", "advmod", "ROOT"],
              morphs=["VerbForm=Fin" if word == "resta" else "" for word in words])
    (said,) = attribute(doc, Article("t", doc.text, language="it"), load("it"))
    assert shown(said) == ("Neri", "", ["Il ponte resta sempre aperto a tutti"])


def test_a_tag_around_nothing_reports_nothing_by_it():
    assert all(attribution.rule != "reporting verb, aside" for attribution in found("“ , that ha detto generali » )", "it"))


@pytest.mark.parametrize("seed", range(4))
def test_texts_in_disorder_are_read_to_their_end(seed):
    chance = random.Random(seed)
    texts = marked.read_all(marked.HELD_OUT)
    marks = [",", ":", ";", ".", "«", "»", '"', "(", "—", "\n\n", "che", "that", "said", "così", "ha detto", "X:"]
    for example in chance.sample(texts, 12):
        words = example.article.text.split(" ")[:chance.randint(1, 90)]
        for _ in range(chance.randint(5, 30)):
            here, there = chance.randrange(len(words)), chance.randrange(len(words))
            words[here], words[there] = words[there], words[here]
            words.insert(here, chance.choice(marks))
        article = Article("t", " ".join(words), language=example.article.language)
        (doc,) = annotate([article])
        lexicon, debate = load(article.language), load_debate()
        attributions, _, mentions = resolve(doc, article, lexicon, debate, attribute(doc, article, lexicon))
        for span in [*(m.span for m in mentions), *(s for one in state(doc, article, lexicon, attributions, debate) for s in one.content)]:
            assert article.text[span.start:span.end] == span.text
