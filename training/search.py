"""Choose what the pipeline is made of by measurement: a stage at a time, each from the winner of the one before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from joblib import Parallel, delayed

from training.pipeline import Choices

Figures = Mapping[str, float]
"""What a candidate reached, by the name of the measurement; more is better."""

KINDS: list[dict[str, Any]] = [
    {"kinds": ("words",)},
    {"kinds": ("pairs",)},
    {"kinds": ("words", "pairs")},
    {"kinds": ("words", "word_pairs", "pairs")},
    {"kinds": ("words", "characters", "pairs")},
    {"kinds": ("characters", "pairs")},
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

    @property
    def mean(self) -> float:
        """What candidates are compared by."""
        return sum(self.figures.values()) / len(self.figures)


def search(
    measure: Measure, start: Choices, stages: Sequence[Sequence[Mapping[str, Any]]] = STAGES, jobs: int = -1
) -> Iterator[list[Candidate]]:
    """Yield each stage's candidates, best first; the first of the last stage is the winner of all.

    A stage tries its changes on the best candidate so far, which it also keeps.
    """
    best: Candidate | None = None
    for changes in stages:
        base = best.choices if best else start
        tried = [choices for change in changes if (choices := replace(base, **change)) != base or not best]
        figures = Parallel(n_jobs=jobs)(delayed(measure)(choices) for choices in tried)
        stage = [Candidate(choices, reached) for choices, reached in zip(tried, figures, strict=True)]
        stage = sorted([*stage, *([best] if best else [])], key=lambda candidate: -candidate.mean)
        best = stage[0]
        yield stage


def described(choices: Choices, base: Choices) -> str:
    """Return what tells `choices` from `base`, for people."""
    own, other = asdict(choices), asdict(base)
    changed = {name: value for name, value in own.items() if value != other[name]}
    parts = [f"{name} {' + '.join(value) if isinstance(value, tuple) else value}" for name, value in changed.items()]
    return ", ".join(parts) or "the defaults"
