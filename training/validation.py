"""Cross-validation: the linear scores of articles by a model that has not seen them."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Literal

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.pipeline import Pipeline

from service.model.scorer import Floats
from training.article import Article
from training.material import Material
from training.pipeline import Answers
from training.progress import Progress
from training.trained import Rows, jobs, train_on_counts

Grouping = Literal["genre", "year", ""]
"""What a fold leaves out whole; random folds flatter what tells one genre, or one year, from another."""

Split = tuple[Rows, Rows]
"""Rows to train on, and rows to score."""


def folds(articles: Sequence[Article], count: int, seed: int, by: Grouping) -> list[Split]:
    """Return `count` splits into rows to train on and rows left out, alike in their main answers."""
    mains = np.array([article.main for article in articles])
    if not by:
        return list(StratifiedKFold(count, shuffle=True, random_state=seed).split(mains, mains))
    groups = np.array([getattr(article, by) for article in articles])
    return list(StratifiedGroupKFold(count, shuffle=True, random_state=seed).split(mains, mains, groups))


def grouping(articles: Sequence[Article], count: int, seed: int) -> Grouping:
    """Return what folds of these articles can leave out whole: genres, or nothing.

    Genres, if each article has one, and what is left to learn from has every answer in each fold.
    """
    genres = {article.genre for article in articles}
    if len(genres) < count or "" in genres:
        return ""
    mains = np.array([article.main for article in articles])
    whole = all(set(mains[learnt]) == set(mains) for learnt, _ in folds(articles, count, seed, "genre"))
    return "genre" if whole else ""


def out_of_fold(pipeline: Pipeline, material: Material, splits: Sequence[Split], progress: Progress) -> Floats:
    """Return the linear scores of all articles, each by a pipeline trained without its fold.

    Shape (articles, answers); not calibrated. The folds are shared out among all cores, or the cluster's workers.
    """
    scores = np.zeros(material.targets.shape)
    for done, (_, left_out), given in held_out_scores(pipeline, material, material, splits):
        scores[left_out] = given
        progress("Cross-validating", done, len(splits))
    return scores


def held_out_scores(
    pipeline: Pipeline, material: Material, test: Material, splits: Sequence[Split]
) -> Iterator[tuple[int, Split, Floats]]:
    """Yield, for each split, its number, from 1, itself, and the linear scores of a pipeline trained on its first rows.

    Those are rows of `material`, the second ones, which are scored, of `test`; both are of the same counts.
    """
    matrices = material.counts.matrices
    scored = Parallel(n_jobs=jobs(material.rows), return_as="generator")(
        # The matrices stand by themselves so that a cluster gets each of them once.
        delayed(_scores)(pipeline, material.rows[learnt], material.targets[learnt], test.rows[scored], *matrices)
        for learnt, scored in splits
    )
    return zip(count(1), splits, scored, strict=False)


def _scores(pipeline: Pipeline, learnt: Rows, targets: Answers, scored: Rows, *matrices: csr_matrix) -> Floats:
    return train_on_counts(pipeline, matrices, learnt, targets).scores(matrices, scored)
