import numpy as np
import pytest

from service.model.model import Model
from training.calibration import calibrated, fit_calibration
from training.corpus import CorpusError


def test_overconfident_scores_are_brought_back() -> None:
    draw = np.random.default_rng(0)
    truth = draw.normal(0, 2, (20_000, 2))
    targets = (draw.random(truth.shape) < 1 / (1 + np.exp(-truth))).astype(np.int8)
    calibration = fit_calibration(3 * truth - 1, targets)
    assert calibration.slope == pytest.approx(1 / 3, rel=0.05)
    assert calibration.offset == pytest.approx(1 / 3, abs=0.05)


def test_scores_stay_within_bounds_and_some_answer_is_right() -> None:
    calibration = fit_calibration(np.array([[2.0, -1.0], [-2.0, 1.0], [1.0, 1.0]]), np.array([[1, 0], [0, 1], [1, 0]]))
    scores = calibrated(np.array([[900.0, -900.0], [-9.0, -9.5], [3.0, 4.0]]), calibration)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert (scores.sum(axis=1) >= 1 - 1e-12).all()


def test_labels_that_have_nothing_to_do_with_the_texts_are_refused() -> None:
    with pytest.raises(CorpusError, match="nothing to do with the texts"):
        fit_calibration(np.array([[2.0], [1.0], [-1.0], [-2.0]]), np.array([[0], [0], [1], [1]]))


def test_the_starter_model_means_what_it_says(model: Model) -> None:
    metrics = model.manifest.metrics
    assert metrics["cross_validation"]["calibration_error"] <= 0.03
    assert metrics["test"]["calibration_error"] <= 0.04
    assert metrics["test"]["none_auroc"] >= 0.97
