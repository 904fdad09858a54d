import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT

CATEGORIES = [
    "civic_practice",
    "civic_practice",
    "banking_welfare",
    "party_history_education",
    "tourism_safety",
    None,
    "public_security",
]


def lanmu(
    *arguments: str | Path, stdin: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "service", *map(str, arguments)]
    environment = {"COLUMNS": "160", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **(environment or {})}
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=ROOT, env=environment)


def test_classify_shows_the_users_page_as_a_table(models: Path) -> None:
    lines = lanmu("classify", PAGE, "--models", models).stdout.decode().splitlines()
    assert lines[0].split() == ["kind", "title", "decision", "category", "score"]
    shown = ["文明实践", "文明实践", "银行关爱", "党史学习教育", "旅游安全", "以上都不是", "公安"]
    assert [line.split()[-2] for line in lines[1:]] == shown


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_classify_gives_json_of_standard_input(models: Path, charset: str) -> None:
    page = PAGE.read_text("utf-8").encode(charset)
    ran = lanmu("classify", "-", "--json", "--models", models, stdin=page)
    answers = [json.loads(line) for line in ran.stdout.decode().splitlines()]
    assert [answer["category"] for answer in answers] == CATEGORIES
    assert answers[0]["file"] == "-"
    assert answers[5]["kind"] == "caption"


def test_split_needs_no_model() -> None:
    items = [json.loads(line) for line in lanmu("split", PAGE, "--json").stdout.decode().splitlines()]
    assert len(items) == 7
    assert set(items[0]) == {"kind", "title", "subtitle", "byline", "text", "start", "end"}
    assert "杨澜 崔世雄" in lanmu("split", PAGE).stdout.decode()


def test_models_list_marks_the_current_one(models: Path) -> None:
    current = (models / "current").read_text().strip()
    assert (
        f"* {current}".split()
        == lanmu("models", "list", "--models", models).stdout.decode().splitlines()[1].split()[:2]
    )
    [row] = lanmu("models", "list", "--json", "--models", models).stdout.decode().splitlines()
    assert json.loads(row)["version"] == current
    assert json.loads(row)["current"] is True


def test_a_damaged_version_is_shown_beside_the_sound_ones(models: Path, tmp_path: Path) -> None:
    shutil.copytree(models, tmp_path / "models")
    (tmp_path / "models" / "20200101T000000Z-old").mkdir()
    (tmp_path / "models" / "20200101T000000Z-old" / "manifest.json").write_text("{}")
    ran = lanmu("models", "list", "--models", tmp_path / "models")
    assert ran.returncode == 0
    assert "damaged" in ran.stdout.decode().splitlines()[1]
    assert "*" in ran.stdout.decode().splitlines()[2]


def test_a_title_that_looks_like_markup_is_shown_as_it_is(models: Path) -> None:
    page = "警方[bold]巡逻[/b]通报\n本报讯(张三)民警巡逻。".encode()
    for command in (("split", "-"), ("classify", "-", "--models", models)):
        assert "警方[bold]巡逻[/b]通报" in lanmu(*command, stdin=page).stdout.decode()


def test_a_bad_setting_is_named() -> None:
    ran = lanmu("models", "list", environment={"LANMU_PORT": "abc"})
    assert ran.returncode == 1
    assert "LANMU_PORT: " in ran.stderr.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"\xff\xff\xff", "neither UTF-8 nor GB18030"), (b" \n", "there is no text in it"), (b"a\0", "NUL")],
)
def test_a_file_that_cannot_be_read_is_named(models: Path, tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    ran = lanmu("classify", path, "--models", models)
    assert ran.returncode == 1
    assert f"{path}: " in ran.stderr.decode()
    assert message in ran.stderr.decode()


def test_without_a_model_it_says_what_to_do(tmp_path: Path) -> None:
    ran = lanmu("classify", PAGE, "--models", tmp_path)
    assert ran.returncode == 1
    assert "lanmu-train" in ran.stderr.decode()


def test_every_command_has_help() -> None:
    for command in ((), ("serve",), ("classify",), ("split",), ("archive",), ("models",), ("models", "list")):
        ran = lanmu(*command, "--help")
        assert ran.returncode == 0
        assert b"Usage: lanmu" in ran.stdout
