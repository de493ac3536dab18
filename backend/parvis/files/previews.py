"""What a page on the web says of itself, read from strangers' bytes: little of them, and as text alone."""

import asyncio
import codecs
import contextlib
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import structlog

from parvis.files.making import ACCEPTED
from parvis.files.pictures import Photo, PictureMaker, UnreadablePicture
from parvis.files.sniffing import HEAD, media_type_of
from parvis.kernel.config import Settings
from parvis.kernel.fetch import Fetched, Fetcher, FetchFailed

log = structlog.get_logger()

SECONDS = 8
MAX_BYTES = 4 * 2**20
READ = 2**18
"""Bytes of a page that are looked at: what it says of itself stands at its head."""
LONGEST_SIDE = 800
ENCODINGS = {"utf-8", "iso8859-1", "iso8859-15", "cp1252", "ascii"}
HTML = ("text/html", "application/xhtml+xml")
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
NAMES = {
    "og:title": "title",
    "twitter:title": "title",
    "og:description": "description",
    "description": "description",
    "twitter:description": "description",
    "og:site_name": "site",
    "og:image": "image",
    "og:image:url": "image",
    "twitter:image": "image",
}
LONGEST = {"title": 200, "description": 300, "site": 100, "image": 2000}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a page says of itself. `site`: at least its host."""

    title: str
    description: str
    site: str
    photo: Photo | None = None


class Previewer:
    """Goes to the addresses that people post: one per process."""

    def __init__(self, settings: Settings, fetcher: Fetcher | None = None, maker: PictureMaker | None = None) -> None:
        self._fetcher = fetcher or Fetcher(
            trusted=settings.unfurl_trusted, seconds=SECONDS, max_bytes=MAX_BYTES, user_agent="Parvis (link preview)"
        )
        self._maker = maker or PictureMaker()

    async def preview(self, url: str) -> Preview | None:
        """None: of a page that is not to be reached, or says nothing."""
        try:
            fetched = await self._fetcher.get(url, headers={"accept": "text/html,application/xhtml+xml;q=0.9"})
        except FetchFailed as failure:
            log.info("preview.failed", reason=str(failure))
            return None
        if fetched.status != 200 or not fetched.headers.get("content-type", "").lower().startswith(HTML):
            return None
        said = await asyncio.to_thread(read_head, _text(fetched))  # Some are made to take a second.
        if not said.get("title"):
            return None
        host = (urlsplit(fetched.url).hostname or "").removeprefix("www.")
        photo = await self._photo(fetched.url, said["image"]) if said.get("image") else None
        return Preview(said["title"], said.get("description", ""), said.get("site") or host, photo)

    async def close(self) -> None:
        await self._fetcher.close()

    async def _photo(self, page: str, address: str) -> Photo | None:
        """The picture that a page shows of itself, made anew."""
        try:
            url = urljoin(page, address)  # Raises ValueError for some that no one could reach.
            fetched = await self._fetcher.get(url, headers={"accept": "image/webp,image/png,image/jpeg"})
            if fetched.status != 200 or media_type_of(fetched.body[:HEAD]) not in ACCEPTED:
                return None
            return (await self._maker.make_photos(fetched.body, [LONGEST_SIDE]))[0]
        except (FetchFailed, UnreadablePicture, ValueError):
            return None


def read_head(page: str) -> dict[str, str]:
    """What the head of a page says of it, of each kind the first: title, description, site, image."""
    head = _Head()
    with contextlib.suppress(_Enough, AssertionError):  # Which some versions of Python raise on broken declarations.
        head.feed(page)
    said = {kind: _plain(words)[: LONGEST[kind]].strip() for kind, words in head.said.items()}
    title = _plain("".join(head.title))[: LONGEST["title"]].strip()
    return {"title": title} | {kind: words for kind, words in said.items() if words}


class _Enough(Exception):
    """The head is over."""


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, str] = {}
        self.title: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            raise _Enough
        self._in_title = tag == "title" and not self.title
        if tag == "meta":
            values = dict(attrs)
            kind = NAMES.get((values.get("property") or values.get("name") or "").lower())
            if kind is not None and values.get("content"):
                self.said.setdefault(kind, values["content"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            raise _Enough
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)


def _text(fetched: Fetched) -> str:
    body = fetched.body[:READ]
    said = CHARSET.search(fetched.headers.get("content-type", "").encode("latin-1", "ignore"))
    found = said or CHARSET.search(body[:1024])
    try:
        encoding = codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        encoding = "utf-8"
    return body.decode(encoding if encoding in ENCODINGS else "utf-8", "replace")


def _plain(words: str) -> str:
    """On one line, without what hides or turns it around."""
    kept = (sign if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else " " for sign in words)
    return " ".join("".join(kept).split())
