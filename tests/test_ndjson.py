"""Batches as NDJSON, sent to a real server over plain sockets: what a client sees that reads while it sends."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conftest import POLICE, memory_of

TYPE = {"content-type": "application/x-ndjson"}


def lines(*rows: Any) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def answers(response: httpx.Response) -> list[Any]:
    assert (response.status_code, response.headers["content-type"]) == (200, "application/x-ndjson")
    return [json.loads(line) for line in response.text.splitlines()]


def test_each_line_is_answered_as_an_article_in_order(client: httpx.Client) -> None:
    rows = [POLICE | {"id": i} for i in range(300)]
    found = answers(client.post("/classify/batch", content=lines(*rows), headers=TYPE))
    alone = client.post("/classify", json=POLICE).json()
    assert [answer["id"] for answer in found] == list(range(300))
    assert all(answer["scores"] == pytest.approx(alone["scores"]) for answer in found)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"{", "malformed-json"),
        (b"[1]", "wrong-type"),
        (b"\xff\xfe", "undecodable"),
        (b'{"text": " "}', "blank-text"),
        (b'{"title": "x"}', "missing-field"),
        (b'{"text": "\\ud83d"}', "bad-character"),
        (b'{"text": "' + b"x" * 1_000_001 + b'"}', "too-large"),
        (b"x" * 3_000_000, "too-large"),
    ],
)
def test_a_bad_line_fails_alone(client: httpx.Client, line: bytes, kind: str) -> None:
    body = lines(POLICE) + line + b"\n\n \r\n" + lines(POLICE | {"id": "after"}) + line
    first, bad, after, last = answers(client.post("/classify/batch", content=body, headers=TYPE))
    assert first["category"] == after["category"] == "public_security"
    assert after["id"] == "after"
    assert bad["error"]["type"] == last["error"]["type"] == f"urn:lanmu:problem:{kind}"


def test_no_line_no_answer(client: httpx.Client) -> None:
    assert answers(client.post("/classify/batch", content=b"", headers=TYPE)) == []


def test_lines_bring_evidence_and_thresholds(client: httpx.Client) -> None:
    rows = [POLICE, POLICE | {"thresholds": {"public_security": 1}}, POLICE | {"thresholds": {"x": 1}}]
    sure, unsure, bad = answers(client.post("/classify/batch?evidence=true", content=lines(*rows), headers=TYPE))
    assert sure["evidence"]["public_security"]
    assert (sure["decision"], unsure["decision"]) == ("assign", "review")
    assert bad["error"]["type"].endswith("unknown-category")


class stream:  # noqa: N801 (used as a with statement reads)
    """A chunked request to /classify/batch, sent piece by piece."""

    def __init__(self, url: str) -> None:
        host = urlsplit(url)
        self.wire = socket.create_connection((host.hostname, host.port), timeout=30)
        head = "POST /classify/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
        self.wire.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        self.file = self.wire.makefile("rb")

    def send(self, data: bytes) -> None:
        self.wire.sendall(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def send_for_ever(self, data: bytes) -> None:
        while True:
            self.send(data)

    def answers(self) -> Iterator[dict[str, Any]]:
        while self.file.readline().strip():
            pass
        while size := int(self.file.readline(), 16):
            yield from map(json.loads, self.file.read(size).splitlines())
            self.file.readline()

    def close(self) -> None:
        self.file.close()
        self.wire.close()


def test_a_line_is_answered_before_the_next_is_sent(url: str) -> None:
    with closing(stream(url)) as wire:
        wire.send(lines(POLICE | {"id": 0}))
        found = wire.answers()
        for i in range(1, 4):
            assert next(found)["id"] == i - 1
            line = lines(POLICE | {"id": i})
            wire.send(line[:50])
            wire.send(line[50:])
        wire.wire.sendall(b"0\r\n\r\n")
        assert [answer["id"] for answer in found] == [3]


def test_memory_does_not_grow_with_what_is_sent(url: str, server_pid: int) -> None:
    body = lines(*[POLICE | {"text": POLICE["text"] * 10}] * 100)
    with closing(stream(url)) as wire:
        found = wire.answers()

        def feed() -> None:
            for _ in range(40):
                wire.send(body)
            wire.wire.sendall(b"0\r\n\r\n")

        sending = threading.Thread(target=feed)
        sending.start()
        for _ in range(500):
            next(found)
        before = memory_of(server_pid)
        assert sum(1 for _ in found) == 3500
        sending.join()
        assert memory_of(server_pid) - before < 20e6


def test_a_client_that_reads_nothing_is_read_no_more_of(url: str, client: httpx.Client, server_pid: int) -> None:
    body = lines(*[POLICE] * 1000)
    with closing(stream(url)) as wire:
        wire.wire.settimeout(3)
        before = memory_of(server_pid)
        with pytest.raises(TimeoutError):
            wire.send_for_ever(body)
        assert memory_of(server_pid) - before < 50e6
        assert client.post("/classify", json=POLICE).status_code == 200
    deadline = time.monotonic() + 20
    while client.post("/classify/batch", content=lines(POLICE), headers=TYPE).status_code != 200:
        assert time.monotonic() < deadline
