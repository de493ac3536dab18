"""What somebody is listed, counted and found by: made of what the institution and the member say, as of today."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation, Member, Unit
from parvis.accounts.names import sort_name
from parvis.accounts.publics import PUBLIC_OF, current, publics_of
from parvis.accounts.queries.people import holds_today, is_active, placed_affiliations
from parvis.kernel import clock
from parvis.kernel.entries import Draft
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language
from parvis.profiles.catalogue import INTERESTS
from parvis.profiles.models import Level, MemberInterest, ProfileField
from parvis.profiles.places import language_names

from .models import Facet
from .reach import LEVELS, bits_of, seen_by, standing

Value = tuple[Facet, str]
FOUND_BY = LEVELS[:-1]
"""What is shown to nobody is found by nobody."""
INSTITUTION = "institution"
"""Whose word on affiliations audiences go by: nobody enters one by what he, or an invitation, says of himself."""
ANYWHERE = UUID(int=0)
"""The place of an affiliation wherever it is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody has a value: its label, and who sees it."""

    label: str
    seen_by: int


class Held(NamedTuple):
    """An affiliation at one of its places, or something that is shown to all; see `DirectoryHeld`."""

    place: UUID
    kind: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One listed person, whole."""

    member_id: UUID
    sort_name: str
    joined_at: datetime
    standing: int
    marks: Mapping[Value, Mark]
    held: frozenset[Held]
    drafts: Sequence[tuple[Draft, int]]
    """Each with the `seen_by` of all that it says."""


@dataclass(frozen=True, slots=True)
class _Said:
    """All that is known of one member today. A field without a level is shown to the organisation. `sourced`: what the
    institution says he was, is and will be."""

    member: Member
    sourced: Sequence[Affiliation]
    held: Sequence[Affiliation]
    units: Sequence[Unit]
    values: Mapping[str, Any]
    levels: Mapping[str, Level]
    interests: Sequence[str]

    def level(self, field: str) -> Level:
        return self.levels.get(field, "organisation")

    @property
    def publics(self) -> int:
        return bits_of(publics_of(item.kind for item in self.held))


def place_of_shown(facet: Facet, key: str) -> UUID:
    """The place of those who show that to the whole organisation: a city, say."""
    return uuid5(ANYWHERE, f"{facet} {key}")


def place_of_year(year: int) -> UUID:
    """The place of those who are of a cohort of that year, in whatever programme."""
    return UUID(int=year)


async def sheets(session: AsyncSession, member_ids: Sequence[UUID]) -> dict[UUID, Sheet]:
    """Of those of these members (at most 500) who are listed. Five queries."""
    return {said.member.id: _sheet(said) for said in await _said(session, member_ids)}


def _sheet(said: _Said) -> Sheet:
    return Sheet(
        member_id=said.member.id,
        sort_name=said.member.sort_name,
        joined_at=said.member.activated_at or said.member.created_at,
        standing=standing(said.level("affiliations"), said.publics),
        marks=dict(_marks(said)),
        held=frozenset(_places(said)),
        drafts=[(draft, _reached(said, draft)) for draft in _drafts(said)],
    )


def _marks(said: _Said) -> Iterator[tuple[Value, Mark]]:
    yield ("everyone", ""), Mark("", 1)
    for field, facet, key, label in _shown(said):
        reached = seen_by(said.level(field), said.publics)
        if reached is not None:
            yield (facet, key), Mark(label, reached)


def _shown(said: _Said) -> Iterator[tuple[str, Facet, str, str]]:
    """Field, facet, key and label of each value that the member has."""
    for kind in (item.kind for item in said.held if item.kind in PUBLIC_OF):
        yield "affiliations", "public", PUBLIC_OF[kind], ""
    for unit in said.units:
        yield "affiliations", "unit", str(unit.id), ""
    for item in said.held:
        if item.programme is not None:
            yield "affiliations", "programme", str(item.programme.id), ""
        if item.cohort is not None:
            yield "affiliations", "cohort", str(item.cohort.year), ""
    if city := (said.values.get("place") or {}).get("city"):
        yield "place", "city", sort_name(city), city
    for skill in said.values.get("skills") or []:
        yield "skills", "skill", sort_name(skill), skill
    if said.values.get("mentoring"):
        yield "mentoring", "mentoring", "open", ""


def _places(said: _Said) -> Iterator[Held]:
    for item in said.sourced:
        year = place_of_year(item.cohort.year) if item.cohort else None
        for place in (ANYWHERE, item.unit_id, item.programme_id, item.cohort_id, year):
            if place is not None:
                yield Held(place, item.kind, item.starts_on, item.ends_on)
    for field, facet, key, _ in _shown(said):
        if facet in ("city", "skill") and said.level(field) == "organisation":
            yield Held(place_of_shown(facet, key), "", date.min, None)


