"""What makes each type of event happen: somebody holds what he read, and then others, or he himself, do something.

An act is a generator: what it does first makes it ready; then it yields paths that its reader holds besides what every
reader holds; what it does after is what the reader is told of.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.service.sessions import Device, open_session
from parvis.chat.service import unfurling as chat_unfurling
from parvis.communities.models import Community
from parvis.files.cards import Looked
from parvis.files.previews import Preview
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from parvis.posts.service import unfurling
from tests.conftest import SignIn, run_jobs
from tests.make.announcements import DRAFTS, announce
from tests.make.chat import MESSAGES, Room, make_group
from tests.make.communities import Place, Someone, arrive, make_community
from tests.make.directory import list_everybody
from tests.make.gatherings import attend, gather
from tests.make.moderation import cases, decide, report
from tests.make.people import make_organisation
from tests.make.posts import ask, comment, say, url_of
from tests.make.spaces import changed, document_url, folder_url, make_folder, make_page, put_document, space_of
from tests.make.threads import answer, begin

Act = Callable[["World"], AsyncIterator[list[str]]]
ME = "/api/v1/me"
STUDENTS = {"all": [{"kind": "public", "publics": ["student"]}]}
NOBODY = {"all": [{"kind": "city", "cities": ["Nulle part"]}]}


@dataclass
class World:
    """Nadia runs a community that Inès and Omar are in. Paul runs the organisation, and Claire is in no community."""

    parvis: Parvis
    sign_in: SignIn
    nadia: Someone
    ines: Someone
    omar: Someone
    claire: Someone
    paul: Someone
    place: Place
    kept: dict[str, Any] = field(default_factory=dict)

    async def done(self, someone: Someone, method: str, url: str, body: object = None, **headers: str) -> Any:
        reply = await someone.browser.request(method, url, json=body, headers=headers)
        assert reply.is_success, f"{method} {url}: {reply.text}"
        return reply.json() if reply.content else None

    async def tag_of(self, someone: Someone, url: str) -> str:
        return str((await someone.browser.get(url)).headers["etag"])


async def make_world(parvis: Parvis, sign_in: SignIn) -> World:
    await make_organisation(parvis)
    nadia, ines, omar, claire, paul = [
        await arrive(parvis, sign_in, name, affiliation, roles=roles)
        for name, affiliation, roles in (
            ("Nadia Cherkaoui", "staff", ("communicator",)),
            ("Inès Benali", "student", ("communicator",)),
            ("Omar Diallo", "student", ()),
            ("Claire Vasseur", "alum", ()),
            ("Paul Roux", "staff", ("administrator", "communicator", "moderator")),
        )
    ]
    await list_everybody(parvis)
    place = await make_community(nadia)
    for someone in (ines, omar):
        assert (await place.join(someone)).status_code == 200
    return World(parvis, sign_in, nadia, ines, omar, claire, paul, place)


@dataclass(frozen=True)
class Scenario:
    """`reader`: whose stream is read. `alone`: whether nothing else that he is told makes up for this event."""

    act: Act
    chapter: str
    reader: str
    alone: bool


SCENARIOS: dict[str, Scenario] = {}


def makes(type_: str, reader: str = "ines", *, chapter: str = "", alone: bool = True) -> Callable[[Act], Act]:
    """`chapter`: the first act of one says what it is called."""

    def listed(act: Act) -> Act:
        assert type_ not in SCENARIOS, type_
        last = next(reversed(SCENARIOS.values())).chapter if SCENARIOS else ""
        SCENARIOS[type_] = Scenario(act, chapter or last, reader, alone)
        return act

    return listed


def paths_of(post: Mapping[str, Any]) -> list[str]:
    return [f"/posts/{post['id']}", f"/posts/{post['id']}/comments"]


@makes("member.updated", chapter="people")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "PATCH", ME, {"appearance": "dark", "name": "Inès Benali-Roy"})


@makes("member.roles_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.paul, "PUT", f"/api/v1/people/{world.ines.id}/roles/moderator")


@makes("member.credentials_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "PUT", f"{ME}/password", {"password": "cheval-agrafe-batterie-bleue"})


@makes("session.opened")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    world.kept["session"] = await world.parvis.database.write(
        open_session, world.ines.member, methods=["pwd"], device=Device("Tests/2.0", "203.0.113.8")
    )


@makes("session.revoked")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    session, _cookie = world.kept["session"]
    await world.done(world.ines, "DELETE", f"{ME}/sessions/{session.id}")


@makes("token.created")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    draft = {"name": "Script", "scopes": ["account:read"], "days": 7}
    world.kept["token"] = await world.done(world.ines, "POST", f"{ME}/tokens", draft)


@makes("token.revoked")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "DELETE", f"{ME}/tokens/{world.kept['token']['id']}")


@makes("profile.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "PATCH", f"{ME}/profile", {"headline": "Hydrologue"})


@makes("interests.chosen")
async def _(world: World) -> AsyncIterator[list[str]]:
    reply = await world.ines.browser.get("/api/v1/interests")
    yield []
    slugs = [one["key"] for one in reply.json()["items"][:3]]
    await world.done(world.ines, "PUT", f"{ME}/interests", {"interests": slugs})


@makes("notification_choices.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield ["/me/notification-choices"]
    await world.done(world.ines, "PATCH", f"{ME}/notification-choices", {"kinds": {"mentoring": {"mail": "weekly"}}})


@makes("export.asked", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    world.kept["export"] = await world.done(world.ines, "POST", f"{ME}/exports")


@makes("export.ready", "omar", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.omar, "POST", f"{ME}/exports")
    await run_jobs(world.parvis)


@makes("export.deleted")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "DELETE", f"{ME}/exports/{world.kept['export']['id']}")


@makes("organisation.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.paul, "PATCH", "/api/v1/organisation", {"short_name": "Autre"})


@makes("structure.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.paul, "POST", "/api/v1/units", {"name": "Institut Z", "kind": "component"})


@makes("contacts.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield [f"/profiles/{world.omar.id}/ties"]
    await world.done(world.omar, "PUT", f"{ME}/contact-requests/{world.ines.id}", {"message": "Bonjour."})


@makes("mentorship.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    offer = {"text": "Le métier.", "capacity": 1, "minutes": 30, "formats": ["video"], "languages": ["fr"]}
    await world.done(world.claire, "PATCH", f"{ME}/profile", {"mentoring": offer})
    url = f"/api/v1/profiles/{world.claire.id}/mentorships"
    asked = await world.done(world.ines, "POST", url, {"message": "Bonjour."})
    yield [f"/mentorships/{asked['id']}", f"/profiles/{world.claire.id}/ties"]
    await world.done(world.claire, "PUT", f"/api/v1/mentorships/{asked['id']}/acceptance", {})


@makes("blocks.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    apart = await arrive(world.parvis, world.sign_in, "Bruno Lemoine")
    await world.place.join(apart)
    post = await say(apart, world.place, "Je passe.")
    yield [*paths_of(post), f"/profiles/{apart.id}/ties"]
    await world.done(world.ines, "PUT", f"{ME}/blocks/{apart.id}")


@makes("access.gained", chapter="communities")
async def _(world: World) -> AsyncIterator[list[str]]:
    place = await make_community(world.nadia, "Rivières")
    await say(world.nadia, place, "Le niveau monte.")
    world.kept["rivers"] = place
    yield [f"/communities/{place.id}", f"/communities/{place.id}/members"]
    await place.join(world.ines)


@makes("access.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    place: Place = world.kept["rivers"]
    post = await say(world.nadia, place, "Le niveau descend.")
    yield [f"/communities/{place.id}", f"/communities/{place.id}/members", *paths_of(post)]
    assert (await place.give_role(world.nadia, world.ines, "moderator")).status_code == 204


@makes("access.lost")
async def _(world: World) -> AsyncIterator[list[str]]:
    place: Place = world.kept["rivers"]
    await world.done(world.nadia, "PATCH", place.url, {"access": "secret"})
    post = await say(world.nadia, place, "Rendez-vous au pont.")
    yield [f"/communities/{place.id}", f"/communities/{place.id}/posts", *paths_of(post)]
    await world.done(world.nadia, "DELETE", f"{place.url}/members/{world.ines.id}")


@makes("community.created", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await make_community(world.ines, "Deltas")


@makes("community.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.nadia, "PATCH", world.place.url, {"summary": "Les villes.", "name": "Géographie urbaine"})


@makes("community.people_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    assert (await world.place.join(world.claire)).status_code == 200


@makes("community.door_changed", "nadia")
async def _(world: World) -> AsyncIterator[list[str]]:
    place = await make_community(world.nadia, "Glaciers", access="on_request")
    world.kept["glaciers"] = place
    yield [f"/communities/{place.id}/requests", f"/communities/{place.id}/requests/count"]
    await world.done(world.omar, "PUT", f"{place.url}/request", {"message": "Bonjour."})


@makes("community.invitations_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    place: Place = world.kept["glaciers"]
    yield []
    await world.done(world.nadia, "POST", f"{place.url}/invitations", {"member_ids": [world.ines.id]})


@makes("community.automatic_changed", "nadia")
async def _(world: World) -> AsyncIterator[list[str]]:
    url = f"{world.place.url}/automatic-membership"
    tag = await world.tag_of(world.nadia, url)
    yield [f"/communities/{world.place.id}/automatic-membership"]
    await world.done(world.nadia, "PUT", url, {"rule": NOBODY}, **{"if-match": tag})


@makes("post.published", chapter="posts")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    world.kept["post"] = await say(world.omar, world.place, "Qui vient samedi ?")


@makes("post.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    await world.done(world.omar, "PATCH", url_of(world.kept["post"]), {"body": "Qui vient dimanche ?"})


@makes("post.unfurled")
async def _(world: World) -> AsyncIterator[list[str]]:
    url = "https://carte.example/"
    post = await say(world.omar, world.place, f"Voyez {url}")
    yield paths_of(post)
    found = {url: Looked(Preview("La carte", "Du delta.", "carte.example"), None)}
    await world.parvis.database.write(unfurling.keep, UUID(post["id"]), found)


@makes("post.pin_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    post = world.kept["post"]
    yield paths_of(post)
    await world.done(world.nadia, "PUT", url_of(post, "places", world.place.id, "pin"))


@makes("post.reactions_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    await world.done(world.omar, "PUT", url_of(world.kept["post"], "reactions", "thanks"))


@makes("reaction.mine_changed", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    await world.done(world.ines, "PUT", url_of(world.kept["post"], "reactions", "thanks"))


@makes("bookmark.mine_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    await world.done(world.ines, "PUT", url_of(world.kept["post"], "bookmark"))


@makes("comment.added")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    await world.parvis.database.write(_grow_quiet, UUID(world.place.id))
    world.kept["comment"] = await comment(world.omar, world.kept["post"], "Moi.")


async def _grow_quiet(session: AsyncSession, community_id: UUID) -> None:
    """As if nothing had been said there for an hour."""
    quiet = update(Community).where(Community.id == community_id)
    await session.execute(quiet.values(active_at=clock.now() - timedelta(hours=1)))


@makes("comment.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    url = url_of(world.kept["post"], "comments", world.kept["comment"]["id"])
    await world.done(world.omar, "PATCH", url, {"body": "Moi aussi."})


@makes("comment.reactions_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    url = url_of(world.kept["post"], "comments", world.kept["comment"]["id"], "reactions", "thanks")
    await world.done(world.nadia, "PUT", url)


@makes("comment.deleted")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    await world.done(world.omar, "DELETE", url_of(world.kept["post"], "comments", world.kept["comment"]["id"]))


@makes("post.deleted")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of(world.kept["post"])
    await world.done(world.omar, "DELETE", url_of(world.kept["post"]))


@makes("post.answer_accepted")
async def _(world: World) -> AsyncIterator[list[str]]:
    post = await ask(world.omar, world.place)
    answer = await comment(world.nadia, post)
    yield paths_of(post)
    await world.done(world.omar, "PUT", url_of(post, "accepted-answer"), {"comment_id": answer["id"]})


@makes("post.poll_voted")
async def _(world: World) -> AsyncIterator[list[str]]:
    options = {"options": ["Lundi", "Mardi"], "anonymous": False, "results": "always"}
    post = world.kept["poll"] = await say(world.omar, world.place, kind="poll", poll=options)
    yield paths_of(post)
    await world.done(world.omar, "PUT", url_of(post, "vote"), {"option_ids": [post["poll"]["options"][0]["id"]]})


@makes("post.mine_changed", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    post = world.kept["poll"]
    yield paths_of(post)
    await world.done(world.ines, "PUT", url_of(post, "vote"), {"option_ids": [post["poll"]["options"][1]["id"]]})


@makes("post.idea_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    post = await say(world.omar, world.place, kind="idea", title="Un garage à vélos")
    yield paths_of(post)
    await world.done(world.nadia, "PUT", url_of(post, "idea-answer"), {"status": "studied"})


@makes("post.event_answered")
async def _(world: World) -> AsyncIterator[list[str]]:
    post = world.kept["event"] = await gather(world.omar, world.place, seats=1)
    yield paths_of(post)
    assert await attend(world.omar, post) == 200


@makes("post.seat_given", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    post = world.kept["event"]
    assert await attend(world.ines, post) == 200
    yield paths_of(post)
    await world.done(world.omar, "DELETE", url_of(post, "attendance"))


@makes("post.scheduled_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    later = (clock.now() + timedelta(days=2)).isoformat()
    draft = {"body": "Plus tard.", "places": [world.place.id], "publish_at": later}
    await world.done(world.ines, "POST", f"{ME}/scheduled-posts", draft)


@makes("member.mentioned", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    world.kept["named"] = await say(world.omar, world.place, f"Voyez @[](person:{world.ines.id}).")


@makes("member.answered", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    post = await say(world.ines, world.place, "Qui a la clé ?")
    yield paths_of(post)
    await comment(world.omar, post, "Moi.")


@makes("notifications.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    position = (await world.ines.browser.get("/api/v1/notifications/count")).json()["position"]
    await world.done(world.ines, "PUT", "/api/v1/notifications/read", {"up_to": position})


def paths_of_room(room: Room, *more: str) -> list[str]:
    url = room.url.removeprefix("/api/v1")
    return ["/conversations", url, f"{url}/messages", f"{url}/members", *more]


@makes("message.posted", chapter="chat")
async def _(world: World) -> AsyncIterator[list[str]]:
    room = world.kept["room"] = await make_group(world.omar, world.ines, world.nadia)
    await room.say(world.omar, "Qui apporte la carte ?")
    yield paths_of_room(room)
    world.kept["message"] = await room.say(world.omar, f"Vois **ceci**, @[](person:{world.nadia.id}).")


@makes("message.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    message = world.kept["message"]
    yield paths_of_room(world.kept["room"], f"/messages/{message['id']}")
    await world.done(world.omar, "PATCH", f"{MESSAGES}/{message['id']}", {"text": "Voyez."}, **{"if-match": '"1"'})


@makes("message.unfurled")
async def _(world: World) -> AsyncIterator[list[str]]:
    url = "https://carte.example/delta"
    said = await world.kept["room"].say(world.omar, f"Voyez {url}")
    yield paths_of_room(world.kept["room"], f"/messages/{said['id']}")
    found = {url: Looked(Preview("La carte", "Du delta.", "carte.example"), None)}
    await world.parvis.database.write(chat_unfurling.keep, UUID(said["id"]), found)


@makes("message.reactions_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of_room(world.kept["room"])
    await world.done(world.nadia, "PUT", f"{MESSAGES}/{world.kept['message']['id']}/reactions/thanks")


@makes("message.pin_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of_room(world.kept["room"])
    await world.done(world.omar, "PUT", f"{MESSAGES}/{world.kept['message']['id']}/pin")


@makes("message.deleted")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield paths_of_room(world.kept["room"], f"/messages/{world.kept['message']['id']}")
    await world.done(world.omar, "DELETE", f"{MESSAGES}/{world.kept['message']['id']}")


@makes("conversation.changed", alone=False)
async def _(world: World) -> AsyncIterator[list[str]]:
    room = world.kept["room"]
    tag = await world.tag_of(world.omar, room.url)
    yield paths_of_room(room)
    await world.done(world.omar, "PATCH", room.url, {"name": "La carte"}, **{"if-match": tag})


@makes("conversation.mine_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    room = world.kept["room"]
    yield paths_of_room(room)
    await room.read(world.ines, (await room.seen_by(world.ines))["last_number"])


@makes("thread.mine_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    room = world.kept["room"]
    root = await room.say(world.ines, "Et après ?")
    await room.say(world.omar, "La source.", root_id=root["id"])
    replies = f"/messages/{root['id']}/replies"
    yield paths_of_room(room, replies)
    await world.done(world.ines, "PUT", f"/api/v1{replies}/read", {"number": 1})


@makes("chat.mine_chosen")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "PUT", f"{ME}/chat-preferences", {"shows_reading": False})


def paths_of_space(space: dict[str, Any], *more: str) -> list[str]:
    url = f"/folders/{space['folder_id']}"
    return [f"/communities/{space['community']['id']}/space", url, f"{url}/folders", f"{url}/documents", *more]


@makes("folder.changed", chapter="documents")
async def _(world: World) -> AsyncIterator[list[str]]:
    space = world.kept["space"] = await space_of(world.nadia, world.place)
    folder = world.kept["folder"] = await make_folder(world.omar, space)
    yield paths_of_space(space, f"/folders/{folder['id']}")
    await changed(world.omar, folder_url(folder), {"name": "Relevés"})
    await make_folder(world.nadia, folder, "Mars")


@makes("document.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    space, folder = world.kept["space"], world.kept["folder"]
    document = await put_document(world.omar, space)
    yield paths_of_space(space, f"/folders/{folder['id']}", f"/documents/{document['id']}")
    await changed(world.nadia, document_url(document), {"name": "Carte.txt", "folder_id": folder["id"]})
    await put_document(world.nadia, space, "Légende.txt")


@makes("page.thread_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    page = await make_page(world.omar, world.kept["space"])
    thread = await begin(world.nadia, page)
    url = f"/pages/{page['id']}/threads"
    yield [url, f"{url}/{thread['id']}", f"{url}/{thread['id']}/comments"]
    await answer(world.omar, page, thread)
    await world.done(world.omar, "PUT", f"/api/v1{url}/{thread['id']}/resolution")
    await begin(world.omar, page, "Et ici ?")


@makes("folder.followed")
async def _(world: World) -> AsyncIterator[list[str]]:
    url = f"/folders/{world.kept['folder']['id']}"
    yield [url]
    await world.done(world.ines, "PUT", f"/api/v1{url}/following")


@makes("announcement.draft_changed", chapter="administration")
async def _(world: World) -> AsyncIterator[list[str]]:
    draft = await world.done(world.ines, "POST", DRAFTS, {"title": "Horaires", "body": "Jusqu’à minuit."})
    yield [f"/announcements/drafts/{draft['id']}"]
    await world.done(world.ines, "POST", f"{DRAFTS}/{draft['id']}/sending")


@makes("announcement.told")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    world.kept["announcement"] = await announce(
        world.parvis, world.paul, to="audience", rule=STUDENTS, title="Bibliothèque", body="Ouverte."
    )


@makes("audience.changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "POST", "/api/v1/audiences", {"name": "Étudiants", "rule": STUDENTS})


@makes("calendar.feed_changed")
async def _(world: World) -> AsyncIterator[list[str]]:
    yield []
    await world.done(world.ines, "POST", f"{ME}/calendar-feed", {"holds": "answered"})


@makes("report.sent")
async def _(world: World) -> AsyncIterator[list[str]]:
    world.kept["bad"] = await say(world.omar, world.place, "Vendez vos notes.")
    yield []
    assert (await report(world.ines, world.kept["bad"])).is_success


@makes("report.received", "nadia")
async def _(world: World) -> AsyncIterator[list[str]]:
    post = world.kept["worse"] = await say(world.omar, world.place, "Achetez mes notes.")
    yield [f"/communities/{world.place.id}/cases", f"/communities/{world.place.id}/cases/count"]
    assert (await report(world.ines, post)).is_success


@makes("case.decided", "nadia")
async def _(world: World) -> AsyncIterator[list[str]]:
    case = (await cases(world.nadia, world.place))[0]
    yield [f"/communities/{world.place.id}/cases", f"/communities/{world.place.id}/cases/count"]
    assert (await decide(world.nadia, case)).is_success


@makes("report.decided")
async def _(world: World) -> AsyncIterator[list[str]]:
    case = (await cases(world.nadia, world.place))[0]
    yield [*paths_of(world.kept["bad"]), *paths_of(world.kept["worse"])]
    assert (await decide(world.nadia, case)).is_success


@makes("member.moderated", "omar")
async def _(world: World) -> AsyncIterator[list[str]]:
    post = await say(world.omar, world.place, "Cédez vos notes.")
    assert (await report(world.ines, post)).is_success
    case = (await cases(world.nadia, world.place))[0]
    yield paths_of(post)
    assert (await decide(world.nadia, case)).is_success
