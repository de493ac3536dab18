"""The mail tray: everybody's mail in the demonstration, nobody's elsewhere."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, client_of, serving
from tests.make.people import make_member, make_organisation

TRAY = "/api/v1/mail-tray"
LOCAL = "http://localhost:8000"


@pytest.fixture
async def demonstration(settings: Settings) -> AsyncIterator[FastAPI]:
    local = settings.model_copy(update={"demo": True, "public_url": LOCAL, "smtp_url": None})
    async with serving(local) as app:
        yield app


@pytest.fixture
async def visitor(demonstration: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(demonstration) as client:
        client.base_url = httpx.URL(LOCAL)
        yield client


async def ask_for_links(visitor: httpx.AsyncClient, demonstration: FastAPI, count: int) -> None:
    parvis: Parvis = demonstration.state.parvis
    await make_organisation(parvis)
    for number in range(count):
        name = f"Membre {number}"
        await make_member(parvis, name)
        asked = await visitor.post("/api/v1/sign-in-links", json={"email": f"membre.{number}@univ.example"})
        assert asked.status_code < 300, asked.text
    while await parvis.jobs.run_once():
        pass


async def test_in_the_demonstration_a_mail_can_be_opened_and_its_link_followed(
    visitor: httpx.AsyncClient, demonstration: FastAPI
) -> None:
    await ask_for_links(visitor, demonstration, 1)

    [line] = (await visitor.get(TRAY)).json()["items"]
    mail = (await visitor.get(f"{TRAY}/{line['id']}")).json()

    assert line["to"] == "membre.0@univ.example"
    assert "html" not in line
    assert mail["subject"] == line["subject"]
    assert "<html" in mail["html"]
    [link] = mail["links"]
    assert link.startswith(f"{LOCAL}/")
    assert (await visitor.get("/api/v1/organisation")).json()["mail_tray"] is True


async def test_a_mail_is_shown_in_a_frame_of_ours_where_it_runs_nothing(
    visitor: httpx.AsyncClient, demonstration: FastAPI
) -> None:
    await ask_for_links(visitor, demonstration, 1)
    [line] = (await visitor.get(TRAY)).json()["items"]

    shown = await visitor.get(f"{TRAY}/{line['id']}/document")

    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"
    assert shown.text.count('<base target="_blank">') == 1
    assert f'href="{LOCAL}/' in shown.text


async def test_the_latest_mail_comes_first_page_by_page_and_for_one_address(
    visitor: httpx.AsyncClient, demonstration: FastAPI
) -> None:
    await ask_for_links(visitor, demonstration, 5)
    seen: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    while True:
        page = (await visitor.get(TRAY, params=query)).json()
        seen += [mail["at"] for mail in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]

    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)
    [only] = (await visitor.get(TRAY, params={"to": "membre.3@univ.example"})).json()["items"]
    assert only["to"] == "membre.3@univ.example"
    assert (await visitor.get(f"{TRAY}/{uuid4()}")).status_code == 404


async def test_a_real_service_shows_nobodys_mail(client: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn) -> None:
    admin = await sign_in(await make_member(parvis, roles=["administrator"]))

    for browser in (client, admin):
        for url in (TRAY, f"{TRAY}/{new_id()}", f"{TRAY}/{new_id()}/document"):
            reply = await browser.get(url)
            assert (reply.status_code, reply.json()["code"]) == (404, "not_found")
    assert (await client.get("/api/v1/organisation")).json()["mail_tray"] is False
