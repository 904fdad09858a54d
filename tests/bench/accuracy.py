"""`make accuracy`: train with the defaults, and show how right the answers are, on the corpus and on real articles."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from service.model.folder import ModelFolder
from service.model.model import Answer, Model
from service.model.taxonomy import NONE
from service.text.page import split_page
from service.text.segment import Segmenter
from service.text.terms import extract
from tests.bench.corpora import LOCAL_NEWS, SEEDS, SOURCES, THUCNEWS, Labelled, local_news
from tests.bench.search import best_answers
from tests.bench.titles import accuracies
from training.cli import figures_table
from training.evaluation import evaluate
from training.material import read_material
from training.pipeline import Choices, build, rows
from training.run import train
from training.validation import evaluate_scores, folds, out_of_fold

PAGE = SEEDS / "000_a3926048ccf1a2d7.txt"
RESAMPLES = 2000
SHARES = (0.125, 0.25, 0.5, 0.75, 1.0)


def main() -> None:
    """Train, measure, print."""
    console = Console(width=100)
    with tempfile.TemporaryDirectory() as folder:
        models = ModelFolder(Path(folder))
        outcome = train(SOURCES, models, count=5, seed=0, progress=lambda *_: None)
        model = models.load(outcome.version)
    title = f"Cross-validation on {outcome.articles} articles of the corpus, 5 folds, whole genres left out"
    console.print(figures_table(title, outcome.evaluation, model.taxonomy), "")
    console.print(_page(model), "")
    _local_news(console, model)
    _titles(console)
    console.print(_learning_curve())


def _answer(given: Answer) -> str:
    scores = given.scores | {NONE: given.none}
    return max(scores, key=lambda answer: scores[answer])


def _page(model: Model) -> Table:
    table = Table(title="The user's page", title_justify="left", title_style="bold", box=None, header_style="bold")
    for column in ("kind", "answer", "score", "title"):
        table.add_column(column, no_wrap=True)
    for item in split_page(PAGE.read_text("utf-8")):
        given = model.classify_item(item)
        answer = _answer(given)
        score = given.none if answer == NONE else given.scores[answer]
        table.add_row(item.kind, answer, f"{score:.3f}", item.title[:20] or item.text[:20])
    return table


def _local_news(console: Console, model: Model) -> None:
    articles = local_news()
    if not articles:
        console.print(f"Real local news: not measured, there is no {LOCAL_NEWS.name} beside the project.\n")
        return
    answered = [model.classify(article.title, article.text) for article in articles]
    given, right = [_answer(one) for one in answered], [article.right for article in articles]
    answers = [*model.taxonomy.ids, NONE]
    title = f"Real local news, {len(articles)} articles that nothing was trained on"
    console.print(figures_table(title, evaluate(given, right, answers), model.taxonomy))
    low, high = _interval(given, right, answers)
    console.print(f"macro-F1, 95 % bootstrap interval of {RESAMPLES} resamples: {low:.3f} to {high:.3f}")
    verdicts = Counter(one.decision.verdict for one in answered)
    decided = [(one, gold) for one, gold in zip(answered, right, strict=True) if one.decision.verdict != "review"]
    correct = sum((one.decision.category or NONE) in gold for one, gold in decided)
    console.print(
        f"decided without a person: {len(decided) / len(given):.1%}, right in {correct / len(decided):.1%} of them "
        f"({', '.join(f'{verdict} {verdicts[verdict]}' for verdict in ('assign', 'none', 'review'))})\n"
    )
    console.print(_confusion(given, right, answers), "")


def _interval(given: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str]) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of macro-F1, from counts of answers given and right."""
    truth = [g if g in r else r[0] for g, r in zip(given, right, strict=True)]
    g, t = (np.array([answers.index(answer) for answer in of]) for of in (given, truth))
    draws = np.random.default_rng(0).integers(0, len(g), (RESAMPLES, len(g)))
    f1 = np.zeros((RESAMPLES, len(answers)))
    for i in range(len(answers)):
        hits = ((g == i) & (t == i))[draws].sum(axis=1)
        f1[:, i] = 2 * hits / np.maximum((g == i)[draws].sum(axis=1) + (t == i)[draws].sum(axis=1), 1)
    low, high = np.percentile(f1.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _confusion(given: Sequence[str], right: Sequence[Sequence[str]], answers: Sequence[str]) -> Table:
    pairs = Counter((g if g in r else r[0], g) for g, r in zip(given, right, strict=True))
    table = Table(title="right answer (rows), answer given (columns)", title_justify="left", box=None)
    table.add_column("")
    for answer in answers:
        table.add_column(answer.split("_")[0], justify="right")
    for truth in answers:
        table.add_row(truth, *(str(pairs[truth, answer] or "·") for answer in answers))
    return table


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
    """Show macro-F1 by the share of the corpus trained on; the shares are nested, drawn by one seed."""
    articles = local_news()
    choices = Choices()
    material = read_material(SOURCES, choices.recipe, lambda *_: None)
    pipeline = build(choices, seed=0)
    segmenter = Segmenter(material.words)
    real = rows(extract(one.title, one.text, segmenter, choices.recipe) for one in articles)
    order = np.random.default_rng(0).permutation(len(material.articles))
    table = Table(title="Learning curve, macro-F1", title_justify="left", box=None, title_style="bold")
    for column in ("articles", "cross-validation", *(["real local news"] if articles else [])):
        table.add_column(column, justify="right")
    for share in SHARES:
        chosen = sorted(order[: round(share * len(order))])
        part = replace(
            material,
            articles=[material.articles[i] for i in chosen],
            extracted=[material.extracted[i] for i in chosen],
        )
        scores = out_of_fold(pipeline, part, folds(part.articles, 5, 0, "genre"), lambda *_: None)
        row = [str(len(part.articles)), f"{evaluate_scores(part, scores).macro_f1:.3f}"]
        if articles:
            given = best_answers(pipeline.fit(part.documents, part.targets), real, material.answers)
            row.append(f"{evaluate(given, _right(articles), material.answers).macro_f1:.3f}")
        table.add_row(*row)
    return table


def _right(articles: Sequence[Labelled]) -> list[tuple[str, ...]]:
    return [article.right for article in articles]


if __name__ == "__main__":
    main()
