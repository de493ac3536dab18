"""The organisation's logo."""

from io import BytesIO

import httpx
import pytest
from PIL import Image

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.files.uploads import upload
from tests.make.audit import audited_during
from tests.make.hostile_files import photo_with_place, picture, picture_with_text, png_claiming
from tests.make.people import make_member, make_organisation

ORGANISATION = "/api/v1/organisation"
LOGO = f"{ORGANISATION}/logo"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def admin(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Paul Aubry", roles=["administrator"]))


async def test_a_picture_becomes_the_logo_that_everybody_sees(
    admin: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    made = await upload(admin, picture("JPEG", (1200, 600)), "logo.jpg")

    async with audited_during(parvis) as entries:
        reply = await admin.put(LOGO, json={"file_id": made["id"]})

    assert reply.status_code == 200, reply.text
    shown = (await client.get(ORGANISATION)).json()["logo_url"]
    assert shown == reply.json()["logo_url"]
    got = await client.get(shown)
    assert (got.status_code, got.headers["content-type"]) == (200, "image/png")
    assert Image.open(BytesIO(got.content)).size == (512, 256)
    assert got.headers["cache-control"] == "public, max-age=3600"
    assert "sandbox" in got.headers["content-security-policy"]
    again = await client.get(shown, headers={"if-none-match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert [(entry.action, entry.detail) for entry in entries] == [("organisation.changed", {"fields": ["logo"]})]


async def test_another_logo_has_another_address_and_the_first_is_forgotten(
    admin: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    urls: list[str] = []
    for colour in ("PNG", "WEBP"):
        made = await upload(admin, picture(colour, (90, 90 + len(urls))))
        urls.append((await admin.put(LOGO, json={"file_id": made["id"]})).json()["logo_url"])

    assert urls[0] != urls[1]
    assert Image.open(BytesIO((await client.get(LOGO)).content)).size == (90, 91)
    first = urls[0].rpartition("=")[2]
    assert (await client.get(f"/api/v1/files/{first}")).status_code == 404


async def test_without_a_logo_there_is_none(admin: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    assert (await client.get(LOGO)).status_code == 404
    made = await upload(admin, picture())
    assert (await admin.put(LOGO, json={"file_id": made["id"]})).status_code == 200

    removed = await admin.delete(LOGO)

    assert (removed.status_code, removed.json()["logo_url"]) == (200, None)
    assert (await client.get(LOGO)).status_code == 404
    assert (await admin.delete(LOGO)).status_code == 200


@pytest.mark.parametrize("content", [photo_with_place(), picture_with_text()], ids=["photo", "text"])
async def test_a_logo_tells_nothing_but_what_it_shows(
    content: bytes, admin: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    made = await upload(admin, content)
    assert (await admin.put(LOGO, json={"file_id": made["id"]})).status_code == 200

    shown = (await client.get(LOGO)).content

    assert b"SECRET" not in shown
    assert b"script" not in shown
    assert dict(Image.open(BytesIO(shown)).getexif()) == {}


@pytest.mark.parametrize(
    "name, content, status, code",
    [
        ("logo.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 415, "unsupported_media_type"),
        ("logo.png", b"<!doctype html>", 415, "unsupported_media_type"),
        ("logo.png", picture("GIF"), 415, "unsupported_media_type"),
        ("logo.png", b"%PDF-1.7", 415, "unsupported_media_type"),
        ("logo.png", png_claiming(60_000, 60_000), 422, "unreadable_picture"),
        ("logo.jpg", picture("JPEG", (600, 600))[:700], 422, "unreadable_picture"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 6_000_000, 413, "too_large"),
    ],
)
async def test_what_is_no_fit_picture_is_refused_and_changes_nothing(
    name: str, content: bytes, status: int, code: str, admin: httpx.AsyncClient, parvis: Parvis
) -> None:
    made = await upload(admin, content, name)

    async with audited_during(parvis) as entries:
        reply = await admin.put(LOGO, json={"file_id": made["id"]})

    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert (await admin.get(LOGO)).status_code == 404
    assert entries == []


async def test_a_drawing_in_svg_is_refused_with_its_reason(admin: httpx.AsyncClient) -> None:
    made = await upload(admin, b"<svg/>", "logo.svg")

    reply = await admin.put(LOGO, json={"file_id": made["id"]})

    assert "SVG" in reply.json()["detail"]


async def test_only_an_administrators_own_upload_becomes_the_logo(
    admin: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn
) -> None:
    student = await sign_in(await make_member(parvis, "Inès Benali"))
    manager = await sign_in(await make_member(parvis, "Zoé Gestion", roles=["people_administrator"]))
    hers = await upload(student, picture())

    assert (await admin.put(LOGO, json={"file_id": hers["id"]})).status_code == 404
    for browser in (student, manager):
        refused = await browser.put(LOGO, json={"file_id": hers["id"]})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert (await browser.delete(LOGO)).status_code == 403
    assert (await client.put(LOGO, json={"file_id": hers["id"]})).status_code == 401
    assert (await client.delete(LOGO)).status_code == 401
