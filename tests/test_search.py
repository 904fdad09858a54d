from dataclasses import replace

import pytest

from training.pipeline import Choices
from training.search import START, descend, described, search


def liking(choices: Choices) -> dict[str, float]:
    """A measurement with a known best: pairs, C = 30, and no balance."""
    return {
        "one": ("pairs" in choices.kinds) + (choices.strength == 30) + (not choices.balanced),
        "two": -float(len(choices.kinds)),
    }


def test_each_stage_starts_from_what_the_one_before_chose() -> None:
    stages = [[{"kinds": ("pairs",)}], [{"strength": 30.0}, {"strength": 10.0}], [{"balanced": False}]]
    *_, (_, chosen) = descend(liking, Choices(), stages, 0.002, jobs=1)
    assert (chosen.choices.kinds, chosen.choices.strength, chosen.choices.balanced) == (("pairs",), 30, False)


def test_a_classifier_that_needs_other_details_is_still_found() -> None:
    def trap(choices: Choices) -> dict[str, float]:
        ridge = choices.classifier == "ridge"
        return {"cv": 0.8 + 0.02 * (not ridge) + 0.1 * (ridge and choices.min_df == 1)}

    *_, (finalists, chosen) = search(trap, 0.002)
    assert [finalist.choices.classifier for finalist in finalists] == ["logistic", "svc", "ridge", "sgd", "bayes"]
    assert (chosen.choices.classifier, chosen.choices.min_df) == ("ridge", 1)


def test_a_stage_that_finds_nothing_better_keeps_what_was_chosen() -> None:
    stages = [[{"kinds": ("pairs",)}], [{"kinds": ("words", "characters")}]]
    (_, first), (_, second) = descend(liking, Choices(), stages, 0.002, jobs=1)
    assert second == first


def test_within_the_margin_the_simpler_one_is_chosen() -> None:
    def barely(choices: Choices) -> dict[str, float]:
        return {"cv": 0.9 + 0.0009 * len(choices.kinds), "real": 0.8}

    [(_, chosen)] = descend(barely, Choices(), [[{"kinds": ("words",)}, {"kinds": ("words", "pairs")}]], 0.002, jobs=1)
    assert chosen.choices.kinds == ("words",)


def test_real_articles_count_as_much_as_all_folds_together() -> None:
    def real(choices: Choices) -> dict[str, float]:
        return {"genre": 0.9, "year": 1.0, "real": 0.5}

    [([candidate], _)] = descend(real, Choices(), [[{}]], 0.002, jobs=1)
    assert candidate.merit == pytest.approx(0.725)


def test_choices_are_told_by_what_differs() -> None:
    assert described(START) == "the start"
    assert described(replace(START, min_df=7, kinds=("words", "pairs"))) == "kinds words + pairs, min_df 7"
