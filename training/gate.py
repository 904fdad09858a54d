"""The gate: a version that falls behind the current one on the fixed test set is kept, but not published."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.model.folder import ModelError, ModelFolder
from service.model.manifest import Gate
from service.model.model import Model
from training.article import Article
from training.corpus import read_labelled
from training.evaluation import Evaluation, best_answers, evaluate
from training.metrics import model_scores

TEST = "test.jsonl"
"""The test articles of a version, kept with it."""

SMALLEST_SUPPORT = 20
"""Test articles of an answer under which its F1 says too little to stop a version."""


@dataclass(frozen=True)
class Margins:
    """How far a version may fall behind the current one."""

    overall: float = 0.01
    """In macro-F1."""
    category: float = 0.05
    """In the F1 of one answer."""


def gate(models: ModelFolder, new: Model, test: Sequence[Article], margins: Margins) -> Gate:
    """Judge a new version beside the current one of `models`, on test articles that neither was trained on.

    Those that the current version keeps decide, with the labels they had then: a corpus whose labels went wrong would
    vouch for itself. Where it keeps none, `test` does. A version passes where there is nothing to compare it with: no
    current version, none that can be read, one of other categories, or no test articles.
    """
    try:
        against = models.current()
        current = models.load(against) if against else None
    except ModelError as error:
        return Gate(passed=True, reason=f"The current version cannot be read: {error}")
    if current is None:
        return Gate(passed=True, reason="It is the first version.")
    if set(current.answers) != set(new.answers):
        reason = f"The current version {against} has other categories: there is nothing to compare."
        return Gate(passed=True, reason=reason, against=against)
    kept = models.path / current.version / TEST
    fixed = read_labelled(kept, current.taxonomy.ids) if kept.exists() else test
    if not fixed:
        return Gate(passed=True, reason="There are too few articles for a test set.", against=against)
    return judge(_evaluate(new, fixed), _evaluate(current, fixed), current.version, margins)


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
