import http.client
import json
import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from service.model.model import Model
from tests.conftest import PAGE, POLICE, running_server

JSON = {"content-type": "application/json"}


def test_the_users_page_over_http(client: httpx.Client) -> None:
    headers = {"content-type": "text/plain; charset=utf-8"}
    articles = client.post("/pages", content=PAGE.read_bytes(), headers=headers).json()["articles"]
    assert [(a["title"][:8], a["kind"], a["byline"], a["category"]) for a in articles] == [
        ("文明实践标注城市", "article", "杨澜 崔世雄", "civic_practice"),
        ("三亚首个特色小镇", "article", "黄世烽", "civic_practice"),
        ("农行甘孜分行开展", "article", "陈建军 王奎", "banking_welfare"),
        ("陕煤黄陵矿业一号", "article", "倪小红 薛振江", "party_history_education"),
        ("四川理塘县:多措", "article", "叶强平 朱成蓉", "tourism_safety"),
        ("", "caption", "邓德华", None),
        ("民有所需 警有所", "article", "吴顺文 罗娇", "public_security"),
    ]
    assert [a["decision"] for a in articles] == ["assign"] * 5 + ["none", "assign"]
    sent = PAGE.read_text("utf-8")
    for article in articles:
        assert sent[article["start"] : article["end"]].startswith(article["title"] or "5月5日")


def test_the_page_as_json_gives_the_same(client: httpx.Client) -> None:
    as_text = client.post("/pages", content=PAGE.read_bytes(), headers={"content-type": "text/plain"})
    assert client.post("/pages", json={"text": PAGE.read_text("utf-8")}).json() == as_text.json()


def test_an_article_gets_a_score_for_every_category(client: httpx.Client, model: Model) -> None:
    answer = client.post("/classify", json=POLICE | {"id": "a-1"}).json()
    assert answer["id"] == "a-1"
    assert answer["model"] == model.version
    assert (answer["decision"], answer["category"], answer["categories"]) == (
        "assign",
        "public_security",
        ["public_security"],
    )
    assert set(answer["scores"]) == set(model.taxonomy.ids)
    assert list(answer["scores"].values()) == sorted(answer["scores"].values(), reverse=True)
    assert all(0 <= score <= 1 for score in [*answer["scores"].values(), answer["none"]])


@pytest.mark.parametrize("charset", ["utf-8", "GB18030", "gbk", "utf-16le"])
def test_bare_text_in_its_charset_is_its_headline_and_text(client: httpx.Client, charset: str) -> None:
    text = f"{POLICE['title']}\n{POLICE['text']}".encode(charset)
    answer = client.post("/classify", content=text, headers={"content-type": f"text/plain; charset={charset}"})
    assert answer.json() == client.post("/classify", json=POLICE).json()


def test_html_is_stripped_when_asked(client: httpx.Client) -> None:
    html = {"text": f"<p>{POLICE['text'][:20]}<b>{POLICE['text'][20:]}</b></p>", "title": POLICE["title"]}
    assert (
        client.post("/classify", json=html | {"format": "html"}).json() == client.post("/classify", json=POLICE).json()
    )


def test_a_batch_answers_in_order_and_a_bad_item_fails_alone(client: httpx.Client) -> None:
    items: list[Any] = [POLICE | {"id": 1}, {"id": "no text"}, 5, {"id": "blank", "text": "\u3000"}, POLICE]
    # A lone surrogate: no JSON library would send it, so it is written by hand.
    body = json.dumps({"articles": items})[:-2] + ', {"id": "torn", "text": "\\ud800"}, {"id": [1], "text": "文"}]}'
    results = client.post("/classify/batch", content=body, headers=JSON).json()["results"]
    assert [result["id"] for result in results] == [1, "no text", None, "blank", None, "torn", None]
    assert [result.get("error", {}).get("type", "").split(":")[-1] for result in results] == [
        "",
        "missing-field",
        "wrong-type",
        "blank-text",
        "",
        "bad-character",
        "wrong-type",
    ]
    assert results[0]["scores"] == results[4]["scores"] == client.post("/classify", json=POLICE).json()["scores"]


def test_an_article_of_a_batch_has_an_articles_limit(client: httpx.Client) -> None:
    results = client.post("/classify/batch", json={"articles": [{"id": 1, "text": "文" * 400_000}, POLICE]}).json()[
        "results"
    ]
    assert results[0]["id"] == 1
    assert results[0]["error"]["type"] == "urn:lanmu:problem:too-large"
    assert results[1]["category"] == "public_security"


