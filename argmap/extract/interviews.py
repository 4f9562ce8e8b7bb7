"""An article's attributions and chains in, whether it is an interview and who its main speaker is out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from argmap.extract.chains import Chain, Chains
from argmap.model import Article, Attribution
from argmap.settings import DEFAULTS, Settings

__all__ = ["introduction", "is_interview", "main_speaker"]


def is_interview(article: Article, attributions: Sequence[Attribution], *, settings: Settings = DEFAULTS) -> bool:
    """Whether questions of the author alternate with answers that name no speaker."""
    answers = sum(a.source is None and a.cue is None for a in attributions)
    lines = [line.strip() for line in article.text.splitlines()]
    questions = sum(map(_asks, lines))
    return questions >= settings.interview_questions and answers >= settings.interview_answers


def introduction(article: Article) -> int:
    """Where the first question of an interview begins, in characters: who is interviewed is named before."""
    at = 0
    for line in article.text.splitlines(keepends=True):
        if _asks(line.strip()):
            return at
        at += len(line)
    return at


def _asks(line: str) -> bool:
    return line.endswith("?") and line[:1].isalpha()


def main_speaker(chains: Chains, found: Mapping[str, Sequence[Chain]], *, until: int | None = None) -> tuple[Chain, ...]:
    """The person who is named and speaks most in the article.

    Args:
        chains: the article's chains.
        found: the speakers found so far, by attribution.
        until: a token; those named before it come first.
    """
    counts: Counter[Chain] = Counter(c for cited in found.values() for c in cited if c.kind() in ("person", None))
    for chain in chains.all:
        if (chain.looks_personal() or counts[chain]) and chain.names():
            counts[chain] += sum(m.inside < 0 for m in chain.members)
    if not counts:
        return ()
    if until is not None:
        counts = Counter({c: n for c, n in counts.items() if any(m.start < until for m in c.members)}) or counts
    top = max(counts.values())
    best = [c for c in counts if counts[c] == top]
    return (min(best, key=lambda c: min(m.start for m in c.members)),)
