"""Choosing what to be told of: by kind and way, each for himself, and a pause."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from parvis.choices.models import CHANNELS, DEFAULTS, KINDS
from parvis.kernel.clock import MovableClock
from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from parvis.notifications.service.choosing import OF_REASONS, wants
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import Someone, arrive
from tests.make.notifications import CHOICES, choose

PREFERENCES = "/api/v1/me/chat-preferences"


@pytest.fixture
async def claire(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Claire Vasseur", "alum")


@pytest.fixture
async def ines(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Inès Benali", "student")


def test_each_kind_comes_by_mail_and_all_that_is_told_is_of_one() -> None:
    assert DEFAULTS.keys() == set(KINDS)
    assert len(KINDS) <= 12
    assert all("mail" in by_channel and by_channel.keys() <= set(CHANNELS) for by_channel in DEFAULTS.values())
    reasons = [reason for of_kind in OF_REASONS.values() for reason in of_kind]
    assert len(reasons) == len(set(reasons))


async def test_one_chooses_a_few_and_the_others_stay(claire: Someone, ines: Someone, parvis: Parvis) -> None:
    before = await claire.browser.get(CHOICES)
    of_kind = {one["kind"]: one for one in before.json()["kinds"]}
    assert of_kind["named"] == {"kind": "named", "here": True, "mail": "at_once", "push": True}
    assert of_kind["followed"] == {"kind": "followed", "here": None, "mail": "weekly", "push": None}

    changed = await choose(claire.browser, named={"mail": "daily", "push": False}, contacts={"here": False})
    again = {one["kind"]: one for one in changed["kinds"]}
    assert again.pop("named") == {"kind": "named", "here": True, "mail": "daily", "push": False}
    assert again.pop("contacts")["here"] is False
    assert again == {kind: one for kind, one in of_kind.items() if kind not in {"named", "contacts"}}
    assert (await ines.browser.get(CHOICES)).json() == before.json()

    await choose(claire.browser, named={"mail": "daily"})  # As before: it is not news.
    facts = [fact for fact in await parvis.log.after(Position()) if fact.type == "notification_choices.changed"]
    assert [fact.topic for fact in facts] == [f"member:{claire.id}"]


async def test_what_makes_no_sense_is_refused(client: httpx.AsyncClient, claire: Someone) -> None:
    assert (await client.get(CHOICES)).status_code == 401
    refused = (
        {"kinds": {"followed": {"push": True}}},
        {"kinds": {"weather": {"mail": "daily"}}},
        {"kinds": {"named": {"mail": None}}},
        {"paused_until": "2020-01-01T00:00:00Z"},
        {"paused_until": "2999-01-01T00:00:00Z"},
    )
    for draft in refused:
        assert (await claire.browser.patch(CHOICES, json=draft)).status_code == 422, draft
    etag = (await claire.browser.get(CHOICES)).headers["etag"]
    await choose(claire.browser, named={"mail": "never"})
    late = await claire.browser.patch(CHOICES, json={"kinds": {}}, headers={"if-match": etag})
    assert late.status_code == 412


async def test_who_wants_what_now_is_one_question(
    claire: Someone, ines: Someone, parvis: Parvis, counted_queries: CountedQueries, moved_clock: MovableClock
) -> None:
    both = {UUID(claire.id), UUID(ines.id)}

    async def wanting(kind: str, channel: str, rhythm: str = "at_once") -> set[str]:
        async with parvis.database.reading() as session:
            return {str(id_) for id_ in await wants(session, both, kind, channel, rhythm)}  # type: ignore[arg-type]

    with counted_queries() as queries:
        assert await wanting("named", "push") == {claire.id, ines.id}
    assert len(queries) == 1
    await choose(claire.browser, named={"push": False, "mail": "weekly"})
    assert await wanting("named", "push") == {ines.id}
    assert (await wanting("named", "mail"), await wanting("named", "mail", "weekly")) == ({ines.id}, {claire.id})
    assert await wanting("followed", "push") == set()

    here = moved_clock.instant.hour * 60 + moved_clock.instant.minute
    hours = {"quiet_from": (here - 60) % 1440, "quiet_until": (here + 60) % 1440, "time_zone": "UTC"}
    assert (await ines.browser.put(PREFERENCES, json=hours)).status_code == 200
    assert await wanting("named", "mail") == await wanting("named", "push") == set()
    assert await wanting("answered", "mail", "daily") == {claire.id, ines.id}
    moved_clock.advance(timedelta(hours=2))
    assert await wanting("named", "push") == {ines.id}

    await choose(ines.browser, paused_until=moved_clock.instant + timedelta(days=3))
    assert (await wanting("named", "push"), await wanting("answered", "mail", "daily")) == (set(), {claire.id})
    assert await wanting("named", "here") == {claire.id, ines.id}
    moved_clock.advance(timedelta(days=4))
    assert await wanting("named", "push") == {ines.id}
    assert (await ines.browser.get(CHOICES)).json()["paused_until"] is None
