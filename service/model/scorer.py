"""Scores from plain arrays: TF-IDF and a linear model, equal to the trained scikit-learn pipeline's.

The linear score of an answer is the log-odds of its calibrated score: calibration is part of the weights (see
`training.calibration`), so that what a term contributes is told on the scale of the answer itself.

All articles of a reading are scored in one pass. Units become integers by a vocabulary, terms their rows by a table;
one sort of article · rows + row brings equal terms together, those of an article and in it those of a kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.model.hashtable import HashTable
from service.model.lookup import Lookup, Pairs, Rows, Single
from service.model.vocabulary import Characters, Tokens, Vocabulary
from service.text.reading import Reading
from service.text.script import Places, Texts, Unit
from service.text.terms import MAKE, TOKENS, Kind, Recipe

Floats = NDArray[np.float64]

_SUBLINEAR = 1.0 + np.log(np.maximum(np.arange(256), 1))
"""Looked up, because a logarithm costs as much as all else of a term."""


class Stand(NamedTuple):
    """Where known terms of one kind stand: arrays of one length."""

    units: Places
    """Which unit of the script each begins with."""
    texts: Texts
    """Which text of the reading each is of: titles are even."""
    rows: Rows
    """Which term each is."""


@dataclass(frozen=True)
class Found:
    """The known terms of a reading's articles."""

    stands: Mapping[Kind, Stand]
    bounds: Places
    """Where the terms of each article begin in the arrays below, and where the last one's end."""
    rows: NDArray[np.integer[Any]]
    """Which terms an article has, each once, in order."""
    counts: Places
    """How often each stands in it; in the headline it counts as often as the recipe says."""
    tfidf: Floats
    """The TF-IDF of each: sublinear, those of one kind of length 1 in each article."""


def sublinear(counts: Places) -> Floats:
    """Return 1 + ln n, what a term counts that stands n times."""
    try:
        return _SUBLINEAR.take(counts)
    except IndexError:  # one stands more often
        return 1.0 + np.log(counts)


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


