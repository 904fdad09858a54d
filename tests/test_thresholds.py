import numpy as np
import pytest

from training.thresholds import learn_thresholds, wilson_lower


def test_the_wanted_precision_is_held() -> None:
    draw = np.random.default_rng(1)
    scores = draw.random((5000, 1))
    targets = (draw.random(scores.shape) < scores).astype(np.int8)
    for target in (0.8, 0.9, 0.95):
        threshold = learn_thresholds(scores, targets, ["a"], target)["a"]
        reached = scores[:, 0] >= threshold.assign
        assert threshold.learnt
        assert targets[reached].mean() >= target
        assert reached.any()


def test_nothing_less_likely_than_not_is_assigned() -> None:
    scores = np.linspace(0.01, 0.99, 500)[:, None]
    threshold = learn_thresholds(scores, np.ones((500, 1), dtype=np.int8), ["a"], 0.95)["a"]
    assert threshold.assign == pytest.approx(0.5, abs=0.01)
    assert threshold.assign >= threshold.review == 0.5


@pytest.mark.parametrize("articles", [1, 10, 40])
def test_too_few_articles_give_a_safe_default_that_says_so(articles: int) -> None:
    scores = np.linspace(0.6, 0.99, articles)[:, None]
    threshold = learn_thresholds(scores, np.ones((articles, 1), dtype=np.int8), ["a"], 0.95)["a"]
    assert (threshold.assign, threshold.learnt) == (0.95, False)


def test_an_answer_that_is_never_sure_is_never_given_alone() -> None:
    scores = np.full((600, 1), 0.97)
    targets = np.array([1] * 480 + [0] * 120, dtype=np.int8)[:, None]
    threshold = learn_thresholds(scores, targets, ["a"], 0.95)["a"]
    assert (threshold.assign, threshold.learnt) == (1.0, False)


def test_equal_scores_stand_or_fall_together() -> None:
    scores = np.array([0.9] * 200 + [0.7] * 100)[:, None]
    targets = np.array([1] * 200 + [1] * 50 + [0] * 50, dtype=np.int8)[:, None]
    assert learn_thresholds(scores, targets, ["a"], 0.95)["a"].assign == 0.9


def test_the_bound_of_wilson() -> None:
    # 52 of 52 is the fewest that surely is 95 in 100: n / (n + 1.645 ** 2).
    assert wilson_lower(np.array([51, 52]), np.array([51, 52])) == pytest.approx([0.9496, 0.9505], abs=1e-4)
