"""`make bench`: what articles, requests, archives and training cost, side by side, written to RESULTS.md."""

import os
import platform
import re
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown

from service.model.folder import ModelFolder
from tests.bench import archive, http, scorer, startup, titles
from tests.bench.corpora import SOURCES, THUCNEWS, local_news
from tests.bench.figures import Table
from training.run import Options, train

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Train, measure, print, write."""
    with tempfile.TemporaryDirectory() as folder:
        models = ModelFolder(Path(folder))
        version = train(SOURCES, models, Options(), lambda *_: None).manifest.version
        tables = [
            *scorer.measure(models, version),
            *http.measure(models),
            *startup.measure(models),
            _archives(models),
            *([_titles()] if THUCNEWS.exists() else []),
        ]
    text = "\n".join(["# Results of `make bench`", "", _machine(), "", *(table.to_markdown() for table in tables)])
    RESULTS.write_text(text, "utf-8")
    Console().print(Markdown(text))


def _archives(models: ModelFolder) -> Table:
    rows = []
    for count in archive.COUNTS:
        rate, main, worker = archive.measure(count, models.path)
        rows.append([f"{count:,}", f"{rate:,.0f}", f"{main:.0f}", f"{worker:.0f}"])
    return Table("Archives of articles of about 500 characters", ["articles", "a second", "MB", "MB per worker"], rows)


def _titles() -> Table:
    ours, theirs = titles.training_times()
    rows = [["counting and final fit", f"{ours:.2f}", "1"]]
    rows += [[f"fastText: {name}", f"{one:.2f}", f"{ours / one:.2f}"] for name, one in theirs.items()]
    return Table("Training on 10,000 THUCNews titles, one core", ["way", "CPU seconds", "ours is ×"], rows)


def _machine() -> str:
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    articles = "real local news" if local_news() else "articles of the seeds"
    return (
        f"{date.today()}, {cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"Python {platform.python_version()}, measured on {articles}. Medians of several rounds; in each, all ways "
        "have their turn, and a ratio is the median of the rounds' ratios."
    )


if __name__ == "__main__":
    main()
