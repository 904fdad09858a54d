"""One training: corpus, cross-validation, final fit, compiled version, published."""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as library_version

import joblib

from service.model.folder import SCORER, WORDS, ModelFolder
from service.model.manifest import Corpus, Manifest, Text
from service.model.taxonomy import Taxonomy
from training.compilation import compile_scorer
from training.corpus import fingerprint
from training.evaluation import Evaluation
from training.material import Material, Progress, Sources, read_material
from training.pipeline import Choices, build
from training.validation import Grouping, evaluate_scores, folds, grouping, out_of_fold

THRESHOLD = 0.5
"""The score from which a category is assigned: more likely than not."""

_LIBRARIES = ("scikit-learn", "numpy", "scipy", "joblib", "rjieba", "jieba", "opencc")


@dataclass(frozen=True)
class Outcome:
    """A training's result."""

    version: str
    evaluation: Evaluation
    left_out: Grouping
    """What each fold of the cross-validation left out whole."""
    articles: int
    taxonomy: Taxonomy


def train(sources: Sources, models: ModelFolder, *, count: int, seed: int, progress: Progress) -> Outcome:
    """Train a version, cross-validated in `count` folds, and publish it in `models`.

    The same sources and seed give the same scores. Raises CorpusError, TaxonomyError, WordListError, ModelError or
    CompilationError; then nothing is published and what was current stays so.
    """
    choices = Choices()
    material = read_material(sources, choices.recipe, progress)
    pipeline = build(choices, seed)
    with models.new_version() as folder:
        left_out = grouping(material.articles, count)
        scores = out_of_fold(pipeline, material, folds(material.articles, count, seed, left_out), progress)
        evaluation = evaluate_scores(material, scores)
        progress("Training", 0, 1)
        pipeline.fit(material.documents, material.targets)
        compile_scorer(pipeline, material.extracted).write(folder / SCORER)
        joblib.dump(pipeline, folder / "pipeline.joblib", compress=3)
        (folder / WORDS).write_text("".join(word + "\n" for word in material.words), "utf-8")
        manifest = _manifest(material, choices, seed, {"folds": count, "left_out": left_out, **evaluation.to_json()})
        models.add(folder, manifest)
        models.publish(manifest.version)
        progress("Training", 1, 1)
    return Outcome(manifest.version, evaluation, left_out, len(material.articles), material.taxonomy)


def _manifest(material: Material, choices: Choices, seed: int, cross_validation: dict[str, object]) -> Manifest:
    now = datetime.now(UTC).replace(microsecond=0)
    articles = material.articles
    counts = dict(Counter(article.main for article in articles))
    return Manifest(
        version=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
        created=now,
        taxonomy=material.taxonomy,
        thresholds=dict.fromkeys(material.taxonomy.ids, THRESHOLD),
        text=Text(recipe=choices.recipe, words=len(material.words)),
        corpus=Corpus(articles=len(articles), counts=counts, sha256=fingerprint(articles)),
        seed=seed,
        libraries={name: library_version(name) for name in _LIBRARIES},
        metrics={"cross_validation": cross_validation},
    )
