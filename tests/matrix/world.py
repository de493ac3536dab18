"""A university with a community of each access, and everybody who stands to it in some way."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import AccessToken, Address, Affiliation, Passkey, Session
from parvis.accounts.models.invitations import Invitation
from parvis.announcements.models import AnnouncementDraft
from parvis.audiences import rules
from parvis.audiences.models import Audience, AutomaticMembership
from parvis.audiences.rules import Rule
from parvis.communities.models import Community
from parvis.communities.service.people import let_in
from parvis.engagement.models import Thread
from parvis.files.uploads.models import Upload
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.notifications.models import Notification
from parvis.notifications.push.models import PushDevice
from parvis.personal_data.models import Export
from parvis.posts.models import Announcement, Post, PostReach, ScheduledPost
from parvis.profiles.ties.models import Mentorship
from tests.conftest import SignIn
from tests.files.uploads import upload
from tests.make.chat import Room, make_channel, talk
from tests.make.communities import Place, Someone, arrive, make_community
from tests.make.gatherings import gather
from tests.make.hostile_files import picture
from tests.make.moderation import decide, report, report_message
from tests.make.people import make_cohort, make_organisation, make_programme, make_unit
from tests.make.posts import comment, say
from tests.make.spaces import changing, document_url, folder_url, make_folder, own_space, put_document, space_of
from tests.make.threads import THREAD_DRAFT

from .policy import ACCESSES, EVERYBODY, Access

AFFILIATIONS = {"alumnus": "alum", "staff": "staff", "moderator": "staff", "guest": None, "guest_in": None}
ROLES = {"administrator": ("administrator",), "people_administrator": ("people_administrator",)}
HAVE_BEEN_IN = ("guest_in", "member", "moderator", "owner", "removed", "banned")
"""Actors who said something in the community."""
SAID = {"own_post", "own_event", "own_comment", "own_answer", "own_message"}
Names = dict[str, str]


@dataclass
class World:
    """`people`: by actor and access; nobody is anonymous. `names`: what everybody, or everybody there, asks about.
    `own`: what an actor asks about of his own."""

    parvis: Parvis
    sign_in: SignIn
    people: dict[tuple[str, Access], Someone] = field(default_factory=dict)
    names: dict[Access, Names] = field(default_factory=dict)
    own: dict[tuple[str, Access], Names] = field(default_factory=dict)
    mobile_sessions: dict[UUID, UUID] = field(default_factory=dict)

    def asking(self, used: AbstractSet[str], turn: int) -> Iterator[tuple[str, Access]]:
        """Who asks for what uses these names. Of a community it is everybody who stands to it in some way, whatever its
        access; else each kind of actor once, in turn of another access."""
        names = self.names["open"]
        is_there = any(name in SAID or names.get(name) != self.names["secret"].get(name) for name in used)
        for index, actor in enumerate(sorted(EVERYBODY)):
            for access in ACCESSES if is_there else (ACCESSES[(index + turn) % len(ACCESSES)],):
                yield actor, access

    def names_of(self, actor: str, access: Access) -> Mapping[str, str]:
        return self.names[access] | self.own.get((actor, access), {})

    def sent_by(self, actor: str, access: Access) -> dict[str, str]:
        """What the actor's browser sends with each request."""
        someone = self.people.get((actor, access))
        if someone is None:
            return {}
        [cookie] = someone.browser.cookies.jar
        csrf_token = someone.browser.headers["x-csrf-token"]
        return {"cookie": f"{cookie.name}={cookie.value}", "x-csrf-token": csrf_token}


