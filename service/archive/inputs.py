"""The files of an archive: which there are, and which of them hold articles."""

from pathlib import PurePosixPath
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from service.archive.place import ArchiveError, Place, locate

PARQUET, TEXT = ".parquet", ".txt"
LINES = {
    f"{lines}{packed}": codec
    for lines in (".jsonl", ".ndjson")
    for packed, codec in (("", None), (".gz", "gzip"), (".zst", "zstd"))
}
"""How files of lines of JSON end, and what they are compressed with."""

_ENDINGS = (PARQUET, TEXT, *LINES)
_CHANGED = ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")
"""What file systems call that which changes with a file's content; the first that is known counts."""


class Input(NamedTuple):
    """A file of the archive."""

    name: str
    """Its path in the archive."""
    size: int
    changed: str | None
    """When it was modified, or its etag, where known."""
    rows: int | None = None
    """How many a Parquet file says that it has."""


def ending(name: str) -> str | None:
    """Return the ending that tells a file's format; None where it is none of ours."""
    return next((ending for ending in _ENDINGS if name.lower().endswith(ending)), None)


def find(url: str) -> tuple[Place, list[Input]]:
    """Return the folder of an archive, and its files in order: those in a folder at any depth, or one file.

    Raises ArchiveError where there is none, or a Parquet file without a column `text`.
    """
    place = locate(url)
    try:
        info = place.fs.info(place.path)
        found = [info] if info["type"] == "file" else list(place.fs.find(place.path, detail=True).values())
    except FileNotFoundError:
        raise ArchiveError(f"There is no {url}.") from None
    except Exception as error:  # each object storage has errors of its own
        raise ArchiveError(f"{url} cannot be read: {error}") from None
    if info["type"] == "file":
        place = Place(place.fs, place.fs._parent(place.path))
    inputs = sorted(_input(place, info) for info in found if _is_ours(info))
    if not inputs:
        raise ArchiveError(f"{url} holds no file to read: their names end in {', '.join(_ENDINGS)}.")
    return place, [_with_rows(place, file) if ending(file.name) == PARQUET else file for file in inputs]


def _is_ours(info: dict[str, Any]) -> bool:
    name = PurePosixPath(info["name"]).name
    # macOS leaves ._NAME beside each NAME on foreign disks.
    return info["type"] != "directory" and not name.startswith(".") and ending(name) is not None


def _input(place: Place, info: dict[str, Any]) -> Input:
    name = info["name"].removeprefix(place.path.rstrip("/") + "/")
    changed = next((str(info[name]) for name in _CHANGED if info.get(name)), None)
    return Input(name, info["size"] or 0, changed)


def _with_rows(place: Place, file: Input) -> Input:
    try:
        with place.open(file.name) as opened, pq.ParquetFile(opened) as parquet:
            names, about = parquet.schema_arrow.names, parquet.metadata
            rows = sum(about.row_group(group).num_rows for group in range(about.num_row_groups))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{place.at(file.name)} is no Parquet file that can be read: {error}") from None
    if "text" not in names:
        raise ArchiveError(f"{place.at(file.name)} has no column text; it has {', '.join(names)}.")
    return file._replace(rows=rows)
