"""What is done in a folder, and who is told of it: as they may read it now."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Folder, FolderAct
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, listen, run_jobs
from tests.make.communities import Place, Someone, make_community
from tests.make.notifications import lines, read, told, unread
from tests.make.spaces import (
    answered,
    changed,
    document_url,
    folder_url,
    make_folder,
    own_space,
    put_document,
    seen,
    space_of,
)


async def acts(someone: Someone, folder: dict[str, Any], **query: Any) -> list[tuple[str, str, str]]:
    """What, with what and by whom, the last first."""
    found = await answered(someone.browser.get(f"{folder_url(folder)}/activity", params=query))
    return [(one["what"], one["name"], one["by"]["name"].split()[0]) for one in found["items"]]


async def follow(someone: Someone, folder: dict[str, Any], method: str = "PUT") -> int:
    return (await someone.browser.request(method, f"{folder_url(folder)}/following")).status_code


async def said(parvis: Parvis, someone: Someone) -> list[list[tuple[str, list[str], int]]]:
    await run_jobs(parvis)
    return await lines(parvis, someone)


async def test_what_is_done_in_a_folder_is_read_as_far_as_one_reads_what_it_was_done_with(
    ana: Someone, ben: Someone, zoe: Someone, place: Place, counted_queries: CountedQueries
) -> None:
    space = await space_of(ana, place)
    course = await make_folder(ben, space, "Cours")
    inner = await make_folder(ben, course, "Annexes")
    plan = await put_document(ben, inner, "Plan.txt", b"un")
    await put_document(ana, inner, "plan.txt", b"deux", if_exists="version")
    await answered(ana.browser.put(f"{document_url(plan)}/versions/1/current", headers={"if-match": "*"}))
    await changed(ben, document_url(plan), {"name": "Carte.txt"})
    await changed(ben, document_url(plan), {"folder_id": course["id"]})
    of_course = [
        ("moved", "Carte.txt", "Ben"),
        ("renamed", "Carte.txt", "Ben"),
        ("restored", "Carte.txt", "Ana"),
        ("version_added", "Carte.txt", "Ana"),
        ("added", "Carte.txt", "Ben"),
        ("made", "Annexes", "Ben"),
    ]
    assert await acts(ben, course) == await acts(ana, course) == of_course
    assert await acts(ben, space) == [*of_course, ("made", "Cours", "Ben")]
    assert await acts(ben, inner) == of_course[1:5]
    first = await seen(ben, f"{folder_url(course)}/activity?limit=1")
    [last] = first["items"]
    assert (last["kind"], last["thing_id"], last["group"], last["is_trashed"], last["number"], last["folder"]) == (
        *("document", plan["id"], "text", False, None),
        {"id": course["id"], "name": "Cours"},
    )
    with counted_queries() as queries:
        assert await acts(ben, course, limit=2, cursor=first["next"]) == of_course[1:3]
    assert len(queries) <= 5
    # What is in the trash is told to who writes there; what is apart, to who reads it; nothing to others.
    await changed(ana, f"{folder_url(space)}/rights", _read_by(place), "PUT")
    await changed(ana, document_url(plan), None, "DELETE")
    assert (await acts(ben, course), (await acts(ana, course))[0]) == (of_course[5:], ("trashed", "Carte.txt", "Ana"))
    await answered(ana.browser.post(f"{document_url(plan)}/recovery"))
    assert (await acts(ben, course))[:2] == [("recovered", "Carte.txt", "Ana"), ("trashed", "Carte.txt", "Ana")]
    await changed(ana, f"{document_url(plan)}/rights", {"inherits": False, "grants": []}, "PUT")
    assert await acts(ben, course) == of_course[5:]
    given = {"inherits": False, "grants": [{"level": "read", "member_id": ben.id}]}
    await changed(ana, f"{document_url(plan)}/rights", given, "PUT")
    assert (await acts(ben, course))[0] == ("shared", "Carte.txt", "Ana")
    assert (await zoe.browser.get(f"{folder_url(course)}/activity")).status_code == 404


def _read_by(place: Place) -> dict[str, Any]:
    return {"inherits": False, "grants": [{"level": "read", "community_id": place.id}]}


async def test_who_follows_a_folder_is_told_of_what_others_add_there_and_below(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, place: Place
) -> None:
    space = await space_of(ana, place)
    course = await make_folder(ana, space, "Cours")
    inner = await make_folder(ana, course, "Annexes")
    assert [await follow(zoe, course), await follow(zoe, course, "DELETE")] == [404, 404]
    assert [await follow(ben, folder) for folder in (space, course, course)] == [204] * 3
    assert (await seen(ben, folder_url(course)))["is_followed"] is True
    assert (await seen(ana, folder_url(course)))["is_followed"] is False
    plan = await put_document(ana, inner, "Plan.txt")
    await put_document(ana, course, "plan.txt")
    await put_document(ben, inner, "Mien.txt")
    await listen(parvis)
    # The nearest folder alone says it, once for all that came in it.
    assert await said(parvis, ben) == [[("document_added", ["Ana Arnaud"], 1)]]
    assert await said(parvis, ana) == []
    [one] = (await told(parvis, ben))["items"]
    assert (one["kind"], one["about_id"], one["subject"], one["unseen"]) == ("folder", course["id"], "Cours", 2)
    assert (one["lines"][0]["comment_id"], one["lines"][0]["document_id"] is not None) == (None, True)
    assert (await read(ben, one)).is_success
    await put_document(ana, inner, "Plan.txt", b"deux", if_exists="version")
    elsewhere = await put_document(ana, space, "Ailleurs.txt")
    assert sorted(await said(parvis, ben)) == [
        [("document_added", ["Ana Arnaud"], 1)],
        [("version_added", ["Ana Arnaud"], 1)],
    ]
    # What he may not read is neither told, nor left among what was.
    secret = await make_folder(ana, course, "Notes")
    await changed(ana, f"{folder_url(secret)}/rights", {"inherits": False, "grants": []}, "PUT")
    await put_document(ana, secret, "12.txt")
    await changed(ana, document_url(elsewhere), None, "DELETE")
    await changed(ana, f"{document_url(plan)}/rights", {"inherits": False, "grants": []}, "PUT")
    assert await said(parvis, ben) == [[("document_added", ["Ana Arnaud"], 1)]]
    assert await follow(ben, course, "DELETE") == await follow(ben, course, "DELETE") == 204
    assert await follow(ben, space, "DELETE") == 204
    await put_document(ana, course, "Après.txt")
    assert (await unread(parvis, ben), (await seen(ben, folder_url(course)))["is_followed"]) == (0, False)
    assert (await ana.browser.delete(f"{place.url}/members/{ben.id}")).status_code == 204
    assert await said(parvis, ben) == []


async def test_the_whole_organisation_follows_what_is_open_and_nobody_what_is_one_s_own(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    opened = await make_community(ana, "Atelier ouvert")
    space, mine = await space_of(ana, opened), await own_space(ana)
    assert [await follow(someone, space) for someone in (ben, zoe)] == [204, 204]
    assert await follow(ben, mine) == 404
    assert (await ana.browser.put(f"{opened.url}/bans/{ben.id}", json={})).status_code in {200, 204}
    await put_document(ana, space, "Plan.txt")
    await put_document(ana, mine, "À moi.txt")
    assert await said(parvis, zoe) == [[("document_added", ["Ana Arnaud"], 1)]]
    assert await said(parvis, ben) == []


async def test_what_was_done_is_forgotten_after_a_year(
    ana: Someone, place: Place, parvis: Parvis, moved_clock: MovableClock
) -> None:
    space = await space_of(ana, place)
    await make_folder(ana, space, "Cours")
    await make_folder(ana, space, "Annales")
    await parvis.database.write(_done_later, "Annales", timedelta(days=100))
    moved_clock.advance(timedelta(days=360))
    await run_jobs(parvis)
    assert await parvis.database.read(_told) == ["Cours", "Annales"]
    moved_clock.advance(timedelta(days=40))
    await run_jobs(parvis)
    assert await parvis.database.read(_told) == ["Annales"]


async def _done_later(session: AsyncSession, name: str, later: timedelta) -> None:
    inner = select(Folder.id).where(Folder.name == name).scalar_subquery()
    await session.execute(update(FolderAct).where(FolderAct.inner_id == inner).values(at=clock.now() + later))


async def _told(session: AsyncSession) -> list[str]:
    query = select(Folder.name).join(FolderAct, FolderAct.inner_id == Folder.id).order_by(FolderAct.id)
    return list(await session.scalars(query))
