"""What a model's report card says of it: its figures, its strongest terms, its worst mistakes, and its corpus."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from service.model.evidence import Passage
from service.model.manifest import Manifest
from service.model.model import Model
from service.model.scorer import Floats
from service.model.taxonomy import NONE
from training.article import Article
from training.learning import Point
from training.metrics import Metrics
from training.pipeline import Answers

_RAISING, _LOWERING = 24, 12
_MISTAKES = 12
_WORDS = 8
_SCORE_BINS = 20
_LENGTHS = (0, 50, 100, 200, 300, 400, 600, 800, 1000, 1500)


@dataclass(frozen=True)
class Mistake:
    """An article that the model answered wrongly, and the words that led to it."""

    article: Article
    given: str
    score: float
    right_score: float
    """What the right answer got."""
    words: list[Passage]


@dataclass(frozen=True)
class Distribution:
    """How many articles got a score in each of equal ranges: those of an answer, and all others."""

    own: list[int]
    others: list[int]


@dataclass(frozen=True)
class Profile:
    """What a corpus is made of: articles by main answer, by kind, by year, and by length in characters."""

    answers: dict[str, int]
    kinds: dict[str, int]
    years: dict[str, int]
    lengths: dict[str, int]


@dataclass(frozen=True)
class Card:
    """All that the report card shows; `to_json` is the same without the articles' texts."""

    manifest: Manifest
    metrics: dict[str, Metrics]
    """By what they were measured on: `cross_validation`, `test`, and `newest` where articles have dates."""
    month: str
    """Of the newest articles; empty where they are not kept apart."""
    distributions: dict[str, Distribution]
    learning_curve: list[Point]
    strongest: dict[str, dict[str, float]]
    """For each answer the terms whose weights raise its score most, and those that lower it most."""
    mistakes: list[Mistake]
    profile: Profile

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return {
            "version": self.manifest.version,
            "thresholds": {answer: one.model_dump() for answer, one in self.manifest.thresholds.items()},
            "target_precision": self.manifest.target_precision,
            "calibration": self.manifest.calibration.model_dump(),
            "gate": self.manifest.gate.model_dump(),
            **{name: metrics.to_json() for name, metrics in self.metrics.items()},
            **({"newest_month": self.month} if self.month else {}),
            "score_distributions": {answer: asdict(one) for answer, one in self.distributions.items()},
            "learning_curve": [asdict(point) for point in self.learning_curve],
            "strongest_terms": self.strongest,
            "mistakes": [
                {
                    "place": one.article.place.rpartition("/")[2],
                    "right": list(one.article.right),
                    "given": one.given,
                    "score": one.score,
                    "right_score": one.right_score,
                    "words": [[word.term, word.weight] for word in one.words],
                }
                for one in self.mistakes
            ],
            "corpus": asdict(self.profile),
        }


def distributions(scores: Floats, targets: Answers, answers: Sequence[str]) -> dict[str, Distribution]:
    """Return how the out-of-fold scores of each answer lie; both of shape (articles, answers)."""
    found = {}
    for column, answer in enumerate(answers):
        own = targets[:, column] == 1
        counts = [np.histogram(scores[of, column], _SCORE_BINS, (0, 1))[0].tolist() for of in (own, ~own)]
        found[answer] = Distribution(*counts)
    return found


def strongest_terms(pipeline: Pipeline, answers: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return the terms with the greatest weights of each answer, greatest first, then those with the smallest."""
    learnt = pipeline.named_steps["terms"].transformers_
    terms = [str(term) for _, vectoriser, _ in learnt for term in vectoriser.get_feature_names_out()]
    weights = np.column_stack([model.coef_[0] for model in pipeline.named_steps["classifier"].estimators_])
    found: dict[str, dict[str, float]] = {}
    for column, answer in enumerate(answers):
        order = np.argsort(-weights[:, column], kind="stable").tolist()
        found[answer] = {}
        for row in (*order[:_RAISING], *order[: -_LOWERING - 1 : -1]):
            # A word of two characters is a pair of them too: it stands once, with the greater of its weights.
            found[answer].setdefault(terms[row], float(weights[row, column]))
    return found


def worst_mistakes(model: Model, articles: Sequence[Article]) -> list[Mistake]:
    """Return the mistakes on articles that the model was surest of, worst first."""
    found = []
    for article in articles:
        read = model.read(article.sent)
        [answer] = model.classify(read)
        own = answer.scores | {NONE: answer.none}
        given = max(own, key=lambda one: own[one])
        if given not in article.right:
            words = model.explain(read, [given], words=_WORDS)[given].terms
            found.append(Mistake(article, given, own[given], own[article.main], words))
    return sorted(found, key=lambda mistake: -mistake.score)[:_MISTAKES]


def profile(articles: Sequence[Article]) -> Profile:
    """Return what a corpus is made of."""
    lengths = np.digitize([len(article.text) for article in articles], _LENGTHS)
    ranges = [*(f"{low}–{high}" for low, high in pairwise(_LENGTHS)), f"{_LENGTHS[-1]}–"]
    return Profile(
        answers=dict(Counter(article.main for article in articles).most_common()),
        kinds=dict(Counter(article.kind or "—" for article in articles).most_common()),
        years=dict(sorted(Counter(article.year or article.month[:4] or "—" for article in articles).items())),
        lengths={name: int((lengths == i).sum()) for i, name in enumerate(ranges, start=1)},
    )
