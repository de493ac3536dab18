"""Where a photo was taken: whether its bytes say so, and the same bytes without it.

A position is written in EXIF (directories of TIFF 6.0, alike in JPEG, PNG, WebP, AVIF, HEIC, TIFF) or in XMP (words).
Both are found wherever they stand in the file, also in the second picture that telephones append. What is taken out is
overwritten in its place, byte for byte: no offset moves, no point of the picture changes. Only what PNG packs
(compressed words) is left out whole.
"""

import re
import struct
import zlib
from collections.abc import Iterator

EXIF = re.compile(rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)|(?:eXIf|EXIF....)(?=II\*\x00|MM\x00\*)", re.DOTALL)
TIFF = (b"II*\x00", b"MM\x00*")
GPS_POINTER, ENTRY = 0x8825, 12
MOST_ENTRIES = 512
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
IN_XMP = re.compile(
    rb"[A-Za-z0-9_]{1,20}:GPS[A-Za-z]{1,30}\s{0,20}=\s{0,20}(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}')"
    rb"|<([A-Za-z0-9_]{1,20}:GPS[A-Za-z]{1,30})(?:\s[^<>]{0,200})?>[^<>]{0,200}</\1\s{0,20}>"
)
SAYS = re.compile(rb":GPS(?:Latitude|Longitude|Position|DestLatitude|DestLongitude)\b")
PNG = b"\x89PNG\r\n\x1a\n"
PACKED = (b"zTXt", b"iTXt", b"tEXt")
MOST_UNPACKED = 2**20


def has_position(content: bytes) -> bool:
    """Whether the file says where it was taken."""
    if any(_gps(content, start) is not None for start in _directories(content)) or SAYS.search(content):
        return True
    return content.startswith(PNG) and any(_is_packed_position(kind, data) for _at, kind, data in _chunks(content))


def without_position(content: bytes) -> bytes:
    """The same file without it; the very bytes, when it says none."""
    left = bytearray(content)
    for start in _directories(content):
        _blank_gps(left, start)
    for found in IN_XMP.finditer(bytes(left)):
        left[found.start() : found.end()] = b" " * (found.end() - found.start())
    if content.startswith(PNG):
        return _png_put_right(bytes(left))
    return bytes(left)


def _directories(content: bytes) -> Iterator[int]:
    """Where each TIFF header begins."""
    if content.startswith(TIFF):
        yield 0
    for found in EXIF.finditer(content):
        yield found.end()


def _gps(content: bytes | bytearray, start: int) -> tuple[str, int, int] | None:
    """Byte order, where the entry that points to the position stands, and where the position does; from the file's
    beginning. None: it has none, or one of nothing."""
    order = "<" if content[start : start + 2] == b"II" else ">"
    try:
        first = start + struct.unpack_from(f"{order}I", content, start + 4)[0]
        (count,) = struct.unpack_from(f"{order}H", content, first)
        for number in range(min(count, MOST_ENTRIES)):
            at = first + 2 + ENTRY * number
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHII", content, at)
            if tag == GPS_POINTER:
                (entries,) = struct.unpack_from(f"{order}H", content, start + value)
                return (order, at, start + value) if 0 < entries <= MOST_ENTRIES else None
    except struct.error:
        return None
    return None


def _blank_gps(content: bytearray, start: int) -> None:
    """Leaves zeros of the position and all its entries point to, and an entry of nothing in place of the pointer."""
    found = _gps(content, start)
    if found is None:
        return
    order, pointer, at = found
    (count,) = struct.unpack_from(f"{order}H", content, at)
    for number in range(count):
        entry = at + 2 + ENTRY * number
        if entry + ENTRY > len(content):
            break
        _tag, kind, many, value = struct.unpack_from(f"{order}HHII", content, entry)
        size = SIZES.get(kind, 1) * min(many, 2**16)
        if size > 4:
            _zero(content, start + value, min(size, 2**16))
        _zero(content, entry, ENTRY)
    _zero(content, at, 2)
    # A comment of no letter (ImageDescription would be shown): the tag of padding, that readers step over.
    struct.pack_into(f"{order}HHII", content, pointer, 0xEA1C, 7, 4, 0)


def _zero(content: bytearray, at: int, size: int) -> None:
    end = min(at + size, len(content))
    if 0 <= at < end:
        content[at:end] = bytes(end - at)


def _chunks(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Where each chunk of a PNG begins, its kind and its data."""
    at = len(PNG)
    while at + 12 <= len(content):
        (size,) = struct.unpack_from(">I", content, at)
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if len(data) < size:
            return
        yield at, kind, data
        at += 12 + size


def _is_packed_position(kind: bytes, data: bytes) -> bool:
    """Whether these are words of a PNG that say a position, compressed or in hexadecimal."""
    if kind not in PACKED:
        return False
    keyword, _, rest = data.partition(b"\0")
    if kind == b"zTXt":
        rest = _unpacked(rest[1:])
    elif kind == b"iTXt" and rest[:1] == b"\x01":
        rest = _unpacked(rest[2:].partition(b"\0")[2].partition(b"\0")[2])
    if keyword.startswith(b"Raw profile type"):
        digits = b"".join(rest.split()[2:])
        rest = (
            bytes.fromhex(digits.decode("ascii", "replace")) if re.fullmatch(rb"(?:[0-9a-fA-F]{2})*", digits) else b""
        )
    elif kind == b"tEXt":
        return False
    return bool(SAYS.search(rest)) or any(_gps(rest, start) is not None for start in _directories(rest))


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return b""


def _png_put_right(content: bytes) -> bytes:
    """With checksums of what was overwritten, and without what says a position packed."""
    kept, end = [PNG], len(PNG)
    for at, kind, data in _chunks(content):
        end = at + 12 + len(data)
        if _is_packed_position(kind, data):
            continue
        if kind in {b"eXIf", *PACKED}:
            kept.append(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
        else:
            kept.append(content[at:end])
    return b"".join(kept) + content[end:]
