import random
import time

from training.corpus import Article
from training.duplicates import OPENING, shared_passages

PASSAGE = "民警在走访中了解到这一情况后当即联系社区干部一同上门帮助老人办理证件"


def article(text: str, place: str = "a.jsonl:1") -> Article:
    return Article("", text, (), place)


def han(count: int, seed: int) -> str:
    source = random.Random(seed)
    return "".join(chr(source.randrange(0x4E00, 0x9FA0)) for _ in range(count))


def test_a_passage_in_two_articles_is_found_wherever_it_stands() -> None:
    first = article(han(100, 1) + PASSAGE + han(50, 2))
    second = article(han(300, 3) + PASSAGE[:16] + "\n" + PASSAGE[16:], "b.jsonl:7")
    [found] = shared_passages([article(han(200, 4)), first, second])
    assert (found.first, found.second) == (first, second)
    assert found.passage in PASSAGE


def test_a_shorter_passage_is_no_duplicate() -> None:
    assert shared_passages([article(han(99, 1) + PASSAGE[:29]), article(han(99, 2) + PASSAGE[:29] + "。")]) == []


def test_a_boilerplate_opening_is_no_duplicate() -> None:
    opening = han(OPENING - 5, 9)
    assert shared_passages([article(opening + han(99, 1)), article(opening + han(99, 2))]) == []


def test_a_passage_repeated_in_one_article_is_no_duplicate() -> None:
    assert shared_passages([article(han(99, 1) + PASSAGE * 3)]) == []


def test_articles_shorter_than_the_passage_are_passed_over() -> None:
    assert shared_passages([article("短"), article("短"), article("")]) == []


def test_cost_grows_with_the_corpus_not_its_square() -> None:
    def seconds(count: int) -> float:
        articles = [article(han(500, i)) for i in range(count)]
        started = time.perf_counter()
        assert shared_passages(articles) == []
        return time.perf_counter() - started

    seconds(100)
    assert seconds(4000) < 40 * max(seconds(500), 0.05)  # quadratic would be 64 times, linear 8
