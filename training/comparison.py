"""Two models on the same articles: is one better, or is the difference chance?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from service.model.scorer import Floats
from training.evaluation import counted

Outcome = tuple[str, ...]
Counts = NDArray[np.int64]

RESAMPLES = 2000
SIGNIFICANT = 0.05
"""A difference at least this rare by chance alone is called one."""


@dataclass(frozen=True)
class Comparison:
    """How the answers of model B differ from those of model A."""

    only_a: int
    """Articles that only A gets right."""
    only_b: int
    p_value: float
    """How likely so uneven a split is if both are equally good: McNemar's exact test, two-sided."""
    difference: float
    """B's macro-F1 less A's,"""
    interval: tuple[float, float]
    """and its 95 % paired bootstrap interval."""

    @property
    def b_is_worse(self) -> bool:
        """Whether B is significantly worse than A."""
        return self.only_b < self.only_a and self.p_value < SIGNIFICANT


def compare(a: Sequence[str], b: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str]) -> Comparison:
    """Compare the best answers of two models, `a` and `b`, with the right answers of each article.

    McNemar's exact test (Q. McNemar, 1947) is a binomial test on the articles that only one of them gets right; the
    bootstrap draws the same articles for both (B. Efron, 1979).
    """
    only_a = only_b = 0
    for first, second, own in zip(a, b, right, strict=True):
        only_a += first in own and second not in own
        only_b += second in own and first not in own
    outcomes = list(zip(a, counted(a, right), b, counted(b, right), strict=True))
    cells = sorted(set(outcomes))
    of_a, of_b = [cell[:2] for cell in cells], [cell[2:] for cell in cells]
    whole, resampled = (
        _macro_f1(of_b, answers, counts) - _macro_f1(of_a, answers, counts) for counts in _counts(outcomes, cells)
    )
    low, high = np.percentile(resampled, [2.5, 97.5])
    p_value = float(binomtest(only_a, only_a + only_b).pvalue) if only_a + only_b else 1.0
    return Comparison(only_a, only_b, p_value, float(whole[0]), (float(low), float(high)))


def macro_f1_interval(
    given: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str]
) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of macro-F1."""
    outcomes = list(zip(given, counted(given, right), strict=True))
    cells = sorted(set(outcomes))
    _, resampled = _counts(outcomes, cells)
    low, high = np.percentile(_macro_f1(cells, answers, resampled), [2.5, 97.5])
    return float(low), float(high)


def _counts(outcomes: Sequence[Outcome], cells: Sequence[Outcome]) -> tuple[Counts, Counts]:
    """Return how often each cell stands in the outcomes, and in RESAMPLES draws of as many of them with replacement.

    Shapes (1, cells) and (RESAMPLES, cells). Articles of one cell are alike, so the draws are multinomial.
    """
    found = Counter(outcomes)
    whole = np.array([[found[cell] for cell in cells]])
    return whole, np.random.default_rng(0).multinomial(len(outcomes), whole[0] / len(outcomes), RESAMPLES)


def _macro_f1(cells: Sequence[Outcome], answers: Sequence[str], counts: Counts) -> Floats:
    """Return macro-F1, as `evaluate` has it, for each row of counts of cells: the answer given, and the right one."""
    scores, occurs = [], []
    for answer in answers:
        given, right = (np.array([cell[i] == answer for cell in cells]) for i in (0, 1))
        total = counts @ given + counts @ right
        scores.append(2 * (counts @ (given & right)) / np.maximum(total, 1))
        occurs.append(total > 0)
    means: Floats = np.sum(scores, axis=0) / np.maximum(np.sum(occurs, axis=0), 1)
    return means
