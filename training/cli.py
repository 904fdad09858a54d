"""The `lanmu-train` command: train a model and publish it, evaluate and compare versions, look a corpus over."""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBars

from service.model.folder import ModelError, ModelFolder
from service.model.model import Model
from service.model.taxonomy import TaxonomyError
from service.text.words import WordListError
from training import comparison
from training.article import Article
from training.cluster import ClusterError, on_cluster
from training.compilation import CompilationError
from training.corpus import CorpusError, read_labelled
from training.doctor import examine
from training.evaluation import best_answers
from training.gate import Margins
from training.material import Sources, read_material
from training.metrics import Metrics, measure, model_scores
from training.pipeline import Choices
from training.progress import Progress
from training.report import REPORT
from training.run import Options, train
from training.tables import comparison_table, figures_table, screen

_ROOT = Path(__file__).resolve().parents[1]
_SEEDS = _ROOT / "seeds"
_PATH = click.Path(path_type=Path)
_SEED = click.IntRange(0, 2**32 - 1)


class _Share(click.FloatRange):
    """A number from 0 to 1; the range alone lets NaN through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        share = float(super().convert(value, param, ctx))
        if math.isnan(share):
            self.fail("it is no number.", param, ctx)
        return share


_SHARE = _Share(0, 1)
_MODELS = click.option(
    "--models", type=_PATH, default=_ROOT / "models", envvar="LANMU_MODELS", help="Where versions are kept."
)
_DATA = click.option("--data", type=_PATH, required=True, help="A JSONL file of labelled articles, or a folder.")
_JSON = click.option("--json", "as_json", is_flag=True, help="JSON for machines instead of a table.")
_ERRORS = (CorpusError, TaxonomyError, WordListError, ModelError, CompilationError, ClusterError, OSError)


def _reads_sources(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what to read, and pass it them as Sources."""

    @click.option("--corpus", type=_PATH, default=_SEEDS / "articles", help="A JSONL file of articles, or a folder.")
    @click.option("--categories", type=_PATH, default=_SEEDS / "categories.toml", help="The categories.")
    @click.option("--words", type=_PATH, default=_SEEDS / "words.txt", help="The newsroom's word list.")
    @click.option("--seed", type=_SEED, default=0, help="The same corpus and seed give the same scores.")
    @click.option("--cluster", default="", help="A Dask scheduler whose workers help, as tcp://host:8786.")
    @wraps(command)
    def run(*arguments: Any, corpus: Path, categories: Path, words: Path, **options: Any) -> None:
        command(*arguments, sources=Sources(corpus, categories, words), **options)

    return run


@click.group(
    invoke_without_command=True, context_settings={"show_default": True, "help_option_names": ["-h", "--help"]}
)
@_reads_sources
@_MODELS
@click.option("--folds", type=click.IntRange(2, 10), default=5, help="Parts of the cross-validation.")
@click.option("--target-precision", type=_SHARE, default=0.95, help="What the thresholds are learnt for.")
@click.option("--margin", type=_SHARE, default=Margins.overall, help="How far macro-F1 may fall behind.")
@click.option("--category-margin", type=_SHARE, default=Margins.category, help="How far one answer's F1 may.")
@click.option("--force", is_flag=True, help="Make the version current even so; it is recorded.")
@click.pass_context
def main(
    context: click.Context,
    /,
    sources: Sources,
    models: Path,
    margin: float,
    category_margin: float,
    cluster: str,
    **options: Any,
) -> None:
    """Train a model on labelled articles and make it the current one.

    A corpus row is {"title"?, "text", "labels"}: labels are category ids, the main one first; [] means none of them.
    If anything is wrong, nothing is published and the current model stays. A version that falls behind the current one
    on the test articles is kept, but not made current: exit status 3.
    """
    if context.invoked_subcommand:
        for name in context.params:
            if context.get_parameter_source(name) == ParameterSource.COMMANDLINE:
                option, command = name.replace("_", "-"), context.invoked_subcommand
                raise click.UsageError(
                    f"--{option} before {command} is for training: {command} takes its own, after it."
                )
        return
    try:
        with on_cluster(cluster), _progress_bars() as progress:
            settings = Options(margins=Margins(margin, category_margin), **options)
            outcome = train(sources, ModelFolder(models), settings, progress)
    except _ERRORS as error:
        raise click.ClickException(f"{error}\nNothing was published; the current model stays as it was.") from None
    manifest = outcome.manifest
    left_out = "whole genres left out" if outcome.left_out else "at random"
    titles = {
        "cross_validation": f"Cross-validation, {settings.folds} folds, {left_out}",
        "test": "Test articles, never trained on",
        "newest": "The newest month, never trained on",
    }
    console = screen()
    for name, metrics in outcome.metrics.items():
        console.print(figures_table(titles[name], metrics, manifest.taxonomy), "")
    unlearnt = [answer for answer, threshold in manifest.thresholds.items() if not threshold.learnt]
    if unlearnt:
        console.print(f"No score surely reaches the precision wanted, a safe one is taken: {', '.join(unlearnt)}.")
    console.print(f"{manifest.corpus.articles} articles. {manifest.gate.reason}")
    console.print(f"Report card: {models / manifest.version / REPORT}")
    if not outcome.published:
        raise _Behind(f"Version {manifest.version} is kept but not current; --force publishes such a version.")
    forced = ", by force" if manifest.gate.forced else ""
    console.print(f"Version {manifest.version} is now current in {models}{forced}.")


