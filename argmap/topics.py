"""Claims in; out, the same with the debate's topic that each is about, or "other"; and topics for a debate that names none.

Such topics are groups of claims that are near each other in the space of sentence vectors (spherical k-means, Dhillon and
Modha 2001), named by the words that set each group off from the others (class TF-IDF, Grootendorst 2022).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from argmap import lexicon as lexicons
from argmap import vectors
from argmap.columns import each, hold, sequence
from argmap.head import EVERY, centres
from argmap.likeness import content_words
from argmap.model import Claim, Debate, Topic, stable_id
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["OTHER", "assign", "induce"]

#: Claims that are compared with topics at a time.
AT_ONCE = 4096
#: The topic of a claim that fits none of the debate's.
OTHER = "other"


def assign(claims: Iterable[Claim], debate: Debate, *, embed: vectors.Embedder | None = None,
           settings: Settings = DEFAULTS) -> Sequence[Claim]:
    """The claims with their topic set.

    A topic's words count more the fewer topics share them, and each only once; nearness to the topic's label and words in
    the space of sentence vectors decides where words are missing or tie.

    Args:
        claims: in any language.
        debate: its topics with their words.
        embed: sentence vectors; the shipped ones unless given.
        settings: `topic`, `topic_words`.
    """
    known = sequence(claims)
    if not known or not debate.topics:
        return hold(Claim, (replace(claim, topic=OTHER) for claim in known))
    embedder = embed or vectors.sentence_embedder()
    described = [" ".join((label, *topic.terms.get(language, ()))) for topic in debate.topics for language, label in topic.label.items()]
    owners = np.array([at for at, topic in enumerate(debate.topics) for _ in topic.label])
    centre = centres([EVERY], debate, embed=embedder, settings=settings)[0]
    towards = vectors.directions(embedder(described) - centre).T
    texts = list(each(known, "text"))
    cosines = np.concatenate([vectors.directions(embedder(texts[at:at + AT_ONCE]) - centre) @ towards
                              for at in range(0, len(known), AT_ONCE)])
    near = np.stack([cosines[:, owners == at].mean(axis=1) for at in range(len(debate.topics))], axis=1)
    terms = {language: [{_lemmas(one, language) for one in topic.terms.get(language, ())} for topic in debate.topics]
             for language in set(each(known, "language"))}
    worded = np.fromiter((score for claim in known for score in _word_scores(claim, terms[claim.language])), np.float64, near.size)
    scores = near + settings.topic_words * worded.reshape(near.shape)
    best = scores.argmax(axis=1)
    return hold(Claim, (replace(claim, topic=debate.topics[at].id if scores[row, at] >= settings.topic else OTHER)
                        for row, (claim, at) in enumerate(zip(known, best.tolist(), strict=True))))


def _word_scores(claim: Claim, terms: Sequence[set[str]]) -> list[float]:
    """For each topic, how many of its words a claim has, a word that n topics share counting 1/n."""
    text = f" {_lemmas(claim.text, claim.language)} "
    hits = [{term for term in each if f" {term} " in text} for each in terms]
    return [sum(1 / sum(term in other for other in hits) for term in found) for found in hits]


def _lemmas(text: str, language: str) -> str:
    return " ".join(vectors.lemma(word, language) for word in vectors.tokens(text))


def induce(claims: Iterable[Claim], debate: Debate, *, embed: vectors.Embedder | None = None, settings: Settings = DEFAULTS) -> Debate:
    """The debate with topics found in its claims; a debate that has topics as it is.

    Args:
        claims: in any language.
        debate: its sides' examples tell what all claims of the debate share.
        embed: sentence vectors; the shipped ones unless given.
        settings: `topic_size`, `most_topics`, `topic_terms`, `topic_label`.
    """
    if debate.topics:
        return debate
    known = sorted(claims, key=lambda claim: claim.id)
    number = min(settings.most_topics, len(known) // settings.topic_size)
    if number < 2:
        return debate
    embedder = embed or vectors.sentence_embedder()
    languages = [claim.language for claim in known]
    # Seen from the centre of their language, claims of two languages on one subject fall together.
    rows = vectors.directions(embedder([claim.text for claim in known]) - centres(languages, debate, embed=embedder, settings=settings))
    owner = _clusters(rows, number)
    words = [Counter(dict.fromkeys(_naming(claim), 1)) for claim in known]
    spelt = _spellings(known)
    groups = [[at for at, group in enumerate(owner) if group == one] for one in range(number)]
    found = [sum((words[at] for at in group), Counter[tuple[str, str]]()) for group in groups]
    everywhere = sum(found, Counter[tuple[str, str]]())
    topics = list[Topic]()
    for group, counts in zip(groups, found, strict=True):
        terms = {language: _terms(counts, everywhere, language, number, settings) for language in sorted(set(languages))}
        labels = {language: ", ".join(spelt[language, term] for term in some[:settings.topic_label])
                  for language, some in terms.items() if some}
        if labels and len(group) >= settings.topic_size // 2:
            other = labels[max(labels, key=lambda language: (sum(languages[at] == language for at in group), language))]
            topics.append(Topic(stable_id("t", *sorted(labels.values())), {language: labels.get(language, other) for language in terms},
                                {language: some for language, some in terms.items() if some}))
    return replace(debate, topics=tuple(sorted(topics, key=lambda topic: topic.id)))


def _naming(claim: Claim) -> list[tuple[str, str]]:
    """The lemmas of a claim that could name a topic, with its language."""
    lemmas = [vectors.lemma(word, claim.language) for word in content_words(claim.text, claim.language) if not word[0].isdigit()]
    if claim.language not in lexicons.languages():
        return [(claim.language, lemma) for lemma in lemmas]
    lexicon = lexicons.load(claim.language)
    empty = lexicon.words("claims.function_words") | lexicon.words("claims.general_words")
    return [(claim.language, lemma) for lemma in lemmas if lemma not in empty]


def _terms(counts: Mapping[tuple[str, str], int], everywhere: Mapping[tuple[str, str], int], language: str, groups: int,
           settings: Settings) -> tuple[str, ...]:
    """The lemmas of a language that set a group of claims off, the most telling first; each in two of its claims at least.

    A word that the other groups have as often, in proportion, sets nothing off.
    """
    scores = {word: number * math.log(groups * number / everywhere[code, word])
              for (code, word), number in counts.items() if code == language and number > 1 and groups * number > everywhere[code, word]}
    return tuple(sorted(scores, key=lambda word: (-scores[word], word))[:settings.topic_terms])


def _spellings(claims: Sequence[Claim]) -> dict[tuple[str, str], str]:
    """Each language's lemmas as the claims spell them most often: "weights", not "weight"; "API", not "api"."""
    forms: dict[tuple[str, str], Counter[str]] = {}
    for claim in claims:
        for place, word in enumerate(claim.text.split()):
            bare = word.strip(".,;:!?()[]'’-–—")
            # The first word has its capital from the sentence: it tells the spelling only of what stands nowhere else.
            spelt = bare if place and bare else vectors.fold(bare)
            for part in vectors.tokens(spelt):
                shown = spelt if vectors.fold(spelt) == part else part
                forms.setdefault((claim.language, vectors.lemma(part, claim.language)), Counter())[shown] += place > 0
    return {key: min(found, key=lambda form: (-found[form], form)) for key, found in forms.items()}


#: Rounds after which groups that still change are left as they are.
ROUNDS = 50


def _clusters(rows: NDArray[np.float32], number: int) -> list[int]:
    """Spherical k-means; it starts from rows that lie far apart, so that the same claims give the same groups."""
    middle = vectors.directions(rows.mean(axis=0, keepdims=True))
    nearest = rows @ middle[0]
    seeds = [int(nearest.argmax())]
    reached = rows @ rows[seeds[0]]
    for _ in range(1, number):
        # The farthest row is often an odd one; one of the far ones that has neighbours leads to better groups.
        far = np.argsort(reached, kind="stable")[:max(1, len(rows) // number)]
        crowd = (rows[far] @ rows[far].T).sum(axis=1)
        seeds.append(int(far[int(crowd.argmax())]))
        reached = np.maximum(reached, rows @ rows[seeds[-1]])
    centre = rows[seeds]
    owner = (rows @ centre.T).argmax(axis=1)
    for _ in range(ROUNDS):
        sums = np.zeros_like(centre)
        np.add.at(sums, owner, rows)
        centre = vectors.directions(sums)
        again = (rows @ centre.T).argmax(axis=1)
        if (again == owner).all():
            break
        owner = again
    return [int(group) for group in owner]
