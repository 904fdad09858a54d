"""Turn a trained pipeline into the plain arrays that the service scores from, and prove them equal."""

from collections.abc import Sequence

import numpy as np
from sklearn.pipeline import Pipeline

from service.model.scorer import Block, Scorer
from service.text.terms import Terms
from training.pipeline import rows

TOLERANCE = 1e-9
"""How far a compiled score may lie from the pipeline's."""


class CompilationError(RuntimeError):
    """The compiled scores differ from the pipeline's."""


def compile_scorer(pipeline: Pipeline, extracted: Sequence[Terms]) -> Scorer:
    """Return the scorer of a trained pipeline.

    Raises CompilationError unless both give `extracted` the same scores, within TOLERANCE.
    """
    models = pipeline.named_steps["classifier"].estimators_
    weights = np.column_stack([model.coef_[0] for model in models])
    blocks = {}
    start = 0
    for kind, vectoriser, _ in pipeline.named_steps["terms"].transformers_:
        terms = vectoriser.get_feature_names_out().astype(np.str_)
        end = start + len(terms)
        blocks[kind] = Block(terms, vectoriser.idf_.astype(np.float64), np.ascontiguousarray(weights[start:end]))
        start = end
    scorer = Scorer(blocks, np.array([model.intercept_[0] for model in models]))
    expected = pipeline.predict_proba(rows(extracted))
    got = np.array([scorer.score(scorer.find(terms)) for terms in extracted])
    difference = float(np.abs(got - expected).max())
    if not difference <= TOLERANCE:
        raise CompilationError(f"The compiled scores differ from the pipeline's by {difference:.1e}.")
    return scorer