def test_an_empty_batch_is_no_error(client: httpx.Client) -> None:
    assert client.post("/classify/batch", json={"articles": []}).json() == {"results": []}


def test_the_categories(client: httpx.Client, model: Model) -> None:
    answer = client.get("/categories").json()
    assert [category["id"] for category in answer["categories"]] == model.taxonomy.ids
    police = answer["categories"][1]
    assert police["names"] == {"zh": "公安", "en": "Public security"}
    assert police["codes"]["medtop"]["primary"] == "20000129"
    learnt = model.manifest.thresholds
    assert (police["threshold"], police["review"], police["learnt"]) == (learnt["public_security"].assign, 0.5, True)
    assert answer["none"]["assign"] == learnt["none"].assign
    assert answer["vocabularies"]["medtop"]["checked"] == "2019-04-06"


def test_alive_and_ready(client: httpx.Client, model: Model) -> None:
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready", "model": model.version}


BAD = [
    (b"", "application/json", 400, "malformed-json"),
    (b"{", "application/json", 400, "malformed-json"),
    (b"[" * 200_000, "application/json", 400, "malformed-json"),
    (b"1" * 6000, "application/json", 400, "malformed-json"),
    (b"[]", "application/json", 422, "wrong-type"),
    (b"NaN", "application/json", 422, "wrong-type"),
    (b"{}", "application/json", 422, "missing-field"),
    (b'{"text": NaN}', "application/json", 422, "wrong-type"),
    (b'{"text": Infinity}', "application/json", 422, "wrong-type"),
    (b'{"text": null}', "application/json", 422, "wrong-type"),
    (b'{"text": ["a"]}', "application/json", 422, "wrong-type"),
    (b'{"text": ""}', "application/json", 422, "blank-text"),
    (b'{"text": " \\n\\u3000\\u200b"}', "application/json", 422, "blank-text"),
    (b'{"text": "a", "title": 1}', "application/json", 422, "wrong-type"),
    (b'{"text": "a", "format": "pdf"}', "application/json", 422, "wrong-type"),
    (b'{"text": "a", "id": {}}', "application/json", 422, "wrong-type"),
    (b'{"text": "a\\u0000"}', "application/json", 422, "bad-character"),
    (b'{"text": "\\ud800"}', "application/json", 422, "bad-character"),
    (b'{"text": "a", "title": "\\udc00"}', "application/json", 422, "bad-character"),
    (b'{"text": "\xff"}', "application/json", 400, "undecodable"),
    (b"", "text/plain", 422, "blank-text"),
    (b"a\0b", "text/plain", 422, "bad-character"),
    (b"\xff", "text/plain", 400, "undecodable"),
    (b"\x81", "text/plain; charset=gb18030", 400, "undecodable"),
    (b"a", "text/plain; charset=klingon", 415, "unknown-charset"),
    (b"a", "text/html", 415, "unsupported-media-type"),
    (b"a", "", 415, "unsupported-media-type"),
    (b"a" * 1_000_001, "text/plain", 413, "too-large"),
    (b'{"text": "<p></p><br>", "format": "html"}', "application/json", 422, "blank-text"),
    (b'{"text": "a", "id": 1%s}' % (b"0" * 400), "application/json", 422, "wrong-type"),
    (b'{"text": "a", "id": "%s"}' % (b"x" * 201), "application/json", 422, "wrong-type"),
]


FIELDS = (b"title", b"format", b"id")  # of an article, which a page has not


@pytest.mark.parametrize(
    ("path", "body", "content_type", "status", "kind"),
    [("/classify", *bad) for bad in BAD]
    + [("/pages", *bad) for bad in BAD if not any(field in bad[0] for field in FIELDS)],
)
def test_a_bad_body_gets_problem_details(
    client: httpx.Client, path: str, body: bytes, content_type: str, status: int, kind: str
) -> None:
    answer = client.post(path, content=body, headers={"content-type": content_type})
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert problem["type"] == f"urn:lanmu:problem:{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]


