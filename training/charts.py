"""The pictures of the report card, each as SVG whose words stay text, so that any browser shows the Chinese ones."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.card import Distribution
from training.learning import Point
from training.metrics import Metrics

_INK, _QUIET, _GRID = "#1f2933", "#7b8794", "#e4e7eb"
_BLUE, _ORANGE, _GREEN = "#2b6cb0", "#dd6b20", "#2f855a"
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "lanmu",
    "text.parse_math": False,  # a category may be called $
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _GRID,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": _GRID,
    "xtick.color": _QUIET,
    "ytick.color": _INK,
    "legend.frameon": False,
}
_SMALL: Any = {"textcoords": "offset points", "ha": "center", "fontsize": 8, "color": _QUIET}


class _Drawing:
    """A picture while it is drawn; `svg` afterwards."""

    svg = ""

    def __init__(self, width: float, height: float, rows: int = 1, columns: int = 1) -> None:
        self.figure = Figure((width, height), layout="constrained")
        self.axes: list[Axes] = list(np.atleast_1d(self.figure.subplots(rows, columns)).ravel())


@contextmanager
def _drawing(width: float, height: float, rows: int = 1, columns: int = 1) -> Iterator[_Drawing]:
    # The font it measures by has no Chinese: the browser's has, so the warning of it says nothing.
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        drawing = _Drawing(width, height, rows, columns)
        yield drawing
        file = io.StringIO()
        drawing.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    drawing.svg = re.sub(r"^.*?(?=<svg)", "", file.getvalue(), flags=re.DOTALL)


def precision_recall(metrics: Metrics, names: Mapping[str, str]) -> str:
    """Return precision and recall of each answer."""
    answers = metrics.evaluation.answers
    with _drawing(6.4, 0.5 * len(answers) + 1.1) as drawing:
        [axes] = drawing.axes
        for row, figures in enumerate(answers.values()):
            axes.plot([figures.precision, figures.recall], [row, row], color=_GRID, linewidth=4, zorder=1)
        for measure, color, above in (("precision", _BLUE, 7), ("recall", _ORANGE, -13)):
            values = [getattr(figures, measure) for figures in answers.values()]
            axes.scatter(values, range(len(values)), 60, color=color, label=_LEGEND[measure], zorder=2)
            for row, value in enumerate(values):
                axes.annotate(f"{value:.3f}", (value, row), (0, above), **_SMALL)
        axes.set_yticks(range(len(answers)), [names[answer] for answer in answers])
        axes.set_ylim(len(answers) - 0.4, -0.6)
        axes.set_xlim(right=1.01)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return drawing.svg


_LEGEND = {"precision": "精确率 precision", "recall": "召回率 recall"}


def confusion(metrics: Metrics, names: Mapping[str, str]) -> str:
    """Return the confusion matrix, shaded by the share of each row."""
    counts = np.array(metrics.confusion)
    labels = [names[answer] for answer in metrics.evaluation.answers]
    with _drawing(6.4, 5.2) as drawing:
        [axes] = drawing.axes
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        axes.imshow(shares**0.5, cmap="Blues", vmin=0, vmax=1.25)
        for (row, column), count in np.ndenumerate(counts):
            color = "white" if shares[row, column] > 0.6 else _INK if count else _GRID
            axes.text(column, row, str(count) if count else "·", ha="center", va="center", color=color)
        axes.set_xticks(range(len(labels)), labels, rotation=30, ha="right", color=_INK)
        axes.set_yticks(range(len(labels)), labels)
        axes.set_xlabel("给出的答案 answer given")
        axes.set_ylabel("正确答案 right answer")
        axes.grid(visible=False)
        axes.tick_params(length=0)
    return drawing.svg


def reliability(metrics: Metrics) -> str:
    """Return the reliability diagram: the share of right answers by their score."""
    bins = metrics.reliability.bins
    with _drawing(5.2, 4.4) as drawing:
        [axes] = drawing.axes
        axes.plot([0, 1], [0, 1], color=_QUIET, linewidth=1, linestyle="--", label="理想 ideal")
        axes.plot([b.score for b in bins], [b.right for b in bins], color=_BLUE, marker="o", label="模型 model")
        for one in bins:
            axes.annotate(str(one.articles), (one.score, one.right), (0, -13), **_SMALL)
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, 1.04)
        axes.set_xlabel("所给答案的分数 score of the answer given")
        axes.set_ylabel("答对的比例 share that is right")
        axes.legend(loc="upper left")
    return drawing.svg


def coverage(metrics: Metrics, target: float) -> str:
    """Return how much is filed without a person at which precision, with the chosen point marked."""
    curve = metrics.coverage.curve[1:]
    with _drawing(5.2, 4.4) as drawing:
        [axes] = drawing.axes
        axes.plot([share for share, _ in curve], [precision for _, precision in curve], color=_BLUE)
        axes.axhline(target, color=_QUIET, linewidth=1, linestyle="--")
        axes.annotate(f"目标 target {target:g}", (0.02, target), (0, 3), textcoords="offset points", color=_QUIET)
        chosen = metrics.coverage.decided, 1.0 if metrics.coverage.precision is None else metrics.coverage.precision
        axes.plot(*chosen, marker="o", markersize=9, color=_ORANGE, linestyle="none")
        axes.annotate(
            f"所选门槛 chosen\n{chosen[0]:.1%} · {chosen[1]:.3f}", chosen, (-12, -26),
            textcoords="offset points", ha="right", color=_ORANGE,
        )  # fmt: skip
        low = min([target, chosen[1], *(precision for _, precision in curve)])
        axes.set_xlim(0, 1.02)
        axes.set_ylim(low - 0.02, 1.01 + (1 - low) * 0.1)
        axes.set_xlabel("无需人工的比例 share decided without a person")
        axes.set_ylabel("其中正确的比例 precision of those")
    return drawing.svg


def distributions(found: Mapping[str, Distribution], names: Mapping[str, str]) -> str:
    """Return how the scores of each answer lie: of its own articles, and of all others."""
    columns = 3
    rows = -(-len(found) // columns)
    with _drawing(10, 2.1 * rows, rows, columns) as drawing:
        for axes, (answer, one) in zip(drawing.axes, found.items(), strict=False):
            edges = np.linspace(0, 1, len(one.own) + 1)
            axes.stairs(one.others, edges, fill=True, color=_QUIET, alpha=0.35, label="其余 others")
            axes.stairs(one.own, edges, color=_BLUE, linewidth=1.6, label="本类 own")
            axes.set_yscale("symlog", linthresh=1)
            axes.yaxis.set_major_formatter(lambda count, _: f"{count:g}")
            axes.set_title(names[answer], fontsize=10, loc="left")
            axes.tick_params(labelsize=8)
        for axes in drawing.axes[len(found) :]:
            axes.set_visible(False)
        drawing.axes[0].legend(fontsize=8)
    return drawing.svg


def learning_curve(points: Sequence[Point]) -> str:
    """Return macro-F1 by the number of articles trained on."""
    with _drawing(5.2, 3.6) as drawing:
        [axes] = drawing.axes
        axes.plot([p.articles for p in points], [p.macro_f1 for p in points], color=_GREEN, marker="o")
        for point in points:
            axes.annotate(f"{point.macro_f1:.3f}", (point.articles, point.macro_f1), (0, -14), **_SMALL)
        axes.margins(0.08, 0.25)
        axes.set_xlabel("训练文章数 articles trained on")
        axes.set_ylabel("宏平均 macro-F1")
    return drawing.svg


def bars(counts: Mapping[str, int], label: str) -> str:
    """Return counts by name."""
    with _drawing(5.2, 3.0) as drawing:
        [axes] = drawing.axes
        axes.bar(list(counts), list(counts.values()), color=_BLUE)
        axes.tick_params(axis="x", labelsize=8, rotation=45 if len(counts) > 6 else 0)
        axes.set_ylabel("文章数 articles")
        axes.set_xlabel(label)
        axes.grid(visible=False, axis="x")
    return drawing.svg
