"""Articles in, parsed spaCy documents out: sentences, parts of speech, lemmas, dependencies, and entities where a pipeline has them.

``doc.text == article.text``, always. Each article is parsed by itself, so that its parse does not depend on what is read with it.
spaCy is imported when work begins, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from argmap.errors import ArticleError, LexiconError, ModelError
from argmap.extract.lemmas import is_verb_form, lemma
from argmap.extract.sentences import mark_sentences
from argmap.lexicon import Lexicon, languages
from argmap.lexicon import load as load_lexicon
from argmap.model import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["annotate", "let_go", "load_pipeline", "parse"]

#: Components of a pipeline that argmap uses; others are not loaded.
NEEDED = frozenset({"tok2vec", "transformer", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "trainable_lemmatizer",
                    "ner", "argmap_agree"})
HYPHENS = frozenset({"-", "‑", "‐"})
#: Characters parsed at a time: a longer article is parsed in stretches of whole sentences, which bounds memory.
STRETCH = 25_000


def annotate(articles: Iterable[Article], *, models: str = "default", overrides: Mapping[str, str] | None = None) -> Iterator[Doc]:
    """Parse articles, one `Doc` each, in their order.

    Args:
        articles: what to parse; each names its language.
        models: edition of the pipelines, ``default`` or ``permissive``.
        overrides: spaCy pipelines to use instead, installed packages or paths, by language code.

    Raises:
        ModelError: a language has no pipeline, or it is not installed.
        ArticleError: an article holds characters that are no text.
    """
    chosen = overrides or {}
    for article in articles:
        nlp = load_pipeline(article.language, models=models, override=chosen.get(article.language))
        try:
            yield parse(article.text, nlp, load_lexicon(article.language))
        except UnicodeEncodeError as error:
            raise ArticleError(f"{article.id}: character {error.start} is half of a pair (surrogate): save the file as UTF-8") from error


def parse(text: str, nlp: Language, lexicon: Lexicon, *, stretch: int = STRETCH) -> Doc:
    """The text, parsed sentence by sentence as `argmap.extract.sentences` cuts it.

    Args:
        text: any length.
        nlp: a pipeline from `load_pipeline`.
        lexicon: the language's words.
        stretch: characters parsed at a time.
    """
    from spacy.tokens import Doc
    doc = mark_sentences(nlp.make_doc(text), lexicon)
    if len(text) <= stretch:
        return join_hyphenated(_mended(nlp(doc), lexicon))
    pieces = [join_hyphenated(_mended(nlp(piece), lexicon)) for piece in _stretches(doc, stretch)]
    return Doc.from_docs(pieces, ensure_whitespace=False) or doc


def _mended(doc: Doc, lexicon: Lexicon) -> Doc:
    return mend_verbs(_lemmatise(mend_names(doc), lexicon), lexicon)


def mend_verbs(doc: Doc, lexicon: Lexicon) -> Doc:
    """The document with reporting verbs tagged as verbs where the tagger took them for nouns or adjectives.

    Only where there is little doubt: forms that are no other word's ("*promette*"), and others before the word that opens a
    reported clause ("Lanterna *precisa* tuttavia che…"), alone between two commas ("…, *assicura*, …") or between a comma and
    a name. Languages whose infinitives have no endings of their own are left alone.
    """
    endings = lexicon.sequence("lemmas.infinitives")
    if not endings:
        return doc
    known = lexicon.words("cues.verbs.speech") | lexicon.words("cues.verbs.thought") | lexicon.words("cues.verbs.quotation")
    openers, plural = lexicon.words("cues.clause_openers"), lexicon.sequence("lemmas.plural_verb_endings")
    for token in doc:
        if token.pos_ not in ("NOUN", "ADJ", "PROPN") or token.i + 1 >= len(doc) or token.is_title and not token.is_sent_start:
            continue
        if token.is_sent_start and token.pos_ == "PROPN" and token.is_title and is_verb_form(token.text, lexicon.language) \
                and doc[token.i + 1].pos_ not in ("PROPN", "VERB", "AUX", "ADJ") and doc[token.i + 1].text != ",":
            _make_verb(token, lemma(token.text, "VERB", lexicon.language), plural)  # "*Annuisce* e…": a capital makes no name
            continue
        before = doc[token.i - 1] if token.i and not token.is_sent_start else None
        if before is not None and before.pos_ in ("DET", "ADP", "NUM", "VERB", "AUX"):
            continue
        verb = lemma(token.text, "VERB", lexicon.language)
        if verb not in known or not verb.endswith(endings) or token.lower_ == verb:
            continue
        after = doc[token.i + 1]
        if after.pos_ == "ADV" or after.text == "," and token.i + 2 < len(doc) and doc[token.i + 2].pos_ == "ADV":
            after = next((t for t in doc[token.i + 1:token.i + 5] if t.pos_ != "ADV" and t.text != ","), after)
        inserted = before is not None and before.text == "," and (
            doc[token.i + 1].text in ",." or doc[token.i + 1].pos_ in ("PROPN", "DET"))
        only = is_verb_form(token.text, lexicon.language)
        if before is not None and before.pos_ == "ADJ":
            inserted = only = False  # "la società californiana *precisa* che…", but "una lunga *nota*"
        if inserted or only or after.lower_ in openers and after.pos_ == "SCONJ":
            _make_verb(token, verb, plural)
    return doc


def _make_verb(token: Token, infinitive: str, plural: tuple[str, ...]) -> None:
    token.pos_, token.lemma_ = "VERB", infinitive
    number = "Plur" if token.lower_.endswith(plural) else "Sing"
    token.set_morph(f"Mood=Ind|Number={number}|Person=3|VerbForm=Fin")  # type: ignore[attr-defined]  # spaCy's stubs lack it


def mend_names(doc: Doc) -> Doc:
    """The document with names tagged as names where their unusual letters misled the tagger ("OpenAI" as a number)."""
    for token in doc:
        unusual = token.text.isalpha() and any(letter.isupper() for letter in token.text[1:])
        if unusual and token.pos_ in ("NUM", "SYM", "X", "INTJ", "PUNCT"):
            token.pos_ = "PROPN"
            token.set_morph("")  # type: ignore[attr-defined]  # spaCy's stubs lack it
    return doc


def join_hyphenated(doc: Doc) -> Doc:
    """The document with compounds as one token each ("open-source", "Nwosu-Lind"), which tokenizers split and parsers tear apart.

    The compound takes its grammar from the part that heads it, its lemma from its letters unless that part is a verb.
    """
    compounds: list[tuple[int, int]] = []
    at = 0
    while at < len(doc):
        end = at + 1
        while end + 1 < len(doc) and doc[end].text in HYPHENS and _is_word(doc[end - 1]) and not doc[end - 1].whitespace_ \
                and not doc[end].whitespace_ and _is_word(doc[end + 1]) and not doc[end + 1].is_sent_start:
            end += 2
        if end > at + 1:
            compounds.append((at, end))
        at = end
    with doc.retokenize() as retokenizer:
        for start, end in compounds:
            compound = doc[start:end]
            verb = compound.root.pos_ in ("VERB", "AUX")
            retokenizer.merge(compound, attrs={"LEMMA": compound.root.lemma_ if verb else compound.text.lower()})
    return doc


def _is_word(token: Token) -> bool:
    return token.text[-1].isalnum() and token.text[0].isalnum() and any(character.isalpha() for character in token.text)


def _stretches(doc: Doc, stretch: int) -> Iterator[Doc]:
    begin = 0
    for token in doc:
        if token.is_sent_start and token.i > begin and token.idx - doc[begin].idx > stretch:
            yield doc[begin:token.i].as_doc()
            begin = token.i
    yield doc[begin:].as_doc()


def _lemmatise(doc: Doc, lexicon: Lexicon) -> Doc:
    if not doc.has_annotation("LEMMA"):
        for token in doc:
            is_participle = "Part" in token.morph.get("VerbForm", []) and "Past" in token.morph.get("Tense", ["Past"])
            token.lemma_ = lemma(token.text, token.pos_, lexicon.language, is_participle=is_participle)
        return doc
    forms = verb_forms(lexicon)
    for token in doc:
        if token.pos_ == "VERB" and token.lower_ in forms:
            token.lemma_ = forms[token.lower_]  # "Sanders *hopes* to win" does not hop
    return doc


@cache
def verb_forms(lexicon: Lexicon) -> dict[str, str]:
    """The verb forms that the language file lists, with their lemmas: lemmatizers get these wrong too."""
    return dict(pair.split() for pair in lexicon.sequence("lemmas.forms.verb"))


def load_pipeline(language: str, *, models: str = "default", override: str | None = None) -> Language:
    """The spaCy pipeline of a language, loaded once.

    Args:
        language: ISO 639-1 code.
        models: edition, ``default`` or ``permissive``.
        override: an installed spaCy package ("it_core_news_lg") or a path, to use instead.

    Raises:
        ModelError: there is no such pipeline, with what to do about it.
    """
    if override:
        return _load(override, language)
    try:
        lexicon = load_lexicon(language)
        return _load(lexicon.value(f"pipeline.{models}"), language)
    except LexiconError:
        if language in languages():
            raise ModelError(f"no {models!r} edition of models for {language!r}: choose default or permissive") from None
        known = ", ".join(languages())
        raise ModelError(f"no pipeline for language {language!r}: argmap reads {known}; set the article's language") from None


def let_go() -> None:
    """Give up the pipelines that are loaded; they are loaded again when they are asked for."""
    _load.cache_clear()


@cache
def _load(name: str, language: str) -> Language:
    import spacy

    from argmap.extract import entities, pieces  # noqa: F401 - registers what shipped pipelines are made of
    from argmap.extract.ops import use_fast_matrix_product
    from argmap.models import folder
    use_fast_matrix_product()
    try:
        nlp = spacy.load(folder(name) or name)
    except OSError as error:
        raise ModelError(f"spaCy pipeline {name!r} is not installed: pip install it, or name another one for {language!r}") from error
    except (ValueError, KeyError, ImportError) as error:
        raise ModelError(f"spaCy pipeline {name!r} cannot be loaded ({error}): install a version for this spaCy") from error
    if nlp.lang != language:
        raise ModelError(f"spaCy pipeline {name!r} is for language {nlp.lang!r}, not {language!r}: name another one")
    for pipe in list(nlp.pipe_names):
        if pipe not in NEEDED:
            nlp.remove_pipe(pipe)
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"spaCy pipeline {name!r} has no parser: name one that has, such as {language}_core_news_lg")
    nlp.max_length = 10**9  # `parse` bounds what is parsed at a time
    return nlp
