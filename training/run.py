"""One training: corpus, cross-validation, calibration, final fit, compiled version, report card, gate, publication."""

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
from service.model.manifest import Corpus, Gate, Manifest, Text
from service.model.model import Model
from service.model.scorer import Floats
from service.text.segment import Segmenter
from training.calibration import calibrate, calibrated, fit_calibration
from training.card import Card, distributions, profile, strongest_terms, worst_mistakes
from training.compilation import compile_scorer
from training.corpus import fingerprint
from training.gate import TEST, Margins, gate
from training.learning import Point, learning_curve
from training.material import Material, Progress, Sources, read_material
from training.metrics import Metrics, measure, model_scores
from training.pipeline import Choices, build
from training.report import REPORT, render
from training.split import Split, split
from training.thresholds import learn_thresholds
from training.validation import Grouping, folds, grouping, out_of_fold

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


@dataclass(frozen=True)
class _Validated:
    """What the out-of-fold scores of the training articles taught."""

    manifest: Manifest
    scores: Floats
    """Calibrated; shape (articles, answers)."""
    metrics: Metrics


def train(sources: Sources, models: ModelFolder, options: Options, progress: Progress) -> Outcome:
    """Train a version, and publish it in `models` unless it falls behind the current one.

    The same sources and options give the same scores. Raises CorpusError, TaxonomyError, WordListError, ModelError or
    CompilationError; then nothing is kept and what was current stays so.
    """
    choices = Choices()
    material = read_material(sources, choices.recipe, progress)
    parts = split(material.articles)
    learnt = material.take(parts.train)
    pipeline = build(choices, options.seed)
    with models.new_version() as folder:
        left_out = grouping(learnt.articles, options.folds)
        validated = _validate(pipeline, learnt, choices, left_out, options, progress)
        test = material.take(parts.test)
        curve = list(learning_curve(pipeline, learnt, test, options.seed, progress)) if test.articles else []
        progress("Training", 0, 1)
        pipeline.fit(learnt.documents, learnt.targets)
        calibrate(pipeline, validated.manifest.calibration)
        model = Model(validated.manifest, Segmenter(material.words), compile_scorer(pipeline, learnt.extracted))
        metrics = {"cross_validation": validated.metrics, **_held_out(model, material, parts)}
        passed = gate(models, model, test.articles, options.margins)
        manifest = _with_results(validated.manifest, metrics, passed, options)
        model.scorer.write(folder / SCORER)
        joblib.dump(pipeline, folder / "pipeline.joblib", compress=3)
        (folder / WORDS).write_text("".join(word + "\n" for word in material.words), "utf-8")
        _write_card(_card(model, manifest, metrics, validated, material, parts, curve), folder)
        if test.articles:
            rows = (json.dumps(article.to_json(), ensure_ascii=False) + "\n" for article in test.articles)
            (folder / TEST).write_text("".join(rows), "utf-8")
        models.add(folder, manifest)
        outcome = Outcome(manifest, metrics, left_out)
        if outcome.published:
            models.publish(manifest.version)
        progress("Training", 1, 1)
    return outcome


def _validate(
    pipeline: Pipeline, learnt: Material, choices: Choices, left_out: Grouping, options: Options, progress: Progress
) -> _Validated:
    splits = folds(learnt.articles, options.folds, options.seed, left_out)
    linear = out_of_fold(pipeline, learnt, splits, progress)
    calibration = fit_calibration(linear, learnt.targets)
    scores = calibrated(linear, calibration)
    thresholds = learn_thresholds(scores, learnt.targets, learnt.answers, options.target_precision)
    now = datetime.now(UTC).replace(microsecond=0)
    manifest = Manifest(
        version=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
        created=now,
        taxonomy=learnt.taxonomy,
        thresholds=thresholds,
        target_precision=options.target_precision,
        calibration=calibration,
        text=Text(recipe=choices.recipe, words=len(learnt.words)),
        corpus=Corpus(
            articles=len(learnt.articles),
            counts=dict(Counter(article.main for article in learnt.articles)),
            sha256=fingerprint(learnt.articles),
        ),
        seed=options.seed,
        libraries={name: library_version(name) for name in _LIBRARIES},
    )
    return _Validated(manifest, scores, measure(scores, learnt.articles, learnt.answers, thresholds))


def _held_out(model: Model, material: Material, parts: Split) -> dict[str, Metrics]:
    """Return the model's figures on the articles it was not trained on, by the code that serves it."""
    found = {}
    for name, rows in (("test", parts.test), ("newest", parts.newest)):
        if articles := material.take(rows).articles:
            scores = model_scores(model, articles)
            found[name] = measure(scores, articles, model.answers, model.manifest.thresholds)
    return found


def _with_results(manifest: Manifest, metrics: dict[str, Metrics], passed: Gate, options: Options) -> Manifest:
    figures = {name: one.summary() for name, one in metrics.items()}
    forced = options.force and not passed.passed
    return manifest.model_copy(
        update={"gate": passed.model_copy(update={"forced": forced}), "metrics": figures},
    )


def _card(
    model: Model,
    manifest: Manifest,
    metrics: dict[str, Metrics],
    validated: _Validated,
    material: Material,
    parts: Split,
    curve: list[Point],
) -> Card:
    learnt, test = material.take(parts.train), material.take(parts.test)
    whole = [Point(len(learnt.articles), metrics["test"].evaluation.macro_f1)] if test.articles else []
    return Card(
        manifest=manifest,
        metrics=metrics,
        month=parts.month,
        distributions=distributions(validated.scores, learnt.targets, learnt.answers),
        learning_curve=[*curve, *whole],
        strongest=strongest_terms(model.scorer, model.answers),
        mistakes=worst_mistakes(model, test.articles),
        profile=profile(material.articles),
    )


def _write_card(card: Card, folder: Path) -> None:
    (folder / METRICS).write_text(json.dumps(card.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / REPORT).write_text(render(card), "utf-8")
