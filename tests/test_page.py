import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text import mark
from service.text.decode import decode
from service.text.line import lines as printed
from service.text.page import Item, split_page
from tests.conftest import PAGE, ROOT

PAGES = sorted((ROOT / "tests" / "pages").glob("*.json"))
UNDECIDED = {
    "coal-trade": "a headline of 11 and 8 characters on two lines looks like a kicker and a headline",
    "hongkong-traditional": "a second line of the same length is taken for the headline's second row",
    "literary-supplement": "the lines of a poem look like headings",
    "overseas-traditional": "a letter with neither byline nor lead nor space before it looks like a heading",
}


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return split_page(PAGE.read_text("utf-8"))


def test_the_users_page(items: list[Item]) -> None:
    assert [(item.kind, item.title, item.byline) for item in items] == [
        ("article", "文明实践标注城市文明“新刻度”", "杨澜 崔世雄"),
        ("article", "三亚首个特色小镇领域党群服务站建立", "黄世烽"),
        ("article", "农行甘孜分行开展“农情相伴·关爱e家”暖心行动", "陈建军 王奎"),
        ("article", "陕煤黄陵矿业一号煤矿:党史学习教育走心又有“新”", "倪小红 薛振江"),
        ("article", "四川理塘县:多措并举保障“五一”假期安全稳定", "叶强平 朱成蓉"),
        ("caption", "", "邓德华"),
        ("article", "民有所需 警有所为", "吴顺文 罗娇"),
    ]


def test_its_subtitles(items: list[Item]) -> None:
    assert [item.subtitle for item in items if item.subtitle] == [
        "甘肃省武威市求实探索新时代文明实践中心建设新路径(上)",
        "凉山州德昌县公安局开展“我为群众办实事”实践活动速记",
    ]


def test_its_headings_stay_in_the_article(items: list[Item]) -> None:
    paragraphs = items[0].text.split("\n")
    headings = ["统筹资源", "扩大文明实践覆盖面", "落实责任", "上下联动聚焦发力", "精准对接", "文明实践接地气"]
    assert [paragraph for paragraph in paragraphs if len(paragraph) < 12] == headings


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (0, "组建市级志愿服务分队10支、县区级志愿服务分队39支、乡(镇)村(社区)志愿服务队750多支"),
        (0, "各县区在乡镇(街道)、村(社区)分别设立新时代文明实践所、实践站"),
        (6, "警保合作车驾管服务站建设、推行登记服务站办摩托车注册登记业务"),
        (6, "提高人民群众的安全感、满意度。"),
    ],
)
def test_its_broken_lines_are_rejoined(items: list[Item], number: int, sentence: str) -> None:
    assert sentence in items[number].text


def test_spans_refer_to_the_page_as_sent(items: list[Item]) -> None:
    page = PAGE.read_text("utf-8")
    for item in items:
        assert page[item.start : item.end].startswith(item.title or item.text[:10])
        assert page[item.start : item.end].endswith(item.text[-10:])


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_pages_of_other_newspapers(file: Path, request: pytest.FixtureRequest) -> None:
    if reason := UNDECIDED.get(file.stem):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    expected = json.loads(file.read_text("utf-8"))["articles"]
    found = split_page(decode(file.with_suffix(".txt").read_bytes()))
    assert [(item.kind, item.title) for item in found] == [(item["kind"], item["title"]) for item in expected]
    for item, right in zip(found, expected, strict=True):
        assert _squeezed(item.byline) in _squeezed(right["byline"])
        assert bool(item.byline) == bool(right["byline"])
        assert _squeezed(item.text).startswith(_squeezed(right["first_words"]))
        assert _squeezed(right["last_words"]) in _squeezed(item.text)[-60:]
        paragraphs = [_squeezed(paragraph) for paragraph in item.text.split("\n")]
        assert all(_squeezed(heading) in paragraphs for heading in right["headings"])


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028"])
def test_line_ends_of_all_systems(ending: str, items: list[Item]) -> None:
    found = split_page(PAGE.read_text("utf-8").replace("\n", ending))
    assert [(item.title, item.byline, item.text) for item in found] == [
        (item.title, item.byline, item.text) for item in items
    ]


