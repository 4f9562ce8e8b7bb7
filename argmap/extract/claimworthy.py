"""A proposition in an article's own voice in, how likely it is a claim out; and how much any proposition bears on the debate.

News mixes claims with dates, prices and scene setting. What makes a sentence a claim (verifiable factual, non-factual:
Park & Cardie 2014; check-worthiness: Hassan et al. 2017) shows on its surface: modal verbs, evaluation, comparison,
negation, generic present, contrast with what stands before; events in the past with numbers and dates speak against it.
Each sign adds a named weight; the sum goes through the logistic function, so a confidence can be traced to its reasons.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmap.extract.clauses import main_heads, word_count
from argmap.extract.syntax import children, find_phrases, is_negated, subjects
from argmap.lexicon import Lexicon
from argmap.model import Debate
from argmap.settings import DEFAULTS, ClaimWeights, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Terms", "argument", "bearing", "claim_signs", "confidence", "debate_terms", "debate_words", "is_heading", "log_odds",
           "nearness", "relevance"]

#: Signs that show in what an article says whether it argues.
ARGUING = frozenset({"modal", "hedge", "evaluation", "effect", "degree", "generic", "contrast", "negation", "first_person"})
#: Tokens at the start of a clause within which a connective set off by commas belongs to all of it.
LEAD = 10
#: What a sentence may end with; a heading seldom does.
SENTENCE_ENDS = ".!?…;:»”\"’'"
#: Words of a debate with at most so many letters are acronyms.
ACRONYM = 3


def claim_signs(tokens: Sequence[Token], lexicon: Lexicon, *, before: Sequence[Token] = (), terms: Collection[str] = (),
                speakers: Collection[str] = (), closing: bool = False) -> dict[str, float]:
    """The signs that a proposition of the author's is a claim, or is none, by the name of their weight.

    Args:
        tokens: the proposition.
        lexicon: the words of its language.
        before: the tokens of its sentence that were cut off before it, connectives among them.
        terms: core words of the debate.
        speakers: names of those cited in the article, lower-case.
        closing: whether it is all that the article's last paragraph says.

    Returns:
        For each field of `argmap.settings.ClaimWeights` that applies, how often, at most a few times.
    """
    words = [token.lower_ for token in tokens]
    lemmas = {token.lemma_.lower() for token in tokens} | set(words)
    judged = lemmas | {token.lemma_.lower() for token in before}  # "The danger is that rules come too late"
    heads = main_heads(tokens, lexicon)
    head = heads[0] if heads else None

    def has(path: str) -> float:
        listed = lexicon.words(f"statements.{path}")
        return float(len(listed & lemmas) + sum(1 for *_, phrase in find_phrases(tokens, {p for p in listed if " " in p})))

    comparing = lexicon.words("statements.degree")
    degree = {token.i for token in tokens if token.lower_ in comparing or "Cmp" in token.morph.get("Degree", [])
              or "Sup" in token.morph.get("Degree", [])}
    entities = sum(1 for token in tokens if token.pos_ == "PROPN")
    vague = lexicon.words("statements.vague_numbers")
    numbers = sum(1 for token in tokens if (token.like_num or token.pos_ == "NUM") and token.lower_ not in vague) + has("time")
    connecting = {token.lower_ for token in (*before, *tokens[:1], *_set_off(tokens[:LEAD]))}
    signs = {
        "modal": min(1.0, has("modal") + float(_is_future(tokens, lexicon))),
        "hedge": min(1.0, has("hedge")),
        "evaluation": min(2.0, float(len(lexicon.words("statements.evaluation") & judged))),
        "effect": min(2.0, has("effect")),
        "degree": min(1.0, float(len(degree))),
        "generic": min(1.0, has("generic")),
        "contrast": float(bool(lexicon.words("statements.contrast_signs") & connecting)),
        "debate": min(2.0, float(len(debate_words(tokens, terms)))),
        "numbers": min(2.0, float(numbers)),
        "names": min(1.0, entities / max(1, word_count(tokens)) * 4),
        "question": float(_ends_in(tokens, "?")),
        "short": float(word_count(tokens) < 5),
        "no_clause": float(head is None),
    }
    if head is not None:
        event, about = lexicon.words("statements.event"), subjects(head, lexicon)
        past = _is_past(head, lexicon)
        first = _is_first_person(head, lexicon)
        signs |= {
            "negation": float(is_negated(head, lexicon)),
            "present": float(not past),
            "past": float(past),
            "event": float(head.lemma_.lower() in event or head.lower_ in event),
            "generic_subject": float(not past and _is_generic(head, lexicon)),
            "copula": float(_is_copular(head, lexicon)),
            "first_person": float(first and not past),
            "first_past": float(first and past),
            "byline": float(closing and any(noun.pos_ == "PROPN" for noun in about)),
            "speaker": float(any(word.lower_ in speakers for noun in about for word in (noun, *children(noun, lexicon, "name")))),
            "presents": float(any(noun.pos_ == "PROPN" and noun.i > head.i for noun in about)),
            "third_person": float(_opens_with_person(head, lexicon)),
        }
    return {name: value for name, value in signs.items() if value}


def argument(signs: Sequence[Mapping[str, float]], *, settings: Settings = DEFAULTS) -> float:
    """How far an article's own clauses argue, in [0, 1]: their signs of arguing, `argument_full` a clause for 1.

    A notice about a product has a voice of its own and argues as little as a report does.

    Args:
        signs: from `claim_signs`, for each of the clauses in the article's own voice.
        settings: thresholds.
    """
    counts = [sum(value for name, value in each.items() if name in ARGUING) for each in signs]
    return min(1.0, sum(counts) / len(counts) / settings.argument_full) if counts else 0.0


def log_odds(signs: Mapping[str, float], share: float, about: float, argues: float, weights: ClaimWeights) -> float:
    """The log-odds that a proposition with these signs is a claim, taken by itself.

    Args:
        signs: from `claim_signs`.
        share: the part of the article's sentences that are its own, from `argmap.extract.voice.voice_share`.
        about: how far the article is about the debate, from `bearing`; what is said in another one claims nothing in it.
        argues: how far the article's own clauses argue, from `argument`.
        weights: what each sign adds.
    """
    total: float = (weights.base + weights.own_voice * (share - 0.5) + weights.off_topic * (1 - about)
                    + weights.plain * (1 - argues))
    for name, value in signs.items():
        total += getattr(weights, name) * value
    return total


def confidence(alone: float, neighbours: Sequence[float], weights: ClaimWeights) -> float:
    """How likely a proposition is a claim, in [0, 1]: its own log-odds, drawn towards those of its paragraph.

    "The tobacco industry was courteous as well" reads as a fact alone and as a reason where everything around it argues.

    Args:
        alone: from `log_odds`.
        neighbours: the same of the other propositions in the author's voice in its paragraph.
        weights: `paragraph` is how much their mean, within `reach` of even odds, adds.
    """
    mean = sum(max(-weights.reach, min(weights.reach, value)) for value in neighbours) / len(neighbours) if neighbours else 0.0
    return 1 / (1 + math.exp(-(alone + weights.paragraph * mean)))


def is_heading(paragraph: str, title: str = "", *, settings: Settings = DEFAULTS) -> bool:
    """Whether a paragraph is a headline, section heading or byline: the title, a short line without a full stop, or one question.

    >>> is_heading("The toll question"), is_heading("Who pays for it?"), is_heading("Who pays? We do.")
    (True, True, False)
    """
    text = paragraph.strip()
    if text == title.strip() and len(text) <= settings.title_length:
        return True
    if len(text) > settings.heading_length:
        return False
    return text[-1:] not in SENTENCE_ENDS or (text[-1:] == "?" and not any(mark in text[:-1] for mark in ".!?…"))


@dataclass(frozen=True, slots=True)
class Terms:
    """A debate's words in one language, lower-case: `core` names its matter, `topical` what it also touches ("law", "jobs")."""

    core: frozenset[str]
    topical: frozenset[str]


