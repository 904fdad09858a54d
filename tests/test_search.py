from training.pipeline import Choices
from training.search import described, search


def liking(choices: Choices) -> dict[str, float]:
    """A measurement with a known best: pairs, C = 30, and no balance."""
    return {
        "one": ("pairs" in choices.kinds) + (choices.strength == 30) + (not choices.balanced),
        "two": -float(len(choices.kinds)),
    }


def test_each_stage_starts_from_the_best_so_far() -> None:
    *_, last = search(liking, Choices(), jobs=1)
    assert (last[0].choices.kinds, last[0].choices.strength, last[0].choices.balanced) == (("pairs",), 30, False)
    assert [candidate.mean for candidate in last] == sorted((c.mean for c in last), reverse=True)


def test_a_stage_that_finds_nothing_better_keeps_the_best() -> None:
    first, second = search(liking, Choices(), [[{"kinds": ("pairs",)}], [{"kinds": ("words", "characters")}]], jobs=1)
    assert second[0] == first[0]


def test_choices_are_told_by_what_differs() -> None:
    assert described(Choices(), Choices()) == "the defaults"
    assert described(Choices(kinds=("words", "pairs"), min_df=3), Choices(min_df=2)).endswith("min_df 3")
