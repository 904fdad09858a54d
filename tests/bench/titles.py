"""THUCNews titles, 10,000 to train on and 10,000 to test: our features beside fastText and the stock words-only way."""

import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import fasttext
import numpy as np
from joblib import parallel_config
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from service.text.reading import Sent
from service.text.segment import Segmenter
from service.text.terms import Recipe
from tests.bench.corpora import THUCNEWS, titles
from training.article import Article
from training.counts import count_terms
from training.pipeline import Choices, Documents, build, rows
from training.terms import extract
from training.trained import train_on_counts

CHOICES = Choices(
    kinds=("tokens", "signs", "sign_pairs"),
    norm="article",
    min_df=1,
    classifier="ridge",
    strength=3.0,
    balanced=False,
)
"""What the search chose for titles (`make search`)."""

FASTTEXT = {
    "words": {"wordNgrams": 1},
    "words and pairs": {"wordNgrams": 2},
    "words and characters": {"wordNgrams": 1, "minn": 1, "maxn": 3},
}


def accuracies() -> dict[str, float]:
    """Return the share of test titles each way gets right; empty where the titles are not there."""
    if not THUCNEWS.exists():
        return {}
    train, test = titles("train"), titles("test")
    segmenter = Segmenter()
    seen, unseen = ([" ".join(segmenter.cut(title.lower())) for title, _ in part] for part in (train, test))
    labels, right = ([label for _, label in part] for part in (train, test))
    stock = make_pipeline(TfidfVectorizer(token_pattern=r"\S+"), OneVsRestClassifier(LinearSVC(random_state=0)))
    ours = build(CHOICES, 0).fit(documents(train, CHOICES.recipe), labels)
    return {
        "our features, as searched": ours.score(documents(test, CHOICES.recipe), right),
        "stock: jieba words, TF-IDF, linear SVC": stock.fit(seen, labels).score(unseen, right),
        **{f"fastText: {name}": _fasttext(seen, labels, unseen, right, FASTTEXT[name]) for name in FASTTEXT},
    }


def documents(articles: Sequence[tuple[str, str]], recipe: Recipe) -> Documents:
    """Return titles as the pipeline takes them."""
    segmenter = Segmenter()
    return rows(extract([Sent("", title) for title, _ in articles], segmenter, recipe))


def training_times() -> tuple[float, dict[str, float]]:
    """Return the CPU seconds that training on the titles takes us, cross-validation apart, and fastText by settings.

    Ours begin with the titles, to be cut and counted, and end with the pipeline; fastText's begin with titles that are
    cut already. One core each.
    """
    train = titles("train")
    articles, labels = [Article("", title, (), "") for title, _ in train], [label for _, label in train]
    segmenter = Segmenter()
    seen = [" ".join(segmenter.cut(title.lower())) for title, _ in train]

    def ours() -> None:
        counts = count_terms(articles, (), CHOICES.recipe, CHOICES.min_df, lambda *_: None)
        untrained = build(CHOICES, 0)
        trained = train_on_counts(untrained, counts.matrices, np.arange(len(labels)), labels)
        trained.pipeline(untrained, counts.vocabulary)

    with parallel_config("sequential"):
        own = _cpu_seconds(ours)
    return own, {name: _cpu_seconds(partial(_trained, seen, labels, FASTTEXT[name])) for name in FASTTEXT}


def _cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _fasttext(
    seen: Sequence[str], labels: Sequence[str], unseen: Sequence[str], right: Sequence[str], settings: dict[str, int]
) -> float:
    given = _trained(seen, labels, settings).predict(list(unseen))[0]
    return float(np.mean([g[0] == f"__label__{y}" for g, y in zip(given, right, strict=True)]))


def _trained(seen: Sequence[str], labels: Sequence[str], settings: dict[str, int]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        path.write_text("".join(f"__label__{y} {x}\n" for x, y in zip(seen, labels, strict=True)), "utf-8")
        return fasttext.train_supervised(str(path), lr=0.5, epoch=25, thread=1, verbose=0, **settings)


if __name__ == "__main__":
    for way, accuracy in accuracies().items():
        print(f"{accuracy:.4f}  {way}")
