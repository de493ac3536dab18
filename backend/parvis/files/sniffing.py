"""What a file is, read from its first bytes. What a client says of it is not asked.

Signatures as in the MIME Sniffing standard (mimesniff.spec.whatwg.org, section 6), and those of office documents.
"""

import codecs
import re

HEAD = 4096
"""How many bytes are enough."""
UNKNOWN = "application/octet-stream"

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"OggS\x00", "application/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypM4A ", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
)
IN_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = re.compile(rb"mimetype(application/(?:vnd\.oasis\.opendocument\.[a-z-]{1,40}|epub\+zip))")
MARKUP = (
    (re.compile(r"<svg[\s/>]", re.IGNORECASE), "image/svg+xml"),
    (re.compile(r"<!doctype html|<(?:html|head|body|script|iframe|title|style)[\s/>]", re.IGNORECASE), "text/html"),
    (re.compile(r"^<\?xml\s"), "application/xml"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def media_type_of(head: bytes) -> str:
    """The media type of a file that begins so."""
    for offset, signature, media_type in SIGNATURES:
        if head.startswith(signature, offset):
            return _inside_zip(head) if media_type == "application/zip" else media_type
    if head.startswith(b"RIFF") and head[8:12] in IN_RIFF:
        return IN_RIFF[head[8:12]]
    return _of_text(head)


def _inside_zip(head: bytes) -> str:
    if found := OPEN_DOCUMENT.search(head, 30, 120):
        return found[1].decode()
    if b"[Content_Types].xml" in head or b"_rels/" in head:
        return next((media_type for folder, media_type in OFFICE.items() if folder in head), "application/zip")
    return "application/zip"


def _of_text(head: bytes) -> str:
    """Text in UTF-8, perhaps cut in the middle of a character; markup is told apart, since browsers would run it."""
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return UNKNOWN
    if CONTROLS.search(text):
        return UNKNOWN
    start = text.lstrip()
    return next((media_type for markup, media_type in MARKUP if markup.search(start)), "text/plain")
