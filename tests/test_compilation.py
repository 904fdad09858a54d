import zlib
from collections.abc import Callable
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.pipeline import Pipeline

from service.model.evidence import explain
from service.model.folder import ModelFolder
from service.model.model import Model, batches
from service.model.scorer import Scorer
from service.model.single import SingleScorer
from service.model.taxonomy import read_taxonomy
from service.text.reading import Reading, Sent
from service.text.segment import Segmenter
from service.text.terms import KINDS, Kind
from service.text.words import read_words
from tests.conftest import SEEDS
from training.compilation import CompilationError, check_scores, compile_scorer
from training.corpus import read_articles
from training.material import Material, documents, material_of
from training.pipeline import Choices, build, rows
from training.terms import extract

ANSWERS = read_taxonomy(SEEDS / "categories.toml").ids
SEGMENTER = Segmenter(read_words(SEEDS / "words.txt"))


@pytest.fixture(scope="module")
def pipeline(models: Path) -> Pipeline:
    return joblib.load(models / str(ModelFolder(models).current()) / "pipeline.joblib")


def material(kinds: tuple[Kind, ...]) -> Material:
    taxonomy = read_taxonomy(SEEDS / "categories.toml")
    articles = [one for file in sorted((SEEDS / "articles").glob("*.jsonl")) for one in read(file, taxonomy.ids)]
    return material_of(articles, taxonomy, read_words(SEEDS / "words.txt"), Choices(kinds=kinds), lambda *_: None)


def read(file: Path, categories: list[str]) -> list:  # type: ignore[type-arg]
    return read_articles(file, categories)[:12]


def test_the_pipeline_is_made_of_stock_steps(models: Path) -> None:
    data = (models / str(ModelFolder(models).current()) / "pipeline.joblib").read_bytes()
    stream = zlib.decompress(data)
    assert b"sklearn" in stream
    assert b"service" not in stream
    assert b"training" not in stream


pieces = st.one_of(st.sampled_from("民警 游客 银行 志愿者 党史 反诈 景区 的 ! \n".split(" ")), st.text(max_size=8))
articles = st.builds(Sent, st.text(max_size=12), st.lists(pieces, max_size=40).map("".join))


@settings(max_examples=200, deadline=None)
@given(sent=st.lists(articles, min_size=1, max_size=4))
def test_scores_equal_the_pipelines_on_any_text(model: Model, pipeline: Pipeline, sent: list[Sent]) -> None:
    expected = pipeline.predict_proba(rows(extract(sent, SEGMENTER, model.scorer.recipe)))
    got = model.scores(model.read(*sent))
    for article, ours, of_pipeline in zip(sent, got, expected, strict=True):
        known = len(model.read(article).found.rows)
        nothing = np.eye(len(ours))[-1]
        assert ours == pytest.approx(of_pipeline / min(1, of_pipeline.sum()) if known else nothing, abs=1e-9)
        assert all(0 <= score <= 1 for score in ours)


@settings(max_examples=50, deadline=None)
@given(sent=st.lists(articles, max_size=20))
def test_many_articles_are_answered_as_each_alone(model: Model, sent: list[Sent]) -> None:
    for article, answer in zip(sent, model.classify_all(sent), strict=True):
        alone = model.classify_one(article)
        assert answer.scores == pytest.approx(alone.scores, abs=1e-12)
        assert (answer.none, answer.decision) == (pytest.approx(alone.none, abs=1e-12), alone.decision)


SEEDED = [one.sent for file in sorted((SEEDS / "articles").glob("*.jsonl")) for one in read_articles(file, ANSWERS)][
    ::9
]
CHANGED = [
    lambda sent: sent,
    lambda sent: sent._replace(title=""),
    lambda sent: sent._replace(title=sent.text[:40], text=f"{sent.title}\n　　{sent.text}\n　　社区民警(图)"),
    lambda sent: sent._replace(text=sent.text.replace("。", "。\n\u3000").replace("的", " A股 ")),
    lambda sent: sent._replace(text=sent.text[:30] + "\u200b" + sent.text[30:], title=sent.title * 3),
    lambda sent: sent._replace(text=f"{sent.text[:31]}\uffff{sent.text[31:]}\uffff", title=f"\uffff{sent.title}"),
    lambda sent: sent._replace(text=sent.text[:60]),
    lambda sent: sent._replace(text=f"{sent.text}\v\x1c{sent.text.partition('。')[0]}。"),
    lambda sent: sent._replace(text=f"<p>{sent.text}</p>", html=True),
    lambda sent: sent._replace(text=sent.text * 2 + "\U00031350"),
    lambda sent: sent._replace(text="\r\n".join(sent.text[i : i + 17] for i in range(0, len(sent.text), 17))),
]


