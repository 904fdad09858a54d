"""`/classify` over HTTP, beside an endpoint that does nothing and the one that anyone would write."""

import json
import re
import subprocess
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from service.model.folder import ModelFolder
from tests.bench.apps import MODELS
from tests.bench.corpora import local_news, seed_articles
from tests.bench.figures import Table, ratio, rounds
from tests.conftest import running_server

ROUNDS = 3
SECONDS = 4
CONNECTIONS = 8
CHARACTERS = 660

_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = io.open("{body}"):read("*a")
"""


def measure(models: ModelFolder) -> list[Table]:
    """Return requests a second at eight connections, and how long the slowest of a hundred wait at half the rate."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        body = folder / "article.json"
        body.write_text(json.dumps(_article(), ensure_ascii=False), "utf-8")
        served = running_server("--models", str(models.path), log=folder / "log")
        real = stack.enter_context(served)
        idle, naive = (stack.enter_context(_app(name, models, folder)) for name in ("idle", "naive"))
        urls = {
            "nothing (same request model)": f"{idle}/classify",
            "/classify": f"{real}/classify",
            "/classify?evidence=true": f"{real}/classify?evidence=true",
            "FastAPI with the scikit-learn pipeline behind jieba": f"{naive}/classify",
        }
        rates = rounds({name: partial(_rate, url, body) for name, url in urls.items()}, ROUNDS)
        waits = {
            name: [_p99(urls[name], body, median(rates[name]) / 2) for _ in range(ROUNDS)] for name in list(urls)[:3]
        }
    idle_rates, *_, naive_rates = rates.values()
    idle_waits = next(iter(waits.values()))
    return [
        Table(
            f"POST /classify, {CHARACTERS} characters, one worker, {CONNECTIONS} connections",
            ["endpoint", "requests/s", "of nothing", "× naive", "p99 at half the rate, ms", "× nothing"],
            [
                [
                    name,
                    f"{median(own):,.0f}",
                    f"{ratio(own, idle_rates):.2f}",
                    f"{ratio(own, naive_rates):.1f}",
                    *(
                        [f"{median(waits[name]):.1f}", f"{ratio(waits[name], idle_waits):.1f}"]
                        if name in waits
                        else ["", ""]
                    ),
                ]
                for name, own in rates.items()
            ],
        )
    ]


def _article() -> dict[str, str]:
    article = next(a for a in local_news() or seed_articles() if len(a.title) + len(a.text) >= CHARACTERS)
    return {"title": article.title, "text": article.text[: CHARACTERS - len(article.title)]}


def _app(name: str, models: ModelFolder, folder: Path) -> running_server:
    """Serve an application of `tests.bench.apps` as the service itself is served."""
    return running_server(
        *("--factory", "--no-access-log", "--no-server-header"),
        log=folder / name,
        environment={MODELS: str(models.path)},
        module=("uvicorn", f"tests.bench.apps:{name}"),
    )


def _rate(url: str, body: Path) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT.format(body=body))
        script.flush()
        command = ["wrk", "-t1", "--timeout", "30s", f"-c{CONNECTIONS}", f"-d{SECONDS}", "-s", script.name, url]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise RuntimeError(printed)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", printed)[0])


def _p99(url: str, body: Path, rate: float) -> float:
    """Return the milliseconds that 99 of 100 requests stay under, at a rate that the sender keeps."""
    each = f"{rate / CONNECTIONS:.2f}"
    options = ["-z", f"{SECONDS}s", "-c", str(CONNECTIONS), "-q", each, "-m", "POST", "-T", "application/json"]
    command = ["hey", *options, "-D", str(body), url]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return 1000 * float(re.findall(r"99% in ([\d.]+) secs", printed)[0])
