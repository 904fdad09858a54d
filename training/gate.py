"""The gate: a version that falls behind the current one on the fixed test set is kept, but not published."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.model.folder import ModelError, ModelFolder
from service.model.manifest import Gate
from service.model.model import Model
from training.article import Article
from training.corpus import read_articles
from training.evaluation import Evaluation, best_answers, evaluate
from training.metrics import model_scores

TEST = "test.jsonl"
"""The test articles of a version, kept with it."""

SMALLEST_TEST = 50
"""Test articles under which a difference in macro-F1 says too little."""

SMALLEST_SUPPORT = 20
"""Test articles of an answer under which its F1 says too little to stop a version."""


@dataclass(frozen=True)
class Margins:
    """How far a version may fall behind the current one."""

    overall: float = 0.01
    """In macro-F1."""
    category: float = 0.05
    """In the F1 of one answer."""


@dataclass(frozen=True)
class Incumbent:
    """The current version, and the test articles it keeps: with the labels they had when it was trained."""

    model: Model
    test: list[Article]

    @property
    def texts(self) -> set[bytes]:
        """The identities of its test articles; a version that is to be judged on them must not be trained on them."""
        return {article.identity for article in self.test}


def incumbent(models: ModelFolder) -> Incumbent | str:
    """Return the current version of `models`, or why there is none to compare with."""
    try:
        version = models.current()
        model = models.load(version) if version else None
    except ModelError as error:
        return f"The current version cannot be read: {error}"
    if model is None:
        return "It is the first version."
    kept = models.path / model.version / TEST
    return Incumbent(model, read_articles(kept, model.taxonomy.ids) if kept.exists() else [])


def gate(current: Incumbent | str, new: Model, margins: Margins) -> Gate:
    """Judge a new version beside the current one, on the test articles of that one, which neither was trained on.

    Their labels are those of then: a corpus whose labels went wrong would vouch for itself. A version passes where
    there is nothing to compare.
    """
    if isinstance(current, str):
        return Gate(passed=True, reason=current)
    version = current.model.version
    if set(current.model.answers) != set(new.answers):
        reason = f"The current version {version} has other categories: there is nothing to compare."
        return Gate(passed=True, reason=reason, against=version)
    if len(current.test) < SMALLEST_TEST:
        reason = f"The current version {version} keeps {len(current.test)} test articles: too few to compare on."
        return Gate(passed=True, reason=reason, against=version)
    return judge(_evaluate(new, current.test), _evaluate(current.model, current.test), version, margins)


def _evaluate(model: Model, test: Sequence[Article]) -> Evaluation:
    given = best_answers(model_scores(model, test), model.answers)
    return evaluate(given, [article.right for article in test], model.answers)


def judge(new: Evaluation, current: Evaluation, against: str, margins: Margins) -> Gate:
    """Compare a new version with the current one, named `against`; both evaluated on the same articles."""
    lost = current.macro_f1 - new.macro_f1
    if lost > margins.overall:
        reason = (
            f"macro-F1 on the test set is {new.macro_f1:.3f}, that of the current version {against} "
            f"{current.macro_f1:.3f}: {lost:.3f} less, and {margins.overall:g} is allowed."
        )
        return Gate(passed=False, reason=reason, against=against)
    for answer, figures in new.answers.items():
        lost = current.answers[answer].f1 - figures.f1
        if figures.articles >= SMALLEST_SUPPORT and lost > margins.category:
            reason = (
                f"F1 of {answer} on the test set is {figures.f1:.3f}, that of the current version {against} "
                f"{current.answers[answer].f1:.3f}: {lost:.3f} less, and {margins.category:g} is allowed."
            )
            return Gate(passed=False, reason=reason, against=against)
    reason = (
        f"macro-F1 on the test set is {new.macro_f1:.3f}, that of the current version {against} {current.macro_f1:.3f}."
    )
    return Gate(passed=True, reason=reason, against=against)
