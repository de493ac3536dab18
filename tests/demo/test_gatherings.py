"""Communities of the demonstration: of all kinds, counted right, found by their words, and run by somebody."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member
from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.publics import shown_as_of
from parvis.audiences import rules
from parvis.audiences.compiling import who
from parvis.audiences.models import Audience
from parvis.chat.models import Conversation, ConversationPlace, Message, MessageMention, MessageReaction
from parvis.circles.models import Circle, Membership
from parvis.communities.models import CharterAcceptance, Community
from parvis.demo.accounts import Account
from parvis.demo.university import fill
from parvis.engagement.models import Comment, Participant, Reaction, Thread
from parvis.kernel import clock
from parvis.kernel.analysis import terms_of
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.entries import Entry, EntryText, matching
from parvis.notifications.models import Act, Inbox
from parvis.posts.models import Attendance, Gathering, Idea, IdeaSupport, PollOption, PollVote, Post, PostPlace


async def test_communities_and_conversations_live_and_are_counted_right(settings: Settings) -> None:
    accounts = await fill(settings)
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

            found = _titles("community", "cartographie")
            assert list(await session.scalars(found)) == ["Géographie et aménagement"]
            saved = list(await session.scalars(select(Audience).order_by(Audience.id)))
            assert [(one.shared, one.frozen) for one in saved] == [
                (True, False), (True, False), (False, False), (True, True),
            ]  # fmt: skip
            for one in saved:
                assert len((await session.scalars(who(rules.read(one.rule), None))).all()) >= 5, one.name

            nadia = select(Member.name).join(Membership, Membership.member_id == Member.id)
            nadia = nadia.join(Community, Community.circle_id == Membership.circle_id)
            nadia = nadia.where(Community.name == "Géographie et aménagement", Membership.role == "owner")
            assert list(await session.scalars(nadia)) == ["Nadia Cherkaoui"]
            await assert_conversations_live(session, accounts)
    finally:
        await database.stop()


TIMES = [select(table.id, table.created_at) for table in (Comment, Message)]


async def test_walls_are_alive_and_what_is_said_there_is_counted_right(settings: Settings) -> None:
    await fill(settings)
    database = Database(settings.database)
    await database.start()
    try:
        async with database.reading() as session:
            posts = {one.id: one for one in await session.scalars(select(Post))}
            assert len(posts) > 150
            kinds = {"message", "question", "poll", "idea", "event", "announcement"}
            assert {one.kind for one in posts.values()} == kinds
            assert all(one.said_at < clock.now() for one in posts.values())

            since = {(one.circle_id, one.member_id): one.since for one in await session.scalars(select(Membership))}
            places = await session.execute(
                select(PostPlace, Community).join(Community, Community.id == PostPlace.community_id)
            )
            several: Counter[UUID] = Counter()
            for place, community in places:
                post = posts[place.post_id]
                several[post.id] += 1
                assert post.author_id is not None
                assert since[community.circle_id, post.author_id] <= post.said_at
                assert community.active_at >= post.said_at
            assert max(several.values()) == 2

            events = list(await session.scalars(select(Gathering)))
            answers = Counter(
                (one.post_id, "waiting" if one.waits else one.answer)
                for one in await session.scalars(select(Attendance))
            )
            for event in events:
                counted = [answers[event.post_id, answer] for answer in ("yes", "maybe", "no", "waiting")]
                assert counted == [event.going, event.maybe, event.away, event.waiting]
            assert any(event.is_over for event in events)
            assert any(event.waiting and event.going == event.seats for event in events)

            said = Counter(await session.scalars(select(Comment.thread_id)))
            reacted = Counter(await session.scalars(select(Reaction.thread_id).where(Reaction.subject_kind == "post")))
            publics: dict[UUID, Counter[str | None]] = defaultdict(Counter)
            for one in await session.scalars(select(Participant)):
                publics[one.thread_id][one.public] += 1
            threads = list(await session.scalars(select(Thread)))
            for thread in threads:
                assert thread.comments == said[thread.id]
                assert sum(thread.reactions.values()) == reacted[thread.id]
                mix = publics[thread.id]
                assert (thread.people, thread.mix) == (
                    mix.total(),
                    {public: mix[public] for public in PRECEDENCE if mix[public]},
                )
            assert any(thread.accepted_id for thread in threads)

            said_at = dict((await session.execute(union_all(*TIMES))).all())
            told = list(await session.scalars(select(Act)))
            assert {act.reason for act in told} > {"mention"}
            assert all(act.said_id and act.at == said_at[act.said_id] for act in told)
            unread = [one.last - one.all_read for one in await session.scalars(select(Inbox))]
            assert max(unread) == 3

            voted = Counter(await session.scalars(select(PollVote.option_id)))
            for option in await session.scalars(select(PollOption)):
                assert option.votes == voted[option.id]
            supported = Counter(await session.scalars(select(IdeaSupport.post_id)))
            for idea in await session.scalars(select(Idea)):
                assert idea.supports == supported[idea.post_id]
            found = _titles("post", "zonage opposable")
            assert list(await session.scalars(found)) == [
                "Zonage «\u00a0rouge\u00a0»\u00a0: où trouver la version opposable\u00a0?"
            ]
    finally:
        await database.stop()


async def assert_conversations_live(session: AsyncSession, accounts: Sequence[Account]) -> None:
    """Numbered without a gap, counted as they are kept; each account has something to read, by others."""
    rooms = {one.id: one for one in await session.scalars(select(Conversation))}
    assert Counter(one.kind for one in rooms.values()) == {"channel": 5, "group": 3, "direct": 9}
    assert {one.access for one in rooms.values() if one.kind == "channel"} == {"community", "invited"}
    messages = list(await session.scalars(select(Message).order_by(Message.conversation_id, Message.sequence)))
    by_id = {one.id: one for one in messages}
    flows: dict[UUID, list[Message]] = defaultdict(list)
    threads: dict[UUID, list[Message]] = defaultdict(list)
    sequences: dict[UUID, list[int]] = defaultdict(list)
    for one in messages:
        (threads[one.root_id] if one.root_id else flows[one.conversation_id]).append(one)
        sequences[one.conversation_id].append(one.sequence)
    for id_, room in rooms.items():
        assert [one.number for one in flows[id_]] == list(range(1, room.last_number + 1))
        assert sequences[id_] == list(range(1, room.last_sequence + 1))
        assert [one.created_at for one in flows[id_]] == sorted(one.created_at for one in flows[id_])
        assert (room.last_at, room.last_at < clock.now()) == (flows[id_][-1].created_at, True)
    for id_, replies in threads.items():
        root = by_id[id_]
        assert [one.number for one in replies] == list(range(1, root.replies + 1))
        assert root.last_reply_at == replies[-1].created_at
        latest = list(dict.fromkeys(str(one.author_id) for one in reversed(replies)))
        assert root.repliers == latest[:3]
    reacted = Counter((one.message_id, one.kind) for one in await session.scalars(select(MessageReaction)))
    for one in messages:
        assert one.reactions == {kind: reacted[one.id, kind] for kind in one.reactions}
    assert reacted.total() == sum(sum(one.reactions.values()) for one in messages)
    for shown in ("quote_id", "pinned_at", "edited_at", "deleted_at", "root_id"):
        assert any(getattr(one, shown) for one in messages), shown
    assert any("```" in one.text for one in messages)

    places = list(await session.scalars(select(ConversationPlace)))
    put_in = Counter(one.conversation_id for one in places if one.since)
    members = {(one.circle_id, one.member_id) for one in await session.scalars(select(Membership))}
    for place in places:
        room = rooms[place.conversation_id]
        assert room.people == put_in[room.id]
        assert room.circle_id is None or (room.circle_id, place.member_id) in members
    for account in accounts:
        member_id = await session.scalar(select(Address.member_id).where(Address.email == account.email))
        mine = [one for one in places if one.member_id == member_id]
        assert len(mine) >= 4, account.label
        left = [one for one in mine if one.read_number < rooms[one.conversation_id].last_number]
        assert any(
            all(one.author_id != member_id for one in flows[place.conversation_id][place.read_number :])
            for place in left
        ), account.label
        named = select(MessageMention).where(MessageMention.member_id == member_id)
        assert (await session.scalars(named)).all(), account.label
    found = select(Entry.place_id).where(Entry.kind == "message", matching(terms_of("clichés aériens")))
    assert [rooms[id_].name for id_ in await session.scalars(found) if id_] == ["Mémoires L3"]


def _titles(kind: str, words: str) -> Select[str]:
    query = select(EntryText.title).join(Entry, Entry.id == EntryText.entry_id)
    return query.where(Entry.kind == kind, matching(terms_of(words)))
