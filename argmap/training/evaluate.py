"""A pipeline and gold sentences in, its scores out: with argmap's sentence splitter in front, and with the gold sentences."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from argmap.extract.sentences import mark_sentences
from argmap.lexicon import load

__all__ = ["Scores", "report"]


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares in [0, 1]; attachment leaves out punctuation, as spaCy counts it.

    `uas` and `las` are measured behind the sentence splitter, `gold_uas` and `gold_las` with the sentences given.
    """

    sentences: float
    pos: float
    uas: float
    las: float
    gold_uas: float
    gold_las: float

    def __str__(self) -> str:
        return (f"sentences F {self.sentences:.3f}  POS {self.pos:.3f}  UAS {self.uas:.3f}  LAS {self.las:.3f}  "
                f"with gold sentences UAS {self.gold_uas:.3f}  LAS {self.gold_las:.3f}")


def report(nlp: Language, sentences: list[Doc]) -> Scores:
    """Scores of a pipeline on one text, the sentences joined by single spaces."""
    reference = Doc.from_docs(sentences, ensure_whitespace=True)
    if reference is None:
        raise ValueError("no sentence to measure on")
    split = Example(nlp(mark_sentences(nlp.make_doc(reference.text), load(nlp.lang))), reference)
    given = nlp.make_doc(reference.text)
    starts = Example(given, reference).get_aligned_sent_starts()  # type: ignore[no-untyped-call]
    for token, is_start in zip(given, starts, strict=True):
        token.is_sent_start = is_start == 1 or token.i == 0
    gold = Example(nlp(given), reference)
    behind, with_gold = _attachment(split), _attachment(gold)
    return Scores(_sentence_f(split), Scorer.score_token_attr([split], "pos")["pos_acc"], *behind, *with_gold)


def _attachment(example: Example) -> tuple[float, float]:
    scores = Scorer.score_deps([example], "dep", ignore_labels=("punct",), getter=lambda token, _: token.dep_)
    return scores["dep_uas"], scores["dep_las"]


def _sentence_f(example: Example) -> float:
    found, gold = ({(s.start_char, s.end_char) for s in doc.sents} for doc in (example.predicted, example.reference))
    return 2 * len(found & gold) / (len(found) + len(gold))
