"""THUCNews titles, 10,000 to train on and 10,000 to test: our features beside fastText and the stock words-only way."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import fasttext
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from service.text.segment import Segmenter
from service.text.terms import Recipe, document, extract
from tests.bench.corpora import THUCNEWS, titles
from training.pipeline import Choices, Documents, build, rows

CHOICES = Choices(
    kinds=("tokens", "signs", "sign_pairs"),
    headline_weight=1,
    min_df=1,
    classifier="ridge",
    strength=2 / 3,
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
    right = np.array([label for _, label in test])
    words = Recipe(("tokens",), 0)
    stock = make_pipeline(
        TfidfVectorizer(token_pattern=r"\S+", lowercase=False), OneVsRestClassifier(LinearSVC(random_state=0))
    )
    found = {
        "our features, as searched": _accuracy(build(CHOICES, 0), CHOICES.recipe, train, test),
        "stock: jieba words, TF-IDF, linear SVC": float(
            np.mean(
                stock.fit(_texts(train, words), [label for _, label in train]).predict(_texts(test, words)) == right
            )
        ),
    }
    for name, settings in FASTTEXT.items():
        found[f"fastText: {name}"] = _fasttext(_texts(train, words), train, _texts(test, words), test, settings)
    return found


def documents(articles: Sequence[tuple[str, str]], recipe: Recipe) -> Documents:
    """Return titles as the pipeline takes them."""
    segmenter = Segmenter()
    return rows(extract("", title, segmenter, recipe) for title, _ in articles)


def _accuracy(
    pipeline: Pipeline, recipe: Recipe, train: Sequence[tuple[str, str]], test: Sequence[tuple[str, str]]
) -> float:
    pipeline.fit(documents(train, recipe), [label for _, label in train])
    return float(np.mean(pipeline.predict(documents(test, recipe)) == np.array([label for _, label in test])))


def _texts(articles: Sequence[tuple[str, str]], words: Recipe) -> list[str]:
    segmenter = Segmenter()
    return [document(extract("", title, segmenter, words)["tokens"]) for title, _ in articles]


def _fasttext(
    train: Sequence[str],
    labels: Sequence[tuple[str, str]],
    test: Sequence[str],
    right: Sequence[tuple[str, str]],
    settings: dict[str, int],
) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        path.write_text("".join(f"__label__{y} {x}\n" for x, (_, y) in zip(train, labels, strict=True)), "utf-8")
        model = fasttext.train_supervised(str(path), lr=0.5, epoch=25, thread=1, verbose=0, **settings)
    given = model.predict(list(test))[0]
    return float(np.mean([g[0] == f"__label__{y}" for g, (_, y) in zip(given, right, strict=True)]))


if __name__ == "__main__":
    for way, accuracy in accuracies().items():
        print(f"{accuracy:.4f}  {way}")
