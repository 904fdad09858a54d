"""Parquet files: cut by their rows' numbers, and read by ranges of rows."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from service.archive.inputs import Input
from service.archive.pieces import Piece
from service.archive.place import Place

FIELDS = ("text", "title", "id", "format")
_BATCH = 256
_BUFFER = 1 << 20
_TAKEN = (
    pa.types.is_binary,
    pa.types.is_integer,
    pa.types.is_large_binary,
    pa.types.is_large_string,
    pa.types.is_null,
    pa.types.is_string,
)


class RowCutter:
    """A Parquet file, cut into ranges of rows."""

    def __init__(self, file: Input) -> None:
        self._file, self._rows = file, file.rows or 0
        self._taken = 0

    @property
    def read(self) -> int:
        """The share of the file's bytes that is the share of its rows."""
        return self._file.size * self._taken // max(self._rows, 1)

    def take(self, most: int) -> Piece | None:
        """Return the next rows, `most` at the most; None at the end."""
        count = min(most, self._rows - self._taken)
        piece = Piece(self._file, self._taken + 1, count) if count else None
        self._taken += count
        return piece


class RowReader:
    """A Parquet file read forward from some row on."""

    def __init__(self, place: Place, file: Input, first: int) -> None:
        self.is_of = (place.path, file)
        # Unbuffered it would hold the columns of a whole row group, which may be the whole file.
        self._opened = place.open(file.name)
        self._file = pq.ParquetFile(self._opened, buffer_size=_BUFFER, pre_buffer=False)
        group, self.row = 0, 1
        while self.row + (rows := self._file.metadata.row_group(group).num_rows) <= first:
            group, self.row = group + 1, self.row + rows
        self._columns = [name for name in FIELDS if name in self._file.schema_arrow.names]
        groups = range(group, self._file.num_row_groups)
        self._batches = self._file.iter_batches(_BATCH, row_groups=groups, columns=self._columns)
        self._rest = None

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._opened.close()

    def take(self, first: int, count: int) -> Iterator[tuple[Any, Any, Any, Any]]:
        """Yield the fields of `count` rows from the row `first` on, which is not before `row`."""
        end = first + count
        while self.row < end:
            batch = self._rest if self._rest is not None else next(self._batches)
            self._rest = None
            skipped = min(max(first - self.row, 0), len(batch))
            taken = min(end - self.row, len(batch))
            if taken < len(batch):
                self._rest = batch.slice(taken)
            self.row += taken
            yield from _fields(batch.slice(skipped, taken - skipped))


def _fields(batch: pa.RecordBatch) -> Iterator[tuple[Any, Any, Any, Any]]:
    def values(name: str) -> list[Any]:
        return _values(batch.column(name)) if name in batch.schema.names else [None] * len(batch)

    texts, titles, ids, formats = map(values, FIELDS)
    return zip(texts, titles, ids, formats, strict=True)


def _values(column: pa.Array) -> list[Any]:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not any(is_taken(column.type) for is_taken in _TAKEN):
        return [()] * len(column)  # neither string nor integer: each is reported, none converted
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:  # Arrow checks no bytes when it writes strings
        values = column.cast(pa.large_binary()).to_pylist()
    return values


_kept: list[RowReader] = []


def read_rows(place: Place, piece: Piece) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Yield the fields of a piece's rows.

    The process keeps its reader: a row group, often the whole file, can only be decoded from its beginning, so that
    starting it anew for each shard would take time that grows with the square of the rows.
    """
    reader = _kept.pop() if _kept else None
    if reader and (reader.is_of != (place.path, piece.file) or reader.row > piece.first):
        reader.close()
        reader = None
    reader = reader or RowReader(place, piece.file, piece.first)
    try:
        yield from reader.take(piece.first, piece.rows)
    except BaseException:
        reader.close()
        raise
    _kept.append(reader)
