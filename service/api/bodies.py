"""Read what was sent: counted as it streams, decoded from its declared charset, checked field by field."""

import json
from collections.abc import Mapping, Sequence
from email.message import Message
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json
from starlette.requests import ClientDisconnect

from service.api.errors import Problem
from service.text.decode import TextError, check_characters, decode, is_blank

Body = TypeVar("Body", bound=BaseModel)

_TEXT_PROBLEMS = {"charset": "unknown-charset", "bytes": "undecodable", "character": "bad-character"}
_TYPES = {"string_type": "a string", "list_type": "a list", "literal_error": "text or html"}


async def read_body(request: Request, limit: int) -> Any:
    """Return the body: a str for text/plain, what JSON holds for application/json.

    Raises Problem when it is larger than `limit` bytes, of another type, undecodable, or no JSON.
    """
    media_type, charset = media_type_of(request)
    is_json = media_type == "application/json" or media_type.endswith("+json")
    if not is_json and media_type != "text/plain":
        raise Problem("unsupported-media-type", "Send application/json, or text/plain with its charset.")
    check_encoding(request)
    data = await _read(request, limit)
    if is_json and charset == "utf-8":
        return parse(data)
    try:
        text = decode(data, charset)
    except TextError as error:
        raise _text_problem(error) from None
    return parse(text.encode()) if is_json else text


def media_type_of(request: Request) -> tuple[str, str]:
    """Return the media type and the charset that a request declares."""
    declared = request.headers.get("content-type", "")
    if declared == "application/json":  # as nearly all do
        return declared, "utf-8"
    header = Message()
    header["content-type"] = declared
    return declared.split(";")[0].strip().lower(), str(header.get_param("charset", "utf-8"))


def check_encoding(request: Request) -> None:
    """Raise Problem when the body is compressed."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Problem("unsupported-media-type", "Send the body as it is, without a content encoding.")


async def _read(request: Request, limit: int) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise _too_large(limit)
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > limit:
                raise _too_large(limit)
    except ClientDisconnect:
        raise Problem("bad-request", "The body ended before it was whole.") from None
    return bytes(data)


def _too_large(limit: int) -> Problem:
    return Problem("too-large", f"The body is over the limit of {limit} bytes.")


def parse(data: bytes) -> Any:
    """Return what JSON in UTF-8 holds. Raises Problem when it is none."""
    try:
        return from_json(data)
    except ValueError:
        pass  # the standard library's reader takes half a surrogate pair, which is told better later on
    try:
        return json.loads(decode(data, "utf-8"))
    except TextError as error:
        raise _text_problem(error) from None
    except json.JSONDecodeError as error:
        raise Problem("malformed-json", f"{error.msg} at line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError):
        raise Problem("malformed-json", "It is nested too deeply, or holds a number that is too long.") from None


def checked(schema: type[Body], data: Any) -> Body:
    """Return `data` as `schema`. Raises Problem when a field is missing, of the wrong type, damaged, or blank."""
    if not isinstance(data, dict):
        raise Problem("wrong-type", "A JSON object is wanted here.")
    try:
        body = schema.model_validate(data, strict=True)
    except ValidationError as error:
        raise _field_problem(error) from None
    for field, value in body:
        if isinstance(value, str):
            check_text(field, value)
    return body


def check_text(field: str, value: str) -> None:
    """Raise Problem when `value` is damaged, or is the text and blank."""
    try:
        check_characters(value)
    except TextError as error:
        raise _text_problem(error, field) from None
    if field == "text" and is_blank(value):
        raise Problem("blank-text", "The text holds nothing that a reader could see.", field)


def check_thresholds(thresholds: Mapping[str, float] | None, answers: Sequence[str]) -> Mapping[str, float]:
    """Return a request's own thresholds. Raises Problem when one is out of range or of none of the model's answers."""
    for answer, threshold in (thresholds or {}).items():
        if answer not in answers:
            known = ", ".join(answers)
            raise Problem("unknown-category", f"The model answers {known}. A threshold is of another.", "thresholds")
        if not 0 <= threshold <= 1:
            raise Problem("bad-threshold", f"The threshold of {answer} must be a number from 0 to 1.", "thresholds")
    return thresholds or {}


def _text_problem(error: TextError, field: str | None = None) -> Problem:
    return Problem(_TEXT_PROBLEMS[error.reason], str(error), field)


def _field_problem(error: ValidationError) -> Problem:
    first = error.errors(include_input=False, include_url=False)[0]
    field = str(first["loc"][0])
    if field == "id":
        return Problem("wrong-type", "The field id must be a string of up to 200 characters, or an integer.", field)
    if first["type"] == "missing":
        return Problem("missing-field", f"The field {field} is missing.", field)
    if field == "thresholds":
        return Problem("bad-threshold", "The field thresholds must hold a number from 0 to 1 for a category.", field)
    wanted = _TYPES.get(first["type"])
    return Problem("wrong-type", f"The field {field} {f'must be {wanted}' if wanted else 'is not valid'}.", field)
