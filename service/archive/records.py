"""The check of a record: the article in it, or what is wrong with it."""

import json
from typing import Any, NamedTuple

from pydantic_core import from_json

from service.text.decode import TextError, check_characters, decode, is_blank
from service.text.headline import headline_span
from service.text.html import strip_html
from service.text.reading import Sent

_ID = "The field id must be a string of up to 200 characters, or an integer."


class Record(NamedTuple):
    """A record of the archive."""

    source: str
    row: int
    id: str | None
    article: Sent | str
    """What is wrong with it, where it is no article."""


class _RecordError(ValueError):
    pass


def check_line(line: bytes | str, limit: int) -> tuple[str | None, Sent | str]:
    """Return the id and the article of a line of JSON; what is wrong with it, where it is none.

    `limit` is of the text, in bytes.
    """
    if isinstance(line, str):
        return None, line
    try:
        fields = _parse(line)
    except (_RecordError, TextError) as error:
        return None, str(error)
    if not isinstance(fields, dict):
        return None, "The line is no JSON object."
    return check_fields(fields.get("text"), fields.get("title"), fields.get("id"), fields.get("format"), limit)


def check_fields(text: Any, title: Any, id: Any, format: Any, limit: int) -> tuple[str | None, Sent | str]:
    """Return the id and the article of a record's fields; what is wrong with it, where it is none."""
    name = None
    try:
        name = _name(id)
        if text is None:
            raise _RecordError("The field text is missing.")
        if format not in (None, "text", "html"):
            raise _RecordError("The field format must be text or html.")
        return name, _article("" if title is None else _string("title", title), _string("text", text), format, limit)
    except (_RecordError, TextError) as error:
        return name, str(error)


def check_bare(data: bytes, limit: int) -> Sent | str:
    """Return the article that a text file is, its headline as the first line; what is wrong with it, if it is none."""
    if len(data) > limit:
        return _too_large(limit)
    try:
        text = decode(data)
        check_characters(text)
        _article("", text, None, limit)
    except (_RecordError, TextError) as error:
        return str(error)
    start, end = headline_span(text)
    return Sent(text[start:end], text[end:])


def _parse(line: bytes) -> Any:
    try:
        return from_json(line, cache_strings=False)
    except ValueError:
        text = decode(line)  # it may be GB18030, begin with a mark, or hold half a surrogate pair, which we name
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _RecordError(f"The line is no JSON: {error.msg} at character {error.pos}.") from None
    except (ValueError, RecursionError):
        raise _RecordError("The line is nested too deeply, or holds a number that is too long.") from None


def _name(id: Any) -> str | None:
    if id is None:
        return None
    if isinstance(id, int) and not isinstance(id, bool) and -(2**63) <= id < 2**63:
        return str(id)
    if isinstance(id, bool | int) or len(name := _string("id", id)) > 200:
        raise _RecordError(_ID)
    return name


def _string(field: str, value: Any) -> str:
    if isinstance(value, bytes):  # of a Parquet file whose writer did not say that it is text
        value = decode(value)
    if not isinstance(value, str):
        raise _RecordError(_ID if field == "id" else f"The field {field} must be a string.")
    try:
        check_characters(value)
    except TextError as error:
        raise _RecordError(f"The field {field}: {error}") from None
    return value


def _article(title: str, text: str, format: str | None, limit: int) -> Sent:
    if 4 * len(text) > limit and len(text.encode()) > limit:
        raise _RecordError(_too_large(limit))
    if is_blank(text):
        raise _RecordError("The text holds nothing that a reader could see.")
    html = format == "html"
    if html and is_blank(strip_html(text)):
        raise _RecordError("Without its markup the text holds nothing that a reader could see.")
    return Sent(title, text, html)


def _too_large(limit: int) -> str:
    return f"The text is over the limit of {limit} bytes."