def _drafts(said: _Said) -> list[Draft]:
    """One entry per class of readers, each with all that its class sees; none where it would say no more than the class
    before it."""
    texts = list(_texts(said))
    drafts: list[Draft] = []
    for number, level in enumerate(FOUND_BY, start=1):
        body = "\n".join(text for field, text in texts if said.level(field) in FOUND_BY[:number])
        if not drafts or body != drafts[-1].body:
            language = said.member.language if is_language(said.member.language) else DEFAULT_LANGUAGE
            drafts.append(
                Draft(said.member.id, said.member.name, body, language, part=level, named=True, forgiven=True)
            )
    return drafts


def _reached(said: _Said, draft: Draft) -> int:
    reached: Mapping[str, int] = {level: seen_by(level, said.publics) or 0 for level in FOUND_BY}
    return reached[draft.part]


def _texts(said: _Said) -> Iterator[tuple[str, str]]:
    """What the member is found by beside the name: the field it stands in, and its words."""
    for field in ("headline", "biography"):
        if text := said.values.get(field):
            yield field, text
    for item in said.held:
        programme = item.programme.name if item.programme else ""
        cohort = str(item.cohort.year) if item.cohort else ""
        yield "affiliations", f"{item.title or ''} {programme} {cohort}"
    for unit in said.units:
        yield "affiliations", unit.name
    for step in said.values.get("path") or []:
        yield "path", f"{step['title']} {step['place']} {step['text']}"
    for skill in said.values.get("skills") or []:
        yield "skills", skill
    if city := (said.values.get("place") or {}).get("city"):
        yield "place", city
    for spoken in said.values.get("languages") or []:
        yield "languages", " ".join(language_names(spoken["code"]))
    for key in said.interests:
        yield "interests", " ".join(INTERESTS[key].values())


async def _said(session: AsyncSession, member_ids: Sequence[UUID]) -> list[_Said]:
    today = select(Affiliation.member_id).where(Affiliation.member_id.in_(member_ids), holds_today())
    listed = select(Member).where(Member.id.in_(member_ids), is_active(), Member.id.in_(today))
    members = (await session.scalars(listed.execution_options(populate_existing=True))).all()
    ids = [member.id for member in members]
    every, on = await _affiliations(session, ids), clock.now().date()
    held = {member_id: current(items, on) for member_id, items in every.items()}
    fields = await _fields(session, ids)
    interests = await _interests(session, ids)
    tree = {unit.id: unit for unit in await session.scalars(select(Unit))} if ids else {}
    return [
        _Said(
            member=member,
            sourced=[item for item in every[member.id] if item.source == INSTITUTION],
            held=held[member.id],
            units=_with_those_above((item.unit_id for item in held[member.id]), tree),
            values={row.field: row.value for row in fields[member.id] if row.value is not None},
            levels={row.field: row.level for row in fields[member.id]},
            interests=interests[member.id],
        )
        for member in members
    ]


async def _affiliations(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Affiliation]]:
    query = placed_affiliations().where(Affiliation.member_id.in_(ids))
    rows = await session.scalars(query.order_by(Affiliation.member_id, Affiliation.id))
    return defaultdict(list, {key: list(items) for key, items in groupby(rows, lambda item: item.member_id)})


async def _fields(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    columns = (ProfileField.member_id, ProfileField.field, ProfileField.level, ProfileField.value)
    query = select(*columns).where(ProfileField.member_id.in_(ids))
    rows = await session.execute(query.order_by(ProfileField.member_id, ProfileField.field))
    return defaultdict(list, {key: list(items) for key, items in groupby(rows, lambda row: row.member_id)})


async def _interests(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    query = select(MemberInterest.member_id, MemberInterest.interest).where(MemberInterest.member_id.in_(ids))
    found: dict[UUID, list[str]] = defaultdict(list)
    for member_id, key in await session.execute(query.order_by(MemberInterest.member_id, MemberInterest.interest)):
        found[member_id].append(key)
    return found


def _with_those_above(ids: Iterable[UUID | None], tree: Mapping[UUID, Unit]) -> list[Unit]:
    """These units and all that they stand in, each once."""
    found: dict[UUID, Unit] = {}
    for unit_id in ids:
        unit = tree.get(unit_id) if unit_id else None
        while unit is not None and unit.id not in found:
            found[unit.id] = unit
            unit = tree.get(unit.parent_id) if unit.parent_id else None
    return list(found.values())
