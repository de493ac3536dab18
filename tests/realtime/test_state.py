"""Old state and events make the new state (invariant 7): for every type of event that clients are told.

Somebody holds what he fetched; something happens; what he is told is applied as `docs/apply.py` says; then what he
holds is what a fetch returns. If this fails for an event of yours: give it an act in `acts.py`, and in `docs/apply.py`
(with `frontend/src/app/live.ts`) say what it makes old.
"""

import json
import os
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from parvis import wiring
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, database_of_today, listen, run_jobs

from .acts import SCENARIOS, Scenario, World, make_world
from .conftest import Someone as Follower

APPLY = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "apply.py"))
MINE = (
    *("addresses", "credentials", "passkeys", "sessions", "tokens", "exports", "mails", "calendar-feed"),
    *("profile", "profile/preview?as=organisation", "interests", "blocks", "contacts", "contact-requests/count"),
    *("contact-requests", "contact-requests?direction=sent", "community-invitations"),
    *("bookmarks", "scheduled-posts", "decisions", "reports", "chat-preferences"),
)
ALWAYS = (
    *("/me", "/session", "/organisation", "/units", "/programmes", "/cohorts"),
    *(f"/me/{name}" for name in MINE),
    *("/profiles/{reader}", "/mentorships?side=mentee", "/mentorships?side=mentor", "/mentorships/count"),
    *("/notifications", "/notifications?unread=true", "/notifications/count"),
    *("/feed?order=recent", "/feed?tab=announcements&order=recent", "/agenda", "/square/posts"),
    *("/communities?mine=true", "/communities/{place}", "/communities/{place}/members", "/communities/{place}/posts"),
    *("/documents/spaces", "/me/space", "/communities/{place}/space"),
    *("/conversations", "/conversations/unread", "/communities/{place}/channels"),
    *("/announcements", "/announcements/drafts", "/audiences", "/cases", "/cases/count"),
)
"""What every reader holds."""
EACH = "PARVIS_EACH_ACT" in os.environ
"""To find which act it was."""
UNSAID = {"next", "as_of", "csrf_token", "seen_at", "used_at"}
"""What is said of the moment of asking alone."""
COUNTED_NOW_AND_THEN = {"/organisation": "publics"}
"""How many people of the organisation are of each public: a figure for all, which nothing tells."""


def test_every_type_that_is_told_has_an_act() -> None:
    told = {event.type for event in wiring.TOLD}
    assert told == SCENARIOS.keys()
    assert told - APPLY["ANEW"].keys() - APPLY["PATCHES"].keys() == set()


class Reader:
    """Somebody who holds what he fetched, follows his stream, and fetches anew what it makes old."""

    def __init__(self, world: World, name: str) -> None:
        someone = getattr(world, name)
        self.name, self.browser = name, someone.browser
        self.follower = Follower(someone.member, someone.browser)
        self.always = [path.format(place=world.place.id, reader=someone.id) for path in ALWAYS]
        self.held = APPLY["Held"]()

    async def begin(self) -> None:
        await self.follower.begin()
        await self.look(self.always)

    async def look(self, paths: list[str]) -> None:
        for path in paths:
            self.held.keep(path, await self.fetch(path))

    async def fetch(self, path: str) -> Any:
        """What the server says now; None, which is held too, when it is not there, or not yet, or not for him."""
        reply = await self.browser.get(f"/api/v1{path}")
        assert reply.status_code in {200, 403, 404}, f"{path}: {reply.text}"
        unsaid = UNSAID | {COUNTED_NOW_AND_THEN.get(path, "")}
        return said(reply.json(), unsaid) if reply.status_code == 200 else None

    async def news(self) -> list[dict[str, Any]]:
        news, heard = [], await self.follower.news(limit=200)
        while heard:
            news += heard
            heard = await self.follower.news(limit=200)
        return news

    async def catch_up(self) -> None:
        for event in await self.news():
            self.held.hear(event)
        await self.look(sorted(self.held.old))

    async def faults_of_all(self, since: list[str]) -> list[str]:
        """What he holds that is not what a fetch returns, though nothing told him so."""
        found = []
        for path, answer in list(self.held.answers.items()):
            fresh = await self.fetch(path)
            if answer != fresh:
                told = f"one of {since}" if len(since) > 1 else since[0]
                found.append(f"{told}: nothing tells {self.name} that {path} is {difference(answer, fresh)}")
                self.held.keep(path, fresh)
        return found


def copied(held: Any) -> Any:
    again = APPLY["Held"]()
    again.answers, again.old = orjson.loads(orjson.dumps(held.answers)), set(held.old)
    return again


def said(answer: Any, unsaid: set[str]) -> Any:
    if isinstance(answer, dict):
        return {key: said(value, unsaid) for key, value in answer.items() if key not in unsaid}
    return [said(one, unsaid) for one in answer] if isinstance(answer, list) else answer


Fresh = dict[str, Any]


def after(held: Any, fresh: Fresh, events: list[dict[str, Any]]) -> Fresh:
    """What a client holds after these, having fetched anew what they made old."""
    held = copied(held)
    for event in events:
        held.hear(event)
    for path in sorted(held.old):
        held.keep(path, fresh[path])
    answers: Fresh = held.answers
    return answers


