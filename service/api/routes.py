"""The calls of the API."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from service.api import answers, schemas
from service.api.bodies import check_text, check_thresholds, checked, read_body
from service.api.documentation import describe
from service.api.errors import Problem
from service.model.model import Model, as_sent
from service.model.taxonomy import NONE
from service.settings import Settings
from service.text.decode import is_blank
from service.text.headline import headline_span
from service.text.html import strip_html
from service.text.page import split_page
from service.text.reading import FieldName, Sent

LISTED_WORDS = 30
LISTED_SENTENCES = 3

classification = APIRouter(tags=["classification"])
state = APIRouter(tags=["state"])


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _model(request: Request) -> Model:
    model: Model | None = request.app.state.model
    if model is None:
        raise Problem("not-ready", "No model was trained yet. Run `lanmu serve` or `lanmu-train`.")
    return model


Configured = Annotated[Settings, Depends(_settings)]
Loaded = Annotated[Model, Depends(_model)]
WithEvidence = Annotated[bool, Query(description="Add the words and sentences behind the answer.")]


@classification.post("/classify", response_model=schemas.Answer, **describe("classify"))
async def classify(request: Request, settings: Configured, model: Loaded, evidence: WithEvidence = False) -> Any:
    """Score one article for every category.

    Send JSON, or the bare text as `text/plain` in its declared charset, its headline as the first line.
    """
    body = await read_body(request, settings.article_bytes)
    offsets: dict[FieldName, int] = {"title": 0, "text": 0}
    if isinstance(body, str):
        check_text("text", body)
        start, end = headline_span(body)
        article = schemas.Article(title=body[start:end], text=body[end:])
        offsets = {"title": start, "text": end}
    else:
        article = checked(schemas.Article, body)
    return JSONResponse(await run_in_threadpool(_classify, model, article, offsets if evidence else None))


@classification.post("/classify/batch", response_model=schemas.BatchAnswer, **describe("batch"))
async def classify_batch(request: Request, settings: Configured, model: Loaded, evidence: WithEvidence = False) -> Any:
    """Score many articles; a bad one fails alone."""
    body = await read_body(request, settings.batch_bytes)
    if isinstance(body, str):
        raise Problem("unsupported-media-type", "Send a batch as application/json.")
    batch = checked(schemas.Batch, body)
    if len(batch.articles) > settings.batch_articles:
        raise Problem("too-many-articles", f"The batch has more than {settings.batch_articles} articles.")
    results = await run_in_threadpool(_classify_all, model, batch.articles, settings.article_bytes, evidence)
    return JSONResponse({"results": results})


@classification.post("/pages", response_model=schemas.PageAnswer, **describe("pages"))
async def pages(request: Request, settings: Configured, model: Loaded) -> Any:
    """Split a newspaper page into its articles and captions, and score each."""
    body = await read_body(request, settings.article_bytes)
    page = checked(schemas.Page, {"text": body} if isinstance(body, str) else body)
    return JSONResponse({"articles": await run_in_threadpool(_classify_page, model, page)})


@classification.get("/categories", response_model=schemas.Categories, **describe("categories"))
def categories(model: Loaded) -> Any:
    """The categories, their names, definitions, outside codes and thresholds."""
    thresholds = model.manifest.thresholds
    taxonomy = model.taxonomy.model_dump(mode="json")
    return {
        "model": model.version,
        "categories": [
            {
                **{name: category[name] for name in ("id", "belongs", "excludes", "codes")},
                "names": {"zh": category["zh"], "en": category["en"]},
                "threshold": thresholds[category["id"]].assign,
                "review": thresholds[category["id"]].review,
                "learnt": thresholds[category["id"]].learnt,
            }
            for category in taxonomy["categories"]
        ],
        "none": thresholds[NONE],
        "vocabularies": taxonomy["vocabularies"],
    }


@state.head("/livez", include_in_schema=False)
@state.get("/livez", response_model=schemas.Alive, **describe("livez"))
async def livez() -> Any:
    """Whether the process answers."""
    return schemas.Alive()


@state.head("/readyz", include_in_schema=False)
@state.get("/readyz", response_model=schemas.Ready, **describe("readyz"))
async def readyz(model: Loaded) -> Any:
    """Whether a model is loaded, and which."""
    return schemas.Ready(model=model.version)


def _classify(model: Model, article: schemas.Article, offsets: Mapping[FieldName, int] | None) -> dict[str, Any]:
    """Return the answer to an article; with the places where its fields begin, the evidence too."""
    html = article.format == "html"
    if html and is_blank(strip_html(article.text)):
        raise Problem("blank-text", "Without its markup the text holds nothing that a reader could see.", "text")
    read = model.read(Sent(article.title or "", article.text, html))
    [given] = model.classify(read, check_thresholds(article.thresholds, model.answers))
    answer = answers.answer(given, model.version, article.id)
    if offsets is None:
        return answer
    found = model.explain(read, given.answered, words=LISTED_WORDS, sentences=LISTED_SENTENCES)
    return answer | answers.evidence(found, offsets)


def _classify_all(model: Model, articles: list[Any], limit: int, evidence: bool) -> list[dict[str, Any]]:
    results = []
    for data in articles:
        try:
            article = checked(schemas.Article, data)
            if len(article.text.encode()) > limit:
                raise Problem("too-large", f"The text is over the limit of {limit} bytes.", "text")
            results.append(_classify(model, article, {"title": 0, "text": 0} if evidence else None))
        except Problem as problem:
            results.append({"id": _id_of(data), "error": problem.to_json()})
    return results


def _id_of(data: Any) -> schemas.Id | None:
    try:
        return checked(schemas.Article, {"text": "-", "id": data["id"]}).id
    except (Problem, TypeError, KeyError, IndexError):
        return None


def _classify_page(model: Model, page: schemas.Page) -> list[dict[str, Any]]:
    thresholds = check_thresholds(page.thresholds, model.answers)
    return [
        answers.page_item(item, model.classify_one(as_sent(item), thresholds), model.version)
        for item in split_page(page.text)
    ]
