"""Cards of the pages that something leads to: looked for after it was said, and kept as long as anything shows them.

A card is one for all that leads to its page. Which of them a post or a message shows is in a table of its feature, a
`Showing`: what no such table leads to any more is gone.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.db import Base, among
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.jobs import Handler, LeasedJob
from parvis.kernel.runtime import Parvis
from parvis.kernel.text import addresses_in

from . import service as files
from .making import store
from .models import LinkCard
from .previews import Preview, Previewer
from .service import Received

LINK_IMAGE = "link_card"
"""What claims the picture of a card, for the card's id."""
MOST = 3
"""Links of one thing that get a card."""
KEPT = timedelta(days=7)
"""How long what a page said is believed, before it is asked again for something else."""


@dataclass(frozen=True)
class Looked:
    """What an address was found to say, its picture stored; or nothing."""

    preview: Preview | None
    image: Received | None


Found = Mapping[str, Looked | None]
"""What pages say, in the order of the links; None of one that was asked not long ago."""


class Showing:
    """Which cards things of one feature show. `owner`: the column of its table that says what shows them; the others
    are `card_id` and `position`."""

    def __init__(self, table: Table, owner: str) -> None:
        self._table, self._owner = table, table.c[owner]
        self._read = (
            select(self._owner, LinkCard)
            .join(LinkCard, LinkCard.id == table.c.card_id)
            .where(among(self._owner, "ids"), LinkCard.title != "")
            .order_by(table.c.position)
            .execution_options(populate_existing=True)
        )

    async def cards(self, session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Sequence[LinkCard]]:
        """Of each of these that has some, in the order of its links. One query; none for none."""
        found: dict[UUID, list[LinkCard]] = defaultdict(list)
        if ids:
            for owner_id, card in await session.execute(self._read, {"ids": ids}):
                found[owner_id].append(card)
        return found

    async def show(self, session: AsyncSession, owner_id: UUID, found: Found) -> int:
        """Has something show the cards of these pages, and of no others. Returns how many."""
        await session.execute(delete(self._table).where(self._owner == owner_id))
        cards = [await _card(session, url, looked) for url, looked in found.items()]
        shown = [
            {self._owner.name: owner_id, "card_id": card.id, "position": position}
            for position, card in enumerate(card for card in cards if card is not None)
        ]
        if shown:
            await session.execute(insert(self._table), shown)
        return len(shown)

    async def forget(self, session: AsyncSession, owner_ids: Sequence[UUID], *, but: Collection[str] = ()) -> None:
        """Takes away what these show, `but` the cards of some addresses, and cards that nothing shows any more."""
        stale = select(LinkCard.id).join(self._table, self._table.c.card_id == LinkCard.id)
        stale = stale.where(self._owner.in_(owner_ids), LinkCard.url_hash.not_in([_hash(url) for url in but]))
        ids = list(await session.scalars(stale.distinct()))
        if not ids:
            return
        await session.execute(delete(self._table).where(self._owner.in_(owner_ids), self._table.c.card_id.in_(ids)))
        gone = await session.scalars(
            delete(LinkCard).where(LinkCard.id.in_(ids), _is_shown_nowhere()).returning(LinkCard.image_id)
        )
        await files.remove_all(session, [id_ for id_ in gone if id_ is not None])


def looks_for_cards(
    parvis: Parvis,
    key: str,
    read: Callable[[AsyncSession, UUID], Awaitable[str]],
    keep: Callable[[AsyncSession, UUID, Found], Awaitable[None]],
) -> Handler:
    """A handler of jobs whose payload names something by `key`: `read` says what it leads to, in Markdown, and `keep`
    has it show the cards. Pages are asked outside of any transaction."""

    @cache
    def previewer() -> Previewer:
        """Made when there is something to look at: it reads the trusted certificates."""
        return Previewer(parvis.settings)

    async def look(job: LeasedJob) -> None:
        if not parvis.settings.unfurl:
            return
        id_ = UUID(job.payload[key])
        async with parvis.database.reading() as session:
            urls = _wanted(await read(session, id_), parvis.settings.public_url)
            known = await _known(session, urls)
        unknown = [url for url in urls if url not in known]
        looked = await asyncio.gather(*(_look(parvis, previewer(), url) for url in unknown))
        told = dict(zip(unknown, looked, strict=True))
        await parvis.database.write(keep, id_, {url: told.get(url) for url in urls})

    return look


def still(found: Found, source: str) -> Found:
    """Of what was found, that to which a text still leads."""
    urls = set(addresses_in(source))
    return {url: looked for url, looked in found.items() if url in urls}


def _wanted(source: str, public_url: str) -> list[str]:
    """The first links of a text that lead elsewhere than to Parvis itself."""
    return [url for url in addresses_in(source) if not f"{url}/".startswith(f"{public_url}/")][:MOST]


async def _known(session: AsyncSession, urls: Collection[str]) -> set[str]:
    """Those that were asked not long ago."""
    since = clock.now() - KEPT
    query = select(LinkCard.url).where(LinkCard.url_hash.in_([_hash(url) for url in urls]), LinkCard.fetched_at > since)
    return set(await session.scalars(query))


async def _look(parvis: Parvis, previewer: Previewer, url: str) -> Looked:
    preview = await previewer.preview(url)
    photo = preview.photo if preview else None
    image = await store(parvis.storage, photo.content, "image/webp", "link.webp") if photo else None
    return Looked(preview, image)


async def _card(session: AsyncSession, url: str, looked: Looked | None) -> LinkCard | None:
    """What is known of an address, written anew when it was looked at now."""
    await one_at_a_time(session, f"card of {_hash(url)}")
    query = select(LinkCard).where(LinkCard.url_hash == _hash(url)).execution_options(populate_existing=True)
    card = (await session.execute(query)).scalar_one_or_none()
    if looked is None:
        return card
    if card is None:
        card = LinkCard(url=url, url_hash=_hash(url))
        session.add(card)
        await session.flush()
    before, preview = card.image_id, looked.preview
    card.title, card.description, card.site = (
        (preview.title, preview.description, preview.site) if preview else ("", "", "")
    )
    card.fetched_at = clock.now()
    image = await files.keep_claimed(session, looked.image, LINK_IMAGE, card.id) if looked.image else None
    card.image_id = image.id if image else None
    photo = preview.photo if preview else None
    card.width, card.height = (photo.width, photo.height) if photo else (0, 0)
    await session.flush()
    if before is not None:
        await files.remove(session, before)
    return card


def _is_shown_nowhere() -> ColumnElement[bool]:
    """Whether no table that leads to cards leads to one any more."""
    leading: list[Any] = [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.references(LinkCard.__table__)  # type: ignore[arg-type]
    ]
    return and_(*(~exists().where(column == LinkCard.id) for column in leading))


def _hash(url: str) -> str:
    return sha256(url.encode()).hexdigest()
