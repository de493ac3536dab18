"""A client that somebody else's generator makes of the published description works against a running server."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.api.test_description import COMMITTED
from tests.make.mobile import MobileClient
from tests.make.served import Served

PACKAGE = "parvis_api_client"
CONFIG = """\
post_hooks: []
content_type_overrides:  # The generator knows bytes by one name alone.
  "*/*": application/octet-stream
  image/png: application/octet-stream
  application/zip: application/octet-stream
  text/markdown: application/octet-stream
  text/html: application/octet-stream
  application/vnd.openxmlformats-officedocument.wordprocessingml.document: application/octet-stream
  application/offset+octet-stream: application/octet-stream
"""
Part = Callable[[str], ModuleType]


@pytest.fixture(scope="session")
def part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Part]:
    """Imports a part of the generated client: `part("api.account.get_me")`."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "config.yaml").write_text(CONFIG)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning", "--meta", "none"]
    places = ["--path", COMMITTED, "--config", folder / "config.yaml", "--output-path", folder / PACKAGE]
    made = subprocess.run([*command, *map(str, places)], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    try:
        yield lambda name: importlib.import_module(f"{PACKAGE}.{name}")
    finally:
        sys.path.remove(str(folder))


async def test_the_generated_client_drives_a_journey(server: Served, mobile: MobileClient, part: Part) -> None:
    module = part("client")
    client: Any = module.AuthenticatedClient(server.url, mobile.tokens["access_token"], raise_on_unexpected_status=True)
    models = part("models")
    async with client:
        me = await part("api.account.get_me").asyncio(client=client)
        assert (me.name, me.email, me.language) == ("Chloé Petit", "chloe@univ.example", "en")

        change = models.MeChange(language="fr", name="Chloé Petit-Durand")
        changed = await part("api.account.change_me").asyncio(client=client, body=change)
        assert (changed.name, changed.language) == ("Chloé Petit-Durand", "fr")

        sessions = await part("api.account.list_my_sessions").asyncio(client=client)
        assert sorted(session.kind for session in sessions.items) == ["browser", "mobile"]

        scopes = [models.TokenDraftScopesItem("account:read")]
        draft = models.TokenDraft(name="Weekly report", scopes=scopes, days=7)
        token = await part("api.account.create_access_token").asyncio(client=client, body=draft)
        assert token.token.startswith("parvis_pat_")
        assert token.expires_at > token.created_at

    script: Any = module.AuthenticatedClient(server.url, token.token)
    async with script:
        listed = await part("api.account.list_access_tokens").asyncio(client=script)
        assert [item.id for item in listed.items] == [token.id]
        refused = await part("api.account.change_me").asyncio(client=script, body=models.MeChange(language="en"))
        assert (refused.status, refused.code) == (403, "insufficient_scope")
        assert refused.title == "Ce jeton ne permet pas cette action."


async def test_the_generated_client_signs_the_mobile_session_out(
    server: Served, browser: httpx.AsyncClient, mobile: MobileClient, part: Part
) -> None:
    client: Any = part("client").AuthenticatedClient(server.url, mobile.tokens["access_token"])
    sessions = (await browser.get("/api/v1/me/sessions")).json()["items"]
    [session_id] = [session["id"] for session in sessions if session["kind"] == "mobile"]
    assert (await browser.delete(f"/api/v1/me/sessions/{session_id}")).status_code == 204
    async with client:
        refused = await part("api.account.get_me").asyncio(client=client)
    assert (refused.status, refused.code) == (401, "invalid_token")


async def test_the_generated_client_trades_its_refresh_token(server: Served, mobile: MobileClient, part: Part) -> None:
    models = part("models")
    form = models.IssueTokensTokenForm(
        grant_type=models.IssueTokensTokenFormGrantType.REFRESH_TOKEN,
        client_id="parvis-mobile",
        refresh_token=mobile.tokens["refresh_token"],
    )
    client: Any = part("client").Client(server.url)
    async with client:
        tokens = await part("api.oauth.issue_tokens").asyncio(client=client, body=form)
        assert tokens.refresh_token != mobile.tokens["refresh_token"]
        again = await part("api.oauth.issue_tokens").asyncio(client=client, body=form)
    assert again.error == "invalid_grant"
