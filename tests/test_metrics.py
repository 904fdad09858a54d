import numpy as np
import pytest

from service.model.decision import Threshold
from training.article import Article
from training.metrics import measure
from training.reliability import reliability


def article(*labels: str, also: tuple[str, ...] = ()) -> Article:
    return Article("", "文", labels, "file:1", also)


def test_the_calibration_error_of_a_worked_example() -> None:
    found = reliability([0.95, 0.95, 0.95, 0.95, 0.55, 0.55], [True, True, True, False, True, False])
    assert [(b.articles, b.right) for b in found.bins] == [(2, 0.5), (4, 0.75)]
    assert found.error == pytest.approx((4 * 0.2 + 2 * 0.05) / 6)


def test_the_figures_of_a_worked_example() -> None:
    thresholds = dict.fromkeys(("a", "b", "none"), Threshold(assign=0.8))
    scores = np.array(
        [
            [0.9, 0.1, 0.0],  # a: assigned, right
            [0.9, 0.85, 0.0],  # a and b: assigned, one of them wrong
            [0.6, 0.1, 0.3],  # review
            [0.0, 0.1, 0.9],  # none, though it is b
            [0.1, 0.0, 0.95],  # none, right
        ]
    )
    articles = [article("a"), article("a"), article("b", also=("a",)), article("b"), article()]
    metrics = measure(scores, articles, ["a", "b", "none"], thresholds)
    assert metrics.coverage.verdicts == {"assign": 2, "review": 1, "none": 2}
    assert metrics.coverage.decided == 0.8
    assert metrics.coverage.precision == 0.5
    assert metrics.coverage.assigned_precision == 0.5
    assert metrics.evaluation.accuracy == 0.8
    assert metrics.confusion == [[3, 0, 0], [0, 0, 1], [0, 0, 1]]
    assert metrics.none_auroc == 1.0
    assert metrics.coverage.curve[-1] == (1.0, 0.8)


def test_without_a_none_article_there_is_no_auroc() -> None:
    thresholds = dict.fromkeys(("a", "none"), Threshold(assign=0.8))
    assert measure(np.array([[0.9, 0.1]]), [article("a")], ["a", "none"], thresholds).none_auroc is None
