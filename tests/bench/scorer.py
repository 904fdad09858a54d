"""Articles scored in process: by the service, by the scikit-learn pipeline behind jieba, and by fastText."""

import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import fasttext
import joblib

from service.model.folder import ModelFolder
from service.model.model import Model
from service.text.reading import Sent
from service.text.segment import Segmenter
from service.text.words import read_words
from tests.bench.corpora import SOURCES, local_news, seed_articles
from tests.bench.figures import Table, ratio, rounds
from training.pipeline import rows
from training.terms import extract

ROUNDS = 7
ARTICLES = 100

Way = Callable[[Sequence[Sent]], Any]


def measure(models: ModelFolder, version: str) -> list[Table]:
    """Return the time that an article of 400 to 600 characters takes, one by one and all at once."""
    articles = [a.sent for a in local_news() or seed_articles() if 400 <= len(a.text) <= 600][:ARTICLES]
    model = models.load(version)
    pipeline = joblib.load(models.path / version / "pipeline.joblib")
    words = read_words(SOURCES.words)
    jieba, rjieba = Segmenter(words, "jieba"), Segmenter(words)

    def stock(sent: Sequence[Sent]) -> None:
        pipeline.predict_proba(rows(extract(sent, jieba, model.scorer.recipe)))

    learnt = _train_fasttext(rjieba)
    ways: dict[str, Way] = {
        "scikit-learn pipeline behind jieba": stock,
        "fastText behind jieba": partial(_fasttext, learnt, jieba),
        "fastText behind rjieba": partial(_fasttext, learnt, rjieba),
        "the service's scorer": model.classify_all,
    }
    size = round(sum(len(one.title) + len(one.text) for one in articles) / len(articles))
    one_by_one = [[one] for one in articles]
    single: Way = lambda sent: [model.classify_one(one) for one in sent]  # noqa: E731
    alone: dict[str, Way] = {"the service's scorer": single, "the same, with evidence": partial(_explained, model)}
    return [
        _table(f"An article of {size} characters, one by one", ways | alone, one_by_one),
        _table(f"The same {len(articles)} articles, all at once", ways, [articles]),
    ]


def _table(title: str, ways: dict[str, Way], parts: Sequence[Sequence[Sent]]) -> Table:
    found = rounds({name: partial(_microseconds, way, parts) for name, way in ways.items()}, ROUNDS)
    stock, *_ = found.values()
    quick = found["fastText behind rjieba"]
    return Table(
        title,
        ["way", "µs an article", "× stock", "× fastText behind rjieba"],
        [
            [name, f"{median(own):,.0f}", f"{ratio(stock, own):.1f}", f"{ratio(quick, own):.2f}"]
            for name, own in found.items()
        ],
    )


def _microseconds(way: Way, parts: Sequence[Sequence[Sent]]) -> float:
    """Return the time an article takes in steady work: the second time round, not just after all other ways."""
    for _ in range(2):
        started = time.perf_counter()
        for part in parts:
            way(part)
    return 1e6 * (time.perf_counter() - started) / sum(map(len, parts))


def _train_fasttext(segmenter: Segmenter) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "train.txt"
        lines = (
            f"{' '.join(f'__label__{answer}' for answer in article.answers)} {_segmented(article.sent, segmenter)}\n"
            for article in seed_articles()
        )
        file.write_text("".join(lines), "utf-8")
        return fasttext.train_supervised(str(file), loss="ova", verbose=0)


def _segmented(sent: Sent, segmenter: Segmenter) -> str:
    return " ".join(" ".join(segmenter.cut(f"{sent.title} {sent.text}")).split())


def _fasttext(learnt: Any, segmenter: Segmenter, articles: Sequence[Sent]) -> None:
    learnt.predict([_segmented(article, segmenter) for article in articles], k=-1)


def _explained(model: Model, articles: Sequence[Sent]) -> None:
    for article in articles:
        read = model.read(article)
        [given] = model.classify(read)
        model.explain(read, given.answered, words=30)
