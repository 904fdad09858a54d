"""The `lanmu-train` command: train a model from labelled articles, and publish it."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from service.model.folder import ModelError, ModelFolder
from service.model.taxonomy import NONE, Taxonomy, TaxonomyError, read_taxonomy
from training.compilation import CompilationError
from training.corpus import CorpusError
from training.evaluation import Evaluation
from training.run import Sources, train

_ROOT = Path(__file__).resolve().parents[1]
_SEEDS = _ROOT / "seeds"
_PATH = click.Path(path_type=Path)


@click.command(context_settings={"show_default": True, "help_option_names": ["-h", "--help"]})
@click.option("--corpus", type=_PATH, default=_SEEDS / "articles", help="A JSONL file of articles, or a folder.")
@click.option("--categories", type=_PATH, default=_SEEDS / "categories.toml", help="The categories.")
@click.option("--words", type=_PATH, default=_SEEDS / "words.txt", help="The newsroom's word list.")
@click.option("--models", type=_PATH, default=_ROOT / "models", envvar="LANMU_MODELS", help="Where versions are kept.")
@click.option("--folds", type=click.IntRange(2, 10), default=5, help="Parts of the cross-validation.")
@click.option("--seed", type=int, default=0, help="The same corpus and seed give the same scores.")
def main(corpus: Path, categories: Path, words: Path, models: Path, folds: int, seed: int) -> None:
    """Train a model on labelled articles and make it the current one.

    A corpus row is {"title"?, "text", "labels"}: labels are category ids, the main one first; [] means none of them.
    If anything is wrong, nothing is published and the current model stays.
    """
    screen = Console(stderr=True)
    bars = Progress(
        TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=screen
    )
    tasks: dict[str, TaskID] = {}

    def progress(step: str, done: int, of: int) -> None:
        task = tasks.get(step)
        tasks[step] = task = bars.add_task(step, total=of) if task is None else task
        bars.update(task, completed=done)

    try:
        with bars:
            outcome = train(
                Sources(corpus, categories, words), ModelFolder(models), folds=folds, seed=seed, progress=progress
            )
        taxonomy = read_taxonomy(categories)
    except (CorpusError, TaxonomyError, ModelError, CompilationError, OSError) as error:
        raise click.ClickException(f"{error}\nNothing was trained; the current model stays as it was.") from None
    console = Console()
    console.print(figures_table(f"Cross-validation, {folds} folds", outcome.evaluation, taxonomy))
    console.print(f"{outcome.articles} articles. Version [bold]{outcome.version}[/] is now current in {models}.")


def figures_table(title: str, evaluation: Evaluation, taxonomy: Taxonomy) -> Table:
    """Return the figures of an evaluation as a table for people."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="bold")
    for column in ("category", "名称"):
        table.add_column(column, no_wrap=True)
    for column in ("articles", "precision", "recall", "F1"):
        table.add_column(column, justify="right")
    names = {category.id: category.zh for category in taxonomy.categories} | {NONE: "以上都不是"}
    for answer, figures in evaluation.answers.items():
        measures = (f"{value:.3f}" for value in (figures.precision, figures.recall, figures.f1))
        table.add_row(answer, names[answer], str(figures.articles), *measures)
    table.caption = (
        f"macro-F1 {evaluation.macro_f1:.3f}, accuracy {evaluation.accuracy:.3f}; "
        f"{evaluation.wrongly_assigned:.1%} of the none articles wrongly assigned"
    )
    table.caption_justify = "left"
    return table
