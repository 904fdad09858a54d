import re

import pytest
from pydantic import ValidationError

from service.settings import Settings
from tests.conftest import ROOT


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_lists_every_setting_with_its_default(readme: str) -> None:
    rows = dict(re.findall(r"^\| `LANMU_(\w+)` \| `([^`]*)` \|", (ROOT / readme).read_text("utf-8"), re.MULTILINE))
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    shown = {name: str(value).removeprefix(f"{ROOT}/") for name, value in defaults.items()}
    assert rows == shown


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANMU_PORT", "8123")
    assert Settings().port == 8123
    monkeypatch.setenv("LANMU_ARTICLE_BYTES", "-1")
    with pytest.raises(ValidationError, match="article_bytes"):
        Settings()
