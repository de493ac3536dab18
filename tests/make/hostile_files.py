"""Files that people with bad intentions upload, made by code."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
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


EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def open_document(content: bytes, *others: tuple[str, bytes]) -> bytes:
    """An ODT with these words, as XML."""
    return zip_of(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content), *others)


def pdf_of(content: bytes, filters: bytes = b"", box: bytes = b"0 0 595 842", catalogue: bytes = b"") -> bytes:
    """A PDF of one page with this content, as the filters pack it."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
    )
    numbered = (b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF"


def jpeg_segment(words: bytes) -> bytes:
    """XMP as it stands in a JPEG."""
    named = b"http://ns.adobe.com/xap/1.0/\0" + words
    return b"\xff\xe1" + struct.pack(">H", len(named) + 2) + named


def _bodies() -> Mapping[str, bytes]:
    """Markup that a browser would run."""
    return {
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


def pages() -> Iterator[Upload]:
    """It, under names that say otherwise."""
    names = ("logo.{}", "photo.png", "cours.pdf", "image.jpg.html", "readme.txt", "data")
    for kind, body in _bodies().items():
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


def broken() -> Iterator[Upload]:
    """Files that are less, or more, than they say."""
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        whole = picture(kind, (200, 200))
        for share in (4, 2):
            yield f"cut.{kind.lower()}", whole[: len(whole) // share]
        yield f"flipped.{kind.lower()}", whole[:20] + bytes(255 - byte for byte in whole[20:60]) + whole[60:]
    yield "flat.png", png_claiming(0, 0)
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


# --- the suite, class by class ----------------------------------------------------------------------------------------


def packed_zeros(megabytes: int) -> bytes:
    """So many, compressed without ever being held."""
    packer = zlib.compressobj()
    return b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()


def svgs() -> Iterator[Upload]:
    """Drawings that would run, fetch or show what is not theirs."""
    space = b'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
    bodies = {
        "onload": b"<rect onload='alert(1)' width='9' height='9'/>",
        "script": SCRIPT,
        "cdata": b"<script><![CDATA[alert(1)]]></script>",
        "foreign": b"<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>" + SCRIPT + b"</body></foreignObject>",
        "link": b"<a xlink:href='javascript:alert(1)'><text y='5'>x</text></a>",
        "animate": b"<a><animate attributeName='href' values='javascript:alert(1)'/><text y='5'>x</text></a>",
        "here": b"<image xlink:href='file:///etc/hostname' width='9' height='9'/>",
        "relative": b"<image href='../../etc/passwd' width='9' height='9'/>",
        "there": b"<image xlink:href='http://127.0.0.1:1/x.png' width='9' height='9'/>",
        "nested": b"<image href='data:image/svg+xml;base64,PHN2Zy8+' width='9' height='9'/>",
        "style": b"<style>@import url('http://127.0.0.1:1/x.css'); * { fill: url(file:///etc/passwd#x) }</style>",
        "use": b"<use href='http://127.0.0.1:1/x.svg#a'/>",
    }
    for name, body in bodies.items():
        yield f"{name}.svg", b"<svg " + space + b">" + body + b"</svg>"
    doubled = b"<g id='a0'><rect width='1' height='1'/></g>" + b"".join(
        b"<g id='a%d'>%s</g>" % (at, b"<use href='#a%d'/>" % (at - 1) * 10) for at in range(1, 4)
    )
    yield "doubled.svg", b"<svg " + space + b">" + doubled + b"<use href='#a3'/></svg>"
    yield "vast.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='99999999'/>"


def html() -> Iterator[Upload]:
    """Pages, under names that say otherwise."""
    names = ("cours.pdf", "photo.png", "readme.txt")
    for kind, body in _bodies().items():
        if kind in {"html", "html-late", "bare", "bom", "frame"}:
            yield from ((f"{kind}-{name}", body) for name in names)
    yield "deep.html", b"<div>" * 100_000 + SCRIPT
    yield "image.jpg.html", b"<html><img src=x onerror=alert(1)>"


def xmls() -> Iterator[Upload]:
    """Entities, styles and pages in XML."""
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 10))
    yield "xhtml.xml", _bodies()["xhtml"]
    yield "entity.xml", _bodies()["xml-entity"]
    yield "style.xml", _bodies()["xslt"]
    yield "laughs.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + laughs + b"]><x>&a9;</x>"
    yield "laughs.svg", b'<!DOCTYPE svg [<!ENTITY a0 "ha">' + laughs + b"]><svg>&a9;</svg>"
    for name, part in (("laughs.docx", "word/document.xml"), ("entity.xlsx", "xl/worksheets/sheet1.xml")):
        evil = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + laughs + b"]><x>&a9;</x>"
        yield name, zip_of(("[Content_Types].xml", b"<x/>"), (part, evil))
    yield "entity.odt", open_document(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')


def lies() -> Iterator[Upload]:
    """Files under the name of others."""
    yield from (
        ("cours.pdf", picture()),
        ("photo.jpg", b"%PDF-1.7\n%%EOF"),
        ("photo.png", zip_of(("x", b"x"))),
        ("these.docx", b"%PDF-1.4 nothing"),
        ("budget.xlsx", zip_of(("x.html", SCRIPT))),
        ("film.mp4", SCRIPT),
        ("notes.md", b"\x00\x01\x02\x03"),
        ("son.mp3", b"ID3" + SCRIPT),
        ("page.odt", zip_of(("mimetype", b"application/vnd.oasis.opendocument.text"))),
        ("diapos.pptx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    )


def bombs() -> Iterator[Upload]:
    """Small files that are large once opened."""
    zeros = b"\0" * 20_000_000
    letters = b"<w:t>" + b"a" * 80_000_000 + b"</w:t>"
    yield "bomb.zip", zip_of(("zeros", zeros))
    yield "many.zip", zip_of(*((f"{at}", b"") for at in range(30_000)))
    yield "bomb.gz", gzip.compress(zeros)
    yield "text.png", text_bomb()
    yield "bomb.docx", zip_of(("[Content_Types].xml", b"<x/>"), ("word/document.xml", letters))
    shared = b"<sst>" + b"<si><t>a</t></si>" * 500_000 + b"</sst>"
    cells = b"<sheetData>" + b"<c t='s'><v>0</v></c>" * 200_000 + b"</sheetData>"
    book = ("[Content_Types].xml", b"<x/>"), ("xl/sharedStrings.xml", shared), ("xl/worksheets/sheet1.xml", cells)
    yield "bomb.xlsx", zip_of(*book)
    yield "bomb.odt", open_document(b"<x>" + b"<!-- -->" * 8_000_000 + b"</x>")
    yield "deep.docx", zip_of(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<a>" * 300_000))
    yield "bomb.pdf", pdf_of(zlib.compress(packed_zeros(400)), b"/Filter [/FlateDecode /FlateDecode]")


def floods() -> Iterator[Upload]:
    """Pictures of more points than can be held."""
    yield "flood.png", png_claiming(60_000, 60_000)
    yield "most.png", png_claiming(2**31 - 1, 2**31 - 1)
    yield "wide.png", png_claiming(2**31 - 1, 1)
    yield "whole.png", png_bomb(7000)
    yield "flood.gif", b"GIF89a\xff\xff\xff\xff\x80\0\0" + picture("GIF")[13:]
    yield (
        "flood.bmp",
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 60, 0, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0),
    )
    tags = ((256, 60_000), (257, 60_000), (258, 8), (259, 1), (262, 1), (273, 8), (278, 60_000), (279, 9))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    yield "flood.tif", b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + b"\0" * 12
    yield "page.pdf", pdf_of(b"", box=b"0 0 1e9 1e-3")


def slips() -> Iterator[Upload]:
    """Archives that would write elsewhere, hold archives, or lead elsewhere."""
    yield "slip.zip", zip_of(("../../../../etc/cron.d/x", b"* * * * * root id"), ("/etc/passwd", b"x"))
    yield "windows.zip", zip_of(("..\\..\\windows\\win.ini", b"x"), ("CON", b"x"))
    yield "names.zip", zip_of(("a\u202egnp.exe", b"x"), ("\x1b[2J", b"x"), ("n" * 60_000, b"x"))
    yield "slip.docx", zip_of(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"), ("../../x", b"x"))


def symlinks() -> Iterator[Upload]:
    for name, target in (("passwd", b"/etc/passwd"), ("up", b"../../.."), ("word/document.xml", b"/etc/shadow")):
        written = BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            archive.writestr("[Content_Types].xml", b"<x/>")
            link = zipfile.ZipInfo(name)
            link.create_system, link.external_attr = 3, 0o120777 << 16
            archive.writestr(link, target)
        yield f"link-{name.partition('/')[0]}.zip", written.getvalue()


def nested() -> Iterator[Upload]:
    """Archives in archives, and one that is its own."""
    inner = zip_of(("zeros", b"\0" * 1_000_000))
    for _ in range(8):
        inner = zip_of(*((f"{at}.zip", inner) for at in range(4)))
    yield "nested.zip", inner
    yield "tar.gz.zip", zip_of(("x.tar.gz", gzip.compress(gzip.compress(b"\0" * 1_000_000))))
    same = zip_of(("a", b"x" * 1000))
    yield "twice.zip", same + same


def placed() -> Iterator[Upload]:
    """Photos that say where they were taken, in each way of saying it."""
    photo = photo_with_place()
    exif = photo[photo.index(b"Exif\0\0") + 6 : photo.index(b"\xff\xdb")]
    xmp = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="45,26.5N" exif:GPSLongitude="4,23E"/></x:xmpmeta>'
    yield "photo.jpg", photo
    yield "twice.jpg", photo + photo
    for kind in ("PNG", "WEBP", "AVIF", "TIFF"):
        options = {"exif": Image.open(BytesIO(photo)).getexif()}
        yield f"photo.{kind.lower()}", picture(kind, (80, 40), **options)
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=True)
    yield "packed.png", picture("PNG", pnginfo=info)
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    yield "words.png", picture("PNG", pnginfo=info)
    info = PngInfo()
    info.add_text("Raw profile type exif", f"\nexif\n{len(exif) + 6}\n{(b'Exif' + bytes(2) + exif).hex()}\n", zip=True)
    yield "profile.png", picture("PNG", pnginfo=info)
    yield (
        "element.jpg",
        photo[:2] + jpeg_segment(xmp.replace(b' exif:GPSLatitude="45,26.5N"', b"")) + picture("JPEG")[2:],
    )


def macros() -> Iterator[Upload]:
    """Documents that would run something, or fetch something, in an office."""
    link = b'<Relationship Type="x/image" TargetMode="External" Target="file:///etc/passwd"/>'
    away = b"<Relationships>" + link + b"</Relationships>"
    body = b'<w:document xmlns:w="w"><w:p><w:t>Bonjour</w:t></w:p></w:document>'
    yield "macro.docm", zip_of(("[Content_Types].xml", b"<x/>"), ("word/vbaProject.bin", b"\xd0\xcf"))
    yield "macro.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    parts = ("[Content_Types].xml", b"<x/>"), ("word/document.xml", body), ("word/_rels/document.xml.rels", away)
    yield "away.docx", zip_of(*parts)
    shown = b'<x xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:l="http://www.w3.org/1999/xlink">'
    yield "away.odt", open_document(shown + b'<image l:href="file:///etc/passwd"/><t:p>Bonjour</t:p></x>')
    styles = b'<s xmlns:l="http://www.w3.org/1999/xlink"><background-image l:href="/etc/passwd"/></s>'
    yield "styles.odt", open_document(shown + b"<t:p>Bonjour</t:p></x>", ("styles.xml", styles))
    drawing = b'\xef\xbb\xbf <svg xmlns:l="http://www.w3.org/1999/xlink"><image l:href="file:///etc/passwd"/></svg>'
    for name, inside in (("drawn.odt", drawing), ("packed.odt", gzip.compress(drawing))):
        yield name, open_document(shown + b"<t:p>Bonjour</t:p></x>", ("Pictures/1.png", inside))
    field = b"<w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE x</w:instrText></w:p></w:document>"
    yield "field.docx", zip_of(parts[0], ("word/document.xml", body.replace(b"</w:p></w:document>", field)))
    yield "script.odt", open_document(shown + b'<script l:href="vnd.sun.star.script:x"/><t:p>Bonjour</t:p></x>')
    yield "script.pdf", pdf_of(b"", catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")


def viruses() -> Iterator[Upload]:
    """The file by which scanners are tried (eicar.org), which harms nobody."""
    for name in ("eicar.com", "eicar.txt", "eicar.pdf"):
        yield name, EICAR
    yield "eicar.zip", zip_of(("eicar.com", EICAR))


def truncated() -> Iterator[Upload]:
    """Files that are less, or other, than they begin to be."""
    yield from broken()
    whole = zip_of(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x>" + b"y" * 5000 + b"</x>"))
    yield "cut.docx", whole[: len(whole) // 2]
    yield "cut.pdf", pdf_of(b"0 0 m")[:120]
    yield "cut.xml", b"<?xml version='1.0'?><x><y>"
    yield "lone.txt", b"\xed\xa0\x80 \xff\xfe"


def named() -> Iterator[Upload]:
    """Names that lie, overwrite or lead elsewhere."""
    return ((said, b"x") for said, _kept in HOSTILE_NAMES)


CLASSES: Mapping[str, Callable[[], Iterator[Upload]]] = {
    "scripts in SVG": svgs,
    "scripts in HTML": html,
    "scripts in XML": xmls,
    "polyglots": polyglots,
    "lies about the type": lies,
    "bombs": bombs,
    "floods of pixels": floods,
    "zip slips": slips,
    "symbolic links": symlinks,
    "archives in archives": nested,
    "positions": placed,
    "macros": macros,
    "viruses": viruses,
    "truncated": truncated,
    "names": named,
}