async def make_world(parvis: Parvis, sign_in: SignIn) -> World:
    await make_organisation(parvis, guests=True, share_links=True)
    world = World(parvis, sign_in)
    ruler = await arrive(parvis, sign_in, "Reine Royer", "staff", roles=("administrator", "communicator"))
    stranger = await arrive(parvis, sign_in, "Solène Sage")
    await offer_mentoring(stranger)
    elsewhere = await make_community(stranger, "Ailleurs")
    shared = await _shared_names(parvis, ruler, stranger)
    for access in ACCESSES:
        world.names[access] = dict(shared)
        await _make_people(world, access, elsewhere)
        await _make_place(world, access, ruler)
        await _make_own(world, access)
    return world


async def _make_people(world: World, access: Access, elsewhere: Place) -> None:
    for actor in sorted(EVERYBODY - {"anonymous"}):
        world.people[actor, access] = await _arrive(world, f"{actor} {access}", actor)
    guest = world.people["guest", access]
    await world.parvis.database.write(_put_in, UUID(elsewhere.id), guest.member.id)


async def _arrive(world: World, name: str, actor: str = "") -> Someone:
    email = f"{name.replace(' ', '.').replace('_', '-')}@univ.example"
    affiliation, roles = AFFILIATIONS.get(actor, "student"), ROLES.get(actor, ())
    return await arrive(world.parvis, world.sign_in, name, affiliation, email=email, roles=roles)


async def offer_mentoring(someone: Someone) -> None:
    offer = {"text": "Parler du métier.", "capacity": 1, "minutes": 30, "formats": ["video"], "languages": ["fr"]}
    await _done(someone, "PATCH", "/api/v1/me/profile", {"mentoring": offer})


async def show_face(someone: Someone) -> None:
    file = await upload(someone.browser, picture("PNG", (8, 8)), "visage.png")
    await _done(someone, "PUT", "/api/v1/me/avatar", {"file_id": file["id"]})


async def _put_in_nobody(session: AsyncSession, community_id: UUID) -> None:
    """By a rule that holds of nobody."""
    rule = Rule.model_validate({"all": [{"kind": "city", "cities": ["Nulle part"]}]})
    session.add(AutomaticMembership(community_id=community_id, rule=rules.kept(rule)))


async def _put_in(session: AsyncSession, community_id: UUID, member_id: UUID) -> None:
    community = await session.get_one(Community, community_id)
    await let_in(session, None, community, member_id, charter_version=community.charter_version)


async def _make_place(world: World, access: Access, ruler: Someone) -> None:
    """The community, from when it was open to what it is: who came, what they said, who left, who waits."""
    names, there = (
        world.names[access],
        {actor: world.people[actor, access] for actor, of in world.people if of == access},
    )
    others = ("founder", "bystander", "other_moderator", "asker", "barred", "called")
    there |= {name: await _arrive(world, f"{name} {access}") for name in others}
    names |= {name: there[name].id for name in others}
    await offer_mentoring(there["bystander"])
    await show_face(there["bystander"])
    founder = there["founder"]
    place = await make_community(founder, f"Géographie {access}", charter="Soyons courtois.", tags=["Cartes"])
    names["community_id"] = place.id
    await world.parvis.database.write(_put_in_nobody, UUID(place.id))
    for name in ("bystander", "other_moderator", "barred", "deactivated", *HAVE_BEEN_IN):
        await world.parvis.database.write(_put_in, UUID(place.id), there[name].member.id)
    await _say_things(world, access, place, there)
    await _put_documents(names, place, there)
    for role, name in (("owner", "owner"), ("moderator", "moderator"), ("moderator", "other_moderator")):
        await _done(founder, "PUT", f"{place.url}/members/{there[name].id}/role", {"role": role})
    await _done(founder, "DELETE", f"{place.url}/members/{there['removed'].id}")
    for name in ("banned", "barred"):
        await _done(founder, "PUT", f"{place.url}/bans/{there[name].id}", {})
    invited = [there[name].id for name in ("invited", "called")]
    await _done(founder, "POST", f"{place.url}/invitations", {"member_ids": invited})
    await _done(founder, "PATCH", place.url, {"access": "on_request"})
    for name in ("pending", "asker"):
        await _done(there[name], "PUT", f"{place.url}/request", {"message": "Bonjour."})
    link = await _done(founder, "POST", f"{place.url}/links", {})
    guest = await _done(founder, "POST", f"{place.url}/guest-invitations", {"email": f"{access}@ailleurs.example"})
    names |= {"link_id": link["id"], "link_token": link["link"].partition("#")[2], "guest_invitation": guest["id"]}
    await _done(founder, "PATCH", place.url, {"access": access})
    await _done(ruler, "PUT", f"/api/v1/people/{there['deactivated'].id}/suspension")


