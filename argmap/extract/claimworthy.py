"""A proposition in no quotation in, how likely it is a claim of the author's, goes on with what somebody else said, or neither.

News mixes claims with dates, prices and scene setting. What makes a sentence a claim (verifiable factual, non-factual:
Park & Cardie 2014; check-worthiness: Hassan et al. 2017) shows on its surface: modal verbs, evaluation, comparison,
negation, generic present, contrast with what stands before; events in the past with numbers and dates speak against it.
What goes on with a speaker's point follows a sentence that cites him: "The fund sold its shares, its chairman said. The firm
could not be trusted." Each sign adds a weight to the log-odds of each reading; ``argmap.training.claims`` learns the weights
from marked texts (multinomial logistic regression), so a probability can be traced to its reasons.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from argmap.extract.bearing import debate_words
from argmap.extract.clauses import main_heads, word_count
from argmap.extract.syntax import children, find_phrases, is_negated, role, subjects
from argmap.lexicon import Lexicon
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["READINGS", "Setting", "article_signs", "claim_signs", "is_heading", "log_odds", "probabilities", "weights"]

#: What a proposition that no attribution holds can be: a claim of the author's, a point of the speaker cited before, or neither.
READINGS = ("author", "continued", "other")
#: Tokens at the start of a clause within which a connective set off by commas belongs to all of it.
LEAD = 10
#: What a sentence may end with; a heading seldom does.
SENTENCE_ENDS = ".!?…;:»”\"’'"
#: Lists of verbs that report.
REPORTING = ("cues.verbs.speech", "cues.verbs.thought")
#: Signs that mean something else where many are cited.
SPEAKERS_OWN = frozenset({"past", "first_person", "third_person", "pronoun", "evaluation", "anaphora"})
#: Where a document keeps the places of phrases.
PHRASES = "argmap.phrases"
#: Names per word at which a proposition is full of them.
FULL_OF_NAMES = 0.25


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a proposition stands.

    Attributes:
        before: the tokens of its sentence that were cut off before it, connectives among them.
        speakers: names of those cited in the article, lower-case.
        cited: where the last attribution before it is, and of what type: "clause" (earlier in its sentence), "sentence" (the
            one before), "paragraph" (earlier in it) or "article", and "direct", "indirect" or "mixed"; "" if there is none.
        places: its places, of "lead" and "second" (the article's first paragraphs), "closing" (its last paragraph's only
            proposition), "first" and "last" (in its paragraph), "part" (of a sentence), "explaining" (after a colon or
            semicolon) and "announcing" (before one).
    """

    before: Sequence[Token] = ()
    speakers: Collection[str] = ()
    cited: str = ""
    places: Collection[str] = ()


ANYWHERE = Setting()


def claim_signs(tokens: Sequence[Token], lexicon: Lexicon, setting: Setting = ANYWHERE, *,
                terms: Collection[str] = ()) -> dict[str, float]:
    """The signs that tell what a proposition is, by name.

    Args:
        tokens: the proposition.
        lexicon: the words of its language.
        setting: where it stands.
        terms: core words of the debate.

    Returns:
        Each sign that applies, with how often, at most a few times.
    """
    words = [token.lower_ for token in tokens]
    ids = {token.i for token in tokens}
    lemmas = {token.lemma_.lower() for token in tokens} | set(words)
    judged = lemmas | {token.lemma_.lower() for token in setting.before}  # "The danger is that rules come too late"
    heads = main_heads(tokens, lexicon)
    head = heads[0] if heads else None
    count = word_count(tokens)

    def has(path: str) -> float:
        listed = lexicon.words(f"statements.{path}")
        longer = _of_words(listed)
        return float(len(listed & lemmas) + sum(start in ids and stop - 1 in ids for start, stop, _ in _phrases(tokens[0].doc, longer)))

    comparing = lexicon.words("statements.degree")
    degree = {token.i for token in tokens if token.lower_ in comparing or "Cmp" in token.morph.get("Degree", [])
              or "Sup" in token.morph.get("Degree", [])}
    vague = lexicon.words("statements.vague_numbers")
    connecting = {token.lower_ for token in (*setting.before, *tokens[:1], *_set_off(tokens[:LEAD]))}
    signs = {
        "modal": min(1.0, has("modal") + float(_is_future(tokens))),
        "hedge": min(1.0, has("hedge")),
        "evaluation": min(2.0, float(len(lexicon.words("statements.evaluation") & judged))),
        "effect": min(2.0, has("effect")),
        "degree": min(1.0, float(len(degree))),
        "generic": min(1.0, has("generic")),
        "contrast": float(bool(lexicon.words("statements.contrast_signs") & connecting)),
        "debate": min(2.0, float(len(debate_words(tokens, terms)))),
        "numbers": min(2.0, float(sum(1 for t in tokens if (t.like_num or t.pos_ == "NUM") and t.lower_ not in vague))),
        "time": min(2.0, has("time")),
        "names": min(1.0, sum(1 for token in tokens if token.pos_ == "PROPN") / max(1, count) / FULL_OF_NAMES),
        "question": float(_ends_in(tokens, "?")),
        "quoting": float(any(token.is_quote for token in tokens)),
        "words": math.log(count + 1),
        "words squared": math.log(count + 1) ** 2,
        "anaphora": float(bool(words) and words[0] in lexicon.words("statements.anaphora")),
        "no_clause": float(head is None),
    }
    if head is not None:
        signs |= _verb_signs(head, lexicon, setting)
    signs |= {f"at {place}": 1.0 for place in setting.places}
    signs |= {f"cited {setting.cited}".strip(): 1.0, "always": 1.0}
    return {name: value for name, value in signs.items() if value}


