"""Whether anything in an office document names what is not in it, to be shown: a picture, a part, data of elsewhere.

Another program is to open the document, which would go and fetch it: from this machine, or from the network. Links that
a reader may follow are no such thing. Every entry is gone through, whatever its name: programs go by the content.
"""

import re
import zipfile
from collections.abc import Mapping

from . import xml, zips
from .answer import Refused

MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
PACKED = b"\x1f\x8b"
"""A drawing may be packed once more; who writes documents does not."""
TARGETS = {"href", "src"}
LINKS = {"a", "hyperlink", "template"}
"""Elements whose target is not fetched: links; and where a document was begun from, which is only remembered."""
AWAY = re.compile(r"(?!data:image/(?:png|jpeg|gif|webp);)[a-z][a-z0-9+.-]*:|[/\\]|\.\.", re.IGNORECASE)
CODE = {"instrText", "f", "delInstrText"}
CODES = {"formula", "instr"}
FETCHES = re.compile(r"\b(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDEAUTO|DDE|WEBSERVICE|LINK|RD)\b", re.IGNORECASE)
LONGEST_CODE = 2**18


def leads_away(archive: zipfile.ZipFile) -> bool:
    try:
        return any(_leads_away(archive, info.filename) for info in archive.infolist() if not info.is_dir())
    except Refused:  # What we cannot read, we do not hand on.
        return True


def _leads_away(archive: zipfile.ZipFile, name: str) -> bool:
    pieces = zips.pieces(archive, name)
    first = next(pieces, b"")
    if first.startswith(PACKED):
        return True
    if not MARKUP.match(first):
        return False
    seen = _Seen()
    xml.read(zips.pieces(archive, name), seen.start, seen.end, seen.words)
    return seen.leads_away


class _Seen:
    def __init__(self) -> None:
        self.leads_away = False
        self._is_code = False
        self._code = ""
        """Put together from its parts, as whoever runs it does."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        self._is_code = name in CODE
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            self._judge(not attributes.get("Type", "").endswith("/hyperlink"))
        for key, value in attributes.items():
            if _local(key) in TARGETS and name not in LINKS:
                self._judge(AWAY.match(value.strip().removeprefix("./")) is not None)
            if _local(key) in CODES:
                self._judge(FETCHES.search(value) is not None)

    def end(self, _tag: str) -> None:
        self._is_code = False

    def words(self, said: str) -> None:
        if self._is_code:
            self._code += said
            self._judge(len(self._code) > LONGEST_CODE or FETCHES.search(self._code) is not None)

    def _judge(self, leads_away: bool) -> None:
        if leads_away:
            self.leads_away = True
            raise xml.Enough


def _local(name: str) -> str:
    return name.rpartition(" ")[2].rpartition(":")[2]
