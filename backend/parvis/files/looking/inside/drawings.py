"""SVG: drawn by resvg, which runs no script; and only when it shows nothing but itself."""

import re
from collections.abc import Mapping
from io import BytesIO

import resvg_py
from PIL import Image

from . import xml
from .answer import LARGE, TALLEST, Answer, Refused
from .texts import decoded

INLINE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
REFERENCES = re.compile(r"url\(|@import|@font-face", re.IGNORECASE)
OWN = re.compile(r"url\(\s*['\"]?#", re.IGNORECASE)
LENGTH = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|mm|cm|in)?\s*")
NUMBERS = re.compile(r"[\s,]+")


def prepare() -> None:
    Image.init()


def look(content: bytes, answer: Answer) -> None:
    source = decoded(content)
    seen = _Seen()
    xml.read(iter([content]), seen.start, seen.end, seen.words)
    is_cut = answer.text("\n".join(line for line in (" ".join(said.split()) for said in seen.said) if line))
    if not seen.shows_itself_alone:
        answer.end(is_cut=is_cut, lacks="elsewhere")
        return
    try:
        is_tall = seen.height > TALLEST * seen.width
        width, height = (None, TALLEST * LARGE) if is_tall else (LARGE, None)
        drawn = resvg_py.svg_to_bytes(svg_string=source, width=width, height=height, skip_system_fonts=not seen.writes)
        with Image.open(BytesIO(drawn), formats=("PNG",)) as image:
            answer.page(1, image.convert("RGBA"))
    except (ValueError, OSError, Image.DecompressionBombError):
        raise Refused("broken") from None
    answer.end(page_count=1, is_cut=is_cut)


class _Seen:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.shows_itself_alone = True
        self.writes = False
        """Whether letters are drawn: then the machine's fonts are looked through, which takes a while."""
        self.width = self.height = 1.0
        self._depth = 0
        self._unseen = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self._depth == 0:
            self._measure(attributes)
        self._depth += 1
        self.writes = self.writes or name == "text"
        self._unseen += name in {"script", "style", "metadata"}
        for key, value in attributes.items():
            is_target = key.rpartition(" ")[2] == "href" and name != "a"
            if is_target and not (value.strip().startswith("#") or INLINE.match(value)):
                self.shows_itself_alone = False
            self._judge(value)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._unseen -= tag.rpartition(" ")[2] in {"script", "style", "metadata"}

    def words(self, said: str) -> None:
        self._judge(said)
        if not self._unseen:
            self.said.append(said)

    def _judge(self, said: str) -> None:
        if len(REFERENCES.findall(said)) > len(OWN.findall(said)):
            self.shows_itself_alone = False

    def _measure(self, attributes: Mapping[str, str]) -> None:
        box = [part for part in NUMBERS.split(attributes.get("viewBox", "").strip()) if part]
        sides = [LENGTH.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
        try:
            if sides[0] and sides[1]:
                self.width, self.height = float(sides[0][1]), float(sides[1][1])
            elif len(box) == 4:
                self.width, self.height = float(box[2]), float(box[3])
        except ValueError:
            pass
        self.width = self.width or 1.0
