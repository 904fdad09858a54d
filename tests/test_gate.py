import asyncio
import threading

import pytest

from service.api.errors import Problem
from service.api.gate import Gate


def test_work_beyond_the_queue_is_refused_at_once_and_the_rest_is_done() -> None:
    go_on = threading.Event()

    async def burst() -> list[object]:
        gate = Gate(threads=2, waiting=3)
        tasks = [asyncio.create_task(gate.run(lambda i=i: go_on.wait(20) and i)) for i in range(8)]
        while sum(task.done() for task in tasks) < 3:
            await asyncio.sleep(0.01)
        go_on.set()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert await gate.run(lambda: "again") == "again"
        return list(found)

    found = asyncio.run(burst())
    assert found[:5] == list(range(5))
    assert all(isinstance(refused, Problem) and refused.kind == "busy" for refused in found[5:])


def test_what_fails_inside_leaves_its_place_again() -> None:
    async def fail() -> None:
        gate = Gate(threads=1, waiting=0)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await gate.run(lambda: 1 // 0)

    asyncio.run(fail())
