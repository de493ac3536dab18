"""What is said of pages: by whom, to whom it is there, and what becomes of it."""

from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parvis.documents.service.forgetting import forget_documents
from parvis.engagement.models import Comment, Thread
from parvis.engagement.personal_data import PARTS as ENGAGEMENT
from parvis.kernel.runtime import Parvis
from parvis.pages.models import PageThread
from parvis.pages.threads import service
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import Place, Someone, arrive
from tests.make.moderation import cases, decide, show_again, waiting
from tests.make.notifications import lines, told
from tests.make.posts import told as facts
from tests.make.spaces import answered, changing, document_url, make_page, own_space
from tests.make.threads import WORDS, answer, answering, begin, beginning, comment_url, place_at, threads, threads_url

from .conftest import grant

Page = dict[str, Any]


async def test_who_may_comment_does_and_who_writes_answers_and_resolves(
    ana: Someone, ben: Someone, zoe: Someone, page: Page, parvis: Parvis
) -> None:
    await grant(ana, page, comment=[ben])
    made = await begin(ben, page, "Le **panneau** interdit l’accès.")
    assert (made["quote"], made["start"], made["end"]) == (WORDS, place_at(3), place_at(30))
    assert (made["opening"]["author"]["name"], made["resolved_at"]) == ("Ben Barre", None)
    assert (made["abilities"], made["opening"]["abilities"]) == (
        ["answer", "resolve"],
        ["reply", "react", "edit", "delete"],
    )
    assert "<strong>panneau</strong>" in made["opening"]["html"]
    said = await answer(ana, page, made, "La mairie délivre une autorisation.")
    [shown] = await threads(ben, page)
    assert [reply["id"] for reply in shown["opening"]["replies"]] == [said["id"]]
    assert shown["opening"]["replies"][0]["abilities"] == ["reply", "react", "report"]
    reaction = await answered(ben.browser.put(comment_url(page, said, "reactions", "thanks")))
    assert reaction["reactions"] == [{"kind": "thanks", "count": 1, "mine": True}]
    resolution = f"{threads_url(page)}/{made['id']}/resolution"
    resolved = await answered(ana.browser.put(resolution))
    assert (resolved["resolved_by"]["name"], resolved["abilities"]) == ("Ana Arnaud", ["answer", "reopen"])
    assert (await answered(ana.browser.put(resolution)))["version"] == resolved["version"]
    assert await threads(ben, page) == []
    assert [one["id"] for one in await threads(ben, page, state="resolved")] == [made["id"]]
    assert (await answered(ben.browser.delete(resolution)))["resolved_at"] is None
    await answered(ana.browser.put(resolution))
    await answer(ben, page, made, "Et le gué ?")
    assert [one["opening"]["reply_count"] for one in await threads(ana, page)] == [2]
    found = await facts(parvis, "page.thread_changed")
    assert {fact.data["document_id"] for fact in found} == {page["id"]}
    assert "panneau" not in str([fact.data for fact in found])


async def test_each_is_answered_as_his_right_says_and_no_longer_when_it_is_withdrawn(
    ana: Someone, ben: Someone, zoe: Someone, page: Page
) -> None:
    await grant(ana, page, read=[ben])
    made = await begin(ana, page)
    [shown] = await threads(ben, page)
    assert (shown["abilities"], shown["opening"]["abilities"]) == ([], ["report"])
    url, said = f"{threads_url(page)}/{made['id']}", made["opening"]

    async def asked(who: Someone) -> list[int]:
        browser = who.browser
        replies = [
            await browser.get(threads_url(page)),
            await browser.get(url),
            await browser.get(f"{url}/comments"),
            await browser.get(comment_url(page, said)),
            await beginning(who, page),
            await answering(who, page, made, "Moi aussi."),
            await browser.put(f"{url}/resolution"),
            await browser.put(comment_url(page, said, "reactions", "agree")),
            await browser.patch(comment_url(page, said), json={"body": "Autre."}),
            await browser.delete(comment_url(page, said)),
        ]
        return [reply.status_code for reply in replies]

    assert await asked(ben) == [200] * 4 + [403] * 6
    assert await asked(zoe) == [404] * 10
    await grant(ana, page, comment=[ben])
    mine = await begin(ben, page, "À moi.")
    assert await asked(ben) == [200] * 4 + [201, 201, 403, 200, 403, 403]
    await grant(ana, page, read=[])
    assert await asked(ben) == [404] * 10
    assert (await ben.browser.delete(comment_url(page, mine["opening"]))).status_code == 404
    other = await make_page(ana, await own_space(ana), name="Autre")
    assert (await ana.browser.get(f"{threads_url(other)}/{made['id']}")).status_code == 404
    assert (await ana.browser.get(f"{API_PAGES}/{made['id']}/threads")).status_code == 404
    assert (await changing(ana, document_url(page), method="DELETE")).status_code == 204
    assert (await ana.browser.get(threads_url(page))).status_code == 404


