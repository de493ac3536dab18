"""Hostile files and names: received, kept, and handed back inert."""

import asyncio
import resource
import signal
import sys
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from PIL import Image

from parvis.files.looking import printing
from parvis.files.looking.inside.elsewhere import leads_away
from parvis.files.looking.inside.limits import SECONDS
from parvis.files.looking.positions import has_position, without_position
from parvis.files.names import harmless, name_in
from parvis.files.sniffing import HEAD, media_type_of
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make import hostile_files
from tests.make.hostile_files import CLASSES, HOSTILE_NAMES, picture, zip_of
from tests.make.people import make_member
from tests.make.real_files import SAMPLES

from .uploads import FILES, upload

SHOWN = {"image/png", "image/jpeg", "image/webp", "image/gif"}
PLAYED = {"audio/mpeg", "audio/flac", "audio/wav", "application/ogg", "video/mp4", "video/webm"}


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is given, our own reader has let through: that is what is tried here."""
    monkeypatch.setattr(printing, "program", lambda: None)


@pytest.fixture
async def browser(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize("kind", list(CLASSES))
async def test_a_hostile_file_comes_back_inert_and_is_opened_within_limits(
    kind: str, browser: httpx.AsyncClient, parvis: Parvis
) -> None:
    """Three locks on what is handed back: a type that runs nothing, `nosniff`, and a sandbox without scripts. What is
    inside comes to an end, whatever it is."""
    uploads = list(CLASSES[kind]())
    assert len(uploads) >= 3
    for name, content in uploads:
        made = await upload(browser, content, name)
        assert (await browser.put(f"{made['url']}/preview")).status_code == 202, name
        before = children()
        while await parvis.jobs.run_once():
            pass
        after = children()
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS + 1, name
        seen = await browser.get(f"{made['url']}/preview")
        found = seen.json()
        assert (seen.status_code, found["state"] in {"ready", "none", "failed"}) == (200, True), name
        assert seen.headers["content-type"] == "application/json", name
        assert (found["state"] == "ready") or found["reason"], name
        for page in found["pages"]:
            for url in (page["url"], page["small_url"]):
                assert_inert(await browser.get(url), name, {"image/webp"})
        got = await browser.get(made["url"])
        assert got.content == content, name
        assert_inert(got, name)


def test_no_other_program_is_given_a_document_that_shows_what_is_elsewhere() -> None:
    for name, content in hostile_files.macros():
        if name.endswith((".docx", ".odt")):
            assert leads_away(ZipFile(BytesIO(content))), name
    for path in SAMPLES.glob("*.[dxpo]*"):
        if path.suffix in {".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp"}:
            assert not leads_away(ZipFile(path)), path.name


async def test_the_process_has_little_and_opens_nothing_more(tmp_path: Path) -> None:
    """The limits hold in a process that tries to pass them."""
    probe = (
        "import os, signal, socket\n"
        "from parvis.files.looking.inside import limits\n"
        "limits.leave_the_network()\n"
        "limits.narrow(limits.LIMITS)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"written = open({str(tmp_path / 'x')!r}, 'wb', buffering=0)\n"
        "limits.open_no_more()\n"
        "tries = {'memory': lambda: bytearray(600 * 2**20), 'write': lambda: written.write(b'x'),\n"
        "         'open': lambda: open('/etc/hostname'), 'socket': socket.socket}\n"
        "for name, attempt in tries.items():\n"
        "    try: attempt(); print(name, 'passed')\n"
        "    except (MemoryError, OSError): print(name, 'refused')\n"
        "limits.narrow({limits.resource.RLIMIT_CPU: 1})\n"
        "print('end', flush=True)\n"
        "while True: pass\n"
    )
    child = await asyncio.create_subprocess_exec(sys.executable, "-I", "-c", probe, stdout=asyncio.subprocess.PIPE)
    said, _ = await child.communicate()

    assert said.decode().split("\n") == ["memory refused", "write refused", "open refused", "socket refused", "end", ""]
    assert child.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def children() -> resource.struct_rusage:
    """What processes that ended have used: those in which files were opened."""
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def assert_inert(got: httpx.Response, name: str, shown: Collection[str] = SHOWN | PLAYED) -> None:
    media_type = got.headers["content-type"].partition(";")[0]
    assert got.status_code == 200, name
    assert media_type not in {"text/html", "image/svg+xml", "application/xml", "text/xml"}, name
    assert got.headers["x-content-type-options"] == "nosniff", name
    policy = got.headers["content-security-policy"]
    assert "sandbox" in policy, name
    assert "default-src 'none'" in policy, name
    assert got.headers["content-disposition"].startswith("inline") == (media_type in shown), name


def test_there_are_enough_of_them() -> None:
    assert len(CLASSES) >= 14
    made = [kind for name, kind in CLASSES.items() if name != "bombs"]  # Which take a while to make.
    assert sum(len(list(files())) for files in made) >= 120


@pytest.mark.parametrize("name, content", list(hostile_files.placed()))
def test_a_position_is_seen_and_taken_out_however_it_is_said(name: str, content: bytes) -> None:
    bare = without_position(content)

    assert (has_position(content), has_position(bare)) == (True, False)
    assert without_position(bare) == bare
    before, after = (Image.open(BytesIO(one)).convert("RGB").tobytes() for one in (content, bare))
    assert before == after
    assert "GPS" not in str(Image.open(BytesIO(bare)).info)


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
