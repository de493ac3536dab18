"""Deciding on what was reported: what becomes of it, and who is told what."""

import asyncio

from sqlalchemy import select

from parvis.kernel.audit import AuditEntry
from parvis.kernel.runtime import Parvis
from tests.conftest import listen, run_jobs
from tests.make.communities import Place, Someone, make_community
from tests.make.mailbox import Mailbox, text_of
from tests.make.moderation import CASES, MY_DECISIONS, MY_REPORTS, cases, decide, listed, report, show_again, waiting
from tests.make.posts import comment, discussed, say, say_in, seen, told, url_of, wall

ADDRESS = "ines.benali@univ.example"


async def test_a_post_that_is_hidden_is_there_for_its_author_and_moderators_alone(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    said = await say(ines, place, "Achetez !")
    await comment(claire, said, "Non merci.")
    await claire.browser.put(url_of(said, "bookmark"))
    await nadia.browser.put(f"{url_of(said)}/places/{place.id}/pin")
    await report(claire, said)
    [case] = await cases(nadia, place)
    decided = await decide(nadia, case, "hide", reason="Pas de publicité ici.")
    assert decided.status_code == 200, decided.text
    assert (decided.headers["etag"], decided.json()["state"], decided.json()["abilities"]) == (
        '"2"',
        "hidden",
        ["restore"],
    )

    for path in ((), ("comments",), ("versions",)):
        assert (await claire.browser.get(url_of(said, *path))).status_code == 404
    assert (await claire.browser.put(url_of(said, "reactions", "thanks"))).status_code == 404
    assert await wall(claire, place) == []
    assert await listed(claire, "/api/v1/me/bookmarks") == []
    for someone in (ines, nadia):
        assert await wall(someone, place) == ["Achetez !"]
        shown = await seen(someone, said)
        assert [(one["hidden"], one["pinned"], "pin" in one["abilities"]) for one in shown["places"]] == [
            (True, False, False)
        ]
        assert "report" not in shown["abilities"]
    assert await waiting(nadia, place) == 0

    [mine] = await listed(claire, MY_REPORTS)
    assert (mine["outcome"], "Pas de publicité" in str(mine)) == ("hidden", False)
    [about] = await listed(ines, MY_DECISIONS)
    assert (about["on_content"], about["reason"], about["restored_at"]) == ("hide", "Pas de publicité ici.", None)
    assert "Achetez" in about["html"]
    assert "Claire" not in str(about)
    await run_jobs(parvis)
    [mail] = mailbox.messages_to(ADDRESS)
    assert mail["subject"] == "Your message was hidden in “Géographie et aménagement”"
    assert "Pas de publicité ici." in text_of(mail)
    assert mailbox.messages_to("claire.vasseur@univ.example") == []

    [case] = await cases(nadia, place, "decided")
    assert (await show_again(claire, case)).status_code == 404
    restored = await show_again(nadia, case)
    assert (restored.status_code, restored.json()["state"], restored.json()["abilities"]) == (200, "standing", [])
    assert (await show_again(nadia, restored.json())).json()["code"] == "nothing_hidden"
    assert await wall(claire, place) == ["Achetez !"]
    assert [one["outcome"] for one in await listed(claire, MY_REPORTS)] == ["kept"]
    facts = await told(parvis, "report.decided", "member.moderated")
    assert [(fact.type, fact.topic) for fact in facts] == [
        ("report.decided", f"member:{claire.id}"),
        ("member.moderated", f"member:{ines.id}"),
        ("member.moderated", f"member:{ines.id}"),
    ]
    assert [fact.data["restored"] for fact in facts[1:]] == [False, True]
    async with parvis.database.reading() as session:
        acts = (await session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "case"))).all()
    assert [(act.action, act.detail["on_what"], str(act.actor_id)) for act in acts] == [
        ("case.decided", "hide", nadia.id),
        ("case.restored", "hide", nadia.id),
    ]
    assert "publicité" not in str([act.detail for act in acts])


async def test_a_comment_that_is_hidden_leaves_its_place_and_counts_no_more(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone
) -> None:
    said = await say(claire, place, kind="question", title="Où ?")
    insult = await comment(ines, said, "Idiots.")
    reply = await comment(claire, said, "Restons polis.", parent_id=insult["id"])
    await claire.browser.put(url_of(said, "accepted-answer"), json={"comment_id": insult["id"]})
    await report(claire, said, insult, "harassment")
    [case] = await cases(nadia, place)
    assert (case["kind"], case["post_title"]) == ("comment", "Où ?")
    decided = (await decide(nadia, case, "hide")).json()

    [shown] = await discussed(omar, said)
    assert (shown["gone"], shown["body"], shown["author"]) == (True, "", None)
    assert [one["id"] for one in shown["replies"]] == [reply["id"]]
    assert (await seen(omar, said))["comments"] == 1
    assert (await omar.browser.get(url_of(said, "comments", insult["id"]))).json()["body"] == ""
    for someone in (ines, nadia):
        [shown] = await discussed(someone, said)
        assert (shown["hidden"], shown["gone"], shown["accepted"], shown["body"]) == (True, False, False, "Idiots.")
    again = await nadia.browser.put(url_of(said, "accepted-answer"), json={"comment_id": insult["id"]})
    assert again.status_code == 404
    assert (await report(claire, said, insult)).status_code == 404
    await claire.browser.delete(url_of(said, "comments", reply["id"]))
    assert await discussed(omar, said) == []

    assert (await show_again(nadia, decided)).status_code == 200
    assert ((await discussed(omar, said))[0]["body"], (await seen(omar, said))["comments"]) == ("Idiots.", 1)
    await report(omar, said, insult)
    [case] = await cases(nadia, place)
    assert (await decide(nadia, case, "hide")).status_code == 200
    await ines.browser.delete(url_of(said, "comments", insult["id"]))
    assert ((await seen(omar, said))["comments"], (await seen(omar, said))["threads"][0]["people"]) == (0, 1)