async def _say_things(world: World, access: Access, place: Place, there: Mapping[str, Someone]) -> None:
    names, question = world.names[access], {"kind": "question", "title": "Où ?"}
    post = await say(there["bystander"], place, **question)
    answer = await comment(there["founder"], post)
    poll = await say(
        there["founder"],
        place,
        kind="poll",
        poll={"options": ["Lundi", "Mardi"], "anonymous": False, "results": "always"},
    )
    idea = await say(there["founder"], place, kind="idea", title="Un garage à vélos")
    event = await gather(there["founder"], place)
    names["event"] = event["id"]
    names |= {"post_id": post["id"], "comment_id": answer["id"], "thread": post["threads"][0]["id"]}
    names |= {"poll": poll["id"], "option": poll["poll"]["options"][0]["id"], "idea": idea["id"]}
    hidden = await _case(there["bystander"], await say(there["barred"], place))
    assert (await decide(there["founder"], hidden)).status_code == 200
    names["case"] = (await _case(there["barred"], post))["id"]
    names["case_of_runner"] = (await _case(there["barred"], poll))["id"]
    names["hidden_case"] = hidden["id"]
    channel = await _talk(world, access, place, there)
    for actor in HAVE_BEEN_IN:
        own = await say(there[actor], place, **question)
        world.own[actor, access] = {
            "own_post": own["id"],
            "own_event": (await gather(there[actor], place))["id"],
            "own_answer": (await comment(there["founder"], own))["id"],
            "own_comment": (await comment(there[actor], post))["id"],
            "own_message": (await channel.say(there[actor]))["id"],
        }
    world.own["anonymous", access] = {
        "own_post": post["id"],
        "own_event": event["id"],
        "own_answer": answer["id"],
        "own_comment": answer["id"],
        "own_message": names["message_id"],
    }
    world.own["deactivated", access] = dict(world.own["anonymous", access])


async def _talk(world: World, access: Access, place: Place, there: Mapping[str, Someone]) -> Room:
    """A channel of all, one of those who were put in, and what two others say to each other. Returns the first."""
    names, founder = world.names[access], there["founder"]
    channel = await make_channel(founder, place)
    names |= {"conversation_id": channel.id, "message_id": (await channel.say(founder))["id"]}
    put_in = [there[name].id for name in (*HAVE_BEEN_IN, "other_moderator")]
    names["invited_channel"] = (await make_channel(founder, place, access="invited", member_ids=put_in)).id
    between = await talk(founder, there["bystander"])
    names |= {"talk": between.id, "whisper": (await between.say(founder))["id"]}
    whispered = await report_message(there["bystander"], {"id": names["whisper"]})
    names["message_case"] = whispered.json()["items"][0]["case_id"]
    return channel


