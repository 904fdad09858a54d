"""A trained model, ready to answer: immutable, and shared by all requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.model.decision import Decision, decide
from service.model.evidence import Evidence, explain
from service.model.manifest import Manifest
from service.model.scorer import Found, Scorer, complete
from service.model.taxonomy import NONE, Taxonomy
from service.text.page import Item
from service.text.reading import Reading, read_article
from service.text.segment import Segmenter
from service.text.terms import extract


@dataclass(frozen=True)
class Answer:
    """What the model says of one article."""

    scores: dict[str, float]
    """Each category's score, highest first."""
    none: float
    """The score of the article belonging to no category."""
    decision: Decision

    @property
    def answered(self) -> list[str]:
        """What the decision is about: the categories at or over their thresholds, else the best one; or none."""
        if self.decision.category is None:
            return [NONE]
        return self.decision.categories or [self.decision.category]


class Article(NamedTuple):
    """An article as a model reads it."""

    title: Reading
    text: Reading
    found: Found


class Model:
    """A model version in memory."""

    def __init__(self, manifest: Manifest, segmenter: Segmenter, scorer: Scorer) -> None:
        self.manifest = manifest
        self._segmenter = segmenter
        self.scorer = scorer

    @property
    def version(self) -> str:
        """The version's name."""
        return self.manifest.version

    @property
    def taxonomy(self) -> Taxonomy:
        """The categories it was trained on."""
        return self.manifest.taxonomy

    @property
    def answers(self) -> list[str]:
        """The answers it can give: the categories, then none."""
        return [*self.taxonomy.ids, NONE]

    def read(self, title: str, text: str, *, html: bool = False) -> Article:
        """Return an article as the model reads it; with `html`, markup in it is left out."""
        readings = read_article(title, text, self._segmenter, html=html)
        return Article(*readings, self.scorer.find(extract(*readings, self.manifest.text.recipe)))

    def classify(self, article: Article, thresholds: Mapping[str, float] | None = None) -> Answer:
        """Return scores and decision for an article.

        `thresholds` replaces the score from which an answer is given, for some of `answers`.
        """
        if any(len(hits.seen) for hits in article.found.values()):
            *by_category, none = complete(self.scorer.score(article.found)).tolist()
        else:  # nothing in it is known, so nothing speaks for a category
            by_category, none = [0.0] * len(self.taxonomy.ids), 1.0
        ranked = sorted(zip(self.taxonomy.ids, by_category, strict=True), key=lambda pair: -pair[1])
        scores = dict(ranked)
        learnt = self.manifest.thresholds
        own = {answer: learnt[answer].at(score) for answer, score in (thresholds or {}).items()}
        return Answer(scores, none, decide(scores, none, learnt | own))

    def explain(
        self, article: Article, answers: Sequence[str], *, words: int | None = None, sentences: int = 3
    ) -> dict[str, Evidence]:
        """Return the evidence for some of `answers`: at most so many words (None: all) and sentences for each."""
        found = explain(
            article.title,
            article.text,
            article.found,
            [self.answers.index(answer) for answer in answers],
            self.scorer,
            self.manifest.text.recipe,
            words=words,
            sentences=sentences,
        )
        return dict(zip(answers, found, strict=True))

    def classify_item(self, item: Item, thresholds: Mapping[str, float] | None = None) -> Answer:
        """Return scores and decision for an article or a caption found on a page; its subtitle counts as text."""
        return self.classify(self.read(item.title, f"{item.subtitle}\n{item.text}"), thresholds)
