"""Files: how fast they come and go, beside the limits of the same run.

    .venv/bin/python -m bench.files

Downloads beside nginx sending the same file (`apt install nginx-light`; without it that part is left out), by Parvis
itself and by nginx when Parvis tells it to; uploads beside a bare Starlette route that writes and hashes the stream;
small files by eight clients beside a bare route that does the same writes and commits. Parvis keeps its files in a
folder and its rows in SQLite. `BENCH_MB` is the size of the large file, `BENCH_ROUNDS` how often each is done: each
round asks all in turn, the best of each counts. `CPU` is the server's, in milliseconds.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import monotonic, perf_counter

import httpx
import orjson

from bench.load import cpu_seconds
from parvis.kernel.config import Settings
from parvis.kernel.migrations import migrate
from tests.faults.people import Person, arrive
from tests.make.mailbox import smtp_server

MIB = 2**20
MB = int(os.environ.get("BENCH_MB", "100"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SMALL, CLIENTS, SMALL_BYTES = int(os.environ.get("BENCH_SMALL", "1000")), 8, 4096
TUS = {"tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream"}
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 64; }}
http {{
    access_log off; sendfile on; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port};
        location /plain/ {{ alias {files}/; }}
        location /_files/ {{ internal; alias {files}/; }}
        location / {{ proxy_pass http://127.0.0.1:{parvis}; proxy_set_header Host $http_host; }}
    }}
}}
"""


@dataclass
class Best:
    """The fastest of some rounds."""

    per_second: float = 0.0
    cpu: float = 0.0

    def take(self, per_second: float, cpu: float) -> None:
        if per_second > self.per_second:
            self.per_second, self.cpu = per_second, cpu


@dataclass
class Program:
    """One that runs, and where it listens."""

    port: int
    pid: int
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[Program]:
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        until = monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None or monotonic() > until:
                    raise SystemExit(f"{command[0]} does not listen") from None
        yield Program(port, process.pid)
    finally:
        process.terminate()
        process.wait()