API_PAGES = "/api/v1/pages"


@pytest.mark.parametrize(
    "draft",
    [
        {"start": "pas du base64"},
        {"start": b64encode(b"\x00\x01").decode()},
        {"end": b64encode(b"\x03\x01\x02\x00").decode()},
        {"end": b64encode(b"\x01\x04page\x00" + b"\x00" * 90).decode()},
        {"end": b64encode(b"\x01\x05autre\x00").decode()},
        {"quote": ""},
        {"quote": "x" * 1_001},
        {"body": ""},
        {"body": "x" * 10_001},
        {"author_id": "018f0000-0000-7000-8000-000000000000"},
    ],
)
async def test_what_is_no_comment_is_refused(ana: Someone, page: Page, draft: Page) -> None:
    assert (await beginning(ana, page, **draft)).status_code == 422
    whole = b64encode(b"\x01\x04page\x00").decode()
    assert (await beginning(ana, page, end=whole)).status_code == 201


async def test_a_page_has_so_many_and_a_retry_begins_one(
    ana: Someone, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"start": place_at(1), "end": place_at(2), "quote": "R2", "body": "Ici ?"}
    once = [
        await ana.browser.post(threads_url(page), json=body, headers={"idempotency-key": "un-fil-une-fois"})
        for _ in range(2)
    ]
    assert [reply.status_code for reply in once] == [201, 201]
    assert once[0].json() == once[1].json()
    monkeypatch.setattr(service, "MOST_THREADS", 1)
    full = await beginning(ana, page)
    assert (full.status_code, full.json()["code"]) == (409, "too_many_threads")


async def test_comments_are_edited_and_leave_their_place_and_the_last_takes_the_thread_along(
    ana: Someone, ben: Someone, page: Page, parvis: Parvis
) -> None:
    made = await begin(ben, page, "Prmier jet.")
    url = comment_url(page, made["opening"])
    edited = await ben.browser.patch(url, json={"body": "Premier jet."}, headers={"if-match": '"1"'})
    assert (edited.status_code, edited.json()["body"], edited.headers["etag"]) == (200, "Premier jet.", '"2"')
    stale = await ben.browser.patch(url, json={"body": "Trop tard."}, headers={"if-match": '"1"'})
    assert stale.status_code == 412
    said = await answer(ana, page, made)
    assert (await ben.browser.delete(url)).status_code == 204
    [left] = await threads(ana, page)
    assert (left["opening"]["gone"], left["opening"]["body"], len(left["opening"]["replies"])) == (True, "", 1)
    assert (await ana.browser.delete(comment_url(page, said))).status_code == 204
    assert await threads(ana, page) == []
    assert (await ana.browser.get(f"{threads_url(page)}/{made['id']}")).status_code == 404
    assert await kept(parvis) == (0, 0)


async def kept(parvis: Parvis) -> tuple[int, int]:
    async with parvis.database.reading() as session:
        of_pages = select(func.count()).select_from(Thread).where(Thread.subject_kind == "page")
        return (
            await session.scalar(of_pages) or 0,
            await session.scalar(select(func.count()).select_from(PageThread)) or 0,
        )