def article_signs(signs: Mapping[str, float], reported: float, personal: float) -> dict[str, float]:
    """The signs that the article as a whole adds to a proposition's own.

    A report that mostly cites goes on with those whom it cites, a column speaks for itself.

    Args:
        signs: the proposition's own.
        reported: share of the article's words that somebody else says.
        personal: share of its propositions in no quotation that are in the first person.
    """
    found = {"reported": reported, "personal": personal}
    found |= {f"reported {name}": reported for name in signs if name.startswith("cited") or name in SPEAKERS_OWN}
    return {name: value for name, value in found.items() if value}


@lru_cache
def _of_words(listed: frozenset[str]) -> frozenset[str]:
    """The phrases of a list that are no single words."""
    return frozenset(phrase for phrase in listed if " " in phrase)


def _phrases(doc: Doc, phrases: frozenset[str]) -> list[tuple[int, int, str]]:
    """Where phrases stand in a document. Every proposition asks for the same, so the document keeps the answers."""
    known: dict[frozenset[str], list[tuple[int, int, str]]] = doc.user_data.setdefault(PHRASES, {})
    if phrases not in known:
        known[phrases] = find_phrases(doc, phrases) if phrases else []
    return known[phrases]


def _verb_signs(head: Token, lexicon: Lexicon, setting: Setting) -> dict[str, float]:
    event, about = lexicon.words("statements.event"), subjects(head, lexicon)
    past, first = _is_past(head, lexicon), _is_first_person(head, lexicon)
    return {
        "negation": float(is_negated(head, lexicon)),
        "past": float(past),
        "event": float(head.lemma_.lower() in event or head.lower_ in event),
        "generic_subject": float(not past and _is_generic(head, lexicon)),
        "named_subject": float(any(noun.pos_ == "PROPN" for noun in about[:1])),
        "no_subject": float(not about),
        "pronoun": float(any(noun.pos_ == "PRON" for noun in about[:1])),
        "copula": float(bool(children(head, lexicon, "copula", "predicate"))),
        "passive": float(bool(children(head, lexicon, "subject_passive"))),
        "expletive": float(bool(children(head, lexicon, "expletive"))),
        "first_person": float(first and not past),
        "first_past": float(first and past),
        "byline": float("closing" in setting.places and any(noun.pos_ == "PROPN" for noun in about)),
        "speaker": float(any(word.lower_ in setting.speakers for noun in about for word in (noun, *children(noun, lexicon, "name")))),
        "presents": float(any(noun.pos_ == "PROPN" and noun.i > head.i for noun in about)),
        "third_person": float(any(token.lower_ in lexicon.words("statements.third_person") for token in about)),
        "reporting": float(any(head.lemma_.lower() in lexicon.words(path) for path in REPORTING)),
        "conditional": float(any("Cnd" in token.morph.get("Mood", []) for token in (head, *children(head, lexicon, "auxiliary")))),
        "dependent": float(role(head, lexicon) in ("adverbial_clause", "relative_clause", "noun_clause")),
    }


def probabilities(signs: Mapping[str, float], neighbours: Sequence[float] = (), *, about: float = 1.0,
                  learned: Mapping[str, Mapping[str, float]] | None = None, settings: Settings = DEFAULTS) -> tuple[float, ...]:
    """How likely a proposition is each of `READINGS`.

    Args:
        signs: from `claim_signs`.
        neighbours: `log_odds` of the other propositions in its paragraph: "the tobacco industry was courteous as well" reads as
            a fact alone and as a reason where everything around it argues.
        about: how far the article is about the debate, in [0, 1]; what is said in another one claims nothing in it.
        learned: weights to use instead of `weights()`.
        settings: `off_topic`, `near_claims` and `near_reach`.

    >>> round(sum(probabilities({"modal": 1.0, "evaluation": 2.0})), 6)
    1.0
    """
    scores = _scores(signs, learned or weights())
    scores[-1] += settings.off_topic * (1 - about)
    if neighbours:
        near = [max(-settings.near_reach, min(settings.near_reach, odds)) for odds in neighbours]
        scores[-1] -= settings.near_claims * sum(near) / len(near)
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    return tuple(share / sum(shares) for share in shares)


def log_odds(signs: Mapping[str, float]) -> float:
    """The log-odds that a proposition is a claim of somebody's, taken by itself.

    Args:
        signs: from `claim_signs`.
    """
    *claims, other = _scores(signs, weights())
    top = max(claims)
    return top + math.log(sum(math.exp(score - top) for score in claims)) - other


def _scores(signs: Mapping[str, float], learned: Mapping[str, Mapping[str, float]]) -> list[float]:
    return [sum(value * learned[reading].get(name, 0.0) for name, value in signs.items()) for reading in READINGS]


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """What each sign adds to the log-odds of each reading; the card ``claims.toml`` says what it was learned from."""
    text = (resources.files("argmap") / "models" / "claims.json").read_text(encoding="utf-8")
    learned: Mapping[str, Mapping[str, float]] = json.loads(text)["weights"]
    return learned


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


def _set_off(tokens: Sequence[Token]) -> list[Token]:
    """Words between two commas: "Il problema, [però], è più complesso"."""
    return [word for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False) if before.text == after.text == ","]


def _ends_in(tokens: Sequence[Token], mark: str) -> bool:
    last = tokens[-1]
    after = last.doc[last.i + 1] if last.i + 1 < len(last.doc) else last
    return mark in (last.text, after.text)


def _is_future(tokens: Sequence[Token]) -> bool:
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
