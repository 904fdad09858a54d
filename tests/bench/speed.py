"""`make bench`: an article in process, by the service's scorer and by the scikit-learn pipeline; ratios in one run."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import joblib
from rich.console import Console
from rich.table import Table

from service.model.folder import ModelFolder
from service.text.reading import Sent
from service.text.segment import Segmenter
from service.text.words import read_words
from tests.bench.corpora import SOURCES, local_news, seed_articles
from training.pipeline import Choices, rows
from training.run import Options, train
from training.terms import extract

ROUNDS = 5
ARTICLES = 100


def main() -> None:
    """Train, measure, print."""
    articles = [a for a in local_news() or seed_articles() if 400 <= len(a.text) <= 600][:ARTICLES]
    with tempfile.TemporaryDirectory() as folder:
        models = ModelFolder(Path(folder))
        version = train(SOURCES, models, Options(folds=2), lambda *_: None).manifest.version
        model = models.load(version)
        pipeline = joblib.load(Path(folder) / version / "pipeline.joblib")
    reference = Segmenter(read_words(SOURCES.words), engine="jieba")

    def stock(title: str, text: str) -> None:
        pipeline.predict_proba(rows(extract([Sent(title, text)], reference, Choices().recipe)))

    def compiled(title: str, text: str) -> None:
        model.classify_one(Sent(title, text))

    def measure(classify: Callable[[str, str], None]) -> float:
        started = time.perf_counter()
        for article in articles:
            classify(article.title, article.text)
        return 1000 * (time.perf_counter() - started) / len(articles)

    rounds = [(measure(stock), measure(compiled)) for _ in range(ROUNDS)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"{len(articles)} articles of 400 to 600 characters, one by one", no_wrap=True)
    for column in ("ms an article", "ratio"):
        table.add_column(column, justify="right")
    ratio = statistics.median(slow / quick for slow, quick in rounds)
    table.add_row("scikit-learn pipeline behind jieba", f"{statistics.median(r[0] for r in rounds):.2f}", "1")
    table.add_row("the service's scorer", f"{statistics.median(r[1] for r in rounds):.2f}", f"{ratio:.1f} ×")
    table.caption, table.caption_justify = f"median of {ROUNDS} rounds", "left"
    Console().print(table)


if __name__ == "__main__":
    main()
