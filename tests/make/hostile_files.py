"""Files that people with bad intentions upload, made by code."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SCRIPT = b"<script>fetch('/api/v1/session').then(r=>r.json()).then(alert)</script>"
Upload = tuple[str, bytes]


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """An honest picture, red on the left and blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return saved(image, kind, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def photo_with_place(orientation: int = 1) -> bytes:
    """A JPEG whose EXIF says where it was taken, by whom, and which way up it is."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Inès Benali, SECRET-AUTHOR"
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (45.0, 26.0, 31.4), 3: "E", 4: (4.0, 23.0, 9.1)})
    return picture("JPEG", (80, 40), exif=exif)


def picture_with_text() -> bytes:
    """A PNG with a comment, and a page after its end."""
    info = PngInfo()
    info.add_text("Comment", "SECRET-COMMENT")
    info.add_itxt("XML:com.adobe.xmp", "<x>SECRET-XMP</x>")
    return picture("PNG", pnginfo=info) + b"SECRET-TAIL" + SCRIPT


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width: int, height: int, body: bytes = b"") -> bytes:
    """A few bytes that say they are a picture of that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", body or zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def png_bomb(side: int) -> bytes:
    """A whole picture that is small on disk and large in memory."""
    return saved(Image.new("1", (side, side)), "PNG")


def text_bomb() -> bytes:
    """A PNG whose comment unpacks to 200 MB."""
    packed = zlib.compress(b"\0" * (200 * 2**20), 9)
    honest = picture()
    return honest[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + honest[33:]


def zip_of(*entries: tuple[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return written.getvalue()


def pages() -> Iterator[Upload]:
    """Markup that a browser would run, under names that say otherwise."""
    bodies = {
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>",
        "svg-xml": b'<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
        "html": b"<!doctype html><title>x</title>" + SCRIPT,
        "html-late": b" \n\t<!-- hello --><html><body>" + SCRIPT,
        "bare": SCRIPT,
        "bom": b"\xef\xbb\xbf<html>" + SCRIPT,
        "frame": b'<iframe src="javascript:alert(1)"></iframe>',
        "xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>",
        "xml-entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "xslt": b'<?xml version="1.0"?><?xml-stylesheet href="#x" type="text/xsl"?><x/>',
    }
    names = ("logo.{}", "photo.png", "cours.pdf", "image.jpg.html", "readme.txt", "data")
    for kind, body in bodies.items():
        for name in names:
            yield name.format(kind), body


def polyglots() -> Iterator[Upload]:
    """Two kinds of file at once."""
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP"):
        yield f"both.{kind.lower()}", picture(kind) + b"<!doctype html>" + SCRIPT
        yield f"{kind}.html", picture(kind) + SCRIPT
        yield f"{kind}.zip", picture(kind) + zip_of(("x.html", SCRIPT))
    yield "gifar.jar", b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)//"
    yield "pdf.html", b"%PDF-1.7\n<html>" + SCRIPT
    yield "jpeg.js", b"\xff\xd8\xff\xe0\x2f\x2a*/alert(1)/*"


def archives() -> Iterator[Upload]:
    """Archives that harm whoever opens them. Nobody here does."""
    yield "bomb.zip", zip_of(("zeros", b"\0" * 20_000_000))
    yield "nested.zip", zip_of(("inner.zip", zip_of(("inner.zip", zip_of(("zeros", b"\0" * 1_000_000))))))
    yield "slip.zip", zip_of(("../../../../etc/cron.d/x", b"* * * * * root id"), ("/etc/passwd", b"x"))
    yield "windows.zip", zip_of(("..\\..\\windows\\win.ini", b"x"), ("CON", b"x"))
    yield "bomb.gz", gzip.compress(b"\0" * 20_000_000)
    yield "macro.docx", zip_of(("[Content_Types].xml", b"<x/>"), ("word/vbaProject.bin", b"\xd0\xcf"))
    yield "macro.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "page.odt", zip_of(("mimetype", b"application/vnd.oasis.opendocument.text"))


def broken() -> Iterator[Upload]:
    """Files that are less, or more, than they say."""
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        whole = picture(kind, (200, 200))
        for share in (4, 2):
            yield f"cut.{kind.lower()}", whole[: len(whole) // share]
        yield f"flipped.{kind.lower()}", whole[:20] + bytes(255 - byte for byte in whole[20:60]) + whole[60:]
    yield "flood.png", png_claiming(60_000, 60_000)
    yield "flat.png", png_claiming(0, 0)
    yield "eicar.com", rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    yield "empty.png", b""
    yield "nul.txt", b"\0" * 5000
    yield "utf16.html", "<script>alert(1)</script>".encode("utf-16")
    yield "utf7.html", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"


HOSTILE_NAMES = (
    ("a\0.png", "a.png"),
    ("photo\u202egnp.exe", "photognp.exe"),
    ("\u2066cours\u2069.pdf", "cours.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\windows\\win.ini", "win.ini"),
    ("/", "fichier"),
    ("..", "fichier"),
    (".htaccess", "htaccess"),
    ("   ", "fichier"),
    ("con", "_con"),
    ("LPT1.txt", "_LPT1.txt"),
    ('a"b;c=d\r\nX-Evil: 1.png', "a_b;c=dX-Evil_ 1.png"),
    ("nom. ", "nom"),
    ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ("y" * 300, "y" * 200),
    ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
    ("Mémoire « crues » – n° 3 😀.pdf", "Mémoire « crues » – n° 3 😀.pdf"),
    ("rapport\u2028final.pdf", "rapportfinal.pdf"),
)
"""Each with the name that is kept of it."""
