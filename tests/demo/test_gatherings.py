"""Communities of the demonstration: of all kinds, counted right, found by their words, and run by somebody."""

from collections import Counter
from uuid import UUID

from sqlalchemy import func, select

from parvis.accounts.models import Member
from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.publics import shown_as_of
from parvis.circles.models import Circle, Membership
from parvis.communities.models import CharterAcceptance, Community
from parvis.demo.university import fill
from parvis.kernel import clock
from parvis.kernel.analysis import terms_of
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.entries import Entry, matching


async def test_communities_live_and_are_counted_right(settings: Settings) -> None:
    await fill(settings)
    database = Database(settings.database)
    await database.start()
    try:
        async with database.reading() as session:
            communities = list(await session.scalars(select(Community)))
            assert len(communities) == len({one.name for one in communities}) == 40
            assert {one.access for one in communities} == {"open", "on_request", "secret"}

            publics = {row.id: PRECEDENCE[row.rank] for row in await session.execute(shown_as_of(clock.now().date()))}
            mixes: dict[UUID, Counter[str | None]] = {}
            for place in await session.scalars(select(Membership)):
                assert place.public == publics.get(place.member_id)
                mixes.setdefault(place.circle_id, Counter())[place.public] += 1
            for circle in await session.scalars(select(Circle)):
                assert circle.people == mixes[circle.id].total()
                assert circle.mix == {
                    public: mixes[circle.id][public] for public in PRECEDENCE if mixes[circle.id][public]
                }
            assert any(len(mix) >= 3 for mix in mixes.values())

            owned = await session.scalars(select(Membership.circle_id).where(Membership.role == "owner").distinct())
            assert set(owned) == set(mixes)
            accepted = await session.scalar(select(func.count()).select_from(CharterAcceptance))
            assert accepted == sum(mixes[one.circle_id].total() for one in communities if one.charter)

            found = select(Entry.title).where(Entry.kind == "community", matching(terms_of("cartographie")))
            assert list(await session.scalars(found)) == ["Géographie et aménagement"]
            nadia = select(Member.name).join(Membership, Membership.member_id == Member.id)
            nadia = nadia.join(Community, Community.circle_id == Membership.circle_id)
            nadia = nadia.where(Community.name == "Géographie et aménagement", Membership.role == "owner")
            assert list(await session.scalars(nadia)) == ["Nadia Cherkaoui"]
    finally:
        await database.stop()