async def _put_documents(names: Names, place: Place, there: Mapping[str, Someone]) -> None:
    founder = there["founder"]
    folder = await make_folder(founder, await space_of(founder, place))
    document = await put_document(founder, folder)
    await put_document(founder, folder, document["name"], if_exists="version")
    names |= {"folder_id": folder["id"], "document_id": document["id"]}
    names["page"] = (
        await _done(founder, "POST", f"{folder_url(folder)}/pages", {"name": "Compte rendu", "template": "minutes"})
    )["id"]
    taken = await upload(founder.browser, picture(), "carte.png")
    shown = await _done(founder, "POST", f"/api/v1/pages/{names['page']}/pictures", {"file_id": taken["id"]})
    names["page_picture"] = shown["id"]
    publications = f"/api/v1/pages/{names['page']}/publications"
    names["article"] = (await _done(founder, "POST", publications, {"places": [place.id]}))["post_id"]
    asked = {**THREAD_DRAFT, "body": "Qui relit ?"}
    thread: Any = await _done(there["bystander"], "POST", f"/api/v1/pages/{names['page']}/threads", asked)
    names |= {"page_thread": thread["id"], "page_comment": thread["opening"]["id"]}
    week = (clock.now() + timedelta(days=7)).isoformat()
    for name, url in (("folder_link", folder_url(folder)), ("document_link", document_url(document))):
        names[name] = (await _done(founder, "POST", f"{url}/links", {"expires_at": week}))["id"]
    thrown = await make_folder(founder, folder, "Ancien"), await put_document(founder, folder, "Ancien.txt")
    names |= {"thrown_folder": thrown[0]["id"], "thrown_document": thrown[1]["id"]}
    for url in (folder_url(thrown[0]), document_url(thrown[1])):
        assert (await changing(founder, url, method="DELETE")).status_code == 204


async def _case(reporter: Someone, post: dict[str, Any]) -> dict[str, Any]:
    """The case that a report opened, as it is decided on."""
    reported = await report(reporter, post)
    assert reported.status_code == 200, reported.text
    return {"id": reported.json()["items"][0]["case_id"], "version": 1}


async def _done(someone: Someone, method: str, url: str, body: object = None) -> dict[str, str]:
    reply = await someone.browser.request(method, url, json=body)
    assert reply.is_success, reply.text
    said: dict[str, str] = reply.json() if reply.content else {}
    return said


async def _make_own(world: World, access: Access) -> None:
    """What each actor has of his own in his account. Who has none asks about another's."""
    strangers = {f"own_{name}": world.names[access][name] for name in KEPT}
    for actor in EVERYBODY:
        someone = world.people.get((actor, access))
        mine = strangers if someone is None or actor == "deactivated" else await _account(world.parvis, someone, "own_")
        world.own[actor, access] = world.own.get((actor, access), {}) | mine


KEPT = (
    "address",
    "session",
    "token",
    "passkey",
    "device",
    "export",
    "scheduled",
    "audience",
    "announcement_draft",
    "upload",
    "space",
    "file",
)


async def _account(parvis: Parvis, someone: Someone, prefix: str = "") -> Names:
    """A second address, another session and its device, a token, a passkey, a copy of one's data, something to say
    later, an audience, an announcement begun, an upload begun and a file of this member."""
    now, later = clock.now(), clock.now() + timedelta(days=7)
    ids = {name: new_id() for name in KEPT[:-1]}
    mine = {"member_id": someone.member.id}
    rows = (
        Address(id=ids["address"], email=f"{uuid4().hex}@ailleurs.example", kind="personal", verified_at=now, **mine),
        Session(
            id=ids["session"],
            kind="browser",
            token_hash=ids["session"].bytes * 2,
            methods=["pwd"],
            proved_at=now,
            user_agent="",
            network="",
            expires_at=later,
            **mine,
        ),
        AccessToken(
            id=ids["token"],
            name="",
            token_hash=ids["token"].bytes * 2,
            scopes=["account:read"],
            expires_at=later,
            **mine,
        ),
        Passkey(
            id=ids["passkey"],
            credential_id=ids["passkey"].bytes,
            public_key=b"",
            sign_count=0,
            transports=[],
            backed_up=False,
            name="Clé",
            **mine,
        ),
        Export(id=ids["export"], language="fr", **mine),
        ScheduledPost(
            id=ids["scheduled"],
            author_id=someone.member.id,
            draft={"body": "Plus tard.", "places": [str(new_id())]},
            publish_at=later,
        ),
        Audience(id=ids["audience"], owner_id=someone.member.id, name="Tous", rule=rules.kept(Rule())),
        AnnouncementDraft(id=ids["announcement_draft"], author_id=someone.member.id, draft={"body": ""}),
        Upload(
            id=ids["upload"],
            owner_id=someone.member.id,
            account_id=someone.member.id,
            name="carnet.txt",
            size=8,
            offset=0,
            expires_at=later,
        ),
    )

    device = PushDevice(
        id=ids["device"],
        session_id=ids["session"],
        endpoint=f"https://93.184.216.34/{ids['device']}",
        endpoint_hash=ids["device"].bytes * 2,
        key=b"",
        secret=b"",
        shows="nothing",
        **mine,
    )

    async def keep(session: AsyncSession) -> None:
        session.add_all(rows)
        await session.flush()
        session.add(device)

    await parvis.database.write(keep)
    file = await upload(someone.browser, b"Bonjour.", "bonjour.txt")
    made = {"file": file["id"], "space": (await own_space(someone))["folder_id"]}
    return {f"{prefix}{name}": str(id_) for name, id_ in ids.items()} | {
        f"{prefix}{name}": id_ for name, id_ in made.items()
    }


