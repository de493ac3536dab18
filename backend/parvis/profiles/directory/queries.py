"""Reading the directory: a page of people, and how many have what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.models.people import Public
from parvis.accounts.policy import MEMBERS_ONLY, is_inside
from parvis.accounts.publics import publics_of, shown_public
from parvis.accounts.queries.people import holds_today, placed_affiliations
from parvis.kernel.db import among
from parvis.kernel.errors import require
from parvis.kernel.pagination import Ordered, Ordering, Page, PageRequest, paginate_in_turn
from parvis.profiles.models import ProfileField
from parvis.profiles.policy import visible_field, visible_kept_elsewhere, visible_member

from .filters import Search, Wanted, people, people_by_name_first, reader_of, search_of
from .models import DirectoryPerson

Sort = Literal["name", "relevance", "recent"]
ON_CARDS = ("avatar", "pronouns", "headline", "place", "skills", "mentoring")


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader sees of somebody in a list: what is hidden from him is absent."""

    member: Member
    values: Mapping[str, Any]
    affiliations: Sequence[Affiliation]
    """Those that hold today, the latest first."""

    @property
    def public(self) -> Public | None:
        return shown_public(publics_of(item.kind for item in self.affiliations), self.member.shown_public)


async def page_of_people(
    session: AsyncSession, actor: Actor, wanted: Wanted, sort: Sort | None, page: PageRequest
) -> tuple[list[Card], str | None]:
    """The cards of a page, and the cursor of the next. At most five queries. Raises `Forbidden` and `Invalid`."""
    require(is_inside(actor), MEMBERS_ONLY)
    search = await search_of(session, await reader_of(session, actor), wanted)
    lists = _lists(search, sort or ("relevance" if search.words else "name"))
    found: Page[UUID] = await paginate_in_turn(session, lists, page, lambda _number, member_id: member_id)
    return await cards(session, actor, found.items), found.next


async def cards(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[Card]:
    """Those of these members whom the actor may find now, in that order. Two queries."""
    rows = await session.execute(_on_cards(actor.stand_in()), {"reader": actor.id, "ids": list(ids)})
    members: dict[UUID, Member] = {}
    values: dict[UUID, dict[str, Any]] = defaultdict(dict)
    placed: set[UUID] = set()
    for member, field, value, shows_places in rows:
        members[member.id] = member
        if value is not None:
            values[member.id][field] = value
        if shows_places:
            placed.add(member.id)
    held = await _held(session, placed)
    return [Card(members[id_], values[id_], held[id_]) for id_ in ids if id_ in members]


@lru_cache(maxsize=KINDS_OF_READERS)
def _on_cards(actor: Actor) -> Select[*tuple[Any, ...]]:
    shown = and_(ProfileField.member_id == Member.id, ProfileField.field.in_(ON_CARDS), visible_field(actor))
    is_placed = visible_kept_elsewhere(actor, "affiliations", Member.id).label("is_placed")
    return (
        select(Member, ProfileField.field, ProfileField.value, is_placed)
        .outerjoin(ProfileField, shown)
        .where(among(Member.id, "ids"), visible_member(actor))
    )


async def _held(session: AsyncSession, ids: set[UUID]) -> dict[UUID, list[Affiliation]]:
    query = placed_affiliations().where(among(Affiliation.member_id, "ids"), holds_today())
    query = query.order_by(Affiliation.starts_on.desc(), Affiliation.id)
    held: dict[UUID, list[Affiliation]] = defaultdict(list)
    for affiliation in await session.scalars(query, {"ids": list(ids)}):
        held[affiliation.member_id].append(affiliation)
    return held


def _lists(search: Search, sort: Sort) -> list[Ordered]:
    """Those found; by relevance, those whose name has the words before all others. It says nothing of what others hide,
    as a rank by how rare a word is would."""
    order = _order(sort, few=search.is_of_few)
    if sort != "relevance" or search.words is None:
        return [(people(search), order)]
    named, others = people_by_name_first(search, search.words.terms)
    return [(named, _order(sort, few=True)), (others, order)]


def _order(sort: Sort, *, few: bool) -> tuple[Ordering, Ordering]:
    if sort == "recent":
        return (_hinted(DirectoryPerson.joined_at, few=few).desc(), DirectoryPerson.number.desc())
    return (_hinted(DirectoryPerson.sort_name, few=few), DirectoryPerson.number)


def _hinted(column: Any, *, few: bool) -> ColumnElement[Any]:
    """The column, as no index has it where few are to be sorted: SQLite, which knows no numbers, would walk the list of
    all people to find those few in order."""
    if few:
        return case((DirectoryPerson.number > 0, column))
    return column  # type: ignore[no-any-return]
