"""What pages say of members: they are told once, if they may read it, and find what is theirs to do."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import LeasedJob
from parvis.kernel.runtime import Parvis
from parvis.pages import queries, tree, yjs
from parvis.pages.service.keeping import Writing, keep
from parvis.pages.service.settling import settle_pages
from parvis.pages.tasks.finding import NO_DAY, stock_of
from tests.conftest import CountedQueries
from tests.make.communities import Place, Someone
from tests.make.notifications import lines
from tests.make.spaces import answered, document_url, make_page, own_space

from .conftest import grant

Page = dict[str, Any]
TASKS = "/api/v1/me/page-tasks"


def mention(someone: Someone) -> Page:
    return {"type": "paragraph", "content": [{"type": "mention", "attrs": {"id": someone.id, "label": someone.name}}]}


def task(words: str, someone: Someone | None, **attributes: Any) -> Page:
    said = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
    assignee = {"assignee": someone.id} if someone else {}
    item = {"type": "taskItem", "attrs": {"checked": False, **assignee, **attributes}, "content": [said]}
    return {"type": "taskList", "content": [item]}


async def says(parvis: Parvis, writer: Someone, page: Page, *nodes: Page) -> None:
    """The page says this and nothing else, as its writer's editor would have it, and is brought together."""
    document_id = UUID(page["id"])
    written = await parvis.database.read(queries.written, document_id)
    document = yjs.document(written.updates)
    before, root = document.get_state(), yjs.root(document)
    with document.transaction():
        if len(root.children):
            del root.children[0 : len(root.children)]
        tree.write(document, list(nodes))
    writing = Writing(writer.member.id, frozenset({document.client_id}), document.get_update(before))
    await parvis.database.write(keep, document_id, [writing])
    job = LeasedJob(new_id(), "pages.settle", {"document_id": page["id"]}, 1)
    for _ in range(2):  # Twice, as after a worker that died.
        await settle_pages(parvis.database)(job)


async def mine(someone: Someone) -> list[tuple[str, str | None]]:
    found = await answered(someone.browser.get(TASKS))
    return [(item["text"], item["due"]) for item in found["items"]]


async def test_who_is_named_is_told_once_if_he_may_read_it(
    ana: Someone, ben: Someone, zoe: Someone, page: Page, parvis: Parvis
) -> None:
    await says(parvis, ana, page, mention(ben), mention(zoe), mention(ana))
    assert await lines(parvis, ben) == [[("page_named", ["Ana Arnaud"], 1)]]
    assert [await lines(parvis, who) for who in (zoe, ana)] == [[], []]
    [item] = (await answered(ben.browser.get("/api/v1/notifications")))["items"]
    assert (item["kind"], item["about_id"], item["lines"][0]["comment_id"]) == ("page", page["id"], None)
    await says(parvis, ana, page)
    await says(parvis, ana, page, mention(ben))
    [item] = (await answered(ben.browser.get("/api/v1/notifications")))["items"]
    assert item["unseen"] == 1
    await says(parvis, ana, page, mention(ben), mention(ben))
    await lines(parvis, ben)
    [item] = (await answered(ben.browser.get("/api/v1/notifications")))["items"]
    assert item["unseen"] == 2
    await grant(ana, page, read=[])
    assert await lines(parvis, ben) == []


