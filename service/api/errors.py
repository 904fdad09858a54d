"""Every error the API answers with, as RFC 9457 problem details; none repeats what was sent."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:lanmu:problem:"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status, its title, and an example of what its detail says."""

    status: int
    title: str
    example: str


KINDS = {
    "blank-text": Kind(422, "The text is empty", "The text holds nothing that a reader could see."),
    "missing-field": Kind(422, "A field is missing", "The field text is missing."),
    "wrong-type": Kind(422, "A field has the wrong type", "The field text must be a string."),
    "bad-character": Kind(422, "The text is damaged", "The text holds a NUL character at character 12."),
    "bad-threshold": Kind(
        422, "A threshold cannot be used", "The threshold of public_security must be a number from 0 to 1."
    ),
    "unknown-category": Kind(
        422,
        "There is no such category",
        "The model answers civic_practice, …, none. A threshold is of another.",
    ),
    "malformed-json": Kind(400, "The body is not JSON", "Expecting ',' delimiter at line 1, column 31."),
    "undecodable": Kind(400, "The body cannot be decoded", "The bytes are not gb18030: byte 7 cannot be read."),
    "unknown-charset": Kind(415, "The charset is not known", "The declared charset is not known. Known ones: utf-8, …"),
    "unsupported-media-type": Kind(
        415, "The content type is not supported", "Send application/json, or text/plain with its charset."
    ),
    "too-large": Kind(413, "The body is too large", "The body is over the limit of 1000000 bytes."),
    "too-many-articles": Kind(413, "The batch is too large", "The batch has more than 10000 articles."),
    "busy": Kind(503, "The service is busy", "Too much work is waiting already. Try again in a moment."),
    "not-found": Kind(404, "There is nothing here", "The API is described at /docs."),
    "method-not-allowed": Kind(405, "The method is not allowed here", "The API is described at /docs."),
    "bad-request": Kind(400, "The request is not valid", "The request cannot be understood."),
    "internal": Kind(500, "The service failed", "The fault is on our side, and in the log. Try again."),
}


class Problem(Exception):  # noqa: N818 (RFC 9457 calls it a problem)
    """A request that cannot be answered."""

    def __init__(self, kind: str, detail: str, field: str | None = None) -> None:
        """`kind` is a key of KINDS; `field` names the field at fault, where there is one."""
        super().__init__(detail)
        self.kind = kind
        self.field = field

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS[self.kind].status

    def to_json(self) -> dict[str, Any]:
        """Return the problem details."""
        kind = KINDS[self.kind]
        body = {"type": TYPE + self.kind, "title": kind.title, "status": kind.status, "detail": str(self)}
        return body | ({"field": self.field} if self.field else {})


def example(kind: str) -> dict[str, Any]:
    """Return problem details as an example for the API's description."""
    return Problem(kind, KINDS[kind].example).to_json()


def render(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return the answer to a request that has a problem."""
    return JSONResponse(problem.to_json(), problem.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make `app` answer every error as problem details."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(Exception, _internal)


def answer(problem: Problem) -> JSONResponse:
    """Return the answer to a request that has a problem, and what the client is to do about it."""
    # A body that is not wanted was not read to its end: without the close, the server would go on reading it.
    headers = {"Connection": "close"} if problem.status in (413, 415) else {}
    return render(problem, headers | ({"Retry-After": "1"} if problem.kind == "busy" else {}))


def _problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return answer(error)


def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kinds = {404: "not-found", 405: "method-not-allowed"}
    kind = kinds.get(error.status_code, "bad-request" if error.status_code < 500 else "internal")
    return render(Problem(kind, KINDS[kind].example), dict(error.headers or {}))


def _validation(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    field = str(first["loc"][-1])
    return render(Problem("bad-request", f"The parameter {field} is not valid: {first['msg']}.", field))


def _internal(_: Request, error: Exception) -> JSONResponse:
    return render(Problem("internal", KINDS["internal"].example))