@dataclass(frozen=True)
class Scorer:
    """Scores the terms of articles: `n` terms of all kinds, `k` answers (the categories, then none)."""

    recipe: Recipe
    vocabularies: Mapping[Unit, Vocabulary]
    lookups: Mapping[Kind, Lookup]
    """By kind; the rows of the recipe's first kind are the first."""
    sizes: Sequence[int]
    """How many terms each kind has."""
    idf: Floats
    """Shape (n,): inverse document frequencies."""
    weights: Floats
    """Shape (n, k): the linear model's weights."""
    intercept: Floats
    """Shape (k,)."""

    def find(self, reading: Reading) -> Found:
        """Look the terms of a reading up."""
        units = {unit: vocabulary.number(reading) for unit, vocabulary in self.vocabularies.items()}
        stands = {}
        for kind, lookup in self.lookups.items():
            first, second, texts, follows = units[MAKE[kind].unit]
            at, rows = lookup.find(first, second, follows)
            stands[kind] = Stand(at, texts[at], rows)
        return self._counted(stands, len(reading.articles))

    def _counted(self, stands: Mapping[Kind, Stand], articles: int) -> Found:
        size = len(self.idf)
        rows = np.concatenate([stand.rows for stand in stands.values()])
        texts = np.concatenate([stand.texts for stand in stands.values()])
        if articles > 1:
            # Of 32 bits where they suffice: twice as quick to sort.
            rows = (texts >> 1).astype(np.int32 if articles * size < 2**31 else np.int64, copy=False) * size + rows
        titles = rows[(texts & 1) == 0]
        every = np.concatenate([rows, *[titles] * (self.recipe.headline_weight - 1)])
        every.sort()
        starts = np.empty(len(every), dtype=bool)
        starts[:1] = True
        np.not_equal(every[1:], every[:-1], out=starts[1:])
        begins = starts.nonzero()[0]
        counts = np.append(begins[1:], len(every)) - begins
        found = every[begins]
        kinds = np.cumsum([0, *self.sizes[:-1]])
        firsts = (np.arange(articles)[:, None] * size + kinds).ravel().astype(found.dtype)
        bounds = np.append(found.searchsorted(firsts), len(found))
        by_article = bounds[:: len(kinds)]
        if articles > 1:
            found -= np.repeat(firsts[:: len(kinds)], by_article[1:] - by_article[:-1])
        tfidf = sublinear(counts) * self.idf.take(found)
        lengths = bounds[1:] - bounds[:-1]
        seen = lengths > 0
        squares = np.add.reduceat(tfidf * tfidf, bounds[:-1][seen]) if len(found) else np.zeros(0)
        tfidf /= np.repeat(np.sqrt(squares), lengths[seen])
        return Found(stands, by_article, found, counts, tfidf)

    def linear(self, found: Found) -> Floats:
        """Return the linear scores, shape (articles, k): the intercepts and what each term contributes."""
        weights = self.weights.take(found.rows, axis=0)
        bounds = found.bounds.tolist()
        linear: Floats = np.empty((len(bounds) - 1, len(self.intercept)))
        for article, (begin, end) in enumerate(pairwise(bounds)):
            found.tfidf[begin:end].dot(weights[begin:end], out=linear[article])
        linear += self.intercept
        return linear

    def contributions(self, found: Found, kind: Kind, answers: Sequence[int]) -> Floats:
        """Return what each stand of a kind contributes to the linear scores of `answers`, in the first article.

        Shape (answers, stands). A term that counts n times contributes the nth part each time.
        """
        stand = found.stands[kind]
        which = found.rows.searchsorted(stand.rows)
        each = (found.tfidf / found.counts)[which] * np.where(stand.texts & 1, 1, self.recipe.headline_weight)
        own: Floats = each * self.weights.take(stand.rows, axis=0)[:, answers].T
        return own

    def write(self, folder: Path) -> None:
        """Write the arrays into `folder`, which must not exist."""
        folder.mkdir()
        arrays = {"sizes": np.array(self.sizes), "idf": self.idf, "weights": self.weights, "intercept": self.intercept}
        for unit, vocabulary in self.vocabularies.items():
            arrays[f"{unit}-units"] = vocabulary.known
            if isinstance(vocabulary, Tokens):
                arrays |= _of_table(f"{unit}-trie", vocabulary.trie)
        for kind, lookup in self.lookups.items():
            arrays |= {f"{kind}-rows": lookup.rows} if isinstance(lookup, Single) else _of_table("pair", lookup.table)
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=False)

    @classmethod
    def read(cls, folder: Path, recipe: Recipe) -> "Scorer":
        """Read the arrays that `write` wrote for the recipe's kinds of terms, mapped read-only.

        Raises OSError or ValueError where they are damaged.
        """

        def array(name: str) -> NDArray[Any]:
            return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))

        def table(name: str) -> HashTable:
            return HashTable(*(array(f"{name}-{field}") for field in HashTable._fields))

        def vocabulary(unit: Unit) -> Vocabulary:
            known = array(f"{unit}-units")
            return Tokens(unit, known, table(f"{unit}-trie")) if unit in TOKENS else Characters(unit, known)

        lookups: dict[Kind, Lookup] = {kind: Single(array(f"{kind}-rows")) for kind in recipe.kinds_of_order(1)}
        if pairs := recipe.kinds_of_order(2):
            of_pairs = table("pair")
            lookups |= {kind: Pairs(of_pairs, number) for number, kind in enumerate(pairs)}
        return cls(
            recipe,
            {unit: vocabulary(unit) for unit in recipe.units},
            lookups,
            array("sizes").tolist(),
            *(array(name) for name in ("idf", "weights", "intercept")),
        )


def _of_table(name: str, table: HashTable) -> dict[str, NDArray[Any]]:
    return {f"{name}-{field}": array for field, array in table._asdict().items()}
