"""Italian news with named entities in, an entity recogniser for a spaCy pipeline out.

The recipe of the ``ner`` component of ``argmap/models/it_default``, which learns from KIND's Wikinews (Paccosi and Palmero
Aprosio, LREC 2022; not for commercial use)::

    python -m argmap.training.entities train KIND OUT
    python -m argmap.training.entities add OUT/model/model-best PARSER argmap/models/it_default
    python -m argmap.training.entities evaluate KIND argmap/models/it_default

The one of ``argmap/models/it_permissive`` learns from the sentences written for argmap beside this module::

    python -m argmap.training.entities train argmap/training/entities OUT
    python -m argmap.training.entities add OUT/model/model-best PARSER argmap/models/it_permissive
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run
from spacy.util import load_config_from_str, registry

import argmap.extract.pieces  # noqa: F401 - registers the embedding
from argmap.extract.entities import COMPONENT
from argmap.extract.ops import use_fast_matrix_product
from argmap.extract.sentences import mark_sentences
from argmap.lexicon import load
from argmap.training.ship import ship

__all__ = ["corpus", "main", "read", "read_marked", "score"]

TRAINING, DEVELOPMENT = "wikinews_train.tsv", "WN_dev.tsv"
#: Of sentences with marks, one in this many measures progress and is not learnt from.
HELD_OUT = 10
#: Sentences that follow each other are grouped by up to this many: an article's own names help each other.
GROUP = 4
#: Sentences that are measured as one article.
ARTICLE = 20
#: Share of groups set in capitals or without them, as headlines and tickers are.
RECASED = 0.06
NO_SPACE_BEFORE = frozenset(".,;:!?)]}»”…%'’")
NO_SPACE_AFTER = frozenset("([{«“")
EMBEDDINGS = {"pieces": ("argmap.EmbedWithPieces.v1", ""), "hashes": ("spacy.MultiHashEmbed.v2", "include_static_vectors = false")}

CONFIG = """
[paths]
train = null
dev = null

[system]
seed = 0
gpu_allocator = null

[nlp]
lang = "it"
pipeline = ["ner"]
batch_size = 256

[components]

[components.ner]
factory = "ner"

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[components.ner.model.tok2vec.embed]
@architectures = "EMBEDDING"
width = 96
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
rows = [5000, 1000, 2500, 1000]
OPTIONS

