"""Texts with marked statements and relations in, the weights of the model of implicit relations out.

The recipe of ``argmap/models/relations.json``::

    python -m argmap.training.relations argmap/models/relations.json --check

The texts in ``training/relations`` are written for this purpose: news reports, interviews and opinion pieces about
invented quarrels. A statement stands in brackets, ``[number speaker stance|its words]``, a second piece of it in
``[number|more words]``; the last line gives the relations, ``3+1`` for "3 backs 1", ``4-1`` for "4 attacks 1". Each
statement's true choice among all possible ones is made likelier (conditional logit, McFadden 1974), by L-BFGS.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from argmap.extract.annotate import annotate
from argmap.lexicon import load as load_lexicon
from argmap.model import (
    AUTHOR,
    Article,
    Link,
    RelationKind,
    Span,
    Stance,
    Statement,
    StatementType,
)
from argmap.relate import link
from argmap.relate.features import candidates, no_relation, pair
from argmap.relate.implicit import KINDS, decode
from argmap.relate.view import view
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import sentence_embedder

__all__ = ["Example", "cross_validate", "fit", "main", "read", "read_all"]

TEXTS = Path(__file__).parent / "relations"
#: Strength of the pull of all weights towards zero, chosen by leaving out one text at a time.
RIDGE = 1.0
#: Parts into which the texts are divided, each scored by what the others taught.
FOLDS = 6
#: Weights below this change no probability by more than a thousandth.
NOTHING = 0.001

_PIECE = re.compile(r"\[(\d+)(?: (\w+) (for|against|neutral))?\|([^\]]*)\]")
_RELATION = re.compile(r"(\d+)([+-])(\d+)")
_STANCE: dict[str, Stance] = {"for": "for", "against": "against", "neutral": "neutral"}
_QUOTES = "\"“«‘"


#: The features of a statement's options and each option's share of the truth.
Question = tuple[list[dict[str, float]], list[float]]


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its statements and relations (origin, target, kind), by statement ids."""

    article: Article
    statements: tuple[Statement, ...]
    relations: frozenset[tuple[str, str, RelationKind]]


def read(path: Path) -> Example:
    """A marked text.

    Raises:
        ValueError: a mark is malformed, or a relation names a statement that is not there.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    marked = "\n".join(line for line in lines if not line.startswith(("# ", "== "))).strip()
    text, pieces, at = "", defaultdict(list), 0
    spoken: dict[str, tuple[str, str]] = {}
    for match in _PIECE.finditer(marked):
        text += marked[at:match.start()]
        pieces[match[1]].append(Span(len(text), len(text) + len(match[4]), match[4]))
        text, at = text + match[4], match.end()
        if match[2]:
            spoken[match[1]] = match[2], match[3]
    text += marked[at:]
    if "[" in text or "|" in text:
        raise ValueError(f"{path}: malformed mark near {text[text.find('['):][:40]!r}")
    article = Article(path.stem, text, title=text.split("\n", 1)[0], language=head["language"])
    statements = tuple(_statement(article, number, *spoken[number], tuple(spans)) for number, spans in pieces.items())
    found = _RELATION.findall(next((line for line in lines if line.startswith("== ")), ""))
    for origin, _, target in found:
        if not {origin, target} <= pieces.keys():
            raise ValueError(f"{path}: relation {origin} {target} names a missing statement")
    relations = frozenset((f"{path.stem}/{o}", f"{path.stem}/{t}", KINDS[sign == "-"]) for o, sign, t in found)
    return Example(article, statements, relations)


def _statement(article: Article, number: str, speaker: str, stance: str, content: tuple[Span, ...]) -> Statement:
    before = article.text[:content[0].start].rstrip()
    kind: StatementType = "indirect"
    if speaker == AUTHOR:
        kind = "author"
    elif article.text[content[0].start] in _QUOTES or _quoted(article.text, content[0].start):
        kind = "direct"
    elif any(mark in span.text for span in content for mark in _QUOTES) or before.endswith(tuple(_QUOTES)):
        kind = "mixed"
    return Statement(f"{article.id}/{number}", article.id, "author" if speaker == AUTHOR else "attributed", kind, content,
                     source=_source(article, speaker, content[0]), actors=(speaker,), stance=_STANCE[stance], relevance=1.0)


def _source(article: Article, speaker: str, near: Span) -> Span | None:
    """The speaker's name nearest to a statement: speakers are marked by a word of their name."""
    found = [match.span() for match in re.finditer(rf"\b{re.escape(speaker)}\b", article.text, re.IGNORECASE)]
    best = min(found, key=lambda span: abs(span[0] - near.start), default=None)
    return article.span(*best) if best else None


