"""The gate that long work passes: a few threads, a short queue, and a plain refusal when it is full."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from service.api.errors import Problem

P = ParamSpec("P")
T = TypeVar("T")


class Gate:
    """Lets so much work in, so that a burst of long texts neither stops short ones nor fills the memory."""

    def __init__(self, threads: int, waiting: int) -> None:
        """`threads` work at once, and so many more may wait."""
        self._threads = CapacityLimiter(threads)
        self._room = threads + waiting

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `work` returns, done in a thread. Raises Problem at once when too much waits already."""
        self.check()
        self._room -= 1
        try:
            return await self.wait(work, *args, **kwargs)
        finally:
            self._room += 1

    async def wait(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `work` returns, done in a thread, however long it takes to get one."""
        return await to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self._threads)

    def check(self) -> None:
        """Raise Problem when too much waits already."""
        if not self._room:
            raise Problem("busy", "Too much work is waiting already. Try again in a moment.")
