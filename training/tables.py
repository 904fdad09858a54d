"""Figures as tables for people, in the terminal."""

from rich.console import Console
from rich.table import Table

from service.model.taxonomy import NONE, Taxonomy
from training.comparison import Comparison
from training.metrics import Metrics


def screen() -> Console:
    """Return the console to print on: what looks like markup in a title is none."""
    return Console(markup=False, highlight=False)


def figures_table(title: str, metrics: Metrics, taxonomy: Taxonomy) -> Table:
    """Return a model's figures on some articles."""
    evaluation = metrics.evaluation
    table = _table(title, "articles", "precision", "recall", "F1")
    names = _names(taxonomy)
    for answer, figures in evaluation.answers.items():
        measures = (f"{value:.3f}" for value in (figures.precision, figures.recall, figures.f1))
        table.add_row(answer, names[answer], str(figures.articles), *measures)
    auroc = "" if metrics.none_auroc is None else f", AUROC of none {metrics.none_auroc:.3f}"
    verdicts = ", ".join(f"{verdict} {count}" for verdict, count in sorted(metrics.coverage.verdicts.items()))
    right = _percent(metrics.coverage.precision)
    table.caption = (
        f"macro-F1 {evaluation.macro_f1:.3f}, accuracy {evaluation.accuracy:.3f}; "
        f"{evaluation.wrongly_assigned:.1%} of the none articles wrongly assigned\n"
        f"decided without a person {metrics.coverage.decided:.1%}, right of those {right} "
        f"({verdicts})\n"
        f"calibration error {metrics.reliability.error:.3f}{auroc}"
    )
    table.caption_justify = "left"
    return table


def comparison_table(
    names: tuple[str, str], both: tuple[Metrics, Metrics], compared: Comparison, taxonomy: Taxonomy
) -> Table:
    """Return the figures of two models on the same articles, side by side, and whether they differ."""
    a, b = both
    table = _table(f"A {names[0]}\nB {names[1]}", "articles", "F1 of A", "of B", "B − A")
    labels = _names(taxonomy)
    for answer, figures in a.evaluation.answers.items():
        f1 = b.evaluation.answers[answer].f1
        articles = max(figures.articles, b.evaluation.answers[answer].articles)
        table.add_row(
            answer, labels[answer], str(articles), f"{figures.f1:.3f}", f"{f1:.3f}", f"{f1 - figures.f1:+.3f}"
        )
    table.add_section()
    rows = {
        "macro-F1": (a.evaluation.macro_f1, b.evaluation.macro_f1),
        "accuracy": (a.evaluation.accuracy, b.evaluation.accuracy),
        "decided": (a.coverage.decided, b.coverage.decided),
        "calibration error": (a.reliability.error, b.reliability.error),
    }
    if a.coverage.precision is not None and b.coverage.precision is not None:
        rows["right of those decided"] = (a.coverage.precision, b.coverage.precision)
    for label, (first, second) in rows.items():
        table.add_row(label, "", "", f"{first:.3f}", f"{second:.3f}", f"{second - first:+.3f}")
    low, high = compared.interval
    table.caption = (
        f"{a.articles} articles; only A is right on {compared.only_a}, only B on {compared.only_b}: "
        f"p = {compared.p_value:.3g} (McNemar)\n"
        f"macro-F1 of B less A's: {compared.difference:+.3f}, 95 % interval {low:+.3f} to {high:+.3f} (bootstrap)"
    )
    table.caption_justify = "left"
    return table


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _names(taxonomy: Taxonomy) -> dict[str, str]:
    return {category.id: category.zh for category in taxonomy.categories} | {NONE: "以上都不是"}


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="bold")
    for column in ("category", "名称"):
        table.add_column(column, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    return table
