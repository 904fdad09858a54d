import json
from pathlib import Path

import pytest

from training.corpus import Article, CorpusError, fingerprint, read_corpus

CATEGORIES = ["police", "bank"]


def rows(label: list[str], count: int = 10) -> list[dict[str, object]]:
    name = label[0] if label else "none"
    return [{"title": f"{name}{i}", "text": f"第{i}篇{name}的文章。", "labels": label} for i in range(count)]


GOOD = [*rows(["police"]), *rows(["bank"]), *rows([])]


def write(path: Path, data: list[object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in data), "utf-8")
    return path


def test_a_corpus_is_read_whole(tmp_path: Path) -> None:
    articles = read_corpus(write(tmp_path / "a.jsonl", GOOD), CATEGORIES)
    assert len(articles) == 30
    assert articles[0] == Article("police0", "第0篇police的文章。", ("police",), f"{tmp_path}/a.jsonl:1")
    assert articles[-1].main == "none"


def test_a_folder_in_gb18030_gives_the_same_articles(tmp_path: Path) -> None:
    expected = fingerprint(read_corpus(write(tmp_path / "a.jsonl", GOOD), CATEGORIES))
    folder = tmp_path / "folder"
    folder.mkdir()
    for i in range(3):
        lines = [json.dumps(row, ensure_ascii=False) for row in GOOD[i * 10 : i * 10 + 10]]
        (folder / f"{i}.jsonl").write_bytes("\r\n".join(lines).encode("gb18030"))
    assert fingerprint(read_corpus(folder, CATEGORIES)) == expected


def test_what_stands_twice_is_read_once(tmp_path: Path) -> None:
    again = GOOD[0] | {"text": " 第０篇police 的文章。\n"}
    assert len(read_corpus(write(tmp_path / "a.jsonl", [*GOOD, again]), CATEGORIES)) == 30


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"labels": []}, "text: Field required"),
        ({"text": "文", "labels": ["sports"]}, "labels: 'sports' is not a category. Categories are police, bank"),
        ({"text": " \u3000", "labels": []}, "text: it is empty"),
        ({"text": 5, "labels": []}, "text: Input should be a valid string"),
        ({"text": "文", "labels": "police"}, "labels: Input should be a valid array"),
        ({"text": "文"}, "labels: Field required"),
        ({"text": "文", "labels": ["bank", "bank"]}, "labels: one stands twice"),
        ({"text": "a\0b", "labels": []}, "text: The text holds a NUL character at character 1"),
        ([], "Input should be an object"),
        (GOOD[3] | {"labels": ["bank"], "title": "另一个标题"}, "labelled police at .*a.jsonl:4, and bank here"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path: Path, row: object, message: str) -> None:
    path = write(tmp_path / "a.jsonl", [*GOOD, row])
    with pytest.raises(CorpusError, match=message) as raised:
        read_corpus(path, CATEGORIES)
    assert f"{path}:31: " in str(raised.value)


def test_all_bad_rows_are_listed_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [*GOOD, {"text": "", "labels": []}, {"text": "文", "labels": ["x"]}])
    with pytest.raises(CorpusError) as raised:
        read_corpus(path, CATEGORIES)
    assert [line.split(": ")[0] for line in str(raised.value).split("\n")] == [f"{path}:31", f"{path}:32"]


def test_a_line_that_is_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "文", "labels": [NaN]}\n{"text": \n')
    with pytest.raises(CorpusError, match=r"a\.jsonl:2: Invalid JSON"):
        read_corpus(path, CATEGORIES)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{}\n\xff\xff\xff")
    with pytest.raises(CorpusError, match=r"a\.jsonl:2: The bytes are neither UTF-8 nor GB18030"):
        read_corpus(tmp_path, CATEGORIES)


@pytest.mark.parametrize("missing", ["police", "none"])
def test_a_category_with_too_few_articles_is_refused(tmp_path: Path, missing: str) -> None:
    few = [row for i, row in enumerate(GOOD) if not (str(row["title"]).startswith(missing) and i % 10 == 0)]
    with pytest.raises(CorpusError, match=f"{missing}: 9 articles .* at least 10"):
        read_corpus(write(tmp_path / "a.jsonl", few), CATEGORIES)


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "a.jsonl"):
        with pytest.raises(CorpusError, match="there is no corpus here"):
            read_corpus(path, CATEGORIES)
