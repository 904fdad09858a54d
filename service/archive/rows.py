"""Parquet files: cut by their rows' numbers, and read by ranges of rows."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from service.archive.inputs import Input
from service.archive.pieces import Piece
from service.archive.place import Place

FIELDS = ("text", "title", "id", "format")
Fields = tuple[Any, Any, Any, Any]
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
        while self.row + (rows := self._rows(group)) <= first:
            group, self.row = group + 1, self.row + rows
        self._batches = self._read(group)
        self._rest: pa.RecordBatch | list[str] = []

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._opened.close()

    def take(self, first: int, count: int) -> Iterator[Fields | str]:
        """Yield the fields of `count` rows from the row `first` on, which is not before `row`.

        Where a row cannot be read, it is what is wrong instead.
        """
        end = first + count
        while self.row < end:
            batch = self._rest if len(self._rest) else next(self._batches)
            skipped, taken = max(first - self.row, 0), min(end - self.row, len(batch))
            self.row += taken
            self._rest = batch[taken:]
            wanted = batch[skipped:taken]
            yield from wanted if isinstance(wanted, list) else _fields(wanted)

    def _rows(self, group: int) -> int:
        rows: int = self._file.metadata.row_group(group).num_rows
        return rows

    def _read(self, first: int) -> Iterator[pa.RecordBatch | list[str]]:
        columns = [name for name in FIELDS if name in self._file.schema_arrow.names]
        for group in range(first, self._file.num_row_groups):
            left, wrong = self._rows(group), "it has fewer rows than it says"
            try:
                for batch in self._file.iter_batches(_BATCH, row_groups=[group], columns=columns):
                    left -= len(batch)
                    yield batch
            except (pa.ArrowException, OSError) as error:
                if getattr(error, "errno", None):  # the storage fails, not the file
                    raise
                wrong = str(error)
            if left > 0:
                yield [f"The file is damaged, and cannot be read here: {wrong}."] * left


def _fields(batch: pa.RecordBatch) -> Iterator[Fields]:
    def values(name: str) -> list[Any]:
        return _values(batch.column(name)) if name in batch.schema.names else [None] * len(batch)

    texts, titles, ids, formats = map(values, FIELDS)
    return zip(texts, titles, ids, formats, strict=True)


def _values(column: pa.Array) -> list[Any]:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not any(is_taken(column.type) for is_taken in _TAKEN):
        # Neither strings nor integers: each is reported, none is converted.
        return [None if is_null else () for is_null in column.is_null().to_pylist()]
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:  # Arrow checks no bytes when it writes strings
        values = column.cast(pa.large_binary()).to_pylist()
    return values


_kept: list[RowReader] = []


def read_rows(place: Place, piece: Piece) -> Iterator[Fields | str]:
    """Yield the fields of a piece's rows; what is wrong, where one cannot be read.

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
