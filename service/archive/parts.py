"""A part: the answers to a shard's records, as Parquet."""

import os
import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from service.archive.records import Record
from service.model.model import Answer
from service.text.decode import TextError, decode

_NAME = re.compile(r"part-([0-9]{6,})\.parquet")


def part_name(number: int) -> str:
    """Return the name of the part of a shard."""
    return f"part-{number:06}.parquet"


def part_number(name: str) -> int | None:
    """Return the number of the shard whose part a file is; None where it is no part."""
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else None


def schema(categories: Sequence[str]) -> pa.Schema:
    """Return the columns of a part."""
    return pa.schema(
        [
            ("source", pa.string()),
            ("row", pa.int64()),
            ("id", pa.string()),
            ("model", pa.string()),
            ("decision", pa.string()),
            ("category", pa.string()),
            ("categories", pa.list_(pa.string())),
            ("none", pa.float64()),
            *((f"score_{category}", pa.float64()) for category in categories),
            ("error", pa.string()),
        ]
    )


def answered(
    records: Sequence[Record], answers: Sequence[Answer | None], version: str, categories: Sequence[str]
) -> pa.RecordBatch:
    """Return records with their answers, of which there is none where a record is no article."""
    decisions = [answer.decision if answer else None for answer in answers]
    columns = [
        [_shown(record.source) for record in records],
        [record.row for record in records],
        [record.id for record in records],
        [version] * len(records),
        [decision.verdict if decision else None for decision in decisions],
        [decision.category if decision else None for decision in decisions],
        [decision.categories if decision else None for decision in decisions],
        [answer.none if answer else None for answer in answers],
        *([answer.scores[category] if answer else None for answer in answers] for category in categories),
        [record.article if isinstance(record.article, str) else None for record in records],
    ]
    names = schema(categories)
    return pa.record_batch([pa.array(column, field.type) for column, field in zip(columns, names, strict=True)], names)


def to_parquet(batches: Sequence[pa.RecordBatch]) -> bytes:
    """Return a part as the bytes of its file."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_batches(batches), sink)
    return bytes(sink.getvalue())


def _shown(name: str) -> str:
    """Return a file's name as text: an old system may have written it in GB18030."""
    if name.isprintable():
        return name
    try:
        return decode(os.fsencode(name))
    except TextError:
        return name.encode(errors="replace").decode()
