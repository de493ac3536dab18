"""The legal pages: good before anybody writes them, and the institution's own after."""

import asyncio
import re
from typing import get_args

import httpx
import pytest

from parvis.admin.models import Slug
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.audit import audited_during
from tests.make.people import make_member, make_organisation

PAGES = "/api/v1/organisation/pages"
SLUGS = get_args(Slug)


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def admin(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, roles=["administrator"]))


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language, missing", [("fr", "À compléter"), ("en", "To be completed")])
async def test_a_page_nobody_wrote_names_the_organisation_and_what_is_to_be_completed(
    slug: str, language: str, missing: str, client: httpx.AsyncClient
) -> None:
    reply = await client.get(f"{PAGES}/{slug}", params={"language": language})

    assert reply.status_code == 200
    page = reply.json()
    assert reply.headers["etag"] == '"0"'
    assert page["is_default"] is True
    assert "Université d’Exemple" in page["html"]
    assert "{organisation}" not in page["html"]
    assert len(page["placeholders"]) == page["body"].count(f"[{missing}") >= 3
    assert page["placeholders"][0] in page["html"]
    assert "<h2>" in page["html"]
    assert not re.search(r"<h1|<script|<img|style=", page["html"])


async def test_the_list_gives_every_page_in_both_languages_and_the_links_words(client: httpx.AsyncClient) -> None:
    pages = (await client.get(PAGES)).json()

    assert [(page["slug"], page["language"]) for page in pages] == [
        (slug, language) for slug in SLUGS for language in ("fr", "en")
    ]
    assert [page["label"] for page in pages] == [
        "Mentions légales",
        "Legal notice",
        "Données personnelles",
        "Personal data",
        "Accessibilité\u00a0: partiellement conforme",
        "Accessibility: partially compliant",
    ]
    assert "html" not in pages[0]


async def test_an_administrator_writes_a_page_in_one_language(
    admin: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    body = "# État\n\nCe service est **totalement conforme**.\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    url = f"{PAGES}/accessibility"

    async with audited_during(parvis) as entries:
        written = await admin.put(url, params={"language": "fr"}, json={"body": body}, headers={"if-match": '"0"'})

    assert (written.status_code, written.headers["etag"]) == (200, '"1"')
    page = (await client.get(url, params={"language": "fr"})).json()
    assert page == written.json()
    assert (page["is_default"], page["body"], page["placeholders"]) == (False, body, [])
    assert page["label"] == "Accessibilité\u00a0: totalement conforme"
    assert "<h2>État</h2>" in page["html"]
    assert "<script" not in page["html"]
    assert 'href="javascript' not in page["html"]
    assert (await client.get(url, params={"language": "en"})).json()["is_default"] is True
    assert [(entry.action, entry.subject_id, entry.detail) for entry in entries] == [
        ("page.written", "accessibility", {"language": "fr", "version": 1})
    ]


async def test_writing_needs_the_version_that_was_read(admin: httpx.AsyncClient) -> None:
    url, body = f"{PAGES}/legal", {"body": "Un"}

    assert (await admin.put(url, json=body)).status_code == 428
    assert (await admin.put(url, json=body, headers={"if-match": '"1"'})).status_code == 412
    assert (await admin.put(url, json=body, headers={"if-match": '"0"'})).status_code == 200
    assert (await admin.put(url, json={"body": "Deux"}, headers={"if-match": '"0"'})).status_code == 412
    assert (await admin.put(url, json={"body": "Deux"}, headers={"if-match": '"1"'})).status_code == 200
    assert (await admin.get(url)).json()["body"] == "Deux"


@pytest.mark.parametrize("round_number", range(3))
async def test_of_many_who_replace_the_same_version_at_once_one_does(
    round_number: int, admin: httpx.AsyncClient
) -> None:
    url = f"{PAGES}/privacy"
    for version in range(2):
        replies = await asyncio.gather(
            *[
                admin.put(url, json={"body": f"{version} {number}"}, headers={"if-match": f'"{version}"'})
                for number in range(20)
            ]
        )
        assert sorted(reply.status_code for reply in replies) == [200] + [412] * 19


@pytest.mark.parametrize("roles", [(), ("people_administrator", "communicator", "moderator")])
async def test_only_administrators_write_pages(
    roles: tuple[str, ...], parvis: Parvis, sign_in: SignIn, client: httpx.AsyncClient
) -> None:
    browser = await sign_in(await make_member(parvis, roles=roles))
    change = {"json": {"body": "À moi"}, "headers": {"if-match": '"0"'}}

    assert (await browser.put(f"{PAGES}/legal", **change)).status_code == 403  # type: ignore[arg-type]
    assert (await client.put(f"{PAGES}/legal", **change)).status_code == 401  # type: ignore[arg-type]
    assert (await client.get(f"{PAGES}/legal")).json()["is_default"] is True


@pytest.mark.parametrize("body", ["", "a\0b", "x" * 100_001])
async def test_a_text_that_cannot_be_kept_is_refused(body: str, admin: httpx.AsyncClient) -> None:
    reply = await admin.put(f"{PAGES}/legal", json={"body": body}, headers={"if-match": '"0"'})

    assert (reply.status_code, reply.json()["fields"][0]["path"]) == (422, "body")


async def test_there_is_no_other_page_and_no_other_language(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{PAGES}/cookies")).status_code == 422
    assert (await client.get(f"{PAGES}/legal", params={"language": "de"})).status_code == 422


async def test_administrators_see_a_text_before_it_is_kept_and_nobody_else_does(
    admin: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    draft = {"body": "# Éditeur\n\n<script>alert(1)</script> [À compléter : adresse]"}

    shown = await admin.post(f"{PAGES}/previews", json=draft)

    assert shown.status_code == 200
    assert "<h2>Éditeur</h2>" in shown.json()["html"]
    assert "<script" not in shown.json()["html"]
    assert shown.json()["placeholders"] == ["adresse"]
    assert (await client.get(f"{PAGES}/legal")).json()["is_default"] is True
    student = await sign_in(await make_member(parvis, "Inès Benali"))
    assert (await student.post(f"{PAGES}/previews", json=draft)).status_code == 403
    assert (await client.post(f"{PAGES}/previews", json=draft)).status_code == 401
