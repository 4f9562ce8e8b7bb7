"""A trained pipeline in, the same pipeline in the shape that argmap ships it out: small, and without a trace of where it was made."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import srsly  # type: ignore[import-untyped]
from spacy.language import Language

from argmap import __version__

__all__ = ["ship"]

#: Sections of a pipeline's configuration that only training uses: spaCy's defaults take their place.
TRAINING = ("paths", "corpora", "training", "pretraining", "initialize", "system")


def ship(nlp: Language, folder: Path) -> None:
    """Write a pipeline to a folder of ``argmap/models``.

    Weights are rounded to half precision (kept as single: they load as they are, and compress to half), and the vocabulary is
    left out: spaCy hashes a word when it meets it.

    Args:
        nlp: a trained pipeline.
        folder: replaced if it exists; its name becomes the pipeline's.
    """
    for pipe in nlp.components:
        model = getattr(pipe[1], "model", None)
        if model is not None:
            for node in model.walk():
                for name in node.param_names:
                    if node.has_param(name):
                        node.set_param(name, node.get_param(name).astype(np.float16).astype(np.float32))
    if folder.exists():
        shutil.rmtree(folder)
    nlp.meta.update(name=folder.name, version=__version__, description="See the card beside this folder.", license="see the card")
    nlp.meta["performance"] = {}
    nlp.to_disk(folder, exclude=["vocab"])
    _rewrite_strings(nlp, folder / "vocab")
    config = nlp.config.copy()
    default = Language().config
    for section in TRAINING:
        config.pop(section, None)
        if section in default:
            config[section] = default[section]
    config.to_disk(folder / "config.cfg", interpolate=False)


def _rewrite_strings(nlp: Language, folder: Path) -> None:
    """A vocabulary with the strings of labels alone."""
    labels: set[str] = {""}
    for name in nlp.pipe_names:
        labels |= set(map(str, getattr(nlp.get_pipe(name), "labels", ())))
    nlp.vocab.to_disk(folder, exclude=["vectors", "lookups"])
    srsly.write_json(folder / "strings.json", sorted(labels))
