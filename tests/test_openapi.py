from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from service.api.errors import KINDS

CALLS = [
    ("post", "/classify"),
    ("post", "/classify/batch"),
    ("post", "/pages"),
    ("get", "/categories"),
    ("get", "/livez"),
    ("get", "/readyz"),
]


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> Any:
    return client.get("/openapi.json").json()


def test_every_call_is_described(document: Any) -> None:
    described = [(method, path) for path, calls in document["paths"].items() for method in calls]
    assert sorted(described) == sorted(CALLS)


@pytest.mark.parametrize(("method", "path"), CALLS[:3])
def test_the_examples_of_bodies_are_answered(client: httpx.Client, document: Any, method: str, path: str) -> None:
    for content_type, body in document["paths"][path][method]["requestBody"]["content"].items():
        is_json = content_type == "application/json"
        sent = {"json": body["example"]} if is_json else {"content": body["example"].encode()}
        answer = client.request(method, path, headers={"content-type": content_type}, **sent)
        assert answer.status_code == 200


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_the_examples_of_answers_have_the_real_fields(
    client: httpx.Client, document: Any, method: str, path: str
) -> None:
    call = document["paths"][path][method]
    sent = {"json": call["requestBody"]["content"]["application/json"]["example"]} if method == "post" else {}
    example = call["responses"]["200"]["content"]["application/json"]["example"]
    answer = client.request(method, path, **sent).json()
    assert sorted(answer) == sorted(example)
    for name in ("articles", "results", "categories"):
        if isinstance(answer.get(name), list) and isinstance(example[name][0], dict):
            given = [_fields(item) for item in answer[name]]
            assert all(_fields(item) in given for item in example[name])


def _fields(item: dict[str, Any]) -> list[str]:
    # The description leaves out what is null.
    return sorted(key for key, value in item.items() if value is not None)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_every_error_of_a_call_has_an_example(document: Any, method: str, path: str) -> None:
    responses = document["paths"][path][method]["responses"]
    for status, response in responses.items():
        if status != "200":
            examples = response["content"]["application/problem+json"]["examples"]
            assert all(KINDS[kind].status == int(status) for kind in examples)
            assert all(example["value"]["type"].endswith(kind) for kind, example in examples.items())
    assert ({"400", "413", "415", "422", "500", "503"} if method == "post" else {"500"}) <= set(responses)


def test_the_description_lists_every_kind_of_error(document: Any) -> None:
    for name, kind in KINDS.items():
        assert f"| `{name}` | {kind.status} | {kind.title} | {kind.example} |" in document["info"]["description"]


def test_the_description_needs_no_other_machine(client: httpx.Client) -> None:
    page = client.get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert client.get(f"/docs/assets/{asset}").status_code == 200


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize("path", ["/classify", "/classify/batch", "/pages"])
def test_no_generated_request_makes_the_service_fail(url: str, path: str, mode: schemathesis.GenerationMode) -> None:
    operation = schemathesis.openapi.from_url(f"{url}/openapi.json")[path]["POST"]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def send(case: schemathesis.Case) -> None:
        answer = case.call()
        assert answer.status_code < 500
        assert answer.status_code == 200 or answer.json()["type"].startswith("urn:lanmu:problem:")

    send()
