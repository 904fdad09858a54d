import pytest

from training.comparison import compare, macro_f1_interval

ANSWERS = ["a", "none"]
RIGHT = [("a",)] * 50 + [("none",)] * 50


def test_the_same_answers_do_not_differ() -> None:
    given = ["a"] * 50 + ["none"] * 50
    found = compare(given, given, RIGHT, ANSWERS)
    assert (found.only_a, found.only_b, found.p_value, found.difference) == (0, 0, 1.0, 0.0)
    assert not found.b_is_worse


def test_a_worse_model_is_told_from_chance() -> None:
    a = ["a"] * 50 + ["none"] * 50
    b = ["none"] * 10 + a[10:]
    found = compare(a, b, RIGHT, ANSWERS)
    assert (found.only_a, found.only_b) == (10, 0)
    assert found.p_value == pytest.approx(2 * 0.5**10)
    assert found.interval[0] <= found.difference <= found.interval[1] < 0
    assert found.b_is_worse
    assert not compare(b, a, RIGHT, ANSWERS).b_is_worse
    assert not compare(a, ["none"] * 3 + a[3:], RIGHT, ANSWERS).b_is_worse


def test_the_interval_holds_the_figure() -> None:
    given = ["none"] * 10 + ["a"] * 40 + ["none"] * 50
    low, high = macro_f1_interval(given, RIGHT, ANSWERS)
    assert low < 0.899 < high
    assert high - low < 0.15
