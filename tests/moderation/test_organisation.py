"""What falls to the organisation's moderators, and that nobody decides on himself."""

from datetime import timedelta

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, run_jobs
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.moderation import CASES, MY_DECISIONS, MY_REPORTS, cases, decide, listed, report, show_again, waiting
from tests.make.notifications import lines, unread
from tests.make.posts import comment, say, told, url_of, wall


async def test_what_a_community_leaves_for_a_week_falls_to_the_organisation(
    nadia: Someone, ines: Someone, claire: Someone, mehdi: Someone, parvis: Parvis, moved_clock: MovableClock
) -> None:
    secret = await make_closed(nadia, ines, claire, name="Jury")
    await report(claire, await say(ines, secret, "Fuite."))
    moved_clock.advance(timedelta(days=6, hours=23))
    assert (await cases(mehdi), await waiting(mehdi)) == ([], 0)
    moved_clock.advance(timedelta(hours=2))
    [case] = await cases(mehdi)  # By the clock: no job has run.
    assert (case["community"]["name"], case["author"]["name"], await waiting(mehdi)) == ("Jury", "Inès Benali", 1)
    assert (await mehdi.browser.get(secret.url)).status_code == 404
    await run_jobs(parvis)
    assert [fact.topic for fact in await told(parvis, "report.received")] == [
        f"member:{nadia.id}",
        f"member:{mehdi.id}",
    ]
    assert [one["id"] for one in await cases(nadia, secret)] == [case["id"]]
    decided = await decide(mehdi, case, "hide", "warn")
    assert (decided.status_code, decided.json()["decision"]["decided_as"]) == (200, "organisation")
    assert (await wall(claire, secret), await wall(ines, secret)) == ([], ["Fuite."])
    assert [one["id"] for one in await cases(mehdi, state="decided")] == [case["id"]]
    assert [one["decision"]["by"]["name"] for one in await cases(nadia, secret, "decided")] == ["Mehdi Roussel"]


async def test_nobody_decides_on_himself_or_on_who_runs_the_same_community(
    place: Place, nadia: Someone, claire: Someone, ines: Someone, mehdi: Someone, parvis: Parvis
) -> None:
    await place.give_role(nadia, claire, "moderator")
    await report(ines, await say(nadia, place, "Dehors !"), reason="harassment")
    for someone in (nadia, claire):
        assert (await cases(someone, place), await waiting(someone, place)) == ([], 0)
    [case] = await cases(mehdi)
    for someone in (nadia, claire):
        assert (await someone.browser.get(f"{CASES}/{case['id']}")).status_code == 404
        assert (await decide(someone, case, "keep")).status_code == 404
    assert [fact.topic for fact in await told(parvis, "report.received")] == [f"member:{mehdi.id}"]

    assert (await place.join(mehdi)).status_code == 200
    await report(ines, await say(mehdi, place, "Je modère."))
    assert [one["author"]["name"] for one in await cases(mehdi)] == ["Nadia Cherkaoui"]
    assert [one["author"]["name"] for one in await cases(nadia, place)] == ["Mehdi Roussel"]

    decided = await decide(mehdi, case, "remove", "exclude")
    assert decided.status_code == 200, decided.text
    assert [one["outcome"] for one in await listed(ines, MY_REPORTS)] == [None, "removed"]
    assert (await place.seen_by(claire))["role"] == "owner"
    assert (await nadia.browser.get(place.url)).status_code == 404


async def test_what_is_said_on_the_square_falls_to_the_organisation_at_once(
    ines: Someone, claire: Someone, nadia: Someone, mehdi: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    sophie = await arrive(parvis, sign_in, "Sophie Marchetti", "staff", roles=["communicator"])
    reply = await sophie.browser.post("/api/v1/square/posts", json={"body": "Journée portes ouvertes."})
    post = reply.json()
    said = await comment(ines, post, "Achetez mes cours !")
    assert (await report(claire, post, said)).json()["items"][0]["square"] is True
    assert (await report(claire, post, said)).status_code == 200, "once"
    await report(nadia, post, said)
    [case] = await cases(mehdi)
    assert (case["community"], case["reports"], case["state"], await waiting(mehdi)) == (None, 2, "standing", 1)
    assert await lines(parvis, mehdi) == [[("reported", [], 1)]]
    for someone in (sophie, nadia, ines):
        assert (await someone.browser.get(CASES)).status_code == 403
        assert (await someone.browser.get(f"{CASES}/{case['id']}")).status_code == 404

    assert (await decide(mehdi, case, "hide", "exclude")).json()["code"] == "nothing_to_exclude_from"
    decided = (await decide(mehdi, case, "hide", "warn")).json()
    assert decided["state"] == "hidden"
    seen = await claire.browser.get(url_of(post, "comments"))
    assert [item["html"] for item in seen.json()["items"]] == []
    assert [one["outcome"] for one in await listed(claire, MY_REPORTS)] == ["hidden"]
    assert [(one["square"], one["community"]) for one in await listed(ines, MY_DECISIONS)] == [(True, None)]
    assert (await lines(parvis, claire), await unread(parvis, ines)) == ([[("examined", [], 1)]], 1)
    assert (await show_again(mehdi, decided)).json()["state"] == "standing"

    await report(claire, post)
    [case] = await cases(mehdi)
    assert (await decide(mehdi, case, "hide")).json()["state"] == "hidden"
    assert (await claire.browser.get(url_of(post))).status_code == 404
    last, *_ = await cases(mehdi, state="decided")
    assert (await show_again(mehdi, last)).json()["state"] == "standing"
    assert (await claire.browser.get(url_of(post))).status_code == 200
