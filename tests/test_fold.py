import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.fold import VOID, simplify


@pytest.mark.parametrize(
    ("sent", "folded"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("（记者　张三）", "(记者 张三)"),
        ("⽂明实践", "文明实践"),  # the radicals that a PDF's text layer holds
        ("①②", "12"),
        ("㎡½", "㎡½"),  # longer when folded, so left alone
        ("反\u200b诈", f"反{VOID}诈"),
    ],
)
def test_variants_fold_to_one_form(sent: str, folded: str) -> None:
    assert simplify(sent) == folded


def test_traditional_text_gives_simplified_terms() -> None:
    assert simplify("臺灣警員護送遊客") == "台湾警员护送游客"


@given(st.text())
def test_no_character_moves(text: str) -> None:
    assert len(simplify(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert simplify(simplify(text)) == simplify(text)
