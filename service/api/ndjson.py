"""Batches as NDJSON: an article a line in, an answer a line out, whatever their number."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic_core import to_json
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from service.api.bodies import parse
from service.api.errors import Problem
from service.api.gate import Gate

MEDIA_TYPE = "application/x-ndjson"
MEDIA_TYPES = (MEDIA_TYPE, "application/ndjson", "application/jsonl", "application/jsonlines")

Rows = list[Any]


class Answers(StreamingResponse):
    """Answers that go out while articles still come in; a client that reads none of them is read no more of."""

    media_type = MEDIA_TYPE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answers. Unlike its parent it leaves the rest of the body to be read."""
        await self.stream_response(send)


async def answered(
    request: Request, gate: Gate, limit: int, work: Callable[[Rows], list[dict[str, Any]]]
) -> AsyncIterator[bytes]:
    """Yield the answers to the articles of a body as they come in; a line of more than `limit` bytes fails alone."""
    try:
        async for rows in _rows(request, limit):
            answers = await gate.wait(work, rows)
            yield b"".join(to_json(answer) + b"\n" for answer in answers)
    except ClientDisconnect:
        return


async def _rows(request: Request, limit: int) -> AsyncIterator[Rows]:
    """Yield what each piece of a body brings: its whole lines, parsed, or what is wrong with one."""
    too_long = Problem("too-large", f"The line is over the limit of {limit} bytes.")
    rest = b""
    skipping = False  # the rest of a line that is too long
    async for chunk in request.stream():
        lines = chunk.split(b"\n")
        lines[0] = rest + lines[0]
        *whole, rest = lines
        rows = []
        for line in whole:
            if skipping or len(line) > limit:
                rows.append(too_long)
            elif line.strip():
                rows.append(_row(line))
            skipping = False
        if len(rest) > limit or (skipping and not whole):
            rest, skipping = b"", True
        if rows:
            yield rows
    if skipping or rest.strip():
        yield [too_long if skipping else _row(rest)]


def _row(line: bytes) -> Any:
    try:
        return parse(line)
    except Problem as problem:
        return problem
