"""Articles to measure on: real ones beside the project where they are, never part of it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from service.model.taxonomy import NONE
from training.material import Sources

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
SOURCES = Sources(SEEDS / "articles", SEEDS / "categories.toml", SEEDS / "words.txt")
_DATA = ROOT.parent / "shared" / "data"
LOCAL_NEWS = _DATA / "local-news" / "dev.jsonl"
THUCNEWS = _DATA / "thucnews-titles"


@dataclass(frozen=True)
class Labelled:
    """An article and the answers that are right for it, the main one first."""

    title: str
    text: str
    right: tuple[str, ...]


def local_news() -> list[Labelled]:
    """Return the real local news; empty where it is not there."""
    if not LOCAL_NEWS.exists():
        return []
    rows = [json.loads(line) for line in LOCAL_NEWS.read_text("utf-8").splitlines()]
    return [Labelled(row["title"], row["text"], (*(row["labels"] or [NONE]), *row["also"])) for row in rows]


def seed_articles() -> list[Labelled]:
    """Return the articles of the starter corpus."""
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [Labelled(row["title"], row["text"], tuple(row["labels"] or [NONE])) for row in rows]


def titles(part: Literal["train", "test"]) -> list[tuple[str, str]]:
    """Return THUCNews titles and their classes."""
    lines = (THUCNEWS / f"{part}.tsv").read_text("utf-8").splitlines()
    return [(title, label) for title, _, label in (line.rpartition("\t") for line in lines)]
