"""Evidence and thresholds in the API's answers."""

import math

import httpx
import pytest

from tests.conftest import PAGE, POLICE

JSON = {"content-type": "application/json"}


def test_evidence_is_added_when_asked_for(client: httpx.Client) -> None:
    plain = client.post("/classify", json=POLICE).json()
    answer = client.post("/classify?evidence=true", json=POLICE).json()
    assert {name: answer[name] for name in plain} == plain
    words = answer["evidence"]["public_security"]
    assert len(words) <= 30
    for word in words:
        assert POLICE[word["field"]][word["start"] : word["end"]] == word["term"]
    sums = answer["sums"]["public_security"]
    assert sum(word["weight"] for word in words) == pytest.approx(sums["listed"])
    assert sums["intercept"] + sums["listed"] + sums["unlisted"] == pytest.approx(sums["total"], abs=1e-9)
    assert answer["scores"]["public_security"] == pytest.approx(1 / (1 + math.exp(-sums["total"])))
    [first, *_] = answer["sentences"]["public_security"]
    assert POLICE[first["field"]][first["start"] : first["end"]] == POLICE["title"]


def test_evidence_in_bare_text_stands_in_the_body_as_sent(client: httpx.Client) -> None:
    body = f"\n\u3000{POLICE['title']}\r\n\r\n{POLICE['text']}"
    headers = {"content-type": "text/plain; charset=gb18030"}
    answer = client.post("/classify?evidence=true", content=body.encode("gb18030"), headers=headers).json()
    words = answer["evidence"]["public_security"]
    assert {word["field"] for word in words} == {"title", "text"}
    assert all(body[word["start"] : word["end"]] == word["term"] for word in words)


def test_evidence_for_none(client: httpx.Client) -> None:
    answer = client.post(
        "/classify?evidence=1", json={"text": "今天白天多云,夜间有小雨,气温二十度,适宜出门散步。"}
    ).json()
    assert (answer["decision"], list(answer["evidence"])) == ("none", ["none"])


def test_evidence_in_a_batch(client: httpx.Client) -> None:
    results = client.post("/classify/batch?evidence=true", json={"articles": [POLICE, {"id": 1}]}).json()["results"]
    assert results[0] == client.post("/classify?evidence=true", json=POLICE).json()
    assert results[1]["error"]["field"] == "text"


def test_a_request_brings_its_own_thresholds(client: httpx.Client) -> None:
    scores = client.post("/classify", json=POLICE).json()["scores"]
    second = list(scores)[1]
    low = client.post("/classify", json=POLICE | {"thresholds": {second: 0.0}}).json()
    assert (low["decision"], low["categories"]) == ("assign", ["public_security", second])
    high = client.post("/classify", json=POLICE | {"thresholds": {"public_security": 1}}).json()
    assert (high["decision"], high["category"], high["categories"]) == ("review", "public_security", [])
    page = client.post("/pages", json={"text": PAGE.read_text("utf-8"), "thresholds": dict.fromkeys(scores, 1.0)})
    assert "assign" not in {article["decision"] for article in page.json()["articles"]}


@pytest.mark.parametrize(
    ("thresholds", "kind"),
    [
        ('{"public_security": 1.5}', "bad-threshold"),
        ('{"public_security": -0.1}', "bad-threshold"),
        ('{"public_security": NaN}', "bad-threshold"),
        ('{"public_security": "0.5"}', "bad-threshold"),
        ('{"public_security": true}', "bad-threshold"),
        ("[0.5]", "bad-threshold"),
        ('{"sports": 0.5}', "unknown-category"),
    ],
)
def test_a_threshold_that_cannot_be_used_is_refused(client: httpx.Client, thresholds: str, kind: str) -> None:
    for path in ("/classify", "/pages"):
        answer = client.post(path, content=f'{{"text": "民警走进校园", "thresholds": {thresholds}}}', headers=JSON)
        assert (answer.status_code, answer.json()["type"]) == (422, f"urn:lanmu:problem:{kind}")
        assert answer.json()["field"] == "thresholds"
        assert "sports" not in answer.text


def test_evidence_is_yes_or_no(client: httpx.Client) -> None:
    answer = client.post("/classify?evidence=perhaps", json=POLICE)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:lanmu:problem:bad-request")
