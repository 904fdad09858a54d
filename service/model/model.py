"""A trained model, ready to answer: immutable, and shared by all requests."""

from dataclasses import dataclass

from service.model.decision import Decision, decide
from service.model.manifest import Manifest
from service.model.scorer import Scorer
from service.model.taxonomy import Taxonomy
from service.text.page import Item
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


class Model:
    """A model version in memory."""

    def __init__(self, manifest: Manifest, segmenter: Segmenter, scorer: Scorer) -> None:
        self.manifest = manifest
        self._segmenter = segmenter
        self._scorer = scorer

    @property
    def version(self) -> str:
        """The version's name."""
        return self.manifest.version

    @property
    def taxonomy(self) -> Taxonomy:
        """The categories it was trained on."""
        return self.manifest.taxonomy

    def classify(self, title: str, text: str, *, html: bool = False) -> Answer:
        """Return scores and decision for an article; with `html`, markup in it is left out."""
        terms = extract(title, text, self._segmenter, self.manifest.text.recipe, html=html)
        *by_category, none = self._scorer.score(terms).tolist()
        ranked = sorted(zip(self.taxonomy.ids, by_category, strict=True), key=lambda pair: -pair[1])
        scores = dict(ranked)
        return Answer(scores, none, decide(scores, none, self.manifest.thresholds))

    def classify_item(self, item: Item) -> Answer:
        """Return scores and decision for an article or a caption found on a page; its subtitle counts as text."""
        return self.classify(item.title, f"{item.subtitle}\n{item.text}")
