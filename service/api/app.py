"""The FastAPI application."""

from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from starlette.types import Scope

from service import __version__
from service.api import errors, routes
from service.api.direct import Direct
from service.api.documentation import introduction
from service.model.model import Model
from service.settings import Settings

_WEB = Path(__file__).resolve().parents[1] / "web"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


_PAGE_HEADERS = {"Content-Security-Policy": _PAGE_POLICY}


class _WebFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_PAGE_HEADERS)
        return response


def create_app(settings: Settings, model: Model) -> FastAPI:
    """Return the application, which answers with `model`."""
    app: FastAPI = FastAPIOffline(
        title="Lanmu 栏目",
        version=__version__,
        description=introduction(),
        redoc_url=None,
        static_url="/docs/assets",
        swagger_ui_oauth2_redirect_url="/docs/redirect",
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nothing leaves the newsroom
    )
    app.state.context = routes.Context(settings, model)
    errors.install(app)
    app.add_middleware(Direct, method="POST", path="/classify", endpoint=routes.classify)
    app.include_router(routes.classification)
    app.include_router(routes.state)
    app.mount("/web", _WebFiles(directory=_WEB))

    @app.get("/", include_in_schema=False)
    def page() -> Response:
        return FileResponse(_WEB / "index.html", headers=_PAGE_HEADERS)

    return app
