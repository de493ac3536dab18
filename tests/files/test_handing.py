"""A blob handed out by somebody else: the reverse proxy, or the store itself. Rights are judged here all the same."""

from collections.abc import AsyncIterator

import httpx
import pytest

from parvis.files.checking import check_files
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member

from .uploads import upload

GIF = b"GIF89a" + bytes(64)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"storage_proxied": "/_files", "storage_redirect": 30})


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


async def test_bytes_are_left_to_who_is_to_send_them(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, settings: Settings
) -> None:
    made = await upload(browser, b"%PDF-1.7 rien", "Relevés.pdf")
    shown = await upload(browser, GIF, "point.gif")
    key = f"blobs/{made['sha256'][:2]}/{made['sha256'][2:4]}/{made['sha256']}"

    assert (await client.get(made["url"])).status_code == 404
    told = await browser.get(made["url"])
    if settings.storage.startswith("file:"):
        assert (told.status_code, told.content, told.headers["x-accel-redirect"]) == (200, b"", f"/_files/{key}")
        assert told.headers["content-type"] == "application/pdf"
        assert "Relev%C3%A9s.pdf" in told.headers["content-disposition"]
        return
    assert (told.status_code, told.headers["cache-control"]) == (302, "private, no-store")
    assert "X-Amz-Expires=30" in told.headers["location"]
    async with httpx.AsyncClient() as anybody:
        got = await anybody.get(told.headers["location"])
        assert (got.status_code, got.content) == (200, b"%PDF-1.7 rien")
        forged = told.headers["location"].replace("X-Amz-Expires=30", "X-Amz-Expires=3000")
        assert (await anybody.get(forged)).status_code == 403
    assert (await browser.get(shown["url"])).content == GIF  # What pages show comes from their own origin.


async def test_a_head_says_what_a_download_would(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    parvis.storage._proxied, parvis.storage._redirect = "", 0
    made = await upload(browser, b"0123456789", "carnet.txt")

    said = await browser.head(made["url"])
    part = await browser.head(made["url"], headers={"range": "bytes=2-4"})

    assert (said.status_code, said.content, said.headers["content-length"]) == (200, b"", "10")
    assert (part.status_code, part.headers["content-range"]) == (206, "bytes 2-4/10")
    film = await upload(browser, b"\x00\x00\x00\x18ftypmp42" + bytes(100), "film.mp4")
    played = await browser.get(film["url"], headers={"range": "bytes=4-11"})
    assert (played.status_code, played.content) == (206, b"ftypmp42")
    assert played.headers["content-disposition"].startswith("inline")
    assert "sandbox" in played.headers["content-security-policy"]


async def test_what_does_not_agree_with_the_store_is_found(browser: httpx.AsyncClient, parvis: Parvis) -> None:
    lost, kept = await upload(browser, b"perdu"), await upload(browser, "là".encode())

    async def pieces() -> AsyncIterator[bytes]:
        yield b"de personne"

    orphan = await parvis.storage.put_stream(pieces())
    await parvis.storage.delete(f"blobs/{lost['sha256'][:2]}/{lost['sha256'][2:4]}/{lost['sha256']}")

    found = await check_files(parvis)

    assert (found.files, found.lost, found.orphans) == (2, [lost["id"]], [orphan.key])
    assert kept["id"] not in found.lost
