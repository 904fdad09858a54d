"""The scikit-learn pipeline: TF-IDF over kinds of terms, and one linear classifier an answer.

Stock steps only: its joblib file opens with scikit-learn alone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import Normalizer
from sklearn.svm import LinearSVC

from service.model.taxonomy import NONE
from service.text.terms import Kind, Recipe
from training.article import Article
from training.terms import Terms, document

Documents = NDArray[np.object_]
Answers = NDArray[np.int8]
Norm = Literal["kind", "article"]
NORMS: tuple[Norm, ...] = get_args(Norm)
Classifier = Literal["logistic", "svc", "ridge", "sgd", "bayes"]


@dataclass(frozen=True)
class Choices:
    """What the pipeline is made of; the defaults won the search that training/README.md reports."""

    kinds: tuple[Kind, ...] = ("words", "word_pairs", "pairs")
    headline_weight: int = 3
    norm: Norm = "kind"
    """What is given the length 1: the terms of each kind, or all terms of an article together."""
    sublinear: bool = True
    """Count a term that stands n times 1 + ln n times."""
    min_df: int = 2
    """Articles a term must stand in; 2 also keeps what one article alone says out of the vocabulary."""
    classifier: Classifier = "logistic"
    strength: float = 3.0
    """How closely the classifier follows the articles: C, or 1 / alpha."""
    balanced: bool = True
    """Weigh rare answers as heavily as common ones."""

    @property
    def recipe(self) -> Recipe:
        """How an article is turned into terms."""
        return Recipe(self.kinds, self.headline_weight)


_CLASSIFIERS: dict[Classifier, Callable[[float, str | None, int], Any]] = {
    "logistic": lambda c, weight, seed: LogisticRegression(
        C=c, class_weight=weight, solver="liblinear", random_state=seed
    ),
    "svc": lambda c, weight, seed: LinearSVC(C=c, class_weight=weight, random_state=seed),
    "ridge": lambda c, weight, seed: RidgeClassifier(alpha=1 / c, class_weight=weight, random_state=seed),
    "sgd": lambda c, weight, seed: SGDClassifier(
        loss="log_loss", alpha=1e-4 / c, class_weight=weight, random_state=seed
    ),
    "bayes": lambda c, _, __: ComplementNB(alpha=1 / c),
}


def build(choices: Choices, seed: int) -> Pipeline:
    """Return the untrained pipeline.

    It takes rows as `rows` makes them, and gives each answer (the categories, then none) a score of its own.
    """
    options: dict[str, Any] = {"token_pattern": r"\S+", "lowercase": False, "sublinear_tf": choices.sublinear}
    options |= {"min_df": choices.min_df, "norm": "l2" if choices.norm == "kind" else None}
    vectorisers = [(kind, TfidfVectorizer(**options), column) for column, kind in enumerate(choices.kinds)]
    weight = "balanced" if choices.balanced else None
    classifier = _CLASSIFIERS[choices.classifier](choices.strength, weight, seed)
    steps = [("terms", ColumnTransformer(vectorisers)), ("classifier", OneVsRestClassifier(classifier))]
    if choices.norm == "article":
        steps.insert(1, ("norm", Normalizer()))
    return Pipeline(steps)


def rows(extracted: Iterable[Terms]) -> Documents:
    """Return what the pipeline takes: an article a row, a kind of terms a column, joined by spaces."""
    return np.array([[document(kind) for kind in terms.values()] for terms in extracted], dtype=object)


def targets(articles: Sequence[Article], categories: Sequence[str]) -> Answers:
    """Return what the pipeline learns: shape (articles, categories + 1), 1 where the answer is right; none is last."""
    answers = (*categories, NONE)
    return np.array([[answer in article.answers for answer in answers] for article in articles], dtype=np.int8)
