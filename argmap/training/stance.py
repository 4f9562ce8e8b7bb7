"""The bundled debate and texts with marked statements in, the head of its stances out, trained ahead.

The recipe of ``argmap/models/stance.npz``::

    python -m argmap.training.stance argmap/models/stance.npz --check

Examples are those of the debate file, and the statements of those texts of ``argmap.training.relations`` whose motion is
the debate's; the latter are seen in the sentences that they stand in. ``--check`` also prints what the texts of
``training/relations/held_out`` score, from which nothing is learned.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from argmap import debate as debates
from argmap.head import STANCES, Example, Head, digest, examples, middles, save, train
from argmap.model import Debate, Link
from argmap.points import bare
from argmap.relate.view import surroundings
from argmap.stance import judgements
from argmap.training import marked, relations
from argmap.vectors import sentence_embedder

__all__ = ["cross_validate", "f1", "held_out", "known", "main", "of_debate"]

#: Parts into which the texts are divided, each judged by what the others taught.
FOLDS = 6
_MOTION = "# motion: "

#: A text with marked statements, and the links that the rules find in it.
Text = tuple[marked.Example, tuple[Link, ...]]


def of_debate(debate: Debate, folder: Path = marked.TEXTS) -> list[marked.Example]:
    """The marked texts whose motion is the debate's; what it adds in brackets does not matter."""
    motions = {_plain(text) for text in debate.motion.text.values()}
    paths = [path for path in sorted(folder.glob("*.txt")) if _plain(_motion(path)) in motions]
    return [marked.read(path) for path in paths]


def _motion(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix(_MOTION) for line in lines if line.startswith(_MOTION)), "")


def _plain(motion: str) -> str:
    return motion.split("(")[0].strip().rstrip(".").casefold()


def known(texts: Iterable[marked.Example]) -> list[Example]:
    """The statements of marked texts as examples, in the sentences that they stand in."""
    return [Example(bare(each.text), bare(surroundings(text.article, each)), text.article.language, each.stance)
            for text in texts for each in text.statements]


def f1(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """F1 of each stance.

    Args:
        pairs: the marked and the judged stance of each statement.
    """
    judged = list(pairs)
    return {stance: 2 * judged.count((stance, stance)) / max(1, sum((one == stance) + (other == stance) for one, other in judged))
            for stance in STANCES}


def cross_validate(texts: Sequence[Text], debate: Debate, *, folds: int = FOLDS) -> dict[str, float]:
    """F1 of each stance when each text is judged by the debate's examples and the other texts."""
    pairs: list[tuple[str, str]] = []
    for fold in range(folds):
        others = [example for i, (example, _) in enumerate(texts) if i % folds != fold]
        head = train([*examples(debate), *known(others)], debate)
        for example, links in texts[fold::folds]:
            found = judgements(example.statements, [example.article], debate, links=links, head=head)
            pairs += [(statement.stance, one.stance) for statement, one in zip(example.statements, found, strict=True)]
    return f1(pairs)


def held_out(texts: Iterable[Text], debate: Debate, head: Head) -> dict[str, float]:
    """F1 of each stance, and of the two sides together, for texts that the head has not seen."""
    pairs: list[tuple[str, str]] = []
    for example, links in texts:
        found = judgements(example.statements, [example.article], debate, links=links, head=head)
        pairs += [(statement.stance, one.stance) for statement, one in zip(example.statements, found, strict=True)]
    right = sum(one == other != "neutral" for one, other in pairs)
    sided = sum((one != "neutral") + (other != "neutral") for one, other in pairs)
    return f1(pairs) | {"sides": 2 * right / max(1, sided)}


def main() -> None:
    """Train on the bundled debate and write the head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", action="store_true", help="print what texts score that were left out of training, too")
    args = parser.parse_args()
    debate = debates.load()
    texts = of_debate(debate)
    head = train([*examples(debate), *known(texts)], debate)
    save(head, digest(debate), middles(debate, embed=sentence_embedder()), args.out)
    if args.check:
        scores = held_out(relations.signalled(of_debate(debate, marked.HELD_OUT)), debate, head)
        sys.stdout.write("F1 held out " + ", ".join(f"{name} {value:.3f}" for name, value in scores.items()) + "\n")
        scores = cross_validate(relations.signalled(texts), debate)
        sys.stdout.write("F1 " + ", ".join(f"{name} {value:.3f}" for name, value in scores.items())
                         + f"; mean {sum(scores.values()) / len(scores):.3f}\n")


if __name__ == "__main__":
    main()
