"""The nginx configuration that is handed out, before a real server."""

import json
import os
import socket
import ssl
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from parvis.kernel.config import Settings
from tests.faults.people import arrive
from tests.faults.servers import PROTOCOL, free_port, until
from tests.files.uploads import repr_digest
from tests.make.certificates import tls_for
from tests.make.served import served
from tests.make.services import nginx

HANDED_OUT = Path(__file__).parents[2] / "deploy" / "nginx" / "parvis.conf"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/parvis.conf;
}}
"""

USER = f"user {getuser()};\n" if os.geteuid() == 0 else ""
"""As whom its workers read files: a test's folder is its own alone."""

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")


@dataclass(frozen=True)
class Front:
    """nginx, the server behind, and somebody with a token."""

    port: int
    host: str
    token: str
    tls: ssl.SSLContext
    plain: int
    log: Path

    def client(self) -> httpx.AsyncClient:
        headers = {"host": self.host, "authorization": f"Bearer {self.token}"}
        return httpx.AsyncClient(base_url=f"https://localhost:{self.port}", headers=headers, verify=self.tls)


@pytest.fixture
def readable() -> Iterator[Path]:
    """A folder that nginx's workers may read, as whoever they run."""
    with tempfile.TemporaryDirectory() as kept:
        Path(kept).chmod(0o755)
        yield Path(kept)


@contextmanager
def before(server: str, files: Path, folder: Path) -> Iterator[tuple[int, int, ssl.SSLContext]]:
    """nginx in front of that server: where it listens, with TLS and without, and what a client trusts it by."""
    port, plain = free_port(), free_port()
    _, trusted = tls_for("localhost", folder)
    said = HANDED_OUT.read_text()
    for there, here in {
        "127.0.0.1:8000": server,
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        "/etc/ssl/parvis/fullchain.pem": str(trusted),
        "/etc/ssl/parvis/privkey.pem": str(folder / "localhost.pem"),
        "/var/lib/parvis/files/": f"{files}/",
        "/var/log/nginx/parvis.log": str(folder / "access.log"),
        "parvis.univ.example": "localhost",
    }.items():
        assert there in said, there
        said = said.replace(there, here)
    (folder / "parvis.conf").write_text(said)
    (folder / "nginx.conf").write_text(USER + AROUND.format(folder=folder))
    command = [nginx(), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert (checked.returncode, "warn" in checked.stderr) == (0, False), checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield port, plain, ssl.create_default_context(cafile=str(trusted))
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
async def front(settings: Settings, readable: Path) -> AsyncIterator[Front]:
    [person] = await arrive(settings, 1)
    own = settings.model_copy(update={"storage_proxied": "/_files", "trusted_proxies": 1})
    async with served(own) as running:
        server = f"127.0.0.1:{running.url.rpartition(':')[2]}"
        with before(server, own.data_dir / "files", readable) as (port, plain, tls):
            await until(lambda: answers(port), "nginx answers", 20)
            host = running.url.removeprefix("http://")
            yield Front(port, host, person.token, tls, plain, readable / "access.log")


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


async def test_pages_sockets_uploads_and_files_go_through_it(front: Front) -> None:
    content = bytes(range(256)) * 8192
    async with front.client() as http:
        assert (await http.get("/api/v1/me")).status_code == 200
        name = {"content-disposition": "attachment; filename=carnet.bin", "repr-digest": repr_digest(content)}
        made = (await http.post("/api/v1/files", content=content, headers=name)).json()
        got = await http.get(made["url"])
        assert got.content == content
        assert "x-accel-redirect" not in got.headers
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
        assert "attachment" in got.headers["content-disposition"]
        part = await http.get(made["url"], headers={"range": "bytes=1-4"})
        assert (part.status_code, part.content) == (206, content[1:5])
        for hidden in (f"/_files/blobs/{made['sha256'][:2]}/{made['sha256'][2:4]}/{made['sha256']}", "/_files/"):
            assert (await http.get(hidden)).content != content
        ticket = (await http.post("/api/v1/realtime/tickets")).json()["ticket"]
    url = f"wss://{front.host}/api/v1/realtime"
    async with connect(
        url, host="127.0.0.1", port=front.port, ssl=front.tls, server_hostname="localhost", **PROTOCOL
    ) as one:
        await one.send(json.dumps({"type": "hello", "ticket": ticket}))
        assert json.loads(await one.recv())["type"] == "ready"


GUARDS = ("content-security-policy", "x-content-type-options", "referrer-policy", "strict-transport-security")


async def test_its_own_pages_are_guarded_and_its_log_holds_no_secret(front: Front) -> None:
    async with front.client() as http:
        own, ours = await http.get("/_files/nothing"), await http.get("/api/v1/me")
        assert (own.status_code, "nginx" in own.text) == (404, True)
        assert all(len(own.headers.get_list(name)) == 1 for name in GUARDS)
        assert all(len(ours.headers.get_list(name)) == 1 for name in GUARDS[:3])
        await http.get("/api/v1/calendars/hidden-feed.ics?key=hidden-query")
        await http.get("/api/v1/shared/hidden-link/page")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{front.plain}") as plain:
        assert (await plain.get("/api/v1/me")).status_code == 404
        assert (await plain.get("/communities")).status_code == 308
    written = front.log.read_text()
    assert '"GET /api/v1/calendars/-" 422' in written
    assert '"GET /api/v1/shared/-" 422' in written
    assert "hidden" not in written