def test_no_answer_echoes_the_input(client: httpx.Client) -> None:
    secret = "机密" * 1000
    for body in (
        {secret: 1},
        {"text": 1, secret: secret},
        {"text": "文", "id": [secret]},
        {"text": "文", "format": secret},
    ):
        assert len(client.post("/classify", json=body).content) < 400
    long_type = {"content-type": "text/plain; charset=" + "x" * 5000}
    assert len(client.post("/classify", content=b"a", headers=long_type).content) < 500


def test_an_unknown_field_is_left_alone(client: httpx.Client) -> None:
    body = json.dumps(POLICE)[:-1] + ', "\\ud800": 1, "date": "2026-01-01"}'
    assert client.post("/classify", content=body, headers=JSON).json() == client.post("/classify", json=POLICE).json()


def test_a_body_that_never_ends_is_cut_off_at_the_limit(url: str) -> None:
    host = urlsplit(url)
    sent = 0
    with socket.create_connection((host.hostname, host.port), timeout=10) as wire:
        wire.sendall(
            b"POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        try:
            while sent < 300_000_000:
                wire.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass
    assert sent < 100_000_000
    assert httpx.get(f"{url}/readyz").status_code == 200


def test_a_client_that_goes_away_leaves_no_traceback(models: Path, tmp_path: Path) -> None:
    headers = b"Host: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n"
    with running_server("--models", str(models), log=tmp_path / "log") as url:
        with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port)) as wire:
            wire.sendall(b"POST /classify HTTP/1.1\r\n" + headers + b"abc")
        assert httpx.get(f"{url}/livez").status_code == 200
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_compressed_and_textual_batches_are_told_what_to_send(client: httpx.Client) -> None:
    zipped = client.post("/classify", content=b"x", headers={"content-encoding": "gzip", "content-type": "text/plain"})
    textual = client.post("/classify/batch", content=b"x", headers={"content-type": "text/plain"})
    assert (zipped.status_code, textual.status_code) == (415, 415)


def test_monitors_may_ask_for_the_head_only(client: httpx.Client) -> None:
    assert client.head("/livez").status_code == client.head("/readyz").status_code == 200


def test_wrong_places_and_methods_are_problems_too(client: httpx.Client) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("GET", "/classify", 405), ("DELETE", "/", 405)):
        answer = client.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_limits_are_settings(models: Path, tmp_path: Path) -> None:
    limits = {"LANMU_ARTICLE_BYTES": "100", "LANMU_BATCH_BYTES": "1000", "LANMU_BATCH_ARTICLES": "2"}
    with running_server("--models", str(models), log=tmp_path / "log", environment=limits) as url:
        assert httpx.post(f"{url}/classify", json={"text": "文" * 50}).status_code == 413
        assert httpx.post(f"{url}/classify/batch", json={"articles": [{"text": "文" * 50}] * 2}).status_code == 200
        many = httpx.post(f"{url}/classify/batch", json={"articles": [{"text": "文"}] * 3}).json()
        assert many["type"] == "urn:lanmu:problem:too-many-articles"


def test_without_a_model_one_is_trained_first(tmp_path: Path) -> None:
    with running_server("--models", str(tmp_path / "models"), log=tmp_path / "log") as url:
        assert "training one from the seeds" in (tmp_path / "log").read_text()
        assert httpx.post(f"{url}/classify", json=POLICE).json()["category"] == "public_security"


def test_a_damaged_model_is_not_served(models: Path, tmp_path: Path) -> None:
    version = (models / "current").read_text().strip()
    damaged = tmp_path / version
    damaged.mkdir()
    (tmp_path / "current").write_text(version)
    (damaged / "manifest.json").write_text((models / version / "manifest.json").read_text())
    with (
        pytest.raises(RuntimeError, match=r"metrics\.json is damaged"),
        running_server("--models", str(tmp_path), log=tmp_path / "log"),
    ):
        pass


def test_long_texts_do_not_stop_short_ones(url: str, client: httpx.Client) -> None:
    host = urlsplit(url)
    body = json.dumps({"text": "民警走访群众。" * 20_000}).encode()
    wires = []
    for _ in range(4):
        wire = http.client.HTTPConnection(str(host.hostname), host.port, timeout=60)
        wire.request("POST", "/classify", body, JSON)
        wires.append(wire)
    started = time.perf_counter()
    assert client.get("/livez").status_code == 200
    waited = time.perf_counter() - started
    assert [wire.getresponse().status for wire in wires] == [200] * 4
    assert waited < 1  # four such texts one after the other on the event loop take several
    for wire in wires:
        wire.close()