def faults(type_: str, scenario: Scenario, held: Any, fresh: Fresh, events: list[dict[str, Any]]) -> list[str]:
    """What is wrong with what the reader holds. `fresh` has what events may make old."""
    if type_ not in {event["type"] for event in events}:
        return [f"{type_} was not told, but {sorted({event['type'] for event in events})}"]
    now = after(held, fresh, events)
    found = [f"{type_}: {path} is {difference(now[path], fresh[path])}" for path in differing(now, fresh)]
    twice = after(held, fresh, [again for event in events for again in (event, event)])
    found += [f"{type_}: told twice, {path} differs" for path in differing(now, twice)]
    late = copied(held)
    for path in fresh:
        late.keep(path, fresh[path])
    late = after(late, fresh, events)
    found += [f"{type_}: told after what came of it, {path} differs" for path in differing(late, fresh)]
    found += [f"{type_}: {one}" for one in lies(events, fresh)]
    others = after(held, fresh, [event for event in events if event["type"] != type_])
    makes_up = not differing(others, fresh)
    if scenario.alone == makes_up:
        found.append(f"{type_}: {'other events make up for it' if makes_up else 'nothing makes up for it'}")
    return found


def lies(events: list[dict[str, Any]], fresh: Fresh) -> list[str]:
    """Where events say what was said, and it is not what a fetch says."""
    about = [event for event in events if event["type"].startswith("message.")]
    last = {event["data"]["id"]: event for event in about if event["data"].get("complete", True)}
    answers = [message for answer in fresh.values() for id_ in last for message in APPLY["_within"](answer, id_)]
    pairs = [(last[message["id"]], message) for message in answers if "conversation_id" in message]
    return [
        f"{event['type']} says {key}: {event['data'][key]}, and a fetch {message[key]}"
        for event, message in pairs
        for key in (event["data"].keys() & message.keys()) - {"quote", "client_id"}
        if not is_said(event["data"][key], message[key])
    ]


def is_said(told: Any, fetched: Any) -> bool:
    """Whether a fetch says it too, with whatever else. None is left to the fetch."""
    if isinstance(told, dict) and isinstance(fetched, dict):
        return all(is_said(value, fetched.get(key)) for key, value in told.items())
    if isinstance(told, list) and isinstance(fetched, list):
        return len(told) == len(fetched) and all(map(is_said, told, fetched))
    return told is None or told == fetched


def differing(one: Fresh, other: Fresh) -> list[str]:
    return [path for path in one.keys() & other.keys() if one[path] != other[path]]


def difference(held: Any, fresh: Any, at: str = "") -> str:
    """Where two answers part."""
    if isinstance(held, dict) and isinstance(fresh, dict):
        for key in held.keys() | fresh.keys():
            if held.get(key) != fresh.get(key):
                return difference(held.get(key), fresh.get(key), f"{at}.{key}")
    if isinstance(held, list) and isinstance(fresh, list) and len(held) == len(fresh):
        for index, (one, other) in enumerate(zip(held, fresh, strict=True)):
            if one != other:
                return difference(one, other, f"{at}[{index}]")
    return f"old at {at or 'all'}: {json.dumps(held)[:150]} and not {json.dumps(fresh)[:150]}"


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
async def test_what_is_held_and_what_is_told_make_what_a_fetch_returns(parvis: Parvis, sign_in: SignIn) -> None:
    """After each act what it may have changed is looked at; after each chapter of `acts.py`, all that is held."""
    world = await make_world(parvis, sign_in)
    readers = {name: Reader(world, name) for name in ("ines", "omar", "nadia")}
    await settled(parvis)
    for reader in readers.values():
        await reader.begin()
    found: list[str] = []
    for since, is_chapter in chapters():
        type_, scenario = since[-1], SCENARIOS[since[-1]]
        found += await played(world, type_, scenario, readers[scenario.reader])
        if is_chapter:
            await readers["ines"].catch_up()
            found += await readers["ines"].faults_of_all(since)
    for reader in readers.values():
        await reader.catch_up()
        found += await reader.faults_of_all(["all of them"])
    assert "\n".join(found) == ""


def chapters() -> Iterator[tuple[list[str], bool]]:
    """The types of a chapter up to each act, and whether it is the last."""
    types = list(SCENARIOS)
    for number, type_ in enumerate(types):
        of = SCENARIOS[type_].chapter
        since = [one for one in types[: number + 1] if SCENARIOS[one].chapter == of]
        is_last = number + 1 == len(types) or SCENARIOS[types[number + 1]].chapter != of
        yield ([type_], True) if EACH else (since, is_last)


async def played(world: World, type_: str, scenario: Scenario, reader: Reader) -> list[str]:
    act = scenario.act(world)
    paths = await anext(act)
    await settled(world.parvis)
    await reader.catch_up()
    await reader.look(paths)
    held = copied(reader.held)
    assert await anext(act, None) is None
    await settled(world.parvis)
    events = await reader.news()
    for event in events:
        reader.held.hear(event)
    looked_at = {*reader.held.old, *paths} & reader.held.answers.keys()
    await reader.look(sorted(looked_at))
    return faults(type_, scenario, held, {path: reader.held.answers[path] for path in looked_at}, events)


async def settled(parvis: Parvis) -> None:
    """All that follows from what was done has been done."""
    await listen(parvis)
    await run_jobs(parvis)
    await listen(parvis)
