"""Strangers' pictures made anew, in a process of their own."""

import asyncio
import time
from io import BytesIO

import pytest
from PIL import Image

from parvis.files import pictures
from parvis.files.pictures import PictureMaker, UnreadablePicture
from tests.make import hostile_files
from tests.make.hostile_files import (
    photo_with_place,
    picture,
    picture_with_text,
    png_bomb,
    png_claiming,
    saved,
    text_bomb,
)


async def made(content: bytes, longest_side: int = 512) -> Image.Image:
    return Image.open(BytesIO(await PictureMaker().make_png(content, longest_side)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_keeps_its_looks(kind: str) -> None:
    image = await made(picture(kind, (640, 480)))

    assert (image.format, image.size) == ("PNG", (512, 384))
    left, right = image.convert("RGB").getpixel((100, 200)), image.convert("RGB").getpixel((400, 200))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[0] > 240, left[2] < 20) == (True, True)
    assert (right[0] < 20, right[2] > 240) == (True, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
async def test_every_way_of_writing_colours_is_read(mode: str) -> None:
    image = await made(saved(Image.new(mode, (700, 20)), "PNG"))

    assert (image.mode, image.size) == ("RGBA", (512, 15))


async def test_a_small_picture_is_not_made_larger() -> None:
    assert (await made(picture("PNG", (30, 20)))).size == (30, 20)


async def test_where_a_photo_was_taken_and_by_whom_is_gone() -> None:
    photo = photo_with_place()
    assert Image.open(BytesIO(photo)).getexif().get_ifd(0x8825)

    png = await PictureMaker().make_png(photo, 512)

    again = Image.open(BytesIO(png))
    again.load()
    assert dict(again.getexif()) == {}
    assert again.info == {}
    assert b"SECRET" not in png
    assert b"Exif" not in png


async def test_a_photo_taken_sideways_stands_up() -> None:
    image = await made(photo_with_place(orientation=6))

    assert image.size == (40, 80)


async def test_nothing_beside_the_picture_survives() -> None:
    content = picture_with_text()
    assert b"SECRET-COMMENT" in content

    png = await PictureMaker().make_png(content, 512)

    assert b"SECRET" not in png
    assert b"<script" not in png
    assert png.endswith(b"IEND\xaeB`\x82")


@pytest.mark.parametrize(
    "content",
    [
        png_claiming(60_000, 60_000),
        png_claiming(2**31 - 1, 2**31 - 1),
        png_claiming(0, 0),
        png_claiming(200, 200),
        png_bomb(7000),
        text_bomb(),
        picture("JPEG", (500, 500))[:300],
        picture("PNG")[:60],
        picture("GIF"),
        picture("BMP"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 5000,
        b"\xff\xd8\xff" + b"\0" * 5000,
        b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 500,
        b"",
    ],
    ids=lambda content: f"{content[:4]!r}-{len(content)}",
)
async def test_what_is_no_sound_picture_is_refused_soon(content: bytes) -> None:
    began = time.monotonic()

    with pytest.raises(UnreadablePicture):
        await PictureMaker().make_png(content, 512)

    assert time.monotonic() - began < pictures.SECONDS / 2


async def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.01)

    with pytest.raises(UnreadablePicture):
        await PictureMaker().make_png(picture(), 512)


async def test_the_child_has_little_and_writes_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """The limits hold in a process that tries to pass them."""
    probe = (
        "import runpy, resource, sys\n"
        f"limits = runpy.run_path({str(pictures.CHILD)!r})['LIMITS']\n"
        "for kind, most in limits.items(): resource.setrlimit(kind, (most, most))\n"
        "tries = {'memory': lambda: bytearray(600 * 2**20), 'file': lambda: open("
        f"{str(tmp_path) + '/x'!r}, 'wb', buffering=0).write(b'x')}}\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "for name, attempt in tries.items():\n"
        "    try: attempt(); print(name, 'passed')\n"
        "    except (MemoryError, OSError): print(name, 'refused')\n"
    )
    child = await asyncio.create_subprocess_exec("python3", "-I", "-c", probe, stdout=asyncio.subprocess.PIPE)
    said, _ = await child.communicate()

    assert said.decode().split("\n")[:2] == ["memory refused", "file refused"]


async def test_many_at_once_wait_for_their_turn() -> None:
    maker = PictureMaker()

    images = await asyncio.gather(*[maker.make_png(picture("JPEG", (100, 100)), 64) for _ in range(8)])

    assert len(set(images)) == 1


@pytest.mark.parametrize("name, content", [*hostile_files.polyglots(), *hostile_files.broken()])
async def test_of_a_hostile_file_a_clean_picture_comes_or_none(name: str, content: bytes) -> None:
    try:
        png = await PictureMaker().make_png(content, 512)
    except UnreadablePicture:
        return
    assert b"script" not in png
    assert b"PK\x03\x04" not in png
    assert Image.open(BytesIO(png)).format == "PNG"
