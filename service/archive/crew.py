"""The workers: processes of this machine, or of a Dask cluster."""

import contextlib
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from joblib import Parallel, delayed, parallel_config
from joblib.externals.loky.process_executor import BrokenProcessPool

from service.archive.place import ArchiveError

AGAIN = "The finished parts are kept: run the same command again to continue."
_AHEAD = "2*n_jobs"
"""Shards cut before a worker is free for them; further ones would only take memory."""


def run_local(work: Callable[..., Any], items: Iterable[tuple[Any, ...]], workers: int | None) -> Iterator[Any]:
    """Yield what `work` gives for each of `items`, as it is done, in so many processes (None: one a core).

    Raises ArchiveError when a worker is killed.
    """
    with parallel_config(backend="loky", n_jobs=workers or -1, initializer=_ignore_interrupt):
        try:
            yield from _run(work, items)
        except BrokenProcessPool:
            raise ArchiveError(
                f"A worker was killed, for want of memory perhaps; with fewer --workers it takes less. {AGAIN}"
            ) from None


def run_cluster(work: Callable[..., Any], items: Iterable[tuple[Any, ...]], scheduler: str) -> Iterator[Any]:
    """Yield what `work` gives for each of `items`, as it is done on the Dask cluster of a scheduler.

    Items of a worker that is lost are done again by others. Raises ArchiveError where there is no cluster, or an item
    took several workers with it.
    """
    try:
        import dask
        from distributed import Client, KilledWorker
    except ImportError:
        raise ArchiveError('--cluster needs Dask: pip install "lanmu[cluster]".') from None
    # The lines of a compressed file travel with their shard.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        try:
            client = Client(scheduler, timeout=10)
        except (OSError, ValueError) as error:
            raise ArchiveError(f"There is no Dask scheduler at {scheduler}: {error}") from None
        with client, parallel_config(backend="dask", n_jobs=-1):
            try:
                yield from _run(work, items)
            except KilledWorker:
                raise ArchiveError(f"A shard took several workers of the cluster with it. {AGAIN}") from None


def _run(work: Callable[..., Any], items: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    failed: list[Exception] = []

    def whole() -> Iterator[tuple[Any, ...]]:
        # joblib takes items in a thread of its own, where an exception would be lost.
        try:
            yield from items
        except Exception as error:
            failed.append(error)

    parallel = Parallel(return_as="generator_unordered", pre_dispatch=_AHEAD, batch_size=1)
    results = parallel(delayed(work)(*item) for item in whole())
    with contextlib.closing(results), warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*adjusting the input task iterator")  # leaving early is meant
        yield from results
    if failed:
        raise failed[0]


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the main process ends the others
