"""Text that is no Chinese news belongs nowhere."""

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.model.folder import ModelFolder
from service.model.model import Model
from service.text.reading import Sent
from tests.conftest import PAGE, SEEDS
from training.cli import main

NONSENSE = {
    "English": "The police rescued two tourists on Monday. " * 10,
    "English with a Chinese word": "The word for police is 公安, and it stands here alone.",
    "code": "def main():\n    return {'id': 1}\n" * 9,
    "code with Chinese names": "# 打开银行接口\nimport os\nfor i in range(10):\n    客户 = open('志愿者.txt')\n",
    "a classical poem": "床前明月光,疑是地上霜。\n举头望明月,低头思故乡。",
    "a modern poem": "把灯熄了吧,\n让月亮自己走进屋来,\n坐在我空着的椅子上。\n我们都不说话。",
    "digits": "12345 67890 3.14 2024-05-06\n" * 20,
    "punctuation": "。。。,,,!!!",
    "emoji": "😀😃😄" * 9,
    "one word": "景区",
    "a list of names": "张伟 王芳 李娜 刘洋 陈静 杨帆 赵磊 黄敏",
}


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_none(model: Model, text: str) -> None:
    answer = model.classify_one(Sent("", text))
    assert answer.decision.verdict == "none"
    assert answer.none >= 0.8


def test_even_a_model_with_few_none_articles_says_none(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    rows = [row for f in files for row in f.read_text("utf-8").splitlines()[: 12 if f.stem == "none" else 40]]
    corpus.write_text("\n".join(rows), "utf-8")
    ran = CliRunner().invoke(main, ["--corpus", str(corpus), "--models", str(tmp_path / "m"), "--folds", "2"])
    assert ran.exit_code == 0, ran.output
    folder = ModelFolder(tmp_path / "m")
    model = folder.load(str(folder.current()))
    for text in ("The police rescued two tourists. ", "12345 67890 3.14", "。。。,,,!!!", "龘靐齉爩龗灪"):
        answer = model.classify_one(Sent("", text))
        assert (answer.decision.verdict, answer.none) == ("none", 1.0)


def test_markup_sent_as_text_does_not_hide_an_article(model: Model) -> None:
    text = (
        "5月6日,派出所民警走进中学,用身边的案例给学生讲怎样识破骗局,并发放反诈手册,解答大家提出的问题,"
        "提醒师生不轻信、不转账,受到师生欢迎。"
    )
    marked = "".join(
        f'<span style="font-size: 16px; color: rgb(51, 51, 51);">{part}</span>' for part in text.split(",")
    )
    assert model.classify_one(Sent("", marked)).decision.category == "public_security"


def test_an_empty_shell_of_html_is_none(model: Model) -> None:
    shell = "<html><head><title></title><style>.a{color:red}</style></head><body><div id='x'></div></body></html>"
    assert model.classify_one(Sent("", shell, True)).decision.verdict == "none"


def test_random_characters_are_none(model: Model) -> None:
    draw = random.Random(0)
    for size in (1, 5, 20, 100, 300, 1000):
        for _ in range(30):
            text = "".join(chr(draw.randint(0x4E00, 0x9FA5)) for _ in range(size))
            assert model.classify_one(Sent("", text)).decision.verdict == "none", text


def test_a_shuffled_page_is_none(model: Model) -> None:
    text = PAGE.read_text("utf-8")
    for seed in range(5):
        shuffled = "".join(random.Random(seed).sample(text, 600))
        assert model.classify_one(Sent("", shuffled)).decision.verdict == "none"


def test_saying_a_thing_again_changes_nothing(model: Model) -> None:
    text = "5月6日,派出所民警走进中学。\n他们给学生讲怎样识破骗局。\n"
    once = model.classify_one(Sent("民警进校园", text))
    for times in (2, 10, 100):
        assert model.classify_one(Sent("民警进校园", text * times)) == once
