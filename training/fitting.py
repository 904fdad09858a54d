"""Fit the model: out-of-fold scores, calibration and thresholds learnt from them, the final fit, compiled."""

from dataclasses import dataclass

from sklearn.pipeline import Pipeline

from service.model.decision import Threshold
from service.model.manifest import Calibration
from service.model.scorer import Floats, Scorer
from training.calibration import calibrate, calibrated, fit_calibration
from training.compilation import check_scores, compile_scorer
from training.material import Material, documents
from training.progress import Progress
from training.thresholds import learn_thresholds
from training.trained import jobs, train_on_counts
from training.validation import Grouping, folds, grouping, out_of_fold

CHECKED = 4000
"""Articles that the pipeline is given as strings, spread evenly over the corpus: that takes milliseconds each."""


@dataclass(frozen=True)
class Fitted:
    """What was learnt from some material."""

    pipeline: Pipeline
    """Trained on all of it, and calibrated."""
    scorer: Scorer
    """The same, compiled."""
    calibration: Calibration
    thresholds: dict[str, Threshold]
    out_of_fold: Floats
    """The calibrated scores of each article by a model that has not seen it: shape (articles, answers)."""
    left_out: Grouping
    """What each fold left out whole."""


def fit(
    pipeline: Pipeline, material: Material, count: int, seed: int, target_precision: float, progress: Progress
) -> Fitted:
    """Fit an untrained pipeline, cross-validated in `count` folds.

    Raises CompilationError when the compiled scores differ from the pipeline's: of all articles as it learnt them, from
    their counts, and of CHECKED at the most as it takes them, as strings.
    """
    left_out = grouping(material.articles, count, seed)
    linear = out_of_fold(pipeline, material, folds(material.articles, count, seed, left_out), progress)
    calibration = fit_calibration(linear, material.targets)
    scores = calibrated(linear, calibration)
    thresholds = learn_thresholds(scores, material.targets, material.answers, target_precision)
    progress("Training", 0, 1)
    matrices, rows = material.counts.matrices, material.rows
    trained = train_on_counts(pipeline, matrices, rows, material.targets, jobs(rows))
    whole = trained.pipeline(pipeline, material.counts.vocabulary)
    calibrate(whole, calibration)
    scorer = compile_scorer(whole, material.counts.recipe)
    check_scores(scorer, material, trained.scores(matrices, rows))
    sample = material.take(range(0, len(material.articles), -(-len(material.articles) // CHECKED)))
    check_scores(scorer, sample, whole.decision_function(documents(sample)))
    progress("Training", 1, 1)
    return Fitted(whole, scorer, calibration, thresholds, scores, left_out)