def debate_terms(debate: Debate, language: str) -> Terms:
    """A debate's words: its keywords and its sides' terms are the core, its topics' terms are topical."""
    def listed(*sources: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        return frozenset(term.lower() for source in sources for term in source.get(language, ()))
    core = listed(debate.keywords, *(side.terms for side in debate.sides))
    return Terms(core, listed(*(topic.terms for topic in debate.topics)) - core)


def debate_words(tokens: Sequence[Token], terms: Collection[str]) -> list[str]:
    """The words of a debate that stand in a stretch of text, in order.

    An acronym counts in capitals only: "AI" is artificial intelligence, "ai" an Italian preposition.
    """
    found = []
    for start, stop, phrase in find_phrases(tokens, terms):
        if stop - start > 1 or len(phrase) > ACRONYM or not next(token for token in tokens if token.i == start).text.islower():
            found.append(phrase)
    return found


def bearing(doc: Doc, terms: Terms, *, settings: Settings = DEFAULTS) -> float:
    """How far an article is about the debate, in [0, 1]: the part of its sentences with a core word, 1 from `bearing_full` on."""
    sentences = [sentence for sentence in doc.sents if word_count(sentence)]
    part = sum(1 for sentence in sentences if debate_words(list(sentence), terms.core)) / len(sentences) if sentences else 0.0
    return min(1.0, part / settings.bearing_full)


def nearness(paragraph: Iterable[Token], terms: Terms, about: float, *, settings: Settings = DEFAULTS) -> float:
    """How far a paragraph is about the debate, in [0, 1]: the mean of its article's bearing and its own.

    A round-up may come to the debate in one paragraph, and an article on the debate leaves it in another.

    Args:
        paragraph: its tokens.
        terms: from `debate_terms`.
        about: from `bearing`.
        settings: `nearness_full` distinct core words make a paragraph wholly about the debate.
    """
    return (about + min(1.0, len(set(debate_words(list(paragraph), terms.core))) / settings.nearness_full)) / 2


def relevance(tokens: Iterable[Token], terms: Terms, about: float, *, settings: Settings = DEFAULTS) -> float:
    """How much a proposition bears on the motion, in [0, 1]: by its own words, and by its article.

    "Nobody can do that with a copied file" bears on the debate in an article about it; "the Senate passed the law" does
    so in no other.

    Args:
        tokens: the proposition.
        terms: from `debate_terms`.
        about: from `nearness` of its paragraph.
        settings: thresholds `relevance_step`, `relevance_stray`, `relevance_topical` and `relevance_context`.
    """
    words = list(tokens)
    core, topical = set(debate_words(words, terms.core)), set(debate_words(words, terms.topical))
    evidence = (len(core) * (settings.relevance_stray + (1 - settings.relevance_stray) * about)
                + len(topical) * settings.relevance_topical * about)
    own: float = 1 - settings.relevance_step ** evidence
    return round(own + (1 - own) * settings.relevance_context * about, 4)


def _set_off(tokens: Sequence[Token]) -> list[Token]:
    """Words between two commas: "Il problema, [però], è più complesso"."""
    return [word for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False) if before.text == after.text == ","]


