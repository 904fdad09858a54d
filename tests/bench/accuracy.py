"""`make accuracy`: train with the defaults, and show how right the answers are, on the corpus and on real articles."""

import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from service.model.folder import ModelFolder
from service.model.model import Model, as_sent
from service.model.taxonomy import NONE, read_taxonomy
from service.text.page import split_page
from service.text.words import read_words
from tests.bench.corpora import LOCAL_NEWS, SEEDS, SOURCES, THUCNEWS, local_news, seed_articles
from tests.bench.titles import accuracies
from training.article import Article
from training.comparison import RESAMPLES, macro_f1_interval
from training.evaluation import best_answers
from training.learning import Point, learning_curve, macro_f1
from training.material import material_of
from training.metrics import Metrics, measure, model_scores
from training.pipeline import Choices, build
from training.run import Options, train
from training.split import split
from training.tables import figures_table
from training.trained import train_on_counts

PAGE = SEEDS / "000_a3926048ccf1a2d7.txt"
ROUNDS = 5


def main() -> None:
    """Train, measure, print."""
    console = Console(width=100)
    options = Options()
    with tempfile.TemporaryDirectory() as folder:
        models = ModelFolder(Path(folder))
        outcome = train(SOURCES, models, options, progress=lambda *_: None)
        model = models.load(outcome.manifest.version)
    articles = outcome.manifest.corpus.articles
    title = f"Cross-validation on {articles} articles of the corpus, {options.folds} folds, whole genres left out"
    console.print(figures_table(title, outcome.metrics["cross_validation"], model.taxonomy), "")
    test = outcome.metrics["test"]
    console.print(figures_table(f"{test.articles} articles of the corpus kept for the test", test, model.taxonomy), "")
    console.print(_page(model), "")
    _local_news(console, model)
    _evidence(console, model)
    _titles(console)
    console.print(_learning_curve())


def _page(model: Model) -> Table:
    table = Table(title="The user's page", title_justify="left", title_style="bold", box=None, header_style="bold")
    for column in ("kind", "decision", "answer", "score", "title"):
        table.add_column(column, no_wrap=True)
    for item in split_page(PAGE.read_text("utf-8")):
        given = model.classify_one(as_sent(item))
        scores = given.scores | {NONE: given.none}
        answer = max(scores, key=lambda one: scores[one])
        name = item.title[:20] or item.text[:20]
        table.add_row(item.kind, given.decision.verdict, answer, f"{scores[answer]:.3f}", name)
    return table


def _local_news(console: Console, model: Model) -> None:
    articles = local_news()
    if not articles:
        console.print(f"Real local news: not measured, there is no {LOCAL_NEWS.name} beside the project.\n")
        return
    scores = model_scores(model, articles)
    metrics = measure(scores, articles, model.answers, model.manifest.thresholds)
    title = f"Real local news, {len(articles)} articles that nothing was trained on"
    console.print(figures_table(title, metrics, model.taxonomy))
    right = [article.right for article in articles]
    low, high = macro_f1_interval(best_answers(scores, model.answers), right, model.answers)
    console.print(f"macro-F1, 95 % bootstrap interval of {RESAMPLES} resamples: {low:.3f} to {high:.3f}\n")
    console.print(_confusion(metrics), "")


def _confusion(metrics: Metrics) -> Table:
    answers = list(metrics.evaluation.answers)
    table = Table(title="right answer (rows), answer given (columns)", title_justify="left", box=None)
    table.add_column("")
    for answer in answers:
        table.add_column(answer.split("_")[0], justify="right")
    for answer, counts in zip(answers, metrics.confusion, strict=True):
        table.add_row(answer, *(str(count or "·") for count in counts))
    return table


def _evidence(console: Console, model: Model) -> None:
    """Show what evidence adds to the time of an answer, as the API asks for it."""
    articles = [a for a in local_news() or seed_articles() if 400 <= len(a.text) <= 600][:100]

    def milliseconds(articles: Sequence[Article], explained: bool) -> float:
        started = time.perf_counter()
        for article in articles:
            read = model.read(article.sent)
            [given] = model.classify(read)
            if explained:
                model.explain(read, given.answered, words=30)
        return 1000 * (time.perf_counter() - started) / len(articles)

    rounds = [(milliseconds(articles, False), milliseconds(articles, True)) for _ in range(ROUNDS)]
    plain, added = (statistics.median(of) for of in zip(*((a, b - a) for a, b in rounds), strict=True))
    console.print(
        f"An article of 400 to 600 characters: {plain:.2f} ms, evidence adds {added:.2f} ms (median of {ROUNDS})\n"
    )


def _titles(console: Console) -> None:
    found = accuracies()
    if not found:
        console.print(f"THUCNews titles: not measured, there is no {THUCNEWS.name} beside the project.\n")
        return
    table = Table(title="THUCNews titles, 10,000 to train on, 10,000 to test", title_justify="left", box=None)
    table.title_style = table.header_style = "bold"
    table.add_column("way")
    table.add_column("accuracy", justify="right")
    for way, accuracy in found.items():
        table.add_row(way, f"{accuracy:.4f}")
    console.print(table, "")


def _learning_curve() -> Table:
    """Show macro-F1 by how much of the corpus was trained on."""
    choices = Choices()
    taxonomy, words = read_taxonomy(SOURCES.categories), read_words(SOURCES.words)
    corpus, real = seed_articles(), local_news()
    both = material_of([*corpus, *real], taxonomy, words, choices, lambda *_: None)
    parts = split(corpus)
    learnt, others = both.take(parts.train), [both.take(parts.test)]
    if real:
        others.append(both.take(range(len(corpus), len(both.articles))))
    table = Table(title="Learning curve, macro-F1", title_justify="left", box=None, title_style="bold")
    for column in ("articles", "test articles", "real local news")[: 1 + len(others)]:
        table.add_column(column, justify="right")
    pipeline = build(choices, seed=0)
    matrices = both.counts.matrices
    whole = train_on_counts(pipeline, matrices, learnt.rows, learnt.targets)
    curves = [
        [
            *learning_curve(pipeline, learnt, on, 0, lambda *_: None),
            Point(len(learnt.articles), macro_f1(whole.scores(matrices, on.rows), on)),
        ]
        for on in others
    ]
    for points in zip(*curves, strict=True):
        table.add_row(str(points[0].articles), *(f"{point.macro_f1:.3f}" for point in points))
    return table


if __name__ == "__main__":
    main()
