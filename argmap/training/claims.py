"""Texts with marked statements in, the weights of what is a claim in no quotation out.

The recipe of ``argmap/models/claims.json``::

    python -m argmap.training.claims argmap/models/claims.json --check

The texts are those of ``argmap.training.marked``. Each of their propositions that no attribution holds is one example: a
marked statement of the author's, one of the speaker cited before it, or unmarked. Multinomial logistic regression with a ridge,
by L-BFGS.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from argmap import debate as debates
from argmap.extract.annotate import annotate
from argmap.extract.attribute import attribute
from argmap.extract.bearing import Terms, debate_terms
from argmap.extract.claimworthy import READINGS, probabilities
from argmap.extract.clauses import covered
from argmap.extract.statements import voices
from argmap.extract.voice import candidates
from argmap.lexicon import load as load_lexicon
from argmap.model import Attribution, Statement
from argmap.settings import DEFAULTS
from argmap.training import marked
from argmap.training.stance import of_debate

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Observation", "cross_validate", "fit", "main", "motion", "observations", "terms_of"]

#: Strength of the pull of all weights towards zero, chosen by leaving out a sixth of the texts at a time.
RIDGE = 4.0
#: Parts into which the texts are divided, each scored by what the others taught.
FOLDS = 6
#: Weights below this change no probability by more than a thousandth.
NOTHING = 0.001
#: Share of words (F1) from which a proposition is the marked one.
SAME = 0.5
MOTION = "# motion: "
#: Letters that a word and another form of it begin with; words that are shorter mean little.
STEM = 5


@dataclass(frozen=True, slots=True)
class Observation:
    """The signs of a proposition, and which of `READINGS` it is."""

    signs: Mapping[str, float]
    reading: int


def motion(example: marked.Example, folder: Path = marked.TEXTS) -> str:
    """The motion that a text's stances refer to."""
    lines = (folder / f"{example.article.id}.txt").read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix(MOTION) for line in lines if line.startswith(MOTION)), "")


def terms_of(example: marked.Example, text: str) -> Terms:
    """The words of a motion, in all forms that an example has: where no debate file lists any.

    Args:
        example: the marked text.
        text: its motion.
    """
    stems = {word[:STEM] for word in re.findall(r"\w+", text.lower()) if len(word) >= STEM}
    forms = {word for word in re.findall(r"\w+", example.article.text.lower()) if word[:STEM] in stems}
    return Terms(frozenset(forms), frozenset())


def observations(example: marked.Example, doc: Doc, terms: Terms) -> list[Observation]:
    """The propositions of a text that no attribution holds; those that nobody before can be the speaker of are left out."""
    article, lexicon = example.article, load_lexicon(example.article.language)
    reading, others, own = voices(doc, article, lexicon, attribute(doc, article, lexicon), terms)
    marked = [(statement, _ids(token for span in statement.content for token in covered(doc, span.start, span.end)))
              for statement in example.statements]
    found = []
    for candidate in candidates(reading, others, own):
        mine = _ids(candidate.tokens)
        one, share = max(((statement, _f1(mine, ids)) for statement, ids in marked), key=lambda pair: pair[1], default=(None, 0.0))
        if one is None or share < SAME:
            found.append(Observation(candidate.signs, READINGS.index("other")))
        elif one.voice == "author":
            found.append(Observation(candidate.signs, READINGS.index("author")))
        elif candidate.cited is not None and _speaks(candidate.cited, one, example.statements):
            found.append(Observation(candidate.signs, READINGS.index("continued")))
    return found


def _ids(tokens: Iterable[Token]) -> frozenset[int]:
    return frozenset(token.i for token in tokens if not (token.is_punct or token.is_space or token.is_quote))


def _f1(one: Collection[int], other: Collection[int]) -> float:
    return 2 * len(set(one) & set(other)) / (len(one) + len(other)) if one or other else 0.0


def _speaks(cited: Attribution, statement: Statement, marked: Iterable[Statement]) -> bool:
    """Whether an attribution's speaker is a marked statement's: another statement of his stands in it."""
    return any(one.actors == statement.actors and span.overlaps(part) for one in marked for span in one.content for part in cited.content)


def fit(seen: Iterable[Observation], *, ridge: float = RIDGE) -> dict[str, dict[str, float]]:
    """The weights of each sign, by reading."""
    seen = list(seen)
    names = sorted({name for each in seen for name in each.signs})
    column = {name: i for i, name in enumerate(names)}
    columns = [column[name] for each in seen for name in each.signs]
    values = [value for each in seen for value in each.signs.values()]
    starts = np.concatenate([[0], np.cumsum([len(each.signs) for each in seen])])
    matrix = csr_matrix((np.array(values), np.array(columns, dtype=np.int64), starts), shape=(len(seen), len(names)))
    happened = np.eye(len(READINGS))[[each.reading for each in seen]]
    shape = len(names), len(READINGS)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape)
        scores = matrix @ weights
        scores = scores - scores.max(axis=1, keepdims=True)
        likely = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = matrix.T @ (np.exp(likely) - happened) + ridge * weights
        return float(ridge / 2 * (weights ** 2).sum() - (happened * likely).sum()), np.asarray(slope).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x.reshape(shape)
    return {reading: {name: round(float(weight), 3) for name, weight in zip(names, found[:, i], strict=True) if abs(weight) >= NOTHING}
            for i, reading in enumerate(READINGS)}


def cross_validate(texts: Sequence[Sequence[Observation]], *, folds: int = FOLDS) -> tuple[float, float]:
    """How well claims are told by weights learned from other texts: F1 of claims, and how often the found ones have the right voice."""
    hits = found = marked = right = 0
    other = READINGS.index("other")
    for fold in range(folds):
        weights = fit(each for i, text in enumerate(texts) if i % folds != fold for each in text)
        for each in (each for text in texts[fold::folds] for each in text):
            *claims, rest = probabilities(each.signs, learned=weights)
            mine = 1 - rest >= DEFAULTS.claim
            hits += mine and each.reading != other
            right += mine and each.reading != other and claims[each.reading] == max(claims)
            found, marked = found + mine, marked + (each.reading != other)
    return 2 * hits / (found + marked), right / hits


def write(weights: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """The weights as JSON."""
    text = json.dumps({"format": "argmap-claims/1", "weights": weights}, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Train on all marked texts and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", action="store_true", help="print what texts score that were left out of training, too")
    args = parser.parse_args()
    examples, debate = marked.read_all(), debates.load()
    ours = {example.article.id for example in of_debate(debate)}
    texts = []
    for example, doc in zip(examples, annotate(example.article for example in examples), strict=True):
        terms = debate_terms(debate, example.article.language) if example.article.id in ours else terms_of(example, motion(example))
        texts.append(observations(example, doc, terms))
    write(fit(each for text in texts for each in text), args.out)
    if args.check:
        sys.stdout.write("claims F1 {:.3f}, voice right {:.3f}\n".format(*cross_validate(texts)))


if __name__ == "__main__":
    main()
