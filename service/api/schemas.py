"""The shapes of what the API takes and gives."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from service.model.decision import Score, Threshold, Verdict
from service.text.page import Kind
from service.text.reading import FieldName

Id = Annotated[str, Field(max_length=200)] | Annotated[int, Field(ge=-(2**63), lt=2**63)]
Thresholds = Annotated[
    dict[str, float],
    Field(
        description="Your own score from which an answer is given, by category (or none), instead of the learnt one."
    ),
]


class Article(BaseModel):
    """One article."""

    text: str = Field(description="The article's text.")
    title: str | None = Field(default=None, description="Its headline; without one the text speaks alone.")
    id: Id | None = Field(default=None, description="Your own name for it; it stands in the answer.")
    format: Literal["text", "html"] = Field(default="text", description="With html, markup is left out.")
    thresholds: Thresholds | None = None


class Batch(BaseModel):
    """Many articles; each is checked alone."""

    articles: list[Any]


class Page(BaseModel):
    """The plain text of a newspaper page."""

    text: str = Field(description="The page, as copied from a PDF, an e-paper or a content system.")
    thresholds: Thresholds | None = None


class Sentence(BaseModel):
    """A sentence of the article, and what it contributes to a score's log-odds."""

    start: int = Field(description="Where it begins, in characters of the field as sent (of the body, if text/plain).")
    end: int = Field(description="Where it ends: the first character after it.")
    field: FieldName
    weight: float = Field(description="More than 0 raises the score, less lowers it.")


class Word(Sentence):
    """The same of a word, or of strong words next to each other."""

    term: str = Field(description="Its characters, in Simplified Chinese and ordinary width.")


class Sum(BaseModel):
    """How the log-odds of a score come about: 1 / (1 + exp(-total)), divided by all answers' sum if that is below 1."""

    intercept: float = Field(description="The total of an article without words.")
    listed: float = Field(description="Sum of the words listed in the evidence.")
    unlisted: float = Field(description="Sum of all others.")
    total: float


class Answer(BaseModel):
    """What the model says of one article."""

    id: Id | None = Field(description="As sent.")
    model: str = Field(description="The model version that answered.")
    decision: Verdict = Field(description="assign: file it. review: an editor should look. none: it belongs nowhere.")
    category: str | None = Field(description="The best category; null when the decision is none.")
    categories: list[str] = Field(description="Every category at or over its threshold.")
    scores: dict[str, Score] = Field(description="Each category's score, highest first.")
    none: Score = Field(description="The score of the article belonging to no category.")
    evidence: dict[str, list[Word]] | None = Field(
        default=None, description="If asked for: the words that count most for each category answered, or for none."
    )
    sentences: dict[str, list[Sentence]] | None = Field(default=None, description="The sentences that raised it most.")
    sums: dict[str, Sum] | None = None


class PageItem(Answer):
    """An article or caption found on a page, and what the model says of it."""

    kind: Kind
    title: str
    subtitle: str = Field(description="Smaller lines above or below the title.")
    byline: str = Field(description="The names as printed; a caption's photographer.")
    text: str = Field(description="Its paragraphs, one a line, broken lines rejoined.")
    start: int = Field(description="Where it begins, in characters of the text as sent.")
    end: int = Field(description="Where it ends: the first character after it.")


class PageAnswer(BaseModel):
    """All that was found on a page, in the order printed."""

    articles: list[PageItem]


class ProblemDetails(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(description="A stable name of the kind of problem.")
    title: str
    status: int
    detail: str = Field(description="What is wrong with this request.")
    field: str | None = Field(default=None, description="The field at fault.")


class Failure(BaseModel):
    """An article of a batch that could not be classified."""

    id: Id | None
    error: ProblemDetails


class BatchAnswer(BaseModel):
    """An answer for each article, in the order sent."""

    results: list[Answer | Failure]


class CategoryInfo(BaseModel):
    """A category."""

    id: str
    names: dict[str, str] = Field(description="By language: zh, en.")
    belongs: str
    excludes: str
    codes: dict[str, Any] = Field(description="Its place in outside vocabularies.")
    threshold: Score = Field(description="The score from which it is assigned without a person.")
    review: Score = Field(description="The score from which it speaks against none.")
    learnt: bool = Field(description="Whether the threshold was learnt; else no score surely reaches the precision.")


class Categories(BaseModel):
    """The taxonomy of the current model."""

    model: str
    categories: list[CategoryInfo]
    none: Threshold = Field(description="The threshold of no category.")
    vocabularies: dict[str, Any] = Field(description="The outside vocabularies that codes are taken from.")


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """A model is loaded."""

    status: Literal["ready"] = "ready"
    model: str