async def test_who_runs_the_place_hides_what_was_reported_and_shows_it_again(
    ana: Someone, ben: Someone, zoe: Someone, place: Place, page: Page, parvis: Parvis, sign_in: SignIn
) -> None:
    omar = await arrive(parvis, sign_in, "Omar Diallo")
    await grant(ana, page, comment=[ben, omar])
    made = await begin(ben, page, "Quelle idiotie.")
    url = comment_url(page, made["opening"], "report")
    why = {"reason": "harassment", "words": ""}
    assert [(await who.browser.put(url, json=why)).status_code for who in (zoe, ben)] == [404, 403]
    [mine] = (await answered(omar.browser.put(url, json=why)))["items"]
    assert (mine["kind"], mine["document_id"], mine["square"], mine["private"]) == (
        "page_comment",
        page["id"],
        False,
        False,
    )
    [case] = await cases(ana, place)
    assert (case["kind"], case["state"], case["page"]["name"], case["page"]["open"]) == (
        "page_comment",
        "standing",
        "Sortie de terrain",
        True,
    )
    assert (case["page"]["quote"], case["page"]["thread_id"]) == (WORDS, made["id"])
    decided = (await decide(ana, case)).json()
    assert decided["state"] == "hidden"
    assert [len(await threads(who, page)) for who in (omar, ben, ana)] == [0, 1, 1]
    assert (await omar.browser.get(f"{threads_url(page)}/{made['id']}")).status_code == 404
    shown = (await show_again(ana, decided)).json()
    assert (shown["state"], len(await threads(omar, page))) == ("standing", 1)
    [again] = (await answered(ana.browser.get(f"{place.url}/cases?state=decided")))["items"]
    assert again["decision"]["restored_at"] is not None