async def taken(at: Program, path: str) -> int:
    """Reads an answer to its end, in the cheapest way there is. Says how many bytes the body had."""
    host = at.headers.get("host", "localhost")
    reader, writer = await asyncio.open_connection("127.0.0.1", at.port, limit=4 * MIB)
    said = "".join(f"{name}: {value}\r\n" for name, value in at.headers.items() if name != "host")
    writer.write(f"GET {path} HTTP/1.1\r\nhost: {host}\r\n{said}connection: close\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    size = 0
    while piece := await reader.read(MIB):
        size += len(piece)
    writer.close()
    return size


async def sent(at: Program, method: str, path: str, content: bytes, **headers: str) -> tuple[bytes, bytes]:
    """Sends a body in pieces of 256 KiB. Returns the head and the body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
    asked = {"host": "localhost", "content-length": str(len(content)), "connection": "close", **at.headers, **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
    writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode())
    for start in range(0, len(content), 256 * 1024):
        writer.write(content[start : start + 256 * 1024])
        await writer.drain()
    answer = await reader.read()
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] in {b"201", b"204"}, answer
    return head, body


async def timed(best: Best, program: Program, amount: float, act: Callable[[], Awaitable[object]]) -> None:
    cpu, began = cpu_seconds(program.pid), perf_counter()
    await act()
    best.take(amount / (perf_counter() - began), (cpu_seconds(program.pid) - cpu) * 1000)


async def downloads(parvis: Program, nginx: Program | None, proxied: Program, path: str, plain: str) -> None:
    found = {"nginx": Best(), "Parvis": Best(), "Parvis, sent by nginx": Best()}
    through = Program(nginx.port, nginx.pid, proxied.headers) if nginx else None
    for program in filter(None, (parvis, through)):  # What a first request reads is not counted.
        await taken(program, path)
    for _ in range(ROUNDS):
        if nginx is not None and through is not None:
            await timed(found["nginx"], nginx, MB, lambda: taken(nginx, plain))
            await timed(found["Parvis, sent by nginx"], through, MB, lambda: taken(through, path))
        await timed(found["Parvis"], parvis, MB, lambda: taken(parvis, path))
    told(f"download of {MB} MB", "MB/s", found, "nginx")


async def uploads(parvis: Program, bare: Program) -> None:
    content = os.urandom(MB * MIB)
    found = {"bare": Best(), "Parvis": Best(), "Parvis, resumable": Best()}

    async def resumable() -> None:
        head, _ = await sent(parvis, "POST", "/api/v1/uploads", b"", **TUS, **{"upload-length": str(len(content))})
        where = next(line for line in head.decode().split("\r\n") if line.lower().startswith("location"))
        await sent(parvis, "PATCH", where.split()[1], content, **TUS, **{"upload-offset": "0"})

    for _ in range(ROUNDS):
        await timed(found["bare"], bare, MB, lambda: sent(bare, "POST", "/stream", content))
        await timed(found["Parvis"], parvis, MB, lambda: sent(parvis, "POST", "/api/v1/files", content))
        await timed(found["Parvis, resumable"], parvis, MB, resumable)
    told(f"upload of {MB} MB", "MB/s", found, "bare")


async def small_ones(parvis: Program, bare: Program, people: Sequence[Person]) -> None:
    """Each client is somebody else."""
    found = {"bare": Best(), "Parvis": Best()}

    async def all_of(at: Program, path: str) -> None:
        left = iter(range(SMALL))

        async def client(person: Person) -> None:
            headers = {**at.headers, "authorization": f"Bearer {person.token}"}
            async with httpx.AsyncClient(base_url=at.address, headers=headers) as http:
                for _ in left:
                    reply = await http.post(path, content=os.urandom(SMALL_BYTES))
                    assert reply.status_code == 201, reply.text

        await asyncio.gather(*map(client, people))

    for _ in range(max(1, ROUNDS // 2)):
        await timed(found["bare"], bare, SMALL, lambda: all_of(bare, "/keep"))
        await timed(found["Parvis"], parvis, SMALL, lambda: all_of(parvis, "/api/v1/files"))
    told(f"{SMALL} files of {SMALL_BYTES} bytes by {CLIENTS} clients", "files/s", found, "bare")


def told(what: str, unit: str, found: Mapping[str, Best], limit: str) -> None:
    for name, best in found.items():
        if best.per_second:
            ratio = f"{best.per_second / found[limit].per_second:.2f}" if found[limit].per_second else "-"
            print(f"{what:<42}{name:<24}{best.per_second:>10,.0f} {unit:<8}{best.cpu:>8.0f} CPU{ratio:>8}", flush=True)


async def main() -> None:
    with tempfile.TemporaryDirectory() as kept, ExitStack() as stack:
        folder = Path(kept)
        mailbox = stack.enter_context(smtp_server())
        settings = Settings(
            data_dir=folder,
            database_url=f"sqlite:///{folder}/parvis.db",
            secret_key="a secret for measures, and for nothing else",
            smtp_url=mailbox.url,
        )
        migrate(settings.database)
        people = await arrive(settings, CLIENTS)
        own = stack.enter_context(served(settings, people[0]))
        proxied = stack.enter_context(
            served(settings, people[0], PARVIS_STORAGE_PROXIED="/_files", PARVIS_EMBEDDED_WORKER="0")
        )
        (folder / "bare").mkdir()
        command = [sys.executable, "-m", "uvicorn", "bench.files_server:app", "--log-level", "warning", "--port"]
        port = free_port()
        bare = stack.enter_context(running([*command, str(port)], port, BENCH_FOLDER=str(folder / "bare")))
        content = os.urandom(MB * MIB)
        _, made = await sent(own, "POST", "/api/v1/files", content)
        digest = sha256(content).hexdigest()
        nginx = None
        if program := shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
            port = free_port()
            written = NGINX.format(folder=folder, port=port, files=folder / "files", parvis=proxied.port)
            (folder / "nginx.conf").write_text(written)
            begun = [program, "-c", str(folder / "nginx.conf"), "-g", "user root;"]
            nginx = stack.enter_context(running(begun, port))
        plain = f"/plain/blobs/{digest[:2]}/{digest[2:4]}/{digest}"
        await downloads(own, nginx, proxied, orjson.loads(made)["url"], plain)
        await uploads(own, bare)
        await small_ones(own, bare, people)


@contextmanager
def served(settings: Settings, person: Person, **variables: str) -> Iterator[Program]:
    """Parvis, and how this person asks it."""
    port = free_port()
    said = {
        "PARVIS_DATA_DIR": str(settings.data_dir),
        "PARVIS_DATABASE_URL": settings.database_url,
        "PARVIS_SECRET_KEY": settings.secret_key.get_secret_value(),
        "PARVIS_SMTP_URL": settings.smtp_url.get_secret_value() if settings.smtp_url else "",
        "PARVIS_PORT": str(port),
        "PARVIS_PUBLIC_URL": f"http://localhost:{port}",
        "PARVIS_UPLOAD_LIMIT": str(2 * MB * MIB),
        "PARVIS_MEMBER_QUOTA": str(2**40),
        **variables,
    }
    with running([sys.executable, "-m", "parvis", "serve"], port, **said) as program:
        headers = {"authorization": f"Bearer {person.token}", "host": f"localhost:{port}"}
        yield Program(port, program.pid, headers)


if __name__ == "__main__":
    asyncio.run(main())
