"""The decision rule: which categories an article is filed under, and whether an editor should look."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from service.model.taxonomy import NONE

Verdict = Literal["assign", "review", "none"]
Score = Annotated[float, Field(ge=0, le=1)]

LIKELY = 0.5
"""The floor for review: from this calibrated score on an answer is more likely right than wrong."""


class Threshold(BaseModel):
    """From which scores an answer counts."""

    model_config = ConfigDict(frozen=True)

    assign: Score = Field(description="From this score on the answer is given without a person.")
    review: Score = Field(
        default=LIKELY, description="From this score on none speaks against any category, and a category against none."
    )
    learnt: bool = Field(default=True, description="False: no score surely reaches the wanted precision.")

    def at(self, assign: float) -> "Threshold":
        """Return the threshold with another score to assign from; the floor for review is never above it."""
        return Threshold(assign=assign, review=min(self.review, assign), learnt=self.learnt)


class Decision(NamedTuple):
    """What to do with an article."""

    verdict: Verdict
    category: str | None
    """The best of `categories`, or of all where none reaches its threshold; None when the verdict is `none`."""
    categories: list[str]
    """Every category at or over its threshold, best first."""


def ranked(categories: Sequence[str], scores: Sequence[float]) -> dict[str, float]:
    """Return the score of each category, highest first."""
    return dict(sorted(zip(categories, scores, strict=True), key=itemgetter(1), reverse=True))


def decide(scores: Mapping[str, float], none: float, thresholds: Mapping[str, Threshold]) -> Decision:
    """Decide on an article from the score of each category, highest first, that of none, and each answer's threshold.

    `assign` when a category reaches its threshold and none stays under its floor; `none` when none reaches its
    threshold and every category stays under its floor; otherwise nothing is sure, or two answers contradict each
    other, and an editor should look: `review`.
    """
    reached = [category for category, score in scores.items() if score >= thresholds[category].assign]
    if reached:
        contradicted = none >= thresholds[NONE].review
        return Decision("review" if contradicted else "assign", reached[0], reached)
    likely = [category for category, score in scores.items() if score >= thresholds[category].review]
    if none >= thresholds[NONE].assign and not likely:
        return Decision("none", None, [])
    return Decision("review", next(iter(scores)), [])
