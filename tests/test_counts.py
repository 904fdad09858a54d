import random

import numpy as np
import pytest
from joblib import parallel_config
from sklearn.feature_extraction.text import CountVectorizer

from service.text.segment import Segmenter
from service.text.terms import KINDS, Recipe
from training import counts
from training.article import Article
from training.counts import Counts, count_terms
from training.pipeline import rows
from training.terms import extract

RECIPE = Recipe(KINDS, 3)


def articles(count: int) -> list[Article]:
    draw = random.Random(0)
    pieces = "民警 走访 社区 游客 银行 志愿者 党史 反诈中心 景区 的 , 。 A股 2026 🙂 \u3000 \x1c".split(" ")
    return [
        Article("".join(draw.choices(pieces, k=3)), "".join(draw.choices(pieces, k=30)), (), f"f:{i}")
        for i in range(count)
    ]


def counted(count: int, min_df: int = 1) -> Counts:
    return count_terms(articles(count), ["反诈中心"], RECIPE, min_df, lambda *_: None)


@pytest.mark.parametrize("min_df", [1, 3])
def test_counts_are_what_a_vectoriser_counts(min_df: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "CHUNK", 7)
    with parallel_config("sequential"):
        found = counted(40, min_df)
    documents = rows(extract([article.sent for article in articles(40)], Segmenter(["反诈中心"]), RECIPE))
    for column, (kind, terms) in enumerate(found.vocabulary.items()):
        stock = CountVectorizer(token_pattern=r"\S+", lowercase=False, min_df=min_df)
        expected = stock.fit_transform(documents[:, column])
        order = [stock.vocabulary_[term] for term in terms]
        assert sorted(order) == list(range(len(stock.vocabulary_))), kind
        assert (found.matrices[column] != expected[:, order]).nnz == 0
        standing = (expected[:, order] > 0).sum(axis=0).tolist()
        assert standing == sorted(standing, reverse=True)
        assert found.matrices[column].has_sorted_indices
        assert found.matrices[column].dtype == np.int32


def test_progress_counts_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "CHUNK", 7)
    told: list[tuple[str, int, int]] = []
    with parallel_config("sequential"):
        count_terms(articles(15), [], RECIPE, 1, lambda *step: told.append(step))
    assert told == [("Reading articles", done, 15) for done in (7, 14, 15)]


def test_terms_of_too_few_articles_are_known_to_have_been_there() -> None:
    found = count_terms([Article("", "民警走访社区", (), "f:1")], [], RECIPE, 2, lambda *_: None)
    assert not any(found.vocabulary.values())
    assert found.distinct > 0
