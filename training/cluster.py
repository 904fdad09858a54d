"""Share out counting and cross-validation among the workers of a Dask cluster, by joblib's Dask backend."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from joblib import parallel_config

_PATIENCE = 10
"""Seconds to wait for the scheduler."""


class ClusterError(RuntimeError):
    """A cluster that cannot be used; the message says why, and what to do."""


@contextmanager
def on_cluster(address: str) -> Iterator[None]:
    """Within, tasks go to the workers of the scheduler at `address` (tcp://host:8786); to this machine's, if empty.

    Raises ClusterError when `distributed` is not installed, the scheduler does not answer, it has no workers, or they
    have another version of this package than this machine.
    """
    if not address:
        yield
        return
    with _client(address) as client:
        _check_workers(client, address)
        with parallel_config("dask"):
            yield


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("--cluster needs Dask, which is not installed: pip install 'lanmu[cluster]'.") from None
    try:
        return Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise ClusterError(f"The scheduler at {address} cannot be reached: {error}.") from None


def _check_workers(client: Any, address: str) -> None:
    own = version("lanmu")
    try:
        versions = client.run(version, "lanmu")
    except ModuleNotFoundError:
        raise ClusterError(
            f"Lanmu is not installed on every worker of {address}: it has to be {own} on each."
        ) from None
    if not versions:
        raise ClusterError(f"The scheduler at {address} has no workers.")
    if other := {worker: found for worker, found in versions.items() if found != own}:
        worker, found = min(other.items())
        raise ClusterError(f"The worker {worker} has Lanmu {found}, this machine {own}: they have to be the same.")
