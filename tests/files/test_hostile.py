"""Hostile files and names: received, kept, and handed back inert."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from parvis.files.names import harmless, name_in
from parvis.files.sniffing import HEAD, media_type_of
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make import hostile_files
from tests.make.hostile_files import HOSTILE_NAMES, Upload, picture, zip_of
from tests.make.people import make_member

from .uploads import FILES, upload

SHOWN = {"image/png", "image/jpeg", "image/webp", "image/gif"}


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


@pytest.mark.parametrize("kind", ["pages", "polyglots", "archives", "broken"])
async def test_no_file_is_active_in_a_browser_whatever_it_says_it_is(kind: str, browser: httpx.AsyncClient) -> None:
    """Three locks: a type that runs nothing, `nosniff`, and a sandbox without scripts."""
    uploads: Callable[[], Iterator[Upload]] = getattr(hostile_files, kind)
    count = 0
    for name, content in uploads():
        made = await upload(browser, content, name)
        got = await browser.get(made["url"])

        assert (got.status_code, got.content) == (200, content), name
        media_type = got.headers["content-type"].partition(";")[0]
        assert media_type not in {"text/html", "image/svg+xml", "application/xml", "text/xml"}, name
        assert got.headers["x-content-type-options"] == "nosniff", name
        policy = got.headers["content-security-policy"]
        assert "sandbox" in policy, name
        assert "default-src 'none'" in policy, name
        shown = got.headers["content-disposition"].startswith("inline")
        assert shown == (media_type in SHOWN), name
        count += 1
    assert count >= 8


def test_there_are_enough_of_them() -> None:
    kinds = (hostile_files.pages, hostile_files.polyglots, hostile_files.archives, hostile_files.broken)

    assert sum(len(list(kind())) for kind in kinds) + len(HOSTILE_NAMES) >= 120


@pytest.mark.parametrize("said, kept", HOSTILE_NAMES)
async def test_a_name_is_made_harmless(said: str, kept: str, browser: httpx.AsyncClient) -> None:
    made = await upload(browser, b"x", said)
    got = await browser.get(made["url"])

    assert made["name"] == kept
    assert harmless(kept) == kept
    assert "\n" not in got.headers["content-disposition"]
    assert name_in(got.headers["content-disposition"]) == kept


@pytest.mark.parametrize(
    "disposition, name",
    [
        (None, "fichier"),
        ("attachment", "fichier"),
        ("attachment; filename=carnet.pdf", "carnet.pdf"),
        ('attachment; filename="carnet \\"R1\\".pdf"', "carnet _R1_.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''carnet%20d%E2%80%99eau.pdf", "carnet d’eau.pdf"),
        ("attachment; filename*=iso-8859-1'fr'%E9t%E9.pdf", "été.pdf"),
        ("attachment; filename*=UTF-8''%FF%FE.pdf", "\ufffd\ufffd.pdf"),
        ("attachment; filename*=KOI8-R''x.pdf", "fichier"),
    ],
)
def test_a_name_is_read_as_the_standards_write_it(disposition: str | None, name: str) -> None:
    assert name_in(disposition) == name


@pytest.mark.parametrize(
    "content, media_type",
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (picture("BMP"), "image/bmp"),
        (b"%PDF-1.7\n", "application/pdf"),
        (zip_of(("a.txt", b"a")), "application/zip"),
        (
            zip_of(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (zip_of(("_rels/.rels", b"<x/>"), ("other/x", b"")), "application/zip"),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"\0\0\0\x18ftypavif", "image/avif"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0XXXX", "application/octet-stream"),
        ("Relevés de la Valorne\n".encode(), "text/plain"),
        (b"x" + "é".encode() * 2048, "text/plain"),
        (b"x" + "é".encode() * 20 + b"\xc3", "application/octet-stream"),
        ("été".encode("latin-1"), "application/octet-stream"),
        (b"a\0b", "application/octet-stream"),
        (b"<svg xmlns='x'/>", "image/svg+xml"),
        (b"<!DOCTYPE HTML>", "text/html"),
        (b"<?xml version='1.0'?><x/>", "application/xml"),
        (b"1 < 2", "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_a_type_is_read_from_the_first_bytes(content: bytes, media_type: str) -> None:
    assert media_type_of(content[:HEAD]) == media_type


def test_an_open_document_says_so_in_its_first_entry() -> None:
    assert media_type_of(b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text") == (
        "application/vnd.oasis.opendocument.text"
    )


async def test_the_clients_word_for_the_type_is_not_asked(browser: httpx.AsyncClient) -> None:
    reply = await browser.post(FILES, content=b"<svg/>", headers={"content-type": "image/png"})

    assert reply.json()["media_type"] == "image/svg+xml"
