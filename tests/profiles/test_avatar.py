"""Members' pictures."""

from io import BytesIO

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from parvis.accounts.models import Member
from parvis.files.models import File
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.files.uploads import upload
from tests.make.hostile_files import photo_with_place, picture, picture_with_text, png_claiming
from tests.make.people import make_member, make_organisation
from tests.make.security import code_in

MINE = "/api/v1/me/avatar"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def ines(parvis: Parvis) -> Member:
    return await make_member(parvis, "Inès Benali")


@pytest.fixture
async def browser(sign_in: SignIn, ines: Member) -> httpx.AsyncClient:
    return await sign_in(ines)


@pytest.fixture
async def stranger(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Nadia Cherkaoui", affiliation="faculty"))


async def put(browser: httpx.AsyncClient, content: bytes, name: str = "photo.jpg") -> httpx.Response:
    made = await upload(browser, content, name)
    return await browser.put(MINE, json={"file_id": made["id"]})


def shown_at(ines: Member) -> str:
    return f"/api/v1/profiles/{ines.id}/avatar"


async def test_a_photo_becomes_two_squares_that_others_see(
    browser: httpx.AsyncClient, stranger: httpx.AsyncClient, ines: Member
) -> None:
    reply = await put(browser, picture("JPEG", (1200, 600)))

    assert reply.status_code == 200, reply.text
    avatar = (await stranger.get(f"/api/v1/profiles/{ines.id}")).json()["avatar"]
    assert avatar == reply.json()["avatar"]
    for address, side in ((avatar["large"], 512), (avatar["small"], 128)):
        got = await stranger.get(address)
        assert (got.status_code, got.headers["content-type"]) == (200, "image/webp")
        assert Image.open(BytesIO(got.content)).size == (side, side)
        assert got.headers["cache-control"] == "private, no-cache"
        assert "sandbox" in got.headers["content-security-policy"]
        again = await stranger.get(address, headers={"if-none-match": got.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("content", [photo_with_place(), picture_with_text()], ids=["photo", "text"])
async def test_a_photo_tells_nothing_but_what_it_shows(
    content: bytes, browser: httpx.AsyncClient, ines: Member
) -> None:
    assert (await put(browser, content)).status_code == 200
    for size in ("small", "large"):
        shown = (await browser.get(shown_at(ines), params={"size": size})).content
        assert b"SECRET" not in shown
        assert b"Exif" not in shown
        assert dict(Image.open(BytesIO(shown)).getexif()) == {}


async def test_whether_it_is_shown_is_judged_each_time(
    browser: httpx.AsyncClient, stranger: httpx.AsyncClient, client: httpx.AsyncClient, ines: Member
) -> None:
    address = (await put(browser, picture())).json()["avatar"]["small"]
    seen = await stranger.get(address)
    assert seen.status_code == 200
    await browser.patch("/api/v1/me/profile", json={"levels": {"avatar": "me"}})

    hidden = await stranger.get(address, headers={"if-none-match": seen.headers["etag"]})

    assert code_in(hidden) == (404, "not_found")
    assert (await stranger.get(f"/api/v1/profiles/{ines.id}")).json()["avatar"] is None
    assert (await browser.get(address)).status_code == 200
    assert (await client.get(address)).status_code == 401


async def test_another_photo_has_another_address_and_the_first_is_forgotten(
    browser: httpx.AsyncClient, parvis: Parvis
) -> None:
    first = (await put(browser, picture("PNG", (90, 90)))).json()["avatar"]["large"]
    second = (await put(browser, picture("WEBP", (80, 90)))).json()["avatar"]["large"]
    assert first != second
    async with parvis.database.reading() as session:
        kept = (await session.scalars(select(File).where(File.claimed_kind == "avatar"))).all()
    assert len(kept) == 2
    assert (await browser.get(f"/api/v1/files/{kept[0].id}")).status_code == 404


async def test_without_a_photo_there_are_initials(browser: httpx.AsyncClient, parvis: Parvis, ines: Member) -> None:
    assert (await browser.get(shown_at(ines))).status_code == 404
    await browser.patch("/api/v1/me/profile", json={"levels": {"avatar": "contacts"}})
    await put(browser, picture())

    removed = await browser.delete(MINE)

    assert (removed.status_code, removed.json()["avatar"]) == (200, None)
    assert removed.json()["levels"]["avatar"] == "contacts"
    assert (await browser.get(shown_at(ines))).status_code == 404
    assert (await browser.delete(MINE)).headers["etag"] == removed.headers["etag"]
    async with parvis.database.reading() as session:
        assert (await session.scalars(select(File).where(File.claimed_kind == "avatar"))).all() == []


@pytest.mark.parametrize(
    "name, content, status, code",
    [
        ("photo.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 415, "unsupported_media_type"),
        ("photo.png", b"<!doctype html>", 415, "unsupported_media_type"),
        ("photo.png", picture("GIF"), 415, "unsupported_media_type"),
        ("photo.png", png_claiming(60_000, 60_000), 422, "unreadable_picture"),
        ("photo.jpg", picture("JPEG", (600, 600))[:700], 422, "unreadable_picture"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 11_000_000, 413, "too_large"),
    ],
)
async def test_what_is_no_fit_picture_is_refused_and_changes_nothing(
    name: str, content: bytes, status: int, code: str, browser: httpx.AsyncClient, ines: Member
) -> None:
    reply = await put(browser, content, name)
    assert code_in(reply) == (status, code)
    assert (await browser.get(shown_at(ines))).status_code == 404


async def test_somebody_else_s_upload_is_nobody_s_picture(
    browser: httpx.AsyncClient, stranger: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    hers = await upload(stranger, picture())
    assert code_in(await browser.put(MINE, json={"file_id": hers["id"]})) == (404, "not_found")
    assert (await client.put(MINE, json={"file_id": hers["id"]})).status_code == 401
    assert (await client.delete(MINE)).status_code == 401


async def test_the_own_screens_show_the_picture_and_go_back_to_initials(browser: httpx.AsyncClient) -> None:
    async def mine() -> dict[str, object]:
        member: dict[str, object] = (await browser.get("/api/v1/session")).json()["member"]
        return member

    assert ((await mine())["avatar"], "profile" in await steps(browser)) == (None, True)
    first = (await put(browser, picture())).json()["avatar"]
    assert (await mine())["avatar"] == first
    assert "profile" not in await steps(browser)
    second = (await put(browser, picture("JPEG", (300, 300)))).json()["avatar"]
    assert (await mine())["avatar"] == second != first
    await browser.delete(MINE)
    assert (await mine())["avatar"] is None


async def steps(browser: httpx.AsyncClient) -> list[str]:
    """What is left to do to settle in."""
    left: list[str] = (await browser.get("/api/v1/session")).json()["member"]["next_steps"]
    return left
