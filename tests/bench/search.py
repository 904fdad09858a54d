"""`make search`: try what the pipeline can be made of, and print what each choice gives.

Twice: for the starter model, on the corpus and on real news; and for headlines of one source, on THUCNews titles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.console import Console
from rich.table import Table
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import Pipeline

from service.model.taxonomy import read_taxonomy
from service.text.words import read_words
from tests.bench import corpora, titles
from tests.bench.corpora import SOURCES, THUCNEWS, local_news
from training.article import Article
from training.corpus import read_corpus
from training.evaluation import best_answers, evaluate
from training.learning import macro_f1
from training.material import Material, material_of
from training.pipeline import Choices, build
from training.search import START, Candidate, Figures, Measure, described, search
from training.trained import train_on_counts
from training.validation import Grouping, folds, out_of_fold

MARGIN = 0.005
"""Two articles of the 540 real ones more or less move macro-F1 so much: less is no difference."""

TITLES_START = replace(START, min_df=1)
"""Titles are short: what one alone says may be all that the next one has in common with any."""


@dataclass(frozen=True)
class OnCorpus:
    """Macro-F1 by cross-validation that leaves out whole genres, whole years, and on real local news."""

    real: Sequence[Article]

    def __call__(self, choices: Choices) -> Figures:
        """Measure one candidate."""
        taxonomy, words = read_taxonomy(SOURCES.categories), read_words(SOURCES.words)
        corpus = read_corpus(SOURCES.corpus, taxonomy.ids)
        both = material_of([*corpus, *self.real], taxonomy, words, choices, lambda *_: None)
        material, real = both.take(range(len(corpus))), both.take(range(len(corpus), len(both.articles)))
        pipeline = build(choices, seed=0)
        figures = {by: _cross_validated(pipeline, material, by) for by in ("genre", "year")}
        if self.real:
            matrices = both.counts.matrices
            trained = train_on_counts(pipeline, matrices, material.rows, material.targets)
            figures["real"] = macro_f1(trained.scores(matrices, real.rows), real)
        return figures


@dataclass(frozen=True)
class OnTitles:
    """Accuracy by cross-validation in random folds of the training titles: train and test come from one source."""

    def __call__(self, choices: Choices) -> Figures:
        """Measure one candidate."""
        train = corpora.titles("train")
        documents = titles.documents(train, choices.recipe)
        return {"random": float(cross_val_score(build(choices, 0), documents, [label for _, label in train]).mean())}


def _cross_validated(pipeline: Pipeline, material: Material, by: Grouping) -> float:
    splits = folds(material.articles, 5, 0, by)
    given = best_answers(out_of_fold(pipeline, material, splits, lambda *_: None), material.answers)
    return evaluate(given, [article.answers for article in material.articles], material.answers).macro_f1


def show(console: Console, stage: Sequence[Candidate], chosen: Candidate) -> None:
    """Print a stage's candidates, best first, the chosen one marked."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    table.add_column("choices", overflow="fold")
    for name in (*chosen.figures, "merit"):
        table.add_column(name, justify="right", no_wrap=True)
    for candidate in sorted(stage, key=lambda candidate: -candidate.merit):
        figures = (f"{value:.4f}" for value in (*candidate.figures.values(), candidate.merit))
        table.add_row("→" if candidate is chosen else "", described(candidate.choices), *figures)
    console.print(table, "")


def main() -> None:
    """Search twice, and say what won."""
    console = Console()
    console.print("Macro-F1 on the corpus, whole genres and whole years left out, and on real local news.\n")
    _search(console, OnCorpus(local_news()), MARGIN, Choices())
    if not THUCNEWS.exists():
        console.print(f"THUCNews titles: not searched, there is no {THUCNEWS.name} beside the project.")
        return
    console.print("\nAccuracy on the THUCNews training titles, random folds.\n")
    _search(console, OnTitles(), 0.0, titles.CHOICES, TITLES_START)


def _search(console: Console, measure: Measure, margin: float, in_use: Choices, start: Choices = START) -> None:
    for stage, chosen in search(measure, margin, start):
        show(console, stage, chosen)
    same = "which is" if chosen.choices == in_use else "which is not"
    console.print(f"The winner: {described(chosen.choices)}; {same} what is in use.")


if __name__ == "__main__":
    main()
