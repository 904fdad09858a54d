"""The labelled articles a model is trained on: read, checked, and cleared of duplicates."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from service.model.taxonomy import NONE
from service.text.decode import TextError, check_characters, decode, is_blank
from service.text.normalise import normalise

SMALLEST_CATEGORY = 10
"""Articles that a category needs: with fewer, cross-validation says nothing of it."""

_SHOWN = 20


@dataclass(frozen=True)
class Article:
    """A labelled article."""

    title: str
    text: str
    labels: tuple[str, ...]
    """Its categories, the main one first; empty for none."""
    place: str
    """Where it was read: file:line."""
    genre: str = ""
    year: str = ""

    @property
    def main(self) -> str:
        """What the headline is about: the first label, or none."""
        return self.labels[0] if self.labels else NONE

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that are right: its labels, or none."""
        return self.labels or (NONE,)


class CorpusError(ValueError):
    """A corpus that cannot be trained on; the message lists what is wrong, each with its file and line."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = [f"… and {len(problems) - _SHOWN} more."] if len(problems) > _SHOWN else []
        super().__init__("\n".join([*problems[:_SHOWN], *more]))


class _Row(BaseModel):
    model_config = ConfigDict(strict=True)

    text: str
    labels: list[str]
    title: str = ""
    genre: str = ""
    year: int | str = ""


def read_corpus(path: Path, categories: Sequence[str]) -> list[Article]:
    """Read the labelled articles of a JSONL file, or of all in a folder.

    A row is `{"title"?, "text", "labels", "genre"?, "year"?}`; other fields are left alone. An article that stands
    twice is read once. Raises CorpusError when a row is bad, a label is none of `categories`, one text has different
    labels, or a category (or none) is the main one of fewer than SMALLEST_CATEGORY articles.
    """
    articles: list[Article] = []
    problems: list[str] = []
    for file in _files(path):
        for place, line in _lines(file):
            try:
                articles.append(_article(place, line, categories))
            except ValueError as error:
                problems.append(f"{place}: {error}")
    unique = _unique(articles, problems)
    if not problems:
        problems = _too_few(unique, categories)
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
    data = file.read_bytes()
    try:
        text = decode(data)
    except TextError as error:
        raise CorpusError([f"{file}:{_unreadable_line(data)}: {error}"]) from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{file}:{number}", line


def _unreadable_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _article(place: str, line: str, categories: Sequence[str]) -> Article:
    try:
        row = _Row.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise ValueError(f"{field}: {first['msg']}." if field else f"{first['msg']}.") from None
    for field, text in (("title", row.title), ("text", row.text)):
        try:
            check_characters(text)
        except TextError as error:
            raise ValueError(f"{field}: {error}") from None
    if is_blank(row.text):
        raise ValueError("text: it is empty.")
    if len(set(row.labels)) < len(row.labels):
        raise ValueError("labels: one stands twice.")
    for label in row.labels:
        if label not in categories:
            known = ", ".join(categories)
            raise ValueError(f"labels: {label!r} is not a category. Categories are {known}; an article of none has [].")
    return Article(row.title, row.text, tuple(row.labels), place, row.genre, str(row.year))


def _unique(articles: Sequence[Article], problems: list[str]) -> list[Article]:
    first: dict[str, Article] = {}
    for article in articles:
        key = "".join(normalise(article.text).split())
        other = first.setdefault(key, article)
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
