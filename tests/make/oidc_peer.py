"""The OpenID provider that Parvis is tried against: another's program, run beside (`tests/peers/oidc`)."""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from parvis.kernel.identity_providers import IdentityProvider

FOLDER = Path(__file__).resolve().parent.parent / "peers" / "oidc"
SECRET = "between Parvis and its peer"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def peer_settings(port: int, **said: Any) -> IdentityProvider:
    """How an administrator configures the peer that listens there."""
    settings = {
        "key": "valorne",
        "name": {"fr": "l’Université de Valorne", "en": "the University of Valorne"},
        "issuer": f"http://127.0.0.1:{port}",
        "client_id": "parvis",
        "client_secret": SECRET,
        "scopes": ["openid", "profile", "eduperson", "email"],
    }
    return IdentityProvider.model_validate(settings | said)


@contextmanager
def oidc_peer(port: int, parvis_url: str) -> Iterator[None]:
    """Runs it for the length of the block, for the Parvis at this address."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules").is_dir():
        raise pytest.UsageError("The OpenID peer is not installed: scripts/setup dev")
    client = {
        "client_id": "parvis",
        "client_secret": SECRET,
        "redirect_uris": [f"{parvis_url}/door/university/valorne"],
        "scope": "openid profile eduperson email",
    }
    command = [node, "provider.mjs", json.dumps({"port": port, "clients": [client]})]
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        try:
            assert running.stdout is not None
            if not any(line.strip() == "ready" for line in running.stdout):
                raise RuntimeError("the OpenID peer did not start")
            yield
        finally:
            running.terminate()


async def log_in(url: str, login: str) -> dict[str, str]:
    """Goes where Parvis sends, fills in its forms as `login`, and gives what it comes back to Parvis with."""
    async with httpx.AsyncClient(timeout=20) as browser:
        answer = await browser.get(url)
        for _ in range(10):
            if answer.is_redirect:
                place = urljoin(str(answer.url), answer.headers["location"])
                if "/door/university/" in place:
                    return dict(httpx.URL(place).params)
                answer = await browser.get(place)
            else:
                form = _Form(answer.text)
                filled = {**form.fields, **({"login": login, "password": "any"} if "login" in form.fields else {})}
                answer = await browser.post(urljoin(str(answer.url), form.action), data=filled)
    raise AssertionError(f"it did not come back: {answer.text}")


class _Form(HTMLParser):
    """The first form of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = said["action"]
        if tag == "input" and "name" in said:
            self.fields[said["name"]] = said.get("value", "")
