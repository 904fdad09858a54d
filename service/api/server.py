"""The server process, or several: uvicorn on uvloop and httptools."""

import os
from typing import Any

import uvicorn
from fastapi import FastAPI

from service.api.app import create_app
from service.model.folder import ModelFolder
from service.settings import Settings

_VERSION = "LANMU_SERVED_VERSION"
"""Tells a worker which model version to serve: all serve the same, whatever becomes current while one starts."""


def run(settings: Settings, version: str) -> None:
    """Serve a model version until the process is told to stop. Raises ModelError when it is damaged."""
    model = ModelFolder(settings.models).load(version)
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "server_header": False,
        "access_log": False,
    }
    if settings.workers == 1:
        uvicorn.run(create_app(settings, model), **options)
        return
    # A worker is a process of its own, which starts anew: what it needs to know, it reads from the environment.
    os.environ |= {f"LANMU_{name.upper()}": str(value) for name, value in settings.model_dump().items()}
    os.environ[_VERSION] = version
    del model  # it is whole: each worker maps its arrays itself, from the same pages of memory
    uvicorn.run(f"{__name__}:worker_app", factory=True, workers=settings.workers, **options)


def worker_app() -> FastAPI:
    """Return the application of a worker process."""
    settings = Settings()
    return create_app(settings, ModelFolder(settings.models).load(os.environ[_VERSION]))