async def test_a_comment_on_somebody_s_own_page_falls_to_the_organisation(
    ana: Someone, ben: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    paul = await arrive(parvis, sign_in, "Paul Roux", "staff", roles=("moderator",))
    page = await make_page(ana, await own_space(ana))
    await grant(ana, page, comment=[ben])
    made = await begin(ana, page, "Vous n’y connaissez rien.")
    reported = await ben.browser.put(comment_url(page, made["opening"], "report"), json={"reason": "other"})
    assert reported.status_code == 200, reported.text
    assert await waiting(paul) == 1
    [case] = await cases(paul)
    assert (case["community"], case["page"]["open"], case["conversation"]) == (None, False, None)
    assert (await decide(paul, case, "remove", "warn")).status_code == 200
    assert await threads(ben, page) == []
    [decided] = await cases(paul, state="decided")
    assert decided["state"] == "gone"
    [about] = (await answered(ana.browser.get("/api/v1/me/decisions")))["items"]
    assert (about["kind"], about["document_id"], about["square"]) == ("page_comment", page["id"], False)


async def test_those_concerned_are_told_once_and_nobody_who_may_not_read_it(
    ana: Someone, ben: Someone, zoe: Someone, place: Place, page: Page, parvis: Parvis, sign_in: SignIn
) -> None:
    omar, clara = [await arrive(parvis, sign_in, name) for name in ("Omar Diallo", "Clara Cros")]
    await grant(ana, page, comment=[ben, omar, clara])
    made = await begin(ben, page, f"Voyez @[O](person:{omar.id}) et @[Z](person:{zoe.id}).")
    assert await lines(parvis, omar) == [[("mention", ["Ben Barre"], 1)]]
    assert await lines(parvis, ana) == [[("comment", ["Ben Barre"], 1)]]
    assert await lines(parvis, zoe) == []
    [item] = (await told(parvis, omar))["items"]
    assert (item["kind"], item["about_id"], item["subject"]) == ("page", page["id"], "Sortie de terrain")
    [line] = item["lines"]
    assert (line["thread_id"], line["comment_id"]) == (made["id"], made["opening"]["id"])
    assert item["community"]["id"] == place.id
    await answer(omar, page, made, "Vu.")
    said = await answer(ana, page, made, f"Merci @[O](person:{omar.id}).")
    assert await lines(parvis, ben) == [[("answered", ["Ana Arnaud", "Omar Diallo"], 2)]]
    assert await lines(parvis, omar) == [[("mention", ["Ana Arnaud", "Ben Barre"], 2)]]
    assert await lines(parvis, clara) == []
    edit = {"body": f"Merci @[O](person:{omar.id}) et @[C](person:{clara.id})."}
    await answered(ana.browser.patch(comment_url(page, said), json=edit))
    assert await lines(parvis, clara) == [[("mention", ["Ana Arnaud"], 1)]]
    assert await lines(parvis, omar) == [[("mention", ["Ana Arnaud", "Ben Barre"], 2)]]
    assert await lines(parvis, ben) == [[("answered", ["Ana Arnaud", "Omar Diallo"], 2)]]
    assert (await ana.browser.delete(comment_url(page, said))).status_code == 204
    assert await lines(parvis, clara) == []
    await grant(ana, page, read=[])
    assert [await lines(parvis, who) for who in (ben, omar, zoe)] == [[], [], []]
    await grant(ana, page, comment=[zoe])
    await zoe.browser.put(f"/api/v1/me/blocks/{ana.id}")
    await begin(ana, page, f"@[Z](person:{zoe.id}) ?")
    assert await lines(parvis, zoe) == []


async def test_a_block_keeps_apart_and_the_erased_leave_a_place(
    ana: Someone, ben: Someone, page: Page, parvis: Parvis, sign_in: SignIn
) -> None:
    omar = await arrive(parvis, sign_in, "Omar Diallo")
    await grant(ana, page, comment=[ben, omar])
    of_ben, of_omar = await begin(ben, page), await begin(omar, page, "Ailleurs.")
    await answer(omar, page, of_ben)
    await omar.browser.put(f"/api/v1/me/blocks/{ben.id}")
    [answered_by_him, own] = await threads(omar, page)
    assert (answered_by_him["opening"]["gone"], answered_by_him["opening"]["author"]) == (True, None)
    assert own["id"] == of_omar["id"]
    assert [one["id"] for one in await threads(ben, page)] == [of_ben["id"]]
    assert (await threads(ben, page))[0]["opening"]["reply_count"] == 0

    async def erase(session: Any) -> None:
        for holding in ENGAGEMENT[0].holdings:
            if holding.column is Comment.author_id:
                await holding.erasure.erase(session, omar.member.id)  # type: ignore[union-attr]

    await parvis.database.write(erase)
    assert [one["id"] for one in await threads(ana, page)] == [of_ben["id"]]


async def test_it_goes_with_its_page_for_good(ana: Someone, ben: Someone, page: Page, parvis: Parvis) -> None:
    await begin(ben, page)
    copy = await answered(
        ana.browser.post(f"{document_url(page)}/copies", json={"folder_id": (await own_space(ana))["folder_id"]})
    )
    assert await threads(ana, copy) == []
    await parvis.database.write(forget_documents, [UUID(page["id"])])
    assert await kept(parvis) == (0, 0)


@pytest.mark.parametrize("number", [1, 12])
async def test_threads_are_read_in_as_many_queries_however_many(
    ana: Someone, ben: Someone, page: Page, counted_queries: CountedQueries, number: int
) -> None:
    made = {}
    for _ in range(number):
        made = await begin(ben, page, f"@[A](person:{ana.id}) ?")
        for _ in range(3):
            said = await answer(ana, page, made)
            await ben.browser.put(comment_url(page, said, "reactions", "agree"))
    with counted_queries() as queries:
        found = await threads(ben, page)
    assert (len(found), len(queries)) == (number, 7)
    with counted_queries() as queries:
        listed = await answered(ben.browser.get(f"{threads_url(page)}/{made['id']}/comments"))
    assert (len(listed["items"]), len(queries)) == (3, 8)
