"""How often each term stands in each article: all that the pipeline learns from, without the strings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csr_matrix

from service.text.segment import Segmenter
from service.text.terms import Kind, Recipe
from training.article import Article
from training.progress import Progress
from training.terms import document, extract

CHUNK = 500
"""Articles that a process counts at a time."""

_ANY = int(np.iinfo(np.int32).max)  # as wide as may be, while terms are still being met


@dataclass(frozen=True)
class Counts:
    """The terms that stand in at least `min_df` articles, and how often each stands in each article."""

    recipe: Recipe
    vocabulary: Mapping[Kind, list[str]]
    """The terms of each kind, those of most articles first.

    Nearly all that is read of a vector of weights then lies together, in the processor's cache: sorted by name, as a
    vectoriser has them, common terms lie each among rare ones, and training slows down as the vocabulary grows.
    """
    matrices: tuple[csr_matrix, ...]
    """One for each kind, in that order: int32, of shape (articles, terms), the columns of each row ascending."""
    distinct: int
    """Terms met, those in fewer articles among them."""


class _Tally:
    """One kind of terms; each has the column that was next when it was first met."""

    def __init__(self) -> None:
        self.columns = _numbered()
        self._chunks: list[csr_matrix] = []

    def add(self, terms: str, chunk: csr_matrix) -> None:
        """Append a chunk's counts, whose columns are `terms`, joined as in a document."""
        own = terms.split()
        place = np.fromiter(map(self.columns.__getitem__, own), dtype=np.int32, count=len(own))
        self._chunks.append(_matrix(chunk.data, place[chunk.indices], chunk.indptr))

    def finish(self, min_df: int) -> tuple[str, csr_matrix]:
        """Return the terms of at least `min_df` articles, joined, and their counts; all else is given up."""
        articles = np.zeros(len(self.columns), dtype=np.int64)
        for chunk in self._chunks:
            articles += np.bincount(chunk.indices, minlength=len(articles))
        kept = [term for term, column in self.columns.items() if articles[column] >= min_df]
        kept.sort(key=lambda term: (-articles[self.columns[term]], term))
        place = np.full(len(articles), -1, dtype=np.int32)
        place[[self.columns[term] for term in kept]] = np.arange(len(kept), dtype=np.int32)
        self.columns.clear()
        for row, chunk in enumerate(self._chunks):
            self._chunks[row] = _moved(chunk, place, len(kept))
        whole = sparse.vstack(self._chunks, format="csr")
        self._chunks.clear()
        return document(kept), whole


def count_terms(
    articles: Sequence[Article], words: Sequence[str], recipe: Recipe, min_df: int, progress: Progress
) -> Counts:
    """Return the counts of articles' terms.

    CHUNK articles at a time are counted by any core, or worker of the cluster (see `training.cluster`), and added.
    """
    chunks = [articles[start : start + CHUNK] for start in range(0, len(articles), CHUNK)]
    counted = Parallel(n_jobs=-1 if len(chunks) > 1 else 1, return_as="generator")(
        delayed(_count)(chunk, tuple(words), recipe) for chunk in chunks
    )
    tallies: dict[Kind, _Tally] = {kind: _Tally() for kind in recipe.kinds}
    done = 0
    for chunk, found in zip(chunks, counted, strict=True):
        for kind, (terms, matrix) in found.items():
            tallies[kind].add(terms, matrix)
        done += len(chunk)
        progress("Reading articles", done, len(articles))
    distinct = sum(len(tally.columns) for tally in tallies.values())
    finished = {kind: tally.finish(min_df) for kind, tally in tallies.items()}
    # Joined until the terms left out are gone: between those, the ones kept would hold on to all their memory.
    vocabulary = {kind: terms.split() for kind, (terms, _) in finished.items()}
    return Counts(recipe, vocabulary, tuple(matrix for _, matrix in finished.values()), distinct)


def _count(articles: Sequence[Article], words: tuple[str, ...], recipe: Recipe) -> dict[Kind, tuple[str, csr_matrix]]:
    """Return, for each kind of terms, the distinct ones joined as in a document, and their counts in each article."""
    columns = {kind: _numbered() for kind in recipe.kinds}
    met: dict[Kind, list[NDArray[np.int32]]] = {kind: [] for kind in recipe.kinds}
    for terms in extract([article.sent for article in articles], _segmenter(words), recipe):
        for kind, own in terms.items():
            met[kind].append(np.fromiter(map(columns[kind].__getitem__, own), dtype=np.int32, count=len(own)))
    found = {}
    for kind, each in met.items():
        starts = np.cumsum([0, *map(len, each)])
        matrix = _matrix(np.ones(starts[-1], dtype=np.int32), np.concatenate(each), starts)
        matrix.sum_duplicates()
        found[kind] = document(columns[kind]), matrix
    return found


@lru_cache(maxsize=1)
def _segmenter(words: tuple[str, ...]) -> Segmenter:
    return Segmenter(words)


def _numbered() -> dict[str, int]:
    """Return a dictionary that gives each new key the next number."""
    numbered: defaultdict[str, int] = defaultdict()
    numbered.default_factory = numbered.__len__
    return numbered


def _moved(chunk: csr_matrix, place: NDArray[np.int32], width: int) -> csr_matrix:
    """Return a chunk's counts with each column at its `place`, or left out where that is -1."""
    columns = place[chunk.indices]
    kept = columns >= 0
    starts = np.concatenate([[0], np.cumsum(kept)])[chunk.indptr]
    moved = _matrix(chunk.data[kept], columns[kept], starts, width)
    moved.sort_indices()
    return moved


def _matrix(
    data: NDArray[np.int32], columns: NDArray[np.int32], starts: NDArray[np.intp], width: int = _ANY
) -> csr_matrix:
    return csr_matrix((data, columns, starts), shape=(len(starts) - 1, width), dtype=np.int32)
