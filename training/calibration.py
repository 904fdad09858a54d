"""Calibration: make probabilities of a classifier's linear scores.

Platt's scaling (J. Platt, Probabilistic outputs for support vector machines, 1999), with one slope and one offset for
all answers:

    score = 1 / (1 + exp(-(slope * linear + offset)))

fitted to the out-of-fold scores of all articles, by maximum likelihood; then `complete` divides what sums to less
than 1. A slope and an offset for each answer fit the
corpus a little better and real articles worse (see README.md): two numbers cannot learn what is peculiar to a corpus.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from service.model.manifest import Calibration
from service.model.scorer import Floats, complete, logistic
from training.corpus import CorpusError
from training.pipeline import Answers

_UNBOUND = 1e6  # the inverse of a regularisation that is none


def fit_calibration(linear: Floats, targets: Answers) -> Calibration:
    """Return the calibration of out-of-fold linear scores; both of shape (articles, answers), targets 1 where right.

    As Platt has it, a right answer counts as (n + 1) / (n + 2) right, n being how many are, and a wrong one likewise:
    few articles make nothing certain. Raises CorpusError where higher scores are no likelier right.
    """
    scores, right = linear.reshape(-1, 1), targets.ravel() == 1
    hits, misses = right.sum(), (~right).sum()
    belief = np.where(right, (hits + 1) / (hits + 2), 1 / (misses + 2))
    both = np.repeat([1, 0], len(scores))
    weights = np.concatenate([belief, 1 - belief])
    fitted = LogisticRegression(C=_UNBOUND).fit(np.tile(scores, (2, 1)), both, sample_weight=weights)
    slope, offset = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    if slope <= 0:
        raise CorpusError(
            ["The labels have nothing to do with the texts: a model learnt from some cannot tell others."]
        )
    return Calibration(slope=slope, offset=offset)


def calibrated(linear: Floats, calibration: Calibration) -> Floats:
    """Return the calibrated scores of linear ones, as the service gives them."""
    return complete(logistic(calibration.slope * linear + calibration.offset))


def calibrate(pipeline: Pipeline, calibration: Calibration) -> None:
    """Write a calibration into the weights of a trained pipeline: its probabilities are the calibrated scores."""
    for model in pipeline.named_steps["classifier"].estimators_:
        model.coef_ = calibration.slope * model.coef_
        model.intercept_ = calibration.slope * model.intercept_ + calibration.offset
