"""The calls of the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from service.api import schemas
from service.api.bodies import check_text, checked, read_body
from service.api.documentation import describe
from service.api.errors import Problem
from service.model.model import Model
from service.settings import Settings
from service.text.decode import is_blank
from service.text.headline import split_headline
from service.text.normalise import normalise
from service.text.page import split_page

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


@classification.post(
    "/classify",
    response_model=schemas.Answer,
    **describe("classify"),
)
async def classify(request: Request, settings: Configured, model: Loaded) -> Any:
    """Score one article for every category.

    Send JSON, or the bare text as `text/plain` in its declared charset, its headline as the first line.
    """
    body = await read_body(request, settings.article_bytes)
    if isinstance(body, str):
        check_text("text", body)
        title, text = split_headline(body)
        article = schemas.Article(title=title, text=text)
    else:
        article = checked(schemas.Article, body)
    return JSONResponse(await run_in_threadpool(_classify, model, article))


@classification.post(
    "/classify/batch",
    response_model=schemas.BatchAnswer,
    **describe("batch"),
)
async def classify_batch(request: Request, settings: Configured, model: Loaded) -> Any:
    """Score many articles; a bad one fails alone."""
    body = await read_body(request, settings.batch_bytes)
    if isinstance(body, str):
        raise Problem("unsupported-media-type", "Send a batch as application/json.")
    batch = checked(schemas.Batch, body)
    if len(batch.articles) > settings.batch_articles:
        raise Problem("too-many-articles", f"The batch has more than {settings.batch_articles} articles.")
    results = await run_in_threadpool(_classify_all, model, batch.articles, settings.article_bytes)
    return JSONResponse({"results": results})


@classification.post(
    "/pages",
    response_model=schemas.PageAnswer,
    **describe("pages"),
)
async def pages(request: Request, settings: Configured, model: Loaded) -> Any:
    """Split a newspaper page into its articles and captions, and score each."""
    body = await read_body(request, settings.article_bytes)
    page = checked(schemas.Page, {"text": body} if isinstance(body, str) else body)
    return JSONResponse({"articles": await run_in_threadpool(_classify_page, model, page.text)})


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
                "threshold": thresholds[category["id"]],
            }
            for category in taxonomy["categories"]
        ],
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


def _classify(model: Model, article: schemas.Article) -> dict[str, Any]:
    if article.format == "html" and is_blank(normalise(article.text, html=True)):
        raise Problem("blank-text", "Without its markup the text holds nothing that a reader could see.", "text")
    given = model.classify(article.title or "", article.text, html=article.format == "html")
    return schemas.answer(given, model.version, article.id)


def _classify_all(model: Model, articles: list[Any], limit: int) -> list[dict[str, Any]]:
    results = []
    for data in articles:
        try:
            article = checked(schemas.Article, data)
            if len(article.text.encode()) > limit:
                raise Problem("too-large", f"The text is over the limit of {limit} bytes.", "text")
            results.append(_classify(model, article))
        except Problem as problem:
            results.append({"id": _id_of(data), "error": problem.to_json()})
    return results


def _id_of(data: Any) -> schemas.Id | None:
    try:
        return checked(schemas.Article, {"text": "-", "id": data["id"]}).id
    except (Problem, TypeError, KeyError, IndexError):
        return None


def _classify_page(model: Model, text: str) -> list[dict[str, Any]]:
    return [schemas.page_item(item, model.classify_item(item), model.version) for item in split_page(text)]