def test_one_article_is_one_item() -> None:
    text = "民警进校园讲反诈\n5月6日,民警走进中学。\n课堂互动\n同学们踊跃发言。\n"
    [item] = split_page(text)
    assert (item.title, item.text) == ("民警进校园讲反诈", "5月6日,民警走进中学。\n课堂互动\n同学们踊跃发言。")


def test_a_page_of_furniture_has_no_articles() -> None:
    assert split_page("第03版:要闻\n2023年5月6日 星期六\n") == []


HOSTILE = [
    "记者" * 22 + "。",
    "记者" * 22 + "摄",
    "图" + "张三记者" * 40 + "x",
    "(" + "张三记者" * 40,
    "(" + "作者" * 40 + "。)",
    "本报讯 " + "记者张三 " * 40 + "x",
    "。" + "记者摄影作者" * 40 + "x",
    "现场来了人民日报记者新华社记者中新社记者光明日报记者经济日报记者科技日报记者农民日报记者的报道团",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_runs_of_role_words_take_no_exponential_time(line: str) -> None:
    started = time.perf_counter()
    split_page(f"{line}\n第二行。")
    assert time.perf_counter() - started < 0.5


LINES = ["民" * 17, "民\n", "本报记者" * 11, "张三摄", "张三 李四", "民警走访社区," * 5, "※※※", "—"]


@pytest.mark.parametrize("line", LINES)
def test_a_large_page_takes_linear_time(line: str) -> None:
    started = time.perf_counter()
    split_page(f"{line}\n" * (300_000 // (len(line) + 1)))
    assert time.perf_counter() - started < 20  # two seconds; were it quadratic, minutes


@pytest.mark.parametrize("heading", ["严执法", "查隐患", "强服务", "平安", "成效", "高质量"])
def test_a_heading_that_looks_like_a_name_stays_in_the_article(heading: str) -> None:
    [item] = split_page(f"民警走访社区\n本报讯(记者 张三)5月6日,民警走访社区。\n{heading}\n民警检查了商铺。")
    assert item.text.split("\n")[1] == heading
    assert item.byline == "记者 张三"


def test_a_list_of_names_stays_in_the_article() -> None:
    text = "好人榜揭晓\n本报讯(记者 张三)5月6日,好人榜揭晓。他们是:\n张伟 王芳 李娜\n刘洋 陈静\n活动由文明办主办。"
    [item] = split_page(text)
    assert "张伟 王芳 李娜\n刘洋 陈静" in item.text


@pytest.mark.parametrize("file", [PAGE, *(page.with_suffix(".txt") for page in PAGES)], ids=lambda file: file.stem)
def test_nothing_printed_is_lost_but_the_pages_own_lines(file: Path) -> None:
    page = decode(file.read_bytes())
    kept = "".join(item.title + item.subtitle + item.byline + item.text for item in split_page(page))
    lost = [
        line.text
        for line in printed(page)
        if not (mark.is_furniture(line.folded) or mark.is_separator(line.folded))
        and not all(word.strip("—□■○●()（）") in kept for word in line.text.split())
    ]
    assert [line for line in lost if len("".join(line.split())) > 5] == []  # what is shorter names a section


lines = st.sampled_from(
    [
        "",
        "——记某地",
        "本报讯(张三)某日,某事。",
        "张三 李四",
        "短句",
        "图为某地。张三摄",
        "※※※",
        "一句话,说到",
        "第3版",
        "(",
        "摄",
    ]
)


@given(st.lists(st.one_of(lines, st.text(max_size=60)), max_size=12).map("\n".join))
def test_any_text_splits_into_spans_in_order(text: str) -> None:
    found = split_page(text)
    assert [item.start for item in found] == sorted(item.start for item in found)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert item.kind == "caption" or item.title or item.text or item.byline
