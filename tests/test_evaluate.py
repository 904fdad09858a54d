import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.model.folder import ModelFolder
from tests.conftest import SEEDS
from training.cli import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    path.write_text(
        "".join(line + "\n" for file in files for line in file.read_text("utf-8").splitlines()[:20]), "utf-8"
    )
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_figures_on_any_labelled_file(models: Path, data: Path) -> None:
    shown = run("evaluate", "--models", models, "--data", data)
    assert shown.exit_code == 0
    figures = json.loads(run("evaluate", "--models", models, "--data", data, "--json").stdout)
    assert figures["articles"] == 120
    assert f"macro-F1 {figures['evaluation']['macro_f1']:.3f}" in shown.stdout
    assert f"calibration error {figures['reliability']['error']:.3f}" in shown.stdout
    version = str(ModelFolder(models).current())
    assert run("evaluate", "--model", version, "--models", models, "--data", data).stdout == shown.stdout


def test_other_right_answers_count(models: Path, tmp_path: Path) -> None:
    row = {"title": "民警进校园讲反诈", "text": "派出所民警走进中学,讲怎样识破骗局。", "labels": ["banking_welfare"]}
    path = tmp_path / "one.jsonl"
    for also, accuracy in (([], 0.0), (["public_security"], 1.0)):
        path.write_text(json.dumps(row | {"also": also}), "utf-8")
        figures = json.loads(run("evaluate", "--models", models, "--data", path, "--json").stdout)
        assert figures["evaluation"]["accuracy"] == accuracy


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"text": "今天下雨。", "labels": []}', "no article in it is labelled with a category of the model"),
        ('{"text": "今天下雨。", "labels": ["sports"]}', "data.jsonl:1: labels: 'sports' is not a category"),
        ('{"text": "今天下雨。"', "data.jsonl:1:"),
        ("", "no article in it"),
    ],
)
def test_a_file_that_cannot_be_evaluated_on_is_refused(models: Path, data: Path, content: str, message: str) -> None:
    data.write_text(content, "utf-8")
    ran = run("evaluate", "--models", models, "--data", data)
    assert (ran.exit_code, message in ran.stderr) == (1, True), ran.stderr


def test_a_version_or_file_that_is_not_there_is_named(models: Path, data: Path) -> None:
    assert (
        "no whole version nothing" in run("evaluate", "--model", "nothing", "--models", models, "--data", data).stderr
    )
    assert "nowhere.jsonl" in run("evaluate", "--models", models, "--data", "nowhere.jsonl").stderr


def test_two_versions_side_by_side(models: Path, data: Path, tmp_path: Path) -> None:
    a = str(ModelFolder(models).current())
    shutil.copytree(models, tmp_path / "models")
    small = tmp_path / "small.jsonl"
    files = sorted((SEEDS / "articles").glob("*.jsonl"))
    small.write_text("\n".join(line for f in files for line in f.read_text("utf-8").splitlines()[-10:]), "utf-8")
    trained = run("--corpus", small, "--models", tmp_path / "models", "--folds", "2", "--force")
    assert trained.exit_code == 0, trained.output
    b = str(ModelFolder(tmp_path / "models").current())
    options = ("--models", tmp_path / "models", "--data", data)
    worse = run("compare", a, b, *options)
    assert (worse.exit_code, f"{b} is significantly worse than {a}" in worse.stderr) == (3, True)
    assert "McNemar" in worse.stdout
    better = run("compare", b, a, *options, "--json")
    assert better.exit_code == 0
    figures = json.loads(better.stdout)
    assert figures["difference"] == pytest.approx(
        figures["b"]["evaluation"]["macro_f1"] - figures["a"]["evaluation"]["macro_f1"]
    )
    assert figures["p_value"] < 0.05
