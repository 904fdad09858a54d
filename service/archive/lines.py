"""Files of lines of JSON: cut between lines without reading JSON, and read line by line."""

import io
from collections.abc import Iterator
from typing import IO, Any

import numpy as np
import pyarrow as pa

from service.archive.inputs import Input
from service.archive.pieces import HELD, Piece

_BLOCK = 1 << 22
_BUFFER = 1 << 16


class PlainLines:
    """A file of lines, cut into ranges of bytes by counting line ends."""

    def __init__(self, file: Input, stream: IO[bytes]) -> None:
        """What is appended to the file meanwhile is not part of the archive."""
        self._file, self._stream, self._size = file, stream, file.size
        self.read = 0
        self._taken = 0
        self._scanned = 0
        self._ends = np.empty(0, dtype=np.int64)

    def take(self, most: int) -> Piece | None:
        """Return the next lines, `most` at the most; None at the end."""
        count, start = 0, self.read
        while count < most and self._find_ends():
            ends, self._ends = self._ends[: most - count], self._ends[most - count :]
            self.read = int(ends[-1])
            count += len(ends)
        piece = Piece(self._file, self._taken + 1, count, start) if count else None
        self._taken += count
        return piece

    def _find_ends(self) -> bool:
        """Tell whether there are further lines; their ends are in `_ends`."""
        while not len(self._ends) and self._scanned < self._size:
            block = self._stream.read(min(_BLOCK, self._size - self._scanned))
            if not block:
                break
            self._ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n")) + (self._scanned + 1)
            self._scanned += len(block)
            if self._scanned == self._size and not block.endswith(b"\n"):
                self._ends = np.append(self._ends, self._size)  # the last line may lack its end
        return len(self._ends) > 0


class PackedLines:
    """A compressed file of lines, which only a stream from its beginning can be cut from."""

    def __init__(self, file: Input, stream: IO[bytes], codec: str, limit: int) -> None:
        self._file, self._stream = file, stream
        unpacked = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), codec)
        self._lines = read_lines(io.BufferedReader(unpacked, _BUFFER), limit)
        self._taken = 0

    @property
    def read(self) -> int:
        """How many of the compressed bytes were read."""
        return self._stream.tell()

    def take(self, most: int) -> Piece | None:
        """Return the next lines, `most` and some `HELD` bytes at the most; None at the end."""
        lines: list[bytes | str] = []
        held = 0
        while len(lines) < most and held < HELD and (line := self._next()) is not None:
            lines.append(line)
            held += len(line)
        piece = Piece(self._file, self._taken + 1, len(lines), lines=lines) if lines else None
        self._taken += len(lines)
        return piece

    def _next(self) -> bytes | str | None:
        try:
            return next(self._lines, None)
        except OSError as error:
            if error.errno:  # the storage fails, not the file
                raise
            self._lines = iter(())
            return f"The file is damaged, and cannot be read from here on: {error}."


def read_lines(file: io.BufferedReader, limit: int) -> Iterator[bytes | str]:
    """Yield each line of a file; what is wrong with it, where it has more than `limit` bytes."""
    while line := file.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(limit)
        yield f"The line is over the limit of {limit} bytes."


def seek_lines(file: Any, start: int, limit: int) -> Iterator[bytes | str]:
    """Yield the lines of a file from the one on that starts at byte `start`."""
    file.seek(start)
    # fsspec's files are raw enough for it; their own readline knows no limit.
    with io.BufferedReader(file, _BUFFER) as buffered:
        yield from read_lines(buffered, limit)
