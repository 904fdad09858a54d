"""Scores from plain arrays: TF-IDF and a linear model, equal to the trained scikit-learn pipeline's.

The linear score of an answer is the log-odds of its calibrated score: calibration is part of the weights (see
`training.calibration`), so that what a term contributes is told on the scale of the answer itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.text.terms import Kind, Terms

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """What the model knows of one kind of terms; `n` of them, and `k` answers (the categories, then none)."""

    terms: NDArray[np.str_]
    """Shape (n,)."""
    idf: Floats
    """Shape (n,): inverse document frequencies."""
    weights: Floats
    """Shape (n, k): the linear model's weights."""


class Hits(NamedTuple):
    """An article's terms of one kind that the model knows."""

    known: NDArray[np.bool_]
    """Of each term as it stands in the article, whether the model knows it."""
    seen: NDArray[np.intp]
    """The rows of the block that the known ones are of, each once."""
    which: NDArray[np.intp]
    """Of each known one, its place in `seen`."""
    counts: NDArray[np.intp]
    """How often each of `seen` stands in the article."""
    tfidf: Floats
    """The TF-IDF of each of `seen`: sublinear, of length 1 together."""


Found = Mapping[Kind, Hits]
"""An article's terms as the model knows them, by kind."""


def logistic(linear: Floats) -> Floats:
    """Return 1 / (1 + exp(-linear)), whatever its size."""
    scores: Floats = np.exp(-np.logaddexp(0.0, -linear))
    return scores


def complete(scores: Floats) -> Floats:
    """Return scores, shape (..., k), that sum to 1 at the least: where they fall short, each is divided by their sum.

    Each answer's classifier knows nothing of the others; but one answer is always right, the categories or none. On
    real articles this halves the calibration error of the answer given (see training/README.md).
    """
    whole: Floats = scores / np.minimum(scores.sum(axis=-1, keepdims=True), 1.0)
    return whole


class Scorer:
    """Scores the terms of an article."""

    def __init__(self, blocks: Mapping[Kind, Block], intercept: Floats) -> None:
        """`blocks` holds one block for each kind of terms, `intercept` the k intercepts."""
        self.blocks = blocks
        self._columns = {kind: {t: i for i, t in enumerate(block.terms.tolist())} for kind, block in blocks.items()}
        self.intercept = intercept

    def find(self, terms: Terms) -> Found:
        """Look an article's terms up."""
        found = {}
        for kind, block in self.blocks.items():
            columns = self._columns[kind]
            at = np.fromiter((columns.get(term, -1) for term in terms[kind]), dtype=np.intp, count=len(terms[kind]))
            known = at >= 0
            seen, which, counts = np.unique(at[known], return_inverse=True, return_counts=True)
            tfidf = (1.0 + np.log(counts)) * block.idf[seen]
            if len(tfidf):
                tfidf /= np.sqrt(tfidf @ tfidf)
            found[kind] = Hits(known, seen, which, counts, tfidf)
        return found

    def score(self, found: Found) -> Floats:
        """Return the k scores, each in [0, 1]: the logistic function of the linear score, equal to the pipeline's."""
        return logistic(self.linear(found))

    def linear(self, found: Found) -> Floats:
        """Return the k linear scores: the intercepts and what each term contributes."""
        linear: Floats = self.intercept.copy()
        for kind, hits in found.items():
            linear += hits.tfidf @ self.blocks[kind].weights[hits.seen]
        return linear

    def shares(self, kind: Kind, hits: Hits, answers: Sequence[int]) -> Floats:
        """Return what each of an article's terms of a kind contributes to the linear scores of `answers`.

        Shape (terms, answers), in the order in which they were looked up. A term that stands n times contributes the
        nth part each time; one that the model does not know contributes nothing.
        """
        shares: Floats = np.zeros((len(hits.known), len(answers)))
        each = (hits.tfidf / hits.counts)[:, None] * self.blocks[kind].weights[hits.seen][:, answers]
        shares[hits.known] = each[hits.which]
        return shares

    def write(self, folder: Path) -> None:
        """Write the arrays into `folder`, which must not exist."""
        folder.mkdir()
        np.save(folder / "intercept.npy", self.intercept, allow_pickle=False)
        for kind, block in self.blocks.items():
            for name in Block.__annotations__:
                np.save(folder / f"{kind}-{name}.npy", getattr(block, name), allow_pickle=False)

    @classmethod
    def read(cls, folder: Path, kinds: Sequence[Kind]) -> "Scorer":
        """Read the arrays that `write` wrote for `kinds` of terms, mapped read-only.

        Raises OSError or ValueError where they are damaged.
        """

        def array(name: str) -> NDArray[np.generic]:
            return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))

        blocks = {kind: Block(*(array(f"{kind}-{name}") for name in Block.__annotations__)) for kind in kinds}  # type: ignore[arg-type]
        return cls(blocks, np.array(array("intercept"), dtype=np.float64))
