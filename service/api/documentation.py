"""What the API's description says of bodies and errors: a schema and an example of each."""

from typing import Any

from pydantic import BaseModel

from service.api import schemas
from service.api.errors import KINDS, MEDIA_TYPE, example

_BODY_PROBLEMS = (
    "malformed-json",
    "undecodable",
    "too-large",
    "unknown-charset",
    "unsupported-media-type",
    "blank-text",
    "missing-field",
    "wrong-type",
    "bad-character",
    "not-ready",
)
_ARTICLE = {"id": "a1", "title": "民警进校园讲反诈", "text": "5月6日,民警走进中学,用身边的案例给学生讲怎样识破骗局。"}
_PAGE = "民警进校园讲反诈\n\n本报讯(李明)5月6日,民警走进中学。\n\n图为宣讲现场。 王芳摄"
_ANSWER = {
    "id": "a1",
    "model": "20261123T101500Z-3f2a9c",
    "decision": "assign",
    "category": "public_security",
    "categories": ["public_security"],
    "scores": {
        "public_security": 0.982,
        "civic_practice": 0.041,
        "banking_welfare": 0.006,
        "tourism_safety": 0.004,
        "party_history_education": 0.003,
    },
    "none": 0.011,
}
_ITEM = {"kind": "article", "title": "民警进校园讲反诈", "subtitle": "", "byline": "李明", "start": 0, "end": 30}

_CALLS: dict[str, tuple[str, type[BaseModel], Any, str | None, Any]] = {
    "classify": ("Score one article", schemas.Article, _ARTICLE, f"{_ARTICLE['title']}\n{_ARTICLE['text']}", _ANSWER),
    "batch": (
        "Score many articles",
        schemas.Batch,
        {"articles": [_ARTICLE, {"id": "a2"}]},
        None,
        {"results": [_ANSWER, {"id": "a2", "error": example("missing-field")}]},
    ),
    "pages": (
        "Split a page, score its articles",
        schemas.Page,
        {"text": _PAGE},
        _PAGE,
        {"articles": [_ANSWER | _ITEM | {"id": None, "text": "本报讯(李明)5月6日,民警走进中学。"}]},
    ),
}


def describe(call: str) -> dict[str, Any]:
    """Return what a route's decorator needs to describe the call's body, answer and errors."""
    summary, schema, body, text, answer = _CALLS[call]
    content: dict[str, Any] = {"application/json": {"schema": schema.model_json_schema(), "example": body}}
    if text is not None:
        content["text/plain"] = {"schema": {"type": "string"}, "example": text}
    kinds = _BODY_PROBLEMS + (("too-many-articles",) if call == "batch" else ())
    return {
        "summary": summary,
        "openapi_extra": {"requestBody": {"required": True, "content": content}},
        "responses": {200: {"content": {"application/json": {"example": answer}}}, **problems(*kinds)},
    }


def problems(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of problems, by their status, each with an example."""
    statuses: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        status = statuses.setdefault(
            KINDS[kind].status,
            {
                "description": KINDS[kind].title,
                "content": {MEDIA_TYPE: {"schema": schemas.ProblemDetails.model_json_schema(), "examples": {}}},
            },
        )
        status["content"][MEDIA_TYPE]["examples"][kind] = {"summary": KINDS[kind].title, "value": example(kind)}
    return statuses
