"""The `lanmu` command: serve the API, classify and split files, classify archives, look at model versions."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

from service import __version__
from service.api.answers import page_item
from service.model.folder import ModelError, ModelFolder
from service.model.model import Model, as_sent
from service.model.taxonomy import NONE
from service.settings import ROOT, Settings
from service.text.decode import TextError, check_characters, decode, is_blank
from service.text.page import Item, split_page

if TYPE_CHECKING:
    from rich.table import Table

_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)
_ABOUT = ("created", "articles", "macro_f1")
_JSON = click.option("--json", "as_json", is_flag=True, help="JSON for machines instead of a table.")
_MODELS = click.option(
    "--models", type=click.Path(path_type=Path), help="Folder of the model versions.", show_default="LANMU_MODELS"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lanmu")
def main() -> None:
    """Lanmu 栏目 files each Chinese news article under its section."""


@main.command()
@click.option("--host", help="Address to listen on.", show_default="LANMU_HOST, or 127.0.0.1")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.", show_default="LANMU_PORT, or 8000"
)
@click.option("--workers", type=click.IntRange(1), help="Processes that answer.", show_default="LANMU_WORKERS, or 1")
@_MODELS
def serve(host: str | None, port: int | None, workers: int | None, models: Path | None) -> None:
    """Serve the HTTP API. With no model yet, train one from the seeds first."""
    from service.api.server import run  # FastAPI and all: the other commands need none of it

    settings = _settings(host=host, port=port, workers=workers, models=models)
    folder = ModelFolder(settings.models)
    try:
        if folder.current() is None:
            _train(settings.models)
        version = str(folder.current())
        click.echo(f"Serving model {version}.", err=True)
        run(settings, version)
    except ModelError as error:
        raise click.ClickException(str(error)) from None


def _train(models: Path) -> None:
    click.echo(f"There is no model in {models} yet: training one from the seeds.", err=True)
    # A process of its own: the service imports nothing of training, and scikit-learn's memory is freed again.
    if code := subprocess.call([sys.executable, "-m", "training", "--models", str(models.resolve())], cwd=ROOT):
        raise SystemExit(code)


@main.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...|-")
@_JSON
@_MODELS
def classify(files: Sequence[str], as_json: bool, models: Path | None) -> None:
    """Classify the articles of text files: each is one article, or a newspaper page of several.

    UTF-8 and GB18030 are told apart. With --json, one line of JSON an article.
    """
    model = _load(_settings(models=models).models)
    names = {category.id: category.zh for category in model.taxonomy.categories} | {NONE: "以上都不是"}
    table = _table(*(["file"] if len(files) > 1 else []), "kind", "title", "decision", "category", "score")
    for file in files:
        for item in _items(file):
            answer = page_item(item, model.classify_one(as_sent(item)), model.version)
            if as_json:
                click.echo(json.dumps({"file": file, **answer}, ensure_ascii=False))
                continue
            answered = answer["category"] or NONE
            score = answer["scores"].get(answered, answer["none"])
            title = item.title or item.text[:20] + "…"
            place = [file] if len(files) > 1 else []
            table.add_row(*place, item.kind, title, answer["decision"], names[answered], f"{score:.3f}")
    if not as_json:
        _print(table)


@main.command()
@click.argument("file", type=_FILE, metavar="FILE|-")
@_JSON
def split(file: str, as_json: bool) -> None:
    """Split a newspaper page into its articles and captions.

    With --json, one line of JSON an article.
    """
    table = _table("kind", "title", "subtitle", "byline", "characters")
    for item in _items(file):
        if as_json:
            click.echo(json.dumps(vars(item), ensure_ascii=False))
        else:
            table.add_row(item.kind, item.title, item.subtitle, item.byline, str(len(item.text)))
    if not as_json:
        _print(table)


@main.command()
@click.argument("source", metavar="IN")
@click.argument("out", metavar="OUT")
@click.option("--shard", type=click.IntRange(1), default=10_000, show_default=True, help="Most articles in a part.")
@click.option("--workers", type=click.IntRange(1), help="Processes.", show_default="one a core")
@click.option("--cluster", metavar="ADDRESS", help="Run on the Dask cluster of a scheduler, tcp://HOST:8786.")
@_JSON
@_MODELS
def archive(source: str, out: str, as_json: bool, models: Path | None, **given: Any) -> None:
    """Classify an archive of any size: the articles of IN, into Parquet files in the folder OUT.

    IN is a file, or a folder of files at any depth: .parquet, .jsonl and .ndjson (.gz, .zst), of articles with a text,
    and a title, id and format (text or html) where they have one; or .txt, each one article. Both may be on object
    storage (s3://…). What an interrupted run left in OUT is kept, and continued.
    """
    from service.archive.place import ArchiveError
    from service.archive.run import Options, run

    settings = _settings(models=models)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what stops a service or a container ends it as Ctrl-C
    try:
        done = run(source, out, Options(settings.models, settings.article_bytes, **given))
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(done._asdict()) if as_json else done)


@main.group(name="models")
def models_group() -> None:
    """Model versions."""


@models_group.command(name="list")
@_JSON
@_MODELS
def list_models(as_json: bool, models: Path | None) -> None:
    """List the model versions, oldest first; * marks the current one. macro-F1 is the cross-validated one."""
    folder = ModelFolder(_settings(models=models).models)
    table = _table("", "version", "created", "articles", "macro-F1")
    try:
        current = folder.current()
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    for version in folder.versions():
        row = {"version": version, "current": version == current, **_about(folder, version)}
        if as_json:
            click.echo(json.dumps(row))
        else:
            mark = "*" if row["current"] else ""
            table.add_row(mark, version, *(str(value) for name, value in row.items() if name in _ABOUT))
    if not as_json:
        _print(table)


def _about(folder: ModelFolder, version: str) -> dict[str, Any]:
    try:
        manifest = folder.manifest(version)
    except ModelError:
        return dict.fromkeys(_ABOUT, "damaged")
    f1 = round(manifest.metrics["cross_validation"]["macro_f1"], 4)
    created = f"{manifest.created:%Y-%m-%dT%H:%M:%SZ}"
    return dict(zip(_ABOUT, (created, manifest.corpus.articles, f1), strict=True))


def _settings(**given: Any) -> Settings:
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise click.ClickException(f"LANMU_{str(first['loc'][0]).upper()}: {first['msg']}.") from None


def _load(models: Path) -> Model:
    folder = ModelFolder(models)
    try:
        version = folder.current()
        if version is None:
            raise ModelError(f"There is no model in {models} yet. Run `lanmu serve` or `lanmu-train` first.")
        return folder.load(version)
    except ModelError as error:
        raise click.ClickException(str(error)) from None


def _items(file: str) -> list[Item]:
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        text = decode(data)
        check_characters(text)
    except TextError as error:
        raise click.ClickException(f"{file}: {error}") from None
    if is_blank(text):
        raise click.ClickException(f"{file}: there is no text in it.")
    return split_page(text)


def _table(*columns: str) -> "Table":
    from rich.table import Table  # a server need not load it

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in ("score", "characters", "articles") else "left")
    return table


def _print(table: "Table") -> None:
    from rich.console import Console

    Console(markup=False, highlight=False).print(table)  # a title may hold what looks like markup
