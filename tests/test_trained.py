from dataclasses import replace

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from service.model.taxonomy import read_taxonomy
from service.text.words import read_words
from tests.conftest import SEEDS
from training.corpus import CorpusError, read_corpus
from training.material import Material, material_of
from training.material import documents as documents_of
from training.pipeline import Choices, Documents, build
from training.trained import Trained, train_on_counts

CLOSE = 1e-9
TAXONOMY = read_taxonomy(SEEDS / "categories.toml")
WORDS = read_words(SEEDS / "words.txt")
LEARNT = np.arange(0, 240, 2)
OTHERS = np.arange(1, 240, 2)


def material(choices: Choices) -> Material:
    articles = read_corpus(SEEDS / "articles", TAXONOMY.ids)[::16]
    return material_of(articles, TAXONOMY, WORDS, choices, lambda *_: None)


@pytest.fixture(
    scope="module",
    params=[
        Choices(),
        Choices(min_df=1, sublinear=False, balanced=False),
        Choices(kinds=("tokens", "sign_pairs"), norm="article", classifier="ridge", min_df=3),
        Choices(kinds=("words",), classifier="bayes"),
    ],
    ids=lambda choices: f"{choices.classifier}-{choices.min_df}",
)
def both(request: pytest.FixtureRequest) -> tuple[Material, Documents, Pipeline, Trained]:
    """The stock pipeline trained on strings, and what was learnt from counts of the same articles."""
    choices = request.param
    own = material(choices)
    documents = documents_of(own)
    stock = build(choices, 0).fit(documents[LEARNT], own.targets[LEARNT])
    return own, documents, stock, train_on_counts(build(choices, 0), own.counts.matrices, LEARNT, own.targets[LEARNT])


def scores(pipeline: Pipeline, documents: Documents) -> np.ndarray:
    linear = hasattr(pipeline, "decision_function")
    return np.asarray(pipeline.decision_function(documents) if linear else pipeline.predict_proba(documents))


def test_a_fold_gives_the_scores_of_the_stock_pipeline(both: tuple[Material, Documents, Pipeline, Trained]) -> None:
    own, documents, stock, trained = both
    expected = scores(stock, documents[OTHERS])
    assert np.abs(trained.scores(own.counts.matrices, OTHERS) - expected).max() <= CLOSE


def test_the_pipeline_is_the_stock_one(both: tuple[Material, Documents, Pipeline, Trained]) -> None:
    own, documents, stock, trained = both
    untrained = clone(stock)
    pipeline = trained.pipeline(untrained, own.counts.vocabulary)
    assert np.abs(scores(pipeline, documents) - scores(stock, documents)).max() <= CLOSE
    assert repr(pipeline) == repr(stock)
    steps = [one.named_steps["terms"].transformers_ for one in (pipeline, stock)]
    for (_, mine, _), (_, theirs, _) in zip(*steps, strict=True):
        idf = [dict(zip(one.get_feature_names_out(), one.idf_, strict=True)) for one in (mine, theirs)]
        assert idf[0] == idf[1]
        assert mine.fixed_vocabulary_ == theirs.fixed_vocabulary_
    assert pipeline.named_steps["terms"].output_indices_ == stock.named_steps["terms"].output_indices_


def test_the_pipeline_learns_anew_where_it_is_fitted_again(
    both: tuple[Material, Documents, Pipeline, Trained],
) -> None:
    own, documents, stock, trained = both
    pipeline = trained.pipeline(clone(stock), own.counts.vocabulary)
    for again in (clone(pipeline), pipeline):
        again.fit(documents[OTHERS], own.targets[OTHERS])
        expected = clone(stock).fit(documents[OTHERS], own.targets[OTHERS])
        assert np.abs(scores(again, documents) - scores(expected, documents)).max() <= CLOSE


def test_processes_side_by_side_learn_the_same_to_the_last_bit() -> None:
    own = material(Choices())
    alone, together = (
        train_on_counts(build(Choices(), 0), own.counts.matrices, LEARNT, own.targets[LEARNT], jobs) for jobs in (1, 2)
    )
    pairs = zip(alone.classifier.estimators_, together.classifier.estimators_, strict=True)
    assert all((one.coef_ == other.coef_).all() and one.intercept_ == other.intercept_ for one, other in pairs)


def test_articles_without_a_common_term_are_refused() -> None:
    own = material(replace(Choices(), min_df=1))
    with pytest.raises(CorpusError, match="too few or too short"):
        train_on_counts(build(Choices(), 0), own.counts.matrices, np.array([0]), own.targets[:1])