[components.ner.model.tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3

[corpora]

[corpora.train]
@readers = "argmap.EntityCorpus.v1"
path = ${paths.train}
seed = ${system.seed}

[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${paths.dev}

[training]
gpu_allocator = null
dev_corpus = "corpora.dev"
train_corpus = "corpora.train"
seed = ${system.seed}
accumulate_gradient = 1
dropout = 0.3
patience = 2400
max_steps = 8000
eval_frequency = 300

[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.001
use_averages = true

[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2

[training.batcher.size]
@schedules = "compounding.v1"
start = 300
stop = 1500
compound = 1.001

[training.score_weights]
ents_f = 1.0
"""


def read(path: Path, vocab: spacy.vocab.Vocab) -> list[Doc]:
    """The sentences of a file with a token and a label a line; a run of one label without ``B-`` and ``I-`` is one entity."""
    docs = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
        if not rows:
            continue
        words = [row[0] for row in rows]
        labels = [row[1].strip() for row in rows]
        doc = Doc(vocab, words=words, spaces=_spaces(words))
        doc.set_ents(list(_entities(doc, labels)))
        docs.append(doc)
    return docs


def read_marked(path: Path, nlp: Language) -> list[Doc]:
    """The sentences of a file with one a line and entities marked in it: ``A [Roma|LOC] piove.``

    A sentence in which a mark cuts a token of spaCy's in two ("[Roma|LOC]-nord") cannot be learnt from, and is left out.
    """
    docs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text, spans = "", []
        for piece in re.split(r"(\[[^\[\]|]+\|[A-Z]{3}\])", line):
            name, bar, label = piece.strip("[]").partition("|")
            if bar:
                spans.append((len(text), len(text) + len(name), label))
            text += name if bar else piece
        doc = nlp.make_doc(text)
        found = [doc.char_span(start, end, label=label) for start, end, label in spans]
        entities = [entity for entity in found if entity is not None]
        if len(entities) == len(spans):
            doc.set_ents(entities)
            docs.append(doc)
    return docs


def corpus(folder: Path) -> tuple[list[Doc], list[Doc]]:
    """Training and development sentences: KIND's own, or, of files with marks, every tenth for development."""
    blank = spacy.blank("it")
    if (folder / TRAINING).exists():
        return read(folder / TRAINING, blank.vocab), read(folder / DEVELOPMENT, blank.vocab)
    docs = [doc for path in sorted(folder.glob("*.txt")) for doc in read_marked(path, blank)]
    return [doc for n, doc in enumerate(docs) if n % HELD_OUT], docs[::HELD_OUT]


def _entities(doc: Doc, labels: list[str]) -> Iterator[Span]:
    start = 0
    for at in range(1, len(labels) + 1):
        goes_on = at < len(labels) and labels[at][-3:] == labels[start][-3:] and not labels[at].startswith("B-")
        if not goes_on:
            if labels[start] != "O":
                yield Span(doc, start, at, label=labels[start][-3:])
            start = at


def _spaces(words: list[str]) -> list[bool]:
    """Whether a space follows each word, as a typesetter would have it."""
    quotes = 0
    spaces = []
    for word, following in zip(words, [*words[1:], " "], strict=True):
        quotes += word == '"'
        opens = word in NO_SPACE_AFTER or (word == '"' and quotes % 2 == 1)
        elided = len(word) > 1 and word[-1] in "'’"
        closes = following in NO_SPACE_BEFORE or (following == '"' and quotes % 2 == 1)
        spaces.append(not (opens or elided or closes))
    return spaces


def join(docs: list[Doc]) -> Doc:
    """Sentences as one text, a space between."""
    joined = Doc.from_docs(docs, ensure_whitespace=True)
    if joined is None:
        raise ValueError("no sentence to join")
    return joined


@registry.readers("argmap.EntityCorpus.v1")  # type: ignore[untyped-decorator]
def entity_corpus(path: str, seed: int) -> Any:
    """A reader that, at each epoch, groups sentences anew and sets some of them in another case and typography."""
    rng = random.Random(seed)  # noqa: S311 - augmentation needs no secrets

    def read_groups(nlp: Language) -> Iterator[Example]:
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        groups = []
        at = 0
        while at < len(docs):
            size = rng.randint(1, GROUP)
            groups.append(docs[at:at + size])
            at += size
        rng.shuffle(groups)
        for group in groups:
            reference = _restyle(join(group), rng)
            yield Example(nlp.make_doc(reference.text), reference)

    return read_groups


def _restyle(doc: Doc, rng: random.Random) -> Doc:
    apostrophe = rng.choice("'’")
    recase = rng.choice((str.upper, str.lower)) if rng.random() < RECASED else str
    words = [recase(token.text).replace("'", apostrophe) for token in doc]
    if any(len(word) != len(token) for word, token in zip(words, doc, strict=True)):
        words = [token.text for token in doc]  # "ß" in capitals is longer
    restyled = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    restyled.set_ents([Span(restyled, entity.start, entity.end, label=entity.label_) for entity in doc.ents])
    return restyled


def score(nlp: Language, docs: list[Doc]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F of exact spans with their type, in all and by type."""
    counts: dict[str, list[int]] = {}
    lexicon = load(nlp.lang)
    for at in range(0, len(docs), ARTICLE):
        reference = join(docs[at:at + ARTICLE])
        gold = {(entity.start_char, entity.end_char, entity.label_) for entity in reference.ents}
        doc = nlp(mark_sentences(nlp.make_doc(reference.text), lexicon))
        found = {(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents}
        for label in ("all", "PER", "ORG", "LOC"):
            mine, theirs = ({each for each in group if label in ("all", each[2])} for group in (found, gold))
            entry = counts.setdefault(label, [0, 0, 0])
            for place, number in enumerate((len(mine & theirs), len(mine), len(theirs))):
                entry[place] += number
    return {label: (hits / max(found, 1), hits / max(gold, 1), 2 * hits / max(found + gold, 1))
            for label, (hits, found, gold) in counts.items()}


def train(folder: Path, out: Path, steps: int, embedding: str) -> None:
    """Train the recogniser; the best one so far is always in ``out/model/model-best``."""
    use_fast_matrix_product()
    out.mkdir(parents=True, exist_ok=True)
    training, development = corpus(folder)
    grouped = [join(development[at:at + GROUP]) for at in range(0, len(development), GROUP)]
    DocBin(docs=training).to_disk(out / "train.spacy")
    DocBin(docs=grouped).to_disk(out / "dev.spacy")
    architecture, options = EMBEDDINGS[embedding]
    config = load_config_from_str(CONFIG.replace("EMBEDDING", architecture).replace("OPTIONS", options), overrides={
        "paths.train": str(out / "train.spacy"), "paths.dev": str(out / "dev.spacy"), "training.max_steps": steps})
    nlp = init_nlp(config)
    (out / "model").mkdir(exist_ok=True)
    run(nlp, out / "model")


def main() -> None:
    """Train, evaluate, or add the recogniser to a pipeline; see the module's description."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for command, paths in (("train", ("kind", "out")), ("evaluate", ("kind", "model")), ("add", ("model", "pipeline", "folder"))):
        sub = commands.add_parser(command)
        for path in paths:
            sub.add_argument(path, type=Path)
        if command == "train":
            sub.add_argument("--max-steps", type=int, default=8000)
            sub.add_argument("--embedding", choices=sorted(EMBEDDINGS), default="pieces")
    args = parser.parse_args()
    if args.command == "train":
        train(args.kind, args.out, args.max_steps, args.embedding)
    elif args.command == "evaluate":
        use_fast_matrix_product()
        nlp = spacy.load(args.model)
        for label, values in score(nlp, read(args.kind / DEVELOPMENT, nlp.vocab)).items():
            sys.stdout.write("{}  precision {:.3f}  recall {:.3f}  F {:.3f}\n".format(label, *values))
    else:
        nlp = spacy.load(args.pipeline)
        nlp.add_pipe("ner", source=spacy.load(args.model))
        nlp.add_pipe(COMPONENT)
        ship(nlp, args.folder)


if __name__ == "__main__":
    main()
