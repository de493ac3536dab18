"""Rights: whom they let through, at once, everywhere; held against a plain evaluation of the same rules."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from parvis.accounts.actor import Actors
from parvis.kernel.runtime import Parvis
from parvis.realtime.topics import Topics
from tests.conftest import SignIn, run_jobs, until_readable
from tests.make.communities import Place, Someone, arrive, make_community
from tests.make.directory import list_everybody
from tests.make.spaces import (
    DOCUMENTS,
    answered,
    changing,
    document_url,
    folder_url,
    make_folder,
    names_in,
    own_space,
    put_document,
    seen,
    space_of,
)

EVENTS = "/api/v1/events"


async def grant(
    someone: Someone, url: str, *grants: dict[str, Any], inherits: bool = True, status: int = 200
) -> dict[str, Any]:
    """Puts these in the place of the rights that something has."""
    tag = (await someone.browser.get(f"{url}/rights")).headers.get("etag", '"0"')
    body = {"inherits": inherits, "grants": list(grants)}
    reply = await someone.browser.put(f"{url}/rights", json=body, headers={"if-match": tag})
    assert reply.status_code == status, reply.text
    found: dict[str, Any] = reply.json()
    return found


def to(someone: Someone, level: str = "read") -> dict[str, str]:
    return {"level": level, "member_id": someone.id}


async def topics_of(parvis: Parvis, someone: Someone) -> list[str]:
    [cookie] = someone.browser.cookies.jar
    actor = await parvis.part(Actors).by_cookie(cookie.value or "")
    assert actor is not None
    async with parvis.database.reading() as session:
        return [topic for topic, _ in await parvis.part(Topics).of(session, actor) if topic.startswith("folder:")]


async def test_a_folder_that_is_narrowed_is_there_for_nobody_else(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, place: Place
) -> None:
    space = await space_of(ana, place)
    folder = await make_folder(ana, space, "Jury")
    inner = await make_folder(ana, folder, "Notes")
    document = await put_document(ana, inner, "Canari.txt")
    asked = [
        *(f"{folder_url(one)}{path}" for one in (folder, inner) for path in ("", "/folders", "/documents", "/readers")),
        *(f"{document_url(document)}{path}" for path in ("", "/content", "/versions", "/readers")),
        document["url"],
    ]
    assert {(await ben.browser.get(url)).status_code for url in asked} == {200}
    assert (await ben.browser.get(f"{folder_url(folder)}/rights")).status_code == 403
    made = await grant(ana, folder_url(folder), to(zoe, "write"), inherits=False)
    assert (made["inherits"], made["version"], made["inherited"]) == (False, 1, [])
    assert {(await ben.browser.get(url)).status_code for url in asked} == {404}
    assert await names_in(ben, space, "folders") == []
    assert await names_in(ben, space, q="canari") == []
    assert (await seen(ben, folder_url(space)))["folders"] == 0
    assert (await seen(ben, f"{DOCUMENTS}/recent"))["items"] == []
    assert await topics_of(parvis, ben) == []
    # To whom it is granted sees it, and nothing above; who runs the community always does.
    found = await seen(zoe, folder_url(inner))
    assert (found["level"], [crumb["name"] for crumb in found["path"]], found["space"]["folder_id"]) == (
        "write",
        ["Jury"],
        None,
    )
    assert (await zoe.browser.get(folder_url(space))).status_code == 404
    assert await topics_of(parvis, zoe) == [f"folder:{folder['id']}.2"]
    [shared] = (await seen(zoe, f"{DOCUMENTS}/shared-with-me"))["items"]
    assert (shared["folder"]["id"], shared["folder"]["public"]) == (folder["id"], "restricted")
    assert [
        one["folder"]["id"] for one in (await seen(ana, f"{DOCUMENTS}/shared-by-me?member_id={zoe.id}"))["items"]
    ] == [folder["id"]]
    assert (await seen(ana, folder_url(inner)))["level"] == "manage"
    readers = await seen(zoe, f"{folder_url(folder)}/readers")
    assert ([one["person"]["name"] for one in readers["items"]], readers["people"]) == (["Zoé Zola"], 2)
    # Taken back, it is as it was.
    await grant(ana, folder_url(folder))
    assert {(await ben.browser.get(url)).status_code for url in asked} == {200}
    assert {(await zoe.browser.get(url)).status_code for url in asked} == {404}
    assert await topics_of(parvis, zoe) == []


async def test_who_runs_a_community_is_told_on_which_topic_a_narrowed_folder_is_from_now_on(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, place: Place
) -> None:
    """Else a browser of hers that is open would hear of it only when its rights are judged anew in any case."""
    folder = await make_folder(ana, await space_of(ana, place), "Jury")
    since = {one: (await seen(one, EVENTS))["cursor"] for one in (ana, ben, zoe)}
    await grant(ana, folder_url(folder), to(zoe), inherits=False)
    await until_readable(parvis)

    async def gained(one: Someone) -> list[str]:
        told = (await seen(one, f"{EVENTS}?since={since[one]}"))["items"]
        return [event["data"]["about"] for event in told if event["type"] == "access.gained"]

    assert [await gained(one) for one in (ana, ben, zoe)] == [[topic := f"folder:{folder['id']}.2"], [], [topic]]
    since = {one: (await seen(one, EVENTS))["cursor"] for one in (ana, ben, zoe)}
    await grant(ana, folder_url(folder), to(zoe, "write"), inherits=False)
    await until_readable(parvis)
    assert await gained(ana) == [], "it is the same topic"


async def test_rights_are_given_to_people_communities_and_audiences(
    parvis: Parvis, sign_in: SignIn, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    paul = await arrive(parvis, sign_in, "Paul Prieur", "staff", roles=("communicator",))
    guest = await arrive(parvis, sign_in, "Gil Guerin", None)
    await list_everybody(parvis)
    mine = await own_space(paul)
    document = await put_document(paul, mine, "Règlement.txt")
    url = document_url(document)
    place = await make_community(ana, "Atelier")
    assert (await place.join(ben)).status_code == 200
    students = {"all": [{"kind": "public", "publics": ["student"]}]}
    audience = await answered(paul.browser.post("/api/v1/audiences", json={"name": "Étudiants", "rule": students}))

    async def levels() -> list[str | None]:
        found = [await one.browser.get(url) for one in (ben, zoe, guest)]
        return [reply.json().get("level") if reply.status_code == 200 else None for reply in found]

    assert await levels() == [None, None, None]
    assert (await seen(paul, url))["access"] == "inherited"
    await grant(paul, url, {"level": "comment", "community_id": place.id}, to(zoe, "manage"))
    assert await levels() == ["comment", "manage", None]
    await grant(paul, url, {"level": "read", "audience_id": audience["id"]})
    await run_jobs(parvis)
    assert await levels() == ["read", None, None], "Ben is a student"
    readers = await seen(ben, f"{url}/readers")
    assert [(one["kind"], one["audience"], one["people"]) for one in readers["groups"]] == [("audience", None, None)]
    alumni = {"all": [{"kind": "public", "publics": ["alum"]}]}
    tag = (await paul.browser.get(f"/api/v1/audiences/{audience['id']}")).headers.get("etag", "*")
    moved = {"name": "Anciens", "rule": alumni}
    await answered(paul.browser.put(f"/api/v1/audiences/{audience['id']}", json=moved, headers={"if-match": tag}))
    await run_jobs(parvis)
    assert await levels() == [None, "read", None], "an audience is kept true"
    unknown = {"level": "read", "audience_id": audience["id"]}
    theirs = document_url(await put_document(ben, await own_space(ben)))
    await grant(ben, theirs, unknown, status=422)
    stale = await paul.browser.put(f"{url}/rights", json={"grants": []}, headers={"if-match": '"0"'})
    assert stale.status_code == 412
    assert (await paul.browser.put(f"{url}/rights", json={"grants": []})).status_code == 428
    await grant(paul, url)
    assert await levels() == [None, None, None]


async def test_what_is_another_s_is_not_taken_along(ana: Someone, ben: Someone, zoe: Someone, place: Place) -> None:
    space = await space_of(ana, place)
    outer = await make_folder(ben, space, "Dehors")
    hidden = await make_folder(ana, outer, "Caché")
    await grant(ana, folder_url(hidden), to(zoe), inherits=False)
    for body in ({"parent_id": (await make_folder(ben, space, "Ailleurs"))["id"]}, None):
        reply = await changing(ben, folder_url(outer), body, "PATCH" if body else "DELETE")
        assert (reply.status_code, reply.json()["code"]) == (409, "holds_what_is_not_yours")
    mine = await own_space(ana)
    assert (await changing(ana, folder_url(outer), {"parent_id": mine["folder_id"]})).status_code == 200
    assert (await seen(zoe, folder_url(hidden)))["space"]["kind"] == "other", "what was granted stays granted"
    assert (await ben.browser.get(folder_url(outer))).status_code == 404
    assert (await place_leaves(ana, ben, place)) == 204


async def place_leaves(ana: Someone, ben: Someone, place: Place) -> int:
    return (await ana.browser.delete(f"{place.url}/members/{ben.id}")).status_code


# --- the same rules, evaluated plainly --------------------------------------------------------------------------------

LEVELS = ("read", "comment", "write", "manage")
PEOPLE = ("ana", "ben", "zoe")


@dataclass
class Node:
    """A folder or a document of a tree, with the rights it was given."""

    url: str
    parent: "Node | None"
    inherits: bool = True
    grants: dict[str, str] = field(default_factory=dict)

    def chain(self) -> "list[Node]":
        return [self, *(self.parent.chain() if self.parent and self.inherits else [])]


def level_of(node: Node, person: str, members: set[str]) -> str | None:
    """Ana runs the community; `members` are in it, and its space is for them to write in."""
    if person == "ana":
        return "manage"
    found = [one.grants[person] for one in node.chain() if person in one.grants]
    if person in members:
        found += [one.grants["community"] for one in node.chain() if "community" in one.grants]
    return max(found, key=LEVELS.index, default=None)


@pytest.mark.unmeasured
async def test_rights_are_what_a_plain_evaluation_says(ana: Someone, ben: Someone, zoe: Someone, place: Place) -> None:
    """Folders in folders with a document in each, given and taken rights in turn; each seen by everybody."""
    space = await space_of(ana, place)
    people = {"ana": ana, "ben": ben, "zoe": zoe}
    root = Node(folder_url(space), None, False, {"community": "write"})
    a, b = Node("", root), Node("", root)
    nodes = [root, a, Node("", a), b, Node("", a), Node("", b)]
    made: dict[int, dict[str, Any]] = {id(root): space}
    for number, node in enumerate(nodes[1:4]):
        assert node.parent is not None
        made[id(node)] = await make_folder(ana, made[id(node.parent)], f"Dossier {number}")
        node.url = folder_url(made[id(node)])
    for node in nodes[4:]:
        assert node.parent is not None
        node.url = document_url(await put_document(ana, made[id(node.parent)], "Plan.txt"))
    draw = random.Random(20261126)
    for _ in range(14):
        node = draw.choice(nodes)
        who = draw.sample(("ben", "zoe", "community"), draw.randrange(3))
        node.grants = {one: draw.choice(LEVELS) for one in who}
        node.inherits = node is not root and draw.random() < 0.6
        if not node.grants and node is not root:
            node.inherits = node.inherits or draw.random() < 0.5
        await grant(
            ana,
            node.url,
            *(
                {
                    "level": level,
                    **({"community_id": place.id} if one == "community" else {"member_id": people[one].id}),
                }
                for one, level in node.grants.items()
            ),
            inherits=node.inherits,
        )
        for each in nodes:
            for name in PEOPLE:
                reply = await people[name].browser.get(each.url)
                found = reply.json()["level"] if reply.status_code == 200 else None
                assert found == level_of(each, name, {"ben"}), f"{name} at {each.url}: {node}"
