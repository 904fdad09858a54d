"""What the model says, as JSON holds it."""

import math
from collections.abc import Mapping
from typing import Any

from service.model.evidence import Evidence, Passage
from service.model.model import Answer
from service.text.page import Item
from service.text.reading import FieldName


def answer(given: Answer, version: str, id: str | int | None) -> dict[str, Any]:
    """Return what the model says of an article."""
    return {
        "id": id,
        "model": version,
        "decision": given.decision.verdict,
        "category": given.decision.category,
        "categories": given.decision.categories,
        "scores": given.scores,
        "none": given.none,
    }


def evidence(found: Mapping[str, Evidence], offsets: Mapping[FieldName, int]) -> dict[str, Any]:
    """Return what evidence adds to an Answer; `offsets` tells where each field begins in what was sent."""

    def place(passage: Passage) -> dict[str, Any]:
        moved = offsets[passage.field]
        return {
            "start": passage.start + moved,
            "end": passage.end + moved,
            "field": passage.field,
            "weight": passage.weight,
        }

    return {
        "evidence": {
            answered: [{"term": word.term, **place(word)} for word in own.terms] for answered, own in found.items()
        },
        "sentences": {answered: [place(sentence) for sentence in own.sentences] for answered, own in found.items()},
        "sums": {
            answered: {
                "intercept": own.intercept,
                "listed": math.fsum(word.weight for word in own.terms),
                "unlisted": own.others,
                "total": own.linear,
            }
            for answered, own in found.items()
        },
    }


def page_item(item: Item, given: Answer, version: str) -> dict[str, Any]:
    """Return an article or caption found on a page, and what the model says of it."""
    return vars(item) | answer(given, version, None)
