"""A labelled article: one row of a corpus, checked."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from service.model.taxonomy import NONE
from service.text.decode import TextError, check_characters, is_blank
from service.text.normalise import normalise
from service.text.reading import Sent

_MONTH = re.compile(r"\s*((?:19|20)\d\d)(?:\s*[-/.年]\s*(1[0-2]|0?[1-9])(?!\d)|(0[1-9]|1[0-2])(?:\d\d)?(?!\d))")


@dataclass(frozen=True)
class Article:
    """A labelled article."""

    title: str
    text: str
    labels: tuple[str, ...]
    """Its categories, the main one first; empty for none."""
    place: str
    """Where it was read: file:line."""
    also: tuple[str, ...] = ()
    """Other answers that count as right when a model is evaluated on it."""
    genre: str = ""
    kind: str = ""
    year: str = ""
    month: str = ""
    """YYYY-MM of its date; empty where it has none that can be read."""

    @property
    def sent(self) -> Sent:
        """The article as a newsroom would send it."""
        return Sent(self.title, self.text)

    @property
    def main(self) -> str:
        """What the headline is about: the first label, or none."""
        return self.labels[0] if self.labels else NONE

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that are its own: its labels, or none."""
        return self.labels or (NONE,)

    @property
    def right(self) -> tuple[str, ...]:
        """The answers that count as right, the main one first."""
        return (*self.answers, *self.also)

    @property
    def bare_text(self) -> str:
        """Its text, normalised and without white space."""
        return "".join(normalise(self.text).split())

    @cached_property
    def identity(self) -> bytes:
        """The SHA-256 of its bare text: what tells whether two articles are the same."""
        return hashlib.sha256(self.bare_text.encode()).digest()

    def to_json(self) -> dict[str, object]:
        """Return the article as a row of a corpus."""
        return {"title": self.title, "text": self.text, "labels": self.labels, "also": self.also}


class _Row(BaseModel):
    model_config = ConfigDict(strict=True)

    text: str
    labels: list[str]
    also: list[str] = []
    title: str = ""
    genre: str = ""
    kind: str = ""
    year: int | str = ""
    date: Any = None


def read_article(place: str, line: str, categories: Sequence[str]) -> Article:
    """Return the article of one JSON row, read at `place`.

    A row is `{"title"?, "text", "labels", "also"?, "genre"?, "kind"?, "year"?, "date"?}`; other fields are left alone.
    Raises ValueError that says what is wrong with it.
    """
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
    _check_answers("labels", row.labels, categories)
    _check_answers("also", row.also, [*categories, NONE])
    month = _MONTH.match(str(row.date))
    return Article(
        row.title, row.text, tuple(row.labels), place, tuple(row.also), row.genre, row.kind, str(row.year),
        f"{month[1]}-{int(month[2] or month[3]):02}" if month else "",
    )  # fmt: skip


def _check_answers(field: str, given: Sequence[str], known: Sequence[str]) -> None:
    if len(set(given)) < len(given):
        raise ValueError(f"{field}: one stands twice.")
    for label in given:
        if label not in known:
            categories = ", ".join(known)
            raise ValueError(
                f"{field}: {label!r} is not a category. Categories are {categories}; an article of none has []."
            )
