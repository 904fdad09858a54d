"""What `/classify` is measured beside: an endpoint that does nothing, and the one that anyone would write."""

import os
from pathlib import Path
from typing import Any

import joblib
from fastapi import FastAPI

from service.api.schemas import Article
from service.model.folder import ModelFolder
from service.text.reading import Sent
from service.text.segment import Segmenter
from service.text.words import read_words
from tests.bench.corpora import SOURCES
from training.pipeline import Choices, rows
from training.terms import extract

MODELS = "LANMU_BENCH_MODELS"
"""Names the variable that tells the folder of the model versions."""


def idle() -> FastAPI:
    """Return an application whose one call takes an article, and answers nothing."""
    app = FastAPI()

    @app.post("/classify")
    async def classify(article: Article) -> dict[str, Any]:
        return {}

    return app


def naive() -> FastAPI:
    """Return an application that runs the scikit-learn pipeline behind jieba for each article."""
    app = FastAPI()
    models = ModelFolder(Path(os.environ[MODELS]))
    version = str(models.current())
    pipeline = joblib.load(models.path / version / "pipeline.joblib")
    answers = [*models.manifest(version).taxonomy.ids, "none"]
    jieba = Segmenter(read_words(SOURCES.words), "jieba")

    @app.post("/classify")
    async def classify(article: Article) -> dict[str, float]:
        terms = extract([Sent(article.title or "", article.text)], jieba, Choices().recipe)
        return dict(zip(answers, pipeline.predict_proba(rows(terms))[0].tolist(), strict=True))

    return app
