"""A table of figures measured side by side, and its ratios."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Table:
    """What was measured of several ways to do a thing."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def to_markdown(self) -> str:
        """Return the table as Markdown, numbers to the right."""
        head = [f"| {' | '.join(self.columns)} |", "|" + "|".join(["---", *["---:"] * (len(self.columns) - 1)]) + "|"]
        return "\n".join([f"**{self.title}**", "", *head, *(f"| {' | '.join(row)} |" for row in self.rows), ""])


def rounds(ways: Mapping[str, Callable[[], float]], count: int) -> dict[str, list[float]]:
    """Return what each way measures in each of `count` rounds; in a round all have their turn, one after the other."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(count):
        for name, way in ways.items():
            found[name].append(way())
    return found


def ratio(of: Sequence[float], to: Sequence[float]) -> float:
    """Return the median of the rounds' ratios: each round has its own, because machines are shared and noisy."""
    return median(one / other for one, other in zip(of, to, strict=True))