def _quoted(text: str, at: int) -> bool:
    """Whether a place lies inside quotation marks of its paragraph."""
    before = text[text.rfind("\n", 0, at) + 1:at]
    if before.count("«") > before.count("»") or before.count("“") > before.count("”"):
        return True
    return before.count('"') % 2 == 1


def read_all(folder: Path = TEXTS) -> list[Example]:
    """All marked texts of a folder, sorted by name."""
    return [read(path) for path in sorted(folder.glob("*.txt"))]


def signalled(examples: Iterable[Example], *, models: str = "default") -> list[tuple[Example, tuple[Link, ...]]]:
    """Each example with the links that the rules find in its parse."""
    examples = list(examples)
    docs = annotate((example.article for example in examples), models=models)
    return [(example, link(doc, example.article, load_lexicon(example.article.language), example.statements))
            for example, doc in zip(examples, docs, strict=True)]


def questions(example: Example, links: Sequence[Link]) -> list[Question]:
    """One question a statement: the features of all its options, "none" first, and each one's share of the truth."""
    seen = view(example.article, example.statements, links, sentence_embedder())
    asked = []
    for origin, statement in enumerate(seen.statements):
        options = [{f"none:{name}": value for name, value in no_relation(seen, origin).items()}]
        shares = [0.0]
        for target in candidates(seen, origin):
            values = pair(seen, origin, target)
            for kind in KINDS:
                options.append({f"{kind}:{name}": value for name, value in values.items()})
                shares.append(float((statement.id, seen.statements[target].id, kind) in example.relations))
        total = sum(shares)
        if not total:
            shares[0] = total = 1.0
        asked.append((options, [share / total for share in shares]))
    return asked


def fit(asked: Sequence[Question], *, ridge: float = RIDGE) -> dict[str, dict[str, float]]:
    """The weights under which the true choices are likeliest, by choice and feature."""
    names = sorted({name for options, _ in asked for option in options for name in option})
    column = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    share: list[float] = []
    starts = [0]
    for options, shares in asked:
        for option, part in zip(options, shares, strict=True):
            rows += [len(share)] * len(option)
            columns += [column[name] for name in option]
            values += list(option.values())
            share.append(part)
        starts.append(len(share))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(share), len(names)))
    wanted, bounds = np.array(share), np.array(starts[:-1])
    sizes = np.diff(starts)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        scores = scores - np.repeat(np.maximum.reduceat(scores, bounds), sizes)
        likely = np.exp(scores)
        totals = np.add.reduceat(likely, bounds)
        surprise = float(np.log(totals).sum() - wanted @ scores)
        gradient = matrix.T @ (likely / np.repeat(totals, sizes) - wanted)
        return surprise + ridge / 2 * float(weights @ weights), gradient + ridge * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    weights: dict[str, dict[str, float]] = {}
    for name, weight in zip(names, found.x, strict=True):
        choice, feature = name.split(":", 1)
        weights.setdefault(choice, {})[feature] = round(float(weight), 4)
    return weights


def write(weights: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """The weights as JSON, without those that come to nothing."""
    kept = {choice: {name: weight for name, weight in sorted(named.items()) if abs(weight) >= NOTHING}
            for choice, named in sorted(weights.items())}
    path.write_text(json.dumps({"format": "argmap-relations/1", "weights": kept}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def cross_validate(examples: Sequence[tuple[Example, tuple[Link, ...]]], *, folds: int = FOLDS,
                   settings: Settings = DEFAULTS) -> tuple[float, float]:
    """F1 of relations, and of pairs without kind and direction, when each text is read by weights learned from the others."""
    trusting = replace(settings, stance_trust=1.0)  # the stances here are true
    asked = [questions(example, links) for example, links in examples]
    hits, pairs, found, marked = 0, 0, 0, 0
    for fold in range(folds):
        weights = fit([question for i, each in enumerate(asked) if i % folds != fold for question in each])
        for example, links in examples[fold::folds]:
            seen = view(example.article, example.statements, links, sentence_embedder())
            mine = {(link.origin, link.target, link.kind) for link in decode(seen, weights, trusting)}
            hits += len(mine & example.relations)
            pairs += len({frozenset(r[:2]) for r in mine} & {frozenset(r[:2]) for r in example.relations})
            found, marked = found + len(mine), marked + len(example.relations)
    return 2 * hits / (found + marked), 2 * pairs / (found + marked)


def main() -> None:
    """Train on all marked texts and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", action="store_true", help="print what texts score that were left out of training, too")
    args = parser.parse_args()
    examples = signalled(read_all())
    write(fit([question for example, links in examples for question in questions(example, links)]), args.out)
    if args.check:
        sys.stdout.write("relations {:.3f}, pairs {:.3f}\n".format(*cross_validate(examples)))


if __name__ == "__main__":
    main()
