"""The server process, or several: uvicorn on uvloop and httptools.

It answered a tenth more articles a second than granian did, both with this application (November 2026).
"""

import gc
import multiprocessing
import os
import signal
from typing import Any

import uvicorn
from uvicorn import _subprocess
from uvicorn.supervisors import Multiprocess

from service.api.app import create_app
from service.model.folder import ModelFolder
from service.settings import Settings


def run(settings: Settings, version: str) -> None:
    """Serve a model version until the process is told to stop. Raises ModelError when it is damaged."""
    app = create_app(settings, ModelFolder(settings.models).load(version))
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "server_header": False,
        "access_log": False,
    }
    if settings.workers == 1:
        uvicorn.run(app, **options)
    else:
        _run_workers(uvicorn.Config(app, workers=settings.workers, **options))


def _run_workers(config: uvicorn.Config) -> None:
    """Serve by several processes, which share what this one has loaded.

    Uvicorn starts a worker anew, which takes it seconds and all the memory of a server; forked, it is ready at once.
    """
    _subprocess.spawn = multiprocessing.get_context("fork")  # type: ignore[assignment]  # it has no setting for it
    os.register_at_fork(after_in_child=_end_when_told)
    gc.freeze()  # or the first collection of a worker would copy every page that holds an object
    Multiprocess(config, sockets=[config.bind_socket()]).run()


def _end_when_told() -> None:
    # Until a worker serves, it would only note a signal, as its parent does, and never look.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