@pytest.mark.parametrize("changed", CHANGED)
def test_one_article_has_the_scores_that_it_has_among_many(model: Model, changed: Callable[[Sent], Sent]) -> None:
    sent = [changed(one) for one in SEEDED]
    for article, answer in zip(sent, model.classify_all(sent), strict=True):
        alone = model.classify_one(article)
        assert answer.scores == pytest.approx(alone.scores, abs=1e-9)
        assert (answer.none, answer.decision) == (pytest.approx(alone.none, abs=1e-9), alone.decision)


def test_nearly_all_articles_go_the_quick_path(model: Model) -> None:
    single = SingleScorer(model.scorer, SEGMENTER)
    assert sum(single.scores(one) is not None for one in SEEDED) > 0.9 * len(SEEDED)


def test_batches_hold_every_article_once_in_order() -> None:
    sent = [Sent(str(i), "民" * (i % 7) * 9_000) for i in range(60)] + [Sent("long", "民" * 200_000), Sent("", "")]
    parts = list(batches(sent))
    assert [article for part in parts for article in part] == sent
    assert len(parts) > 5
    assert list(batches([])) == []


@pytest.mark.parametrize("kinds", [KINDS, ("word_pairs",), ("sign_pairs",), ("characters",)])
def test_every_kind_of_terms_compiles(kinds: tuple[Kind, ...], tmp_path: Path) -> None:
    learnt = material(kinds)
    recipe = learnt.counts.recipe
    pipeline = build(Choices(kinds=kinds), 0).fit(documents(learnt), learnt.targets)
    compile_scorer(pipeline, recipe).write(tmp_path / "scorer")
    scorer = Scorer.read(tmp_path / "scorer", recipe)
    check_scores(scorer, learnt, pipeline.decision_function(documents(learnt)))
    strange = [Sent("␂民␃警", "_民_警 İ\u3000␣ A股\n反诈。" * 2), Sent("", "𠀀𠀁𠀂" * 20), Sent("反诈", "民警走进社区")]
    expected = pipeline.decision_function(rows(extract(strange, SEGMENTER, recipe)))
    assert scorer.linear(scorer.find(Reading(strange, SEGMENTER))) == pytest.approx(expected, abs=1e-9)
    for article, linear in zip(strange, expected, strict=True):
        reading = Reading([article], SEGMENTER)
        terms = scorer.find(reading)
        evidence = explain(reading, terms, scorer.linear(terms), range(len(linear)), scorer, words=None, sentences=3)
        for own, found in zip(linear, evidence, strict=True):
            assert found.intercept + sum(word.weight for word in found.terms) == pytest.approx(own, abs=1e-9)


def test_a_scorer_that_differs_is_not_published(model: Model, pipeline: Pipeline) -> None:
    learnt = material(Choices().kinds)
    linear = pipeline.decision_function(documents(learnt))
    check_scores(model.scorer, learnt, linear)
    linear[:, 1] += 1e-7
    with pytest.raises(CompilationError, match="differ"):
        check_scores(model.scorer, learnt, linear)


def test_a_quick_path_that_differs_is_not_published(
    model: Model, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt = material(Choices().kinds)
    linear = pipeline.decision_function(documents(learnt))
    found = SingleScorer.scores
    monkeypatch.setattr(SingleScorer, "scores", lambda *own: [1.01 * score for score in found(*own) or []])
    with pytest.raises(CompilationError, match="differ"):
        check_scores(model.scorer, learnt, linear)
