"""One training: corpus, cross-validation, final fit, compiled version, published."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as library_version
from pathlib import Path

import joblib
import numpy as np

from service.model.folder import SCORER, WORDS, ModelFolder
from service.model.manifest import Corpus, Manifest, Text
from service.model.taxonomy import NONE, read_taxonomy
from service.text.segment import Segmenter
from service.text.terms import Terms, extract
from training.compilation import compile_scorer
from training.corpus import Article, fingerprint, read_corpus
from training.evaluation import Evaluation, evaluate, out_of_fold
from training.pipeline import HEADLINE_WEIGHT, build, rows, targets

THRESHOLD = 0.5
"""The score from which a category is assigned: more likely than not."""

_LIBRARIES = ("scikit-learn", "numpy", "scipy", "joblib", "rjieba", "jieba", "opencc")

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps of it are done, and of how many."""


@dataclass(frozen=True)
class Sources:
    """What a model is made of."""

    corpus: Path
    categories: Path
    words: Path


@dataclass(frozen=True)
class Outcome:
    """A training's result."""

    version: str
    evaluation: Evaluation
    articles: int


def train(sources: Sources, models: ModelFolder, *, folds: int, seed: int, progress: Progress) -> Outcome:
    """Train a version, cross-validated in `folds`, and publish it in `models`.

    The same sources and seed give the same scores. Raises CorpusError, TaxonomyError, ModelError or CompilationError;
    then nothing is published and what was current stays so.
    """
    taxonomy = read_taxonomy(sources.categories)
    articles = read_corpus(sources.corpus, taxonomy.ids)
    words = read_words(sources.words)
    with models.new_version() as folder:
        extracted = _extract(articles, Segmenter(words), progress)
        documents, right = rows(extracted), targets(articles, taxonomy.ids)
        pipeline = build(seed)
        answers = [*taxonomy.ids, NONE]
        scores = np.zeros(right.shape)
        mains = [article.main for article in articles]
        for fold, (left_out, given) in enumerate(out_of_fold(pipeline, documents, right, mains, folds, seed)):
            scores[left_out] = given
            progress("Cross-validating", fold + 1, folds)
        best = [answers[i] for i in scores.argmax(axis=1)]
        evaluation = evaluate(best, [article.answers for article in articles], answers)

        progress("Training", 0, 1)
        pipeline.fit(documents, right)
        compile_scorer(pipeline, extracted).write(folder / SCORER)
        joblib.dump(pipeline, folder / "pipeline.joblib", compress=3)
        (folder / WORDS).write_text("".join(word + "\n" for word in words), "utf-8")
        now = datetime.now(UTC).replace(microsecond=0)
        version = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        manifest = Manifest(
            version=version,
            created=now,
            taxonomy=taxonomy,
            thresholds=dict.fromkeys(taxonomy.ids, THRESHOLD),
            text=Text(headline_weight=HEADLINE_WEIGHT, words=len(words)),
            corpus=Corpus(articles=len(articles), counts=dict(Counter(mains)), sha256=fingerprint(articles)),
            seed=seed,
            libraries={name: library_version(name) for name in _LIBRARIES},
            metrics={"cross_validation": {"folds": folds, **evaluation.to_json()}},
        )
        models.add(folder, manifest)
        models.publish(version)
        progress("Training", 1, 1)
    return Outcome(version, evaluation, len(articles))


def read_words(path: Path) -> list[str]:
    """Return the words of a word list: one a line, lines that begin with # left out."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def _extract(articles: list[Article], segmenter: Segmenter, progress: Progress) -> list[Terms]:
    extracted = []
    for done, article in enumerate(articles, start=1):
        extracted.append(extract(article.title, article.text, segmenter, HEADLINE_WEIGHT))
        progress("Reading articles", done, len(articles))
    return extracted
