"""Scores from plain arrays: TF-IDF and a linear model, equal to the trained scikit-learn pipeline's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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


class Scorer:
    """Scores the terms of an article."""

    def __init__(self, blocks: Mapping[Kind, Block], intercept: Floats) -> None:
        """`blocks` holds one block for each kind of terms, `intercept` the k intercepts."""
        self._blocks = blocks
        self._columns = {kind: {t: i for i, t in enumerate(block.terms.tolist())} for kind, block in blocks.items()}
        self._intercept = intercept

    def score(self, terms: Terms) -> Floats:
        """Return the k scores, each in [0, 1]: the logistic function of the linear score."""
        linear: Floats = self._intercept.copy()
        for kind, block in self._blocks.items():
            linear += self._contribution(block, self._columns[kind], terms[kind])
        return 1.0 / (1.0 + np.exp(-linear))

    def _contribution(self, block: Block, columns: Mapping[str, int], terms: Sequence[str]) -> Floats:
        counts = Counter(columns[term] for term in terms if term in columns)
        if not counts:
            return np.zeros_like(self._intercept)
        seen = np.fromiter(counts, dtype=np.intp, count=len(counts))
        frequency = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        tfidf = (1.0 + np.log(frequency)) * block.idf[seen]
        contribution: Floats = (tfidf / np.sqrt(tfidf @ tfidf)) @ block.weights[seen]
        return contribution

    def write(self, folder: Path) -> None:
        """Write the arrays into `folder`, which must not exist."""
        folder.mkdir()
        np.save(folder / "intercept.npy", self._intercept, allow_pickle=False)
        for kind, block in self._blocks.items():
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
