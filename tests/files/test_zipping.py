"""Many files in one zip: written as it is sent, and harmless where it is unpacked."""

import io
from collections.abc import AsyncIterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from parvis.files import zipping
from parvis.files.models import File
from parvis.files.zipping import Names, packed
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis


async def file_of(parvis: Parvis, content: bytes, media_type: str) -> File:
    async def pieces() -> AsyncIterator[bytes]:
        yield content

    stored = await parvis.storage.put_stream(pieces())
    said = {"name": "x", "media_type": media_type, "size": stored.size, "sha256": stored.sha256}
    return File(id=new_id(), created_at=clock.now(), **said)


async def test_a_folder_is_one_zip_written_as_it_is_sent(parvis: Parvis) -> None:
    text = await file_of(parvis, "Relevés. ".encode() * 100_000, "text/plain")
    film = await file_of(parvis, b"\x00" * (3 * 2**20), "video/mp4")
    gone = File(id=new_id(), created_at=clock.now(), name="x", media_type="text/plain", size=1, sha256="0" * 64)

    async def entries() -> AsyncIterator[tuple[str, File | None]]:
        yield "Cours/Été/Relevés.txt", text
        yield "Cours/Été/relevés.txt", text
        yield "../../etc/passwd", text
        yield "Cours/film.mp4", film
        yield "Cours/parti.txt", gone
        yield "Cours/vide/", None

    sizes, whole = [], b""
    async for piece in packed(parvis.storage, entries()):
        sizes.append(len(piece))
        whole += piece
    archive = ZipFile(io.BytesIO(whole))
    assert archive.testzip() is None
    assert archive.namelist() == [
        *("Cours/Été/Relevés.txt", "Cours/Été/relevés (2).txt", "etc/passwd", "Cours/film.mp4", "Cours/vide/")
    ]
    assert archive.read("Cours/film.mp4") == b"\x00" * (3 * 2**20)
    kinds = {info.filename: info.compress_type for info in archive.infolist()}
    assert (kinds["Cours/film.mp4"], kinds["Cours/Été/Relevés.txt"]) == (ZIP_STORED, ZIP_DEFLATED)
    assert max(sizes) < 2 * 2**20
    said = zipping.answer("Cours d’été.zip", packed(parvis.storage, entries())).headers
    assert (said["x-content-type-options"], said["content-disposition"].partition(";")[0]) == ("nosniff", "attachment")


def test_each_name_is_one_of_its_own_and_leads_nowhere_else() -> None:
    names = Names()
    asked = ["a/b.txt", "a/B.TXT", "a/b.txt", "/etc/x", "..\\..\\y", "a/../../z", "con", ".profile", ".profile", "a//"]

    got = [names.take(path) for path in asked]

    assert got[:5] == ["a/b.txt", "a/B (2).TXT", "a/b (3).txt", "etc/x", "y"]
    assert got[5:] == ["a/z", "_con", ".profile".lstrip("."), "profile (2)", "a/"]
    assert not any(name.startswith("/") or ".." in name.split("/") for name in got)
