"""Look a corpus over: near-duplicates, labels that look wrong, lengths that give labels away."""

from collections.abc import Iterator
from statistics import median

from service.model.scorer import Floats
from training.calibration import calibrated, fit_calibration
from training.duplicates import LENGTH, shared_passages
from training.material import Material
from training.pipeline import Choices, build
from training.progress import Progress
from training.validation import folds, out_of_fold

CONTRADICTED = 0.005
"""The out-of-fold score under which an article's own answer is not believed,"""

CERTAIN = 0.995
"""when another answer's reaches this one."""

SKEWED = 3.0
"""How many times longer or shorter the median article of an answer may be than that of all others."""


def examine(material: Material, seed: int, progress: Progress) -> list[str]:
    """Return what is wrong with a corpus, a sentence each; nothing when it is sound."""
    linear = out_of_fold(build(Choices(), seed), material, folds(material.articles, 5, seed, ""), progress)
    scores = calibrated(linear, fit_calibration(linear, material.targets))
    return [*near_duplicates(material), *label_errors(material, scores), *skewed_lengths(material)]


def near_duplicates(material: Material) -> Iterator[str]:
    """Yield a sentence for each pair of articles that share a long passage."""
    for found in shared_passages(material.articles):
        yield (
            f"{found.second.place}: it shares {LENGTH} characters or more with {found.first.place}: “{found.passage}”."
        )


def label_errors(material: Material, scores: Floats) -> Iterator[str]:
    """Yield a sentence for each article whose label its out-of-fold scores, a row of `scores`, contradict strongly."""
    for article, row in zip(material.articles, scores, strict=True):
        given = dict(zip(material.answers, row.tolist(), strict=True))
        best = max(given, key=lambda answer: given[answer])
        if best not in article.answers and given[best] >= CERTAIN and given[article.main] <= CONTRADICTED:
            yield (
                f"{article.place}: it is labelled {article.main}, but a model that has not seen it gives that "
                f"{given[article.main]:.3f}, and {best} {given[best]:.3f}: {article.title or article.text[:30]}"
            )


def skewed_lengths(material: Material) -> Iterator[str]:
    """Yield a sentence for each answer whose articles are so long or short that length alone gives them away."""
    for answer in material.answers:
        own = median(len(article.text) for article in material.articles if article.main == answer)
        others = median(len(article.text) for article in material.articles if article.main != answer)
        if not 1 / SKEWED <= own / others <= SKEWED:
            yield (
                f"{answer}: its median article has {own:.0f} characters, that of all others {others:.0f}: "
                "length alone would tell them apart."
            )
