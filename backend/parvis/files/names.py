"""Names of files: said in `Content-Disposition` (RFC 6266, RFC 8187), and made harmless."""

import re
from urllib.parse import quote, unquote_to_bytes

from parvis.kernel.schemas import LINE

LONGEST = 200
NAMELESS = "fichier"

EXTENDED = re.compile(r"filename\*\s*=\s*(?P<charset>UTF-8|ISO-8859-1)'[^']*'(?P<value>[^;\s]+)", re.IGNORECASE)
QUOTED = re.compile(r'filename\s*=\s*"(?P<value>(?:[^"\\]|\\.)*)"', re.IGNORECASE)
TOKEN = re.compile(r"filename\s*=\s*(?P<value>[^\s;\"]+)", re.IGNORECASE)

UNSAFE = re.compile(LINE.replace("[^", "[", 1).removeprefix("^").removesuffix("*$"))
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows the dot."""


def name_in(disposition: str | None) -> str:
    """The name that `Content-Disposition` gives, made harmless; `filename*` counts more than `filename`."""
    return harmless(_said(disposition or ""))


def harmless(name: str) -> str:
    """A name that is one: no path, no control or direction-turning character, nothing that hides or overwrites.

    What is left of an empty one is "fichier".
    """
    base = re.split(r"[/\\]", UNSAFE.sub("", name))[-1]
    base = re.sub(r'[<>:"|?*]', "_", base).strip(" .")
    if not base:
        return NAMELESS
    if RESERVED.match(base):
        base = f"_{base}"
    return _shortened(base)


def disposition(kind: str, name: str) -> str:
    """`inline` or `attachment`, with the name for old and new readers."""
    ascii_name = re.sub(r"[^A-Za-z0-9 ._-]", "_", name)
    return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def _said(disposition: str) -> str:
    if found := EXTENDED.search(disposition):
        return unquote_to_bytes(found["value"]).decode(found["charset"].lower(), "replace")
    if found := QUOTED.search(disposition):
        return re.sub(r"\\(.)", r"\1", found["value"])
    found = TOKEN.search(disposition)
    return found["value"] if found else ""


def _shortened(name: str) -> str:
    """At most 200 characters, keeping the extension."""
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > 20:
        return name[:LONGEST]
    return stem[: LONGEST - len(extension) - 1] + dot + extension
