"""One training: corpus, fit, figures, gate, the version's files, publication."""

import json
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version as library_version
from pathlib import Path

import joblib
from sklearn.pipeline import Pipeline

from service.model.folder import SCORER, WORDS, ModelFolder
from service.model.manifest import Corpus, Manifest, Text
from service.model.model import Model
from service.text.segment import Segmenter
from training.card import Card, distributions, profile, strongest_terms, worst_mistakes
from training.corpus import fingerprint
from training.fitting import Fitted, fit
from training.gate import TEST, Margins, gate, incumbent
from training.learning import Point, learning_curve
from training.material import Material, Sources, read_material
from training.metrics import Metrics, measure, model_scores
from training.pipeline import Choices, build
from training.progress import Progress
from training.report import REPORT, render
from training.split import split
from training.validation import Grouping

METRICS = "metrics.json"

_LIBRARIES = ("scikit-learn", "numpy", "scipy", "joblib", "rjieba", "jieba", "opencc", "matplotlib")


@dataclass(frozen=True)
class Options:
    """How to train."""

    folds: int = 5
    """Parts of the cross-validation."""
    seed: int = 0
    target_precision: float = 0.95
    """What the thresholds are learnt for."""
    margins: Margins = field(default_factory=Margins)
    force: bool = False
    """Publish the version even if the gate stops it."""


@dataclass(frozen=True)
class Outcome:
    """A training's result."""

    manifest: Manifest
    metrics: dict[str, Metrics]
    """By what they were measured on: `cross_validation`, `test`, `newest`."""
    left_out: Grouping
    """What each fold of the cross-validation left out whole."""

    @property
    def published(self) -> bool:
        """Whether the version is the current one now."""
        return self.manifest.gate.passed or self.manifest.gate.forced


def train(sources: Sources, models: ModelFolder, options: Options, progress: Progress) -> Outcome:
    """Train a version, and publish it in `models` unless it falls behind the current one.

    The same sources and options give the same scores. Raises CorpusError, TaxonomyError, WordListError, ModelError or
    CompilationError; then nothing is kept and what was current stays so.
    """
    choices = Choices()
    material = read_material(sources, choices, progress)
    with models.new_version() as folder:
        current = incumbent(models)
        parts = split(material.articles, () if isinstance(current, str) else current.texts)
        learnt, test, newest = (material.take(rows) for rows in (parts.train, parts.test, parts.newest))
        pipeline = build(choices, options.seed)
        fitted = fit(pipeline, learnt, options.folds, options.seed, options.target_precision, progress)
        draft = _manifest(learnt, fitted, choices, options)
        model = Model(draft, Segmenter(material.words), fitted.scorer)
        metrics = _metrics(model, fitted, learnt, {"test": test, "newest": newest})
        judged = gate(current, model, options.margins)
        judged = judged.model_copy(update={"forced": options.force and not judged.passed})
        figures = {name: one.summary() for name, one in metrics.items()}
        manifest = draft.model_copy(update={"gate": judged, "metrics": figures})
        card = Card(
            manifest=manifest,
            metrics=metrics,
            month=parts.month,
            distributions=distributions(fitted.out_of_fold, learnt.targets, learnt.answers),
            learning_curve=_learning_curve(pipeline, learnt, test, metrics, options.seed, progress),
            strongest=strongest_terms(fitted.pipeline, model.answers),
            mistakes=worst_mistakes(model, test.articles),
            profile=profile(material.articles),
        )
        _write(folder, fitted, material, test, card)
        models.add(folder, manifest)
        outcome = Outcome(manifest, metrics, fitted.left_out)
        if outcome.published:
            models.publish(manifest.version)
    return outcome


def _manifest(learnt: Material, fitted: Fitted, choices: Choices, options: Options) -> Manifest:
    now = datetime.now(UTC).replace(microsecond=0)
    return Manifest(
        version=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
        created=now,
        taxonomy=learnt.taxonomy,
        thresholds=fitted.thresholds,
        target_precision=options.target_precision,
        calibration=fitted.calibration,
        text=Text(recipe=choices.recipe, words=len(learnt.words)),
        corpus=Corpus(
            articles=len(learnt.articles),
            counts=dict(Counter(article.main for article in learnt.articles)),
            sha256=fingerprint(learnt.articles),
        ),
        seed=options.seed,
        libraries={name: library_version(name) for name in _LIBRARIES},
    )


def _metrics(model: Model, fitted: Fitted, learnt: Material, held_out: dict[str, Material]) -> dict[str, Metrics]:
    """Return the figures out of fold, and on the articles held out by the code that serves the model."""
    scored = {"cross_validation": (fitted.out_of_fold, learnt.articles)} | {
        name: (model_scores(model, part.articles), part.articles) for name, part in held_out.items() if part.articles
    }
    return {
        name: measure(scores, articles, model.answers, fitted.thresholds) for name, (scores, articles) in scored.items()
    }


def _learning_curve(
    pipeline: Pipeline, learnt: Material, test: Material, metrics: dict[str, Metrics], seed: int, progress: Progress
) -> list[Point]:
    """Return the learning curve on the test articles, with the whole model last; empty where there are none."""
    if not test.articles:
        return []
    whole = Point(len(learnt.articles), metrics["test"].evaluation.macro_f1)
    return [*learning_curve(pipeline, learnt, test, seed, progress), whole]


def _write(folder: Path, fitted: Fitted, material: Material, test: Material, card: Card) -> None:
    """Write a version's files, all but the manifest."""
    fitted.scorer.write(folder / SCORER)
    joblib.dump(fitted.pipeline, folder / "pipeline.joblib", compress=3)
    (folder / WORDS).write_text("".join(word + "\n" for word in material.words), "utf-8")
    (folder / METRICS).write_text(json.dumps(card.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / REPORT).write_text(render(card), "utf-8")
    if test.articles:
        rows = (json.dumps(article.to_json(), ensure_ascii=False) + "\n" for article in test.articles)
        (folder / TEST).write_text("".join(rows), "utf-8")
