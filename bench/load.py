"""A small load generator: many connections, each sending its next request when the last is answered."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, perf_counter

TICKS_PER_SECOND = 100


@dataclass
class Result:
    """What one run saw. Times in seconds."""

    seconds: float = 0.0
    answered: list[bytes] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def per_second(self) -> float:
        return len(self.answered) / self.seconds

    def percentile(self, percent: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


async def post_for(
    port: int,
    path: str,
    senders: int,
    seconds: float,
    body: Callable[[int, int], bytes],
    headers: Sequence[str] = (),
) -> Result:
    """`senders` connections post `body(sender, number)` one after the other for so long. `headers`: of each, with their
    line ends."""
    result = Result()
    until = monotonic() + seconds

    async def send(sender: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        number = 0
        while monotonic() < until:
            content = body(sender, number)
            head = f"POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n"
            head += f"{headers[sender] if headers else ''}content-length: {len(content)}\r\n\r\n"
            started = perf_counter()
            writer.write(head.encode() + content)
            status, answer = await _answer(reader)
            result.latencies.append(perf_counter() - started)
            if status == 201:
                result.answered.append(answer)
            else:
                result.refused += 1
            number += 1
        writer.close()

    started = monotonic()
    await asyncio.gather(*(send(sender) for sender in range(senders)))
    result.seconds = monotonic() - started
    return result


async def get_for(port: int, path: str, readers: int, seconds: float, headers: Sequence[str] = ()) -> Result:
    """The same with GET, of which the last answer of each is kept."""
    result = Result()
    until = monotonic() + seconds

    async def read(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request = f"GET {path} HTTP/1.1\r\nhost: bench\r\n{headers[number] if headers else ''}\r\n".encode()
        while monotonic() < until:
            started = perf_counter()
            writer.write(request)
            status, answer = await _answer(reader)
            result.latencies.append(perf_counter() - started)
            if status == 200:
                result.answered.append(answer if len(result.answered) < readers else b"")
            else:
                result.refused += 1
        writer.close()

    started = monotonic()
    await asyncio.gather(*(read(number) for number in range(readers)))
    result.seconds = monotonic() - started
    return result


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
    return status, await reader.readexactly(length)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its children so far, from the operating system's accounts."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(stat.parent.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND
    return total
