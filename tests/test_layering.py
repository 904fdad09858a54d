import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted(path for room in ("service", "training") for path in (ROOT / room).rglob("*.py"))
UNPICKLING = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layers"
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    imports = set(_imports(path))
    if path.is_relative_to(ROOT / "service"):
        # joblib's workers are our own processes; no file is unpickled.
        parallel = {"joblib"} if path == ROOT / "service" / "archive" / "crew.py" else set()
        forbidden = {"training", "tests", "sklearn", *UNPICKLING} - parallel
        assert not {name for name in imports if name.split(".")[0] in forbidden}
    if path.is_relative_to(ROOT / "service" / "archive"):
        assert not {name for name in imports if name.startswith(("service.api", "service.cli", "service.settings"))}
    if path.is_relative_to(ROOT / "service" / "text"):
        assert not {name for name in imports if name.startswith("service.") and not name.startswith("service.text")}
    if path.is_relative_to(ROOT / "service" / "model"):
        assert not {name for name in imports if name.startswith(("service.api", "service.cli", "service.settings"))}
    if path.is_relative_to(ROOT / "training"):
        own = {name for name in imports if name.startswith("service.")}
        assert all(name.startswith(("service.text", "service.model")) for name in own)


def test_the_api_loads_neither_scikit_learn_nor_what_unpickles() -> None:
    code = "import service.api.app, service.cli, sys; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert "service.api.app" in loaded
    assert not loaded & {"sklearn", "scipy", "joblib", "dill", "cloudpickle", "jieba", "training"}
    assert not loaded & {"pyarrow", "fsspec", "distributed", "service.archive"}
