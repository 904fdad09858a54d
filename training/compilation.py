"""Turn a trained pipeline into the plain arrays that the service scores from, and prove them equal."""

from collections.abc import Sequence

import numpy as np
from sklearn.pipeline import Pipeline

from service.model.lookup import UNKNOWN, Lookup, Single
from service.model.model import batches
from service.model.scorer import Floats, Scorer, logistic
from service.model.vocabulary import Vocabulary
from service.text.reading import Reading
from service.text.script import Unit
from service.text.segment import Segmenter
from service.text.terms import MAKE, Kind, Recipe
from training.hashing import hash_pairs
from training.material import Material
from training.terms import parts

TOLERANCE = 1e-9
"""How far a compiled score may lie from the pipeline's."""


class CompilationError(RuntimeError):
    """The compiled scores differ from the pipeline's."""


def check_scores(scorer: Scorer, material: Material, linear: Floats) -> None:
    """Raise CompilationError unless a scorer gives the articles of `material` the scores of the pipeline.

    `linear` are the pipeline's linear scores, shape (articles, answers); the scores may lie TOLERANCE apart.
    """
    segmenter = Segmenter(material.words)
    start = 0
    for batch in batches([article.sent for article in material.articles]):
        given = logistic(scorer.linear(scorer.find(Reading(batch, segmenter))))
        difference = float(np.abs(given - logistic(linear[start : start + len(batch)])).max())
        if not difference <= TOLERANCE:
            raise CompilationError(f"The compiled scores differ from the pipeline's by {difference:.1e}.")
        start += len(batch)


def compile_scorer(pipeline: Pipeline, recipe: Recipe) -> Scorer:
    """Return the scorer of a trained pipeline, whose articles are turned into terms by `recipe`."""
    models = pipeline.named_steps["classifier"].estimators_
    learnt = pipeline.named_steps["terms"].named_transformers_
    terms = {kind: [parts(kind, term) for term in learnt[kind].get_feature_names_out()] for kind in recipe.kinds}
    vocabularies = {
        unit: _vocabulary(unit, [terms[kind] for kind in recipe.kinds if MAKE[kind].unit == unit])
        for unit in dict.fromkeys(MAKE[kind].unit for kind in recipe.kinds)
    }
    lookups: dict[Kind, Lookup] = {}
    start = 0
    for kind in recipe.kinds:
        lookups[kind] = _lookup(terms[kind], vocabularies[MAKE[kind].unit], start)
        start += len(terms[kind])
    return Scorer(
        recipe=recipe,
        vocabularies=vocabularies,
        lookups=lookups,
        sizes=[len(terms[kind]) for kind in recipe.kinds],
        idf=np.concatenate([learnt[kind].idf_ for kind in recipe.kinds]),
        weights=np.column_stack([model.coef_[0] for model in models]),
        intercept=np.array([model.intercept_[0] for model in models]),
    )


def _vocabulary(unit: Unit, kinds: Sequence[list[tuple[str, ...]]]) -> Vocabulary:
    return Vocabulary(unit, np.array(sorted({unit for terms in kinds for term in terms for unit in term})))


def _lookup(terms: list[tuple[str, ...]], vocabulary: Vocabulary, start: int) -> Lookup:
    """Return what finds terms, which have the rows from `start` on."""
    row_of = {unit: row for row, unit in enumerate(vocabulary.known.tolist())}
    first, *second = (np.array([row_of[unit] for unit in column]) for column in zip(*terms, strict=True))
    if second:
        return hash_pairs(first, second[0], start)
    rows = np.full(len(vocabulary), UNKNOWN, dtype=np.int32)
    rows[first] = np.arange(start, start + len(terms))
    return Single(rows)
