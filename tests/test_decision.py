import pytest

from service.model.decision import Decision, decide

THRESHOLDS = {"a": 0.5, "b": 0.7}


@pytest.mark.parametrize(
    ("a", "b", "none", "decision"),
    [
        (0.9, 0.1, 0.1, Decision("assign", "a", ["a"])),
        (0.8, 0.9, 0.1, Decision("assign", "b", ["b", "a"])),
        (0.5, 0.1, 0.1, Decision("assign", "a", ["a"])),
        (0.1, 0.69, 0.1, Decision("review", "b", [])),
        (0.55, 0.6, 0.1, Decision("assign", "b", ["a"])),
        (0.1, 0.1, 0.9, Decision("none", None, [])),
        (0.3, 0.1, 0.4, Decision("none", None, [])),
        (0.6, 0.1, 0.7, Decision("review", "a", ["a"])),
        (0.4, 0.1, 0.4, Decision("review", "a", [])),
    ],
)
def test_the_rule(a: float, b: float, none: float, decision: Decision) -> None:
    assert decide({"a": a, "b": b}, none, THRESHOLDS) == decision
