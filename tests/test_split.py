from training.article import Article
from training.split import split


def corpus(count: int, month: str = "", label: str = "a") -> list[Article]:
    return [
        Article("", f"第{i}篇{label}文章{month},写于某年某月某日。", (label,), f"f:{i}", month=month)
        for i in range(count)
    ]


def test_one_article_in_ten_is_kept_for_the_test_and_stays_so() -> None:
    articles = corpus(400)
    parts = split(articles)
    assert sorted(parts.train + parts.test) == list(range(400))
    assert 20 <= len(parts.test) <= 60
    texts = {articles[row].text for row in parts.test}
    longer = [*corpus(300, label="b"), *reversed(articles)]
    assert texts == {longer[row].text for row in split(longer).test if longer[row].main == "a"}


def test_a_small_category_is_all_trained_on() -> None:
    articles = [*corpus(400), *corpus(30, label="b")]
    assert {articles[row].main for row in split(articles).test} == {"a"}


def test_the_newest_month_is_kept_apart() -> None:
    articles = [*corpus(200, "2025-12"), *corpus(40, "2026-01"), *corpus(60)]
    parts = split(articles)
    assert (parts.month, parts.newest) == ("2026-01", list(range(200, 240)))
    assert not set(parts.newest) & {*parts.train, *parts.test}


def test_a_month_that_is_too_small_or_too_large_is_not() -> None:
    assert split([*corpus(200, "2025-12"), *corpus(10, "2026-01")]).month == ""
    assert split([*corpus(100, "2025-12"), *corpus(100, "2026-01")]).month == ""
    assert split(corpus(200)).month == ""
