"""`python -m tests.bench.training [SIZE…]`: what training costs as a corpus grows, and beside fastText on titles.

Each size is trained in processes of its own. Time and memory are plotted in `training-cost.svg`, on two logarithmic
axes: a straight line of slope 1 is a cost that grows as the corpus does.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib.ticker
import numpy as np
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from tests.bench import titles
from tests.bench.corpora import THUCNEWS
from tests.bench.memory import watch
from tests.bench.resample import LENGTH, write_resampled

SIZES = (10_000, 50_000, 200_000)
PICTURE = Path(__file__).with_name("training-cost.svg")


@dataclass(frozen=True)
class Cost:
    """What one training cost."""

    articles: int
    seconds: float
    cpu_seconds: float
    """Of all its processes."""
    gigabytes: float
    """The most that all its processes held at once."""


def main() -> None:
    """Train, measure, print, plot."""
    console = Console()
    costs = []
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        costs.append(train(size))
        console.print(costs[-1])
    console.print(table(costs), "")
    if len(costs) > 1:
        plot(costs).savefig(PICTURE, metadata={"Date": None})
        console.print(f"Plotted in {PICTURE}.\n")
    if THUCNEWS.exists():
        console.print(titles_table())


def train(size: int) -> Cost:
    """Train on so many articles, as a user would."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        write_resampled(corpus, size)
        command = [sys.executable, "-m", "training", "--corpus", str(corpus), "--models", f"{folder}/models"]
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        used = watch(process)
        if process.returncode:
            raise SystemExit(f"Training on {size} articles failed: {' '.join(command)}")
        return Cost(size, time.perf_counter() - started, used.cpu_seconds, used.peak / 1e9)


def slope(costs: Sequence[Cost], of: Sequence[float]) -> float:
    """Return the exponent with which a cost grows between the smallest and the largest corpus; 1 is linearly."""
    return float(np.log(of[-1] / of[0]) / np.log(costs[-1].articles / costs[0].articles))


def table(costs: Sequence[Cost]) -> Table:
    """Return the costs by size."""
    rows = Table(title=f"Training on articles of {LENGTH} characters", box=None, title_justify="left")
    for column in ("articles", "minutes", "CPU minutes", "CPU ms an article", "peak GB"):
        rows.add_column(column, justify="right")
    for cost in costs:
        figures = cost.seconds / 60, cost.cpu_seconds / 60, 1000 * cost.cpu_seconds / cost.articles, cost.gigabytes
        rows.add_row(f"{cost.articles:,}", *(f"{figure:.2f}" for figure in figures))
    if len(costs) > 1:
        seconds, gigabytes = ([getattr(cost, name) for cost in costs] for name in ("cpu_seconds", "gigabytes"))
        rows.caption_justify = "left"
        rows.caption = (
            f"CPU time grows as size ^ {slope(costs, seconds):.2f}, memory as size ^ {slope(costs, gigabytes):.2f}"
        )
    return rows


def plot(costs: Sequence[Cost]) -> Figure:
    """Return time and memory by size, on logarithmic axes, with a line that grows linearly through the first point."""
    figure = Figure((9, 4), layout="constrained")
    sizes = [cost.articles for cost in costs]
    for axes, name, label in zip(
        figure.subplots(1, 2), ("cpu_seconds", "gigabytes"), ("time, CPU seconds", "peak memory, GB"), strict=True
    ):
        own = [getattr(cost, name) for cost in costs]
        axes.loglog(sizes, [own[0] * size / sizes[0] for size in sizes], "--", color="#7b8794", label="linear")
        axes.loglog(sizes, own, "o-", color="#2b6cb0", label="measured")
        axes.set_xlabel("articles")
        axes.set_ylabel(label)
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axes.xaxis.set_minor_locator(matplotlib.ticker.NullLocator())
        axes.legend(frameon=False)
    return figure


def titles_table() -> Table:
    """Return what training on 10,000 titles takes, cross-validation apart, beside each of fastText's settings."""
    ours, theirs = titles.training_times()
    rows = Table(title="Training on 10,000 THUCNews titles, CPU seconds", box=None, title_justify="left")
    for column in ("way", "seconds", "ours is"):
        rows.add_column(column, justify="left" if column == "way" else "right")
    rows.add_row("ours, counting and final fit", f"{ours:.2f}", "1")
    for name, seconds in theirs.items():
        rows.add_row(f"fastText: {name}", f"{seconds:.2f}", f"{ours / seconds:.2f} ×")
    return rows


if __name__ == "__main__":
    main()
