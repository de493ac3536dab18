"""F5, F6, F7: uploads that are cut or killed anywhere, on a disk that is full, to a store that fails; and how much
memory a large one takes."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from parvis import wiring
from parvis.files.checking import Findings, check_files
from parvis.files.tidying import find_orphans, tidy_files
from parvis.files.uploads.upkeep import sweep
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import LeasedJob
from parvis.kernel.runtime import Parvis
from tests.files.tus import SPOKEN, STRETCH, UPLOADS, encoded
from tests.make.services import S3, Bucket, started

from .conftest import Effort
from .oracle import Row, say
from .people import Person, arrive
from .servers import Process, Server, serving, until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800), pytest.mark.parametrize("dialect", ["sqlite"])]

MIB = 2**20
CUTS = 20
UNREAD = 512 * 1024
"""Bytes that may be on their way in a server when it sees that the line is cut: it forgets them."""
WITHIN = 16 * MIB
"""By how much the server's memory may grow."""


class Cut(Exception):
    """The sender's line breaks."""


@dataclass(frozen=True)
class Sender:
    """Somebody who uploads to a server."""

    http: httpx.AsyncClient
    person: Person
    url: str

    def _said(self, **headers: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.person.token}", "x-forwarded-for": "10.1.2.3", **headers}

    async def ask(self, method: str, path: str, content: Any = None, **headers: str) -> httpx.Response:
        url = f"{self.url}{path}"
        return await self.http.request(method, url, content=content, headers=self._said(**headers))

    async def begin(self, size: int) -> str:
        said = {**SPOKEN, "upload-length": str(size), "upload-metadata": encoded(filename="relevés.bin")}
        reply = await self.ask("POST", UPLOADS, **said)
        assert reply.status_code == 201, reply.text
        return reply.headers["location"]

    async def go_on(self, upload: str, offset: int, content: Any) -> httpx.Response:
        said = {**SPOKEN, "content-type": STRETCH, "upload-offset": str(offset)}
        return await self.ask("PATCH", upload, content, **said)

    async def offset(self, upload: str) -> int:
        return int((await self.ask("HEAD", upload, **SPOKEN)).headers["upload-offset"])

    async def file(self, upload: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = (await self.ask("GET", upload)).json()["file"]
        return found

    async def is_past(self, upload: str, offset: int) -> bool:
        return await self.offset(upload) > offset

    async def ends(self, upload: str, content: bytes) -> None:
        """Sends what is missing, as often as another request of ours still had the turn."""
        while True:
            at = await self.offset(upload)
            reply = await self.go_on(upload, at, content[at:])
            if reply.status_code != 409:
                break
        assert reply.status_code == 204, reply.text

    async def post(self, content: Any, size: int) -> httpx.Response:
        return await self.ask("POST", "/api/v1/files", content, **{"content-length": str(size)})


async def cut(content: bytes, at: int) -> AsyncIterator[bytes]:
    for start in range(0, at, 65536):
        yield content[start : min(start + 65536, at)]
    raise Cut


@asynccontextmanager
async def sending(server: Server, person: Person) -> AsyncIterator[Sender]:
    async with httpx.AsyncClient(timeout=300) as http:
        yield Sender(http, person, server.direct)


async def after_garbage(settings: Settings) -> tuple[Findings, int]:
    """What does not agree once all that is due was done, and how many files there are."""
    parvis = Parvis(settings, handlers=wiring.handlers)
    await parvis.start()
    wiring.fill_ports(parvis)
    moving, job = MovableClock(), LeasedJob(new_id(), "", {}, 1)
    try:
        with clock.clock_set_to(moving):
            for hours in (1, 2):  # Fewer than after which files that nothing uses are forgotten.
                moving.instant += timedelta(hours=hours)
                await find_orphans(parvis)(job)
                await tidy_files(parvis)(job)
            await sweep(parvis)
            found = await check_files(parvis)
        return found, found.files
    finally:
        await parvis.stop()


def stored(settings: Settings) -> list[Path]:
    """All that the folder holds, half received or whole."""
    return [path for path in (settings.data_dir / "files").rglob("*") if path.is_file()]


async def test_an_upload_cut_anywhere_leaves_no_half_and_goes_on(settings: Settings, tmp_path: Path) -> None:
    """F6, the line: each cut is seen by a server that goes on."""
    content = random.randbytes(16 * MIB)
    digest = sha256(content).hexdigest()
    cuts = sorted(random.sample(range(len(content)), CUTS))
    [person] = await arrive(settings, 1)
    async with serving(settings, tmp_path) as server, sending(server, person) as sender:
        for at in cuts:
            with suppress(Cut, httpx.TransportError):
                await sender.post(cut(content, at), len(content))
            await until(lambda: not stored(settings), "nothing stays of a direct upload that was cut")
        upload = await sender.begin(len(content))
        for reached in cuts:
            at = await sender.offset(upload)
            with suppress(Cut, httpx.TransportError):
                await sender.go_on(upload, at, cut(content[at:], max(reached - at, 0)))
            if reached - at > UNREAD:
                await until(partial(sender.is_past, upload, at), "what the server read is safe")
            assert await sender.offset(upload) <= max(reached, at)
            assert await sender.file(upload) is None
        await sender.ends(upload, content)
        resumed = await sender.file(upload)
        direct = (await sender.post(content, len(content))).json()
    found, files = await after_garbage(settings)
    wrong = [made for made in (resumed, direct) if made is None or made["sha256"] != digest]
    say(Row("F6 uploads cut", 2 * CUTS, 2, len(wrong), besides=f"{len(found.orphans + found.leftovers)} orphans"))
    assert (wrong, files, found.lost, found.orphans, found.leftovers) == ([], 2, [], [], [])


async def test_an_upload_survives_kill_9_also_while_it_becomes_a_file(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    """F6, the server: killed while bytes come, and around the moment when the last one has come."""
    kills, content = effort(4, 30), random.randbytes(4 * MIB)
    digest, made = sha256(content).hexdigest(), list[str]()
    [person] = await arrive(settings, 1)
    async with serving(settings, tmp_path) as server, sending(server, person) as sender:
        for kill in range(kills):
            upload = await sender.begin(len(content))
            if kill % 2:
                await sender.go_on(upload, 0, content[:-1])
            last = asyncio.create_task(
                sender.go_on(upload, (len(content) - 1) * (kill % 2), content[-1:] if kill % 2 else content)
            )
            await asyncio.sleep(random.uniform(0, 0.06))
            await server.kill()
            with suppress(httpx.TransportError):
                await last
            await server.start()
            at = await sender.offset(upload)
            reply = await sender.go_on(upload, at, content[at:])
            assert reply.status_code == 204, reply.text
            file = await sender.file(upload)
            assert file is not None
            got = await sender.ask("GET", file["url"])
            made.append(sha256(got.content).hexdigest())
    found, files = await after_garbage(settings)
    lost = sum(one != digest for one in made)
    say(Row("F6 kill -9 of an upload", kills, len(made), lost, files - kills, besides=f"{len(found.orphans)} orphans"))
    assert (lost, files, found.lost, found.orphans, found.leftovers) == (0, kills, [], [], [])


FULL_HOUSE = """
set -e
mount -t tmpfs -o size=24m tmpfs "$1"
cp "$2" "$1/parvis.db"
head -c 12582912 /dev/zero > "$1/ballast"
exec "$3" -m parvis serve
"""
"""A disk of its own for the database and the files, half of which is taken."""


async def test_a_full_disk_is_said_and_nothing_is_lost(settings: Settings, tmp_path: Path) -> None:
    """F5: files first, then the database too; what is freed is used again by the same process."""
    if await (await asyncio.create_subprocess_exec("unshare", "-rm", "true")).wait():
        pytest.fail("a disk of one's own needs user namespaces: kernel.unprivileged_userns_clone")
    [person] = await arrive(settings, 1)
    disk = tmp_path / "disk"
    disk.mkdir()
    house = settings.model_copy(update={"data_dir": disk, "database_url": f"sqlite:///{disk}/parvis.db"})
    server = Server(house, tmp_path)
    script = ["unshare", "-rm", "sh", "-c", FULL_HOUSE, "sh", str(disk), str(tmp_path / "parvis.db"), sys.executable]
    server.process = Process.of(script, server.environment(), tmp_path / "server.log")
    inside = Path(f"/proc/{server.pid}/root") / disk.relative_to("/")
    kept: list[dict[str, Any]] = []
    try:
        async with sending(server, person) as sender:
            await until(lambda: _is_ready(sender), "the server is ready")
            refused: list[httpx.Response] = []
            upload = await sender.begin(3 * MIB)
            while not refused:
                content = random.randbytes(MIB)
                reply = await sender.post(content, MIB)
                (kept if reply.status_code == 201 else refused).append(reply.json() if reply.is_success else reply)  # type: ignore[arg-type]
            resumable = await sender.go_on(upload, 0, random.randbytes(3 * MIB))
            with suppress(OSError), (inside / "more").open("wb") as more:
                while True:
                    more.write(bytes(65536))
            written = await sender.ask("POST", UPLOADS, **{**SPOKEN, "upload-length": "1"})
            readable = [(await sender.ask("GET", one["url"])).content for one in kept]
            for name in ("more", "ballast"):
                (inside / name).unlink(missing_ok=True)

            async def writes_again() -> bool:
                return (await sender.ask("POST", UPLOADS, **{**SPOKEN, "upload-length": "1"})).status_code == 201

            back = await until(writes_again, "it writes again")
            at = await sender.offset(upload)
            rest = random.randbytes(3 * MIB - at)
            ended = await sender.go_on(upload, at, rest)
            made = await sender.file(upload)
    finally:
        await server.kill()
    answers = [refused[0].status_code, resumable.status_code, written.status_code]
    lost = sum(sha256(content).hexdigest() != one["sha256"] for content, one in zip(readable, kept, strict=True))
    say(Row("F5 disk full", len(kept) + 3, len(kept), lost, recovered=f"{back:.1f} s", besides=f"answers {answers}"))
    assert refused[0].json()["code"] == "insufficient_storage"
    assert set(answers) <= {507, 503}
    assert (lost, ended.status_code, made is not None) == (0, 204, True)
    assert back <= 10


async def _is_ready(sender: Sender) -> bool:
    with suppress(httpx.TransportError):
        return (await sender.ask("GET", "/health/ready")).status_code == 200
    return False


class Line:
    """The way to a store, which fails as it is told: `refused`, `broken` (500) or `open`."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self.state = "open"
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)

    def stop(self) -> None:
        assert self._server is not None
        self._server.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._there)
        with suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(self._one_way(reader, back, writer), self._one_way(there, writer, writer))
        for end in (writer, back):
            end.close()

    async def _one_way(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asker: asyncio.StreamWriter
    ) -> None:
        while piece := await reader.read(65536):
            if self.state == "broken":
                asker.write(b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                await asker.drain()
            if self.state in {"broken", "refused"}:
                raise ConnectionAbortedError
            writer.write(piece)
            await writer.drain()
        writer.close()


@pytest.fixture
async def line() -> AsyncIterator[tuple[Line, dict[str, str]]]:
    """A way to a bucket, and how a Parvis that takes it is configured."""
    bucket = Bucket.made()
    endpoint = httpx.URL(bucket.client.meta.endpoint_url)
    way = Line(endpoint.host, endpoint.port or 80)
    await way.start()
    there = f"s3://{bucket.name}?endpoint=http://127.0.0.1:{way.port}&region=eu-west-3"
    yield way, {**bucket.settings, "storage_url": there}
    way.stop()


if started(S3):

    async def test_a_store_that_fails_is_said_and_nothing_is_half(
        settings: Settings, tmp_path: Path, line: tuple[Line, dict[str, str]]
    ) -> None:
        """F7: whatever the store does, no file is without its bytes; an upload goes on once it answers again."""
        way, configured = line
        [person] = await arrive(settings, 1)
        house = Settings.model_validate({**settings.model_dump(exclude_unset=True), **configured})
        variables = {f"PARVIS_{name.upper()}": value for name, value in configured.items()}
        content, answers = random.randbytes(12 * MIB), list[int]()
        async with serving(settings, tmp_path, variables=variables) as server, sending(server, person) as sender:
            first = (await sender.post(content[:MIB], MIB)).json()
            upload = await sender.begin(len(content))
            await sender.go_on(upload, 0, content[: 6 * MIB])
            for state in ("broken", "refused"):
                way.state = state
                at = await sender.offset(upload)
                for asked in (
                    sender.go_on(upload, at, content[at:]),
                    sender.post(content[:MIB], MIB),
                    sender.ask("GET", first["url"]),
                ):
                    answers.append((await asked).status_code)
                way.state = "open"
            at = await sender.offset(upload)
            await sender.go_on(upload, at, content[at:])
            made = await sender.file(upload)
            again = await sender.ask("GET", first["url"])
        found, files = await after_garbage(house)
        lost = len(found.lost) + (made is None or made["sha256"] != sha256(content).hexdigest())
        say(Row("F7 store failing", len(answers) + 3, files, lost, besides=f"answers {sorted(set(answers))}"))
        assert set(answers) == {503}
        assert again.content == content[:MIB]
        assert (lost, files, found.orphans, found.leftovers) == (0, 2, [], [])


async def pieces_of(size: int) -> AsyncIterator[bytes]:
    piece = random.randbytes(MIB)
    for _ in range(size // MIB):
        yield piece


@pytest.mark.parametrize(
    "size", [256 * MIB, pytest.param(5 * 1024 * MIB, marks=pytest.mark.proof)], ids=["256MB", "5GB"]
)
async def test_memory_does_not_grow_with_an_upload(size: int, settings: Settings, tmp_path: Path) -> None:
    variables = {"PARVIS_UPLOAD_LIMIT": str(size), "PARVIS_MEMBER_QUOTA": str(3 * size)}
    [person] = await arrive(settings, 1)
    async with serving(settings, tmp_path, variables=variables) as server, sending(server, person) as sender:
        for _ in range(2):  # What a first upload loads is not counted.
            await sender.go_on(await sender.begin(8 * MIB), 0, pieces_of(8 * MIB))
            assert (await sender.post(pieces_of(8 * MIB), 8 * MIB)).status_code == 201
        before, peak = server.memory(), 0

        async def watch() -> None:
            nonlocal peak
            while True:
                peak = max(peak, server.memory())
                await asyncio.sleep(0.05)

        watching = asyncio.create_task(watch())
        upload = await sender.begin(size)
        resumable = await sender.go_on(upload, 0, pieces_of(size))
        direct = await sender.post(pieces_of(size), size)
        watching.cancel()
    grown = peak - before
    say(Row(f"upload of {size // MIB} MB", 2, 2, besides=f"memory {grown / MIB:+.0f} MB"))
    assert (resumable.status_code, direct.status_code) == (204, 201)
    assert grown <= WITHIN