async def _announce(session: AsyncSession, author_id: UUID) -> str:
    """An announcement on the square that asks to be acknowledged, of which nobody was told."""
    post = Post(author_id=author_id, kind="announcement", title="Horaires", body="Jusqu’à minuit.")
    session.add(post)
    await session.flush()
    thread = Thread(subject_kind="post", subject_id=post.id)
    session.add(thread)
    await session.flush()
    session.add(PostReach(post_id=post.id, scope="square", thread_id=thread.id, said_at=post.said_at))
    session.add(Announcement(post_id=post.id, told_to="square", excluded=[], facts=[], asks=True))
    return str(post.id)


async def _shared_names(parvis: Parvis, ruler: Someone, stranger: Someone) -> Names:
    """What belongs to the organisation, and to people whom no actor is."""
    unit = await make_unit(parvis, "Faculté")
    programme = await make_programme(parvis, "Master", unit)
    cohort = await make_cohort(parvis, programme, 2029)
    empty = (await make_unit(parvis, "Institut"), await make_programme(parvis, "Licence"))
    affiliation = Affiliation(
        member_id=stranger.member.id, kind="student", source="institution", starts_on=clock.now().date()
    )
    mentorship = Mentorship(mentor_id=ruler.member.id, mentee_id=stranger.member.id, message="Bonjour.")
    invitation = Invitation(
        token_hash=b"none",
        affiliation="student",
        max_uses=1,
        invited_by=ruler.member.id,
        expires_at=clock.now() + timedelta(days=7),
    )
    notification = Notification(member_id=ruler.member.id, kind="post", about_id=uuid4(), last=1)
    audience = Audience(owner_id=ruler.member.id, name="Tous", rule=rules.kept(Rule()), shared=True)
    rows = (affiliation, mentorship, invitation, notification, audience)

    async def keep(session: AsyncSession) -> None:
        session.add_all(rows)

    await parvis.database.write(keep)
    announced = await parvis.database.write(_announce, ruler.member.id)
    return {
        "announcement": announced,
        "unknown": str(uuid4()),
        "ruler": ruler.id,
        "stranger": stranger.id,
        "unit_id": str(empty[0].id),
        "programme_id": str(programme.id),
        "empty_programme": str(empty[1].id),
        "cohort_id": str(cohort.id),
        "affiliation": str(affiliation.id),
        "mentorship": str(mentorship.id),
        "notification": str(notification.id),
        "person_invitation": str(invitation.id),
        "tomorrow": (clock.now().date() + timedelta(days=1)).isoformat(),
        **await _account(parvis, stranger),
        "audience": str(audience.id),
    }
