"""A pipeline trained on counts: what it would learn from the articles' strings, but for rounding, without them.

scikit-learn's own steps do the arithmetic; only the vectorisers' cutting and counting of strings is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import parallel_config
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import Normalizer
from threadpoolctl import threadpool_limits

from service.model.scorer import Floats
from service.text.terms import Kind
from training.corpus import CorpusError

Rows = NDArray[np.intp]

_WORTH_PROCESSES = 1000
"""Articles from which starting processes takes less time than it saves."""


@dataclass(frozen=True)
class Trained:
    """What was learnt from some rows of counts."""

    columns: Sequence[Rows]
    """For each kind of terms, which columns of the counts are in the vocabulary."""
    weighers: Sequence[TfidfTransformer]
    normalizer: Normalizer | None
    """Where all terms of an article together are given the length 1."""
    classifier: OneVsRestClassifier

    def scores(self, matrices: Sequence[csr_matrix], rows: Rows) -> Floats:
        """Return the linear scores of some rows of counts, shape (rows, answers); probabilities if it has no others."""
        own = (matrix[rows][:, columns] for matrix, columns in zip(matrices, self.columns, strict=True))
        weighed = [weigher.transform(one, copy=False) for weigher, one in zip(self.weighers, own, strict=True)]
        features = _joined(weighed, self.normalizer)
        linear = hasattr(self.classifier, "decision_function")
        given = self.classifier.decision_function(features) if linear else self.classifier.predict_proba(features)
        return np.asarray(given)

    def pipeline(self, untrained: Pipeline, vocabulary: Mapping[Kind, list[str]]) -> Pipeline:
        """Return the stock pipeline that takes strings, as if trained on them; `vocabulary` is that of the counts.

        Its vocabulary has the order of the counts' columns. Fitted again, it learns one of its own, sorted by name.
        """
        pipeline = clone(untrained)
        terms = pipeline.named_steps["terms"]
        for (kind, vectoriser, _), columns in zip(terms.transformers, self.columns, strict=True):
            vectoriser.set_params(vocabulary=[vocabulary[kind][column] for column in columns])
        nothing = np.full((1, len(terms.transformers)), "", dtype=object)
        terms.fit(nothing)  # makes what was given the vocabulary, and learns nothing else
        for (_, fitted, _), weigher in zip(terms.transformers_, self.weighers, strict=True):
            fitted.set_params(vocabulary=None).idf_ = weigher.idf_
        for _, given, _ in terms.transformers:
            given.set_params(vocabulary=None)  # whoever fits it again has it learn its own, as any stock one
        steps = {"classifier": self.classifier} | ({"norm": self.normalizer} if self.normalizer else {})
        return pipeline.set_params(**steps)


def train_on_counts(
    untrained: Pipeline, matrices: Sequence[csr_matrix], rows: Rows, targets: ArrayLike, jobs: int = 1
) -> Trained:
    """Train a pipeline of `training.pipeline.build` on some rows of counts, whose answers are `targets`.

    So many `jobs` (-1: a core each) train classifiers side by side. Raises CorpusError when the articles have no terms
    in common to learn from.
    """
    kept, weighers, weighed = [], [], []
    for (_, vectoriser, _), matrix in zip(untrained.named_steps["terms"].transformers, matrices, strict=True):
        own = matrix[rows]
        articles = np.bincount(own.indices, minlength=own.shape[1])
        kept.append(np.flatnonzero(articles >= vectoriser.min_df))
        if not len(kept[-1]):
            raise CorpusError(["The articles are too few or too short: hardly a word stands in two of them."])
        own = own[:, kept[-1]].astype(np.float64)
        weigher = TfidfTransformer(norm=vectoriser.norm, sublinear_tf=vectoriser.sublinear_tf).fit(own)
        weighers.append(weigher)
        weighed.append(weigher.transform(own, copy=False))
    normalizer = clone(untrained.named_steps["norm"]) if "norm" in untrained.named_steps else None
    features = _joined(weighed, normalizer)
    classifier = clone(untrained.named_steps["classifier"])
    # One thread each: more round sums differently from machine to machine, and on vectors so sparse they only wait.
    with threadpool_limits(1), parallel_config("loky", n_jobs=jobs, inner_max_num_threads=1):
        classifier.fit(features, targets)
    return Trained(kept, weighers, normalizer, classifier)


def _joined(weighed: list[csr_matrix], normalizer: Normalizer | None) -> csr_matrix:
    """Return the features of all kinds side by side; `weighed` is given up, for two copies of all are large."""
    features = sparse.hstack(weighed, format="csr")
    weighed.clear()
    return normalizer.fit_transform(features) if normalizer else features


def jobs(rows: Rows) -> int:
    """Return how many processes to train on these rows with: -1 (a core each), or 1 where they are few."""
    return -1 if len(rows) >= _WORTH_PROCESSES else 1
