"""All figures of a model on labelled articles."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.metrics import confusion_matrix, roc_auc_score

from service.model.decision import Threshold, decide, ranked
from service.model.model import Model, batches
from service.model.scorer import Floats
from service.model.taxonomy import NONE
from training.article import Article
from training.coverage import Coverage, coverage
from training.evaluation import Evaluation, best_answers, counted, evaluate
from training.reliability import Reliability, reliability


@dataclass(frozen=True)
class Metrics:
    """The figures of a model on some articles."""

    articles: int
    evaluation: Evaluation
    confusion: list[list[int]]
    """Articles by right answer (rows) and answer given (columns), in the order of the evaluation's answers."""
    reliability: Reliability
    coverage: Coverage
    none_auroc: float | None
    """Area under the ROC curve of none's score; None where all articles, or no article, belong to none."""

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return asdict(self)

    def summary(self) -> dict[str, Any]:
        """Return the main figures as plain data."""
        return {
            "articles": self.articles,
            **asdict(self.evaluation),
            "calibration_error": self.reliability.error,
            "decided": self.coverage.decided,
            "decided_precision": self.coverage.precision,
            "none_auroc": self.none_auroc,
        }


def measure(
    scores: Floats, articles: Sequence[Article], answers: Sequence[str], thresholds: Mapping[str, Threshold]
) -> Metrics:
    """Return the figures of calibrated scores, shape (articles, answers), against the articles' labels."""
    right = [article.right for article in articles]
    best = best_answers(scores, answers)
    highest = scores.max(axis=1).tolist()
    correct = [answer in own for answer, own in zip(best, right, strict=True)]
    decisions = [decide(ranked(answers[:-1], by_category), none, thresholds) for *by_category, none in scores.tolist()]
    is_none = [NONE in own for own in right]
    return Metrics(
        articles=len(articles),
        evaluation=evaluate(best, right, answers),
        confusion=confusion_matrix(counted(best, right), best, labels=answers).tolist(),
        reliability=reliability(highest, correct),
        coverage=coverage(decisions, highest, best, right),
        none_auroc=float(roc_auc_score(is_none, scores[:, -1])) if 0 < sum(is_none) < len(articles) else None,
    )


def model_scores(model: Model, articles: Sequence[Article]) -> Floats:
    """Return the scores a model gives, shape (articles, answers), by the code that serves it."""
    scores = [model.scores(model.read(*batch)) for batch in batches([article.sent for article in articles])]
    return np.concatenate([np.zeros((0, len(model.answers))), *scores])
