"""Articles to measure on: real ones beside the project where they are, never part of it."""

from pathlib import Path
from typing import Literal

from service.model.taxonomy import read_taxonomy
from training.article import Article
from training.corpus import read_labelled
from training.material import Sources

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
SOURCES = Sources(SEEDS / "articles", SEEDS / "categories.toml", SEEDS / "words.txt")
_DATA = ROOT.parent / "shared" / "data"
LOCAL_NEWS = _DATA / "local-news" / "dev.jsonl"
THUCNEWS = _DATA / "thucnews-titles"


def local_news() -> list[Article]:
    """Return the real local news; empty where it is not there."""
    return _read(LOCAL_NEWS) if LOCAL_NEWS.exists() else []


def seed_articles() -> list[Article]:
    """Return the articles of the starter corpus."""
    return _read(SOURCES.corpus)


def titles(part: Literal["train", "test"]) -> list[tuple[str, str]]:
    """Return THUCNews titles and their classes."""
    lines = (THUCNEWS / f"{part}.tsv").read_text("utf-8").splitlines()
    return [(title, label) for title, _, label in (line.rpartition("\t") for line in lines)]


def _read(path: Path) -> list[Article]:
    return read_labelled(path, read_taxonomy(SOURCES.categories).ids)
