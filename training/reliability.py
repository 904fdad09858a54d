"""Whether a score means what it says: of answers given with 0.9, are nine in ten right?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True)
class Bin:
    """The answers given with scores in one of BINS equal ranges."""

    score: float
    """Their mean score."""
    right: float
    """The share of them that is right."""
    articles: int


@dataclass(frozen=True)
class Reliability:
    """The bins that hold an article, and the expected calibration error over them."""

    bins: list[Bin]
    error: float


def reliability(scores: Sequence[float], right: Sequence[bool]) -> Reliability:
    """Compare the scores of the answers given with how often they are right.

    The expected calibration error is the mean distance of a bin's score and its share of right answers, weighted by its
    articles (M. Naeini et al., Obtaining well calibrated probabilities using Bayesian binning, 2015).
    """
    given, correct = np.asarray(scores), np.asarray(right, dtype=float)
    places = np.minimum((given * BINS).astype(int), BINS - 1)
    bins = [
        Bin(float(given[here].mean()), float(correct[here].mean()), int(here.sum()))
        for place in range(BINS)
        if (here := places == place).any()
    ]
    error = sum(one.articles * abs(one.score - one.right) for one in bins) / len(given)
    return Reliability(bins, error)
