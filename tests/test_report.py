import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from service.model.folder import ModelFolder


@pytest.fixture(scope="module")
def version(models: Path) -> Path:
    return models / str(ModelFolder(models).current())


@pytest.fixture(scope="module")
def page(version: Path) -> str:
    return (version / "report.html").read_text("utf-8")


def test_the_card_opens_offline(page: str) -> None:
    fetched = re.findall(r"""(?:src|href|xlink:href|url)\s*[=(]\s*["']?([^"')\s>]+)""", page)
    assert [address for address in fetched if not address.startswith(("#", "data:"))] == []
    assert "<script" not in page
    assert "@import" not in page


def test_the_card_is_whole(page: str) -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, _: object) -> None:
            if tag not in {"meta", "path", "use", "image", "rect", "line"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in {"meta", "path", "use", "image", "rect", "line"}:
                assert self.open.pop() == tag

    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert page.count("<svg") == 8
    for heading in ("混淆矩阵", "Reliability", "学习曲线", "Strongest terms", "错例", "门槛"):
        assert heading in page


def test_the_words_of_the_pictures_stay_words(page: str) -> None:
    words = re.findall(r"<text[^>]*>([^<]*)</text>", page)
    assert {"文明实践", "1000", "1.0"} <= set(words)
    assert not [word for word in words if "$" in word or "\\" in word]


def test_the_card_and_its_figures_agree(version: Path, page: str) -> None:
    figures = json.loads((version / "metrics.json").read_text("utf-8"))
    manifest = json.loads((version / "manifest.json").read_text("utf-8"))
    assert figures["version"] == manifest["version"] == version.name
    for measured in ("cross_validation", "test"):
        for answer, own in figures[measured]["evaluation"]["answers"].items():
            assert f"<td>{own['f1']:.3f}</td>" in page, (measured, answer)
        assert manifest["metrics"][measured]["macro_f1"] == figures[measured]["evaluation"]["macro_f1"]
    assert [point["articles"] for point in figures["learning_curve"]] == sorted(
        point["articles"] for point in figures["learning_curve"]
    )
    assert "民警" in list(figures["strongest_terms"]["public_security"])[:5]
    assert figures["mistakes"]
    assert sum(figures["corpus"]["answers"].values()) == sum(figures["corpus"]["lengths"].values())