def _ends_in(tokens: Sequence[Token], mark: str) -> bool:
    last = tokens[-1]
    after = last.doc[last.i + 1] if last.i + 1 < len(last.doc) else last
    return mark in (last.text, after.text)


def _is_future(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """A predicting verb form: Italian's future and conditional ("dovrà", "si potrebbe")."""
    return any("Fut" in token.morph.get("Tense", []) or "Cnd" in token.morph.get("Mood", []) for token in tokens)


def _is_past(head: Token, lexicon: Lexicon) -> bool:
    """Whether a clause tells of something done: simple past, perfect or pluperfect; a passive or copula in the present is none."""
    finite = [token for token in (head, *children(head, lexicon, "auxiliary", "copula")) if "Fin" in token.morph.get("VerbForm", [])]
    if any("Past" in token.morph.get("Tense", []) or "Imp" in token.morph.get("Tense", []) for token in finite):
        return True
    perfect = lexicon.words("statements.perfect")
    return ("Part" in head.morph.get("VerbForm", []) and head.pos_ == "VERB" and not children(head, lexicon, "subject_passive")
            and any(token.lemma_.lower() in perfect for token in finite))


def _is_copular(head: Token, lexicon: Lexicon) -> bool:
    return bool(children(head, lexicon, "copula", "predicate"))


def _is_generic(head: Token, lexicon: Lexicon) -> bool:
    """Whether a clause speaks of a kind, not of somebody: "Crowds do not work for landlords", "A bankrupt champion publishes nothing"."""
    definite = lexicon.words("statements.definite")
    for noun in subjects(head, lexicon)[:1]:
        if noun.pos_ == "NOUN":
            words = children(noun, lexicon, "determiner", "possessive", "number", "name")
            return not any(word.lower_ in definite or word.pos_ in ("PROPN", "NUM") for word in words)
    return False


def _is_first_person(head: Token, lexicon: Lexicon) -> bool:
    finite = (head, *children(head, lexicon, "auxiliary", "copula"))
    first = lexicon.words("statements.first_person")
    return (any("1" in token.morph.get("Person", []) for token in finite if "Fin" in token.morph.get("VerbForm", []))
            or any(token.lower_ in first for token in subjects(head, lexicon)))


def _opens_with_person(head: Token, lexicon: Lexicon) -> bool:
    """Whether the clause is about what somebody did or is: "She ordered tea"."""
    return any(token.lower_ in lexicon.words("statements.third_person") for token in subjects(head, lexicon))
