"""Names in folders: how they are compared, and what people call what is inside."""

import re
from collections.abc import Mapping
from typing import cast

from parvis.accounts.names import sort_name
from parvis.files.names import harmless

from .models import Group
from .written import PAGE_TYPE

DIGITS = re.compile(r"\d+")
MOST_TRIES = 1_000
"""Names "… (2)", "… (3)" that are tried before one is refused."""
LONGEST_EXTENSION = 20

BY_MEDIA_TYPE: Mapping[str, Group] = {
    "application/pdf": "pdf",
    "application/zip": "archive",
    "application/gzip": "archive",
    "application/x-7z-compressed": "archive",
    "application/vnd.rar": "archive",
    "application/ogg": "audio",
    "application/epub+zip": "document",
    "application/xml": "code",
    PAGE_TYPE: "document",
    "text/html": "code",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "slides",
    "application/vnd.oasis.opendocument.text": "document",
    "application/vnd.oasis.opendocument.spreadsheet": "sheet",
    "application/vnd.oasis.opendocument.presentation": "slides",
    "application/vnd.oasis.opendocument.graphics": "image",
}
BY_EXTENSION: Mapping[Group, str] = {
    "document": "doc docx odt rtf pages",
    "sheet": "xls xlsx ods csv tsv numbers",
    "slides": "ppt pptx odp key",
    "code": "c cc cpp css go h hpp htm html ipynb java js json jl kt lua m php pl py r rb rs scala sh sql swift tex "
    "toml ts tsx xml yaml yml",
    "archive": "7z bz2 gz rar tar tgz xz zip",
    "audio": "aac flac m4a mp3 oga ogg opus wav",
    "video": "avi m4v mkv mov mp4 webm",
    "image": "avif bmp gif heic jpeg jpg png svg tif tiff webp",
}
"""Where the bytes alone do not tell: text may be a table or a program, and old office documents are all one format."""
UNTOLD = {"text/plain", "application/x-ole-storage", "application/octet-stream", "application/zip", "video/mp4"}
_GROUPS: Mapping[str, Group] = {
    extension: group for group, extensions in BY_EXTENSION.items() for extension in extensions.split()
}


def sort_key(name: str) -> str:
    """The form by which names are ordered and held apart: no case nor accents, and numbers by what they count, so that
    "Chapitre 2" comes before "Chapitre 10"."""
    return DIGITS.sub(lambda found: f"{len(found[0]):03d}{found[0]}", sort_name(name))


def fitting(name: str) -> str:
    """A name that can be one in a folder and on any disk."""
    return harmless(name)


def numbered(name: str, number: int) -> str:
    """The same with a number: "Plan.pdf" gives "Plan (2).pdf"."""
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > LONGEST_EXTENSION:
        return f"{name} ({number})"
    return f"{stem} ({number}){dot}{extension}"


def group_of(media_type: str, name: str) -> Group:
    """What people call a file of this media type, which was read from its bytes, and this name."""
    by_name = _GROUPS.get(name.rpartition(".")[2].lower())
    if media_type in UNTOLD and by_name is not None:
        return by_name
    main = media_type.partition("/")[0]
    if main in {"image", "audio", "video"}:
        return cast(Group, main)
    return BY_MEDIA_TYPE.get(media_type) or ("text" if main == "text" else "other")