@main.command()
@click.option("--model", "version", help="The version.", show_default="the current one")
@_DATA
@_MODELS
@_JSON
def evaluate(version: str | None, data: Path, models: Path, as_json: bool) -> None:
    """Show a version's figures on labelled articles: rows as in a corpus; "also" may list other right answers."""
    with _readable_errors():
        model = _load(models, version)
        articles = read_labelled(data, model.taxonomy.ids)
    metrics = _measure(model, articles)
    if as_json:
        click.echo(json.dumps(metrics.to_json(), ensure_ascii=False))
    else:
        screen().print(figures_table(f"{data.name}, version {model.version}", metrics, model.taxonomy))


@main.command()
@click.argument("a")
@click.argument("b")
@_DATA
@_MODELS
@_JSON
def compare(a: str, b: str, data: Path, models: Path, as_json: bool) -> None:
    """Compare versions A and B on the same labelled articles.

    Exit status 3 if B is significantly worse: if so many more articles that only A gets right are no chance (McNemar's
    exact test, p < 0.05).
    """
    with _readable_errors():
        first, second = _load(models, a), _load(models, b)
        if set(first.answers) != set(second.answers):
            raise ModelError(f"{first.version} and {second.version} have other categories: they cannot be compared.")
        articles = read_labelled(data, first.taxonomy.ids)
    scores = [model_scores(model, articles) for model in (first, second)]
    given = [best_answers(own, model.answers) for own, model in zip(scores, (first, second), strict=True)]
    right = [article.right for article in articles]
    compared = comparison.compare(given[0], given[1], right, first.answers)
    both = _measure(first, articles), _measure(second, articles)
    if as_json:
        figures = {"a": both[0].to_json(), "b": both[1].to_json(), **asdict(compared)}
        click.echo(json.dumps(figures, ensure_ascii=False))
    else:
        screen().print(comparison_table((first.version, second.version), both, compared, first.taxonomy))
    if compared.b_is_worse:
        raise _Behind(f"{second.version} is significantly worse than {first.version}.")


class _Behind(click.ClickException):
    """A version that is worse than another."""

    exit_code = 3


def _load(models: Path, version: str | None) -> Model:
    folder = ModelFolder(models)
    if version is None and (version := folder.current()) is None:
        raise ModelError(f"There is no model in {models} yet. Train one first.")
    return folder.load(version)


def _measure(model: Model, articles: Sequence[Article]) -> Metrics:
    return measure(model_scores(model, articles), articles, model.answers, model.manifest.thresholds)


@contextmanager
def _readable_errors() -> Iterator[None]:
    try:
        yield
    except _ERRORS as error:
        raise click.ClickException(str(error)) from None


@main.command()
@_reads_sources
def check(sources: Sources, seed: int, cluster: str) -> None:
    """Look a corpus over before training on it; exit status 1 if something is wrong.

    Finds bad rows, articles that share long passages, labels that cross-validation contradicts strongly, and categories
    whose articles are so long or short that length gives them away.
    """
    with _readable_errors(), on_cluster(cluster), _progress_bars() as progress:
        material = read_material(sources, Choices(), progress)
        problems = examine(material, seed, progress)
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
