"""What the API's description says of bodies and errors: a schema and an example of each."""

import json
from typing import Any, NamedTuple

from pydantic import BaseModel

from service.api import schemas
from service.api.errors import KINDS, MEDIA_TYPE, TYPE, example
from service.api.ndjson import MEDIA_TYPE as NDJSON

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
    "bad-threshold",
    "unknown-category",
    "bad-request",
    "busy",
    "internal",
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

_CATEGORIES = {
    "model": "20261123T101500Z-3f2a9c",
    "categories": [
        {
            "id": "public_security",
            "names": {"zh": "公安", "en": "Public security"},
            "belongs": "各类警务:派出所、交警、反诈……",
            "excludes": "法院和检察院;外国警察……",
            "codes": {"medtop": {"primary": "20000129", "also": ["20000133"], "top": "02000000"}},
            "threshold": 0.52,
            "review": 0.5,
            "learnt": True,
        }
    ],
    "none": {"assign": 0.7, "review": 0.5, "learnt": True},
    "vocabularies": {"medtop": {"name": "IPTC Media Topics", "uri": "", "checked": "2019-04-06"}},
}


class _Call(NamedTuple):
    summary: str
    answer: Any
    problems: tuple[str, ...] = ("internal",)
    schema: type[BaseModel] | None = None
    body: Any = None
    text: str | None = None
    lines: str | None = None
    evidence: bool = False


_EVIDENCE = {
    "name": "evidence",
    "in": "query",
    "description": "Add the words and sentences behind the answer.",
    "schema": {"type": "boolean", "default": False},
}

_CALLS = {
    "classify": _Call(
        "Score one article",
        _ANSWER,
        _BODY_PROBLEMS,
        schemas.Article,
        _ARTICLE,
        f"{_ARTICLE['title']}\n{_ARTICLE['text']}",
        evidence=True,
    ),
    "batch": _Call(
        "Score many articles",
        {"results": [_ANSWER, {"id": "a2", "error": example("missing-field")}]},
        (*_BODY_PROBLEMS, "too-many-articles"),
        schemas.Batch,
        {"articles": [_ARTICLE, {"id": "a2"}]},
        lines="".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (_ARTICLE, {"id": "a2"})),
        evidence=True,
    ),
    "pages": _Call(
        "Split a page, score its articles",
        {"articles": [_ANSWER | _ITEM | {"id": None, "text": "本报讯(李明)5月6日,民警走进中学。"}]},
        _BODY_PROBLEMS,
        schemas.Page,
        {"text": _PAGE},
        _PAGE,
    ),
    "categories": _Call("The categories", _CATEGORIES),
    "livez": _Call("Does the process answer?", {"status": "alive"}, ("internal",)),
    "readyz": _Call("Is a model loaded?", {"status": "ready", "model": "20261123T101500Z-3f2a9c"}),
}

_PROBLEM = schemas.ProblemDetails.model_json_schema()


def introduction() -> str:
    """Return the text at the head of the description: what it is, and every kind of problem with an example."""
    rows = (f"| `{name}` | {kind.status} | {kind.title} | {kind.example} |" for name, kind in KINDS.items())
    return "\n".join(
        (
            "Files each Chinese news article under its section: scores, and a decision.",
            "",
            f"Errors are RFC 9457 problem details (`{MEDIA_TYPE}`); `type` is `{TYPE}` and a name of this list.",
            "",
            "| name | status | title | detail, for example |",
            "|---|---|---|---|",
            *rows,
        )
    )


def describe(name: str) -> dict[str, Any]:
    """Return what a route's decorator needs to describe the call's body, answer and errors."""
    call = _CALLS[name]
    responses = {200: {"content": {"application/json": {"example": call.answer}}}, **problems(*call.problems)}
    described: dict[str, Any] = {"summary": call.summary, "responses": responses}
    if call.schema:
        content = {"application/json": {"schema": call.schema.model_json_schema(), "example": call.body}}
        if call.text is not None:
            content["text/plain"] = {"schema": {"type": "string"}, "example": call.text}
        if call.lines is not None:
            content[NDJSON] = {"schema": {"type": "string"}, "example": call.lines}
            responses[200]["content"][NDJSON] = {"schema": {"type": "string"}}
        described["openapi_extra"] = {"requestBody": {"required": True, "content": content}}
        if call.evidence:
            described["openapi_extra"]["parameters"] = [_EVIDENCE]
    return described


def problems(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of problems, by their status, each with an example."""
    statuses: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        status = statuses.setdefault(
            KINDS[kind].status,
            {
                "description": KINDS[kind].title,
                "content": {MEDIA_TYPE: {"schema": _PROBLEM, "examples": {}}},
            },
        )
        status["content"][MEDIA_TYPE]["examples"][kind] = {"summary": KINDS[kind].title, "value": example(kind)}
    return statuses
