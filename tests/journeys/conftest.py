"""A demonstration that is really served, and people with browsers of their own who walk in it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ProxySettings, expect, sync_playwright

from tests.make import hosts
from tests.make.house import SECRET

DIST = Path(__file__).resolve().parents[2] / "frontend" / "dist"
CHROMIUM = "PARVIS_TEST_CHROMIUM"
PATIENCE = 20.0
"""Seconds until something that must come counts as lost."""

expect.set_options(timeout=PATIENCE * 1000)


@dataclass(frozen=True)
class Account:
    """A demonstration account with a password."""

    label: str
    name: str
    email: str
    password: str


@dataclass(frozen=True)
class Served:
    """A running demonstration, its accounts, and the mails it did not send."""

    url: str
    callback: str
    accounts: dict[str, Account]
    http: httpx.Client
    followed: set[str] = field(default_factory=set)
    other_door: str | None = None
    """By which every other browser comes in, where there is a second host."""

    def link_in_mail(self, to: str, page: str) -> str:
        """The newest link to this page that was mailed to the address, once it has come; each is given once."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for mail in self.http.get("/mail-tray", params={"to": to}).raise_for_status().json()["items"]:
                links: list[str] = self.http.get(f"/mail-tray/{mail['id']}").raise_for_status().json()["links"]
                found = {link for link in links if link.startswith(f"{self.url}{page}#")} - self.followed
                if found:
                    self.followed.update(found)
                    return found.pop()
            time.sleep(0.05)
        raise AssertionError(f"no mail to {to} leads to {page}")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`parvis demo && parvis serve`, on a port of its own."""
    if not (DIST / "index.html").is_file():
        raise pytest.UsageError("The pages are not built: npm --prefix frontend run build")
    folder = tmp_path_factory.mktemp("journeys")
    url = f"http://localhost:{_free_port()}"
    callback = f"{url}/health/live"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")},
        "PARVIS_DEMO": "1",
        "PARVIS_DATA_DIR": str(folder / "demo"),
        "PARVIS_PUBLIC_URL": url,
        "PARVIS_PORT": url.rpartition(":")[2],
        "PARVIS_OAUTH_REDIRECTS": f'["{callback}"]',
        "PARVIS_SECRET_KEY": SECRET,
    }
    command = [sys.executable, "-m", "parvis"]
    subprocess.run([*command, "demo"], env=environment, check=True, capture_output=True, timeout=120)
    accounts = _accounts(folder / "demo")
    with ExitStack() as stack:
        if hosts.HOSTS > 1:
            environment |= stack.enter_context(_moved_to_hosts(environment, folder))
        log = stack.enter_context((folder / "log").open("wb"))
        server = stack.enter_context(subprocess.Popen([*command, "serve"], env=environment, stdout=log, stderr=log))
        http = stack.enter_context(httpx.Client(base_url=f"{url}/api/v1", timeout=PATIENCE))
        try:
            hosts.until_ready(server, url, folder / "log")
            door = None
            if hosts.HOSTS > 1:
                door = stack.enter_context(hosts.another_host(environment, folder / "other-host.log"))
            yield Served(url, callback, accounts, http, other_door=door)
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


@contextmanager
def _moved_to_hosts(environment: Mapping[str, str], folder: Path) -> Iterator[dict[str, str]]:
    """What the demonstration on one machine was becomes one on PostgreSQL, Redis and S3, as docs/running.md says."""
    kept, command = folder / "demo.tar", [sys.executable, "-m", "parvis"]
    subprocess.run([*command, "backup", "--to", kept], env=environment, check=True, capture_output=True, timeout=120)
    with hosts.shared(empty=True) as shared:
        moved = {f"PARVIS_{name.upper()}": value for name, value in shared.settings.items()}
        moved["PARVIS_DATA_DIR"] = str(folder / "moved")
        told = {**environment, **moved}
        subprocess.run([*command, "restore", kept], env=told, check=True, capture_output=True, timeout=120)
        yield moved


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = os.environ.get(CHROMIUM) or shutil.which("chromium")
    if found is None:
        raise pytest.UsageError(f"Chromium is not installed: run the tests by `make test`, or set {CHROMIUM}.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody with a browser of their own: nothing of it is shared with another person's."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def has_authenticator(self) -> None:
        """Gives the device a fingerprint reader that knows its person, pressed whenever it is asked for.

        So the list under the field, which waits for a choice, is put away: it would be chosen from at once.
        """
        self.page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        options: dict[str, Any] = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def heard(self, message: ConsoleMessage) -> None:
        """What the browser complains of is a fault; that an answer was 4xx is the page's to judge."""
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")


Arrive = Callable[..., Person]


@pytest.fixture
def arrive(chromium: Browser, served: Served) -> Iterator[Arrive]:
    """`arrive(language=…, theme=…, width=…, height=…)`: a person at the door. In the end, no browser has complained.

    `keeps`: in a browser that keeps the application (`frontend/worker`). Each that does is as slow as two.
    """
    people: list[Person] = []
    door: ProxySettings | None = {"server": served.other_door} if served.other_door else None

    def one(
        language: str = "fr",
        theme: str = "light",
        width: int = 1440,
        height: int = 900,
        touch: bool = False,
        keeps: bool = False,
    ) -> Person:
        context = chromium.new_context(
            base_url=served.url,
            locale=f"{language}-FR",
            viewport={"width": width, "height": height},
            has_touch=touch,
            proxy=door if len(people) % 2 else None,
        )
        context.add_init_script(
            f"if (self === top) {{ localStorage.setItem('parvis.theme','{theme}');"
            f"localStorage.setItem('parvis.language','{language}') }}"  # A sandboxed frame has no storage.
        )
        if not keeps:
            context.add_init_script("delete Navigator.prototype.serviceWorker")
        context.set_default_timeout(PATIENCE * 1000)
        person = Person(context.new_page())
        person.page.on("console", person.heard)
        person.page.on("pageerror", lambda error: person.faults.append(f"page: {error}"))
        people.append(person)
        return person

    yield one
    for person in people:
        person.page.context.close()
    assert [fault for person in people for fault in person.faults] == []


@pytest.fixture
def page_of(arrive: Arrive) -> Callable[..., Page]:
    """The same, when the page is all that is needed: `page_of(theme="dark")`."""
    return lambda **look: arrive(**look).page


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _accounts(folder: Path) -> dict[str, Account]:
    lines = (folder / "accounts.txt").read_text(encoding="utf-8").splitlines()
    return {account.label: account for account in (Account(*line.split("\t")) for line in lines)}
