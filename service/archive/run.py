"""A run: an archive cut, classified and written, or continued."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from service.archive.classify import Task, classify_shard
from service.archive.crew import AGAIN, run_cluster, run_local
from service.archive.inputs import find
from service.archive.output import Output
from service.archive.place import ArchiveError, locate
from service.archive.plan import Plan
from service.archive.progress import Meter
from service.archive.shards import Shard, cut
from service.model.folder import ModelError, ModelFolder


class Options(NamedTuple):
    """How to run."""

    models: Path
    limit: int
    """Bytes of the longest text that is classified."""
    shard: int = 10_000
    """Records of a part."""
    workers: int | None = None
    """Processes; None: one a core."""
    cluster: str | None = None
    """The address of a Dask scheduler."""


class Summary(NamedTuple):
    """What a run did."""

    model: str
    parts: int
    kept: int
    """Of the parts, those that were there already."""
    articles: int
    """Records of the other parts, those with errors too."""
    errors: int
    seconds: float
    rate: float
    """Articles a second."""

    def __str__(self) -> str:
        if self.kept == self.parts:
            return f"It is finished already: {self.parts} parts, by model {self.model}."
        kept = f" {self.kept} of {self.parts} parts were there already." if self.kept else ""
        return (
            f"{self.articles:,} articles, {self.errors:,} with errors, in {self.seconds:.1f} seconds: "
            f"{self.rate:,.0f} a second.{kept}"
        )


def run(source: str, out: str, options: Options) -> Summary:
    """Classify the archive `source` with the current model, into Parquet files in the folder `out`.

    What an earlier run of the same left there is kept. Raises ArchiveError when it cannot begin, or stops.
    """
    try:
        return _run(source, out, options)
    except KeyboardInterrupt:
        raise ArchiveError(f"Stopped. {AGAIN}") from None
    except ModelError as error:
        raise ArchiveError(str(error)) from None
    except OSError as error:
        raise ArchiveError(f"{error}. {AGAIN}") from None


def _run(source: str, out: str, options: Options) -> Summary:
    version = ModelFolder(options.models).current()
    if version is None:
        raise ArchiveError(f"There is no model in {options.models} yet. Run `lanmu serve` or `lanmu-train` first.")
    place, inputs = find(source)
    output = Output(out)
    if output.place.at("").startswith(locate(source).at("")):
        raise ArchiveError(f"{out} lies in the archive itself: give a folder elsewhere.")
    with output.locked():
        plan = output.begin(Plan(version, options.shard, options.limit, inputs))
        kept = output.parts()
        if plan.parts is not None and kept >= set(range(plan.parts)):
            return Summary(version, plan.parts, plan.parts, 0, 0, 0.0, 0.0)
        task = Task(place, output, options.models.resolve(), version, options.limit)
        parts = 0

        def missing() -> Iterator[tuple[Task, Shard]]:
            nonlocal parts
            for shard in cut(place, inputs, options.shard, options.limit):
                parts = shard.number + 1
                if shard.number in kept:
                    meter.keep(shard.size)
                else:
                    yield task, shard

        with Meter(sum(file.size for file in inputs)) as meter:
            if options.cluster:
                results = run_cluster(classify_shard, missing(), options.cluster)
            else:
                results = run_local(classify_shard, missing(), options.workers)
            for done in results:
                meter.add(done)
        if not parts:
            raise ArchiveError(f"There is no record in {source}.")
        output.finish(plan, parts)
        kept_parts = len(kept & set(range(parts)))
        return Summary(version, parts, kept_parts, meter.articles, meter.errors, meter.seconds, meter.rate)
