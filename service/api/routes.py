"""The calls of the API."""

from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from service.api import ndjson, schemas
from service.api.bodies import check_encoding, checked, media_type_of, read_body
from service.api.classification import answer, answer_all, answer_page, asked_of_json, asked_of_text
from service.api.documentation import describe
from service.api.errors import Problem
from service.api.gate import Gate
from service.model.model import Model
from service.model.taxonomy import NONE
from service.settings import Settings

INLINE = 5_000
"""Characters up to which a text is answered at once, in some milliseconds: a thread would cost a short one as much."""

classification = APIRouter(tags=["classification"])
state = APIRouter(tags=["state"])

_YES_OR_NO = TypeAdapter(bool)


def _with_evidence(request: Request) -> bool:
    """Return what the parameter `evidence` says. Raises Problem when it is neither yes nor no.

    Read by hand: declared to FastAPI it would cost a request as much as the check of its body.
    """
    if not request.scope["query_string"]:
        return False
    try:
        return _YES_OR_NO.validate_python(request.query_params.get("evidence", False))
    except ValidationError:
        raise Problem("bad-request", "The parameter evidence is not valid: say true or false.", "evidence") from None


class Context:
    """What the calls work with."""

    def __init__(self, settings: Settings, model: Model) -> None:
        self.settings = settings
        self.model = model
        self.gate = Gate(settings.threads, settings.waiting)

    @staticmethod
    def of(request: Request) -> "Context":
        """Return the context of the application that a request is sent to."""
        app: FastAPI = request.app
        context: Context = app.state.context
        return context


def _json(data: Any) -> Response:
    return Response(to_json(data), media_type="application/json")


@classification.post("/classify", response_model=schemas.Answer, **describe("classify"))
async def classify(request: Request) -> Any:
    """Score one article for every category.

    Send JSON, or the bare text as `text/plain` in its declared charset, its headline as the first line.
    """
    context = Context.of(request)
    model = context.model
    evidence = _with_evidence(request)
    body = await read_body(request, context.settings.article_bytes)
    asked = asked_of_text(body) if isinstance(body, str) else asked_of_json(body, model)
    if len(asked.sent.title) + len(asked.sent.text) <= INLINE:
        return _json(answer(model, asked, evidence))
    return _json(await context.gate.run(answer, model, asked, evidence))


@classification.post("/classify/batch", response_model=schemas.BatchAnswer, **describe("batch"))
async def classify_batch(request: Request) -> Any:
    """Score many articles; a bad one fails alone.

    As JSON they are answered together; as NDJSON, an article a line, each line is answered by a line while more come
    in, without an end: read the answers while you send.
    """
    context = Context.of(request)
    model, settings = context.model, context.settings
    evidence = _with_evidence(request)
    if media_type_of(request)[0] in ndjson.MEDIA_TYPES:
        check_encoding(request)
        context.gate.check()
        work = partial(answer_all, model, limit=settings.article_bytes, evidence=evidence)
        return ndjson.Answers(ndjson.answered(request, context.gate, settings.article_bytes, work))
    body = await read_body(request, settings.batch_bytes)
    if isinstance(body, str):
        raise Problem("unsupported-media-type", "Send a batch as application/json, or as application/x-ndjson.")
    batch = checked(schemas.Batch, body)
    if len(batch.articles) > settings.batch_articles:
        raise Problem("too-many-articles", f"The batch has more than {settings.batch_articles} articles.")
    work = partial(answer_all, model, batch.articles, settings.article_bytes, evidence)
    return _json({"results": await context.gate.run(work)})


@classification.post("/pages", response_model=schemas.PageAnswer, **describe("pages"))
async def pages(request: Request) -> Any:
    """Split a newspaper page into its articles and captions, and score each."""
    context = Context.of(request)
    model = context.model
    body = await read_body(request, context.settings.article_bytes)
    page = checked(schemas.Page, {"text": body} if isinstance(body, str) else body)
    return _json({"articles": await context.gate.run(answer_page, model, page)})


@classification.get("/categories", response_model=schemas.Categories, **describe("categories"))
async def categories(request: Request) -> Any:
    """The categories, their names, definitions, outside codes and thresholds."""
    model = Context.of(request).model
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
async def readyz(request: Request) -> Any:
    """Whether a model is loaded, and which."""
    return schemas.Ready(model=Context.of(request).model.version)
