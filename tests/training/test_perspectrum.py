"""PERSPECTRUM: pairs are read by part, and what supports a claim is learned from others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.training.perspectrum import Pair, features, fit, macro_f1, read


def _flat(texts: Sequence[str]) -> NDArray[np.float32]:
    """A toy embedder that tells nothing."""
    return np.full((len(texts), 4), 0.5, dtype=np.float32)


def test_pairs_are_those_of_the_part(tmp_path: Path) -> None:
    claims = [{"cId": number, "text": text, "perspectives": [{"pids": [number], "stance_label_3": label}]}
              for number, text, label in ((1, "Tea is good", "SUPPORT"), (2, "Tea is bad", "UNDERMINE"))]
    for name, content in (("perspectrum_train_dev", claims), ("split_train_dev", {"1": "train", "2": "dev"}),
                          ("perspective_pool_train_dev", [{"pId": 1, "text": "It warms"}, {"pId": 2, "text": "It helps"}])):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    assert read(tmp_path, "train") == [Pair("Tea is good", "It warms", supports=True)]
    assert read(tmp_path, "dev") == [Pair("Tea is bad", "It helps", supports=False)]


def test_what_values_alike_supports() -> None:
    good, bad = ("It helps schools.", "It protects us.", "It improves health."), ("It harms schools.", "It threatens us.", "It damages health.")
    claims = {"Cars help towns.": 1, "Cars harm towns.": -1, "Ships improve trade.": 1, "Ships damage trade.": -1}
    pairs = [Pair(claim, text, supports=sign * value > 0) for claim, sign in claims.items() for texts, value in ((good, 1), (bad, -1)) for text in texts]
    seen, supports = features(pairs, embed=_flat), np.array([pair.supports for pair in pairs])
    learned = fit(seen[:12], supports[:12])
    assert macro_f1(supports[12:], seen[12:] @ learned > 0) == 1.0
