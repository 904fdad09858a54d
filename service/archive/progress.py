"""How far a run is: a bar on a terminal, a line now and then elsewhere."""

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from service.archive.classify import Done

_EVERY = 30
"""Seconds between lines."""


class Meter:
    """How far a run is, told on stderr."""

    def __init__(self, size: int) -> None:
        """`size` is of the archive, in bytes."""
        self._size = size
        self._console = Console(stderr=True, highlight=False)
        columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
        self._bar = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("", total=size)
        self._kept = self._done = self.articles = self.errors = 0
        self._started = self._told = time.monotonic()

    def __enter__(self) -> "Meter":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return time.monotonic() - self._started

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / max(self.seconds, 1e-9)

    def keep(self, size: int) -> None:
        """Count a shard whose part was there."""
        self._kept += size

    def add(self, done: Done) -> None:
        """Count a shard that was classified, and tell."""
        self._done += done.size
        self.articles += done.articles
        self.errors += done.errors
        left = self.seconds * (self._size - self._kept - self._done) / max(self._done, 1)
        text = f"{self.articles:,} articles, {self.rate:,.0f} a second, {_clock(left)} left"
        self._bar.update(self._task, completed=self._kept + self._done, description=text)
        if self._bar.disable and time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            self._console.print(f"{(self._kept + self._done) / max(self._size, 1):.0%}: {text}", soft_wrap=True)


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
