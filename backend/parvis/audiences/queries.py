"""Reading audiences: how many they have, those that were saved, and what their rules name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Cohort, Programme, Unit
from parvis.accounts.policy import may_announce
from parvis.communities import queries as communities
from parvis.communities.models import Community
from parvis.communities.policy import visible_to as visible_community
from parvis.kernel.db import Id
from parvis.kernel.errors import FieldError, Invalid, NotFound, Text, require
from parvis.kernel.pagination import PageRequest, paginate
from parvis.profiles.directory.models import DirectoryPerson
from parvis.profiles.queries.people import Named, named

from . import counting, rules
from .compiling import having, named_by, who
from .counting import Count
from .models import Audience, AudienceMember, AutomaticMember, AutomaticMembership
from .policy import ANNOUNCERS_ONLY, AutomaticAbility, may_end_automatic, may_set_automatic, visible_to
from .rules import Rule

GONE: Text = {
    "fr": "Ce qui est nommé ici n’existe pas, ou n’est pas à votre portée.",
    "en": "What is named here does not exist, or is not within your reach.",
}
Names = Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class SavedAudience:
    """An audience that was saved, with the names of what its rule names, as far as the reader may know them."""

    audience: Audience
    rule: Rule
    names: Names
    owner: Named | None


async def count(session: AsyncSession, actor: Actor, rule: Rule, *, at: str = "") -> Count:
    """How many people an audience has, as far as it may be told. At most five queries. `at`: the path of the rule in
    what the client sent. Raises `Forbidden` for who may not announce, and `Invalid`."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    await refuse_unknown(session, actor, rule, at=at)
    return await counting.count(session, actor, rule)


async def count_settled(session: AsyncSession, actor: Actor, rule: Rule, *, at: str = "") -> tuple[Count, Rule]:
    """The same, and the rule whose number that is, without what would single somebody out. Raises as `count` does."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    await refuse_unknown(session, actor, rule, at=at)
    return await counting.count_settled(session, actor, rule)


async def count_of_saved(session: AsyncSession, actor: Actor, audience_id: UUID) -> Count:
    """The same of one that was saved: of a frozen one, as it was. Two queries. Raises `NotFound`."""
    found = await kept_audience(session, actor, audience_id)
    if found.frozen and found.frozen_at is not None:
        return Count(found.people, found.about)
    return await counting.count(session, actor, rules.read(found.rule))


async def refuse_unknown(session: AsyncSession, actor: Actor, rule: Rule, *, at: str = "") -> None:
    """Raises `Invalid` for what the rule names and is not there; a community that the actor may not name is not."""
    ids_of: dict[str, Select[UUID]] = {
        "unit": select(Unit.id).where(Unit.id.in_(rule.ids("unit"))),
        "programme": select(Programme.id).where(Programme.id.in_(rule.ids("programme"))),
        "cohort": select(Cohort.id).where(Cohort.id.in_(rule.ids("cohort"))),
        "community": select(Community.id).where(Community.id.in_(rule.ids("community")), named_by(actor)),
    }
    missing: set[UUID] = set()
    for kind, query in ids_of.items():
        if wanted := rule.ids(kind):
            missing |= set(wanted) - set(await session.scalars(query))
    if missing:
        raise Invalid(fields=list(_those_missing(rule, missing, at)))


async def audience(session: AsyncSession, actor: Actor, audience_id: UUID) -> SavedAudience:
    """At most seven queries. Raises `NotFound`."""
    found = await kept_audience(session, actor, audience_id)
    return (await _saved(session, actor, [found]))[0]


async def page_of_audiences(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> tuple[list[SavedAudience], str | None]:
    """The actor's, and those that are shared, the last saved first. At most seven queries. Raises `Forbidden`."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    statement = select(Audience).where(visible_to(actor))
    found = await paginate(session, statement, (Audience.id.desc(),), page, lambda one: one)
    return await _saved(session, actor, found.items), found.next


def members_of(audience: Audience, actor: Actor) -> Select[UUID]:
    """Ids of those in an audience that was saved: as it was frozen, or as it is now."""
    if audience.frozen:
        kept = AudienceMember
        mine = (kept.audience_id == audience.id, kept.generation == audience.generation)
        return select(kept.member_id).where(*mine)
    return who(rules.read(audience.rule), actor)


