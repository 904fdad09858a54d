import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import SEEDS
from training.cli import main


@pytest.fixture
def rows() -> list[dict[str, object]]:
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()[:80]]


def check(path: Path, rows: list[dict[str, object]]) -> tuple[int, str]:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    result = CliRunner().invoke(main, ["check", "--corpus", str(path)])
    return result.exit_code, result.output


def test_a_sound_corpus_passes(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    code, output = check(tmp_path / "corpus.jsonl", rows)
    assert (code, "480 articles, no problem found." in output) == (0, True)


def test_a_near_duplicate_is_refused_with_both_places(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    path = tmp_path / "corpus.jsonl"
    copied = next(i for i, row in enumerate(rows) if len(str(row["text"])) > 400)
    text = "另一篇文章的开头,同前文完全不同。" * 4 + str(rows[copied]["text"])[100:200]
    code, output = check(path, [*rows, rows[copied] | {"text": text}])
    assert code == 1
    assert f"{path}:481: it shares 30 characters or more with {path}:{copied + 1}: " in output


def test_a_label_that_all_others_contradict_is_refused(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    path = tmp_path / "corpus.jsonl"
    text = "党员们重温入党誓词,参观革命纪念馆,聆听老战士讲述党史故事,开展党史学习教育主题党日活动。" * 3
    wrong = {"title": "党史学习教育专题党课", "text": text, "labels": ["public_security"], "genre": "简讯"}
    code, output = check(path, [*rows, wrong])
    assert code == 1
    assert f"{path}:481: it is labelled public_security" in output
    assert "and party_history_education " in output


def test_lengths_that_give_a_category_away_are_refused(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    short = [row | {"text": str(row["text"])[:60]} if row["labels"] == ["banking_welfare"] else row for row in rows]
    code, output = check(tmp_path / "corpus.jsonl", short)
    assert code == 1
    assert "banking_welfare: its median article has 60 characters" in output


def test_a_bad_row_is_told_before_anything_else(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    code, output = check(tmp_path / "corpus.jsonl", [*rows, {"text": "", "labels": []}])
    assert (code, "corpus.jsonl:481: text: it is empty" in output) == (1, True)


def test_the_starter_corpus_is_sound() -> None:
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output
