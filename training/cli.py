"""The `lanmu-train` command: train a model from labelled articles and publish it, or look the articles over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBars
from rich.table import Table

from service.model.folder import ModelError, ModelFolder
from service.model.taxonomy import NONE, Taxonomy, TaxonomyError
from service.text.words import WordListError
from training.compilation import CompilationError
from training.corpus import CorpusError
from training.doctor import examine
from training.evaluation import Evaluation
from training.material import Progress, Sources, read_material
from training.pipeline import Choices
from training.run import train

_ROOT = Path(__file__).resolve().parents[1]
_SEEDS = _ROOT / "seeds"
_PATH = click.Path(path_type=Path)
_SEED = click.IntRange(0, 2**32 - 1)
_ERRORS = (CorpusError, TaxonomyError, WordListError, ModelError, CompilationError, OSError)


def _reads_sources(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what to read, and pass it them as Sources."""

    @click.option("--corpus", type=_PATH, default=_SEEDS / "articles", help="A JSONL file of articles, or a folder.")
    @click.option("--categories", type=_PATH, default=_SEEDS / "categories.toml", help="The categories.")
    @click.option("--words", type=_PATH, default=_SEEDS / "words.txt", help="The newsroom's word list.")
    @click.option("--seed", type=_SEED, default=0, help="The same corpus and seed give the same scores.")
    @wraps(command)
    def run(*arguments: Any, corpus: Path, categories: Path, words: Path, **options: Any) -> None:
        command(*arguments, sources=Sources(corpus, categories, words), **options)

    return run


@click.group(
    invoke_without_command=True, context_settings={"show_default": True, "help_option_names": ["-h", "--help"]}
)
@_reads_sources
@click.option("--models", type=_PATH, default=_ROOT / "models", envvar="LANMU_MODELS", help="Where versions are kept.")
@click.option("--folds", type=click.IntRange(2, 10), default=5, help="Parts of the cross-validation.")
@click.pass_context
def main(context: click.Context, sources: Sources, models: Path, folds: int, seed: int) -> None:
    """Train a model on labelled articles and make it the current one.

    A corpus row is {"title"?, "text", "labels"}: labels are category ids, the main one first; [] means none of them.
    If anything is wrong, nothing is published and the current model stays.
    """
    if context.invoked_subcommand:
        return
    try:
        with _progress_bars() as progress:
            outcome = train(sources, ModelFolder(models), count=folds, seed=seed, progress=progress)
    except _ERRORS as error:
        raise click.ClickException(f"{error}\nNothing was trained; the current model stays as it was.") from None
    title = f"Cross-validation, {folds} folds, " + ("whole genres left out" if outcome.left_out else "at random")
    console = Console(markup=False, highlight=False)
    console.print(figures_table(title, outcome.evaluation, outcome.taxonomy))
    console.print(f"{outcome.articles} articles. Version {outcome.version} is now current in {models}.")


@main.command()
@_reads_sources
def check(sources: Sources, seed: int) -> None:
    """Look a corpus over before training on it; exit status 1 if something is wrong.

    Finds bad rows, articles that share long passages, labels that cross-validation contradicts strongly, and categories
    whose articles are so long or short that length gives them away.
    """
    try:
        with _progress_bars() as progress:
            material = read_material(sources, Choices().recipe, progress)
            problems = examine(material, seed, progress)
    except _ERRORS as error:
        raise click.ClickException(str(error)) from None
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.ClickException(f"{len(problems)} problems in {len(material.articles)} articles.")
    click.echo(f"{len(material.articles)} articles, no problem found.")


@contextmanager
def _progress_bars() -> Iterator[Progress]:
    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with ProgressBars(*columns, console=Console(stderr=True)) as bars:

        def progress(step: str, done: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=of)
            bars.update(tasks[step], completed=done)

        yield progress


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
