from datetime import date
from pathlib import Path

import pytest

from service.model.taxonomy import TaxonomyError, read_taxonomy
from tests.conftest import SEEDS


def test_the_starter_taxonomy() -> None:
    taxonomy = read_taxonomy(SEEDS / "categories.toml")
    names = ["civic_practice", "public_security", "tourism_safety", "banking_welfare", "party_history_education"]
    assert taxonomy.ids == names
    assert [category.zh for category in taxonomy.categories] == [
        "文明实践",
        "公安",
        "旅游安全",
        "银行关爱",
        "党史学习教育",
    ]
    assert taxonomy.vocabularies["medtop"].checked == date(2019, 4, 6)
    for category in taxonomy.categories:
        assert len(category.codes["medtop"].primary) == 8
        assert category.codes["gbt20093"].primary == ""
    assert "20000564" not in str(taxonomy)  # a retired code


CATEGORY = '[[category]]\nid = "{}"\nzh = "公安"\nen = "Police"\n'


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (CATEGORY.format("none"), "none is not a category"),
        (CATEGORY.format("a") * 2, "a stands twice"),
        (CATEGORY.format("../etc"), "category.0.id"),
        (CATEGORY.format("a") + "colour = 1", "colour"),
        (CATEGORY.format("a") + 'codes.ddc = { primary = "1" }', "unknown vocabulary ddc"),
        ('[[category]]\nid = "a"', "category.0.zh"),
        ("", "category"),
        ("= 1", "line 1"),
    ],
)
def test_a_bad_taxonomy_is_refused_with_the_place(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "categories.toml"
    path.write_text(toml, "utf-8")
    with pytest.raises(TaxonomyError, match=message) as raised:
        read_taxonomy(path)
    assert str(path) in str(raised.value)


def test_a_missing_taxonomy_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match="no such file"):
        read_taxonomy(tmp_path / "categories.toml")
