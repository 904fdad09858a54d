"""Turn a trained pipeline into the plain arrays that the service scores from, and prove them equal."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sklearn.pipeline import Pipeline

from service.model.lookup import UNKNOWN, Lookup, Pairs, Single, pair_keys
from service.model.model import batches
from service.model.scorer import Floats, Scorer, complete, logistic
from service.model.single import KINDS, SingleScorer
from service.model.vocabulary import Characters, Tokens, Vocabulary
from service.text.reading import Reading
from service.text.script import Unit
from service.text.segment import Segmenter
from service.text.terms import MAKE, TOKENS, Kind, Recipe
from training.hashing import build_table
from training.material import Material
from training.terms import parts
from training.trie import build_trie

Term = tuple[str, ...]
"""The names of the units that a term is made of."""

TOLERANCE = 1e-9
"""How far a compiled score may lie from the pipeline's."""


class CompilationError(RuntimeError):
    """The compiled scores differ from the pipeline's."""


def check_scores(scorer: Scorer, material: Material, linear: Floats) -> None:
    """Raise CompilationError unless a scorer gives the articles of `material` the scores of the pipeline, either way.

    `linear` are the pipeline's linear scores, shape (articles, answers); the scores may lie TOLERANCE apart.
    """
    segmenter = Segmenter(material.words)
    single = SingleScorer(scorer, segmenter) if scorer.recipe.kinds == KINDS else None
    start = 0
    for batch in batches([article.sent for article in material.articles]):
        expected = logistic(linear[start : start + len(batch)])
        _check(logistic(scorer.linear(scorer.find(Reading(batch, segmenter)))), expected)
        for article, scores in zip(batch, complete(expected), strict=True):
            if single and (alone := single.scores(article)):
                _check(np.array(alone), scores)
        start += len(batch)


def _check(given: Floats, expected: Floats) -> None:
    difference = float(np.abs(given - expected).max())
    if not difference <= TOLERANCE:
        raise CompilationError(f"The compiled scores differ from the pipeline's by {difference:.1e}.")


def compile_scorer(pipeline: Pipeline, recipe: Recipe) -> Scorer:
    """Return the scorer of a trained pipeline, whose articles are turned into terms by `recipe`."""
    models = pipeline.named_steps["classifier"].estimators_
    learnt = pipeline.named_steps["terms"].named_transformers_
    terms = {kind: [parts(kind, term) for term in learnt[kind].get_feature_names_out()] for kind in recipe.kinds}
    units = {unit: _numbered(terms[kind] for kind in recipe.kinds if MAKE[kind].unit == unit) for unit in recipe.units}
    return Scorer(
        recipe=recipe,
        vocabularies={unit: _vocabulary(unit, list(rows)) for unit, rows in units.items()},
        lookups=_lookups(recipe, terms, units),
        sizes=[len(own) for own in terms.values()],
        idf=np.concatenate([learnt[kind].idf_ for kind in recipe.kinds]),
        weights=np.column_stack([model.coef_[0] for model in models]),
        intercept=np.array([model.intercept_[0] for model in models]),
    )


def _numbered(kinds: Iterable[Sequence[Term]]) -> dict[str, int]:
    """Return the rows of the units that terms are made of, in order: the commonest terms are first of their kind.

    What is looked up most often lies together.
    """
    units = dict.fromkeys(unit for terms in kinds for term in terms for unit in term)
    return {unit: row for row, unit in enumerate(units)}


def _vocabulary(unit: Unit, known: list[str]) -> Vocabulary:
    if unit in TOKENS:
        return Tokens(unit, np.array(known), build_trie(known))
    return Characters(unit, np.array(known))


def _lookups(
    recipe: Recipe, terms: Mapping[Kind, Sequence[Term]], units: Mapping[Unit, Mapping[str, int]]
) -> dict[Kind, Lookup]:
    """Return what finds the terms of each kind, given the rows of their units; the terms have theirs in that order."""
    lookups: dict[Kind, Lookup] = {}
    pairs: dict[int, int] = {}
    begin = 0
    for kind in recipe.kinds:
        known = units[MAKE[kind].unit]
        first, *second = (np.array([known[unit] for unit in column]) for column in zip(*terms[kind], strict=True))
        rows = np.arange(begin, begin := begin + len(terms[kind]))
        if second:
            keys = pair_keys(first, second[0], recipe.kinds_of_order(2).index(kind))
            pairs |= zip(keys.tolist(), rows.tolist(), strict=True)
        else:
            of_units = np.full(len(known), UNKNOWN, dtype=np.int32)
            of_units[first] = rows
            lookups[kind] = Single(of_units)
    table = build_table(pairs)
    return lookups | {kind: Pairs(table, number) for number, kind in enumerate(recipe.kinds_of_order(2))}
