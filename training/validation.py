"""Cross-validation: the linear scores of articles by a model that has not seen them."""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.pipeline import Pipeline

from service.model.scorer import Floats
from training.article import Article
from training.material import Material, Progress
from training.pipeline import fitted

Grouping = Literal["genre", "year", ""]
"""What a fold leaves out whole; random folds flatter what tells one genre, or one year, from another."""

_Split = tuple[NDArray[np.intp], NDArray[np.intp]]


def folds(articles: Sequence[Article], count: int, seed: int, by: Grouping) -> list[_Split]:
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


def out_of_fold(pipeline: Pipeline, material: Material, splits: Sequence[_Split], progress: Progress) -> Floats:
    """Return the linear scores of all articles, each by a pipeline trained without its fold.

    Shape (articles, answers); not calibrated.
    """
    scores = np.zeros(material.targets.shape)
    for done, (left_out, given) in enumerate(_fold_scores(pipeline, material, splits), start=1):
        scores[left_out] = given
        progress("Cross-validating", done, len(splits))
    return scores


def _fold_scores(
    pipeline: Pipeline, material: Material, splits: Sequence[_Split]
) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    for train, test in splits:
        trained = fitted(clone(pipeline), material.documents[train], material.targets[train])
        yield test, trained.decision_function(material.documents[test])
