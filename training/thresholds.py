"""The score from which each answer is given without a person, learnt for a wanted precision."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from service.model.decision import LIKELY, Threshold
from service.model.scorer import Floats
from training.pipeline import Answers

_SURE = 1.645
"""Standard deviations of a one-sided bound that holds 95 times in 100."""


def learn_thresholds(
    scores: Floats, targets: Answers, answers: Sequence[str], target_precision: float
) -> dict[str, Threshold]:
    """Return each answer's threshold, from out-of-fold calibrated scores; both of shape (articles, answers).

    It is the lowest score, LIKELY or over, from which on the answer's precision is at least `target_precision`, surely
    so: by the lower bound of Wilson's interval (E. B. Wilson, 1927), that few articles do not flatter. Where no score
    reaches that, the threshold is marked as not learnt, and is the target itself, since a calibrated score of 0.95 is
    right 95 times in 100; or 1, so that the answer is never given without a person, if the articles show it is not.
    """
    learnt = {}
    for column, answer in enumerate(answers):
        found = _lowest(scores[:, column], targets[:, column], target_precision)
        reached = targets[scores[:, column] >= target_precision, column]
        missed = len(reached) > 0 and 1 - wilson_lower(np.sum(reached == 0), len(reached)) < target_precision
        safe = 1.0 if missed else max(target_precision, LIKELY)
        learnt[answer] = Threshold(assign=safe, learnt=False) if found is None else Threshold(assign=found)
    return learnt


def _lowest(scores: Floats, right: NDArray[np.int8], target: float) -> float | None:
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    hits, given = np.cumsum(right[order]), np.arange(1, len(ranked) + 1)
    last_of_its_score = np.append(ranked[1:] != ranked[:-1], True)
    good = (wilson_lower(hits, given) >= target) & (ranked >= LIKELY) & last_of_its_score
    return float(ranked[good].min()) if good.any() else None


def wilson_lower(hits: ArrayLike, given: ArrayLike) -> Floats:
    """Return the lower bound of Wilson's interval of the share `hits / given`."""
    hits, given = np.asarray(hits), np.asarray(given)
    share, z2 = hits / given, _SURE**2
    spread = _SURE * np.sqrt(share * (1 - share) / given + z2 / (4 * given**2))
    bound: Floats = (share + z2 / (2 * given) - spread) / (1 + z2 / given)
    return bound
