"""The work of a worker: a shard read, classified, and written as a part."""

from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from service.archive.output import Output
from service.archive.parts import answered, to_parquet
from service.archive.place import Place
from service.archive.shards import Shard, read
from service.model.folder import ModelFolder
from service.model.model import Model

_TOGETHER = 256
"""Articles classified at once."""


class Task(NamedTuple):
    """What all shards of a run have in common."""

    archive: Place
    output: Output
    models: Path
    version: str
    limit: int
    """Bytes of the longest text that is classified."""


class Done(NamedTuple):
    """What became of a shard."""

    articles: int
    errors: int
    size: int
    """How many bytes of the archive it made up."""


def classify_shard(task: Task, shard: Shard) -> Done:
    """Classify a shard, and write its part."""
    model = _load(task.models, task.version)
    categories = model.taxonomy.ids
    batches = []
    records = read(task.archive, shard, task.limit)
    while batch := list(islice(records, _TOGETHER)):
        articles = [record.article for record in batch if not isinstance(record.article, str)]
        answers = iter(model.classify_all(articles))
        each = [None if isinstance(record.article, str) else next(answers) for record in batch]
        batches.append(answered(batch, each, task.version, categories))
    task.output.write_part(shard.number, to_parquet(batches))
    errors = sum(len(batch) - batch.column("error").null_count for batch in batches)
    return Done(shard.records, errors, shard.size)


@lru_cache(maxsize=1)
def _load(models: Path, version: str) -> Model:
    """Return the model, which a process loads once."""
    return ModelFolder(models).load(version)
