"""Who reads what, held against the rules as one would tell them: over spaces, rights and people drawn at random."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.models import Affiliation, Member, MemberRole
from parvis.audiences.models import Audience, KeptAudienceMember
from parvis.audiences.rules import Rule, kept
from parvis.circles.models import Circle, Membership
from parvis.communities.models import CharterAcceptance, Community, CommunityBan
from parvis.documents.models import Document, Folder, Grant, Guard, GuardSource
from parvis.documents.policy import visible_document, visible_folder, visible_one_by_one
from parvis.documents.queries.rights import readers_of
from parvis.documents.queries.standing import behind
from parvis.documents.service.guarding import rechain
from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis

READ, COMMENT, WRITE, MANAGE = 1, 2, 3, 4


@dataclass
class World:
    """Spaces with guards, those above before those below, and people. All that is there is in these lists."""

    people: list[Member] = field(default_factory=list)
    inside: set[UUID] = field(default_factory=set)
    communities: list[Community] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    bans: set[tuple[UUID, UUID]] = field(default_factory=set)
    accepted: dict[tuple[UUID, UUID], int] = field(default_factory=dict)
    audiences: list[tuple[UUID, UUID]] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def community(self, guard: Guard) -> Community | None:
        return next((one for one in self.communities if one.id == guard.community_id), None)

    def role(self, circle_id: UUID | None, member_id: UUID) -> str | None:
        now = clock.now()
        live = (one for one in self.members if one.until is None or one.until > now)
        return next((one.role for one in live if (one.circle_id, one.member_id) == (circle_id, member_id)), None)

    def sources(self, guard: Guard) -> list[Guard]:
        chain = [guard]
        while chain[-1].inherits and chain[-1].parent_id:
            chain.append(next(one for one in self.guards if one.id == chain[-1].parent_id))
        return chain

    def reaches(self, grant: Grant, member_id: UUID) -> bool:
        if grant.member_id is not None:
            return grant.member_id == member_id
        if grant.circle_id is not None:
            return self.role(grant.circle_id, member_id) is not None
        return (grant.audience_id, member_id) in self.audiences

    def level(self, guard: Guard, member_id: UUID) -> int:
        """As decision 023 tells it."""
        if guard.member_id is not None and guard.member_id == member_id:
            return MANAGE
        place, role = self.community(guard), self.role(guard.circle_id, member_id)
        is_banned = place is not None and (place.id, member_id) in self.bans
        level = 0
        for source in [] if is_banned else self.sources(guard):
            for grant in self.grants:
                if grant.guard_id == source.id and self.reaches(grant, member_id):
                    is_of_all = source.parent_id is None and grant.circle_id == guard.circle_id and place is not None
                    waits = is_of_all and grant.level == WRITE and place is not None and place.uploading == "moderators"
                    level = max(level, COMMENT if waits else grant.level)
            is_open = source.parent_id is None and place is not None and place.access == "open"
            if is_open and member_id in self.inside:
                level = max(level, READ)
        if role in {"owner", "moderator"}:
            level = MANAGE
        if place is None:
            return level
        must_accept = role == "member" and self.accepted.get((place.id, member_id), 0) < place.charter_version
        return min(level, READ) if place.archived_at is not None or must_accept else level


def draw(seed: int) -> tuple[World, list[Base]]:
    """A world, and all its rows in an order in which they can be written."""
    random, world, now = Random(seed), World(), clock.now()
    rows: list[Base] = []
    for number in range(5):
        member = Member(id=new_id(), name=f"M{number}", sort_name=f"m{number}", language="fr", activated_at=now)
        world.people.append(member)
        rows.append(member)
    for member in world.people[:3]:
        rows.append(Affiliation(member_id=member.id, kind="student", source="institution", starts_on=now.date()))
        world.inside.add(member.id)
    rows.append(MemberRole(member_id=world.people[3].id, role="moderator"))
    world.inside.add(world.people[3].id)
    for number in range(3):
        rows += _community(random, world, number)
    audiences = [Audience(id=new_id(), owner_id=world.people[0].id, name="L", rule=kept(Rule())) for _ in range(2)]
    rows += audiences
    for audience in audiences:
        for member in random.sample(world.people, 2):
            world.audiences.append((audience.id, member.id))
            rows.append(KeptAudienceMember(audience_id=audience.id, member_id=member.id))
    for place in world.communities[:2]:
        _space(random, world, {"community_id": place.id, "circle_id": place.circle_id})
    _space(random, world, {"member_id": world.people[0].id})
    return world, [*rows, *world.guards, *world.grants, *world.folders, *world.documents]


def _one(random: Random, world: World) -> UUID:
    return random.choice(world.people).id


def _community(random: Random, world: World, number: int) -> list[Base]:
    circle, now = Circle(id=new_id(), people=0, mix={}), clock.now()
    place = Community(
        id=new_id(),
        circle_id=circle.id,
        name=f"C{number}",
        sort_name=f"c{number}",
        access=random.choice(["open", "on_request", "secret"]),
        uploading=random.choice(["members", "moderators"]),
        charter_version=random.choice([0, 0, 2]),
        archived_at=now if random.random() < 0.2 else None,
    )
    world.communities.append(place)
    rows: list[Base] = [circle, place]
    for member in world.people:
        fate = random.random()
        if fate < 0.55:
            until = random.choice([None, None, now + timedelta(hours=1), now - timedelta(hours=1)])
            role = random.choice(["member", "member", "member", "moderator", "owner"])
            membership = Membership(circle_id=circle.id, member_id=member.id, role=role, until=until)
            world.members.append(membership)
            rows.append(membership)
        elif fate < 0.75:
            world.bans.add((place.id, member.id))
            rows.append(CommunityBan(community_id=place.id, member_id=member.id))
        if random.random() < 0.5:
            version = world.accepted[place.id, member.id] = random.choice([1, 2])
            rows.append(CharterAcceptance(community_id=place.id, member_id=member.id, version=version))
    return rows


def _space(random: Random, world: World, whose: dict[str, UUID]) -> None:
    """A space, and four folders or documents in it with rights of their own."""
    space_id, guards = new_id(), list[Guard]()
    for number in range(5):
        above = random.choice(guards).id if guards else None
        id_ = new_id() if guards else space_id
        inherits = bool(guards) and random.random() < 0.6
        guards.append(Guard(id=id_, parent_id=above, space_id=space_id, inherits=inherits, **whose))
        is_gone = number > 0 and random.random() < 0.2
        owner = whose if number == 0 else {}
        world.folders.append(
            Folder(
                id=id_,
                parent_id=above,
                space_id=space_id,
                guard_id=id_,
                name=f"F{number}",
                sort_key=f"f{number} {id_}",
                gone_id=id_ if is_gone else None,
                **{key: value for key, value in owner.items() if key != "circle_id"},
            )
        )
        about = {"name": "D", "kind": "file", "media_type": "text/plain", "group": "text", "size": 1, "number": 1}
        for own in (None, guards[0].id):
            thrown = clock.now() if random.random() < 0.2 else None
            there = {"folder_id": id_, "guard_id": own, "trashed_at": thrown, "sort_key": f"d {new_id()}"}
            world.documents.append(Document(id=new_id(), **there, **about))
        for _ in range(random.randrange(4)):
            _grant(random, world, id_)
    world.guards += guards


def _grant(random: Random, world: World, guard_id: UUID) -> None:
    place = random.choice(world.communities)
    to = random.choice(
        [
            {"member_id": _one(random, world)},
            {"circle_id": place.circle_id, "community_id": place.id},
            {"audience_id": random.choice(world.audiences)[0]},
        ]
    )
    subject = next(iter(to.values()))
    known = [one for one in world.grants if one.guard_id == guard_id]
    if subject not in [one.member_id or one.circle_id or one.audience_id for one in known]:
        world.grants.append(Grant(guard_id=guard_id, level=random.randint(READ, MANAGE), **to))


async def keep(session: AsyncSession, rows: Sequence[Base], guards: Sequence[UUID]) -> None:
    for row in rows:
        session.add(row)
        await session.flush()
    session.add_all(GuardSource(guard_id=id_, source_id=id_) for id_ in guards)
    await session.flush()
    await rechain(session, guards)


@given(seed=st.integers(0, 2**32))
@hypothesis_settings(
    max_examples=8, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_what_statements_let_through_is_what_the_rules_say(parvis: Parvis, seed: int) -> None:
    world, rows = draw(seed)
    await parvis.database.write(keep, rows, [guard.id for guard in world.guards])
    async with parvis.database.reading() as session:
        levels: dict[tuple[UUID, UUID], int] = {}
        for member in world.people:
            actor = await acting_later(session, member.id)
            assert actor is not None
            assert (actor.belongs or bool(actor.roles)) == (member.id in world.inside)
            found = await behind(session, actor, [guard.id for guard in world.guards])
            for guard in world.guards:
                levels[guard.id, member.id] = world.level(guard, member.id)
                assert found[guard.id].level == levels[guard.id, member.id]
            await _sees_what_he_may(session, actor, world, levels)
        for guard in world.guards:
            reading = set(await session.scalars(await readers_of(session, guard.id)))
            among = {member.id for member in world.people if levels[guard.id, member.id]}
            assert reading & {member.id for member in world.people} == among


async def _sees_what_he_may(
    session: AsyncSession, actor: Actor, world: World, levels: dict[tuple[UUID, UUID], int]
) -> None:
    there = {folder.id: folder for folder in world.folders if folder.gone_id is None}
    wanted = {folder.id for folder in there.values() if levels[folder.guard_id, actor.id]}
    ids = [folder.id for folder in world.folders]
    query = select(Folder.id).where(visible_folder(actor), Folder.id.in_(ids))
    assert set(await session.scalars(query)) == wanted
    documents = select(Document.id).join(Folder, Folder.id == Document.folder_id)
    one_by_one = documents.where(visible_one_by_one(actor), Document.folder_id.in_(ids))
    documents = documents.where(visible_document(actor), Document.folder_id.in_(ids))
    found = set(await session.scalars(documents))
    assert set(await session.scalars(one_by_one)) == found
    assert found == {
        one.id
        for one in world.documents
        if one.trashed_at is None
        and one.folder_id in there
        and levels[one.guard_id or there[one.folder_id].guard_id, actor.id]
    }
