"""How right the answers are: precision, recall and F1 of each, and over all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from service.model.scorer import Floats
from service.model.taxonomy import NONE


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
    """Mean of the F1 of all answers that are right, or were given, somewhere."""
    accuracy: float
    wrongly_assigned: float
    """Share of the none articles that were given a category."""


def best_answers(scores: Floats, answers: Sequence[str]) -> list[str]:
    """Return the best-scored answer of each row."""
    return [answers[i] for i in scores.argmax(axis=1)]


def counted(given: Sequence[str], right: Sequence[Sequence[str]]) -> list[str]:
    """Return the answer that counts as each article's right one: the one given if it is right, else its main one."""
    return [answer if answer in own else own[0] for answer, own in zip(given, right, strict=True)]


def evaluate(given: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str]) -> Evaluation:
    """Compare the answers given with the right ones of each article, the main one first.

    An answer counts as right when it is any of the article's; otherwise the article counts as a miss of its main one.
    """
    truth = counted(given, right)
    labels = list(answers)
    precision, recall, f1, support = precision_recall_fscore_support(truth, given, labels=labels, zero_division=0.0)
    figures = {
        answer: Figures(float(precision[i]), float(recall[i]), float(f1[i]), int(support[i]))
        for i, answer in enumerate(labels)
    }
    occurring = [i for i, answer in enumerate(labels) if support[i] or answer in given]
    pairs = list(zip(given, truth, strict=True))
    none = [answer for answer, gold in pairs if gold == NONE]
    return Evaluation(
        answers=figures,
        macro_f1=float(np.mean(f1[occurring])),
        accuracy=sum(answer == gold for answer, gold in pairs) / len(pairs),
        wrongly_assigned=sum(answer != NONE for answer in none) / len(none) if none else 0.0,
    )
