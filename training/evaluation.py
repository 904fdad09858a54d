"""How right the answers are: out-of-fold scores, and precision, recall and F1 of each answer."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline

from service.model.taxonomy import NONE
from training.pipeline import Answers, Documents

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 of one answer, and how many articles it is right for."""

    precision: float
    recall: float
    f1: float
    articles: int


@dataclass(frozen=True)
class Evaluation:
    """The figures of every answer, and over all."""

    answers: dict[str, Figures]
    macro_f1: float
    """Mean of the answers' F1."""
    accuracy: float
    wrongly_assigned: float
    """Share of the none articles that were given a category."""

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return asdict(self)


def out_of_fold(
    pipeline: Pipeline, documents: Documents, targets: Answers, main: Sequence[str], folds: int, seed: int
) -> Iterator[tuple[NDArray[np.intp], Scores]]:
    """Yield, fold by fold, the rows left out of training and their scores; folds are alike in main answers."""
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for train, test in splitter.split(documents, np.array(main)):
        trained = clone(pipeline).fit(documents[train], targets[train])
        yield test, trained.predict_proba(documents[test])


def evaluate(given: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str]) -> Evaluation:
    """Compare the answers given with the right ones of each article, the main one first.

    An answer counts as right when it is any of the article's; otherwise the article counts as a miss of its main one.
    """
    truth = [answer if answer in all_right else all_right[0] for answer, all_right in zip(given, right, strict=True)]
    labels = list(answers)
    precision, recall, f1, support = precision_recall_fscore_support(truth, given, labels=labels, zero_division=0.0)
    figures = {
        answer: Figures(float(precision[i]), float(recall[i]), float(f1[i]), int(support[i]))
        for i, answer in enumerate(labels)
    }
    pairs = list(zip(given, truth, strict=True))
    none = [answer for answer, gold in pairs if gold == NONE]
    return Evaluation(
        answers=figures,
        macro_f1=float(np.mean(f1)),
        accuracy=sum(answer == gold for answer, gold in pairs) / len(pairs),
        wrongly_assigned=sum(answer != NONE for answer in none) / len(none) if none else 0.0,
    )
