"""Choose what the pipeline is made of by measurement: a stage at a time, each from what the one before chose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from joblib import Parallel, delayed

from training.pipeline import Choices

Figures = Mapping[str, float]
"""What a candidate reached, by the name of the measurement; more is better."""

MARGIN = 0.002
"""What a richer choice must gain over a simpler one; less is no difference on some hundreds of real articles."""

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
CLASSIFIERS: list[dict[str, Any]] = [
    *({"classifier": "logistic", "strength": c} for c in (3.0, 10.0, 30.0, 100.0)),
    *({"classifier": "svc", "strength": c} for c in (0.3, 1.0, 3.0)),
    *({"classifier": "ridge", "strength": c} for c in (1.0, 3.0)),
    {"classifier": "sgd", "strength": 1.0},
    {"classifier": "bayes", "strength": 3.0},
]
DETAILS: list[dict[str, Any]] = [
    {"balanced": False},
    {"sublinear": False},
    {"min_df": 1},
    {"min_df": 3},
    {"headline_weight": 1},
    {"headline_weight": 2},
    {"headline_weight": 5},
]
START = Choices(kinds=("words",), strength=10.0)
"""The plainest pipeline, from which the search sets out."""

STAGES = (KINDS, CLASSIFIERS, DETAILS)


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


def search(
    measure: Measure, start: Choices = START, stages: Sequence[Sequence[Mapping[str, Any]]] = STAGES, jobs: int = -1
) -> Iterator[tuple[list[Candidate], Candidate]]:
    """Yield each stage's candidates, in the order listed, and the one chosen; the last chosen is the winner of all.

    A stage tries its changes on what the stage before chose, which stands first: nothing is changed without a gain. Of
    those within MARGIN of the best the first is chosen.
    """
    chosen: Candidate | None = None
    for changes in stages:
        base = chosen.choices if chosen else start
        tried = [choices for change in changes if (choices := replace(base, **change)) != base or not chosen]
        measured = Parallel(n_jobs=jobs)(delayed(measure)(choices) for choices in tried)
        stage = [Candidate(choices, reached, _merit(reached)) for choices, reached in zip(tried, measured, strict=True)]
        stage = [*([chosen] if chosen else []), *stage]
        best = max(candidate.merit for candidate in stage)
        chosen = next(candidate for candidate in stage if candidate.merit >= best - MARGIN)
        yield stage, chosen


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
