"""Two models on the same articles: is one better, or is the difference chance?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from service.model.scorer import Floats

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
    draws = _draws(len(right))
    resampled = _macro_f1(b, right, answers, draws) - _macro_f1(a, right, answers, draws)
    whole = np.arange(len(right))[None, :]
    difference = _macro_f1(b, right, answers, whole) - _macro_f1(a, right, answers, whole)
    low, high = np.percentile(resampled, [2.5, 97.5])
    p_value = float(binomtest(only_a, only_a + only_b).pvalue) if only_a + only_b else 1.0
    return Comparison(only_a, only_b, p_value, float(difference[0]), (float(low), float(high)))


def macro_f1_interval(
    given: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str]
) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of macro-F1."""
    low, high = np.percentile(_macro_f1(given, right, answers, _draws(len(right))), [2.5, 97.5])
    return float(low), float(high)


def _draws(articles: int) -> NDArray[np.intp]:
    return np.random.default_rng(0).integers(0, articles, (RESAMPLES, articles))


def _macro_f1(
    given: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str], draws: NDArray[np.intp]
) -> Floats:
    """Return macro-F1 on each row of `draws`, rows of articles; answers that are right nowhere in it do not count."""
    truth = [answer if answer in own else own[0] for answer, own in zip(given, right, strict=True)]
    columns = {answer: column for column, answer in enumerate(answers)}
    g, t = (np.array([columns[answer] for answer in of]) for of in (given, truth))
    f1, known = np.zeros((len(draws), len(answers))), np.zeros((len(draws), len(answers)), dtype=bool)
    for i in range(len(answers)):
        hits = ((g == i) & (t == i))[draws].sum(axis=1)
        times, articles = (g == i)[draws].sum(axis=1), (t == i)[draws].sum(axis=1)
        f1[:, i] = 2 * hits / np.maximum(times + articles, 1)
        known[:, i] = times + articles > 0
    means: Floats = f1.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return means
