"""Choose what the pipeline is made of by measurement.

First the kinds of terms; then each classifier is brought to its best, a choice at a time (coordinate descent), because
what suits one does not suit another; last the best of each are compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from joblib import Parallel, delayed

from training.pipeline import NORMS, Choices, Classifier

Figures = Mapping[str, float]
"""What a candidate reached, by the name of the measurement; more is better."""

# Each list goes from what is simplest, and likeliest to hold for other newspapers, to what is not.
KINDS: list[dict[str, Any]] = [
    {"kinds": ("words",)},
    {"kinds": ("pairs",)},
    {"kinds": ("words", "pairs")},
    {"kinds": ("characters", "pairs")},
    {"kinds": ("words", "characters", "pairs")},
    {"kinds": ("words", "word_pairs", "pairs")},
    {"kinds": ("tokens",)},
    {"kinds": ("tokens", "sign_pairs")},
    {"kinds": ("tokens", "signs", "sign_pairs")},
]
STRENGTHS: dict[Classifier, tuple[float, ...]] = {
    "logistic": (3.0, 10.0, 30.0, 100.0, 300.0),
    "svc": (0.1, 0.3, 1.0, 3.0),
    "ridge": (0.7, 1.5, 3.0),
    "sgd": (1.0,),
    "bayes": (3.0,),
}
DETAILS: list[list[dict[str, Any]]] = [
    [{"min_df": 1}, {"min_df": 2}, {"min_df": 3}],
    [{"balanced": False}],
    [{"sublinear": False}],
    [{"headline_weight": 1}, {"headline_weight": 2}, {"headline_weight": 5}],
]
START = Choices(kinds=("words",), strength=10.0)
"""The plainest pipeline, from which the search sets out."""


class Measure(Protocol):
    """Measures one candidate; it is sent to other processes."""

    def __call__(self, choices: Choices) -> Figures:
        """Return what `choices` reach."""


@dataclass(frozen=True)
class Candidate:
    """Choices, and what they reached."""

    choices: Choices
    figures: Figures
    merit: float
    """What candidates are compared by."""


Stage = tuple[list[Candidate], Candidate]
"""The candidates that were compared, and the one chosen."""


def search(measure: Measure, margin: float, start: Choices = START) -> Iterator[Stage]:
    """Yield each stage's candidates and the one chosen, from `start` on; the last chosen is the winner of all.

    `margin` is what a choice must gain over a simpler one: less is no difference on so many articles.
    """
    for stage in descend(measure, start, [KINDS], margin):
        yield stage
    best_kinds = stage[1].choices
    finalists = []
    for classifier, strengths in STRENGTHS.items():
        # How long an article's vector is decides what a strength means, so both are tried together.
        fits = [{"classifier": classifier, "norm": norm, "strength": c} for norm in NORMS for c in strengths]
        for stage in descend(measure, best_kinds, [fits, *DETAILS], margin):
            yield stage
        finalists.append(stage[1])
    yield finalists, _choose(finalists, margin)


def descend(
    measure: Measure,
    start: Choices,
    stages: Sequence[Sequence[Mapping[str, Any]]],
    margin: float,
    jobs: int = -1,
) -> Iterator[Stage]:
    """Yield each stage's candidates, in the order listed, and the one chosen.

    A stage tries its changes on what the stage before chose, which stands first: nothing is changed without a gain. The
    first stage tries them on `start`.
    """
    chosen: Candidate | None = None
    for changes in stages:
        base = chosen.choices if chosen else start
        tried = [choices for change in changes if (choices := replace(base, **change)) != base or not chosen]
        measured = Parallel(n_jobs=jobs)(delayed(measure)(choices) for choices in tried)
        stage = [Candidate(choices, reached, _merit(reached)) for choices, reached in zip(tried, measured, strict=True)]
        stage = [*([chosen] if chosen else []), *stage]
        chosen = _choose(stage, margin)
        yield stage, chosen


def _choose(stage: Sequence[Candidate], margin: float) -> Candidate:
    """Return the first of those within `margin` of the best."""
    best = max(candidate.merit for candidate in stage)
    return next(candidate for candidate in stage if candidate.merit >= best - margin)


def _merit(figures: Figures) -> float:
    """Return the mean of the figures; `real` ones, where there are any, count as much as all others together."""
    others = [value for name, value in figures.items() if name != "real"]
    mean = sum(others) / len(others)
    return (mean + figures["real"]) / 2 if "real" in figures else mean


def described(choices: Choices) -> str:
    """Return what tells `choices` from START, for people."""
    own, other = asdict(choices), asdict(START)
    changed = {name: value for name, value in own.items() if value != other[name]}
    parts = [f"{name} {' + '.join(value) if isinstance(value, tuple) else value}" for name, value in changed.items()]
    return ", ".join(parts) or "the start"
