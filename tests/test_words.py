from pathlib import Path

import pytest

from service.text.words import WordListError, read_words


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_in_any_usual_form(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# 警务\n反诈中心\n\n網格員 100 n\n反诈中心\n 适老化 \n", charset)
    assert read_words(path) == ["反诈中心", "网格员", "适老化"]


@pytest.mark.parametrize("row", ["新时代 文明实践", "5G基站", "诈", "police", "反诈,中心"])
def test_what_would_never_become_a_term_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(f"反诈\n{row}\n", "utf-8")
    with pytest.raises(WordListError, match=r"words\.txt:2: a word is"):
        read_words(path)


def test_a_missing_or_torn_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(WordListError, match="no such file"):
        read_words(tmp_path / "words.txt")
    (tmp_path / "words.txt").write_bytes(b"\xff\xff\xff")
    with pytest.raises(WordListError, match="neither UTF-8 nor GB18030"):
        read_words(tmp_path / "words.txt")
