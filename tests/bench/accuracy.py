"""`make accuracy`: train with the defaults, and show how right the answers are on the page and on real local news."""

import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from service.model.folder import ModelFolder
from service.model.model import Answer, Model
from service.model.taxonomy import NONE
from service.text.page import split_page
from tests.bench.corpora import LOCAL_NEWS, SEEDS, SOURCES, local_news
from training.cli import figures_table
from training.evaluation import evaluate
from training.run import train

PAGE = SEEDS / "000_a3926048ccf1a2d7.txt"


def main() -> None:
    """Train, measure, print."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        models = ModelFolder(Path(folder))
        outcome = train(SOURCES, models, count=5, seed=0, progress=lambda *_: None)
        model = models.load(outcome.version)
    console.print(figures_table("Cross-validation, 5 folds, whole genres left out", outcome.evaluation, model.taxonomy))
    console.print(_page(model))
    _local_news(console, model)


def _answer(given: Answer) -> str:
    scores = given.scores | {NONE: given.none}
    return max(scores, key=lambda answer: scores[answer])


def _page(model: Model) -> Table:
    table = Table(
        title="The user's page", title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="bold"
    )
    for column in ("kind", "answer", "score", "title"):
        table.add_column(column, no_wrap=True)
    for item in split_page(PAGE.read_text("utf-8")):
        given = model.classify(item.title, f"{item.subtitle}\n{item.text}")
        answer = _answer(given)
        score = given.none if answer == NONE else given.scores[answer]
        table.add_row(item.kind, answer, f"{score:.3f}", item.title[:20] or item.text[:20])
    return table


def _local_news(console: Console, model: Model) -> None:
    articles = local_news()
    if not articles:
        console.print(f"Real local news: not measured, there is no {LOCAL_NEWS.name} beside the project.")
        return
    given = [model.classify(article.title, article.text) for article in articles]
    right = [article.right for article in articles]
    evaluation = evaluate([_answer(one) for one in given], right, [*model.taxonomy.ids, NONE])
    console.print(figures_table(f"Real local news, {len(articles)} articles", evaluation, model.taxonomy))
    verdicts = Counter(one.decision.verdict for one in given)
    decided = [(one, gold) for one, gold in zip(given, right, strict=True) if one.decision.verdict != "review"]
    correct = sum((one.decision.category or NONE) in gold for one, gold in decided)
    console.print(
        f"Decided without a person: {len(decided) / len(given):.1%}, right in {correct / len(decided):.1%} of them "
        f"({', '.join(f'{verdict} {verdicts[verdict]}' for verdict in ('assign', 'none', 'review'))})."
    )


if __name__ == "__main__":
    main()