async def test_who_is_given_a_task_is_told_and_finds_it(
    ana: Someone, ben: Someone, zoe: Someone, place: Place, page: Page, parvis: Parvis
) -> None:
    far, near = "2027-03-18", "2027-03-02"
    await says(
        parvis,
        ana,
        page,
        task("Bottes", ben, key="a1"),
        task("Mires", ben, key="a2", due=far),
        task("GPS", ben, key="a3", due=near),
        task("Carte", zoe, key="a4"),
        task("Café", None),
        task("Faite", ben, key="a5", checked=True),
        task("Étrange", None, assignee="pas un membre", due=7),
    )
    assert await mine(ben) == [("GPS", near), ("Mires", far), ("Bottes", None)]
    assert await lines(parvis, ben) == [[("task_given", ["Ana Arnaud"], 1)]]
    assert [await lines(parvis, who) for who in (zoe, ana)] == [[], []]
    assert await mine(zoe) == []
    first = await answered(ben.browser.get(TASKS, params={"limit": 2}))
    rest = await answered(ben.browser.get(TASKS, params={"limit": 2, "cursor": first["next"]}))
    assert [item["text"] for item in first["items"] + rest["items"]] == ["GPS", "Mires", "Bottes"]
    [item] = [one for one in first["items"] if one["text"] == "GPS"]
    assert (item["document_id"], item["page_name"], item["community"]["id"]) == (page["id"], page["name"], place.id)
    await says(
        parvis, ben, page, task("Bottes, tailles 37 à 44", ana, key="a1"), task("GPS", ben, key="a3", checked=True)
    )
    assert await mine(ben) == []
    assert await mine(ana) == [("Bottes, tailles 37 à 44", None)]
    assert await lines(parvis, ana) == [[("task_given", ["Ben Barre"], 1)]]
    await grant(ana, page, read=[])
    assert (await ben.browser.get(TASKS)).json()["items"] == []
    copy = await answered(
        ana.browser.post(f"{document_url(page)}/copies", json={"folder_id": (await own_space(ana))["folder_id"]})
    )
    await says(parvis, ana, copy, task("Bottes, tailles 37 à 44", ana, key="a1"), mention(ben))
    assert len(await mine(ana)) == 2
    assert await lines(parvis, ben) == []


async def test_of_several_writers_nobody_knows_who_said_it(
    ana: Someone, ben: Someone, zoe: Someone, page: Page, parvis: Parvis
) -> None:
    await grant(ana, page, write=[ben, zoe])
    for writer in (ana, ben):
        written = await parvis.database.read(queries.written, UUID(page["id"]))
        document = yjs.document(written.updates)
        before = document.get_state()
        tree.write(document, [mention(zoe)])
        writing = Writing(writer.member.id, frozenset({document.client_id}), document.get_update(before))
        await parvis.database.write(keep, UUID(page["id"]), [writing])
    await settle_pages(parvis.database)(LeasedJob(new_id(), "pages.settle", {"document_id": page["id"]}, 1))
    assert await lines(parvis, zoe) == [[("page_named", [], 1)]]


async def test_a_task_is_recalled_on_its_day_while_it_is_open(
    ana: Someone, ben: Someone, page: Page, parvis: Parvis, moved_clock: MovableClock
) -> None:
    day = (clock.now() + timedelta(days=3)).date().isoformat()
    open_, done = task("Mires", ben, key="a1", due=day), task("GPS", ben, key="a2", due=day)
    await says(parvis, ana, page, open_, done)
    done["content"][0]["attrs"]["checked"] = True
    await says(parvis, ana, page, open_, done)
    assert "task_due" not in str(await lines(parvis, ben))
    moved_clock.advance(timedelta(days=4))
    reasons = [[line[0] for line in item] for item in await lines(parvis, ben)]
    assert reasons == [["task_given", "task_due"]]
    [item] = (await answered(ben.browser.get("/api/v1/notifications")))["items"]
    assert [line["count"] for line in item["lines"]] == [1, 1]
    assert item["unseen"] == 3


def test_what_a_page_says_of_members_is_read_whatever_stands_there() -> None:
    someone = str(new_id())
    node = {"type": "taskItem", "attrs": {"assignee": someone, "due": "hier"}, "content": []}
    copied = {"type": "taskItem", "attrs": {"assignee": someone, "key": "k", "checked": "oui"}}
    stock = stock_of({"type": "doc", "content": [node, copied, copied, {"type": "mention"}]})
    assert [(one.key, one.is_done, one.by_day) for one in stock.tasks[1:]] == [
        ("k", False, NO_DAY),
        ("k 2", False, NO_DAY),
    ]
    assert (stock.tasks[0].by_day, len(stock.tasks[0].key), stock.named) == (NO_DAY, 16, {})


@pytest.mark.parametrize("number", [1, 40])
async def test_tasks_are_read_in_as_many_queries_however_many(
    ana: Someone, page: Page, parvis: Parvis, counted_queries: CountedQueries, number: int
) -> None:
    other = await make_page(ana, await own_space(ana))
    for one in (page, other):
        await says(parvis, ana, one, *[task(f"Tâche {at}", ana, key=f"k{at}") for at in range(number)])
    with counted_queries() as counted:
        found = await answered(ana.browser.get(TASKS, params={"limit": 200}))
    assert (len(found["items"]), len(counted)) == (2 * number, 1)
