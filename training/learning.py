"""The learning curve: what more articles would bring."""

from dataclasses import dataclass

import numpy as np
from sklearn.pipeline import Pipeline

from service.model.scorer import Floats
from training.evaluation import best_answers, evaluate
from training.material import Material
from training.progress import Progress
from training.validation import held_out_scores

SHARES = (0.125, 0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Point:
    """What a model trained on part of the corpus reaches."""

    articles: int
    macro_f1: float


def learning_curve(
    pipeline: Pipeline, material: Material, test: Material, seed: int, progress: Progress
) -> list[Point]:
    """Return what the pipeline reaches on `test`, trained on growing parts of the material, each part of the next.

    Every part has its share of each main answer. Both materials are of the same counts.
    """
    rank = np.zeros(len(material.articles))
    mains = np.array([article.main for article in material.articles])
    draw = np.random.default_rng(seed)
    for answer in material.answers:
        own = np.flatnonzero(mains == answer)
        rank[draw.permutation(own)] = (np.arange(len(own)) + 0.5) / len(own)
    parts = [np.flatnonzero(rank <= share) for share in SHARES]
    everything = np.arange(len(test.articles))
    # The largest first: no core is left alone with it at the end.
    splits = [(part, everything) for part in reversed(parts)]
    points = []
    for done, (part, _), scores in held_out_scores(pipeline, material, test, splits):
        points.append(Point(len(part), macro_f1(scores, test)))
        progress("Learning curve", done, len(SHARES))
    return points[::-1]


def macro_f1(scores: Floats, test: Material) -> float:
    """Return macro-F1 of the scores, shape (articles, answers), that a model gives some material."""
    given = best_answers(scores, test.answers)
    return evaluate(given, [article.right for article in test.articles], test.answers).macro_f1
