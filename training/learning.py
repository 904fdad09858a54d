"""The learning curve: what more articles would bring."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from training.evaluation import best_answers, evaluate
from training.material import Material, Progress
from training.pipeline import fitted

SHARES = (0.125, 0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Point:
    """What a model trained on part of the corpus reaches."""

    articles: int
    macro_f1: float


def learning_curve(
    pipeline: Pipeline, material: Material, test: Material, seed: int, progress: Progress
) -> Iterator[Point]:
    """Yield what the pipeline reaches on `test`, trained on growing parts of the material, each part of the next.

    Every part has its share of each main answer.
    """
    rank = np.zeros(len(material.articles))
    mains = np.array([article.main for article in material.articles])
    draw = np.random.default_rng(seed)
    for answer in material.answers:
        own = np.flatnonzero(mains == answer)
        rank[draw.permutation(own)] = (np.arange(len(own)) + 0.5) / len(own)
    for done, share in enumerate(SHARES, start=1):
        chosen = np.flatnonzero(rank <= share)
        part = fitted(clone(pipeline), material.documents[chosen], material.targets[chosen])
        yield Point(len(chosen), macro_f1(part, test))
        progress("Learning curve", done, len(SHARES))


def macro_f1(trained: Pipeline, test: Material) -> float:
    """Return macro-F1 of a trained pipeline on some material."""
    given = best_answers(trained.decision_function(test.documents), test.answers)
    return evaluate(given, [article.right for article in test.articles], test.answers).macro_f1
