"""How much is decided without a person, and at which precision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.model.decision import Decision, Verdict
from service.model.taxonomy import NONE


@dataclass(frozen=True)
class Coverage:
    """What the decisions cover."""

    verdicts: dict[Verdict, int]
    decided: float
    """Share of the articles that no person need look at: assigned, or none."""
    precision: float | None
    """Share of those decided rightly: every category assigned is right, or none is. None where none was decided."""
    assigned_precision: float | None
    """The same of the assigned ones."""
    curve: list[tuple[float, float]]
    """Share of the articles and precision of their best answers, if only the surest were decided, fewest first."""


def coverage(
    decisions: Sequence[Decision], scores: Sequence[float], best: Sequence[str], right: Sequence[Sequence[str]]
) -> Coverage:
    """Compare decisions with the right answers; `best` are the best-scored answers and `scores` theirs."""
    outcomes: dict[Verdict, list[bool]] = {"assign": [], "none": [], "review": []}
    for decision, answers in zip(decisions, right, strict=True):
        given = decision.categories or [NONE]
        outcomes[decision.verdict].append(set(given) <= set(answers))
    decided = outcomes["assign"] + outcomes["none"]
    return Coverage(
        verdicts=dict(Counter(decision.verdict for decision in decisions)),
        decided=len(decided) / len(decisions),
        precision=_share(decided),
        assigned_precision=_share(outcomes["assign"]),
        curve=_curve(scores, [answer in answers for answer, answers in zip(best, right, strict=True)]),
    )


def _curve(scores: Sequence[float], correct: Sequence[bool]) -> list[tuple[float, float]]:
    order = np.argsort(-np.asarray(scores), kind="stable")
    precision = np.cumsum(np.asarray(correct)[order]) / np.arange(1, len(order) + 1)
    # A hundred points draw the same line as all of them.
    at = np.unique(np.linspace(0, len(order) - 1, 101).astype(int))
    return [((i + 1) / len(order), float(precision[i])) for i in at.tolist()]


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None
