from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.model.folder import ModelFolder
from service.model.model import Model
from service.text.reading import read_article
from service.text.segment import Segmenter
from service.text.terms import extract
from service.text.words import read_words
from tests.conftest import SEEDS
from training.compilation import CompilationError, compile_scorer
from training.pipeline import Choices, rows

SEGMENTER = Segmenter(read_words(SEEDS / "words.txt"))


@pytest.fixture(scope="module")
def pipeline(models: Path):  # type: ignore[no-untyped-def]
    return joblib.load(models / str(ModelFolder(models).current()) / "pipeline.joblib")


def test_the_pipeline_is_made_of_stock_steps(models: Path) -> None:
    data = (models / str(ModelFolder(models).current()) / "pipeline.joblib").read_bytes()
    import zlib

    stream = zlib.decompress(data)
    assert b"sklearn" in stream
    assert b"service" not in stream
    assert b"training" not in stream


pieces = st.one_of(st.sampled_from("民警 游客 银行 志愿者 党史 反诈 景区 的 ! \n".split(" ")), st.text(max_size=8))


@settings(max_examples=300, deadline=None)
@given(title=st.text(max_size=12), text=st.lists(pieces, max_size=40).map("".join))
def test_scores_equal_the_pipelines_on_any_text(model: Model, pipeline, title: str, text: str) -> None:  # type: ignore[no-untyped-def]
    got = model.scorer.score(model.read(title, text).found)
    terms = extract(*read_article(title, text, SEGMENTER), Choices().recipe)
    [expected] = pipeline.predict_proba(rows([terms]))
    assert np.abs(got - expected).max() <= 1e-9
    answer = model.classify(model.read(title, text))
    given = np.array([*(answer.scores[category] for category in model.taxonomy.ids), answer.none])
    known = any(len(hits.seen) for hits in model.read(title, text).found.values())
    nothing = np.eye(len(given))[-1]
    assert given == pytest.approx(expected / min(1, expected.sum()) if known else nothing, abs=1e-9)
    assert all(0 <= score <= 1 for score in given)


def test_a_scorer_that_differs_is_not_published(pipeline) -> None:  # type: ignore[no-untyped-def]
    class Skewed:
        named_steps = pipeline.named_steps

        def predict_proba(self, documents):  # type: ignore[no-untyped-def]
            return pipeline.predict_proba(documents) + 2e-9

    with pytest.raises(CompilationError, match="differ"):
        compile_scorer(Skewed(), [extract(*read_article("", "民警走进社区", SEGMENTER), Choices().recipe)])
