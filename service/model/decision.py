"""The decision rule: which categories an article is filed under, and whether an editor should look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["assign", "review", "none"]


@dataclass(frozen=True)
class Decision:
    """What to do with an article."""

    verdict: Verdict
    category: str | None
    """The best category; None when the verdict is `none`."""
    categories: list[str]
    """Every category at or over its threshold, best first."""


def decide(scores: Mapping[str, float], none: float, thresholds: Mapping[str, float]) -> Decision:
    """Decide on an article from the score of each category and of none, and each category's threshold.

    `assign` when a category reaches its threshold and none does not outscore the best one; `none` when no category does
    and none outscores them all; otherwise the scores disagree, and an editor should look: `review`.
    """
    ranked = sorted(scores, key=lambda category: -scores[category])
    best = ranked[0]
    reached = [category for category in ranked if scores[category] >= thresholds[category]]
    if none > scores[best]:
        return Decision("review", best, reached) if reached else Decision("none", None, [])
    return Decision("assign" if reached else "review", best, reached)
