"""The short way to an endpoint: finding it by FastAPI's routes costs as much as half of an article's scores."""

from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service.api.errors import Problem, answer

Endpoint = Callable[[Request], Awaitable[Response]]


class Direct:
    """Calls one endpoint itself; every other request goes on to the application, which describes it to its users."""

    def __init__(self, app: ASGIApp, method: str, path: str, endpoint: Endpoint) -> None:
        self._app = app
        self._method = method
        self._path = path
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != self._method:
            await self._app(scope, receive, send)
            return
        try:
            response = await self._endpoint(Request(scope, receive))
        except Problem as problem:
            response = answer(problem)
        await response(scope, receive, send)
