"""The scikit-learn pipeline: TF-IDF over words, characters and pairs of them, one logistic regression an answer.

Stock steps only: its joblib file opens with scikit-learn alone.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline

from service.model.taxonomy import NONE
from service.text.terms import KINDS, Terms, document
from training.corpus import Article

HEADLINE_WEIGHT = 3
"""Counted three times, headlines gave two points of macro-F1 on real local news; more gave nothing."""

Documents = NDArray[np.object_]
Answers = NDArray[np.int8]


def build(seed: int) -> Pipeline:
    """Return the untrained pipeline.

    It takes rows as `rows` makes them, and gives each answer (the categories, then none) a score of its own.
    """
    vectorisers = [
        (kind, TfidfVectorizer(token_pattern=r"\S+", lowercase=False, sublinear_tf=True, min_df=2), column)
        for column, kind in enumerate(KINDS)
    ]
    regression = LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear", random_state=seed)
    return Pipeline([("terms", ColumnTransformer(vectorisers)), ("classifier", OneVsRestClassifier(regression))])


def rows(extracted: Iterable[Terms]) -> Documents:
    """Return what the pipeline takes: an article a row, a kind of terms a column, joined by spaces."""
    return np.array([[document(kind) for kind in terms] for terms in extracted], dtype=object)


def targets(articles: Sequence[Article], categories: Sequence[str]) -> Answers:
    """Return what the pipeline learns: shape (articles, categories + 1), 1 where the answer is right; none is last."""
    answers = (*categories, NONE)
    return np.array([[answer in article.answers for answer in answers] for article in articles], dtype=np.int8)
