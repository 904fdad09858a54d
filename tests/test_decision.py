import pytest

from service.model.decision import Decision, Threshold, decide, ranked

THRESHOLDS = {"a": Threshold(assign=0.6), "b": Threshold(assign=0.8), "none": Threshold(assign=0.7)}


@pytest.mark.parametrize(
    ("a", "b", "none", "decision"),
    [
        (0.9, 0.1, 0.1, Decision("assign", "a", ["a"])),
        (0.8, 0.9, 0.1, Decision("assign", "b", ["b", "a"])),
        (0.6, 0.1, 0.1, Decision("assign", "a", ["a"])),
        (0.65, 0.7, 0.1, Decision("assign", "a", ["a"])),
        (0.9, 0.1, 0.5, Decision("review", "a", ["a"])),
        (0.1, 0.1, 0.7, Decision("none", None, [])),
        (0.1, 0.5, 0.9, Decision("review", "b", [])),
        (0.1, 0.1, 0.69, Decision("review", "a", [])),
        (0.55, 0.1, 0.1, Decision("review", "a", [])),
    ],
)
def test_the_rule(a: float, b: float, none: float, decision: Decision) -> None:
    assert decide(ranked(["a", "b"], [a, b]), none, THRESHOLDS) == decision


def test_an_own_threshold_below_the_floor_lowers_the_floor() -> None:
    own = THRESHOLDS | {"a": THRESHOLDS["a"].at(0.2)}
    assert decide({"a": 0.3, "b": 0.1}, 0.1, own).verdict == "assign"
    assert decide({"a": 0.3, "b": 0.1}, 0.8, own).verdict == "review"
