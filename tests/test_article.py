import json

import pytest

from training.article import read_article


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "written",
    ["2024-{:02}-09", "2024-{:02}", "2024-{}-9", "2024/{}/15", "2024年{}月3日", "2024{:02}05", "2024.{:02}.30T08:00"],
)
def test_the_month_of_a_date(written: str, month: int) -> None:
    row = json.dumps({"text": "文", "labels": [], "date": written.format(month)})
    assert read_article("f:1", row, ["a"]).month == f"2024-{month:02}"


@pytest.mark.parametrize("date", [None, "", "Aug 13, 2014", "昨天", "2024", "2024-13-01", "202413", 20240, "123456789"])
def test_a_date_that_cannot_be_read_is_none(date: object) -> None:
    assert read_article("f:1", json.dumps({"text": "文", "labels": [], "date": date}), ["a"]).month == ""


def test_other_answers_that_count_are_checked_too() -> None:
    row = {"text": "文", "labels": ["a"], "also": ["none"]}
    assert read_article("f:1", json.dumps(row), ["a"]).right == ("a", "none")
    with pytest.raises(ValueError, match="also: 'b' is not a category"):
        read_article("f:1", json.dumps(row | {"also": ["b"]}), ["a"])
