"""The labelled articles a model is trained on: read, checked, and cleared of duplicates."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.model.taxonomy import NONE
from training.article import Article, read_article
from training.lines import UnreadableLineError, read_lines

SMALLEST_CATEGORY = 10
"""Articles that a category needs: with fewer, cross-validation says nothing of it."""

_SHOWN = 20


class CorpusError(ValueError):
    """A corpus that cannot be trained on; the message lists what is wrong, each with its file and line."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = [f"… and {len(problems) - _SHOWN} more."] if len(problems) > _SHOWN else []
        super().__init__("\n".join([*problems[:_SHOWN], *more]))


def read_corpus(path: Path, categories: Sequence[str]) -> list[Article]:
    """Read the articles of a corpus to train on: a JSONL file, or all in a folder (see `training.article`).

    An article that stands twice is read once. Raises CorpusError when a row is bad, a label is none of `categories`,
    one text has different labels, or a category (or none) is the main one of fewer than SMALLEST_CATEGORY articles.
    """
    articles = read_articles(path, categories)
    if problems := _too_few(articles, categories):
        raise CorpusError(problems)
    return articles


def read_labelled(path: Path, categories: Sequence[str]) -> list[Article]:
    """Read labelled articles to evaluate a model on, as `read_corpus` does, however few there are of a category.

    Raises CorpusError as well when no article has any of `categories`.
    """
    articles = read_articles(path, categories)
    if not any(article.labels for article in articles):
        known = ", ".join(categories)
        raise CorpusError([f"{path}: no article in it is labelled with a category of the model ({known})."])
    return articles


def read_articles(path: Path, categories: Sequence[str]) -> list[Article]:
    """Read labelled articles, however few; raise CorpusError as `read_corpus` does for bad rows."""
    articles: list[Article] = []
    problems: list[str] = []
    for file in _files(path):
        for place, line in _lines(file):
            try:
                articles.append(read_article(place, line, categories))
            except ValueError as error:
                problems.append(f"{place}: {error}")
    unique = _unique(articles, problems)
    if problems:
        raise CorpusError(problems)
    return unique


def fingerprint(articles: Sequence[Article]) -> str:
    """Return the SHA-256 of the articles' titles, texts and labels, in order."""
    digest = hashlib.sha256()
    for article in articles:
        digest.update(json.dumps([article.title, article.text, article.labels]).encode())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not files[0].exists():
        raise CorpusError([f"{path}: there is no corpus here (a .jsonl file, or a folder of them)."])
    return files


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    try:
        for number, line in enumerate(read_lines(file), start=1):
            if line.strip():
                yield f"{file}:{number}", line
    except UnreadableLineError as error:
        raise CorpusError([f"{file}:{error.number}: {error}"]) from None


def _unique(articles: Sequence[Article], problems: list[str]) -> list[Article]:
    first: dict[bytes, Article] = {}
    for article in articles:
        other = first.setdefault(article.identity, article)
        if set(other.labels) != set(article.labels):
            problems.append(
                f"{article.place}: the same article is labelled {', '.join(other.answers)} at {other.place}, "
                f"and {', '.join(article.answers)} here."
            )
    return list(first.values())


def _too_few(articles: Sequence[Article], categories: Sequence[str]) -> list[str]:
    counts = Counter(article.main for article in articles)
    return [
        f"{answer}: {counts[answer]} articles have it as their main label; at least {SMALLEST_CATEGORY} are needed."
        for answer in (*categories, NONE)
        if counts[answer] < SMALLEST_CATEGORY
    ]
