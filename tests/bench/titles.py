"""THUCNews titles, 10,000 to train on and 10,000 to test: our features beside fastText and the stock words-only way."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import fasttext
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from service.text.reading import Sent
from service.text.segment import Segmenter
from service.text.terms import Recipe
from tests.bench.corpora import THUCNEWS, titles
from training.pipeline import Choices, Documents, build, rows
from training.terms import extract

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


def _fasttext(
    seen: Sequence[str], labels: Sequence[str], unseen: Sequence[str], right: Sequence[str], settings: dict[str, int]
) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        path.write_text("".join(f"__label__{y} {x}\n" for x, y in zip(seen, labels, strict=True)), "utf-8")
        model = fasttext.train_supervised(str(path), lr=0.5, epoch=25, thread=1, verbose=0, **settings)
    given = model.predict(list(unseen))[0]
    return float(np.mean([g[0] == f"__label__{y}" for g, y in zip(given, right, strict=True)]))


if __name__ == "__main__":
    for way, accuracy in accuracies().items():
        print(f"{accuracy:.4f}  {way}")