async def names_of(
    session: AsyncSession, actor: Actor, said: Iterable[Rule], community_ids: Collection[UUID] = ()
) -> Names:
    """What the units, programmes, cohorts and communities of these rules, and these communities, are called, as far as
    the actor may know. At most four queries."""
    every = list(said)
    ids = {kind: {id_ for rule in every for id_ in rule.ids(kind)} for kind in ("unit", "programme", "cohort")}
    places = {id_ for rule in every for id_ in rule.ids("community")}.union(community_ids)
    names: dict[UUID, str] = {}
    if ids["unit"]:
        names |= dict((await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids["unit"])))).all())
    if ids["programme"]:
        query = select(Programme.id, Programme.name).where(Programme.id.in_(ids["programme"]))
        names |= dict((await session.execute(query)).all())
    if ids["cohort"]:
        cohorts = select(Cohort.id, Programme.name, Cohort.year).join(Programme, Programme.id == Cohort.programme_id)
        rows = await session.execute(cohorts.where(Cohort.id.in_(ids["cohort"])))
        names |= {id_: f"{programme} ({year})" for id_, programme, year in rows}
    if places:
        known = select(Community.id, Community.name).where(Community.id.in_(places), visible_community(actor))
        names |= dict((await session.execute(known)).all())
    return names


@dataclass(frozen=True, slots=True)
class Automatic:
    """Who is put in a community by a rule, as the actor stands to it. `rule` None: nobody."""

    rule: Rule | None
    names: Names
    mine: Literal["put_in", "left"] | None
    version: int
    abilities: Sequence[AutomaticAbility]


async def automatic(session: AsyncSession, actor: Actor, community_id: UUID) -> Automatic:
    """At most eight queries. Raises `NotFound`."""
    seen = await communities.community(session, actor, community_id)
    kept = await session.get(AutomaticMembership, community_id, populate_existing=True)
    answers: dict[AutomaticAbility, bool] = {
        "set": may_set_automatic(actor, seen.community, seen.standing),
        "end": kept is not None and may_end_automatic(actor, seen.standing),
    }
    abilities = [ability for ability, may in answers.items() if may]
    if kept is None:
        return Automatic(None, {}, None, 0, abilities)
    rule = rules.read(kept.rule)
    mine = await session.get(AutomaticMember, (community_id, actor.id), populate_existing=True)
    state: Literal["put_in", "left"] | None = None
    if mine is not None and not (seen.standing.is_member and seen.since != mine.since):
        state = "put_in" if seen.standing.is_member else "left"
    return Automatic(rule, await names_of(session, actor, [rule]), state, kept.version, abilities)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a criterion holds of somebody."""

    group: Literal["all", "any", "none"]
    place: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why somebody is in an audience or not. `listed`: active, and of the organisation today; else he is in none."""

    inside: bool
    listed: bool
    verdicts: Sequence[Verdict]


async def explain(session: AsyncSession, actor: Actor, member_id: UUID, rule: Rule) -> Explanation:
    """One query, whatever the rule."""
    groups: Sequence[Literal["all", "any", "none"]] = ("all", "any", "none")
    asked = [(group, place, one) for group in groups for place, one in enumerate(getattr(rule, group))]
    columns = [literal(member_id, Id).in_(having(one, one.values, actor)) for _, _, one in asked]
    listed = literal(member_id, Id).in_(select(DirectoryPerson.member_id))
    row = (await session.execute(select(literal(member_id, Id).in_(who(rule, actor)), listed, *columns))).one()
    verdicts = [Verdict(group, place, bool(held)) for (group, place, _), held in zip(asked, row[2:], strict=True)]
    return Explanation(bool(row[0]), bool(row[1]), verdicts)


async def kept_audience(session: AsyncSession, actor: Actor, audience_id: UUID) -> Audience:
    """One that the actor may use, as it is kept. Raises `NotFound`."""
    mine = select(Audience).where(Audience.id == audience_id, visible_to(actor))
    found = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def _saved(session: AsyncSession, actor: Actor, found: Sequence[Audience]) -> list[SavedAudience]:
    said = {one.id: rules.read(one.rule) for one in found}
    names = await names_of(session, actor, said.values())
    owners = await named(session, actor, sorted({one.owner_id for one in found if one.owner_id}))
    return [
        SavedAudience(one, said[one.id], _named(said[one.id], names), owners.get(one.owner_id or one.id))
        for one in found
    ]


def _named(rule: Rule, names: Names) -> Names:
    ids = [id_ for kind in ("unit", "programme", "cohort", "community") for id_ in rule.ids(kind)]
    return {id_: names[id_] for id_ in ids if id_ in names}


def _those_missing(rule: Rule, missing: set[UUID], at: str) -> Iterable[FieldError]:
    for group in ("all", "any", "none"):
        for place, criterion in enumerate(getattr(rule, group)):
            for number, value in enumerate(criterion.values):
                if value in missing:
                    path = f"{group}/{place}/ids/{number}"
                    yield FieldError(f"{at}/{path}" if at else path, "unknown", GONE)
