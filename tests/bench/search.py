"""`make search`: try what the pipeline can be made of, on the corpus and on real news, and print what each gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.pipeline import Pipeline

from service.text.segment import Segmenter
from service.text.terms import extract
from tests.bench.corpora import SOURCES, Labelled, local_news
from training.evaluation import evaluate
from training.material import Material, read_material
from training.pipeline import Choices, Documents, build, rows
from training.search import Candidate, Figures, described, search
from training.validation import folds


@dataclass(frozen=True)
class OnCorpus:
    """Macro-F1 by cross-validation that leaves out whole genres, whole years, and on real local news."""

    real: Sequence[Labelled]

    def __call__(self, choices: Choices) -> Figures:
        """Measure one candidate."""
        material = read_material(SOURCES, choices.recipe, lambda *_: None)
        pipeline = build(choices, seed=0)
        figures = {by: _cross_validated(pipeline, material, by) for by in ("genre", "year")}
        if self.real:
            segmenter = Segmenter(material.words)
            documents = rows(extract(one.title, one.text, segmenter, choices.recipe) for one in self.real)
            pipeline.fit(material.documents, material.targets)
            given = best_answers(pipeline, documents, material.answers)
            figures["real"] = evaluate(given, [one.right for one in self.real], material.answers).macro_f1
        return figures


def best_answers(pipeline: Pipeline, documents: Documents, answers: Sequence[str]) -> list[str]:
    """Return the best-scored answer of each document, whatever the classifier calls its scores."""
    score = pipeline.decision_function if hasattr(pipeline, "decision_function") else pipeline.predict_proba
    return [answers[i] for i in np.asarray(score(documents)).argmax(axis=1)]


def _cross_validated(pipeline: Pipeline, material: Material, by: Any) -> float:
    given = [""] * len(material.articles)
    for train, test in folds(material.articles, 5, 0, by):
        pipeline.fit(material.documents[train], material.targets[train])
        for row, answer in zip(test, best_answers(pipeline, material.documents[test], material.answers), strict=True):
            given[row] = answer
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
    """Search, and say what won."""
    console = Console()
    console.print("Macro-F1 on the corpus, whole genres and whole years left out, and on real local news.\n")
    for stage, chosen in search(OnCorpus(local_news())):
        show(console, stage, chosen)
    same = "which are" if chosen.choices == Choices() else "which are not"
    console.print(f"The winner: {described(chosen.choices)}; {same} the defaults.")


if __name__ == "__main__":
    main()
