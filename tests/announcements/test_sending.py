"""Whom an announcement is told, by which channel, and how often within a week."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Organisation
from parvis.announcements.service import writing
from parvis.kernel import clock
from parvis.kernel.audit import AuditEntry
from parvis.kernel.jobs import Job
from parvis.kernel.listeners import ListenerState
from parvis.kernel.runtime import Parvis
from parvis.notifications.service import telling
from parvis.posts.models import Announcement, Recipient
from tests.conftest import CountedQueries, listen
from tests.make.announcements import (
    ANNOUNCEMENTS,
    DRAFTS,
    SAID,
    TO_STUDENTS,
    announce,
    ask_to_announce,
    crowd,
    preview,
    told,
    work,
)
from tests.make.communities import Someone, make_community
from tests.make.mailbox import Mailbox, text_of
from tests.make.notifications import choose
from tests.make.posts import seen, url_of, wall
from tests.make.posts import told as facts_told

FACTS = [{"label": "Dates", "value": "7 au 19 décembre"}, {"label": "Accès", "value": "Carte, hall est"}]


async def limit(parvis: Parvis, most: int) -> None:
    async def change(session: AsyncSession) -> None:
        (await session.get_one(Organisation, 1)).weekly_announcements = most

    await parvis.database.write(change)


async def test_an_announcement_on_the_square_is_told_to_all_but_guests(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, nadia: Someone, guest: Someone
) -> None:
    said = await announce(parvis, sophie, facts=FACTS)

    assert (said["kind"], said["reach"], said["announcement"]["facts"]) == ("announcement", "square", FACTS)
    assert await told(parvis, said) == {ines.id, claire.id, nadia.id}
    read = await seen(ines, said)
    assert (read["announcement"]["mine"], read["announcement"]["abilities"]) == (True, ["read"])
    assert (read["announcement"]["told"], read["announcement"]["publics"]) == (None, [])
    news = (await ines.browser.get("/api/v1/notifications")).json()["items"]
    assert [(one["kind"], one["about_id"], one["lines"][0]["reason"]) for one in news] == [
        ("post", said["id"], "announcement")
    ]
    facts = [fact for fact in await facts_told(parvis, "announcement.told") if fact.data["id"] == said["id"]]
    assert {fact.topic for fact in facts} == {f"member:{one.id}" for one in (ines, claire, nadia)}
    assert (await guest.browser.get("/api/v1/notifications")).json()["items"] == []
    async with parvis.database.reading() as session:
        entries = await session.scalars(select(AuditEntry.action))
        assert "announcement.sent" in set(entries)
    await listen(parvis)
    async with parvis.database.reading() as session:
        assert set(await session.scalars(select(ListenerState.attempts))) == {0}, "a listener did not take it in"


async def test_an_audience_alone_reads_what_is_for_it(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    said = await announce(parvis, sophie, **TO_STUDENTS)

    assert await told(parvis, said) == {ines.id}
    assert (await seen(ines, said))["reach"] == "recipients"
    for other in (claire, nadia):
        assert (await other.browser.get(url_of(said))).status_code == 404
        assert (await other.browser.put(f"{ANNOUNCEMENTS}/{said['id']}/reading")).status_code == 404
        assert (await other.browser.get(f"{ANNOUNCEMENTS}/{said['id']}/report")).status_code == 404
    changed = {"body": "Reporté.", "facts": FACTS[:1]}
    assert (await sophie.browser.patch(url_of(said), json=changed)).status_code == 200
    await work(parvis)
    facts = [fact for fact in await facts_told(parvis, "announcement.told") if fact.data["version"] == 2]
    assert [fact.topic for fact in facts] == [f"member:{ines.id}"], "who was told it is told that it changed"
    assert (await seen(ines, said))["announcement"]["facts"] == FACTS[:1]
    assert (await sophie.browser.delete(url_of(said))).status_code == 204
    assert (await ines.browser.get("/api/v1/notifications")).json()["items"] == []


async def test_in_a_community_those_announce_who_run_it(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    own, other = await make_community(sophie), await make_community(nadia, "Chœur universitaire")
    for place in (own, other):
        assert (await place.join(ines)).status_code == 200
    said = await announce(parvis, sophie, to="communities", places=[own.id])

    assert await told(parvis, said) == {ines.id}
    assert await wall(claire, own) == [SAID["title"]]
    assert (await ask_to_announce(sophie, to="communities", places=[other.id])).status_code == 403
    assert (await ask_to_announce(nadia, to="communities", places=[other.id])).status_code == 403
    for draft in (TO_STUDENTS, {"to": "square"}):
        assert (await ask_to_announce(ines, **draft)).status_code == 403
        assert (await ines.browser.post(f"{ANNOUNCEMENTS}/previews", json=draft)).status_code == 403
    assert (await ines.browser.post(f"{own.url}/posts", json={**SAID, "kind": "announcement"})).status_code == 422


async def test_nobody_is_told_more_in_a_week_than_the_organisation_decided(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone
) -> None:
    await limit(parvis, 1)
    first = await announce(parvis, sophie, **TO_STUDENTS)
    second = await announce(parvis, sophie)
    essential = await announce(parvis, sophie, essential=True)

    assert await told(parvis, first) == {ines.id}
    assert await told(parvis, second) == {claire.id}, "who was told enough is left out"
    assert await told(parvis, essential) == {ines.id, claire.id}
    assert (await seen(ines, second))["announcement"]["mine"] is False
    assert (await seen(ines, essential))["announcement"]["essential"] is True
    except_them = await announce(parvis, sophie, essential=True, excluded=[first["id"]])
    assert await told(parvis, except_them) == {claire.id}
    refused = await ask_to_announce(sophie, excluded=[ines.id])
    assert refused.json()["fields"][0]["path"] == "excluded"


async def test_it_goes_by_mail_to_those_who_get_such_mails(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, mailbox: Mailbox
) -> None:
    await choose(claire.browser, announcements={"mail": "never"})
    said = await announce(parvis, sophie, by_mail=True, facts=FACTS)

    (mail,) = mailbox.messages_to("ines.benali@univ.example")
    assert mail["subject"] == SAID["title"]
    assert mail["list-unsubscribe"].strip().startswith("<https://testserver/unsubscribe/")
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    text = text_of(mail)
    assert "Du 7 au 19 décembre, avec votre carte." in text
    assert "Dates: 7 au 19 décembre" in text
    assert f"https://testserver/posts/{said['id']}" in text
    assert mailbox.messages_to("claire.vasseur@univ.example") == []
    async with parvis.database.reading() as session:
        mailed = select(func.count()).select_from(Recipient).where(Recipient.mailed_at.is_not(None))
        assert await session.scalar(mailed) == 1


async def test_what_was_cut_short_goes_on_and_tells_nobody_twice(
    parvis: Parvis, sophie: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {str(one.id) for one in await crowd(parvis, 30)}
    monkeypatch.setattr(writing, "AT_ONCE", 8)
    calls: list[Any] = []

    async def killed(*said: Any) -> None:
        calls.append(said)
        if len(calls) == 3:
            raise RuntimeError("cut")
        await telling.tell(*said)

    monkeypatch.setattr(writing, "tell", killed)
    reply = await ask_to_announce(sophie, **TO_STUDENTS)
    await parvis.jobs.run_once()
    half = await told(parvis, reply.json())
    assert len(half) == 16, "what was told before stays, and nothing of the unit that was cut"
    await parvis.database.write(_try_again)
    await work(parvis)

    assert await told(parvis, reply.json()) == people
    assert len(calls) == 5
    async with parvis.database.reading() as session:
        announcement = (await session.scalars(select(Announcement))).one()
    assert (announcement.told, announcement.mix) == (30, {"student": 30})


async def _try_again(session: AsyncSession) -> None:
    await session.execute(update(Job).values(run_at=clock.now()))


async def test_while_it_is_open_who_enters_its_audience_is_told(
    parvis: Parvis, sophie: Someone, ines: Someone, moved_clock: clock.MovableClock
) -> None:
    closes_at = (clock.now() + timedelta(hours=3)).isoformat()
    said = await announce(parvis, sophie, **TO_STUDENTS, closes_at=closes_at)
    assert await told(parvis, said) == {ines.id}

    (new,) = await crowd(parvis, 1)
    moved_clock.advance(timedelta(hours=2))
    await work(parvis)
    assert await told(parvis, said) == {ines.id, str(new.id)}
    await crowd(parvis, 1, name="Tardif")
    moved_clock.advance(timedelta(hours=2))
    await work(parvis)
    assert await told(parvis, said) == {ines.id, str(new.id)}, "it is closed"


async def test_before_it_is_sent_one_sees_whom_it_reaches_but_no_handful_of_people(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, counted_queries: CountedQueries
) -> None:
    alone = await preview(sophie, to="square")
    assert (alone["people"], alone["fewer_than"], alone["by_mail"]) == (None, 5, None)
    await crowd(parvis, 13)
    await crowd(parvis, 10, "alum", "Ancienne")
    everybody = await preview(sophie, to="square")
    assert (everybody["people"], everybody["named"]) == (25, 25)
    assert everybody["by_mail"] == 0, "of two who get mails nothing is told"
    students = await preview(sophie, **TO_STUDENTS)
    assert (students["people"], students["told_enough"], students["most"]) == (14, 0, 5)

    await limit(parvis, 1)
    said = await announce(parvis, sophie, **TO_STUDENTS)
    left = await preview(sophie, to="square")
    assert (left["people"], left["told_enough"], left["named"]) == (11, 14, 25)
    assert (await preview(sophie, to="square", essential=True))["people"] == 25
    again = await preview(sophie, to="square", excluded=[said["id"]], essential=True)
    assert (again["people"], again["told_before"]) == (11, 14)
    rest = {"to": "audience", "rule": {"all": [{"kind": "public", "publics": ["student", "staff"]}]}}
    few = await preview(sophie, **rest)
    assert (few["people"], few["about"], few["told_enough"]) == (None, True, 14), "one of the staff is not told apart"
    with counted_queries() as asked:
        await preview(sophie, to="square")
    assert len(asked) <= 4


async def test_the_figure_before_is_how_many_are_told_after(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone
) -> None:
    await limit(parvis, 1)
    await crowd(parvis, 8)
    await crowd(parvis, 9, "alum", "Ancienne")
    await crowd(parvis, 6, "faculty", "Enseignante")
    first = await _as_foreseen(parvis, sophie, 9, **TO_STUDENTS)
    square = await _as_foreseen(parvis, sophie, 16)
    await crowd(parvis, 5, "alum", "Arrivée")
    both = {"to": "audience", "rule": {"any": [{"kind": "public", "publics": ["alum", "student"]}]}}
    await _as_foreseen(parvis, sophie, 5, **both)
    await _as_foreseen(parvis, sophie, 15, **both, essential=True, excluded=[first["id"]])
    await _as_foreseen(parvis, sophie, 5, essential=True, excluded=[first["id"], square["id"]])
    await crowd(parvis, 2, "affiliate", "Partenaire")
    with_partners = {"to": "audience", "rule": {"all": [{"kind": "public", "publics": ["student", "partner"]}]}}
    about = await preview(sophie, **with_partners, essential=True)
    assert (about["people"], about["about"], about["told_before"]) == (9, True, 0), "two more are told, and not counted"
    left = await preview(sophie, **with_partners, essential=True, excluded=[first["id"]])
    assert (left["people"], left["told_before"]) == (None, 9), "those left out are deducted all the same"


async def _as_foreseen(parvis: Parvis, author: Someone, people: int, **draft: Any) -> dict[str, Any]:
    before = await preview(author, **draft)
    said = await announce(parvis, author, **draft)
    assert (before["people"], before["about"], len(await told(parvis, said))) == (people, False, people)
    return said


async def test_a_frozen_audience_is_told_as_it_was(parvis: Parvis, sophie: Someone, ines: Someone) -> None:
    await crowd(parvis, 8)
    await crowd(parvis, 5, "faculty", "Enseignante")
    audiences = "/api/v1/audiences"
    draft = {"name": "Étudiants de novembre", "rule": TO_STUDENTS["rule"], "frozen": True}
    kept = (await sophie.browser.post(audiences, json=draft)).json()
    aim = {"to": "audience", "audience_id": kept["id"]}
    early = await ask_to_announce(sophie, **aim)
    assert [field["path"] for field in early.json()["fields"]] == ["audience_id"], "it is not frozen yet"
    await work(parvis)
    await crowd(parvis, 5, name="Nouvelle")
    assert (await preview(sophie, **aim))["people"] == 9
    said = await announce(parvis, sophie, **aim)
    assert len(await told(parvis, said)) == 9
    living = (await sophie.browser.post(audiences, json={**draft, "frozen": False})).json()
    refused = [
        {**aim, "audience_id": living["id"]},
        {**aim, "rule": TO_STUDENTS["rule"]},
        {**aim, "to": "square"},
        {**aim, "closes_at": (clock.now() + timedelta(hours=1)).isoformat()},
    ]
    assert [(await ask_to_announce(sophie, **one)).status_code for one in refused] == [422] * 4
    assert (await ask_to_announce(sophie, **{**aim, "audience_id": ines.id})).status_code == 404
    written = (await sophie.browser.post(DRAFTS, json={**SAID, **aim, "excluded": [said["id"]]})).json()
    assert {(one["id"], one["name"]) for one in written["names"]} == {
        (kept["id"], "Étudiants de novembre"),
        (said["id"], SAID["title"]),
    }
    assert (await sophie.browser.delete(f"{audiences}/{kept['id']}", headers={"if-match": '"2"'})).status_code == 204
    assert (await sophie.browser.post(f"{DRAFTS}/{written['id']}/sending")).status_code == 404
    assert len(await told(parvis, said)) == 9