async def test_authors_are_warned_and_excluded_and_earlier_decisions_are_told_to_moderators(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    earlier: list[dict[str, str]] = []
    for on_content, on_author, outcome in (
        ("keep", "none", "kept"),
        ("keep", "warn", "acted"),
        ("remove", "exclude", "removed"),
    ):
        await report(claire, await say(ines, place, f"Message {on_author}"))
        [case] = await cases(nadia, place)
        earlier = case["earlier"]
        assert case["earlier_count"] == {"none": 0, "warn": 0, "exclude": 1}[on_author]
        assert (await decide(nadia, case, on_content, on_author, f"Raison {on_author}")).status_code == 200
        assert (await listed(claire, MY_REPORTS))[0]["outcome"] == outcome
    assert [(one["on_author"], one["reason"]) for one in earlier] == [("warn", "Raison warn")]
    assert [one["on_author"] for one in await listed(ines, MY_DECISIONS)] == ["exclude", "warn"]
    assert await place.people(nadia) == ["Nadia Cherkaoui", "Claire Vasseur"]
    assert (await ines.browser.get(place.url)).status_code == 404
    assert [one["community"] for one in await listed(ines, MY_DECISIONS)] == [None, None]
    assert await wall(claire, place) == ["Message warn", "Message none"]
    await run_jobs(parvis)
    assert sorted(mail["subject"] for mail in mailbox.messages_to(ADDRESS)) == [
        "A warning in “Géographie et aménagement”",
        "You are no longer in “Géographie et aménagement”",
    ]


async def test_of_two_who_decide_at_once_one_is_told_that_it_changed(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    await place.give_role(nadia, claire, "moderator")
    await report(claire, await say(ines, place))
    [case] = await cases(nadia, place)
    body = {"on_content": "keep", "reason": "Rien à redire."}
    unsaid = await nadia.browser.put(f"{CASES}/{case['id']}/decision", json=body)
    assert unsaid.status_code == 428
    replies = await asyncio.gather(
        *(decide(someone, case, choice) for someone, choice in ((nadia, "keep"), (claire, "hide"), (claire, "keep")))
    )
    assert sorted(reply.status_code for reply in replies) == [200, 412, 412]
    [decided] = await cases(claire, place, "decided")
    assert (decided["version"], (await decide(nadia, decided)).json()["code"]) == (2, "already_decided")
    assert len(await told(parvis, "report.decided")) == 1


async def test_in_several_communities_each_decides_for_itself(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone
) -> None:
    other = await make_community(claire, "Cartes")
    for someone in (ines, nadia):
        assert (await other.join(someone)).status_code == 200
    said = (await say_in(ines, place, other)).json()
    assert len((await report(omar, said)).json()["items"]) == 2
    [here], [there] = await cases(nadia, place), await cases(claire, other)
    assert (await decide(nadia, there)).status_code == 404
    assert (await decide(nadia, here, "hide")).status_code == 200
    assert (await wall(omar, place), await wall(omar, other)) == ([], ["Une fois pour toutes."])
    assert [one["community"]["id"] for one in (await seen(omar, said))["places"]] == [other.id]
    assert (await decide(claire, there, "remove")).status_code == 200
    assert (await omar.browser.get(url_of(said))).status_code == 404
    [left] = (await seen(ines, said))["places"]
    assert (left["community"]["id"], left["hidden"]) == (place.id, True)

    alone = await say(ines, place, "Seul ici.")
    await comment(claire, alone, "Ah.")
    await report(omar, alone)
    [case] = await cases(nadia, place)
    assert (await decide(nadia, case, "remove")).json()["state"] == "gone"
    gone = await seen(omar, alone)
    assert (gone["gone"], gone["body"], gone["comments"]) == (True, "", 1)


async def test_each_is_told_in_the_application_what_he_may_know(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    await report(claire, await say(ines, place))
    [case] = await cases(nadia, place)
    await decide(nadia, case, "hide", "warn")
    await listen(parvis)
    for someone, kind, reason in (
        (nadia, "cases", "reported"),
        (claire, "decisions", "examined"),
        (ines, "decisions", "decided"),
    ):
        [one] = await listed(someone, "/api/v1/notifications")
        assert (one["kind"], one["about_id"], one["subject"]) == (kind, place.id, "Géographie et aménagement")
        assert [(line["reason"], line["people"], line["count"]) for line in one["lines"]] == [(reason, [], 1)]
    await place.give_role(nadia, claire, "owner")
    await place.leave(nadia)
    assert await listed(nadia, "/api/v1/notifications") == []
